"""Where commitments and clauses will end; and the same forecasts tried on the clauses that are closed."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache

from django.db import transaction
from django.db.models import Q
from django.utils.timezone import localtime

from uneplace.contracts.models import Clause, Commitment, PolicyChange
from uneplace.contracts.policy_history import acts_of
from uneplace.organisations.models import Organisation
from uneplace.rules.curve import CurvePoint, curve
from uneplace.rules.dates import Period
from uneplace.rules.forecast import STAGES, Forecast, Known, announced, day_of_stage, forecast, stage_of
from uneplace.rules.forecast_trials import Reading, Record, Trial, record_of

from .known import Ledger, ledger_of
from .models import ForecastTrial
from .relieved import granted_on, relieved_of

NOTHING = Decimal("0.00")
MOST = 300  # clauses that a stage learns from, the last ones: habits change, and a page has to be told
ENDED = (Clause.Status.MET, Clause.Status.NOT_MET, Clause.Status.CLOSED)


@dataclass(frozen=True)
class Owed:
    """The hours of one or several commitments of a clause, over its execution."""

    commitments: tuple[int, ...]
    due: Decimal
    execution: Period
    zone: str


@dataclass(frozen=True)
class Outlook:
    """Where hours stand, month by month, and where they will end; `forecast` is None when nothing can be
    said: not begun enough, over, or without hours due."""

    known: Known
    execution: Period
    points: tuple[CurvePoint, ...]
    forecast: Forecast | None

    @property
    def due(self) -> Decimal:
        return self.known.due


def owed_by(commitments: Sequence[Commitment], *, whole: bool) -> Owed:
    """What these commitments of one clause owe; `whole` when they are all of it. Their clause is at hand."""
    clause = commitments[0].clause
    days = clause.execution if whole else commitments[0].period
    due = clause.hours_due if whole else sum((one.hours_due for one in commitments), Decimal(0))
    return Owed(
        tuple(one.pk for one in commitments), due, Period(days.lower, days.upper), clause.holiday_zone
    )


def outlooks(wanted: Mapping[str, Owed], service_id: int, *, on: date) -> dict[str, Outlook]:
    """Where each of these stands and will end, by the same names, in one service; a constant number of
    queries. What has no end of execution has no outlook."""
    closed = {name: owed for name, owed in wanted.items() if owed.execution.end is not None}
    keys = {pk for owed in closed.values() for pk in owed.commitments}
    ledger, granted = ledger_of(Commitment.objects.filter(pk__in=keys)), granted_on(keys)
    relieved = relieved_of(Commitment.objects.filter(pk__in=granted), on=on, granted=granted)
    stages = {name: stage_of(owed.execution, on) for name, owed in closed.items()}
    past = trials_of(service_id, {stage for stage in stages.values() if stage is not None})
    return {
        name: _outlook(
            owed,
            ledger,
            sum((relieved[pk].hours for pk in owed.commitments if pk in relieved), NOTHING),
            stages[name],
            past,
            on,
        )
        for name, owed in closed.items()
    }


def _outlook(
    owed: Owed,
    ledger: Ledger,
    relieved: Decimal,
    stage: int | None,
    past: Mapping[int, list[Trial]],
    on: date,
) -> Outlook:
    known = ledger.known_on(on, owed.commitments, due=owed.due, execution=owed.execution)
    known = replace(known, relieved=relieved)
    done, works = ledger.by_month(owed.commitments), ledger.works(owed.commitments, on=on)
    told = None
    if stage is not None and owed.due:
        told = forecast(known, owed.execution, on, past.get(stage, []), owed.zone)
    points = curve(owed.due, owed.execution, on, done, works, known.undeclared)
    return Outlook(known, owed.execution, points, told)


def trials_of(service_id: int, stages: Iterable[int]) -> dict[int, list[Trial]]:
    """The last closed clauses of a service, as they were at these stages; one query."""
    return _trials_of([service_id], stages).get(service_id, {})


def _trials_of(services: Iterable[int], stages: Iterable[int]) -> dict[int, dict[int, list[Trial]]]:
    found: dict[int, dict[int, list[Trial]]] = defaultdict(lambda: defaultdict(list))
    rows = ForecastTrial.objects.filter(service__in=services, stage__in=set(stages))
    for row in rows.order_by("-known_on", "-pk"):
        its = found[row.service_id][row.stage]
        if len(its) < MOST:
            its.append(row.trial)
    return found


@dataclass(frozen=True)
class StageRecord:
    """How forecasts did at one stage: on how many closed clauses, with what errors when they are enough."""

    stage: int
    clauses: int
    record: Record | None


def records_of(services: Iterable[int]) -> dict[int, list[StageRecord]]:
    """How the forecasts of these services (ids) did at each stage; one query."""
    services = list(services)
    past = _trials_of(services, STAGES)
    return {
        service: [
            StageRecord(stage, len(past[service][stage]), _record_of(tuple(past[service][stage])))
            for stage in STAGES
        ]
        for service in services
    }


@lru_cache(maxsize=256)
def _record_of(trials: tuple[Trial, ...]) -> Record | None:
    """The record of these trials, kept: they change at night, and 300 of them take a sixth of a second."""
    return record_of(trials)


@transaction.atomic
def try_forecasts(service: Organisation, *, on: date) -> int:
    """Look again at every closed clause as it was known at each stage, and keep what forecasts would have
    said; answers how many trials changed. A constant number of queries."""
    tried = {(one.clause_id, one.stage): one for one in _trials(service, on=on)}
    kept = {(one.clause_id, one.stage): one for one in ForecastTrial.objects.filter(service=service)}
    gone = [one.pk for key, one in kept.items() if key not in tried]
    changed = [one for key, one in tried.items() if key not in kept or _told(kept[key]) != _told(one)]
    if gone:
        ForecastTrial.objects.filter(pk__in=gone).delete()
    ForecastTrial.objects.bulk_create(
        changed,
        batch_size=1000,
        update_conflicts=True,
        unique_fields=["clause", "stage"],
        update_fields=["known_on", "due", "finished", "contracts", "pace"],
    )
    return len(gone) + len(changed)


def _told(one: ForecastTrial) -> tuple[date, Trial]:
    return one.known_on, one.trial


def _trials(service: Organisation, *, on: date) -> Iterable[ForecastTrial]:
    """Clauses that ended, and whose execution is over: the others may still bring hours."""
    clauses = Clause.objects.filter(
        Q(status__in=ENDED), service=service, hours_due__gt=0, execution__endswith__lte=on
    ).prefetch_related("commitments")
    clauses = list(clauses.order_by("pk"))
    ledger = ledger_of(Commitment.objects.filter(clause__in=clauses))
    acts = acts_of(clauses)
    for clause in clauses:
        commitments = [one.pk for one in clause.commitments.all()]
        finished = ledger.finished(commitments)
        for stage in STAGES:
            day = day_of_stage(Period(clause.execution.lower, clause.execution.upper), stage)
            execution = _execution_known(clause, acts[clause.pk], on=day)
            if stage_of(execution, day) is None:
                continue
            known = ledger.known_on(day, commitments, due=clause.hours_due, execution=execution)
            told = announced(known, execution, day)
            yield ForecastTrial(
                service=service,
                clause=clause,
                stage=stage,
                known_on=day,
                due=clause.hours_due,
                finished=finished,
                contracts=told[Reading.CONTRACTS],
                pace=told[Reading.PACE],
            )


def _execution_known(clause: Clause, acts: Sequence[PolicyChange], *, on: date) -> Period:
    """The execution as it was known that day: without the amendments recorded since."""
    end = clause.execution.upper
    for act in reversed(acts):
        if localtime(act.recorded_at).date() > on and act.before.get("ends_on"):
            end = date.fromisoformat(act.before["ends_on"]) + timedelta(days=1)
    return Period(clause.execution.lower, end)
