from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.contrib.auth import SESSION_KEY
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from tests.factories import (
    NOON,
    PASSWORD,
    InvitationFactory,
    MembershipFactory,
    OrganisationFactory,
    PartnershipFactory,
    actor_for,
)
from tests.plugin.mailbox import text_of
from tests.web.accounts.factors import PROVE, code_of, secret_of, sign_in, with_application
from uneplace.journal.models import Entry
from uneplace.kit.crypto import keyring
from uneplace.kit.environment import new_key
from uneplace.kit.refused import Refused
from uneplace.organisations import factors, sealed_factors
from uneplace.organisations.actions import set_password
from uneplace.organisations.models import Role
from uneplace.organisations.queries import hash_of
from uneplace.web.checks import second_factor_is_asked

HOME = reverse("home:home")
ENROL = reverse("accounts:enrol")
APPLICATION = reverse("accounts:add_application")
CODES = reverse("accounts:recovery_codes")
ACCOUNT = reverse("accounts:account")
CONFIRM = reverse("accounts:confirm")


@pytest.fixture(autouse=True)
def _compulsory(settings):
    settings.SECOND_FACTOR = True
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def user(db):
    return MembershipFactory(organisation=OrganisationFactory(company=True)).user


@pytest.fixture
def secret(user):
    return with_application(user, at=NOON)


def page_of(client, path=HOME):
    return client.get(path)


class TestTheGate:
    @pytest.mark.parametrize("role", Role.values)
    def test_no_file_is_shown_before_a_second_factor_is_set_up(self, client, db, role):
        actor = actor_for(OrganisationFactory(service=True), role)
        sign_in(client, actor.user)
        for route in ("home:home", "people:list", "hours:list", "contracts:list", "accounts:organisation"):
            path = reverse(route)
            assert page_of(client, path).url == f"{ENROL}?next={path.replace('/', '%2F')}"

    def test_a_post_does_nothing_before_it_either(self, client, user):
        sign_in(client, user)
        answer = client.post(reverse("accounts:organisation"), {"email": "x@exemple.fr", "role": "MEMBER"})
        assert answer.url.startswith(ENROL)
        assert not Entry.objects.filter(verb="invitation.sent").exists()

    def test_a_session_older_than_the_factor_must_prove_it(self, client, user):
        client.force_login(user)
        secret = with_application(user, at=NOON)
        assert page_of(client).url.startswith(PROVE)
        assert client.post(PROVE, {"code": code_of(secret), "next": HOME}).url == HOME
        assert page_of(client).status_code == 200

    def test_a_newcomer_sets_it_up_right_after_the_invitation(self, client, db):
        InvitationFactory(email="nadege@exemple.fr", token_hash=hash_of("jeton"))
        values = {
            "first_name": "Nadège",
            "last_name": "Quibel",
            "password": "quatre mots sans lien entre eux",
        }
        client.post(reverse("accounts:invitation", args=["jeton"]), values)
        assert page_of(client).url.startswith(ENROL)
        assert client.get(APPLICATION).status_code == 200

    def test_an_account_of_no_organisation_is_not_asked_for_one(self, client, user):
        user.memberships.update(ended_at=NOON)
        sign_in(client, user)
        assert page_of(client, ACCOUNT).status_code == 200

    def test_an_installation_may_do_without(self, client, user, settings):
        settings.SECOND_FACTOR = False
        sign_in(client, user)
        assert page_of(client).status_code == 200


class TestSigningIn:
    def test_the_password_alone_opens_nothing(self, client, user, secret):
        answer = client.post(reverse("accounts:login"), {"email": user.email, "password": PASSWORD})
        assert answer.url == PROVE
        assert SESSION_KEY not in client.session
        assert page_of(client, ACCOUNT).url.startswith("/connexion/")

    def test_the_code_opens_the_page_one_was_going_to(self, client, user, secret):
        values = {"email": user.email, "password": PASSWORD, "next": "/mon-organisation/"}
        client.post(reverse("accounts:login"), values)
        assert user.email in client.get(PROVE).text
        assert client.post(PROVE, {"code": code_of(secret)}).url == "/mon-organisation/"
        assert client.get("/mon-organisation/").status_code == 200

    def test_a_wrong_code_opens_nothing(self, client, user, secret):
        client.post(reverse("accounts:login"), {"email": user.email, "password": PASSWORD})
        page = client.post(PROVE, {"code": "000000"}).text
        assert "Ce code ne correspond pas" in page
        assert SESSION_KEY not in client.session

    def test_a_code_serves_once(self, client, user, secret):
        sign_in(client, user, secret)
        other = Client()
        assert "Ce code ne correspond pas" in sign_in(other, user, secret).text

    @pytest.mark.parametrize("seconds", [31, 45, 59])
    def test_a_code_serves_once_as_long_as_it_is_worth_something(self, client, user, secret, seconds):
        code = code_of(secret, later=1)
        client.post(reverse("accounts:login"), {"email": user.email, "password": PASSWORD})
        assert client.post(PROVE, {"code": code}).status_code == 302
        with time_machine.travel(NOON + timedelta(seconds=seconds), tick=False):
            again = Client()
            again.post(reverse("accounts:login"), {"email": user.email, "password": PASSWORD})
            assert again.post(PROVE, {"code": code}).status_code == 200
            assert SESSION_KEY not in again.session

    def test_a_password_changed_meanwhile_stops_a_sign_in_half_done(self, client, user, secret):
        client.post(reverse("accounts:login"), {"email": user.email, "password": PASSWORD})
        set_password(user, "un tout autre secret de phrase", at=NOON)
        assert client.post(PROVE, {"code": code_of(secret)}).url.startswith("/connexion/")
        assert SESSION_KEY not in client.session

    def test_a_recovery_code_serves_once_and_says_how_many_are_left(self, client, user, secret):
        code = factors.recovery_codes_of(user)[0]
        sign_in(client, user)
        answer = client.post(PROVE, {"code": f"{code[:4]} {code[4:]}"}, follow=True)
        assert "Il vous en reste 9" in answer.text
        other = Client()
        sign_in(other, user)
        assert "ne correspond pas" in other.post(PROVE, {"code": code}).text

    def test_nobody_proves_anything_without_a_password_first(self, client, user, secret):
        assert client.get(PROVE).url.startswith("/connexion/")
        assert client.post(PROVE, {"code": code_of(secret)}).url.startswith("/connexion/")

    def test_a_password_is_forgotten_when_the_code_does_not_come_in_a_quarter_of_an_hour(
        self, client, user, secret
    ):
        sign_in(client, user)
        with time_machine.travel(NOON + timedelta(minutes=16), tick=False):
            assert client.post(PROVE, {"code": code_of(secret)}).url.startswith("/connexion/")

    def test_codes_are_guessed_ten_times_at_most(self, client, user, secret):
        sign_in(client, user)
        checked = 0
        for minute in range(14):
            with time_machine.travel(NOON + timedelta(minutes=minute), tick=False):
                checked += "Ce code ne correspond pas" in client.post(PROVE, {"code": "000000"}).text
        assert checked == 10

    def test_what_a_broken_key_answers_is_refused(self, client, user, secret):
        sign_in(client, user)
        for nonsense in ("", "{}", "[]", "null", '{"id": "x", "response": {}}', "no json"):
            assert "La clé n’a pas été reconnue" in client.post(PROVE, {"credential": nonsense}).text
        assert SESSION_KEY not in client.session


class TestSettingUp:
    def test_an_application_is_added_with_its_first_code(self, client, user, mailbox):
        sign_in(client, user)
        client.get(f"{APPLICATION}?next=/mon-organisation/")
        typed = client.session["mfa.totp.secret"]
        answer = client.post(APPLICATION, {"code": code_of(typed), "next": "/mon-organisation/"})
        assert answer.url == f"{CODES}?next=%2Fmon-organisation%2F"
        assert secret_of(user) == typed
        codes = client.get(answer.url).text
        assert all(f"{code[:4]} {code[4:]}" in codes for code in factors.recovery_codes_of(user))
        assert client.get(HOME).status_code == 200
        assert Entry.objects.get(verb="user.factor_added").details == {"kind": "totp"}
        assert "confirmer vos connexions" in text_of(mailbox.to(user.email)[0])

    def test_a_wrong_first_code_adds_nothing(self, client, user):
        sign_in(client, user)
        client.get(APPLICATION)
        kept = client.session["mfa.totp.secret"]
        assert "Ce n’est pas le code attendu" in client.post(APPLICATION, {"code": "123456"}).text
        assert client.session["mfa.totp.secret"] == kept
        assert not Authenticator.objects.exists()

    def test_the_secret_is_shown_in_letters_and_as_a_picture(self, client, user):
        sign_in(client, user)
        page = client.get(APPLICATION).text
        assert client.session["mfa.totp.secret"][:4] in page
        assert "data:image/svg+xml;base64," in page

    def test_a_password_typed_long_ago_is_asked_for_again(self, client, user):
        sign_in(client, user)
        with time_machine.travel(NOON + timedelta(minutes=6), tick=False):
            answer = client.get(APPLICATION)
            assert answer.url == f"{CONFIRM}?next={APPLICATION.replace('/', '%2F')}"
            assert "Ce n’est pas le mot de passe" in client.post(CONFIRM, {"password": "autre chose"}).text
            assert client.post(CONFIRM, {"password": PASSWORD, "next": APPLICATION}).url == APPLICATION
            assert client.get(APPLICATION).status_code == 200

    def test_a_stolen_session_that_proved_nothing_does_not_read_the_codes(self, client, user):
        client.force_login(user)
        with_application(user, at=NOON)
        for path in (CODES, APPLICATION):
            assert client.get(path).url.startswith(PROVE)

    def test_the_only_factor_stays_while_it_is_compulsory(self, client, user, secret):
        sign_in(client, user, secret)
        factor = Authenticator.objects.get(user=user, type="totp")
        path = reverse("accounts:remove_factor", args=[factor.pk])
        assert "ajoutez-en d’abord un autre" in client.get(path).text
        assert "ajoutez-en d’abord un autre" in client.post(path).text
        assert Authenticator.objects.filter(pk=factor.pk).exists()

    def test_it_goes_with_its_codes_where_it_is_not(self, client, user, secret, settings):
        settings.SECOND_FACTOR = False
        sign_in(client, user, secret)
        factor = Authenticator.objects.get(user=user, type="totp")
        assert client.post(reverse("accounts:remove_factor", args=[factor.pk])).url == ACCOUNT
        assert not Authenticator.objects.filter(user=user).exists()

    def test_the_factor_of_somebody_else_is_nobodys(self, client, user, secret):
        other = actor_for(OrganisationFactory(company=True)).user
        with_application(other, at=NOON)
        sign_in(client, user, secret)
        theirs = Authenticator.objects.get(user=other, type="totp")
        assert client.get(reverse("accounts:remove_factor", args=[theirs.pk])).status_code == 404
        assert client.post(reverse("accounts:remove_factor", args=[theirs.pk])).status_code == 404

    def test_new_recovery_codes_replace_the_old(self, client, user, secret):
        sign_in(client, user, secret)
        before = factors.recovery_codes_of(user)
        assert client.post(reverse("accounts:renew_recovery_codes")).url == CODES
        assert not set(before) & set(factors.recovery_codes_of(user))


class TestLosingIt:
    def test_an_administrator_resets_it_and_the_person_is_told(self, client, user, secret, mailbox):
        organisation = user.memberships.get().organisation
        admin = actor_for(organisation)
        theirs = with_application(admin.user, at=NOON)
        lost = Client()
        sign_in(lost, user, secret)
        sign_in(client, admin.user, theirs)
        path = reverse("accounts:reset_factors", args=[user.memberships.get().pk])
        assert "de vive voix" in client.get(path).text
        assert client.post(path).url == reverse("accounts:organisation")
        assert lost.get(ACCOUNT).url.startswith("/connexion/")
        assert sign_in(lost, user).url == HOME
        assert lost.get(HOME).url.startswith(ENROL)
        entry = Entry.objects.get(verb="user.factors_reset")
        assert (entry.user_id, entry.about_id) == (admin.user.pk, user.pk)
        assert str(admin.user) in text_of(mailbox.to(user.email)[-1])

    def test_a_member_resets_nobodys(self, client, user, secret):
        organisation = user.memberships.get().organisation
        member = actor_for(organisation, Role.MEMBER)
        theirs = with_application(member.user, at=NOON)
        sign_in(client, member.user, theirs)
        path = reverse("accounts:reset_factors", args=[user.memberships.get().pk])
        assert client.post(path).status_code == 403
        assert factors.factors_of(user)

    def test_another_organisation_knows_nothing_of_it(self, client, user, secret):
        stranger = actor_for(OrganisationFactory(buyer=True))
        theirs = with_application(stranger.user, at=NOON)
        sign_in(client, stranger.user, theirs)
        path = reverse("accounts:reset_factors", args=[user.memberships.get().pk])
        assert client.post(path).status_code == 404

    @pytest.mark.parametrize("others, status", [(0, 302), (1, 403)])
    def test_a_service_resets_it_for_the_only_administrator(self, client, user, secret, others, status):
        organisation = user.memberships.get().organisation
        for _ in range(others):
            actor_for(organisation)
        service = actor_for(OrganisationFactory(service=True))
        PartnershipFactory(service=service.organisation, organisation=organisation)
        theirs = with_application(service.user, at=NOON)
        sign_in(client, service.user, theirs)
        path = reverse("accounts:reset_factors", args=[user.memberships.get().pk])
        assert (path in client.get(reverse("accounts:partners")).text) == (others == 0)
        assert client.post(path).status_code == status

    def test_a_service_resets_nothing_outside_its_partners(self, client, user, secret):
        service = actor_for(OrganisationFactory(service=True))
        theirs = with_application(service.user, at=NOON)
        sign_in(client, service.user, theirs)
        path = reverse("accounts:reset_factors", args=[user.memberships.get().pk])
        assert client.get(path).status_code == 404
        assert client.post(path).status_code == 404
        assert factors.factors_of(user)

    def test_there_is_nothing_to_reset_twice(self, user, secret):
        admin = actor_for(user.memberships.get().organisation)
        factors.reset_factors(user, by=admin, at=NOON)
        with pytest.raises(Refused, match="pas de double authentification"):
            factors.reset_factors(user, by=admin, at=NOON)


def test_who_holds_the_server_resets_it_for_the_last_administrator(user, secret):
    call_command("reset_factors", user.email, stdout=StringIO())
    assert not factors.factors_of(user)
    assert Entry.objects.get(verb="user.factors_reset").about_id == user.pk
    for email, reason in [(user.email, "pas de double"), ("personne@exemple.fr", "Aucun compte")]:
        with pytest.raises(CommandError, match=reason):
            call_command("reset_factors", email, stdout=StringIO())


class TestWhatIsKept:
    def test_no_secret_is_readable_in_the_database(self, user, secret):
        rows = Authenticator.objects.filter(user=user)
        kept = {row.type: row.data.get("secret") or row.data.get("seed") for row in rows}
        assert set(kept) == {"totp", "recovery_codes"}
        assert secret not in str([row.data for row in rows])
        assert secret_of(user) == secret

    def test_they_are_sealed_anew_when_the_key_changes(self, user, secret, settings):
        codes = factors.recovery_codes_of(user)
        former = settings.ENCRYPTION_KEYS
        settings.ENCRYPTION_KEYS = [new_key(), *former]
        assert sealed_factors.seal_anew() == 2
        assert sealed_factors.seal_anew() == 0
        settings.ENCRYPTION_KEYS = settings.ENCRYPTION_KEYS[:1]
        assert secret_of(user) == secret
        assert factors.recovery_codes_of(user) == codes
        assert set(sealed_factors.keys_in_use()) == {keyring().current.id}


@pytest.mark.parametrize(
    "asked, demo, warned", [(True, False, False), (False, False, True), (False, True, False)]
)
def test_an_installation_that_does_without_is_warned(settings, asked, demo, warned):
    settings.SECOND_FACTOR, settings.UNEPLACE_DEMO = asked, demo
    assert bool(second_factor_is_asked(None)) == warned


@pytest.mark.parametrize("asked", [True, False])
def test_the_demo_says_that_it_does_without(client, db, settings, asked):
    settings.SECOND_FACTOR, settings.UNEPLACE_DEMO = asked, True
    page = client.get(reverse("accounts:login")).text
    assert ("La double authentification y est facultative" in page) != asked
