"""A gap noted or formal notice given at the very moment when somebody else ends the clause or does the same.

One wins, the other reads why; without the guard, the same check fails.
"""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from tests.factories import ClauseFactory, CommitmentFactory, PenaltyCaseFactory, actor_for
from uneplace.contracts.models import Clause, Commitment
from uneplace.journal.models import Entry
from uneplace.settlement import actions, closing, notices
from uneplace.settlement import ending as ending_of
from uneplace.settlement.models import Exchange, Notice, PenaltyCase

from .races import check_one_winner, copies, race, without

pytestmark = pytest.mark.django_db(transaction=True)

AT = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
LIMIT = date(2026, 12, 20)
ROUNDS = 40
STILL_OPEN = "Un dossier de pénalité est encore ouvert\u00a0: terminez-le d’abord."
CLOSED = "La clause est «\u00a0Close\u00a0»\u00a0: il n’y a plus d’écart à constater."
UNHELD = "    Clause.objects.select_for_update(no_key=True).get(pk=commitment.clause_id)\n"


def late_commitments(count):
    """As many clauses, each with one company that is late."""
    commitment = CommitmentFactory(clause=ClauseFactory(lot__number=1))
    lots = copies(commitment.clause.lot, count, number=range(2, count + 2))
    clauses = copies(commitment.clause, count, lot=lots)
    return copies(commitment, count, clause=clauses), actor_for(commitment.service)


def ending(rows, by):
    def act(number):
        clause = Clause.objects.get(pk=rows[number].clause_id)
        return lambda: closing.close_clause(clause, reason="Marché fini.", by=by, at=AT)

    return act


def noting(rows, by, module=actions):
    def act(number):
        commitment = Commitment.objects.select_related("clause", "company").get(pk=rows[number].pk)
        return lambda: module.open_case(commitment, by=by, at=AT)

    return act


def test_a_clause_is_closed_or_a_gap_is_noted_never_both():
    rows, by = late_commitments(ROUNDS)
    wins = check_one_winner(race(ROUNDS, ending(rows, by), noting(rows, by)), STILL_OPEN, CLOSED)
    assert Clause.objects.filter(status=Clause.Status.CLOSED).count() == wins[0]
    assert PenaltyCase.objects.count() == wins[1]
    assert not PenaltyCase.objects.filter(commitment__clause__status=Clause.Status.CLOSED).exists()


def test_without_its_guard_both_are_done():
    rows, by = late_commitments(ROUNDS)
    careless = without(actions, UNHELD)
    outcomes = race(ROUNDS, ending(rows, by), noting(rows, by, careless))
    with pytest.raises(AssertionError):
        check_one_winner(outcomes, STILL_OPEN, CLOSED)


@pytest.mark.parametrize("kind", ["remind", "write"])
def test_of_two_people_who_send_the_same_paper_at_once_one_does(kind):
    rows, by = late_commitments(ROUNDS)
    first = PenaltyCaseFactory(commitment=rows[0], missing_hours=Decimal(500), status="EXCHANGE")
    cases = [first, *copies(first, ROUNDS - 1, commitment=rows[1:])]
    send = {"remind": notices.send_reminder, "write": notices.write_to_company}[kind]
    label = {"remind": "Relance", "write": "Courrier à l’entreprise"}[kind]

    def sending(number):
        case = PenaltyCase.objects.select_related("service", "commitment__clause").get(pk=cases[number].pk)
        return lambda: send(case, text="Où en êtes-vous ?", answer_before=LIMIT, by=by, at=AT)

    check_one_winner(race(ROUNDS, sending, sending), f"{label}\u00a0: c’est déjà parti aujourd’hui.")
    assert Notice.objects.count() == ROUNDS


def test_of_two_people_who_note_the_same_end_at_once_one_does():
    rows, by = late_commitments(ROUNDS)
    Clause.objects.update(hours_due=0)
    Commitment.objects.update(hours_due=0)

    def end(number):
        clause = Clause.objects.get(pk=rows[number].clause_id)
        return lambda: ending_of.note_end(clause, shown="MET", by=by, at=AT)

    check_one_winner(
        race(ROUNDS, end, end),
        "C’est déjà constaté\u00a0: «\u00a0Heures atteintes\u00a0». "
        "Les chiffres disent toujours la même chose.",
    )
    assert Entry.objects.filter(verb="clause.end_noted").count() == ROUNDS


def test_of_two_buyers_who_give_notice_at_once_one_does():
    rows, service = late_commitments(ROUNDS)
    buyer = actor_for(
        Commitment.objects.select_related("clause__lot__contract__buyer").first().clause.lot.contract.buyer
    )
    first = PenaltyCaseFactory(commitment=rows[0], missing_hours=Decimal(500), status="EXCHANGE")
    cases = [first, *copies(first, ROUNDS - 1, commitment=rows[1:])]
    Exchange.objects.bulk_create(
        Exchange(
            service=one.service,
            case=one,
            held_on=AT.date(),
            text="Deux salariés sont partis.",
            organisation=service.organisation,
            recorded_at=AT,
        )
        for one in cases
    )

    def giving(number):
        case = PenaltyCase.objects.select_related("service", "commitment__clause").get(pk=cases[number].pk)
        return lambda: notices.give_notice(case, answer_before=LIMIT, by=buyer, at=AT)

    check_one_winner(race(ROUNDS, giving, giving), notices.JUST_HANDLED)
    assert Notice.objects.filter(kind=Notice.Kind.FORMAL).count() == ROUNDS
