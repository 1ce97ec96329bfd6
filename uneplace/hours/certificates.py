"""Taking out the certificates of hours of everybody at once, written in the journal."""

from datetime import datetime

from django.db import transaction

from uneplace.journal.actions import record
from uneplace.kit.refused import Refused
from uneplace.organisations.actor import Actor
from uneplace.organisations.models import Organisation


@transaction.atomic
def take_out_certificates(service: Organisation, *, year: int, people: int, by: Actor, at: datetime) -> None:
    """Write down that the certificates of this many people of a year leave the service. Raises `Refused` when
    there is nobody."""
    if not people:
        raise Refused(f"Personne n’a d’heures comptées en {year}.")
    record("certificates.taken_out", about=service, by=by, at=at, year=year, people=people)
