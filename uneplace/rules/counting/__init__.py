"""From declared hours to counted hours, for one person and one clause.

`count` is the rule; the rest of the package is its facts, its windows, its arithmetic and its explanation.
"""

from uneplace.rules.counting.facts import (
    WHOLE,
    Decision,
    Line,
    Placement,
    Policy,
    Training,
    TrainingCap,
    WindowScope,
    WindowStart,
)
from uneplace.rules.counting.lines import CountedLine, Counting, Excluded, count
from uneplace.rules.counting.spread import Reason
from uneplace.rules.counting.windows import Standing, Window, standings

__all__ = [
    "WHOLE",
    "CountedLine",
    "Counting",
    "Decision",
    "Excluded",
    "Line",
    "Placement",
    "Policy",
    "Reason",
    "Standing",
    "Training",
    "TrainingCap",
    "Window",
    "WindowScope",
    "WindowStart",
    "count",
    "standings",
]
