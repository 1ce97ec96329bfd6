"""The checks of a service: what they tell of its statements, what it answers, and how far they go."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import (
    AllocationFactory,
    AwaitedDocumentFactory,
    CommitmentFactory,
    EligibilityDecisionFactory,
    EvidenceFactory,
    OrganisationFactory,
    PlacementFactory,
    StatementFactory,
    StatementLineFactory,
    WorkedMonthFactory,
    actor_for,
)
from uneplace.evidence.models import Evidence
from uneplace.hours import actions
from uneplace.hours.bulk import validate_statements
from uneplace.hours.checks.actions import accept_anomaly, decide_checks
from uneplace.hours.checks.told import anomalies_of, levels_in, records_of, still_told
from uneplace.hours.models import Anomaly, LedgerEntry, ServiceChecks, Statement, StatementLine, WorkedMonth
from uneplace.hours.validating import reading
from uneplace.journal.models import Entry
from uneplace.kit.periods import period
from uneplace.kit.refused import Refused
from uneplace.rules.anomalies import USUAL_LEVELS, Check, Level

pytestmark = pytest.mark.django_db

AT = datetime(2026, 5, 6, 9, 0, tzinfo=UTC)
TODAY = AT.date()
APRIL, MAY = date(2026, 4, 1), date(2026, 5, 1)


def line_of(hours="147", *, commitment=None, month=APRIL, placement=None, status="submitted", decided=True):
    """One person's line of a statement that was sent, with the decision that carries it."""
    commitment = commitment or CommitmentFactory()
    statement = Statement.objects.filter(commitment=commitment, month=month).first() or StatementFactory(
        commitment=commitment, month=month, **{status: True}
    )
    if placement is None:
        placement = AllocationFactory(commitment=commitment).placement
        if decided:
            EligibilityDecisionFactory(participant=placement.participant, service=statement.service)
    worked = WorkedMonthFactory(placement=placement, month=month, hours=Decimal(hours))
    return StatementLineFactory(statement=statement, worked_month=worked, hours=Decimal(hours))


def found_in(statement, *, on=TODAY):
    return anomalies_of([statement], levels=levels_in(statement.service_id), on=on)[statement.pk]


def codes(statement):
    return [one.anomaly.check for one in found_in(statement)]


def facilitator_of(statement):
    return actor_for(statement.service)


def test_a_usual_month_has_nothing_to_read():
    assert found_in(line_of().statement) == []


def test_hours_without_a_decision_are_told():
    assert codes(line_of(decided=False).statement) == [Check.NO_DECISION]


def test_hours_after_the_end_of_the_contract_are_told():
    line = line_of()
    placement = line.worked_month.placement
    placement.allocations.update(period=period(date(2026, 3, 2), date(2026, 3, 31)))
    placement.period = period(date(2026, 3, 2), date(2026, 3, 31))
    placement.save()
    assert codes(line.statement) == [Check.OUTSIDE_CONTRACT]


def test_two_contracts_of_one_person_the_same_days_are_told_in_both_statements():
    line = line_of("140")
    here = line.worked_month.placement
    there = PlacementFactory(service=line.service, participant=here.participant)
    commitment = CommitmentFactory(clause__lot__contract__service=line.service, company=there.employer)
    AllocationFactory(commitment=commitment, placement=there)
    other = line_of("100", commitment=commitment, placement=there)
    assert codes(line.statement) == [Check.LEGAL_MAXIMUM, Check.DECLARED_ELSEWHERE]
    assert codes(other.statement) == [Check.LEGAL_MAXIMUM, Check.DECLARED_ELSEWHERE]
    [_, elsewhere] = found_in(line.statement)
    assert elsewhere.elsewhere == [other.statement_id]


def test_a_statement_that_was_not_sent_is_not_elsewhere():
    line = line_of("140")
    here = line.worked_month.placement
    there = PlacementFactory(service=line.service, participant=here.participant)
    commitment = CommitmentFactory(clause__lot__contract__service=line.service, company=there.employer)
    AllocationFactory(commitment=commitment, placement=there)
    other = line_of("100", commitment=commitment, placement=there)
    Statement.objects.filter(pk=other.statement_id).update(status="DRAFT", submitted_at=None)
    assert codes(line.statement) == []


def test_a_month_shared_between_two_commitments_as_foreseen_is_not_elsewhere():
    line = line_of("70")
    placement = line.worked_month.placement
    placement.allocations.update(share=Decimal("0.5"))
    commitment = CommitmentFactory(clause__lot__contract__service=line.service, company=placement.employer)
    AllocationFactory(commitment=commitment, placement=placement, share=Decimal("0.5"))
    other = StatementFactory(commitment=commitment, submitted=True)
    WorkedMonth.objects.update(hours=140)
    StatementLineFactory(statement=other, worked_month=line.worked_month, hours=Decimal("70"))
    assert codes(line.statement) == []
    placement.allocations.filter(commitment=commitment).delete()
    assert codes(line.statement) == [Check.DECLARED_ELSEWHERE]


def test_a_proof_that_the_clause_asks_for_is_told_until_it_is_accepted():
    line = line_of()
    proof = AwaitedDocumentFactory(
        commitment=line.statement.commitment, kind="PROOF", month=APRIL, months=1, due_on=date(2026, 5, 12)
    )
    [found] = found_in(line.statement)
    assert (found.anomaly.check, found.placement) == (Check.NO_EVIDENCE, None)
    assert "Justificatif des heures, avril 2026" in found.anomaly.reason
    proof.evidence = EvidenceFactory(service=line.service)
    proof.save()
    assert found_in(line.statement) == []


def test_the_proof_of_a_quarter_is_awaited_with_its_last_month():
    line = line_of()
    AwaitedDocumentFactory(
        commitment=line.statement.commitment, kind="PROOF", month=APRIL, months=3, due_on=date(2026, 7, 15)
    )
    assert found_in(line.statement) == []
    june = line_of(
        "150",
        commitment=line.statement.commitment,
        month=date(2026, 6, 1),
        placement=line.worked_month.placement,
    )
    assert codes(june.statement) == [Check.NO_EVIDENCE]


def asked_every(months, *, month=APRIL, hours="147", **clause):
    """A month sent before its end, on a clause that asks for the proof of hours that often."""
    commitment = CommitmentFactory(clause__proof_every=months, clause__proof_due_day=12, **clause)
    line = line_of(hours, commitment=commitment, month=month)
    Statement.objects.update(submitted_at=datetime(month.year, month.month, 27, 9, 0, tzinfo=UTC))
    line.statement.refresh_from_db()
    return line


def test_a_month_sent_before_its_end_is_held_by_the_proof_that_nobody_awaits_yet():
    line = asked_every(1)
    by, before = facilitator_of(line.statement), datetime(2026, 4, 28, 9, 0, tzinfo=UTC)
    [found] = found_in(line.statement, on=before.date())
    assert (found.anomaly.check, found.placement) == (Check.NO_EVIDENCE, None)
    assert "Justificatif des heures, avril 2026" in found.anomaly.reason
    levels = dict(USUAL_LEVELS) | {Check.NO_EVIDENCE: Level.BLOCKING}
    decide_checks(line.service, levels=levels, read=0, by=by, at=AT)
    with pytest.raises(Refused, match="Justificatif des heures, avril 2026"):
        actions.validate_statement(line.statement, by=by, at=before)
    assert not LedgerEntry.objects.exists()


def test_what_is_normal_of_a_proof_to_come_stays_so_once_it_is_awaited():
    line = asked_every(1)
    by, before = facilitator_of(line.statement), datetime(2026, 4, 28, 9, 0, tzinfo=UTC)
    [found] = found_in(line.statement, on=before.date())
    accept_anomaly(line.statement, key=found.key, by=by, at=before)
    AwaitedDocumentFactory(commitment=line.statement.commitment, month=APRIL)
    assert [one.is_normal for one in found_in(line.statement)] == [True]


def test_a_statement_sent_back_keeps_that_the_proof_to_come_was_told():
    line = asked_every(1)
    at = datetime(2026, 4, 28, 9, 0, tzinfo=UTC)
    actions.return_statement(line.statement, reason="À revoir.", by=facilitator_of(line.statement), at=at)
    assert list(Anomaly.objects.values_list("check_code", "answer")) == [("NO_EVIDENCE", "RETURNED")]


@pytest.mark.parametrize(
    ("month", "day", "told"),
    [
        pytest.param(APRIL, date(2026, 4, 28), [], id="premier mois du trimestre"),
        pytest.param(date(2026, 6, 1), date(2026, 6, 28), [Check.NO_EVIDENCE], id="dernier mois"),
    ],
)
def test_the_proof_of_a_quarter_holds_its_last_month_before_its_end(month, day, told):
    line = asked_every(3, month=month, hours="140")
    assert [one.anomaly.check for one in found_in(line.statement, on=day)] == told


@pytest.mark.parametrize(
    ("hours", "terms", "on"),
    [
        pytest.param("0", {}, date(2026, 4, 28), id="rien à prouver"),
        pytest.param("147", {"clause__status": "SUSPENDED"}, date(2026, 4, 28), id="clause suspendue"),
        pytest.param("147", {}, date(2026, 7, 1), id="demandée après coup"),
    ],
)
def test_a_proof_that_the_calendar_does_not_ask_for_holds_nothing(hours, terms, on):
    assert found_in(asked_every(1, hours=hours, **terms).statement, on=on) == []


def test_a_month_copied_for_everybody_is_told_once_for_the_statement():
    first = line_of("147", month=date(2026, 3, 1), status="validated")
    commitment = first.statement.commitment
    second = line_of("120", month=date(2026, 3, 1), commitment=commitment)
    for line in (first, second):
        april = line_of(line.hours, commitment=commitment, placement=line.worked_month.placement)
    [found] = found_in(april.statement)
    assert (found.anomaly.check, found.placement) == (Check.SAME_STATEMENT, None)


def test_the_same_hours_three_months_in_a_row_are_told_of_one_person():
    months = [date(2026, 3, 1), APRIL, MAY]
    line = line_of("130", month=months[0], status="validated")
    for month in months[1:]:
        last = line_of(
            "130",
            month=month,
            commitment=line.statement.commitment,
            placement=line.worked_month.placement,
        )
    assert codes(last.statement) == [Check.SAME_HOURS]


def test_normal_is_remembered_for_these_figures_and_told_again_for_others():
    line = line_of("200")
    statement, by = line.statement, facilitator_of(line.statement)
    [found] = found_in(statement)
    accept_anomaly(statement, key=found.key, by=by, at=AT)
    accept_anomaly(statement, key=found.key, by=by, at=AT)

    [kept] = found_in(statement)
    assert (kept.is_normal, kept.blocks, kept.answer.answered_by) == (True, False, by.user)
    assert Entry.objects.get(verb="statement.anomaly_accepted").details["check"] == "WEEKLY_HOURS"

    StatementLine.objects.filter(pk=line.pk).update(hours="199")
    assert [one.is_normal for one in found_in(statement)] == [False]


def test_an_anomaly_that_changed_meanwhile_is_not_called_normal():
    line = line_of("200")
    [found] = found_in(line.statement)
    StatementLine.objects.filter(pk=line.pk).update(hours="199")
    with pytest.raises(Refused) as refusal:
        accept_anomaly(line.statement, key=found.key, by=facilitator_of(line.statement), at=AT)
    assert refusal.value.reasons == (
        "Cette anomalie a changé depuis que vous l’avez lue\u00a0: relisez le relevé.",
    )
    assert not Anomaly.objects.exists()


def test_nothing_is_called_normal_once_the_statement_is_validated():
    line = line_of("200")
    [found] = found_in(line.statement)
    by = facilitator_of(line.statement)
    actions.validate_statement(line.statement, by=by, at=AT)
    with pytest.raises(Refused):
        accept_anomaly(line.statement, key=found.key, by=by, at=AT)


def blocked_line():
    """240 h of one person in April: more than the law lets anybody work."""
    return line_of("240")


def test_what_blocks_keeps_the_statement_from_being_validated():
    line = blocked_line()
    with pytest.raises(Refused) as refusal:
        actions.validate_statement(line.statement, by=facilitator_of(line.statement), at=AT)
    assert "la loi n’en permet pas plus de 232" in " ".join(refusal.value.reasons)
    line.statement.refresh_from_db()
    assert line.statement.status == Statement.Status.SUBMITTED
    assert not LedgerEntry.objects.exists()
    assert not Anomaly.objects.exists()


def test_what_blocks_passes_once_it_is_normal():
    line = blocked_line()
    by = facilitator_of(line.statement)
    for found in found_in(line.statement):
        accept_anomaly(line.statement, key=found.key, by=by, at=AT)
    [entry] = actions.validate_statement(line.statement, by=by, at=AT)
    assert entry.explanation
    assert set(Anomaly.objects.values_list("answer", flat=True)) == {"NORMAL"}


def test_what_was_read_and_left_is_kept_when_the_statement_is_validated_or_returned():
    kept, sent_back = line_of("200"), line_of("200")
    actions.validate_statement(kept.statement, by=facilitator_of(kept.statement), at=AT)
    actions.return_statement(
        sent_back.statement, reason="À revoir.", by=facilitator_of(sent_back.statement), at=AT
    )
    answers = dict(Anomaly.objects.values_list("statement", "answer"))
    assert answers == {kept.statement_id: "VALIDATED", sent_back.statement_id: "RETURNED"}


def test_precision_is_computed_on_the_answers_alone_and_not_on_what_was_validated_without_a_word():
    service = OrganisationFactory(service=True)
    by = actor_for(service)
    lines = [
        line_of("200", commitment=CommitmentFactory(clause__lot__contract__service=service)) for _ in range(3)
    ]
    [found] = found_in(lines[0].statement)
    accept_anomaly(lines[0].statement, key=found.key, by=by, at=AT)
    for line in lines[:2]:
        actions.validate_statement(line.statement, by=by, at=AT)
    actions.return_statement(lines[2].statement, reason="À revoir.", by=by, at=AT)
    [record] = [one for one in records_of(service) if one.check == Check.WEEKLY_HOURS]
    assert (record.normal, record.returned, record.validated) == (1, 1, 1)
    assert (record.told, record.precision.answered, record.precision.share) == (3, 2, Decimal("0.50"))
    assert all(one.told == 0 for one in records_of(actor_for(line_of().service).organisation))


def test_what_is_normal_of_a_proof_awaited_is_not_of_the_one_that_was_refused():
    line = line_of()
    proof = AwaitedDocumentFactory(commitment=line.statement.commitment, sender=line.statement.declarant)
    by = facilitator_of(line.statement)
    [found] = found_in(line.statement)
    accept_anomaly(line.statement, key=found.key, by=by, at=AT)
    assert found_in(line.statement)[0].is_normal
    proof.evidence = EvidenceFactory(
        service=proof.service, status=Evidence.Status.TO_REDO, reason="Pas signée."
    )
    proof.save()
    [again] = found_in(line.statement)
    assert (again.anomaly.check, again.is_normal) == (Check.NO_EVIDENCE, False)


def test_a_check_that_is_off_tells_nothing_and_one_that_blocks_refuses():
    line = line_of("200")
    by = facilitator_of(line.statement)
    off = dict(USUAL_LEVELS) | {Check.WEEKLY_HOURS: Level.OFF}
    decide_checks(line.service, levels=off, read=0, by=by, at=AT)
    assert found_in(line.statement) == []
    decide_checks(line.service, levels=off | {Check.WEEKLY_HOURS: Level.BLOCKING}, read=1, by=by, at=AT)
    with pytest.raises(Refused):
        actions.validate_statement(line.statement, by=by, at=AT)
    assert [one.number for one in ServiceChecks.objects.order_by("number")] == [1, 2]


def test_several_at_once_each_on_its_own_and_said():
    service = OrganisationFactory(service=True)
    by = actor_for(service)
    clean, blocked, done = (
        line_of(hours, commitment=CommitmentFactory(clause__lot__contract__service=service)).statement
        for hours in ("147", "240", "140")
    )
    actions.validate_statement(done, by=by, at=AT)
    statements = list(Statement.objects.order_by("pk").select_related("commitment__clause"))
    outcomes = validate_statements(statements, read=as_read(statements), by=by, at=AT)
    assert [(one.statement, one.is_validated, one.counted) for one in outcomes] == [
        (clean, True, Decimal("147.00")),
        (blocked, False, Decimal(0)),
        (done, False, Decimal(0)),
    ]
    assert outcomes[2].reasons == ("Quelqu’un d’autre vient de traiter ce relevé.",)
    assert sorted(LedgerEntry.objects.values_list("counted", flat=True)) == [Decimal(140), Decimal(147)]


def as_read(statements):
    """These statements as their facilitator reads them now, with no difference open."""
    return {one.pk: reading(one, still_told(found_in(one)), 0) for one in statements}


def test_those_beyond_what_is_validated_at_once_are_left_and_said():
    service = OrganisationFactory(service=True)
    by = actor_for(service)
    statements = [
        line_of(hours, commitment=CommitmentFactory(clause__lot__contract__service=service)).statement
        for hours in ("147", "140")
    ]
    outcomes = validate_statements(statements, read=as_read(statements), by=by, at=AT, most=1)
    assert [one.is_validated for one in outcomes] == [True, False]
    assert "celui-ci reste à valider" in outcomes[1].reasons[0]
    assert LedgerEntry.objects.count() == 1


def test_reading_more_statements_asks_no_more_queries():
    def queries():
        waiting = list(Statement.objects.select_related("commitment__clause"))
        with CaptureQueriesContext(
            connection,
        ) as seen:
            anomalies_of(waiting, levels=USUAL_LEVELS, on=TODAY)
        return len(seen)

    service = OrganisationFactory(service=True)
    terms = {"clause__lot__contract__service": service, "clause__proof_every": 1, "clause__proof_due_day": 12}
    line_of("200", commitment=CommitmentFactory(**terms))
    few = queries()
    for _ in range(4):
        line_of("240", commitment=CommitmentFactory(**terms))
    assert queries() == few
