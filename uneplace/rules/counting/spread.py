"""How the hours of one month spread over its days, and which of those days count."""

from dataclasses import dataclass
from enum import StrEnum

from uneplace.rules.calendar import Calendar, counter_of_days
from uneplace.rules.counting.facts import Line, Policy
from uneplace.rules.counting.windows import Standing
from uneplace.rules.dates import month_ordinals


class Reason(StrEnum):
    """Why hours do not count; in the order in which reasons are tried and listed."""

    OUTSIDE_PLACEMENT = "OUTSIDE_PLACEMENT"
    NOT_ON_OPERATION = "NOT_ON_OPERATION"
    MODALITY = "MODALITY"
    NO_DECISION = "NO_DECISION"
    OUTSIDE_EXECUTION = "OUTSIDE_EXECUTION"
    AFTER_WINDOW = "AFTER_WINDOW"
    TRAINING = "TRAINING"
    TRAINING_CAP = "TRAINING_CAP"

    @property
    def label(self) -> str:
        """The reason in a few French words, without any ground of eligibility."""
        return _LABELS[self]


_LABELS = {
    Reason.OUTSIDE_PLACEMENT: "hors du contrat de travail",
    Reason.NOT_ON_OPERATION: "hors de l’opération, sans globalisation",
    Reason.MODALITY: "modalité que la clause n’accepte pas",
    Reason.NO_DECISION: "sans décision d’éligibilité valable à l’embauche",
    Reason.OUTSIDE_EXECUTION: "hors de la période d’exécution",
    Reason.AFTER_WINDOW: "après la fin de la fenêtre de comptage",
    Reason.TRAINING: "formation que la clause ne compte pas",
    Reason.TRAINING_CAP: "formation au-delà du plafond",
}


@dataclass(frozen=True, slots=True)
class Spread:
    """The days over which a line's hours spread evenly, and how many of them are lost, for which reason.

    `days` are working days, or calendar days when the month has no working day inside the work contract;
    `whole` is the reason that excludes them all.
    """

    whole: Reason | None
    days: int = 0
    are_working_days: bool = False
    outside_execution: int = 0
    after_window: int = 0

    @property
    def counted_days(self) -> int:
        """The days that count, unless a reason excludes the whole line."""
        return self.days - self.outside_execution - self.after_window


def spread(policy: Policy, calendar: Calendar, standing: Standing, line: Line) -> Spread:
    """Spread one declared month over its days and sort them; nothing is looked up day by day."""
    month_first, month_end = month_ordinals(line.month)
    first, end = max(month_first, standing.first), min(month_end, standing.end)
    if line.within:
        first, end = max(first, line.within.first_ordinal), min(end, line.within.end_ordinal)
    if end <= first:
        return Spread(Reason.OUTSIDE_PLACEMENT)
    count, are_working_days = counter_of_days(calendar, first, end)
    days = count(first, end)
    if whole := _whole_reason(standing, line):
        return Spread(whole, days, are_working_days)
    first, end = max(first, policy.execution.first_ordinal), min(end, policy.execution.end_ordinal)
    inside = count(first, end)
    counted = inside if end <= standing.window_end else count(first, standing.window_end)
    return Spread(None, days, are_working_days, days - inside, inside - counted)


def _whole_reason(standing: Standing, line: Line) -> Reason | None:
    if not (line.on_operation or line.globalised):
        return Reason.NOT_ON_OPERATION
    if not standing.accepted_modality:
        return Reason.MODALITY
    if standing.decision is None:
        return Reason.NO_DECISION
    return None
