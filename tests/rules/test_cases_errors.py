"""Cases that cannot be evaluated: one French sentence that names the fact, and never a crash."""

import copy
import json
from random import Random

import pytest

from tests.rules import invented
from tests.rules.plain_cases import PLAIN, every_path, told
from uneplace.rules.cases import RULES, evaluate, read_cases
from uneplace.rules.cases.values import whole_number


@pytest.mark.parametrize(
    ("name", "path", "value", "fact"),
    [
        pytest.param("hours_due", ("method",), "TURNOVER", "method", id="méthode inconnue"),
        pytest.param("hours_due", ("rounding",), "DOWN", "rounding", id="arrondi inconnu"),
        pytest.param("hours_due", ("events", 0, "kind"), "MERGER", "kind", id="événement inconnu"),
        pytest.param("hours_due", ("events", 0, "changes"), {"amount": "1"}, "changes", id="autre méthode"),
        pytest.param("hours_due", ("events", 0, "changes"), {"as_of": "2025-01-01"}, "changes", id="arrêté"),
        pytest.param(
            "hours_due", ("events", 0, "changes"), {"hours": "-1"}, "hours", id="changement négatif"
        ),
        pytest.param("hours_due", ("shares", 0, "share"), "0.26", "shares", id="parts au-dessus de 1"),
        pytest.param("hours_due", ("shares", 0, "share"), "-0.25", "share", id="part négative"),
        pytest.param("hours_due", ("shares", 0, "share"), "1.01", "share", id="part de plus d'un"),
        pytest.param("hours_due LABOUR_SHARE", ("labour_share",), "1.01", "labour_share", id="main-d'œuvre"),
        pytest.param("hours_due LABOUR_SHARE", ("insertion_rate",), "1.01", "insertion_rate", id="taux"),
        pytest.param("hours_due LABOUR_SHARE", ("hourly_cost",), "0", "hourly_cost", id="coût nul"),
        pytest.param("hours_due INVOICED", ("slice",), 0, "slice", id="tranche nulle"),
        pytest.param("hours_due INVOICED", ("threshold",), -1, "threshold", id="seuil négatif"),
        pytest.param("hours_due PER_YEAR", ("period", 1), None, "period", id="marché sans fin"),
        pytest.param("hours_due BANDS", ("amount",), "20", "bands", id="hors barème"),
        pytest.param("hours_due BANDS", ("bands",), [], "bands", id="barème vide"),
        pytest.param("hours_due ACTIONS", ("actions",), "2.5", "actions", id="demi-action"),
        pytest.param(
            "hours_due ACTIONS", ("shares",), [{"company": "A", "share": 1}], "shares", id="actions partagées"
        ),
        pytest.param("eligibility", ("situation", "born_on"), "2025-06-02", "born_on", id="né après"),
        pytest.param("counting", ("policy", "window_months"), "1.5", "window_months", id="mois et demi"),
        pytest.param("counting", ("policy", "window_months"), 10**50, "months", id="hors du calendrier"),
        pytest.param("counting", ("policy", "training"), "SOMETIMES", "training", id="formation"),
        pytest.param("counting", ("policy", "training", "cap_share"), "1.1", "cap_share", id="plafond"),
        pytest.param(
            "counting", ("policy", "work_study_window"), "PART", "work_study_window", id="alternance"
        ),
        pytest.param(
            "counting", ("policy", "work_study_window"), None, "work_study_window", id="sans alternance"
        ),
        pytest.param("counting", ("policy", "window_scope"), "TEAM", "window_scope", id="portée"),
        pytest.param(
            "counting", ("policy", "permanent_window_from"), "END", "permanent_window_from", id="CDI"
        ),
        pytest.param("counting", ("policy", "renewal_months"), -1, "renewal_months", id="renouvellement"),
        pytest.param(
            "counting", ("policy", "late_decision_days"), "0.5", "late_decision_days", id="demi-jour"
        ),
        pytest.param("counting", ("policy", "holiday_zone"), "Corse", "holiday_zone", id="zone"),
        pytest.param("counting", ("lines", 0, "hours"), "151.675", "hours", id="trois décimales"),
        pytest.param(
            "counting", ("lines", 0, "training_hours"), "151.68", "training_hours", id="formation en trop"
        ),
        pytest.param("counting", ("lines", 0, "placement"), "p2", "placement", id="contrat inconnu"),
        pytest.param("allocation", ("hours",), "0.001", "hours", id="heures à répartir"),
        pytest.param("allocation", ("targets", 0, "weight"), "-1", "weight", id="poids négatif"),
        pytest.param("allocation", ("holiday_zone",), "Corse", "holiday_zone", id="zone de répartition"),
        pytest.param("double_counting", ("worked", 0, "hours"), "0.001", "hours", id="heures travaillées"),
        pytest.param("double_counting", ("allocated", 0, "hours"), "0.001", "hours", id="heures réparties"),
        pytest.param("progress", ("execution", 1), None, "execution", id="sans fin d'exécution"),
        pytest.param("progress", ("placements", 0, "share"), "1.1", "share", id="part d'un contrat"),
        pytest.param("penalties", ("rate_day",), "-1", "rate_day", id="taux négatif"),
        pytest.param("penalties", ("actions_due",), "1.5", "actions_due", id="action et demie"),
        pytest.param("exit_category", ("months",), -1, "months", id="durée négative"),
        pytest.param("exit_category", ("months",), None, "months", id="CDD sans durée"),
    ],
)
def test_an_impossible_fact_is_named(name, path, value, fact):
    assert f"({fact})" in told(name, path, value)["error"]


def test_two_of_the_same():
    line, placement = PLAIN["counting"]["lines"][0], PLAIN["counting"]["placements"][0]
    assert "(lines)" in told("counting", ("lines",), [line, line | {"id": "l2"}])["error"]
    assert "(placements)" in told("counting", ("placements",), [placement, placement])["error"]


def test_the_place_in_the_file_is_told():
    lines = [PLAIN["counting"]["lines"][0], {"id": "l2"}]
    assert told("counting", ("lines",), lines)["error"] == (
        "Contrat de travail (placement), Lignes d’heures (lines) n°\u00a02\u00a0: ce fait manque."
    )
    changes = {"invoices": [{"on": "2025-01-01"}]}
    events = [{"on": "2025-01-01", "kind": "TRANCHE", "changes": changes}]
    assert told("hours_due INVOICED", ("events",), events)["error"] == (
        "Montant (amount), Événements (events) n°\u00a01, "
        "Factures (invoices) n°\u00a01\u00a0: ce fait manque."
    )


@pytest.mark.parametrize(
    ("case", "name", "fact"),
    [
        pytest.param(3, None, "cases", id="pas un objet"),
        pytest.param(None, None, "cases", id="rien"),
        pytest.param([], None, "cases", id="une liste"),
        pytest.param({}, None, "id", id="vide"),
        pytest.param({"id": 7, "rule": "progress", "facts": {}}, 7, "id", id="identifiant en nombre"),
        pytest.param({"id": whole_number("9" * 61), "facts": {}}, None, "id", id="identifiant trop long"),
        pytest.param({"id": "a", "facts": {}}, "a", "rule", id="sans règle"),
        pytest.param({"id": "a", "rule": "law", "facts": {}}, "a", "rule", id="règle inconnue"),
        pytest.param({"id": "a", "rule": ["progress"], "facts": {}}, "a", "rule", id="règle en liste"),
        pytest.param({"id": "a", "rule": "progress"}, "a", "facts", id="sans faits"),
        pytest.param({"id": "a", "rule": "progress", "facts": []}, "a", "facts", id="faits en liste"),
    ],
)
def test_a_case_that_is_not_one(case, name, fact):
    answer = evaluate(case)
    assert answer["id"] == name
    assert set(answer) == {"id", "error"}
    assert f"({fact})" in answer["error"]


def test_a_name_given_twice_is_told():
    (case,) = read_cases(
        b'{"cases": [{"id": "a", "rule": "exit_category", "facts": {"kind": "CDI", "kind": "CDD"}}]}'
    )
    assert evaluate(case)["error"] == "Nature (kind)\u00a0: ce nom est donné deux fois."


def test_what_the_rules_do_not_know_is_ignored():
    assert "error" not in told("exit_category", ("colour",), {"a": [1.5]})
    assert "error" not in told("hours_due FIXED", ("hourly_cost",), "0")
    assert "error" not in told("counting", ("placements", 0, "kind"), "CUI")


ANYTHING = [
    None,
    True,
    False,
    0,
    -1,
    1.5,
    10**59,
    "",
    "x",
    "12,5",
    "-3",
    "0.001",
    "1e9",
    "2025-02-30",
    "9999-12-31",
]
ANYTHING += [
    "0001-01-01",
    "9999-12",
    "0001-01",
    [],
    [None],
    {},
    {"x": []},
    ["9999-12-30", "9999-12-31"],
    "\ud800",
]


def spoiled(draw, value):
    """The same value with one or two places of it replaced by anything."""
    value = copy.deepcopy(value)
    for _ in range(draw.randint(1, 2)):
        *way, last = draw.choice(list(every_path(value)) or [("id",)])
        where = value
        for step in way:
            where = where[step]
        if draw.random() < 0.2 and isinstance(where, dict):
            del where[last]
        else:
            where[last] = copy.deepcopy(draw.choice(ANYTHING))
    return value


@pytest.mark.parametrize("rule", RULES)
def test_spoiled_cases_get_an_answer_or_an_error(rule):
    errors = 0
    for seed in range(400):
        draw = Random(seed)
        answer = evaluate(spoiled(draw, {"id": "c", "rule": rule, "facts": getattr(invented, rule)(draw)}))
        assert json.dumps(answer)
        assert ("error" in answer) != ("explanation" in answer)
        errors += "error" in answer
    assert 100 < errors < 400
