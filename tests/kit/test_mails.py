"""A mail leaves after the commit, waits for the mail server, and is never lost."""

import pytest
from django.db import connection, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.plugin.mailbox import run_jobs, text_of
from uneplace.kit.jobs import Patient
from uneplace.kit.mail_files import stored_mail, stored_mails
from uneplace.kit.mails import absolute, send_mail_later


@pytest.fixture
def letter(settings, tmp_path):
    """The name of a text template."""
    (tmp_path / "letter.txt").write_text("Bonjour {{ name }},\n\n{{ site }}/heures/\n")
    (engine,) = settings.TEMPLATES
    settings.TEMPLATES = [engine | {"DIRS": [tmp_path, *engine["DIRS"]]}]
    return "letter.txt"


def test_the_text_is_written_at_once_and_sent_by_the_worker(mailbox, letter):
    send_mail_later("lea@exemple.fr", "Relevé\nà corriger", letter, {"name": "Léa"})
    (message,) = mailbox.messages
    assert message["To"] == "lea@exemple.fr"
    assert message["Subject"] == "Relevé à corriger"
    assert text_of(message).replace("\r\n", "\n") == "Bonjour Léa,\n\nhttp://localhost:8000/heures/\n"
    assert absolute("/heures/") in text_of(message)


def test_each_address_has_its_own_mail_once(mailbox, letter):
    send_mail_later(["lea@exemple.fr", "ali@exemple.fr", "lea@exemple.fr"], "Bonjour", letter)
    assert sorted(message["To"] for message in mailbox.messages) == ["ali@exemple.fr", "lea@exemple.fr"]
    assert len(mailbox.to("lea@exemple.fr")) == 1


def test_a_rolled_back_change_sends_nothing(mailbox, letter):
    with transaction.atomic():
        send_mail_later("lea@exemple.fr", "Bonjour", letter)
        transaction.set_rollback(True)
    assert mailbox.messages == []


def test_a_mail_waits_while_the_mail_server_is_down(mailbox, letter):
    mailbox.close()
    send_mail_later("lea@exemple.fr", "Bonjour", letter)
    run_jobs()
    job = ProcrastinateJob.objects.get()
    assert (job.status, job.attempts) == ("todo", 1)
    assert job.scheduled_at is not None
    mailbox.open()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET scheduled_at = NULL")
    assert [message["Subject"] for message in mailbox.messages] == ["Bonjour"]
    assert not ProcrastinateJob.objects.exists(), "what was sent is not kept"


def test_retries_slow_down_and_end_after_a_week():
    strategy = Patient(days=7, exceptions=(OSError,))

    class Tried:
        attempts = 0

    assert strategy.get_retry_decision(exception=OSError(), job=Tried) is not None
    assert strategy.get_retry_decision(exception=ValueError(), job=Tried) is None
    Tried.attempts = 7 * 24
    assert strategy.get_retry_decision(exception=OSError(), job=Tried) is None


def test_without_a_mail_server_mails_are_files(run_jobs, settings, letter):
    settings.EMAIL_BACKEND = "uneplace.kit.mail_files.EmailBackend"
    send_mail_later("lea@exemple.fr", "Première", letter, {"name": "Léa"})
    run_jobs()
    send_mail_later("lea@exemple.fr", "Seconde", letter, {"name": "Léa"})
    run_jobs()
    assert [mail.subject for mail in stored_mails()] == ["Seconde", "Première"]
    mail = stored_mails()[0]
    assert "Bonjour Léa" in mail.text
    assert mail.to == "lea@exemple.fr"
    assert stored_mail(mail.name).text == mail.text
    assert stored_mail("rien") is None


def test_the_page_of_a_mail_says_what_its_text_says(mailbox, letter, settings, tmp_path):
    text = (
        "Bonjour <Léa> & Ali,\n\nNouvelles offres :\n\n- Maçon, Caen\n  2 postes\n- Peintre\n\n"
        "Pour les lire :\nhttp://localhost:8000/offres/?etat=ouvertes&page=2\nhttps://ailleurs.exemple/connexion\nMerci\n"
    )
    (tmp_path / "letter.txt").write_text("{% autoescape off %}{{ text }}{% endautoescape %}")
    send_mail_later("lea@exemple.fr", "Deux offres", letter, {"text": text})
    (message,) = mailbox.messages
    page = message.get_body(("html",)).get_content()
    assert "Bonjour &lt;Léa&gt; &amp; Ali," in page
    assert "<li>Maçon, Caen<br>2 postes</li><li>Peintre</li>" in page
    assert 'href="http://localhost:8000/offres/?etat=ouvertes&amp;page=2"' in page
    assert "<p>https://ailleurs.exemple/connexion<br>Merci</p>" in page
    assert page.count("<a ") == 2
    assert "Nouvelles offres\u00a0:" in page
    assert text_of(message).replace("\r\n", "\n") == text
    assert message.get_content_type() == "multipart/alternative"
