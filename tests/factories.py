"""Things of the trade, ready made for the tests; a Trait is a state that a thing can be in.

Every date is fixed. Whatever hangs on a contract carries that contract's service.
"""

from datetime import UTC, date, datetime
from decimal import Decimal

import factory
from django.db import transaction
from factory.django import DjangoModelFactory

from uneplace.contracts.models import Award, AwardMember, Clause, Commitment, Contract, Lot
from uneplace.evidence.models import Evidence
from uneplace.hours.models import Allocation, LedgerEntry, Placement, Statement, StatementLine, WorkedMonth
from uneplace.kit.periods import period
from uneplace.offers.models import (
    Agreement,
    Application,
    Criterion,
    CriterionAnswer,
    Diffusion,
    JobSheet,
    Transmission,
)
from uneplace.organisations.actor import Actor
from uneplace.organisations.models import (
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
    Participant,
    Support,
)
from uneplace.reference.models import Commune, RomeJob
from uneplace.rights.models import RightsRequest
from uneplace.settlement.models import PenaltyCase

NOON = datetime(2026, 6, 15, 10, 0, tzinfo=UTC)
TODAY = date(2026, 6, 15)
PASSWORD = "un mot de passe bien long"


def siret(number: int) -> str:
    """A SIRET with a sound key, in a range that is given to nobody."""
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

    lot = factory.SubFactory(LotFactory)
    service = factory.SelfAttribute("lot.service")
    status = Clause.Status.RUNNING
    method = Clause.Method.FIXED
    fixed_hours = Decimal("2100.00")
    hours_due = factory.SelfAttribute("fixed_hours")
    execution = period(date(2026, 1, 12), date(2027, 7, 11))
    penalty_rate = Decimal("50.00")
    validated_at = datetime(2026, 1, 12, 9, 0, tzinfo=UTC)


class CommitmentFactory(FileFactory):
    """The companies of one clause share it evenly, unless shares are given."""

    _partners = ("company",)

    class Meta:
        model = Commitment

    @classmethod
    def _create(cls, model_class, *args, **fields):
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
    apply_before = date(2026, 2, 20)
    agreed_by_service_at = datetime(2026, 1, 20, 9, 0, tzinfo=UTC)
    agreed_by_company_at = datetime(2026, 1, 21, 9, 0, tzinfo=UTC)
    published_at = datetime(2026, 1, 22, 9, 0, tzinfo=UTC)
    created_at = datetime(2026, 1, 19, 9, 0, tzinfo=UTC)


class CriterionFactory(DjangoModelFactory):
    class Meta:
        model = Criterion

    job_sheet = factory.SubFactory(JobSheetFactory)
    service = factory.SelfAttribute("job_sheet.service")
    weight = Criterion.Weight.HARD
    text = "Être sur place à 7 h 30"


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
