"""Each table that carries a service is held by the database itself, whatever a query forgets."""

import pytest
from django.apps import apps
from django.db import ProgrammingError, connection, transaction

from tests.factories import (
    ContractFactory,
    OrganisationFactory,
    ParticipantFactory,
    PartnershipFactory,
    actor_for,
)
from uneplace.contracts.models import Contract
from uneplace.kit.database import as_owner
from uneplace.kit.scope import every_service, working_with
from uneplace.people.models import Participant

pytestmark = pytest.mark.django_db

CATALOGUE = """
    SELECT c.relname, c.relrowsecurity AND c.relforcerowsecurity, coalesce(
        (SELECT string_agg(pg_get_expr(polqual, polrelid), ' ') FROM pg_policy WHERE polrelid = c.oid), '')
    FROM pg_class c
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'service_id' AND NOT a.attisdropped
    WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace
"""


def tables_of_a_service():
    with connection.cursor() as cursor:
        cursor.execute(CATALOGUE)
        return {name: (forced, policy) for name, forced, policy in cursor.fetchall()}


def test_each_table_that_carries_a_service_has_a_forced_policy():
    tables = tables_of_a_service()
    models = {
        model._meta.db_table
        for model in apps.get_models()
        if any(field.column == "service_id" for field in model._meta.concrete_fields)
    }
    assert len(tables) >= 28
    assert models <= set(tables)
    held = {name for name, (forced, policy) in tables.items() if forced and "services_in_scope" in policy}
    assert held == set(tables)


@pytest.mark.django_db(transaction=True)
def test_a_table_made_without_a_policy_is_noticed():
    """What the test above would say of a new table, made by the owner."""
    with as_owner() as owner, owner.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE people_forgotten (service_id bigint)")
        cursor.execute(CATALOGUE.replace("'public'::regnamespace", "pg_my_temp_schema()"))
        assert cursor.fetchall() == [("people_forgotten", False, "")]


def test_the_application_can_neither_bypass_the_policies_nor_remove_them():
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == (False, False)
        cursor.execute("SELECT tablename FROM pg_tables WHERE tableowner = current_user")
        assert cursor.fetchall() == []
    for statement in (
        "ALTER TABLE people_participant DISABLE ROW LEVEL SECURITY",
        "DROP POLICY of_the_services_in_scope ON people_participant",
        "CREATE OR REPLACE FUNCTION services_in_scope() RETURNS bigint[] LANGUAGE sql RETURN NULL",
    ):
        with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_inside_a_scope_only_its_services_are_seen():
    mine, theirs = ContractFactory(), ContractFactory()
    with working_with([mine.service_id]):
        assert list(Contract.objects.all()) == [mine]
        with every_service():
            assert Contract.objects.count() == 2
        assert list(Contract.objects.all()) == [mine]
    with working_with([]):
        assert not Contract.objects.exists()
    with working_with([mine.service_id, theirs.service_id]):
        assert Contract.objects.count() == 2


def test_the_scope_is_given_back_when_the_block_fails():
    contract = ContractFactory()
    with working_with([contract.service_id]):
        with pytest.raises(ZeroDivisionError), every_service():
            1 / 0  # noqa: B018
        assert Contract.objects.count() == 1
        with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT nothing")
        assert Contract.objects.count() == 1


def test_nobody_writes_in_another_service_s_file():
    mine, theirs = OrganisationFactory(service=True), ParticipantFactory()
    with working_with([mine.pk]):
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            ParticipantFactory(service=theirs.service)
        assert not Participant.objects.filter(pk=theirs.pk).update(first_name="Autre")
        assert not Participant.objects.filter(pk=theirs.pk).delete()[0]
    theirs.refresh_from_db()
    assert theirs.first_name != "Autre"


def test_an_organisation_works_with_the_services_that_let_it_in():
    company = actor_for(OrganisationFactory(company=True))
    first, second = PartnershipFactory(organisation=company.organisation), OrganisationFactory(service=True)
    PartnershipFactory(organisation=company.organisation, service=second, ended_at=first.approved_at)
    assert company.services == (first.service_id,)
    assert actor_for(second).services == (second.pk,)


def test_a_company_named_in_a_file_sees_it_once_it_is_let_in(client):
    company = actor_for(OrganisationFactory(buyer=True))
    contract = ContractFactory(buyer=company.organisation)
    partnership = company.organisation.partnerships.get()
    client.force_login(company.user)
    assert client.get(contract.get_absolute_url()).status_code == 200
    partnership.ended_at = partnership.approved_at
    partnership.save()
    assert client.get(contract.get_absolute_url()).status_code == 404
