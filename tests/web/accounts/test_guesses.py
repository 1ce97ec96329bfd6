"""Guessing through the sign-in page: what is checked, what is answered, what the owner is told."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth import SESSION_KEY
from django.test import Client
from django.urls import reverse

from tests.factories import NOON, PASSWORD, MembershipFactory
from tests.plugin.mailbox import text_of
from uneplace.journal.models import Entry
from uneplace.organisations import actions

LOGIN = reverse("accounts:login")
FORGOTTEN = reverse("accounts:password_forgotten")
WRONG = "ne correspond pas"
NOT_CHECKED = "n’a pas été vérifié"


@pytest.fixture
def user(db):
    return MembershipFactory().user


def guess(email, password="pas le bon mot de passe", *, client=None, seconds=0, address="192.0.2.7"):
    with time_machine.travel(NOON + timedelta(seconds=seconds), tick=False):
        values = {"email": email, "password": password}
        return (client or Client()).post(LOGIN, values, REMOTE_ADDR=address)


def attack(email, *, minutes=14):
    """One guess a minute, each from its own address."""
    return [guess(email, seconds=60 * minute, address=f"198.51.100.{minute}") for minute in range(minutes)]


def test_ten_guesses_are_checked_and_the_wait_is_said(user):
    pages = [answer.text for answer in attack(user.email)]
    assert sum(WRONG in page for page in pages) == 10
    assert all((WRONG in page) != (NOT_CHECKED in page) for page in pages)
    assert "Réessayez dans 3\u00a0minutes" in pages[-1]


def test_the_right_password_is_not_looked_at_while_it_must_wait(user):
    attack(user.email)
    stranger = Client()
    answer = guess(user.email, PASSWORD, client=stranger, seconds=840)
    assert NOT_CHECKED in answer.text
    assert SESSION_KEY not in stranger.session
    assert guess(user.email, PASSWORD, client=stranger, seconds=961).status_code == 302


def test_a_browser_that_the_owner_used_still_signs_in(user):
    known = Client()
    guess(user.email, PASSWORD, client=known)
    guess("", client=known)
    known.post(reverse("accounts:logout"))
    attack(user.email)
    assert guess(user.email, PASSWORD, client=known, seconds=840).status_code == 302


@pytest.mark.parametrize("change", ["password", "somebody_else", "forged"])
def test_a_cookie_that_is_not_the_owners_opens_no_other_allowance(user, settings, change):
    other = MembershipFactory().user
    known = Client()
    guess((other if change == "somebody_else" else user).email, PASSWORD, client=known)
    known.post(reverse("accounts:logout"))
    if change == "password":
        actions.set_password(user, "un autre mot de passe bien long", at=NOON)
    if change == "forged":
        known.cookies[settings.DEVICE_COOKIE_NAME] = (
            known.cookies[settings.DEVICE_COOKIE_NAME].value[:-2] + "xx"
        )
    attack(user.email)
    assert NOT_CHECKED in guess(user.email, PASSWORD, client=known, seconds=840).text


def test_the_cookie_of_a_browser_is_out_of_reach_of_scripts(user, settings):
    client = Client()
    guess(user.email, PASSWORD, client=client)
    cookie = client.cookies[settings.DEVICE_COOKIE_NAME]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_a_known_and_an_unknown_account_answer_alike_all_along(user):
    def plain(answer, email):
        text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", answer.text)
        return answer.status_code, text.replace(email, "")

    unknown = "personne@exemple.fr"
    for minute in range(12):
        pair = [guess(email, seconds=60 * minute, address="192.0.2.9") for email in (user.email, unknown)]
        assert plain(pair[0], user.email) == plain(pair[1], unknown)


def test_a_network_of_ipv6_counts_as_one_visitor(db):
    pages = [
        guess(f"personne{number}@exemple.fr", seconds=number, address=f"2001:db8:1:2::{number:x}").text
        for number in range(1, 55)
    ]
    assert [NOT_CHECKED in page for page in pages] == [False] * 50 + [True] * 4
    assert NOT_CHECKED not in guess("une@exemple.fr", seconds=60, address="2001:db8:1:3::1").text


def test_the_owner_is_told_once_by_mail_in_the_journal_and_on_the_account_page(client, mailbox):
    user = MembershipFactory().user
    attack(user.email)
    attack("personne@exemple.fr")
    (message,) = mailbox.messages
    assert message["To"] == user.email
    assert "deviner le mot de passe" in text_of(message)
    entry = Entry.objects.get(verb="account.guessed")
    assert (entry.about_id, entry.user_id) == (user.pk, None)
    assert entry.details == {"kind": "password", "guesses": 5, "address": "198.51.100.x"}
    client.force_login(user)
    assert "Quelqu’un a essayé d’entrer" in client.get(reverse("accounts:account")).text


def test_the_way_back_by_mail_stays_open_during_an_attack(client, mailbox):
    user = MembershipFactory().user
    attack(user.email)
    with time_machine.travel(NOON + timedelta(seconds=840), tick=False):
        client.post(FORGOTTEN, {"email": user.email})
        message = next(one for one in mailbox.to(user.email) if "nouveau mot de passe" in one["Subject"])
        link = re.search(r"https?://[^/]+(/\S+)", text_of(message)).group(1)
        client.post(link, {"password": "quatre mots sans lien entre eux"})
    assert guess(user.email, "quatre mots sans lien entre eux", client=client, seconds=841).status_code == 302


def test_links_are_not_sent_without_end(client, mailbox):
    user = MembershipFactory().user
    with time_machine.travel(NOON, tick=False):
        answers = [client.post(FORGOTTEN, {"email": user.email}) for _ in range(8)]
        assert {answer.url for answer in answers} == {reverse("accounts:password_sent")}
        assert len(mailbox.to(user.email)) == 3


@pytest.mark.parametrize(
    "proxies, told, address",
    [
        pytest.param(0, "203.0.113.9", "192.0.2.7", id="nobody in front: what is told is not believed"),
        pytest.param(1, "203.0.113.9", "203.0.113.9", id="one in front"),
        pytest.param(
            1, "198.51.100.1, 203.0.113.9", "203.0.113.9", id="what the visitor adds is not believed"
        ),
        pytest.param(1, "", "192.0.2.7", id="one in front that tells nothing"),
        pytest.param(1, "nonsense", "", id="an address that is none"),
    ],
)
def test_where_a_guess_comes_from(rf, settings, proxies, told, address):
    from uneplace.web.accounts.browsers import address_of

    settings.PROXIES = proxies
    assert address_of(rf.get("/", REMOTE_ADDR="192.0.2.7", HTTP_X_FORWARDED_FOR=told)) == address
