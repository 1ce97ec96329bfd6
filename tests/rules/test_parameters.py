"""The parameters: the value of the day, and a file that refuses what has no source."""

from datetime import date
from decimal import Decimal

import pytest
import yaml

from uneplace.rules.parameters import PARAMETERS, PARAMETERS_FILE, STATUSES, ParameterError, load


def changed(name="etp_hours", **facts):
    """The shipped file with one parameter changed; a fact given as None is left out."""
    content = yaml.safe_load(PARAMETERS_FILE.read_text(encoding="utf-8"))
    content[name] = {key: value for key, value in (content[name] | facts).items() if value is not None}
    return yaml.safe_dump(content, allow_unicode=True)


@pytest.mark.parametrize(
    ("name", "value", "status"),
    [
        ("etp_hours", 1600, "usage"),
        ("statement_due_day", 12, "contrat type"),
        ("eligibility_validity_months", 6, "à confirmer"),
        ("window_months", 24, "à confirmer"),
        ("permanent_window_months", 48, "contrat type"),
        ("renewal_months", 3, "à confirmer"),
        ("late_decision_days", 0, "contrat type"),
        ("deld_registered_months", 12, "à confirmer"),
        ("senior_age", 50, "à confirmer"),
        ("youth_age", 26, "contrat type"),
        ("contact_retention_months", 24, "usage"),
        ("proof_retention_months", 24, "à confirmer"),
        ("rights_answer_months", 1, "loi"),
    ],
)
def test_the_values_in_force(name, value, status):
    parameter = getattr(PARAMETERS, name)
    assert parameter.on(date(2026, 6, 1)) == value
    assert parameter.status == status


def test_every_parameter_can_be_cited():
    assert len(PARAMETERS.all()) >= 32
    for parameter in PARAMETERS.all():
        assert parameter.source.kind in STATUSES
        assert parameter.source.label
        assert parameter.source.checked_on == parameter.checked_on


def test_the_value_is_that_of_the_day():
    values = {date(2024, 7, 1): "1607.5", date(2000, 1, 1): 1600}
    parameter = load(changed(values=values)).etp_hours
    assert parameter.on(date(2024, 6, 30)) == 1600
    assert parameter.on(date(2024, 7, 1)) == Decimal("1607.5")
    assert parameter.whole_on(date(2024, 6, 30)) == 1600


def test_there_is_no_value_before_the_first_date():
    dated = load(changed(values={date(2024, 7, 1): 1607})).etp_hours
    with pytest.raises(ParameterError, match=r"etp_hours.*30 juin 2024"):
        dated.on(date(2024, 6, 30))


def test_a_value_from_the_start_has_no_first_date():
    assert PARAMETERS.etp_hours.on(date(1999, 12, 31)) == 1600
    assert PARAMETERS.etp_hours.on(date.min) == 1600


def test_the_latest_value_is_that_of_the_last_text():
    assert load(changed(values={date(2024, 7, 1): 1607, date(2000, 1, 1): 1600})).etp_hours.latest == 1607


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        pytest.param({"source": None}, "source manque", id="sans source"),
        pytest.param({"source": "  "}, "source manque", id="source vide"),
        pytest.param({"label": None}, "label manque", id="sans intitulé"),
        pytest.param({"group": None}, "group doit être", id="sans sujet"),
        pytest.param({"group": "divers"}, "group doit être", id="sujet inconnu"),
        pytest.param({"unit": None}, "unit manque", id="sans unité"),
        pytest.param({"values": None}, "au moins une valeur", id="sans valeur"),
        pytest.param({"values": {}}, "au moins une valeur", id="aucune valeur"),
        pytest.param({"values": {"toujours": 1}}, "n’est pas une date", id="valeur sans date"),
        pytest.param({"values": {date(2000, 1, 1): 1.5}}, "entre guillemets", id="nombre flottant"),
        pytest.param({"values": {date(2000, 1, 1): "beaucoup"}}, "n’est pas un nombre", id="texte"),
        pytest.param({"checked_on": None}, "checked_on", id="sans date de vérification"),
        pytest.param({"checked_on": "hier"}, "checked_on", id="date de vérification en texte"),
        pytest.param({"status": "légal"}, "status", id="statut inconnu"),
        pytest.param({"status": "calcul"}, "status", id="statut d'une étape"),
        pytest.param({"url": "ftp://exemple.fr"}, "https", id="lien qui n'est pas https"),
        pytest.param({"note": "?"}, "note", id="rubrique inconnue"),
    ],
)
def test_a_faulty_parameter_is_named(facts, reason):
    with pytest.raises(ParameterError, match=f"etp_hours.*{reason}") as error:
        load(changed(**facts))
    assert error.value.name == "etp_hours"


def test_a_missing_parameter_is_named():
    content = yaml.safe_load(PARAMETERS_FILE.read_text(encoding="utf-8"))
    del content["youth_age"]
    with pytest.raises(ParameterError, match="youth_age"):
        load(yaml.safe_dump(content))


def test_a_parameter_that_no_rule_uses_is_named():
    content = yaml.safe_load(PARAMETERS_FILE.read_text(encoding="utf-8"))
    content["lucky_number"] = content["youth_age"]
    with pytest.raises(ParameterError, match="lucky_number"):
        load(yaml.safe_dump(content))


@pytest.mark.parametrize("text", ["", "- 1", "etp_hours: 1600"])
def test_a_file_that_is_no_list_of_parameters(text):
    with pytest.raises(ParameterError):
        load(text)
