"""A company is invited from what it owes, so that it declares its hours itself."""

from datetime import datetime

from django.db import transaction

from uneplace.contracts.models import Clause, Commitment
from uneplace.journal.actions import record
from uneplace.kit.refused import Refused
from uneplace.organisations.actions import invite
from uneplace.organisations.actions import why_not_invite as why_not_join
from uneplace.organisations.actor import Actor
from uneplace.organisations.models import Invitation


def why_not_invite(commitment: Commitment, email: str, *, by: Actor) -> list[str]:
    """The reasons that keep this address from being invited for it; none means that it can be."""
    reasons = []
    if commitment.clause.status == Clause.Status.DRAFT:
        reasons.append(
            "Validez d’abord la clause\u00a0: l’entreprise ne la voit pas tant qu’elle est en brouillon."
        )
    return reasons + why_not_join(commitment.company, email, by=by)


@transaction.atomic
def invite_company(commitment: Commitment, *, email: str, by: Actor, at: datetime) -> Invitation:
    """Send somebody of the company a link to join it; an earlier link to that address ends."""
    if reasons := why_not_invite(commitment, email, by=by):
        raise Refused(*reasons)
    invitation = invite(commitment.company, email=email, by=by, at=at, about=commitment)
    record("commitment.company_invited", about=commitment, by=by, at=at)
    return invitation
