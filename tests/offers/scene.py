"""One job sheet and its people: what most tests of the recruiting link start from."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from tests.factories import (
    AgreementFactory,
    ApplicationFactory,
    CommitmentFactory,
    CriterionFactory,
    DiffusionFactory,
    EligibilityDecisionFactory,
    InformationGivenFactory,
    JobSheetFactory,
    OrganisationFactory,
    ParticipantFactory,
    PartnershipFactory,
    SupportFactory,
    TransmissionFactory,
    actor_for,
)
from uneplace.kit.periods import period
from uneplace.offers.models import Application, Criterion, JobSheet
from uneplace.organisations.actor import Actor

NOW = datetime(2026, 2, 12, 10, 0, tzinfo=UTC)
TODAY = date(2026, 2, 12)
SOON = date(2026, 2, 20)
Status = Application.Status


@dataclass
class Scene:
    """A service, a company, an insertion employer and a referrer around a published sheet."""

    facilitator: Actor
    company: Actor
    employer: Actor
    referrer: Actor
    sheet: JobSheet
    hard: Criterion
    soft: Criterion

    def application(self, status=Status.NEW, *, by=None, ready=False, **fields) -> Application:
        """Somebody put forward; `ready` adds all that a transmission needs."""
        structure = (by or self.employer).organisation
        if status in (Status.SENT, Status.MEETING, Status.HIRED):
            fields.setdefault("acted_at", NOW - timedelta(hours=1))
        application = ApplicationFactory(
            job_sheet=fields.pop("job_sheet", self.sheet), organisation=structure, status=status, **fields
        )
        person = application.participant
        SupportFactory(participant=person, organisation=structure)
        if ready or status in (Status.SENT, Status.MEETING):
            InformationGivenFactory(participant=person, organisation=structure)
            AgreementFactory(application=application)
            EligibilityDecisionFactory(participant=person)
        if status in (Status.SENT, Status.MEETING, Status.HIRED):
            TransmissionFactory(application=application)
        return application


def set_scene(**sheet_fields) -> Scene:
    """The scene; `sheet_fields` change the job sheet."""
    commitment = CommitmentFactory()
    sheet = JobSheetFactory(
        **{
            "commitment": commitment,
            "period": period(date(2026, 3, 2), date(2026, 8, 31)),
            "apply_before": date(2026, 2, 20),
            **sheet_fields,
        }
    )
    employer = OrganisationFactory(employer=True, name="Cap Lanterne Intérim")
    referrer = OrganisationFactory(referrer=True, name="Mission locale des Trois-Vaux")
    for structure in (employer, referrer):
        PartnershipFactory(service=sheet.service, organisation=structure)
    if sheet.published_at:
        DiffusionFactory(job_sheet=sheet, organisation=employer)
        DiffusionFactory(job_sheet=sheet, organisation=referrer)
    return Scene(
        facilitator=actor_for(sheet.service),
        company=actor_for(sheet.commitment.company),
        employer=actor_for(employer),
        referrer=actor_for(referrer),
        sheet=sheet,
        hard=CriterionFactory(job_sheet=sheet, text="Être sur place à 7 h 30"),
        soft=CriterionFactory(job_sheet=sheet, weight=Criterion.Weight.SOFT, text="Permis B"),
    )


def person_followed_by(actor: Actor, sheet: JobSheet, **fields) -> ParticipantFactory:
    """Somebody that this structure follows, in the service of the sheet."""
    person = ParticipantFactory(service=sheet.service, **fields)
    SupportFactory(participant=person, organisation=actor.organisation)
    return person
