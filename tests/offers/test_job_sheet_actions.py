from datetime import date
from decimal import Decimal

import pytest

from tests.factories import CommitmentFactory, CommuneFactory, OrganisationFactory, RomeJobFactory, actor_for
from uneplace.journal.models import Entry
from uneplace.kit.periods import period
from uneplace.kit.refused import Refused
from uneplace.offers import actions, perms
from uneplace.offers.actions import Asked
from uneplace.offers.models import Application, JobSheet

from .scene import NOW, SOON, TODAY, set_scene

pytestmark = pytest.mark.django_db
Status = JobSheet.Status


def fields_of_a_sheet(**changes):
    return {
        "title": "Aide-maçonne ou aide-maçon",
        "rome": RomeJobFactory(),
        "commune": CommuneFactory(),
        "period": period(date(2026, 3, 2), date(2026, 8, 31)),
        "weekly_hours": Decimal("35"),
        "criteria": [
            Asked("HARD", text="Disponible 35 h par semaine"),
            Asked("HARD", text="Sur place à 7 h 30"),
            Asked("SOFT", "LICENCE", licence="B"),
        ],
        **changes,
    }


def test_a_facilitator_drafts_a_sheet_that_the_company_does_not_see_yet():
    commitment = CommitmentFactory()
    facilitator, company = actor_for(commitment.service), actor_for(commitment.company)

    sheet = actions.draft_job_sheet(commitment, by=facilitator, at=NOW, **fields_of_a_sheet())

    assert sheet.status == Status.DRAFT
    assert [(criterion.weight, criterion.text) for criterion in sheet.criteria.all()] == [
        ("HARD", "Disponible 35 h par semaine"),
        ("HARD", "Sur place à 7 h 30"),
        ("SOFT", "Permis B"),
    ]
    assert not JobSheet.objects.visible_to(company).exists()
    actions.share(sheet, by=facilitator, at=NOW)
    assert JobSheet.objects.visible_to(company).get() == sheet


def test_a_company_drafts_a_sheet_that_the_service_reads_at_once(mailbox):
    commitment = CommitmentFactory()
    facilitator, company = actor_for(commitment.service), actor_for(commitment.company)

    sheet = actions.draft_job_sheet(commitment, by=company, at=NOW, **fields_of_a_sheet())

    assert sheet.status == Status.TO_AGREE
    [message] = mailbox.to(facilitator.user.email)
    assert "Aide-maçonne ou aide-maçon" in message["subject"]


def test_both_agree_then_the_sheet_is_published_to_the_chosen_structures(mailbox):
    scene = set_scene(
        status=Status.TO_AGREE, agreed_by_service_at=None, agreed_by_company_at=None, published_at=None
    )
    sheet, chosen = scene.sheet, [scene.employer.organisation, scene.referrer.organisation]

    actions.agree(sheet, for_company=True, revision=1, by=scene.company, at=NOW)
    actions.agree(sheet, for_company=False, revision=1, by=scene.facilitator, at=NOW)
    actions.publish(sheet, to=chosen, before=SOON, by=scene.facilitator, at=NOW)

    assert sheet.status == Status.PUBLISHED
    assert {diffusion.organisation for diffusion in sheet.diffusions.all()} == set(chosen)
    assert JobSheet.objects.visible_to(scene.employer).get() == sheet
    assert not mailbox.to(scene.referrer.user.email), "the morning's mail tells of it"


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        pytest.param(
            {"agreed_by_company_at": None}, "n’a pas encore donné son accord", id="accord de l’entreprise"
        ),
        pytest.param({"agreed_by_service_at": None}, "Le service n’a pas", id="accord du service"),
        pytest.param(
            {"period": period(date(2025, 1, 1), date(2025, 12, 31))}, "dates du contrat", id="contrat passé"
        ),
    ],
)
def test_why_not_publish(fields, reason):
    sheet = set_scene(**{"status": Status.TO_AGREE, "published_at": None, **fields}).sheet

    [told] = actions.why_not_publish(sheet, on=TODAY)

    assert reason in told


def test_a_change_asks_both_to_agree_again():
    scene = set_scene(status=Status.TO_AGREE, published_at=None)
    sheet = scene.sheet

    actions.revise_job_sheet(
        sheet,
        by=scene.company,
        at=NOW,
        **fields_of_a_sheet(posts=3, criteria=[Asked("SOFT", text="Permis B")]),
    )

    assert (sheet.posts, sheet.revision) == (3, 2)
    assert sheet.agreed_by_service_at is None
    assert sheet.agreed_by_company_at is None
    assert [criterion.text for criterion in sheet.criteria.all()] == ["Permis B"]


def test_a_sheet_has_as_many_posts_as_people_chosen_and_one_more_to_be_published():
    scene = set_scene(status=Status.TO_AGREE, published_at=None, posts=3)
    for _ in range(2):
        scene.application(Application.Status.HIRED)

    with pytest.raises(Refused, match=r"2.personnes sont déjà choisies"):
        actions.revise_job_sheet(
            scene.sheet, by=scene.facilitator, at=NOW, **fields_of_a_sheet(posts=1, criteria=[])
        )
    assert actions.why_not_publish(scene.sheet, on=TODAY) == []
    scene.sheet.posts = 2
    [told] = actions.why_not_publish(scene.sheet, on=TODAY)
    assert "Tous les postes sont pourvus" in told


def test_nobody_agrees_to_a_text_that_has_just_changed():
    scene = set_scene(status=Status.TO_AGREE, agreed_by_company_at=None, published_at=None)
    read_by_the_company = JobSheet.objects.get(pk=scene.sheet.pk)
    actions.revise_job_sheet(scene.sheet, by=scene.facilitator, at=NOW, **fields_of_a_sheet(posts=2))

    with pytest.raises(Refused, match="a changé depuis que vous l’avez lue"):
        actions.agree(
            JobSheet.objects.get(pk=scene.sheet.pk),
            for_company=True,
            revision=read_by_the_company.revision,
            by=scene.company,
            at=NOW,
        )
    with pytest.raises(Refused, match="Quelqu’un d’autre"):
        actions.revise_job_sheet(read_by_the_company, by=scene.company, at=NOW, **fields_of_a_sheet(posts=4))


def test_criteria_are_fixed_once_the_sheet_is_published():
    scene = set_scene()

    with pytest.raises(Refused, match="ne changent plus"):
        actions.revise_job_sheet(scene.sheet, by=scene.facilitator, at=NOW, **fields_of_a_sheet())


def test_closing_answers_every_open_application(mailbox):
    scene = set_scene()
    waiting, answered = scene.application(), scene.application(declined=True, status="DECLINED")

    actions.close_job_sheet(
        scene.sheet, kind="POSTPONED", words="Reprise en septembre.", by=scene.facilitator, at=NOW
    )

    waiting.refresh_from_db()
    assert scene.sheet.status == Status.CLOSED
    assert (waiting.status, waiting.decline_reason) == ("DECLINED", Application.DeclineReason.NO_RECRUITMENT)
    assert waiting.decline_note == "Le chantier est reporté ou arrêté. Reprise en septembre."
    answered.refresh_from_db()
    assert answered.decline_reason == "SKILLS"
    assert len(mailbox.to(scene.employer.user.email)) == 1


def test_a_service_agrees_for_a_company_without_account_and_the_journal_says_so():
    scene = set_scene(status=Status.TO_AGREE, agreed_by_company_at=None, published_at=None)
    company = scene.sheet.commitment.company
    assert not perms.can_agree_for_company(scene.facilitator, scene.sheet)
    company.memberships.all().delete()
    assert perms.can_agree_for_company(scene.facilitator, scene.sheet)

    actions.agree(scene.sheet, for_company=True, revision=1, by=scene.facilitator, at=NOW)

    entry = Entry.objects.get(verb="job_sheet.agreed")
    assert entry.on_behalf_of_id == company.pk


def test_a_sheet_goes_to_structures_only():
    scene = set_scene()

    with pytest.raises(Refused, match="structures d’insertion"):
        actions.diffuse(
            scene.sheet, to=[OrganisationFactory(buyer=True)], before=SOON, by=scene.facilitator, at=NOW
        )
