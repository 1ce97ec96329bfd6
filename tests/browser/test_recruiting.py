"""The recruiting link on a desk and on a phone: every page of it, for each actor, and what moves in place."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.urls import reverse

from tests.browser.looks import faults_of, keep_picture
from tests.factories import (
    CriterionAnswerFactory,
    DiffusionFactory,
    EligibilityDecisionFactory,
    InformationGivenFactory,
    JobSheetFactory,
    JobSheetVersionFactory,
    OrganisationFactory,
    ParticipantFactory,
    PartnershipFactory,
    PlacementFactory,
)
from tests.offers.scene import set_scene
from tests.words import says
from uneplace.offers.models import Agreement, Application
from uneplace.offers.versions import content_of
from uneplace.people.models import EligibilityDecision

pytestmark = pytest.mark.django_db(transaction=True)

TODAY = datetime(2026, 2, 12, 9, 0, tzinfo=UTC)
Status = Application.Status


def rich_scene():
    """A sheet of four posts with a file at every step, names and reasons as long as they come."""
    scene = set_scene(
        posts=4, tasks="Préparer le mortier, approvisionner le chantier, ranger.\nDépart à 7 h 30."
    )
    company = scene.sheet.commitment.company
    company.name = "Tournebise Construction"
    company.save()
    people = [
        ("Aminata", "Sow-Duclos", Status.SHORTLISTED, "Enchaîne sans interruption, connaît déjà l’équipe."),
        ("Kévin", "Hautmesnil", Status.SENT, "Très motivé après son immersion, à deux pas du chantier."),
        ("Nouria", "Lecacheux", Status.NEW, ""),
        ("Maria-Alejandra", "Coutances-Ruiz de la Vallée", Status.MEETING, "Bonne expérience."),
        ("Sacha", "Delépine", Status.ON_HOLD, "En attente du permis."),
        ("Enzo", "Poirier-Kaci", Status.HIRED, "Prêt tout de suite."),
        ("Théo", "Rosselin", Status.DECLINED, ""),
    ]
    for rank, (first, last, status, reason) in enumerate(people):
        by = scene.employer if rank % 2 else scene.referrer
        fields = {}
        if status == Status.DECLINED:
            fields = {
                "decline_reason": "NOT_AVAILABLE",
                "decline_note": "Son contrat finit le 28 février ; une équipe démarre en mars.",
                "answered_at": TODAY,
                "answered_by": scene.sheet.service,
                "shortlisted_at": TODAY,
            }
        if status == Status.MEETING:
            fields = {
                "meeting_at": datetime(2026, 2, 17, 9, 0, tzinfo=UTC),
                "meeting_place": "12 rue du Gué, Falaise",
            }
        if status == Status.HIRED:
            fields = {"answered_at": TODAY, "answered_by": company}
        person = ParticipantFactory(
            service=scene.sheet.service,
            first_name=first,
            last_name=last,
            phone="06 39 98 12 34",
            email="personne@exemple.fr",
            licences=["B", "SST"],
        )
        application = scene.application(
            status,
            by=by,
            ready=status != Status.NEW,
            participant=person,
            shortlist_reason=reason,
            **({"shortlisted_at": TODAY} if reason else {}),
            message="Arrive à l’heure, apprend vite.",
            **fields,
        )
        CriterionAnswerFactory(application=application, criterion=scene.hard, met="YES", fact="14 min à pied")
        CriterionAnswerFactory(
            application=application, criterion=scene.soft, met=["UNSURE", "NO"][rank % 2], fact="code obtenu"
        )
    scene.applications = {one.participant.first_name: one for one in Application.objects.all()}
    undecided = scene.application(Status.SHORTLISTED, by=scene.referrer, shortlist_reason="Très motivée.")
    InformationGivenFactory(participant=undecided.participant)
    EligibilityDecisionFactory(
        participant=undecided.participant,
        status=EligibilityDecision.Status.TO_COMPLETE,
        grounds=[],
        main_ground="",
        valid_until=None,
        reason="Le justificatif a plus de trois mois.",
    )
    PlacementFactory(
        service=scene.sheet.service,
        participant=scene.applications["Enzo"].participant,
        employer=scene.employer.organisation,
    )
    scene.draft = JobSheetFactory(commitment=scene.sheet.commitment, draft=True, title="Peintre")
    scene.to_agree = JobSheetFactory(
        commitment=scene.sheet.commitment,
        to_agree=True,
        apply_before=date(2026, 2, 25),
        title="Couvreuse, couvreur",
    )
    content = content_of(scene.to_agree)
    for number, words in enumerate([content | {"posts": "3", "hard": ["Permis C"]}, content], start=1):
        JobSheetVersionFactory(job_sheet=scene.to_agree, number=number, content=words)
    scene.offered = JobSheetFactory(commitment=scene.sheet.commitment, title="Cordiste")
    for actor, fields in (
        (scene.employer, {"told_at": TODAY}),
        (scene.referrer, {"opened_at": TODAY, "nothing_at": TODAY, "nothing_reason": "NOBODY"}),
    ):
        DiffusionFactory(job_sheet=scene.offered, organisation=actor.organisation, **fields)
    for rank, trades in enumerate([["F"], ["K"], []]):
        structure = OrganisationFactory(employer=True, name=f"Les Chantiers du Val {rank}")
        PartnershipFactory(
            service=scene.sheet.service,
            organisation=structure,
            trades=trades,
            publics=["YOUTH", "RSA"][:rank],
        )
    scene.ready = JobSheetFactory(
        commitment=scene.sheet.commitment,
        status="TO_AGREE",
        published_at=None,
        apply_before=date(2026, 2, 25),
        title="Agente ou agent de propreté",
    )
    return scene


def pages_of(scene):
    """The pages of each actor: (name, actor, address)."""
    sheet, files = scene.sheet, scene.applications
    on_sheet = lambda route, thing=sheet: reverse(f"offers:{route}", args=[thing.pk])  # noqa: E731
    on_file = lambda route, name: reverse(f"offers:{route}", args=[files[name].pk])  # noqa: E731
    on_person = lambda route, name: reverse(f"people:{route}", args=[files[name].participant_id])  # noqa: E731
    return [
        ("f-list", scene.facilitator, reverse("offers:list")),
        ("f-list-empty", scene.facilitator, reverse("offers:list") + "?q=zzz"),
        ("f-sheet", scene.facilitator, on_sheet("job_sheet")),
        ("f-draft", scene.facilitator, on_sheet("job_sheet", scene.draft)),
        ("f-create", scene.facilitator, reverse("offers:create")),
        ("f-revise", scene.facilitator, on_sheet("revise", scene.to_agree)),
        ("f-publish", scene.facilitator, on_sheet("publish", scene.ready)),
        ("f-versions", scene.facilitator, on_sheet("versions", scene.to_agree)),
        ("f-take-up", scene.facilitator, on_sheet("take_up")),
        ("f-close", scene.facilitator, on_sheet("close")),
        ("f-free-post", scene.facilitator, on_file("free_post", "Enzo")),
        ("f-partners", scene.facilitator, reverse("accounts:partners")),
        (
            "f-describe",
            scene.facilitator,
            reverse("accounts:describe_partner", args=[scene.employer.organisation.pk]),
        ),
        ("f-preselection", scene.facilitator, on_sheet("preselection")),
        ("f-transmit", scene.facilitator, on_sheet("transmit")),
        ("f-application", scene.facilitator, on_file("application", "Aminata")),
        ("f-people", scene.facilitator, reverse("people:list")),
        ("f-participant", scene.facilitator, on_person("participant", "Enzo")),
        ("f-decide", scene.facilitator, on_person("decide", "Nouria")),
        ("f-correct", scene.facilitator, on_person("correct", "Nouria")),
        ("c-list", scene.company, reverse("offers:list")),
        ("c-sheet", scene.company, on_sheet("job_sheet")),
        ("c-agree", scene.company, on_sheet("job_sheet", scene.to_agree)),
        ("c-versions", scene.company, on_sheet("versions", scene.to_agree)),
        ("c-revise", scene.company, on_sheet("revise", scene.to_agree)),
        ("c-candidates", scene.company, reverse("offers:candidates")),
        ("c-application", scene.company, on_file("application", "Kévin")),
        ("c-choose", scene.company, on_file("choose", "Kévin")),
        ("c-decline", scene.company, on_file("decline", "Kévin")),
        ("c-meeting", scene.company, on_file("meeting", "Kévin")),
        ("s-list", scene.employer, reverse("offers:list")),
        ("s-sheet", scene.employer, on_sheet("job_sheet")),
        ("s-nothing", scene.employer, on_sheet("nothing", scene.offered)),
        ("s-put-forward", scene.employer, on_sheet("put_forward")),
        ("s-application", scene.employer, on_file("application", "Kévin")),
        ("s-people", scene.employer, reverse("people:list")),
        ("r-people", scene.referrer, reverse("people:list")),
        ("r-participant", scene.referrer, on_person("participant", "Aminata")),
        ("r-answers", scene.referrer, reverse("offers:answers")),
        ("r-agreement", scene.referrer, on_file("agreement", "Nouria")),
        ("r-withdraw", scene.referrer, on_file("withdraw", "Nouria")),
    ]


def test_every_page_of_the_recruiting_link_is_readable_by_all(open_page, axe):
    with time_machine.travel(TODAY, tick=True):
        scene = rich_scene()
        browsers, faults = {}, []
        for name, actor, address in pages_of(scene):
            if actor not in browsers:
                browsers[actor] = open_page(actor.user)
            page = browsers[actor]
            answer = page.goto(address)
            assert answer.status == 200, (name, answer.status)
            faults += faults_of(page, axe, name)
    assert not faults, "\n".join(faults)


def test_a_decision_is_kept_in_place_and_the_bar_follows(open_page, axe):
    with time_machine.travel(TODAY, tick=True):
        scene = set_scene(posts=2)
        application = scene.application(ready=True)
        page = open_page(scene.facilitator.user)
        page.goto(reverse("offers:preselection", args=[scene.sheet.pk]))

        file = page.locator(f"#candidature-{application.pk}")
        file.get_by_label("Retenir").check()
        file.get_by_role("button", name="la décision").click()
        file.get_by_text("Écrivez la raison de votre choix").wait_for()
        file.get_by_label("Votre raison").fill("Connaît déjà l’équipe.")
        file.get_by_role("button", name="la décision").click()
        page.get_by_text("1 dossier retenu, 1 prêt à partir.").wait_for()
        axe(page)

    application.refresh_from_db()
    assert (application.status, application.shortlist_reason) == ("SHORTLISTED", "Connaît déjà l’équipe.")
    assert Agreement.objects.get(application=application).answer == "GIVEN"


def test_the_grounds_appear_as_the_situation_is_typed(open_page, axe):
    with time_machine.travel(TODAY, tick=True):
        scene = set_scene()
        person = scene.application().participant
        page = open_page(scene.facilitator.user)
        page.goto(reverse("people:decide", args=[person.pk]))

        page.get_by_label("En recherche d’emploi").select_option("Oui")
        page.get_by_label("Perçoit le RSA").select_option("Oui")
        preview = page.locator("#apercu")
        preview.get_by_text("Justificatif à dater").wait_for()
        preview.get_by_label("Daté du").fill("2026-01-20")
        preview.get_by_label("Daté du").blur()
        preview.get_by_text("Doit commencer avant le 12 août 2026").wait_for()
        keep_picture(page, "f-decide-preview")
        axe(page)
        page.get_by_label("Éligible", exact=True).check()
        page.get_by_role("button", name="Enregistrer la décision").click()
        page.get_by_text("Décision enregistrée.").wait_for()

    decision = EligibilityDecision.objects.get(participant=person)
    assert (decision.grounds, decision.main_ground, decision.valid_until) == (
        ["RSA"],
        "RSA",
        date(2026, 8, 12),
    )
    assert [proof.evidence.dated_on for proof in decision.proofs.all()] == [date(2026, 1, 20)]


def test_grounds_are_read_only_when_asked_for(open_page, axe):
    with time_machine.travel(TODAY, tick=True):
        scene = set_scene()
        person = scene.application(ready=True).participant
        page = open_page(scene.facilitator.user)
        page.goto(person.get_absolute_url())
        assert not says("RSA", page.content())

        page.get_by_role("button", name="Voir les motifs").click()
        page.get_by_text("Cette lecture est écrite dans le journal.").wait_for()
        assert "RSA" in page.content()
        axe(page)
