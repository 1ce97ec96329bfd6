"""A second factor in a real browser: an application, a security key, and what a session that ends leaves."""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.factories import PASSWORD, MembershipFactory, OrganisationFactory
from tests.plugin.browser import WIDE
from tests.web.accounts.factors import code_of, secret_of, with_application
from uneplace.organisations import factors
from uneplace.organisations.sessions import end_sessions

pytestmark = pytest.mark.django_db(transaction=True)
PHONE = {"width": 390, "height": 844}
at_both_widths = pytest.mark.parametrize("size", [WIDE, PHONE], ids=["desk", "phone"])


@pytest.fixture(autouse=True)
def _compulsory(settings):
    settings.SECOND_FACTOR = True


@pytest.fixture
def user():
    return MembershipFactory(organisation=OrganisationFactory(company=True, name="Tournebise")).user


@pytest.fixture
def look(axe, request):
    """`look(page, name)` checks the page with axe, and keeps a picture when SHOTS names a folder."""

    def check(page, name):
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        if folder := os.environ.get("SHOTS"):
            page.screenshot(path=Path(folder) / f"{name}-{page.viewport_size['width']}.png", full_page=True)

    return check


def type_password(page, user, password=PASSWORD):
    page.goto("/connexion/")
    page.get_by_label("Adresse électronique").fill(user.email)
    page.get_by_label("Mot de passe").fill(password)
    page.get_by_role("button", name="Se connecter").click()


def plug_key(page):
    """A security key of Chromium's own, that answers at once."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "usb",
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})


@at_both_widths
def test_an_application_is_set_up_then_asked_for(open_page, look, user, size):
    page = open_page(size=size)
    type_password(page, user)
    expect(page.get_by_role("heading", level=1)).to_have_text("Protéger votre compte")
    look(page, "enrol")
    page.get_by_role("link", name="Utiliser une application").click()
    look(page, "add-application")
    expect(page.get_by_role("img", name="Carré à lire")).to_be_visible()
    secret = page.locator(".secret").inner_text().replace(" ", "")
    page.get_by_label("Code affiché par l’application").fill("000000")
    page.get_by_role("button", name="Vérifier et ajouter").click()
    expect(page.get_by_role("alert")).to_contain_text("Ce n’est pas le code attendu")
    look(page, "add-application-error")
    page.get_by_label("Code affiché par l’application").fill(code_of(secret))
    page.get_by_role("button", name="Vérifier et ajouter").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Vos codes de secours")
    code = factors.recovery_codes_of(user)[9]
    expect(page.get_by_text(f"{code[:4]} {code[4:]}", exact=True)).to_be_visible()
    look(page, "recovery-codes")
    page.get_by_role("link", name="Je les ai notés").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ce mois")

    other = open_page(size=size)
    type_password(other, user)
    expect(other.get_by_role("heading", level=1)).to_have_text("Confirmer que c’est vous")
    look(other, "prove")
    other.get_by_label("Code").fill(code_of(secret_of(user), later=1))
    other.get_by_role("button", name="Vérifier le code").click()
    expect(other.get_by_role("heading", level=1)).to_have_text("Ce mois")
    other.goto("/mon-compte/")
    expect(other.get_by_role("button", name="Fermer toutes les autres")).to_be_visible()
    look(other, "account")
    other.get_by_role("button", name="Fermer toutes les autres").click()
    expect(other.get_by_role("status")).to_contain_text("Les autres sessions sont fermées.")
    page.reload()
    expect(page.get_by_role("link", name="Se connecter").first).to_be_visible()


@at_both_widths
def test_a_security_key_is_set_up_then_asked_for(open_page, look, user, size):
    page = open_page(size=size)
    plug_key(page)
    type_password(page, user)
    page.get_by_role("link", name="Utiliser une clé").click()
    look(page, "add-key")
    page.get_by_label("Nom de la clé").fill("Clé bleue")
    page.get_by_role("button", name="Enregistrer ma clé").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Vos codes de secours")
    page.goto("/mon-compte/")
    expect(page.get_by_role("rowheader", name="Clé bleue")).to_be_visible()
    page.locator("header details.menu > summary").click()
    page.get_by_role("button", name="Se déconnecter").click()

    type_password(page, user)
    look(page, "prove-key")
    page.get_by_role("button", name="Utiliser ma clé").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ce mois")


def test_a_browser_without_the_key_says_so_and_a_code_helps(open_page, look, user):
    page = open_page()
    plug_key(page)
    type_password(page, user)
    page.get_by_role("link", name="Utiliser une clé").click()
    page.get_by_role("button", name="Enregistrer ma clé").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Vos codes de secours")

    other = open_page()
    other.add_init_script("navigator.credentials.get = () => Promise.reject(new DOMException('no key'))")
    type_password(other, user)
    other.get_by_role("button", name="Utiliser ma clé").click()
    expect(other.get_by_role("alert")).to_contain_text("La clé n’a pas répondu")
    look(other, "prove-key-missing")
    other.get_by_label("Code").fill(factors.recovery_codes_of(user)[0])
    other.get_by_role("button", name="Vérifier le code").click()
    expect(other.get_by_role("status")).to_contain_text("Il vous en reste 9")


@at_both_widths
def test_wrong_guesses_are_told_how_long_to_wait(open_page, look, user, size):
    page = open_page(size=size)
    for _ in range(4):
        type_password(page, user, "pas le bon mot de passe")
        expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_role("alert")).to_contain_text("n’a pas été vérifié")
    look(page, "sign-in-waiting")


@at_both_widths
def test_what_was_typed_when_a_session_ended_comes_back(open_page, look, user, size):
    at = datetime(2026, 6, 15, 10, 0, tzinfo=UTC)
    secret = with_application(user, at=at)
    page = open_page(size=size)
    type_password(page, user)
    page.get_by_label("Code").fill(code_of(secret))
    page.get_by_role("button", name="Vérifier le code").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ce mois")
    page.goto("/mon-compte/nom/")
    page.get_by_label("Prénom").fill("Ève-Marie")
    end_sessions(user)
    page.get_by_role("button", name="Enregistrer le nom").click()
    expect(page.get_by_text("Votre session est fermée.")).to_be_visible()
    look(page, "sign-in-ended")
    page.get_by_label("Adresse électronique").fill(user.email)
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Se connecter").click()
    page.get_by_label("Code").fill(code_of(secret, later=1))
    page.get_by_role("button", name="Vérifier le code").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Changer de nom")
    expect(page.get_by_label("Prénom")).to_have_value("Ève-Marie")
    expect(page.get_by_role("status")).to_contain_text("Ce que vous aviez tapé est revenu")
    look(page, "draft-back")
    page.get_by_role("button", name="Enregistrer le nom").click()
    user.refresh_from_db()
    assert user.first_name == "Ève-Marie"


def test_a_draft_is_put_back_for_nobody_else(open_page, user):
    user.memberships.update(ended_at=datetime(2026, 6, 15, 10, 0, tzinfo=UTC))
    page = open_page(user)
    page.goto("/mon-compte/nom/")
    draft = {
        "account": str(user.pk + 1),
        "page": "/mon-compte/nom/",
        "lost": True,
        "forms": [[0, [["first_name", "Autre"], ["last_name", "Personne"]]]],
    }
    page.evaluate("draft => sessionStorage.setItem('uneplace.draft', JSON.stringify(draft))", draft)
    page.reload()
    expect(page.get_by_label("Prénom")).to_have_value(user.first_name)
    assert page.evaluate("sessionStorage.getItem('uneplace.draft')") is None
    page.evaluate(
        "draft => sessionStorage.setItem('uneplace.draft', JSON.stringify(draft))",
        draft | {"account": str(user.pk)},
    )
    page.reload()
    expect(page.get_by_label("Prénom")).to_have_value("Autre")


@at_both_widths
def test_the_password_is_asked_again_and_changed(open_page, look, user, size):
    user.memberships.update(ended_at=datetime(2026, 6, 15, 10, 0, tzinfo=UTC))
    page = open_page(user, size=size)
    page.goto("/mon-compte/mot-de-passe/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Confirmer votre mot de passe")
    look(page, "confirm")
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Continuer").click()
    look(page, "change-password")
    page.get_by_label("Nouveau mot de passe").fill("quatre mots sans lien entre eux")
    page.get_by_role("button", name="Enregistrer le mot de passe").click()
    expect(page.get_by_role("status")).to_contain_text("Mot de passe enregistré")
    look(page, "account-alone")
