"""A preselection by the keyboard alone, on the board then on the list; and with many files on a phone."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.urls import reverse
from playwright.sync_api import expect

from tests.factories import CriterionAnswerFactory
from tests.offers.scene import set_scene
from tests.plugin.browser import WIDE
from uneplace.offers.models import Application

pytestmark = pytest.mark.django_db(transaction=True)
PHONE = {"width": 390, "height": 844}
TODAY = datetime(2026, 2, 12, 9, 0, tzinfo=UTC)


@pytest.fixture
def scene():
    with time_machine.travel(TODAY):
        scene = set_scene(posts=2)
        first = scene.application(participant__first_name="Aminata", participant__last_name="Sow")
        scene.application(participant__first_name="Nouria", participant__last_name="Lecacheux")
        CriterionAnswerFactory(application=first, criterion=scene.hard, met="YES", fact="14 min à pied")
        yield scene


def test_a_file_is_kept_and_another_put_aside_without_a_mouse(open_page, axe, scene):
    page = open_page(scene.facilitator.user)
    page.goto(f"{reverse('offers:preselection', args=[scene.sheet.pk])}?vue=tableau")
    first = page.get_by_role("article", name="Aminata Sow")
    second = page.get_by_role("article", name="Nouria Lecacheux")

    for _ in range(60):
        page.keyboard.press("Tab")
        if first.evaluate("node => node === document.activeElement"):
            break
    expect(first).to_be_focused()
    page.keyboard.press("r")
    expect(first.get_by_label("Votre raison, en une phrase")).to_be_focused()
    page.keyboard.type("Connaît déjà l’équipe.")
    page.keyboard.press("Enter")
    kept = page.get_by_role("region", name="Retenues")
    expect(kept.get_by_role("article", name="Aminata Sow")).to_be_focused()
    axe(page)

    page.keyboard.press("ArrowLeft")
    expect(second).to_be_focused()
    page.keyboard.press("e")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    out = page.get_by_role("region", name="Écartées")
    expect(out.get_by_role("article", name="Nouria Lecacheux")).to_be_focused()
    page.keyboard.press("c")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("c")
    expect(page.get_by_role("checkbox", checked=True)).to_have_count(2)
    page.get_by_role("button", name="Comparer et décider ensemble").press("Enter")
    expect(page.get_by_role("columnheader", name="Aminata Sow")).to_be_visible()
    axe(page)

    decided = dict(Application.objects.values_list("participant__last_name", "status"))
    assert decided == {"Sow": "SHORTLISTED", "Lecacheux": "DECLINED"}


def test_letters_do_nothing_while_one_writes(open_page, scene):
    page = open_page(scene.facilitator.user)
    page.goto(reverse("offers:preselection", args=[scene.sheet.pk]))
    card = page.get_by_role("article", name="Aminata Sow")

    card.focus()
    page.keyboard.press("v")
    reason = card.get_by_label("Votre raison, en une phrase")
    page.keyboard.type("vcroe")
    expect(reason).to_have_value("vcroe")
    page.keyboard.press("Escape")
    expect(card).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("article", name="Nouria Lecacheux")).to_be_focused()


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("name", ["preselection", "together", "pool"])
def test_pages_hold_their_width_and_are_accessible(open_page, axe, scene, size, name):
    page = open_page(scene.facilitator.user, size=size)
    files = "&".join(f"dossiers={pk}" for pk in Application.objects.values_list("pk", flat=True))
    page.goto(f"{reverse(f'offers:{name}', args=[scene.sheet.pk])}?{files}")

    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    axe(page)


def test_without_javascript_a_file_is_decided_on_the_board(open_page, scene):
    page = open_page(scene.facilitator.user, javascript=False)
    page.goto(f"{reverse('offers:preselection', args=[scene.sheet.pk])}?vue=tableau")
    card = page.get_by_role("article", name="Nouria Lecacheux")

    card.locator("summary").click()
    card.get_by_role("radio", name="Réserve").check()
    card.get_by_label("Votre raison, en une phrase").fill("À rappeler.")
    card.get_by_role("button", name="Garder la décision").click()

    held = page.get_by_role("region", name="En réserve")
    expect(held.get_by_role("article", name="Nouria Lecacheux")).to_be_visible()
