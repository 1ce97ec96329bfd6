"""Typing a contract, correcting it, adding a lot."""

import pytest

from tests.factories import ContractFactory, OrganisationFactory, siret
from uneplace.contracts.models import Contract
from uneplace.organisations.models import Organisation

from .conftest import text_of

URL = "/marches/nouveau/"
NEW = siret(94242)


def typed(**facts):
    return {
        "object": "Entretien des gymnases",
        "buyer_siret": NEW,
        "buyer_name": "Ville de Saint-Aubin",
    } | facts


def test_the_buyer_is_created_by_its_siret_typed_with_spaces(as_facilitator, contract):
    spaced = f"{NEW[:3]} {NEW[3:6]} {NEW[6:9]} {NEW[9:]}"
    page = as_facilitator.post(URL, typed(buyer_siret=spaced, amount="640 000,50 €"), follow=True)
    made = Contract.objects.get(object="Entretien des gymnases")
    assert (made.buyer.siret, made.buyer.name, made.buyer.capacities) == (
        NEW,
        "Ville de Saint-Aubin",
        ["BUYER"],
    )
    assert f"{made.amount}" == "640000.50"
    assert made.service == contract.service
    assert "Marché enregistré." in text_of(page)


def test_a_known_siret_needs_no_name_and_keeps_its_own(as_facilitator, contract):
    known = OrganisationFactory(siret=NEW, name="Ville connue", company=True)
    as_facilitator.post(URL, typed(buyer_name=""))
    assert Contract.objects.get(object="Entretien des gymnases").buyer == known
    known.refresh_from_db()
    assert (known.name, sorted(known.capacities)) == ("Ville connue", ["BUYER", "COMPANY"])


def test_a_buyer_already_met_is_chosen(as_facilitator, contract):
    as_facilitator.post(
        URL, {"object": "Piscine", "buyer": contract.buyer_id, "lot_number": 2, "lot_title": "Bassin"}
    )
    made = Contract.objects.get(object="Piscine")
    assert made.buyer == contract.buyer
    assert str(made.lots.get()) == "Lot 2, Bassin"


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        pytest.param({"object": ""}, "Écrivez l’objet du marché", id="sans objet"),
        pytest.param({"buyer_siret": ""}, "Choisissez l’acheteur", id="sans acheteur"),
        pytest.param({"buyer_siret": NEW[:-1]}, "vous en avez écrit 13", id="SIRET trop court"),
        pytest.param({"buyer_name": ""}, "Écrivez le nom de l’acheteur", id="SIRET inconnu sans nom"),
        pytest.param({"amount": "beaucoup"}, "Écrivez un nombre, par exemple 1 800 000.", id="montant"),
        pytest.param({"amount": "1,234"}, "2 décimales au plus", id="trop de décimales"),
        pytest.param({"duration_months": "0"}, "entre 1 et 600", id="durée"),
        pytest.param({"lot_number": "2"}, "Écrivez l’intitulé de ce lot", id="lot sans intitulé"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(as_facilitator, contract, facts, sentence):
    page = text_of(as_facilitator.post(URL, typed(official_id="TVX-014", **facts)))
    assert sentence in page
    assert "<title>Erreur : " in page
    assert 'value="TVX-014"' in page
    assert Contract.objects.count() == 1


def test_a_number_already_used_leaves_no_buyer_behind(as_facilitator, contract):
    page = as_facilitator.post(
        URL, {"object": "Encore", "buyer": contract.buyer_id, "official_id": contract.official_id}
    )
    assert "Ce marché existe déjà" in text_of(page)
    as_facilitator.post(URL, typed(official_id="A1"))
    as_facilitator.post(URL, typed(official_id="A1"))
    assert Organisation.objects.filter(siret=NEW).count() == 1


def test_a_reader_and_a_buyer_do_not_type_contracts(as_reader, as_buyer):
    assert as_reader.get(URL).status_code == 403
    assert as_buyer.get(URL).status_code == 403


def test_a_contract_typed_is_corrected(as_facilitator, contract):
    url = f"/marches/{contract.pk}/modifier/"
    assert "Reconstruction du collège" in text_of(as_facilitator.get(url))
    as_facilitator.post(url, {"object": "Collège, deuxième tranche", "buyer": contract.buyer_id})
    contract.refresh_from_db()
    assert (contract.object, contract.amount) == ("Collège, deuxième tranche", None)


def test_an_imported_contract_says_why_it_is_not_corrected(as_facilitator, contract):
    imported = ContractFactory(service=contract.service, source="AWARD_DATA")
    page = as_facilitator.post(
        f"/marches/{imported.pk}/modifier/", {"object": "Autre", "buyer": imported.buyer_id}
    )
    assert "il change avec elles" in text_of(page)


def test_a_stranger_corrects_nothing(as_stranger, contract):
    assert as_stranger.get(f"/marches/{contract.pk}/modifier/").status_code == 404
    assert as_stranger.get(f"/marches/{contract.pk}/lots/nouveau/").status_code == 404


def test_a_lot_is_added_once(as_facilitator, contract, lot):
    url = f"/marches/{contract.pk}/lots/nouveau/"
    as_facilitator.post(url, {"number": 2, "title": "Couverture", "amount": "80000"})
    assert contract.lots.get(number=2).title == "Couverture"
    page = text_of(as_facilitator.post(url, {"number": 2, "title": "Encore"}))
    assert "Ce marché a déjà un lot de ce numéro." in page
    assert 'value="Encore"' in page
