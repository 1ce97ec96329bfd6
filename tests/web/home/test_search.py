import pytest
from django.urls import reverse

from tests.factories import (
    CommitmentFactory,
    ContractFactory,
    OrganisationFactory,
    ParticipantFactory,
    SupportFactory,
    actor_for,
)

SEARCH = reverse("home:search")


@pytest.fixture
def commitment(db):
    return CommitmentFactory(
        clause__lot__contract__object="Réfection de l’école élémentaire",
        clause__lot__contract__official_id="2026-077",
        clause__lot__contract__buyer__name="Ville de Saint-Aubin",
        company__name="Quatrevents TP",
    )


def found(client, actor, text):
    client.force_login(actor.user)
    return client.get(SEARCH, {"q": text}).text


@pytest.mark.parametrize("text", ["ecole", "ÉLÉMENTAIRE", "2026-077", "saint-aubin", "l’école élé"])
def test_a_contract_is_found_by_what_it_is_its_number_or_its_buyer(client, commitment, text):
    contract = commitment.clause.lot.contract
    assert contract.get_absolute_url() in found(client, actor_for(commitment.service), text)


@pytest.mark.parametrize("text", ["quatrevents", "QUATREVENTS tp"])
def test_an_organisation_is_found_by_its_name(client, commitment, text):
    assert "SIRET" in found(client, actor_for(commitment.service), text)


def test_an_organisation_is_found_by_its_siret_with_or_without_spaces(client, commitment):
    actor = actor_for(commitment.service)
    siret = commitment.company.siret
    for text in (siret, f"{siret[:3]} {siret[3:6]} {siret[6:9]}"):
        assert "Quatrevents TP" in found(client, actor, text)


@pytest.mark.parametrize("text", ["élie", "Dominique Elie", "elie dominique", "domin"])
def test_a_person_is_found_by_either_name_in_any_order(client, commitment, text):
    person = ParticipantFactory(service=commitment.service, first_name="Dominique", last_name="Élie")
    assert person.get_absolute_url() in found(client, actor_for(commitment.service), text)


@pytest.mark.parametrize("kind", ["service", "buyer", "company", "employer", "referrer"])
def test_a_stranger_finds_nothing(client, commitment, kind):
    person = ParticipantFactory(service=commitment.service, last_name="Quatrevents")
    stranger = actor_for(OrganisationFactory(**{kind: True}))
    for text in ("ecole", "quatrevents", "saint-aubin"):
        page = found(client, stranger, text)
        assert "Rien ne contient" in page
        assert person.get_absolute_url() not in page


def test_a_company_finds_no_person_that_was_not_sent_to_it(client, commitment):
    person = ParticipantFactory(service=commitment.service, last_name="Delaunay")
    SupportFactory(participant=person)
    assert "Delaunay</a>" not in found(client, actor_for(commitment.company), "delaunay")


def test_a_company_does_not_find_its_competitors(client, commitment):
    other = CommitmentFactory(clause=commitment.clause, share=0, company__name="Façades Brindacier")
    assert "Façades Brindacier" in found(client, actor_for(commitment.service), "brindacier")
    assert "Rien ne contient" in found(client, actor_for(commitment.company), "brindacier")
    assert other.company.name not in found(client, actor_for(commitment.company), "quatrevents")


def test_a_percent_sign_is_only_a_percent_sign(client, commitment):
    assert "Rien ne contient" in found(client, actor_for(commitment.service), "%%")


def test_one_letter_is_too_short_and_says_so(client, commitment):
    assert "deux lettres au moins" in found(client, actor_for(commitment.service), "e")


def test_ten_of_each_at_most(client, commitment):
    for _ in range(12):
        ContractFactory(service=commitment.service, object="École neuve")
    page = found(client, actor_for(commitment.service), "ecole neuve")
    assert page.count("École neuve</a>") == 10


def test_whoever_is_not_signed_in_does_not_search(client, db):
    assert client.get(SEARCH, {"q": "ecole"}).status_code == 302


@pytest.mark.parametrize("text", ["nouria@exemple.fr", "06 12 34 56 78", "0612345678"])
def test_a_person_is_found_by_the_whole_of_an_address_or_number(client, commitment, text):
    person = ParticipantFactory(service=commitment.service, email="nouria@exemple.fr", phone="06 12 34 56 78")
    elsewhere = ParticipantFactory(email="nouria@exemple.fr", phone="06 12 34 56 78")

    page = found(client, actor_for(commitment.service), text)
    assert person.get_absolute_url() in page
    assert elsewhere.get_absolute_url() not in page
    assert person.get_absolute_url() not in found(client, actor_for(commitment.company), text)
    assert person.get_absolute_url() not in found(client, actor_for(commitment.service), text[:-2])
