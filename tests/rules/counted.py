"""A person hired from 3 March to 31 August 2025, on a clause of 2025 and 2026, and what a month counts."""

from datetime import date
from decimal import Decimal

from uneplace.rules.counting import Decision, Line, Placement, Policy, count
from uneplace.rules.dates import Period

EXECUTION = Period(date(2025, 1, 1), date(2027, 1, 1))
FREE = {"training": "COUNTED", "work_study_window": "WHOLE", "late_decision_days": 0}
WORK = Period(date(2025, 3, 3), date(2025, 9, 1))
DECIDED = [Decision(date(2025, 2, 20), ["RSA"])]


def policy(**changes):
    return Policy(**{"execution": EXECUTION, **FREE, **changes})


def placement(period=WORK, kind="CDD", modality="DIRECT", name="p1"):
    return Placement(name, kind, modality, period)


def line(
    month=date(2025, 3, 1), hours="151.67", training="0", on_operation=True, globalised=False, within=None
):
    return Line("l1", "p1", month, Decimal(hours), Decimal(training), on_operation, globalised, within)


def counted(line, *, work=None, decisions=DECIDED, **changes):
    """The counted hours of one line, then what is excluded by reason, as text."""
    result = count(policy(**changes), decisions, [work or placement()], [line]).lines[0]
    return str(result.counted), {str(part.reason): str(part.hours) for part in result.excluded}
