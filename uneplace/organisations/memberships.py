"""The life of a membership, from the day somebody joined: a change of role, a departure."""

from datetime import datetime

from django.db import transaction

from uneplace.journal.actions import record
from uneplace.kit.refused import Refused

from .actor import Actor
from .mails import send_membership_notice
from .models import Membership, Organisation, Role
from .sessions import end_sessions

GONE = "Cette personne n’appartient plus à l’organisation."


def _is_last_administrator(membership: Membership) -> bool:
    others = membership.organisation.memberships.current().filter(role=Role.ADMIN, user__is_active=True)
    return membership.role == Role.ADMIN and not others.exclude(pk=membership.pk).exists()


def why_not_change_role(membership: Membership, role: str) -> list[str]:
    """The reasons that keep this person from taking this role; none means that it can be done."""
    if membership.ended_at is not None:
        return [GONE]
    if role == membership.role:
        return [f"{membership.user} a déjà ce rôle\u00a0: {membership.get_role_display()}."]
    if _is_last_administrator(membership):
        return [
            f"{membership.user} est la dernière personne à administrer l’organisation\u00a0: "
            "donnez d’abord ce rôle à quelqu’un d’autre."
        ]
    return []


@transaction.atomic
def change_role(membership: Membership, role: str, *, by: Actor, at: datetime) -> None:
    """Give a member another role; the person is told, and signs in again."""
    lock(membership)
    if reasons := why_not_change_role(membership, role):
        raise Refused(*reasons)
    before = membership.role
    membership.role = role
    membership.save(update_fields=["role"])
    end_sessions(membership.user)
    record("membership.role_changed", about=membership, by=by, at=at, before=before, role=role)
    send_membership_notice(
        membership,
        f"Votre rôle dans {membership.organisation} vient de changer\u00a0: "
        f"«\u00a0{Role(before).label}\u00a0» est devenu «\u00a0{Role(role).label}\u00a0».",
        by=by,
    )


def why_not_end_membership(membership: Membership) -> list[str]:
    """The reasons that keep this person from leaving; none means that it can be done."""
    if membership.ended_at is not None:
        return [GONE]
    if _is_last_administrator(membership):
        return [
            f"{membership.user} est la dernière personne à administrer l’organisation\u00a0: "
            "invitez d’abord quelqu’un d’autre à l’administrer."
        ]
    return []


@transaction.atomic
def end_membership(membership: Membership, *, by: Actor, at: datetime) -> None:
    """Take somebody out of an organisation; what the person did stays."""
    lock(membership)
    if reasons := why_not_end_membership(membership):
        raise Refused(*reasons)
    end_locked(membership, by=by, at=at)


def lock(membership: Membership) -> None:
    """Hold its organisation until the end of the transaction, and read again what the row says."""
    # Two administrators who dismiss or demote each other at once must not both succeed.
    Organisation.objects.select_for_update().get(pk=membership.organisation_id)
    membership.refresh_from_db()


def end_locked(membership: Membership, *, by: Actor, at: datetime, reason: str = "") -> None:
    """End a membership that `lock` holds; the person is told, unless it is the one who leaves."""
    membership.ended_at = at
    membership.save(update_fields=["ended_at"])
    end_sessions(membership.user)
    record("membership.ended", about=membership, by=by, at=at, reason=reason)
    if by.user != membership.user:
        send_membership_notice(
            membership,
            f"Votre accès à {membership.organisation} dans Uneplace est fermé.",
            by=by,
        )
