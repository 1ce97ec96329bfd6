from decimal import Decimal

from uneplace.contracts.models import Clause
from uneplace.hours.queries import Progress
from uneplace.settlement.relieved import NONE, Relieved
from uneplace.web.gauge import GaugeFacts


def gauge_of(
    progress: Progress, *, foreseeable: Decimal | None = None, relieved: Relieved = NONE
) -> GaugeFacts:
    """What the gauge draws of a commitment, a clause or several; `foreseeable`: what orders announce;
    `relieved`: what relief does not ask any more."""
    return GaugeFacts(
        counted=max(progress.counted, 0),
        to_validate=progress.to_validate,
        foreseen=progress.foreseen,
        due=progress.due,
        expected=relieved.asked(progress).expected,
        foreseeable=foreseeable or Decimal(0),
        relieved=relieved.hours,
    )


def gauges_of(clauses: list[Clause], progress: dict[int, Progress]) -> dict[int, GaugeFacts]:
    """The gauges of several clauses, by their key."""
    return {clause.pk: gauge_of(progress[clause.pk]) for clause in clauses}
