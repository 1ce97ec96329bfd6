"""« Marchés et clauses », « Mes marchés »."""

import pytest

from tests.factories import ClauseFactory, CommitmentFactory, ContractFactory, LotFactory, OrganisationFactory

from .conftest import signed_in, text_of

URL = "/marches/"


def test_the_service_reads_its_contracts_and_whose_turn_it_is(as_facilitator, commitment):
    page = text_of(as_facilitator.get(URL))
    assert "Marchés et clauses" in page
    assert "Reconstruction du collège des Hauts-Prés" in page
    assert "Tournebise Construction" in page
    assert "sur 2 100 h" in page
    assert "inviter Tournebise Construction" in page


def test_another_service_reads_nothing_of_it(as_stranger, commitment):
    page = text_of(as_stranger.get(URL))
    assert "Hauts-Prés" not in page
    assert "Aucun marché à suivre pour l’instant" in page
    assert "Importer des données de marchés" in page


def test_a_referrer_does_not_reach_it(db):
    assert signed_in(OrganisationFactory(referrer=True)).get(URL).status_code == 403


def test_the_buyer_reads_its_own_with_one_gauge_for_all(as_buyer, commitment):
    CommitmentFactory(clause__lot__contract__object="Piscine d’ailleurs")
    page = text_of(as_buyer.get(URL))
    assert "Mes marchés" in page
    assert "Toutes vos clauses en cours" in page
    assert "Piscine" not in page


def test_the_company_reads_what_it_owes_and_no_more(as_company, commitment):
    other = CommitmentFactory(clause=commitment.clause, company__name="Façades Brindacier")
    commitment.hours_due = "1260"
    commitment.save(update_fields=["hours_due"])
    page = text_of(as_company.get(URL))
    assert "sur 1 260 h" in page
    assert other.company.name not in page


def test_a_draft_is_known_to_its_service_only(as_facilitator, as_buyer, draft):
    assert "Brouillon" in text_of(as_facilitator.get(URL))
    assert "Brouillon" not in text_of(as_buyer.get(URL, {"etat": "TOUS"}))
    assert "Sans clause" in text_of(as_buyer.get(URL, {"etat": "TOUS"}))


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        pytest.param({}, {"annoncé", "en cours", "brouillon"}, id="à suivre"),
        pytest.param({"etat": "A_OUVRIR"}, {"annoncé"}, id="clauses à ouvrir"),
        pytest.param({"etat": "BROUILLON"}, {"brouillon"}, id="brouillons"),
        pytest.param({"etat": "TERMINEE"}, {"clos"}, id="terminés"),
        pytest.param({"etat": "SANS"}, {"annoncé", "nu"}, id="sans clause"),
        pytest.param({"etat": "SANS", "q": "NÛ"}, {"nu"}, id="recherche dans une liste"),
        pytest.param({"etat": "n’importe quoi"}, {"annoncé", "en cours", "brouillon"}, id="état inconnu"),
    ],
)
def test_what_each_filter_finds(contract, as_facilitator, filters, found):
    facts = {"service": contract.service, "buyer": contract.buyer}
    announced = ContractFactory(object="Le marché annoncé", social_considerations=["Clause sociale"], **facts)
    LotFactory(contract=announced)
    LotFactory(contract=ContractFactory(object="Le marché nu", **facts))
    for name, status in (("en cours", "RUNNING"), ("brouillon", "DRAFT"), ("clos", "CLOSED")):
        ClauseFactory(lot__contract=ContractFactory(object=f"Le marché {name}", **facts), status=status)
    page = text_of(as_facilitator.get(URL, filters))
    names = {"annoncé", "nu", "en cours", "brouillon", "clos"}
    assert {name for name in names if f"Le marché {name}</a>" in page} == found


def test_a_search_without_answer_says_how_to_go_on(as_facilitator, commitment):
    page = text_of(as_facilitator.get(URL, {"q": "patinoire"}))
    assert "Aucun marché ne correspond" in page
    assert "Retirer les filtres" in page


def test_a_buyer_is_a_filter(as_facilitator, contract, commitment):
    elsewhere = ContractFactory(service=contract.service, object="Le gymnase")
    CommitmentFactory(clause__lot__contract=elsewhere)
    page = text_of(as_facilitator.get(URL, {"acheteur": contract.buyer_id}))
    assert "Hauts-Prés" in page
    assert "Le gymnase</a>" not in page


def test_a_long_list_is_cut_in_pages(as_facilitator, contract):
    for _ in range(51):
        ClauseFactory(lot__contract=ContractFactory(service=contract.service))
    assert "1 à 50 sur 51" in text_of(as_facilitator.get(URL))
    assert "51 à 51 sur 51" in text_of(as_facilitator.get(URL, {"page": 2}))
