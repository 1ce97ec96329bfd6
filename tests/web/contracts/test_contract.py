"""One contract to read."""

from datetime import date
from decimal import Decimal

from tests.factories import ContractFactory, LotFactory
from uneplace.contracts.models import Amendment

from .conftest import text_of


def test_it_shows_facts_lots_and_amendments(as_facilitator, contract, commitment):
    LotFactory(contract=contract, number=2, title="Couverture")
    Amendment.objects.create(
        service=contract.service,
        contract=contract,
        number=1,
        object="Travaux en plus",
        notified_on=date(2026, 3, 12),
        amount=Decimal("1260000"),
    )
    page = text_of(as_facilitator.get(contract.get_absolute_url()))
    for words in (
        "1 200 000 €",
        "Direction des collèges",
        "Saisi à la main",
        "Lot 2, Couverture",
        "Avenant n° 1",
        "Nouveau montant : 1 260 000 €",
        "jeudi 12 mars 2026",
    ):
        assert words in page


def test_a_stranger_does_not_see_it(as_stranger, contract):
    assert as_stranger.get(contract.get_absolute_url()).status_code == 404


def test_a_contract_that_announces_a_clause_asks_for_it(as_facilitator, as_buyer, contract, lot):
    contract.social_considerations = ["Clause sociale"]
    contract.save()
    page = text_of(as_facilitator.get(contract.get_absolute_url()))
    assert "C’est à vous : ouvrir la clause sociale annoncée" in page
    assert f"/lots/{lot.pk}/clause/" in page
    assert f"/lots/{lot.pk}/clause/" not in text_of(as_buyer.get(contract.get_absolute_url()))


def test_a_company_sees_only_its_lot(as_company, contract, commitment):
    LotFactory(contract=contract, number=2, title="Couverture")
    page = text_of(as_company.get(contract.get_absolute_url()))
    assert "Tournebise Construction" in page
    assert "Couverture" not in page


def test_the_buyer_of_another_contract_does_not_see_it(as_buyer):
    assert as_buyer.get(ContractFactory().get_absolute_url()).status_code == 404
