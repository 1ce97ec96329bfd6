"""What was known of a clause on any day, where it will end, and forecasts tried on the closed ones."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import (
    AllocationFactory,
    BreakFactory,
    ClauseFactory,
    CommitmentFactory,
    EligibilityDecisionFactory,
    ForecastTrialFactory,
    LedgerEntryFactory,
    OrganisationFactory,
    StatementFactory,
    StatementLineFactory,
    WorkedMonthFactory,
)
from uneplace.contracts.models import Clause, Commitment
from uneplace.kit.periods import period
from uneplace.rules.dates import Period
from uneplace.rules.forecast_trials import Reading
from uneplace.settlement.forecasting import outlooks, owed_by, records_of, trials_of, try_forecasts
from uneplace.settlement.known import ledger_of
from uneplace.settlement.models import ForecastTrial
from uneplace.settlement.tasks import try_forecasts_of_the_night

pytestmark = pytest.mark.django_db

YEAR = period(date(2025, 1, 1), date(2025, 12, 31))
TODAY = date(2026, 6, 15)


def at(day):
    return datetime(day.year, day.month, day.day, 10, 0, tzinfo=UTC)


@pytest.fixture
def service():
    return OrganisationFactory(service=True)


def owing(service, *, status=Clause.Status.CLOSED, hours="500", execution=YEAR):
    """A clause of one company over 2025."""
    clause = ClauseFactory(
        lot__contract__service=service, status=status, hours=Decimal(hours), execution=execution
    )
    return CommitmentFactory(clause=clause, hours_due=Decimal(hours), period=execution)


def at_work(commitment, first=date(2025, 2, 3), last=date(2025, 6, 30)):
    """Somebody at work, eligible, whose contract was recorded the day before the first."""
    return AllocationFactory(
        commitment=commitment,
        placement__period=period(first, last),
        placement__recorded_at=at(first - timedelta(days=1)),
    )


def worked(allocation, month, hours, *, entered_on, sent_on=None):
    """A month declared, sent and entered in the ledger."""
    sent_on = sent_on or entered_on
    statement = StatementFactory(
        commitment=allocation.commitment,
        month=month,
        validated=True,
        submitted_at=at(sent_on),
        validated_at=at(entered_on),
    )
    line = StatementLineFactory(
        statement=statement,
        hours=Decimal(hours),
        worked_month=WorkedMonthFactory(
            service=allocation.service, placement=allocation.placement, month=month, hours=Decimal(hours)
        ),
    )
    return LedgerEntryFactory(
        line=line,
        entered_at=at(entered_on),
        decision=EligibilityDecisionFactory(
            participant=allocation.placement.participant, decided_on=date(2025, 1, 10)
        ),
    )


def known(commitment, on):
    return ledger_of([commitment]).known_on(
        on, [commitment.pk], due=commitment.hours_due, execution=Period(date(2025, 1, 1), date(2026, 1, 1))
    )


def test_a_month_is_known_once_it_is_sent_then_once_it_is_entered(service):
    commitment = owing(service)
    worked(
        at_work(commitment),
        date(2025, 2, 1),
        "140",
        sent_on=date(2025, 3, 5),
        entered_on=date(2025, 3, 12),
    )
    before, waiting, entered = (
        known(commitment, day)
        for day in (
            date(2025, 3, 4),
            date(2025, 3, 5),
            date(2025, 3, 12),
        )
    )
    assert (before.counted, before.to_validate) == (0, 0)
    assert (waiting.counted, waiting.to_validate) == (0, 140)
    assert (entered.counted, entered.to_validate) == (140, 0)
    # Not declared, February is read from the contract; declared, from the statement.
    assert before.undeclared > waiting.undeclared


def test_the_curve_ends_where_the_contracts_do_when_a_month_is_declared_early(service):
    commitment = owing(service)
    worked(at_work(commitment), date(2025, 3, 1), "147", entered_on=date(2025, 3, 20))
    told = outlooks({"": owed_by([commitment], whole=False)}, service.pk, on=date(2025, 3, 21))[""]
    assert told.known.foreseen > 0
    assert told.points[-1].foreseen == told.known.foreseen
    assert told.points[-1].counted is None or told.points[-1].counted == 147


def test_a_work_contract_is_known_from_the_day_it_is_recorded(service):
    commitment = owing(service)
    worked(at_work(commitment), date(2025, 2, 1), "140", entered_on=date(2025, 3, 12))
    assert known(commitment, date(2025, 2, 1)).foreseen == 0
    # From Monday 3 February to 30 June: 101 working days of seven hours.
    assert known(commitment, date(2025, 2, 2)).foreseen == Decimal(707)


def test_a_break_was_not_foreseen_before_it_was_recorded(service):
    commitment = owing(service)
    allocation = at_work(commitment, last=date(2025, 3, 31))
    worked(allocation, date(2025, 2, 1), "140", entered_on=date(2025, 3, 12))
    BreakFactory(
        placement=allocation.placement,
        last_day=date(2025, 3, 31),
        was_until=date(2025, 6, 30),
        recorded_at=at(date(2025, 4, 2)),
    )
    assert known(commitment, date(2025, 4, 1)).foreseen > 0
    assert known(commitment, date(2025, 4, 2)).foreseen == 0


def test_a_closed_clause_is_tried_as_it_was_known_and_compared_with_its_end(service):
    commitment = owing(service)
    allocation = at_work(commitment)
    for month, hours in ((2, "140"), (3, "147"), (4, "130"), (5, "120"), (6, "140")):
        worked(
            allocation,
            date(2025, month, 1),
            hours,
            entered_on=date(2025, month + 1, 10),
        )
    assert try_forecasts(service, on=TODAY) == 5
    half = ForecastTrial.objects.get(stage=50)
    assert half.known_on == date(2025, 7, 3)
    assert (half.due, half.finished) == (500, 677)
    # 537 h entered by 3 July; June, not declared yet, is read from the contract: 20 working days.
    assert half.contracts == Decimal(537 + 140)
    early = ForecastTrial.objects.get(stage=10)
    # On 7 February four days are worked, 97 are to come, all by contract.
    assert (early.known_on, early.contracts) == (date(2025, 2, 7), Decimal(707))


def test_trials_follow_a_correction_and_vanish_with_a_clause_taken_up_again(service):
    commitment = owing(service)
    entry = worked(at_work(commitment), date(2025, 2, 1), "140", entered_on=date(2025, 3, 12))
    try_forecasts(service, on=TODAY)
    assert try_forecasts(service, on=TODAY) == 0
    LedgerEntryFactory(
        line=entry.line,
        declared=Decimal(0),
        counted=Decimal(-40),
        corrects=entry,
        reason="Formation non comptée",
        entered_at=at(date(2026, 2, 1)),
        decision=entry.decision,
    )
    assert try_forecasts(service, on=TODAY) == 5
    assert set(ForecastTrial.objects.values_list("finished", flat=True)) == {Decimal(100)}
    Clause.objects.update(status=Clause.Status.RUNNING)
    assert try_forecasts(service, on=TODAY) == 5
    assert not ForecastTrial.objects.exists()


@pytest.mark.parametrize(
    ("status", "execution"),
    [
        pytest.param(Clause.Status.RUNNING, YEAR, id="en cours"),
        pytest.param(
            Clause.Status.CLOSED,
            period(date(2025, 1, 1), date(2026, 12, 31)),
            id="close, exécution pas finie",
        ),
    ],
)
def test_what_may_still_bring_hours_is_not_tried(service, status, execution):
    owing(service, status=status, execution=execution)
    assert try_forecasts(service, on=TODAY) == 0


def test_each_service_learns_from_its_own_clauses_alone(service):
    for _ in range(11):
        owing(service)
    other = OrganisationFactory(service=True)
    for one in (service, other):
        try_forecasts(one, on=TODAY)
    found = records_of([service.pk, other.pk])
    assert {record.clauses for record in found[service.pk]} == {11}
    assert all(record.record for record in found[service.pk])
    assert {record.clauses for record in found[other.pk]} == {0}
    assert not any(record.record for record in found[other.pk])


def test_a_record_is_computed_once_until_the_trials_change(service):
    trials = [ForecastTrialFactory(service=service, finished=str(500 + rank)) for rank in range(12)]

    def record():
        [found] = [one.record for one in records_of([service.pk])[service.pk] if one.stage == 50]
        return found

    first = record()
    assert first is not None
    assert record() is first
    trials[0].finished = Decimal("900")
    trials[0].save()
    assert record() != first


def test_what_the_closed_clauses_teach_moves_the_forecast_of_one_under_way(service):
    for _ in range(10):
        # Each announced nothing by contract, and ended with half of what is due.
        ended = owing(service)
        worked(
            at_work(ended, first=date(2025, 12, 29), last=date(2025, 12, 30)),
            date(2025, 12, 1),
            "250",
            entered_on=date(2026, 1, 12),
        )
    try_forecasts(service, on=TODAY)
    running = owing(
        service,
        status=Clause.Status.RUNNING,
        execution=period(date(2026, 1, 1), date(2026, 12, 31)),
        hours="1000",
    )
    told = outlooks({"one": owed_by([running], whole=True)}, service.pk, on=TODAY)["one"]
    assert told.forecast.clauses == 10
    assert (told.forecast.reading, told.forecast.at_end) == (Reading.CONTRACTS, Decimal(500))
    assert told.forecast.action.people == 1


def test_outlooks_take_as_many_queries_whatever_there_is(service):
    def asked(commitments):
        wanted = {str(one.pk): owed_by([one], whole=False) for one in commitments}
        with CaptureQueriesContext(
            connection,
        ) as queries:
            outlooks(wanted, service.pk, on=date(2025, 8, 1))
        return len(queries)

    def more():
        commitment = owing(service, status=Clause.Status.RUNNING)
        worked(at_work(commitment), date(2025, 2, 1), "140", entered_on=date(2025, 3, 12))
        return Commitment.objects.select_related("clause").get(pk=commitment.pk)

    few = [more()]
    first = asked(few)
    assert asked([*few, more(), more(), more()]) == first
    assert trials_of(service.pk, [50]) == {}


def test_every_night_each_service_tries_its_own(service):
    other = OrganisationFactory(service=True)
    for one in (service, other):
        owing(one)
    try_forecasts_of_the_night(timestamp=int(at(TODAY).timestamp()))
    assert {one.service for one in ForecastTrial.objects.all()} == {service, other}
