"""What a clause says, in words: hours in days and people, codes by their labels."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from uneplace.contracts.models import Clause
from uneplace.contracts.policy import values_of
from uneplace.kit.periods import last_day
from uneplace.rules.french import day, number, several
from uneplace.rules.parameters import PARAMETERS
from uneplace.rules.policy_terms import COUNTING, DOCUMENTS, PENALTIES, TERMS

WEEK = PARAMETERS.legal_weekly_hours.latest
DAY, MONTH = WEEK / 5, WEEK * 52 / 12  # hours of a full time
SUBJECTS = {"Ce qui compte": COUNTING, "Documents attendus": DOCUMENTS, "Pénalités": PENALTIES}


def in_clear(hours: Decimal) -> str:
    """« 300 jours de travail, ou 2 personnes à temps plein pendant 7 mois »: an order of size."""
    if not hours:
        return ""
    days = several(_whole(hours / DAY), "jour de travail", "jours de travail")
    months = hours / MONTH
    if months < 1:
        return f"environ {days}."
    people = 1 if months <= 9 else max(2, _whole(months / 9))
    length = max(_whole(months / people), 1)
    who = "1\u00a0personne" if people == 1 else f"{number(people)}\u00a0personnes"
    return f"environ {days}, ou {who} à temps plein pendant {length}\u00a0mois."


def _whole(value: Decimal) -> int:
    return int(value.quantize(Decimal(1), ROUND_HALF_UP))


def terms_shown(clause: Clause) -> dict[str, Any]:
    """The last day of a clause, and its policy in words: what is said, not what is left out."""
    return {"end": last_day(clause.execution), "policy_said": policy_said(values_of(clause))}


def policy_said(values: Mapping[str, Any]) -> list[tuple[str, list[tuple[str, str]]]]:
    """The terms in words, by subject; what goes with a choice that was not made is left out."""
    silent = {
        "training_cap_share": values["training"] != "CAPPED",
        "permanent_window_from": values["permanent_window_months"] is None,
        "window_scope": values["window_months"] is None,
        "renewal_months": values["window_months"] is None,
        "forecast_every": values["forecast_every"] is None,
        "forecast_due_day": values["forecast_every"] is None,
        "certificate_every": values["certificate_every"] is None,
        "certificate_due_day": values["certificate_every"] is None,
        "proof_every": values["proof_every"] is None,
        "proof_due_day": values["proof_every"] is None,
        "penalty_document_day": values["penalty_document_day"] is None,
        "penalty_per_document": values["penalty_document_day"] is None,
        "penalty_days_from_notice": values["penalty_document_day"] is None,
        "penalty_action": values["penalty_action"] is None,
        "penalty_requires_notice": not any(
            values[name] for name in ("penalty_rate", "penalty_document_day", "penalty_action")
        ),
    }
    return [
        (
            title,
            [(term.label, term.say(values[name])) for name, term in terms.items() if not silent.get(name)],
        )
        for title, terms in SUBJECTS.items()
    ]


@dataclass(frozen=True)
class ChangeSaid:
    """One term that changed: its name, what it was and what it is, in words."""

    label: str
    before: str
    after: str


def changes_said(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[ChangeSaid]:
    """The terms that differ, in words, and the last day; as columns or as JSON keeps them."""
    said = [
        ChangeSaid(term.label, term.say(before[name]), term.say(after[name]))
        for name, term in TERMS.items()
        if name in after and before[name] != after[name]
    ]
    if "ends_on" in after:
        days = [
            day(date.fromisoformat(value)) if value else "non renseigné"
            for value in (before["ends_on"], after["ends_on"])
        ]
        said.append(ChangeSaid("Dernier jour de l’exécution", *days))
    return said
