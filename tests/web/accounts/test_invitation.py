import re
import threading
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest
import time_machine
from django.contrib.auth import SESSION_KEY
from django.db import connection
from django.urls import reverse

from tests.factories import (
    NOON,
    InvitationFactory,
    MembershipFactory,
    OrganisationFactory,
    UserFactory,
    actor_for,
)
from tests.plugin.mailbox import text_of
from uneplace.kit.refused import Refused
from uneplace.organisations import actions
from uneplace.organisations.models import Membership, Role, User
from uneplace.organisations.queries import hash_of
from uneplace.web.access import SESSION_KEY as ORGANISATION

PASSWORD = "quatre mots sans lien entre eux"
NEWCOMER = {"first_name": "Nadège", "last_name": "Quibel", "password": PASSWORD}
TOKEN = "un-jeton-pour-les-tests"
LINK = reverse("accounts:invitation", args=[TOKEN])


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def invitation(db):
    inviter = UserFactory(first_name="Maëlle", last_name="Cardinet")
    return InvitationFactory(
        organisation__name="Tournebise Construction",
        email="nadege@exemple.fr",
        token_hash=hash_of(TOKEN),
        invited_by=inviter,
    )


def test_the_whole_way_from_the_mail_to_the_organisation(client, mailbox):
    service = actor_for(OrganisationFactory(service=True))
    company = OrganisationFactory(company=True, name="Tournebise Construction")
    actions.invite(company, email="Nadege@exemple.fr", role=Role.ADMIN, by=service, at=NOON)
    (message,) = mailbox.to("nadege@exemple.fr")
    link = urlsplit(re.search(r"https?://\S+", text_of(message)).group()).path
    page = client.get(link).text
    assert "Rejoindre Tournebise Construction" in page
    assert str(service.user) in page
    assert client.post(link, NEWCOMER).url == reverse("home:home")
    membership = Membership.objects.get(organisation=company)
    assert (membership.user.email, membership.role) == ("nadege@exemple.fr", Role.ADMIN)
    assert membership.user.check_password(PASSWORD)
    assert client.session[SESSION_KEY] == str(membership.user.pk)
    assert client.session[ORGANISATION] == company.pk


def test_reading_the_link_writes_nothing(client, invitation):
    client.get(LINK)
    invitation.refresh_from_db()
    assert invitation.accepted_at is None
    assert not User.objects.filter(email=invitation.email).exists()


def test_what_is_typed_is_kept_when_the_password_is_too_short(client, invitation):
    page = client.post(LINK, NEWCOMER | {"password": "court"}).text
    assert "15 caractères" in page
    assert 'value="Nadège"' in page
    assert not User.objects.filter(email=invitation.email).exists()


def test_a_password_like_the_address_is_refused(client, invitation):
    page = client.post(LINK, NEWCOMER | {"password": "nadege@exemple.fr"}).text
    assert "trop semblable" in page


def test_an_unknown_link_is_explained(client, db):
    answer = client.get(LINK)
    assert answer.status_code == 404
    assert "Ce lien n’ouvre aucune invitation" in answer.text


def test_a_link_too_old_is_explained_and_opens_nothing(client, invitation):
    with time_machine.travel(NOON + timedelta(days=14), tick=False):
        answer = client.post(LINK, NEWCOMER)
    assert answer.status_code == 410
    assert "n’est plus valable depuis le 29 juin 2026" in answer.text
    assert "Maëlle Cardinet" in answer.text
    assert not User.objects.filter(email=invitation.email).exists()


def test_a_link_already_used_is_explained(client, invitation):
    client.post(LINK, NEWCOMER)
    client.logout()
    answer = client.get(LINK)
    assert answer.status_code == 410
    assert "a déjà servi, le 15 juin 2026" in answer.text


def test_an_address_with_an_account_is_asked_to_sign_in_first(client, invitation):
    UserFactory(email=invitation.email)
    page = client.get(LINK).text
    assert f"{reverse('accounts:login')}?next={LINK}" in page
    client.post(LINK, NEWCOMER)
    assert not Membership.objects.filter(organisation=invitation.organisation).exists()


def test_somebody_with_an_account_joins_and_keeps_the_other_organisations(client, invitation):
    other = MembershipFactory(user__email=invitation.email)
    client.force_login(other.user)
    assert "Votre compte est ouvert" in client.get(LINK).text
    assert client.post(LINK).url == reverse("home:home")
    organisations = (
        Membership.objects.current().filter(user=other.user).values_list("organisation", flat=True)
    )
    assert set(organisations) == {other.organisation_id, invitation.organisation_id}


def test_an_invitation_to_somebody_else_says_why_not(client, invitation):
    stranger = MembershipFactory().user
    client.force_login(stranger)
    for answer in (client.get(LINK), client.post(LINK)):
        assert f"adressée à {invitation.email}" in answer.text
    assert not Membership.objects.filter(organisation=invitation.organisation).exists()


def test_only_the_hash_of_the_token_is_kept(invitation):
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM organisations_invitation WHERE token_hash = %s", [TOKEN])
        assert cursor.fetchone() == (0,)


def test_inviting_again_makes_the_first_link_useless(client, mailbox):
    company = actor_for(OrganisationFactory(company=True))
    for _ in range(2):
        actions.invite(company.organisation, email="nadege@exemple.fr", role=Role.MEMBER, by=company, at=NOON)
    links = [
        urlsplit(re.search(r"https?://\S+", text_of(message)).group()).path
        for message in mailbox.to("nadege@exemple.fr")
    ]
    assert sorted(client.get(link).status_code for link in links) == [200, 410]


def accept_together(acts):
    """What two acts answer when they start at the same moment, each on its own connection."""
    barrier, outcomes = threading.Barrier(len(acts)), []

    def run(act):
        try:
            barrier.wait()
            outcomes.append(act())
        except Refused as refusal:
            outcomes.append(refusal)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("round_number", range(5))
def test_of_two_newcomers_with_the_same_link_one_wins(invitation, round_number):
    at = datetime(2026, 6, 16, 9, 0, tzinfo=UTC)
    outcomes = accept_together(
        [
            lambda name=name: actions.accept_as_newcomer(
                invitation, first_name=name, last_name="Essai", password=PASSWORD, at=at
            )
            for name in ("Anne", "Zoé")
        ]
    )
    winners = [outcome for outcome in outcomes if isinstance(outcome, Membership)]
    assert len(winners) == 1
    assert len(outcomes) == 2
    assert User.objects.filter(email=invitation.email).count() == 1
    assert Membership.objects.get(organisation=invitation.organisation) == winners[0]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("round_number", range(5))
def test_accepting_twice_at_once_joins_once(invitation, round_number):
    user = UserFactory(email=invitation.email)
    at = datetime(2026, 6, 16, 9, 0, tzinfo=UTC)
    outcomes = accept_together(
        [lambda: actions.accept_invitation(invitation, user=user, at=at) for _ in range(2)]
    )
    assert sum(isinstance(outcome, Membership) for outcome in outcomes) == 1
    assert sum(isinstance(outcome, Refused) for outcome in outcomes) == 1
    assert Membership.objects.filter(organisation=invitation.organisation).count() == 1
