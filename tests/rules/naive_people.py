"""Eligibility, counting and exits again, in JSON, from the written rules. Right facts only."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace

from tests.rules.naive_counting import months_later, naive_count
from tests.rules.naive_sizing import iso
from uneplace.rules.counting import TrainingCap

STRUCTURES = ["STR_EA", "STR_IAE", "STR_RQ", "STR_EPIDE_E2C", "STR_GEIQ", "STR_JUSTICE"]
AGES_OF_PROOFS = {"DELD": 3, "RSA": 3, "MINIMA": 3, "SENIOR": 3, "J_RENF": 3, "QPV": 6}


def grounds_met(on, known):
    def since(name, months):
        return known.get(name) is not None and months_later(iso(known[name]), months) <= on

    seeks = known.get("job_seeker") is True
    age = None
    if known.get("born_on"):
        age = 0
        while months_later(iso(known["born_on"]), 12 * (age + 1)) <= on:
            age += 1
    level = known.get("diploma_level")
    worked = known.get("months_worked_last_12")
    young = age is not None and age < 26 and level is not None and seeks
    if since("registered_since", 12) and worked is not None and int(worked) < 6:
        yield "DELD"
    if known.get("receives_rsa") and seeks:
        yield "RSA"
    if known.get("boeth") and seeks:
        yield "BOETH"
    if {"ASS", "AAH", "AI", "AV", "INV"} & set(known.get("allowances") or []):
        yield "MINIMA"
    if young and int(level) < 3 and since("left_school_on", 6):
        yield "J26_NQ"
    if young and int(level) >= 3 and since("inactive_since", 6):
        yield "J26_DIP"
    if age is not None and age >= 50 and seeks:
        yield "SENIOR"
    if known.get("support") in ("PACEA", "CEJ", "SMA", "SMV"):
        yield "J_RENF"
    if known.get("lives_in_qpv") and seeks:
        yield "QPV"
    if known.get("refugee"):
        yield "REFUGIE"
    if known.get("motivated_opinion_by") in (
        "FRANCE_TRAVAIL",
        "MAISON_EMPLOI",
        "PLIE",
        "MISSION_LOCALE",
        "CAP_EMPLOI",
        "MDPH",
    ):
        yield "DIFF"
    for code in STRUCTURES:
        if code in (known.get("followed_by") or []):
            yield code


def naive_eligibility(facts):
    on = iso(facts["on"])
    met, eligible = [], False
    for ground in grounds_met(on, facts["situation"]):
        dates = [iso(one["dated_on"]) for one in facts.get("proofs", []) if one["ground"] == ground]
        dates = sorted(day for day in dates if day <= on)
        state = "OK" if dates else "MISSING"
        if dates and ground in AGES_OF_PROOFS:
            state = "STALE" if dates[-1] < months_later(on, -AGES_OF_PROOFS[ground]) else "OK"
        accepted = facts.get("accepted_grounds")
        eligible |= state == "OK" and (accepted is None or ground in accepted)
        met.append({"ground": ground, "proof": state})
    until = months_later(on, 6).isoformat() if eligible else None
    return {"grounds": met, "eligible": eligible, "valid_until": until}


def _period(days):
    return SimpleNamespace(start=iso(days[0]), end=iso(days[1]) if days[1] else None)


def naive_counting_case(facts):
    """The slow counting of `naive_counting`, from JSON to JSON."""
    asked = {
        "window_months": None,
        "permanent_window_months": None,
        "permanent_window_from": "HIRE",
        "accepted_grounds": None,
        "accepted_modalities": None,
        "window_scope": "CLAUSE",
        "renewal_months": 3,
        "holiday_zone": "Métropole",
    } | facts["policy"]
    asked["execution"] = _period(asked["execution"])
    if isinstance(asked["training"], dict):
        asked["training"] = TrainingCap(Decimal(asked["training"]["cap_share"]))
    decisions = [
        SimpleNamespace(
            decided_on=iso(one["decided_on"]),
            grounds=one.get("grounds", []),
            revoked_on=iso(one["revoked_on"]) if one.get("revoked_on") else None,
        )
        for one in facts["decisions"]
    ]
    placements = [
        SimpleNamespace(**(one | {"period": _period(one["period"])})) for one in facts["placements"]
    ]
    lines = [
        SimpleNamespace(
            id=one["id"],
            placement=one["placement"],
            month=date.fromisoformat(one["month"] + "-01"),
            hours=Decimal(one["hours"]),
            training_hours=Decimal(one.get("training_hours", 0)),
            on_operation=one.get("on_operation", False),
            globalised=one.get("globalised", False),
            within=_period(one["within"]) if one.get("within") else None,
        )
        for one in facts["lines"]
    ]
    answers, windows = naive_count(SimpleNamespace(**asked), decisions, placements, lines)
    told = []
    for line in lines:
        parts = dict(answers[line.id])
        counted = parts.pop("counted", 0)
        told.append(
            {
                "id": line.id,
                "counted": _written(counted),
                "excluded": [{"reason": reason, "hours": _written(part)} for reason, part in parts.items()],
            }
        )
    total = sum(answers[line.id].get("counted", 0) for line in lines)
    return {
        "counted": _written(total),
        "lines": told,
        "windows": [
            {"placement": name, "start": start.isoformat(), "end": end.isoformat() if end else None}
            for name, (start, end) in sorted(
                windows.items(), key=lambda item: [one.id for one in placements].index(item[0])
            )
        ],
    }


def _written(hundredths):
    return f"{hundredths // 100}.{hundredths % 100:02}"


def naive_exit_category(facts):
    kind = facts["kind"]
    if kind in ("CDD", "CTT"):
        category = "DURABLE" if int(facts["months"]) >= 6 else "TRANSITION"
    elif kind in ("CDI", "CREATION", "FONCTION_PUBLIQUE"):
        category = "DURABLE"
    elif kind == "CONTRAT_AIDE":
        category = "TRANSITION"
    elif kind in ("FORMATION_QUALIFIANTE", "AUTRE_SIAE", "ALTERNANCE"):
        category = "POSITIVE"
    else:
        category = "AUTRE"
    return {"category": category, "dynamic": category != "AUTRE"}
