"""Declaring where the network comes and goes: what was typed stays on the device, and leaves later."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.urls import reverse
from playwright.sync_api import expect

from tests.browser.network import goes_online, until
from tests.factories import AllocationFactory, MembershipFactory, StatementFactory, actor_for
from uneplace.hours.models import Statement

pytestmark = pytest.mark.django_db(transaction=True)

MAY = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)
PHONE = {"width": 390, "height": 844}
KEPT_HERE = "caches.open('uneplace-typed').then((kept) => kept.keys()).then((keys) => keys.length)"
ALL_KEPT = """async () => {
  const texts = [];
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const key of await cache.keys()) texts.push(await (await cache.match(key)).text());
  }
  return texts.join("\\n");
}"""
HAS_WORKER = "navigator.serviceWorker.ready.then(() => Boolean(navigator.serviceWorker.controller))"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(MAY, tick=True) as clock:
        yield clock


@pytest.fixture
def statement():
    statement = StatementFactory()
    AllocationFactory(commitment=statement.commitment)
    return statement


@pytest.fixture
def placement(statement):
    return statement.commitment.allocations.get().placement


@pytest.fixture
def page(open_page, statement):
    """The declaring page on a phone, once its worker answers for it."""
    page = open_page(actor_for(statement.declarant).user, size=PHONE)
    page.goto(reverse("hours:declare", args=[statement.pk]))
    until(page, HAS_WORKER)
    return page


def type_hours(page, placement, hours):
    page.locator(f"#id_p{placement.pk}-hours").fill(hours)


def test_what_is_typed_without_a_network_is_kept_and_leaves_later(page, statement, placement, axe):
    page.context.set_offline(True)
    type_hours(page, placement, "151,67")
    expect(page.locator("#etat")).to_have_text("Hors connexion, gardé ici")
    axe(page)
    assert not statement.lines.exists()
    assert page.evaluate(KEPT_HERE) == 1
    page.context.set_offline(False)
    expect(page.locator("#etat")).to_contain_text("Gardé à")
    assert str(statement.lines.get().hours) == "151.67"
    assert page.evaluate(KEPT_HERE) == 0


def test_what_was_sent_without_a_network_is_sent_once_it_is_back(page, statement, placement):
    page.context.set_offline(True)
    type_hours(page, placement, "70")
    page.get_by_role("button", name="Envoyer le relevé").click()
    expect(page.locator("#etat")).to_have_text("Hors connexion\u00a0: partira au retour du réseau")
    statement.refresh_from_db()
    assert statement.status == Statement.Status.EXPECTED
    page.context.set_offline(False)
    # The page and its worker both send: the passing « Relevé envoyé. » may go with the answer nobody reads.
    expect(page.get_by_text("Reçu", exact=True)).to_be_visible()
    statement.refresh_from_db()
    assert statement.status == Statement.Status.SUBMITTED


def test_a_page_closed_without_a_network_gives_back_what_was_typed(page, statement, placement):
    page.context.set_offline(True)
    type_hours(page, placement, "70h30")
    expect(page.locator("#etat")).to_have_text("Hors connexion, gardé ici")
    page.reload()
    expect(page.get_by_role("heading", name="Hors connexion")).to_be_visible()
    goes_online(page, page.get_by_role("link", name="Ouvrir de nouveau la page").click)
    expect(page.get_by_text("Ce que vous aviez tapé hors connexion est revenu.")).to_be_visible()
    assert page.locator(f"#id_p{placement.pk}-hours").input_value() == "70h30"
    expect(page.locator("#etat")).to_contain_text("Gardé à")
    assert str(statement.lines.get().hours) == "70.50"


def test_a_page_that_stays_closed_leaves_by_itself(page, statement, placement):
    """The browser wakes the worker once the network is back, where it knows how to (Background Sync)."""
    page.context.set_offline(True)
    type_hours(page, placement, "70")
    expect(page.locator("#etat")).to_have_text("Hors connexion, gardé ici")
    page.close()
    page = page.context.new_page()
    page.context.set_offline(False)
    page.goto(reverse("hours:list"))  # another page of the site, on which nothing is declared
    until(page, f"{KEPT_HERE}.then((many) => many === 0)")
    assert str(statement.lines.get().hours) == "70.00"


def test_nothing_kept_names_anybody(page, placement):
    page.context.set_offline(True)
    type_hours(page, placement, "70")
    expect(page.locator("#etat")).to_have_text("Hors connexion, gardé ici")
    kept = page.evaluate(ALL_KEPT)
    person = placement.participant
    assert f"p{placement.pk}-hours=70" in kept
    assert "Hors connexion" in kept
    assert person.last_name not in kept
    assert person.first_name not in kept


def test_another_account_on_the_same_device_finds_nothing_and_erases_nothing(
    open_page, page, statement, placement
):
    page.context.set_offline(True)
    type_hours(page, placement, "70")
    expect(page.locator("#etat")).to_have_text("Hors connexion, gardé ici")
    mine = page.context.cookies(page.url)
    colleague = open_page(MembershipFactory(organisation=statement.declarant).user)
    page.context.add_cookies(colleague.context.cookies(page.url))  # signs in on the same browser
    page.goto("about:blank")
    goes_online(page, lambda: page.goto(reverse("hours:declare", args=[statement.pk])))
    until(page, HAS_WORKER)
    assert page.locator(f"#id_p{placement.pk}-hours").input_value() == ""
    assert page.locator("[data-waiting]").inner_text() == ""
    assert page.evaluate(KEPT_HERE) == 1
    assert not statement.lines.exists()
    page.goto("about:blank")
    page.context.add_cookies(mine)  # and who typed it comes back
    page.goto(reverse("hours:declare", args=[statement.pk]))
    expect(page.locator("#etat")).to_contain_text("Gardé à")
    assert page.locator(f"#id_p{placement.pk}-hours").input_value() == "70"
    assert str(statement.lines.get().hours) == "70.00"


def test_signing_out_empties_the_device(page, placement):
    page.context.set_offline(True)
    type_hours(page, placement, "70")
    expect(page.locator("#etat")).to_have_text("Hors connexion, gardé ici")
    kept_page = page.context.new_page()
    page.context.set_offline(False)
    kept_page.goto("/")
    page.close()
    kept_page.locator("details.menu summary").filter(has_text="mon compte").last.click()
    kept_page.get_by_role("button", name="Se déconnecter").click()
    expect(kept_page.get_by_text("La session est fermée.")).to_be_visible()
    assert kept_page.evaluate("caches.keys()") == []
    registered = "navigator.serviceWorker.getRegistrations().then((all) => all.length)"
    assert kept_page.evaluate(registered) == 0
