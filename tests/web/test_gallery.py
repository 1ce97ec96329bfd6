"""The gallery of components, in a real browser: accessible, at every width, with and without scripts."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.plugin.browser import NARROW, WIDE

PHONE, ZOOMED = {"width": 390, "height": 844}, {"width": 320, "height": 640}


def address():
    return reverse("gallery:components")


def test_anyone_sees_it_without_an_account(client):
    answer = client.get(address())
    assert answer.status_code == 200
    assert "La jauge d’heures" in answer.content.decode()


@pytest.mark.django_db(transaction=True)
class TestInABrowser:
    @pytest.mark.parametrize("size", [WIDE, PHONE, NARROW, ZOOMED], ids=["1280", "390", "360", "320"])
    def test_axe_finds_nothing_and_nothing_scrolls_sideways(self, open_page, axe, size):
        page = open_page(size=size)
        page.goto(address())
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]

    def test_the_stepper_adds_and_removes_an_hour(self, open_page):
        page = open_page(size=PHONE)
        page.goto(address())
        hours = page.get_by_label("Heures travaillées, Aminata Sow-Duclos")
        hours.fill("150,5")
        page.get_by_role("button", name="Ajouter une heure à Aminata Sow-Duclos").click()
        expect(hours).to_have_value("151,5")
        page.get_by_role("button", name="Enlever une heure à Aminata Sow-Duclos").click(click_count=2)
        expect(hours).to_have_value("149,5")

    def test_hours_never_go_under_zero(self, open_page):
        page = open_page(size=PHONE)
        page.goto(address())
        page.get_by_role("button", name="Enlever une heure à Aminata Sow-Duclos").click()
        expect(page.get_by_label("Heures travaillées, Aminata Sow-Duclos")).to_have_value("0")

    def test_a_chosen_file_says_its_name(self, open_page):
        page = open_page()
        page.goto(address())
        page.get_by_label("CV", exact=False).first.set_input_files(
            {"name": "cv_cardinet.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7"}
        )
        expect(page.get_by_text("cv_cardinet.pdf")).to_be_visible()

    def test_without_scripts_nothing_is_offered_that_would_not_work(self, open_page):
        page = open_page(javascript=False)
        page.goto(address())
        expect(page.get_by_role("button", name="Ajouter une heure à Aminata Sow-Duclos")).to_have_count(0)
        expect(page.get_by_label("CV", exact=False).first).to_be_visible()

    def test_the_first_key_leads_to_the_content(self, open_page):
        page = open_page()
        page.goto(address())
        page.keyboard.press("Tab")
        skip = page.get_by_role("link", name="Aller au contenu")
        expect(skip).to_be_focused()
        expect(skip).to_be_in_viewport()
        page.keyboard.press("Enter")
        expect(page.locator("main")).to_be_focused()
