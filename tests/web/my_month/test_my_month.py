"""A person without account answers about one month, from a code or a link, and reads nothing else."""

from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from tests.factories import (
    EligibilityDecisionFactory,
    StatementLineFactory,
    WorkedMonthFactory,
    actor_for,
)
from tests.plugin.mailbox import text_of
from uneplace.hours.models import Confirmation, MonthLink
from uneplace.kit.qr import draw_code
from uneplace.rules.eligibility import Ground

from .scene import APRIL, HOME, MAY_6, code_of, phone_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock():
    with time_machine.travel(MAY_6, tick=False) as clock:
        yield clock


@pytest.fixture
def line(clock):
    """April of Dominique, 151,67 h, declared and sent; somebody else works beside."""
    line = StatementLineFactory()
    StatementLineFactory(statement=line.statement)
    return line


@pytest.fixture
def placement(line):
    return line.worked_month.placement


@pytest.fixture
def phone(placement):
    return phone_of(placement)


def text(response):
    return response.content.decode().replace("\u00a0", " ")


def test_the_door_names_nobody_and_reading_it_spends_nothing(placement):
    path, client = code_of(placement), Client()
    for _ in range(2):
        answer = client.get(path)
        assert answer.status_code == 200
        assert placement.participant.first_name not in text(answer)
        assert "151,67" not in text(answer)
        assert answer["Cache-Control"] == "private, no-store"
        assert answer["Referrer-Policy"] == "strict-origin"
    assert MonthLink.objects.get().opened_at is None


def test_the_page_says_the_month_the_employer_and_the_hours(phone, placement):
    page = text(phone.get(HOME))
    for words in (
        "Vos heures d’avril 2026",
        placement.participant.first_name,
        str(placement.employer),
        "151,67 h",
        "151 heures et 40 minutes",
        "C’est bien ça",
        "Ce n’est pas ça",
    ):
        assert words in page
    assert phone.get(HOME)["Cache-Control"] == "private, no-store"


def test_it_shows_that_person_that_month_and_no_ground(phone, placement, line):
    person = placement.participant
    EligibilityDecisionFactory(participant=person, grounds=["BOETH"], main_ground="BOETH")
    WorkedMonthFactory(placement=placement, month="2026-05-01", hours=Decimal("33.25"))
    beside = line.statement.lines.exclude(pk=line.pk).get().worked_month.placement.participant
    for page in (text(phone.get(HOME)), text(phone.get(f"{HOME}?non=1"))):
        assert person.last_name not in page
        assert beside.last_name not in page
        assert Ground.BOETH.label not in page
        assert "33,25" not in page
        assert str(line.statement.commitment.clause.lot.contract) not in page


def test_yes_in_one_tap(phone):
    page = text(phone.post(HOME, {"shown": "151.67", "yes": "1"}, follow=True))
    assert "Vous avez déjà répondu pour ce mois" in page
    assert "Merci." in page
    assert Confirmation.objects.get().agrees


def test_no_with_hours_and_words(phone):
    page = phone.post(HOME, {"shown": "151.67", "no": "1", "hours": "", "words": ""})
    assert page.status_code == 422
    assert "Écrivez vos heures, ou ce qui ne va pas." in text(page)
    page = phone.post(HOME, {"shown": "151.67", "no": "1", "hours": "beaucoup", "words": "Mes samedis."})
    assert page.status_code == 422
    assert "Mes samedis." in text(page)
    assert "beaucoup" in text(page)
    answer = {"shown": "151.67", "no": "1", "hours": "160h30", "words": "Mes samedis."}
    page = text(phone.post(HOME, answer, follow=True))
    assert "Vous avez dit 160,50 h." in page.replace("160,5 h", "160,50 h")
    said = Confirmation.objects.get()
    assert (said.said, said.words, said.agrees) == (Decimal("160.50"), "Mes samedis.", False)


def test_hours_corrected_meanwhile_are_read_again_before_answering(phone, line):
    line.hours = Decimal("140")
    line.save()
    page = phone.post(HOME, {"shown": "151.67", "yes": "1"})
    assert page.status_code == 422
    assert "viennent de changer" in text(page)
    assert "140 h" in text(page)
    assert not Confirmation.objects.exists()


def test_a_code_opens_on_one_phone_and_again_on_the_same(phone, placement):
    path = code_of(placement)
    mine = Client()
    assert mine.post(path).url == HOME
    assert mine.get(path).url == HOME
    other = Client()
    for answer in (other.get(path), other.post(path)):
        assert answer.status_code == 410
        assert "Un code ne sert qu’une fois." in text(answer)


def test_an_old_code_and_an_unknown_one(placement, clock):
    path, client = code_of(placement), Client()
    clock.shift(timedelta(days=15))
    assert "Ce code était valable jusqu’au 20 mai 2026." in text(client.get(path))
    assert client.post(path).status_code == 410
    assert client.get("/mois/inconnu/").status_code == 404


def test_after_two_hours_nothing_opens_and_nothing_typed_is_lost(phone, clock):
    clock.shift(timedelta(hours=2))
    answer = phone.post(HOME, {"shown": "151.67", "no": "1", "hours": "140", "words": "Mes samedis."})
    assert answer.status_code == 403
    assert "Mes samedis." in text(answer)
    assert "Rien n’a été envoyé" in text(answer)
    assert "151,67" not in text(answer)
    assert not Confirmation.objects.exists()


def test_without_a_code_the_page_opens_nothing(client):
    assert client.get(HOME).status_code == 403
    assert client.post(HOME, {"yes": "1", "shown": "151.67"}).status_code == 403


def test_leaving_closes_the_phone(phone):
    answer = phone.post(reverse("my_month:leave"))
    assert "C’est terminé" in text(answer)
    assert answer["Clear-Site-Data"] == '"storage"'
    assert phone.get(HOME).status_code == 403


def test_the_phone_opens_nothing_else(phone, line):
    for page in (line.statement.get_absolute_url(), "/", reverse("hours:list"), "/par-lien/releve/"):
        assert phone.get(page).status_code in (200, 302, 403)
        assert line.worked_month.placement.participant.last_name not in text(phone.get(page))


def test_a_new_link_goes_to_the_address_of_the_file_and_says_nothing(placement, mailbox, run_jobs, clock):
    path, client = code_of(placement), Client()
    nothing = text(client.post(f"{path}nouveau/"))
    assert text(client.post("/mois/inconnu/nouveau/")) == nothing
    placement.participant.email = "nadia@courriel.example"
    placement.participant.save()
    assert text(client.post(f"{path}nouveau/")) == nothing
    run_jobs()
    (mail,) = mailbox.to("nadia@courriel.example")
    assert "/mois/" in text_of(mail)


def test_whoever_hands_the_codes_prints_one_sheet_a_person(client, line, placement):
    client.force_login(actor_for(line.statement.declarant).user)
    url = reverse("hours:codes", args=[line.statement_id])
    assert url in text(client.get(line.statement.get_absolute_url()))
    page = text(client.get(url))
    assert str(placement.participant) in page
    assert "courriel" not in page[page.find("<form") : page.find("</form>")]
    printed = client.post(url, {"people": [placement.pk], "print": "1"})
    assert text(printed).count('<svg class="code"') == 1
    assert printed["Cache-Control"] == "private, no-store"
    link = MonthLink.objects.get()
    assert (link.placement, link.month, link.organisation) == (
        placement,
        APRIL,
        line.statement.declarant,
    )
    assert "Cochez au moins une personne." in text(client.post(url, {}, follow=True))


def test_the_service_sends_the_links_by_mail(client, line, placement, mailbox, run_jobs):
    placement.participant.email = "nadia@courriel.example"
    placement.participant.save()
    client.force_login(actor_for(line.service).user)
    everybody = [one.worked_month.placement_id for one in line.statement.lines.all()]
    url = reverse("hours:codes", args=[line.statement_id])
    page = text(client.post(url, {"people": everybody, "send": "1"}, follow=True))
    assert "1 lien envoyé." in page
    assert "1 personne n’a pas d’adresse" in page
    run_jobs()
    assert len(mailbox.to("nadia@courriel.example")) == 1


def test_a_company_sends_no_mail_to_anybody(client, line, placement):
    placement.participant.email = "nadia@courriel.example"
    placement.participant.save()
    client.force_login(actor_for(line.statement.declarant).user)
    url = reverse("hours:codes", args=[line.statement_id])
    client.post(url, {"people": [placement.pk], "send": "1"})
    assert MonthLink.objects.get().email == ""


def test_the_drawing_is_a_square_with_its_margin_and_its_three_corners():
    code = draw_code("https://uneplace.example/mois/" + "a" * 43 + "/")
    assert code.side == 45
    for corner in ("M4 4h7v1h-7z", "M34 4h7v1h-7z", "M4 34h7v1h-7z"):
        assert corner in code.path
