"""The law in force read by anybody; a clause started from a real contract; amended, then counted again."""

import re
from decimal import Decimal

import pytest
from playwright.sync_api import expect

from tests.factories import LedgerEntryFactory, LotFactory, MembershipFactory
from tests.plugin.browser import NARROW, WIDE
from uneplace.contracts.models import Clause
from uneplace.hours.models import LedgerEntry

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["desk", "phone"])
def test_anybody_reads_the_rules_in_force(open_page, axe, size):
    page = open_page(size=size)
    page.goto("/regles/")
    axe(page)
    page.get_by_role("searchbox", name="Chercher une règle").fill("équivalent temps plein")
    page.get_by_role("button", name="Filtrer").click()
    expect(page.locator("#etp_hours")).to_contain_text("1\u00a0600\u00a0heures par an")
    expect(page.locator("#youth_age")).to_have_count(0)


@pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "sans"])
def test_a_new_clause_starts_from_a_real_contract(open_page, axe, javascript):
    lot = LotFactory()
    page = open_page(MembershipFactory(organisation=lot.service).user, javascript=javascript)
    page.goto(f"/lots/{lot.pk}/clause/")
    page.get_by_label("Volume fixe").check()
    page.get_by_label("Volume d’heures").fill("2 100")
    page.get_by_label("Partir d’un modèle").select_option("bam_2021")
    page.get_by_role("button", name="Reprendre ces valeurs").click()
    expect(page.get_by_label("Volume d’heures")).to_have_value("2 100")
    page.get_by_text("Les pénalités que le marché prévoit").click()
    expect(page.get_by_label("Pénalité par heure manquante")).to_have_value("200")
    page.get_by_label("Pénalité par heure manquante").fill("150")
    if javascript:
        axe(page)
    page.get_by_role("button", name="Ouvrir la clause").click()
    page.wait_for_url(re.compile("/partage/"))  # the browser keeps the place where one was
    clause = Clause.objects.get()
    assert (clause.preset, clause.penalty_rate, clause.statement_every, clause.statement_due_day) == (
        *("bam_2021", 150, 3, 15),
    )


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["desk", "phone"])
def test_an_amendment_then_a_recount_confirmed(open_page, axe, size):
    entry = LedgerEntryFactory()
    clause = entry.commitment.clause
    page = open_page(MembershipFactory(organisation=clause.service).user, size=size)
    page.goto(f"/clauses/{clause.pk}/regles/")
    page.get_by_role("link", name="Enregistrer un avenant").click()
    page.get_by_label("Acte").fill("Avenant n° 2")
    page.get_by_label("Signé le").fill("2026-06-10")
    page.get_by_label("S’applique à partir du").fill("2026-04-01")
    page.get_by_label("Motif").fill("Le marché compte désormais un mois.")
    page.get_by_text("Ce qui compte : durées").click()
    page.get_by_label("Durée de comptage d’une personne").fill("1")
    axe(page)
    page.get_by_role("button", name="Enregistrer l’avenant").click()
    expect(page.get_by_text("auparavant : 24\u00a0mois")).to_be_visible()

    page.goto(clause.get_absolute_url())
    page.get_by_role("link", name="Voir les différences").click()
    expect(page.get_by_role("heading", name="1\u00a0ligne compterait autrement")).to_be_visible()
    expect(page.get_by_label("Corriger avril 2026")).to_be_checked()
    axe(page)
    page.get_by_label("Pourquoi ces heures sont recomptées").fill("Avenant n° 2 du 10 juin")
    page.get_by_role("button", name="Inscrire les corrections").click()
    expect(page.get_by_text("Les corrections sont inscrites au compte du marché.")).to_be_visible()
    expect(page.locator(".gauge-headline").first).to_contain_text("7,22\u00a0h")
    assert sum(one.counted for one in LedgerEntry.objects.all()) == Decimal("7.22")
