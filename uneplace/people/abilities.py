"""What a job asks for and a person may have: one list for both, so that they can be compared."""

from django.db import models


class Licence(models.TextChoices):
    """Driving licences and site certificates that a job asks for."""

    B = "B", "Permis B"
    C = "C", "Permis C"
    D = "D", "Permis D"
    BE = "BE", "Permis BE"
    CACES_ENGINS = "CACES_ENGINS", "CACES engins de chantier (R482)"
    CACES_CHARIOT = "CACES_CHARIOT", "CACES chariots (R489)"
    CACES_NACELLE = "CACES_NACELLE", "CACES nacelles (R486)"
    CACES_GRUE_TOUR = "CACES_GRUE_TOUR", "CACES grues à tour (R487)"
    CACES_GRUE_AUXILIAIRE = "CACES_GRUE_AUXILIAIRE", "CACES grues auxiliaires (R490)"
    ECHAFAUDAGE = "ECHAFAUDAGE", "Montage d’échafaudages"
    HAUTEUR = "HAUTEUR", "Travail en hauteur"
    HABILITATION_ELECTRIQUE = "HABILITATION_ELECTRIQUE", "Habilitation électrique"
    AIPR = "AIPR", "Intervention à proximité des réseaux"
    SST = "SST", "Sauveteur secouriste du travail"


class Schedule(models.TextChoices):
    """Hours out of the ordinary day: a job has them, a person accepts them."""

    EARLY = "EARLY", "Tôt le matin"
    NIGHT = "NIGHT", "La nuit"
    WEEKEND = "WEEKEND", "Le week-end"


class Travel(models.TextChoices):
    """How somebody goes to work."""

    FOOT_BUS = "FOOT_BUS", "À pied ou en bus"
    BIKE = "BIKE", "À vélo ou en trottinette"
    CAR = "CAR", "En voiture ou en deux-roues à moteur"
