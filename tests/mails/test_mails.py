"""A mail about a file says on that file whether it left, whether it arrived, and why it did not."""

import io
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage

import pytest
import time_machine
from aiosmtpd.handlers import Sink
from django.core.management import call_command
from django.db import connection
from django.urls import reverse
from django.utils.timezone import localtime

from tests.factories import JobSheetFactory, actor_for
from tests.plugin.mailbox import run_jobs
from uneplace.mails.actions import write_mail
from uneplace.mails.bounces import read_bounce, reason_of
from uneplace.mails.models import Mail
from uneplace.mails.outcomes import forget, give_up
from uneplace.mails.queries import lost_mails, mails_about
from uneplace.offers.mails import tell_service_of_sheet

NOON = datetime(2026, 6, 15, 10, 0, tzinfo=UTC)
State = Mail.State


@pytest.fixture
def sheet(transactional_db):
    return JobSheetFactory()


def tell(sheet, *addresses):
    """A mail about the sheet, to each of these addresses."""
    context = {"sheet": sheet, "who": sheet.service, "words": "attend votre accord", "link": "http://x/"}
    write_mail(list(addresses), "Fiche à relire", "offers/mails/sheet_to_read.txt", context, about=sheet)


REPORT = """\
From: MAILER-DAEMON@mail.exemple.fr
To: ne-pas-repondre@localhost
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="limite"

--limite
Content-Type: text/plain

I could not deliver your message.

--limite
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.exemple.fr

Final-Recipient: rfc822; {to}
Action: {action}
Status: {status}
Diagnostic-Code: {words}

--limite
Content-Type: {kind}

{joined}
--limite--
"""


def report(message, *, action="failed", status="5.1.1", words="smtp; 550 5.1.1 No such user", whole=False):
    """The delivery report that a mail server sends about this message, as RFC 3464 draws it."""
    headers = f"Message-ID: {message['Message-ID']}\nTo: {message['To']}\n"
    return REPORT.format(
        to=message["To"],
        action=action,
        status=status,
        words=words,
        kind="message/rfc822" if whole else "text/rfc822-headers",
        joined=message.as_string() if whole else headers,
    ).encode()


def test_a_mail_waits_then_is_sent(mailbox, sheet):
    mailbox.close()
    tell(sheet, "lea@exemple.fr")
    run_jobs()
    waiting = Mail.objects.get()
    assert waiting.state == State.QUEUED
    mailbox.open()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET scheduled_at = NULL")
    run_jobs()
    mail = Mail.objects.get()
    assert mail.pk == waiting.pk
    assert (mail.state, mail.address, mail.subject) == (State.SENT, "lea@exemple.fr", "Fiche à relire")
    assert mail.ended_at is not None


def test_an_address_refused_by_the_server_is_said_at_once_and_never_tried_again(mailbox, sheet, monkeypatch):
    async def refuse(self, server, session, envelope, address, options):
        if address.startswith("parti"):
            return "550 5.1.1 No such user"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    monkeypatch.setattr(Sink, "handle_RCPT", refuse, raising=False)
    tell(sheet, "parti@exemple.fr", "lea@exemple.fr")
    run_jobs()
    states = {mail.address: (mail.state, mail.reason) for mail in Mail.objects.all()}
    assert states["lea@exemple.fr"] == (State.SENT, "")
    assert states["parti@exemple.fr"] == (State.BOUNCED, "Cette adresse n’existe pas.")


@pytest.mark.parametrize("whole", [True, False], ids=["message joint", "en-têtes joints"])
def test_a_mail_that_comes_back_is_said_on_its_file(mailbox, sheet, tmp_path, whole):
    tell(sheet, "parti@exemple.fr")
    (message,) = mailbox.messages
    path = tmp_path / "avis.eml"
    path.write_bytes(report(message, whole=whole))
    said = io.StringIO()
    call_command("bounce", str(path), stdout=said)
    assert said.getvalue().strip() == "Cette adresse n’existe pas."
    mail = Mail.objects.get()
    assert (mail.state, mail.reason) == (State.BOUNCED, "Cette adresse n’existe pas.")
    call_command("bounce", str(path), stdout=said)
    assert "Déjà noté" in said.getvalue()


def test_what_comes_back_goes_to_the_address_of_returns(mailbox, sheet, settings):
    settings.BOUNCE_ADDRESS = "retours@exemple.fr"
    settings.DEFAULT_FROM_EMAIL = "Clauses <clauses@exemple.fr>"
    tell(sheet, "lea@exemple.fr")
    (message,) = mailbox.messages
    assert message["From"] == "Clauses <clauses@exemple.fr>"
    assert message["Message-ID"].endswith("@exemple.fr>")
    assert mailbox.senders == ["retours@exemple.fr"]


def test_what_is_no_bounce_of_ours_notes_nothing(mailbox, sheet, tmp_path):
    tell(sheet, "lea@exemple.fr")
    (message,) = mailbox.messages
    stranger = EmailMessage()
    stranger["Message-ID"], stranger["To"] = "<autre@exemple.fr>", "lea@exemple.fr"
    for raw in (
        b"",
        b"\xff\x00n'importe quoi",
        message.as_bytes(),
        report(message, action="delayed", status="4.4.7"),
        report(message, action="delivered", status="2.0.0"),
        report(stranger),
    ):
        assert read_bounce(raw) is None
        path = tmp_path / "avis.eml"
        path.write_bytes(raw)
        call_command("bounce", str(path), stdout=io.StringIO())
    assert Mail.objects.get().state == State.SENT


@pytest.mark.parametrize(
    ("status", "words", "told"),
    [
        ("5.2.2", "quota exceeded", "Cette boîte est pleine."),
        ("5.6.0", "smtp; 554 odd\n content", "Réponse du serveur\u00a0: smtp; 554 odd content"),
        ("", "", "Le message n’a pas pu être remis."),
    ],
)
def test_why_a_mail_came_back_is_told_in_french(status, words, told):
    assert told in reason_of(status, words)


def test_who_facilitates_reads_on_the_file_what_left_and_is_told_of_what_came_back(client, mailbox, sheet):
    tell(sheet, "lea@exemple.fr", "parti@exemple.fr")
    run_jobs()
    Mail.objects.filter(subject="Fiche à relire", pk=_mail_to("parti@exemple.fr").pk).update(
        state=State.BOUNCED, reason="Cette adresse n’existe pas."
    )
    client.force_login(actor_for(sheet.service).user)
    page = client.get(sheet.get_absolute_url()).content.decode()
    assert "Courriels" in page
    assert "parti@exemple.fr" in page
    assert "Cette adresse n’existe pas." in page
    week = client.get(reverse("home:home")).content.decode()
    assert "parti@exemple.fr n’a pas reçu votre courriel" in week
    assert sheet.get_absolute_url() in week
    client.force_login(actor_for(sheet.commitment.company).user)
    assert "parti@exemple.fr" not in client.get(sheet.get_absolute_url()).content.decode()


def test_an_address_that_received_since_is_no_longer_told_of(mailbox, sheet):
    tell(sheet, "parti@exemple.fr")
    run_jobs()
    on = localtime(Mail.objects.get().ended_at).date()
    Mail.objects.update(state=State.BOUNCED, reason="Cette boîte est pleine.")
    assert lost_mails(sheet.service, on=on).count() == 1
    assert not lost_mails(sheet.service, on=on + timedelta(days=16))
    tell(sheet, "Parti@exemple.fr")
    run_jobs()
    assert not lost_mails(sheet.service, on=on)


def test_one_mail_about_several_files_is_one_line(mailbox, sheet):
    other = JobSheetFactory(commitment=sheet.commitment)
    write_mail("parti@exemple.fr", "2 offres", "offers/mails/others_asked.txt", about=[sheet, other])
    run_jobs()
    assert len(mailbox.messages) == 1
    Mail.objects.update(state=State.BOUNCED, reason="Cette boîte est pleine.")
    actor = actor_for(sheet.service)
    assert [mails_about(actor, thing).count() for thing in (sheet, other)] == [1, 1]
    assert lost_mails(sheet.service, on=localtime(Mail.objects.first().ended_at).date()).count() == 1


@pytest.mark.django_db
def test_a_mail_that_never_left_says_so_after_a_week_and_is_forgotten_after_a_year():
    sheet = JobSheetFactory()
    with time_machine.travel(NOON, tick=False):
        tell_service_of_sheet(sheet, "attend votre accord")
        actor_for(sheet.service)
        tell(sheet, "lea@exemple.fr")
    assert give_up(at=NOON + timedelta(days=7)) == 0
    assert give_up(at=NOON + timedelta(days=9)) == 1
    assert "pendant une semaine" in Mail.objects.get(state=State.BOUNCED).reason
    forget(at=NOON + timedelta(days=364))
    assert Mail.objects.exists()
    forget(at=NOON + timedelta(days=366))
    assert not Mail.objects.exists()


def _mail_to(address):
    return next(mail for mail in Mail.objects.all() if mail.address == address)
