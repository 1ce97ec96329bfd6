"""A small territory in which everything hangs together, that can grow by any number of rows."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal

from allauth.mfa.models import Authenticator

from tests.factories import (
    AccessLinkFactory,
    AgreementFactory,
    AllocationFactory,
    ApplicationFactory,
    AwaitedDocumentFactory,
    AwardFactory,
    AwardMemberFactory,
    ClauseFactory,
    ClauseReportFactory,
    ComingContractFactory,
    CommitmentFactory,
    ConfirmationFactory,
    ContractFactory,
    CriterionAnswerFactory,
    CriterionFactory,
    DecisionProofFactory,
    DifficultyFactory,
    DiffusionFactory,
    EligibilityDecisionFactory,
    FollowUpFactory,
    HoursImportFactory,
    ImportLineFactory,
    InformationGivenFactory,
    InvitationFactory,
    JobSheetFactory,
    LedgerEntryFactory,
    LotFactory,
    MailFactory,
    MembershipFactory,
    MergeFactory,
    NoticeFactory,
    OrganisationFactory,
    ParticipantFactory,
    PartnershipFactory,
    PenaltyCaseFactory,
    PlacementFactory,
    ResemblanceFactory,
    RightsRequestFactory,
    StatementFactory,
    StatementLineFactory,
    SubcontractingFactory,
    SuggestionFactory,
    SupportFactory,
    TransferFactory,
    TransmissionFactory,
    UserFactory,
    WorkedMonthFactory,
    actor_for,
)
from uneplace.contracts.models import MemberRole
from uneplace.mails.models import Mail
from uneplace.offers.models import Application, JobSheet
from uneplace.organisations.models import Capacity, Partnership

MAY = date(2026, 5, 1)
APRIL = date(2026, 4, 1)
MOMENT = datetime(2026, 6, 22, 8, 0, tzinfo=UTC)


@dataclass
class World:
    """One actor of each kind, and the file in the middle of which they all stand."""

    actors: dict = field(default_factory=dict)
    objects: dict = field(default_factory=dict)

    @property
    def organisations(self) -> dict:
        return {name: actor.organisation for name, actor in self.actors.items()}


def build_world() -> World:
    """A contract whose clause runs, one job sheet published, one month to declare and one to control."""
    world = World()
    for name in ("service", "buyer", "company", "employer", "referrer"):
        world.actors[name] = actor_for(OrganisationFactory(**{name: True}))
    its = world.organisations
    contract = ContractFactory(service=its["service"], buyer=its["buyer"])
    lot = LotFactory(contract=contract)
    AwardMemberFactory(award=AwardFactory(lot=lot), company=its["company"])
    clause = ClauseFactory(lot=lot)
    commitment = CommitmentFactory(clause=clause, company=its["company"])
    sheet = JobSheetFactory(commitment=commitment, posts=3)
    statement = StatementFactory(commitment=commitment, month=MAY, due_on=date(2026, 6, 12))
    received = StatementFactory(commitment=commitment, month=APRIL, submitted=True)
    draft = ClauseFactory(
        lot=LotFactory(contract=ContractFactory(service=its["service"], buyer=its["buyer"])), draft=True
    )
    case = PenaltyCaseFactory(commitment=commitment)
    world.objects = {
        "contract": contract,
        "clause": clause,
        "draft_clause": draft,
        "commitment": commitment,
        "sheet": sheet,
        "statement": statement,
        "received": received,
        "case": case,
        "difficulty": DifficultyFactory(commitment=commitment),
        "notice": NoticeFactory(case=case),
        "transfer": TransferFactory(
            owner=commitment,
            partner=CommitmentFactory(clause=clause, role=MemberRole.COTRAITANT, share=0, hours_due=0),
        ),
        "subcontracting": SubcontractingFactory(principal=commitment),
        "document": AwaitedDocumentFactory(commitment=commitment),
        "coming": ComingContractFactory(service=its["service"], buyer=its["buyer"]),
        "coming_answered": ComingContractFactory(service=its["service"], buyer=its["buyer"], answered=True),
        "partner": PartnershipFactory(
            service=its["service"], organisation__capacities=[Capacity.INSERTION_EMPLOYER]
        ).organisation,
        "debtor": its["company"],
        "report": ClauseReportFactory(clause=clause, issued=True),
        "report_draft": ClauseReportFactory(clause=clause, number=2),
        "free_lot": LotFactory(contract=contract, number=9),
        "sheet_to_agree": JobSheetFactory(commitment=commitment, to_agree=True),
        "hired": ApplicationFactory(
            job_sheet=sheet, status=Application.Status.HIRED, organisation=its["employer"]
        ),
    }
    for name, fields in {
        "to_meet": {"meeting_slots": [MOMENT], "meeting_asked_by": Application.Side.COMPANY},
        "met": {"meeting_at": MOMENT},
    }.items():
        world.objects[name] = ApplicationFactory(
            job_sheet=sheet, status=Application.Status.MEETING, organisation=its["employer"], **fields
        )
        TransmissionFactory(application=world.objects[name])
    grow(world, 2)
    return world


def grow(world: World, rows: int) -> None:
    """Add this many rows to every list that somebody may open."""
    for _ in range(rows):
        _one_more_of_each(world)


def _one_more_of_each(world: World) -> None:
    its, things = world.organisations, world.objects
    service, commitment, sheet = its["service"], things["commitment"], things["sheet"]
    other = ClauseFactory(
        lot=LotFactory(contract=ContractFactory(service=service, buyer=its["buyer"]), title="Gros œuvre")
    )
    other_commitment = CommitmentFactory(clause=other, company=its["company"])
    PenaltyCaseFactory(commitment=other_commitment)
    ComingContractFactory(service=service, buyer=its["buyer"])
    ComingContractFactory(service=service, buyer=its["buyer"], answered=True)
    CommitmentFactory(clause=things["clause"], share=0)
    TransferFactory(owner=commitment, partner=things["transfer"].partner, clause=things["clause"])
    SubcontractingFactory(principal=commitment)
    LotFactory(contract=things["contract"], number=100 + things["contract"].lots.count())
    membership = MembershipFactory(organisation=service)
    named = CommitmentFactory(clause=other).company
    Partnership.objects.filter(organisation=named).delete()
    MembershipFactory(organisation=named)
    named_partner = CommitmentFactory(clause=other).company
    invitation = InvitationFactory(organisation=service)

    person = ParticipantFactory(service=service, announced_on=date(2026, 6, 1))
    for structure in (its["employer"], its["referrer"]):
        SupportFactory(participant=person, organisation=structure)
    InformationGivenFactory(participant=person, organisation=its["referrer"])
    decision = EligibilityDecisionFactory(participant=person)
    decision_proof = DecisionProofFactory(decision=decision)
    criterion = CriterionFactory(job_sheet=sheet)
    for structure, status in (("employer", Application.Status.SENT), ("referrer", Application.Status.NEW)):
        application = ApplicationFactory(
            job_sheet=sheet,
            participant=person if structure == "employer" else ParticipantFactory(service=service),
            organisation=its[structure],
            status=status,
        )
        AgreementFactory(application=application)
        CriterionAnswerFactory(application=application, criterion=criterion)
        if status == Application.Status.SENT:
            TransmissionFactory(application=application)
    suggestion = SuggestionFactory(
        job_sheet=sheet, participant__service=service, organisation=its["referrer"]
    )
    for status in (JobSheet.Status.TO_AGREE, JobSheet.Status.PUBLISHED):
        another = JobSheetFactory(commitment=commitment, status=status)
        DiffusionFactory(job_sheet=another, organisation=its["employer"])
        DiffusionFactory(job_sheet=another, organisation=its["referrer"])

    placement = PlacementFactory(
        service=service, participant=person, employer=its["company"], confirmed_at=None
    )
    allocation = AllocationFactory(commitment=commitment, placement=placement)
    StatementLineFactory(
        statement=things["received"],
        worked_month=WorkedMonthFactory(placement=placement, month=APRIL),
    )
    lent = PlacementFactory(service=service, participant=person, employer=its["employer"])
    AllocationFactory(commitment=other_commitment, placement=lent)
    follow_up = FollowUpFactory(placement=lent)
    hours_import = HoursImportFactory(service=service, importer=service)
    ImportLineFactory(hours_import=hours_import, placement=placement, commitment=commitment)
    for thing in (sheet, application, placement, things["statement"], things["case"], things["clause"]):
        MailFactory(about=thing)
        MailFactory(about=thing, state=Mail.State.BOUNCED, reason="Cette boîte est pleine.")
    AwaitedDocumentFactory(commitment=other_commitment)
    AwaitedDocumentFactory(commitment=other_commitment, sender=its["employer"], received=True)
    awaited = StatementFactory(commitment=other_commitment, declarant=its["employer"], month=MAY)
    validated = StatementFactory(
        commitment=other_commitment, declarant=its["employer"], month=APRIL, validated=True
    )
    LedgerEntryFactory(
        decision=decision,
        line=StatementLineFactory(
            statement=validated,
            hours=Decimal("100"),
            worked_month=WorkedMonthFactory(placement=lent, month=APRIL, hours=Decimal("100")),
        ),
    )
    world.objects |= {
        "access_link": AccessLinkFactory(to=sheet),
        "statement_link": AccessLinkFactory(to=things["statement"]),
        "membership": membership,
        "dormant": MembershipFactory(organisation=named_partner),
        "invitation": invitation,
        "factor": Authenticator.objects.create(user=UserFactory(), type="totp", data={"secret": ""}),
        "application": application,
        "sent": application.job_sheet.applications.filter(status=Application.Status.SENT).last(),
        "participant": person,
        "suggestion": suggestion,
        "rights_request": RightsRequestFactory(participant=person),
        "resemblance": ResemblanceFactory(one=person),
        "merge": MergeFactory(kept=person),
        "placement": placement,
        "difference": ConfirmationFactory(placement=placement),
        "allocation": allocation,
        "follow_up": follow_up,
        "hours_import": hours_import,
        "decision": decision,
        "decision_proof": decision_proof,
        "awaited": awaited,
    }
