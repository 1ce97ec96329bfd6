"""Counting again, the slow way: one day after the other, with its own calendar, from the written rule alone.

It shares nothing with the engine but the facts, so that a mistake would have to be made twice.
"""

import csv
from datetime import date, timedelta
from fractions import Fraction
from functools import cache

from uneplace.rules.calendar import HOLIDAYS_FILE
from uneplace.rules.counting import TrainingCap

FAR = date(2040, 1, 1)
ORDER = [
    "counted",
    "OUTSIDE_PLACEMENT",
    "NOT_ON_OPERATION",
    "MODALITY",
    "NO_DECISION",
    "OUTSIDE_EXECUTION",
    "AFTER_WINDOW",
    "TRAINING",
    "TRAINING_CAP",
]


@cache
def holidays(zone):
    with HOLIDAYS_FILE.open(encoding="utf-8") as table:
        return {row["date"] for row in csv.DictReader(table) if row["zone"] == zone}


def months_later(day, months):
    year, month, of_month = day.year, day.month, day.day
    for _ in range(abs(months)):
        month += 1 if months > 0 else -1
        if month == 13:
            year, month = year + 1, 1
        if month == 0:
            year, month = year - 1, 12
    while True:
        try:
            return date(year, month, of_month)
        except ValueError:
            of_month -= 1


def days_of(start, end):
    day = start
    while day < (end or FAR):
        yield day
        day += timedelta(days=1)


def decision_rank(policy, decisions, placement):
    """The place in the list of the decision that carries a work contract, or None."""
    good = []
    for rank, decision in enumerate(decisions):
        accepted = [
            ground
            for ground in decision.grounds
            if policy.accepted_grounds is None or ground in policy.accepted_grounds
        ]
        limit = placement.period.start + timedelta(days=policy.late_decision_days)
        revoked = decision.revoked_on is not None and not decision.revoked_on > placement.period.start
        if decision.decided_on <= limit and accepted and not revoked:
            good.append((decision.decided_on, -rank))
    return -max(good)[1] if good else None


def window_of_each(policy, decisions, placements):
    """(start, end) of the window of each candidate, by the place of its work contract in the list."""
    queue = []
    for place, placement in enumerate(placements):
        rank = decision_rank(policy, decisions, placement)
        modality = policy.accepted_modalities is None or placement.modality in policy.accepted_modalities
        start = placement.period.start
        if policy.window_scope == "CLAUSE":
            inside = any(
                day >= policy.execution.start and (policy.execution.end is None or day < policy.execution.end)
                for day in days_of(start, placement.period.end)
            )
            first = max(start, policy.execution.start)
        else:
            inside, first = True, start
        if rank is not None and modality and inside:
            queue.append((first, place, rank))
    windows = {}
    opened = None
    for first, place, rank in sorted(queue):
        if opened is None:
            renew = True
        elif opened["end"] is None or first < opened["end"]:
            renew = False
        else:
            earliest = months_later(opened["end"], -policy.renewal_months)
            renew = rank != opened["rank"] and decisions[rank].decided_on >= earliest
        if renew:
            end = None if policy.window_months is None else months_later(first, policy.window_months)
            opened = {"start": first, "end": end, "rank": rank}
        placement = placements[place]
        start, end = opened["start"], opened["end"]
        if placement.kind == "CDI":
            start = placement.period.start if policy.permanent_window_from == "HIRE" else first
            months = policy.permanent_window_months
            end = None if months is None else months_later(start, months)
        elif placement.kind in ("APPRENTISSAGE", "PROFESSIONNALISATION"):
            start = first
            months = policy.work_study_window
            end = None if months == "WHOLE" else months_later(first, months)
        windows[place] = (start, end)
    return windows


def naive_count(policy, decisions, placements, lines):
    """{line id: {"counted" or reason: hundredths}} with zeros left out, and the windows by work contract."""
    windows = window_of_each(policy, decisions, placements)
    places = {placement.id: place for place, placement in enumerate(placements)}
    answers = {}
    for line in lines:
        place = places[line.placement]
        parts = exact_parts(policy, decisions, placements[place], windows.get(place), line)
        answers[line.id] = rounded(parts, line.hours)
    return answers, {placements[place].id: window for place, window in windows.items()}


def exact_parts(policy, decisions, placement, window, line):
    hours, training = Fraction(line.hours), Fraction(line.training_hours)
    next_month = months_later(line.month, 1)
    inside = [
        day
        for day in days_of(line.month, next_month)
        if all(
            span is None or (day >= span.start and (span.end is None or day < span.end))
            for span in (placement.period, line.within)
        )
    ]
    off = holidays(policy.holiday_zone)
    days = [day for day in inside if day.isoweekday() <= 5 and day.isoformat() not in off] or inside
    if not days:
        return {"OUTSIDE_PLACEMENT": hours}
    parts = dict.fromkeys(ORDER, Fraction(0))
    lost = Fraction(0)
    for day in days:
        verdict = verdict_of(policy, decisions, placement, window, line, day)
        parts[verdict] += hours / len(days)
        if verdict != "counted":
            lost += Fraction(1, len(days))
    counted_share = 1 - lost
    if isinstance(policy.training, TrainingCap):
        beyond = max(Fraction(0), training - Fraction(policy.training.cap_share) * hours)
        parts["TRAINING_CAP"] = beyond * counted_share
    elif policy.training == "NOT_COUNTED":
        parts["TRAINING"] = training * counted_share
    parts["counted"] -= parts["TRAINING"] + parts["TRAINING_CAP"]
    return parts


def verdict_of(policy, decisions, placement, window, line, day):
    if not line.on_operation and not line.globalised:
        return "NOT_ON_OPERATION"
    if policy.accepted_modalities is not None and placement.modality not in policy.accepted_modalities:
        return "MODALITY"
    if decision_rank(policy, decisions, placement) is None:
        return "NO_DECISION"
    execution = policy.execution
    if day < execution.start or (execution.end is not None and day >= execution.end):
        return "OUTSIDE_EXECUTION"
    if window[1] is not None and day >= window[1]:
        return "AFTER_WINDOW"
    return "counted"


def rounded(parts, hours):
    """Hundredths of each part, by largest remainder, ties to the first in order."""
    names = [name for name in ORDER if name in parts]
    floors = {name: int(parts[name] * 100) for name in names}
    while sum(floors.values()) < hours * 100:
        missed = {name: parts[name] * 100 - floors[name] for name in names}
        best = max(names, key=lambda name: (missed[name], -names.index(name)))
        floors[best] += 1
    return {name: count for name, count in floors.items() if count}
