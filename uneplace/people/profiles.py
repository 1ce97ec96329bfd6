"""What a person can do and accept for a job: written by those who follow the person, read by the ranking."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.timezone import localtime

from uneplace.journal.actions import record
from uneplace.kit.refused import Refused
from uneplace.organisations.actor import Actor
from uneplace.rules.dates import add_months

from .merged import hold_file
from .models import Participant
from .work_profile import ParticipantTrade

MONTHS_AHEAD = 24  # beyond, a day of availability is a mistyped year
MEANWHILE = "Quelqu’un d’autre vient de changer ce profil. Relisez-le avant de garder le vôtre."


@dataclass(frozen=True)
class Profile:
    """A person's answers; `trades` gives months of experience by ROME code, None when nobody said."""

    licences: tuple[str, ...] = ()
    schedules: tuple[str, ...] = ()
    travel: str = ""
    travel_km: int | None = None
    available_from: date | None = None
    weekly_hours_max: Decimal | None = None
    trades: Mapping[str, int | None] | None = None


def why_not_fill_profile(participant: Participant, profile: Profile, *, on: date) -> list[str]:
    """The reasons that keep this profile from being written; none means that it can be."""
    reasons = []
    if participant.anonymised_at is not None:
        reasons.append("Ce dossier est anonymisé\u00a0: il ne désigne plus personne.")
    if profile.available_from and profile.available_from > add_months(on, MONTHS_AHEAD):
        reasons.append("La date de disponibilité est à plus de deux ans\u00a0: vérifiez l’année.")
    if profile.travel_km and not profile.travel:
        reasons.append("Choisissez le moyen de déplacement de ce trajet.")
    return reasons


@transaction.atomic
def fill_profile(
    participant: Participant, profile: Profile, *, read_at: datetime | None, by: Actor, at: datetime
) -> None:
    """Write what a person can do and accept; `read_at` is the `profiled_at` of the profile that was read.

    The journal keeps that it was filled in, not its content. Raises `Refused`.
    """
    if reasons := why_not_fill_profile(participant, profile, on=localtime(at).date()):
        raise Refused(*reasons)
    hold_file(participant)
    rows = Participant.objects.filter(pk=participant.pk, profiled_at=read_at)
    if not rows.update(
        licences=list(profile.licences),
        schedules=list(profile.schedules),
        travel=profile.travel,
        travel_km=profile.travel_km,
        available_from=profile.available_from,
        weekly_hours_max=profile.weekly_hours_max,
        profiled_at=at,
    ):
        raise Refused(MEANWHILE)
    trades = profile.trades or {}
    known = {trade.rome_id: trade for trade in participant.trades.all()}
    participant.trades.exclude(rome__in=trades).delete()
    for code, months in trades.items():
        if code not in known:
            ParticipantTrade.objects.create(
                service=participant.service, participant=participant, rome_id=code, months=months
            )
        elif known[code].months != months:
            participant.trades.filter(rome=code).update(months=months)
    participant.refresh_from_db()
    record("participant.profiled", about=participant, by=by, at=at, trades=len(trades))
