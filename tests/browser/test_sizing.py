"""The hours due follow what the facilitator types, before anything is kept."""

import pytest
from playwright.sync_api import expect

from tests.factories import LotFactory, MembershipFactory
from tests.plugin.browser import NARROW, WIDE
from uneplace.contracts.models import Clause

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["desk", "phone"])
def test_the_hours_due_follow_what_is_typed(open_page, axe, size):
    lot = LotFactory()
    page = open_page(MembershipFactory(organisation=lot.service).user, size=size)
    page.goto(f"/lots/{lot.pk}/clause/")
    result = page.locator("#resultat")
    expect(result).to_contain_text("dès que le calcul sera complet")

    page.get_by_label("Montant hors taxes").fill("1 800 000")
    page.get_by_label("Part de la main-d’œuvre").and_(page.locator("input[type=text]")).fill("50")
    page.get_by_label("Part réservée à l’insertion").fill("7")
    page.get_by_label("Coût d’une heure de travail").fill("30")
    expect(result).to_contain_text("2\u00a0100\u00a0h à réaliser.")
    expect(result).to_contain_text("2\u00a0personnes à temps plein pendant 7\u00a0mois")
    axe(page)

    page.get_by_label("Volume fixe").check()
    expect(page.get_by_label("Coût d’une heure de travail")).to_be_hidden()
    page.get_by_label("Volume d’heures").fill("9 500")
    expect(result).to_contain_text("9\u00a0500\u00a0h à réaliser.")
    assert not Clause.objects.exists()


def test_without_javascript_a_button_computes(open_page):
    lot = LotFactory()
    page = open_page(MembershipFactory(organisation=lot.service).user, javascript=False)
    page.goto(f"/lots/{lot.pk}/clause/")
    page.get_by_label("Volume fixe").check()
    page.get_by_label("Volume d’heures").fill("9 500")
    page.get_by_role("button", name="Calculer les heures").click()
    expect(page.locator("#resultat")).to_contain_text("9\u00a0500\u00a0h à réaliser.")
    expect(page.get_by_label("Volume d’heures")).to_have_value("9 500")
