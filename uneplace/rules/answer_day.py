"""The day before which a service answers the buyer who asks for a clause."""

from dataclasses import dataclass
from datetime import date, timedelta

from uneplace.rules import french
from uneplace.rules.calendar import DEFAULT_ZONE, is_working_day
from uneplace.rules.checks import check_day, check_whole
from uneplace.rules.explanation import FACT, SUM, Explanation, Source, step
from uneplace.rules.parameters import PARAMETERS


@dataclass(frozen=True, slots=True)
class AnswerDay:
    """The last day on which an answer is not late, and why."""

    day: date
    explanation: Explanation


def answer_day(
    asked_on: date, working_days: int | None = None, *, holiday_zone: str = DEFAULT_ZONE
) -> AnswerDay:
    """The last working day on which the answer to what was asked that day is not late.

    `working_days` is the delay that the service gives itself; None takes the one of common practice. The day
    of the request does not count. Raises `FactError` for what is not a day or not a whole number.
    """
    check_day("asked_on", asked_on)
    usual = PARAMETERS.answer_working_days
    source = usual.source if working_days is None else Source("usage", "Délai que le service se donne")
    count = usual.whole_on(asked_on) if working_days is None else working_days
    check_whole("working_days", count)
    day = asked_on
    for _ in range(count):
        day += timedelta(days=1)
        while not is_working_day(day, holiday_zone):
            day += timedelta(days=1)
    return AnswerDay(
        day,
        (
            step("Jour de la demande.", french.day(asked_on), FACT),
            step("Délai de réponse du service.", french.several(count, "jour ouvré", "jours ouvrés"), source),
            step("Dernier jour pour répondre.", french.day(day), SUM),
        ),
    )
