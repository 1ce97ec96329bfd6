"""« Pourquoi cette date ? »: until when the hours of one work contract count.

Companies read these sentences: they tell days and months, never a ground of eligibility.
"""

from datetime import date, timedelta

from uneplace.rules import french
from uneplace.rules.counting.explained import DECISION
from uneplace.rules.counting.facts import PERMANENT, WHOLE, WORK_STUDY, Policy, WindowStart
from uneplace.rules.counting.windows import Standing
from uneplace.rules.explanation import CONTRACT, FACT, SUM, Explanation, Step, step
from uneplace.rules.parameters import PARAMETERS, Parameter

NEVER_COUNTS = "Ses heures ne comptent pas sur ce marché."
NO_LIMIT = "sans limite"
NO_DAY = "aucun jour"


def explain_window(policy: Policy, standing: Standing) -> Explanation:
    """From the contract's first day to the last day on which its hours count, for one clause.

    The usual duration is told beside the clause's, with its status: a clause may write another.
    """
    start = standing.placement.period.start
    steps = [step("Premier jour du contrat de travail.", french.day(start), FACT)]
    if not standing.accepted_modality:
        steps.append(step("Modalité d’embauche que la clause n’admet pas.", NO_DAY, CONTRACT))
    elif standing.decision is None:
        steps.append(step("Aucune décision d’éligibilité à temps pour ce contrat.", NO_DAY, DECISION))
    else:
        decided = french.day(standing.decision.decided_on)
        steps.append(step("Éligibilité décidée pour ce contrat.", decided, DECISION))
    if standing.window is None:
        return (*steps, step(NEVER_COUNTS, NO_DAY, SUM))
    steps += _window_steps(policy, standing)
    return (*steps, step("Dernier jour où ses heures comptent.", last_counted_day(policy, standing), SUM))


def last_counted_day(policy: Policy, standing: Standing) -> str:
    """`30 juin 2027`, `sans limite` or `aucun jour`: the last day of the window, the execution and the work
    contract together."""
    if standing.window is None:
        return NO_DAY
    spans = (standing.window, policy.execution, standing.placement.period)
    ends = [span.end for span in spans if span.end is not None]
    if not ends:
        return NO_LIMIT
    return (
        french.day(min(ends) - timedelta(days=1)) if max(span.start for span in spans) < min(ends) else NO_DAY
    )


def _window_steps(policy: Policy, standing: Standing) -> list[Step]:
    window, kind, start = standing.window, standing.placement.kind, standing.placement.period.start
    if window is None:
        return []
    if kind == PERMANENT:
        months = policy.permanent_window_months
        origin = "l’embauche" if policy.permanent_window_from == WindowStart.HIRE else "l’exécution"
        steps = [step(f"La durée d’un CDI part de {origin}.", french.day(window.start), CONTRACT)]
        steps += _months_steps(
            "Durée de comptage d’un CDI.", months, PARAMETERS.permanent_window_months, start
        )
    elif kind in WORK_STUDY:
        months = None if policy.work_study_window == WHOLE else int(policy.work_study_window)
        steps = [step("Premier jour de l’alternance sur ce marché.", french.day(window.start), CONTRACT)]
        steps += _months_steps("Durée de comptage d’une alternance.", months, None, start)
    else:
        earlier = window.start < max(start, policy.execution.start)
        text = "Durée ouverte par un contrat précédent." if earlier else "Durée ouverte par ce contrat."
        steps = [step(text, french.day(window.start), CONTRACT)]
        steps += _months_steps(
            "Durée de comptage d’une personne.", policy.window_months, PARAMETERS.window_months, start
        )
    if policy.execution.end is not None:
        last = french.day(policy.execution.end - timedelta(days=1))
        steps.append(step("Dernier jour de l’exécution du marché.", last, CONTRACT))
    if standing.placement.period.end is not None:
        last = french.day(standing.placement.period.end - timedelta(days=1))
        steps.append(step("Dernier jour du contrat de travail.", last, FACT))
    return steps


def _months_steps(text: str, months: int | None, usual: Parameter | None, on: date) -> list[Step]:
    said = NO_LIMIT if months is None else f"{months} mois"
    steps = [step(text, said, CONTRACT)]
    if usual is not None:
        value = f"{usual.whole_on(on)} mois"
        steps.append(step("Ce qui est d’usage quand un marché ne l’écrit pas.", value, usual.source))
    return steps
