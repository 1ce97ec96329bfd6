"""Whom a structure follows and for which trades, as the service that works with it knows them."""

from django.db import models


class Public(models.TextChoices):
    """Whom a structure follows. What a structure is for, never what one person is."""

    YOUTH = "YOUTH", "Jeunes de moins de 26 ans"
    JOB_SEEKERS = "JOB_SEEKERS", "Personnes en recherche d’emploi"
    RSA = "RSA", "Allocataires du RSA"
    DISABLED = "DISABLED", "Personnes en situation de handicap"
    JUSTICE = "JUSTICE", "Personnes suivies par la justice"
    REFUGEES = "REFUGEES", "Personnes réfugiées"
    SENIORS = "SENIORS", "Personnes de 50 ans et plus"
    DISTRICT = "DISTRICT", "Habitants de quartiers prioritaires"
    PATH = "PATH", "Personnes en parcours d’insertion"


class TradeFamily(models.TextChoices):
    """The families of trades of the ROME (« grands domaines »), by the letter that starts their codes."""

    A = "A", "Agriculture, espaces naturels et espaces verts"
    B = "B", "Arts et façonnage d’ouvrages d’art"
    C = "C", "Banque, assurance, immobilier"
    D = "D", "Commerce, vente et grande distribution"
    E = "E", "Communication, média et multimédia"
    F = "F", "Construction, bâtiment et travaux publics"
    G = "G", "Hôtellerie, restauration, tourisme, loisirs"
    H = "H", "Industrie"
    I = "I", "Installation et maintenance"  # noqa: E741 - the ROME's own letters
    J = "J", "Santé"
    K = "K", "Services à la personne et à la collectivité"
    L = "L", "Spectacle"
    M = "M", "Support à l’entreprise"
    N = "N", "Transport et logistique"
