"""Somebody lent who serves two contracts, of two buyers, from the month under way."""

from decimal import Decimal

from uneplace.hours.allocations import add_allocation
from uneplace.hours.models import Allocation, Placement
from uneplace.kit.periods import period

from .deals import Deal
from .present import Present
from .work import Hire

HALF = Decimal("0.5")
AHEAD = 60  # days of work still to come, for what is shared to be seen


class Continuity:
    """What the rest of the demo leaves out: the same person for two buyers."""

    def __init__(self, present: Present) -> None:
        self.present = present

    def write(self) -> None:
        """Half of the time of somebody lent goes to another contract, from the month under way."""
        for hire in self.present.hires:
            if (deal := self._other_deal(hire)) is not None:
                self._share(hire, deal)
                return

    def _other_deal(self, hire: Hire) -> Deal | None:
        """Another contract under way of another company, while this person is lent for some time still."""
        if hire.modality != Placement.Modality.MISE_A_DISPOSITION or hire.last_day is None:
            return None
        if (hire.last_day - self.present.today).days < AHEAD or hire.first_day >= self.present.month:
            return None
        own = next(deal for deal in self.present.deals.values() if hire.commitment in deal.commitments)
        for deal in sorted(self.present.deals.values(), key=lambda one: one.sector.key != own.sector.key):
            clause, company = deal.commitment.clause, deal.commitment.company
            lasts = clause.execution.lower <= self.present.month and clause.execution.upper > hire.last_day
            others = company not in (hire.commitment.company, hire.employer)
            if clause.status == "RUNNING" and lasts and others and deal.buyer != own.buyer:
                return deal
        return None

    def _share(self, hire: Hire, deal: Deal) -> None:
        add_allocation(
            hire.placement,
            deal.commitment,
            period=period(self.present.month, hire.last_day),
            share=HALF,
            taken_from=Allocation.objects.get(placement=hire.placement),
            by=self.present.territory.facilitator,
            at=self.present.at,
        )
