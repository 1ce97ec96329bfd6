"""What a company without account reads and does by its link, and what it does not."""

from decimal import Decimal

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse

from tests.factories import CommitmentFactory, JobSheetFactory
from tests.offers.links import EMAIL, come_by_link, links_in, without_account
from tests.offers.scene import NOW, set_scene
from tests.plugin.mailbox import text_of
from tests.web.offers.test_company import FORBIDDEN
from uneplace.journal.models import Entry
from uneplace.kit.refused import Refused
from uneplace.offers import actions
from uneplace.offers.models import Application, JobSheet, Transmission

Status = Application.Status
HOME = "/par-lien/fiche/"


@pytest.fixture
def scene(db):
    return without_account(set_scene(posts=2))


@pytest.fixture
def sent(scene):
    return scene.application(Status.SENT, participant__phone="06 39 98 12 34")


@pytest.fixture
def visitor(scene):
    return come_by_link(scene.sheet)


def to(name, application):
    return reverse(f"by_link:{name}", args=[application.pk])


def test_three_taps_from_the_mail_to_the_answer(mailbox, scene):
    application = scene.application(Status.SHORTLISTED, ready=True)
    actions.transmit(scene.sheet, [application], by=scene.facilitator, at=NOW)
    (message,) = mailbox.to(EMAIL)
    assert application.participant.last_name not in text_of(message)
    (path,) = links_in(text_of(message))
    visitor = Client()

    page = visitor.post(path, follow=True).text  # Continuer
    assert to("choose", application) in page
    confirm = visitor.get(to("choose", application)).text  # Choisir
    assert f"Choisir {application.participant}" in confirm
    done = visitor.post(to("choose", application), follow=True).text  # Choisir cette personne

    assert "Réponse envoyée à la structure et au service" in done
    application.refresh_from_db()
    assert (application.status, application.answered_through) == (Status.HIRED, "LINK")
    assert application.answerer == f"{scene.company.organisation}, par lien"
    entry = Entry.objects.get(verb="application.hired")
    assert (entry.user_name, entry.on_behalf_of_id) == ("par lien envoyé à c…@batiment.example", None)
    assert entry.organisation_id == scene.company.organisation.pk


def test_the_company_reads_what_it_needs_and_never_a_ground(visitor, sent):
    page = visitor.get(HOME).text

    assert str(sent.participant) in page
    assert "06 39 98 12 34" in page
    assert "Éligible jusqu’au" in page
    assert "Nadège Ferrand" in page
    assert sent.job_sheet.commitment.get_absolute_url() not in page
    assert not [words for words in FORBIDDEN if words in page]


def test_a_sheet_is_corrected_then_agreed_to(scene):
    sheet = JobSheetFactory(commitment=scene.sheet.commitment, to_agree=True)
    visitor = come_by_link(sheet)
    stale = sheet.revision
    form = visitor.get("/par-lien/fiche/modifier/").context["form"]
    typed = {name: form[name].value() for name in form.fields if form[name].value() not in (None, [])}
    typed |= {"rome": "F1703", "commune": "Caen (14000)", "title": "Maçon, maçonne"}

    answer = visitor.post("/par-lien/fiche/modifier/", typed)
    assert answer.status_code == 302, answer.context["form"].errors
    sheet.refresh_from_db()
    assert sheet.title == "Maçon, maçonne"
    late = visitor.post("/par-lien/fiche/accord/", {"revision": stale}, follow=True).text
    assert "la fiche a changé depuis que vous l’avez lue" in late
    assert visitor.post("/par-lien/fiche/accord/", {"revision": "²"}).status_code == 302
    visitor.post("/par-lien/fiche/accord/", {"revision": sheet.revision})

    sheet.refresh_from_db()
    assert sheet.agreed_by_company_at == NOW
    assert sheet.agreed_by_service_at is None
    assert Entry.objects.filter(verb="job_sheet.agreed").get().on_behalf_of_id is None


def test_an_agreement_that_cannot_be_kept_says_why(scene):
    sheet = JobSheetFactory(commitment=scene.sheet.commitment, to_agree=True)
    visitor = come_by_link(sheet)

    def agree():
        sheet.refresh_from_db()
        return visitor.post("/par-lien/fiche/accord/", {"revision": sheet.revision}, follow=True).text

    JobSheet.objects.filter(pk=sheet.pk).update(tutor_name="")
    assert "la fiche n’est pas complète" in agree()
    JobSheet.objects.filter(pk=sheet.pk).update(tutor_name="Nadège Ferrand")
    assert "Accord enregistré." in agree()
    assert "Votre accord était déjà donné." in agree()
    JobSheet.objects.filter(pk=sheet.pk).update(status="CLOSED", closing_reason="Reporté.")
    assert "n’attend plus votre accord" in agree()


def test_others_are_asked_for_once_and_a_second_tap_says_so(visitor, scene, sent):
    asked = [visitor.post("/par-lien/fiche/autres/", follow=True).text for _ in range(2)]

    assert "Demande envoyée" in asked[0]
    assert "votre demande est déjà faite" in asked[1]
    assert Entry.objects.filter(verb="job_sheet.others_asked").count() == 1


def test_a_pay_under_the_minimum_is_told_to_the_company_before_it_agrees(scene):
    under = JobSheetFactory(
        commitment=scene.sheet.commitment, to_agree=True, pay=Decimal("11.90"), period=scene.sheet.period
    )

    assert "sous le SMIC" in come_by_link(under).get(HOME).text
    assert "À regarder" not in come_by_link(scene.sheet).get(HOME).text


def test_suggestions_work_while_typing_without_an_account(visitor):
    found = visitor.get(reverse("reference:communes"), {"commune": "caen"}, headers={"HX-Request": "true"})
    assert (found.status_code, "Caen" in found.text) == (200, True)
    assert Client().get(reverse("reference:communes")).status_code == 302


def test_another_sheet_and_another_company_s_files_do_not_exist(scene, sent):
    elsewhere = JobSheetFactory(commitment=CommitmentFactory(clause=scene.sheet.commitment.clause, share=0))
    own = JobSheetFactory(commitment=scene.sheet.commitment)  # another sheet of the same company
    for sheet in (elsewhere, own):
        visitor = come_by_link(sheet)
        for name in ("choose", "decline", "meeting", "accept_meeting", "meeting_file"):
            assert visitor.get(to(name, sent)).status_code == 404, name
        assert visitor.post(to("choose", sent)).status_code == 404
        assert visitor.post(to("cv", sent)).status_code == 404
        assert str(sent.participant) not in visitor.get(HOME).text


def test_a_file_taken_back_meanwhile_says_so_without_a_name(visitor, scene, sent):
    actions.withdraw(sent, reason="IN_JOB", by=scene.employer, at=NOW)

    page = visitor.post(to("choose", sent), follow=True).text

    assert "Rien n’a été envoyé" in page
    assert "La structure a retiré cette candidature. Son dossier n’est plus visible." in page
    assert sent.participant.last_name not in page
    assert visitor.post(to("cv", sent)).status_code == 404


def test_a_file_taken_back_of_another_sheet_does_not_exist(scene, sent):
    visitor = come_by_link(JobSheetFactory(commitment=scene.sheet.commitment))
    actions.withdraw(sent, reason="IN_JOB", by=scene.employer, at=NOW)

    assert visitor.get(to("choose", sent)).status_code == 404


def test_somebody_hired_elsewhere_is_not_chosen_again(visitor, scene, sent):
    sheet = JobSheetFactory(commitment=CommitmentFactory(clause=scene.sheet.commitment.clause, share=0))
    other = scene.application(Status.SENT, by=scene.referrer, job_sheet=sheet, participant=sent.participant)
    actions.choose(other, by=scene.facilitator, at=NOW)

    page = visitor.post(to("choose", sent), follow=True).text

    assert "Cette personne est embauchée ailleurs." in page
    assert sent.participant.last_name not in page


def test_two_answers_at_once_one_is_kept(scene, sent):
    first, second = come_by_link(scene.sheet), come_by_link(scene.sheet)
    second.get(to("decline", sent))
    first.post(to("choose", sent))

    late = second.post(to("decline", sent), {"reason": "SKILLS"})

    assert late.status_code == 422
    assert "L’entreprise a choisi cette personne." in late.text
    sent.refresh_from_db()
    assert sent.status == Status.HIRED


def test_what_is_typed_is_kept_when_it_is_refused(visitor, sent):
    typed = {"day_1": "2026-02-11", "hour_1": "09:30", "day_2": "2026-02-18", "minutes": "45"}

    page = visitor.post(to("meeting", sent), {**typed, "place": "12 rue du Gué"})

    assert page.status_code == 422
    assert "Indiquez l’heure." in page.text
    for kept in ("2026-02-18", "12 rue du Gué", '<option value="45" selected>'):
        assert kept in page.text
    sent.refresh_from_db()
    assert sent.status == Status.SENT


def test_a_meeting_is_proposed_agreed_on_and_put_in_a_calendar(visitor, scene, sent):
    moments = {"day_1": "2026-02-17", "hour_1": "09:30", "day_2": "2026-02-18", "hour_2": "14:00"}
    visitor.post(to("meeting", sent), {**moments, "minutes": "30", "place": "12 rue du Gué"})
    structure = Client()
    structure.force_login(scene.employer.user)
    page = structure.get(sent.get_absolute_url()).text
    assert reverse("offers:accept_for_person", args=[sent.pk]) in page

    choice = reverse("offers:accept_for_person", args=[sent.pk])
    assert "mercredi 18 février à 14\u00a0h" in structure.get(choice).text
    structure.post(choice, {"slot": "2026-02-18T13:00:00+00:00"})

    sent.refresh_from_db()
    assert sent.meeting_at.isoformat() == "2026-02-18T13:00:00+00:00"
    file = visitor.get(to("meeting_file", sent))
    assert file["Content-Type"] == "text/calendar; charset=utf-8"
    assert b"DTSTART:20260218T130000Z" in file.content
    assert sent.participant.last_name.encode() not in file.content
    assert structure.get(reverse("offers:meeting_file", args=[sent.pk])).content == file.content


def test_other_people_are_asked_for_and_it_is_the_facilitator_s_turn(mailbox, visitor, scene, sent):
    visitor.post(to("decline", sent), {"reason": "SKILLS"})

    assert "Demande envoyée" in visitor.post("/par-lien/fiche/autres/", follow=True).text

    facilitator = Client()
    facilitator.force_login(scene.facilitator.user)
    page = facilitator.get(scene.sheet.get_absolute_url()).text
    assert f"proposer d’autres personnes à {scene.company.organisation}" in page
    assert "demande d’autres personnes" in facilitator.get(reverse("home:home")).text
    assert "D’autres candidatures" in mailbox.to(scene.facilitator.user.email)[-1]["Subject"]
    scene.sheet.refresh_from_db()
    with pytest.raises(Refused, match="déjà demandé"):
        actions.ask_for_others(scene.sheet, by=scene.facilitator, at=NOW)
    ready = scene.application(Status.SHORTLISTED, ready=True)
    actions.transmit(scene.sheet, [ready], by=scene.facilitator, at=NOW)
    assert JobSheet.objects.get(pk=scene.sheet.pk).others_asked_at is None


def test_a_cv_opened_by_a_link_is_in_the_journal(visitor, scene):
    application = scene.application(Status.SENT)
    application.cv_name = "CV.png"
    application.cv.save("a1b2c3.png", ContentFile(b"\x89PNG\r\n\x1a\n"))

    answer = visitor.post(to("cv", application), {"screen": "by_link:sheet"})

    assert answer.status_code == 200
    entry = Entry.objects.get(verb="cv.read")
    assert (entry.user_name, entry.details["screen"]) == (
        "par lien envoyé à c…@batiment.example",
        "by_link:sheet",
    )


def test_the_sheet_lists_each_sending_and_each_link(mailbox, scene):
    application = scene.application(Status.SHORTLISTED, ready=True)
    actions.transmit(scene.sheet, [application], by=scene.facilitator, at=NOW)
    facilitator = Client()
    facilitator.force_login(scene.facilitator.user)

    page = facilitator.get(scene.sheet.get_absolute_url()).text

    assert "Par un lien envoyé par courriel, c.fenouil@batiment.example" in page
    assert "Pas encore ouvert, valable jusqu’au" in page
    transmission = Transmission.objects.get()
    assert (transmission.through, transmission.sent_to) == ("LINK", [EMAIL])
    actions.withdraw(application, reason="IN_JOB", by=scene.employer, at=NOW)
    assert "1\u00a0repris depuis" in facilitator.get(scene.sheet.get_absolute_url()).text


def test_a_link_never_opens_more_than_five_files(scene):
    files = [scene.application(Status.SHORTLISTED, ready=True) for _ in range(6)]

    with pytest.raises(Refused, match="5 dossiers au plus"):
        actions.transmit(scene.sheet, files, by=scene.facilitator, at=NOW)
    actions.transmit(scene.sheet, files[:5], by=scene.facilitator, at=NOW)
    files[0].job_sheet.refresh_from_db()
    with pytest.raises(Refused, match="5 dossiers au plus"):
        actions.transmit(scene.sheet, files[5:], by=scene.facilitator, at=NOW)


def test_a_facilitator_sends_a_link_where_it_is_known(mailbox, scene):
    facilitator = Client()
    facilitator.force_login(scene.facilitator.user)
    address = reverse("offers:send_link", args=[scene.sheet.pk])
    assert EMAIL in facilitator.get(address).text

    wrong = facilitator.post(address, {"email": "pas une adresse"})
    assert (wrong.status_code, "pas une adresse" in wrong.text) == (422, True)
    facilitator.post(address, {"email": "chantier@batiment.example"})

    (message,) = mailbox.to("chantier@batiment.example")
    (path,) = links_in(text_of(message))
    assert Client().post(path).url == HOME
    assert "chantier@batiment.example" in facilitator.get(address).text  # where the next one goes


def test_the_service_answers_for_a_company_and_the_file_says_so(scene, sent):
    facilitator = Client()
    facilitator.force_login(scene.facilitator.user)
    facilitator.post(reverse("offers:decline", args=[sent.pk]), {"reason": "SKILLS"})

    words = f"{scene.sheet.service}, pour {scene.company.organisation}"
    assert words in facilitator.get(sent.get_absolute_url()).text
    structure = Client()
    structure.force_login(scene.employer.user)
    assert words in structure.get(sent.get_absolute_url()).text


def test_queries_do_not_grow_with_the_files(scene, django_assert_max_num_queries):
    counts = []
    for _ in range(2):
        for _ in range(2):
            scene.application(Status.SENT)
        visitor = come_by_link(scene.sheet)
        with django_assert_max_num_queries(40) as queries:
            visitor.get(HOME)
        counts.append(len(queries))
    assert counts[0] == counts[1]
