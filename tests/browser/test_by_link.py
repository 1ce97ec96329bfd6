"""A company without account, on a phone, from the mail to the answer; and every page that a link opens."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from tests.browser.looks import faults_of
from tests.factories import AccessLinkFactory, CriterionAnswerFactory, JobSheetFactory
from tests.offers.links import EMAIL, link_to, links_in, without_account
from tests.offers.scene import NOW, set_scene
from tests.plugin.mailbox import text_of
from uneplace.offers import actions
from uneplace.offers.models import Application

pytestmark = pytest.mark.django_db(transaction=True)

PHONE = {"width": 390, "height": 844}
Status = Application.Status


def rich_scene():
    """A firm without account, with files in every state and names as long as they come."""
    scene = without_account(set_scene(posts=3, tasks="Préparer le mortier, ranger.\nDépart à 7 h 30."))
    company = scene.company.organisation
    company.name = "Tournebise Construction et Rénovation du Bocage"
    company.save()
    people = [("Kévin", "Hautmesnil", {}), ("Maria-Alejandra", "Coutances-Ruiz de la Vallée", {})]
    people.append(
        ("Nouria", "Lecacheux", {"meeting_at": NOW + timedelta(days=4), "meeting_place": "Base vie"})
    )
    slots = [NOW + timedelta(days=5), NOW + timedelta(days=6, hours=3)]
    people.append(("Théo", "Rosselin", {"meeting_slots": slots, "meeting_asked_by": "STRUCTURE"}))
    scene.files = {}
    for first, last, fields in people:
        application = scene.application(
            Status.MEETING if fields else Status.SENT,
            participant__first_name=first,
            participant__last_name=last,
            participant__phone="06 39 98 12 34",
            participant__email="personne@exemple.fr",
            **fields,
        )
        CriterionAnswerFactory(application=application, criterion=scene.hard, met="YES", fact="14 min à pied")
        CriterionAnswerFactory(
            application=application, criterion=scene.soft, met="UNSURE", fact="code obtenu"
        )
        scene.files[first] = application
    gone = scene.application(Status.SENT, by=scene.referrer)
    actions.withdraw(gone, reason="IN_JOB", by=scene.referrer, at=NOW)
    return scene


def test_three_taps_on_a_phone_from_the_mail_to_the_answer(open_page, axe, mailbox):
    with time_machine.travel(NOW, tick=True):
        scene = without_account(set_scene())
        files = [scene.application(Status.SHORTLISTED, ready=True) for _ in range(2)]
        page = open_page(size=PHONE)
        actions.transmit(scene.sheet, files, by=scene.facilitator, at=NOW)
        (path,) = links_in(text_of(mailbox.to(EMAIL)[0]))
        page.goto(path)
        taps = []
        for name in ("Continuer", f"Choisir {files[0].participant}", f"Choisir {files[0].participant}"):
            page.get_by_role("button", name=name).or_(page.get_by_role("link", name=name)).click()
            taps.append(name)
        page.get_by_text("Réponse envoyée à la structure et au service").wait_for()
        axe(page)

    assert len(taps) == 3
    files[0].refresh_from_db()
    assert (files[0].status, files[0].answered_through) == (Status.HIRED, "LINK")


def test_every_page_of_a_link_is_readable_by_all(open_page, axe):
    with time_machine.travel(NOW, tick=True):
        scene = rich_scene()
        page = open_page()
        faults = []

        def look(name):
            faults.extend(faults_of(page, axe, f"link-{name}"))

        _, path = link_to(scene.sheet)
        page.goto(path)
        look("door")
        page.get_by_role("button", name="Continuer").click()
        page.get_by_role("heading", name="Les dossiers reçus").wait_for()
        look("sheet")
        for name, first in (
            ("choose", "Kévin"),
            ("decline", "Kévin"),
            ("meeting", "Kévin"),
            ("accept_meeting", "Théo"),
        ):
            page.goto(reverse(f"by_link:{name}", args=[scene.files[first].pk]))
            look(name)
        page.get_by_role("link", name="Aucun ne convient").click()
        page.get_by_role("button", name="Proposer l’entretien").click()
        page.get_by_text("Indiquez la date.").first.wait_for()
        look("meeting-error")
        page.get_by_role("button", name="J’ai terminé").click()
        look("left")
        page.goto(path)
        look("gone")
        page.get_by_role("button", name="Recevoir un nouveau lien").click()
        look("sent")
        page.goto("/lien/inconnu/")
        look("unknown")
        page.goto("/par-lien/fiche/")
        look("without")
        to_agree = JobSheetFactory(commitment=scene.sheet.commitment, to_agree=True)
        _, path = link_to(to_agree)
        page.goto(path)
        page.get_by_role("button", name="Continuer").click()
        look("to-agree")
        page.get_by_role("link", name="Corriger la fiche").click()
        look("revise")
        page.goto("/par-lien/fiche/")
        page.get_by_role("button", name="Donner notre accord").click()
        page.get_by_text("Accord enregistré.").wait_for()
        look("agreed")
        AccessLinkFactory(to=scene.sheet, created_at=NOW, expires_at=NOW + timedelta(days=7))
        facilitator = open_page(scene.facilitator.user)
        structure = open_page(scene.employer.user)
        theo = scene.files["Théo"]
        Application.objects.filter(pk=theo.pk).update(meeting_asked_by="COMPANY")
        for page, name, address in (
            (facilitator, "f-sheet", reverse("offers:job_sheet", args=[scene.sheet.pk])),
            (facilitator, "f-send", reverse("offers:send_link", args=[scene.sheet.pk])),
            (structure, "s-application", reverse("offers:application", args=[theo.pk])),
            (structure, "s-accept", reverse("offers:accept_for_person", args=[theo.pk])),
            (structure, "s-list", reverse("offers:list")),
        ):
            page.goto(address)
            look(name)
    assert not faults, "\n".join(faults)


def test_what_was_typed_comes_back_with_a_new_link_in_the_same_tab(open_page):
    with time_machine.travel(NOW, tick=True) as clock:
        scene = rich_scene()
        page = open_page(size=PHONE)
        _, path = link_to(scene.sheet)
        page.goto(path)
        page.get_by_role("button", name="Continuer").click()
        page.wait_for_url("**/par-lien/fiche/")
        form = reverse("by_link:decline", args=[scene.files["Kévin"].pk])
        page.goto(form)
        page.get_by_label("Raison").select_option("OTHER")
        page.get_by_label("Précision").fill("Il faut savoir coffrer seul.")
        clock.shift(timedelta(hours=3))
        page.get_by_role("button", name="Envoyer la réponse").click()
        page.get_by_text("Rien n’a été envoyé").wait_for()
        assert page.get_by_text("Il faut savoir coffrer seul.").is_visible()

        _, path = link_to(scene.sheet, at=NOW + timedelta(hours=3))
        page.goto(path)
        page.get_by_role("button", name="Continuer").click()
        page.wait_for_url("**/par-lien/fiche/")
        page.goto(form)

        page.get_by_label("Précision").wait_for()
        assert page.get_by_label("Précision").input_value() == "Il faut savoir coffrer seul."
        assert page.get_by_label("Raison").input_value() == "OTHER"
