"""The suggestions of the national lists, in a real browser."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.factories import ClauseFactory, CommitmentFactory, actor_for


@pytest.mark.django_db(transaction=True)
def test_a_commune_and_a_trade_are_suggested_as_one_types(open_page, axe):
    clause = ClauseFactory()
    CommitmentFactory(clause=clause)
    page = open_page(actor_for(clause.service).user)
    page.goto(reverse("offers:create"))
    place = page.get_by_label("Lieu de travail")
    place.press_sequentially("herouville")
    options = page.locator(f"#{place.get_attribute('list')} option")
    expect(options.first).to_have_attribute("value", "Hérouville-Saint-Clair (14200)")
    trade = page.get_by_role("combobox", name="Métier")
    trade.press_sequentially("maçon")
    options = page.locator(f"#{trade.get_attribute('list')} option")
    expect(options.first).to_have_attribute("value", "F1703 – Maçonnerie")
    axe(page)
