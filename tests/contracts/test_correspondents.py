"""The mandataire is the one contact of a clause."""

from decimal import Decimal

import pytest
from django.db import transaction

from tests.factories import ClauseFactory, CommitmentFactory, MembershipFactory, OrganisationFactory
from uneplace.contracts.correspondents import correspondents_of, mandataire_of, mandataires_of
from uneplace.contracts.models import MemberRole

pytestmark = pytest.mark.django_db


def group(**roles):
    """A clause shared by these roles, in this order, each with its part and an address of its own."""
    clause = ClauseFactory()
    with transaction.atomic():
        for name, (role, share) in roles.items():
            member = CommitmentFactory(clause=clause, role=role, share=Decimal(share))
            MembershipFactory(organisation=member.company, user__email=f"{name}@groupement.example")
    return clause


@pytest.fixture
def clause():
    return group(large=(MemberRole.COTRAITANT, "0.7"), mandataire=(MemberRole.MANDATAIRE, "0.3"))


def test_one_writes_to_the_mandataire_even_when_another_owes_more(clause):
    assert mandataire_of(clause).role == MemberRole.MANDATAIRE
    assert correspondents_of(clause) == ["mandataire@groupement.example"]


def test_the_member_concerned_is_written_to_as_well_after_the_mandataire(clause):
    concerned = clause.commitments.get(role=MemberRole.COTRAITANT).company
    assert correspondents_of(clause, also=[concerned]) == [
        "mandataire@groupement.example",
        "large@groupement.example",
    ]


def test_nobody_is_written_to_twice(clause):
    assert correspondents_of(clause, also=[mandataire_of(clause).company]) == [
        "mandataire@groupement.example"
    ]


def test_without_a_mandataire_the_contact_owes_the_largest_part():
    clause = group(small=(MemberRole.COTRAITANT, "0.2"), large=(MemberRole.COTRAITANT, "0.8"))
    assert correspondents_of(clause) == ["large@groupement.example"]


def test_a_company_without_an_account_is_written_to_at_its_own_address():
    clause = ClauseFactory()
    CommitmentFactory(
        clause=clause, company=OrganisationFactory(company=True, email="accueil@tournebise.example")
    )
    assert correspondents_of(clause) == ["accueil@tournebise.example"]


def test_a_clause_that_nobody_owes_yet_has_no_contact():
    assert mandataire_of(ClauseFactory(draft=True)) is None
    assert correspondents_of(ClauseFactory(draft=True)) == []


def test_the_contacts_of_many_clauses_are_read_at_once(django_assert_num_queries):
    clauses = [CommitmentFactory().clause for _ in range(3)]
    with django_assert_num_queries(1):
        assert set(mandataires_of(clauses)) == {one.pk for one in clauses}
