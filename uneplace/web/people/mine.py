"""« Mes personnes »: all whom a structure follows, where each stands, what happened last, whose turn."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, F, Prefetch, Q, QuerySet

from uneplace.hours.models import Placement
from uneplace.hours.stages import Stage, with_stage
from uneplace.kit.sorting import SortKey
from uneplace.offers.models import Application, Suggestion
from uneplace.offers.plain_words import words_for_person
from uneplace.offers.queries import applications_with_file
from uneplace.offers.whose_turn import steps_of_applications
from uneplace.organisations.actor import Actor
from uneplace.organisations.models import Capacity
from uneplace.people.models import Participant
from uneplace.people.queries import Standing, standings
from uneplace.web.offers.rows import Followed, followed_rows
from uneplace.web.offers.turns import turn_of_application
from uneplace.web.turns import Turn

PAGE = 30
KEYS = ("last_key", "first_key", "pk")


@dataclass(frozen=True)
class Mine:
    """One person: the stage, the last application with whose turn it is, the last work contract, what the
    service asks, and what the person is still to be told."""

    person: Participant
    standing: Standing | None
    last: Followed | None
    turn: Turn | None
    applications: int
    placement: Placement | None
    suggestion: Suggestion | None
    to_tell: Application | None

    @property
    def words(self) -> str:
        """What to tell the person."""
        return words_for_person(self.to_tell) if self.to_tell else ""

    @property
    def keys(self) -> list[str]:
        """Where this line is in the list."""
        return [self.person.last_key, self.person.first_key, str(self.person.pk)]


def visible_placements(actor: Actor) -> QuerySet[Placement]:
    """A referrer follows the person, all work contracts included; an employer sees those it takes part in."""
    if actor.can(Capacity.REFERRER):
        return Placement.objects.all()
    return Placement.objects.visible_to(actor)


def placements_followed(actor: Actor) -> QuerySet[Placement]:
    """The work contracts of the people whom one follows: a service, all of its file."""
    if actor.is_facilitator:
        return Placement.objects.filter(service=actor.organisation)
    people = Participant.objects.visible_to(actor)
    return visible_placements(actor).filter(participant__in=people)


def my_people(actor: Actor, *, on: date) -> QuerySet[Participant]:
    """Those whom one may see, each with its stage."""
    return with_stage(
        Participant.objects.visible_to(actor).known(),
        applications=Application.objects.visible_to(actor),
        placements=visible_placements(actor),
        suggestions=Suggestion.objects.visible_to(actor).waiting(),
        on=on,
    )


def counts_by_stage(people: QuerySet[Participant]) -> list[tuple[Stage, int]]:
    """How many of these people are at each stage, in the order of the stages; those with nobody left out."""
    counted = dict(people.order_by().values_list("stage").annotate(count=Count("pk")))
    return [(stage, counted[stage]) for stage in Stage if stage in counted]


def page_of(
    people: QuerySet[Participant], actor: Actor, *, after: list[str], on: date, at: datetime
) -> tuple[list[Mine], bool]:
    """The people of one page, in the order of a directory, and whether others come after."""
    rows = people.annotate(last_key=SortKey("last_name"), first_key=SortKey("first_name"))
    if after:
        last, first, pk = after
        rows = rows.filter(
            Q(last_key__gt=last)
            | Q(last_key=last, first_key__gt=first)
            | Q(last_key=last, first_key=first, pk__gt=pk)
        )
    applications = applications_with_file(Application.objects.visible_to(actor)).order_by("-sent_at", "-pk")
    placements = visible_placements(actor).select_related("employer", "broken")
    suggestions = (
        Suggestion.objects.visible_to(actor).waiting().select_related("job_sheet__commitment__company")
    )
    found = list(
        rows.select_related("commune")
        .prefetch_related(
            Prefetch("applications", applications, to_attr="shown_applications"),
            Prefetch(
                "placements",
                placements.order_by(F("period__startswith").desc(), "-pk"),
                to_attr="shown_placements",
            ),
            Prefetch("suggestions", suggestions, to_attr="shown_suggestions"),
        )
        .order_by(*KEYS)[: PAGE + 1]
    )
    shown = found[:PAGE]
    known = standings(shown, on=on)
    latest = [person.shown_applications[0] for person in shown if person.shown_applications]
    steps = steps_of_applications(latest, at=at)
    return [_mine(person, known.get(person.pk), steps, actor, on) for person in shown], len(found) > PAGE


def _mine(person: Any, standing: Standing | None, steps: dict, actor: Actor, on: date) -> Mine:
    files = person.shown_applications
    step = steps.get(files[0].pk) if files else None
    eligible = standing is not None and standing.is_eligible
    return Mine(
        person=person,
        standing=standing,
        last=followed_rows(files[:1], actor, on=on)[0] if files else None,
        turn=turn_of_application(files[0], step, actor, on=on, is_eligible=eligible) if step else None,
        applications=len(files),
        placement=person.shown_placements[0] if person.shown_placements else None,
        suggestion=person.shown_suggestions[0] if person.shown_suggestions else None,
        to_tell=next((one for one in files if _is_to_tell(one, actor)), None),
    )


def _is_to_tell(application: Application, actor: Actor) -> bool:
    has_answer = application.status in Application.TOLD and application.answered_at is not None
    return has_answer and actor.stands_for(application.organisation_id) and not application.is_person_told
