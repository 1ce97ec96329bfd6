"""The follow-up of a person at work: points planned with the work contract, made, and its break."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.timezone import localtime

from uneplace.journal.actions import record
from uneplace.kit.refused import Refused
from uneplace.organisations.actor import Actor
from uneplace.rules.dates import Period
from uneplace.rules.follow_up import follow_up_days
from uneplace.rules.french import day

from . import mails
from .expected import forget_statements
from .models import Allocation, Break, FollowUp, Placement, WorkedMonth
from .recount import clauses_counting, note_recounts
from .shares import why_not_leave


def planned_points(placement: Placement, *, on: date) -> list[FollowUp]:
    """The points of a work contract from that day on, not written yet; those already past are left out."""
    days = follow_up_days(Period(placement.period.lower, placement.period.upper))
    return [
        FollowUp(service_id=placement.service_id, placement=placement, point=point.value, due_on=due_on)
        for point, due_on in days
        if due_on >= on
    ]


def plan_follow_ups(placement: Placement, *, on: date) -> list[FollowUp]:
    """Plan the points of a work contract that has just been recorded."""
    return FollowUp.objects.bulk_create(planned_points(placement, on=on))


def why_not_follow_up(follow_up: FollowUp, *, on: date) -> list[str]:
    """The reasons that keep a point from being made."""
    if follow_up.done_at:
        return ["Ce point est déjà fait."]
    if follow_up.placement.period.lower > on:
        return [f"Le contrat commence le {day(follow_up.placement.period.lower)}."]
    return []


@transaction.atomic
def make_follow_up(
    follow_up: FollowUp,
    *,
    means: str,
    attendance: str,
    integration: str,
    skills: str,
    note: str = "",
    next_step: str = "",
    by: Actor,
    at: datetime,
) -> None:
    """Write down what was said at one point; of two people at once, one writes. Raises Refused."""
    if reasons := why_not_follow_up(follow_up, on=localtime(at).date()):
        raise Refused(*reasons)
    done = FollowUp.objects.filter(pk=follow_up.pk, done_at=None).update(
        done_at=at,
        done_by=by.user,
        means=means,
        attendance=attendance,
        integration=integration,
        skills=skills,
        note=note.strip(),
        next_step=next_step.strip(),
    )
    if not done:
        raise Refused("Quelqu’un d’autre vient de faire ce point.")
    follow_up.refresh_from_db()
    record("placement.followed_up", about=follow_up.placement, by=by, at=at, point=follow_up.point)
    if follow_up.worst == FollowUp.Mark.HARD and not by.serves(follow_up):
        mails.tell_service_of_difficulty(follow_up)


def why_not_break(placement: Placement) -> list[str]:
    """The reasons that keep a work contract from being said broken."""
    return ["La rupture de ce contrat est déjà enregistrée."] if hasattr(placement, "broken") else []


@transaction.atomic
def break_placement(placement: Placement, *, last_day: date, reason: str, by: Actor, at: datetime) -> Break:
    """Say that a work contract ended before its term: its dates stop there, and so does what it was to bring.

    Hours already declared after that day keep it from being recorded, whatever commitment they are for. The
    service, the structures that follow the person and the company are told. Raises Refused.
    """
    held = Placement.objects.select_for_update(no_key=True).get(pk=placement.pk)
    reasons = why_not_break(held)
    start, end = held.period.lower, held.period.upper
    after = last_day + timedelta(days=1)
    if last_day < start:
        reasons.append(f"Le contrat commence le {day(start)}\u00a0: écrivez ce jour, ou après.")
    if end is not None and after >= end:
        reasons.append(
            f"Le contrat finit déjà le {day(end - timedelta(days=1))}\u00a0: il n’y a pas de rupture."
        )
    if last_day > localtime(at).date():
        reasons.append("Ce jour n’est pas encore passé\u00a0: enregistrez la rupture le moment venu.")
    later = WorkedMonth.objects.filter(placement=held, hours__gt=0, month__gt=last_day)
    if later.exists():
        reasons.append("Des heures sont déclarées pour un mois d’après\u00a0: corrigez d’abord ce relevé.")
    else:
        # Within the month of the last day, a commitment may begin after it.
        for allocation in held.allocations.filter(period__startswith__gte=after):
            reasons += why_not_leave(allocation, [])
    if reasons:
        raise Refused(*reasons)
    found = Break.objects.create(
        service_id=held.service_id,
        placement=held,
        last_day=last_day,
        was_until=end - timedelta(days=1) if end else None,
        reason=reason,
        recorded_at=at,
        recorded_by=by.user,
    )
    commitments = list(held.allocations.values_list("commitment", flat=True))
    _stop(held, after)
    forget_statements(commitments, declarant=held.declared_by_id, after=last_day)
    FollowUp.objects.filter(placement=held, done_at=None).delete()
    record("placement.broken", about=held, by=by, at=at, reason=found.get_reason_display())
    placement.refresh_from_db()
    note_recounts(clauses_counting(held.participant), at=at)
    mails.tell_of_break(found)
    return found


def _stop(placement: Placement, after: date) -> None:
    placement.period = DateRange(placement.period.lower, after, "[)")
    placement.save(update_fields=["period"])
    for allocation in Allocation.objects.filter(placement=placement).select_for_update():
        if allocation.period.lower >= after:
            allocation.delete()
        elif allocation.period.upper is None or allocation.period.upper > after:
            allocation.period = DateRange(allocation.period.lower, after, "[)")
            allocation.save(update_fields=["period"])


def why_not_settle_replacement(found: Break) -> list[str]:
    """The reasons that keep the search of somebody else from being closed."""
    return ["Ce remplacement est déjà réglé."] if found.replaced_at else []


@transaction.atomic
def settle_replacement(found: Break, *, by: Actor, at: datetime) -> None:
    """Say that the place left by a break is settled: somebody else was found, or nobody is looked for."""
    if not Break.objects.filter(pk=found.pk, replaced_at=None).update(replaced_at=at):
        raise Refused("Ce remplacement est déjà réglé.")
    found.refresh_from_db()
    record("placement.replacement_settled", about=found.placement, by=by, at=at)
