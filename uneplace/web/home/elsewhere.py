"""« Chez les autres »: how many things a service waits for, and from whom."""

from dataclasses import dataclass
from datetime import date

from uneplace.hours.models import Placement, Statement
from uneplace.offers.models import JobSheet, Transmission
from uneplace.organisations.models import Capacity, Organisation
from uneplace.settlement.models import PenaltyCase
from uneplace.settlement.queries import Party, with_holder


@dataclass(frozen=True)
class Elsewhere:
    """Things that wait for companies, insertion structures and buyers."""

    companies: int
    structures: int
    buyers: int

    @property
    def total(self) -> int:
        return self.companies + self.structures + self.buyers


def waiting_elsewhere(service: Organisation, *, on: date) -> Elsewhere:
    """What this service waits for: months to declare, files to answer, contracts to confirm, cases."""
    statements = Statement.objects.filter(service=service, month__lt=on.replace(day=1))
    statements = statements.awaited_from_declarant()
    placements = Placement.objects.filter(service=service, confirmed_at=None)
    sheets = JobSheet.objects.filter(
        service=service, status=JobSheet.Status.TO_AGREE, agreed_by_company_at=None
    )
    files = Transmission.objects.filter(
        service=service, withdrawn_at=None, application__status__in=["SENT", "MEETING"]
    )
    cases = with_holder(PenaltyCase.objects.filter(service=service, status__in=PenaltyCase.OPEN), on=on)
    structure = [Capacity.INSERTION_EMPLOYER]
    of_structures = statements.filter(declarant__capacities__overlap=structure).count()
    to_confirm = placements.filter(employer__capacities__overlap=structure).count()
    return Elsewhere(
        companies=(statements.count() - of_structures)
        + (placements.count() - to_confirm)
        + sheets.count()
        + files.count()
        + cases.filter(holder=Party.COMPANY).count(),
        structures=of_structures + to_confirm,
        buyers=cases.filter(holder=Party.BUYER).count(),
    )
