"""« Simuler »: anyone sizes a clause; the address says all, nothing is kept."""

from datetime import UTC, datetime

import pytest
import time_machine

from tests.web.contracts.conftest import text_of
from tests.web.sizing.test_form import TYPED
from uneplace.journal.models import Entry
from uneplace.rules.hours_due import METHODS

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def june():
    with time_machine.travel(datetime(2026, 6, 15, 9, 0, tzinfo=UTC), tick=False):
        yield


def address(method, **changes):
    return {"method": method, "rounding": "NONE"} | TYPED[method][0] | changes


def test_it_opens_on_usual_values_with_their_status(client):
    page = text_of(client.get("/simuler/"))
    assert "D’ordinaire 5 % à 20 %." in page
    assert "À confirmer" in page
    assert 'name="hourly_cost" value="30"' in page
    assert "dès que le calcul sera complet" in page
    assert "Écrivez le montant" not in page


SHOWN = {
    "LABOUR_SHARE": "2 100 h à réaliser.",
    "WORKED_HOURS": "2 100 h à réaliser.",
    "INVOICED": "70 h dues, 140 h prévisibles.",
    "FIXED": "9 500 h à réaliser.",
    "PER_YEAR": "1 047,12 h à réaliser.",
    "NET_STAFF": "800 h à réaliser.",
    "BANDS": "350 h à réaliser.",
    "ACTIONS": "3 actions à faire.",
}


@pytest.mark.parametrize("method", METHODS)
def test_an_address_says_a_whole_simulation_and_nothing_is_kept(client, method):
    page = text_of(client.get("/simuler/", address(method)))
    assert SHOWN[method] in page
    assert "Pourquoi ce nombre ?" in page
    fragment = text_of(client.get("/simuler/", address(method), headers={"HX-Request": "true"}))
    assert SHOWN[method] in fragment
    assert "<html" not in fragment
    assert not Entry.objects.exists()


@pytest.mark.parametrize(
    ("method", "typed", "sentence"),
    [
        pytest.param("PER_YEAR", {"ends_on": "9999-12-31"}, "entre 1900 et 2199", id="sans fin"),
        pytest.param(
            "LABOUR_SHARE",
            {"amount": "1 800 000 000", "labour_share": "70", "insertion_rate": "20", "hourly_cost": "0,30"},
            "Ces chiffres donnent 840 000 000 h",
            id="trop d’heures",
        ),
    ],
)
def test_what_cannot_be_is_told_on_its_field(client, method, typed, sentence):
    assert sentence in text_of(client.get("/simuler/", address(method, calculer="1", **typed)))


def test_the_result_reads_in_days_and_people(client):
    page = text_of(client.get("/simuler/", address("LABOUR_SHARE")))
    assert "Environ 300 jours de travail, ou 2 personnes à temps plein pendant 7 mois." in page


def test_the_button_says_what_is_missing_and_keeps_what_was_typed(client):
    page = text_of(client.get("/simuler/", address("LABOUR_SHARE", amount="", hourly_cost="0", calculer="1")))
    assert "Écrivez le montant, par exemple 1 800 000." in page
    assert "un coût supérieur à zéro" in page
    assert 'name="labour_share" value="50"' in page


def test_while_one_types_a_fault_is_told_beside_the_result(client):
    fragment = text_of(
        client.get(
            "/simuler/", address("LABOUR_SHARE", amount="", hourly_cost="0"), headers={"HX-Request": "true"}
        )
    )
    assert "un coût supérieur à zéro" in fragment
    assert "Écrivez le montant" not in fragment


def test_the_share_of_a_trade_is_taken_by_a_link_that_keeps_the_rest(client):
    page = client.get("/simuler/", address("LABOUR_SHARE")).content.decode()
    assert "labour_share=70&amp;" in page or "&amp;labour_share=70" in page
    taken = text_of(client.get("/simuler/", address("LABOUR_SHARE", labour_share="70")))
    assert "2 940 h à réaliser." in taken


@pytest.mark.parametrize("method", ["", "AU_HASARD", "FIXED&method=BANDS"])
def test_an_address_written_by_hand_never_breaks(client, method):
    answer = client.get(f"/simuler/?method={method}&rounding=%00&band_hours_999999=1&actions=x&slice=-1")
    assert answer.status_code == 200


def test_a_post_is_refused(client):
    assert client.post("/simuler/").status_code == 405
