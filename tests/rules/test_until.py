"""« Pourquoi cette date ? »: the end of a window, and the end of an eligibility."""

from datetime import date

import pytest

from uneplace.rules.counting import Decision, Placement, Policy, standings
from uneplace.rules.counting.until import explain_window, last_counted_day
from uneplace.rules.dates import Period
from uneplace.rules.validity import explain_validity

DECIDED = Decision(date(2025, 2, 20), ["RSA"])
EXECUTION = Period(date(2025, 1, 1), date(2030, 1, 1))


def told(*, policy=None, decisions=(DECIDED,), kind="CDD", others=(), end=date(2029, 9, 1)):
    """What is told of a work contract that starts on 3 March 2025, after others if any."""
    facts = {
        "execution": EXECUTION,
        "training": "COUNTED",
        "work_study_window": "WHOLE",
        "late_decision_days": 0,
        "window_months": 24,
        "permanent_window_months": 48,
    }
    rule = Policy(**facts | (policy or {}))
    mine = Placement("mine", kind, "DIRECT", Period(date(2025, 3, 3), end))
    standing = standings(rule, decisions, [*others, mine])[-1]
    return last_counted_day(rule, standing), explain_window(rule, standing)


def words(explanation):
    return [(step.text, step.value.replace("\u00a0", " ")) for step in explanation]


@pytest.mark.parametrize(
    ("facts", "last_day"),
    [
        pytest.param({}, "2 mars 2027", id="24 mois"),
        pytest.param({"policy": {"window_months": None}}, "31 août 2029", id="fin du contrat"),
        pytest.param({"kind": "CDI"}, "2 mars 2029", id="CDI, 48 mois depuis l’embauche"),
        pytest.param({"kind": "APPRENTISSAGE"}, "31 août 2029", id="alternance, tout le contrat"),
        pytest.param({"decisions": ()}, "aucun jour", id="sans décision"),
        pytest.param({"policy": {"accepted_modalities": []}}, "aucun jour", id="modalité refusée"),
        pytest.param(
            {"policy": {"execution": Period(date(2025, 1, 1), date(2028, 1, 1)), "window_months": None}},
            "31 décembre 2027",
            id="fin du marché",
        ),
        pytest.param(
            {"policy": {"execution": Period(date(2025, 1, 1)), "window_months": None}, "end": None},
            "sans limite",
            id="marché et contrat sans fin",
        ),
        pytest.param(
            {"policy": {"execution": Period(date(2029, 6, 1))}, "kind": "CDI"},
            "aucun jour",
            id="durée finie avant le marché",
        ),
    ],
)
def test_the_last_day_that_counts(facts, last_day):
    found, explanation = told(**facts)
    assert found == last_day
    assert explanation[-1].value == last_day


def test_the_duration_is_the_clause_s_and_the_usual_one_stands_beside_with_its_status():
    _, explanation = told(policy={"window_months": 12})
    assert ("Durée de comptage d’une personne.", "12 mois") in words(explanation)
    usual = next(step for step in explanation if "usage" in step.text)
    assert (usual.value.replace("\u00a0", " "), usual.source.kind) == ("24 mois", "à confirmer")
    assert usual.source.parameter == "window_months"
    assert "RSA" not in str(explanation)


def test_a_window_opened_by_an_earlier_contract_says_so():
    earlier = Placement("earlier", "CDD", "DIRECT", Period(date(2025, 2, 24), date(2025, 3, 1)))
    found, explanation = told(others=[earlier])
    assert found == "23 février 2027"
    assert ("Durée ouverte par un contrat précédent.", "24 février 2025") in words(explanation)


def test_an_eligibility_names_its_delay_and_that_it_is_to_be_confirmed():
    explanation = explain_validity(date(2026, 2, 10), date(2026, 8, 10))
    assert [step.value.replace("\u00a0", " ") for step in explanation] == [
        "10 février 2026",
        "6 mois",
        "10 août 2026",
    ]
    assert (explanation[1].source.kind, explanation[1].source.parameter) == (
        "à confirmer",
        "eligibility_validity_months",
    )


def test_another_day_kept_by_the_decision_is_told_as_such():
    explanation = explain_validity(date(2026, 2, 10), date(2026, 5, 1))
    assert explanation[1].text == "Date que la décision a gardée."
