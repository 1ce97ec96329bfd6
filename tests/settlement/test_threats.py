"""Nothing is ever claimed on a clause that is complete or closed, by whatever path, even when it becomes so
between the page and the press."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from tests.factories import (
    AwaitedDocumentFactory,
    CommitmentFactory,
    LedgerEntryFactory,
    StatementFactory,
    StatementLineFactory,
)
from uneplace.contracts.models import Clause, Commitment, DutyChange
from uneplace.journal.models import Entry
from uneplace.kit.refused import Refused
from uneplace.mails.models import Mail
from uneplace.settlement import actions, notices, reliefs
from uneplace.settlement.models import Notice, PenaltyCase
from uneplace.settlement.standing import standing_of, why_not_threaten
from uneplace.settlement.tasks import stop_cases_of_the_night

from .conftest import AT, TODAY
from .test_actions import say

Status = PenaltyCase.Status
LIMIT = date(2026, 12, 20)
LATER = AT + timedelta(days=30)
THREATS = {
    "relance": lambda case, by: notices.send_reminder(
        case, text="Où en êtes-vous ?", answer_before=LIMIT, by=by["service"], at=AT
    ),
    "courrier": lambda case, by: notices.write_to_company(
        case, text="Il manque des heures.", answer_before=LIMIT, by=by["service"], at=AT
    ),
    "mise en demeure": lambda case, by: notices.give_notice(case, answer_before=LIMIT, by=by["buyer"], at=AT),
    "décompte": lambda case, by: notices.prepare_account(case, by=by["service"], at=AT),
    "pénalité": lambda case, by: actions.apply_penalty(case, reason="Assez.", by=by["buyer"], at=LATER),
}


@pytest.fixture
def by(facilitator, buyer, company):
    return {"service": facilitator, "buyer": buyer, "company": company}


def put(commitment, status):
    Clause.objects.filter(pk=commitment.clause_id).update(status=status)


def closed(commitment, counted):
    put(commitment, Clause.Status.CLOSED)


def met(commitment, counted):
    put(commitment, Clause.Status.MET)


def draft(commitment, counted):
    put(commitment, Clause.Status.DRAFT)


def suspended(commitment, counted):
    put(commitment, Clause.Status.SUSPENDED)


def complete(commitment, counted):
    for _ in range(3):
        counted(Decimal(700))


def back_on_pace(commitment, counted):
    counted(Decimal(700))
    counted(Decimal(300))
    Commitment.objects.filter(pk=commitment.pk).update(period=DateRange(date(2026, 10, 1), date(2028, 1, 1)))


def reduced(commitment, counted):
    """The act of the clause left what was already done."""
    counted(Decimal(120))
    Clause.objects.filter(pk=commitment.clause_id).update(hours_due=120)
    Commitment.objects.filter(pk=commitment.pk).update(hours_due=120)


def complete_by_the_others(commitment, counted):
    """The other company of the clause did everybody's hours."""
    other = CommitmentFactory(clause=commitment.clause, share=0, hours_due=0)
    statement = StatementFactory(commitment=other, validated=True)
    for _ in range(3):
        LedgerEntryFactory(line__statement=statement, line__hours=Decimal(700))


def received_and_enough(commitment, counted):
    """What the company sent is enough, and only waits for the service."""
    for month in (1, 2, 3):
        statement = StatementFactory(commitment=commitment, month=date(2026, month, 1), submitted=True)
        StatementLineFactory(statement=statement, hours=Decimal(700))


ENDINGS = [
    closed,
    met,
    draft,
    suspended,
    complete,
    back_on_pace,
    reduced,
    complete_by_the_others,
    received_and_enough,
]


def ready_for(threat, case, by):
    """The case led to where this threat could leave."""
    if threat in ("relance", "courrier"):
        return
    say(case, by["service"])
    if threat == "pénalité":
        notices.give_notice(case, answer_before=LIMIT, by=by["buyer"], at=AT)


@pytest.mark.parametrize("ending", ENDINGS, ids=lambda one: one.__name__)
@pytest.mark.parametrize("threat", THREATS)
def test_no_path_leads_to_a_threat_once_nothing_is_missing(threat, ending, commitment, counted, by):
    case = actions.open_case(commitment, by=by["service"], at=AT)
    ready_for(threat, case, by)
    before = PenaltyCase.objects.values().get(pk=case.pk)
    left, acts, papers = Mail.objects.count(), Entry.objects.count(), Notice.objects.count()
    ending(commitment, counted)
    with pytest.raises(Refused):
        THREATS[threat](case, by)
    assert PenaltyCase.objects.values().get(pk=case.pk) == before
    assert (Mail.objects.count(), Entry.objects.count(), Notice.objects.count()) == (left, acts, papers)


@pytest.mark.parametrize("ending", ENDINGS, ids=lambda one: one.__name__)
def test_no_gap_is_noted_either_and_the_company_hears_nothing(ending, commitment, counted, by):
    ending(commitment, counted)
    left = Mail.objects.count()
    fresh = Commitment.objects.select_related("clause", "company").get(pk=commitment.pk)
    with pytest.raises(Refused):
        actions.open_case(fresh, by=by["service"], at=AT)
    assert (PenaltyCase.objects.count(), Mail.objects.count()) == (0, left)


@pytest.mark.parametrize("threat", THREATS)
def test_each_threat_leaves_while_something_is_missing(threat, commitment, by):
    case = actions.open_case(commitment, by=by["service"], at=AT)
    ready_for(threat, case, by)
    THREATS[threat](case, by)


@pytest.mark.parametrize("ending", [complete, complete_by_the_others, back_on_pace, received_and_enough])
def test_a_late_document_alone_is_no_threat(ending, commitment, counted, by):
    case = actions.open_case(commitment, by=by["service"], at=AT)
    AwaitedDocumentFactory(commitment=commitment, due_on=date(2026, 10, 15))
    ending(commitment, counted)
    standing = standing_of(case, on=TODAY)
    assert [one.late_from for one in standing.late] == [date(2026, 10, 15)]
    assert why_not_threaten(standing)


def test_relief_granted_stays_granted_once_its_case_has_ended(commitment, by):
    case = actions.open_case(commitment, by=by["service"], at=AT)
    say(case, by["service"])
    hours = standing_of(case, on=TODAY).missing
    reliefs.propose_relief(case, hours=hours, reason="Aucune candidature.", by=by["service"], at=AT)
    reliefs.answer_relief(case, granted=hours, answer="D’accord.", by=by["buyer"], at=AT)
    assert actions.stop_cases_put_right(by=by["service"], at=AT) == 1
    assert actions.why_not_open_case(commitment, on=TODAY) == ["Il ne manque aucune heure."]


def test_a_paper_and_its_price_read_the_duty_as_it_is_once_the_clause_is_held(commitment, by):
    case = actions.open_case(commitment, by=by["service"], at=AT)
    fewer = case.commitment.hours_due - 100
    Commitment.objects.filter(pk=commitment.pk).update(hours_due=fewer)
    before = standing_of(case, on=TODAY).missing
    notice = notices.write_to_company(case, text="", answer_before=LIMIT, by=by["service"], at=AT)
    assert Decimal(notice.figures["due"]) == fewer
    assert Decimal(notice.figures["exposure"]["missing_hours"]) == before


def test_relief_granted_for_all_that_misses_ends_the_threat(commitment, by):
    case = actions.open_case(commitment, by=by["service"], at=AT)
    say(case, by["service"])
    hours = standing_of(case, on=TODAY).missing
    reliefs.propose_relief(case, hours=hours, reason="Aucune candidature.", by=by["service"], at=AT)
    reliefs.answer_relief(case, granted=hours, answer="D’accord.", by=by["buyer"], at=AT)
    with pytest.raises(Refused, match="régularisé"):
        notices.give_notice(case, answer_before=LIMIT, by=by["buyer"], at=AT)


def test_a_suspension_says_until_when(commitment, by):
    case = actions.open_case(commitment, by=by["service"], at=AT)
    suspended(commitment, None)
    DutyChange.objects.create(
        service=commitment.service,
        clause=commitment.clause,
        kind=DutyChange.Kind.SUSPENSION,
        on=TODAY,
        until=date(2027, 1, 31),
        act="Ordre de service n° 4",
        recorded_at=AT,
    )
    assert "jusqu’au 31 janvier 2027" in why_not_threaten(standing_of(case, on=TODAY))[0]


class TestStop:
    @pytest.mark.parametrize("stage", ["écart", "courrier", "mise en demeure"])
    def test_a_case_put_right_stops_by_itself_at_any_stage(self, stage, commitment, counted, by, mailbox):
        case = actions.open_case(commitment, by=by["service"], at=AT)
        if stage != "écart":
            THREATS["courrier"](case, by)
        if stage == "mise en demeure":
            say(case, by["service"])
            THREATS["mise en demeure"](case, by)
        assert actions.stop_cases_put_right(by=by["service"], at=AT) == 0
        complete(commitment, counted)
        assert actions.stop_cases_put_right(by=by["service"], at=AT) == 1
        case.refresh_from_db()
        assert (case.status, case.reason[:23]) == (Status.CLOSED, "Plus rien ne manque\u00a0: c")
        assert Entry.objects.filter(verb="penalty_case.put_right", about_id=case.pk).count() == 1
        subjects = [mail["Subject"] for mail in mailbox.to(by["company"].user.email)]
        assert any("régularisé" in subject for subject in subjects)

    def test_the_night_looks_at_the_cases_of_every_service(self, commitment, counted, by):
        case = actions.open_case(commitment, by=by["service"], at=AT)
        complete(commitment, counted)
        stop_cases_of_the_night(timestamp=int(AT.timestamp()))
        case.refresh_from_db()
        assert case.status == Status.CLOSED

    @pytest.mark.django_db(transaction=True)
    def test_a_case_moved_meanwhile_keeps_no_other_from_stopping(self, commitment, counted, by):
        moved = actions.open_case(commitment, by=by["service"], at=AT)
        other = CommitmentFactory(clause__lot__contract__service=commitment.service)
        kept = actions.open_case(other, by=by["service"], at=AT)
        complete(commitment, counted)
        statement = StatementFactory(commitment=other, validated=True)
        for _ in range(3):
            LedgerEntryFactory(line__statement=statement, line__hours=Decimal(700))

        def night():
            try:
                return actions.stop_cases_put_right(by=by["service"], at=AT)
            finally:
                connection.close()

        with ThreadPoolExecutor(1) as pool:
            with transaction.atomic(), connection.cursor() as cursor:
                Clause.objects.select_for_update(no_key=True).get(pk=commitment.clause_id)
                actions.waive_penalty(moved, reason="Rien à reprocher.", by=by["buyer"], at=AT)
                stopped = pool.submit(night)
                for _ in range(200):  # until the night has read both cases and waits for this one
                    cursor.execute(
                        "SELECT pg_sleep(0.05), EXISTS (SELECT FROM pg_locks"
                        " WHERE NOT granted AND transactionid::text = pg_current_xact_id()::text)"
                    )
                    if cursor.fetchone()[1]:
                        break
            assert stopped.result(timeout=20) == 1
        moved.refresh_from_db()
        kept.refresh_from_db()
        assert (moved.status, kept.status) == (Status.WAIVED, Status.CLOSED)

    def test_it_stops_no_case_of_another_service(self, commitment, counted, by):
        actions.open_case(commitment, by=by["service"], at=AT)
        complete(commitment, counted)
        other = CommitmentFactory().service
        assert actions.stop_cases_put_right(by=type(by["service"])(None, other), at=AT) == 0

    def test_the_service_stops_it_even_after_formal_notice(self, commitment, counted, by):
        case = actions.open_case(commitment, by=by["service"], at=AT)
        say(case, by["service"])
        THREATS["mise en demeure"](case, by)
        complete(commitment, counted)
        actions.close_case(case, reason="Heures faites en décembre.", by=by["service"], at=AT)
        assert case.status == Status.CLOSED
