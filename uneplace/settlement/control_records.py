"""What the control of a commitment leaves: papers sent, difficulties declared, relief, meetings."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from uneplace.contracts.models import Clause, Commitment, DutyChange, led_by
from uneplace.contracts.models.columns import HOURS
from uneplace.journal.history import keeps_history
from uneplace.organisations.models import Capacity, Organisation, OwnedByService, User
from uneplace.organisations.visibility import SeenByQuerySet, Sight, of_its_own_service

FIRMS = (Capacity.COMPANY, Capacity.INSERTION_EMPLOYER)


class NoticeQuerySet(SeenByQuerySet):
    sights = (
        of_its_own_service("les courriers des dossiers de pénalité de son service"),
        Sight(
            (Capacity.BUYER,),
            "ceux des dossiers de ses marchés, relances comprises",
            lambda me: Q(case__commitment__clause__lot__contract__buyer=me),
        ),
        Sight(
            FIRMS,
            "ceux de ses engagements et des clauses dont elle est mandataire\u00a0: jamais le décompte fait "
            "pour l’acheteur",
            lambda me: (
                ~Q(kind=Notice.Kind.ACCOUNT)
                & (Q(case__commitment__company=me) | led_by(me, path="case__commitment__clause"))
            ),
        ),
    )


class Notice(OwnedByService):
    """One paper of a case, with the figures of its day: never changed nor removed once it left.

    A reminder and a letter come from the service, formal notice from the buyer alone; the account is what the
    service prepares for the buyer, who decides. `answer_before` is the day before which an answer is awaited.
    """

    class Kind(models.TextChoices):
        REMINDER = "REMINDER", "Relance"
        LETTER = "LETTER", "Courrier à l’entreprise"
        FORMAL = "FORMAL", "Mise en demeure"
        ACCOUNT = "ACCOUNT", "Décompte pour l’acheteur"

    case = models.ForeignKey(
        "settlement.PenaltyCase", models.PROTECT, related_name="notices", verbose_name="dossier de pénalité"
    )
    kind = models.CharField("nature", max_length=8, choices=Kind.choices)
    number = models.PositiveIntegerField("numéro dans le dossier")
    author = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="envoyé par")
    copy_to = models.ForeignKey(
        Organisation, models.PROTECT, null=True, related_name="+", verbose_name="copie à"
    )
    text = models.TextField("ce qui est écrit", blank=True)
    answer_before = models.DateField("réponse attendue avant le", null=True, blank=True)
    figures = models.JSONField("chiffres du jour")
    sent_at = models.DateTimeField("envoyé le")
    sent_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="par")

    objects = NoticeQuerySet.as_manager()
    named_in_journal = True

    class Meta:
        verbose_name = "courrier du dossier"
        verbose_name_plural = "courriers du dossier"
        ordering = ["number"]
        constraints = [
            # Two at once: the second reads what the first has just sent.
            models.UniqueConstraint(fields=["case", "number"], name="notice_number_once"),
            models.CheckConstraint(
                condition=Q(kind="ACCOUNT", answer_before=None)
                | (~Q(kind="ACCOUNT") & Q(answer_before__isnull=False)),
                name="notice_says_when_to_answer",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} n°\u00a0{self.number}, {self.case.commitment}"

    def get_absolute_url(self) -> str:
        return reverse("control:notice_pdf", args=[self.pk])


class ReliefQuerySet(SeenByQuerySet):
    sights = (
        of_its_own_service("les exonérations de son service"),
        Sight(
            (Capacity.BUYER,),
            "celles qui lui sont proposées",
            lambda me: Q(case__commitment__clause__lot__contract__buyer=me),
        ),
        Sight(
            FIRMS,
            "celles qui ont reçu une réponse, pour elle et les clauses dont elle est mandataire",
            lambda me: (
                Q(answered_at__isnull=False)
                & (Q(case__commitment__company=me) | led_by(me, path="case__commitment__clause"))
            ),
        ),
    )


@keeps_history()
class Relief(OwnedByService):
    """Hours for which neither service nor buyer found a way for the company to do them (exonération).

    Proposed by the service, granted in whole, in part or not at all by the buyer. Granted hours are missing
    no more.
    """

    case = models.ForeignKey(
        "settlement.PenaltyCase", models.PROTECT, related_name="reliefs", verbose_name="dossier de pénalité"
    )
    hours = models.DecimalField("heures proposées", **HOURS)
    reason = models.CharField("motif", max_length=500)
    proposed_at = models.DateTimeField("proposée le")
    proposed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="par")
    granted = models.DecimalField("heures accordées", null=True, blank=True, **HOURS)
    answer = models.CharField("réponse de l’acheteur", max_length=500, blank=True)
    answered_at = models.DateTimeField("réponse le", null=True, blank=True)
    answered_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="réponse de"
    )

    objects = ReliefQuerySet.as_manager()

    class Meta:
        verbose_name = "exonération"
        ordering = ["proposed_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(hours__gt=0) & ~Q(reason=""), name="relief_says_what_and_why"),
            models.CheckConstraint(
                condition=Q(granted=None, answered_at=None, answer="")
                | (Q(granted__gte=0, granted__lte=F("hours"), answered_at__isnull=False) & ~Q(answer="")),
                name="relief_answered_is_whole",
            ),
            models.UniqueConstraint(
                fields=["case"], condition=Q(answered_at=None), name="relief_one_waiting_a_case"
            ),
        ]

    def __str__(self) -> str:
        return f"Exonération n°\u00a0{self.pk}"


class OfACommitmentQuerySet(SeenByQuerySet):
    sights = (
        of_its_own_service("les difficultés et les réunions de son service"),
        Sight(
            (Capacity.BUYER,),
            "celles de ses marchés, une fois la clause validée",
            lambda me: (
                ~Q(commitment__clause__status=Clause.Status.DRAFT)
                & Q(commitment__clause__lot__contract__buyer=me)
            ),
        ),
        Sight(
            FIRMS,
            "celles de ses engagements, une fois la clause validée",
            lambda me: Q(commitment__in=Commitment.objects.filter(company=me).told()),
        ),
    )


@keeps_history()
class Difficulty(OwnedByService):
    """What keeps a company from doing its hours as agreed, and what it asks: suspend, reduce or remove.

    Accepted, it is linked to the act of the clause (`DutyChange`) that does it; the duty changes by the act
    alone. `hours` are those that the company says it can do, when it asks for fewer.
    """

    class Asked(models.TextChoices):
        SUSPENSION = "SUSPENSION", "Suspendre l’obligation"
        REDUCTION = "REDUCTION", "Réduire les heures"
        REMOVAL = "REMOVAL", "Supprimer ce qui reste à faire"

    class Outcome(models.TextChoices):
        ACCEPTED = "ACCEPTED", "Acceptée, par un acte"
        DECLINED = "DECLINED", "Non retenue"
        WITHDRAWN = "WITHDRAWN", "Retirée par l’entreprise"

    commitment = models.ForeignKey(
        Commitment, models.PROTECT, related_name="difficulties", verbose_name="engagement"
    )
    asked = models.CharField("demande", max_length=10, choices=Asked.choices)
    since = models.DateField("depuis le")
    until = models.DateField("dernier jour de la suspension demandée", null=True, blank=True)
    hours = models.DecimalField("heures que l’entreprise peut faire", null=True, blank=True, **HOURS)
    reason = models.TextField("ce qui empêche", max_length=2000)
    declared_at = models.DateTimeField("déclarée le")
    declared_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="déclarée par"
    )
    outcome = models.CharField("suite", max_length=9, choices=Outcome.choices, blank=True)
    act = models.ForeignKey(
        DutyChange, models.PROTECT, null=True, blank=True, related_name="difficulties", verbose_name="acte"
    )
    answer = models.CharField("réponse", max_length=500, blank=True)
    answered_at = models.DateTimeField("réponse le", null=True, blank=True)
    answered_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="réponse de"
    )

    objects = OfACommitmentQuerySet.as_manager()
    named_in_journal = True

    class Meta:
        verbose_name = "difficulté déclarée"
        verbose_name_plural = "difficultés déclarées"
        ordering = ["declared_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="difficulty_says_what"),
            models.CheckConstraint(
                condition=Q(asked="SUSPENSION", until__gte=F("since"))
                | (~Q(asked="SUSPENSION") & Q(until=None)),
                name="difficulty_only_a_suspension_ends",
            ),
            models.CheckConstraint(
                condition=Q(asked="REDUCTION", hours__isnull=False) | (~Q(asked="REDUCTION") & Q(hours=None)),
                name="difficulty_only_a_reduction_has_hours",
            ),
            models.CheckConstraint(
                condition=Q(outcome="", answered_at=None, act=None)
                | (Q(outcome="ACCEPTED", answered_at__isnull=False, act__isnull=False))
                | (Q(outcome="DECLINED", answered_at__isnull=False, act=None) & ~Q(answer=""))
                | Q(outcome="WITHDRAWN", answered_at__isnull=False, act=None),
                name="difficulty_answered_is_whole",
            ),
            models.UniqueConstraint(
                fields=["commitment"], condition=Q(outcome=""), name="difficulty_one_waiting_a_commitment"
            ),
        ]

    def __str__(self) -> str:
        return f"Difficulté, {self.commitment}"

    def get_absolute_url(self) -> str:
        return reverse("control:difficulty", args=[self.pk])

    @property
    def is_waiting(self) -> bool:
        """Whether the service still has to answer."""
        return not self.outcome


class Meeting(OwnedByService):
    """A meeting about what a company owes: when, who was there, what was decided; never changed."""

    commitment = models.ForeignKey(
        Commitment, models.PROTECT, related_name="meetings", verbose_name="engagement"
    )
    held_on = models.DateField("tenue le")
    attended = models.CharField("présents", max_length=300)
    decided = models.TextField("ce qui a été décidé", max_length=2000)
    recorded_at = models.DateTimeField("notée le")
    recorded_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="par")

    objects = OfACommitmentQuerySet.as_manager()
    named_in_journal = True

    class Meta:
        verbose_name = "réunion"
        ordering = ["held_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(attended="") & ~Q(decided=""), name="meeting_says_what"),
        ]

    def __str__(self) -> str:
        return f"Réunion du {self.held_on:%d/%m/%Y}, {self.commitment}"
