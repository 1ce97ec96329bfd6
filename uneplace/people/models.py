from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Value
from django.db.models.functions import Concat
from django.urls import reverse

from uneplace.evidence.models import Evidence
from uneplace.journal.history import keeps_history
from uneplace.kit.encrypted import (
    BlindIndexField,
    EncryptedJSONField,
    EncryptedTextField,
    holding_exactly,
    normal_email,
    normal_phone,
)
from uneplace.kit.sorting import SortKey
from uneplace.organisations.actor import Actor
from uneplace.organisations.models import Capacity, Organisation, OwnedByService, User
from uneplace.organisations.visibility import SeenByQuerySet, Sight, of_its_own_service

from .abilities import Licence
from .policy_records import ProofPolicy  # noqa: F401 - Django looks for models here
from .twin_records import Merge, Resemblance  # noqa: F401 - Django looks for models here
from .work_profile import SOUND_PROFILE, ParticipantTrade, WorkProfile  # noqa: F401 - Django looks for models here

# What tells who somebody is and how to reach them; its history says that it changed, never what it was.
IDENTITY = [
    "first_name",
    "last_name",
    "born_on",
    "sex",
    "email",
    "phone",
    "address",
    "commune",
    "diploma_level",
    "licences",
    "told_by_email",
]


class Means(models.TextChoices):
    """How something was told or agreed."""

    INTERVIEW = "INTERVIEW", "En entretien"
    PHONE = "PHONE", "Par téléphone"
    EMAIL = "EMAIL", "Par courriel"
    POST = "POST", "Par courrier"
    SIGNED = "SIGNED", "Par écrit, signé"


ANONYMOUS = ("Personne", "anonymisée")


def _merged() -> Exists:
    """Whether a file was merged into another. A join to rows that are not there would tell the planner to
    expect one person at most, and everything joined after it would be read once for each."""
    return Exists(Merge.objects.filter(left=OuterRef("pk")))


class ParticipantQuerySet(SeenByQuerySet):
    """A company never opens a person's file: it reads the applications transmitted to it."""

    sights = (
        of_its_own_service("les personnes de son service"),
        Sight(
            (Capacity.REFERRER, Capacity.INSERTION_EMPLOYER),
            "les personnes qu’elle accompagne",
            lambda me: Q(pk__in=Support.objects.filter(organisation=me).values("participant")),
        ),
    )

    def visible_to(self, actor: Actor):
        """A file merged into another is read no more: its rows are in the other."""
        return super().visible_to(actor).exclude(_merged())

    def known(self):
        """Those who are still somebody: neither anonymised, nor merged into another file."""
        return self.filter(anonymised_at=None).exclude(_merged())

    def by_name(self):
        """In the order of a directory: last name, then first name, whatever the accents and case."""
        return self.order_by(SortKey("last_name"), SortKey("first_name"), "pk")

    def named(self, text: str):
        """People of whom each typed word is in the name."""
        found = self.annotate(whole_name=SortKey(Concat("first_name", Value(" "), "last_name")))
        for word in text.split():
            found = found.filter(whole_name__contains=SortKey(Value(word)))
        return found

    def with_contact(self, text: str):
        """People whose e-mail address or phone number is exactly this one, however it is typed."""
        return self.filter(holding_exactly(self.model, text))

    def matching(self, text: str):
        """People searched by name, or by the whole of an e-mail address or phone number."""
        return self.with_contact(text) if normal_email(text) or normal_phone(text) else self.named(text)


@keeps_history(
    only=["service", "created_at", "restricted_at", "announced_on", "anonymised_at"],
    marks={"identity": IDENTITY, "profile": WorkProfile.NAMES},
)
class Participant(WorkProfile, OwnedByService):
    """A person far from employment who takes part; personal data lives here and nowhere else.

    Once `restricted_at` is set, nothing more is transmitted. Once anonymised, the row tells of nobody: it
    keeps what the figures count, and `born_on` is another day that only gives the same age bands.
    """

    class Sex(models.TextChoices):
        FEMALE = "F", "Femme"
        MALE = "M", "Homme"

    class Diploma(models.IntegerChoices):
        NONE = 0, "Sans diplôme"
        BEFORE_CAP = 2, "Inférieur au CAP"
        CAP = 3, "CAP, BEP"
        BAC = 4, "Baccalauréat"
        HIGHER = 5, "Supérieur au baccalauréat"

    first_name = models.CharField("prénom", max_length=80)
    last_name = models.CharField("nom", max_length=80)
    born_on = models.DateField("date de naissance", null=True, blank=True)
    sex = models.CharField("sexe", max_length=1, choices=Sex.choices, blank=True)
    email = EncryptedTextField("adresse électronique", blank=True)
    email_index = BlindIndexField(of="email", normalise=normal_email)
    phone = EncryptedTextField("téléphone", blank=True)
    phone_index = BlindIndexField(of="phone", normalise=normal_phone)
    address = EncryptedTextField("adresse", blank=True)
    commune = models.ForeignKey(
        "reference.Commune", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="commune"
    )
    diploma_level = models.PositiveSmallIntegerField(
        "niveau de diplôme", choices=Diploma.choices, null=True, blank=True
    )
    told_by_email = models.BooleanField("souhaite apprendre les réponses par courriel", default=False)
    created_at = models.DateTimeField("créé le")
    restricted_at = models.DateTimeField("traitement limité le", null=True, blank=True)
    announced_on = models.DateField("anonymisation annoncée le", null=True, blank=True)
    anonymised_at = models.DateTimeField("anonymisée le", null=True, blank=True)

    objects = ParticipantQuerySet.as_manager()

    class Meta:
        verbose_name = "personne"
        constraints = [
            models.CheckConstraint(
                condition=~Q(first_name="") & ~Q(last_name=""), name="participant_has_a_name"
            ),
            *SOUND_PROFILE,
        ]
        indexes = [
            models.Index(
                "service", SortKey("last_name"), SortKey("first_name"), "id", name="participant_list"
            ),
            models.Index("service", "born_on", name="participant_by_birth"),
            models.Index("service", "email_index", name="participant_by_email", condition=~Q(email_index="")),
            models.Index("service", "phone_index", name="participant_by_phone", condition=~Q(phone_index="")),
        ]

    def __str__(self) -> str:
        return f"{self.first_name} {self.last_name}"

    def get_absolute_url(self) -> str:
        return reverse("people:participant", args=[self.pk])

    @property
    def licences_in_words(self) -> list[str]:
        """« Permis B », « CACES nacelles (R486) »."""
        return [Licence(code).label for code in self.licences]


class Support(OwnedByService):
    """A structure follows a person (accompagnement), from one day to another."""

    participant = models.ForeignKey(
        Participant, models.CASCADE, related_name="supports", verbose_name="personne"
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="supports", verbose_name="structure"
    )
    since = models.DateField("depuis")

    class Meta:
        verbose_name = "accompagnement"
        constraints = [models.UniqueConstraint(fields=["participant", "organisation"], name="support_once")]

    def __str__(self) -> str:
        return f"{self.participant}, {self.organisation}"


class InformationGiven(OwnedByService):
    """The dated fact that the person was told what the file is for, before anything was shared."""

    participant = models.ForeignKey(
        Participant, models.CASCADE, related_name="informations", verbose_name="personne"
    )
    given_on = models.DateField("information donnée le")
    means = models.CharField("moyen", max_length=10, choices=Means.choices)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name="donnée par"
    )
    recorded_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="enregistrée par"
    )

    class Meta:
        verbose_name = "information donnée"
        ordering = ["-given_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.participant}, {self.get_means_display().lower()}"


class EligibilityDecisionQuerySet(models.QuerySet):
    def in_force(self):
        """Decisions that found the person eligible and were not revoked."""
        return self.filter(status=EligibilityDecision.Status.ELIGIBLE, revoked_on=None)

    def taken(self):
        """Decisions that the service took, whatever they are; not those that are only asked for."""
        return self.exclude(status=EligibilityDecision.Status.REQUESTED)


@keeps_history(
    only=[
        "service",
        "participant",
        "status",
        "requested_on",
        "decided_on",
        "decided_by",
        "valid_until",
        "revoked_on",
    ],
    marks={"grounds": ["grounds", "main_ground", "situation", "explanation", "reason"]},
)
class EligibilityDecision(OwnedByService):
    """A facilitator's dated decision on a person, on grounds, with the proofs seen.

    The person must start before `valid_until`; the counting window is another date, which a placement
    opens. Never recomputed in silence: `situation` and `explanation` keep what was known and answered.
    All that tells a ground is sealed: the database only sees whether there is one.

    REQUESTED is a structure that asks: the same row becomes the decision when the service takes it. EXPIRED
    is never written: a decision expires by itself at the end of its validity, which `standing_of` reads.
    """

    class Status(models.TextChoices):
        REQUESTED = "REQUESTED", "Demandée"
        TO_COMPLETE = "TO_COMPLETE", "À compléter"
        ELIGIBLE = "ELIGIBLE", "Éligible"
        REFUSED = "REFUSED", "Non éligible"
        EXPIRED = "EXPIRED", "Expirée"

    participant = models.ForeignKey(
        Participant, models.CASCADE, related_name="decisions", verbose_name="personne"
    )
    status = models.CharField("état", max_length=12, choices=Status.choices)
    requested_by = models.ForeignKey(
        Organisation, models.PROTECT, null=True, related_name="+", verbose_name="demandée par"
    )
    requested_on = models.DateField("demandée le", null=True, blank=True)
    decided_on = models.DateField("décidée le", null=True, blank=True)
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="décidée par"
    )
    grounds = EncryptedJSONField("motifs", default=list, blank=True)
    main_ground = EncryptedTextField("motif principal", blank=True)
    valid_until = models.DateField("éligible jusqu’au", null=True, blank=True)
    situation = EncryptedJSONField("situation", default=dict, step=512)
    explanation = EncryptedJSONField("explication", default=list, step=2048)
    reason = EncryptedTextField("motif du refus ou de la demande", blank=True)
    revoked_on = models.DateField("retirée le", null=True, blank=True)

    objects = EligibilityDecisionQuerySet.as_manager()

    class Meta:
        verbose_name = "décision d’éligibilité"
        ordering = ["-decided_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status="ELIGIBLE")
                | Q(
                    decided_on__isnull=False,
                    valid_until__gt=F("decided_on"),
                )
                & ~Q(grounds="")
                & ~Q(main_ground=""),
                name="decision_eligible_is_complete",
            ),
            models.CheckConstraint(
                condition=~Q(status="REFUSED") | (~Q(reason="") & Q(decided_on__isnull=False)),
                name="decision_refused_says_why",
            ),
            models.CheckConstraint(condition=~Q(status="EXPIRED"), name="decision_expires_by_itself"),
            models.CheckConstraint(
                condition=(
                    Q(status="REQUESTED", decided_on=None, requested_on__isnull=False)
                    | (~Q(status="REQUESTED") & Q(decided_on__isnull=False))
                ),
                name="decision_is_asked_for_or_taken",
            ),
        ]
        indexes = [
            models.Index(fields=["participant", "-decided_on"], name="decision_by_person"),
            models.Index(
                fields=["service", "valid_until"],
                name="decision_to_renew",
                condition=Q(status="ELIGIBLE", revoked_on=None),
            ),
        ]

    def __str__(self) -> str:
        return f"Éligibilité de {self.participant}"


class DecisionProof(OwnedByService):
    """A proof that a decision rests on, for one of its grounds."""

    decision = models.ForeignKey(
        EligibilityDecision, models.CASCADE, related_name="proofs", verbose_name="décision"
    )
    ground = EncryptedTextField("motif")
    evidence = models.ForeignKey(Evidence, models.PROTECT, related_name="+", verbose_name="justificatif")

    class Meta:
        verbose_name = "justificatif d’une décision"
        constraints = [models.UniqueConstraint(fields=["decision", "evidence"], name="decision_proof_once")]

    def __str__(self) -> str:
        return str(self.evidence)
