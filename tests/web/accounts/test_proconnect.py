"""Signing in by ProConnect, against a certified implementation of OpenID Connect that runs for the tests."""

import re
import socket
from html import unescape
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth import SESSION_KEY
from django.core.exceptions import ImproperlyConfigured
from django.urls import reverse

from tests.factories import PASSWORD, MembershipFactory, OrganisationFactory, UserFactory
from uneplace.journal.models import Entry
from uneplace.kit.environment import OidcClient, proconnect_client
from uneplace.organisations.models import Identity, User
from uneplace.web.accounts.proconnect import ID_TOKEN, STATES

LOGIN = reverse("accounts:login")
GO = reverse("accounts:proconnect")
BACK = reverse("accounts:proconnect_back")
OWN = reverse("accounts:organisation")
UNLINK = reverse("accounts:unlink_proconnect")
STRONG = {"amr": ["pwd", "mfa"], "acr": "eidas2"}


@pytest.fixture
def invited(db):
    """An account opened by an invitation: the link proved its address."""
    user = UserFactory(email="ines.moreau@exemple.fr", last_name="Moreau")
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    MembershipFactory(user=user, organisation=OrganisationFactory(company=True, siret="00000001200015"))
    return user


@pytest.fixture(autouse=True)
def _compulsory_second_factor(settings):
    settings.SECOND_FACTOR = True


def come_back(client, provider, *, going_to="", **who):
    """Leave for the provider, sign in there as this person, and come back."""
    who = {"sub": "ines", "email": "ines.moreau@exemple.fr", "siret": "00000001200015", **STRONG} | who
    leaving = client.get(GO, {"next": going_to} if going_to else {})
    return client.get(provider.sign_in(leaving["Location"], **who))


def told(client):
    """What the sign-in page says."""
    return unescape(client.get(LOGIN).text)


def is_in(client):
    return SESSION_KEY in client.session


class TestOff:
    def test_nothing_is_offered_unless_configured(self, client, db, settings):
        assert settings.PROCONNECT is None
        assert "ProConnect" not in client.get(LOGIN).text
        assert client.get(GO).status_code == 404
        assert client.get(BACK, {"code": "x", "state": "y"}).status_code == 404

    def test_half_a_configuration_is_refused(self, monkeypatch):
        monkeypatch.setenv("UNEPLACE_PROCONNECT_ISSUER", "https://identite.exemple.fr/api/v2/")
        with pytest.raises(ImproperlyConfigured, match="CLIENT_ID, UNEPLACE_PROCONNECT_CLIENT_SECRET"):
            proconnect_client()
        monkeypatch.setenv("UNEPLACE_PROCONNECT_CLIENT_ID", "uneplace")
        monkeypatch.setenv("UNEPLACE_PROCONNECT_CLIENT_SECRET", "secret")
        found = proconnect_client()
        assert found == OidcClient("https://identite.exemple.fr/api/v2", "uneplace", "secret")
        assert "secret" not in repr(found).replace("client_secret", "")
        monkeypatch.setenv("UNEPLACE_PROCONNECT_ISSUER", "http://identite.exemple.fr")
        with pytest.raises(ImproperlyConfigured, match="https"):
            proconnect_client()


class TestLeaving:
    def test_what_is_sent_is_what_is_documented_and_nothing_else(self, client, db, provider):
        assert GO in client.get(LOGIN).text
        address = client.get(GO)["Location"]
        sent = parse_qs(urlsplit(address).query)
        assert set(sent) == {
            "response_type",
            "client_id",
            "redirect_uri",
            "scope",
            "claims",
            "state",
            "nonce",
        }
        assert len(sent["state"][0]) >= 32
        assert len(sent["nonce"][0]) >= 32
        assert sent["state"] != sent["nonce"]
        assert sent["claims"] == ['{"id_token":{"amr":null,"acr":null}}']

    def test_each_departure_draws_anew(self, client, db, provider):
        one, other = (parse_qs(urlsplit(client.get(GO)["Location"]).query) for _ in range(2))
        assert one["state"] != other["state"]
        assert one["nonce"] != other["nonce"]


class TestComingBack:
    def test_the_first_time_the_account_of_the_address_is_bound_and_told(
        self, client, provider, invited, mailbox
    ):
        assert come_back(client, provider).url == "/"
        assert is_in(client)
        assert client.get(OWN).status_code == 200
        found = Identity.objects.get()
        assert (found.user, found.sub, found.issuer) == (invited, "ines", provider.client.issuer)
        assert Entry.objects.filter(verb="user.identity_linked").count() == 1
        assert len(mailbox.to(invited.email)) == 1

    def test_the_next_time_nothing_changes(self, client, provider, invited):
        come_back(client, provider)
        client.logout()
        come_back(client, provider, email="INES.Moreau@exemple.fr")
        assert is_in(client)
        linked = Entry.objects.filter(verb="user.identity_linked")
        assert Identity.objects.count() == linked.count() == 1

    def test_one_goes_where_one_was_going(self, client, provider, invited):
        assert come_back(client, provider, going_to=OWN).url == OWN

    def test_nobody_is_led_elsewhere(self, client, provider, invited):
        assert come_back(client, provider, going_to="https://ailleurs.exemple.fr/").url == "/"

    @pytest.mark.parametrize(
        "proved",
        [
            pytest.param({"amr": ["pwd", "mfa"], "acr": None}, id="amr"),
            pytest.param({"amr": ["pwd"], "acr": "eidas2"}, id="acr"),
        ],
    )
    def test_two_factors_there_are_enough_here(self, client, provider, invited, proved):
        come_back(client, provider, **proved)
        assert client.get(OWN).status_code == 200

    def test_a_password_alone_there_asks_for_our_second_factor(self, client, provider, invited):
        come_back(client, provider, amr=["pwd"], acr="eidas1")
        assert client.get(OWN).url.startswith(reverse("accounts:enrol"))

    def test_another_siret_is_said_and_changes_nothing(self, client, provider, invited):
        come_back(client, provider, siret="00000009900013")
        page = client.get(OWN).text
        assert "vous rattache au SIRET 00000009900013" in page

    def test_the_own_siret_is_not(self, client, provider, invited):
        come_back(client, provider)
        assert "vous rattache" not in client.get(OWN).text


class TestRefused:
    def test_an_address_without_account_opens_none(self, client, provider, invited):
        come_back(client, provider, sub="autre", email="inconnu@exemple.fr")
        assert not is_in(client)
        assert "Aucun compte Uneplace n’est ouvert pour l’adresse inconnu@exemple.fr" in told(client)
        assert User.objects.count() == 1
        assert not Identity.objects.exists()

    def test_nor_an_account_whose_address_no_invitation_proved(self, client, provider, db):
        UserFactory(email="ines.moreau@exemple.fr")
        come_back(client, provider)
        assert not is_in(client)

    def test_nor_a_closed_account(self, client, provider, invited):
        come_back(client, provider)
        client.logout()
        invited.is_active = False
        invited.save()
        come_back(client, provider)
        assert not is_in(client)

    def test_another_sub_with_the_same_address_opens_nothing(self, client, provider, invited):
        come_back(client, provider)
        client.logout()
        come_back(client, provider, sub="un autre que moi")
        assert not is_in(client)
        assert "déjà relié à une autre identité" in told(client)
        assert Identity.objects.get().sub == "ines"

    def test_a_known_sub_under_another_address_opens_nothing(self, client, provider, invited):
        come_back(client, provider)
        client.logout()
        come_back(client, provider, email="nouvelle@exemple.fr")
        assert not is_in(client)

    def test_an_address_that_is_not_verified(self, client, provider, invited):
        come_back(client, provider, email_verified=False)
        assert not is_in(client)
        assert not Identity.objects.exists()

    def test_who_gives_up_is_told(self, client, provider, invited):
        come_back(client, provider, refuses=True)
        assert not is_in(client)
        assert "n’êtes pas allé au bout" in told(client)


class TestForged:
    @pytest.mark.parametrize("forged", ["signature", "key", "plain", "sub", "audience"])
    def test_a_userinfo_that_is_not_theirs_opens_nothing(self, client, provider, invited, forged):
        come_back(client, provider, forged=forged)
        assert not is_in(client)
        assert "n’a pas abouti" in told(client)
        assert not Identity.objects.exists()

    def test_a_state_of_another_browser(self, client, provider, invited):
        leaving = client.get(GO)["Location"]
        code = parse_qs(urlsplit(provider.sign_in(leaving, sub="ines", email=invited.email)).query)["code"]
        client.get(BACK, {"code": code[0], "state": "x" * 43})
        assert not is_in(client)
        assert "n’a pas abouti" in told(client)

    def test_an_answer_serves_once(self, client, provider, invited):
        leaving = client.get(GO)["Location"]
        answer = provider.sign_in(leaving, sub="ines", email=invited.email, **STRONG)
        client.get(answer)
        client.logout()
        client.get(answer)
        assert not is_in(client)

    def test_an_answer_to_another_nonce(self, client, provider, invited):
        leaving = client.get(GO)["Location"]
        session = client.session
        for kept in session[STATES].values():
            kept["nonce"] = "y" * 43
        session.save()
        client.get(provider.sign_in(leaving, sub="ines", email=invited.email, **STRONG))
        assert not is_in(client)

    def test_a_code_of_nobody(self, client, provider, invited):
        state = parse_qs(urlsplit(client.get(GO)["Location"]).query)["state"][0]
        client.get(BACK, {"code": "invente", "state": state})
        assert not is_in(client)
        assert "n’a pas abouti" in told(client)

    def test_the_provider_itself_refuses_what_is_not_documented(self, client, db, provider):
        address = client.get(GO)["Location"]
        with pytest.raises(AssertionError, match="Y000400"):
            provider.sign_in(f"{address}&{urlencode({'acr_values': 'eidas2'})}", sub="ines")


class TestSilent:
    @pytest.fixture
    def _down(self, settings, db):
        with socket.socket() as nobody:
            nobody.bind(("127.0.0.1", 0))  # and does not listen
            port = nobody.getsockname()[1]
            settings.PROCONNECT = OidcClient(f"http://127.0.0.1:{port}", "uneplace", "secret")
            settings.OUTBOUND_HOSTS |= {settings.PROCONNECT.host}
            yield

    @pytest.mark.usefixtures("_down")
    def test_one_reads_why_and_the_password_still_opens(self, client, settings):
        settings.SECOND_FACTOR = False
        user = UserFactory()
        assert client.get(GO).url == LOGIN
        assert "ProConnect ne répond pas" in told(client)
        client.post(LOGIN, {"email": user.email, "password": PASSWORD})
        assert is_in(client)

    def test_one_leaves_all_the_same(self, client, provider, invited, settings):
        come_back(client, provider)
        settings.PROCONNECT = OidcClient("http://127.0.0.1:9", "uneplace", "secret")
        assert client.post(reverse("accounts:logout")).url == LOGIN
        assert not is_in(client)
        assert "la session peut y rester ouverte" in told(client)


class TestGoingOut:
    def test_the_session_ends_here_and_there(self, client, provider, invited):
        come_back(client, provider)
        id_token = client.session[ID_TOKEN]
        page = client.post(reverse("accounts:logout")).text
        assert not is_in(client)
        address = unescape(re.search(r'content="0; url=([^"]+)"', page).group(1))
        sent = parse_qs(urlsplit(address).query)
        assert sent["id_token_hint"] == [id_token]
        assert len(sent["state"][0]) >= 32
        returned = provider.sign_out(address)
        assert parse_qs(urlsplit(returned).query)["state"] == sent["state"]
        assert client.get(returned).url == LOGIN
        assert "chez ProConnect aussi" in told(client)

    def test_who_came_by_password_leaves_as_before(self, client, provider, invited):
        client.force_login(invited)
        assert client.post(reverse("accounts:logout")).url == LOGIN

    def test_a_return_that_nobody_awaits_says_nothing(self, client, provider, db):
        client.get(reverse("accounts:proconnect_left"), {"state": ""})
        assert "chez ProConnect" not in told(client)


class TestDetaching:
    def test_one_detaches_and_another_identity_may_come(self, client, provider, invited, mailbox):
        come_back(client, provider)
        assert UNLINK in client.get(reverse("accounts:account")).text
        client.get(UNLINK)
        assert Identity.objects.exists()
        client.post(UNLINK)
        assert not Identity.objects.exists()
        assert Entry.objects.latest("pk").verb == "user.identity_unlinked"
        client.logout()
        come_back(client, provider, sub="nouveau")
        assert is_in(client)

    def test_there_is_nothing_to_detach(self, client, provider, invited):
        come_back(client, provider)
        Identity.objects.all().delete()
        assert "Aucune identité ProConnect" in client.get(UNLINK).text
