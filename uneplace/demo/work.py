"""Work contracts and the months worked: placements, statements, and the ledger that the rule fills."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import count

from uneplace.contracts.models import Commitment
from uneplace.hours.counting import Verdict, verdicts
from uneplace.hours.models import Allocation, LedgerEntry, Placement, Statement, StatementLine, WorkedMonth
from uneplace.hours.queries import next_month
from uneplace.hours.validating import ledger_entry
from uneplace.kit.periods import period
from uneplace.organisations.models import Capacity, Kind, Organisation
from uneplace.people.models import Support
from uneplace.rules.calendar import DEFAULT_ZONE, calendar_of
from uneplace.rules.numbers import round2

from .persons import Person, at_hour, weekday
from .sectors import Job
from .territory import Territory

HALF = Decimal("0.5")
RETURN_REASON = (
    "Une personne a plus d’heures que son contrat n’en prévoit\u00a0: vérifiez la dernière semaine."
)
WORKING_WEEK = Decimal(5)
WORK_STUDY_TRAINING = Decimal("0.2")


@dataclass
class Month:
    """One month of one work contract, for one commitment: what was declared, then what it counts for.

    `status` is that of the statement; only what is validated is counted.
    """

    month: date
    hours: Decimal
    training: Decimal = Decimal(0)
    status: str = Statement.Status.VALIDATED
    line: StatementLine | None = None
    verdict: Verdict | None = None

    @property
    def counted(self) -> Decimal:
        """Hours counted, once the rule has answered."""
        return self.verdict.counted.counted


@dataclass
class Hire:
    """One person at work for one commitment, before the rows are written; `last_day` None is a CDI."""

    person: Person
    commitment: Commitment
    employer: Organisation
    declarant: Organisation
    kind: str
    modality: str
    job: Job
    first_day: date
    last_day: date | None
    weekly_hours: Decimal
    months: list[Month] = field(default_factory=list)
    knows_trade: bool = True
    confirmed: bool = True
    placement: Placement = field(init=False)

    def ceiling(self, month: date, until: date) -> Decimal:
        """The hours of that month that the work contract provides for, up to a day outside."""
        start = max(month, self.first_day)
        end = min(next_month(month), until)
        if self.last_day is not None:
            end = min(end, self.last_day + timedelta(days=1))
        days = calendar_of(DEFAULT_ZONE).working_days(start.toordinal(), end.toordinal())
        return days * self.weekly_hours / WORKING_WEEK


def half_hours(hours: Decimal) -> Decimal:
    """Hours as people write them: to the half hour."""
    return round2((hours / HALF).to_integral_value() * HALF)


def training_of(kind: str, hours: Decimal) -> Decimal:
    """The part of a month of work-study that is spent in training."""
    if kind in (Placement.Kind.APPRENTISSAGE, Placement.Kind.PROFESSIONNALISATION):
        return half_hours(hours * WORK_STUDY_TRAINING)
    return Decimal(0)


def kind_of(employer: Organisation, draw) -> str:
    """The kind of work contract that such an employer makes."""
    kinds = {
        Kind.ETTI: (Placement.Kind.CTT,),
        Kind.AI: (Placement.Kind.CDD,),
        Kind.GEIQ: (Placement.Kind.PROFESSIONNALISATION, Placement.Kind.CDD),
        Kind.EA: (Placement.Kind.CDD,),
        Kind.ENTREPRISE: (
            *[Placement.Kind.CDD] * 7,
            Placement.Kind.CDI,
            Placement.Kind.PROFESSIONNALISATION,
            Placement.Kind.APPRENTISSAGE,
        ),
    }
    return draw.choice(kinds.get(employer.kind, (Placement.Kind.CDDI,)))


def write_hires(territory: Territory, hires: Sequence[Hire]) -> None:
    """Work contracts and their allocation for all their dates."""
    for hire in hires:
        hire.placement = Placement(
            service=territory.service,
            participant=hire.person.participant,
            employer=hire.employer,
            declared_by=hire.declarant,
            kind=hire.kind,
            modality=hire.modality,
            rome_id=hire.job.rome if hire.knows_trade else None,
            job=hire.job.title if hire.knows_trade else "",
            period=period(hire.first_day, hire.last_day),
            weekly_hours=hire.weekly_hours,
            recorded_at=at_hour(hire.first_day - timedelta(days=2), 14),
            confirmed_at=at_hour(hire.first_day - timedelta(days=1), 9) if hire.confirmed else None,
        )
    Placement.objects.bulk_create([hire.placement for hire in hires], batch_size=1000)
    Allocation.objects.bulk_create(
        [
            Allocation(
                service=territory.service,
                placement=hire.placement,
                commitment=hire.commitment,
                period=hire.placement.period,
            )
            for hire in hires
        ],
        batch_size=1000,
    )


def follow(territory: Territory, hires: Sequence[Hire]) -> None:
    """Insertion employers follow the people whom they employ."""
    Support.objects.bulk_create(
        [
            Support(
                service=territory.service,
                participant=hire.person.participant,
                organisation=hire.employer,
                since=hire.first_day,
            )
            for hire in hires
            if hire.employer.can(Capacity.INSERTION_EMPLOYER)
        ],
        ignore_conflicts=True,
    )


def draft_lines(territory: Territory, hires: Sequence[Hire], *, at: datetime) -> None:
    """The lines of these months, one statement a commitment, month and declarant; nothing is saved yet."""
    statements: dict[tuple, Statement] = {}
    for hire in hires:
        for month in hire.months:
            key = (hire.commitment.pk, month.month, hire.declarant.pk)
            if key not in statements:
                statements[key] = _statement(territory, hire, month, at)
            month.line = StatementLine(
                service=territory.service,
                statement=statements[key],
                worked_month=WorkedMonth(
                    service=territory.service,
                    placement=hire.placement,
                    month=month.month,
                    hours=month.hours,
                    training_hours=month.training,
                ),
                hours=month.hours,
                training_hours=month.training,
            )


def _statement(territory: Territory, hire: Hire, month: Month, at: datetime) -> Statement:
    """The statement of one month as its status says, with the moments of a usual month, none after `at`."""
    after = next_month(month.month)
    draw = territory.inventor.random
    sent = weekday(after + timedelta(days=draw.randint(1, 9)))
    checked = weekday(sent + timedelta(days=draw.randint(1, 9)))
    submitted_at = at_hour(sent, draw.randint(8, 17), draw.randint(0, 59))
    validated_at = at_hour(checked, draw.randint(9, 16), draw.randint(0, 59))
    statement = Statement(
        service=territory.service,
        commitment=hire.commitment,
        declarant=hire.declarant,
        month=month.month,
        status=month.status,
        due_on=after + timedelta(days=hire.commitment.clause.statement_due_day - 1),
        version=1,
    )
    if month.status != Statement.Status.DRAFT:
        statement.submitted_at = min(submitted_at, at - timedelta(hours=20))
        statement.submitted_by = territory.user_of(hire.declarant)
    if month.status == Statement.Status.VALIDATED:
        statement.validated_at = min(validated_at, at - timedelta(hours=2))
        statement.validated_by = territory.facilitator.user
    if month.status == Statement.Status.RETURNED:
        statement.return_reason = RETURN_REASON
    return statement


def count_months(months: Sequence[Month]) -> None:
    """Ask the counting rule what these months count for."""
    # The answers come by the key of the line, which has none before it is written.
    keys = count(1)
    for month in months:
        month.line.pk = next(keys)
    answers = verdicts([month.line for month in months])
    for month in months:
        month.verdict = answers[month.line.pk]
        month.line.pk = None


def fit(months: Sequence[Month], target: Decimal) -> None:
    """Change what was declared for some months until exactly `target` hours are counted.

    Only months that count whole are changed, half an hour here and there, the last by what remains. The rule
    counts them again each time: the total is what it answers, never what was wished.
    """
    whole = [month for month in months if month.counted == month.hours > 8 and not month.training]
    for _ in range(6):
        gap = target - sum(month.counted for month in months)
        if not gap:
            return
        steps, rest = divmod(abs(gap), HALF)
        each, more = divmod(int(steps), len(whole))
        sign = 1 if gap > 0 else -1
        changes = [each + (rank < more) for rank in range(len(whole))]
        changed = [month for month, change in zip(whole, changes, strict=True) if change]
        for month, change in zip(whole, changes, strict=True):
            _declare(month, month.hours + sign * change * HALF)
        if not changed:
            changed = whole[-1:]
            _declare(whole[-1], whole[-1].hours + sign * rest)
        count_months(changed)
    raise ValueError(f"These months cannot be made to count for {target} hours.")


def _declare(month: Month, hours: Decimal) -> None:
    month.hours = month.line.hours = month.line.worked_month.hours = hours


def write_months(territory: Territory, hires: Sequence[Hire]) -> list[LedgerEntry]:
    """Statements, lines and worked months of these people, and the ledger entry of each counted line."""
    months = [month for hire in hires for month in hire.months]
    statements = {id(month.line.statement): month.line.statement for month in months}
    Statement.objects.bulk_create(statements.values(), batch_size=1000)
    WorkedMonth.objects.bulk_create([month.line.worked_month for month in months], batch_size=2000)
    StatementLine.objects.bulk_create([month.line for month in months], batch_size=2000)
    by = territory.facilitator
    return LedgerEntry.objects.bulk_create(
        [
            ledger_entry(month.line, month.verdict, by=by, at=month.line.statement.validated_at)
            for month in months
            if month.verdict is not None
        ],
        batch_size=1000,
    )
