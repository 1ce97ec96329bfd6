from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from uneplace.organisations.models import Capacity, Organisation, OwnedByService
from uneplace.organisations.visibility import SeenByQuerySet, Sight, of_its_own_service
from uneplace.rules.delays import Rung

from .applications import Application
from .job_sheets import JobSheet


class Act(models.TextChoices):
    """What is awaited on a job sheet or on an application: one act, of one party."""

    SHARE = "SHARE", "partager la fiche avec l’entreprise"
    AGREE = "AGREE", "relire la fiche et donner son accord"
    AGREE_TOO = "AGREE_TOO", "donner l’accord du service"
    PUBLISH = "PUBLISH", "diffuser la fiche aux structures"
    PROPOSE = "PROPOSE", "proposer des personnes"
    SEEK = "SEEK", "chercher ailleurs, ou clore la fiche"
    NOBODY = "NOBODY", "chercher ailleurs, aucune structure n’a personne à proposer"
    OTHERS = "OTHERS", "proposer d’autres personnes"
    STUDY = "STUDY", "étudier la candidature"
    DECIDE = "DECIDE", "décider pour ce dossier en réserve"
    REPLY = "REPLY", "répondre, le poste est pourvu"
    COLLECT = "COLLECT", "recueillir l’accord de la personne"
    TRANSMIT = "TRANSMIT", "transmettre le dossier"
    ANSWER = "ANSWER", "lire le dossier et répondre"
    ANSWER_MET = "ANSWER_MET", "répondre après l’entretien"
    MEET_COMPANY = "MEET_COMPANY", "choisir un moment pour l’entretien"
    MEET_STRUCTURE = "MEET_STRUCTURE", "choisir un moment pour l’entretien, avec la personne"
    RECORD = "RECORD", "enregistrer le contrat de travail"


class ReminderQuerySet(SeenByQuerySet):
    sights = (
        of_its_own_service("les relances de son service"),
        Sight(
            (Capacity.COMPANY, Capacity.INSERTION_EMPLOYER, Capacity.REFERRER),
            "celles qui lui ont été envoyées",
            lambda me: Q(told=me),
        ),
    )


class Reminder(OwnedByService):
    """Somebody was told that an act is awaited, or that a file is about to close by itself.

    A turn is known by its act and the moment it began. `number` counts the reminders of one turn; the notice
    of a closing has neither act nor number: nobody in particular is awaited any more. `told` is the
    organisation written to, which is not the one that owes the act once the service is told; `sent_to` is
    empty when no address is known.
    """

    class Level(models.TextChoices):
        OWES = "OWES", "Relance"
        DEPUTY = "DEPUTY", "Relance aux autres contacts"
        SERVICE = "SERVICE", "Service prévenu"
        NOTICE = "NOTICE", "Clôture annoncée"

    job_sheet = models.ForeignKey(
        JobSheet, models.CASCADE, related_name="reminders", verbose_name="fiche de poste"
    )
    application = models.ForeignKey(
        Application,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="reminders",
        verbose_name="candidature",
    )
    act = models.CharField("ce qui est attendu", max_length=14, choices=Act.choices, blank=True)
    since = models.DateTimeField("attendu depuis le")
    number = models.PositiveSmallIntegerField("numéro", null=True, blank=True)
    level = models.CharField("nature", max_length=7, choices=Level.choices)
    told = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="adressée à")
    sent_to = ArrayField(models.EmailField(), verbose_name="prévenus", default=list, blank=True)
    sent_at = models.DateTimeField("envoyée le")

    objects = ReminderQuerySet.as_manager()

    class Meta:
        verbose_name = "relance"
        constraints = [
            models.UniqueConstraint(
                fields=["job_sheet", "application", "act", "since", "number", "told"],
                nulls_distinct=False,
                name="reminder_once",
            ),
            models.CheckConstraint(
                condition=Q(level="NOTICE", number=None, act="")
                | (~Q(level="NOTICE") & ~Q(act="") & Q(number__isnull=False, number__gte=1)),
                name="reminder_has_its_number",
            ),
        ]
        indexes = [models.Index(fields=["application"], name="reminder_by_application")]

    def __str__(self) -> str:
        return f"{self.get_level_display()}, {self.job_sheet}"


LEVELS = {
    Rung.OWES: Reminder.Level.OWES,
    Rung.DEPUTY: Reminder.Level.DEPUTY,
    Rung.SERVICE: Reminder.Level.SERVICE,
}
