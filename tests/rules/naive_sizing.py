"""Hours due again, the plain way: from the JSON of a case to that of its result, from the written rule alone.

It shares nothing with the engine, so that a mistake would have to be made twice. Right facts only.
"""

from datetime import date
from fractions import Fraction
from math import floor

from tests.rules.naive_counting import months_later


def written(value):
    """Two decimals, half up, for a number that is not negative."""
    hundredths = floor(value * 100 + Fraction(1, 2))
    return f"{hundredths // 100}.{hundredths % 100:02}"


def iso(text):
    return date.fromisoformat(text)


def split(total, weights):
    """Hundredths of a written total over weights, by largest remainder."""
    cents = round(Fraction(total) * 100)
    exact = [cents * weight / sum(weights) for weight in weights]
    parts = [floor(part) for part in exact]
    left = [(part - floor(part), -place) for place, part in enumerate(exact)]
    while sum(parts) < cents:
        best = max(left)
        left[-best[1]] = (Fraction(-1), best[1])
        parts[-best[1]] += 1
    return [f"{part // 100}.{part % 100:02}" for part in parts]


def rounded(hours, rounding):
    if rounding == "HOUR":
        hours = Fraction(floor(hours + Fraction(1, 2)))
    if rounding == "UP_35":
        count = 0
        while count * 35 < hours:
            count += 1
        hours = Fraction(count * 35)
    return written(hours)


def invoiced(facts, amounts):
    day = iso(facts["as_of"])
    total = sum(Fraction(one["amount"]) for one in amounts if iso(one["on"]) <= day)
    base = max(Fraction(0), total - Fraction(facts.get("threshold", 0)))
    count = base / Fraction(facts["slice"])
    if facts.get("whole_slices"):
        count = floor(count)
    return count * Fraction(facts["hours_per_slice"])


def per_year(facts):
    start, end = map(iso, facts["period"])
    owed, year = Fraction(0), 0
    while months_later(start, 12 * (year + 1)) <= end:
        year += 1
        owed += Fraction(facts["hours_per_year"])
    begun, whole = months_later(start, 12 * year), months_later(start, 12 * (year + 1))
    return owed + Fraction(facts["hours_per_year"]) * (end - begun).days / (whole - begun).days


def exact(facts):
    method = facts["method"]
    if method == "LABOUR_SHARE":
        product = Fraction(1)
        for name in ("amount", "labour_share", "insertion_rate"):
            product *= Fraction(facts[name])
        return product / Fraction(facts["hourly_cost"])
    if method == "WORKED_HOURS":
        return Fraction(facts["planned_hours"]) * Fraction(facts["insertion_rate"])
    if method == "INVOICED":
        return invoiced(facts, facts.get("invoices", []))
    if method == "FIXED":
        return Fraction(facts["hours"])
    if method == "PER_YEAR":
        return per_year(facts)
    if method == "NET_STAFF":
        net = Fraction(facts["staff_hours"]) - Fraction(facts["transferred_hours"])
        return max(Fraction(0), net) * Fraction(facts["insertion_rate"])
    for band in facts["bands"]:
        if band.get("below") is None or Fraction(facts["amount"]) < Fraction(band["below"]):
            return Fraction(band["hours"])
    raise LookupError("bands")


def figure(facts):
    if facts["method"] == "ACTIONS":
        return {"actions": int(facts["actions"])}
    return {"hours": rounded(exact(facts), facts.get("rounding", "NONE"))}


def naive_hours_due(facts):
    versions = [{"on": None, "kind": "START", **figure(facts)}]
    now = dict(facts)
    events = facts.get("events", [])
    for day in sorted({event["on"] for event in events}):
        for event in events:
            if event["on"] == day and iso(day) <= iso(facts["as_of"]):
                now |= event["changes"]
                versions.append({"on": day, "kind": event["kind"], **figure(now)})
    result = figure(now)
    if facts["method"] == "INVOICED":
        ordered = rounded(invoiced(now, now.get("orders", [])), facts.get("rounding", "NONE"))
        result["foreseeable"] = max(ordered, result["hours"], key=Fraction)
    if "events" in facts:
        result["versions"] = versions
    if facts.get("shares"):
        parts = split(result["hours"], [Fraction(one["share"]) for one in facts["shares"]])
        result["commitments"] = [
            {"company": one["company"], "hours": part}
            for one, part in zip(facts["shares"], parts, strict=True)
        ]
    return result
