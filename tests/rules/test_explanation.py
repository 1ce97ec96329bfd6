"""What the rules say: French sentences, errors that name the fact, steps that can be stored."""

import json
import string
from dataclasses import fields
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from uneplace.rules import french
from uneplace.rules.counting import Decision, Line, Placement, Policy, TrainingCap, count
from uneplace.rules.dates import Period
from uneplace.rules.eligibility import Proof, Situation, eligibility
from uneplace.rules.errors import FactError
from uneplace.rules.explanation import Source, as_json, step
from uneplace.rules.hours_due import METHODS, Event, Fixed, LabourShare, Rounding, Share, hours_due
from uneplace.rules.names import FRENCH
from uneplace.rules.progress import PlannedWork, progress

# The letters of the interface's font; an arrow or a narrow space would be drawn as a box.
DRAWABLE = set(string.printable) | set("àâçéèêëîïôùûüœÀÂÇÉÈÊËÎÏÔÙÛÜŒ’«»×÷€–\u00a0")


def counting():
    policy = Policy(
        execution=Period(date(2025, 3, 17), date(2025, 4, 25)),
        training=TrainingCap(Decimal("0.125")),
        work_study_window="WHOLE",
        late_decision_days=0,
        window_months=1,
    )
    placement = Placement("p1", "CDD", "DIRECT", Period(date(2025, 3, 3), None))
    months = [(date(2025, 3, 1), True), (date(2025, 4, 1), True), (date(2025, 5, 1), False)]
    lines = [
        Line(f"l{month.month}", "p1", month, Decimal("151.67"), Decimal(30), on_operation)
        for month, on_operation in months
    ]
    lines.append(Line("l2", "p1", date(2025, 2, 1), Decimal(7)))
    return count(policy, [Decision(date(2025, 2, 20), ["RSA"])], [placement], lines)


def labour_share():
    inputs = LabourShare(Decimal(1234567), Decimal("0.5"), Decimal("0.075"), Decimal("32.5"))
    split = [Share("Entreprise A", Decimal("0.4")), Share("Entreprise B", Decimal("0.6"))]
    amendment = Event(date(2025, 3, 1), "AMENDMENT", {"amount": Decimal(2000000), "labour_share": Decimal(1)})
    silent = Event(date(2025, 4, 1), "SUSPENSION", {})
    return hours_due(
        inputs, rounding=Rounding.HOUR, events=[amendment, silent], as_of=date(2025, 5, 1), shares=split
    )


def every_explanation():
    people = Situation(receives_rsa=True, job_seeker=True, refugee=True)
    decided = eligibility(people, on=date(2025, 6, 1), proofs=[Proof("RSA", date(2025, 1, 1))])
    work = PlannedWork(Period(date(2025, 1, 1)), Decimal(35), Decimal("0.5"))
    gauge = progress(Decimal(1000), Period(date(2025, 1, 1), date(2026, 1, 1)), date(2025, 7, 1), [work])
    counted = counting()
    return [
        decided.explanation,
        gauge.explanation,
        counted.explanation,
        labour_share().explanation,
        *(commitment.explanation for commitment in labour_share().commitments),
        *(line.explanation for line in counted.lines),
    ]


def test_every_step_has_a_sentence_a_value_and_a_source_that_the_font_can_draw():
    for explanation in every_explanation():
        for one in explanation:
            assert one.text.endswith(".")
            assert one.value
            assert one.source.label
            assert set(one.text + one.value + one.source.label) <= DRAWABLE
            assert not any(f" {mark}" in one.text for mark in ":;!?»%€")


def test_a_counted_month_is_told_from_the_hours_declared_to_those_counted():
    told = [
        (one.text.replace("\u00a0", " "), one.value.replace("\u00a0", " ")) for one in month("l4").explanation
    ]
    assert told == [
        ("Heures déclarées pour avril 2025.", "151,67 h"),
        ("Éligibilité décidée pour un contrat de travail qui commence le 3 mars 2025.", "20 février 2025"),
        ("Période d’exécution du marché.", "du 17 mars 2025 au 24 avril 2025 inclus"),
        ("Fenêtre de comptage.", "du 17 mars 2025 au 16 avril 2025 inclus"),
        (
            "Heures réparties sur les jours ouvrés du mois au contrat de travail (Métropole).",
            "21 jours ouvrés",
        ),
        ("Non compté : hors de la période d’exécution, 4 jours sur 21.", "28,89 h"),
        ("Non compté : après la fin de la fenêtre de comptage, 5 jours sur 21.", "36,11 h"),
        (
            "Non compté : formation au-delà du plafond, 30 h de formation déclarées, "
            "plafond 12,5 % des heures, pour 12 jours sur 21.",
            "6,31 h",
        ),
        ("Heures comptées.", "80,36 h"),
    ]


def month(name):
    return next(line for line in counting().lines if line.id == name)


def test_a_month_left_out_says_why():
    assert [one.value.replace("\u00a0", " ") for one in month("l5").explanation] == [
        "151,67 h",
        "19 jours ouvrés",
        "151,67 h",
        "0 h",
    ]
    assert "hors de l’opération" in month("l5").explanation[-2].text
    assert [one.value.replace("\u00a0", " ") for one in month("l2").explanation] == ["7 h", "7 h", "0 h"]
    assert "hors du contrat de travail" in month("l2").explanation[1].text


def test_the_explanation_of_a_commitment_ends_with_its_own_share():
    first, second = labour_share().commitments
    assert "Entreprise A" in first.explanation[-1].text
    assert not any("Entreprise B" in one.text for one in first.explanation)
    assert second.explanation[-1].value == french.hours(second.hours)


def test_the_hours_due_are_told_from_the_amount_to_the_last_event():
    told = [
        (one.text.replace("\u00a0", " "), one.value.replace("\u00a0", " "), one.source.kind)
        for one in labour_share().explanation[4:]
    ]
    # 1 234 567 × 50 % × 7.5 % ÷ 32.5 = 1424.5003…; 2 000 000 × 100 % × 7.5 % ÷ 32.5 = 4615.3846…
    assert told == [
        ("1 234 567 € × 50 % × 7,5 % ÷ 32,50 €.", "1 424,5 h", "calcul"),
        ("Arrondi à l’heure la plus proche.", "1 425 h", "contrat"),
        (
            "Avenant du 1er mars 2025 : montant 2 000 000 € et part de main-d’œuvre 100 %.",
            "4 615 h",
            "contrat",
        ),
        ("Suspension du 1er avril 2025, sans changement.", "4 615 h", "contrat"),
        ("Part prise par Entreprise A : 40 % de 4 615 h.", "1 846 h", "contrat"),
        ("Part prise par Entreprise B : 60 % de 4 615 h.", "2 769 h", "contrat"),
    ]


@pytest.mark.parametrize(
    ("volume", "told"),
    [
        pytest.param("455", ["455 h"], id="rien à arrondir"),
        pytest.param("0.005", ["0,01 h", "0,01 h"], id="arrondi au centième"),
    ],
)
def test_rounding_is_told_when_it_changes_something(volume, told):
    steps = hours_due(Fixed(Decimal(volume))).explanation
    assert [one.value.replace("\u00a0", " ") for one in steps] == told
    assert steps[-1].source.kind == ("calcul" if len(told) > 1 else "contrat")


def test_a_changed_volume_is_told_in_hours():
    event = Event(date(2025, 3, 1), "REDUCTION", {"hours": Decimal("310.5")})
    steps = hours_due(Fixed(Decimal(455)), events=[event], as_of=date(2025, 3, 1)).explanation
    assert steps[-1].text.replace("\u00a0", " ") == "Réduction du 1er mars 2025 : heures 310,5 h."


def test_steps_become_plain_values():
    source = Source("usage", "Pratique", "https://exemple.fr", date(2026, 11, 22))
    steps = (step("Durée : 24 mois.", "24", source), step("Calcul.", "1", Source("calcul", "Calcul")))
    records = as_json(steps)
    assert records == [
        {
            "text": "Durée\u00a0: 24 mois.",
            "value": "24",
            "source": {
                "kind": "usage",
                "label": "Pratique",
                "url": "https://exemple.fr",
                "checked_on": "2026-11-22",
                "parameter": "",
            },
        },
        {
            "text": "Calcul.",
            "value": "1",
            "source": {"kind": "calcul", "label": "Calcul", "url": "", "checked_on": None, "parameter": ""},
        },
    ]
    assert json.loads(json.dumps(records)) == records


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (Decimal("1234.50"), "1 234,5"),
        (Decimal("1234567.89"), "1 234 567,89"),
        (Decimal("35.00"), "35"),
        (Decimal("100"), "100"),
        (Fraction(1, 3), "0,33"),
        (Decimal("-12.30"), "-12,3"),
        (0, "0"),
    ],
)
def test_numbers(value, expected):
    assert french.number(value).replace("\u00a0", " ") == expected


def test_units():
    assert french.hours(Decimal("1234.5")) == "1\u00a0234,5\u00a0h"
    assert french.euros(Decimal("12000")) == "12\u00a0000\u00a0€"
    assert french.euros(Decimal("32.50")) == "32,50\u00a0€"
    assert french.euros(Decimal("0.05")) == "0,05\u00a0€"
    assert french.percent(Decimal("0.125")) == "12,5\u00a0%"
    assert french.percent(Decimal("1.00")) == "100\u00a0%"
    assert french.percent(0) == "0\u00a0%"


def test_days():
    assert french.day(date(2025, 3, 1)) == "1er mars 2025"
    assert french.day(date(2025, 8, 21)) == "21 août 2025"
    assert french.month(date(2025, 12, 1)) == "décembre 2025"


def test_words():
    assert french.several(0, "jour", "jours") == "0\u00a0jour"
    assert french.several(1, "jour", "jours") == "1\u00a0jour"
    assert french.several(2, "jour", "jours") == "2\u00a0jours"
    assert french.listed(["a"]) == "a"
    assert french.listed(["a", "b", "c"]) == "a, b et c"
    assert french.typeset("« l'heure » : 5 %") == "«\u00a0l’heure\u00a0»\u00a0: 5\u00a0%"


def test_an_error_names_the_fact_in_french_and_in_the_file():
    with pytest.raises(FactError) as error:
        LabourShare(Decimal(1), Decimal(1), Decimal(1), Decimal(0))
    assert str(error.value) == "Coût horaire (hourly_cost)\u00a0: la valeur doit être supérieure à zéro."
    assert error.value.reason == "la valeur doit être supérieure à zéro."


def test_an_error_tells_which_line():
    with pytest.raises(FactError) as error:
        Line("l7", "p1", date(2025, 3, 1), Decimal("-1"))
    assert str(error.value) == "Heures (hours), l7\u00a0: la valeur ne peut pas être négative."


def test_a_fact_without_french_name_is_named_all_the_same():
    assert str(FactError("colour", "inconnue.")) == "Fait colour\u00a0: inconnue."


def test_every_fact_that_a_form_asks_for_has_a_french_name():
    facts = [Policy, Placement, Line, Decision, Situation, *METHODS.values(), Share, PlannedWork, TrainingCap]
    asked = {field.name for one in facts for field in fields(one)}
    assert asked <= set(FRENCH)
