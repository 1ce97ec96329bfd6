"""Before the contract, from end to end: asked, answered, downloaded, awarded, the clause validated."""

from datetime import UTC, datetime

import docx
import pytest
import time_machine
from playwright.sync_api import expect

from tests.factories import CommuneFactory, OrganisationFactory, PartnershipFactory, actor_for, siret
from tests.plugin.browser import NARROW, WIDE
from uneplace.contracts.models import Clause, ComingContract

pytestmark = pytest.mark.django_db(transaction=True)

JUNE = datetime(2026, 6, 15, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["desk", "phone"])
def test_from_the_request_to_the_validated_clause(open_page, axe, size, tmp_path):
    service = OrganisationFactory(service=True, name="Service insertion")
    buyer = OrganisationFactory(buyer=True, name="Ville de Saint-Aubin")
    PartnershipFactory(service=service, organisation=buyer)
    CommuneFactory()
    with time_machine.travel(JUNE, tick=True):
        page = open_page(actor_for(buyer).user, size=size)
        _ask(page, axe)
        desk = open_page(actor_for(service).user, size=size)
        _answer(desk, axe)
        _download(page, axe, tmp_path / "textes.docx")
        _award(page, axe)
        _validate(desk, axe)
    assert Clause.objects.get().status in (Clause.Status.VALIDATED, Clause.Status.RUNNING)


def _ask(page, axe):
    page.goto("/clauses-a-venir/")
    page.get_by_role("link", name="Demander une clause").first.click()
    page.get_by_label("Objet du marché").fill("Rénovation du gymnase des Tilleuls")
    page.get_by_label("Travaux").check()
    page.get_by_label("Montant estimé hors taxes").fill("1 800 000")
    page.get_by_label("Consultation prévue le").fill("2026-09-15")
    page.get_by_label("Début prévu de l’exécution").fill("2027-01-04")
    page.get_by_label("Durée d’exécution").fill("18")
    page.get_by_label("Lieu d’exécution").fill("Caen")
    axe(page)
    page.get_by_role("button", name="Envoyer la demande").click()
    expect(page.locator(".turn")).to_contain_text("Au tour de Service insertion")
    expect(page.get_by_text("La réponse est attendue au plus tard le")).to_be_visible()
    axe(page)


def _answer(desk, axe):
    desk.goto("/")
    desk.get_by_role("link", name="Répondre").click()
    desk.locator(".turn").get_by_role("link", name="Répondre").click()
    axe(desk)
    desk.get_by_label("Part de la main-d’œuvre").and_(desk.locator("input[type=text]")).fill("50")
    desk.get_by_label("Part réservée à l’insertion").fill("7")
    desk.get_by_label("Coût d’une heure de travail").fill("30")
    expect(desk.locator("#resultat")).to_contain_text("2\u00a0100\u00a0h à réaliser.")
    desk.get_by_label("Pénalité par heure manquante").fill("50")
    desk.get_by_label("Pourquoi cette clause").fill("Le chantier dure assez pour former une équipe.")
    desk.get_by_role("button", name="Envoyer la réponse").click()
    expect(desk.locator(".turn")).to_contain_text("Au tour de Ville de Saint-Aubin")


def _download(page, axe, path):
    page.goto(ComingContract.objects.get().get_absolute_url())
    page.get_by_text("Pourquoi ce nombre").click()
    expect(page.get_by_text("1\u00a0800\u00a0000\u00a0€ × 50\u00a0% × 7\u00a0% ÷ 30\u00a0€.")).to_be_visible()
    axe(page)
    with page.expect_download() as caught:
        page.get_by_role("link", name="Textes pour la consultation (DOCX)").click()
    assert caught.value.suggested_filename == (
        "textes-consultation-renovation-du-gymnase-des-tilleuls-2026-06-15.docx"
    )
    caught.value.save_as(path)
    text = "\n".join(one.text for one in docx.Document(path).paragraphs)
    assert "réalise 2\u00a0100\u00a0h d’insertion" in text


def _award(page, axe):
    page.locator(".turn").get_by_role("link", name="Consultation lancée").click()
    page.get_by_role("button", name="Noter la consultation").click()
    page.locator(".turn").get_by_role("link", name="Marché attribué").click()
    page.get_by_label("Numéro du marché").fill("2026-TVX-014")
    page.get_by_label("Notifié le").fill("2026-06-15")
    page.get_by_label("SIRET du titulaire").fill(siret(90011))
    page.get_by_label("Nom du titulaire").fill("Tournebise Construction")
    axe(page)
    page.get_by_role("button", name="Enregistrer le marché").click()
    expect(page.locator(".turn")).to_contain_text("le marché est attribué")


def _validate(desk, axe):
    clause = Clause.objects.get()
    desk.goto(clause.get_absolute_url())
    axe(desk)
    desk.goto(f"{clause.get_absolute_url()}valider/")
    desk.get_by_role("button", name="Valider la clause").click()
    expect(desk.get_by_text("Clause validée.")).to_be_visible()
