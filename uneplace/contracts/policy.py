"""The policy of a clause as plain values: read by a form, filled by a preset, changed by an amendment."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from uneplace.contracts.models.policy import PolicyColumns
from uneplace.rules.calendar import DEFAULT_ZONE
from uneplace.rules.policy_terms import TERMS, Value
from uneplace.rules.presets import PRESETS

USUAL: Mapping[str, Any] = PRESETS.values(PRESETS.usual.name, date.max)


@dataclass(frozen=True, kw_only=True)
class PolicyTerms:
    """What a clause counts, which documents it awaits and what a miss costs; the names are the columns'.

    Windows in months (None: no limit), shares from 0 to 1, money in euros. What is left out is what is usual
    (see `rules/presets.yaml`, and the parameters that it reads).
    """

    window_months: int | None = USUAL["window_months"]
    permanent_window_months: int | None = USUAL["permanent_window_months"]
    permanent_window_from: str = PolicyColumns.WindowFrom.HIRE
    work_study_window_months: int | None = None
    window_scope: str = PolicyColumns.WindowScope.CLAUSE
    renewal_months: int = USUAL["renewal_months"]
    training: str = PolicyColumns.Training.COUNTED
    training_cap_share: Decimal | None = None
    accepted_grounds: list[str] | None = None
    accepted_modalities: list[str] | None = None
    late_decision_days: int = USUAL["late_decision_days"]
    holiday_zone: str = DEFAULT_ZONE
    statement_every: int = USUAL["statement_every"]
    statement_due_day: int = USUAL["statement_due_day"]
    forecast_every: int | None = None
    forecast_due_day: int | None = None
    certificate_every: int | None = None
    certificate_due_day: int | None = None
    proof_every: int | None = None
    proof_due_day: int | None = None
    penalty_rate: Decimal | None = None
    penalty_document_day: Decimal | None = None
    penalty_per_document: bool = True
    penalty_days_from_notice: bool = False
    penalty_action: Decimal | None = None
    penalty_requires_notice: bool = True


def values_of(policy: PolicyColumns | PolicyTerms) -> dict[str, Value]:
    """Every term of a policy, by name."""
    return {name: getattr(policy, name) for name in TERMS}


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """The terms that differ, each with what it was and what it is; in the order of the terms."""
    return {name: (before[name], after[name]) for name in TERMS if before[name] != after[name]}


def storable(value: Any) -> Any:
    """A value as JSON keeps it: a number of euros or a share is written, exact; a day too."""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return value.isoformat() if isinstance(value, date) else value
