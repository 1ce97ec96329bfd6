"""People for a job: those put forward, and those of the pool that somebody could put forward."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from uneplace.offers.models import CriterionAnswer, JobSheet
from uneplace.offers.queries import hired_on, put_forward_for
from uneplace.organisations.actor import Actor
from uneplace.people.models import Participant
from uneplace.people.queries import Standing, standings

from .needs import Job
from .ranking import Ranked, rank
from .reasons import Reasons, reasons_of

MOST_FILES = 500  # of one preselection at once; beyond, one asks for the next ones


@dataclass(frozen=True)
class Found:
    """One person in the order of a job, where the eligibility stands, and why here."""

    person: Participant
    ranked: Ranked
    standing: Standing | None
    reasons: Reasons


def in_the_pool(actor: Actor, sheet: JobSheet, job: Job) -> QuerySet[Participant]:
    """People whom one may see, not put forward for this job, free to be, and not hired over its first day."""
    return (
        Participant.objects.visible_to(actor)
        .known()
        .filter(service=sheet.service_id, restricted_at=None)
        .exclude(pk__in=put_forward_for(sheet).values("participant"))
        .exclude(pk__in=hired_on(job.start).values("participant"))
    )


def pool_of(actor: Actor, sheet: JobSheet, job: Job, *, on: date, limit: int) -> list[Found]:
    """The first people of the pool for a job, with the reasons."""
    return found_among(in_the_pool(actor, sheet, job), job, on=on, limit=limit)


def found_among(
    people: QuerySet[Participant], job: Job, *, on: date, limit: int, after: Sequence[str] = ()
) -> list[Found]:
    """The first of these people for a job, or those who come `after` somebody, each with the reasons: five
    queries, whatever their number."""
    ranked = rank(people, job, on=on, limit=limit, after=after)
    chosen = [row.participant for row in ranked]
    rows = Participant.objects.select_related("commune").prefetch_related(
        "trades__rome", "supports__organisation"
    )
    persons = rows.in_bulk(chosen)
    known = standings(persons.values(), on=job.start)
    answers = _answers(row.application for row in ranked if row.application)
    return [
        Found(
            persons[row.participant],
            row,
            known.get(row.participant),
            reasons_of(
                row,
                persons[row.participant],
                job,
                standing=known.get(row.participant),
                answers=answers.get(row.application, {}),
                on=on,
            ),
        )
        for row in ranked
    ]


def _answers(applications: Iterable[int]) -> dict[int | None, dict[int, CriterionAnswer]]:
    """What the structures answered, by application then by criterion."""
    found: dict[int | None, dict[int, CriterionAnswer]] = {}
    for answer in CriterionAnswer.objects.filter(application__in=list(applications)):
        found.setdefault(answer.application_id, {})[answer.criterion_id] = answer
    return found
