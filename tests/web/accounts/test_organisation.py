import threading

import pytest
from django.contrib.auth import SESSION_KEY
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import (
    NOON,
    PASSWORD,
    InvitationFactory,
    MembershipFactory,
    OrganisationFactory,
    PartnershipFactory,
    UserFactory,
    actor_for,
)
from tests.plugin.mailbox import text_of
from uneplace.journal.models import Entry
from uneplace.kit.refused import Refused
from uneplace.organisations import actions
from uneplace.organisations.actor import Actor
from uneplace.organisations.memberships import change_role, end_membership
from uneplace.organisations.models import Invitation, Membership, Role, User
from uneplace.web.access import SESSION_KEY as ORGANISATION
from uneplace.web.templatetags import ui

PAGE = reverse("accounts:organisation")
SWITCH = reverse("accounts:switch")


@pytest.fixture
def company(db):
    return OrganisationFactory(company=True, name="Tournebise Construction")


@pytest.fixture
def admin(company):
    return actor_for(company, Role.ADMIN)


@pytest.fixture
def as_admin(client, admin):
    client.force_login(admin.user)
    return client


def end_url(membership):
    return reverse("accounts:end_membership", args=[membership.pk])


def role_url(membership):
    return reverse("accounts:change_role", args=[membership.pk])


def cancel_url(invitation):
    return reverse("accounts:cancel_invitation", args=[invitation.pk])


class TestReading:
    def test_it_shows_members_and_open_invitations(self, as_admin, company):
        colleague = MembershipFactory(organisation=company, role=Role.READER)
        left = MembershipFactory(organisation=company, ended_at=NOON)
        waiting = InvitationFactory(organisation=company, expires_at="2100-01-01T00:00Z")
        used = InvitationFactory(organisation=company, expires_at="2100-01-01T00:00Z", accepted_at=NOON)
        page = as_admin.get(PAGE).text
        assert colleague.user.email in page
        assert "Lecture seule" in page
        assert left.user.email not in page
        assert waiting.email in page
        assert used.email not in page

    def test_it_shows_nothing_of_another_organisation(self, as_admin):
        other = MembershipFactory()
        invited = InvitationFactory(expires_at="2100-01-01T00:00Z")
        page = as_admin.get(PAGE).text
        assert other.user.email not in page
        assert invited.email not in page

    def test_a_member_reads_and_does_not_invite(self, client, company, admin):
        client.force_login(actor_for(company, Role.MEMBER).user)
        page = client.get(PAGE).text
        assert admin.user.email in page
        assert "Envoyer l’invitation" not in page

    def test_somebody_without_organisation_is_told_what_to_do(self, client, db):
        client.force_login(UserFactory())
        assert client.get(PAGE).status_code == 403
        assert "Demandez à la personne qui administre" in client.get(SWITCH).text

    def test_it_costs_as_many_queries_for_many_members(self, as_admin, company, django_assert_num_queries):
        with CaptureQueriesContext(connection) as few:
            as_admin.get(PAGE)
        MembershipFactory.create_batch(20, organisation=company)
        with django_assert_num_queries(len(few.captured_queries)):
            as_admin.get(PAGE)


class TestInviting:
    def test_it_sends_a_link(self, as_admin, company, admin, mailbox):
        as_admin.post(PAGE, {"email": "Nadege@exemple.fr ", "role": Role.MEMBER})
        invitation = Invitation.objects.get()
        assert (invitation.email, invitation.role) == ("nadege@exemple.fr", Role.MEMBER)
        assert (invitation.invited_by, invitation.organisation) == (admin.user, company)
        assert len(mailbox.to("nadege@exemple.fr")) == 1
        assert Entry.objects.get().verb == "invitation.sent"

    def test_a_member_already_there_is_said(self, as_admin, admin):
        page = as_admin.post(PAGE, {"email": admin.user.email.upper(), "role": Role.MEMBER}).text
        assert "appartient déjà" in page
        assert not Invitation.objects.exists()

    def test_what_is_typed_is_kept(self, as_admin):
        page = as_admin.post(PAGE, {"email": "pas une adresse", "role": Role.ADMIN}).text
        assert 'value="pas une adresse"' in page
        assert "Écrivez une adresse complète" in page

    @pytest.mark.parametrize("role", [Role.MEMBER, Role.READER])
    def test_only_administrators_invite(self, client, company, role):
        client.force_login(actor_for(company, role).user)
        assert client.post(PAGE, {"email": "a@exemple.fr", "role": Role.MEMBER}).status_code == 403
        assert not Invitation.objects.exists()

    def test_a_service_does_not_invite_into_an_organisation_that_has_an_account(self, admin):
        service = actor_for(OrganisationFactory(service=True))
        with pytest.raises(Refused, match="a déjà un compte"):
            actions.invite(admin.organisation, email="a@exemple.fr", by=service, at=NOON)

    def test_an_invitation_is_cancelled(self, as_admin, company):
        invitation = InvitationFactory(organisation=company, expires_at="2100-01-01T00:00Z")
        as_admin.post(cancel_url(invitation))
        assert invitation.email not in as_admin.get(PAGE).text.split("Invitations en attente")[-1].replace(
            f"L’invitation de {invitation.email} ne fonctionne plus.", ""
        )
        invitation.refresh_from_db()
        assert invitation.expires_at.year < 2100

    def test_the_invitation_of_another_organisation_is_unknown(self, as_admin):
        invitation = InvitationFactory(expires_at="2100-01-01T00:00Z")
        assert as_admin.post(cancel_url(invitation)).status_code == 404


class TestEnding:
    def test_it_asks_first_then_does_it(self, as_admin, company):
        member = MembershipFactory(organisation=company, role=Role.MEMBER)
        assert str(member.user) in as_admin.get(end_url(member)).text
        member.refresh_from_db()
        assert member.ended_at is None
        as_admin.post(end_url(member))
        member.refresh_from_db()
        assert member.ended_at is not None
        assert Entry.objects.get().verb == "membership.ended"

    def test_the_last_administrator_stays(self, as_admin, company):
        own = Membership.objects.get(organisation=company)
        for answer in (as_admin.get(end_url(own)), as_admin.post(end_url(own))):
            assert "est la dernière personne à administrer" in answer.text
        own.refresh_from_db()
        assert own.ended_at is None

    def test_a_member_may_leave_but_dismiss_nobody(self, client, company, admin):
        own = MembershipFactory(organisation=company, role=Role.MEMBER)
        client.force_login(own.user)
        other = Membership.objects.get(user=admin.user)
        assert client.post(end_url(other)).status_code == 403
        assert client.post(end_url(own)).url == reverse("accounts:organisation")
        assert SESSION_KEY not in client.session
        own.refresh_from_db()
        assert own.ended_at is not None

    def test_a_stranger_is_unknown(self, as_admin):
        assert as_admin.get(end_url(MembershipFactory())).status_code == 404

    @pytest.mark.django_db(transaction=True)
    @pytest.mark.parametrize("round_number", range(5))
    def test_two_administrators_who_dismiss_each_other_leave_one(self, round_number):
        company = OrganisationFactory(company=True)
        memberships = [MembershipFactory(organisation=company, role=Role.ADMIN) for _ in range(2)]
        barrier, refused = threading.Barrier(2), []

        def dismiss(membership, by):
            try:
                barrier.wait()
                end_membership(membership, by=by, at=NOON)
            except Refused as refusal:
                refused.append(refusal)
            finally:
                connection.close()

        actors = [Actor(membership.user, company, Role.ADMIN) for membership in memberships]
        threads = [
            threading.Thread(target=dismiss, args=[memberships[0], actors[1]]),
            threading.Thread(target=dismiss, args=[memberships[1], actors[0]]),
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(refused) == 1
        assert company.memberships.current().count() == 1


class TestChangingARole:
    def test_an_administrator_gives_another_role_and_the_person_is_told(self, as_admin, company, mailbox):
        member = MembershipFactory(organisation=company, role=Role.MEMBER)
        there = Client()
        there.force_login(member.user)
        assert role_url(member) in as_admin.get(PAGE).text
        assert as_admin.post(role_url(member), {"role": Role.READER}).url == PAGE
        member.refresh_from_db()
        assert member.role == Role.READER
        entry = Entry.objects.get()
        assert entry.verb == "membership.role_changed"
        assert (entry.details["before"], entry.details["role"]) == (Role.MEMBER, Role.READER)
        [mail] = mailbox.to(member.user.email)
        assert "Lecture seule" in text_of(mail)
        assert there.get(PAGE).status_code == 302

    def test_looking_changes_nothing(self, as_admin, company):
        member = MembershipFactory(organisation=company, role=Role.MEMBER)
        assert "Administration" in as_admin.get(role_url(member)).text
        member.refresh_from_db()
        assert member.role == Role.MEMBER

    def test_the_last_administrator_keeps_the_role(self, as_admin, company):
        own = Membership.objects.get(organisation=company)
        page = as_admin.post(role_url(own), {"role": Role.MEMBER}).text
        assert "est la dernière personne à administrer" in page
        own.refresh_from_db()
        assert own.role == Role.ADMIN

    def test_an_administrator_whose_account_is_closed_does_not_count(self, as_admin, company):
        MembershipFactory(organisation=company, role=Role.ADMIN, user__is_active=False)
        own = Membership.objects.get(organisation=company, user__is_active=True)
        assert "est la dernière personne" in as_admin.post(role_url(own), {"role": Role.MEMBER}).text

    def test_the_same_role_is_said(self, as_admin, company):
        member = MembershipFactory(organisation=company, role=Role.MEMBER)
        assert "a déjà ce rôle" in as_admin.post(role_url(member), {"role": Role.MEMBER}).text

    @pytest.mark.parametrize("role", [Role.MEMBER, Role.READER])
    def test_nobody_else_changes_roles(self, client, company, admin, role):
        client.force_login(actor_for(company, role).user)
        own = Membership.objects.get(user=admin.user)
        assert client.post(role_url(own), {"role": Role.READER}).status_code == 403

    def test_a_stranger_is_unknown(self, as_admin):
        assert as_admin.post(role_url(MembershipFactory()), {"role": Role.READER}).status_code == 404

    @pytest.mark.django_db(transaction=True)
    def test_two_administrators_who_demote_each_other_leave_one(self):
        company = OrganisationFactory(company=True)
        own = [MembershipFactory(organisation=company, role=Role.ADMIN) for _ in range(2)]
        barrier, refused = threading.Barrier(2), []

        def demote(membership, by):
            try:
                barrier.wait()
                change_role(membership, Role.MEMBER, by=by, at=NOON)
            except Refused as refusal:
                refused.append(refusal)
            finally:
                connection.close()

        actors = [Actor(membership.user, company, Role.ADMIN) for membership in own]
        threads = [
            threading.Thread(target=demote, args=[own[0], actors[1]]),
            threading.Thread(target=demote, args=[own[1], actors[0]]),
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(refused) == 1
        assert company.memberships.filter(role=Role.ADMIN).count() == 1


def day_of(moment):
    """As a cell of the table writes it."""
    return ui.day(moment, "short")


class TestSigningIn:
    def test_an_administrator_reads_when_each_signed_in(self, as_admin, company):
        never = MembershipFactory(organisation=company)
        seen = MembershipFactory(organisation=company)
        User.objects.filter(pk=seen.user_id).update(last_login=NOON)
        page = as_admin.get(PAGE).text
        assert "jamais" in page.split(str(never.user))[1].split("</tr>")[0]
        assert day_of(NOON) in page.split(str(seen.user))[1].split("</tr>")[0]

    def test_a_member_does_not(self, client, company, admin):
        client.force_login(actor_for(company, Role.MEMBER).user)
        assert "Dernière connexion" not in client.get(PAGE).text

    def test_a_closed_account_neither_signs_in_nor_goes_on(self, client, company, admin):
        client.force_login(admin.user)
        assert client.get(PAGE).status_code == 200
        User.objects.filter(pk=admin.user.pk).update(is_active=False)
        assert client.get(PAGE).status_code == 302
        answer = client.post(reverse("accounts:login"), {"email": admin.user.email, "password": PASSWORD})
        assert answer.status_code == 200
        assert client.get(PAGE).status_code == 302

    def test_who_left_everywhere_keeps_only_the_account(self, client, company, admin):
        member = MembershipFactory(organisation=company, role=Role.MEMBER)
        end_membership(member, by=admin, at=NOON)
        client.force_login(member.user)
        assert client.get(PAGE).status_code == 403
        assert client.get(reverse("contracts:list")).status_code == 403
        assert client.get(reverse("accounts:account")).status_code == 200


class TestServices:
    def test_it_names_the_services_that_opened_their_file(self, as_admin, company):
        link = PartnershipFactory(organisation=company, service__name="Service de la Houle")
        other = OrganisationFactory(service=True, name="Service des Monts")
        page = as_admin.get(PAGE).text
        assert str(link.service) in page
        assert str(other) not in page


class TestChoosing:
    def test_one_works_as_the_organisation_chosen(self, as_admin, admin):
        other = MembershipFactory(user=admin.user, organisation__name="Quatrevents TP").organisation
        page = as_admin.get(SWITCH).text
        assert "Tournebise Construction" in page
        assert "Quatrevents TP" in page
        assert as_admin.post(SWITCH, {"organisation": other.pk}).url == reverse("home:home")
        assert as_admin.session[ORGANISATION] == other.pk
        assert "Quatrevents TP" in as_admin.get(PAGE).text

    def test_nobody_works_as_an_organisation_of_others(self, as_admin):
        stranger = OrganisationFactory()
        page = as_admin.post(SWITCH, {"organisation": stranger.pk}, follow=True).text
        assert "Vous n’appartenez plus à cette organisation" in page
        assert as_admin.session.get(ORGANISATION) != stranger.pk

    def test_reading_the_list_chooses_nothing(self, as_admin):
        as_admin.get(SWITCH)
        assert ORGANISATION not in as_admin.session

    def test_the_choice_ends_with_the_membership(self, as_admin, admin, company):
        membership = MembershipFactory(user=admin.user)
        as_admin.post(SWITCH, {"organisation": membership.organisation_id})
        Membership.objects.filter(pk=membership.pk).update(ended_at=NOON)
        assert str(company) in as_admin.get(PAGE).text
