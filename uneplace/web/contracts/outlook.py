"""« Prévision » of a clause as one actor reads it: the curve, where it will end, and what closes the gap."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from uneplace.contracts.models import Clause, Commitment
from uneplace.hours.models import LedgerEntry, Statement, StatementLine
from uneplace.organisations.actor import Actor
from uneplace.reports.figures import SMALLEST_CELL
from uneplace.rules.curve import CurvePoint
from uneplace.rules.explanation import StepRecord, as_json
from uneplace.rules.forecast import STAGES, Forecast
from uneplace.settlement.forecasting import Outlook, outlooks, owed_by
from uneplace.web.curve_chart import Curve, CurveFacts, draw

UNDER_WAY = (Clause.Status.VALIDATED, Clause.Status.RUNNING)
WHOLE = "whole"
NOTHING = Decimal("0.00")


@dataclass(frozen=True)
class ForecastWords:
    """A forecast in whole hours, as it is told."""

    at_end: int
    low: int
    high: int
    gap: int


@dataclass(frozen=True)
class ToldOutlook:
    """The outlook of a clause, or of one commitment, with its drawing and its words.

    `is_masked` when some months are told together, too few people having worked in each; whoever does not
    read people reads what is foreseen as one total, that of the gauge.
    """

    title: str
    outlook: Outlook
    forecast: Forecast | None
    curve: Curve
    points: tuple[CurvePoint, ...]
    is_masked: bool
    why_no_forecast: str
    reads_people: bool

    @property
    def undeclared(self) -> Decimal:
        """Hours worked and not declared yet, for whoever reads people: they are those of few contracts."""
        return self.outlook.known.undeclared if self.reads_people else NOTHING

    @property
    def explanation(self) -> list[StepRecord]:
        """Why this end, and this interval; none when it would tell hours that one does not read."""
        if self.forecast is None or self.undeclared != self.outlook.known.undeclared:
            return []
        return as_json(self.forecast.explanation)

    @property
    def words(self) -> "ForecastWords | None":
        """The forecast to the hour: a trend, not an account."""
        if self.forecast is None:
            return None
        told = self.forecast
        return ForecastWords(round(told.at_end), round(told.low), round(told.high), round(told.gap))

    @property
    def is_met(self) -> bool:
        """Whether the hours due are counted already."""
        return self.outlook.known.counted >= self.outlook.due > 0

    @property
    def relieved(self) -> Decimal:
        """The hours due that relief does not ask any more."""
        return self.outlook.known.relieved

    @property
    def owes_no_more(self) -> bool:
        """Whether relief stands for all that is not counted."""
        return self.relieved > 0 and self.outlook.known.counted + self.relieved >= self.outlook.due


def outlook_of(
    clause: Clause, commitments: Sequence[Commitment], actor: Actor, *, whole: bool, on: date
) -> ToldOutlook | None:
    """The outlook of what this actor follows of a clause; None without hours, or without an end."""
    found = outlooks_of(clause, commitments, actor, whole=whole, each=False, on=on)
    return found[0] if found else None


def outlooks_of(
    clause: Clause, commitments: Sequence[Commitment], actor: Actor, *, whole: bool, each: bool, on: date
) -> list[ToldOutlook]:
    """The same, then with `each` that of every commitment when there are several; a constant number of
    queries. `whole` when these commitments are the whole clause."""
    if not commitments or clause.owes_actions:
        return []
    wanted = {WHOLE: owed_by(commitments, whole=whole)}
    names = {WHOLE: "Toute la clause" if whole else str(commitments[0].company)}
    if each and len(commitments) > 1:
        wanted |= {str(one.pk): owed_by([one], whole=False) for one in commitments}
        names |= {str(one.pk): str(one.company) for one in commitments}
    found = outlooks(wanted, clause.service_id, on=on)
    people = None if _reads_people(clause, commitments, actor) else _people(commitments)
    return [
        _told(
            names[name],
            one,
            clause,
            on,
            None if people is None else _together(people, wanted[name].commitments),
        )
        for name, one in found.items()
    ]


def _reads_people(clause: Clause, commitments: Iterable[Commitment], actor: Actor) -> bool:
    """Whether one may read hours that are those of few people: the service, and who owes them."""
    return actor.serves(clause) or all(actor.stands_for(one.company_id) for one in commitments)


def _people(commitments: Iterable[Commitment]) -> dict[int, dict[date, set[int]]]:
    """Who worked in each month, by commitment: to know how many, never who."""
    keys = [one.pk for one in commitments]
    found: dict[int, dict[date, set[int]]] = defaultdict(lambda: defaultdict(set))
    counted = LedgerEntry.objects.filter(commitment__in=keys).order_by()
    waiting = StatementLine.objects.filter(
        statement__commitment__in=keys, statement__status=Statement.Status.SUBMITTED
    ).order_by()
    rows = [
        *counted.values_list("commitment", "month", "placement__participant").distinct(),
        *waiting.values_list(
            "statement__commitment", "statement__month", "worked_month__placement__participant"
        ).distinct(),
    ]
    for commitment, month, person in rows:
        found[commitment][month].add(person)
    return found


def _together(people: dict[int, dict[date, set[int]]], commitments: Iterable[int]) -> dict[date, set[int]]:
    months: dict[date, set[int]] = defaultdict(set)
    for pk in commitments:
        for month, who in people.get(pk, {}).items():
            months[month] |= who
    return months


def _told(
    title: str, outlook: Outlook, clause: Clause, on: date, people: dict[date, set[int]] | None
) -> ToldOutlook:
    forecast = outlook.forecast if clause.status in UNDER_WAY else None
    points = outlook.points if people is None else foreseen_at_end(masked(outlook.points, people), on)
    if forecast is not None and people is not None and outlook.known.undeclared:
        forecast = coarse(forecast)
    facts = CurveFacts(
        points,
        outlook.execution,
        outlook.due,
        on,
        low=forecast.low if forecast else None,
        at_end=forecast.at_end if forecast else None,
        high=forecast.high if forecast else None,
    )
    return ToldOutlook(
        title,
        outlook,
        forecast,
        draw(facts),
        points,
        points != outlook.points,
        "" if forecast else _why_no_forecast(clause, outlook, on),
        people is None,
    )


def masked(points: Sequence[CurvePoint], people: dict[date, set[int]]) -> tuple[CurvePoint, ...]:
    """The same points, told only where five people at least worked since the one told before: from two totals
    one would subtract the hours of few. The last is told always: the gauge says it."""
    told: list[int] = []
    since: list[set[int]] = []
    past = [rank for rank, point in enumerate(points) if point.counted is not None]
    who: set[int] = set()
    for rank in past:
        who = who | people.get(points[rank].month, set())
        is_last = rank == past[-1]
        if 0 < len(who) < SMALLEST_CELL and is_last:
            while told and 0 < len(who) < SMALLEST_CELL:
                told.pop()
                who = who | since.pop()
        if is_last or not 0 < len(who) < SMALLEST_CELL:
            told.append(rank)
            since.append(who)
            who = set()
    return tuple(
        point if point.counted is None or rank in told else replace(point, counted=None, to_validate=None)
        for rank, point in enumerate(points)
    )


def coarse(forecast: Forecast) -> Forecast:
    """The same forecast by the hundred hours, less than one month of a person: told to the hour, it would
    leave, once what is counted, waiting and foreseen is taken from it, what few people have not declared."""
    told = {name: round(getattr(forecast, name), -2) for name in ("low", "at_end", "high", "gap")}
    return replace(forecast, **told)


def foreseen_at_end(points: Sequence[CurvePoint], on: date) -> tuple[CurvePoint, ...]:
    """The same points, what is foreseen told at the last one only: month by month, it says the weekly hours
    and the last day of each work contract. What is not declared yet is not told."""
    points = [replace(one, undeclared=None) if one.undeclared else one for one in points]
    if not points or not points[-1].foreseen:
        return tuple(points)
    hidden = [replace(one, foreseen=None) if one.month >= on.replace(day=1) else one for one in points[:-1]]
    return (*hidden, points[-1])


def _why_no_forecast(clause: Clause, outlook: Outlook, on: date) -> str:
    if clause.status == Clause.Status.SUSPENDED:
        return "La clause est suspendue\u00a0: rien n’est prévu avant sa reprise."
    if clause.status not in UNDER_WAY:
        return "La clause est finie\u00a0: il n’y a plus rien à prévoir."
    if not outlook.due:
        return "Rien n’est dû à ce jour\u00a0: il n’y a rien à prévoir."
    if outlook.execution.end is not None and on >= outlook.execution.end:
        return "L’exécution est finie\u00a0: il n’y a plus rien à prévoir."
    return f"Trop tôt pour prévoir\u00a0: il faut que {STAGES[0]}\u00a0% de l’exécution soient passés."
