"""Imports of hours: the file, its lines before they are statements, its faults and the choices it leaves."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from uneplace.kit.encrypted import EncryptedJSONField, EncryptedTextField
from uneplace.organisations.models import Capacity, Organisation, OwnedByService, User
from uneplace.organisations.visibility import SeenByQuerySet, Sight

from .statements import Statement
from .work import HOURS, Placement


class HoursImportQuerySet(SeenByQuerySet):
    sights = (
        Sight(
            (Capacity.FACILITATOR,),
            "les imports que son service a faits",
            lambda me: Q(service=me, importer=me),
        ),
        Sight(
            (Capacity.COMPANY, Capacity.INSERTION_EMPLOYER),
            "ceux qu’elle a faits",
            lambda me: Q(importer=me),
        ),
    )


class HoursImport(OwnedByService):
    """One file of hours, from its reading to its statements; it is accepted, and undone, as a whole.

    `sender` made the file: a declarant, or the service for a file of several declarants. The file itself and
    what it says of people are erased some days after (`forget_imports`).
    """

    class Status(models.TextChoices):
        TO_MAP = "TO_MAP", "Colonnes à dire"
        READING = "READING", "Lecture en cours"
        READY = "READY", "À vérifier"
        WRITING = "WRITING", "Écriture en cours"
        DONE = "DONE", "Importé"
        UNDONE = "UNDONE", "Annulé"
        DROPPED = "DROPPED", "Abandonné"
        FAILED = "FAILED", "Illisible"

    importer = models.ForeignKey(
        Organisation, models.PROTECT, related_name="hours_imports", verbose_name="importé par"
    )
    sender = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="fichier de")
    status = models.CharField("état", max_length=8, choices=Status.choices, default=Status.TO_MAP)
    name = models.CharField("nom du fichier", max_length=120)
    file = models.FileField("fichier", upload_to="hours/imports", blank=True)
    size = models.PositiveIntegerField("taille en octets")
    digest = models.CharField("empreinte", max_length=64, editable=False)
    headings = EncryptedJSONField("intitulés", default=dict, step=1024)
    columns = models.JSONField("colonnes", default=dict, blank=True)
    month = models.DateField("mois de tout le fichier", null=True, blank=True)
    lines_read = models.PositiveIntegerField("lignes lues", default=0)
    lines_kept = models.PositiveIntegerField("lignes importées", default=0)
    hours_kept = models.DecimalField("heures importées", max_digits=12, decimal_places=2, default=0)
    sends = models.BooleanField("envoie les relevés complets", default=False)
    failure = models.CharField("raison", max_length=300, blank=True)
    received_at = models.DateTimeField("reçu le")
    received_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="reçu par"
    )
    accepted_at = models.DateTimeField("importé le", null=True, blank=True)
    ended_at = models.DateTimeField("annulé ou abandonné le", null=True, blank=True)

    objects = HoursImportQuerySet.as_manager()

    class Meta:
        verbose_name = "import d’heures"
        verbose_name_plural = "imports d’heures"
        constraints = [
            models.CheckConstraint(
                condition=~Q(status__in=["DONE", "UNDONE"]) | Q(accepted_at__isnull=False),
                name="hoursimport_done_says_when",
            ),
            models.CheckConstraint(
                condition=Q(month=None) | Q(month__day=1), name="hoursimport_month_is_a_first_day"
            ),
        ]
        indexes = [
            models.Index(fields=["service", "importer", "-received_at"], name="hoursimport_list"),
            models.Index(fields=["service", "digest"], name="hoursimport_same_file"),
        ]

    def __str__(self) -> str:
        return f"Import d’heures n°\u00a0{self.pk}"  # the name of the file may name people

    def get_absolute_url(self) -> str:
        return reverse("imports:import", args=[self.pk])

    @property
    def layout(self) -> dict:
        """How the file is laid out: its row of headings, its columns; empty once the file is erased."""
        return self.headings if isinstance(self.headings, dict) else {}


class ColumnMemory(OwnedByService):
    """Which column held what in the last file of a sender that had these headings."""

    sender = models.ForeignKey(Organisation, models.CASCADE, related_name="+", verbose_name="fichier de")
    key = models.CharField("intitulés", max_length=64, editable=False)
    columns = models.JSONField("colonnes", default=dict)
    told_at = models.DateTimeField("dit le")

    class Meta:
        verbose_name = "colonnes retenues"
        verbose_name_plural = "colonnes retenues"
        constraints = [
            models.UniqueConstraint(fields=["service", "sender", "key"], name="columnmemory_once"),
        ]

    def __str__(self) -> str:
        return f"Colonnes des fichiers de {self.sender}"


class ImportDoubt(OwnedByService):
    """Somebody or a contract that a file names and that could be several: who imports chooses, once for all
    the lines that say the same."""

    hours_import = models.ForeignKey(
        HoursImport, models.CASCADE, related_name="doubts", verbose_name="import"
    )
    said = EncryptedJSONField("ce que dit le fichier", default=dict, step=256)
    reason = models.CharField("raison", max_length=120, editable=False)
    candidates = models.JSONField("possibles", default=list)  # pairs of ids: placement, commitment
    first_line = models.PositiveIntegerField("première ligne")
    answer = models.SmallIntegerField("choix", null=True, blank=True)  # a rank of candidates; -1: none

    NOBODY = -1

    class Meta:
        verbose_name = "choix à faire"
        verbose_name_plural = "choix à faire"

    def __str__(self) -> str:
        return f"Choix de la ligne {self.first_line}"


class ImportLine(OwnedByService):
    """One line of a file that says whose hours they are, or will once its doubt is settled.

    `reason` keeps it out of the statements; empty, it is good. `before` is what its statement said, to be put
    back when the import is undone. A line of somebody who works for several contracts, which names none, is
    shared by the rule: one row a `part`, each with the `whole` of the line; all enter or none.
    """

    class Reason(models.TextChoices):
        UNCHANGED = "UNCHANGED", "Déjà déclaré, à l’identique"
        DOUBT = "DOUBT", "À choisir"
        LEFT_OUT = "LEFT_OUT", "Laissée de côté par vous"
        TWICE = "TWICE", "Cette personne a une autre ligne pour ce mois et ce marché"
        NOT_BEGUN = "NOT_BEGUN", "Ce mois n’a pas commencé"
        NOT_ON_IT = "NOT_ON_IT", "Cette personne n’y travaille pas ce mois-là"
        NO_STATEMENT = "NO_STATEMENT", "Aucun relevé n’est attendu pour ce mois"
        CLOSED = "CLOSED", "La clause est close"
        SENT = "SENT", "Le relevé de ce mois a déjà été envoyé"
        OVER_MONTH = "OVER_MONTH", "Plus de 744 heures dans le mois, tous marchés réunis"
        OVER_WHOLE = (
            "OVER_WHOLE",
            "Plus que le mois entier saisi, tous marchés réunis\u00a0; s’il est faux, corrigez-le par "
            "«\u00a0Répartir un mois\u00a0»",
        )

    hours_import = models.ForeignKey(
        HoursImport, models.CASCADE, related_name="lines", db_index=False, verbose_name="import"
    )
    number = models.PositiveIntegerField("ligne")
    doubt = models.ForeignKey(
        ImportDoubt, models.CASCADE, null=True, related_name="lines", verbose_name="choix"
    )
    placement = models.ForeignKey(
        Placement,
        models.CASCADE,
        null=True,
        related_name="+",
        db_index=False,
        verbose_name="contrat de travail",
    )
    commitment = models.ForeignKey(
        "contracts.Commitment",
        models.CASCADE,
        null=True,
        related_name="+",
        db_index=False,
        verbose_name="engagement",
    )
    month = models.DateField("mois")
    hours = models.DecimalField("heures", **HOURS)
    training_hours = models.DecimalField("dont formation", default=0, **HOURS)
    reason = models.CharField("raison", max_length=12, choices=Reason.choices, blank=True)
    before_hours = models.DecimalField("heures d’avant", null=True, **HOURS)
    before_training_hours = models.DecimalField("formation d’avant", null=True, **HOURS)
    part = models.PositiveSmallIntegerField("rang de la part", default=0, db_default=0)
    whole = models.DecimalField("heures de toute la ligne", null=True, **HOURS)
    before_whole = models.DecimalField("mois entier d’avant", null=True, **HOURS)

    class Meta:
        verbose_name = "ligne importée"
        verbose_name_plural = "lignes importées"
        constraints = [
            models.UniqueConstraint(fields=["hours_import", "number", "part"], name="importline_once"),
            models.CheckConstraint(
                condition=Q(hours__gte=0, training_hours__gte=0, training_hours__lte=F("hours")),
                name="importline_training_is_within_its_hours",
            ),
            models.CheckConstraint(
                condition=Q(placement__isnull=False) | Q(reason__in=["DOUBT", "LEFT_OUT"]),
                name="importline_says_whose_hours",
            ),
        ]

    def __str__(self) -> str:
        return f"Ligne {self.number}"


class ImportProblem(OwnedByService):
    """What is wrong in one cell of a file: line, column, value, and what is expected."""

    hours_import = models.ForeignKey(
        HoursImport, models.CASCADE, related_name="problems", verbose_name="import"
    )
    number = models.PositiveIntegerField("ligne")
    heading = models.CharField("colonne", max_length=80)
    said = EncryptedTextField("valeur", blank=True)
    reason = models.CharField("raison", max_length=200)

    class Meta:
        verbose_name = "défaut d’une ligne"
        verbose_name_plural = "défauts d’une ligne"

    def __str__(self) -> str:
        return f"Ligne {self.number}, {self.heading}"


class ImportedStatement(OwnedByService):
    """A statement that an import wrote in: what it was, and at which version the import left it."""

    hours_import = models.ForeignKey(
        HoursImport, models.CASCADE, related_name="statements", verbose_name="import"
    )
    statement = models.ForeignKey(Statement, models.CASCADE, related_name="+", verbose_name="relevé")
    status_before = models.CharField("état d’avant", max_length=10, choices=Statement.Status.choices)
    submitted_at_before = models.DateTimeField("transmis avant le", null=True)
    submitted_by_before = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="transmis avant par"
    )
    version_after = models.PositiveIntegerField("version laissée")
    is_sent = models.BooleanField("envoyé par l’import", default=False)

    class Meta:
        verbose_name = "relevé importé"
        verbose_name_plural = "relevés importés"
        constraints = [
            models.UniqueConstraint(fields=["hours_import", "statement"], name="importedstatement_once"),
        ]

    def __str__(self) -> str:
        return f"{self.statement}"
