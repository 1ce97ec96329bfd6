"""What relief granted changes: so many hours fewer are asked of the company, today and in all.

What the clause owes and what is counted stay as they are: relief is neither a reduction nor work done.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from django.db.models import Sum

from uneplace.contracts.models import Commitment
from uneplace.hours.group import counted_towards
from uneplace.hours.queries import Progress
from uneplace.rules.dates import Period
from uneplace.rules.progress import progress

from .control_records import Relief

ZERO = Decimal("0.00")


@dataclass(frozen=True)
class Relieved:
    """Hours that are not asked any more: in all, and of those expected by today."""

    hours: Decimal = ZERO
    by_now: Decimal = ZERO

    def __add__(self, other: "Relieved") -> "Relieved":
        return Relieved(self.hours + other.hours, self.by_now + other.by_now)

    def asked(self, stands: Progress) -> Progress:
        """The same progress, of which only what is still asked is due and expected."""
        return replace(
            stands,
            due=max(stands.due - self.hours, ZERO),
            expected=max(stands.expected - self.by_now, ZERO),
        )


NONE = Relieved()


def granted_on(commitments: Iterable[int]) -> dict[int, Decimal]:
    """The hours of relief granted on these commitments (ids): they are missing no more, case ended or not."""
    rows = Relief.objects.filter(case__commitment__in=list(commitments), granted__gt=0)
    return dict(rows.order_by().values_list("case__commitment").annotate(total=Sum("granted")))


def relieved_of(
    commitments: Iterable[Commitment], *, on: date, granted: Mapping[int, Decimal] | None = None
) -> dict[int, Relieved]:
    """What relief stands for on each of these commitments that day, those without any left out.

    Never more than what is not done: hours that come after the relief are counted, and take its place. One
    query, three when some has relief; `granted` when it was already read.
    """
    commitments = list(commitments)
    if granted is None:
        granted = granted_on(one.pk for one in commitments)
    relieved = [one for one in commitments if one.pk in granted]
    counted = counted_towards(relieved) if relieved else {}
    found = {}
    for one in relieved:
        left = max(one.hours_due - max(counted.get(one.pk, ZERO), ZERO), ZERO)
        if hours := min(granted[one.pk], left):
            expected = progress(one.hours_due, Period(one.period.lower, one.period.upper), on).expected
            found[one.pk] = Relieved(hours, min(hours, expected))
    return found


def of_clause(commitments: Iterable[Commitment], relieved: Mapping[int, Relieved]) -> Relieved:
    """What relief stands for on these commitments of one clause together."""
    return sum((relieved[one.pk] for one in commitments if one.pk in relieved), NONE)
