"""A validated month opened again: what it counted is taken back, and entered anew when it is validated."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from tests.factories import AllocationFactory, EligibilityDecisionFactory, actor_for
from tests.hours.test_checks import line_of
from tests.plugin.mailbox import text_of
from uneplace.contracts.models import Clause
from uneplace.hours import actions
from uneplace.hours.actions import Declared
from uneplace.hours.models import LedgerEntry, Statement, StatementLine
from uneplace.hours.queries import progress_of
from uneplace.hours.recount import differences
from uneplace.hours.reopening import reopen_statement
from uneplace.hours.totals import counted_total, totals_by_placement
from uneplace.journal.models import Entry
from uneplace.kit.refused import Refused

pytestmark = pytest.mark.django_db

AT = datetime(2026, 5, 6, 9, 0, tzinfo=UTC)
LATER = datetime(2026, 5, 12, 9, 0, tzinfo=UTC)
WHY = "Deux jours sont déclarés deux fois."


@pytest.fixture
def line():
    """147 h of April, validated."""
    line = line_of("147")
    actions.validate_statement(line.statement, by=actor_for(line.service), at=AT)
    return line


@pytest.fixture
def by(line):
    return actor_for(line.service)


def entries():
    return [(one.declared, one.counted, one.reason) for one in LedgerEntry.objects.order_by("pk")]


def reopen(line, by, reason=WHY):
    return reopen_statement(line.statement, reason=reason, by=by, at=LATER)


def correct(line, by, hours):
    """Sent back, declared otherwise, sent again."""
    statement = line.statement
    actions.return_statement(statement, reason="À corriger.", by=by, at=LATER)
    declared = Declared(line.worked_month.placement, Decimal(hours))
    company = actor_for(statement.declarant)
    actions.submit_statement(
        statement, [declared], version=statement.version, comment="", by=company, at=LATER
    )


def test_what_it_counted_is_taken_back_and_it_waits_for_control(line, by):
    reopen(line, by)
    assert entries() == [(147, 147, ""), (-147, -147, WHY)]
    assert line.statement.status == Statement.Status.SUBMITTED
    assert (line.statement.validated_at, line.statement.validated_by) == (None, None)
    commitment = line.statement.commitment
    progress = progress_of([commitment], on=LATER.date())[commitment.pk]
    assert (progress.counted, progress.to_validate) == (0, 147)


def test_the_act_is_journaled_without_its_reason_and_the_company_reads_why(line, by, mailbox, run_jobs):
    company = actor_for(line.statement.declarant)
    reopen(line, by)
    run_jobs()
    entry = Entry.objects.get(verb="statement.reopened")
    assert entry.details["counted"] == "-147.00"
    assert WHY not in str(entry.details)
    told = [mail for mail in mailbox.to(company.user.email) if "rouvert" in mail["subject"]]
    assert len(told) == 1
    assert WHY in text_of(told[0])


def test_validated_anew_as_it_was_it_counts_the_same(line, by):
    reopen(line, by)
    actions.validate_statement(line.statement, by=by, at=LATER)
    assert [one[:2] for one in entries()] == [(147, 147), (-147, -147), (147, 147)]
    last = LedgerEntry.objects.latest("pk")
    assert last.corrects.counted == -147
    assert last.explanation


def test_corrected_then_validated_anew_only_the_new_hours_stand(line, by):
    reopen(line, by)
    correct(line, by, "133")
    actions.validate_statement(line.statement, by=by, at=LATER)
    assert [one[:2] for one in entries()] == [(147, 147), (-147, -147), (133, 133)]
    total = counted_total(LedgerEntry.objects.all())
    assert (total.months, total.declared, total.counted, total.corrected) == (1, 133, 133, 0)
    assert differences([line.statement.commitment.clause]) == []


def test_opened_again_twice_each_time_comes_back_to_nothing(line, by):
    for hours in ("133", "126"):
        reopen(line, by)
        assert sum(one[1] for one in entries()) == 0
        correct(line, by, hours)
        actions.validate_statement(line.statement, by=by, at=LATER)
    assert sum(one[1] for one in entries()) == 126
    assert counted_total(LedgerEntry.objects.all()).declared == 126


def test_what_did_not_count_is_taken_back_with_the_rest():
    line = line_of("147", decided=False)
    by = actor_for(line.service)
    actions.validate_statement(line.statement, by=by, at=AT)
    assert entries() == [(147, 0, "")]
    reopen(line, by)
    total = counted_total(LedgerEntry.objects.filter(line=line))
    assert (total.months, total.declared, total.excluded, total.counted) == (0, 0, {}, 0)
    EligibilityDecisionFactory(participant=line.worked_month.placement.participant, service=line.service)
    actions.validate_statement(line.statement, by=by, at=LATER)
    [total] = totals_by_placement(
        [line.worked_month.placement_id], commitments=[line.statement.commitment_id]
    ).values()
    assert (total.months, total.declared, total.excluded, total.counted) == (1, 147, {}, 147)


def test_somebody_left_out_of_the_corrected_month_stays_with_no_hours(line, by):
    reopen(line, by)
    actions.return_statement(line.statement, reason="À corriger.", by=by, at=LATER)
    other = AllocationFactory(commitment=line.statement.commitment).placement
    company = actor_for(line.statement.declarant)
    actions.keep_statement(
        line.statement,
        [Declared(other, Decimal(70))],
        version=line.statement.version,
        comment="",
        by=company,
        at=LATER,
    )
    assert dict(StatementLine.objects.values_list("worked_month__placement", "hours")) == {
        line.worked_month.placement_id: 0,
        other.pk: 70,
    }


def test_the_database_keeps_a_validated_month_whose_hours_still_count(line):
    with pytest.raises(IntegrityError), transaction.atomic():
        Statement.objects.update(status="SUBMITTED", validated_at=None, validated_by=None)


@pytest.mark.parametrize("reason", ["", "   "])
def test_a_reason_is_needed(line, by, reason):
    with pytest.raises(Refused) as refusal:
        reopen(line, by, reason)
    assert refusal.value.reasons == ("Écrivez pourquoi ce mois est rouvert.",)
    assert len(entries()) == 1


def test_the_months_of_a_closed_clause_stay_validated(line, by):
    Clause.objects.update(status=Clause.Status.CLOSED)
    line.statement.commitment.clause.refresh_from_db()
    with pytest.raises(Refused) as refusal:
        reopen(line, by)
    assert "La clause est close" in refusal.value.reasons[0]


def test_a_clause_closed_while_one_reads_keeps_its_months(line, by):
    Clause.objects.update(status=Clause.Status.CLOSED)
    with pytest.raises(Refused):
        reopen(line, by)
    assert len(entries()) == 1


def test_of_two_people_at_once_one_opens_it_and_it_is_taken_back_once(line, by):
    late = Statement.objects.select_related("commitment__clause").get(pk=line.statement_id)
    reopen(line, by)
    with pytest.raises(Refused) as refusal:
        reopen_statement(late, reason=WHY, by=by, at=LATER)
    assert refusal.value.reasons == ("Quelqu’un d’autre vient de traiter ce relevé.",)
    assert len(entries()) == 2


def test_what_waits_for_control_is_not_opened(by):
    waiting = line_of("147")
    with pytest.raises(Refused):
        reopen(waiting, actor_for(waiting.service))
