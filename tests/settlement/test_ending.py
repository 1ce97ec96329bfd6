"""The end of an execution: the service reads the figures of the day, and notes what they say."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from tests.factories import CommitmentFactory, PenaltyCaseFactory, StatementFactory, actor_for
from uneplace.contracts.models import Clause
from uneplace.journal.models import Entry
from uneplace.kit.refused import Refused
from uneplace.settlement import actions
from uneplace.settlement.closing import close_clause
from uneplace.settlement.ending import (
    CHANGED,
    ends_to_note,
    note_end,
    outcome_of,
    take_back_end,
    why_not_note_end,
)
from uneplace.settlement.standing import standing_on, why_not_threaten
from uneplace.web.contracts.turns import turns_of
from uneplace.web.home.agenda import nav_counts
from uneplace.web.settlement.todos import work_items

from .test_relieved import count, do_action, grant, of_actions, running

pytestmark = pytest.mark.django_db

AT = datetime(2027, 1, 4, 9, 0, tzinfo=UTC)
ON = date(2027, 1, 4)  # the execution ended on 31 December
DURING = datetime(2026, 7, 3, 9, 0, tzinfo=UTC)


def note(commitment, shown, at=AT):
    clause = Clause.objects.get(pk=commitment.clause_id)
    outcome = note_end(clause, shown=shown, by=actor_for(commitment.service), at=at)
    return clause.status, outcome


def reasons(commitment, on=ON):
    clause = Clause.objects.get(pk=commitment.clause_id)
    return why_not_note_end(clause, outcome_of(clause, on=on), on=on)


@pytest.mark.parametrize(
    ("facts", "status"),
    [
        pytest.param({"counted": 1000}, "MET", id="tout est compté"),
        pytest.param({"counted": 400, "relief": 600}, "MET", id="le reste est exonéré"),
        pytest.param({"counted": 400, "relief": 599}, "NOT_MET", id="il manque une heure"),
        pytest.param({}, "NOT_MET", id="rien"),
    ],
)
def test_the_figures_say_whether_hours_are_met_and_the_journal_keeps_them(facts, status):
    noted, outcome = note(running(**facts), status)
    assert noted == status
    entry = Entry.objects.get(verb="clause.end_noted")
    assert entry.details["status"] == status
    assert Decimal(entry.details["missing"]) == outcome.missing


def test_a_clause_of_actions_is_met_once_they_are_done():
    commitment = of_actions(1)
    assert note(commitment, "NOT_MET")[0] == "NOT_MET"
    do_action(commitment)
    assert note(commitment, "MET")[0] == "MET"


def test_hours_missing_are_not_noted_before_the_end_and_hours_met_are():
    behind, done = running(counted=400), running(counted=1000)
    assert "va jusqu’au 31 décembre 2026" in reasons(behind, on=DURING.date())[0]
    with pytest.raises(Refused):
        note(behind, "NOT_MET", at=DURING)
    assert note(done, "MET", at=DURING)[0] == "MET"


def test_what_was_received_is_handled_first():
    commitment = running(counted=400)
    StatementFactory(commitment=commitment, submitted=True)
    assert "1\u00a0relevé reçu attend votre contrôle" in reasons(commitment)[0]
    with pytest.raises(Refused):
        note(commitment, "NOT_MET")


def test_figures_that_changed_since_they_were_read_are_read_again():
    commitment = running(counted=400)
    count(commitment, 600, month=5)
    with pytest.raises(Refused, match=CHANGED):
        note(commitment, "NOT_MET")
    assert not Entry.objects.filter(verb="clause.end_noted").exists()


def test_late_hours_validated_since_make_it_met():
    commitment = running(counted=400)
    note(commitment, "NOT_MET")
    assert "déjà constaté" in reasons(commitment)[0]
    count(commitment, 600, month=5)
    assert reasons(commitment) == []
    assert note(commitment, "MET")[0] == "MET"


def test_nothing_is_claimed_once_it_is_met_and_missing_hours_still_are_when_it_is_not():
    met, not_met = running(counted=400, relief=600), running(counted=400)
    note(met, "MET")
    note(not_met, "NOT_MET")
    assert "Heures atteintes" in why_not_threaten(standing_on(met.pk, on=ON))[0]
    assert why_not_threaten(standing_on(not_met.pk, on=ON)) == []
    not_met.clause.refresh_from_db()
    actions.open_case(not_met, by=actor_for(not_met.service), at=AT)


def test_an_open_case_stops_by_itself_once_it_is_met():
    commitment = running(counted=400, relief=600)
    case = PenaltyCaseFactory(commitment=commitment)
    note(commitment, "MET")
    assert actions.stop_cases_put_right(by=actor_for(commitment.service), at=AT) == 1
    case.refresh_from_db()
    assert case.status == "CLOSED"


def test_it_goes_back_under_way_with_a_reason_and_never_once_closed():
    commitment = running(counted=400)
    by = actor_for(commitment.service)
    note(commitment, "NOT_MET")
    clause = Clause.objects.get(pk=commitment.clause_id)
    with pytest.raises(Refused, match="pourquoi"):
        take_back_end(clause, reason=" ", by=by, at=AT)
    take_back_end(clause, reason="Un avenant prolonge le marché.", by=by, at=AT)
    assert clause.status == "RUNNING"
    assert Entry.objects.get(verb="clause.end_taken_back").reason == "Un avenant prolonge le marché."
    with pytest.raises(Refused, match="pas constatée"):
        take_back_end(clause, reason="Encore.", by=by, at=AT)
    close_clause(clause, reason="Fini.", by=by, at=AT)
    with pytest.raises(Refused, match="on ne la rouvre pas"):
        take_back_end(clause, reason="Encore.", by=by, at=AT)
    with pytest.raises(Refused, match="Close"):
        note(commitment, "NOT_MET")


@pytest.mark.parametrize("status", ["DRAFT", "SUSPENDED", "CLOSED"])
def test_its_end_is_noted_of_no_clause_that_is(status):
    commitment = running(counted=400)
    Clause.objects.filter(pk=commitment.clause_id).update(status=status)
    assert reasons(commitment)


class TestWeek:
    """« Ma semaine » proposes what is over and handled, and what late hours have since made right."""

    def proposed(self, on=ON):
        return {one.pk for one in ends_to_note(Clause.objects.all(), on=on)}

    def test_it_proposes_the_executions_that_are_over_and_whose_statements_are_handled(self):
        over, waiting = running(counted=400), running()
        StatementFactory(commitment=waiting, submitted=True)
        assert self.proposed() == {over.clause_id}
        assert self.proposed(on=date(2026, 12, 31)) == set()
        note(over, "NOT_MET")
        assert self.proposed() == set()

    def test_it_waits_for_the_statements_that_may_still_come_in_time(self):
        commitment = running(counted=400)
        StatementFactory(commitment=commitment, month=date(2026, 12, 1), due_on=date(2027, 1, 5))
        assert self.proposed() == set()
        assert self.proposed(on=date(2027, 1, 6)) == {commitment.clause_id}

    @pytest.mark.parametrize("then", [count, grant])
    def test_it_proposes_again_what_late_hours_or_relief_made_right(self, then):
        commitment = running(counted=400)
        note(commitment, "NOT_MET")
        then(commitment, 599) if then is grant else then(commitment, 599, month=5)
        assert self.proposed() == set()
        then(commitment, 1) if then is grant else then(commitment, 1, month=6)
        assert self.proposed() == {commitment.clause_id}

    def test_it_proposes_again_what_another_company_did(self):
        commitment = running(counted=400)
        note(commitment, "NOT_MET")
        other = CommitmentFactory(clause=commitment.clause, hours_due=0, share=0, role="COTRAITANT")
        count(other, 600, month=5)
        assert self.proposed() == {commitment.clause_id}

    def test_the_service_reads_one_line_and_the_menu_counts_it(self):
        commitment = running(counted=400)
        facilitator, company = actor_for(commitment.service), actor_for(commitment.company)
        [line] = work_items(facilitator, on=ON)
        assert (line.verb, line.url) == ("Constater la fin", f"/clauses/{commitment.clause_id}/fin/")
        assert nav_counts(facilitator, on=ON)["settlement"] == 1
        assert work_items(company, on=ON) == []

    def test_the_clause_says_whose_turn_it_is(self):
        commitment = running()
        clause = Clause.objects.select_related("service").get(pk=commitment.clause_id)
        service, company = actor_for(commitment.service), actor_for(commitment.company)
        for actor, words in (
            (service, "C’est à vous\u00a0: constater la fin"),
            (company, f"{commitment.service}\u00a0: constater la fin"),
        ):
            turn = turns_of([clause], actor, on=ON, at=AT)[clause.pk]
            assert words in turn.title
