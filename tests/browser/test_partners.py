"""Hours change hands between two companies, on small phones: proposed, accepted, validated by the service."""

from decimal import Decimal

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.browser.looks import faults_of
from tests.factories import ClauseFactory, MembershipFactory, actor_for, group_of_companies
from tests.plugin.browser import NARROW
from uneplace.contracts.models import Transfer
from uneplace.hours.group import group_of

pytestmark = pytest.mark.django_db(transaction=True)


def test_hours_are_entrusted_and_the_debt_stays(open_page, axe):
    clause = ClauseFactory(hours=Decimal("200"))
    owner, partner = group_of_companies("Tournebise", "Brindacier", clause=clause)
    people = [MembershipFactory(organisation=one.company).user for one in (owner, partner)]
    service = actor_for(clause.service).user

    page = open_page(people[0], size=NARROW)
    page.goto(reverse("contracts:partners", args=[clause.pk]))
    page.get_by_role("link", name="Proposer un transfert").click()
    page.wait_for_url("**/transfert/")
    faults = faults_of(page, axe, "proposer")
    page.set_viewport_size(NARROW)
    page.get_by_label("Son partenaire").select_option(label="Brindacier")
    page.get_by_label("Heures", exact=True).fill("35,5")
    page.get_by_role("button", name="Proposer ce transfert").click()
    expect(page.get_by_text("Transfert proposé.")).to_be_visible()

    page = open_page(people[1], size=NARROW)
    page.goto("/")
    page.get_by_role("link", name="Répondre").first.click()
    page.wait_for_url("**/transferts/*/")
    page.get_by_label("Accepter ce transfert").check()
    page.get_by_role("button", name="Répondre").click()
    expect(page.get_by_text("Accord noté.")).to_be_visible()

    page = open_page(service, size=NARROW)
    page.goto(Transfer.objects.get().get_absolute_url())
    faults += faults_of(page, axe, "valider")
    page.set_viewport_size(NARROW)
    page.get_by_label("Valider ce transfert").check()
    page.get_by_role("button", name="Répondre").click()
    expect(page.get_by_text("Transfert validé.")).to_be_visible()

    page.goto(reverse("contracts:partners", args=[clause.pk]))
    expect(page.get_by_text("dont 35,5 h pour Tournebise")).to_be_visible()
    assert faults + faults_of(page, axe, "partenaires") == []

    first, second = group_of(clause).partners
    assert (first.standing.to_do, second.standing.to_do) == (Decimal("64.5"), Decimal("135.5"))
    assert (first.standing.due, second.standing.due) == (Decimal(100), Decimal(100))
