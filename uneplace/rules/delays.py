"""Whose turn, for how long: the delays of a service, when it reminds and when a file closes by itself.

The values that a service starts from are in `parameters.yaml`. A turn begins one day, is due before another,
and is told of again and again until somebody acts: to whoever owes the act, then to the other contacts of
that organisation, then to the service. Nothing stays silent for `turn_silence_days`.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date, timedelta
from enum import IntEnum

from uneplace.rules.parameters import PARAMETERS

LONGEST_TURN = 15
LONGEST_DIFFUSION = 45
SHORTEST_CLOSING, LONGEST_CLOSING = 30, 365
SHORTEST_NOTICE, LONGEST_NOTICE = 3, 14


class Rung(IntEnum):
    """To whom a reminder goes, in order."""

    OWES = 1
    DEPUTY = 2
    SERVICE = 3


@dataclass(frozen=True, kw_only=True)
class Delays:
    """The delays of a service, in days; the first six are for acting, the next three are days late."""

    agree_days: int
    structures_days: int
    service_days: int
    collect_days: int
    answer_days: int
    meet_days: int
    reminder_days: int
    deputy_days: int
    escalation_days: int
    closing_days: int
    notice_days: int


NAMES = tuple(field.name for field in fields(Delays))
TURNS = NAMES[:6]


def usual_delays(*, on: date) -> Delays:
    """What a service that decided nothing works with."""
    return Delays(**{name: getattr(PARAMETERS, f"turn_{name}").whole_on(on) for name in NAMES})


def bounds_of(name: str) -> tuple[int, int]:
    """The least and the most that a delay may be."""
    return {
        "structures_days": (1, LONGEST_DIFFUSION),
        "closing_days": (SHORTEST_CLOSING, LONGEST_CLOSING),
        "notice_days": (SHORTEST_NOTICE, LONGEST_NOTICE),
    }.get(name, (1, LONGEST_TURN))


def why_not_delays(delays: Delays) -> dict[str, str]:
    """What is impossible in these delays, by the name of the delay to change; nothing when all may be."""
    reasons = {}
    for name, days in asdict(delays).items():
        least, most = bounds_of(name)
        if not least <= days <= most:
            reasons[name] = f"Écrivez un nombre de jours entre {least} et {most}."
    if reasons:
        return reasons
    if delays.deputy_days <= delays.reminder_days:
        reasons["deputy_days"] = "Les autres contacts sont prévenus plus tard que la première relance."
    if delays.escalation_days <= delays.deputy_days:
        reasons["escalation_days"] = "Le service est prévenu plus tard que les autres contacts."
    last = max(getattr(delays, name) for name in TURNS if name != "structures_days") + delays.escalation_days
    if last >= delays.closing_days - delays.notice_days:
        reasons["closing_days"] = (
            f"La dernière relance part {last}\u00a0jours après le début du tour, et la clôture s’annonce "
            f"{delays.notice_days}\u00a0jours avant\u00a0: écrivez au moins {last + delays.notice_days + 1}."
        )
    return reasons


def next_reminder_on(since: date, before: date, delays: Delays, sent: Sequence[date]) -> date:
    """The day from which the next reminder of a turn is due; `sent` are the days of those already sent.

    A missed day shifts what follows instead of having it all leave at once: the distance between two
    reminders is kept.
    """
    late = (delays.reminder_days, delays.deputy_days, delays.escalation_days)
    rank, last = len(sent), sent[-1] if sent else since
    limit = last + timedelta(days=PARAMETERS.turn_silence_days.whole_on(last) - 1)
    if rank >= len(late):
        return limit
    due = before + timedelta(days=late[rank])
    if rank:
        due = max(due, last + timedelta(days=late[rank] - late[rank - 1]))
    return min(due, limit)


def rung_of(rank: int) -> Rung:
    """To whom the reminder of this rank goes, the first being 1: the service once the others were told."""
    return Rung(min(rank, Rung.SERVICE))


def notice_on(since: date, delays: Delays) -> date:
    """The day from which the closing of a file that nobody touched since that day is announced."""
    return since + timedelta(days=delays.closing_days - delays.notice_days)


def closes_on(since: date, delays: Delays, *, told_on: date) -> date:
    """The day on which it closes, announced on `told_on`: late notice makes late closing."""
    days = timedelta(days=delays.closing_days)
    return max(since + days, told_on + timedelta(days=delays.notice_days))
