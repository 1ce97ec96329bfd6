"""Accounts that nobody uses any more: found, then kept with a reason or closed, once a quarter."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.timezone import localtime

from uneplace.journal.actions import record
from uneplace.kit.refused import Refused

from .actor import Actor
from .mails import send_dormant_notice
from .memberships import end_locked, lock
from .models import Invitation, KeptAccess, Membership, Organisation, Partnership, Role
from .partnerships import held_alone

ABSENCE = timedelta(days=90)
QUARTERS = (1, 4, 7, 10)


def next_review(day: date) -> date:
    """The first day of the next quarter: what is kept today is asked about again then."""
    later = [month for month in QUARTERS if month > day.month]
    return date(day.year, later[0], 1) if later else date(day.year + 1, 1, 1)


def dormant(*, at: datetime) -> QuerySet[Membership]:
    """Memberships of ninety days or more whose account did not sign in meanwhile, kept ones left out."""
    since = at - ABSENCE
    kept = KeptAccess.objects.filter(membership=OuterRef("pk"), until__gt=localtime(at).date())
    return (
        Membership.objects.current()
        .filter(user__is_active=True, started_at__lte=since)
        .filter(Q(user__last_login=None) | Q(user__last_login__lte=since))
        .exclude(Exists(kept))
    )


def reviewed_by(actor: Actor) -> QuerySet[Organisation]:
    """Whose dormant accounts one looks after: one's own organisation's; for a service, those of the partners
    that no other service works with, too."""
    of_service = Partnership.objects.in_force().filter(service=actor.organisation)
    partners = of_service.values_list("organisation", flat=True)
    return Organisation.objects.filter(
        pk__in={actor.organisation.pk, *held_alone(partners, service=actor.organisation)}
    )


def never_used(actor: Actor, *, at: datetime) -> QuerySet[Invitation]:
    """The links of the last ninety days that nobody opened in time, and that open nothing any more."""
    joined = Membership.objects.current().filter(
        organisation=OuterRef("organisation"), user__email__iexact=OuterRef("email")
    )
    return (
        Invitation.objects.filter(organisation__in=reviewed_by(actor), accepted_at=None)
        .filter(expires_at__lte=at, expires_at__gt=at - ABSENCE)
        .exclude(Exists(joined))
        .select_related("organisation")
        .order_by("organisation__name", "email", "-created_at")
    )


def why_not_review(membership: Membership, *, at: datetime) -> list[str]:
    """The reasons that keep this account from being kept or closed as a dormant one."""
    if dormant(at=at).filter(pk=membership.pk).exists():
        return []
    return ["Ce compte n’est plus dormant\u00a0: il a servi, a été gardé ou fermé depuis."]


@transaction.atomic
def keep_access(membership: Membership, *, reason: str, by: Actor, at: datetime) -> KeptAccess:
    """Leave a dormant account open until the next quarter, and say why."""
    lock(membership)
    if reasons := why_not_review(membership, at=at):
        raise Refused(*reasons)
    until = next_review(localtime(at).date())
    kept = KeptAccess.objects.create(
        membership=membership, reason=reason, until=until, kept_by=by.user, kept_at=at
    )
    record("membership.kept", about=membership, by=by, at=at, until=until.isoformat())
    return kept


@transaction.atomic
def close_access(membership: Membership, *, by: Actor, at: datetime) -> None:
    """End a membership that does not serve; the service may then invite somebody to administer."""
    lock(membership)
    if reasons := why_not_review(membership, at=at):
        raise Refused(*reasons)
    end_locked(membership, by=by, at=at, reason="Compte dormant")


def tell_of_dormant_accounts(*, at: datetime) -> int:
    """Write to who administers each organisation, and each service, how many accounts sleep; answers how many
    organisations were written to."""
    counts = dict(dormant(at=at).order_by().values_list("organisation").annotate(Count("pk")))
    partners: dict[int, int] = {}
    links = Partnership.objects.in_force().filter(organisation__in=counts)
    for service, organisation in links.values_list("service_id", "organisation_id"):
        partners[service] = partners.get(service, 0) + counts[organisation]
    concerned = Organisation.objects.filter(pk__in={*counts, *partners}).order_by("pk")
    told = 0
    for organisation in concerned:
        own, of_partners = counts.get(organisation.pk, 0), partners.get(organisation.pk, 0)
        administrators = organisation.memberships.current().filter(role=Role.ADMIN, user__is_active=True)
        addresses = list(administrators.values_list("user__email", flat=True))
        if not addresses:
            continue
        with transaction.atomic():
            send_dormant_notice(organisation, addresses, own=own, of_partners=of_partners)
            record(
                "dormant_accounts.told",
                about=organisation,
                by=Actor(None, organisation),
                at=at,
                own=own,
                of_partners=of_partners,
            )
        told += 1
    return told
