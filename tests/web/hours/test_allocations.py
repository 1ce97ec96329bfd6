"""The screens where a facilitator says for which contracts somebody's hours count."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from tests.factories import (
    AllocationFactory,
    ApplicationFactory,
    ClauseFactory,
    CommitmentFactory,
    ContractFactory,
    LedgerEntryFactory,
    OrganisationFactory,
    StatementFactory,
    StatementLineFactory,
    WorkedMonthFactory,
    actor_for,
)
from uneplace.hours.models import Allocation, Placement
from uneplace.offers.models import Application

from .test_placements import terms, url_of

pytestmark = pytest.mark.django_db


def another(service, **fields):
    """A commitment of another clause of this service."""
    clause = ClauseFactory(lot__contract=ContractFactory(service=service, object="Réfection des berges"))
    return CommitmentFactory(clause=clause, **fields)


@pytest.fixture
def lent():
    agency = OrganisationFactory(employer=True)
    return AllocationFactory(placement__employer=agency, placement__modality="MISE_A_DISPOSITION")


@pytest.fixture
def as_service(client, lent):
    client.force_login(actor_for(lent.service).user)
    return client


def allocate_url(lent):
    return reverse("hours:allocate", args=[lent.placement_id])


def typed(asked, lent, **changes):
    return {
        "commitment": asked.pk,
        "starts_on": "2026-03-02",
        "ends_on": "2026-08-31",
        "share": "50",
        "taken_from": lent.pk,
    } | changes


def words(page):
    return page.content.decode().replace("\u00a0", " ")


def test_the_contract_shows_what_it_works_for_and_where_to_change_it(as_service, lent):
    page = words(as_service.get(lent.placement.get_absolute_url()))
    assert "100 %" in page
    assert allocate_url(lent) in page
    assert lent.get_absolute_url() in page


def test_a_second_contract_takes_half_of_the_time(as_service, lent):
    commitment = another(lent.service)
    page = words(as_service.get(allocate_url(lent)))
    assert "Réfection des berges" in page
    page = words(as_service.post(allocate_url(lent), typed(commitment, lent), follow=True))
    assert "Affectation enregistrée." in page
    assert page.count("50 %") == 2


def test_too_much_is_said_and_nothing_typed_is_lost(as_service, lent):
    commitment = another(lent.service)
    page = as_service.post(allocate_url(lent), typed(commitment, lent, taken_from="", share="33,33"))
    assert page.status_code == 422
    assert "il ne reste rien" in words(page)
    assert 'value="33,33"' in words(page)
    assert Allocation.objects.count() == 1


@pytest.mark.parametrize(
    "changes, sentence",
    [
        pytest.param({"share": "0"}, "au-dessus de 0", id="rien"),
        pytest.param({"share": "120"}, "entre 0 et 100", id="plus que tout"),
        pytest.param({"share": "33,333"}, "2 décimales au plus", id="trop fin"),
        pytest.param({"commitment": ""}, "Choisissez le marché", id="sans marché"),
        pytest.param({"ends_on": "2026-03-01"}, "après le premier", id="finit avant"),
        pytest.param({"starts_on": "2026-02-30"}, "Écrivez une date", id="date impossible"),
        pytest.param({"ends_on": "", "read": "EXECUTION"}, "Le contrat de travail va du", id="sans fin"),
    ],
)
def test_what_does_not_hold_is_said(as_service, lent, changes, sentence):
    page = as_service.post(allocate_url(lent), typed(another(lent.service), lent, **changes))
    assert page.status_code == 422
    assert sentence in words(page)
    assert Allocation.objects.count() == 1


def test_a_contract_of_another_service_is_not_offered(as_service, lent):
    elsewhere = CommitmentFactory()
    page = as_service.post(allocate_url(lent), typed(elsewhere, lent))
    assert page.status_code == 422
    assert Allocation.objects.count() == 1


def test_days_outside_the_clause_are_read_once(as_service, lent):
    commitment = another(lent.service)
    commitment.clause.execution = commitment.period = (date(2026, 4, 1), date(2027, 4, 1))
    commitment.clause.save()
    commitment.save()
    page = as_service.post(allocate_url(lent), typed(commitment, lent))
    assert "Rien n’est encore enregistré : 1 point à vérifier." in words(page)
    assert Allocation.objects.count() == 1
    as_service.post(allocate_url(lent), typed(commitment, lent, read=page.context["read"]))
    assert Allocation.objects.count() == 2


def test_an_allocation_is_changed_ended_then_removed(as_service, lent):
    commitment = another(lent.service)
    as_service.post(allocate_url(lent), typed(commitment, lent))
    added = Allocation.objects.get(commitment=commitment)
    form = as_service.get(added.get_absolute_url()).context["form"]
    sent = {"starts_on": "2026-03-02", "ends_on": "2026-06-30", "share": "25", "was": form["was"].value()}
    page = words(as_service.post(added.get_absolute_url(), sent, follow=True))
    assert "Affectation changée." in page
    added.refresh_from_db()
    assert (added.last_day, added.share) == (date(2026, 6, 30), Decimal("0.25"))

    late = as_service.post(added.get_absolute_url(), sent | {"share": "30"})
    assert "vient de changer cette affectation" in words(late)
    assert 'value="30"' in words(late)
    as_service.post(added.get_absolute_url(), sent | {"share": "30", "was": late.context["was"]})
    added.refresh_from_db()
    assert added.share == Decimal("0.3")

    url = reverse("hours:remove_allocation", args=[added.pk])
    assert "Affectation retirée." in words(as_service.post(url, follow=True))
    gone = as_service.post(reverse("hours:remove_allocation", args=[lent.pk]), follow=True)
    assert "C’est la seule affectation" in words(gone)


def test_a_company_reads_its_own_contract_and_never_the_other_one(client, lent):
    commitment = another(lent.service)
    AllocationFactory(commitment=commitment, placement=lent.placement, share=Decimal("0.5"))
    Allocation.objects.filter(pk=lent.pk).update(share=Decimal("0.5"))
    statement = StatementFactory(commitment=commitment, declarant=lent.placement.employer, validated=True)
    month = WorkedMonthFactory(placement=lent.placement, hours=Decimal("77.25"))
    line = StatementLineFactory(statement=statement, worked_month=month, hours=Decimal("77.25"))
    LedgerEntryFactory(line=line)
    client.force_login(actor_for(lent.commitment.company).user)
    page = words(client.get(lent.placement.get_absolute_url()))
    assert "Réfection des berges" not in page
    assert commitment.company.name not in page
    assert "77,25" not in page
    assert "Affecter à un autre marché" not in page
    assert client.get(allocate_url(lent)).status_code == 403
    assert client.get(lent.get_absolute_url()).status_code == 403


def test_the_employer_reads_all_and_changes_nothing(client, lent):
    Allocation.objects.filter(pk=lent.pk).update(share=Decimal("0.5"))
    AllocationFactory(commitment=another(lent.service), placement=lent.placement, share=Decimal("0.5"))
    client.force_login(actor_for(lent.placement.employer).user)
    page = words(client.get(lent.placement.get_absolute_url()))
    assert "Réfection des berges" in page
    assert client.post(lent.get_absolute_url()).status_code == 403


def test_another_service_finds_nothing(client, lent):
    client.force_login(actor_for(OrganisationFactory(service=True)).user)
    assert client.get(allocate_url(lent)).status_code == 404
    assert client.get(lent.get_absolute_url()).status_code == 404
    assert client.post(reverse("hours:remove_allocation", args=[lent.pk])).status_code == 404


def test_a_new_work_contract_serves_two_contracts_from_its_first_day(client):
    chosen = ApplicationFactory(status=Application.Status.HIRED)
    company = chosen.job_sheet.commitment.company
    commitment = another(chosen.service, company=company)
    client.force_login(actor_for(chosen.service).user)
    page = client.post(url_of(chosen), terms(chosen, also=commitment.pk))
    assert "Écrivez la part du temps" in words(page)
    assert not Placement.objects.exists()
    client.post(url_of(chosen), terms(chosen, also=commitment.pk, also_share="30"))
    shares = {one.commitment: one.share for one in Allocation.objects.all()}
    assert shares == {chosen.job_sheet.commitment: Decimal("0.7"), commitment: Decimal("0.3")}
