from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.urls import reverse

from tests.factories import (
    NOON,
    CommitmentFactory,
    CommuneFactory,
    LedgerEntryFactory,
    OrganisationFactory,
    StatementFactory,
    actor_for,
)
from uneplace.web.public.places import places_of

PUBLIC = reverse("public:home")
PAPERS = ["public:accessibility", "public:privacy", "public:legal"]


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(NOON, tick=False):
        yield


def count_hours(people, *, commitment, month=date(2025, 4, 1), code="14118", name="Caen"):
    """100 h in the ledger for each of so many people of one commune."""
    CommuneFactory(code_insee=code, name=name)
    statement = StatementFactory(commitment=commitment, month=month, validated=True)
    for _ in range(people):
        entry = LedgerEntryFactory(line__statement=statement, line__hours=Decimal("100.00"))
        type(entry.participant).objects.filter(pk=entry.participant_id).update(commune=code)


def test_without_figures_it_says_what_the_clause_is_and_invents_nothing(client, db):
    page = client.get(PUBLIC).text
    assert "Comment ça marche" in page
    assert "hero-figs" not in page
    assert "Où habitent les personnes" not in page


def test_the_figures_are_those_of_the_last_complete_year(client, db):
    commitment = CommitmentFactory()
    count_hours(6, commitment=commitment)
    count_hours(2, commitment=commitment, month=date(2026, 4, 1))
    page = client.get(PUBLIC).text
    assert "600\u00a0h" in page
    assert "comptées en 2025" in page
    assert "<dd>6</dd>" in page
    assert page.count('href="#place"') == 6


def test_fewer_than_five_people_show_nothing(client, db):
    count_hours(4, commitment=CommitmentFactory())
    page = client.get(PUBLIC).text
    assert "hero-figs" not in page
    assert "Caen" not in page


def test_a_commune_of_few_people_is_masked_and_cannot_be_found_by_subtraction(client, db):
    commitment = CommitmentFactory()
    for rank, (people, code, name) in enumerate(
        [(9, "14118", "Caen"), (6, "14366", "Lisieux"), (2, "14258", "Falaise")]
    ):
        count_hours(people, commitment=commitment, month=date(2025, 4 + rank, 1), code=code, name=name)
    page = client.get(PUBLIC).text
    assert "900\u00a0h" in page
    assert "200\u00a0h" not in page
    assert "600\u00a0h" not in page
    assert page.count('data-label="Heures">masqué') == 2


@pytest.mark.parametrize("route", ["public:home", *PAPERS])
def test_anyone_reads_it_signed_in_or_not(client, db, route):
    assert client.get(reverse(route)).status_code == 200
    client.force_login(actor_for(OrganisationFactory(service=True, name="Service insertion")).user)
    assert client.get(reverse(route)).status_code == 200


@pytest.mark.parametrize("route", PAPERS)
def test_the_papers_name_the_services_to_write_to(client, db, route):
    OrganisationFactory(service=True, name="Service insertion", email="clauses@exemple.fr")
    page = client.get(reverse(route)).text
    assert "Service insertion" in page
    assert "clauses@exemple.fr" in page


@pytest.mark.parametrize(
    ("people", "marks", "each"),
    [
        pytest.param(630, 630, 1, id="un point, une personne"),
        pytest.param(1000, 1000, 1, id="mille"),
        pytest.param(1001, 101, 10, id="au-delà, un point pour dix"),
        pytest.param(57_000, 570, 100, id="la France, un point pour cent"),
    ],
)
def test_one_place_a_person_up_to_a_thousand(people, marks, each):
    places = places_of(people)
    assert (len(places.marks), places.each) == (marks, each)
    assert len(set(places.marks)) == marks


def test_a_number_withheld_is_not_drawn():
    assert places_of(None) is None
    assert places_of(0) is None


@pytest.mark.parametrize(
    ("publisher", "hosting", "words"),
    [
        pytest.param("", "", ["le nom manque", "de l’hébergeur manquent"], id="ce qui manque est dit"),
        pytest.param(
            "Léa Essai", "Hébergeur d’essai, 1 rue du Lin", ["Léa Essai.", "1 rue du Lin."], id="complet"
        ),
    ],
)
def test_the_legal_page_says_who_publishes_and_hosts_or_what_is_missing(
    client, db, settings, publisher, hosting, words
):
    settings.PUBLISHER, settings.HOSTING = publisher, hosting
    page = client.get(reverse("public:legal")).text
    assert all(word in page for word in words)
