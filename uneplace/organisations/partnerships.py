"""Which organisations a service works with: let into its file, and let go."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime

from django.db import transaction

from uneplace.journal.actions import record
from uneplace.kit.refused import Refused
from uneplace.kit.scope import every_service

from .actor import Actor
from .links import withdraw_links_of
from .models import Capacity, Organisation, Partnership


def held_alone(organisations: Iterable[int], *, service: Organisation) -> set[int]:
    """Those of these organisations (ids) that this service lets into its file, and no other service does.

    Only then has a service power over their accounts: whoever enters for an organisation enters in the files
    of all the services that let it in.
    """
    services: dict[int, set[int]] = defaultdict(set)
    with every_service():
        links = Partnership.objects.in_force().filter(organisation__in=list(organisations))
        for organisation, holder in links.values_list("organisation_id", "service_id"):
            services[organisation].add(holder)
    return {organisation for organisation, holders in services.items() if holders == {service.pk}}


def is_held_elsewhere(organisation: Organisation, *, service: Organisation) -> bool:
    """Whether another service than this one lets the organisation into its file."""
    with every_service():
        links = Partnership.objects.in_force().filter(organisation=organisation)
        return links.exclude(service=service.pk).exists()


def ask_others_again(organisation: Organisation, *, than: Organisation, by: Actor, at: datetime) -> int:
    """Somebody enters for an organisation whom a service brought in: every other service lets it in anew, or
    does not. Answers how many are asked."""
    with every_service():
        links = Partnership.objects.in_force().filter(organisation=organisation)
        asked, _ = links.exclude(service=than).delete()
        if asked:
            record("partner.asked_again", about=organisation, by=by, at=at, services=asked)
    return asked


def why_not_approve_partner(organisation: Organisation, *, by: Actor) -> list[str]:
    """The reasons that keep an organisation from being let in; none means that it can be."""
    if organisation.can(Capacity.FACILITATOR):
        return [f"{organisation} est un service facilitateur, qui tient son propre dossier."]
    return []


@transaction.atomic
def approve_partner(organisation: Organisation, *, by: Actor, at: datetime) -> bool:
    """Let an organisation into the file of one's service; answers whether it was not already.

    What the service had noted of it when they last worked together is still so.
    """
    if reasons := why_not_approve_partner(organisation, by=by):
        raise Refused(*reasons)
    former = Partnership.objects.filter(service=by.organisation, organisation=organisation)
    noted = former.exclude(ended_at=None).order_by("-ended_at", "-pk").values("publics", "trades").first()
    _, is_new = Partnership.objects.in_force().get_or_create(
        service=by.organisation,
        organisation=organisation,
        ended_at=None,
        defaults={"approved_at": at, "approved_by": by.user, **(noted or {})},
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
    """Close the file of one's service to an organisation, its links included; what it did there stays."""
    rows = Partnership.objects.in_force().filter(service=by.organisation, organisation=organisation)
    if not rows.update(ended_at=at):
        raise Refused(f"{organisation} n’est plus parmi vos partenaires.")
    withdraw_links_of(organisation, service=by.organisation, at=at)
    record("partner.ended", about=organisation, by=by, at=at)


@transaction.atomic
def describe_partner(
    organisation: Organisation, *, publics: Iterable[str], trades: Iterable[str], by: Actor, at: datetime
) -> None:
    """Note whom a structure follows and for which families of trades, to choose it when a job is sent."""
    rows = Partnership.objects.in_force().filter(service=by.organisation, organisation=organisation)
    if not rows.update(publics=sorted(publics), trades=sorted(trades)):
        raise Refused(f"{organisation} n’est plus parmi vos partenaires.")
    record("partner.described", about=organisation, by=by, at=at)
