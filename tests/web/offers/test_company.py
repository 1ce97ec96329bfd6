"""What a company reads and does; above all what it never reads."""

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from tests.factories import DecisionProofFactory
from tests.offers.scene import NOW
from tests.words import says
from uneplace.offers import actions
from uneplace.offers.models import Application, Transmission
from uneplace.people.models import EligibilityDecision
from uneplace.rules.eligibility import Ground

Status = Application.Status
SOCIAL_NOTE = "Dort chez sa sœur, sans voiture."


@pytest.fixture
def sent(scene):
    """A file in the company's hands, with everything that it must not read around it."""
    application = scene.application(
        Status.SENT, message=SOCIAL_NOTE, shortlist_reason="Raison du service à soi."
    )
    decision = EligibilityDecision.objects.get(participant=application.participant)
    decision.grounds = ["RSA", "QPV"]
    decision.situation = {"receives_rsa": True, "lives_in_qpv": True}
    decision.save()
    DecisionProofFactory(decision=decision)
    application.cv.save("a1b2c3.png", ContentFile(b"\x89PNG\r\n\x1a\n"))
    application.cv_name = "CV de Dominique.png"
    application.save()
    return application


def pages(application):
    one = [application.pk]
    sheet = [application.job_sheet_id]
    return [
        reverse("home:home"),
        reverse("offers:list"),
        reverse("offers:candidates"),
        reverse("offers:candidates") + "?etat=choisies",
        reverse("offers:application", args=one),
        reverse("offers:choose", args=one),
        reverse("offers:decline", args=one),
        reverse("offers:meeting", args=one),
        reverse("offers:job_sheet", args=sheet),
    ]


def test_a_company_is_not_told_who_follows_the_person(as_actor, scene):
    application = scene.application(Status.SENT, by=scene.referrer)
    application.organisation.name = "SPIP des Trois-Vaux"
    application.organisation.save()
    client = as_actor(scene.company)
    for address in pages(application):
        assert not says("SPIP", client.get(address).text), address


FORBIDDEN = [
    *(ground.label for ground in Ground),
    "RSA",
    "QPV",
    "Attestation",
    SOCIAL_NOTE,
    "Raison du service à soi.",
]


@pytest.mark.parametrize("status", [Status.SENT, Status.HIRED, Status.DECLINED])
def test_a_company_never_reads_a_ground(as_actor, scene, sent, status):
    reason = {"decline_reason": "SKILLS"} if status == Status.DECLINED else {}
    Application.objects.filter(pk=sent.pk).update(status=status, answered_at=NOW, **reason)
    client = as_actor(scene.company)

    opened = 0
    for address in pages(sent):
        response = client.get(address)
        assert response.status_code == 200, address
        page = response.content.decode()
        opened += str(sent.participant) in page
        assert not [words for words in FORBIDDEN if words in page], address
    assert opened


def test_a_company_has_no_way_to_a_person_or_its_grounds(as_actor, scene, sent):
    client = as_actor(scene.company)
    person = sent.participant_id

    assert client.get(reverse("people:participant", args=[person])).status_code == 403
    assert client.post(reverse("people:grounds", args=[person])).status_code == 403
    assert client.get(reverse("people:list")).status_code == 403


def test_the_company_reads_what_it_needs(as_actor, scene, sent):
    page = as_actor(scene.company).get(sent.get_absolute_url()).content.decode()

    assert "Éligible jusqu’au" in page
    assert "10 août 2026" in page
    assert "Ouvrir le CV" in page


def test_the_cv_is_a_file_to_keep(as_actor, scene, sent, strangers):
    address = reverse("offers:cv", args=[sent.pk])

    assert as_actor(scene.company).get(address).status_code == 405
    response = as_actor(scene.company).post(address, {"screen": "offers:candidates"})

    assert response.content.startswith(b"\x89PNG")
    assert response["Content-Disposition"] == 'attachment; filename="CV de Dominique.png"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Type"] == "image/png"
    assert [as_actor(one).post(address).status_code for one in strangers[:4]] == [404] * 4
    actions.decline(sent, reason="SKILLS", by=scene.company, at=NOW)
    assert as_actor(scene.company).post(address).status_code == 404
    assert as_actor(scene.employer).post(address).status_code == 200


def test_three_taps_choose_somebody(as_actor, scene, sent):
    client = as_actor(scene.company)
    choose = reverse("offers:choose", args=[sent.pk])
    assert choose in client.get(reverse("offers:candidates")).content.decode()
    assert f"Choisir {sent.participant}" in client.get(choose).content.decode()

    response = client.post(choose, follow=True)

    assert f"Vous avez choisi {sent.participant}." in response.content.decode()
    sent.refresh_from_db()
    assert sent.status == Status.HIRED
    facilitator = as_actor(scene.facilitator).get(sent.get_absolute_url()).content.decode()
    assert reverse("hours:record_placement", args=[sent.pk]) in facilitator


def test_a_decline_without_reason_is_not_sent(as_actor, scene, sent):
    client = as_actor(scene.company)
    address = reverse("offers:decline", args=[sent.pk])

    assert "Choisissez la raison dans la liste." in client.post(address, {"reason": ""}).content.decode()
    assert "Précisez la raison" in client.post(address, {"reason": "OTHER"}).content.decode()
    client.post(address, {"reason": "SKILLS", "note": "Il faut savoir coffrer."})

    sent.refresh_from_db()
    assert (sent.status, sent.decline_note) == (Status.DECLINED, "Il faut savoir coffrer.")
    structure = as_actor(scene.employer).get(reverse("offers:list") + "?etat=autres").content.decode()
    assert "Il faut savoir coffrer." in structure


def test_a_meeting_in_the_past_is_refused(as_actor, scene, sent):
    client = as_actor(scene.company)
    address = reverse("offers:meeting", args=[sent.pk])

    typed = {"hour_1": "09:30", "minutes": "30", "place": "12 rue du Gué"}
    late = client.post(address, {**typed, "day_1": "2026-02-11"})
    assert late.status_code == 422
    assert "Choisissez un moment à venir" in late.content.decode()
    assert "12 rue du Gué" in late.content.decode()
    client.post(address, {**typed, "day_1": "2026-02-17"})

    sent.refresh_from_db()
    assert [slot.isoformat() for slot in sent.meeting_slots] == ["2026-02-17T08:30:00+00:00"]


def test_a_file_withdrawn_meanwhile_says_so_without_a_name(as_actor, scene, sent):
    client = as_actor(scene.company)
    actions.withdraw(sent, reason="IN_JOB", by=scene.employer, at=NOW)

    response = client.post(reverse("offers:choose", args=[sent.pk]), follow=True)

    page = response.content.decode()
    assert "La structure a retiré cette candidature." in page
    assert sent.participant.last_name not in page


def test_another_company_finds_nothing(as_actor, sent, strangers):
    company = as_actor(strangers[1])

    assert [company.get(address).status_code for address in pages(sent)[4:]] == [404] * 5


def test_a_service_does_not_answer_for_a_company_that_has_an_account(as_actor, scene, sent):
    address = reverse("offers:choose", args=[sent.pk])

    assert as_actor(scene.facilitator).post(address).status_code == 403
    scene.company.organisation.memberships.update(ended_at=NOW)
    page = as_actor(scene.facilitator).get(address).content.decode()
    assert "qui n’a pas de compte" in page
    assert as_actor(scene.facilitator).post(address).status_code == 302


def test_an_answer_that_is_overdue_says_so(as_actor, scene, sent):
    client = as_actor(scene.company)
    assert "turn-mine" in client.get(reverse("offers:candidates")).content.decode()
    Transmission.objects.update(answer_before="2026-02-10")

    page = client.get(reverse("offers:candidates")).content.decode()

    assert "turn-late" in page
    assert "Réponse attendue depuis le 10" in page
    structure = as_actor(scene.employer).get(reverse("offers:list")).content.decode()
    assert "Sans réponse depuis 2" in structure
