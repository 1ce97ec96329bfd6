"""Somebody without account confirms the month on a small phone, by a code; the paper is read and printed."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.urls import reverse

from tests.browser.looks import faults_of, keep_picture
from tests.factories import (
    AwaitedDocumentFactory,
    ConfirmationFactory,
    OrganisationFactory,
    StatementLineFactory,
    actor_for,
)
from tests.plugin.browser import NARROW
from tests.web.my_month.scene import code_of
from uneplace.hours.models import Confirmation

pytestmark = pytest.mark.django_db(transaction=True)

MAY = datetime(2026, 5, 6, 9, 0, tzinfo=UTC)
TARGET = 44  # px
TOO_SMALL = """(least) => [...document.querySelectorAll("main :is(button, a.btn, input:not([type=hidden]))")]
    .filter((one) => one.offsetParent && one.getBoundingClientRect().height < least)
    .map((one) => one.textContent.trim())"""


@pytest.fixture
def line():
    with time_machine.travel(MAY, tick=True):
        line = StatementLineFactory(
            statement__declarant=OrganisationFactory(name="Tournebise Construction et Rénovation du Bocage")
        )
        line.worked_month.placement.participant.first_name = "Maria-Alejandra"
        line.worked_month.placement.participant.save()
        yield line


def test_two_taps_from_the_code_to_the_answer(open_page, axe, line):
    page = open_page(size=NARROW)
    faults = []
    page.goto(code_of(line.worked_month.placement, at=MAY))
    faults += faults_of(page, axe, "my-month-door")
    page.set_viewport_size(NARROW)
    page.get_by_role("button", name="Continuer").click()
    page.get_by_text("151 heures et 40 minutes").wait_for()
    assert page.evaluate(TOO_SMALL, TARGET) == []
    faults += faults_of(page, axe, "my-month")
    page.set_viewport_size(NARROW)
    page.get_by_role("button", name="C’est bien ça").click()
    page.get_by_text("Vous avez déjà répondu pour ce mois").wait_for()
    faults += faults_of(page, axe, "my-month-yes")
    page.get_by_role("button", name="J’ai terminé").click()
    page.get_by_role("heading", name="C’est terminé").wait_for()
    faults += faults_of(page, axe, "my-month-left")
    assert not faults, "\n".join(faults)
    assert Confirmation.objects.get().agrees


def test_saying_no_without_any_script(open_page, axe, line):
    page = open_page(size=NARROW, javascript=False)
    page.goto(code_of(line.worked_month.placement, at=MAY))
    page.get_by_role("button", name="Continuer").click()
    page.get_by_role("link", name="Ce n’est pas ça").click()
    page.get_by_role("button", name="Envoyer ma réponse").click()
    page.get_by_text("Écrivez vos heures, ou ce qui ne va pas.").first.wait_for()
    keep_picture(page, "my-month-no-error")
    page.get_by_label("Combien d’heures").fill("140")
    page.get_by_label("Qu’est-ce qui ne va pas").fill("Il manque mes deux samedis.")
    page.get_by_role("button", name="Envoyer ma réponse").click()
    page.get_by_text("le service s’en occupe").wait_for()
    keep_picture(page, "my-month-no")
    assert Confirmation.objects.get().is_open


def test_every_page_of_proof_is_readable_by_all(open_page, axe, line):
    page = open_page(size=NARROW)
    faults = []
    page.goto(code_of(line.worked_month.placement, at=MAY))
    page.get_by_role("button", name="Continuer").click()
    page.get_by_role("link", name="Ce n’est pas ça").click()
    page.get_by_role("button", name="Envoyer ma réponse").click()
    page.get_by_text("Écrivez vos heures, ou ce qui ne va pas.").first.wait_for()
    faults += faults_of(page, axe, "my-month-refused")
    page.goto("/mois/inconnu/")
    faults += faults_of(page, axe, "my-month-unknown")

    desk = open_page(user=actor_for(line.statement.declarant).user)
    desk.goto(reverse("hours:codes", args=[line.statement_id]))
    faults += faults_of(desk, axe, "codes")
    desk.get_by_role("button", name="Préparer les papiers").click()
    desk.get_by_role("heading", name="Papiers à remettre").wait_for()
    faults += faults_of(desk, axe, "codes-printed")
    desk.goto(ConfirmationFactory(placement=line.worked_month.placement).get_absolute_url())
    faults += faults_of(desk, axe, "difference")
    document = AwaitedDocumentFactory(commitment=line.statement.commitment, sender=line.statement.declarant)
    desk.goto(document.get_absolute_url())
    faults += faults_of(desk, axe, "document")
    assert not faults, "\n".join(faults)


def test_the_company_confirms_lent_people_and_the_service_settles(open_page, axe, line):
    faults = []
    host = open_page(user=actor_for(line.statement.commitment.company).user)
    host.goto(reverse("hours:confirm_as_host", args=[line.statement_id]))
    faults += faults_of(host, axe, "confirm-as-host")
    host.get_by_label("Heures faites chez vous").fill("144")
    host.get_by_role("button", name="Envoyer notre réponse").click()
    host.get_by_text("le service et le déclarant lisent l’écart").wait_for()
    service = open_page(user=actor_for(line.service).user)
    service.goto(Confirmation.objects.get().get_absolute_url())
    service.get_by_label("Comment l’écart est réglé").fill("Feuilles vérifiées.")
    service.get_by_role("button", name="clore l’écart").click()
    service.get_by_text("Écart réglé. Ceux qu’il concerne sont prévenus.").wait_for()
    faults += faults_of(service, axe, "difference-settled")
    assert not faults, "\n".join(faults)
