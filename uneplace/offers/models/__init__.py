from .applications import (
    HOLDS_POST,
    MAY_COME_BACK,
    Agreement,
    Application,
    ApplicationQuerySet,
    CriterionAnswer,
    Through,
    Transmission,
)
from .criteria import Criterion, JobSheetVersion
from .delays import ServiceDelays
from .diffusion import Diffusion
from .job_sheets import CONTACTS, Demand, Equipment, JobSheet, JobSheetQuerySet
from .reminders import Act, Reminder
from .suggestions import Suggestion

__all__ = [
    "CONTACTS",
    "HOLDS_POST",
    "MAY_COME_BACK",
    "Act",
    "Agreement",
    "Application",
    "ApplicationQuerySet",
    "Criterion",
    "CriterionAnswer",
    "Demand",
    "Diffusion",
    "Equipment",
    "JobSheet",
    "JobSheetQuerySet",
    "JobSheetVersion",
    "Reminder",
    "ServiceDelays",
    "Suggestion",
    "Through",
    "Transmission",
]
