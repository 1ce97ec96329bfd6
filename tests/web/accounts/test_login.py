import pytest
from django.contrib.auth import SESSION_KEY
from django.urls import reverse

from tests.factories import PASSWORD, MembershipFactory, OrganisationFactory, UserFactory
from uneplace.demo.accounts import ACCOUNTS

LOGIN = reverse("accounts:login")
REFUSAL = "L’adresse ou le mot de passe ne correspond pas"


@pytest.fixture
def user(db):
    return MembershipFactory(organisation=OrganisationFactory(company=True)).user


def test_it_shows_the_form_and_no_demo_account(client, db, settings):
    settings.UNEPLACE_DEMO = False
    page = client.get(LOGIN).text
    assert "Adresse électronique" in page
    assert "Essayer sans compte" not in page


def test_it_lets_in_with_the_right_password(client, user):
    answer = client.post(LOGIN, {"email": user.email, "password": PASSWORD})
    assert answer.status_code == 302
    assert answer.url == reverse("home:home")
    assert client.session[SESSION_KEY] == str(user.pk)


def test_the_address_is_read_whatever_its_case(client, user):
    client.post(LOGIN, {"email": user.email.upper(), "password": PASSWORD})
    assert client.session[SESSION_KEY] == str(user.pk)


def test_a_known_and_an_unknown_address_get_the_same_answer(client, user):
    def refusal(email):
        answer = client.post(LOGIN, {"email": email, "password": "pas le bon mot de passe"})
        return answer.status_code, answer.text.replace(email, "").split("csrfmiddlewaretoken")[0]

    known, unknown = refusal(user.email), refusal("personne@exemple.fr")
    assert known == unknown
    assert REFUSAL in known[1]
    assert SESSION_KEY not in client.session


def test_a_closed_account_stays_out(client, db):
    user = UserFactory(is_active=False)
    assert REFUSAL in client.post(LOGIN, {"email": user.email, "password": PASSWORD}).text


def test_the_address_typed_is_kept_and_the_password_is_not(client, user):
    page = client.post(LOGIN, {"email": user.email, "password": "pas le bon mot de passe"}).text
    assert f'value="{user.email}"' in page
    assert "pas le bon mot de passe" not in page
    assert "<title>Erreur" in page


@pytest.mark.parametrize("missing", ["email", "password"])
def test_what_is_missing_is_said(client, user, missing):
    values = {"email": user.email, "password": PASSWORD} | {missing: ""}
    page = client.post(LOGIN, values).text
    assert {"email": "Écrivez votre adresse", "password": "Écrivez votre mot de passe"}[missing] in page


def test_it_goes_where_the_person_was_going(client, user):
    answer = client.post(LOGIN, {"email": user.email, "password": PASSWORD, "next": "/mon-organisation/"})
    assert answer.url == "/mon-organisation/"


@pytest.mark.parametrize(
    "elsewhere", ["https://ailleurs.exemple.fr/", "//ailleurs.exemple.fr", "javascript:alert(1)"]
)
def test_it_never_goes_to_another_site(client, user, elsewhere):
    answer = client.post(LOGIN, {"email": user.email, "password": PASSWORD, "next": elsewhere})
    assert answer.url == reverse("home:home")


def test_somebody_signed_in_goes_on(client, user):
    client.force_login(user)
    assert client.get(LOGIN).url == reverse("home:home")


def test_signing_out_takes_a_post(client, user):
    client.force_login(user)
    assert client.get(reverse("accounts:logout")).status_code == 405
    assert client.post(reverse("accounts:logout")).url == LOGIN
    assert SESSION_KEY not in client.session


def test_the_demo_shows_its_accounts_and_opens_them_in_one_click(client, db, settings):
    settings.UNEPLACE_DEMO = True
    account = ACCOUNTS[0]
    user = UserFactory(email=account.email)
    page = client.get(LOGIN).text
    assert all(one.name in page and one.role_label in page for one in ACCOUNTS)
    answer = client.post(reverse("accounts:demo_enter"), {"account": account.key})
    assert answer.url == reverse("home:home")
    assert client.session[SESSION_KEY] == str(user.pk)


def test_nobody_enters_the_demo_where_there_is_none(client, db, settings):
    settings.UNEPLACE_DEMO = False
    UserFactory(email=ACCOUNTS[0].email)
    assert client.post(reverse("accounts:demo_enter"), {"account": ACCOUNTS[0].key}).status_code == 404
    assert SESSION_KEY not in client.session


def test_the_demo_opens_no_other_account(client, user, settings):
    settings.UNEPLACE_DEMO = True
    assert client.post(reverse("accounts:demo_enter"), {"account": user.email}).status_code == 404


def test_a_demo_not_loaded_says_so(client, db, settings):
    settings.UNEPLACE_DEMO = True
    answer = client.post(reverse("accounts:demo_enter"), {"account": ACCOUNTS[0].key}, follow=True)
    assert "n’est pas chargé" in answer.text
