"""Accounts that sleep: listed each quarter, kept for a reason or closed."""

from datetime import UTC, date, datetime, timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from tests.factories import (
    NOON,
    InvitationFactory,
    MembershipFactory,
    OrganisationFactory,
    PartnershipFactory,
    UserFactory,
    actor_for,
)
from tests.plugin.mailbox import text_of
from uneplace.journal.models import Entry
from uneplace.organisations.dormant import ABSENCE, dormant, next_review, tell_of_dormant_accounts
from uneplace.organisations.models import KeptAccess, Role

LIST = reverse("accounts:dormant")


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def admin(db):
    actor = actor_for(OrganisationFactory(company=True, name="Tournebise Construction"))
    seen(actor.user, NOON)
    return actor


@pytest.fixture
def as_admin(client, admin):
    client.force_login(admin.user)
    return client


def seen(user, moment):
    user.last_login = moment
    user.save()


def sleeper(organisation, **fields):
    """A member who last signed in a hundred days ago."""
    user = UserFactory(last_login=NOON - timedelta(days=100))
    return MembershipFactory(organisation=organisation, user=user, **{"role": Role.MEMBER} | fields)


def url(membership):
    return reverse("accounts:review_dormant", args=[membership.pk])


@pytest.mark.parametrize(
    ("last", "since", "sleeps"),
    [
        pytest.param(ABSENCE, ABSENCE * 2, True, id="90 jours sans connexion"),
        pytest.param(ABSENCE - timedelta(seconds=1), ABSENCE * 2, False, id="un peu moins"),
        pytest.param(None, ABSENCE, True, id="jamais connecté"),
        pytest.param(None, timedelta(days=10), False, id="arrivé il y a dix jours"),
    ],
)
def test_who_sleeps(db, last, since, sleeps):
    user = UserFactory(last_login=NOON - last if last else None)
    membership = MembershipFactory(user=user, started_at=NOON - since)
    assert (membership in dormant(at=NOON)) is sleeps


def test_who_left_or_was_closed_does_not_sleep(db):
    left = sleeper(OrganisationFactory(), ended_at=NOON)
    closed = sleeper(OrganisationFactory())
    closed.user.is_active = False
    closed.user.save()
    assert left not in dormant(at=NOON)
    assert closed not in dormant(at=NOON)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        pytest.param(date(2026, 6, 15), date(2026, 7, 1), id="juin"),
        pytest.param(date(2026, 7, 1), date(2026, 10, 1), id="le jour même"),
        pytest.param(date(2026, 12, 31), date(2027, 1, 1), id="décembre"),
    ],
)
def test_what_is_kept_is_asked_about_again_next_quarter(day, expected):
    assert next_review(day) == expected


class TestList:
    def test_it_shows_the_sleepers_of_one_s_organisation(self, as_admin, admin):
        own, stranger = sleeper(admin.organisation), sleeper(OrganisationFactory())
        page = as_admin.get(LIST).text
        assert own.user.email in page
        assert stranger.user.email not in page
        assert admin.user.email not in page.split("<main")[1]

    def test_it_shows_the_links_that_nobody_opened(self, as_admin, admin):
        unused = InvitationFactory(organisation=admin.organisation, expires_at=NOON - timedelta(days=2))
        open_one = InvitationFactory(organisation=admin.organisation)
        joined = InvitationFactory(organisation=admin.organisation, expires_at=NOON - timedelta(days=2))
        MembershipFactory(organisation=admin.organisation, user__email=joined.email)
        page = as_admin.get(LIST).text.split("Invitations jamais utilisées")[-1]
        assert unused.email in page
        assert open_one.email not in page
        assert joined.email not in page

    def test_a_service_also_sees_its_partners(self, client, db):
        service = actor_for(OrganisationFactory(service=True))
        seen(service.user, NOON)
        partner = sleeper(PartnershipFactory(service=service.organisation).organisation)
        former = sleeper(PartnershipFactory(service=service.organisation, ended_at=NOON).organisation)
        client.force_login(service.user)
        page = client.get(LIST).text
        assert partner.user.email in page
        assert former.user.email not in page

    def test_nobody_sleeps(self, as_admin):
        assert "Tous les comptes servent" in as_admin.get(LIST).text

    @pytest.mark.parametrize("role", [Role.MEMBER, Role.READER])
    def test_only_administrators_read_it(self, client, admin, role):
        asleep = sleeper(admin.organisation)
        client.force_login(actor_for(admin.organisation, role).user)
        assert client.get(LIST).status_code == 403
        assert client.post(url(asleep), {"decision": "close"}).status_code == 403


class TestDeciding:
    def test_one_is_kept_until_the_next_quarter_with_a_reason(self, as_admin, admin):
        asleep = sleeper(admin.organisation)
        as_admin.post(url(asleep), {"decision": "keep", "reason": "Congé parental"})
        kept = KeptAccess.objects.get()
        assert (kept.membership, kept.reason, kept.until) == (asleep, "Congé parental", date(2026, 7, 1))
        assert asleep not in dormant(at=NOON)
        assert asleep in dormant(at=datetime(2026, 7, 1, 7, 0, tzinfo=UTC))
        assert Entry.objects.get().verb == "membership.kept"

    def test_not_without_a_reason(self, as_admin, admin):
        asleep = sleeper(admin.organisation)
        assert "Écrivez pourquoi" in as_admin.post(url(asleep), {"decision": "keep", "reason": " "}).text
        assert not KeptAccess.objects.exists()

    def test_one_is_closed_and_told(self, as_admin, admin, mailbox):
        asleep = sleeper(admin.organisation)
        there = Client()
        there.force_login(asleep.user)
        seen(asleep.user, NOON - timedelta(days=100))  # `force_login` signed in
        as_admin.post(url(asleep), {"decision": "close"})
        asleep.refresh_from_db()
        assert asleep.ended_at is not None
        assert there.get("/mon-organisation/").status_code == 302
        assert len(mailbox.to(asleep.user.email)) == 1
        entry = Entry.objects.get()
        assert (entry.verb, entry.reason) == ("membership.ended", "Compte dormant")

    def test_who_signed_in_meanwhile_is_not_closed(self, as_admin, admin):
        asleep = sleeper(admin.organisation)
        as_admin.get(url(asleep))
        seen(asleep.user, NOON)
        assert "n’est plus dormant" in as_admin.post(url(asleep), {"decision": "close"}).text
        asleep.refresh_from_db()
        assert asleep.ended_at is None

    def test_a_service_closes_the_last_administrator_of_a_partner_and_invites_another(self, client, db):
        service = actor_for(OrganisationFactory(service=True))
        partner = PartnershipFactory(service=service.organisation).organisation
        asleep = sleeper(partner, role=Role.ADMIN)
        MembershipFactory(organisation=partner, role=Role.MEMBER)
        client.force_login(service.user)
        client.post(url(asleep), {"decision": "close"})
        client.post(reverse("accounts:invite_partner", args=[partner.pk]), {"email": "relais@exemple.fr"})
        assert partner.invitations.get().role == Role.ADMIN

    def test_a_stranger_is_unknown(self, as_admin):
        assert as_admin.get(url(sleeper(OrganisationFactory()))).status_code == 404


class TestEachQuarter:
    def test_who_administers_is_told_how_many(self, admin, mailbox):
        service = actor_for(OrganisationFactory(service=True))
        PartnershipFactory(service=service.organisation, organisation=admin.organisation)
        for actor in (admin, service):
            seen(actor.user, NOON)
        for _ in range(2):
            sleeper(admin.organisation)
        assert tell_of_dormant_accounts(at=NOON) == 2
        [mail] = mailbox.to(admin.user.email)
        assert "2\xa0comptes dans Tournebise" in text_of(mail)
        assert LIST in text_of(mail)
        [mail] = mailbox.to(service.user.email)
        assert "2\xa0comptes chez vos partenaires" in text_of(mail)
        assert {entry.verb for entry in Entry.objects.all()} == {"dormant_accounts.told"}

    def test_nobody_is_written_to_when_all_serve(self, admin):
        assert tell_of_dormant_accounts(at=NOON) == 0

    def test_the_command_lists_them(self, admin):
        asleep = sleeper(admin.organisation)
        out = StringIO()
        call_command("dormant_accounts", stdout=out)
        assert asleep.user.email in out.getvalue()
        assert "1\xa0compte dormant." in out.getvalue()
