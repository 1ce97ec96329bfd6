"""How a job sheet ends, and how its post is open again when somebody chosen does not come."""

from datetime import date

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from tests.factories import PlacementFactory
from tests.plugin.mailbox import text_of
from uneplace.hours.follow_ups import break_placement
from uneplace.journal.models import Entry
from uneplace.kit.refused import Refused
from uneplace.offers import actions
from uneplace.offers.models import Application, JobSheet
from uneplace.offers.queries import flows_of

from .scene import NOW, SOON, TODAY, set_scene

pytestmark = pytest.mark.django_db
Status = JobSheet.Status


def test_a_reason_of_the_list_is_told_with_its_words():
    scene = set_scene()

    actions.close_job_sheet(
        scene.sheet, kind="NOBODY", words="Deux mois sans réponse.", by=scene.facilitator, at=NOW
    )

    assert (scene.sheet.closing_kind, scene.sheet.closing_reason) == (
        "NOBODY",
        "Personne n’a pu être proposé. Deux mois sans réponse.",
    )


def test_the_company_is_told_of_the_closing_and_why(mailbox):
    scene = set_scene()

    actions.close_job_sheet(scene.sheet, kind="POSTPONED", by=scene.facilitator, at=NOW)

    [message] = mailbox.to(scene.company.user.email)
    assert "a clos une fiche de poste (Le chantier est reporté ou arrêté)" in text_of(message)
    assert "donner votre accord" not in text_of(message)


def test_a_draft_is_closed_without_a_word_to_the_company(mailbox):
    scene = set_scene(status="DRAFT", published_at=None)

    actions.close_job_sheet(scene.sheet, kind="POSTPONED", by=scene.facilitator, at=NOW)

    assert mailbox.to(scene.company.user.email) == []


def test_another_reason_is_told_by_its_words_alone():
    scene = set_scene()

    with pytest.raises(Refused, match="Écrivez pourquoi"):
        actions.close_job_sheet(scene.sheet, kind="OTHER", by=scene.facilitator, at=NOW)
    actions.close_job_sheet(
        scene.sheet, kind="OTHER", words="Le bail est rompu.", by=scene.facilitator, at=NOW
    )

    assert scene.sheet.closing_reason == "Le bail est rompu."


def filled():
    scene = set_scene(posts=1)
    application = scene.application("SENT")
    actions.choose(application, by=scene.company, at=NOW)
    scene.sheet.refresh_from_db()
    return scene, application


def test_somebody_chosen_who_does_not_come_frees_the_post(mailbox):
    scene, application = filled()
    assert scene.sheet.status == Status.FILLED
    scene.sheet.diffusions.update(told_at=NOW, opened_at=NOW, nothing_at=NOW, nothing_reason="NOBODY")

    actions.free_post(
        application, reason="IN_JOB", note="A signé ailleurs.", before=SOON, by=scene.facilitator, at=NOW
    )

    scene.sheet.refresh_from_db()
    application.refresh_from_db()
    assert (scene.sheet.status, scene.sheet.apply_before) == (Status.PUBLISHED, SOON)
    assert (application.status, application.decline_reason) == ("WITHDRAWN", "IN_JOB")
    assert application.transmission.withdrawn_at == NOW
    assert not scene.sheet.diffusions.exclude(told_at=None, nothing_at=None).exists()
    assert {"application.did_not_come", "job_sheet.reopened"} <= set(
        Entry.objects.values_list("verb", flat=True)
    )
    assert mailbox.to(scene.employer.user.email)
    assert mailbox.to(scene.company.user.email)
    assert actions.meanwhile(application).startswith("Cette personne ne vient pas")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        pytest.param({"reason": ""}, "dans la liste", id="sans raison"),
        pytest.param({"before": TODAY}, "à venir", id="date passée"),
        pytest.param({"before": date(2199, 1, 1)}, "six prochains mois", id="date trop lointaine"),
    ],
)
def test_what_keeps_a_post_from_being_freed_is_said(change, words):
    scene, application = filled()

    with pytest.raises(Refused, match=words):
        actions.free_post(
            application,
            **{"reason": "IN_JOB", "before": SOON, **change},
            by=scene.facilitator,
            at=NOW,
        )
    application.refresh_from_db()
    assert application.status == "HIRED"


def test_once_the_work_contract_is_recorded_it_is_the_contract_that_ends():
    scene, application = filled()
    PlacementFactory(
        service=scene.sheet.service,
        participant=application.participant,
        application=application,
        employer=scene.company.organisation,
    )
    application.refresh_from_db()

    assert "Le contrat de travail est enregistré" in " ".join(
        actions.why_not_free_post(application, on=TODAY)
    )


def test_only_somebody_chosen_frees_a_post():
    scene = set_scene()

    assert actions.why_not_free_post(scene.application(), on=TODAY) == [
        "Cette personne n’est pas choisie pour ce poste."
    ]


def test_after_a_broken_contract_the_post_is_open_again_and_the_hire_stays(mailbox):
    scene, application = filled()
    placement = PlacementFactory(
        service=scene.sheet.service,
        participant=application.participant,
        application=application,
        employer=scene.company.organisation,
        period=DateRange(date(2026, 1, 12), date(2026, 9, 1)),
    )
    with pytest.raises(Refused, match="n’est pas arrêté"):
        actions.replace_broken(application, before=SOON, by=scene.facilitator, at=NOW)
    break_placement(placement, last_day=TODAY, reason="SITE", by=scene.facilitator, at=NOW)
    application = Application.objects.get(pk=application.pk)

    actions.replace_broken(application, before=SOON, by=scene.facilitator, at=NOW)

    sheet = JobSheet.objects.get(pk=scene.sheet.pk)
    assert (sheet.status, sheet.apply_before) == (Status.PUBLISHED, SOON)
    assert (application.status, flows_of([sheet])[sheet.pk].free) == ("HIRED", 1)
    assert mailbox.to(scene.company.user.email)
    application = Application.objects.get(pk=application.pk)
    with pytest.raises(Refused, match="déjà de nouveau à pourvoir"):
        actions.replace_broken(application, before=SOON, by=scene.facilitator, at=NOW)

    other = scene.application(Application.Status.SENT)
    actions.choose(other, by=scene.company, at=NOW)
    assert JobSheet.objects.get(pk=sheet.pk).status == Status.FILLED
