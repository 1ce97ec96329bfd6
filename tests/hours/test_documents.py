"""The documents of a clause's calendar: asked for after the period, sent, refused, sent again, accepted."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.factories import (
    AllocationFactory,
    AwaitedDocumentFactory,
    ClauseFactory,
    CommitmentFactory,
    OrganisationFactory,
    StatementFactory,
    StatementLineFactory,
    actor_for,
)
from tests.files import pdf
from tests.plugin.mailbox import text_of
from uneplace.contracts.models import Clause
from uneplace.evidence.models import Evidence
from uneplace.hours import evidence as actions
from uneplace.hours.actions import Declared, submit_statement
from uneplace.hours.evidence_calendar import due_to_ask, open_documents
from uneplace.hours.models import AwaitedDocument, Statement, StatementLine
from uneplace.journal.models import Entry
from uneplace.kit.periods import period
from uneplace.kit.refused import Refused

pytestmark = pytest.mark.django_db

MAY = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)
Status = Evidence.Status


def asking(document, every, day, **clause):
    """A commitment whose clause asks for this document."""
    return CommitmentFactory(
        clause=ClauseFactory(**{f"{document}_every": every, f"{document}_due_day": day}, **clause)
    )


def awaited():
    return [
        (one.kind, one.of_period, one.due_on.isoformat())
        for one in AwaitedDocument.objects.order_by("month", "kind")
    ]


@pytest.mark.parametrize(
    "every, day, on, expected",
    [
        pytest.param(1, 12, date(2026, 5, 1), ("avril 2026", "2026-05-12"), id="chaque mois, avant le 12"),
        pytest.param(3, 15, date(2026, 4, 1), ("janvier à mars 2026", "2026-04-15"), id="trimestre, le 15"),
        pytest.param(6, 15, date(2026, 7, 1), ("janvier à juin 2026", "2026-07-15"), id="semestre"),
        pytest.param(12, 20, date(2027, 1, 1), ("année 2026", "2027-01-20"), id="année"),
        pytest.param(1, 12, date(2026, 5, 12), ("avril 2026", "2026-05-12"), id="ouverte à temps"),
        pytest.param(1, 12, date(2026, 5, 13), ("avril 2026", "2026-05-24"), id="ouverte tard"),
    ],
)
def test_a_company_is_asked_once_the_period_is_over(every, day, on, expected):
    commitment = asking("certificate", every, day)
    open_documents(on=on)
    open_documents(on=on)
    (document,) = AwaitedDocument.objects.all()
    assert (document.sender, document.commitment) == (commitment.company, commitment)
    assert (document.of_period, document.due_on.isoformat()) == expected


def test_a_proof_is_asked_of_those_who_declare_the_hours():
    commitment = asking("proof", 1, 12)
    lender = OrganisationFactory(employer=True)
    lent = StatementFactory(commitment=commitment, declarant=lender, submitted=True)
    StatementLineFactory(statement=lent)
    StatementFactory(commitment=commitment)
    open_documents(on=date(2026, 5, 1))
    assert AwaitedDocument.objects.get().sender == lender


def test_a_month_with_nobody_at_work_has_nothing_to_prove():
    commitment = asking("proof", 3, 12)
    april = StatementFactory(commitment=commitment, month=date(2026, 4, 1), submitted=True)
    line = StatementLineFactory(statement=april, hours=Decimal(0))
    open_documents(on=date(2026, 7, 1))
    assert awaited() == []
    june = StatementFactory(commitment=commitment, month=date(2026, 6, 1), submitted=True)
    StatementLineFactory(statement=june, worked_month__placement=line.worked_month.placement)
    open_documents(on=date(2026, 7, 3))
    assert awaited() == [("PROOF", "avril à juin 2026", "2026-07-12")]


def test_the_proof_of_hours_that_were_taken_back_is_awaited_no_more():
    commitment = asking("proof", 1, 12)
    line = StatementLineFactory(statement=StatementFactory(commitment=commitment, submitted=True))
    open_documents(on=date(2026, 5, 2))
    assert len(awaited()) == 1
    Statement.objects.update(status="RETURNED", return_reason="Deux jours de trop.")
    open_documents(on=date(2026, 5, 3))
    assert len(awaited()) == 1
    StatementLine.objects.filter(pk=line.pk).update(hours=0)
    open_documents(on=date(2026, 5, 4))
    assert awaited() == []


def test_whoever_validates_the_day_hours_are_sent_knows_that_their_proof_misses():
    placement = AllocationFactory(commitment=asking("proof", 1, 12)).placement
    statement = StatementFactory(commitment=placement.allocations.get().commitment)
    hours = [Declared(placement, Decimal("151.67"))]
    submit_statement(statement, hours, version=0, comment="", by=actor_for(statement.declarant), at=MAY)
    assert list(actions.missing_evidence_of([statement], on=MAY.date())) == [statement.pk]


def test_the_proof_of_a_month_sent_before_its_end_can_be_sent_at_once_and_is_asked_for_as_usual():
    placement = AllocationFactory(commitment=asking("proof", 1, 12)).placement
    statement = StatementFactory(commitment=placement.allocations.get().commitment)
    hours, at = [Declared(placement, Decimal("151.67"))], datetime(2026, 4, 28, 9, 0, tzinfo=UTC)
    submit_statement(statement, hours, version=0, comment="", by=actor_for(statement.declarant), at=at)
    open_documents(on=date(2026, 4, 29))
    assert awaited() == [("PROOF", "avril 2026", "2026-05-12")]
    assert [one.pk for one in due_to_ask(statement.service, on=date(2026, 5, 8))] == []
    assert len(due_to_ask(statement.service, on=date(2026, 5, 9))) == 1


def test_a_quarter_is_proved_once_its_last_month_is_told_and_not_before():
    commitment = asking("proof", 3, 12)
    for month, expected in [(4, []), (6, [("PROOF", "avril à juin 2026", "2026-07-12")])]:
        line = StatementLineFactory(
            statement=StatementFactory(commitment=commitment, month=date(2026, month, 1), submitted=True)
        )
        Statement.objects.filter(pk=line.statement_id).update(
            submitted_at=datetime(2026, month, 27, 9, 0, tzinfo=UTC)
        )
        open_documents(on=date(2026, month, 28))
        assert awaited() == expected


def test_hours_sent_long_after_their_month_are_proved_then():
    commitment = asking("proof", 1, 12)
    late = datetime(2026, 7, 6, 9, 0, tzinfo=UTC)
    statement = StatementFactory(commitment=commitment, submitted=True)
    StatementLineFactory(statement=statement)
    Statement.objects.update(submitted_at=late)
    open_documents(on=date(2026, 7, 7))
    open_documents(on=date(2026, 7, 8))
    assert awaited() == [("PROOF", "avril 2026", "2026-07-18")]


def test_the_forecast_of_hires_is_asked_for_the_period_that_begins():
    asking("forecast", 3, 15)
    open_documents(on=date(2026, 4, 1))
    assert awaited() == [("FORECAST", "avril à juin 2026", "2026-04-15")]


def asked_before(document, every, *months, length=1):
    """A commitment whose clause asked for this document of these months, and now asks as often as said."""
    commitment = asking(document, every, 15)
    for month in months:
        AwaitedDocumentFactory(
            commitment=commitment, kind=document.upper(), month=date(2026, month, 1), months=length
        )
    return commitment


def opened(on):
    known = set(AwaitedDocument.objects.values_list("pk", flat=True))
    open_documents(on=on)
    open_documents(on=on)
    rows = AwaitedDocument.objects.exclude(pk__in=known).order_by("month")
    return [one.of_period for one in rows]


def test_a_clause_that_asks_less_often_asks_for_what_is_left_of_the_period():
    asked_before("certificate", 3, 4)
    assert opened(date(2026, 7, 1)) == ["mai à juin 2026"]


def test_a_clause_that_asks_more_often_forgets_no_month_of_the_period_under_way():
    asked_before("certificate", 1, 1, length=3)
    assert opened(date(2026, 6, 10)) == ["avril à mai 2026"]
    assert opened(date(2026, 7, 1)) == ["juin 2026"]


def test_months_that_a_longer_period_covered_are_not_asked_for_twice():
    asked_before("certificate", 1, 4, length=3)
    assert opened(date(2026, 7, 1)) == []
    assert opened(date(2026, 8, 1)) == ["juillet 2026"]


def test_what_is_left_of_a_period_without_hours_is_not_to_be_proved():
    commitment = asked_before("proof", 3, 5)
    for month in (5, 6):
        sent = StatementFactory(commitment=commitment, month=date(2026, month, 1), submitted=True)
        StatementLineFactory(statement=sent)
    assert opened(date(2026, 7, 1)) == ["juin 2026"]


@pytest.mark.parametrize(
    "on, clause",
    [
        pytest.param(date(2026, 4, 30), {}, id="période pas finie"),
        pytest.param(date(2026, 9, 2), {}, id="finie depuis plus d’un mois"),
        pytest.param(date(2026, 7, 1), {"status": Clause.Status.SUSPENDED}, id="clause suspendue"),
        pytest.param(date(2026, 7, 1), {"draft": True}, id="brouillon"),
        pytest.param(
            date(2026, 7, 1), {"execution": period(date(2026, 7, 1), date(2027, 6, 30))}, id="pas commencée"
        ),
    ],
)
def test_nothing_is_asked(on, clause):
    asking("certificate", 6, 15, **clause)
    open_documents(on=on)
    assert awaited() == []


@pytest.fixture
def document():
    return AwaitedDocumentFactory()


@pytest.fixture
def company(document):
    return actor_for(document.sender)


@pytest.fixture
def facilitator(document):
    return actor_for(document.service)


def send(document, by, content=None):
    file = SimpleUploadedFile("feuille.pdf", content or pdf())
    actions.send_document(document, file=file, name=file.name, by=by, at=MAY)


def status(document):
    return AwaitedDocument.objects.get(pk=document.pk).status


def test_sent_refused_sent_again_accepted(document, company, facilitator, mailbox, run_jobs):
    send(document, company)
    assert status(document) == Status.RECEIVED
    with pytest.raises(Refused, match="déjà envoyé"):
        send(document, company)
    actions.refuse_document(document, reason="Pas signée.", by=facilitator, at=MAY)
    assert status(document) == Status.TO_REDO
    run_jobs()
    (mail,) = mailbox.to(company.user.email)
    assert "à refaire" in text_of(mail)
    assert "Pas signée" not in text_of(mail)
    send(document, company)
    actions.accept_document(document, by=facilitator, at=MAY)
    kept = AwaitedDocument.objects.get().evidence
    assert (kept.status, kept.seen_by, kept.reason) == (Status.ACCEPTED, facilitator.user, "")
    verbs = Entry.objects.filter(about_id=document.pk, verb__startswith="document.").order_by("pk")
    assert [one.verb for one in verbs] == [
        "document.sent",
        "document.refused",
        "document.sent",
        "document.accepted",
    ]


def test_the_file_that_is_replaced_is_erased(
    document, company, facilitator, settings, django_capture_on_commit_callbacks
):
    send(document, company)
    actions.refuse_document(document, reason="Illisible.", by=facilitator, at=MAY)
    with django_capture_on_commit_callbacks(execute=True):
        send(document, company)
    assert len([path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]) == 1


def test_what_was_judged_is_judged_once(document, company, facilitator):
    send(document, company)
    actions.accept_document(document, by=facilitator, at=MAY)
    with pytest.raises(Refused, match="Rien n’attend"):
        actions.refuse_document(document, reason="Trop tard.", by=facilitator, at=MAY)
    with pytest.raises(Refused, match="déjà acceptée"):
        send(document, company)


def test_seen_is_accepted_without_a_file(document, facilitator):
    actions.see_document(document, dated_on=date(2026, 4, 30), by=facilitator, at=MAY)
    kept = AwaitedDocument.objects.get().evidence
    assert (kept.status, kept.seen_by, kept.dated_on) == (
        Status.ACCEPTED,
        facilitator.user,
        date(2026, 4, 30),
    )
    assert not kept.file
    with pytest.raises(Refused, match="pas encore passée"):
        actions.see_document(AwaitedDocumentFactory(), dated_on=date(2026, 5, 5), by=facilitator, at=MAY)


def test_what_is_given_up_is_awaited_no_more(document, company, facilitator):
    with pytest.raises(Refused, match="pourquoi"):
        actions.waive_document(document, reason=" ", by=facilitator, at=MAY)
    actions.waive_document(document, reason="Pas de sous-traitance.", by=facilitator, at=MAY)
    assert not AwaitedDocument.objects.missing().exists()
    with pytest.raises(Refused, match="n’est plus attendue"):
        send(document, company)


def test_what_was_given_up_is_awaited_again_and_the_days_between_are_not_its_senders(document, facilitator):
    actions.waive_document(document, reason="Pas de sous-traitance.", by=facilitator, at=MAY)
    actions.await_again(document, by=facilitator, at=MAY + timedelta(days=10))
    again = AwaitedDocument.objects.get()
    assert (again.is_awaited, again.due_on - document.due_on) == (True, timedelta(days=10))
    assert Entry.objects.filter(verb="document.awaited_again").count() == 1
    with pytest.raises(Refused, match="déjà attendue"):
        actions.await_again(document, by=facilitator, at=MAY)


def test_a_statement_knows_the_proof_that_it_misses(document, company, facilitator):
    of_month = {"commitment": document.commitment, "declarant": document.sender}
    april = StatementFactory(**of_month, month=date(2026, 4, 1))
    may = StatementFactory(**of_month, month=date(2026, 5, 1))
    lent = StatementFactory(
        commitment=document.commitment, declarant=OrganisationFactory(employer=True), month=date(2026, 4, 1)
    )
    AwaitedDocumentFactory(commitment=document.commitment, kind=AwaitedDocument.Kind.FORECAST)

    def missing():
        found = actions.missing_evidence_of([april, may, lent], on=MAY.date())
        return {pk: [one.pk for one in ones] for pk, ones in found.items()}

    assert missing() == {april.pk: [document.pk]}
    send(document, company)
    assert missing() == {april.pk: [document.pk]}
    actions.accept_document(document, by=facilitator, at=MAY)
    assert missing() == {}


def test_a_proof_is_missing_for_each_month_of_its_quarter():
    document = AwaitedDocumentFactory(months=3)
    statements = [
        StatementFactory(commitment=document.commitment, month=date(2026, month, 1)) for month in (4, 6, 7)
    ]
    assert list(actions.missing_evidence_of(statements, on=MAY.date())) == [one.pk for one in statements[:2]]
