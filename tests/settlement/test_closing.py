"""A clause is closed once nothing on it awaits the service; then no hour is declared on it."""

from decimal import Decimal

import pytest

from tests.factories import AllocationFactory, ClauseFactory, PenaltyCaseFactory, StatementFactory
from uneplace.hours import actions as hours_actions
from uneplace.hours.actions import Declared
from uneplace.hours.models import Statement
from uneplace.journal.models import Entry
from uneplace.kit.refused import Refused
from uneplace.settlement.closing import close_clause, why_not_close_clause

from .conftest import AT, TODAY


@pytest.fixture
def clause(commitment):
    return commitment.clause


def close(clause, facilitator):
    close_clause(clause, reason="Le marché est fini.", by=facilitator, at=AT)


def test_it_is_closed_for_a_reason_that_the_journal_keeps(clause, facilitator):
    close(clause, facilitator)
    assert clause.status == "CLOSED"
    assert Entry.objects.get(verb="clause.closed").reason == "Le marché est fini."


@pytest.mark.parametrize("status", ["EXPECTED", "DRAFT"])
def test_no_hour_is_declared_on_a_closed_clause(commitment, facilitator, company, status):
    statement = StatementFactory(commitment=commitment, status=status)
    placement = AllocationFactory(commitment=commitment).placement
    close(commitment.clause, facilitator)
    entry = Declared(placement, Decimal(10))
    for act in (hours_actions.keep_statement, hours_actions.submit_statement):
        with pytest.raises(Refused, match="La clause est close"):
            act(statement, [entry], version=0, comment="", by=company, at=AT)
    assert hours_actions.why_not_declare(statement, on=TODAY) == [hours_actions.CLAUSE_CLOSED]
    assert not Statement.objects.awaited_from_declarant().exists()


def test_what_awaits_the_service_comes_first(commitment, facilitator):
    StatementFactory(commitment=commitment, submitted=True)
    PenaltyCaseFactory(commitment=commitment)
    reasons = why_not_close_clause(commitment.clause)
    assert [reason.split("\u00a0:")[0] for reason in reasons] == [
        "1\u00a0relevé reçu attend votre contrôle",
        "Un dossier de pénalité est encore ouvert",
    ]
    with pytest.raises(Refused):
        close(commitment.clause, facilitator)


def test_a_draft_and_a_closed_clause_are_not_closed(clause, facilitator):
    assert "brouillon" in why_not_close_clause(ClauseFactory(draft=True))[0]
    close(clause, facilitator)
    with pytest.raises(Refused, match="déjà close"):
        close(clause, facilitator)


def test_it_is_not_closed_without_a_reason(clause, facilitator):
    with pytest.raises(Refused, match="pourquoi"):
        close_clause(clause, reason=" ", by=facilitator, at=AT)
