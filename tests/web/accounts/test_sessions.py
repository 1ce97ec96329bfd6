from datetime import timedelta

import pytest
import time_machine
from django.conf import settings as django_settings
from django.contrib.auth import SESSION_KEY
from django.test import Client
from django.urls import reverse

from tests.factories import NOON, PASSWORD, MembershipFactory, OrganisationFactory, actor_for
from tests.plugin.mailbox import text_of
from tests.web.accounts.factors import sign_in
from uneplace.journal.models import Entry
from uneplace.organisations import memberships
from uneplace.organisations.models import Session
from uneplace.organisations.sessions import end_sessions, forget_sessions

ACCOUNT = reverse("accounts:account")
CLOSE = reverse("accounts:close_sessions")
ORGANISATION = reverse("accounts:organisation")
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 Safari/604.1"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


@pytest.fixture
def member(db):
    return MembershipFactory(organisation=OrganisationFactory(company=True))


@pytest.fixture
def user(member):
    return member.user


def signed_in(user, **extra):
    client = Client()
    sign_in(client, user, **extra)
    return client


def is_open(client):
    return client.get(ACCOUNT).status_code == 200


class TestWhatIsKeptOfASignIn:
    def test_each_is_in_the_journal_with_its_network_and_without_its_machine(self, user):
        signed_in(user, REMOTE_ADDR="203.0.113.7")
        entry = Entry.objects.get(verb="user.signed_in")
        assert (entry.user_id, entry.about_id) == (user.pk, user.pk)
        assert entry.details == {"address": "203.0.113.x", "is_known": False}

    def test_a_browser_that_the_account_does_not_know_is_told_to_its_owner(self, user, mailbox):
        known = signed_in(user, HTTP_USER_AGENT=FIREFOX)
        assert not mailbox.to(user.email)
        known.post(reverse("accounts:logout"))
        sign_in(known, user, HTTP_USER_AGENT=FIREFOX)
        assert not mailbox.to(user.email)
        signed_in(user, HTTP_USER_AGENT=PHONE, REMOTE_ADDR="203.0.113.7")
        (message,) = mailbox.to(user.email)
        assert "depuis un navigateur nouveau\u00a0: Safari sur iPhone, réseau 203.0.113.x" in text_of(message)
        assert "changez votre mot de passe" in text_of(message)


class TestItsLife:
    def test_thirty_idle_minutes_end_it(self, user, clock):
        client = signed_in(user)
        clock.shift(timedelta(minutes=29))
        assert is_open(client)
        clock.shift(timedelta(minutes=29))
        assert is_open(client)
        clock.shift(timedelta(minutes=30))
        answer = client.get(ACCOUNT)
        assert answer.url == "/connexion/?fin=idle&next=/mon-compte/"
        assert "Rien n’a bougé pendant trente minutes" in client.get(answer.url).text
        assert SESSION_KEY not in client.session

    def test_twelve_hours_end_it_however_busy(self, user, clock):
        client = signed_in(user)
        for _ in range(12 * 3 - 1):
            clock.shift(timedelta(minutes=20))
            assert is_open(client)
        clock.shift(timedelta(minutes=20))
        assert client.get(ACCOUNT).url.startswith("/connexion/?fin=old")

    def test_signing_in_gives_it_another_key(self, user):
        client = Client()
        client.get("/connexion/")
        session = client.session
        session["before"] = "yes"
        session.save()
        client.cookies[django_settings.SESSION_COOKIE_NAME] = first = session.session_key
        sign_in(client, user)
        assert client.session.session_key != first
        assert not Session.objects.filter(session_key=first).exists()

    def test_a_page_seen_within_a_minute_writes_nothing(self, user, clock, django_assert_num_queries):
        client = signed_in(user)
        before = Session.objects.get(user=user).session_data
        client.get(ACCOUNT)
        assert Session.objects.get(user=user).session_data == before
        clock.shift(timedelta(minutes=1))
        client.get(ACCOUNT)
        assert Session.objects.get(user=user).seen_at == NOON + timedelta(minutes=1)

    def test_ended_sessions_leave_the_table(self, user, clock):
        signed_in(user)
        assert forget_sessions(before=NOON) == 0
        assert forget_sessions(before=NOON + timedelta(hours=13)) == 1


class TestItsEndFromElsewhere:
    def test_leaving_an_organisation_ends_it_at_once(self, user, member):
        client = signed_in(user)
        admin = actor_for(member.organisation)
        memberships.end_membership(member, by=admin, at=NOON)
        answer = client.get(ORGANISATION)
        assert answer.url == "/connexion/?fin=closed&next=/mon-organisation/"
        assert "elle a été fermée, ou vos droits ont changé" in client.get(answer.url).text

    def test_a_new_password_ends_the_others_and_not_this_one(self, user):
        here, there = signed_in(user), signed_in(user)
        answer = here.post(
            reverse("accounts:change_password"), {"password": "quatre mots sans lien entre eux"}
        )
        assert answer.url == ACCOUNT
        assert is_open(here)
        assert not is_open(there)
        user.refresh_from_db()
        assert user.check_password("quatre mots sans lien entre eux")

    def test_a_closed_account_is_out_at_once(self, user):
        client = signed_in(user)
        user.is_active = False
        user.save()
        assert not is_open(client)

    def test_others_keep_theirs(self, user):
        other = MembershipFactory().user
        client = signed_in(other)
        signed_in(user)
        assert end_sessions(user) == 1
        assert is_open(client)

    def test_a_visitor_who_never_signed_in_is_told_of_no_end(self, client, db):
        assert client.get(ACCOUNT).url == "/connexion/?next=/mon-compte/"

    def test_a_form_sent_too_late_leads_back_to_its_page(self, user):
        client = signed_in(user)
        end_sessions(user)
        answer = client.post(CLOSE, {"session": "others"}, HTTP_REFERER="http://testserver/mon-compte/?vu=1")
        assert answer.url == "/connexion/?fin=closed&next=/mon-compte/%3Fvu%3D1"

    def test_a_form_from_another_site_leads_nowhere_else(self, user):
        client = signed_in(user)
        end_sessions(user)
        answer = client.post(CLOSE, {"session": "others"}, HTTP_REFERER="https://ailleurs.exemple.fr/piege")
        assert "ailleurs" not in answer.url

    def test_a_part_of_a_page_leads_the_whole_page_to_the_sign_in(self, user):
        client = signed_in(user)
        end_sessions(user)
        page = {"HTTP_HX_REQUEST": "true", "HTTP_HX_CURRENT_URL": "http://testserver/mon-organisation/"}
        answer = client.get(ORGANISATION, **page)
        assert answer.headers["HX-Redirect"] == "/connexion/?fin=closed&next=/mon-organisation/"


class TestTheList:
    def test_it_says_where_and_with_what_and_never_the_key(self, user):
        client = signed_in(user, HTTP_USER_AGENT=FIREFOX, REMOTE_ADDR="203.0.113.42")
        signed_in(user, HTTP_USER_AGENT=PHONE, REMOTE_ADDR="2001:db8:12:34::7")
        page = client.get(ACCOUNT).text
        assert "Firefox sur Linux" in page
        assert "203.0.113.x" in page
        assert "203.0.113.42" not in page
        assert "Safari sur iPhone" in page
        assert "2001:0db8:0012::" in page
        assert all(session.session_key not in page for session in Session.objects.all())

    def test_it_shows_nobody_elses(self, user):
        signed_in(MembershipFactory().user, HTTP_USER_AGENT=PHONE)
        assert "iPhone" not in signed_in(user, HTTP_USER_AGENT=FIREFOX).get(ACCOUNT).text

    def test_one_is_closed(self, user):
        here = signed_in(user)
        there = signed_in(user, HTTP_USER_AGENT=PHONE)
        listed = here.get(ACCOUNT).context["sessions"]
        (name,) = [name for _, name, is_current in listed if not is_current]
        assert "Session fermée" in here.post(CLOSE, {"session": name}, follow=True).text
        assert not is_open(there)
        assert is_open(here)
        assert "n’est plus ouverte" in here.post(CLOSE, {"session": name}, follow=True).text

    def test_all_the_others_are_closed(self, user):
        here, others = signed_in(user), [signed_in(user) for _ in range(3)]
        here.post(CLOSE, {"session": "others"})
        assert is_open(here)
        assert not any(is_open(other) for other in others)

    def test_nobody_closes_anothers(self, user):
        other = MembershipFactory().user
        theirs = signed_in(other)
        (_, name, _) = theirs.get(ACCOUNT).context["sessions"][0]
        signed_in(user).post(CLOSE, {"session": name})
        assert is_open(theirs)


class TestTheAccount:
    def test_the_name_is_corrected(self, user):
        client = signed_in(user)
        path = reverse("accounts:change_name")
        assert 'value="Camille"' in client.get(path).text
        assert "Écrivez votre nom" in client.post(path, {"first_name": "Ève", "last_name": ""}).text
        client.post(path, {"first_name": "Ève", "last_name": "Quibel"})
        user.refresh_from_db()
        assert str(user) == "Ève Quibel"

    def test_a_bad_password_is_refused_with_the_reason(self, user):
        client = signed_in(user)
        path = reverse("accounts:change_password")
        assert "trop court" in client.post(path, {"password": "court"}).text
        assert "mots de passe volés" in client.post(path, {"password": "passwordpassword"}).text
        assert signed_in(user, password=PASSWORD).get(ACCOUNT).status_code == 200

    def test_a_session_left_alone_does_not_change_the_password(self, user, clock):
        client = signed_in(user)
        clock.shift(timedelta(minutes=6))
        answer = client.get(reverse("accounts:change_password"))
        assert answer.url.startswith(reverse("accounts:confirm"))
