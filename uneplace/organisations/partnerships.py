"""Which organisations a service works with: let into its file, and let go."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from uneplace.journal.actions import record
from uneplace.kit.refused import Refused

from .actor import Actor
from .models import Capacity, Organisation, Partnership


def why_not_approve_partner(organisation: Organisation, *, by: Actor) -> list[str]:
    """The reasons that keep an organisation from being let in; none means that it can be."""
    if organisation.can(Capacity.FACILITATOR):
        return [f"{organisation} est un service facilitateur, qui tient son propre dossier."]
    return []


@transaction.atomic
def approve_partner(organisation: Organisation, *, by: Actor, at: datetime) -> bool:
    """Let an organisation into the file of one's service; answers whether it was not already."""
    if reasons := why_not_approve_partner(organisation, by=by):
        raise Refused(*reasons)
    _, is_new = Partnership.objects.in_force().get_or_create(
        service=by.organisation,
        organisation=organisation,
        ended_at=None,
        defaults={"approved_at": at, "approved_by": by.user},
    )
    if is_new:
        record("partner.approved", about=organisation, by=by, at=at)
    return is_new


@transaction.atomic
def approve_partners(organisations: Collection[Organisation], *, by: Actor, at: datetime) -> int:
    """Let several organisations in at once; answers how many were not already."""
    return sum(approve_partner(organisation, by=by, at=at) for organisation in organisations)


@transaction.atomic
def end_partnership(organisation: Organisation, *, by: Actor, at: datetime) -> None:
    """Close the file of one's service to an organisation; what it did there stays."""
    rows = Partnership.objects.in_force().filter(service=by.organisation, organisation=organisation)
    if not rows.update(ended_at=at):
        raise Refused(f"{organisation} n’est plus parmi vos partenaires.")
    record("partner.ended", about=organisation, by=by, at=at)
