import re
from urllib.parse import urlsplit

from django.contrib.auth import SESSION_KEY
from django.urls import reverse

from tests.factories import PASSWORD, UserFactory
from tests.plugin.mailbox import text_of
from uneplace.journal.models import Entry

FORGOTTEN = reverse("accounts:password_forgotten")
NEW = "quatre mots sans lien entre eux"


def link_to(mailbox, address):
    (message,) = mailbox.to(address)
    return urlsplit(re.search(r"https?://\S+", text_of(message)).group()).path


def test_the_link_received_lets_its_owner_choose_a_password(client, mailbox):
    user = UserFactory(email="camille@exemple.fr")
    answer = client.post(FORGOTTEN, {"email": "Camille@exemple.fr"})
    assert answer.url == reverse("accounts:password_sent")
    link = link_to(mailbox, user.email)
    assert user.email in client.get(link).text
    assert client.post(link, {"password": NEW}).url == reverse("accounts:login")
    user.refresh_from_db()
    assert user.check_password(NEW)
    assert Entry.objects.get().verb == "user.password_set"


def test_an_unknown_address_gets_the_same_answer_and_no_mail(client, mailbox):
    known, unknown = UserFactory(), "personne@exemple.fr"
    answers = [client.post(FORGOTTEN, {"email": email}) for email in (known.email, unknown)]
    assert answers[0].url == answers[1].url
    assert [message["To"] for message in mailbox.messages] == [known.email]


def test_a_closed_account_receives_nothing(client, mailbox):
    client.post(FORGOTTEN, {"email": UserFactory(is_active=False).email})
    assert mailbox.messages == []


def test_the_link_serves_once(client, mailbox):
    user = UserFactory()
    client.post(FORGOTTEN, {"email": user.email})
    link = link_to(mailbox, user.email)
    client.post(link, {"password": NEW})
    answer = client.get(link)
    assert answer.status_code == 410
    assert "Demander un autre lien" in answer.text
    assert client.post(link, {"password": "un autre mot de passe long"}).status_code == 410
    user.refresh_from_db()
    assert user.check_password(NEW)


def test_a_link_made_up_opens_nothing(client, db):
    user = UserFactory()
    for uid in ("MQ", "éé", "9" * 40):
        assert client.get(reverse("accounts:password_choose", args=[uid, "abc-def"])).status_code == 410
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_a_short_password_is_refused_with_the_reason(client, mailbox):
    user = UserFactory()
    client.post(FORGOTTEN, {"email": user.email})
    link = link_to(mailbox, user.email)
    page = client.post(link, {"password": "quatorze signe"}).text
    assert "trop court" in page
    assert client.post(link, {"password": "quinze signes !"}).status_code == 302


def test_choosing_a_password_ends_the_sessions_already_open(client, mailbox, django_user_model):
    user = UserFactory()
    client.force_login(user)
    other = client.__class__()
    other.post(FORGOTTEN, {"email": user.email})
    other.post(link_to(mailbox, user.email), {"password": NEW})
    assert client.get(reverse("accounts:switch")).status_code == 302
    assert SESSION_KEY not in client.session
