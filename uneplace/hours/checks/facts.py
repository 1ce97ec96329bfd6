"""From rows to the checks: what is known around each line of statements; a constant number of queries."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q

from uneplace.hours.counting import Verdict
from uneplace.hours.models import Allocation, Statement, StatementLine
from uneplace.hours.queries import next_month
from uneplace.rules.anomalies import LineFacts, Told
from uneplace.rules.counting import Reason
from uneplace.rules.dates import Period, add_months

SENT = (Statement.Status.SUBMITTED, Statement.Status.VALIDATED)
LOOKED_BACK = 12  # months
Place = tuple[int, int]
"""A commitment and a declarant, by their keys."""


@dataclass(frozen=True)
class Elsewhere:
    """Hours of the same person and month in another statement."""

    statement: int
    placement: int
    contract: Period
    commitment: int
    hours: Decimal


@dataclass(frozen=True)
class Around:
    """What is known of people, months and work contracts around the lines that are looked at."""

    others: Mapping[tuple[int, date], list[Elsewhere]]
    pieces: Mapping[tuple[int, int], list[tuple[Period, Decimal]]]
    told: Mapping[tuple[Place, date], dict[int, Told]]

    def before(self, statement: Statement) -> list[Mapping[int, Told]]:
        """What the months before told in these statements, by work contract, the last one first."""
        place = place_of(statement)
        months = (add_months(statement.month, -back) for back in range(1, LOOKED_BACK))
        return [self.told.get((place, month), {}) for month in months]

    def elsewhere(self, line: StatementLine) -> list[Elsewhere]:
        """The hours of the same person and month that nothing foresees together with these."""
        placement = line.worked_month.placement
        month = line.statement.month
        days, contract = Period(month, next_month(month)), _period(placement.period)
        found = []
        for other in self.others[placement.participant_id, month]:
            if other.statement == line.statement_id or not other.hours:
                continue
            if other.placement != placement.pk:
                if _common(days, contract, other.contract):
                    found.append(other)
            elif not any(piece.overlaps(days) for piece, _ in self.pieces[placement.pk, other.commitment]):
                found.append(other)
        return found


def place_of(statement: Statement) -> Place:
    """Where a statement stands among those of other months."""
    return statement.commitment_id, statement.declarant_id


def around(lines: Iterable[StatementLine], statements: Collection[Statement]) -> Around:
    """What is known around these lines of these statements; three queries."""
    lines = list(lines)
    return Around(_others(lines, statements), _pieces(lines), _told(statements))


def _others(lines: list[StatementLine], statements: Collection[Statement]):
    """What each person has in these months, in statements that were sent and in these."""
    found = defaultdict(list)
    rows = StatementLine.objects.filter(
        worked_month__placement__participant__in={_person(line) for line in lines},
        worked_month__month__in={line.statement.month for line in lines},
    ).filter(Q(statement__status__in=SENT) | Q(statement__in=statements))
    for row in rows.values_list(
        "worked_month__placement__participant",
        "worked_month__month",
        "statement",
        "worked_month__placement",
        "worked_month__placement__period",
        "statement__commitment",
        "hours",
    ):
        person, month, statement, placement, period, commitment, hours = row
        found[person, month].append(Elsewhere(statement, placement, _period(period), commitment, hours))
    return found


def _pieces(lines: list[StatementLine]):
    """The days and shares of each work contract on each commitment."""
    found = defaultdict(list)
    rows = Allocation.objects.filter(placement__in={line.worked_month.placement_id for line in lines})
    for placement, commitment, period, share in rows.values_list(
        "placement", "commitment", "period", "share"
    ).order_by("period__startswith"):
        found[placement, commitment].append((_period(period), share))
    return found


def _told(statements: Collection[Statement]):
    """What the statements of a year told, by commitment, declarant and month; those that were sent."""
    found: dict[tuple[Place, date], dict[int, Told]] = defaultdict(dict)
    if not statements:
        return found
    months = [statement.month for statement in statements]
    rows = StatementLine.objects.filter(
        statement__commitment__in={statement.commitment_id for statement in statements},
        statement__month__gte=add_months(min(months), -LOOKED_BACK),
        statement__month__lt=max(months),
        statement__status__in=SENT,
    )
    for commitment, declarant, month, placement, hours, training in rows.values_list(
        "statement__commitment",
        "statement__declarant",
        "statement__month",
        "worked_month__placement",
        "hours",
        "training_hours",
    ):
        found[(commitment, declarant), month][placement] = Told(hours, training)
    return found


def line_facts(
    line: StatementLine,
    known: Around,
    before: Iterable[Mapping[int, Told]],
    elsewhere: Iterable[Elsewhere],
    verdict: Verdict | None,
) -> LineFacts:
    """What the checks read of one line; `before` are the months before of its statement, `elsewhere` its
    hours in other ones."""
    placement = line.worked_month.placement
    others = known.others[placement.participant_id, line.statement.month]
    return LineFacts(
        month=line.statement.month,
        told=Told(line.hours, line.training_hours),
        contract=_period(placement.period),
        weekly_hours=placement.weekly_hours,
        person_hours=sum((other.hours for other in others), Decimal(0)),
        pieces=[
            piece
            for piece in known.pieces[placement.pk, line.statement.commitment_id]
            if piece[0].overlaps(Period(line.statement.month, next_month(line.statement.month)))
        ],
        before=[told.get(placement.pk) for told in before],
        undecided=_undecided(verdict),
        elsewhere=[other.hours for other in elsewhere],
        holiday_zone=line.statement.commitment.clause.holiday_zone,
    )


def _undecided(verdict: Verdict | None) -> Decimal:
    if verdict is None:
        return Decimal(0)
    parts = [part.hours for part in verdict.counted.excluded if part.reason == Reason.NO_DECISION]
    return sum(parts, Decimal(0))


def _person(line: StatementLine) -> int:
    return line.worked_month.placement.participant_id


def _period(period) -> Period:
    return Period(period.lower, period.upper)


def _common(*periods: Period) -> bool:
    start = max(period.start for period in periods)
    return all(start in period for period in periods)
