"""Inviting a company from what it owes."""

from tests.factories import CommitmentFactory, MembershipFactory
from uneplace.organisations.models import Invitation

from .conftest import text_of


def url_of(commitment):
    return f"/engagements/{commitment.pk}/inviter/"


def test_the_invitation_is_sent_and_the_clause_shows_it(as_facilitator, commitment):
    page = as_facilitator.post(url_of(commitment), {"email": "chef@tournebise.example"}, follow=True)
    assert Invitation.objects.get().organisation == commitment.company
    assert "Invitation envoyée à chef@tournebise.example." in text_of(page)
    assert "invitée le 15 juin" in text_of(page)
    again = text_of(as_facilitator.get(url_of(commitment)))
    assert "Invitation envoyée le 15 juin 2026 à chef@tournebise.example." in again
    assert "Renvoyer l’invitation" in again


def test_an_address_that_is_none_is_told(as_facilitator, commitment):
    page = text_of(as_facilitator.post(url_of(commitment), {"email": "chef"}))
    assert "Écrivez une adresse complète" in page
    assert 'value="chef"' in page
    assert not Invitation.objects.exists()


def test_a_company_that_joined_is_not_invited_again(as_facilitator, commitment):
    MembershipFactory(organisation=commitment.company)
    assert "a déjà un compte" in text_of(as_facilitator.get(url_of(commitment)))
    as_facilitator.post(url_of(commitment), {"email": "chef@tournebise.example"})
    assert not Invitation.objects.exists()


def test_a_draft_invites_nobody(as_facilitator, draft):
    commitment = CommitmentFactory(clause=draft)
    assert "Validez d’abord la clause." in text_of(as_facilitator.get(url_of(commitment)))


def test_strangers_and_the_company_itself_do_not(as_stranger, as_company, commitment):
    assert as_stranger.get(url_of(commitment)).status_code == 404
    assert as_company.get(url_of(commitment)).status_code == 403
