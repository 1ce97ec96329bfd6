"""Opening the clause of a lot, and editing its draft."""

from decimal import Decimal

import pytest

from uneplace.contracts.models import Clause

from .conftest import text_of


def typed(**facts):
    return {
        "revision": 0,
        "device": "CLAUSE_EXEC",
        "method": "LABOUR_SHARE",
        "amount": "1 800 000",
        "labour_share": "50",
        "insertion_rate": "7",
        "hourly_cost": "30",
        "hours": "",
        "rounding": "NONE",
        "starts_on": "2026-02-02",
        "ends_on": "2027-06-30",
        "penalty_rate": "50",
        "statement_due_day": "12",
        "window_months": "24",
        "permanent_window_months": "48",
        "permanent_window_from": "HIRE",
        "window_scope": "CLAUSE",
        "renewal_months": "3",
        "training": "COUNTED",
        "late_decision_days": "0",
        "holiday_zone": "Métropole",
        "statement_every": "1",
        "penalty_per_document": "on",
        "penalty_requires_notice": "on",
    } | facts


def url_of(lot):
    return f"/lots/{lot.pk}/clause/"


def test_it_starts_from_what_the_contract_says_and_ordinary_values(as_facilitator, lot):
    page = text_of(as_facilitator.get(url_of(lot)))
    assert 'value="1 200 000"' in page
    assert 'value="2026-01-12"' in page
    assert 'name="window_months" value="24"' in page
    assert "Pratique courante des services facilitateurs" in page
    assert "dès que le calcul sera complet" in page


def test_the_clause_is_opened_and_leads_to_its_companies(as_facilitator, lot):
    page = as_facilitator.post(url_of(lot), typed(), follow=True)
    clause = Clause.objects.get(lot=lot)
    assert (clause.hours_due, clause.inputs["insertion_rate"]) == (Decimal("2100.00"), "0.07")
    assert (clause.execution.upper.isoformat(), clause.penalty_rate) == ("2027-07-01", Decimal("50"))
    assert "Qui doit les 2 100 h ?" in text_of(page)


def test_a_fixed_volume_leaves_the_other_method_aside(as_facilitator, lot):
    facts = typed(method="FIXED", hours="9 500", amount="n’importe quoi", labour_share="")
    as_facilitator.post(url_of(lot), facts)
    clause = Clause.objects.get(lot=lot)
    assert (clause.hours_due, clause.inputs) == (Decimal("9500.00"), {"hours": "9500"})


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        pytest.param({"labour_share": ""}, "Écrivez la part de la main-d’œuvre", id="part absente"),
        pytest.param({"labour_share": "150"}, "entre 0 et 100", id="part au-dessus de 100"),
        pytest.param({"hourly_cost": "0"}, "un coût supérieur à zéro", id="coût nul"),
        pytest.param({"method": "FIXED"}, "Écrivez le volume d’heures", id="volume absent"),
        pytest.param({"ends_on": "2026-02-01"}, "après le premier", id="fin avant le début"),
        pytest.param({"statement_due_day": "31"}, "entre 1 et 28", id="jour qui n’existe pas toujours"),
        pytest.param({"training": "CAPPED"}, "Écrivez la part de formation comptée", id="plafond sans part"),
        pytest.param({"window_months": "0"}, "entre 1 et 120", id="durée nulle"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_opened(as_facilitator, lot, facts, sentence):
    page = text_of(as_facilitator.post(url_of(lot), typed(**facts)))
    assert sentence in page
    assert not Clause.objects.exists()


def test_the_result_follows_what_is_typed(as_facilitator, lot):
    fragment = as_facilitator.get(url_of(lot), typed(), headers={"HX-Request": "true"})
    page = text_of(fragment)
    assert "2 100 h à réaliser." in page
    assert "1 800 000 € × 50 % × 7 % ÷ 30 €." in page
    assert "<html" not in page
    assert not Clause.objects.exists()


def test_without_javascript_a_button_computes_and_keeps_nothing(as_facilitator, lot):
    page = text_of(as_facilitator.post(url_of(lot), typed(calculer="1")))
    assert "2 100 h à réaliser." in page
    assert not Clause.objects.exists()


def test_a_lot_that_has_a_clause_says_so(as_facilitator, lot, clause):
    assert "Ce lot a déjà une clause." in text_of(as_facilitator.post(url_of(lot), typed()))


def test_strangers_readers_and_buyers_open_nothing(as_stranger, as_reader, as_buyer, lot):
    assert as_stranger.get(url_of(lot)).status_code == 404
    assert as_reader.get(url_of(lot)).status_code == 403
    assert as_buyer.get(url_of(lot)).status_code == 403


def test_a_draft_is_edited(as_facilitator, draft):
    url = f"/clauses/{draft.pk}/modifier/"
    assert 'value="2 100"' in text_of(as_facilitator.get(url)).replace("2100", "2 100")
    as_facilitator.post(
        url, typed(accepted_modalities=["DIRECT"], training="CAPPED", training_cap_share="25")
    )
    draft.refresh_from_db()
    assert (draft.method, draft.revision) == ("LABOUR_SHARE", 1)
    assert (draft.accepted_modalities, draft.training_cap_share) == (["DIRECT"], Decimal("0.25"))


def test_the_second_of_two_editors_is_told_then_may_go_on(as_facilitator, draft):
    url = f"/clauses/{draft.pk}/modifier/"
    as_facilitator.post(url, typed(penalty_rate="60"))
    page = text_of(as_facilitator.post(url, typed(penalty_rate="70")))
    assert "Quelqu’un d’autre vient de modifier cette clause." in page
    assert 'value="70"' in page
    assert '<input type="hidden" name="revision" value="1"' in page
    as_facilitator.post(url, typed(penalty_rate="70", revision=1))
    draft.refresh_from_db()
    assert draft.penalty_rate == Decimal("70")


def test_a_validated_clause_says_why_it_is_not_edited(as_facilitator, clause):
    page = text_of(as_facilitator.get(f"/clauses/{clause.pk}/modifier/"))
    assert "un changement passe désormais par un avenant" in page
    assert "Enregistrer la clause" not in page
