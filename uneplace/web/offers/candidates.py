"""The files of a preselection, as its pages show them: in order, with the facts and what may be done."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import prefetch_related_objects

from uneplace.matching.needs import job_of
from uneplace.matching.pool import MOST_FILES, found_among
from uneplace.matching.reasons import Met, Reason, Reasons
from uneplace.offers import actions, perms
from uneplace.offers.models import Application, JobSheet
from uneplace.offers.queries import applications_with_file, files_of
from uneplace.organisations.actor import Actor
from uneplace.people.models import Participant
from uneplace.people.queries import Standing
from uneplace.web.offers.forms import PreselectForm

Status = Application.Status
OUT = (Status.DECLINED, Status.WITHDRAWN, Status.HIRED_ELSEWHERE)


@dataclass
class Candidate:
    """One file: the application, why it is at this place, and what may be done with it now.

    `form` is what was typed and refused; else the page makes one. `keys` are those of its place.
    """

    application: Application
    reasons: Reasons
    standing: Standing | None
    agreement: str
    missing: list[str]
    may_decide: bool
    keys: tuple[str, ...]
    form: PreselectForm | None = field(default=None)

    @property
    def is_out(self) -> bool:
        """Whether nobody will transmit it any more."""
        return self.application.status in OUT

    @property
    def is_kept(self) -> bool:
        """Whether it is kept for the company and still here."""
        return self.application.status == Status.SHORTLISTED

    @property
    def lacks(self) -> list[Reason]:
        """What is not met or to confirm, must-haves and closeness: all that a small card tells."""
        told = [*self.reasons.hard, *self.reasons.close]
        return [reason for reason in told if reason.met != Met.YES]


def candidates_of(
    sheet: JobSheet,
    actor: Actor,
    *,
    on: date,
    statuses: Collection[str] = (),
    only: Collection[int] = (),
    after: Sequence[str] = (),
    limit: int = MOST_FILES,
) -> list[Candidate]:
    """The files of a sheet in the order of the ranking, in few queries: the first ones, or those that come
    `after` somebody; only those of some statuses or ids when asked."""
    prefetch_related_objects([sheet], "criteria")
    asked = sheet.applications.all()
    if statuses:
        asked = asked.filter(status__in=statuses)
    if only:
        asked = asked.filter(pk__in=only)
    people = Participant.objects.filter(pk__in=asked.values("participant"))
    found = found_among(people, job_of(sheet, on=on), on=on, limit=limit, after=after)
    shown = applications_with_file(
        sheet.applications.filter(participant__in=[one.person.pk for one in found])
    )
    applications = {application.participant_id: application for application in shown}
    for application in applications.values():
        application.job_sheet = sheet
    facts = files_of(applications.values(), on=on)
    may_manage = perms.can_manage(actor, sheet)
    candidates = []
    for one in found:
        application = applications[one.person.pk]
        missing = actions.why_not_transmit(application, facts[application.pk])
        candidates.append(
            Candidate(
                application=application,
                reasons=one.reasons,
                standing=one.standing,
                agreement=facts[application.pk].agreement or "TO_COLLECT",
                missing=missing if application.status == Status.SHORTLISTED else [],
                may_decide=may_manage and not actions.why_not_preselect(application),
                keys=one.ranked.keys,
            )
        )
    return candidates


def with_forms(candidates: Sequence[Candidate]) -> Sequence[Candidate]:
    """The same, each with the form of its decision where one may decide."""
    for candidate in candidates:
        if candidate.may_decide and candidate.form is None:
            candidate.form = PreselectForm(application=candidate.application)
    return candidates
