"""Asking for the documents that clauses await: by mail, by link, then by the service itself."""

from datetime import UTC, date, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.factories import (
    AwaitedDocumentFactory,
    CommitmentFactory,
    EvidenceFactory,
    StatementFactory,
    actor_for,
)
from tests.files import pdf
from tests.offers.links import links_in
from tests.plugin.mailbox import text_of
from uneplace.contracts.models import Clause
from uneplace.evidence.models import Evidence
from uneplace.hours import evidence as actions
from uneplace.hours.evidence_calendar import ask_for_documents, to_ask_oneself
from uneplace.hours.models import AwaitedDocument
from uneplace.web.hours.todos import work_items

pytestmark = pytest.mark.django_db

MAY = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)


@pytest.fixture
def document():
    return AwaitedDocumentFactory()


@pytest.fixture
def company(document):
    return actor_for(document.sender)


def send(document, by):
    file = SimpleUploadedFile("feuille.pdf", pdf())
    actions.send_document(document, file=file, name=file.name, by=by, at=MAY)


def asked_on(document, *days):
    return [ask_for_documents(document.service, at=datetime(*day, 4, 0, tzinfo=UTC)) for day in days]


def test_asked_three_days_before_then_once_late_then_never(document, company, mailbox, run_jobs):
    days = [(2026, 5, 8), (2026, 5, 9), (2026, 5, 12), (2026, 5, 13), (2026, 5, 14), (2026, 5, 20)]
    assert asked_on(document, *days) == [0, 1, 0, 0, 1, 0]
    run_jobs()
    first, second = mailbox.to(company.user.email)
    assert first["Subject"] == "1 pièce à envoyer"
    assert second["Subject"] == "1 pièce en retard"
    assert document.get_absolute_url() in text_of(first)


def test_what_is_late_and_what_is_not_yet_are_asked_for_apart(document, company, mailbox, run_jobs):
    AwaitedDocumentFactory(
        commitment=document.commitment, kind=AwaitedDocument.Kind.CERTIFICATE, due_on=date(2026, 5, 17)
    )
    assert asked_on(document, (2026, 5, 9), (2026, 5, 14)) == [1, 2]
    run_jobs()
    first, *then = [mail["Subject"] for mail in mailbox.to(company.user.email)]
    assert first == "1 pièce à envoyer"
    assert sorted(then) == ["1 pièce en retard", "1 pièce à envoyer"]


def test_what_was_sent_is_not_asked_for(document, company):
    send(document, company)
    assert asked_on(document, (2026, 5, 9)) == [0]


def test_a_small_firm_is_asked_by_the_link_of_its_statement(mailbox, run_jobs):
    document = AwaitedDocumentFactory(commitment__company__email="paie@petite.example")
    StatementFactory(commitment=document.commitment)
    AwaitedDocumentFactory(commitment=document.commitment, kind=AwaitedDocument.Kind.CERTIFICATE)
    assert asked_on(document, (2026, 5, 9)) == [2]
    run_jobs()
    (mail,) = mailbox.to("paie@petite.example")
    assert len(set(links_in(text_of(mail)))) == 1


def oneself(document, *days):
    """Whether, on each of these days of May, the service has to ask by itself."""
    return [to_ask_oneself(document.service, on=date(2026, 5, day)).exists() for day in days]


def test_asked_twice_without_an_answer_it_is_the_service_s_to_call(document, company):
    asked_on(document, (2026, 5, 9), (2026, 5, 14))
    assert oneself(document, 12, 14) == [False, True]
    [item] = work_items(actor_for(document.service), on=date(2026, 5, 15))
    assert item.title == "Justificatif des heures, avril 2026\u00a0: à demander vous-même"
    assert "Demandée 2\u00a0fois par courriel" in item.detail
    assert str(document.sender) in item.detail
    assert (item.url, item.is_late) == (document.get_absolute_url(), True)


def test_whoever_no_mail_reaches_is_the_service_s_to_call_once_late():
    document = AwaitedDocumentFactory(kind=AwaitedDocument.Kind.CERTIFICATE)
    assert asked_on(document, (2026, 5, 9), (2026, 5, 14)) == [0, 0]
    assert oneself(document, 12, 14, 15) == [False, False, True]
    [item] = work_items(actor_for(document.service), on=date(2026, 5, 15))
    assert "Personne à qui écrire" in item.detail


def test_what_was_asked_again_a_moment_ago_is_left_to_its_sender(document, company):
    AwaitedDocument.objects.update(asks=1, asked_on=date(2026, 5, 13))
    assert oneself(document, 15, 16) == [False, True]


def test_what_is_to_be_done_again_and_does_not_come_back_is_the_service_s_to_call(document, company):
    asked_on(document, (2026, 5, 9), (2026, 5, 14))
    document.evidence = EvidenceFactory(
        service=document.service,
        status=Evidence.Status.TO_REDO,
        reason="Pas signée.",
        file_at=datetime(2026, 5, 20, 9, 0, tzinfo=UTC),
    )
    document.save()
    assert oneself(document, 21, 22, 23) == [False, False, True]


@pytest.mark.parametrize("status", [Clause.Status.CLOSED, None])
def test_what_is_awaited_no_more_is_nobody_s_to_call(document, company, status):
    asked_on(document, (2026, 5, 9), (2026, 5, 14))
    if status:
        Clause.objects.update(status=status)
    else:
        by = actor_for(document.service)
        actions.waive_document(document, reason="Pas de sous-traitance.", by=by, at=MAY)
    assert oneself(document, 20) == [False]


def test_another_service_has_nothing_to_ask(document, company):
    asked_on(document, (2026, 5, 9), (2026, 5, 14))
    other = CommitmentFactory().service
    assert not to_ask_oneself(other, on=date(2026, 5, 20)).exists()
