"""The life of a session: thirty idle minutes, twelve hours in all, and an end at once when rights change."""

from datetime import datetime, timedelta

from django.db.models import QuerySet

from .models import Session, User

LONGEST_IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=12)
PRECISION = timedelta(minutes=1)  # how often a session says that it is alive


def why_ended(*, started_at: datetime, seen_at: datetime, at: datetime) -> str:
    """`idle` or `old` when a session may not go on at that moment; nothing when it may."""
    if at - started_at >= LONGEST:
        return "old"
    if at - seen_at >= LONGEST_IDLE:
        return "idle"
    return ""


def sessions_of(user: User, *, at: datetime) -> QuerySet[Session]:
    """The sessions of this person that still go on, the last used first."""
    return user.sessions.filter(
        seen_at__gt=at - LONGEST_IDLE, started_at__gt=at - LONGEST, expire_date__gt=at
    ).order_by("-seen_at", "session_key")


def end_sessions(user: User, *, keep: str | None = None) -> int:
    """End every session of this person at once but the one of this key; answers how many there were.

    Called, in the same transaction, by whatever changes what somebody may do: password, role, membership.
    """
    ended, _ = user.sessions.exclude(session_key=keep or "").delete()
    return ended


def forget_sessions(*, before: datetime) -> int:
    """Remove the sessions that ended by themselves."""
    ended, _ = Session.objects.filter(expire_date__lt=before).delete()
    return ended
