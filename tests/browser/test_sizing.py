"""The hours due follow what the facilitator types, before anything is kept."""

import os
from datetime import date
from decimal import Decimal

import pytest
from playwright.sync_api import expect

from tests.browser.looks import faults_of
from tests.factories import CommitmentFactory, LedgerEntryFactory, LotFactory, MembershipFactory
from tests.plugin.browser import NARROW, WIDE
from uneplace.contracts.models import Clause
from uneplace.kit.periods import period

pytestmark = pytest.mark.django_db(transaction=True)


METHODS = {
    "Le montant du marché": (
        {
            "Montant hors taxes": "1 800 000",
            "Part de la main-d’œuvre": "50",
            "Part réservée à l’insertion": "7",
            "Coût d’une heure de travail": "30",
        },
        "2 100 h à réaliser. Environ 300 jours de travail, ou 2 personnes à temps plein pendant 7 mois.",
    ),
    "Les heures de travail prévues": (
        {"Heures de travail prévues": "42 000", "Part réservée à l’insertion": "5"},
        "2 100 h à réaliser.",
    ),
    "Ce qui est facturé": (
        {"Tranche facturée": "100 000", "Heures par tranche": "35"},
        "0 h à réaliser. Les heures deviennent dues au fil des factures.",
    ),
    "Un volume fixe": ({"Volume d’heures": "9 500"}, "9 500 h à réaliser."),
    "Un volume par année": (
        {
            "Heures par année": "700",
            "Début de l’exécution": "2026-01-01",
            "Dernier jour de l’exécution": "2027-06-30",
        },
        "1 047,12 h à réaliser.",
    ),
    "Le personnel nouveau": (
        {
            "Heures de l’effectif": "36 000",
            "Dont heures des personnes reprises": "28 000",
            "Part réservée à l’insertion": "10",
        },
        "800 h à réaliser.",
    ),
    "Un barème": (
        {
            "Montant hors taxes": "300 000",
            "Ligne 1, Moins de": "250 000",
            "Ligne 1, Heures": "105",
            "Ligne 2, Heures": "350",
        },
        "350 h à réaliser.",
    ),
    "Des actions, sans heures": ({"Actions à faire": "3"}, "3 actions à faire."),
}


def text_field(page, label):
    return page.get_by_label(label).and_(
        page.locator("input[type=text], input[type=number], input[type=date]")
    )


@pytest.mark.parametrize("method", METHODS)
def test_the_hours_due_follow_what_is_typed(open_page, axe, method):
    lot = LotFactory(amount=None, contract__amount=None)
    page = open_page(MembershipFactory(organisation=lot.service).user, size=NARROW)
    page.goto(f"/lots/{lot.pk}/clause/")
    result = page.locator("#resultat")
    expect(result).to_contain_text("dès que le calcul sera complet")
    page.get_by_label(method, exact=True).and_(page.locator("input[type=radio]")).check()
    typed, answer = METHODS[method]
    for label, value in typed.items():
        text_field(page, label).fill(value)
    expect(result).to_contain_text(answer.replace("\u00a0", " "))
    shown = page.locator("#calcul [data-method] input:visible").count()
    assert shown < 12, "the fields of the other methods are put away"
    assert faults_of(page, axe, method) == []
    assert not Clause.objects.exists()


def keep_picture(page, name, size):
    if folder := os.environ.get("SHOTS_OF_SIZING"):
        page.screenshot(path=f"{folder}/{name}-{size['width']}.png", full_page=True)


def test_without_javascript_a_button_computes(open_page):
    lot = LotFactory()
    page = open_page(MembershipFactory(organisation=lot.service).user, javascript=False)
    page.goto(f"/lots/{lot.pk}/clause/")
    page.get_by_label("Un volume fixe").check()
    page.get_by_label("Volume d’heures").fill("9 500")
    page.get_by_role("button", name="Calculer les heures").click()
    expect(page.locator("#resultat")).to_contain_text("9\u00a0500\u00a0h à réaliser.")
    expect(page.get_by_label("Volume d’heures")).to_have_value("9 500")


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["desk", "phone"])
def test_anyone_simulates_a_clause_and_sends_its_address(open_page, axe, size):
    page = open_page(size=size)
    page.goto("/simuler/")
    axe(page)
    text_field(page, "Montant hors taxes").fill("1 800 000")
    result = page.locator("#resultat")
    expect(result).to_contain_text("1 500 h à réaliser.")
    page.wait_for_url("**amount=1**")
    axe(page)
    keep_picture(page, "simuler", size)
    other = open_page(size=size)
    other.goto(page.url)
    expect(other.locator("#resultat")).to_contain_text("1 500 h à réaliser.")
    expect(text_field(other, "Montant hors taxes")).to_have_value("1 800 000")
    other.get_by_role("link", name="Reprendre la part de peinture intérieure").click()
    expect(other.locator("#resultat")).to_contain_text("2 100 h à réaliser.")


def test_without_javascript_one_simulates_with_a_button(open_page):
    page = open_page(javascript=False)
    page.goto("/simuler/")
    page.get_by_label("Un volume fixe").check()
    page.get_by_label("Volume d’heures").fill("9 500")
    page.get_by_role("button", name="Calculer").click()
    expect(page.locator("#resultat")).to_contain_text("9 500 h à réaliser.")


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["desk", "phone"])
def test_an_amendment_lowers_the_hours_down_to_those_validated(open_page, axe, size):
    commitment = CommitmentFactory(clause__execution=period(date(2026, 1, 12), date(2027, 7, 11)))
    clause = commitment.clause
    for month in (3, 4):
        LedgerEntryFactory(
            line__hours=Decimal(600),
            line__statement__commitment=commitment,
            line__statement__month=date(2026, month, 1),
        )
    page = open_page(MembershipFactory(organisation=clause.service).user, size=size)
    page.goto(f"/clauses/{clause.pk}/acte/")
    page.get_by_label("Réduction").check()
    page.get_by_label("Acte", exact=True).fill("Avenant n° 2 du 12 juin 2026")
    page.get_by_label("Volume d’heures").fill("1 000")
    effect = page.locator("#resultat")
    expect(effect).to_contain_text("Le calcul donne 1\u00a0000\u00a0h, mais 1\u00a0200\u00a0h restent dues.")
    axe(page)
    keep_picture(page, "acte", size)
    page.get_by_role("button", name="Enregistrer l’acte").click()
    expect(page.get_by_text("1\u00a0200\u00a0h gardées")).to_be_visible()
    expect(page.get_by_text("2\u00a0100\u00a0h puis 1\u00a0000\u00a0h")).to_be_visible()
    axe(page)
    keep_picture(page, "heures-dues", size)
    clause.refresh_from_db()
    assert clause.hours_due == Decimal(1200)


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["desk", "phone"])
def test_invoices_make_hours_due_and_actions_are_noted(open_page, axe, size):
    inputs = {"slice": "100000", "hours_per_slice": "35", "threshold": "0", "whole_slices": False}
    framework = CommitmentFactory(
        clause__method="INVOICED", clause__inputs=inputs, clause__hours_due=0, clause__foreseeable=0
    ).clause
    page = open_page(MembershipFactory(organisation=framework.service).user, size=size)
    for kind, amount, reference in (
        ("Un bon de commande", "900 000", "BC-12"),
        ("Une facture", "640 000", "Facture 118"),
        ("Une facture", "-40 000", "Avoir 3"),
    ):
        page.goto(f"/clauses/{framework.pk}/facture/")
        page.get_by_label(kind).check()
        page.get_by_label("Montant hors taxes").fill(amount)
        page.get_by_label("Référence").fill(reference)
        page.get_by_role("button", name="Enregistrer", exact=True).click()
        expect(page.get_by_role("rowheader", name=reference)).to_be_visible()
    expect(page.get_by_text("315\u00a0h prévisibles").first).to_be_visible()
    axe(page)
    keep_picture(page, "factures", size)

    menu = CommitmentFactory(
        clause__method="ACTIONS", clause__inputs={"actions": 3}, clause__hours_due=0, clause__actions_due=3
    ).clause
    page = open_page(MembershipFactory(organisation=menu.service).user, size=size)
    page.goto(f"/clauses/{menu.pk}/action/")
    page.get_by_label("Action", exact=True).fill("Visite du chantier par douze élèves")
    page.get_by_label("Ce que vous en avez vu").fill("Feuille d’émargement signée")
    page.get_by_role("button", name="Noter l’action").click()
    expect(page.get_by_text("1\u00a0action faite sur 3")).to_be_visible()
    axe(page)
    keep_picture(page, "actions", size)
