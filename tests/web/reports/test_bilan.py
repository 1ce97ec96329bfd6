"""The page of a year, for the service and for a buyer, with its PDF and its spreadsheet."""

import re
from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from tests.factories import OrganisationFactory, actor_for
from tests.reports.ledger import commitment_of, count, person, work
from uneplace.organisations.models import Capacity
from uneplace.web.charts import bars

pytestmark = pytest.mark.django_db

MARCH = date(2019, 3, 1)


@pytest.fixture(autouse=True)
def june():
    with time_machine.travel(date(2026, 6, 15), tick=False):
        yield


@pytest.fixture
def service():
    return OrganisationFactory(service=True, name="Service d’essai")


@pytest.fixture
def buyer():
    return OrganisationFactory(buyer=True, name="Ville d’essai")


@pytest.fixture
def ledger(service, buyer):
    """Six men on a contract of the buyer in 2019, one woman on another's; 2018 besides."""
    mine, other = commitment_of(service, buyer=buyer), commitment_of(service)
    for _ in range(6):
        somebody = person(service, sex="M")
        count(mine, somebody, work(mine, somebody), MARCH, 100)
    somebody = person(service, sex="F")
    placement = work(other, somebody, first_day=date(2018, 1, 1))
    count(other, somebody, placement, MARCH, 34)
    count(other, somebody, placement, date(2018, 3, 1), 600)


@pytest.fixture
def as_service(client, service):
    client.force_login(actor_for(service).user)
    return client


@pytest.fixture
def as_buyer(client, buyer):
    client.force_login(actor_for(buyer).user)
    return client


def text_of(response):
    return re.sub(r"[ \n]+", " ", response.content.decode())


def test_it_shows_the_year_and_why_each_number(as_service, ledger):
    page = text_of(as_service.get("/bilans/2019/"))
    for words in ("634", "heures d’insertion comptées", "Pourquoi ce nombre", "Chacune est comptée une fois"):
        assert words in page
    assert "1\u00a0600\u00a0h par an" in page
    assert "6\u00a0% de plus qu’en 2018" in page
    assert "Caen" in page
    assert "Maçonnerie" in page


def test_without_a_year_it_is_the_last_one_with_hours(as_service, ledger):
    response = as_service.get("/bilans/")
    assert response.context["figures"].year == 2019
    assert response.context["years"] == [2019, 2018]


def test_a_year_under_way_is_said_and_not_compared(as_service, service, ledger):
    commitment, somebody = commitment_of(service), person(service)
    placement = work(commitment, somebody, first_day=date(2025, 1, 1))
    count(commitment, somebody, placement, date(2025, 5, 1), 10)
    count(commitment, somebody, placement, date(2026, 5, 1), 20)
    page = text_of(as_service.get("/bilans/2026/"))
    assert "Année en cours" in page
    assert "qu’en 2025" not in page


def test_a_year_without_hours_says_what_makes_hours_enter(as_service, ledger):
    page = text_of(as_service.get("/bilans/2012/"))
    assert "Aucune heure comptée en 2012" in page
    assert "Télécharger le PDF" not in page


@pytest.mark.parametrize("year", [1999, 2027, 987654321])
def test_a_year_that_is_none_is_not_found(as_service, year):
    for path in ("", "bilan.pdf", "bilan.xlsx"):
        assert as_service.get(f"/bilans/{year}/{path}").status_code == 404


@pytest.mark.parametrize("capacity", [Capacity.COMPANY, Capacity.INSERTION_EMPLOYER, Capacity.REFERRER])
@pytest.mark.parametrize("path", ["", "2019/", "2019/bilan.pdf", "2019/bilan.xlsx"])
def test_others_are_refused(client, ledger, capacity, path):
    client.force_login(actor_for(OrganisationFactory(capacities=[capacity])).user)
    assert client.get(f"/bilans/{path}").status_code == 403


def test_another_service_sees_none_of_it(client, ledger):
    client.force_login(actor_for(OrganisationFactory(service=True)).user)
    response = client.get("/bilans/2019/")
    assert response.context["figures"].totals.hours == 0
    assert response.context["years"] == [2019]


def test_a_buyer_reads_its_own_contracts_without_small_cells(as_buyer, service, buyer, ledger):
    woman = person(service, sex="F")
    commitment = commitment_of(service, buyer=buyer)
    count(commitment, woman, work(commitment, woman), MARCH, 50)
    response = as_buyer.get("/bilans/2019/")
    figures = response.context["figures"]
    assert (figures.totals.hours, figures.totals.participants, figures.totals.buyers) == (650, 7, 1)
    assert [row.masked for row in figures.by_sex] == ["moins de 5", "masqué"]
    page = text_of(response)
    assert "Vos marchés seulement" in page
    assert "d’autres lignes sont masquées" in page


def test_a_buyer_with_fewer_than_five_people_reads_no_count(client, service, ledger):
    other_buyer = OrganisationFactory(buyer=True)
    commitment, somebody = commitment_of(service, buyer=other_buyer), person(service)
    count(commitment, somebody, work(commitment, somebody), MARCH, 50)
    client.force_login(actor_for(other_buyer).user)
    response = client.get("/bilans/2019/")
    assert response.context["figures"].totals.participants is None
    assert "moins de 5" in text_of(response)
    assert response.context["page"].months.values[2] is None


def test_the_spreadsheet_tells_the_same(as_service, ledger):
    response = as_service.get("/bilans/2019/bilan.xlsx")
    assert response["Content-Disposition"] == 'attachment; filename="bilan-2019.xlsx"'
    book = CalamineWorkbook.from_filelike(BytesIO(response.content))
    keys = {row[0]: row[1] for row in book.get_sheet_by_name("Chiffres clés").to_python()[5:]}
    assert (keys["Heures d’insertion"], keys["Personnes"], keys["Marchés"]) == (634, 7, 2)
    assert book.get_sheet_by_name("Sexe").to_python()[1] == ["F", "Femmes", 34, 1]


def test_the_spreadsheet_of_a_buyer_masks_too(as_buyer, service, buyer, ledger):
    woman = person(service, sex="F")
    commitment = commitment_of(service, buyer=buyer)
    count(commitment, woman, work(commitment, woman), MARCH, 50)
    book = CalamineWorkbook.from_filelike(BytesIO(as_buyer.get("/bilans/2019/bilan.xlsx").content))
    assert book.get_sheet_by_name("Sexe").to_python()[1] == ["F", "Femmes", "masqué", "moins de 5"]
    assert (
        book.get_sheet_by_name("Chiffres clés").to_python()[3][0] == "Les marchés de cet acheteur seulement"
    )


def test_the_pdf_is_a_file(as_service, ledger):
    response = as_service.get("/bilans/2019/bilan.pdf")
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'attachment; filename="bilan-2019.pdf"'
    assert response.content.startswith(b"%PDF-")


def test_a_page_costs_as_many_queries_with_many_rows(as_service, service, ledger):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            as_service.get("/bilans/2019/")
        return len(queries)

    cost()
    few = cost()
    for _ in range(10):
        commitment, somebody = commitment_of(service), person(service)
        count(commitment, somebody, work(commitment, somebody), MARCH, 5)
    assert cost() == few


def test_bars_may_stand_for_parts_of_a_whole():
    drawn = bars([("Femmes", 25, "25"), ("Hommes", 75, "75")], whole=Decimal(100))
    assert [bar.width for bar in drawn] == ["25%", "75%"]
