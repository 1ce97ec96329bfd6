"""The values of law and of usage, by date, with where each comes from.

`parameters.yaml` holds them; a value with no label, unit, source, status or date fails when the file is read,
and the error names it. What one contract says is data of that contract, not a parameter.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import get_args

import yaml

from uneplace.rules.explanation import Source, SourceKind
from uneplace.rules.french import day as in_full

PARAMETERS_FILE = Path(__file__).parent / "parameters.yaml"
STATUSES: tuple[SourceKind, ...] = tuple(
    kind for kind in get_args(SourceKind) if kind in ("loi", "contrat type", "usage", "à confirmer")
)
FROM_THE_START = date(2000, 1, 1)
"""The date in the file of a value that has no known beginning: it holds before that day too."""
KEYS = {"group", "label", "unit", "values", "source", "url", "status", "checked_on"}
# The subjects of the public page, in its order.
GROUPS = {
    "sizing": "Le calcul des heures dues",
    "eligibility": "L’éligibilité\u00a0: qui peut être compté",
    "proofs": "Les justificatifs\u00a0: leur ancienneté admise",
    "counting": "Le comptage\u00a0: quelles heures, combien de temps",
    "execution": "L’exécution et les bilans",
    "checks": "Le contrôle des relevés d’heures\u00a0: ce qui est à relire",
    "penalties": "Les pénalités",
    "before_contract": "Avant le marché\u00a0: quand une clause est obligatoire",
    "work_contracts": "Les contrats de travail\u00a0: ce que la loi en dit",
    "job": "La fiche de poste",
    "recruiting": "Le recrutement\u00a0: qui agit, avant quand",
    "personal_data": "Les données d’une personne",
}


class ParameterError(ValueError):
    """A parameter that cannot be used; the French message names it."""

    kind = "Paramètre"

    def __init__(self, name: str, reason: str) -> None:
        self.name = name
        super().__init__(f"{self.kind} {name}\u00a0: {reason}")


@dataclass(frozen=True, slots=True)
class Parameter:
    """One value of law or usage, as it was on each day.

    `values` gives each value with the first day on which the product applies it, in order.
    """

    name: str
    group: str
    label: str
    unit: str
    values: tuple[tuple[date, Decimal], ...]
    citation: str
    url: str
    status: SourceKind
    checked_on: date

    def on(self, day: date) -> Decimal:
        """The value in force that day; `ParameterError` before a first one that has a date."""
        for since, value in reversed(self.values):
            if since <= day or since == FROM_THE_START:
                return value
        raise ParameterError(self.name, f"aucune valeur au {in_full(day)}.")

    @property
    def latest(self) -> Decimal:
        """The value of the last text, for a rule that is given no day."""
        return self.values[-1][1]

    def whole_on(self, day: date) -> int:
        """The value in force that day, for what is counted in whole months, years or days."""
        return int(self.on(day))

    @property
    def source(self) -> Source:
        """What an explanation cites for this value."""
        return Source(self.status, self.citation, self.url, self.checked_on, self.name)


@dataclass(frozen=True)
class Parameters:
    """Every parameter, by its name; the file must define each of them, and no other."""

    deld_registered_months: Parameter
    deld_worked_months: Parameter
    youth_age: Parameter
    youth_qualified_level: Parameter
    youth_school_months: Parameter
    youth_inactive_months: Parameter
    senior_age: Parameter
    eligibility_validity_months: Parameter
    proof_months_deld: Parameter
    proof_months_rsa: Parameter
    proof_months_minima: Parameter
    proof_months_senior: Parameter
    proof_months_j_renf: Parameter
    proof_months_qpv: Parameter
    window_months: Parameter
    permanent_window_months: Parameter
    renewal_months: Parameter
    late_decision_days: Parameter
    statement_due_day: Parameter
    legal_weekly_hours: Parameter
    pace_tolerance: Parameter
    alert_watch_below: Parameter
    alert_alert_below: Parameter
    alert_critical_below: Parameter
    alert_critical_from: Parameter
    alert_documents_days: Parameter
    forecast_least_clauses: Parameter
    forecast_recruiting_days: Parameter
    etp_hours: Parameter
    max_weekly_hours: Parameter
    max_daily_hours: Parameter
    max_weekly_days: Parameter
    extra_hours_divisor: Parameter
    copied_months: Parameter
    contact_retention_months: Parameter
    retention_notice_days: Parameter
    proof_retention_months: Parameter
    cv_retention_months: Parameter
    tutor_retention_months: Parameter
    invitation_retention_months: Parameter
    message_retention_days: Parameter
    rights_answer_months: Parameter
    durable_exit_months: Parameter
    answer_working_days: Parameter
    cddi_min_months: Parameter
    cddi_max_months: Parameter
    cddi_min_weekly_hours: Parameter
    temporary_max_months: Parameter
    lent_hours: Parameter
    lent_months: Parameter
    professionalisation_min_months: Parameter
    professionalisation_max_months: Parameter
    apprenticeship_min_months: Parameter
    apprenticeship_max_months: Parameter
    apprenticeship_min_age: Parameter
    apprenticeship_max_age: Parameter
    exposed_jobs: Parameter
    social_condition_compulsory: Parameter
    european_threshold_supplies: Parameter
    european_threshold_works: Parameter
    european_threshold_concession: Parameter
    usual_hourly_cost: Parameter
    usual_insertion_rate_low: Parameter
    usual_insertion_rate_high: Parameter
    labour_share_average: Parameter
    labour_share_masonry: Parameter
    labour_share_painting: Parameter
    labour_share_metal_frames: Parameter
    labour_share_roadworks: Parameter
    labour_share_shell: Parameter
    labour_share_plumbing: Parameter
    labour_share_electricity: Parameter
    labour_share_joinery: Parameter
    labour_share_waterproofing: Parameter
    labour_share_green_spaces: Parameter
    labour_share_cleaning: Parameter
    labour_share_guarding: Parameter
    labour_share_catering: Parameter
    labour_share_waste: Parameter
    labour_share_intellectual: Parameter
    smic: Parameter
    smic_mayotte: Parameter
    next_job_days: Parameter
    turn_agree_days: Parameter
    turn_structures_days: Parameter
    turn_service_days: Parameter
    turn_collect_days: Parameter
    turn_answer_days: Parameter
    turn_meet_days: Parameter
    turn_reminder_days: Parameter
    turn_deputy_days: Parameter
    turn_escalation_days: Parameter
    turn_closing_days: Parameter
    turn_notice_days: Parameter
    turn_silence_days: Parameter

    def all(self) -> tuple[Parameter, ...]:
        """Every parameter, in the order of the file's groups."""
        return tuple(getattr(self, field.name) for field in fields(self))


def load(text: str) -> Parameters:
    """Read the parameters from YAML; the first fault raises `ParameterError` with the parameter's name."""
    found = yaml.safe_load(text)
    if not isinstance(found, dict):
        raise ParameterError("(fichier)", "le fichier doit donner un paramètre par nom.")
    expected = [field.name for field in fields(Parameters)]
    for name in expected:
        if name not in found:
            raise ParameterError(name, "absent du fichier.")
    for name in found:
        if name not in expected:
            raise ParameterError(str(name), "aucune règle ne l’emploie.")
    return Parameters(**{name: _parameter(name, found[name]) for name in expected})


def _parameter(name: str, facts: object) -> Parameter:
    if not isinstance(facts, Mapping):
        raise ParameterError(name, "une description est attendue.")
    if unknown := sorted(str(key) for key in facts if key not in KEYS):
        raise ParameterError(name, f"rubrique inconnue, {', '.join(unknown)}.")
    if facts.get("group") not in GROUPS:
        raise ParameterError(name, f"group doit être l’un de\u00a0: {', '.join(GROUPS)}.")
    for key in ("label", "unit", "source"):
        if not isinstance(facts.get(key), str) or not facts[key].strip():
            raise ParameterError(name, f"{key} manque.")
    url = facts.get("url", "")
    if not isinstance(url, str) or (url and not url.startswith("https://")):
        raise ParameterError(name, "url doit être une adresse https.")
    if facts.get("status") not in STATUSES:
        raise ParameterError(name, f"status doit être l’un de\u00a0: {', '.join(STATUSES)}.")
    if type(facts.get("checked_on")) is not date:
        raise ParameterError(name, "checked_on doit être une date.")
    return Parameter(
        name=name,
        group=facts["group"],
        label=facts["label"],
        unit=facts["unit"],
        values=_values(name, facts.get("values")),
        citation=facts["source"],
        url=url,
        status=facts["status"],
        checked_on=facts["checked_on"],
    )


def _values(name: str, values: object) -> tuple[tuple[date, Decimal], ...]:
    if not isinstance(values, Mapping) or not values:
        raise ParameterError(name, "values doit donner au moins une valeur par date.")
    return tuple(sorted((_since(name, since), _exact(name, value)) for since, value in values.items()))


def _since(name: str, since: object) -> date:
    if not isinstance(since, date):
        raise ParameterError(name, f"{since} n’est pas une date.")
    return since


def _exact(name: str, value: object) -> Decimal:
    # A float is not the number that was written; decimals are written between quotes.
    if isinstance(value, bool) or not isinstance(value, int | str):
        raise ParameterError(name, f"{value} doit être un entier, ou un décimal entre guillemets.")
    try:
        return Decimal(value)
    except InvalidOperation:
        raise ParameterError(name, f"{value} n’est pas un nombre.")


PARAMETERS = load(PARAMETERS_FILE.read_text(encoding="utf-8"))
