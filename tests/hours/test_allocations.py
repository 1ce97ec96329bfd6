"""One work contract for one or several commitments: its days, its shares, and what is awaited of it."""

import threading
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from tests.factories import (
    AllocationFactory,
    ClauseFactory,
    CommitmentFactory,
    ContractFactory,
    OrganisationFactory,
    PlacementFactory,
    actor_for,
)
from uneplace.contracts.models import Clause
from uneplace.hours import actions, allocations, shares
from uneplace.hours.actions import Declared
from uneplace.hours.expected import expect_statements
from uneplace.hours.models import Allocation, Piece, Statement, StatementLine, WorkedMonth
from uneplace.journal.queries import entries_about
from uneplace.kit.periods import period
from uneplace.kit.refused import Refused

MAY = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)
WHOLE_WORK = period(date(2026, 3, 2), date(2026, 8, 31))
HALF = Decimal("0.5")

pytestmark = pytest.mark.django_db


@pytest.fixture
def lent():
    """Somebody lent by an agency to a company for six months, all her time; her statements are awaited."""
    agency = OrganisationFactory(employer=True)
    allocation = AllocationFactory(
        placement__employer=agency, placement__modality="MISE_A_DISPOSITION", placement__period=WHOLE_WORK
    )
    expect_statements(on=MAY.date())
    return allocation


@pytest.fixture
def service(lent):
    return actor_for(lent.service)


@pytest.fixture
def elsewhere(lent):
    """The commitment of another company, for another buyer, in the same service."""
    return commitment_in(lent.service)


def commitment_in(service, **clause):
    contract = ContractFactory(service=service)
    return CommitmentFactory(clause=ClauseFactory(lot__contract=contract, **clause))


def add(lent, commitment, *, by, share=HALF, days=WHOLE_WORK, taken_from="the whole"):
    return allocations.add_allocation(
        lent.placement,
        commitment,
        period=days,
        share=share,
        taken_from=lent if taken_from == "the whole" else taken_from,
        by=by,
        at=MAY,
    )


def change(allocation, *, by, days=None, share=None, read=None):
    allocations.change_allocation(
        allocation,
        period=days or allocation.period,
        share=share or allocation.share,
        read=read or allocation.piece.mark,
        by=by,
        at=MAY,
    )


def refusal_of(act, *args, **kwargs):
    with pytest.raises(Refused) as refusal:
        act(*args, **kwargs)
    return " ".join(refusal.value.reasons).replace("\u00a0", " ")


def pieces(placement):
    rows = placement.allocations.order_by("period", "pk")
    return [(one.commitment, one.period.lower, one.last_day, one.share) for one in rows]


def months_awaited(commitment):
    return [one.month.month for one in Statement.objects.filter(commitment=commitment).order_by("month")]


def declare(allocation, hours, *, month=4):
    """The declarant sends this person's hours of a month."""
    statement = Statement.objects.get(commitment=allocation.commitment, month=date(2026, month, 1))
    by = actor_for(allocation.placement.declared_by)
    line = [Declared(allocation.placement, Decimal(hours))]
    actions.submit_statement(statement, line, version=statement.version, comment="", by=by, at=MAY)
    return statement


def test_half_of_the_time_goes_to_another_buyer_and_its_months_are_awaited(lent, service, elsewhere):
    add(lent, elsewhere, by=service)
    assert {(one, share) for one, _, _, share in pieces(lent.placement)} == {
        (lent.commitment, HALF),
        (elsewhere, HALF),
    }
    assert months_awaited(elsewhere) == [3, 4, 5]
    assert months_awaited(lent.commitment) == [3, 4, 5]
    told = set(entries_about(lent.placement).values_list("verb", flat=True))
    assert told == {"placement.allocated", "placement.allocation_changed"}


def test_a_third_commitment_takes_its_share_where_one_says(lent, service, elsewhere):
    third = commitment_in(lent.service)
    add(lent, elsewhere, by=service)
    lent.refresh_from_db()
    add(lent, third, by=service, share=Decimal("0.25"))
    assert sorted(share for *_, share in pieces(lent.placement)) == [Decimal("0.25"), Decimal("0.25"), HALF]


def test_a_month_lent_elsewhere_leaves_the_days_before_and_after(lent, service, elsewhere):
    june = period(date(2026, 6, 1), date(2026, 6, 30))
    add(lent, elsewhere, by=service, share=Decimal(1), days=june)
    assert pieces(lent.placement) == [
        (lent.commitment, date(2026, 3, 2), date(2026, 5, 31), 1),
        (elsewhere, date(2026, 6, 1), date(2026, 6, 30), 1),
        (lent.commitment, date(2026, 7, 1), date(2026, 8, 31), 1),
    ]


@pytest.mark.parametrize(
    "days, share, left",
    [
        pytest.param((date(2026, 1, 1), None), HALF, [("03-02", None, HALF)], id="tout du long, la moitié"),
        pytest.param((date(2026, 9, 1), None), HALF, [("03-02", "08-31", 1)], id="après la fin"),
        pytest.param(
            (date(2026, 4, 1), date(2026, 4, 30)),
            Decimal(1),
            [("03-02", "03-31", 1), ("05-01", None, 1)],
            id="un mois entier d’un CDI",
        ),
    ],
)
def test_what_is_left_of_an_allocation(days, share, left):
    ends = left[-1][1]
    whole = period(date(2026, 3, 2), date(2026, 8, 31) if ends == "08-31" else None)
    found = shares.without(Allocation(period=whole, share=Decimal(1)), period(*days), share)
    said = [
        (f"{one.period.lower:%m-%d}", one.period.upper and f"{last(one):%m-%d}", one.share) for one in found
    ]
    assert said == left


def last(piece: Piece) -> date:
    return Allocation(period=piece.period).last_day


def test_more_than_the_whole_of_somebody_s_time_is_refused_with_the_day(lent, service, elsewhere):
    told = refusal_of(add, lent, elsewhere, by=service, taken_from=None)
    assert told == "Le 2 mars 2026, 100 % de ce temps de travail est déjà affecté : il ne reste rien."
    change(lent, by=service, share=Decimal("0.6"))
    told = refusal_of(add, lent, elsewhere, by=service, taken_from=None)
    assert "60 % de ce temps de travail est déjà affecté : il reste 40 %." in told
    add(lent, elsewhere, by=service, taken_from=None, share=Decimal("0.4"))


@pytest.mark.parametrize(
    "status, sentence",
    [
        ("DRAFT", "encore un brouillon"),
        ("MET", "sont atteintes"),
        ("NOT_MET", "est finie"),
        ("CLOSED", "est close"),
    ],
)
def test_a_clause_that_is_not_being_executed_takes_nobody(lent, service, status, sentence):
    assert sentence in refusal_of(add, lent, commitment_in(lent.service, status=status), by=service)


def test_days_outside_the_work_contract_or_the_clause_are_refused(lent, service):
    later = commitment_in(lent.service, execution=period(date(2027, 1, 4), date(2027, 12, 31)))
    told = refusal_of(add, lent, later, by=service)
    assert "La clause s’exécute du 4 janvier 2027 au 31 décembre 2027" in told
    long = period(date(2026, 3, 2), date(2026, 9, 30))
    told = refusal_of(add, lent, commitment_in(lent.service), by=service, days=long)
    assert "Le contrat de travail va du 2 mars 2026 au 31 août 2026" in told


def test_days_partly_outside_the_clause_and_months_already_sent_are_cautions(lent, elsewhere):
    short = commitment_in(lent.service, execution=period(date(2026, 4, 1), date(2027, 3, 31)))
    (caution,) = shares.cautions_about(lent.placement, short, period=WHOLE_WORK)
    assert "les heures des autres jours ne compteront pas" in caution.text
    assert shares.cautions_about(lent.placement, elsewhere, period=WHOLE_WORK) == []
    colleague = AllocationFactory(
        commitment=elsewhere,
        placement=PlacementFactory(service=lent.service, employer=lent.placement.employer),
    )
    expect_statements(on=MAY.date())
    declare(colleague, "70", month=3)
    (caution,) = shares.cautions_about(lent.placement, elsewhere, period=WHOLE_WORK)
    assert "est déjà envoyé pour mars 2026" in caution.text


def test_a_direct_hire_works_for_its_own_company_only(service, lent, elsewhere):
    hired = AllocationFactory(commitment=commitment_in(lent.service))
    told = refusal_of(add, hired, elsewhere, by=service)
    assert "En embauche directe, l’employeur est l’entreprise du marché." in told
    other_clause = commitment_in(lent.service)
    other_clause.company = hired.placement.employer
    other_clause.save()
    add(hired, other_clause, by=service)
    assert hired.placement.allocations.count() == 2


def test_the_same_commitment_twice_on_one_day_is_refused(lent, service):
    told = refusal_of(add, lent, lent.commitment, by=service)
    assert "déjà affecté à ce marché" in told


def test_declared_hours_keep_an_allocation_from_leaving_their_month(lent, service):
    declare(lent, "100", month=4)
    from_may = period(date(2026, 5, 1), date(2026, 8, 31))
    told = refusal_of(change, lent, by=service, days=from_may)
    assert told == "Des heures sont déclarées pour avril 2026 : faites d’abord corriger le relevé."
    to_april = period(date(2026, 3, 2), date(2026, 4, 1))
    change(lent, by=service, days=to_april)
    assert months_awaited(lent.commitment) == [3, 4]


def test_validated_hours_keep_it_for_good(lent, service):
    statement = declare(lent, "100", month=3)
    actions.validate_statement(statement, by=service, at=MAY)
    told = refusal_of(change, lent, by=service, days=period(date(2026, 4, 1), date(2026, 8, 31)))
    assert told.startswith("Des heures sont validées pour mars 2026 : ")
    assert told.endswith("l’affectation ne peut pas quitter ce qui est compté.")


def test_taking_the_whole_of_a_declared_month_elsewhere_is_refused(lent, service, elsewhere):
    declare(lent, "100", month=4)
    april = period(date(2026, 4, 1), date(2026, 4, 30))
    assert "déclarées pour avril" in refusal_of(
        add, lent, elsewhere, by=service, days=april, share=Decimal(1)
    )
    assert lent.placement.allocations.count() == 1


def test_a_month_of_no_hours_goes_with_the_allocation_and_is_awaited_no_more(lent, service):
    statement = Statement.objects.get(commitment=lent.commitment, month=date(2026, 5, 1))
    by = actor_for(lent.placement.declared_by)
    line = [Declared(lent.placement, Decimal(0))]
    actions.keep_statement(statement, line, version=statement.version, comment="", by=by, at=MAY)
    change(lent, by=service, days=period(date(2026, 3, 2), date(2026, 4, 30)))
    assert months_awaited(lent.commitment) == [3, 4]
    assert not StatementLine.objects.exists()
    assert not WorkedMonth.objects.exists()


def test_an_allocation_that_grows_again_awaits_its_months(lent, service):
    change(lent, by=service, days=period(date(2026, 3, 2), date(2026, 3, 31)))
    assert months_awaited(lent.commitment) == [3]
    change(lent, by=service, days=WHOLE_WORK)
    assert months_awaited(lent.commitment) == [3, 4, 5]


def test_the_only_allocation_stays_and_another_is_removed(lent, service, elsewhere):
    assert refusal_of(allocations.remove_allocation, lent, by=service, at=MAY).startswith("C’est la seule")
    added = add(lent, elsewhere, by=service)
    allocations.remove_allocation(added, by=service, at=MAY)
    assert [one for one, *_ in pieces(lent.placement)] == [lent.commitment]
    assert months_awaited(elsewhere) == []


def test_what_somebody_else_changed_meanwhile_is_read_first(lent, service):
    read = lent.piece.mark
    change(lent, by=service, share=HALF)
    assert refusal_of(change, lent, by=service, share=Decimal("0.8"), read=read) == shares.CHANGED


def test_a_closed_clause_keeps_its_allocations(lent, service):
    Clause.objects.filter(pk=lent.commitment.clause_id).update(status=Clause.Status.CLOSED)
    assert "est close" in refusal_of(change, lent, by=service, share=HALF)


def test_whoever_was_declaring_is_told_that_somebody_left(lent, service):
    statement = Statement.objects.get(commitment=lent.commitment, month=date(2026, 5, 1))
    by, read = actor_for(lent.placement.declared_by), statement.version
    change(lent, by=service, days=period(date(2026, 3, 2), date(2026, 5, 15)))
    line = [Declared(lent.placement, Decimal(70))]
    told = refusal_of(actions.submit_statement, statement, line, version=read, comment="", by=by, at=MAY)
    assert told == actions.CHANGED_MEANWHILE


def test_a_month_shared_by_two_commitments_is_the_sum_of_its_parts(lent, service, elsewhere):
    added = add(lent, elsewhere, by=service)
    declare(lent, "75.5", month=4)
    declare(added, "76.17", month=4)
    month = WorkedMonth.objects.get(month=date(2026, 4, 1))
    assert month.hours == Decimal("151.67")
    assert month.lines.count() == 2


class TestHeldByTheDatabase:
    def refused(self, guard, change):
        with pytest.raises(IntegrityError, match=guard), transaction.atomic():
            change()
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")

    def test_more_than_the_whole_on_one_day(self, lent, elsewhere):
        june = period(date(2026, 6, 1), date(2026, 6, 1))
        self.refused(
            "is allocated for 1.0001",
            lambda: AllocationFactory(
                commitment=elsewhere, placement=lent.placement, period=june, share=Decimal("0.0001")
            ),
        )

    def test_a_day_outside_the_work_contract(self, lent):
        longer = DateRange(date(2026, 3, 2), date(2026, 9, 2), "[)")
        rows = Allocation.objects.filter(pk=lent.pk)
        self.refused("on days that it does not last", lambda: rows.update(period=longer))

    def test_a_work_contract_shorter_than_its_allocations(self, lent):
        lent.placement.period = period(date(2026, 3, 2), date(2026, 8, 30))
        self.refused("on days that it does not last", lent.placement.save)


@pytest.mark.django_db(transaction=True)
def test_two_people_at_once_never_allocate_more_than_the_whole():
    lent = AllocationFactory(
        placement__employer=OrganisationFactory(employer=True),
        placement__modality="MISE_A_DISPOSITION",
        share=HALF,
    )
    by = actor_for(lent.service)
    commitments = [commitment_in(lent.service) for _ in range(2)]
    barrier, told = threading.Barrier(2), []

    def run(commitment):
        try:
            barrier.wait(timeout=10)
            add(lent, commitment, by=by, days=lent.period, taken_from=None)
            told.append("")
        except Refused as refusal:
            told.append(" ".join(refusal.reasons))
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[one]) for one in commitments]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(map(bool, told)) == [False, True]
    assert any("il ne reste rien" in one for one in told)
    assert sum(one.share for one in lent.placement.allocations.all()) == 1
