"""The hours of the contracts under way, in one gauge: a service's, a buyer's or a company's."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from uneplace.contracts.models import Commitment
from uneplace.hours.queries import Progress, progress_of, total_progress
from uneplace.organisations.actor import Actor
from uneplace.organisations.models import Capacity
from uneplace.settlement.relieved import NONE, Relieved, relieved_of
from uneplace.web.gauge import GaugeFacts
from uneplace.web.hours.gauges import gauge_of

FOUR_FIFTHS = Decimal("0.8")


@dataclass(frozen=True)
class Duties:
    """The commitments under way that an actor sees, all together."""

    count: int
    total: Progress
    late: int
    heaviest: int
    relieved: Relieved = NONE

    @property
    def expected(self) -> int:
        """Hours that should be counted today, to the hour: a pace, not an account."""
        return round(self.relieved.asked(self.total).expected)

    @property
    def is_concentrated(self) -> bool:
        """Whether few of many commitments make most of what is late."""
        return self.count > 3 and self.heaviest * 2 <= self.count

    @property
    def facts(self) -> GaugeFacts:
        """What the gauge draws."""
        return gauge_of(self.total, relieved=self.relieved)


def duties_of(actor: Actor, *, on: date) -> Duties | None:
    """The hours under way of an actor; None for whoever has none.

    `late` sums what each late commitment lacks today, to the hour; `heaviest` is how few of them make four
    fifths of it.
    """
    if not actor.can(Capacity.FACILITATOR, Capacity.BUYER, Capacity.COMPANY, Capacity.INSERTION_EMPLOYER):
        return None
    rows = list(Commitment.objects.visible_to(actor).running(on=on).select_related("clause"))
    stands, relieved = progress_of(rows, on=on), relieved_of(rows, on=on)
    if not stands:
        return None
    asked = [relieved.get(pk, NONE).asked(one) for pk, one in stands.items()]
    gaps = sorted((one.expected - one.counted for one in asked if one.counted < one.expected), reverse=True)
    return Duties(
        len(stands),
        total_progress(stands.values()),
        round(sum(gaps, Decimal(0))),
        _fewest(gaps),
        sum(relieved.values(), NONE),
    )


def _fewest(gaps: list[Decimal]) -> int:
    """How many of these gaps, the largest first, make four fifths of their sum."""
    limit, so_far = sum(gaps, Decimal(0)) * FOUR_FIFTHS, Decimal(0)
    for rank, gap in enumerate(gaps, start=1):
        so_far += gap
        if so_far >= limit:
            return rank
    return 0
