"""Two people act at the same moment: one wins, sums stay exact, the other reads why.

Each race is then run on a copy of the code whose guard is taken out: the same checks must fail.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from time import perf_counter

import pytest
from django.db.models import Count, Sum

from tests.factories import (
    AllocationFactory,
    ApplicationFactory,
    ClauseFactory,
    CommitmentFactory,
    EligibilityDecisionFactory,
    JobSheetFactory,
    OrganisationFactory,
    ParticipantFactory,
    PlacementFactory,
    StatementFactory,
    StatementLineFactory,
    TransmissionFactory,
    WorkedMonthFactory,
    actor_for,
)
from uneplace.contracts.models import Clause
from uneplace.hours import actions as hours
from uneplace.hours import validating as counting_in
from uneplace.hours.actions import Declared
from uneplace.hours.models import LedgerEntry, Statement, StatementLine
from uneplace.journal.models import Entry
from uneplace.offers.actions import answers, applications, moves
from uneplace.offers.models import Application
from uneplace.organisations.actor import Actor
from uneplace.settlement import closing

from .races import check_one_winner, copies, race, using, without

pytestmark = pytest.mark.django_db(transaction=True)

AT = datetime(2026, 5, 12, 9, 0, tzinfo=UTC)
CI, PROVE = 500, 1500
CARELESS = 40  # rounds in which a missing guard must show
APRIL, HOURS = date(2026, 4, 1), Decimal("151.67")


@dataclass
class Files:
    """As many files as rounds, all of one service and one company."""

    service: Actor
    company: Actor
    rows: list

    def __len__(self) -> int:
        return len(self.rows)


def statements_to_send(count) -> Files:
    """As many clauses, each with one person at work and the month of April to declare."""
    commitment = CommitmentFactory(clause=ClauseFactory(lot__number=1))
    clause, lot = commitment.clause, commitment.clause.lot
    person = ParticipantFactory(service=commitment.service)
    decision = EligibilityDecisionFactory(participant=person)
    placement = PlacementFactory(service=commitment.service, participant=person, employer=commitment.company)
    allocation = AllocationFactory(commitment=commitment, placement=placement)
    lots = copies(lot, count, number=range(2, count + 2))
    clauses = copies(clause, count, lot=lots)
    commitments = copies(commitment, count, clause=clauses)
    people = copies(person, count)
    copies(decision, count, participant=people)
    placements = copies(placement, count, participant=people)
    copies(allocation, count, placement=placements, commitment=commitments)
    first = StatementFactory(commitment=commitment, month=APRIL)
    rows = copies(first, count, commitment=commitments)
    for row, one in zip(rows, placements, strict=True):
        row.placement = one
    return Files(actor_for(commitment.service), actor_for(commitment.company), rows)


def statements_received(count) -> Files:
    """The same, once the hours are declared and wait for the service."""
    files = statements_to_send(count)
    Statement.objects.filter(pk__in=[row.pk for row in files.rows]).update(
        status=Statement.Status.SUBMITTED, submitted_at=AT
    )
    line = StatementLineFactory(hours=HOURS)
    placements = [row.placement for row in files.rows]
    month = WorkedMonthFactory(hours=HOURS, placement=placements[0], month=date(2026, 3, 1))
    months = copies(month, len(files), placement=placements, month=[APRIL] * len(files))
    service = [files.service.organisation] * len(files)
    copies(line, len(files), service=service, statement=files.rows, worked_month=months)
    return files


def files_sent(count) -> Files:
    """As many people whose file the company reads."""
    sheet = JobSheetFactory(posts=count + 1)
    structure = OrganisationFactory(employer=True)
    person = ParticipantFactory(service=sheet.service)
    application = ApplicationFactory(
        job_sheet=sheet, participant=person, organisation=structure, status=Application.Status.SENT
    )
    transmission = TransmissionFactory(application=application)
    people = copies(person, count)
    rows = copies(application, count, participant=people)
    copies(transmission, count, application=rows)
    files = Files(actor_for(sheet.service), actor_for(sheet.commitment.company), rows)
    files.structure = actor_for(structure)
    return files


def read_statement(files, number):
    """As somebody has it on screen."""
    shown = Statement.objects.select_related("commitment__clause", "declarant", "service")
    return shown.get(pk=files.rows[number].pk)


def read_application(files, number):
    shown = Application.objects.select_related("job_sheet__commitment__company", "organisation")
    return shown.get(pk=files.rows[number].pk)


def validating(files, module=hours):
    def act(number):
        statement = read_statement(files, number)
        return lambda: module.validate_statement(statement, by=files.service, at=AT)

    return act


def returning(files, module=hours):
    def act(number):
        statement = read_statement(files, number)
        return lambda: module.return_statement(statement, reason="À revoir.", by=files.service, at=AT)

    return act


def sending(files, module=hours):
    def act(number):
        statement = read_statement(files, number)
        typed = [Declared(files.rows[number].placement, HOURS)]
        return lambda: module.submit_statement(
            statement, typed, version=statement.version, comment="", by=files.company, at=AT
        )

    return act


def closing_clause(files, module=closing):
    def act(number):
        clause = Clause.objects.get(commitments=files.rows[number].commitment_id)
        return lambda: module.close_clause(clause, reason="Marché fini.", by=files.service, at=AT)

    return act


def choosing(files, module=answers):
    def act(number):
        application = read_application(files, number)
        return lambda: module.choose(application, by=files.company, at=AT)

    return act


def withdrawing(files, module=applications):
    def act(number):
        application = read_application(files, number)
        return lambda: module.withdraw(application, reason="IN_JOB", by=files.structure, at=AT)

    return act


RECEIVED_WAITS = "1\u00a0relevé reçu attend votre contrôle\u00a0: validez ou renvoyez d’abord."
CHOSEN, WITHDRAWN = "L’entreprise a choisi cette personne.", "La structure a retiré cette candidature."

# Two acts, the files on which they meet, and the reasons that the loser may read.
RACES = {
    "validate/validate": (statements_received, validating, validating, [hours.JUST_HANDLED]),
    "validate/return": (statements_received, validating, returning, [hours.JUST_HANDLED]),
    "choose/withdraw": (files_sent, choosing, withdrawing, [CHOSEN, WITHDRAWN]),
    "send/send": (statements_to_send, sending, sending, [hours.CHANGED_MEANWHILE]),
    "close/send": (statements_to_send, closing_clause, sending, [RECEIVED_WAITS, hours.CLAUSE_CLOSED]),
}


@pytest.mark.parametrize("name", RACES)
def test_one_wins_and_the_other_reads_why(name, rounds, figure):
    prepare, one, other, reasons = RACES[name]
    files = prepare(rounds(CI, PROVE))
    start = perf_counter()
    wins = check_one_winner(race(len(files), one(files), other(files)), *reasons)
    seconds = perf_counter() - start
    check_sums(name, files, wins)
    figure(name, f"{len(files)} rounds, one winner each, {wins[0]} to {wins[1]}, {seconds:.1f} s")


def check_sums(name, files, wins):
    """What was done is there once, to the hundredth of an hour, and the journal tells as much."""
    pks = [row.pk for row in files.rows]
    status = dict(type(files.rows[0]).objects.filter(pk__in=pks).values_list("status").annotate(Count("pk")))
    ledger = LedgerEntry.objects.filter(line__statement__in=pks).aggregate(
        rows=Count("pk"), sum=Sum("counted")
    )
    declared = StatementLine.objects.filter(statement__in=pks).aggregate(rows=Count("pk"), sum=Sum("hours"))
    acts = dict(Entry.objects.values_list("verb").annotate(Count("pk")))
    rounds = len(files)
    if name == "validate/validate":
        assert status == {"VALIDATED": rounds}
        assert ledger == {"rows": rounds, "sum": rounds * HOURS}
        assert acts == {"statement.validated": rounds}
    elif name == "validate/return":
        assert (status.get("VALIDATED", 0), status.get("RETURNED", 0)) == (wins[0], wins[1])
        assert (ledger["rows"], ledger["sum"] or 0) == (wins[0], wins[0] * HOURS)
    elif name == "choose/withdraw":
        assert (status.get("HIRED", 0), status.get("WITHDRAWN", 0)) == (wins[0], wins[1])
        assert (acts.get("application.hired", 0), acts.get("application.withdrawn", 0)) == (wins[0], wins[1])
    elif name == "send/send":
        assert status == {"SUBMITTED": rounds}
        assert declared == {"rows": rounds, "sum": rounds * HOURS}
        assert acts == {"statement.submitted": rounds}
    else:
        assert status.get("SUBMITTED", 0) == declared["rows"] == wins[1]
        assert (declared["sum"] or 0) == wins[1] * HOURS
        assert acts.get("clause.closed", 0) == wins[0]


UNMOVED = (
    "rows = Statement.objects.filter(pk=statement.pk, status=source)",
    "rows = Statement.objects.filter(pk=statement.pk)",
)
UNWAITED = ("filter(pk__in=keys, status=Statement.Status.SUBMITTED)", "filter(pk__in=keys)")
UNVERSIONED = ("pk=statement.pk, version=version, status__in=editable", "pk=statement.pk")
UNHELD = (
    "        raise Refused(*reasons)\n    hold_clause(statement)\n    allowed",
    "        raise Refused(*reasons)\n    allowed",
)
ANYWHERE = ("filter(pk=application.pk, status__in=sources)", "filter(pk=application.pk)")


@pytest.mark.parametrize("name", RACES)
def test_without_its_guard_the_same_race_is_lost(name):
    """The proof can fail: take the guard out of the code, and it does."""
    prepare, one, other, reasons = RACES[name]
    files = prepare(CARELESS)
    if name == "choose/withdraw":
        careless = without(moves, *ANYWHERE).move_application
        first = using(answers.__name__, move_application=careless)
        second = using(applications.__name__, move_application=careless)
    elif name == "validate/validate":
        careless = without(counting_in, *UNWAITED).count_statements
        first = second = using(hours.__name__, count_statements=careless)
    else:
        guard = {"send/send": UNVERSIONED, "close/send": UNHELD}.get(name, UNMOVED)
        second = without(hours, *guard)
        first = closing if name == "close/send" else second
    outcomes = race(CARELESS, one(files, first), other(files, second))
    with pytest.raises(AssertionError):
        check_one_winner(outcomes, *reasons)
