"""Counting again what was validated: shown first, confirmed with a reason, entered as signed corrections."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import (
    CommitmentFactory,
    EligibilityDecisionFactory,
    LedgerEntryFactory,
    StatementFactory,
    StatementLineFactory,
    WorkedMonthFactory,
    actor_for,
)
from uneplace.contracts.actions import Act, amend_policy
from uneplace.contracts.models import Clause
from uneplace.contracts.policy import PolicyTerms, values_of
from uneplace.contracts.policy_history import acts_of, policies_of, terms_on
from uneplace.hours.actions import validate_statement
from uneplace.hours.models import LedgerEntry, RecountNotice
from uneplace.hours.queries import hours_by_person, progress_of, progress_of_clauses
from uneplace.hours.recount import (
    CHANGED_SINCE,
    NO_LINE,
    NO_REASON,
    clauses_counting,
    differences,
    digest,
    note_all_recounts,
    recount,
)
from uneplace.hours.totals import counted_total, totals_by_placement
from uneplace.journal.models import Entry
from uneplace.kit.periods import last_day
from uneplace.kit.refused import Refused
from uneplace.people.models import EligibilityDecision
from uneplace.reports.queries import scope_of, yearly_totals

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 6, 15, 9, 0, tzinfo=UTC)
TODAY = date(2026, 6, 15)
APRIL = Decimal("151.67")
LEFT = Decimal("7.22")  # one of the 21 working days of April 2026: a month from 2 March ends on 2 April


@pytest.fixture
def entry():
    """April of one person, counted whole."""
    return LedgerEntryFactory()


@pytest.fixture
def clause(entry):
    return entry.commitment.clause


@pytest.fixture
def facilitator(clause):
    return actor_for(clause.service)


def amend(clause, **columns):
    """The clause as an amendment has left it."""
    Clause.objects.filter(pk=clause.pk).update(**columns)


def confirm(clause, by, *, shown=None, lines=None, reason="Avenant n° 2"):
    found = differences([clause])
    return recount(
        clause,
        shown=digest(found) if shown is None else shown,
        lines=[one.line.pk for one in found] if lines is None else lines,
        reason=reason,
        by=by,
        at=NOW,
    )


def test_what_counts_as_it_was_counted_differs_in_nothing(clause):
    assert differences([clause]) == []


def test_a_shorter_window_shows_what_each_line_would_count(entry, clause):
    amend(clause, window_months=1)
    (one,) = differences([clause])
    assert (one.line, one.before, one.after, one.gap) == (entry.line, APRIL, LEFT, Decimal("-144.45"))
    assert LedgerEntry.objects.count() == 1


def test_confirming_enters_a_signed_correction_with_its_reason(entry, clause, facilitator):
    amend(clause, window_months=1)
    (correction,) = confirm(clause, facilitator)
    assert (correction.counted, correction.declared, correction.corrects) == (Decimal("-144.45"), 0, entry)
    assert (correction.reason, correction.entered_by) == ("Avenant n° 2", facilitator.user)
    assert correction.explanation[-1]["value"].replace("\u00a0", " ") == "7,22 h"
    act = Entry.objects.get(verb="clause.recounted")
    assert (act.details["lines"], act.details["hours"]) == (1, "-144.45")


def test_every_figure_follows_the_ledger(entry, clause, facilitator):
    amend(clause, window_months=1)
    confirm(clause, facilitator)
    assert progress_of([entry.commitment], on=TODAY)[entry.commitment_id].counted == LEFT
    assert progress_of_clauses([clause], on=TODAY)[clause.pk].counted == LEFT
    pair = (entry.placement_id, entry.commitment_id)
    assert totals_by_placement([pair[0]], commitments=[pair[1]])[pair].counted == LEFT
    assert hours_by_person([entry.participant_id], service=entry.service) == {entry.participant_id: LEFT}
    total = counted_total(LedgerEntry.objects.filter(commitment=entry.commitment))
    assert (total.declared, total.corrected, total.counted) == (APRIL, Decimal("-144.45"), LEFT)
    totals = yearly_totals(scope_of(entry.service), 2026)
    assert (totals.hours, totals.declared) == (LEFT, APRIL)


def test_confirming_twice_corrects_once(clause, facilitator):
    amend(clause, window_months=1)
    shown = digest(differences([clause]))
    confirm(clause, facilitator, shown=shown)
    assert confirm(clause, facilitator, shown=shown) == []
    assert LedgerEntry.objects.count() == 2


def test_a_line_is_corrected_again_when_the_rule_goes_back(clause, facilitator):
    amend(clause, window_months=1)
    (first,) = confirm(clause, facilitator)
    amend(clause, window_months=24)
    (second,) = confirm(clause, facilitator)
    assert (second.counted, second.corrects) == (Decimal("144.45"), first)
    assert sum(one.counted for one in LedgerEntry.objects.all()) == APRIL


def test_what_changed_since_it_was_shown_is_refused(clause, facilitator):
    amend(clause, window_months=1)
    shown = digest(differences([clause]))
    amend(clause, window_months=None, late_decision_days=0, accepted_modalities=["SOUS_TRAITANCE"])
    with pytest.raises(Refused) as refusal:
        confirm(clause, facilitator, shown=shown)
    assert refusal.value.reasons == (CHANGED_SINCE,)
    assert LedgerEntry.objects.count() == 1


def test_a_reason_is_needed(clause, facilitator):
    amend(clause, window_months=1)
    with pytest.raises(Refused) as refusal:
        confirm(clause, facilitator, reason="  ")
    assert refusal.value.reasons == (NO_REASON,)


def test_only_the_lines_chosen_are_corrected_and_the_others_are_still_noted(entry, clause, facilitator):
    other = LedgerEntryFactory(line__statement=entry.line.statement)
    amend(clause, window_months=1)
    (correction,) = confirm(clause, facilitator, lines=[other.line_id])
    assert correction.line == other.line
    assert [one.line for one in differences([clause])] == [entry.line]
    assert RecountNotice.objects.get().lines == 1


def test_a_line_at_least_is_chosen(clause, facilitator):
    amend(clause, window_months=1)
    with pytest.raises(Refused) as refusal:
        confirm(clause, facilitator, lines=[])
    assert refusal.value.reasons == (NO_LINE,)


def by_an_act(clause, by, *, applies_on, **terms):
    """An amendment of what counts, with the months from which it applies."""
    clause.refresh_from_db()
    amend_policy(
        clause,
        policy=PolicyTerms(**values_of(clause) | terms),
        ends_on=last_day(clause.execution),
        act=Act(reference="Avenant n° 2", signed_on=applies_on, applies_on=applies_on, reason="Douze mois."),
        revision=clause.revision,
        by=by,
        at=NOW,
    )


def test_an_act_leaves_the_months_before_it_as_they_are(entry, clause, facilitator):
    by_an_act(clause, facilitator, applies_on=date(2026, 4, 2), window_months=1)
    assert differences([clause]) == []


def test_an_act_that_applies_on_the_first_of_a_month_changes_that_month(entry, clause, facilitator):
    by_an_act(clause, facilitator, applies_on=date(2026, 4, 1), window_months=1)
    (one,) = differences([clause])
    assert one.after == LEFT


def test_a_month_declared_late_counts_with_the_terms_that_it_had(entry, clause, facilitator):
    by_an_act(clause, facilitator, applies_on=date(2026, 6, 1), training="NOT_COUNTED")
    late = StatementFactory(commitment=entry.commitment, submitted=True, month=date(2026, 5, 1))
    month = WorkedMonthFactory(
        placement=entry.placement, month=late.month, hours=Decimal(140), training_hours=Decimal(21)
    )
    StatementLineFactory(statement=late, worked_month=month, hours=Decimal(140), training_hours=Decimal(21))
    (counted,) = validate_statement(late, by=facilitator, at=NOW)
    assert counted.counted == 140
    assert "garde les règles d’avant" in counted.explanation[0]["text"]


def test_of_two_acts_the_last_recorded_holds_from_its_own_day(entry, clause, facilitator):
    by_an_act(clause, facilitator, applies_on=date(2026, 6, 1), window_months=12)
    by_an_act(clause, facilitator, applies_on=date(2026, 5, 1), window_months=6)
    months = [date(2026, month, 1) for month in (4, 5, 6)]
    clause.refresh_from_db()
    found = policies_of([(clause, month) for month in months])
    assert [found[clause.pk, month].policy.window_months for month in months] == [24, 6, 6]


def test_what_the_terms_were_is_read_as_it_was(clause, facilitator):
    amend(clause, training="CAPPED", training_cap_share=Decimal("0.25"), accepted_grounds=["RSA"])
    by_an_act(
        clause,
        facilitator,
        applies_on=date(2026, 6, 1),
        training="COUNTED",
        training_cap_share=None,
        accepted_grounds=None,
        penalty_rate=Decimal("62.50"),
    )
    clause.refresh_from_db()
    before = terms_on(clause, acts_of([clause])[clause.pk], on=date(2026, 5, 1))
    assert (before.training_cap_share, before.accepted_grounds) == (Decimal("0.25"), ["RSA"])
    assert before.penalty_rate != clause.penalty_rate == Decimal("62.50")
    assert terms_on(clause, acts_of([clause])[clause.pk], on=date(2026, 6, 1)) == PolicyTerms(
        **values_of(clause)
    )


@pytest.mark.parametrize(("status", "word"), [("CLOSED", "close"), ("DRAFT", "brouillon")])
def test_a_closed_clause_and_a_draft_are_not_counted_again(clause, facilitator, status, word):
    amend(clause, window_months=1)
    shown = digest(differences([clause]))
    amend(clause, status=status)
    with pytest.raises(Refused) as refusal:
        confirm(clause, facilitator, shown=shown)
    assert word in refusal.value.reasons[0]


def test_a_decision_withdrawn_takes_its_hours_back_from_it(entry, clause, facilitator):
    EligibilityDecision.objects.filter(pk=entry.decision_id).update(revoked_on=date(2026, 3, 1))
    (correction,) = confirm(clause, facilitator, reason="Décision retirée")
    assert (correction.counted, correction.decision_id) == (-APRIL, entry.decision_id)
    assert correction.excluded == [{"reason": "NO_DECISION", "hours": "151.67"}]


def test_a_late_decision_carries_the_hours_that_it_adds(clause, facilitator):
    late = LedgerEntryFactory(
        line__statement=StatementFactory(
            commitment=CommitmentFactory(clause__late_decision_days=60), validated=True
        ),
        decision=None,
        counted=0,
        excluded=[{"reason": "NO_DECISION", "hours": "151.67"}],
    )
    decision = EligibilityDecisionFactory(
        participant=late.participant, service=late.service, decided_on=date(2026, 4, 10)
    )
    its = late.commitment.clause
    assert clauses_counting(late.participant) == [its]
    (correction,) = confirm(its, actor_for(late.service), reason="Décision tardive")
    assert (correction.counted, correction.decision) == (APRIL, decision)


def test_hours_move_from_one_decision_to_the_other(entry, clause, facilitator):
    other = EligibilityDecisionFactory(
        participant=entry.participant, service=entry.service, decided_on=date(2026, 2, 20)
    )
    amend(clause, window_months=1)
    taken, given = confirm(clause, facilitator)
    assert (taken.decision_id, taken.counted) == (entry.decision_id, -APRIL)
    assert (given.decision_id, given.counted) == (other.pk, LEFT)


def test_no_explanation_tells_a_ground(clause, facilitator):
    amend(clause, window_months=1)
    (correction,) = confirm(clause, facilitator)
    assert "RSA" not in str(correction.explanation)


def test_the_cost_does_not_grow_with_the_lines(entry, clause, django_assert_num_queries):
    amend(clause, window_months=1)
    with CaptureQueriesContext(connection) as one:
        assert len(differences([clause])) == 1
    for _ in range(5):
        LedgerEntryFactory(line__statement=entry.line.statement)
    with django_assert_num_queries(len(one)):
        assert len(differences([clause])) == 6


def test_each_night_the_clauses_to_look_at_are_noted(entry, clause, facilitator):
    assert note_all_recounts(at=NOW) == 0
    amend(clause, window_months=1)
    assert note_all_recounts(at=NOW) == 1
    notice = RecountNotice.objects.get()
    assert (notice.clause, notice.lines, notice.hours) == (clause, 1, Decimal("-144.45"))
    confirm(clause, facilitator)
    assert not RecountNotice.objects.exists()
    assert note_all_recounts(at=NOW) == 0


def test_what_is_not_validated_yet_is_not_counted_again(clause):
    waiting = StatementFactory(commitment=clause.commitments.get(), submitted=True, month=date(2026, 5, 1))
    StatementLineFactory(statement=waiting)
    amend(clause, window_months=1)
    assert len(differences([clause])) == 1
