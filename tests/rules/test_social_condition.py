"""When the law asks for a social condition: the day, the threshold, and what each explanation says."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from uneplace.rules.errors import FactError
from uneplace.rules.social_condition import Derogation, Purchase, social_condition

DAY = date(2026, 8, 21)


def condition(kind="WORKS", amount="6000000", on=DAY):
    return social_condition(kind=kind, estimated_amount=Decimal(amount), consultation_on=on)


@pytest.mark.parametrize(
    "on, compulsory",
    [
        pytest.param(date(2026, 8, 20), False, id="la veille de l’entrée en vigueur"),
        pytest.param(date(2026, 8, 21), True, id="le jour même"),
        pytest.param(date(2026, 8, 22), True, id="le lendemain"),
        pytest.param(date(2025, 8, 21), False, id="un an plus tôt"),
    ],
)
def test_it_depends_on_the_day_of_the_consultation(on, compulsory):
    assert condition(on=on).compulsory is compulsory


@pytest.mark.parametrize(
    "kind, amount, compulsory",
    [
        pytest.param("WORKS", "5403999.99", False, id="travaux, un centime sous le seuil"),
        pytest.param("WORKS", "5403999", False, id="travaux, un euro sous le seuil"),
        pytest.param("WORKS", "5404000", True, id="travaux, exactement le seuil"),
        pytest.param("WORKS", "5404001", True, id="travaux, un euro au-dessus"),
        pytest.param("SUPPLIES", "215999", False, id="fournitures, un euro sous le seuil"),
        pytest.param("SUPPLIES", "216000", True, id="fournitures, exactement le seuil"),
        pytest.param("SERVICES", "215999", False, id="services, un euro sous le seuil"),
        pytest.param("SERVICES", "216000", True, id="services, exactement le seuil"),
        pytest.param("CONCESSION", "5403999", False, id="concession, un euro sous le seuil"),
        pytest.param("CONCESSION", "5404000", True, id="concession, exactement le seuil"),
        pytest.param("SERVICES", "0", False, id="sans montant"),
    ],
)
def test_it_depends_on_the_threshold_of_the_kind(kind, amount, compulsory):
    assert condition(kind, amount).compulsory is compulsory


@pytest.mark.parametrize(
    "kind, on, threshold",
    [
        pytest.param("SERVICES", date(2024, 1, 1), 221000, id="premier jour connu"),
        pytest.param("SERVICES", date(2025, 12, 31), 221000, id="dernier jour de 2025"),
        pytest.param("SERVICES", date(2026, 1, 1), 216000, id="premier jour de 2026"),
        pytest.param("WORKS", date(2025, 12, 31), 5538000, id="travaux en 2025"),
        pytest.param("WORKS", date(2026, 1, 1), 5404000, id="travaux en 2026"),
    ],
)
def test_the_threshold_is_the_one_of_the_day(kind, on, threshold):
    assert condition(kind, on=on).threshold == threshold


def test_the_explanation_names_the_facts_the_threshold_and_how_sure_it_is():
    steps = condition("SERVICES", "216000").explanation
    assert [(one.text, one.value) for one in steps] == [
        ("Nature de l’achat.", "Services"),
        ("Jour prévu de la consultation.", "21 août 2026"),
        (
            "La condition sociale est obligatoire dans les consultations lancées à partir du 21 août 2026.",
            "concerné",
        ),
        (
            "Seuil européen des fournitures et des services des collectivités, ce jour-là.",
            "216\u00a0000\u00a0€",
        ),
        ("Montant estimé, hors taxes.", "216\u00a0000\u00a0€"),
        ("216\u00a0000\u00a0€ atteint 216\u00a0000\u00a0€.", "condition obligatoire"),
    ]
    assert [one.source.kind for one in steps] == ["fait", "fait", "loi", "à confirmer", "fait", "calcul"]


def test_under_the_threshold_the_explanation_says_so():
    last = condition("SERVICES", "215999").explanation[-1]
    assert last.value == "condition facultative"
    assert "n’atteint pas" in last.text


@pytest.mark.parametrize(
    "facts, fact",
    [
        pytest.param({"kind": "AUTRE"}, "kind", id="nature inconnue"),
        pytest.param({"amount": "-1"}, "estimated_amount", id="montant négatif"),
        pytest.param({"on": datetime(2026, 8, 21, 9, 0)}, "consultation_on", id="un moment, pas un jour"),
        pytest.param({"on": date(2023, 12, 31)}, "consultation_on", id="avant le premier seuil connu"),
    ],
)
def test_a_fact_that_cannot_be_used_is_named(facts, fact):
    with pytest.raises(FactError) as error:
        condition(**facts)
    assert error.value.fact == fact


def test_every_kind_and_every_derogation_has_its_words():
    assert all(one.label for one in [*Purchase, *Derogation])
