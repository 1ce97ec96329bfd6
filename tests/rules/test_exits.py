"""What an exit counts for, at the boundary of six months."""

import pytest

from tests.rules.sized import told
from uneplace.rules.errors import FactError
from uneplace.rules.exits import Category, exit_category


@pytest.mark.parametrize(
    ("kind", "months", "expected"),
    [
        pytest.param("CDI", None, "DURABLE", id="CDI"),
        pytest.param("CREATION", None, "DURABLE", id="création d'entreprise"),
        pytest.param("FONCTION_PUBLIQUE", None, "DURABLE", id="fonction publique"),
        pytest.param("CDD", 6, "DURABLE", id="CDD de 6 mois tout juste"),
        pytest.param("CDD", 5, "TRANSITION", id="CDD de 5 mois"),
        pytest.param("CTT", 6, "DURABLE", id="mission de 6 mois"),
        pytest.param("CTT", 0, "TRANSITION", id="mission de quelques jours"),
        pytest.param("CONTRAT_AIDE", 24, "TRANSITION", id="contrat aidé, même long"),
        pytest.param("FORMATION_QUALIFIANTE", None, "POSITIVE", id="formation"),
        pytest.param("AUTRE_SIAE", None, "POSITIVE", id="autre structure d'insertion"),
        pytest.param("ALTERNANCE", None, "POSITIVE", id="alternance"),
        pytest.param("CHOMAGE", None, "AUTRE", id="sans emploi"),
        pytest.param("cdi", None, "AUTRE", id="code mal écrit"),
    ],
)
def test_the_category_of_an_exit(kind, months, expected):
    result = exit_category(kind, months)
    assert result.category == expected
    assert result.dynamic == (expected != "AUTRE")


@pytest.mark.parametrize(
    ("kind", "months", "fact"),
    [
        pytest.param("CDD", None, "months", id="CDD sans durée"),
        pytest.param("CTT", None, "months", id="mission sans durée"),
        pytest.param("CDI", -1, "months", id="durée négative"),
        pytest.param("CDD", 6.0, "months", id="durée flottante"),
        pytest.param(None, 6, "kind", id="sans nature"),
    ],
)
def test_an_impossible_fact_is_named(kind, months, fact):
    with pytest.raises(FactError) as error:
        exit_category(kind, months)
    assert error.value.fact == fact


def test_an_exit_is_told():
    assert told(exit_category("CDD", 6).explanation) == [
        ("Durée du contrat (CDD).", "6 mois"),
        ("Au moins 6 mois.", "emploi durable"),
        ("Sortie dynamique.", "oui"),
    ]
    assert told(exit_category("CTT", 2).explanation)[1] == ("Moins de 6 mois.", "emploi de transition")
    assert told(exit_category("CHOMAGE").explanation) == [
        ("Sortie de nature CHOMAGE.", "autre sortie"),
        ("Sortie dynamique.", "non"),
    ]
    assert exit_category("CDD", 6).explanation[1].source.kind == "à confirmer"


def test_every_category_has_a_french_name():
    assert [category.label for category in Category] == [
        "emploi durable",
        "emploi de transition",
        "sortie positive",
        "autre sortie",
    ]
