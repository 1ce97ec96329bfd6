"""What counting is told: the policy, and one person's decisions, work contracts and declared months."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from uneplace.rules.calendar import DEFAULT_ZONE, calendar_of
from uneplace.rules.checks import (
    check_choice,
    check_code,
    check_codes,
    check_day,
    check_flag,
    check_hours,
    check_month,
    check_share,
    check_whole,
)
from uneplace.rules.dates import Period
from uneplace.rules.errors import FactError

PERMANENT = "CDI"
WORK_STUDY = frozenset({"APPRENTISSAGE", "PROFESSIONNALISATION"})
WHOLE = "WHOLE"
"""The work-study window that has no limit: the whole contract counts."""


class Training(StrEnum):
    """Whether hours of training inside a work contract count."""

    COUNTED = "COUNTED"
    NOT_COUNTED = "NOT_COUNTED"


@dataclass(frozen=True, slots=True)
class TrainingCap:
    """Training counts up to this share of the month's hours, from 0 to 1."""

    cap_share: Decimal

    def __post_init__(self) -> None:
        check_share("cap_share", self.cap_share)


class WindowScope(StrEnum):
    """Whether a person's window is opened on this clause alone, or on any clause."""

    CLAUSE = "CLAUSE"
    PERSON = "PERSON"


class WindowStart(StrEnum):
    """Whether a permanent contract's window runs from its hiring, or from its first day in the execution."""

    HIRE = "HIRE"
    CLAUSE = "CLAUSE"


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """What the clause counts.

    Windows are in months, None for no limit; `work_study_window` may be `"WHOLE"`. Grounds and modalities are
    the codes that the clause accepts, None for all. `late_decision_days` are calendar days after the start of
    the work contract within which a decision may still be taken.
    """

    execution: Period
    training: Training | TrainingCap | str
    work_study_window: str | int
    late_decision_days: int
    window_months: int | None = None
    permanent_window_months: int | None = None
    permanent_window_from: str = WindowStart.HIRE
    accepted_grounds: Collection[str] | None = None
    accepted_modalities: Collection[str] | None = None
    window_scope: str = WindowScope.CLAUSE
    renewal_months: int = 3
    holiday_zone: str = DEFAULT_ZONE

    def __post_init__(self) -> None:
        if not isinstance(self.training, TrainingCap):
            check_choice("training", self.training, tuple(Training))
        if self.work_study_window != WHOLE:
            check_whole("work_study_window", self.work_study_window)
        check_whole("late_decision_days", self.late_decision_days)
        check_whole("renewal_months", self.renewal_months)
        if self.window_months is not None:
            check_whole("window_months", self.window_months)
        if self.permanent_window_months is not None:
            check_whole("permanent_window_months", self.permanent_window_months)
        check_choice("permanent_window_from", self.permanent_window_from, tuple(WindowStart))
        check_choice("window_scope", self.window_scope, tuple(WindowScope))
        if self.accepted_grounds is not None:
            check_codes("accepted_grounds", self.accepted_grounds)
        if self.accepted_modalities is not None:
            check_codes("accepted_modalities", self.accepted_modalities)
        calendar_of(self.holiday_zone)

    def accepts_modality(self, modality: str) -> bool:
        return self.accepted_modalities is None or modality in self.accepted_modalities

    def accepts_one_of(self, grounds: Collection[str]) -> bool:
        """Whether at least one of these grounds is accepted; a decision without grounds has none."""
        if self.accepted_grounds is None:
            return bool(grounds)
        return any(ground in self.accepted_grounds for ground in grounds)


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision of eligibility: its day, the grounds it rests on, and the day it was withdrawn if it was."""

    decided_on: date
    grounds: Collection[str]
    revoked_on: date | None = None

    def __post_init__(self) -> None:
        check_day("decided_on", self.decided_on)
        check_codes("grounds", self.grounds)
        if self.revoked_on is not None:
            check_day("revoked_on", self.revoked_on)


@dataclass(frozen=True, slots=True)
class Placement:
    """A work contract of the person: its kind (CDI, CDD, CTT…), modality and dates."""

    id: str
    kind: str
    modality: str
    period: Period

    def __post_init__(self) -> None:
        check_code("kind", self.kind, about=self.id)
        check_code("modality", self.modality, about=self.id)


@dataclass(frozen=True, slots=True)
class Line:
    """The hours declared for one month (its first day) of one work contract, training included.

    `on_operation`: worked on the operation that the clause covers; `globalised`: elsewhere, under a
    globalisation agreement. `within`: the days that these hours may have been worked on, when they are fewer
    than those of the work contract, as with somebody who came to the operation in the middle of it.

    Raises `FactError` beyond two decimals, or when training is more than the hours.
    """

    id: str
    placement: str
    month: date
    hours: Decimal
    training_hours: Decimal = Decimal(0)
    on_operation: bool = False
    globalised: bool = False
    within: Period | None = None

    def __post_init__(self) -> None:
        check_month("month", self.month, about=self.id)
        check_hours("hours", self.hours, about=self.id)
        check_hours("training_hours", self.training_hours, about=self.id)
        check_flag("on_operation", self.on_operation, about=self.id)
        check_flag("globalised", self.globalised, about=self.id)
        if self.training_hours > self.hours:
            raise FactError("training_hours", "plus d’heures de formation que d’heures.", self.id)
