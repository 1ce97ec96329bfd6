"""Months shared, double counting, gauge and penalties again: one day after the other, in JSON, from the text.

It shares nothing with the engine but the table of public holidays. Right facts only.
"""

from datetime import timedelta
from fractions import Fraction
from math import ceil, floor

from tests.rules.naive_counting import holidays, months_later
from tests.rules.naive_sizing import iso, split, written


def inside(day, period):
    start, end = period
    return iso(start) <= day and (end is None or day < iso(end))


def works(day, zone):
    return day.isoweekday() <= 5 and day.isoformat() not in holidays(zone)


def days_between(first, end):
    while first < end:
        yield first
        first += timedelta(days=1)


def naive_allocation(facts):
    first = iso(facts["month"] + "-01")
    days = [d for d in days_between(first, months_later(first, 1)) if inside(d, facts["placement_period"])]
    days = [d for d in days if works(d, facts.get("holiday_zone", "Métropole"))] or days
    weights = [
        Fraction(target["weight"]) * sum(inside(day, target["execution"]) for day in days)
        for target in facts["targets"]
    ]
    if sum(weights) == 0:
        parts, rest = ["0.00"] * len(weights), written(Fraction(facts["hours"]))
    else:
        parts, rest = split(facts["hours"], weights), "0.00"
    names = [target["commitment"] for target in facts["targets"]]
    return {
        "allocations": [{"commitment": n, "hours": p} for n, p in zip(names, parts, strict=True)],
        "unallocated": rest,
    }


def naive_double_counting(facts):
    violations = []
    for placement, month in {(row["placement"], row["month"]) for row in facts["allocated"]}:
        sums = {}
        for name in ("worked", "allocated"):
            sums[name] = sum(
                Fraction(row["hours"])
                for row in facts[name]
                if row["placement"] == placement and row["month"] == month
            )
        if sums["allocated"] > sums["worked"]:
            violations.append({"placement": placement, "month": month})
            violations[-1] |= {name: written(hours) for name, hours in sums.items()}
    return {"violations": sorted(violations, key=lambda row: (row["placement"], row["month"]))}


def naive_progress(facts):
    start, end = map(iso, facts["execution"])
    now = iso(facts["as_of"])
    passed = len([day for day in days_between(start, end) if day < now])
    foreseen = Fraction(0)
    for work in facts["placements"]:
        day = now
        while (
            day < end
            and (work["period"][1] is None or day < iso(work["period"][1]))
            and (work.get("window_end") is None or day < iso(work["window_end"]))
        ):
            if works(day, facts.get("holiday_zone", "Métropole")):
                foreseen += Fraction(work["weekly_hours"]) / 5 * Fraction(work["share"])
            day += timedelta(days=1)
    return {
        "expected": written(Fraction(facts["due"]) * passed / (end - start).days),
        "foreseen": written(foreseen),
    }


def naive_forecast(facts):
    start, end = map(iso, facts["execution"])
    now, due = iso(facts["as_of"]), Fraction(facts["due"])
    done = sum(Fraction(facts[name]) for name in ("counted", "to_validate", "undeclared"))
    foreseen = Fraction(facts["foreseen"])
    passed, left = len(list(days_between(start, now))), len(list(days_between(now, end)))
    found = {
        "CONTRACTS": hundredth(done + foreseen),
        "PACE": hundredth(done + max(foreseen, done / passed * left)),
    }
    past = facts.get("past", [])
    if len(past) < 10:
        reading, clauses = "CONTRACTS", 0
        at_end, low, high = found["CONTRACTS"], found["CONTRACTS"], found["PACE"]
    else:
        errors = {
            name: nearest_errors(past, name.lower(), floor(found[name] * 10**6 / due)) for name in found
        }
        typical = {name: at_least(map(abs, its), 5) for name, its in errors.items()}
        reading = "PACE" if typical["PACE"] < typical["CONTRACTS"] else "CONTRACTS"
        clauses = len(errors[reading])
        at_end, low, high = (
            max(
                hundredth(found[reading] + Fraction(at_least(errors[reading], tenths), 10**6) * due),
                Fraction(facts["counted"]),
            )
            for tenths in (5, 1, 9)
        )
    gap = max(due - at_end, Fraction(0))
    people, before = naive_action(gap, now, end, facts.get("holiday_zone", "Métropole"))
    return {
        "at_end": written(at_end),
        "low": written(low),
        "high": written(high),
        "gap": written(gap),
        "reading": reading,
        "clauses": clauses,
        "people": people,
        "before": before,
    }


def naive_action(gap, now, end, zone):
    """Tries one person, then two, and so on; then the days one by one from the end."""
    first = now + timedelta(days=30)
    days = [day for day in days_between(first, end) if works(day, zone)]
    if not gap or not days:
        return 0, None
    people = 1
    while people * 7 * len(days) < gap:
        people += 1
    while people * 7 * (len(days) - 1) >= gap:
        days.pop(0)
    return people, days[0].isoformat()


def nearest_errors(past, name, own):
    """The errors of the quarter, ten at least, that announced the nearest share, and of all as near."""
    told = []
    for one in past:
        share = floor(Fraction(one[name]) * 10**6 / Fraction(one["due"]))
        error = floor(Fraction(one["finished"]) * 10**6 / Fraction(one["due"])) - share
        told.append((abs(share - own), error))
    told.sort()
    last = told[min(len(told), max(10, ceil(len(past) / 4))) - 1][0]
    return [error for distance, error in told if distance <= last]


def at_least(values, tenths):
    """The least value that so many tenths of the values do not exceed."""
    values = list(values)
    return min(
        value for value in values if 10 * len([one for one in values if one <= value]) >= tenths * len(values)
    )


def hundredth(value):
    return Fraction(written(value))


def naive_penalties(facts):
    now = iso(facts["as_of"])
    notice = iso(facts["notice_on"]) if facts.get("notice_on") else None

    def number(name):
        return Fraction(facts.get(name, 0))

    late = []
    for document in facts.get("documents", []):
        start = iso(document["due_on"])
        end = now
        if document.get("received_on"):
            end = min(now, iso(document["received_on"]))
        if facts.get("days_from_notice", False):
            if notice is None:
                continue
            start = max(start, notice)
        late += days_between(start, end)
    days = len(late) if facts.get("per_document", True) else len(set(late))
    missing = max(Fraction(0), number("due") - number("validated") - number("exonerated"))
    missed = max(0, int(number("actions_due")) - int(number("actions_done")))
    asked = not facts.get("requires_notice", True) or (notice is not None and notice <= now)
    result = {"missing_hours": written(missing), "days_late": days, "missed_actions": missed}
    total = Fraction(0)
    for name, count, rate in (
        ("hours", missing, "rate_hour"),
        ("documents", days, "rate_day"),
        ("actions", missed, "rate_action"),
    ):
        exposure = written(count * number(rate))
        total += Fraction(exposure)
        result[name] = {"exposure": exposure, "payable": exposure if asked else "0.00"}
    result["total"] = {"exposure": written(total), "payable": written(total) if asked else "0.00"}
    return result
