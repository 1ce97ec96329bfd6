"""The look that every page is given does see: a fault put in a page on purpose is told."""

import pytest

from tests.browser.looks import faults_of

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_picture_without_words_and_a_page_without_title_are_told(open_page, axe):
    page = open_page()
    page.goto("/")
    assert faults_of(page, axe, "accueil") == []

    page.locator("h1").evaluate("one => one.outerHTML = '<img src=\"/static/img/check-white.svg\">'")

    faults = faults_of(page, axe, "accueil")
    assert len([one for one in faults if "image-alt" in one]) == 2
    assert len([one for one in faults if "has not one h1" in one]) == 2
