"""Missing hours from the letter to formal notice, on a phone: the service writes, the company says what keeps
it from doing them, the service answers, the buyer decides."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.factories import CommitmentFactory, MembershipFactory, PenaltyCaseFactory
from tests.plugin.browser import NARROW
from uneplace.settlement.models import Difficulty, Notice, PenaltyCase

pytestmark = pytest.mark.django_db(transaction=True)


def test_from_the_letter_to_formal_notice(open_page, axe):
    commitment = CommitmentFactory(company__name="Quatrevents TP")
    case = PenaltyCaseFactory(commitment=commitment, opened_at=timezone.now() - timedelta(days=9))
    soon = (timezone.localdate() + timedelta(days=20)).isoformat()
    at_case = re.compile(rf"/penalites/{case.pk}/$")
    buyer = commitment.clause.lot.contract.buyer
    service, company, buyers = (
        open_page(MembershipFactory(organisation=one).user, size=NARROW)
        for one in (commitment.service, commitment.company, buyer)
    )

    service.goto(case.get_absolute_url())
    axe(service)
    service.get_by_role("link", name="Écrire à l’entreprise").click()
    service.get_by_label("Ce que vous écrivez").fill("Dites-nous comment vous rattrapez ce retard.")
    axe(service)
    service.get_by_role("button", name="Écrire à l’entreprise").click()
    expect(service.get_by_text("Indiquez la date.").first).to_be_visible()
    expect(service.get_by_label("Ce que vous écrivez")).to_have_value(re.compile("rattrapez ce retard"))
    service.get_by_label("Réponse attendue avant le").fill(soon)
    service.get_by_role("button", name="Écrire à l’entreprise").click()
    service.wait_for_url(at_case)

    company.goto(case.get_absolute_url())
    expect(company.get_by_text("Dites-nous comment vous rattrapez ce retard.")).to_be_visible()
    company.get_by_role("link", name="Déclarer une difficulté").click()
    company.get_by_label("Réduire les heures").check()
    company.get_by_label("Ce qui vous empêche").fill("Un tiers des travaux est retiré du lot.")
    company.get_by_label("Depuis le").fill("2026-11-02")
    company.get_by_label("Heures que vous pouvez faire en tout").fill("900")
    axe(company)
    company.get_by_role("button", name="Déclarer la difficulté").click()
    company.wait_for_url(re.compile(r"/difficultes/\d+/$"))
    expect(company.get_by_role("heading", name="Au tour de")).to_be_visible()

    buyers.goto(case.get_absolute_url())
    expect(buyers.get_by_role("link", name="Mettre en demeure")).to_have_count(0)

    service.goto(Difficulty.objects.get().get_absolute_url())
    service.get_by_label("Non retenue").check()
    service.get_by_label("Ce que vous répondez").fill("Le lot est entier dans le marché.")
    axe(service)
    service.get_by_role("button", name="Envoyer la réponse").click()
    expect(service.get_by_text("Réponse envoyée à l’entreprise.")).to_be_visible()

    buyers.goto(case.get_absolute_url())
    buyers.get_by_role("link", name="Mettre en demeure").click()
    buyers.get_by_label("Réponse attendue avant le").fill(soon)
    buyers.get_by_role("button", name="Mettre en demeure").click()
    buyers.wait_for_url(at_case)
    expect(buyers.get_by_role("link", name=re.compile("Mise en demeure du .*, PDF"))).to_be_visible()
    axe(buyers)
    buyers.get_by_role("link", name="Ce qui a été fait pour trouver").click()
    expect(buyers.get_by_text("Aucune fiche de poste n’a été diffusée.")).to_be_visible()
    axe(buyers)
    case.refresh_from_db()
    assert case.status == PenaltyCase.Status.NOTICE
    assert list(Notice.objects.values_list("kind", flat=True)) == ["LETTER", "FORMAL"]
