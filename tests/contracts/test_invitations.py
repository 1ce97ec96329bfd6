"""A company is invited from what it owes."""

import pytest

from tests.factories import NOON, ClauseFactory, CommitmentFactory, MembershipFactory, actor_for
from tests.plugin.mailbox import text_of
from uneplace.contracts.actions import invite_company, validate_clause
from uneplace.contracts.queries import presence_of
from uneplace.journal.queries import entries_about
from uneplace.kit.refused import Refused


@pytest.fixture
def commitment(db):
    return CommitmentFactory()


@pytest.fixture
def facilitator(commitment):
    return actor_for(commitment.service)


def test_the_company_is_absent_then_invited_then_joined(commitment, facilitator):
    pk = commitment.company_id
    assert presence_of([pk], at=NOON)[pk].is_absent
    invite_company(commitment, email="chef@tournebise.example", by=facilitator, at=NOON)
    waiting = presence_of([pk], at=NOON)[pk]
    assert (waiting.is_open, waiting.invitation.email) == (True, "chef@tournebise.example")
    assert entries_about(commitment).get().verb == "commitment.company_invited"
    assert presence_of([pk], at=NOON.replace(month=7))[pk].is_absent
    MembershipFactory(organisation=commitment.company)
    assert presence_of([pk], at=NOON)[pk].has_joined


def test_a_company_is_not_invited_to_a_draft(facilitator, commitment):
    draft = CommitmentFactory(clause=ClauseFactory(draft=True, lot__contract__service=commitment.service))
    with pytest.raises(Refused, match="Validez d’abord la clause"):
        invite_company(draft, email="chef@tournebise.example", by=facilitator, at=NOON)


@pytest.mark.django_db(transaction=True)
def test_validating_tells_the_companies_what_they_owe(mailbox):
    clause = ClauseFactory(draft=True)
    commitment = CommitmentFactory(clause=clause)
    MembershipFactory(organisation=commitment.company, user__email="chef@tournebise.example")
    actor = actor_for(clause.service)
    validate_clause(clause, revision=0, by=actor, at=NOON)
    (mail,) = mailbox.to("chef@tournebise.example")
    text = text_of(mail)
    assert "2\u00a0100\u00a0h d’insertion" in text
    assert f"/clauses/{clause.pk}/" in text
