"""A plain case of each rule, and the answer to it once a fact is changed or left out."""

import copy

from uneplace.rules.cases import evaluate

SIZED = {
    "LABOUR_SHARE": {"amount": "1000", "labour_share": "0.5", "insertion_rate": "0.1", "hourly_cost": "30"},
    "WORKED_HOURS": {"planned_hours": "100", "insertion_rate": "0.1"},
    "INVOICED": {
        "invoices": [{"on": "2025-01-01", "amount": "100"}],
        "orders": [{"on": "2025-01-01", "amount": "100"}],
        "slice": "10",
        "hours_per_slice": "1",
        "as_of": "2025-06-01",
    },
    "FIXED": {"hours": "10"},
    "PER_YEAR": {"hours_per_year": "10", "period": ["2025-01-01", "2026-01-01"]},
    "NET_STAFF": {"staff_hours": "10", "transferred_hours": "5", "insertion_rate": "1"},
    "BANDS": {"amount": "10", "bands": [{"below": "20", "hours": "5"}]},
    "ACTIONS": {"actions": 3},
}
EVENT = {"on": "2025-03-01", "kind": "TRANCHE", "changes": {"hours": "20"}}
PLAIN = {
    **{f"hours_due {method}": {"method": method, **inputs} for method, inputs in SIZED.items()},
    "hours_due": {
        "method": "FIXED",
        "hours": "10",
        "rounding": "HOUR",
        "as_of": "2025-06-01",
        "events": [EVENT],
        "shares": [{"company": "A", "share": "0.25"}, {"company": "B", "share": "0.75"}],
    },
    "eligibility": {
        "on": "2025-06-01",
        "situation": {"born_on": "2001-01-01", "receives_rsa": True, "job_seeker": True},
        "accepted_grounds": None,
        "proofs": [{"ground": "RSA", "dated_on": "2025-05-01"}],
    },
    "counting": {
        "policy": {
            "execution": ["2025-01-01", "2027-01-01"],
            "window_months": 24,
            "permanent_window_months": 48,
            "work_study_window": "WHOLE",
            "training": {"cap_share": "0.25"},
            "late_decision_days": 0,
        },
        "decisions": [{"decided_on": "2025-02-20", "grounds": ["RSA"], "revoked_on": None}],
        "placements": [
            {"id": "p1", "kind": "CDD", "modality": "DIRECT", "period": ["2025-03-03", "2025-09-01"]}
        ],
        "lines": [
            {
                "id": "l1",
                "placement": "p1",
                "month": "2025-03",
                "hours": "151.67",
                "training_hours": "7",
                "on_operation": True,
            }
        ],
    },
    "allocation": {
        "month": "2025-03",
        "placement_period": ["2025-03-03", None],
        "hours": "151.67",
        "targets": [{"commitment": "c1", "weight": "1", "execution": ["2025-01-01", None]}],
    },
    "double_counting": {
        "worked": [{"placement": "p1", "month": "2025-03", "hours": "10"}],
        "allocated": [{"placement": "p1", "month": "2025-03", "commitment": "c1", "hours": "12"}],
    },
    "progress": {
        "due": "100",
        "execution": ["2025-01-01", "2026-01-01"],
        "as_of": "2025-06-01",
        "placements": [{"period": ["2025-01-01", None], "weekly_hours": "35", "share": "1"}],
    },
    "forecast": {
        "due": "1000",
        "counted": "200",
        "to_validate": "50",
        "undeclared": "30",
        "foreseen": "120",
        "execution": ["2025-01-01", "2026-01-01"],
        "as_of": "2025-06-01",
        "past": [{"due": "500", "finished": "480", "contracts": "400", "pace": "450"}],
    },
    "penalties": {
        "as_of": "2025-06-01",
        "documents": [{"name": "Relevé", "due_on": "2025-05-12", "received_on": None}],
    },
    "exit_category": {"kind": "CDD", "months": 6},
}
ABSENT = object()


def told(name, path=(), value=ABSENT):
    """The answer to a plain case in which one fact is changed, or left out."""
    facts = copy.deepcopy(PLAIN[name])
    if path:
        *way, last = path
        where = facts
        for step in way:
            where = where[step]
        if value is ABSENT:
            del where[last]
        else:
            where[last] = value
    return evaluate({"id": "c", "rule": name.split()[0], "facts": facts})


def every_path(value, way=()):
    if way:
        yield way
    children = (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else []
    )
    for key, child in children:
        yield from every_path(child, (*way, key))
