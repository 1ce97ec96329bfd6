"""What was sent in time and sent back later is late since that day: the time that the service took is not
its sender's."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.factories import (
    AwaitedDocumentFactory,
    ClauseFactory,
    CommitmentFactory,
    StatementFactory,
    actor_for,
)
from tests.files import pdf
from uneplace.contracts.models import Clause
from uneplace.hours.actions import return_statement
from uneplace.hours.evidence import refuse_document, send_document
from uneplace.hours.models import AwaitedDocument, Statement
from uneplace.hours.queries import Progress
from uneplace.rules.alerts import Pace
from uneplace.settlement.alerts import alerts_of
from uneplace.web.hours.todos import work_items
from uneplace.web.hours.turns import turn_of, turn_of_document
from uneplace.web.turns import Whose

pytestmark = pytest.mark.django_db

SENT = datetime(2026, 5, 10, 9, 0, tzinfo=UTC)  # awaited before the 12th of May
BACK = datetime(2026, 7, 2, 9, 0, tzinfo=UTC)
THAT_DAY, NEXT_DAY, LONG_AFTER = date(2026, 7, 2), date(2026, 7, 3), date(2026, 7, 20)


@pytest.fixture
def commitment():
    return CommitmentFactory(clause=ClauseFactory(status=Clause.Status.RUNNING))


def refused(commitment):
    document = AwaitedDocumentFactory(commitment=commitment)
    file = SimpleUploadedFile("feuille.pdf", pdf())
    send_document(document, file=file, name=file.name, by=actor_for(document.sender), at=SENT)
    refuse_document(document, reason="Pas signée.", by=actor_for(document.service), at=BACK)
    return AwaitedDocument.objects.get(pk=document.pk)


def returned(commitment):
    statement = StatementFactory(commitment=commitment, submitted=True, submitted_at=SENT)
    return_statement(statement, reason="Il manque une semaine.", by=actor_for(statement.service), at=BACK)
    return Statement.objects.get(pk=statement.pk)


def alert(commitment, on):
    nothing = Decimal(0)
    stands = Progress(commitment.hours_due, nothing, nothing, nothing, nothing)
    return alerts_of([commitment], {commitment.pk: stands}, on=on).get(commitment.pk)


@pytest.mark.parametrize("sent_back", [refused, returned])
def test_the_clause_is_critical_only_once_the_sender_let_the_days_pass(commitment, sent_back):
    sent_back(commitment)
    assert alert(commitment, THAT_DAY) is None
    assert alert(commitment, date(2026, 7, 17)) is None
    late = alert(commitment, LONG_AFTER)
    assert (late.pace, late.reasons) == (Pace.CRITICAL, ("un document en retard de 18\u00a0jours",))


@pytest.mark.parametrize("thing", [AwaitedDocumentFactory, StatementFactory])
def test_what_never_came_is_late_since_the_day_it_was_due(commitment, thing):
    thing(commitment=commitment)
    assert alert(commitment, THAT_DAY).reasons == ("un document en retard de 51\u00a0jours",)


def test_of_two_the_oldest_counts(commitment):
    refused(commitment)
    StatementFactory(commitment=commitment, due_on=date(2026, 6, 12))
    assert alert(commitment, THAT_DAY).reasons == ("un document en retard de 20\u00a0jours",)


@pytest.mark.parametrize("sent_back, turn", [(refused, turn_of_document), (returned, turn_of)])
def test_the_turn_and_the_week_say_late_from_the_next_day(commitment, sent_back, turn):
    thing = sent_back(commitment)
    sender = actor_for(commitment.company)
    (today,) = work_items(sender, on=THAT_DAY)
    (tomorrow,) = work_items(sender, on=NEXT_DAY)
    assert (today.is_late, tomorrow.is_late) == (False, True)
    told = [turn(thing, sender, on=day) for day in (THAT_DAY, NEXT_DAY)]
    assert [(one.whose, one.before) for one in told] == [(Whose.MINE, None), (Whose.LATE, None)]


def test_sent_back_before_the_day_it_was_due_that_day_still_holds(commitment):
    statement = StatementFactory(commitment=commitment, submitted=True, submitted_at=SENT)
    return_statement(statement, reason="Il manque une semaine.", by=actor_for(statement.service), at=SENT)
    statement.refresh_from_db()
    told = [turn_of(statement, actor_for(commitment.company), on=date(2026, 5, day)) for day in (11, 12, 13)]
    assert [one.whose for one in told] == [Whose.MINE, Whose.MINE, Whose.LATE]
    assert {one.before for one in told} == {date(2026, 5, 12)}
