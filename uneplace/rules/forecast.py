"""Where a clause will end, between what and what, and what closes the gap, before when.

Two readings of the same facts: the contracts signed, or the pace kept until the end. Which one is believed,
by how much it is corrected and how wide the interval is come from the closed clauses of the service
(`forecast_trials.py`), never from a figure chosen beforehand.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from uneplace.rules import french
from uneplace.rules.calendar import DEFAULT_ZONE, calendar_of, is_working_day
from uneplace.rules.checks import check_day, check_number
from uneplace.rules.dates import Period
from uneplace.rules.errors import FactError
from uneplace.rules.explanation import CONTRACT, FACT, SUM, Explanation, Source, Step, step
from uneplace.rules.forecast_trials import (
    MILLION,
    READINGS,
    Experience,
    Reading,
    Share,
    Trial,
    experience_of,
    least_clauses,
    share_of,
)
from uneplace.rules.numbers import round2
from uneplace.rules.parameters import PARAMETERS

STAGES = (10, 25, 50, 75, 90)
"""The stages of an execution at which closed clauses are looked at again, in percent of its days."""
PAST = Source("calcul", "Clauses closes du service")
NOTHING = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a clause or commitment on a day, in hours.

    Counted; declared and still to validate; worked under signed contracts and not declared yet; foreseen by
    these contracts from that day on. `relieved`: of those due, what relief does not ask any more.
    """

    due: Decimal
    counted: Decimal
    to_validate: Decimal
    undeclared: Decimal
    foreseen: Decimal
    relieved: Decimal = NOTHING

    def __post_init__(self) -> None:
        for name in ("due", "counted", "to_validate", "undeclared", "foreseen", "relieved"):
            check_number(name, getattr(self, name))

    @property
    def done(self) -> Fraction:
        """Hours worked, whatever the papers still to come."""
        return Fraction(self.counted) + Fraction(self.to_validate) + Fraction(self.undeclared)


@dataclass(frozen=True, slots=True)
class GapAction:
    """What closes the gap: so many more people at so many hours a week, at work by that day at the latest."""

    people: int
    weekly_hours: Decimal
    before: date


@dataclass(frozen=True, slots=True)
class Forecast:
    """Hours at the end, between a low and a high; the gap to what is due, and what closes it.

    `clauses` is how many closed clauses the interval comes from, 0 when all were too few: the interval then
    goes from one reading to the other. `action` is None without a gap, or when no time is left to recruit.
    """

    reading: Reading
    stage: int
    at_end: Decimal
    low: Decimal
    high: Decimal
    gap: Decimal
    clauses: int
    action: GapAction | None
    explanation: Explanation


def stage_of(execution: Period, as_of: date) -> int | None:
    """The last stage reached on that day; None before the first one, once it is over, or without an end."""
    if execution.end is None or as_of >= execution.end:
        return None
    elapsed = (as_of - execution.start).days * 100
    reached = [stage for stage in STAGES if elapsed >= stage * (execution.end - execution.start).days]
    return reached[-1] if reached else None


def day_of_stage(execution: Period, stage: int) -> date:
    """The first day on which this stage of a closed execution is reached."""
    if execution.end is None:
        raise FactError("execution", "une fin d’exécution est nécessaire.")
    return execution.start + timedelta(days=-(-(execution.end - execution.start).days * stage // 100))


def announced(known: Known, execution: Period, as_of: date) -> dict[Reading, Decimal]:
    """The hours at the end by each reading, to the hundredth; the pace never says less than the contracts."""
    if execution.end is None:
        raise FactError("execution", "une fin d’exécution est nécessaire.")
    elapsed = max((as_of - execution.start).days, 1)
    left = max((execution.end - as_of).days, 0)
    foreseen = Fraction(known.foreseen)
    return {
        Reading.CONTRACTS: round2(known.done + foreseen),
        Reading.PACE: round2(known.done + max(foreseen, known.done * left / elapsed)),
    }


def forecast(
    known: Known,
    execution: Period,
    as_of: date,
    past: Sequence[Trial] = (),
    holiday_zone: str = DEFAULT_ZONE,
) -> Forecast:
    """Where a clause will end; `past` are the closed clauses of its service at the stage that it is at.

    Raises `FactError` without an end of the execution, outside of it, or before its first stage.
    """
    check_day("as_of", as_of)
    if execution.end is None:
        raise FactError("execution", "une fin d’exécution est nécessaire.")
    stage = stage_of(execution, as_of)
    if stage is None:
        raise FactError(
            "as_of", f"on prévoit entre {STAGES[0]}\u00a0% de l’exécution et la veille de sa fin."
        )
    readings, experience = announced(known, execution, as_of), None
    if known.due:
        shares = {reading: share_of(hours, known.due) for reading, hours in readings.items()}
        experience = experience_of(past, shares)
    if experience:
        reading = experience.kept
        at_end, low, high = (
            _corrected(known, readings[reading], error)
            for error in (experience.middle, experience.low, experience.high)
        )
    else:
        reading = Reading.CONTRACTS
        at_end, low, high = (
            readings[Reading.CONTRACTS],
            readings[Reading.CONTRACTS],
            readings[Reading.PACE],
        )
    gap = round2(max(known.due - known.relieved - at_end, NOTHING))
    action = closing_action(gap, execution, as_of, holiday_zone) if gap else None
    steps = [
        *_known_steps(known, as_of),
        *_reading_steps(readings, experience, stage, len(past)),
        step("Prévues à la fin.", french.hours(at_end), SUM),
        step("Entre.", f"{french.hours(low)} et {french.hours(high)}", PAST if experience else SUM),
        *_gap_steps(gap, known, action, as_of),
    ]
    return Forecast(
        reading,
        stage,
        at_end,
        low,
        high,
        gap,
        experience.clauses if experience else 0,
        action,
        tuple(steps),
    )


def closing_action(gap: Decimal, execution: Period, as_of: date, holiday_zone: str) -> GapAction | None:
    """The fewest more people at full time who close a gap, once there was time to recruit them; and the last
    day on which so many may start. None when no working day is left by then."""
    if execution.end is None:
        raise FactError("execution", "une fin d’exécution est nécessaire.")
    weekly = PARAMETERS.legal_weekly_hours.on(as_of)
    first = as_of + timedelta(days=PARAMETERS.forecast_recruiting_days.whole_on(as_of))
    days = calendar_of(holiday_zone).working_days(first.toordinal(), execution.end.toordinal())
    if not days:
        return None
    daily = Fraction(weekly) / 5
    people = -(-Fraction(gap) // (days * daily))
    needed = -(-Fraction(gap) // (people * daily))
    before = execution.end
    while needed > 0:
        before -= timedelta(days=1)
        needed -= is_working_day(before, holiday_zone)
    return GapAction(int(people), weekly, before)


def _corrected(known: Known, hours: Decimal, error: Share) -> Decimal:
    """A reading moved by an error of the past; what is counted stays counted."""
    moved = Fraction(hours) + Fraction(error, MILLION) * Fraction(known.due)
    return round2(max(moved, Fraction(known.counted)))


def _known_steps(known: Known, as_of: date) -> list[Step]:
    return [
        step(f"Comptées au {french.day(as_of)}.", french.hours(known.counted), FACT),
        step("Déclarées, à valider.", french.hours(known.to_validate), FACT),
        step("Travaillées d'après les contrats, pas encore déclarées.", french.hours(known.undeclared), FACT),
        step("Prévues par les contrats signés.", french.hours(known.foreseen), FACT),
    ]


def _reading_steps(
    readings: dict[Reading, Decimal], experience: Experience | None, stage: int, past: int
) -> list[Step]:
    steps = [
        step("À la fin, si rien n'est signé de plus.", french.hours(readings[Reading.CONTRACTS]), SUM),
        step("À la fin, si le rythme depuis le début est tenu.", french.hours(readings[Reading.PACE]), SUM),
    ]
    if experience is None:
        few = french.several(past, "clause close", "clauses closes")
        text = (
            f"Trop peu d'expérience à {stage} % de l'exécution : {few}, il en faut {least_clauses()}. "
            "L'intervalle va d'une lecture à l'autre."
        )
        return [*steps, step(text, few, PARAMETERS.forecast_least_clauses.source)]
    errors = experience.median_errors
    told = " ; ".join(f"{READINGS[one]}, {_points(errors[one])}" for one in Reading)
    steps.append(
        step(
            f"Erreur médiane des {experience.clauses} clauses closes les plus proches, à {stage} % de "
            f"l'exécution, en part des heures dues : {told}. La lecture qui se trompe le moins est retenue.",
            READINGS[experience.kept],
            PAST,
        )
    )
    steps.append(
        step(
            "Correction : ce que cette lecture annonçait en médiane de trop ou de trop peu.",
            _points(experience.middle),
            PAST,
        )
    )
    return steps


def _gap_steps(gap: Decimal, known: Known, action: GapAction | None, as_of: date) -> list[Step]:
    steps = [step("Heures dues.", french.hours(known.due), CONTRACT)]
    if known.relieved:
        steps.append(step("Exonérées par l'acheteur.", french.hours(known.relieved), CONTRACT))
    less = ", exonérées déduites" if known.relieved else ""
    steps.append(step(f"Écart : dues moins prévues à la fin{less}.", french.hours(gap), SUM))
    if action:
        delay = french.several(PARAMETERS.forecast_recruiting_days.whole_on(as_of), "jour", "jours")
        people = french.several(action.people, "personne de plus", "personnes de plus")
        text = (
            f"Il faut {people} à {french.hours(action.weekly_hours)} par semaine, "
            f"recrutées sous {delay}, au travail au plus tard le."
        )
        steps.append(step(text, french.day(action.before), PARAMETERS.forecast_recruiting_days.source))
    return steps


def _points(error: Share) -> str:
    """« 12,5 % », of the hours due."""
    return f"{french.number(round2(Fraction(error, MILLION) * 100))}{french.NBSP}%"
