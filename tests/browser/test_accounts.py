"""Coming in: from an invitation, with a password, with a new password, by a click in the demo."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.factories import PASSWORD, MembershipFactory, OrganisationFactory, UserFactory, actor_for
from tests.plugin.browser import NARROW, WIDE
from tests.plugin.mailbox import text_of
from uneplace.demo.accounts import ACCOUNTS

NEW_PASSWORD = "quatre mots sans lien entre eux"

pytestmark = pytest.mark.django_db(transaction=True)
at_both_widths = pytest.mark.parametrize("size", [WIDE, NARROW], ids=["desk", "phone"])


def link_in(message):
    return urlsplit(re.search(r"https?://\S+", text_of(message)).group()).path


@at_both_widths
def test_an_administrator_invites_and_the_colleague_comes_in(open_page, axe, mailbox, size):
    admin = actor_for(OrganisationFactory(company=True, name="Tournebise Construction"))
    page = open_page(admin.user, size=size)
    page.goto("/mon-organisation/")
    page.get_by_label("Adresse électronique").fill("nadege@exemple.fr")
    page.get_by_role("button", name="Envoyer l’invitation").click()
    expect(page.get_by_role("status")).to_contain_text("Invitation envoyée à nadege@exemple.fr.")
    axe(page)

    link = link_in(mailbox.to("nadege@exemple.fr")[0])
    newcomer = open_page(size=size)
    newcomer.goto(link)
    expect(newcomer.get_by_role("heading", level=1)).to_have_text("Rejoindre Tournebise Construction")
    axe(newcomer)
    newcomer.get_by_label("Prénom").fill("Nadège")
    newcomer.get_by_label("Nom", exact=True).fill("Quibel")
    newcomer.get_by_label("Mot de passe").fill("trop court")
    newcomer.get_by_role("button", name="Ouvrir mon compte et rejoindre").click()
    expect(newcomer).to_have_title(re.compile("^Erreur"))
    expect(newcomer.get_by_label("Prénom")).to_have_value("Nadège")
    axe(newcomer)
    newcomer.get_by_label("Mot de passe").fill(NEW_PASSWORD)
    newcomer.get_by_role("button", name="Ouvrir mon compte et rejoindre").click()
    expect(newcomer.get_by_role("status")).to_contain_text("Vous travaillez maintenant pour Tournebise")
    axe(newcomer)

    late = open_page(size=size)
    assert late.goto(link).status == 410
    expect(late.get_by_role("heading", level=1)).to_have_text("Cette invitation ne sert plus")
    axe(late)


@at_both_widths
def test_somebody_who_has_an_account_signs_in_and_comes_back_to_accept(open_page, axe, mailbox, size):
    member = MembershipFactory(organisation__name="Quatrevents TP").user
    admin = actor_for(OrganisationFactory(company=True, name="Tournebise Construction"))
    inviting = open_page(admin.user)
    inviting.goto("/mon-organisation/")
    inviting.get_by_label("Adresse électronique").fill(member.email)
    inviting.get_by_role("button", name="Envoyer l’invitation").click()
    expect(inviting.get_by_role("status")).to_contain_text("Invitation envoyée")

    page = open_page(size=size)
    page.goto(link_in(mailbox.to(member.email)[0]))
    axe(page)
    page.get_by_role("main").get_by_role("link", name="Se connecter").click()
    page.get_by_label("Adresse électronique").fill(member.email)
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Se connecter").click()
    axe(page)
    page.get_by_role("button", name="Rejoindre Tournebise Construction").click()
    expect(page.get_by_role("status")).to_contain_text("Vous travaillez maintenant pour Tournebise")
    page.goto("/organisations/")
    page.get_by_role("button", name="Quatrevents TP").click()
    expect(page.get_by_role("status")).to_contain_text("Vous travaillez maintenant pour Quatrevents TP.")


@at_both_widths
def test_a_forgotten_password_is_chosen_again(open_page, axe, mailbox, size):
    user = MembershipFactory().user
    page = open_page(size=size)
    page.goto("/connexion/")
    page.get_by_role("link", name="Mot de passe oublié").click()
    page.get_by_label("Adresse électronique").fill(user.email)
    page.get_by_role("button", name="Recevoir un lien").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Regardez vos messages")
    link = link_in(mailbox.to(user.email)[0])
    page.goto(link)
    axe(page)
    page.get_by_label("Nouveau mot de passe").fill(NEW_PASSWORD)
    page.get_by_role("button", name="Enregistrer le mot de passe").click()
    expect(page.get_by_role("status")).to_contain_text("Mot de passe enregistré")
    assert page.goto(link).status == 410
    axe(page)


def test_signing_in_takes_neither_a_mouse_nor_a_script(open_page):
    user = MembershipFactory().user
    page = open_page(javascript=False)
    page.goto("/connexion/")
    page.get_by_label("Adresse électronique").focus()
    page.keyboard.type(user.email)
    page.keyboard.press("Tab")
    page.keyboard.type("pas le bon mot de passe")
    page.keyboard.press("Enter")
    expect(page.get_by_text("ne correspond pas")).to_be_visible()
    expect(page.get_by_label("Adresse électronique")).to_have_value(user.email)
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Ce mois")


@at_both_widths
def test_the_demo_is_entered_in_one_click(open_page, axe, settings, size):
    settings.UNEPLACE_DEMO = True
    account = ACCOUNTS[0]
    service = OrganisationFactory(service=True, name="Service insertion")
    MembershipFactory(user=UserFactory(email=account.email), organisation=service)
    page = open_page(size=size)
    page.goto("/connexion/")
    axe(page)
    page.get_by_role("button", name=account.role_label).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ma semaine")
    expect(page.get_by_text("Données de démonstration.")).to_be_visible()
