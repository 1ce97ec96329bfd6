"""/dev/mails: the mails of a site without mail server, shown in a demo and nowhere else."""

import pytest
from django.core.mail import EmailMessage
from django.urls import reverse

from uneplace.kit.mail_files import EmailBackend, stored_mails

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def files(settings):
    settings.EMAIL_BACKEND = "uneplace.kit.mail_files.EmailBackend"
    settings.UNEPLACE_DEMO = True


@pytest.fixture
def mail():
    body = "Bonjour,\n\nVotre relevé : http://localhost:8000/heures/12/\n<script>alert(1)</script>"
    EmailBackend().send_messages([EmailMessage("Relevé à corriger", body, to=["lea@exemple.fr"])])
    return stored_mails()[0]


def test_it_lists_what_would_have_been_sent(client, mail):
    page = client.get(reverse("devmails:mails")).text
    assert "Relevé à corriger" in page
    assert "lea@exemple.fr" in page
    assert reverse("devmails:mail", args=[mail.name]) in page


def test_it_shows_a_mail_with_its_link_and_runs_nothing(client, mail):
    page = client.get(reverse("devmails:mail", args=[mail.name])).text
    assert 'href="http://localhost:8000/heures/12/"' in page
    assert "<script>alert" not in page


def test_it_says_what_to_do_when_there_is_none(client):
    assert "Aucun message" in client.get(reverse("devmails:mails")).text


@pytest.mark.parametrize("name", ["rien", "..", "secret_key"])
def test_another_name_is_not_found(client, name):
    assert client.get(f"/dev/mails/{name}").status_code == 404


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"UNEPLACE_DEMO": False}, id="not a demo"),
        pytest.param({"EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend"}, id="a mail server"),
    ],
)
def test_elsewhere_there_is_no_such_page(client, settings, mail, change):
    for name, value in change.items():
        setattr(settings, name, value)
    assert client.get(reverse("devmails:mails")).status_code == 404
    assert client.get(reverse("devmails:mail", args=[mail.name])).status_code == 404
