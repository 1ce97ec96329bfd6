"""What a clause owes as acts, orders and invoices change it; what is already validated is kept.

The rule says the hours due; here they are compared with the ledger, which the rule does not know. A fall
stops at the hours already validated: what a company owes never falls under what it has validated (nor rises
because of it). The companies still share the clause to the hundredth. When a company keeps more than its
part, the others owe less, so that the total stays that of the act: see docs/decisions/0013.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import F
from django.utils.timezone import localtime

from uneplace.contracts.actions.clauses import due_columns
from uneplace.contracts.models import Clause, Commitment, DutyChange
from uneplace.contracts.sizing import read
from uneplace.hours.group import counted_towards
from uneplace.hours.transfers import take_back_excess
from uneplace.journal.actions import record
from uneplace.organisations.actor import Actor
from uneplace.rules import french
from uneplace.rules.explanation import FACT, Explanation, StepRecord, as_json, step
from uneplace.rules.hours_due import Event, HoursDue, Method, Share, hours_due, split
from uneplace.rules.numbers import largest_remainder

ZERO = Decimal("0.00")


@dataclass(frozen=True)
class Owed:
    """What one company owes of the clause, before and after, and why."""

    commitment: Commitment
    hours: Decimal
    validated: Decimal
    explanation: Explanation

    @property
    def before(self) -> Decimal:
        """What it owed until now."""
        return self.commitment.hours_due

    @property
    def is_kept(self) -> bool:
        """Whether the fall stopped at what it has validated."""
        return self.hours < self.before and self.hours == min(self.before, self.validated)


@dataclass(frozen=True)
class Duty:
    """What a clause owes on one day: the rule's answer, and the hours once those validated are kept."""

    due: HoursDue
    hours: Decimal
    parts: tuple[Owed, ...]

    @property
    def is_kept(self) -> bool:
        """Whether more is due than the rule says, because it is already validated."""
        return self.hours > self.due.hours

    @property
    def foreseeable(self) -> Decimal | None:
        """What orders let foresee, never less than what is due."""
        return None if self.due.foreseeable is None else max(self.due.foreseeable, self.hours)

    @property
    def explanation(self) -> Explanation:
        """Why the clause owes these hours."""
        return (*self.due.explanation, *_kept_step(self.due.hours, self.hours))


def sizing_on(clause: Clause, *, on: date) -> Method:
    """The inputs that size a clause at its start, with what was invoiced and ordered by that day."""
    if not clause.follows_invoices:
        return read(clause.method, clause.inputs, as_of=on)
    return read(
        clause.method,
        clause.inputs,
        as_of=on,
        invoices=[invoice.dated_amount for invoice in clause.invoices.all()],
        orders=[order.dated_amount for order in clause.orders.all()],
    )


def current_inputs(clause: Clause, *, on: date) -> dict[str, Any]:
    """The inputs as the acts that took effect by that day left them, as they are kept."""
    inputs = dict(clause.inputs)
    for change in clause.dutychanges.all():
        if change.on <= on:
            inputs |= change.inputs
    return inputs


def rule_answer(clause: Clause, *, on: date, more: Sequence[Event] = ()) -> HoursDue:
    """What the rule says that a clause owes on a day, its acts read, and some not recorded yet."""
    events = [change.event for change in clause.dutychanges.all()]
    return hours_due(sizing_on(clause, on=on), rounding=clause.rounding, events=[*events, *more], as_of=on)


def duty_of(clause: Clause, *, on: date, more: Sequence[Event] = ()) -> Duty:
    """What a clause owes on a day, company by company; a constant number of queries."""
    commitments = list(clause.commitments.select_related("company").order_by("pk"))
    validated = _validated(commitments)
    due = rule_answer(clause, on=on, more=more)
    floors = [min(one.hours_due, validated[one.pk]) for one in commitments]
    hours = max(due.hours, sum(floors, ZERO))
    shares = [one.share for one in commitments]
    parts = share_out(hours, shares, floors)
    whys = _whys(clause, due, hours, zip(commitments, parts, strict=True))
    owed = [
        Owed(one, part, validated[one.pk], why)
        for one, part, why in zip(commitments, parts, whys, strict=True)
    ]
    return Duty(due, hours, tuple(owed))


def whys_of_parts(clause: Clause, *, on: date) -> dict[int, list[StepRecord]]:
    """Why each company owes its part that day, by commitment; nothing for a clause of actions, nor as long as
    the parts do not make the whole."""
    if sum(clause.commitments.values_list("share", flat=True)) != 1:
        return {}
    return {
        part.commitment.pk: as_json(part.explanation)
        for part in duty_of(clause, on=on).parts
        if part.explanation
    }


def share_out(hours: Decimal, shares: Sequence[Decimal], floors: Sequence[Decimal]) -> list[Decimal]:
    """Split hours by shares to the hundredth, nobody under its floor; floors sum to no more than the hours.

    Whoever would fall under its floor gets it, and the others share what is left.
    """
    kept: dict[int, Decimal] = {}
    while True:
        free = [rank for rank in range(len(shares)) if rank not in kept]
        left = hours - sum(kept.values(), ZERO)
        parts = dict(kept)
        if free:
            weights = [shares[rank] for rank in free]
            cut = largest_remainder(left, weights) if any(weights) else [ZERO] * len(free)
            parts |= dict(zip(free, cut, strict=True))
        low = [rank for rank in free if parts[rank] < floors[rank]]
        if not low:
            return [parts[rank] for rank in range(len(shares))]
        kept |= {rank: floors[rank] for rank in low}


def resize(clause: Clause, *, by: Actor, at: datetime, act: str = "") -> Duty:
    """Bring what a clause and its companies owe up to date; the caller holds the clause's row.

    `act` is what changed it; when it is not given, the change that takes effect now. The journal keeps the
    hours before and after, when they change.
    """
    on = localtime(at).date()
    before, actions_before = clause.hours_due, clause.actions_due
    duty = duty_of(clause, on=on)
    columns = due_columns(duty.due) | {
        "hours_due": duty.hours,
        "foreseeable": duty.foreseeable,
        "due_explanation": as_json(duty.explanation),
    }
    Clause.objects.filter(pk=clause.pk).update(**columns, revision=F("revision") + 1)
    for part in duty.parts:
        Commitment.objects.filter(pk=part.commitment.pk).exclude(hours_due=part.hours).update(
            hours_due=part.hours
        )
    DutyChange.objects.filter(clause=clause, applied_at=None, on__lte=on).update(
        applied_at=at, kept_hours=duty.hours if duty.is_kept else None
    )
    clause.refresh_from_db()
    if clause.hours_due != before:
        details = {"hours_due": str(clause.hours_due), "hours_due_before": str(before)}
        record("clause.resized", about=clause, by=by, at=at, **details)
    elif clause.actions_due != actions_before:
        record("clause.resized", about=clause, by=by, at=at, actions_due=clause.actions_due)
    take_back_excess(clause, act=act or _act_of(clause, at=at), by=by, at=at)
    return duty


def _act_of(clause: Clause, *, at: datetime) -> str:
    """The change that has just taken effect, as the transfers that it brings back name it."""
    last = DutyChange.objects.filter(clause=clause, applied_at=at).last()
    return str(last) if last else "Heures dues mises à jour"


def _validated(commitments: Sequence[Commitment]) -> dict[int, Decimal]:
    return {pk: max(counted, ZERO) for pk, counted in counted_towards(commitments).items()}


def _kept_step(ruled: Decimal, hours: Decimal) -> Explanation:
    if hours <= ruled:
        return ()
    return (step("Heures déjà validées, gardées malgré la baisse.", french.hours(hours), FACT),)


def _whys(
    clause: Clause, due: HoursDue, hours: Decimal, parts: Iterable[tuple[Commitment, Decimal]]
) -> list[Explanation]:
    """Why each company has its part of the hours, those kept included; actions are not shared."""
    parts = list(parts)
    if clause.owes_actions:
        return [() for _ in parts]
    shares = [Share(str(one.company), one.share) for one, _ in parts]
    ruled = split(hours, shares, (*due.explanation, *_kept_step(due.hours, hours)))
    return [
        (*rule.explanation, *_moved_step(rule.hours, part))
        for rule, (_, part) in zip(ruled, parts, strict=True)
    ]


def _moved_step(ruled: Decimal, part: Decimal) -> Explanation:
    if ruled == part:
        return ()
    return (step("Partage déplacé par les heures déjà validées.", french.hours(part), FACT),)
