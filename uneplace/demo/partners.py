"""Between the companies of a clause: hours entrusted, others still asked for, a subcontractor declared."""

from datetime import datetime, timedelta
from decimal import Decimal

from uneplace.contracts.models import Transfer
from uneplace.hours.subcontractors import declare_subcontractor
from uneplace.hours.transfers import (
    agree_to_transfer,
    movable,
    propose_transfer,
    validate_transfer,
)

from .deals import Deal
from .territory import Territory

DONE = Decimal(35)
ASKED = Decimal(28)


def share_hours(deal: Deal, territory: Territory, *, at: datetime) -> None:
    """The mandataire has some of its hours done by the other company; that one would give some of its own,
    and waits for the answer. A subcontractor waits for the service."""
    lead, other = deal.clause.commitments.select_related("company", "clause").order_by("-share", "pk")
    by_lead, by_other = (territory.actor_of(one.company) for one in (lead, other))
    done = propose_transfer(
        lead,
        other,
        hours=min(DONE, movable(lead, other)),
        note="Les joints de façade sont le métier de notre cotraitante.",
        member=lead,
        by=by_lead,
        at=at - timedelta(hours=5),
    )
    agree_to_transfer(done, member=other, by=by_other, at=at - timedelta(hours=4))
    validate_transfer(done, by=territory.facilitator, at=at - timedelta(hours=3))
    propose_transfer(
        other,
        lead,
        hours=min(ASKED, movable(other, lead)),
        way=Transfer.Way.GIVEN,
        note="Une équipe part sur un autre chantier en fin d’année.",
        member=other,
        by=by_other,
        at=at - timedelta(hours=2),
    )
    declare_subcontractor(
        lead,
        territory.subcontractors[-1],
        work="Nettoyage et évacuation des gravats",
        by=by_lead,
        at=at - timedelta(hours=1),
    )
