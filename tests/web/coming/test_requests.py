"""A buyer asks for a clause, changes what it asked, launches, drops; a facilitator types it for a buyer."""

from datetime import date
from decimal import Decimal

import pytest

from tests.factories import OrganisationFactory, PartnershipFactory, siret
from tests.web.contracts.conftest import signed_in
from uneplace.contracts.models import ComingContract
from uneplace.organisations.models import Organisation

from .conftest import text_of

NEW = "/clauses-a-venir/nouvelle/"


def typed(**facts):
    return {
        "object": "Entretien des espaces verts",
        "kind": "SERVICES",
        "estimated_amount": "320 000",
        "consultation_on": "2026-09-15",
        "starts_on": "2027-01-04",
        "duration_months": "12",
        "commune": "",
        "cpv": "",
    } | facts


def test_a_buyer_asks_and_reads_before_when_it_is_answered(as_buyer, coming):
    page = text_of(as_buyer.post(NEW, typed(), follow=True))
    asked = ComingContract.objects.exclude(pk=coming.pk).get()
    assert (asked.buyer, asked.service, asked.status) == (coming.buyer, coming.service, "ASKED")
    assert (asked.estimated_amount, asked.duration_months) == (Decimal("320000"), 12)
    assert "Au tour de Service insertion : étudier la demande et répondre" in page
    assert "au plus tard le 29 juin 2026" in page
    assert "Condition sociale obligatoire" in page
    assert "320 000 € atteint 216 000 €." in page


@pytest.mark.parametrize(
    "facts, sentence",
    [
        pytest.param({"object": ""}, "Écrivez l’objet du marché", id="sans objet"),
        pytest.param({"kind": ""}, "Choisissez ce que le marché achète", id="sans nature"),
        pytest.param({"estimated_amount": "beaucoup"}, "Écrivez un nombre", id="montant en lettres"),
        pytest.param({"estimated_amount": ""}, "Écrivez une estimation", id="sans montant"),
        pytest.param({"consultation_on": ""}, "Indiquez le jour prévu", id="sans jour"),
        pytest.param({"consultation_on": "31/31/2026"}, "Écrivez une date comme", id="jour impossible"),
        pytest.param({"consultation_on": "2023-12-31"}, "à partir du 01/01/2024", id="seuils inconnus"),
        pytest.param({"starts_on": "2026-09-14"}, "commence après la consultation", id="avant de consulter"),
        pytest.param({"duration_months": "0"}, "nombre de mois entre 1 et 600", id="durée nulle"),
        pytest.param({"commune": "Zzyzx"}, "Aucune commune", id="commune inconnue"),
        pytest.param({"cpv": "Zzyzx"}, "Aucun code CPV", id="CPV inconnu"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(as_buyer, coming, facts, sentence):
    page = text_of(as_buyer.post(NEW, typed(**facts)))
    assert sentence in page
    assert "Erreur" in page
    if "object" not in facts:
        assert "Entretien des espaces verts" in page
    assert ComingContract.objects.count() == 1


def test_a_buyer_of_several_services_chooses_among_those_that_let_it_in(coming, as_buyer):
    second = PartnershipFactory(organisation=coming.buyer, service__name="Autre service").service
    stranger = OrganisationFactory(service=True, name="Service qui ne l’a pas admis")
    page = text_of(as_buyer.get(NEW))
    assert "Autre service" in page
    assert "Service qui ne l’a pas admis" not in page
    assert "Choisissez le service" in text_of(as_buyer.post(NEW, typed()))
    as_buyer.post(NEW, typed(service=stranger.pk))
    assert not ComingContract.objects.filter(service=stranger).exists()
    as_buyer.post(NEW, typed(service=second.pk))
    assert ComingContract.objects.get(service=second).buyer == coming.buyer


def test_a_buyer_that_no_service_let_in_is_told(db):
    alone = signed_in(OrganisationFactory(buyer=True))
    for page in (alone.get(NEW), alone.post(NEW, typed()), alone.get("/clauses-a-venir/")):
        assert "Aucun service facilitateur ne vous a encore admis" in text_of(page)
    assert not ComingContract.objects.exists()


def test_a_facilitator_types_it_for_a_buyer_met_or_new(as_facilitator, coming):
    as_facilitator.post(NEW, typed(buyer="", buyer_siret=siret(90007), buyer_name="Ville de Falaise"))
    new = ComingContract.objects.get(buyer=Organisation.objects.get(siret=siret(90007)))
    assert (new.service, new.typed_by_service) == (coming.service, True)
    page = text_of(as_facilitator.get(new.get_absolute_url()))
    assert "Saisi par Service insertion pour l’acheteur" in page
    assert "Modifier la demande" in page


def test_it_is_changed_until_answered_then_asked_again(as_buyer, coming, answered):
    url = f"{coming.get_absolute_url()}modifier/"
    assert "Rénovation du gymnase des Tilleuls" in text_of(as_buyer.get(url))
    as_buyer.post(url, typed(revision=0))
    coming.refresh_from_db()
    assert (coming.object, coming.status) == ("Entretien des espaces verts", "ASKED")

    url = f"{answered.get_absolute_url()}modifier/"
    assert "il l’étudie de nouveau" in text_of(as_buyer.get(url))
    as_buyer.post(url, typed(revision=0))
    answered.refresh_from_db()
    assert (answered.status, answered.answer_before) == ("ASKED", date(2026, 6, 29))


def test_the_second_of_two_is_told_and_keeps_what_it_typed(as_buyer, coming):
    url = f"{coming.get_absolute_url()}modifier/"
    as_buyer.post(url, typed(revision=0))
    page = text_of(as_buyer.post(url, typed(revision=0, object="Le mien")))
    assert "vient de modifier" in page
    assert "Le mien" in page
    as_buyer.post(url, typed(revision=1, object="Le mien"))
    coming.refresh_from_db()
    assert coming.object == "Le mien"


def test_a_facilitator_does_not_change_what_its_buyer_asked(as_facilitator, coming):
    assert as_facilitator.get(f"{coming.get_absolute_url()}modifier/").status_code == 403


def test_the_consultation_is_launched_on_its_true_day(as_buyer, answered):
    url = f"{answered.get_absolute_url()}consultation/"
    assert "Indiquez le jour" in text_of(as_buyer.post(url, {"revision": 0, "on": ""}))
    page = text_of(as_buyer.post(url, {"revision": 0, "on": "2026-06-12"}, follow=True))
    answered.refresh_from_db()
    assert (answered.status, answered.consultation_on) == ("PUBLISHED", date(2026, 6, 12))
    assert "C’est à vous : attribuer le marché" in page


def test_it_is_dropped_with_a_reason(as_buyer, coming):
    url = f"{coming.get_absolute_url()}abandon/"
    assert "Écrivez la raison" in text_of(as_buyer.post(url, {"revision": 0, "reason": " "}))
    page = text_of(as_buyer.post(url, {"revision": 0, "reason": "Budget reporté."}, follow=True))
    assert "sans suite : « Budget reporté. »" in page
    assert "déjà sans suite" in text_of(as_buyer.get(url))


@pytest.mark.parametrize(
    "page",
    ["", "modifier/", "abandon/", "consultation/", "attribution/", "textes/"],
    ids=lambda page: page or "dossier",
)
def test_strangers_find_nothing(as_stranger, as_other_buyer, as_company, answered, page):
    url = f"{answered.get_absolute_url()}{page}"
    assert as_stranger.get(url).status_code == 404
    assert as_other_buyer.get(url).status_code == 404
    assert as_company.get(url).status_code == 403


@pytest.mark.parametrize("page", ["abandon/", "consultation/", "attribution/", "reponse/", "sans-clause/"])
def test_who_only_reads_acts_on_nothing(as_reader, answered, page):
    assert as_reader.get(f"{answered.get_absolute_url()}{page}").status_code == 403


def test_companies_have_no_such_entry(as_company, coming):
    assert as_company.get("/clauses-a-venir/").status_code == 403
    assert "Clauses à venir" not in text_of(as_company.get("/"))


def test_a_word_finds_it_for_those_who_see_it(as_buyer, as_facilitator, as_other_buyer, coming):
    for client in (as_buyer, as_facilitator):
        assert "Rénovation du gymnase des Tilleuls" in text_of(client.get("/recherche/?q=tilleuls"))
    assert "Tilleuls" not in text_of(as_other_buyer.get("/recherche/?q=renovation"))
