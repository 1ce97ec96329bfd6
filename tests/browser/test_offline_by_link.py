"""Two months declared by two links on one phone, without a network: neither takes the hours of the other."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from playwright.sync_api import expect

from tests.browser.network import goes_online, until
from tests.factories import AllocationFactory, StatementFactory, actor_for
from tests.offers.links import links_in
from tests.plugin.mailbox import text_of
from uneplace.hours.asking import send_link
from uneplace.hours.models import Statement
from uneplace.kit.periods import period

pytestmark = pytest.mark.django_db(transaction=True)

MAY = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)
EMAIL = "paie@maconnerie.example"
PHONE = {"width": 390, "height": 844}
KEPT_HERE = "caches.open('uneplace-typed').then((kept) => kept.keys()).then((keys) => keys.length)"
HAS_WORKER = "navigator.serviceWorker.ready.then(() => Boolean(navigator.serviceWorker.controller))"
KEPT = "Hors connexion, gardé ici"
WAITS = "Des heures tapées pour mars 2026 attendent\u00a0: rouvrez leur lien pour les envoyer."


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(MAY, tick=True) as clock:
        yield clock


@pytest.fixture
def april():
    statement = StatementFactory(commitment__company__email=EMAIL)
    AllocationFactory(
        commitment=statement.commitment, placement__period=period(date(2026, 2, 2), date(2026, 8, 31))
    )
    return statement


@pytest.fixture
def march(april):
    return StatementFactory(commitment=april.commitment, month=date(2026, 3, 1))


@pytest.fixture
def follow(mailbox):
    """Open a link to a statement that was just sent by mail."""

    def follow(page, statement):
        send_link(statement, email=EMAIL, by=actor_for(statement.service), at=MAY)
        page.goto(links_in(text_of(mailbox.to(EMAIL)[-1]))[0])
        page.get_by_role("button", name="Continuer").click()
        page.wait_for_url("**/par-lien/releve/")
        until(page, HAS_WORKER)

    return follow


def hours_of(page, statement):
    return page.locator(f"#id_p{statement.commitment.allocations.get().placement_id}-hours")


def test_a_month_waits_for_its_link_while_another_is_declared(open_page, axe, follow, march, april):
    phone, elsewhere = open_page(size=PHONE), open_page(size=PHONE)
    follow(phone, march)
    phone.context.set_offline(True)
    hours_of(phone, march).fill("70")
    expect(phone.locator("#etat")).to_have_text(KEPT)
    phone.context.clear_cookies()  # nothing of March can leave before April's link is opened
    phone.goto("about:blank")

    follow(elsewhere, april)
    phone.context.add_cookies(elsewhere.context.cookies())  # April's link is opened on the phone
    goes_online(phone, lambda: phone.goto("/par-lien/releve/"))
    until(phone, HAS_WORKER)
    expect(phone.locator("[data-waiting]")).to_contain_text(WAITS)
    axe(phone)
    assert hours_of(phone, april).input_value() == ""
    phone.reload()  # axe leaves empty style attributes, which htmx would copy against the content policy
    until(phone, HAS_WORKER)
    phone.context.set_offline(True)
    hours_of(phone, april).fill("80")
    expect(phone.locator("#etat")).to_have_text(KEPT)
    assert phone.evaluate(KEPT_HERE) == 2
    phone.context.set_offline(False)
    expect(phone.locator("#etat")).to_contain_text("Gardé à")
    assert str(april.lines.get().hours) == "80.00"
    assert not march.lines.exists()
    phone.get_by_role("button", name="Envoyer le relevé").click()
    expect(phone.get_by_role("heading", name="Relevé envoyé")).to_be_visible()
    expect(phone.locator("[data-waiting]")).to_contain_text(WAITS)
    phone.get_by_role("button", name="J’ai terminé").click()
    expect(phone.get_by_text("seraient effacées de cet appareil")).to_be_visible()

    follow(phone, march)
    expect(phone.locator("#etat")).to_contain_text("Gardé à")
    assert hours_of(phone, march).input_value() == "70"
    assert str(march.lines.get().hours) == "70.00"
    assert phone.evaluate(KEPT_HERE) == 0


def test_a_month_sent_meanwhile_is_told_and_erased_by_a_choice(open_page, follow, march, april):
    phone = open_page(size=PHONE)
    follow(phone, march)
    phone.context.set_offline(True)
    hours_of(phone, march).fill("70")
    expect(phone.locator("#etat")).to_have_text(KEPT)
    # Before the page is left: once it is, the browser itself may send what was kept.
    Statement.objects.filter(pk=march.pk).update(status="SUBMITTED", submitted_at=MAY)
    phone.goto("about:blank")
    goes_online(phone, lambda: phone.goto("/par-lien/releve/"))
    note = phone.locator("[data-waiting]")
    expect(note).to_contain_text("Des heures tapées hors connexion pour mars 2026 ne sont pas parties")
    note.get_by_role("button", name="Les effacer").click()
    assert phone.evaluate(KEPT_HERE) == 1, "one tap erases nothing"
    note.get_by_role("button", name="Les effacer pour de bon").click()
    expect(note).to_be_empty()
    assert phone.evaluate(KEPT_HERE) == 0
