"""Which decision carries a work contract, and until when its hours count."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from uneplace.rules.counting.facts import (
    PERMANENT,
    WHOLE,
    WORK_STUDY,
    Decision,
    Placement,
    Policy,
    WindowScope,
    WindowStart,
)
from uneplace.rules.dates import add_months, ordinal_or_never


@dataclass(frozen=True, slots=True)
class Window:
    """The days in which a work contract's hours count; `end` is the first day outside, None without limit."""

    placement: str
    start: date
    end: date | None


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one work contract stands: the decision that carries it, and its window if it is a candidate."""

    placement: Placement
    accepted_modality: bool
    decision: Decision | None
    window: Window | None
    first: int
    end: int
    window_end: int
    """Ordinals: the contract's first day, the day after its last, the first day outside its window."""


@dataclass(frozen=True, slots=True)
class _SharedWindow:
    """A window that several work contracts may share, with the decision that opened it."""

    start: date
    end: date | None
    decision: Decision

    def gives_way_to(self, first_day: date, decision: Decision, renewal_months: int) -> bool:
        """Whether a contract that starts that day, on that decision, opens a window of its own.

        It does once this one has ended, on another decision, taken at the earliest `renewal_months` before
        the end.
        """
        return (
            self.end is not None
            and first_day >= self.end
            and decision is not self.decision
            and decision.decided_on >= add_months(self.end, -renewal_months)
        )


def standings(
    policy: Policy, decisions: Sequence[Decision], placements: Sequence[Placement]
) -> list[Standing]:
    """Where each work contract of the person stands, in the order given."""
    carried = [_decision_of(placement, decisions, policy) for placement in placements]
    shared = _shared_windows(policy, placements, carried)
    return [
        _standing(policy, placement, decision, shared.get(index))
        for index, (placement, decision) in enumerate(zip(placements, carried, strict=True))
    ]


def _decision_of(placement: Placement, decisions: Sequence[Decision], policy: Policy) -> Decision | None:
    """The latest decision in time for this contract, on an accepted ground, not withdrawn by then."""
    start = placement.period.start
    chosen: Decision | None = None
    for decision in decisions:
        in_time = (decision.decided_on - start).days <= policy.late_decision_days
        withdrawn = decision.revoked_on is not None and decision.revoked_on <= start
        if not in_time or withdrawn or not policy.accepts_one_of(decision.grounds):
            continue
        # Strictly later: of two decisions of one day, the first listed is kept.
        if chosen is None or decision.decided_on > chosen.decided_on:
            chosen = decision
    return chosen


def _first_day(policy: Policy, placement: Placement) -> date:
    if policy.window_scope == WindowScope.PERSON:
        return placement.period.start
    return max(placement.period.start, policy.execution.start)


def _is_candidate(policy: Policy, placement: Placement) -> bool:
    return policy.accepts_modality(placement.modality) and (
        policy.window_scope == WindowScope.PERSON or placement.period.overlaps(policy.execution)
    )


def _shared_windows(
    policy: Policy, placements: Sequence[Placement], carried: Sequence[Decision | None]
) -> dict[int, _SharedWindow]:
    """The window to which each candidate belongs, by its place in the list, before the exceptions by kind."""
    candidates = [
        (_first_day(policy, placement), index, decision)
        for index, (placement, decision) in enumerate(zip(placements, carried, strict=True))
        if decision is not None and _is_candidate(policy, placement)
    ]
    belongs: dict[int, _SharedWindow] = {}
    current: _SharedWindow | None = None
    for first_day, index, decision in sorted(candidates, key=lambda candidate: candidate[:2]):
        if current is None or current.gives_way_to(first_day, decision, policy.renewal_months):
            current = _SharedWindow(first_day, _end(first_day, policy.window_months), decision)
        belongs[index] = current
    return belongs


def _standing(
    policy: Policy, placement: Placement, decision: Decision | None, shared: _SharedWindow | None
) -> Standing:
    window = None if shared is None else _window(policy, placement, shared)
    return Standing(
        placement,
        policy.accepts_modality(placement.modality),
        decision,
        window,
        placement.period.first_ordinal,
        placement.period.end_ordinal,
        ordinal_or_never(window.end if window else None),
    )


def _window(policy: Policy, placement: Placement, shared: _SharedWindow) -> Window:
    """The shared window, except for permanent and work-study contracts, which have their own."""
    if placement.kind == PERMANENT:
        from_hire = policy.permanent_window_from == WindowStart.HIRE
        start = placement.period.start if from_hire else _first_day(policy, placement)
        return Window(placement.id, start, _end(start, policy.permanent_window_months))
    if placement.kind in WORK_STUDY:
        start = _first_day(policy, placement)
        months = policy.work_study_window
        return Window(placement.id, start, _end(start, None if months == WHOLE else int(months)))
    return Window(placement.id, shared.start, shared.end)


def _end(start: date, months: int | None) -> date | None:
    return None if months is None else add_months(start, months)
