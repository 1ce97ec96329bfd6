"""The door of a link: what spends it, what does not, and what is answered once it works no more."""

import logging
from datetime import timedelta
from io import StringIO

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import actor_for
from tests.offers.links import EMAIL, link_to, links_in
from tests.offers.scene import NOW
from tests.plugin.mailbox import text_of
from uneplace.journal.models import Entry
from uneplace.kit.refused import Refused
from uneplace.offers import actions
from uneplace.offers.doors import doors_to
from uneplace.organisations.links import withdraw_link
from uneplace.organisations.models import AccessLink
from uneplace.organisations.partnerships import end_partnership
from uneplace.organisations.tasks import forget_sign_ins

HOME = "/par-lien/fiche/"


def signed_in(actor):
    client = Client()
    client.force_login(actor.user)
    return client


def state(link):
    link.refresh_from_db()
    return link.opened_at, link.session_hash, link.withdrawn_at


def test_reading_the_page_of_a_link_spends_nothing(scene, client):
    link, path = link_to(scene.sheet)
    before = state(link), Entry.objects.count()

    for _ in range(3):  # a mail program, a scanner, then the reader
        page = client.get(path)
        assert page.status_code == 200
        assert client.head(path).status_code == 200

    assert "Continuer" in page.text
    assert str(scene.company.organisation) in page.text
    assert (state(link), Entry.objects.count()) == before
    assert not page.cookies.get("link")


def test_a_click_opens_the_sheet_for_two_hours_and_the_journal_says_by_what_link(scene, client, clock):
    link, path = link_to(scene.sheet)

    assert client.post(path).url == HOME
    page = client.get(HOME).text

    assert f"Vous répondez pour {scene.company.organisation}" in page
    assert "c…@batiment.example" in page
    assert EMAIL not in page
    entry = Entry.objects.get(verb="link.opened")
    assert (entry.user_id, entry.user_name) == (None, "par lien envoyé à c…@batiment.example")
    assert entry.details == {"link": link.pk}
    clock.shift(timedelta(hours=1, minutes=59))
    assert client.get(HOME).status_code == 200
    clock.shift(timedelta(minutes=2))
    assert client.get(HOME).status_code == 403


def test_a_link_lets_in_once(scene, client):
    _, path = link_to(scene.sheet)
    client.post(path)

    assert client.get(path).url == HOME  # the same browser goes back in
    second = Client().post(path)

    assert second.status_code == 410
    assert "Ce lien a déjà servi, le 12 février 2026." in second.text
    assert "Recevoir un nouveau lien" in second.text
    assert Client().get(HOME).status_code == 403


def test_a_link_too_old_says_so_and_another_leaves_to_the_same_address_alone(scene, client, clock, mailbox):
    _, path = link_to(scene.sheet)
    clock.shift(timedelta(days=7, hours=12))
    assert client.get(path).status_code == 200, "until the end of the day that the mail names"
    clock.shift(timedelta(hours=2))

    gone = client.get(path)
    assert gone.status_code == 410
    assert "Ce lien était valable jusqu’au 19 février 2026." in gone.text
    page = signed_in(scene.facilitator).get(scene.sheet.get_absolute_url()).text
    assert "Expiré le" in page
    assert client.post(path).status_code == 410
    answer = client.post(f"{path}nouveau/", {"email": "eve@ailleurs.example"})

    assert "Regardez vos messages" in answer.text
    (message,) = mailbox.messages
    assert message["To"] == EMAIL
    (new,) = links_in(text_of(message))
    assert client.post(new).url == HOME
    told = Entry.objects.filter(verb="link.sent").latest("pk")
    assert told.user_name == "par lien envoyé à c…@batiment.example"


def test_a_new_link_is_not_sent_twice_in_a_quarter_of_an_hour(scene, client, clock, mailbox):
    _, path = link_to(scene.sheet)
    clock.shift(timedelta(days=8))

    for _ in range(4):
        assert client.post(f"{path}nouveau/").status_code == 200
    assert len(mailbox.messages) == 1
    clock.shift(timedelta(minutes=16))
    client.post(f"{path}nouveau/")
    assert len(mailbox.messages) == 2


def test_whatever_the_token_the_answer_is_the_same(scene, client, clock, mailbox):
    _, old = link_to(scene.sheet)
    link, withdrawn = link_to(scene.sheet)
    AccessLink.objects.filter(pk=link.pk).update(withdrawn_at=NOW)
    clock.shift(timedelta(days=61))
    _, good = link_to(scene.sheet, at=NOW + timedelta(days=50))

    pages = [client.post(f"{path}nouveau/") for path in (old, withdrawn, "/lien/inconnu/", good)]

    assert {page.status_code for page in pages} == {200}
    assert len({page.text for page in pages}) == 1
    assert len(mailbox.messages) == 1


def test_a_token_changed_by_one_letter_opens_nothing(scene, client):
    _, path = link_to(scene.sheet)
    forged = path[:-2] + ("A" if path[-2] != "A" else "B") + "/"

    for answer in (client.get(forged), client.post(forged)):
        assert answer.status_code == 404
        assert "Ce lien n’ouvre rien" in answer.text
        assert scene.sheet.title not in answer.text


def test_a_withdrawn_link_closes_the_session_too(scene, client):
    link, path = link_to(scene.sheet)
    client.post(path)
    signed_in(scene.facilitator).post(reverse("offers:withdraw_link", args=[link.pk]))

    assert client.get(HOME).status_code == 403
    gone = client.get(path)
    assert "a retiré ce lien le 12 février 2026" in gone.text
    assert "Recevoir un nouveau lien" not in gone.text


def test_a_firm_that_has_an_account_since_signs_in(scene, client):
    _, path = link_to(scene.sheet)
    actor_for(scene.company.organisation)

    gone = client.post(path)

    assert gone.status_code == 410
    assert "a maintenant un compte" in gone.text
    assert "/connexion/" in gone.text


def test_a_service_that_closes_its_file_closes_its_links(scene, client):
    _, path = link_to(scene.sheet)
    _, other = link_to(scene.sheet)
    client.post(path)

    end_partnership(scene.company.organisation, by=scene.facilitator, at=NOW)

    assert client.get(HOME).status_code == 403
    assert Client().post(other).status_code == 410


def test_no_link_leaves_any_more_for_a_firm_that_the_service_works_with_no_more(scene):
    link, _ = link_to(scene.sheet)
    end_partnership(scene.company.organisation, by=scene.facilitator, at=NOW)

    assert doors_to(scene.sheet, "/", by=scene.facilitator, at=NOW) == []
    with pytest.raises(Refused, match="n’est plus parmi vos partenaires"):
        actions.send_link(scene.sheet, email=EMAIL, by=scene.facilitator, at=NOW)

    assert AccessLink.objects.get() == link


def test_an_address_whose_link_was_withdrawn_is_written_to_by_hand_only(scene, client):
    link, _ = link_to(scene.sheet)
    _, other = link_to(scene.sheet)

    withdraw_link(link, by=scene.facilitator, at=NOW)

    assert client.post(other).status_code == 410
    assert doors_to(scene.sheet, "/", by=scene.facilitator, at=NOW) == []
    actions.send_link(scene.sheet, email=EMAIL, by=scene.facilitator, at=NOW + timedelta(minutes=1))
    [door] = doors_to(scene.sheet, "/", by=scene.facilitator, at=NOW + timedelta(minutes=2))
    assert door.address == EMAIL


def test_leaving_ends_the_session_on_every_tab(scene, client):
    _, path = link_to(scene.sheet)
    client.post(path)
    kept = Client()
    kept.cookies = client.cookies.copy()

    page = client.post("/lien/fin/")

    assert "C’est terminé" in page.text
    assert kept.get(HOME).status_code == 403


def test_what_was_typed_is_shown_again_once_the_session_is_over(scene, client, clock, mailbox):
    application = scene.application("SENT")
    _, path = link_to(scene.sheet)
    client.post(path)
    clock.shift(timedelta(hours=3))

    page = client.post(
        f"/par-lien/candidatures/{application.pk}/ne-pas-retenir/",
        {"reason": "OTHER", "note": "Il faut savoir coffrer seul."},
    )

    assert page.status_code == 403
    assert "Rien n’a été envoyé" in page.text
    assert "Il faut savoir coffrer seul." in page.text
    assert "<dt>Raison</dt><dd>Autre raison</dd>" in page.text, "as it was read, not as machines write it"
    assert "OTHER" not in page.text
    application.refresh_from_db()
    assert application.status == "SENT"
    client.post("/lien/nouveau/")
    assert [message["To"] for message in mailbox.messages] == [EMAIL]


def test_a_sheet_and_moments_that_were_typed_are_told_in_words(scene, client, clock):
    to_meet = scene.application("SENT")
    _, path = link_to(scene.sheet)
    client.post(path)
    clock.shift(timedelta(hours=3))

    sheet = client.post(
        "/par-lien/fiche/modifier/",
        {
            "title": "Maçonne ou maçon",
            "schedules": ["EARLY", "NIGHT"],
            "starts_on": "2026-03-09",
            "pay_unit": "HOUR",
            "was": '{"title": ["Aide-maçon"]}',
            "revision": "3",
        },
    ).text
    moments = client.post(
        f"/par-lien/candidatures/{to_meet.pk}/entretien/",
        {"day_1": "2026-02-17", "hour_1": "09:30", "minutes": "45"},
    ).text
    chosen = client.post(
        f"/par-lien/candidatures/{to_meet.pk}/entretien/moment/", {"slot": "2026-02-17T09:30:00+01:00"}
    ).text

    for words in ("Maçonne ou maçon", "Tôt le matin, La nuit", "9 mars 2026", "de l’heure"):
        assert words in sheet, words
    assert "Aide-maçon" not in sheet, "what was read is not what was typed"
    for words in ("17 février 2026", "09:30", "45\u00a0minutes"):
        assert words in moments, words
    assert "mardi 17 février à 9\u00a0h\u00a030" in chosen


def test_a_session_opens_nothing_else_whoever_is_signed_in_besides(scene, client):
    _, path = link_to(scene.sheet)
    client.post(path)

    assert client.get(reverse("offers:job_sheet", args=[scene.sheet.pk])).status_code == 302
    assert client.get(reverse("offers:candidates")).status_code == 302
    client.force_login(scene.referrer.user)
    assert f"Vous répondez pour {scene.company.organisation}" in client.get(HOME).text
    assert client.get(reverse("offers:candidates")).status_code == 403


def test_the_address_of_a_link_goes_neither_to_the_logs_nor_to_other_addresses(scene, client, clock):
    _, path = link_to(scene.sheet)
    console = next(one for one in logging.getLogger().handlers if one.name == "console")
    before = console.setStream(StringIO())
    clock.shift(timedelta(days=8))

    gone = client.get(path)
    told, _ = console.stream.getvalue(), console.setStream(before)

    assert "/lien/…/" in told
    assert path.split("/")[2] not in told
    assert gone["Referrer-Policy"] == "strict-origin"
    assert gone["Cache-Control"] == "private, no-store"


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(scene, client):
    _, path = link_to(scene.sheet)
    cookie = client.post(path).cookies["link"]

    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert client.get(HOME)["Cache-Control"] == "private, no-store"


def test_a_link_is_forgotten_a_year_after_its_end(run_jobs, scene, clock):
    link, _ = link_to(scene.sheet)
    ends = link.expires_at
    for days, remains in ((364, True), (366, False)):
        moment = ends + timedelta(days=days)
        forget_sign_ins.defer(timestamp=int(moment.timestamp()))
        run_jobs()
        assert AccessLink.objects.filter(pk=link.pk).exists() == remains


@pytest.mark.parametrize("method", ["get", "post"])
def test_somebody_without_a_link_is_told_how_to_have_one(client, db, method):
    page = getattr(client, method)(HOME)

    assert page.status_code in (403, 405)
    assert "Cette page s’ouvre par un lien" in page.text
