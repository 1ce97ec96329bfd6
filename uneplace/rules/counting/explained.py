"""« Pourquoi ce nombre ? » for counted hours.

Companies read these sentences: they tell days, months and shares, never a ground of eligibility.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal

from uneplace.rules import french
from uneplace.rules.counting.facts import Line, Policy, TrainingCap
from uneplace.rules.counting.spread import Reason, Spread
from uneplace.rules.counting.windows import Standing, Window
from uneplace.rules.explanation import CONTRACT, FACT, SUM, Explanation, Source, Step, step

DECISION = Source("fait", "Décision d’éligibilité")
CALENDAR = Source("calcul", "Jours ouvrés\u00a0: lundi à vendredi, jours fériés exclus")
TRAINING_REASONS = (Reason.TRAINING, Reason.TRAINING_CAP)


def explain_line(
    policy: Policy,
    standing: Standing,
    line: Line,
    spread: Spread,
    counted: Decimal,
    excluded: Iterable[tuple[Reason, Decimal]],
) -> Explanation:
    """From the hours declared for a month to those counted."""
    steps = [step(f"Heures déclarées pour {french.month(line.month)}.", french.hours(line.hours), FACT)]
    if line.globalised and not line.on_operation:
        steps.append(step("Heures hors de l'opération, comptées par globalisation.", "oui", FACT))
    if line.within:
        steps.append(
            step("Jours travaillés pour ce marché.", _span(line.within.start, line.within.end), FACT)
        )
    steps += _decision_steps(standing, spread)
    if spread.whole is None:
        steps += _window_steps(policy, standing)
    if spread.days:
        steps.append(_days_step(policy, spread))
    steps += [_excluded_step(policy, line, spread, reason, hours) for reason, hours in excluded]
    steps.append(step("Heures comptées.", french.hours(counted), SUM))
    return tuple(steps)


def explain_counting(
    policy: Policy, windows: Iterable[Window], counted: Decimal, excluded: Iterable[tuple[Reason, Decimal]]
) -> Explanation:
    """From the windows of a person to the total counted, with what is left out, by reason."""
    spans = dict.fromkeys((window.start, window.end) for window in windows)
    steps = [_execution_step(policy)]
    steps += [step("Fenêtre de comptage de la personne.", _span(*span), CONTRACT) for span in spans]
    lost: dict[Reason, Decimal] = {}
    for reason, hours in excluded:
        lost[reason] = lost.get(reason, Decimal(0)) + hours
    for reason in Reason:
        if reason in lost:
            steps.append(step(f"Non compté : {reason.label}.", french.hours(lost[reason]), SUM))
    steps.append(step("Heures comptées.", french.hours(counted), SUM))
    return tuple(steps)


def _decision_steps(standing: Standing, spread: Spread) -> list[Step]:
    if standing.decision is None or spread.whole is not None:
        return []
    start = french.day(standing.placement.period.start)
    return [
        step(
            f"Éligibilité décidée pour un contrat de travail qui commence le {start}.",
            french.day(standing.decision.decided_on),
            DECISION,
        )
    ]


def _window_steps(policy: Policy, standing: Standing) -> list[Step]:
    steps = [_execution_step(policy)]
    if window := standing.window:
        steps.append(step("Fenêtre de comptage.", _span(window.start, window.end), CONTRACT))
    return steps


def _execution_step(policy: Policy) -> Step:
    span = _span(policy.execution.start, policy.execution.end)
    return step("Période d'exécution du marché.", span, CONTRACT)


def _days_step(policy: Policy, spread: Spread) -> Step:
    if spread.are_working_days:
        text = f"Heures réparties sur les jours ouvrés du mois au contrat de travail ({policy.holiday_zone})."
        return step(text, french.several(spread.days, "jour ouvré", "jours ouvrés"), CALENDAR)
    text = "Aucun jour ouvré du mois au contrat de travail : heures réparties sur ses jours."
    return step(text, french.several(spread.days, "jour", "jours"), CALENDAR)


def _excluded_step(policy: Policy, line: Line, spread: Spread, reason: Reason, hours: Decimal) -> Step:
    text = f"Non compté : {reason.label}"
    if reason is Reason.OUTSIDE_EXECUTION:
        text += f", {_of_days(spread.outside_execution, spread.days)}"
    elif reason is Reason.AFTER_WINDOW:
        text += f", {_of_days(spread.after_window, spread.days)}"
    elif reason in TRAINING_REASONS:
        text += f", {french.hours(line.training_hours)} de formation déclarées"
        if isinstance(policy.training, TrainingCap):
            text += f", plafond {french.percent(policy.training.cap_share)} des heures"
        if spread.counted_days < spread.days:
            text += f", pour {_of_days(spread.counted_days, spread.days)}"
    source = FACT if reason in (Reason.OUTSIDE_PLACEMENT, Reason.NOT_ON_OPERATION) else CONTRACT
    if reason is Reason.NO_DECISION:
        source = DECISION
    return step(f"{text}.", french.hours(hours), source)


def _of_days(part: int, days: int) -> str:
    return f"{french.several(part, 'jour', 'jours')} sur {french.number(days)}"


def _span(start: date, end: date | None) -> str:
    """Both days included, as people say them."""
    if end is None:
        return f"depuis le {french.day(start)}, sans limite"
    if end == start:
        return "aucun jour"
    return f"du {french.day(start)} au {french.day(end - timedelta(days=1))} inclus"
