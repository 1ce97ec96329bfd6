"""Whoever steals the application's account and writes SQL by hand is refused by PostgreSQL itself.

And every table whose rows belong to a service holds them to it: a new table without that guard fails here.
"""

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from tests.factories import (
    AllocationFactory,
    ApplicationFactory,
    CommitmentFactory,
    EligibilityDecisionFactory,
    LedgerEntryFactory,
    LotFactory,
    OrganisationFactory,
    ParticipantFactory,
    PenaltyCaseFactory,
    StatementFactory,
    StatementLineFactory,
    actor_for,
)
from uneplace.journal.actions import record
from uneplace.organisations.models import OwnedByService

from .illegal import ILLEGAL

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene():
    """A service in the middle of its year, by the ids of its things; and another service's things."""
    commitment = CommitmentFactory()
    service = commitment.service
    received = StatementFactory(commitment=commitment, submitted=True)
    line = StatementLineFactory(statement=received)
    entry = LedgerEntryFactory(
        line__statement__commitment=CommitmentFactory(clause__lot__contract__service=service)
    )
    person = ParticipantFactory(service=service)
    application = ApplicationFactory(job_sheet__commitment=commitment, participant=person)
    act = record("statement.submitted", about=received, by=actor_for(service), at=received.submitted_at)
    foreign = LotFactory()
    return {
        "commitment": commitment.pk,
        "clause": commitment.clause_id,
        "received": received.pk,
        "line": line.pk,
        "month": line.worked_month_id,
        "entry": entry.pk,
        "validated": entry.line.statement_id,
        "validated_line": entry.line_id,
        "act": act.pk,
        "case": PenaltyCaseFactory(commitment=commitment).pk,
        "person": person.pk,
        "decision": EligibilityDecisionFactory(participant=person).pk,
        "application": application.pk,
        "allocation": AllocationFactory(commitment=commitment).pk,
        "other_company": OrganisationFactory(company=True).pk,
        "foreign_lot": foreign.pk,
        "foreign_person": ParticipantFactory(service=foreign.service).pk,
        "foreign_service": foreign.service_id,
    }


def test_forty_at_least_are_tried(figure):
    figure("refused", f"{len(ILLEGAL)} statements of {len(ILLEGAL)}")
    assert len({statement for _, statement in ILLEGAL.values()}) >= 40


@pytest.mark.parametrize("meaning", ILLEGAL)
def test_postgresql_refuses(scene, meaning):
    guard, statement = ILLEGAL[meaning]
    with pytest.raises(DatabaseError) as refusal, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(**scene))
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # what waits for the end of the transaction
    told = refusal.value.__cause__.diag
    assert guard in (told.constraint_name or told.message_primary)


def test_the_same_account_does_its_ordinary_work(scene):
    with connection.cursor() as cursor:
        for statement in (
            "UPDATE hours_statement SET comment = 'Relu.' WHERE id = {validated}",
            "UPDATE hours_statement SET status = 'RETURNED', return_reason = 'Revoir' WHERE id = {received}",
            "UPDATE contracts_clause SET hours_due = hours_due WHERE id = {clause}",
        ):
            cursor.execute(statement.format(**scene))
            assert cursor.rowcount == 1
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def tables_of_services():
    return [model for model in apps.get_models() if issubclass(model, OwnedByService)]


@pytest.mark.parametrize("model", tables_of_services(), ids=lambda model: model._meta.db_table)
def test_each_row_keeps_its_service_and_hangs_on_no_other(model):
    """A new table of a service needs `same_service` in its migration, with each of its links."""
    table = model._meta.db_table
    links = [
        field.column
        for field in model._meta.concrete_fields
        if field.is_relation and issubclass(field.related_model, OwnedByService)
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgname, prosrc FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid"
            " WHERE tgrelid = %s::regclass AND tgenabled = 'O'",
            [table],
        )
        guards = dict(cursor.fetchall())
    assert f"{table}_keeps_its_service" in guards
    for column in links:
        for guard in (f"{table}_added_in_its_service", f"{table}_stays_in_its_service"):
            assert f"written.{column} " in guards[guard], f"{table}.{column} may point to another service"
