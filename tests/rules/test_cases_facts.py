"""Facts of a file: which must be given, which have a default, which may be null."""

import pytest

from tests.rules.plain_cases import PLAIN, SIZED, every_path, told


@pytest.mark.parametrize("name", PLAIN)
def test_the_plain_case_is_right(name):
    assert "error" not in told(name)


REQUIRED = [
    *(("hours_due " + method, (name,)) for method, inputs in SIZED.items() for name in inputs),
    ("hours_due", ("method",)),
    ("hours_due", ("as_of",)),
    ("hours_due", ("events", 0, "on")),
    ("hours_due", ("events", 0, "kind")),
    ("hours_due", ("events", 0, "changes")),
    ("hours_due", ("shares", 0, "company")),
    ("hours_due", ("shares", 0, "share")),
    ("hours_due INVOICED", ("invoices", 0, "on")),
    ("hours_due INVOICED", ("orders", 0, "amount")),
    ("hours_due BANDS", ("bands", 0, "hours")),
    ("eligibility", ("on",)),
    ("eligibility", ("situation",)),
    ("eligibility", ("proofs", 0, "ground")),
    ("eligibility", ("proofs", 0, "dated_on")),
    ("counting", ("policy",)),
    ("counting", ("decisions",)),
    ("counting", ("placements",)),
    ("counting", ("lines",)),
    *(
        ("counting", ("policy", name))
        for name in ("execution", "work_study_window", "training", "late_decision_days")
    ),
    ("counting", ("policy", "training", "cap_share")),
    ("counting", ("decisions", 0, "decided_on")),
    *(("counting", ("placements", 0, name)) for name in ("id", "kind", "modality", "period")),
    *(("counting", ("lines", 0, name)) for name in ("id", "placement", "month", "hours")),
    *(("allocation", (name,)) for name in ("month", "placement_period", "hours", "targets")),
    *(("allocation", ("targets", 0, name)) for name in ("commitment", "weight", "execution")),
    ("double_counting", ("worked",)),
    ("double_counting", ("allocated",)),
    *(("double_counting", ("worked", 0, name)) for name in ("placement", "month", "hours")),
    *(("double_counting", ("allocated", 0, name)) for name in ("placement", "month", "commitment", "hours")),
    *(("progress", (name,)) for name in ("due", "execution", "as_of", "placements")),
    *(("progress", ("placements", 0, name)) for name in ("period", "weekly_hours", "share")),
    *(
        ("forecast", (name,))
        for name in ("due", "counted", "to_validate", "undeclared", "foreseen", "execution", "as_of")
    ),
    *(("forecast", ("past", 0, name)) for name in ("due", "finished", "contracts", "pace")),
    ("penalties", ("as_of",)),
    ("penalties", ("documents", 0, "name")),
    ("penalties", ("documents", 0, "due_on")),
    ("exit_category", ("kind",)),
    ("exit_category", ("months",)),
]
LEFT_OUT = [("hours_due INVOICED", ("invoices",)), ("hours_due INVOICED", ("orders",))]


@pytest.mark.parametrize(
    ("name", "path"), [case for case in REQUIRED if case not in LEFT_OUT], ids=lambda value: str(value)
)
def test_a_fact_that_is_left_out_is_named(name, path):
    assert f"({path[-1]})" in told(name, path)["error"]


@pytest.mark.parametrize(
    ("name", "path"),
    [
        *LEFT_OUT,
        ("hours_due", ("rounding",)),
        ("hours_due", ("events",)),
        ("hours_due", ("shares",)),
        ("hours_due BANDS", ("bands", 0, "below")),
        ("eligibility", ("accepted_grounds",)),
        ("eligibility", ("proofs",)),
        ("eligibility", ("situation", "born_on")),
        ("counting", ("policy", "window_months")),
        ("counting", ("policy", "permanent_window_months")),
        ("counting", ("decisions", 0, "grounds")),
        ("counting", ("decisions", 0, "revoked_on")),
        ("counting", ("lines", 0, "training_hours")),
        ("counting", ("lines", 0, "on_operation")),
        ("penalties", ("documents",)),
        ("penalties", ("documents", 0, "received_on")),
    ],
    ids=lambda value: str(value),
)
def test_a_fact_that_has_a_default_may_be_left_out(name, path):
    assert "error" not in told(name, path)


MAY_BE_NULL = {
    "below",
    "received_on",
    "revoked_on",
    "accepted_grounds",
    "born_on",
    "receives_rsa",
    "job_seeker",
    "window_months",
    "permanent_window_months",
}


@pytest.mark.parametrize("name", PLAIN)
def test_a_fact_of_another_nature_is_an_error(name):
    for path in every_path(PLAIN[name]):
        for wrong in (1.5, [[]], float("nan")):
            assert "error" in told(name, path, wrong), (path, wrong)


@pytest.mark.parametrize("name", PLAIN)
def test_null_is_an_error_but_for_the_facts_that_may_be_null(name):
    for path in every_path(PLAIN[name]):
        if isinstance(path[-1], str):
            assert ("error" in told(name, path, None)) == (path[-1] not in MAY_BE_NULL), path
