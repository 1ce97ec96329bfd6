"""How many insertion hours a clause owes, its dated versions and its split among companies.

`hours_due` is the rule; `METHODS` holds the ways of sizing a clause, by code. Each is a frozen dataclass
whose fields are its inputs; `INPUTS` says what each input is, for a form as for a file.
"""

from uneplace.rules.hours_due.due import CommitmentDue, HoursDue, Share, hours_due, split
from uneplace.rules.hours_due.events import START, Event, EventKind, Version
from uneplace.rules.hours_due.inputs import INPUTS, Band, DatedAmount, InputKind
from uneplace.rules.hours_due.invoiced import Invoiced
from uneplace.rules.hours_due.methods import (
    Actions,
    Bands,
    Fixed,
    LabourShare,
    Method,
    NetStaff,
    PerYear,
    WorkedHours,
)
from uneplace.rules.hours_due.registry import METHODS, inputs_of, method_of
from uneplace.rules.hours_due.rounding import Rounding

__all__ = [
    "INPUTS",
    "METHODS",
    "START",
    "Actions",
    "Band",
    "Bands",
    "CommitmentDue",
    "DatedAmount",
    "Event",
    "EventKind",
    "Fixed",
    "HoursDue",
    "InputKind",
    "Invoiced",
    "LabourShare",
    "Method",
    "NetStaff",
    "PerYear",
    "Rounding",
    "Share",
    "Version",
    "WorkedHours",
    "hours_due",
    "inputs_of",
    "method_of",
    "split",
]
