"""Once awarded: only what is new is asked; an imported contract takes up what was prepared."""

from datetime import date
from decimal import Decimal

import pytest

from tests.factories import AwardFactory, AwardMemberFactory, ContractFactory, LotFactory, siret
from uneplace.contracts.models import Clause, ComingContract, Contract
from uneplace.organisations.models import Organisation

from .conftest import text_of


def facts(**more):
    return {
        "revision": 0,
        "official_id": "2026-TVX-014",
        "notified_on": "2026-06-12",
        "amount": "1 720 000",
        "holder_siret": siret(90011),
        "holder_name": "Tournebise Construction",
    } | more


def url_of(coming):
    return f"{coming.get_absolute_url()}attribution/"


def test_the_form_asks_only_what_is_new_and_says_what_is_carried_over(as_buyer, answered):
    page = text_of(as_buyer.get(url_of(answered)))
    assert "clause d’exécution, 2 100 h, 50 € par heure manquante, 18 mois d’exécution" in page
    assert "Objet du marché" not in page


def test_the_buyer_awards_and_the_service_finds_the_draft(as_buyer, as_facilitator, answered):
    page = text_of(as_buyer.post(url_of(answered), facts(), follow=True))
    assert "Plus rien à faire : le marché est attribué" in page
    assert "2026-TVX-014" in page
    clause = Clause.objects.get()
    assert clause.commitments.get().company == Organisation.objects.get(siret=siret(90011))
    assert clause.lot.contract.amount == Decimal("1720000")
    assert "Sa clause" not in page, "a draft is its service's"
    page = text_of(as_facilitator.get(clause.lot.contract.get_absolute_url()))
    assert "Avant le marché" in page
    assert str(answered) in page
    assert "Sa clause" in text_of(as_facilitator.get(answered.get_absolute_url()))


def test_the_service_awards_and_goes_to_the_draft(as_facilitator, answered):
    page = as_facilitator.post(url_of(answered), facts(), follow=True)
    assert page.redirect_chain[-1][0] == Clause.objects.get().get_absolute_url()
    assert "Sa clause est en brouillon" in text_of(page)


@pytest.mark.parametrize(
    "more, sentence",
    [
        pytest.param({"official_id": ""}, "Écrivez le numéro du marché", id="sans numéro"),
        pytest.param({"notified_on": ""}, "Indiquez le jour de la notification", id="sans jour"),
        pytest.param({"amount": "cher"}, "Écrivez un nombre", id="montant en lettres"),
        pytest.param({"holder_siret": "123"}, "14 chiffres", id="SIRET trop court"),
        pytest.param({"holder_name": ""}, "Écrivez son nom", id="titulaire inconnu sans nom"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_written(as_buyer, answered, more, sentence):
    page = text_of(as_buyer.post(url_of(answered), facts(**more)))
    assert sentence in page
    if "official_id" not in more:
        assert "2026-TVX-014" in page
    assert not Contract.objects.exists()


def test_a_refusal_leaves_no_company_behind(as_buyer, answered, coming):
    ContractFactory(service=answered.service, buyer=answered.buyer, official_id="2026-TVX-014")
    page = text_of(as_buyer.post(url_of(answered), facts()))
    assert "Reprendre un marché à venir" in page
    assert not Organisation.objects.filter(siret=siret(90011)).exists()


def test_it_is_awarded_once(as_buyer, as_facilitator, answered):
    as_buyer.post(url_of(answered), facts())
    assert "déjà attribué" in text_of(as_facilitator.get(url_of(answered)))
    as_facilitator.post(url_of(answered), facts(official_id="2026-TVX-015"))
    assert Contract.objects.count() == 1


def test_an_imported_contract_takes_up_what_was_prepared(as_facilitator, answered, coming):
    contract = ContractFactory(
        service=answered.service,
        buyer=answered.buyer,
        source="AWARD_DATA",
        notified_on=date(2026, 6, 12),
        social_considerations=["Clause sociale"],
    )
    lot = LotFactory(contract=contract)
    AwardMemberFactory(award=AwardFactory(lot=lot))
    url = f"/lots/{lot.pk}/marche-a-venir/"
    assert url in as_facilitator.get(contract.get_absolute_url()).content.decode()
    page = text_of(as_facilitator.get(url))
    assert str(answered) in page
    assert str(coming) not in page, "what is not answered cannot be taken up"
    assert "Choisissez le marché à venir" in text_of(as_facilitator.post(url, {"coming": ""}))
    stale = text_of(as_facilitator.post(url, {"coming": f"{answered.pk}-{answered.revision - 1}"}))
    assert "vient de changer" in stale
    as_facilitator.post(url, {"coming": f"{answered.pk}-{answered.revision}"})
    clause = Clause.objects.get()
    assert (clause.lot, clause.hours_due) == (lot, Decimal("2100"))
    assert ComingContract.objects.get(pk=answered.pk).lot == lot
    assert "déjà une clause" in text_of(as_facilitator.get(url))


def test_what_was_awarded_meanwhile_is_no_longer_offered(as_facilitator, answered):
    lot = LotFactory(contract=ContractFactory(service=answered.service, buyer=answered.buyer))
    ComingContract.objects.filter(pk=answered.pk).update(status="DROPPED", dropped_reason="Budget.")
    url = f"/lots/{lot.pk}/marche-a-venir/"
    assert "Aucun marché à venir à reprendre" in text_of(as_facilitator.get(url))
    page = as_facilitator.post(url, {"coming": f"{answered.pk}-{answered.revision}"})
    assert page.status_code == 200
    assert not Clause.objects.exists()


def test_without_anything_prepared_the_contract_does_not_speak_of_it(as_facilitator, coming):
    contract = LotFactory(contract=ContractFactory(service=coming.service)).contract
    page = text_of(as_facilitator.get(contract.get_absolute_url()))
    assert "Reprendre un marché à venir" not in page
    assert "Avant le marché" not in page


def test_only_the_service_of_the_contract_takes_up(as_buyer, as_stranger, as_reader, answered):
    url = f"/lots/{LotFactory(contract=ContractFactory(service=answered.service)).pk}/marche-a-venir/"
    assert as_buyer.get(url).status_code == 403
    assert as_reader.get(url).status_code == 403
    assert as_stranger.get(url).status_code == 404
