"""Recording a work contract after the company's choice, and its confirmation by the employer."""

from datetime import date

import pytest
from django.urls import reverse

from tests.factories import (
    AllocationFactory,
    ApplicationFactory,
    OrganisationFactory,
    PartnershipFactory,
    PlacementFactory,
    WorkedMonthFactory,
    actor_for,
)
from uneplace.hours.models import Placement, Statement
from uneplace.journal.queries import entries_about
from uneplace.offers.models import Application

pytestmark = pytest.mark.django_db


@pytest.fixture
def chosen():
    """Somebody of a temporary work agency, chosen by the company."""
    return ApplicationFactory(status=Application.Status.HIRED)


@pytest.fixture
def as_service(client, chosen):
    client.force_login(actor_for(chosen.service).user)
    return client


def terms(application, **changes):
    company = application.job_sheet.commitment.company
    return {
        "kind": "CDD",
        "modality": "DIRECT",
        "employer": company.pk,
        "declared_by": company.pk,
        "job": "Aide-maçonne",
        "starts_on": "2026-03-02",
        "ends_on": "2026-08-31",
        "weekly_hours": "35",
    } | changes


def url_of(application):
    return reverse("hours:record_placement", args=[application.pk])


def test_the_contract_is_recorded_allocated_and_its_statements_are_awaited(as_service, chosen):
    page = as_service.post(url_of(chosen), terms(chosen), follow=True)
    placement = Placement.objects.get()
    assert "Contrat enregistré." in page.content.decode()
    assert placement.last_day == date(2026, 8, 31)
    assert placement.allocations.get().commitment == chosen.job_sheet.commitment
    assert Statement.objects.filter(commitment=chosen.job_sheet.commitment).count() >= 1


@pytest.mark.parametrize(
    "changes, sentence",
    [
        pytest.param({"modality": "MISE_A_DISPOSITION"}, "la modalité est l’embauche directe", id="modalité"),
        pytest.param({"ends_on": ""}, "seul un CDI n’en a pas", id="CDD sans fin"),
        pytest.param({"kind": "CDI"}, "Un CDI n’a pas de dernier jour", id="CDI avec une fin"),
        pytest.param({"kind": ""}, "Ce champ est obligatoire", id="nature à choisir"),
        pytest.param({"ends_on": "2026-03-01"}, "après le premier", id="fin avant le début"),
        pytest.param({"weekly_hours": "49"}, "entre 0 et 48", id="plus de 48 h"),
        pytest.param(
            {"starts_on": "2028-01-03", "ends_on": "2028-06-30"},
            "aucune heure ne compterait",
            id="hors marché",
        ),
    ],
)
def test_what_does_not_hold_together_is_said(as_service, chosen, changes, sentence):
    page = as_service.post(url_of(chosen), terms(chosen, **changes))
    assert page.status_code == 422
    assert sentence in page.content.decode()
    assert not Placement.objects.exists()


def test_what_the_law_says_is_read_first_and_nothing_typed_is_lost(as_service, chosen):
    typed = terms(chosen, kind="CDDI", ends_on="2026-04-30", weekly_hours="15", exposed="on")
    page = as_service.post(url_of(chosen), typed)
    text = page.content.decode().replace("\u00a0", " ")
    assert "Rien n’est encore enregistré : 4 points à vérifier." in text
    assert "Un CDDI dure 4 mois au moins." in text
    assert "Un CDDI compte 20 h par semaine au moins." in text
    assert "interdit sur un poste exposé" in text
    assert "Un CDDI est signé par une entreprise d’insertion" in text
    assert 'value="Aide-maçonne"' in text
    assert not Placement.objects.exists()

    # Another fault appears: it is read too before anything is recorded.
    worse = typed | {"read": "TOO_SHORT FEW_HOURS"}
    assert "Rien n’est encore enregistré" in as_service.post(url_of(chosen), worse).content.decode()

    as_service.post(url_of(chosen), typed | {"read": page.context["read"]})
    placement = Placement.objects.get()
    assert entries_about(placement).get(verb="placement.recorded").details["warned"] == [
        "EMPLOYER",
        "EXPOSED",
        "FEW_HOURS",
        "TOO_SHORT",
    ]


def test_the_earlier_contracts_and_the_hours_lent_are_looked_at(as_service, chosen):
    association = OrganisationFactory(employer=True, kind="AI")
    PartnershipFactory(service=chosen.service, organisation=association)
    lent = {"service": chosen.service, "participant": chosen.participant, "employer": association}
    earlier = PlacementFactory(**lent, modality="MISE_A_DISPOSITION", declared_by=association)
    WorkedMonthFactory(placement=earlier, hours=400)
    typed = terms(chosen, modality="MISE_A_DISPOSITION", employer=association.pk, declared_by=association.pk)
    page = as_service.post(url_of(chosen), typed).content.decode().replace("\u00a0", " ")
    assert "1 015 h sont faites ou prévues, ce contrat en ajoute environ 915 h" in page


def test_nobody_is_recorded_before_the_company_chose(client):
    application = ApplicationFactory(status=Application.Status.SENT)
    client.force_login(actor_for(application.service).user)
    page = client.get(url_of(application))
    assert "n’a pas encore choisi" in page.content.decode()
    client.post(url_of(application), terms(application))
    assert not Placement.objects.exists()


def test_a_contract_is_recorded_once(as_service, chosen):
    as_service.post(url_of(chosen), terms(chosen))
    page = as_service.post(url_of(chosen), terms(chosen))
    assert "déjà enregistré" in page.content.decode()
    assert Placement.objects.count() == 1


def test_the_employer_confirms_once(client):
    placement = AllocationFactory(placement__confirmed_at=None).placement
    client.force_login(actor_for(placement.employer).user)
    assert "confirmer le contrat de travail" in client.get(placement.get_absolute_url()).content.decode()
    url = reverse("hours:confirm_placement", args=[placement.pk])
    client.post(url)
    placement.refresh_from_db()
    assert placement.confirmed_at is not None
    assert "déjà confirmé" in client.post(url, follow=True).content.decode()


def test_a_stranger_sees_no_contract(client, chosen):
    placement = PlacementFactory()
    client.force_login(actor_for(OrganisationFactory(company=True)).user)
    assert client.get(placement.get_absolute_url()).status_code == 404
    assert client.get(url_of(chosen)).status_code == 403


def test_another_service_sees_no_application(client, chosen):
    client.force_login(actor_for(OrganisationFactory(service=True)).user)
    assert client.get(url_of(chosen)).status_code == 404
