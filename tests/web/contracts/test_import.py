"""The page on which a facilitator imports award data."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.contracts.decp.samples import BUYER, FLAT, PES, record_1x
from tests.factories import OrganisationFactory, actor_for
from uneplace.contracts.models import Contract
from uneplace.organisations.models import Role


@pytest.fixture
def facilitator(db):
    return actor_for(OrganisationFactory(service=True))


@pytest.fixture
def as_facilitator(client, facilitator):
    client.force_login(facilitator.user)
    return client


def send(client, *files):
    return client.post(reverse("contracts:import"), {"files": files})


def award_file(name, *records):
    return SimpleUploadedFile(name, json.dumps({"marches": records}).encode())


def words(answer):
    return answer.content.decode().replace("\u00a0", " ")


def test_it_says_what_may_be_sent(as_facilitator):
    page = words(as_facilitator.get(reverse("contracts:import")))
    assert "JSON ou XML, 50 Mo au plus" in page


def test_strangers_readers_and_other_actors_do_not_import(client, facilitator):
    address = reverse("contracts:import")
    assert client.get(address).status_code == 302
    client.force_login(actor_for(OrganisationFactory(company=True)).user)
    assert client.get(address).status_code == 403
    client.force_login(actor_for(facilitator.organisation, Role.READER).user)
    assert send(client, award_file("a.json", record_1x())).status_code == 403
    assert not Contract.objects.exists()


def test_it_imports_into_the_service_of_who_sends(as_facilitator, facilitator):
    page = words(send(as_facilitator, award_file("a.json", record_1x())))
    assert "1 marché ajouté" in page
    assert "Aucun défaut dans ces données." in page
    assert Contract.objects.get().service == facilitator.organisation
    again = words(send(as_facilitator, award_file("a.json", record_1x())))
    assert "Rien n’a changé." in again


def test_several_files_are_folded_together(as_facilitator):
    files = [
        award_file("a.json", record_1x()),
        award_file("b.json", record_1x(), record_1x(id="2", montant=9000)),
    ]
    assert "2 marchés ajoutés" in words(send(as_facilitator, *files))


def test_each_fault_says_what_and_where(as_facilitator):
    page = words(send(as_facilitator, award_file("a.json", record_1x(codeCPV="12"), record_1x(id=None))))
    assert "« 12 » n’est pas un code CPV" in page
    assert f"{BUYER}/2019000100" in page
    assert "marches[0].codeCPV" in page
    assert "Marché sans numéro" in page
    assert page.index("Rejeté<") < page.index("À vérifier<")


def test_the_same_fault_of_many_contracts_is_told_once(as_facilitator):
    page = words(send(as_facilitator, SimpleUploadedFile(PES.name, PES.read_bytes())))
    assert page.count("« BUDGET PRINCIPAL » est le nom d’un budget") == 1
    assert "126 marchés" in page


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.json", b"{", "a.json : Ce fichier n’est pas du JSON valable (ligne 1)."),
        ("a.xml", b"<html/>", "a.xml : Ce fichier ne contient pas de données essentielles"),
        ("a.pdf", b"%PDF", "« a.pdf » n’est ni un fichier .json ni un fichier .xml."),
        ("a.json", b"", "Ce fichier est vide."),
    ],
)
def test_a_file_that_is_not_award_data(as_facilitator, name, content, says):
    page = words(send(as_facilitator, SimpleUploadedFile(name, content)))
    assert says in page
    assert not Contract.objects.exists()


def test_one_bad_file_among_several_stops_them_all_and_is_named(as_facilitator):
    good = SimpleUploadedFile(FLAT.name, FLAT.read_bytes())
    page = words(send(as_facilitator, good, SimpleUploadedFile("mauvais.json", b"[")))
    assert "mauvais.json : " in page
    assert not Contract.objects.exists()
