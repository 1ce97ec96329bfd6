"""What a company has done of what it owes, by a day: for the service, the buyer and the company itself."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import (
    ClauseFactory,
    CommitmentFactory,
    ContractFactory,
    LedgerEntryFactory,
    LotFactory,
    OrganisationFactory,
    StatementFactory,
    StatementLineFactory,
)
from tests.plugin.papers import text_of_pdf
from tests.reports.ledger import correct
from uneplace.contracts.models import ActionDone, Clause
from uneplace.kit.periods import period

pytestmark = pytest.mark.django_db


@pytest.fixture
def company(db):
    return OrganisationFactory(company=True, name="Bâti-Essai")


@pytest.fixture
def school(service, company):
    """2 100 h due on the school since January; 300 h counted, of which 200 h entered in May."""
    lot = LotFactory(contract=ContractFactory(service=service, object="L’école", official_id="2026-77"))
    commitment = CommitmentFactory(clause=ClauseFactory(lot=lot), company=company)
    enter(commitment, date(2026, 3, 1), "100", datetime(2026, 4, 8, 9, tzinfo=UTC))
    enter(commitment, date(2026, 4, 1), "200", datetime(2026, 5, 6, 9, tzinfo=UTC))
    return commitment


@pytest.fixture
def gymnasium(service, company):
    """Another buyer's gymnasium, since May: 50 h due, 80 h counted."""
    lot = LotFactory(contract=ContractFactory(service=service, object="Le gymnase"))
    clause = ClauseFactory(
        lot=lot, hours=Decimal("50"), execution=period(date(2026, 5, 4), date(2026, 9, 30))
    )
    commitment = CommitmentFactory(clause=clause, company=company)
    enter(commitment, date(2026, 5, 1), "80", datetime(2026, 6, 8, 9, tzinfo=UTC))
    return commitment


def enter(commitment, month, hours, at):
    statement = StatementFactory(commitment=commitment, month=month, validated=True)
    line = StatementLineFactory(statement=statement, hours=Decimal(hours))
    return LedgerEntryFactory(line=line, entered_at=at)


def url(company, query=""):
    return f"/entreprises/{company.pk}/attestation.pdf{query}"


def words_of(response):
    assert response.status_code == 200
    return text_of_pdf(response.content)


def test_it_tells_what_is_due_counted_and_left_on_each_contract(
    signed_in, service, company, school, gymnasium
):
    words = words_of(signed_in(service).get(url(company)))
    for said in (
        "Attestationderéalisation",
        "Entreprise:Bâti-Essai",
        "Arrêtéeau:15juin2026",
        "L’école,n°2026-77",
        "du12janvier2026au11juillet2027",
        "2100h",
        "300h",
        "1800h",
        "Legymnase",
        "80h",
        "Heuresrestantàfaire:1800h",
    ):
        assert said in words


def test_by_a_past_day_it_tells_what_the_ledger_held_that_day(signed_in, service, company, school, gymnasium):
    words = words_of(signed_in(service).get(url(company, "?au=2026-04-30")))
    assert "Heurescomptées:100h" in words
    assert "Heuresrestantàfaire:2000h" in words
    assert "Legymnase" not in words
    assert "faitele15juin2026" in words.lower()


def test_a_correction_counts_from_the_day_it_is_entered(signed_in, service, company, school):
    entry = school.ledger_entries.order_by("pk").first()
    entry.entered_at = datetime(2026, 6, 10, 9, tzinfo=UTC)
    correct(entry, "-40")
    client = signed_in(service)
    assert "Heurescomptées:260h" in words_of(client.get(url(company)))
    assert "Heurescomptées:300h" in words_of(client.get(url(company, "?au=2026-06-09")))


def test_a_clause_of_actions_is_told_in_actions(signed_in, service, company):
    lot = LotFactory(contract=ContractFactory(service=service))
    clause = ClauseFactory(
        lot=lot, method=Clause.Method.ACTIONS, inputs={"actions": 3}, hours=Decimal(0), actions_due=3
    )
    commitment = CommitmentFactory(clause=clause, company=company)
    ActionDone.objects.create(
        service=service,
        clause=clause,
        commitment=commitment,
        on=date(2026, 5, 4),
        what="Visite du chantier",
        seen="Feuille de présence",
        recorded_at=datetime(2026, 5, 5, 9, tzinfo=UTC),
    )
    words = words_of(signed_in(service).get(url(company)))
    assert "3actions" in words
    assert "2actions" in words
    assert "Heuresdues" not in words


def test_a_buyer_has_its_own_contracts_only(signed_in, company, school, gymnasium):
    words = words_of(signed_in(school.clause.lot.contract.buyer).get(url(company)))
    assert "L’école" in words
    assert "Legymnase" not in words
    assert "Lesmarchésdecetacheteurseulement" in words


def test_the_company_has_its_own_from_its_contracts(signed_in, company, school, gymnasium):
    client = signed_in(company)
    words = words_of(client.get(url(company)))
    assert "L’école" in words
    assert "Legymnase" in words
    assert f"/entreprises/{company.pk}/attestation/" in client.get("/marches/").text
    assert f"/entreprises/{company.pk}/attestation/" in client.get(school.get_absolute_url()).text


def test_others_see_nothing_of_it(signed_in, company, school):
    rival = CommitmentFactory(clause=school.clause, share=0).company
    for stranger in (rival, OrganisationFactory(buyer=True), OrganisationFactory(service=True)):
        client = signed_in(stranger)
        assert client.get(url(company)).status_code == 404
        assert client.get(f"/entreprises/{company.pk}/attestation/").status_code == 404
    assert signed_in(OrganisationFactory(referrer=True)).get(url(company)).status_code == 403


def test_a_draft_is_never_told(signed_in, service, company):
    lot = LotFactory(contract=ContractFactory(service=service))
    CommitmentFactory(clause=ClauseFactory(lot=lot, draft=True), company=company)
    assert signed_in(service).get(url(company)).status_code == 404


def test_a_company_of_two_services_has_a_paper_of_each(signed_in, service, company, school):
    lot = LotFactory(contract=ContractFactory(object="Le pont"))
    elsewhere = CommitmentFactory(clause=ClauseFactory(lot=lot), company=company).service
    client = signed_in(company)
    page = client.get(f"/entreprises/{company.pk}/attestation/").text
    assert f"service={service.pk}" in page
    assert f"service={elsewhere.pk}" in page
    assert client.get(url(company)).status_code == 302
    words = words_of(client.get(url(company, f"?service={elsewhere.pk}")))
    assert "Lepont" in words
    assert "L’école" not in words
    assert client.get(url(company, "?service=987654321")).status_code == 404


@pytest.mark.parametrize("day", ["2026-06-16", "bientôt", "0001-01-01"])
def test_a_day_that_is_none_is_told_on_the_page(signed_in, service, company, school, day):
    client = signed_in(service)
    assert client.get(f"/entreprises/{company.pk}/attestation/?au={day}").status_code == 422
    assert client.get(url(company, f"?au={day}")).status_code == 302


def test_a_day_before_everything_is_told(signed_in, service, company, school):
    page = signed_in(service).get(f"/entreprises/{company.pk}/attestation/?au=2020-01-01").text
    assert "Aucun engagement n’avait commencé à cette date" in page


def test_it_costs_as_many_queries_with_many_contracts(signed_in, service, company, school):
    client = signed_in(service)

    def cost():
        with CaptureQueriesContext(connection) as queries:
            client.get(url(company))
            client.get(f"/entreprises/{company.pk}/attestation/")
        return len(queries)

    cost()
    few = cost()
    for _ in range(4):
        CommitmentFactory(
            clause=ClauseFactory(lot=LotFactory(contract=ContractFactory(service=service))), company=company
        )
    assert cost() == few
