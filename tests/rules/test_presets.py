"""The presets: what real contracts write, each with its source; a fault names its preset."""

from datetime import date
from decimal import Decimal

import pytest
import yaml

from uneplace.rules.parameters import PARAMETERS
from uneplace.rules.policy_terms import TERMS
from uneplace.rules.presets import PRESETS, PRESETS_FILE, PresetError, load

TODAY = date(2026, 11, 23)


def changed(name="bam_2021", **facts):
    """The shipped file with one preset changed; a fact given as None is left out."""
    content = yaml.safe_load(PRESETS_FILE.read_text(encoding="utf-8"))
    content[name] = {key: value for key, value in (content[name] | facts).items() if value is not None}
    return yaml.safe_dump(content, allow_unicode=True, sort_keys=False)


@pytest.mark.parametrize(
    ("name", "term", "value"),
    [
        ("usual", "window_months", 24),
        ("usual", "penalty_rate", None),
        ("usual", "work_study_window_months", None),
        ("aquareel_2025", "penalty_rate", Decimal(50)),
        ("aquareel_2025", "penalty_document_day", Decimal(100)),
        ("aquareel_2025", "penalty_action", Decimal(500)),
        ("aquareel_2025", "statement_every", 1),
        ("aquareel_2025", "statement_due_day", 12),
        ("aquareel_2025", "penalty_days_from_notice", False),
        ("bam_2021", "penalty_rate", Decimal(200)),
        ("bam_2021", "penalty_document_day", Decimal(75)),
        ("bam_2021", "penalty_days_from_notice", True),
        ("bam_2021", "statement_every", 3),
        ("bam_2021", "statement_due_day", 15),
        ("bam_2021", "permanent_window_months", 48),
        ("bam_2021", "window_months", 24),
    ],
)
def test_what_each_contract_writes(name, term, value):
    assert PRESETS.values(name, TODAY)[term] == value


@pytest.mark.parametrize("name", PRESETS.by_name)
def test_a_preset_fills_every_term_and_each_can_be_said(name):
    values = PRESETS.values(name, TODAY)
    assert list(values) == list(TERMS)
    assert all(term.say(values[key]) for key, term in TERMS.items())


def test_the_usual_values_are_those_of_the_parameters():
    usual = PRESETS.values("usual", TODAY)
    for name in ("window_months", "permanent_window_months", "renewal_months", "late_decision_days"):
        assert usual[name] == getattr(PARAMETERS, name).on(TODAY)


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        pytest.param({"source": None}, "source manque", id="sans source"),
        pytest.param({"label": " "}, "label manque", id="intitulé vide"),
        pytest.param({"checked_on": None}, "checked_on", id="sans date"),
        pytest.param({"checked_on": "2026"}, "checked_on", id="date en texte"),
        pytest.param({"status": "légal"}, "status", id="statut inconnu"),
        pytest.param({"url": "http://exemple.fr"}, "https", id="lien sans chiffrement"),
        pytest.param({"says": None}, "says", id="ne dit rien"),
        pytest.param({"says": {"lucky": 7}}, "lucky n’est pas un terme", id="terme inconnu"),
        pytest.param({"says": {"penalty_rate": 50.5}}, "entre guillemets", id="nombre flottant"),
        pytest.param({"says": {"penalty_rate": "-5"}}, "positif", id="pénalité négative"),
        pytest.param({"says": {"statement_every": 2}}, "ne peut pas valoir 2", id="fréquence inconnue"),
        pytest.param({"says": {"penalty_requires_notice": 1}}, "ne peut pas valoir 1", id="oui écrit 1"),
        pytest.param({"says": {"statement_due_day": None}}, "ne peut pas valoir None", id="sans jour"),
        pytest.param({"parameters": ["etp_hours"]}, "etp_hours", id="paramètre d’autre chose"),
        pytest.param({"note": "?"}, "note", id="rubrique inconnue"),
    ],
)
def test_a_faulty_preset_is_named(facts, reason):
    with pytest.raises(PresetError, match=f"Modèle bam_2021.*{reason}"):
        load(changed(**facts))


def test_the_usual_preset_comes_first_and_leaves_no_term_without_value():
    with pytest.raises(PresetError, match="usual"):
        load("")
    with pytest.raises(PresetError, match=r"usual.*training manque"):
        content = yaml.safe_load(PRESETS_FILE.read_text(encoding="utf-8"))
        del content["usual"]["says"]["training"]
        load(yaml.safe_dump(content, sort_keys=False))
