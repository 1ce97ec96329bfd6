"""The facilitator answers: a clause sized by any method, or none with its derogation; the buyer reads why."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import ComingContractFactory
from uneplace.contracts.models import ComingContract

from .conftest import text_of


def sized(**facts):
    return {
        "revision": 0,
        "device": "CLAUSE_EXEC",
        "method": "LABOUR_SHARE",
        "amount": "1 800 000",
        "labour_share": "50",
        "insertion_rate": "7",
        "hourly_cost": "30",
        "rounding": "NONE",
        "penalty_rate": "50",
        "reasons": "Le chantier dure assez pour former une équipe.",
    } | facts


def url_of(coming, page="reponse/"):
    return f"{coming.get_absolute_url()}{page}"


def test_it_starts_from_what_the_buyer_said(as_facilitator, coming):
    page = text_of(as_facilitator.get(url_of(coming)))
    assert 'value="1 800 000"' in page
    assert "Travaux, 1 800 000 € estimés" in page


def test_the_result_follows_what_is_typed_and_keeps_nothing(as_facilitator, coming):
    page = text_of(as_facilitator.get(url_of(coming), sized(), headers={"HX-Request": "true"}))
    assert "2 100 h à réaliser." in page
    assert "<html" not in page
    page = text_of(as_facilitator.post(url_of(coming), sized(calculer="1")))
    assert "2 100 h à réaliser." in page
    coming.refresh_from_db()
    assert coming.status == "ASKED"


def test_the_buyer_reads_the_answer_and_why(as_facilitator, as_buyer, coming):
    page = text_of(as_facilitator.post(url_of(coming), sized(), follow=True))
    assert "Réponse envoyée à Ville de Saint-Aubin." in page
    page = text_of(as_buyer.get(coming.get_absolute_url()))
    assert "C’est à vous : lancer la consultation avec cette clause" in page
    assert "Pourquoi ce nombre ?" in page
    assert "1 800 000 € × 50 % × 7 % ÷ 30 €." in page
    assert "Le chantier dure assez pour former une équipe." in page
    assert "50 € par heure manquante" in page


@pytest.mark.parametrize(
    "facts, owed",
    [
        pytest.param({"method": "FIXED", "hours": "700"}, "700 h", id="volume fixe"),
        pytest.param(
            {"method": "WORKED_HOURS", "planned_hours": "42 000", "insertion_rate": "5"},
            "2 100 h",
            id="part des heures",
        ),
        pytest.param(
            {"method": "INVOICED", "slice": "100 000", "hours_per_slice": "35", "threshold": ""},
            "heures selon les factures",
            id="tranches facturées",
        ),
        pytest.param(
            {
                "method": "PER_YEAR",
                "hours_per_year": "700",
                "starts_on": "2027-01-01",
                "ends_on": "2028-12-31",
            },
            "1 400 h",
            id="par année",
        ),
        pytest.param({"method": "ACTIONS", "actions": "3"}, "3 actions", id="actions"),
    ],
)
def test_any_method_sizes_the_answer(as_facilitator, coming, facts, owed):
    page = text_of(as_facilitator.post(url_of(coming), sized(**facts), follow=True))
    assert owed in page
    again = text_of(as_facilitator.get(url_of(coming)))
    assert "Revoir la réponse" in again
    assert as_facilitator.get(url_of(coming, "textes/")).status_code == 200


@pytest.mark.parametrize(
    "facts, sentence",
    [
        pytest.param({"labour_share": ""}, "Écrivez la part de la main-d’œuvre", id="part absente"),
        pytest.param({"hourly_cost": "0"}, "un coût supérieur à zéro", id="coût nul"),
        pytest.param({"method": ""}, "Choisissez sur quoi", id="sans méthode"),
        pytest.param({"reasons": ""}, "Écrivez pourquoi", id="sans raisons"),
        pytest.param({"insertion_rate": "0"}, "aucune heure", id="zéro heure"),
        pytest.param({"penalty_rate": "cher"}, "Écrivez un nombre", id="pénalité en lettres"),
        pytest.param({"criterion_weight": "150"}, "entre 0 et 100", id="critère au-dessus de 100"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(as_facilitator, coming, facts, sentence):
    page = text_of(as_facilitator.post(url_of(coming), sized(**facts)))
    assert sentence in page
    if "reasons" not in facts:
        assert "Le chantier dure assez pour former une équipe." in page
    coming.refresh_from_db()
    assert coming.status == "ASKED"


def test_an_answer_to_what_has_just_changed_is_told_then_may_be_sent(as_facilitator, coming):
    ComingContract.objects.update(revision=1)
    page = text_of(as_facilitator.post(url_of(coming), sized()))
    assert "vient de modifier" in page
    assert "Le chantier dure assez" in page
    as_facilitator.post(url_of(coming), sized(revision=1))
    coming.refresh_from_db()
    assert coming.status == "ANSWERED"


def test_no_clause_says_why_and_asks_nothing_else_when_the_law_does_not(as_facilitator, as_buyer, coming):
    page = text_of(as_facilitator.get(url_of(coming, "sans-clause/")))
    assert "Dérogation" not in page
    as_facilitator.post(url_of(coming, "sans-clause/"), {"revision": 0, "reasons": "Trois semaines."})
    page = text_of(as_buyer.get(coming.get_absolute_url()))
    assert "Plus rien à faire : ce marché n’aura pas de clause" in page
    assert "Trois semaines." in page
    assert "Textes pour la consultation" not in page


def test_where_it_is_compulsory_no_clause_asks_the_derogation_and_its_facts(as_facilitator, as_buyer, coming):
    big = ComingContractFactory(
        service=coming.service,
        buyer=coming.buyer,
        estimated_amount=Decimal("6000000"),
        social_condition=True,
    )
    url = url_of(big, "sans-clause/")
    page = text_of(as_facilitator.post(url, {"revision": 0, "reasons": "Trop court."}))
    assert "Choisissez la dérogation" in page
    assert "Écrivez les faits qui justifient la dérogation." in page
    assert "Trop court." in page
    facts = {"derogation": "SHORT_WORKS", "derogation_detail": "Quatre mois de travaux."}
    as_facilitator.post(url, {"revision": 0, "reasons": "Trop court."} | facts)
    big.refresh_from_db()
    assert (big.answer, big.derogation) == ("NO_CLAUSE", "SHORT_WORKS")
    page = text_of(as_buyer.get(big.get_absolute_url()))
    assert "Le marché de travaux dure moins de six mois" in page
    assert "Quatre mois de travaux." in page


def test_a_late_answer_is_seen_by_both(as_facilitator, as_buyer, coming):
    ComingContract.objects.update(answer_before=date(2026, 6, 12))
    for client in (as_facilitator, as_buyer):
        assert "Réponse en retard" in text_of(client.get("/clauses-a-venir/"))
        page = text_of(client.get(coming.get_absolute_url()))
        assert "C’était à faire" in page
    as_facilitator.post(url_of(coming), sized())
    assert "après le 12 juin 2026 prévu" in text_of(as_buyer.get(coming.get_absolute_url()))


def test_the_service_finds_it_in_its_week_and_the_buyer_among_what_it_decides(
    as_facilitator, as_buyer, coming, answered
):
    week = text_of(as_facilitator.get("/"))
    assert "Ville de Saint-Aubin demande une clause" in week
    decide = text_of(as_buyer.get("/"))
    assert "Clause prête pour votre consultation" in decide
    assert "demande une clause" not in decide


def test_once_the_consultation_is_launched_nothing_changes(as_facilitator, answered):
    ComingContract.objects.filter(pk=answered.pk).update(status="PUBLISHED")
    for page in ("reponse/", "sans-clause/"):
        assert "la réponse ne change plus" in text_of(as_facilitator.get(url_of(answered, page)))


@pytest.mark.parametrize("page", ["reponse/", "sans-clause/"])
def test_only_the_service_answers(as_buyer, as_stranger, as_company, coming, page):
    assert as_buyer.get(url_of(coming, page)).status_code == 403
    assert as_company.get(url_of(coming, page)).status_code == 403
    assert as_stranger.get(url_of(coming, page)).status_code == 404


def test_the_list_searches_and_filters_in_a_constant_number_of_queries(as_facilitator, coming, answered):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            as_facilitator.get("/clauses-a-venir/")
        return len(queries)

    first = cost()
    for _ in range(5):
        ComingContractFactory(service=coming.service, answered=True)
    assert cost() == first
    page = text_of(as_facilitator.get("/clauses-a-venir/?q=tilleuls"))
    assert "Rénovation du gymnase des Tilleuls" in page
    assert "1 ligne" in page
    assert "Aucun marché à venir ne correspond" in text_of(as_facilitator.get("/clauses-a-venir/?q=zzz"))
    assert "Aucun marché à venir dans cette liste" in text_of(
        as_facilitator.get("/clauses-a-venir/?etat=ATTRIBUES")
    )
