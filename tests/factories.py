"""Things of the trade, ready made for the tests; a Trait is a state that a thing can be in.

Every date is fixed. Whatever hangs on a contract carries that contract's service.
"""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import factory
from django.db import transaction
from factory.django import DjangoModelFactory

from uneplace.contracts.models import (
    Award,
    AwardMember,
    Clause,
    ClauseText,
    ComingContract,
    Commitment,
    Contract,
    Document,
    Family,
    Lot,
    MemberRole,
    ServicePolicy,
    Subcontracting,
    Transfer,
)
from uneplace.evidence.models import Evidence
from uneplace.hours.models import (
    Allocation,
    Anomaly,
    AwaitedDocument,
    Break,
    Confirmation,
    ConfirmationMessage,
    FollowUp,
    HoursImport,
    ImportLine,
    LedgerEntry,
    MonthLink,
    Placement,
    ServiceChecks,
    Statement,
    StatementLine,
    WorkedMonth,
)
from uneplace.kit.periods import period
from uneplace.mails.models import Mail
from uneplace.offers.models import (
    Agreement,
    Application,
    Criterion,
    CriterionAnswer,
    Diffusion,
    JobSheet,
    JobSheetVersion,
    ServiceDelays,
    Suggestion,
    Transmission,
)
from uneplace.organisations.actor import Actor
from uneplace.organisations.models import (
    AccessLink,
    Capacity,
    Invitation,
    Kind,
    Membership,
    Organisation,
    Partnership,
    Role,
    User,
)
from uneplace.people.models import (
    DecisionProof,
    EligibilityDecision,
    InformationGiven,
    Means,
    Merge,
    Participant,
    ParticipantTrade,
    Resemblance,
    Support,
)
from uneplace.reference.models import Commune, RomeJob
from uneplace.rights.models import RightsRequest
from uneplace.settlement.models import (
    ClauseReport,
    Difficulty,
    ForecastTrial,
    Meeting,
    Notice,
    PenaltyCase,
    Relief,
    ServiceThresholds,
)
from uneplace.settlement.notice_figures import figures_of as figures_of_notice
from uneplace.settlement.report_figures import checksum_of, figures_of
from uneplace.settlement.standing import standing_of

NOON = datetime(2026, 6, 15, 10, 0, tzinfo=UTC)
TODAY = date(2026, 6, 15)
PASSWORD = "un mot de passe bien long"


def siret(number: int) -> str:
    """A SIRET with a sound key, in a range that is given to nobody.

    Organisations take the numbers from zero on: a SIRET of nobody yet is taken from 90 000 on.
    """
    siren = _with_key(f"000{number:05d}")
    return _with_key(f"{siren}0001")


def _with_key(digits: str) -> str:
    total = 0
    for rank, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if rank % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return f"{digits}{-total % 10}"


class CommuneFactory(DjangoModelFactory):
    class Meta:
        model = Commune
        django_get_or_create = ("code_insee",)

    code_insee = "14118"
    name = "Caen"
    departement = "14"
    postcodes = factory.LazyFunction(lambda: ["14000"])
    search = "caen"


class RomeJobFactory(DjangoModelFactory):
    class Meta:
        model = RomeJob
        django_get_or_create = ("code",)

    code = "F1703"
    label = "Maçonnerie"
    search = "maconnerie"


class OrganisationFactory(DjangoModelFactory):
    class Meta:
        model = Organisation

    class Params:
        service = factory.Trait(capacities=[Capacity.FACILITATOR], kind=Kind.DEPARTEMENT)
        buyer = factory.Trait(capacities=[Capacity.BUYER], kind=Kind.COMMUNE)
        company = factory.Trait(capacities=[Capacity.COMPANY], kind=Kind.ENTREPRISE)
        employer = factory.Trait(capacities=[Capacity.INSERTION_EMPLOYER], kind=Kind.ETTI)
        referrer = factory.Trait(capacities=[Capacity.REFERRER], kind=Kind.MISSION_LOCALE)

    name = factory.Sequence(lambda n: f"Organisation {n}")
    siret = factory.Sequence(siret)
    capacities = factory.LazyFunction(lambda: [Capacity.COMPANY])


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"personne{n}@exemple.fr")
    first_name = "Camille"
    last_name = factory.Sequence(lambda n: f"Essai{n}")
    password = factory.django.Password(PASSWORD)


class MembershipFactory(DjangoModelFactory):
    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    role = Role.ADMIN
    started_at = datetime(2025, 1, 6, 8, 0, tzinfo=UTC)


def actor_for(organisation: Organisation, role: str = Role.ADMIN) -> Actor:
    """Somebody who works as this organisation, with an account."""
    membership = MembershipFactory(organisation=organisation, role=role)
    return Actor(membership.user, organisation, role)


class InvitationFactory(DjangoModelFactory):
    class Meta:
        model = Invitation

    organisation = factory.SubFactory(OrganisationFactory, company=True)
    email = factory.Sequence(lambda n: f"invite{n}@exemple.fr")
    role = Role.ADMIN
    token_hash = factory.Sequence(lambda n: f"{n:064x}")
    created_at = NOON
    expires_at = datetime(2026, 6, 29, 10, 0, tzinfo=UTC)


class AccessLinkFactory(DjangoModelFactory):
    class Meta:
        model = AccessLink

    class Params:
        to = None  # the job sheet that it opens

    service = factory.LazyAttribute(lambda link: link.to.service)
    organisation = factory.LazyAttribute(lambda link: link.to.commitment.company)
    email = factory.Sequence(lambda n: f"contact{n}@batiment.example")
    thing_kind = factory.LazyAttribute(lambda link: link.to._meta.label_lower)
    thing_id = factory.LazyAttribute(lambda link: link.to.pk)
    token_hash = factory.Sequence(lambda n: f"{n:064x}")
    created_at = NOON - timedelta(days=1)
    expires_at = NOON + timedelta(days=6)


class PartnershipFactory(DjangoModelFactory):
    class Meta:
        model = Partnership
        django_get_or_create = ("service", "organisation")

    service = factory.SubFactory(OrganisationFactory, service=True)
    organisation = factory.SubFactory(OrganisationFactory, company=True)
    approved_at = datetime(2025, 1, 6, 8, 0, tzinfo=UTC)


class FileFactory(DjangoModelFactory):
    """A thing of a service's file, which has let in the organisations that the thing names in `_partners`."""

    _partners = ()

    class Meta:
        abstract = True

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        thing = super()._create(model_class, *args, **kwargs)
        for organisation in {getattr(thing, name) for name in cls._partners} - {thing.service}:
            PartnershipFactory(service=thing.service, organisation=organisation)
        return thing


class ContractFactory(FileFactory):
    _partners = ("buyer",)

    class Meta:
        model = Contract

    service = factory.SubFactory(OrganisationFactory, service=True)
    buyer = factory.SubFactory(OrganisationFactory, buyer=True)
    official_id = factory.Sequence(lambda n: f"2026-{n:04d}")
    object = factory.Sequence(lambda n: f"Construction de l’école n° {n}")
    amount = Decimal("1200000.00")
    duration_months = 18
    notified_on = date(2026, 1, 12)
    created_at = NOON


class LotFactory(DjangoModelFactory):
    class Meta:
        model = Lot

    contract = factory.SubFactory(ContractFactory)
    service = factory.SelfAttribute("contract.service")
    number = 1
    amount = Decimal("1200000.00")


class AwardFactory(DjangoModelFactory):
    class Meta:
        model = Award

    lot = factory.SubFactory(LotFactory)
    service = factory.SelfAttribute("lot.service")


class AwardMemberFactory(FileFactory):
    _partners = ("company",)

    class Meta:
        model = AwardMember

    award = factory.SubFactory(AwardFactory)
    service = factory.SelfAttribute("award.service")
    company = factory.SubFactory(OrganisationFactory, company=True)


class ClauseFactory(DjangoModelFactory):
    class Meta:
        model = Clause

    class Params:
        draft = factory.Trait(status=Clause.Status.DRAFT, validated_at=None)
        hours = Decimal("2100.00")

    lot = factory.SubFactory(LotFactory)
    service = factory.SelfAttribute("lot.service")
    status = Clause.Status.RUNNING
    method = Clause.Method.FIXED
    inputs = factory.LazyAttribute(lambda clause: {"hours": str(clause.hours)})
    hours_due = factory.SelfAttribute("hours")
    execution = period(date(2026, 1, 12), date(2027, 7, 11))
    penalty_rate = Decimal("50.00")
    validated_at = datetime(2026, 1, 12, 9, 0, tzinfo=UTC)


class ServicePolicyFactory(DjangoModelFactory):
    class Meta:
        model = ServicePolicy

    service = factory.SubFactory(OrganisationFactory, service=True)
    number = 1
    applies_on = date(2026, 1, 1)
    decided_at = NOON
    decided_by = factory.SubFactory(UserFactory)


class CommitmentFactory(FileFactory):
    """The companies of one clause share it evenly, unless shares are given; the first is its mandataire."""

    _partners = ("company",)

    class Meta:
        model = Commitment

    @classmethod
    def _create(cls, model_class, *args, **fields):
        its = Commitment.objects.filter(clause=fields["clause"])
        if "role" not in fields and its.filter(role=MemberRole.MANDATAIRE).exists():
            fields["role"] = MemberRole.COTRAITANT
        with transaction.atomic():  # shares sum to the clause when the transaction ends
            commitment = super()._create(model_class, *args, **fields)
            others = list(Commitment.objects.filter(clause=commitment.clause).order_by("pk"))
            if "share" not in fields and len(others) > 1:
                even = round(Decimal(1) / len(others), 6)
                Commitment.objects.filter(clause=commitment.clause).update(share=even)
                commitment.share = 1 - even * (len(others) - 1)
                commitment.save(update_fields=["share"])
        return commitment

    clause = factory.SubFactory(ClauseFactory)
    service = factory.SelfAttribute("clause.service")
    company = factory.SubFactory(OrganisationFactory, company=True)
    hours_due = factory.SelfAttribute("clause.hours_due")
    period = factory.SelfAttribute("clause.execution")


def group_of_companies(*names, clause=None, hours="100.00"):
    """Commitments of companies so named on one clause, in equal parts, the first one the mandataire."""
    clause = clause or ClauseFactory(hours=Decimal(hours), hours_due=Decimal(hours))
    roles = [MemberRole.MANDATAIRE] + [MemberRole.COTRAITANT] * (len(names) - 1)
    even = round(Decimal(1) / len(names), 6)
    due = round(clause.hours_due / len(names), 2)
    rest = len(names) - 1
    shares = [1 - rest * even] + [even] * rest
    owed = [clause.hours_due - rest * due] + [due] * rest
    with transaction.atomic():
        return [
            CommitmentFactory(clause=clause, company__name=name, role=role, share=share, hours_due=hours)
            for name, role, share, hours in zip(names, roles, shares, owed, strict=True)
        ]


class MailFactory(FileFactory):
    """A mail sent about a job sheet."""

    class Meta:
        model = Mail

        exclude = ("about",)

    service = factory.SelfAttribute("about.service")
    token = factory.Sequence(lambda n: f"courriel-de-l-essai-{n:06d}")
    about_kind = factory.LazyAttribute(lambda mail: mail.about._meta.model_name)
    about_id = factory.LazyAttribute(lambda mail: mail.about.pk)
    address = factory.Sequence(lambda n: f"lecteur{n}@exemple.fr")
    subject = factory.Sequence(lambda n: f"Fiche de poste à relire, {n}")
    state = Mail.State.SENT
    ended_at = datetime(2026, 6, 10, 9, 0, tzinfo=UTC)


class ComingContractFactory(FileFactory):
    """A contract that a buyer prepares, waiting for the service's answer; `answered`: with a clause."""

    _partners = ("buyer",)

    class Meta:
        model = ComingContract

    class Params:
        answered = factory.Trait(
            status=ComingContract.Status.ANSWERED,
            answer=ComingContract.Answer.CLAUSE,
            answered_at=datetime(2026, 6, 10, 9, 0, tzinfo=UTC),
            reasons="Le chantier dure assez pour former une équipe.",
            device=Clause.Device.CLAUSE_EXEC,
            method=Clause.Method.FIXED,
            inputs=factory.LazyFunction(lambda: {"hours": "2100"}),
            hours_due=Decimal("2100.00"),
            penalty_rate=Decimal("50.00"),
        )
        refused = factory.Trait(
            status=ComingContract.Status.ANSWERED,
            answer=ComingContract.Answer.NO_CLAUSE,
            answered_at=datetime(2026, 6, 10, 9, 0, tzinfo=UTC),
            reasons="Le chantier est trop court pour une embauche.",
        )

    service = factory.SubFactory(OrganisationFactory, service=True)
    buyer = factory.SubFactory(OrganisationFactory, buyer=True)
    object = factory.Sequence(lambda n: f"Rénovation du gymnase n° {n}")
    kind = "WORKS"
    estimated_amount = Decimal("1800000.00")
    consultation_on = date(2026, 9, 15)
    starts_on = date(2027, 1, 4)
    duration_months = 18
    asked_at = datetime(2026, 6, 8, 9, 0, tzinfo=UTC)
    answer_before = date(2026, 6, 22)
    social_condition = False


class ClauseTextFactory(DjangoModelFactory):
    class Meta:
        model = ClauseText

    service = factory.SubFactory(OrganisationFactory, service=True)
    document = Document.CONDITIONS
    family = Family.EXECUTION
    title = "Clause sociale d’insertion"
    body = "Le titulaire réalise {heures} d’insertion."


class ParticipantFactory(DjangoModelFactory):
    class Meta:
        model = Participant

    service = factory.SubFactory(OrganisationFactory, service=True)
    first_name = "Dominique"
    last_name = factory.Sequence(lambda n: f"Personne{n}")
    born_on = date(1994, 4, 2)
    sex = Participant.Sex.FEMALE
    commune = factory.SubFactory(CommuneFactory)
    created_at = NOON


class ParticipantTradeFactory(DjangoModelFactory):
    class Meta:
        model = ParticipantTrade

    participant = factory.SubFactory(ParticipantFactory)
    service = factory.SelfAttribute("participant.service")
    rome = factory.SubFactory(RomeJobFactory)
    months = 12


class ResemblanceFactory(DjangoModelFactory):
    """The second file is made after the first, so that its id is the greater."""

    class Meta:
        model = Resemblance

    one = factory.SubFactory(ParticipantFactory)
    other = factory.SubFactory(ParticipantFactory, service=factory.SelfAttribute("..one.service"))
    service = factory.SelfAttribute("one.service")
    reasons = ["SAME_BIRTH", "SLIP"]
    is_sure = False
    found_at = NOON


class MergeFactory(DjangoModelFactory):
    class Meta:
        model = Merge

    kept = factory.SubFactory(ParticipantFactory)
    left = factory.SubFactory(ParticipantFactory, service=factory.SelfAttribute("..kept.service"))
    service = factory.SelfAttribute("kept.service")
    merged_at = NOON


class SupportFactory(FileFactory):
    _partners = ("organisation",)

    class Meta:
        model = Support

    participant = factory.SubFactory(ParticipantFactory)
    service = factory.SelfAttribute("participant.service")
    organisation = factory.SubFactory(OrganisationFactory, referrer=True)
    since = date(2026, 1, 5)


class InformationGivenFactory(FileFactory):
    _partners = ("organisation",)

    class Meta:
        model = InformationGiven

    participant = factory.SubFactory(ParticipantFactory)
    service = factory.SelfAttribute("participant.service")
    given_on = date(2026, 2, 2)
    means = Means.INTERVIEW
    organisation = factory.SubFactory(OrganisationFactory, referrer=True)


class EvidenceFactory(DjangoModelFactory):
    class Meta:
        model = Evidence

    service = factory.SubFactory(OrganisationFactory, service=True)
    kind = "Attestation RSA"
    status = Evidence.Status.ACCEPTED
    dated_on = date(2026, 1, 20)
    seen_on = date(2026, 2, 10)


class EligibilityDecisionFactory(DjangoModelFactory):
    class Meta:
        model = EligibilityDecision

    class Params:
        refused = factory.Trait(
            status=EligibilityDecision.Status.REFUSED,
            grounds=[],
            main_ground="",
            valid_until=None,
            reason="Aucun motif n’est rempli à ce jour.",
        )

    participant = factory.SubFactory(ParticipantFactory)
    service = factory.SelfAttribute("participant.service")
    status = EligibilityDecision.Status.ELIGIBLE
    decided_on = date(2026, 2, 10)
    grounds = factory.LazyFunction(lambda: ["RSA"])
    main_ground = "RSA"
    valid_until = date(2026, 8, 10)


class DecisionProofFactory(DjangoModelFactory):
    class Meta:
        model = DecisionProof

    decision = factory.SubFactory(EligibilityDecisionFactory)
    service = factory.SelfAttribute("decision.service")
    ground = "RSA"
    evidence = factory.SubFactory(EvidenceFactory, service=factory.SelfAttribute("..service"))


class JobSheetFactory(DjangoModelFactory):
    class Meta:
        model = JobSheet

    class Params:
        draft = factory.Trait(
            status=JobSheet.Status.DRAFT,
            agreed_by_service_at=None,
            agreed_by_company_at=None,
            published_at=None,
        )
        to_agree = factory.Trait(
            status=JobSheet.Status.TO_AGREE,
            agreed_by_service_at=None,
            agreed_by_company_at=None,
            published_at=None,
        )

    commitment = factory.SubFactory(CommitmentFactory)
    service = factory.SelfAttribute("commitment.service")
    status = JobSheet.Status.PUBLISHED
    title = "Aide-maçonne ou aide-maçon"
    rome = factory.SubFactory(RomeJobFactory)
    posts = 1
    commune = factory.SubFactory(CommuneFactory)
    period = period(date(2026, 3, 2), date(2026, 8, 31))
    weekly_hours = Decimal("35")
    modality = JobSheet.Modality.DIRECT
    tasks = "Préparer le mortier, approvisionner le chantier."
    timetable = "7 h 30 à 16 h"
    without_car = True
    pay = Decimal("12.50")
    tutor_name = "Nadège Ferrand"
    tutor_phone = "02 31 00 00 01"
    apply_before = date(2026, 2, 20)
    agreed_by_service_at = datetime(2026, 1, 20, 9, 0, tzinfo=UTC)
    agreed_by_company_at = datetime(2026, 1, 21, 9, 0, tzinfo=UTC)
    published_at = datetime(2026, 1, 22, 9, 0, tzinfo=UTC)
    created_at = datetime(2026, 1, 19, 9, 0, tzinfo=UTC)
    acted_at = factory.LazyAttribute(lambda sheet: sheet.published_at or sheet.created_at)


class ServiceDelaysFactory(DjangoModelFactory):
    class Meta:
        model = ServiceDelays

    agree_days = 10
    structures_days = 10
    service_days = 7
    collect_days = 7
    answer_days = 15
    meet_days = 5
    reminder_days = 2
    deputy_days = 5
    escalation_days = 10
    closing_days = 60
    notice_days = 7
    number = 1
    decided_at = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
    decided_by = factory.SubFactory(UserFactory)


class CriterionFactory(DjangoModelFactory):
    class Meta:
        model = Criterion

    job_sheet = factory.SubFactory(JobSheetFactory)
    service = factory.SelfAttribute("job_sheet.service")
    weight = Criterion.Weight.HARD
    text = "Être sur place à 7 h 30"


class JobSheetVersionFactory(DjangoModelFactory):
    class Meta:
        model = JobSheetVersion

    job_sheet = factory.SubFactory(JobSheetFactory)
    service = factory.SelfAttribute("job_sheet.service")
    number = 1
    content = factory.LazyFunction(lambda: {"title": "Aide-maçonne ou aide-maçon", "posts": "1"})
    written_at = datetime(2026, 1, 19, 9, 0, tzinfo=UTC)
    written_for = factory.SelfAttribute("service")


class DiffusionFactory(FileFactory):
    _partners = ("organisation",)

    class Meta:
        model = Diffusion

    job_sheet = factory.SubFactory(JobSheetFactory)
    service = factory.SelfAttribute("job_sheet.service")
    organisation = factory.SubFactory(OrganisationFactory, employer=True)
    sent_at = datetime(2026, 1, 22, 9, 0, tzinfo=UTC)


class ApplicationFactory(FileFactory):
    _partners = ("organisation",)

    class Meta:
        model = Application

    class Params:
        declined = factory.Trait(
            status=Application.Status.DECLINED, decline_reason=Application.DeclineReason.SKILLS
        )

    job_sheet = factory.SubFactory(JobSheetFactory)
    service = factory.SelfAttribute("job_sheet.service")
    participant = factory.SubFactory(ParticipantFactory, service=factory.SelfAttribute("..service"))
    organisation = factory.SubFactory(OrganisationFactory, employer=True)
    status = Application.Status.NEW
    available_from = date(2026, 2, 23)
    sent_at = datetime(2026, 2, 2, 9, 0, tzinfo=UTC)
    acted_at = factory.SelfAttribute("sent_at")


class SuggestionFactory(FileFactory):
    _partners = ("organisation",)

    class Meta:
        model = Suggestion

    job_sheet = factory.SubFactory(JobSheetFactory)
    service = factory.SelfAttribute("job_sheet.service")
    participant = factory.SubFactory(ParticipantFactory, service=factory.SelfAttribute("..service"))
    organisation = factory.SubFactory(OrganisationFactory, referrer=True)
    asked_at = datetime(2026, 2, 9, 9, 0, tzinfo=UTC)


class CriterionAnswerFactory(DjangoModelFactory):
    class Meta:
        model = CriterionAnswer

    application = factory.SubFactory(ApplicationFactory)
    service = factory.SelfAttribute("application.service")
    criterion = factory.SubFactory(
        CriterionFactory, job_sheet=factory.SelfAttribute("..application.job_sheet")
    )
    met = CriterionAnswer.Met.YES


class AgreementFactory(DjangoModelFactory):
    class Meta:
        model = Agreement

    application = factory.SubFactory(ApplicationFactory)
    service = factory.SelfAttribute("application.service")
    answer = Agreement.Answer.GIVEN
    given_on = date(2026, 2, 2)
    means = Means.INTERVIEW


class TransmissionFactory(FileFactory):
    _partners = ("company",)

    class Meta:
        model = Transmission

    application = factory.SubFactory(ApplicationFactory, status=Application.Status.SENT)
    service = factory.SelfAttribute("application.service")
    company = factory.SelfAttribute("application.job_sheet.commitment.company")
    sent_at = datetime(2026, 2, 12, 9, 0, tzinfo=UTC)
    eligible_until = date(2026, 8, 10)
    answer_before = date(2026, 2, 27)


class PlacementFactory(FileFactory):
    _partners = ("employer", "declared_by")

    class Meta:
        model = Placement

    service = factory.SubFactory(OrganisationFactory, service=True)
    participant = factory.SubFactory(ParticipantFactory, service=factory.SelfAttribute("..service"))
    employer = factory.SubFactory(OrganisationFactory, company=True)
    declared_by = factory.SelfAttribute("employer")
    kind = Placement.Kind.CDD
    modality = JobSheet.Modality.DIRECT
    rome = factory.SubFactory(RomeJobFactory)
    job = "Aide-maçonne"
    period = period(date(2026, 3, 2), date(2026, 8, 31))
    weekly_hours = Decimal("35")
    recorded_at = datetime(2026, 2, 25, 9, 0, tzinfo=UTC)
    confirmed_at = datetime(2026, 2, 26, 9, 0, tzinfo=UTC)


class FollowUpFactory(DjangoModelFactory):
    class Meta:
        model = FollowUp

    placement = factory.SubFactory(PlacementFactory)
    service = factory.SelfAttribute("placement.service")
    point = FollowUp.Point.MONTH_3
    due_on = date(2026, 6, 2)


class BreakFactory(DjangoModelFactory):
    class Meta:
        model = Break

    placement = factory.SubFactory(PlacementFactory)
    service = factory.SelfAttribute("placement.service")
    last_day = date(2026, 6, 12)
    reason = Break.Reason.SITE
    recorded_at = datetime(2026, 6, 15, 9, 0, tzinfo=UTC)


class AllocationFactory(DjangoModelFactory):
    """A direct hire of the commitment's company, for the whole work contract."""

    class Meta:
        model = Allocation

    commitment = factory.SubFactory(CommitmentFactory)
    service = factory.SelfAttribute("commitment.service")
    placement = factory.SubFactory(
        PlacementFactory,
        service=factory.SelfAttribute("..service"),
        employer=factory.SelfAttribute("..commitment.company"),
    )
    period = factory.SelfAttribute("placement.period")


class WorkedMonthFactory(DjangoModelFactory):
    class Meta:
        model = WorkedMonth

    placement = factory.SubFactory(PlacementFactory)
    service = factory.SelfAttribute("placement.service")
    month = date(2026, 4, 1)
    hours = Decimal("151.67")


class HoursImportFactory(FileFactory):
    """A file of hours already read, of which the importer keeps nothing yet."""

    _partners = ("importer", "sender")

    class Meta:
        model = HoursImport

    service = factory.SubFactory(OrganisationFactory, service=True)
    importer = factory.SubFactory(OrganisationFactory, company=True)
    sender = factory.SelfAttribute("importer")
    status = HoursImport.Status.READY
    name = "heures.csv"
    size = 120
    digest = factory.Sequence(lambda n: f"{n:064x}")
    headings = factory.LazyFunction(
        lambda: {"row": 1, "key": "nom|heures", "columns": [[0, "Nom", []], [1, "Heures", []]]}
    )
    columns = factory.LazyFunction(lambda: {"FULL_NAME": 0, "HOURS": 1})
    month = date(2026, 4, 1)
    lines_read = 1
    received_at = NOON


class ImportLineFactory(DjangoModelFactory):
    class Meta:
        model = ImportLine

    placement = factory.SubFactory(PlacementFactory)
    service = factory.SelfAttribute("placement.service")
    commitment = factory.SubFactory(CommitmentFactory)
    hours_import = factory.SubFactory(
        HoursImportFactory,
        service=factory.SelfAttribute("..service"),
        importer=factory.SelfAttribute("..placement.declared_by"),
    )
    number = 2
    month = date(2026, 4, 1)
    hours = Decimal("151.67")


class StatementFactory(FileFactory):
    _partners = ("declarant",)

    class Meta:
        model = Statement

    class Params:
        submitted = factory.Trait(
            status=Statement.Status.SUBMITTED, submitted_at=datetime(2026, 5, 4, 9, 0, tzinfo=UTC)
        )
        returned = factory.Trait(
            submitted=True,
            status=Statement.Status.RETURNED,
            return_reason="Il manque les heures de la dernière semaine.",
        )
        validated = factory.Trait(
            submitted=True,
            status=Statement.Status.VALIDATED,
            validated_at=datetime(2026, 5, 6, 9, 0, tzinfo=UTC),
        )

    commitment = factory.SubFactory(CommitmentFactory)
    service = factory.SelfAttribute("commitment.service")
    declarant = factory.SelfAttribute("commitment.company")
    month = date(2026, 4, 1)
    due_on = date(2026, 5, 12)


class AwaitedDocumentFactory(FileFactory):
    """The proof of the hours of April, awaited from a company before the 12th of May."""

    _partners = ("sender",)

    class Meta:
        model = AwaitedDocument

    class Params:
        received = factory.Trait(
            evidence=factory.SubFactory(
                EvidenceFactory,
                service=factory.SelfAttribute("..service"),
                kind="Justificatif des heures",
                status=Evidence.Status.RECEIVED,
                dated_on=None,
                seen_on=None,
            )
        )

    commitment = factory.SubFactory(CommitmentFactory)
    service = factory.SelfAttribute("commitment.service")
    sender = factory.SelfAttribute("commitment.company")
    kind = AwaitedDocument.Kind.PROOF
    month = date(2026, 4, 1)
    months = 1
    due_on = date(2026, 5, 12)


class StatementLineFactory(DjangoModelFactory):
    """The whole of a worked month of somebody allocated to the statement's commitment."""

    class Meta:
        model = StatementLine

    statement = factory.SubFactory(StatementFactory, submitted=True)
    service = factory.SelfAttribute("statement.service")
    worked_month = factory.LazyAttribute(
        lambda line: WorkedMonthFactory(
            service=line.service,
            placement=AllocationFactory(commitment=line.statement.commitment).placement,
            month=line.statement.month,
            hours=line.hours,
        )
    )
    hours = Decimal("151.67")


class ServiceChecksFactory(DjangoModelFactory):
    class Meta:
        model = ServiceChecks

    service = factory.SubFactory(OrganisationFactory, service=True)
    outside_contract = "BLOCKING"
    legal_maximum = "BLOCKING"
    weekly_hours = "WARNING"
    declared_elsewhere = "WARNING"
    no_decision = "WARNING"
    no_evidence = "WARNING"
    same_statement = "WARNING"
    same_hours = "WARNING"
    number = 1
    decided_at = NOON
    decided_by = factory.SubFactory(UserFactory)


class AnomalyFactory(DjangoModelFactory):
    """200 h where 147 h were foreseen, validated as they are."""

    class Meta:
        model = Anomaly

    statement = factory.SubFactory(StatementFactory, validated=True)
    service = factory.SelfAttribute("statement.service")
    check_code = "WEEKLY_HOURS"
    figures = factory.LazyFunction(lambda: {"hours": "200.00", "limit": "196.00"})
    answer = Anomaly.Answer.VALIDATED
    answered_at = NOON


class ConfirmationFactory(DjangoModelFactory):
    """The person says that April had fewer hours."""

    class Meta:
        model = Confirmation

    placement = factory.SubFactory(PlacementFactory)
    service = factory.SelfAttribute("placement.service")
    month = date(2026, 4, 1)
    party = Confirmation.Party.PERSON
    agrees = False
    declared = Decimal("151.67")
    said = Decimal("140")
    words = "Je n’étais pas là les deux premiers jours."
    answered_at = datetime(2026, 5, 6, 9, 0, tzinfo=UTC)


class ConfirmationMessageFactory(DjangoModelFactory):
    class Meta:
        model = ConfirmationMessage

    confirmation = factory.SubFactory(ConfirmationFactory)
    service = factory.SelfAttribute("confirmation.service")
    organisation = factory.SelfAttribute("confirmation.placement.declared_by")
    written_at = datetime(2026, 5, 6, 14, 0, tzinfo=UTC)
    words = "Nous regardons les feuilles."


class MonthLinkFactory(DjangoModelFactory):
    class Meta:
        model = MonthLink

    placement = factory.SubFactory(PlacementFactory)
    service = factory.SelfAttribute("placement.service")
    month = date(2026, 4, 1)
    organisation = factory.SelfAttribute("placement.employer")
    token_hash = factory.Sequence(lambda n: f"{n:064x}")
    created_at = NOON - timedelta(days=1)
    expires_at = NOON + timedelta(days=13)


class LedgerEntryFactory(DjangoModelFactory):
    class Meta:
        model = LedgerEntry

    line = factory.SubFactory(StatementLineFactory, statement__validated=True)
    service = factory.SelfAttribute("line.service")
    commitment = factory.SelfAttribute("line.statement.commitment")
    placement = factory.SelfAttribute("line.worked_month.placement")
    participant = factory.SelfAttribute("placement.participant")
    decision = factory.LazyAttribute(
        lambda entry: EligibilityDecisionFactory(participant=entry.participant, service=entry.service)
    )
    month = factory.SelfAttribute("line.statement.month")
    declared = factory.SelfAttribute("line.hours")
    counted = factory.SelfAttribute("declared")
    entered_at = datetime(2026, 5, 6, 9, 0, tzinfo=UTC)


class PenaltyCaseFactory(DjangoModelFactory):
    class Meta:
        model = PenaltyCase

    commitment = factory.SubFactory(CommitmentFactory)
    service = factory.SelfAttribute("commitment.service")
    opened_at = NOON
    missing_hours = Decimal("312.00")


class NoticeFactory(DjangoModelFactory):
    """A letter of the service to the company, with the figures of the day."""

    class Meta:
        model = Notice

    case = factory.SubFactory(PenaltyCaseFactory)
    service = factory.SelfAttribute("case.service")
    kind = Notice.Kind.LETTER
    number = factory.LazyAttribute(lambda notice: notice.case.notices.count() + 1)
    author = factory.SelfAttribute("service")
    copy_to = factory.SelfAttribute("case.commitment.clause.lot.contract.buyer")
    text = "Dites comment vous rattrapez ce retard."
    answer_before = date(2026, 6, 30)
    figures = factory.LazyAttribute(
        lambda notice: figures_of_notice(
            notice.case, standing_of(notice.case, on=NOON.date()), reader=Actor(None, notice.service)
        )
    )
    sent_at = NOON


class ReliefFactory(DjangoModelFactory):
    class Meta:
        model = Relief

    case = factory.SubFactory(PenaltyCaseFactory)
    service = factory.SelfAttribute("case.service")
    hours = Decimal("100.00")
    reason = "Aucune candidature malgré trois diffusions."
    proposed_at = NOON


class DifficultyFactory(DjangoModelFactory):
    class Meta:
        model = Difficulty

    commitment = factory.SubFactory(CommitmentFactory)
    service = factory.SelfAttribute("commitment.service")
    asked = Difficulty.Asked.REDUCTION
    since = date(2026, 5, 1)
    hours = Decimal("300.00")
    reason = "Un tiers des travaux est retiré du lot."
    declared_at = NOON


class MeetingFactory(DjangoModelFactory):
    class Meta:
        model = Meeting

    commitment = factory.SubFactory(CommitmentFactory)
    service = factory.SelfAttribute("commitment.service")
    held_on = date(2026, 5, 20)
    attended = "L’entreprise et le service"
    decided = "Deux fiches de poste avant l’été."
    recorded_at = NOON


class ServiceThresholdsFactory(DjangoModelFactory):
    class Meta:
        model = ServiceThresholds

    service = factory.SubFactory(OrganisationFactory, service=True)
    watch_below = 90
    alert_below = 70
    critical_below = 40
    critical_from = 50
    documents_days = 15
    number = 1
    decided_at = NOON
    decided_by = factory.SubFactory(UserFactory)


class ForecastTrialFactory(DjangoModelFactory):
    """A clause over, announced exactly at one stage."""

    class Meta:
        model = ForecastTrial

    service = factory.SubFactory(OrganisationFactory, service=True)
    clause = factory.SubFactory(
        ClauseFactory, lot__contract__service=factory.SelfAttribute("....service"), status="CLOSED"
    )
    stage = 50
    known_on = date(2025, 7, 3)
    due = Decimal("500.00")
    finished = Decimal("500.00")
    contracts = Decimal("500.00")
    pace = Decimal("500.00")


class ClauseReportFactory(DjangoModelFactory):
    """A report being written; issued: frozen with what the ledger says that day."""

    class Meta:
        model = ClauseReport

    class Params:
        issued = factory.Trait(
            issued_at=NOON,
            figures=factory.LazyAttribute(lambda report: figures_of(report.clause, on=TODAY)),
            checksum=factory.LazyAttribute(
                lambda report: checksum_of(report.figures, report.words, report.kind)
            ),
        )

    clause = factory.SubFactory(ClauseFactory)
    service = factory.SelfAttribute("clause.service")
    number = 1
    kind = ClauseReport.Kind.INTERIM
    words = "Deux personnes ont été formées à la pose de bordures."
    revision = 1
    written_at = NOON


class RightsRequestFactory(DjangoModelFactory):
    class Meta:
        model = RightsRequest

    participant = factory.SubFactory(ParticipantFactory)
    service = factory.SelfAttribute("participant.service")
    kind = RightsRequest.Kind.ACCESS
    asked_by = RightsRequest.AskedBy.PERSON
    asked_on = date(2026, 6, 1)
    means = Means.INTERVIEW
    due_on = date(2026, 7, 1)
    organisation = factory.SelfAttribute("service")


class TransferFactory(DjangoModelFactory):
    """Fifty hours of the owner's share, proposed by it to a co-contractor of the same clause."""

    class Meta:
        model = Transfer

    class Params:
        agreed = factory.Trait(status=Transfer.Status.AGREED, partner_agreed_at=NOON)
        validated = factory.Trait(status=Transfer.Status.VALIDATED, partner_agreed_at=NOON, decided_at=NOON)

    owner = factory.SubFactory(CommitmentFactory)
    partner = factory.LazyAttribute(
        lambda transfer: CommitmentFactory(
            clause=transfer.owner.clause, role=MemberRole.COTRAITANT, share=0, hours_due=0
        )
    )
    clause = factory.SelfAttribute("owner.clause")
    service = factory.SelfAttribute("owner.service")
    hours = Decimal("50.00")
    proposed_at = NOON
    proposed_for = factory.SelfAttribute("owner")
    owner_agreed_at = NOON


class SubcontractingFactory(FileFactory):
    """A subcontractor that waits for the facilitator."""

    _partners = ("company",)

    class Meta:
        model = Subcontracting

    principal = factory.SubFactory(CommitmentFactory)
    clause = factory.SelfAttribute("principal.clause")
    service = factory.SelfAttribute("principal.service")
    company = factory.SubFactory(OrganisationFactory, company=True)
    work = "Nettoyage de fin de chantier"
    declared_at = NOON
