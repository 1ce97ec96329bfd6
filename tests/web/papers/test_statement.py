"""The statement as a paper: what its page says, for whom its page is."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import (
    AllocationFactory,
    LedgerEntryFactory,
    OrganisationFactory,
    StatementFactory,
    StatementLineFactory,
    WorkedMonthFactory,
)
from tests.plugin.papers import text_of_pdf
from tests.reports.ledger import correct
from tests.words import says

pytestmark = pytest.mark.django_db


@pytest.fixture
def validated():
    """April: 151,67 h of which 4 h are after the window, and a month of 70 h that counts whole."""
    statement = StatementFactory(validated=True)
    for hours, kept, name in (("151.67", "147.67", "Ancelin"), ("70", "70", "Zaïdi")):
        placement = AllocationFactory(commitment=statement.commitment).placement
        facts = {"hours": Decimal(hours), "training_hours": Decimal(7)}
        worked = WorkedMonthFactory(placement=placement, **facts)
        line = StatementLineFactory(statement=statement, worked_month=worked, **facts)
        person = placement.participant
        person.first_name, person.last_name = "Dominique", name
        person.save()
        left = [{"reason": "AFTER_WINDOW", "hours": "4.00"}] if hours != kept else []
        LedgerEntryFactory(line=line, counted=Decimal(kept), excluded=left)
    return statement


def url(statement):
    return f"/releves/{statement.pk}/releve.pdf"


def words_of(client, statement):
    return text_of_pdf(client.get(url(statement)).content)


def test_it_tells_who_worked_what_counts_and_why_the_rest_does_not(signed_in, validated):
    client = signed_in(validated.service)
    response = client.get(url(validated))
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == f'attachment; filename="releve-2026-04-{validated.pk}.pdf"'
    words = text_of_pdf(response.content)
    for said in (
        "Relevéd’heuresd’avril2026",
        "DominiqueAncelin",
        "4h:aprèslafindelafenêtredecomptage",
        "Transmis:le4mai2026",
        "Validé:le6mai2026",
        "221,67h",
        "217,67h",
        "État:Validé",
    ):
        assert said in words
    assert words.index("Ancelin") < words.index("Zaïdi")


def test_a_correction_is_in_the_figures(signed_in, validated):
    entry = validated.lines.order_by("pk").last().ledger_entries.get()
    correct(entry, "-70")
    assert "147,67h" in words_of(signed_in(validated.service), validated)


def test_before_control_nothing_is_said_to_count(signed_in):
    statement = StatementFactory(submitted=True)
    StatementLineFactory(statement=statement)
    words = words_of(signed_in(statement.service), statement)
    assert "État:Reçu" in words
    assert "aprèscontrôle" in words
    assert "Validé:" not in words


def test_an_empty_statement_says_that_nothing_is_declared(signed_in):
    statement = StatementFactory()
    assert "Aucuneheuren’estencoredéclarée." in words_of(signed_in(statement.service), statement)


def test_the_declarant_and_the_company_that_owes_the_hours_have_it(signed_in, validated):
    assert signed_in(validated.declarant).get(url(validated)).status_code == 200
    lent = StatementFactory(declarant=OrganisationFactory(employer=True))
    assert signed_in(lent.declarant).get(url(lent)).status_code == 200
    assert signed_in(lent.commitment.company).get(url(lent)).status_code == 200


def test_a_stranger_does_not_see_it_and_a_buyer_has_no_names(signed_in, validated):
    assert signed_in(OrganisationFactory(company=True)).get(url(validated)).status_code == 404
    buyer = validated.commitment.clause.lot.contract.buyer
    assert signed_in(buyer).get(url(validated)).status_code == 403


def test_no_ground_is_printed(signed_in, validated):
    assert not says("RSA", words_of(signed_in(validated.service), validated))


def test_its_page_leads_to_it(signed_in, validated):
    page = signed_in(validated.declarant).get(validated.get_absolute_url()).content.decode()
    assert f'href="{url(validated)}"' in page


def test_it_costs_as_many_queries_with_many_people(signed_in, validated):
    client = signed_in(validated.service)

    def cost():
        with CaptureQueriesContext(connection) as queries:
            client.get(url(validated))
        return len(queries)

    cost()
    few = cost()
    for _ in range(5):
        StatementLineFactory(statement=validated)
    assert cost() == few
