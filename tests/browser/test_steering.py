"""Where a clause goes: its curve, its forecast and how far forecasts fell, read with the keyboard alone."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
import time_machine
from playwright.sync_api import expect

from tests.factories import (
    CommitmentFactory,
    ForecastTrialFactory,
    LedgerEntryFactory,
    MembershipFactory,
    StatementFactory,
    StatementLineFactory,
)
from tests.plugin.browser import NARROW, WIDE

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def june():
    with time_machine.travel(datetime(2026, 6, 15, 9, 0, tzinfo=UTC), tick=True):
        yield


def holds_its_width(page):
    return page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["desk", "phone"])
def test_where_a_clause_goes_is_read_with_the_keyboard(open_page, axe, size):
    commitment = CommitmentFactory(company__name="Quatrevents TP")
    statement = StatementFactory(commitment=commitment, month=date(2026, 4, 1), validated=True)
    LedgerEntryFactory(line__statement=statement, line__hours=Decimal("120"))
    for rank in range(12):
        ForecastTrialFactory(service=commitment.service, stage=25, finished=str(440 + 10 * rank))
    page = open_page(MembershipFactory(organisation=commitment.service).user, size=size)

    page.goto(commitment.get_absolute_url())
    page.get_by_role("link", name="La courbe et le détail").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/prevision/")
    expect(page.get_by_role("img", name="Heures, Toute la clause")).to_be_visible()
    expect(page.get_by_text("huit fois sur dix, d’après 12")).to_be_visible()
    table = page.get_by_text("Voir les chiffres en tableau")
    table.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("cell", name="120\u00a0h").first).to_be_visible()
    assert holds_its_width(page)
    axe(page)

    page.get_by_role("link", name="Comment nous prévoyons").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/previsions/")
    expect(page.get_by_role("row", name="25\u00a0%")).to_contain_text("12")
    assert holds_its_width(page)
    axe(page)


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["desk", "phone"])
def test_the_week_says_what_is_at_stake_and_thresholds_change_with_the_keyboard(open_page, axe, size):
    commitment = CommitmentFactory(company__name="Quatrevents TP")
    statement = StatementFactory(commitment=commitment, month=date(2026, 5, 1), submitted=True)
    StatementLineFactory(statement=statement, hours=Decimal("140"))
    page = open_page(MembershipFactory(organisation=commitment.service, role="ADMIN").user, size=size)

    page.goto("/")
    expect(page.get_by_text("140\u00a0h en jeu")).to_be_visible()
    assert holds_its_width(page)
    axe(page)

    page.goto("/marches/")
    expect(page.get_by_text("En alerte")).to_be_visible()
    expect(page.get_by_text("0\u00a0% des heures attendues à ce jour")).to_be_visible()
    axe(page)

    page.goto("/service/alertes/")
    days = page.get_by_label("Critique, document en retard de plus de")
    days.fill("0")
    days.press("Enter")
    expect(days).to_have_attribute("aria-invalid", "true")
    assert holds_its_width(page)
    axe(page)
    days.fill("20")
    days.press("Enter")
    expect(page.get_by_text("20 jours, auparavant 15")).to_be_visible()
    axe(page)
