"""To whom an offer goes, and each structure's answer, on the pages."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import (
    DiffusionFactory,
    JobSheetFactory,
    OrganisationFactory,
    PartnershipFactory,
    actor_for,
)
from tests.offers.scene import NOW, set_scene
from uneplace.offers.models import JobSheet
from uneplace.organisations.models import Partnership

pytestmark = pytest.mark.django_db


def partner(scene, name, **fields):
    organisation = OrganisationFactory(employer=True, name=name)
    PartnershipFactory(service=scene.sheet.service, organisation=organisation, **fields)
    return organisation


def test_structures_are_chosen_by_trade_and_by_public(as_actor):
    scene = set_scene()
    builder = partner(scene, "Bâtir ensemble", trades=["F"], publics=["YOUTH"])
    cleaner = partner(scene, "Propreté plus", trades=["K"], publics=["RSA"])
    client = as_actor(scene.facilitator)
    address = reverse("offers:publish", args=[scene.sheet.pk])

    def shown(**query):
        page = client.get(address, query).content.decode()
        return {one.name for one in (builder, cleaner) if f"{one.name}<span" in page}

    assert shown() == {"Bâtir ensemble", "Propreté plus"}
    assert shown(metier="oui") == {"Bâtir ensemble"}
    assert shown(public="RSA") == {"Propreté plus"}
    assert shown(public="invente") == set()


def test_only_the_chosen_receive_the_offer_and_a_stranger_never(as_actor):
    scene = set_scene()
    chosen, left = partner(scene, "Choisie"), partner(scene, "Laissée")
    stranger = OrganisationFactory(employer=True)
    client = as_actor(scene.facilitator)
    address = reverse("offers:publish", args=[scene.sheet.pk])

    refused = client.post(address, {"to": [stranger.pk], "before": "2026-02-20"})
    assert refused.status_code == 422
    late = client.post(address, {"to": [chosen.pk], "before": "2026-02-12"})
    assert "à venir" in late.content.decode()
    assert f'value="{chosen.pk}" id="id_to_00" checked' in late.content.decode()
    client.post(address, {"to": [chosen.pk], "before": "2026-02-20"})

    received = set(scene.sheet.diffusions.values_list("organisation", flat=True))
    assert chosen.pk in received
    assert not received & {left.pk, stranger.pk}


def test_reading_the_list_opens_nothing_and_the_button_does(as_actor):
    scene = set_scene()
    diffusion = scene.sheet.diffusions.get(organisation=scene.employer.organisation)
    client = as_actor(scene.employer)
    assert "Voir l’offre" in client.get(reverse("offers:list")).content.decode()
    client.get(scene.sheet.get_absolute_url())
    diffusion.refresh_from_db()
    assert diffusion.opened_at is None

    response = client.post(reverse("offers:open", args=[scene.sheet.pk]))

    diffusion.refresh_from_db()
    assert (response.url, diffusion.opened_at) == (scene.sheet.get_absolute_url(), NOW)


def test_a_reader_of_the_structure_opens_the_page_without_saying_so(as_actor):
    scene = set_scene()
    reader = actor_for(scene.employer.organisation, role="READER")

    assert as_actor(reader).post(reverse("offers:open", args=[scene.sheet.pk])).status_code == 302
    assert not scene.sheet.diffusions.exclude(opened_at=None).exists()


def test_nothing_to_propose_is_said_and_read_by_the_service(as_actor):
    scene = set_scene()
    client = as_actor(scene.employer)
    address = reverse("offers:nothing", args=[scene.sheet.pk])
    assert client.post(address, {"note": ""}).status_code == 422
    other = client.post(address, {"reason": "OTHER", "note": ""})
    assert "Précisez la raison" in other.content.decode()

    client.post(address, {"reason": "NOBODY", "note": "Peut-être en mars."})

    page = as_actor(scene.facilitator).get(scene.sheet.get_absolute_url()).content.decode()
    assert "Rien à proposer" in page
    assert "Peut-être en mars." in page
    assert (
        "Vous pouvez encore proposer une personne"
        in client.get(scene.sheet.get_absolute_url()).content.decode()
    )


def test_once_no_structure_has_anybody_it_is_the_services_turn(as_actor):
    scene = set_scene()
    scene.sheet.diffusions.update(opened_at=NOW, nothing_at=NOW, nothing_reason="NOBODY")

    page = as_actor(scene.facilitator).get(scene.sheet.get_absolute_url()).content.decode()

    assert "aucune structure n’a personne à proposer" in page


def test_the_service_answers_for_a_structure_without_account_and_for_no_other(as_actor):
    scene = set_scene()
    client = as_actor(scene.facilitator)
    address = reverse("offers:nothing", args=[scene.sheet.pk])
    structure = scene.employer.organisation

    assert client.get(address).status_code == 404
    assert client.get(address, {"structure": structure.pk}).status_code == 403
    structure.memberships.all().delete()
    assert "qui n’a pas de compte" in client.get(address, {"structure": structure.pk}).content.decode()
    client.post(f"{address}?structure={structure.pk}", {"reason": "NOBODY"})

    assert scene.sheet.diffusions.get(organisation=structure).nothing_reason == "NOBODY"


@pytest.mark.parametrize("route", ["open", "nothing"])
def test_an_offer_that_was_not_sent_to_a_structure_does_not_exist(as_actor, route):
    scene = set_scene()
    other = actor_for(partner(scene, "Ailleurs"))

    response = as_actor(other).post(reverse(f"offers:{route}", args=[scene.sheet.pk]), {"reason": "NOBODY"})

    assert response.status_code == 404


@pytest.mark.parametrize("route", ["job_sheet", "publish"])
def test_a_page_costs_the_same_for_few_structures_and_for_many(as_actor, route):
    scene = set_scene()
    client = as_actor(scene.facilitator)
    address = reverse(f"offers:{route}", args=[scene.sheet.pk])

    def cost(more):
        for _ in range(more):
            DiffusionFactory(job_sheet=scene.sheet, organisation=partner(scene, "Reçue"))
            partner(scene, "Libre")
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    cost(2)
    assert cost(2) == cost(40)


def test_the_list_of_offers_costs_the_same_for_few_and_for_many(as_actor):
    scene = set_scene()
    client = as_actor(scene.employer)

    def cost(more):
        for _ in range(more):
            sheet = JobSheetFactory(commitment=scene.sheet.commitment)
            DiffusionFactory(job_sheet=sheet, organisation=scene.employer.organisation)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse("offers:list")).status_code == 200
        return len(queries)

    cost(2)
    assert cost(2) == cost(20)


def test_a_service_notes_whom_a_structure_follows(as_actor):
    scene = set_scene()
    structure = scene.employer.organisation
    client = as_actor(scene.facilitator)
    address = reverse("accounts:describe_partner", args=[structure.pk])
    assert address in client.get(reverse("accounts:partners")).content.decode()

    assert client.post(address, {"publics": ["TOUT_LE_MONDE"]}).status_code == 422
    client.post(address, {"publics": ["YOUTH"], "trades": ["F", "K"]})

    link = Partnership.objects.get(organisation=structure)
    assert (link.publics, link.trades) == (["YOUTH"], ["F", "K"])
    assert as_actor(scene.employer).get(address).status_code == 403
    stranger = client.get(reverse("accounts:describe_partner", args=[OrganisationFactory(employer=True).pk]))
    assert stranger.status_code == 404


def test_closing_asks_for_a_reason_of_the_list(as_actor):
    scene = set_scene()
    client = as_actor(scene.facilitator)
    address = reverse("offers:close", args=[scene.sheet.pk])

    assert client.post(address, {"kind": "OTHER", "words": ""}).status_code == 422
    client.post(address, {"kind": "POSTPONED", "words": "En septembre."})

    scene.sheet.refresh_from_db()
    assert scene.sheet.status == JobSheet.Status.CLOSED
    assert scene.sheet.closing_reason == "Le chantier est reporté ou arrêté. En septembre."
