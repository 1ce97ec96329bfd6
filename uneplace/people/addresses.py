"""In which priority district (QPV) and rural zone (FRR) somebody lives, and how sure that is.

An exact address settles the question. A street or the centre of the commune only does when no part of a
priority district lies in the commune: then the answer is no; otherwise it stays to be checked.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from uneplace.journal.actions import record
from uneplace.kit.http import OutboundError
from uneplace.kit.refused import Refused
from uneplace.organisations.actor import Actor
from uneplace.reference.areas import district_at, has_district, map_day
from uneplace.reference.models import PriorityDistrict, RuralZone

from .geocoding import Point, Precision, geocode, is_available
from .models import Participant

NOT_ASKED = "Cette installation n’interroge pas de géocodeur."
NOT_FOUND = "L’adresse n’a pas été trouvée dans cette commune."
NO_ADDRESS = "L’adresse de la personne n’est pas renseignée."


@dataclass(frozen=True)
class Located:
    """What the map says of an address.

    `in_district` is None as long as the point is not near enough to tell; `reason` says why it is not.
    """

    precision: Precision
    label: str
    in_district: bool | None
    district: PriorityDistrict | None
    zone: RuralZone | None
    drawn_on: date
    reason: str = ""


def why_not_locate(participant: Participant) -> list[str]:
    """The reasons that keep an address from being looked up on the map; none means that it can be."""
    reasons = []
    if participant.commune is None:
        reasons.append("La commune de la personne n’est pas renseignée\u00a0: complétez sa fiche.")
    if map_day() is None:
        reasons.append("Aucune carte des quartiers prioritaires n’est chargée sur cette installation.")
    return reasons


@transaction.atomic
def locate(participant: Participant, *, by: Actor, at: datetime) -> Located:
    """Look somebody's address up on the map of priority districts; the journal says that it was done.

    What it says is not kept: it is a fact of the decision that somebody takes next. Raises Refused.
    """
    if reasons := why_not_locate(participant):
        raise Refused(*reasons)
    commune = participant.commune
    point, reason = _point(participant)
    zone = RuralZone.objects.filter(commune=commune).first()
    record("participant.located", about=participant, by=by, at=at, precision=point.precision.value)
    district = district_at(point.longitude, point.latitude) if point.precision != Precision.COMMUNE else None
    is_known = point.precision == Precision.ADDRESS or not has_district(commune)
    return Located(
        precision=point.precision,
        label=point.label,
        in_district=district is not None if is_known else None,
        district=district,
        zone=zone,
        drawn_on=map_day(),
        reason=reason,
    )


def _point(participant: Participant) -> tuple[Point, str]:
    """The nearest point that is known, and why it is no nearer."""
    commune = participant.commune
    centre = Point(
        float(commune.longitude or 0), float(commune.latitude or 0), Precision.COMMUNE, str(commune)
    )
    if not participant.address:
        return centre, NO_ADDRESS
    if not is_available():
        return centre, NOT_ASKED
    try:
        return (found, "") if (found := geocode(participant.address, commune)) else (centre, NOT_FOUND)
    except OutboundError:
        return centre, "Le géocodeur ne répond pas\u00a0: réessayez plus tard, ou répondez vous-même."
