"""Many statements counted at once: as one by one, in a number of queries that does not follow theirs."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import (
    AllocationFactory,
    CommitmentFactory,
    EligibilityDecisionFactory,
    OrganisationFactory,
    StatementFactory,
    StatementLineFactory,
    WorkedMonthFactory,
    actor_for,
)
from uneplace.contracts.models import Clause
from uneplace.hours import actions
from uneplace.hours.bulk import validate_statements
from uneplace.hours.checks.told import anomalies_of, levels_in, still_told
from uneplace.hours.models import LedgerEntry, Statement
from uneplace.hours.validating import reading
from uneplace.journal.models import Entry
from uneplace.mails.models import Mail

pytestmark = pytest.mark.django_db

AT = datetime(2026, 5, 6, 9, 0, tzinfo=UTC)
APRIL = date(2026, 4, 1)


@pytest.fixture
def by():
    return actor_for(OrganisationFactory(service=True))


def sent(by, *hours, company=None):
    """A statement that waits, of one commitment of its own: what each person worked."""
    contract = {"clause__lot__contract__service": by.organisation, "clause__status": Clause.Status.VALIDATED}
    commitment = CommitmentFactory(**contract, **({"company": company} if company else {}))
    statement = StatementFactory(commitment=commitment, month=APRIL, submitted=True)
    for number in hours:
        placement = AllocationFactory(commitment=commitment).placement
        EligibilityDecisionFactory(participant=placement.participant, service=by.organisation)
        month = WorkedMonthFactory(placement=placement, month=APRIL, hours=Decimal(number))
        StatementLineFactory(statement=statement, worked_month=month, hours=Decimal(number))
    return statement


def validated(by, statements):
    """They are read, then validated together."""
    statements = list(Statement.objects.filter(pk__in=[one.pk for one in statements]).order_by("pk"))
    found = anomalies_of(statements, levels=levels_in(by.organisation), on=AT.date())
    read = {one.pk: reading(one, still_told(found[one.pk]), 0) for one in statements}
    return validate_statements(statements, read=read, by=by, at=AT)


def what_is_kept(statement):
    """What the ledger and the journal say of a statement, without what only one row can have."""
    entries = LedgerEntry.objects.filter(line__statement=statement).order_by("pk")
    acts = Entry.objects.filter(about_kind="statement", about_id=statement.pk)
    return (
        list(entries.values_list("declared", "counted", "excluded", "explanation", "entered_at")),
        list(acts.values_list("verb", "details", "at")),
        Statement.objects.values_list("status", "validated_at").get(pk=statement.pk),
        Clause.objects.get(commitments__statements=statement).status,
    )


def test_a_statement_counted_with_others_is_counted_as_alone(by):
    alone, *together = (sent(by, "140", "120.5") for _ in range(3))
    actions.validate_statement(alone, by=by, at=AT)

    outcomes = validated(by, together)

    assert [one.counted for one in outcomes] == [Decimal("260.50")] * 2
    expected = what_is_kept(alone)
    assert expected[1:] == (
        [("statement.validated", {"counted": "260.50"}, AT)],
        (Statement.Status.VALIDATED, AT),
        Clause.Status.RUNNING,
    )
    assert [what_is_kept(one) for one in together] == [expected, expected]


def test_the_number_of_queries_does_not_follow_that_of_statements(by):
    numbers = []
    for many in (2, 5):
        statements = [sent(by, "140", "100") for _ in range(many)]
        with CaptureQueriesContext(connection) as queries:
            assert all(one.is_validated for one in validated(by, statements))
        numbers.append(len(queries))
    assert numbers[0] == numbers[1]


def test_each_declarant_is_told_of_each_of_its_statements(by):
    company = OrganisationFactory(company=True, email="heures@batiment.example")
    other = OrganisationFactory(company=True, email="paie@couverture.example")
    validated(by, [sent(by, "140", company=one) for one in (company, company, other)])
    told = (
        Mail.objects.filter(subject__contains="est validé").order_by("pk").values_list("address", flat=True)
    )
    assert sorted(told) == ["heures@batiment.example", "heures@batiment.example", "paie@couverture.example"]


def test_a_clause_that_was_closed_keeps_its_statement_and_no_other(by):
    first, second = sent(by, "140"), sent(by, "130")
    Clause.objects.filter(commitments=first.commitment).update(status=Clause.Status.CLOSED)
    closed, counted = validated(by, [first, second])
    assert closed.reasons == (actions.CLAUSE_CLOSED,)
    assert counted.counted == Decimal("130.00")
    assert not LedgerEntry.objects.filter(line__statement=first).exists()
    assert Statement.objects.get(pk=first.pk).status == Statement.Status.SUBMITTED


def test_what_is_already_validated_is_never_counted_twice(by):
    statement = sent(by, "140")
    assert [one.is_validated for one in validated(by, [statement])] == [True]
    assert [one.is_validated for one in validated(by, [statement])] == [False]
    assert LedgerEntry.objects.count() == 1
