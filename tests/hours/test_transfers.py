"""Hours that a company of a clause has done by another: agreed by both, validated by the service."""

import threading
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction

from tests.factories import (
    NOON,
    ClauseFactory,
    LedgerEntryFactory,
    MembershipFactory,
    StatementFactory,
    StatementLineFactory,
    TransferFactory,
    actor_for,
    group_of_companies,
)
from tests.plugin.mailbox import text_of
from uneplace.contracts.models import Clause, Transfer
from uneplace.hours import transfers
from uneplace.hours.group import group_of
from uneplace.hours.queries import progress_of
from uneplace.journal.queries import entries_about
from uneplace.kit.refused import Refused

Status = Transfer.Status
BACK = Transfer.Way.BACK
AT = NOON + timedelta(hours=1)

pytestmark = pytest.mark.django_db


@pytest.fixture
def group():
    """Two companies owe 50 h each; the first one is the mandataire."""
    return group_of_companies("Tournebise", "Brindacier")


@pytest.fixture
def service(group):
    return actor_for(group[0].service)


def propose(owner, partner, hours, *, way=Transfer.Way.GIVEN, member=None):
    member = member or owner
    return transfers.propose_transfer(
        owner,
        partner,
        hours=Decimal(hours),
        way=way,
        member=member,
        by=actor_for(member.company),
        at=NOON,
    )


def agree(transfer, member):
    transfers.agree_to_transfer(transfer, member=member, by=actor_for(member.company), at=AT)


def moved(owner, partner, hours, service, *, way=Transfer.Way.GIVEN):
    """The same transfer, through to its end."""
    transfer = propose(owner, partner, hours, way=way)
    agree(transfer, partner)
    transfers.validate_transfer(transfer, by=service, at=AT)
    return transfer


def counted(commitment, hours):
    statement = StatementFactory(commitment=commitment, validated=True)
    LedgerEntryFactory(line__statement=statement, line__hours=Decimal(hours))


def to_do(clause):
    return [one.standing.to_do for one in group_of(clause).partners]


def test_a_transfer_moves_who_does_once_both_and_the_service_agree(group, service):
    owner, partner = group
    transfer = propose(owner, partner, 20)
    assert (transfer.status, transfer.awaited) == (Status.PROPOSED, [partner])
    agree(transfer, partner)
    assert transfer.status == Status.AGREED
    assert to_do(owner.clause) == [Decimal(50), Decimal(50)]
    transfers.validate_transfer(transfer, by=service, at=AT)
    assert to_do(owner.clause) == [Decimal(30), Decimal(70)]
    assert [one.verb for one in entries_about(transfer)] == [
        "transfer.validated",
        "transfer.accepted",
        "transfer.proposed",
    ]
    owner.refresh_from_db()
    assert (owner.hours_due, owner.share) == (Decimal(50), Decimal("0.5"))


def test_the_mandataire_proposes_for_two_others_and_both_are_asked(service):
    lead, owner, partner = group_of_companies("Tournebise", "Brindacier", "Façades", hours="90")
    transfer = propose(owner, partner, 10, member=lead)
    assert transfer.awaited == [owner, partner]
    agree(transfer, owner)
    assert transfer.status == Status.PROPOSED
    agree(transfer, partner)
    assert transfer.status == Status.AGREED


def test_a_reverse_transfer_undoes_it(group, service):
    owner, partner = group
    moved(owner, partner, 20, service)
    moved(owner, partner, 20, service, way=BACK)
    assert to_do(owner.clause) == [Decimal(50), Decimal(50)]
    with pytest.raises(Refused, match="n’a plus que 0\u00a0h à réaliser pour Tournebise"):
        propose(owner, partner, 1, way=BACK)


def test_what_is_done_to_validate_or_given_already_does_not_move(group, service):
    owner, partner = group
    counted(owner, 10)
    received = StatementFactory(commitment=owner, submitted=True, month=NOON.date().replace(month=5, day=1))
    StatementLineFactory(statement=received, hours=Decimal(5))
    moved(owner, partner, 15, service)
    with pytest.raises(Refused, match="n’a plus que 20\u00a0h de sa part à réaliser"):
        propose(owner, partner, "20.01")
    assert propose(owner, partner, 20).is_open


def test_hours_done_for_the_owner_do_not_come_back(group, service):
    owner, partner = group
    moved(owner, partner, 20, service)
    counted(partner, 58)
    with pytest.raises(Refused, match="n’a plus que 12\u00a0h à réaliser"):
        propose(owner, partner, 13, way=BACK)


def test_what_was_possible_when_proposed_is_looked_at_again_when_validated(group, service):
    owner, partner = group
    transfer = propose(owner, partner, 30)
    agree(transfer, partner)
    counted(owner, 25)
    with pytest.raises(Refused, match="n’a plus que 25\u00a0h"):
        transfers.validate_transfer(transfer, by=service, at=AT)
    transfer.refresh_from_db()
    assert transfer.status == Status.AGREED


@pytest.mark.parametrize(
    ("status", "word"),
    [
        (Clause.Status.CLOSED, "Close"),
        (Clause.Status.SUSPENDED, "Suspendue"),
        (Clause.Status.MET, "atteintes"),
    ],
)
def test_nothing_moves_on_a_clause_that_is_not_under_way(group, service, status, word):
    owner, partner = group
    transfer = propose(owner, partner, 10)
    Clause.objects.filter(pk=owner.clause_id).update(status=status)
    with pytest.raises(Refused, match=word):
        propose(owner, partner, 10)
    with pytest.raises(Refused, match=word):
        agree(transfer, partner)


def test_a_clause_of_actions_shares_none():
    clause = ClauseFactory(method="ACTIONS", inputs={"actions": 3}, hours_due=0, actions_due=3)
    owner, partner = group_of_companies("Tournebise", "Brindacier", clause=clause)
    with pytest.raises(Refused, match="compte des actions"):
        propose(owner, partner, 10)


def test_two_clauses_share_nothing(group):
    (stranger,) = group_of_companies("Ailleurs")
    with pytest.raises(Refused, match="pas sur la même clause"):
        propose(group[0], stranger, 10)


class TestAnswers:
    def test_the_service_decides_only_once_both_agree(self, group, service):
        transfer = propose(*group, 10)
        with pytest.raises(Refused, match="Brindacier n’a pas encore accepté"):
            transfers.validate_transfer(transfer, by=service, at=AT)

    def test_a_refusal_says_why_and_moves_nothing(self, group, service):
        transfer = propose(*group, 10)
        agree(transfer, group[1])
        with pytest.raises(Refused, match="Écrivez pourquoi"):
            transfers.refuse_transfer(transfer, reason="  ", by=service, at=AT)
        transfers.refuse_transfer(transfer, reason="Le lot n’a pas ce métier.", by=service, at=AT)
        assert (transfer.status, transfer.reason) == (Status.REFUSED, "Le lot n’a pas ce métier.")
        assert to_do(group[0].clause) == [Decimal(50), Decimal(50)]
        with pytest.raises(Refused, match="terminé"):
            transfers.validate_transfer(transfer, by=service, at=AT)

    def test_the_company_asked_may_decline(self, group):
        transfer = propose(*group, 10)
        by = actor_for(group[1].company)
        transfers.decline_transfer(transfer, member=group[1], reason="Pas d’équipe.", by=by, at=AT)
        assert transfer.status == Status.DECLINED

    @pytest.mark.parametrize("state", ["SUSPENDED", "CLOSED"])
    def test_one_may_still_say_no_once_the_clause_is_suspended_or_over(self, group, service, state):
        asked, agreed = propose(*group, 10), propose(*group, 5)
        agree(agreed, group[1])
        Clause.objects.update(status=state)
        with pytest.raises(Refused, match="plus aucune heure ne s’y confie"):
            agree(asked, group[1])
        with pytest.raises(Refused, match="plus aucune heure ne s’y confie"):
            transfers.validate_transfer(agreed, by=service, at=AT)
        by = actor_for(group[1].company)
        transfers.decline_transfer(asked, member=group[1], reason="Trop tard.", by=by, at=AT)
        transfers.refuse_transfer(agreed, reason="Chantier fini.", by=service, at=AT)
        assert (asked.status, agreed.status) == (Status.DECLINED, Status.REFUSED)

    def test_who_proposed_may_withdraw_until_it_is_validated(self, group, service):
        transfer = propose(*group, 10)
        transfers.withdraw_transfer(transfer, by=actor_for(group[0].company), at=AT)
        assert transfer.status == Status.WITHDRAWN
        done = moved(*group, 10, service)
        with pytest.raises(Refused, match="Un transfert inverse le défait"):
            transfers.withdraw_transfer(done, by=actor_for(group[0].company), at=AT)

    def test_an_answer_on_what_has_changed_is_refused(self, group, service):
        transfer = propose(*group, 10)
        stale = Transfer.objects.get(pk=transfer.pk)
        agree(transfer, group[1])
        with pytest.raises(Refused):
            transfers.agree_to_transfer(stale, member=group[1], by=actor_for(group[1].company), at=AT)


class TestMails:
    @pytest.fixture
    def people(self, group):
        for name, one in zip(("lead", "other"), group, strict=True):
            MembershipFactory(organisation=one.company, user__email=f"{name}@groupement.example")
        MembershipFactory(organisation=group[0].service, user__email="service@departement.example")

    def test_the_company_asked_and_the_mandataire_are_written_to(self, group, people, mailbox):
        owner, partner = group
        transfer = propose(partner, owner, 10)
        (mail,) = mailbox.to("lead@groupement.example")
        assert "10\u00a0h" in text_of(mail)
        assert transfer.get_absolute_url() in text_of(mail)

    def test_the_service_is_asked_then_the_companies_are_told(self, group, people, service, mailbox):
        moved(*group, 10, service)
        (asked,) = mailbox.to("service@departement.example")
        assert "Rien ne change avant votre décision" in text_of(asked)
        told = mailbox.to("other@groupement.example")[-1]
        assert "Tournebise les doit toujours" in text_of(told)


class TestTheDatabase:
    def test_no_more_is_given_than_is_owed(self, group):
        with pytest.raises(IntegrityError, match=r"gives 51\.00 hours"), transaction.atomic():
            TransferFactory(owner=group[0], partner=group[1], hours=Decimal(51), validated=True)
            look_now()

    def test_no_more_comes_back_than_was_given(self, group):
        with pytest.raises(IntegrityError, match="takes back more"), transaction.atomic():
            TransferFactory(owner=group[0], partner=group[1], hours=1, way=BACK, validated=True)
            look_now()

    def test_two_clauses_do_not_mix(self, group):
        (stranger,) = group_of_companies(
            "Ailleurs", clause=ClauseFactory(lot__contract__service=group[0].service)
        )
        with pytest.raises(IntegrityError, match="two companies of its clause"), transaction.atomic():
            TransferFactory(owner=group[0], partner=stranger, hours=1)
            look_now()

    def test_what_is_owed_does_not_fall_under_what_is_given(self, group, service):
        moved(*group, 40, service)
        with pytest.raises(IntegrityError, match=r"gives 40\.00 hours"), transaction.atomic():
            type(group[0]).objects.filter(pk=group[0].pk).update(hours_due=39)
            look_now()

    def test_a_validated_transfer_never_changes(self, group, service):
        done = moved(*group, 40, service)
        with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
            Transfer.objects.filter(pk=done.pk).update(hours=1)


def look_now():
    """What the database looks at when the transaction ends is looked at now."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.mark.django_db(transaction=True)
def test_of_two_transfers_validated_at_once_one_fits_in_the_share():
    owner, partner = group_of_companies("Tournebise", "Brindacier")
    service = actor_for(owner.service)
    waiting = []
    for _ in range(2):
        transfer = propose(owner, partner, 30)
        agree(transfer, partner)
        waiting.append(transfer)
    start, answers = threading.Barrier(2), []

    def validate(transfer):
        start.wait()
        try:
            transfers.validate_transfer(transfer, by=service, at=AT)
            answers.append("validé")
        except Refused as refusal:
            answers.append(refusal.reasons[0])
        finally:
            connection.close()

    threads = [threading.Thread(target=validate, args=[one]) for one in waiting]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers)[1] == "validé"
    assert "n’a plus que 20\u00a0h" in sorted(answers)[0]
    assert to_do(owner.clause) == [Decimal(20), Decimal(80)]


class TestSums:
    def test_the_companies_sum_to_the_clause_to_the_hundredth(self, service):
        companies = group_of_companies("Tournebise", "Brindacier", "Façades", hours="100.02")
        lead, owner, partner = companies
        moved(owner, partner, "12.34", actor_for(lead.service))
        counted(owner, "1.11")
        counted(partner, "40.07")
        totals = group_of(lead.clause).totals
        assert totals["due"] == totals["to_do"] == Decimal("100.02")
        assert totals["done"] == totals["credited"] == Decimal("41.18")
        assert totals["left"] - totals["over"] == Decimal("58.84")

    def test_progress_reads_what_each_owes_whoever_did_it(self, group, service):
        owner, partner = group
        moved(owner, partner, 20, service)
        counted(partner, 64)
        stands = progress_of([owner, partner], on=NOON.date())
        assert (stands[owner.pk].counted, stands[owner.pk].missing) == (Decimal(14), Decimal(36))
        assert (stands[partner.pk].counted, stands[partner.pk].missing) == (Decimal(50), Decimal(0))
        assert progress_of([owner], on=NOON.date())[owner.pk] == stands[owner.pk]
