"""Contracts typed by hand, and who sees them."""

from datetime import date
from decimal import Decimal

import pytest

from tests.factories import (
    NOON,
    ClauseFactory,
    CommitmentFactory,
    ContractFactory,
    LotFactory,
    OrganisationFactory,
    actor_for,
)
from uneplace.contracts.actions import add_lot, edit_contract, type_contract
from uneplace.contracts.models import Contract, Lot
from uneplace.contracts.queries import State, in_state, listed_lots, matching
from uneplace.journal.queries import entries_about
from uneplace.kit.refused import Refused


@pytest.fixture
def buyer(db):
    return OrganisationFactory(buyer=True, name="Ville de Saint-Aubin")


def typed(facilitator, buyer, **facts):
    facts = {"object": "Entretien des gymnases", "official_id": "2026-01"} | facts
    return type_contract(buyer=buyer, by=facilitator, at=NOON, **facts)


def test_a_contract_typed_has_one_lot_with_its_amount(facilitator, buyer):
    contract = typed(facilitator, buyer, amount=Decimal("640000"))
    lot = contract.lots.get()
    assert (contract.service, contract.source) == (facilitator.organisation, Contract.Source.TYPED)
    assert (str(lot), lot.amount) == ("Lot unique", Decimal("640000"))
    assert entries_about(contract).get().verb == "contract.typed"


def test_a_number_is_used_once_by_a_buyer(facilitator, buyer):
    typed(facilitator, buyer)
    with pytest.raises(Refused, match="existe déjà"):
        typed(facilitator, buyer)
    typed(facilitator, OrganisationFactory(buyer=True))
    typed(actor_for(OrganisationFactory(service=True)), buyer)


def test_contracts_without_a_number_live_side_by_side(facilitator, buyer):
    typed(facilitator, buyer, official_id=None)
    typed(facilitator, buyer, official_id="")
    assert Contract.objects.filter(official_id=None).count() == 2


def test_editing_says_what_changed_and_keeps_quiet_when_nothing_did(facilitator, buyer):
    contract = typed(facilitator, buyer)
    facts = {
        "buyer": buyer,
        "object": contract.object,
        "official_id": "2026-01",
        "amount": None,
        "notified_on": date(2026, 2, 2),
        "duration_months": None,
    }
    edit_contract(contract, **facts, by=facilitator, at=NOON)
    edit_contract(contract, **facts, by=facilitator, at=NOON)
    entry = entries_about(contract).get(verb="contract.edited")
    assert entry.details == {"changed": ["notified_on"]}


def test_an_imported_contract_is_not_edited_by_hand(facilitator, lot):
    contract = ContractFactory(service=facilitator.organisation, source=Contract.Source.AWARD_DATA)
    with pytest.raises(Refused, match="données essentielles"):
        edit_contract(
            contract,
            buyer=contract.buyer,
            object="Autre",
            official_id=None,
            amount=None,
            notified_on=None,
            duration_months=None,
            by=facilitator,
            at=NOON,
        )


def test_a_lot_number_is_used_once(facilitator, buyer):
    contract = typed(facilitator, buyer)
    add_lot(contract, number=2, title="Façades", amount=None, by=facilitator, at=NOON)
    with pytest.raises(Refused, match="déjà un lot"):
        add_lot(contract, number=2, title="Couverture", amount=None, by=facilitator, at=NOON)


def test_a_company_sees_the_lot_it_was_told_of_and_no_other(company):
    told = CommitmentFactory(company=company)
    LotFactory(contract=told.clause.lot.contract, number=2)
    CommitmentFactory(company=company, clause=ClauseFactory(draft=True))
    actor = actor_for(company)
    assert list(Lot.objects.visible_to(actor)) == [told.clause.lot]
    assert list(Contract.objects.visible_to(actor)) == [told.clause.lot.contract]


def test_the_list_filters_by_state_and_hides_drafts_from_the_buyer(facilitator, buyer):
    service = facilitator.organisation
    contracts = [
        ContractFactory(service=service, buyer=buyer, social_considerations=["Clause sociale"])
        for _ in range(2)
    ]
    declared, draft = [LotFactory(contract=contract) for contract in contracts]
    ClauseFactory(lot=draft, draft=True)

    def listed(actor, state):
        return set(listed_lots(actor).filter(in_state(state, actor=actor)))

    assert listed(facilitator, State.TO_OPEN) == {declared}
    assert listed(facilitator, State.DRAFT) == {draft}
    assert listed(facilitator, State.TO_FOLLOW) == {declared, draft}
    actor = actor_for(buyer)
    assert listed(actor, State.NONE) == {declared, draft}
    assert listed(actor, State.TO_FOLLOW) == set()


def test_search_ignores_case_and_accents_and_takes_every_word(facilitator, company):
    service = facilitator.organisation
    mairie = OrganisationFactory(buyer=True, name="Mairie d’Évrecy")
    school = LotFactory(
        contract=ContractFactory(service=service, buyer=mairie, object="Rénovation de l’école")
    )
    roof = LotFactory(contract=school.contract, number=2, title="Couverture")
    CommitmentFactory(clause=ClauseFactory(lot=roof), company=company)
    lots = listed_lots(facilitator)
    assert set(matching(lots, "RENOVATION evrecy")) == {school, roof}
    assert list(matching(lots, "école tournebise")) == [roof]
    assert list(matching(lots, school.contract.official_id)) == [school, roof]
    assert not matching(lots, "piscine")
