"""What goes wrong in the statements under way, as it does: a comma forgotten, a month copied; and what the
service answered to the checks of the months before."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import timedelta
from decimal import Decimal

from django.utils.timezone import localtime

from uneplace.hours.checks.actions import answer
from uneplace.hours.checks.told import Found, anomalies_of, levels_in
from uneplace.hours.models import Anomaly, Statement
from uneplace.rules.anomalies import Check
from uneplace.rules.dates import add_months

from .chronicle import Chronicle
from .territory import Territory
from .work import Hire, Month, half_hours

Status = Statement.Status
FORGOTTEN_COMMA = Decimal("315.00")  # 31,5 h written 315
TOO_MANY = Decimal("1.6")
SAME_MONTHS = 3


def slip(hires: Sequence[Hire]) -> None:
    """Before lines are written: in the received month, somebody’s hours are beyond what a month may have,
    somebody’s too many for the contract, a whole statement is the one of the month before; too many hours in
    the statement that was sent back; and two people have the same hours three months in a
    row, one validated, one not yet."""
    groups = _by_statement(hires, Status.SUBMITTED)
    copied = next((its for its in groups if _is_like_the_month_before(its, hires)), [])
    for hire, month in copied:
        month.hours = _before(hire, month).hours
    others = [its[0] for its in groups if its is not copied]
    for (_, month), hours in zip(others, (FORGOTTEN_COMMA, None), strict=False):
        month.hours = hours or half_hours(month.hours * TOO_MANY)
    for its in _by_statement(hires, Status.RETURNED)[:1]:
        month = its[0][1]
        month.hours = half_hours(month.hours * TOO_MANY)
    touched = {id(hire) for hire, _ in others[:2]}
    long = [hire for hire in hires if len(hire.months) > SAME_MONTHS and id(hire) not in touched]
    for status in (Status.VALIDATED, Status.SUBMITTED):
        steady = next((hire for hire in long if hire.months[-1].status == status), None)
        last = steady.months[-SAME_MONTHS:] if steady else []
        for month in last:
            month.hours = last[0].hours


def _by_statement(hires: Iterable[Hire], status: str) -> list[list[tuple[Hire, Month]]]:
    groups: dict[tuple, list[tuple[Hire, Month]]] = defaultdict(list)
    for hire in hires:
        for month in hire.months:
            if month.status == status:
                groups[hire.commitment.pk, hire.declarant.pk, month.month].append((hire, month))
    return list(groups.values())


def _is_like_the_month_before(its: list[tuple[Hire, Month]], hires: Sequence[Hire]) -> bool:
    """Whether several people are told, the same as the month before."""
    hire, month = its[0]
    earlier = add_months(month.month, -1)
    then = {
        id(other)
        for other in hires
        if (other.commitment.pk, other.declarant.pk) == (hire.commitment.pk, hire.declarant.pk)
        and any(one.month == earlier for one in other.months)
    }
    return len(its) > 1 and then == {id(hire) for hire, _ in its}


def _before(hire: Hire, month: Month) -> Month | None:
    rank = hire.months.index(month)
    return hire.months[rank - 1] if rank else None


def answer_checks(territory: Territory, hires: Sequence[Hire], chronicle: Chronicle) -> None:
    """What became of what the checks told of the months validated or sent back: the same hours each month
    were normal, the rest was sent back or validated as it was."""
    written = {
        month.line.statement.pk: month.line.statement
        for hire in hires
        for month in hire.months
        if month.status in (Status.VALIDATED, Status.RETURNED)
    }
    by = territory.facilitator
    on = localtime(chronicle.now).date()
    found = anomalies_of(written.values(), levels=levels_in(territory.service), on=on)
    for statement in written.values():
        at = min(statement.validated_at or statement.submitted_at + timedelta(days=1), chronicle.now)
        for one in found[statement.pk]:
            given = _given(one, statement)
            answer([one], given, by=by, at=at)
            if given == Anomaly.Answer.NORMAL:
                check = one.anomaly.check.value
                chronicle.note("statement.anomaly_accepted", statement, by=by, at=at, check=check)


def _given(found: Found, statement: Statement) -> Anomaly.Answer:
    if statement.status == Status.RETURNED:
        return Anomaly.Answer.RETURNED
    is_usual = found.anomaly.check in (Check.SAME_HOURS, Check.SAME_STATEMENT)
    return Anomaly.Answer.NORMAL if is_usual else Anomaly.Answer.VALIDATED
