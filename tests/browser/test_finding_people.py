"""Around the preselection: people asked for, files of one person, answers told, decisions that lapse."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.urls import reverse
from playwright.sync_api import expect

from tests.factories import EligibilityDecisionFactory, ParticipantFactory, actor_for
from tests.offers.scene import person_followed_by, set_scene
from tests.plugin.browser import NARROW
from uneplace.offers import actions
from uneplace.offers.models import Application, ServiceDelays, Suggestion
from uneplace.organisations.models import Role
from uneplace.people.models import Merge, Participant
from uneplace.people.twins import note_all_twins

pytestmark = pytest.mark.django_db(transaction=True)
TODAY = datetime(2026, 2, 12, 9, 0, tzinfo=UTC)


@pytest.fixture
def scene():
    with time_machine.travel(TODAY, tick=True):
        yield set_scene(posts=3)


def tab_to(page, target):
    """Walk with the tabulation key until `target` has the focus."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if target.evaluate("node => node === document.activeElement"):
            return
    pytest.fail("the keyboard never gets there")


def holds_its_width(page):
    return page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_two_people_of_the_pool_are_asked_for_by_keyboard_and_their_structure_answers_on_a_phone(
    open_page, axe, scene
):
    for first_name in ("Aminata", "Nouria"):
        person_followed_by(scene.referrer, scene.sheet, first_name=first_name, last_name="Sow")
    desk = open_page(scene.facilitator.user)
    desk.goto(reverse("offers:pool", args=[scene.sheet.pk]))

    tab_to(desk, desk.locator("[data-file]").first)
    desk.keyboard.press("c")
    desk.keyboard.press("ArrowDown")
    desk.keyboard.press("c")
    expect(desk.get_by_role("checkbox", name="Choisir", checked=True)).to_have_count(2)
    tab_to(desk, desk.get_by_role("button", name="Proposer les personnes cochées"))
    desk.keyboard.press("Enter")
    desk.wait_for_url("**/vivier/proposer/**")
    axe(desk)
    tab_to(desk, desk.get_by_role("button", name="Proposer ces personnes"))
    desk.keyboard.press("Enter")
    desk.get_by_text("2 demandes envoyées").wait_for()
    axe(desk)

    phone = open_page(scene.referrer.user, size=NARROW)
    phone.goto(reverse("offers:list"))
    asked = phone.get_by_role("region", name="Le service vous demande de proposer")
    expect(asked.get_by_role("article")).to_have_count(2)
    assert holds_its_width(phone)
    axe(phone)
    asked.get_by_role("link", name="Ne pas proposer Nouria Sow").click()
    phone.wait_for_url("**/refuser/")
    phone.get_by_role("button", name="Envoyer cette réponse").click()
    axe(phone)
    assert Suggestion.objects.filter(answered_at=None).count() == 2
    phone.get_by_label("Raison").select_option(index=1)
    phone.get_by_role("button", name="Envoyer cette réponse").click()
    expect(asked.get_by_role("article")).to_have_count(1)

    asked.get_by_role("link", name="Proposer Aminata Sow", exact=True).click()
    phone.wait_for_url("**/proposer/?personne=*")
    axe(phone)
    phone.get_by_label("Disponible à partir du").fill("2026-03-02")
    for criterion in (scene.hard, scene.soft):
        phone.get_by_role("group", name=criterion.text).get_by_label("Oui").check()
    phone.get_by_label("Information donnée").fill("2026-02-11")
    phone.get_by_label("Comment").first.select_option(label="En entretien")
    phone.get_by_role("group", name="La personne est-elle d’accord").get_by_label("Oui").check()
    phone.get_by_label("Accord donné le").fill("2026-02-11")
    phone.get_by_label("Comment").last.select_option(label="En entretien")
    phone.get_by_role("button", name="Proposer cette personne").click()
    phone.get_by_text("Candidature envoyée").wait_for()
    axe(phone)

    assert Application.objects.get().participant.first_name == "Aminata"


def test_two_files_of_one_person_are_joined_then_parted(open_page, axe, scene):
    birth = date(1990, 3, 5)
    names = [("Marie", "Durand", "06 39 98 12 34"), ("Durand", "Marie", "")]
    for first, last, phone in names:
        ParticipantFactory(
            service=scene.sheet.service, first_name=first, last_name=last, born_on=birth, phone=phone
        )
    note_all_twins(scene.sheet.service, at=TODAY)
    page = open_page(scene.facilitator.user, size=NARROW)

    page.goto(reverse("people:list"))
    page.get_by_role("link", name="Doublons possibles").click()
    page.wait_for_url("**/doublons/")
    axe(page)
    page.get_by_role("link", name="Comparer").click()
    page.wait_for_url("**/doublons/*/")
    assert holds_its_width(page)
    axe(page)
    page.get_by_role("radio", name="Prénom : Marie", exact=True).check()
    page.get_by_role("radio", name="Nom : Durand", exact=True).check()
    page.get_by_role("button", name="C’est la même personne : réunir").click()
    page.get_by_text("Dossiers réunis : Marie Durand.").wait_for()
    axe(page)
    merge = Merge.objects.get()
    assert str(merge.kept) == "Marie Durand"

    page.goto(merge.get_absolute_url())
    axe(page)
    page.get_by_role("button", name="Séparer les deux dossiers").click()
    page.get_by_text("Dossiers séparés : ").wait_for()
    assert not Merge.objects.exists()
    assert {str(person) for person in Participant.objects.all()} == {"Marie Durand", "Durand Marie"}


def test_a_structure_says_on_a_phone_that_the_person_knows_the_answer(open_page, axe, scene):
    application = scene.application("SENT", by=scene.referrer, participant__first_name="Inès")
    actions.decline(application, reason="SKILLS", by=scene.company, at=TODAY)
    page = open_page(scene.referrer.user, size=NARROW)

    page.goto(reverse("people:list"))
    page.get_by_text("Dites-le à Inès").wait_for()
    assert holds_its_width(page)
    axe(page)
    page.get_by_role("button", name="C’est dit").click()
    page.get_by_text("connaît la réponse").wait_for()

    expect(page.get_by_text("Dites-le à Inès")).to_have_count(0)
    axe(page)


def test_a_decision_that_lapses_before_the_first_day_is_taken_again(open_page, axe, scene):
    application = scene.application("SHORTLISTED", by=scene.referrer, participant__last_name="Sow")
    EligibilityDecisionFactory(participant=application.participant, valid_until=date(2026, 2, 25))
    page = open_page(scene.facilitator.user, size=NARROW)

    page.goto(reverse("people:renewals"))
    page.get_by_text("Trop tard sans nouvelle décision").wait_for()
    assert holds_its_width(page)
    axe(page)
    page.get_by_role("link", name="Décider de nouveau").click()
    page.wait_for_url("**/eligibilite/")
    axe(page)


def test_a_delay_is_changed_and_a_wrong_one_is_said_beside_its_field(open_page, axe, scene):
    page = open_page(actor_for(scene.sheet.service, role=Role.ADMIN).user, size=NARROW)

    page.goto(reverse("offers:delays"))
    answer = page.get_by_label("L’entreprise répond à un dossier")
    answer.fill("0")
    answer.press("Enter")
    expect(answer).to_have_attribute("aria-invalid", "true")
    expect(answer).to_have_value("0")
    assert holds_its_width(page)
    axe(page)
    answer.fill("12")
    answer.press("Enter")
    page.get_by_text("12 jours, auparavant 15").wait_for()
    axe(page)

    assert ServiceDelays.objects.get().delays.answer_days == 12
