"""The validating week: read what the checks tell, say what is normal, validate at once, reopen a month."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.urls import reverse
from playwright.sync_api import expect

from tests.browser.looks import faults_of
from tests.factories import CommitmentFactory, OrganisationFactory, actor_for
from tests.hours.test_checks import line_of
from tests.plugin.browser import NARROW, WIDE
from uneplace.hours.models import Anomaly, LedgerEntry, Statement

pytestmark = pytest.mark.django_db(transaction=True)

MAY = datetime(2026, 5, 6, 9, 0, tzinfo=UTC)


@pytest.fixture
def by():
    return actor_for(OrganisationFactory(service=True))


def received(by, hours):
    commitment = CommitmentFactory(clause__lot__contract__service=by.organisation)
    return line_of(hours, commitment=commitment).statement


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["1280", "360"])
def test_a_week_of_statements_by_the_keyboard_alone(open_page, by, size):
    with time_machine.travel(MAY, tick=True):
        clean, warned, blocked = (received(by, hours) for hours in ("147", "200", "240"))
        page = open_page(by.user, size=size)
        page.goto(reverse("hours:control"))

        expect(page.locator(f"#choix{clean.pk}")).to_be_checked()
        page.locator(f"#choix{warned.pk}").focus()
        page.keyboard.press("Space")
        expect(page.locator(f"#choix{warned.pk}")).to_be_checked()
        expect(page.locator(f"#choix{blocked.pk}")).to_have_count(0)

        page.get_by_role("button", name="Valider les relevés cochés").focus()
        page.keyboard.press("Enter")
        expect(page.get_by_text("2 relevés validés")).to_be_visible()

        for left in (1, 0):
            page.get_by_role("button", name="C’est normal").first.focus()
            with page.expect_navigation():
                page.keyboard.press("Enter")
            expect(page.get_by_role("button", name="C’est normal")).to_have_count(left)
        page.locator(f"#choix{blocked.pk}").focus()
        expect(page.locator(f"#choix{blocked.pk}")).to_be_checked()
        page.get_by_role("button", name="Valider les relevés cochés").focus()
        page.keyboard.press("Enter")
        expect(page.get_by_text("1 relevé validé")).to_be_visible()
        expect(page.get_by_role("heading", name="Aucun relevé n’attend de contrôle")).to_be_visible()

        page.goto(blocked.get_absolute_url())
        page.get_by_role("link", name="Rouvrir ce mois").focus()
        page.keyboard.press("Enter")
        page.get_by_label("Pourquoi rouvrir ce mois").focus()
        page.keyboard.type("Une virgule oubliée.")
        page.get_by_role("button", name="Rouvrir le relevé").focus()
        page.keyboard.press("Enter")
        expect(page.get_by_text("Relevé rouvert.")).to_be_visible()

    assert dict(Statement.objects.values_list("pk", "status")) == {
        clean.pk: "VALIDATED",
        warned.pk: "VALIDATED",
        blocked.pk: "SUBMITTED",
    }
    assert [
        entry.counted for entry in LedgerEntry.objects.filter(line__statement=blocked).order_by("pk")
    ] == [
        240,
        -240,
    ]
    assert set(Anomaly.objects.filter(statement=blocked).values_list("answer", flat=True)) == {"NORMAL"}


def test_each_of_its_pages_is_readable_by_all(open_page, axe, by):
    with time_machine.travel(MAY, tick=True):
        statements = [received(by, hours) for hours in ("147", "200", "240")]
        page = open_page(by.user)
        faults = []
        for name, address in (
            ("control", reverse("hours:control")),
            ("control-none", reverse("hours:control") + "?voir=rien"),
            ("checks", reverse("hours:checks")),
            ("statement-blocked", statements[2].get_absolute_url()),
        ):
            page.goto(address)
            faults.extend(faults_of(page, axe, name))
        page.goto(reverse("hours:control"))
        page.get_by_role("button", name="Valider les relevés cochés").click()
        page.get_by_text("1 relevé validé").wait_for()
        faults.extend(faults_of(page, axe, "control-account"))
        page.get_by_role("button", name="Valider les relevés cochés").click()
        page.get_by_text("Aucun relevé n’est coché.").wait_for()
        faults.extend(faults_of(page, axe, "control-error"))
        page.goto(reverse("hours:reopen", args=[statements[0].pk]))
        faults.extend(faults_of(page, axe, "reopen"))
        page.get_by_role("button", name="Rouvrir le relevé").click()
        page.get_by_text("Écrivez pourquoi ce mois est rouvert.").first.wait_for()
        faults.extend(faults_of(page, axe, "reopen-error"))
    assert not faults, "\n".join(faults)
