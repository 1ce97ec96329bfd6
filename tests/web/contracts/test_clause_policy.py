"""The policy of a clause in its form: started from a model, corrected, refused in plain words."""

from datetime import date
from decimal import Decimal

import pytest

from tests.factories import ServicePolicyFactory
from uneplace.contracts.models import Clause

from .conftest import text_of
from .test_open_clause import typed, url_of


def policy_of(clause, *names):
    return tuple(getattr(clause, name) for name in names)


def test_it_starts_from_what_is_usual(as_facilitator, lot):
    page = text_of(as_facilitator.get(url_of(lot)))
    assert '<option value="usual" selected>Usage courant</option>' in page
    for words in ("CCAP TMA Aquaréel, 2025", "CCAP 21_BAM_048, 2021"):
        assert words in page


def test_a_real_contract_fills_the_fields_and_keeps_what_was_typed(as_facilitator, lot):
    page = text_of(as_facilitator.post(url_of(lot), typed(preset="bam_2021", amount="12 345", reprendre="1")))
    assert 'name="penalty_rate" value="200"' in page
    assert 'name="statement_due_day" value="15"' in page
    assert '<option value="3" selected>Chaque trimestre</option>' in page
    assert 'value="12 345"' in page
    assert "Erreur" not in page
    assert not Clause.objects.exists()


def test_what_differs_from_the_model_is_said(as_facilitator, lot):
    facts = typed(preset="bam_2021", reprendre="1")
    as_applied = text_of(as_facilitator.post(url_of(lot), facts))
    assert "de ce modèle" not in as_applied
    page = text_of(as_facilitator.post(url_of(lot), typed(preset="bam_2021", calculer="1")))
    assert "Pénalité par heure manquante : 200 €" in page
    assert "Relevé d’heures : chaque trimestre" in page


def test_the_whole_policy_is_kept(as_facilitator, lot):
    facts = typed(
        preset="aquareel_2025",
        window_scope="PERSON",
        permanent_window_from="CLAUSE",
        renewal_months="6",
        holiday_zone="La Réunion",
        statement_every="3",
        statement_due_day="15",
        forecast_every="6",
        forecast_due_day="10",
        penalty_document_day="75",
        penalty_days_from_notice="on",
        penalty_action="500",
    )
    as_facilitator.post(url_of(lot), facts)
    clause = Clause.objects.get(lot=lot)
    assert policy_of(clause, "preset", "window_scope", "permanent_window_from", "renewal_months") == (
        *("aquareel_2025", "PERSON", "CLAUSE", 6),
    )
    assert policy_of(clause, "holiday_zone", "statement_every", "statement_due_day") == ("La Réunion", 3, 15)
    assert policy_of(clause, "forecast_every", "forecast_due_day", "certificate_due_day") == (6, 10, None)
    assert policy_of(clause, "penalty_document_day", "penalty_action") == (Decimal(75), Decimal(500))
    assert policy_of(clause, "penalty_days_from_notice", "penalty_requires_notice") == (True, True)
    policy = clause.policy
    assert (
        policy.window_scope,
        policy.permanent_window_from,
        policy.renewal_months,
        policy.holiday_zone,
    ) == (*("PERSON", "CLAUSE", 6, "La Réunion"),)


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        pytest.param({"renewal_months": "30"}, "entre 0 et 24", id="nouvelle durée trop tôt"),
        pytest.param({"renewal_months": ""}, "entre 0 et 24", id="nouvelle durée absente"),
        pytest.param({"forecast_every": "6"}, "Écrivez un jour entre 1 et 28", id="prévisionnel sans jour"),
        pytest.param({"penalty_action": "-5"}, "Écrivez un nombre", id="pénalité négative"),
        pytest.param({"penalty_document_day": "cent"}, "Écrivez un nombre", id="pénalité en lettres"),
        pytest.param({"late_decision_days": "400"}, "entre 0 et 365", id="retard de plus d’un an"),
        pytest.param({"holiday_zone": "Lune"}, "Lune", id="zone inconnue"),
        pytest.param({"statement_every": "2"}, "2", id="fréquence inconnue"),
        pytest.param({"accepted_grounds": ["LUNE"]}, "LUNE", id="public inconnu"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_opened(as_facilitator, lot, facts, sentence):
    page = text_of(as_facilitator.post(url_of(lot), typed(**facts)))
    assert "Erreur" in page
    assert sentence in page
    assert not Clause.objects.exists()


def test_a_new_clause_starts_from_the_service_s_own_model_once_it_applies(as_facilitator, lot):
    ServicePolicyFactory(service=lot.service, applies_on=date(2026, 6, 15), penalty_rate=Decimal("61.50"))
    ServicePolicyFactory(service=lot.service, number=2, applies_on=date(2999, 1, 1), penalty_rate=Decimal(62))
    page = text_of(as_facilitator.get(url_of(lot)))
    assert "Modèle du service, depuis le" in page
    assert 'name="penalty_rate" value="61,5"' in page


def test_another_service_s_model_is_not_proposed(as_facilitator, lot):
    ServicePolicyFactory(applies_on=date(2026, 6, 15))
    assert "Modèle du service" not in text_of(as_facilitator.get(url_of(lot)))


def test_the_clause_page_says_its_policy_in_words(as_facilitator, clause):
    Clause.objects.update(statement_every=3, statement_due_day=15, penalty_action=500)
    page = text_of(as_facilitator.get(clause.get_absolute_url()))
    for words in (
        "chaque trimestre",
        "avant le 15 du mois suivant",
        "500 €",
        "tous ceux de la clause sociale",
    ):
        assert words in page
    assert "Prévisionnel" not in page


def test_a_document_that_is_asked_for_says_how_often_and_by_when(as_facilitator, clause):
    Clause.objects.update(proof_every=3, proof_due_day=15)
    page = text_of(as_facilitator.get(clause.get_absolute_url()))
    assert "Justificatif des heures" in page
    assert "chaque trimestre" in page
