import hashlib
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from django.db.models import Case, Q, QuerySet, Value, When

from uneplace.kit.sorting import SortKey

from .models import Capacity, Invitation, Membership, Organisation, Partnership, Role, User


def hash_of(token: str) -> str:
    """What is kept of an invitation's token."""
    return hashlib.sha256(token.encode()).hexdigest()


def invitation_for(token: str) -> Invitation | None:
    """The invitation that this link opens, whatever became of it; None when no link was ever so."""
    return (
        Invitation.objects.select_related("organisation", "invited_by")
        .filter(token_hash=hash_of(token))
        .first()
    )


def user_with(email: str) -> User | None:
    """The account of this address, whatever the case it is typed in."""
    return User.objects.filter(email__iexact=email.strip()).first()


def members_of(organisation: Organisation) -> QuerySet[Membership]:
    """Who belongs to it now, by name."""
    return (
        organisation.memberships.current()
        .select_related("user")
        .order_by("user__last_name", "user__first_name", "pk")
    )


def open_invitations(organisation: Organisation, *, at: datetime) -> QuerySet[Invitation]:
    """Links that still work, newest first."""
    return organisation.invitations.open(at=at).select_related("invited_by").order_by("-created_at", "-pk")


def organisations_of(user: User) -> list[Membership]:
    """Where this person belongs now, by name of organisation."""
    memberships = Membership.objects.current().filter(user=user).select_related("organisation")
    return sorted(memberships, key=lambda membership: str(membership.organisation).casefold())


def partners(*, text: str = "", capacity: str = "") -> QuerySet[Organisation]:
    """Whom a service may work with, by name; of one capacity or holding a text, if asked."""
    rows = Organisation.objects.exclude(capacities__contains=[Capacity.FACILITATOR])
    if capacity:
        rows = rows.able_to(capacity)
    return matching(rows, text).order_by("key", "pk")


def matching(rows: QuerySet[Organisation], text: str) -> QuerySet[Organisation]:
    """Those whose name holds this text or whose SIRET starts with it."""
    rows = rows.alias(key=SortKey("name"))
    if not text:
        return rows
    digits = "".join(text.split())
    return rows.filter(Q(key__contains=SortKey(Value(text))) | Q(siret__startswith=digits))


def partners_of(service: Organisation) -> QuerySet[Partnership]:
    """The organisations in this service's file today, by name."""
    return (
        Partnership.objects.in_force()
        .filter(service=service)
        .select_related("organisation", "approved_by")
        .order_by(SortKey("organisation__name"), "pk")
    )


def is_partner(organisation: Organisation, service: Organisation) -> bool:
    """Whether this service lets the organisation into its file today."""
    return Partnership.objects.in_force().filter(service=service, organisation=organisation).exists()


def administrators_of(organisations: Iterable[int]) -> dict[int, list[Membership]]:
    """Who administers each of these organisations (ids) and can sign in, the first arrived first."""
    found = defaultdict(list)
    current = Membership.objects.current().filter(
        organisation__in=list(organisations), role=Role.ADMIN, user__is_active=True
    )
    for membership in current.select_related("user").order_by("started_at", "pk"):
        found[membership.organisation_id].append(membership)
    return found


def contacts_of(organisation: Organisation) -> list[str]:
    """Where to write to an organisation, one after the other: its first contact, then those who stand in.

    Those who may act come first, in the order of their arrival, then those who only read, then the address of
    the organisation itself.
    """
    members = organisation.memberships.current().filter(user__is_active=True)
    reads_only = Case(When(role=Role.READER, then=1), default=0)
    found = list(members.order_by(reads_only, "started_at", "pk").values_list("user__email", flat=True))
    return list(dict.fromkeys([*found, *([organisation.email] if organisation.email else [])]))


def addresses_of(organisation: Organisation) -> list[str]:
    """Where to write to an organisation: those who can sign in for it; without any, its own address."""
    return addresses_by([organisation])[organisation.pk]


def addresses_by(organisations: Iterable[Organisation]) -> dict[int, list[str]]:
    """Where to write to each of these organisations, by its id, in one query."""
    organisations, found = list(organisations), defaultdict(list)
    members = Membership.objects.current().filter(organisation__in=organisations, user__is_active=True)
    for organisation, email in members.values_list("organisation", "user__email"):
        found[organisation].append(email)
    return {one.pk: sorted(found[one.pk]) or ([one.email] if one.email else []) for one in organisations}
