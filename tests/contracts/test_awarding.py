"""A coming contract becomes the contract: everything carried over, once, whoever is quicker."""

import threading
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection

from tests.factories import (
    NOON,
    AwardFactory,
    AwardMemberFactory,
    ClauseFactory,
    ComingContractFactory,
    CommuneFactory,
    ContractFactory,
    LotFactory,
    OrganisationFactory,
    ServicePolicyFactory,
    actor_for,
)
from tests.plugin.mailbox import text_of
from uneplace.contracts.actions import (
    ClauseAnswer,
    Outcome,
    answer_coming,
    award_coming,
    launch_consultation,
    resume_coming,
    type_contract,
    validate_clause,
)
from uneplace.contracts.models import Clause, ComingContract, Contract
from uneplace.journal.queries import entries_about
from uneplace.kit.refused import Refused
from uneplace.rules.hours_due import METHODS, LabourShare

NOTIFIED = date(2026, 11, 2)
LATER = datetime(2027, 3, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def coming(db):
    coming = ComingContractFactory(commune=CommuneFactory(), kind="CONCESSION", criterion_weight=None)
    sizing = LabourShare(Decimal("1800000"), Decimal("0.5"), Decimal("0.07"), Decimal("30"))
    answer_coming(
        coming,
        answer=ClauseAnswer(
            sizing=sizing, reasons="Parce que.", penalty_rate=Decimal(50), accepted_grounds=["RSA"]
        ),
        revision=0,
        by=actor_for(coming.service),
        at=NOON,
    )
    return coming


@pytest.fixture
def buyer(coming):
    return actor_for(coming.buyer)


@pytest.fixture
def facilitator(coming):
    return actor_for(coming.service)


def award(coming, by, **facts):
    revision = facts.pop("revision", coming.revision)
    facts = {"official_id": "2026-TVX-014", "notified_on": NOTIFIED} | facts
    return award_coming(coming, outcome=Outcome(**facts), revision=revision, by=by, at=LATER)


def test_everything_already_typed_is_carried_over(coming, buyer):
    holder = OrganisationFactory(company=True)
    clause = award(coming, buyer, amount=Decimal("1720000"), holder=holder)
    contract = clause.lot.contract
    assert (contract.service, contract.buyer, contract.object) == (
        coming.service,
        coming.buyer,
        coming.object,
    )
    assert (contract.kind, contract.place_name, contract.duration_months) == ("CONCESSION", "Caen", 18)
    assert (contract.amount, contract.notified_on) == (Decimal("1720000"), NOTIFIED)
    assert (clause.status, clause.hours_due, clause.method) == ("DRAFT", Decimal("2100"), "LABOUR_SHARE")
    assert clause.inputs == coming.inputs
    assert (clause.penalty_rate, clause.accepted_grounds) == (Decimal(50), ["RSA"])
    assert (clause.execution.lower, clause.execution.upper) == (date(2027, 1, 4), date(2028, 7, 4))
    assert clause.lot.award.members.get().company == holder
    commitment = clause.commitments.get()
    assert (commitment.company, commitment.share, commitment.hours_due) == (holder, 1, Decimal("2100"))


def test_the_rest_of_the_policy_is_the_services_model(coming, facilitator):
    ServicePolicyFactory(service=coming.service, statement_due_day=15, penalty_rate=Decimal(80))
    clause = award(coming, facilitator)
    assert (clause.preset, clause.statement_due_day) == ("service", 15)
    assert clause.penalty_rate == Decimal(50), "the one answered, that the consultation wrote"


def test_the_clause_can_be_validated_at_once(coming, facilitator):
    clause = award(coming, facilitator, holder=OrganisationFactory(company=True))
    validate_clause(clause, revision=clause.revision, by=facilitator, at=NOON)
    assert clause.status == Clause.Status.VALIDATED


def test_the_link_is_kept_both_ways_and_told(coming, buyer):
    clause = award(coming, buyer)
    coming.refresh_from_db()
    assert (coming.status, coming.lot) == ("AWARDED", clause.lot)
    assert clause.lot.coming == coming
    assert entries_about(coming)[0].details == {"contract": clause.lot.contract_id}


def test_the_work_never_begins_before_the_notification(coming, facilitator):
    late = date(2027, 3, 1)
    assert award(coming, facilitator, notified_on=late).execution.lower == late


def test_the_service_is_told_when_its_buyer_awards(coming, buyer, mailbox):
    facilitator = actor_for(coming.service)
    award(coming, buyer)
    (mail,) = [one for one in mailbox.to(facilitator.user.email) if "attribué" in one["Subject"]]
    assert "2026-TVX-014" in text_of(mail)


def test_a_contract_already_known_is_not_written_twice(coming, facilitator):
    type_contract(buyer=coming.buyer, object="Importé", official_id="2026-TVX-014", by=facilitator, at=NOON)
    with pytest.raises(Refused, match="Reprendre un marché à venir"):
        award(coming, facilitator)
    assert Contract.objects.count() == 1
    coming.refresh_from_db()
    assert coming.status == "ANSWERED"


def test_it_is_awarded_once(coming, facilitator, buyer):
    read = coming.revision
    award(coming, facilitator)
    with pytest.raises(Refused, match="déjà attribué"):
        award(coming, buyer)
    stale = ComingContract.objects.get(pk=coming.pk)
    stale.status = "ANSWERED"
    with pytest.raises(Refused, match="vient d’attribuer"):
        award(stale, buyer, official_id="2026-TVX-015", revision=read)
    assert Contract.objects.count() == 1


@pytest.mark.parametrize(
    "on, sentence",
    [
        pytest.param(date(2027, 3, 3), "pas encore venu", id="à venir"),
        pytest.param(date(2026, 9, 14), "lancée le 15 septembre 2026", id="avant la consultation"),
    ],
)
def test_the_notification_comes_after_the_consultation_and_is_past(coming, buyer, on, sentence):
    launch_consultation(coming, on=date(2026, 9, 15), revision=coming.revision, by=buyer, at=LATER)
    with pytest.raises(Refused, match=sentence):
        award(coming, buyer, notified_on=on)


def test_the_model_is_the_one_that_the_consultation_quoted(coming, facilitator):
    ServicePolicyFactory(service=coming.service, statement_due_day=15)
    after = coming.consultation_on + timedelta(days=1)
    ServicePolicyFactory(service=coming.service, statement_due_day=5, number=2, applies_on=after)
    assert award(coming, facilitator).statement_due_day == 15


def test_who_read_an_older_answer_is_told(coming, facilitator):
    with pytest.raises(Refused, match="vient de modifier"):
        award(coming, facilitator, revision=coming.revision - 1)


@pytest.mark.parametrize(
    "facts, sentence",
    [
        pytest.param({}, "pas encore répondu", id="sans réponse"),
        pytest.param({"refused": True}, "pas de clause", id="pas de clause"),
        pytest.param({"status": "DROPPED", "dropped_reason": "Budget."}, "sans suite", id="abandonné"),
    ],
)
def test_what_cannot_be_awarded_says_why(db, facts, sentence):
    coming = ComingContractFactory(**facts)
    with pytest.raises(Refused, match=sentence):
        award(coming, actor_for(coming.buyer))


def test_an_imported_contract_takes_up_what_was_prepared(coming, facilitator):
    contract = ContractFactory(
        service=coming.service, buyer=coming.buyer, source="AWARD_DATA", notified_on=NOTIFIED
    )
    lot = LotFactory(contract=contract)
    holder = AwardMemberFactory(award=AwardFactory(lot=lot)).company
    clause = resume_coming(coming, lot=lot, revision=coming.revision, by=facilitator, at=NOON)
    assert (clause.lot, clause.hours_due) == (lot, Decimal("2100"))
    assert clause.commitments.get().company == holder
    coming.refresh_from_db()
    assert (coming.status, coming.lot) == ("AWARDED", lot)
    assert Contract.objects.count() == 1


def test_a_contract_takes_up_only_its_buyers_and_only_without_a_clause(coming, facilitator):
    other = LotFactory(contract=ContractFactory(service=coming.service))
    taken = ClauseFactory(lot__contract=ContractFactory(service=coming.service, buyer=coming.buyer)).lot
    for lot, sentence in ((other, "autre acheteur"), (taken, "déjà une clause")):
        with pytest.raises(Refused, match=sentence):
            resume_coming(coming, lot=lot, revision=coming.revision, by=facilitator, at=NOON)


SIZINGS = {
    "INVOICED": {"slice": "100000", "hours_per_slice": "35", "threshold": "0", "whole_slices": False},
    "ACTIONS": {"actions": 3},
}


@pytest.mark.parametrize("method", SIZINGS)
def test_a_clause_that_owes_no_hour_yet_is_carried_over_too(db, method):
    assert method in METHODS
    coming = ComingContractFactory(
        answered=True, method=method, inputs=SIZINGS[method], hours_due=Decimal(0), actions_due=None
    )
    clause = award(coming, actor_for(coming.service))
    assert (clause.method, clause.inputs) == (method, SIZINGS[method])


@pytest.mark.django_db(transaction=True)
def test_buyer_and_service_who_award_at_once_make_one_contract():
    coming = ComingContractFactory(answered=True)
    actors = [actor_for(coming.buyer), actor_for(coming.service)]
    barrier, refused = threading.Barrier(2), []

    def run(actor, number):
        mine = ComingContract.objects.get(pk=coming.pk)
        barrier.wait(timeout=10)
        try:
            award(mine, actor, official_id=number)
        except Refused as refusal:
            refused.append(refusal)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in zip(actors, ("A-1", "A-2"), strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 1
    assert (Contract.objects.count(), Clause.objects.count()) == (1, 1)
