"""Where a new clause may start: what is usual, and what real contracts write.

`presets.yaml` holds them, each with its source, status and the day it was checked; a fault stops the program
and names the preset. What a preset does not say is what is usual.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import yaml

from uneplace.rules.explanation import Source, SourceKind
from uneplace.rules.parameters import PARAMETERS, STATUSES, Parameter, ParameterError
from uneplace.rules.policy_terms import TERMS, Value

PRESETS_FILE = Path(__file__).parent / "presets.yaml"
USUAL = "usual"
KEYS = {"label", "source", "url", "status", "checked_on", "parameters", "says"}


class PresetError(ParameterError):
    """A preset that cannot be used; the French message names it."""

    kind = "Modèle"


@dataclass(frozen=True)
class Preset:
    """What one source writes of counting, documents and penalties, by the names of `policy_terms`."""

    name: str
    label: str
    says: Mapping[str, Value]
    parameters: tuple[Parameter, ...]
    citation: str
    url: str
    status: SourceKind
    checked_on: date

    @property
    def source(self) -> Source:
        """What an explanation cites for these values."""
        return Source(self.status, self.citation, self.url, self.checked_on)

    def own_values(self, on: date) -> dict[str, Value]:
        """What this source says itself, as it stands that day."""
        return {one.name: one.whole_on(on) for one in self.parameters} | dict(self.says)


@dataclass(frozen=True)
class Presets:
    """Every preset, the usual one first."""

    by_name: Mapping[str, Preset]

    @property
    def usual(self) -> Preset:
        """What is done when a contract is silent."""
        return self.by_name[USUAL]

    def values(self, name: str, on: date) -> dict[str, Value]:
        """Every term as a clause that starts from this preset writes it that day."""
        empty: dict[str, Value] = dict.fromkeys(TERMS)
        return empty | self.usual.own_values(on) | self.by_name[name].own_values(on)


def load(text: str) -> Presets:
    """Read the presets from YAML; the first fault raises `PresetError` with the preset's name."""
    found = yaml.safe_load(text)
    if not isinstance(found, dict) or next(iter(found), None) != USUAL:
        raise PresetError("(fichier)", f"le premier modèle doit être {USUAL}.")
    presets = Presets({str(name): _preset(str(name), facts) for name, facts in found.items()})
    said = presets.usual.own_values(date.max)
    for name, term in TERMS.items():
        if name not in said and not term.none:
            raise PresetError(USUAL, f"{name} manque.")
    return presets


def _preset(name: str, facts: object) -> Preset:
    if not isinstance(facts, Mapping):
        raise PresetError(name, "une description est attendue.")
    if unknown := sorted(str(key) for key in facts if key not in KEYS):
        raise PresetError(name, f"rubrique inconnue, {', '.join(unknown)}.")
    for key in ("label", "source"):
        if not isinstance(facts.get(key), str) or not facts[key].strip():
            raise PresetError(name, f"{key} manque.")
    url = facts.get("url", "")
    if not isinstance(url, str) or (url and not url.startswith("https://")):
        raise PresetError(name, "url doit être une adresse https.")
    if facts.get("status") not in STATUSES:
        raise PresetError(name, f"status doit être l’un de\u00a0: {', '.join(STATUSES)}.")
    if type(facts.get("checked_on")) is not date:
        raise PresetError(name, "checked_on doit être une date.")
    says = facts.get("says")
    if not isinstance(says, Mapping) or not says:
        raise PresetError(name, "says doit donner au moins une valeur.")
    return Preset(
        name=name,
        label=facts["label"],
        says={str(term): _value(name, str(term), value) for term, value in says.items()},
        parameters=tuple(_parameter(name, one) for one in facts.get("parameters", ())),
        citation=facts["source"],
        url=url,
        status=facts["status"],
        checked_on=facts["checked_on"],
    )


def _parameter(name: str, parameter: str) -> Parameter:
    if parameter not in TERMS or not hasattr(PARAMETERS, parameter):
        raise PresetError(name, f"{parameter} n’est pas un paramètre d’une clause.")
    found: Parameter = getattr(PARAMETERS, parameter)
    return found


def _value(name: str, term: str, value: Any) -> Value:
    """One value, of the kind that its term asks."""
    if term not in TERMS:
        raise PresetError(name, f"{term} n’est pas un terme d’une clause.")
    expected = TERMS[term]
    if value is None and expected.none:
        return None
    if expected.kind in ("euros", "share"):
        return _exact(name, term, value)
    if expected.kind == "codes":
        good = isinstance(value, list) and all(code in (expected.words or {}) for code in value)
    elif expected.words is not None:
        good = any(value == known and type(value) is type(known) for known in expected.words)
    else:
        good = type(value) is int and value >= 0
    if not good:
        raise PresetError(name, f"{term} ne peut pas valoir {value}.")
    accepted: Value = value
    return accepted


def _exact(name: str, term: str, value: Any) -> Decimal:
    # A float is not the number that was written; decimals are written between quotes.
    try:
        number = Decimal(value) if isinstance(value, str) else None
    except InvalidOperation:
        number = None
    if number is None or number < 0:
        raise PresetError(name, f"{term} doit être un nombre positif, entre guillemets.")
    return number


PRESETS = load(PRESETS_FILE.read_text(encoding="utf-8"))
