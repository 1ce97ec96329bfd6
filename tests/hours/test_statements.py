"""What happens to a month of hours, from the declarant to the ledger."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction

from tests.factories import (
    AllocationFactory,
    ClauseFactory,
    CommitmentFactory,
    EligibilityDecisionFactory,
    LedgerEntryFactory,
    PlacementFactory,
    StatementFactory,
    StatementLineFactory,
    WorkedMonthFactory,
    actor_for,
)
from uneplace.contracts.models import Clause, DutyChange
from uneplace.hours import actions
from uneplace.hours.actions import Declared
from uneplace.hours.counting import lines_of, verdicts
from uneplace.hours.expected import expect_statements
from uneplace.hours.models import LedgerEntry, Statement, WorkedMonth
from uneplace.hours.queries import progress_of, progress_of_clauses
from uneplace.journal.models import Entry
from uneplace.kit.periods import period
from uneplace.kit.refused import Refused

pytestmark = pytest.mark.django_db

MAY = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)


@pytest.fixture
def statement():
    """April, one person allocated, nothing declared yet."""
    statement = StatementFactory()
    AllocationFactory(commitment=statement.commitment)
    return statement


@pytest.fixture
def company(statement):
    return actor_for(statement.declarant)


@pytest.fixture
def facilitator(statement):
    return actor_for(statement.service)


def placement_of(statement):
    return statement.commitment.allocations.get().placement


def declare(statement, hours, *, by, act=actions.submit_statement, version=None, **more):
    entry = Declared(placement_of(statement), None if hours is None else Decimal(hours), **more)
    at = statement.version if version is None else version
    act(statement, [entry], version=at, comment="", by=by, at=MAY)


def test_hours_sent_wait_for_the_service(statement, company):
    declare(statement, "151.67", by=company)
    assert statement.status == Statement.Status.SUBMITTED
    assert [line.hours for line in statement.lines.all()] == [Decimal("151.67")]
    assert WorkedMonth.objects.get().hours == Decimal("151.67")


def test_a_draft_is_kept_without_being_sent(statement, company):
    declare(statement, "70", by=company, act=actions.keep_statement)
    assert statement.status == Statement.Status.DRAFT
    assert statement.lines.get().hours == 70


def test_a_person_left_empty_keeps_the_statement_from_being_sent(statement, company):
    with pytest.raises(Refused) as refusal:
        declare(statement, None, by=company)
    assert "écrivez 0" in refusal.value.reasons[0]
    assert Statement.objects.get().status == Statement.Status.EXPECTED


def test_a_month_without_hours_is_sent_as_zero(statement, company):
    declare(statement, "0", by=company)
    assert statement.lines.get().hours == 0


def test_two_people_who_read_the_same_version_cannot_both_win(statement, company):
    declare(statement, "70", by=company, act=actions.keep_statement)
    with pytest.raises(Refused) as refusal:
        declare(statement, "80", by=company, act=actions.keep_statement, version=0)
    assert refusal.value.reasons == (actions.CHANGED_MEANWHILE,)
    assert statement.lines.get().hours == 70


def test_a_month_that_has_not_begun_is_not_declared(company, statement):
    statement.month = date(2026, 6, 1)
    with pytest.raises(Refused) as refusal:
        declare(statement, "10", by=company)
    assert refusal.value.reasons == ("Ce mois n’a pas commencé.",)


def test_a_person_who_is_not_of_the_statement_is_refused(statement, company):
    stranger = AllocationFactory().placement
    with pytest.raises(Refused):
        actions.submit_statement(
            statement, [Declared(stranger, Decimal(10))], version=0, comment="", by=company, at=MAY
        )


def test_a_statement_returned_says_why_and_is_sent_again(statement, company, facilitator):
    declare(statement, "70", by=company)
    actions.return_statement(statement, reason="Il manque la dernière semaine.", by=facilitator, at=MAY)
    assert (statement.status, statement.return_reason) == ("RETURNED", "Il manque la dernière semaine.")
    declare(statement, "105", by=company)
    assert statement.status == Statement.Status.SUBMITTED
    assert WorkedMonth.objects.get().hours == 105


def test_a_statement_is_not_returned_without_a_reason(statement, company, facilitator):
    declare(statement, "70", by=company)
    with pytest.raises(Refused):
        actions.return_statement(statement, reason="  ", by=facilitator, at=MAY)
    assert Statement.objects.get().status == Statement.Status.SUBMITTED


def test_validated_hours_enter_the_ledger_with_their_explanation(statement, company, facilitator):
    placement = placement_of(statement)
    decision = EligibilityDecisionFactory(participant=placement.participant, service=statement.service)
    declare(statement, "151.67", by=company)
    actions.validate_statement(statement, by=facilitator, at=MAY)
    entry = LedgerEntry.objects.get()
    assert (entry.counted, entry.excluded) == (Decimal("151.67"), [])
    assert entry.decision == decision
    assert entry.explanation


def test_hours_without_a_decision_before_the_start_do_not_count_and_say_why(statement, company, facilitator):
    declare(statement, "100", by=company)
    actions.validate_statement(statement, by=facilitator, at=MAY)
    entry = LedgerEntry.objects.get()
    assert entry.counted == 0
    assert entry.excluded == [{"reason": "NO_DECISION", "hours": "100.00"}]


def test_a_validated_clause_runs_with_its_first_hours(statement, company, facilitator):
    Clause.objects.update(status=Clause.Status.VALIDATED)
    declare(statement, "10", by=company)
    actions.validate_statement(statement, by=facilitator, at=MAY)
    assert Clause.objects.get().status == Clause.Status.RUNNING


def test_a_statement_is_validated_once(statement, company, facilitator):
    declare(statement, "10", by=company)
    late_reader = Statement.objects.get()
    actions.validate_statement(statement, by=facilitator, at=MAY)
    with pytest.raises(Refused) as refusal:
        actions.validate_statement(late_reader, by=facilitator, at=MAY)
    assert refusal.value.reasons == (actions.JUST_HANDLED,)
    assert LedgerEntry.objects.count() == 1


def test_what_is_validated_is_not_changed_any_more(statement, company, facilitator):
    declare(statement, "10", by=company)
    actions.validate_statement(statement, by=facilitator, at=MAY)
    with pytest.raises(Refused) as refusal:
        declare(statement, "20", by=company)
    assert refusal.value.reasons == ("Ce relevé a déjà été envoyé.",)


def test_a_facilitator_who_acts_for_a_firm_is_written_as_such(statement, facilitator):
    declare(statement, "10", by=facilitator)
    entry = Entry.objects.get(verb="statement.submitted")
    assert entry.on_behalf_of_name == str(statement.declarant)
    assert entry.organisation_name == str(statement.service)


def test_a_person_dropped_from_a_draft_leaves_no_hours_behind(statement, company):
    declare(statement, "10", by=company, act=actions.keep_statement)
    declare(statement, None, by=company, act=actions.keep_statement)
    assert not WorkedMonth.objects.exists()


def test_hours_of_two_commitments_never_exceed_a_month(statement, company):
    placement = placement_of(statement)
    other = StatementFactory(
        commitment=CommitmentFactory(
            company=statement.declarant, clause__lot__contract__service=statement.service
        )
    )
    placement.allocations.update(share=Decimal("0.5"))
    AllocationFactory(commitment=other.commitment, placement=placement, share=Decimal("0.5"))
    declare(statement, "400", by=company)
    entry = Declared(placement, Decimal("344.01"))
    with pytest.raises(Refused, match="400\u00a0h sont déjà déclarées sur un autre marché"):
        actions.submit_statement(other, [entry], version=0, comment="", by=company, at=MAY)
    fits = Declared(placement, Decimal(344))
    actions.submit_statement(other, [fits], version=0, comment="", by=company, at=MAY)
    assert WorkedMonth.objects.get().hours == 744


class TestHeldByTheDatabase:
    """What no code can get wrong."""

    def test_the_parts_of_a_month_never_exceed_it(self):
        line = StatementLineFactory(hours=Decimal("100"))
        contract = {"clause__lot__contract__service": line.service}
        other = StatementFactory(month=line.statement.month, commitment=CommitmentFactory(**contract))
        with pytest.raises(IntegrityError, match="exceed"), transaction.atomic():
            StatementLineFactory(statement=other, worked_month=line.worked_month, hours=Decimal("0.01"))
            connection.check_constraints()

    def test_a_worked_month_is_never_below_its_parts(self):
        line = StatementLineFactory(hours=Decimal("100"))
        with pytest.raises(IntegrityError, match="exceed"), transaction.atomic():
            WorkedMonth.objects.filter(pk=line.worked_month_id).update(hours=Decimal("99.99"))
            connection.check_constraints()

    def test_a_ledger_entry_is_never_changed(self):
        entry = LedgerEntryFactory()
        with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
            LedgerEntry.objects.filter(pk=entry.pk).update(counted=0)
        with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
            entry.delete()

    def test_a_line_counts_once(self):
        entry = LedgerEntryFactory()
        with pytest.raises(IntegrityError, match="ledger_one_first_entry_a_line"), transaction.atomic():
            LedgerEntryFactory(line=entry.line, decision=entry.decision)

    def test_no_more_hours_are_counted_than_declared(self):
        with pytest.raises(IntegrityError, match="ledger_counts_no_more"), transaction.atomic():
            LedgerEntryFactory(counted=Decimal("151.68"))

    def test_a_month_has_no_more_hours_than_its_days(self):
        with pytest.raises(IntegrityError, match="worked_month_hours_fit"), transaction.atomic():
            WorkedMonthFactory(hours=Decimal("744.01"))


class TestExpected:
    def test_a_month_begun_is_expected_until_the_end_of_the_contract(self):
        allocation = AllocationFactory(period=period(date(2026, 3, 2), date(2026, 4, 20)))
        for day in (date(2026, 3, 2), date(2026, 4, 1), date(2026, 5, 1)):
            expect_statements(on=day)
        months = [(row.month, row.due_on) for row in Statement.objects.order_by("month")]
        assert months == [
            (date(2026, 3, 1), date(2026, 4, 12)),
            (date(2026, 4, 1), date(2026, 5, 12)),
        ]
        assert Statement.objects.first().declarant == allocation.placement.declared_by

    def test_a_contract_recorded_late_opens_no_statement_already_late(self):
        AllocationFactory(period=period(date(2026, 3, 2), date(2026, 4, 20)))
        expect_statements(on=date(2026, 6, 15))
        assert set(Statement.objects.values_list("due_on", flat=True)) == {date(2026, 6, 27)}

    def test_a_month_wholly_suspended_is_not_awaited_even_once_the_clause_runs_again(self):
        allocation = AllocationFactory(period=period(date(2026, 3, 2), date(2026, 7, 31)))
        clause = allocation.commitment.clause
        # Prolonged: two suspensions one after the other.
        for first, last in [(date(2026, 3, 20), date(2026, 5, 10)), (date(2026, 5, 11), date(2026, 6, 14))]:
            DutyChange.objects.create(
                service=clause.service,
                clause=clause,
                kind="SUSPENSION",
                on=first,
                until=last,
                act="Ordre de service",
                recorded_at=MAY,
            )
        Clause.objects.update(status=Clause.Status.SUSPENDED)
        expect_statements(on=date(2026, 5, 20))
        Clause.objects.update(status=Clause.Status.RUNNING)
        expect_statements(on=date(2026, 7, 1))
        months = [
            month.month for month in Statement.objects.order_by("month").values_list("month", flat=True)
        ]
        assert months == [3, 6, 7]

    @pytest.mark.parametrize(
        ("every", "due_on"),
        [
            pytest.param(1, ["2026-03-15", "2026-04-15", "2026-05-15"], id="chaque mois"),
            pytest.param(3, ["2026-04-15", "2026-04-15", "2026-07-15"], id="chaque trimestre"),
            pytest.param(6, ["2026-07-15", "2026-07-15", "2026-07-15"], id="chaque semestre"),
            pytest.param(12, ["2027-01-15", "2027-01-15", "2027-01-15"], id="chaque année"),
        ],
    )
    def test_months_are_due_after_the_period_that_the_clause_asks_for(self, every, due_on):
        clause = ClauseFactory(statement_every=every, statement_due_day=15)
        AllocationFactory(
            commitment=CommitmentFactory(clause=clause),
            placement__period=period(date(2026, 2, 2), date(2026, 4, 30)),
        )
        for month in (2, 3, 4):
            expect_statements(on=date(2026, month, 28))
        found = Statement.objects.order_by("month").values_list("due_on", flat=True)
        assert [day.isoformat() for day in found] == due_on

    def test_expecting_again_changes_nothing(self):
        AllocationFactory()
        assert expect_statements(on=date(2026, 4, 30)) == 2
        assert expect_statements(on=date(2026, 4, 30)) == 0

    def test_nothing_is_expected_of_a_draft_clause(self):
        AllocationFactory(commitment=CommitmentFactory(clause=ClauseFactory(draft=True)))
        assert expect_statements(on=date(2026, 4, 30)) == 0


class TestProgress:
    def test_a_commitment_counts_what_the_ledger_says(self):
        entry = LedgerEntryFactory(counted=Decimal("100"))
        waiting = StatementFactory(
            commitment=entry.commitment, submitted=True, month=date(2026, 5, 1), service=entry.service
        )
        StatementLineFactory(
            statement=waiting,
            hours=Decimal("40"),
            worked_month=WorkedMonthFactory(
                placement=entry.placement, month=date(2026, 5, 1), hours=Decimal("40")
            ),
        )
        progress = progress_of([entry.commitment], on=date(2026, 6, 15))[entry.commitment.pk]
        assert (progress.due, progress.counted, progress.to_validate) == (2100, 100, 40)
        assert progress.expected == Decimal("592.31")

    def test_hours_are_foreseen_only_within_the_window(self):
        allocation = AllocationFactory(period=period(date(2026, 3, 2), date(2026, 8, 31)))
        commitment = allocation.commitment
        without = progress_of([commitment], on=date(2026, 6, 15))[commitment.pk]
        EligibilityDecisionFactory(participant=allocation.placement.participant, service=commitment.service)
        with_decision = progress_of([commitment], on=date(2026, 6, 15))[commitment.pk]
        # From 15 June to 31 August 2026: 56 weekdays, less 14 July; 7 hours each.
        assert (without.foreseen, with_decision.foreseen) == (0, Decimal("385.00"))

    def test_the_cost_does_not_grow_with_the_number_of_clauses(self, django_assert_max_num_queries):
        commitments = [AllocationFactory().commitment for _ in range(6)]
        clauses = [commitment.clause for commitment in commitments]
        with django_assert_max_num_queries(8):
            progress_of_clauses(clauses, on=date(2026, 6, 15))

    def test_an_empty_list_answers_nothing(self):
        assert progress_of([], on=date(2026, 6, 15)) == {}


class TestPolicyOfTheClause:
    """What one line counts for follows the clause's own policy."""

    def test_a_window_opened_on_another_clause_counts_when_the_clause_says_so(self):
        entry = LedgerEntryFactory()
        person, clause = entry.participant, entry.commitment.clause
        EligibilityDecisionFactory(
            participant=person, service=entry.service, decided_on=date(2025, 11, 3), valid_until=None
        )
        earlier = PlacementFactory(
            service=entry.service, participant=person, period=period(date(2025, 12, 1), date(2026, 1, 31))
        )
        other = CommitmentFactory(
            clause=ClauseFactory(lot__contract__service=entry.service, execution=earlier.period)
        )
        AllocationFactory(commitment=other, placement=earlier)

        def counted(**policy):
            type(clause).objects.filter(pk=clause.pk).update(**policy)
            lines = lines_of(Statement.objects.filter(pk=entry.line.statement_id))
            return verdicts(lines)[entry.line.pk].counted

        whole = counted(window_months=4)
        assert not whole.excluded
        # From 1 December, four months end on 1 April: April is after the window.
        cut = counted(window_months=4, window_scope="PERSON")
        assert (cut.counted, [part.reason for part in cut.excluded]) == (0, ["AFTER_WINDOW"])

    def test_hours_of_somebody_who_came_in_the_middle_of_a_month_were_all_worked_after(self):
        entry = LedgerEntryFactory()
        clause, placement = entry.commitment.clause, entry.placement
        came_on = date(2026, 4, 16)
        type(clause).objects.filter(pk=clause.pk).update(execution=period(came_on, date(2026, 12, 31)))

        def counted():
            statements = Statement.objects.filter(pk=entry.line.statement_id)
            (answer,) = verdicts(lines_of(statements)).values()
            return answer

        half = counted()
        assert [part.reason for part in half.counted.excluded] == ["OUTSIDE_EXECUTION"]
        placement.allocations.update(period=period(came_on, date(2026, 8, 31)))
        whole = counted()
        assert whole.counted.counted == entry.line.hours
        assert any("16 avril 2026" in step.value for step in whole.explanation)
