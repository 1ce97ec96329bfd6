"""Somebody who worked, was counted, and of whom nobody has heard since."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

from tests.factories import (
    AgreementFactory,
    AllocationFactory,
    AnomalyFactory,
    ApplicationFactory,
    BreakFactory,
    ConfirmationFactory,
    ConfirmationMessageFactory,
    CriterionAnswerFactory,
    DecisionProofFactory,
    EligibilityDecisionFactory,
    EvidenceFactory,
    FollowUpFactory,
    ImportLineFactory,
    InformationGivenFactory,
    JobSheetFactory,
    LedgerEntryFactory,
    MonthLinkFactory,
    ParticipantTradeFactory,
    PlacementFactory,
    StatementFactory,
    StatementLineFactory,
    SuggestionFactory,
    SupportFactory,
    TransmissionFactory,
    WorkedMonthFactory,
)
from tests.offers.scene import Scene, set_scene
from uneplace.kit.periods import period
from uneplace.offers.models import Application, JobSheet
from uneplace.people.models import Participant

LAST_DAY = date(2026, 8, 31)
LONG_AFTER = datetime(2028, 10, 15, 3, 0, tzinfo=UTC)


@dataclass
class Story:
    """A scene, and somebody who went through all of it."""

    scene: Scene
    person: Participant
    application: Application

    @property
    def facilitator(self):
        return self.scene.facilitator

    def another_sheet(self) -> JobSheet:
        """Another job of the same company, on the same clause."""
        return JobSheetFactory(commitment=self.scene.sheet.commitment)


def tell_story(scene: Scene | None = None, *, born_on=date(1994, 4, 2), **person) -> Story:
    """Put forward by a referrer, decided upon, transmitted, hired, declared and counted in 2026."""
    scene = scene or set_scene(posts=20)
    sheet = scene.sheet
    application = ApplicationFactory(
        job_sheet=sheet,
        organisation=scene.referrer.organisation,
        status=Application.Status.HIRED,
        participant__born_on=born_on,
        participant__service=sheet.service,
        sent_at=datetime(2026, 2, 1, 9, 0, tzinfo=UTC),
        **{f"participant__{name}": value for name, value in person.items()},
    )
    somebody = application.participant
    SupportFactory(participant=somebody, organisation=scene.referrer.organisation)
    InformationGivenFactory(participant=somebody, organisation=scene.referrer.organisation)
    ParticipantTradeFactory(participant=somebody)
    SuggestionFactory(
        job_sheet=sheet, participant=somebody, organisation=scene.referrer.organisation, note="Vient à vélo"
    )
    decision = EligibilityDecisionFactory(
        participant=somebody,
        grounds=["RSA", "SENIOR"],
        situation={"receives_rsa": True, "born_on": born_on.isoformat()},
        explanation=[{"text": "Âge", "value": "31 ans", "source": {"kind": "fait", "label": "Fait"}}],
    )
    DecisionProofFactory(decision=decision, evidence=EvidenceFactory(service=sheet.service))
    CriterionAnswerFactory(application=application, criterion=scene.hard, fact="Vient à vélo")
    AgreementFactory(application=application)
    TransmissionFactory(application=application)
    placement = PlacementFactory(
        service=sheet.service,
        participant=somebody,
        application=application,
        employer=scene.company.organisation,
        period=period(date(2026, 3, 2), LAST_DAY),
    )
    AllocationFactory(commitment=sheet.commitment, placement=placement)
    answer = ConfirmationFactory(placement=placement)
    ConfirmationMessageFactory(confirmation=answer)
    MonthLinkFactory(placement=placement, email="dominique@exemple.fr")
    FollowUpFactory(placement=placement, point="DAY_8", due_on=date(2026, 3, 9))
    BreakFactory(placement=placement, last_day=LAST_DAY)
    statement = sheet.commitment.statements.filter(month=date(2026, 4, 1)).first() or StatementFactory(
        commitment=sheet.commitment, month=date(2026, 4, 1), validated=True
    )
    hours = Decimal("151.67")
    line = StatementLineFactory(
        statement=statement,
        hours=hours,
        worked_month=WorkedMonthFactory(placement=placement, month=date(2026, 4, 1), hours=hours),
    )
    LedgerEntryFactory(line=line, decision=decision)
    AnomalyFactory(statement=line.statement, placement=line.worked_month.placement)
    ImportLineFactory(placement=placement, commitment=sheet.commitment)
    return Story(scene, somebody, application)
