"""What a clause owes once its validated hours are counted again."""

from datetime import date
from decimal import Decimal

import pytest

from tests.factories import (
    NOON,
    ClauseFactory,
    CommitmentFactory,
    LedgerEntryFactory,
    MembershipFactory,
    StatementFactory,
    actor_for,
)
from tests.plugin.mailbox import text_of
from uneplace.contracts.models import Clause
from uneplace.hours.recount import differences, digest
from uneplace.journal.queries import entries_about
from uneplace.rules import french
from uneplace.settlement.changing import change_duty
from uneplace.settlement.recounting import recount_clause
from uneplace.settlement.resizing import duty_of

APRIL = Decimal("151.67")
LEFT = Decimal("7.22")  # one of the 21 working days of April 2026: a month from 2 March ends on 2 April


@pytest.fixture
def clause(db):
    """2 100 h due, April of one person validated."""
    clause = ClauseFactory(hours=Decimal(2100))
    commitment = CommitmentFactory(clause=clause, share=Decimal(1), hours_due=Decimal(2100))
    LedgerEntryFactory(line__statement__commitment=commitment)
    return clause


@pytest.fixture
def facilitator(clause):
    return actor_for(clause.service)


def fall(clause, by):
    """An act asks for 10 h: the hours validated are kept."""
    change_duty(
        clause,
        kind="REDUCTION",
        on=NOON.date(),
        act="Avenant n° 1",
        inputs={"hours": "10"},
        revision=clause.revision,
        by=by,
        at=NOON,
    )
    clause.refresh_from_db()


def recounted(clause, by, **columns):
    """The clause as an amendment left it, counted again."""
    Clause.objects.filter(pk=clause.pk).update(**columns)
    clause.refresh_from_db()
    found = differences([clause])
    lines = [one.line.pk for one in found]
    recount_clause(clause, shown=digest(found), lines=lines, reason="Avenant n° 2", by=by, at=NOON)
    clause.refresh_from_db()


def test_hours_that_a_recount_takes_back_are_kept_no_more(clause, facilitator):
    fall(clause, facilitator)
    assert clause.hours_due == APRIL
    recounted(clause, facilitator, window_months=1)
    assert (clause.hours_due, clause.commitments.get().hours_due) == (Decimal(10), Decimal(10))
    assert entries_about(clause).first().verb == "clause.resized"


def test_hours_still_validated_are_still_kept(clause, facilitator):
    march = StatementFactory(commitment=clause.commitments.get(), month=date(2026, 3, 1), validated=True)
    LedgerEntryFactory(line__statement=march)
    fall(clause, facilitator)
    assert clause.hours_due == APRIL * 2
    recounted(clause, facilitator, window_months=1)
    assert clause.hours_due == APRIL + LEFT


def test_what_is_owed_without_any_fall_stays(clause, facilitator):
    recounted(clause, facilitator, window_months=1)
    assert clause.hours_due == Decimal(2100)


def test_hours_added_by_a_recount_make_nothing_more_due(clause, facilitator):
    recounted(clause, facilitator, window_months=1)
    fall(clause, facilitator)
    assert clause.hours_due == Decimal(10)
    recounted(clause, facilitator, window_months=24)
    assert clause.hours_due == Decimal(10)


def test_the_account_of_each_part_ends_on_its_hours(clause, facilitator):
    fall(clause, facilitator)
    (part,) = duty_of(clause, on=NOON.date()).parts
    assert part.explanation[-1].value == french.hours(part.hours)


@pytest.mark.django_db(transaction=True)
def test_companies_are_told_that_they_owe_less(mailbox, clause, facilitator):
    user = MembershipFactory(organisation=clause.commitments.get().company).user
    fall(clause, facilitator)
    recounted(clause, facilitator, window_months=1)
    _, last = mailbox.to(user.email)
    assert "Heures recomptées, Avenant n° 2" in text_of(last)
    assert "désormais de 10\u00a0h" in text_of(last)
