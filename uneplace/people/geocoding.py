"""Where an address is, by the public geocoder (Géoplateforme) when the installation names it.

Only the address and the commune's code leave, never a name. Nothing is asked when `UNEPLACE_GEOCODER` is
empty, and whoever calls goes on when it is down.
"""

from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlencode

from django.conf import settings

from uneplace.kit.http import OutboundError, fetch
from uneplace.reference.areas import commune_of
from uneplace.reference.models import Commune

TIMEOUT = 4  # seconds: somebody waits in front of the page
SURE = 0.5  # under this score of the geocoder, what it found is not what was typed


class Precision(StrEnum):
    """How near to the door a point is."""

    ADDRESS = "ADDRESS"
    STREET = "STREET"
    COMMUNE = "COMMUNE"


@dataclass(frozen=True)
class Point:
    """A point in degrees (WGS 84), how near it is, and the address as the geocoder writes it."""

    longitude: float
    latitude: float
    precision: Precision
    label: str


KINDS = {"housenumber": Precision.ADDRESS, "street": Precision.STREET, "locality": Precision.STREET}


def is_available() -> bool:
    """Whether this installation names a geocoder."""
    return bool(settings.GEOCODER)


def geocode(address: str, commune: Commune) -> Point | None:
    """The point of an address of that commune; None when nothing near is found. Raises OutboundError."""
    query = urlencode({"q": address, "citycode": commune.pk, "index": "address", "limit": 1})
    answer = fetch(f"{settings.GEOCODER}/search?{query}", timeout=TIMEOUT)
    if answer.status != 200:
        raise OutboundError(f"Le géocodeur répond {answer.status}.")
    try:
        features = answer.json()["features"]
        return _point(features[0], commune) if features else None
    except (KeyError, IndexError, TypeError, ValueError):
        raise OutboundError("La réponse du géocodeur ne se lit pas.")


def _point(feature: dict, commune: Commune) -> Point | None:
    facts = feature["properties"]
    longitude, latitude = feature["geometry"]["coordinates"][:2]
    precision = KINDS.get(facts["type"])
    if precision is None or facts["score"] < SURE or commune_of(str(facts["citycode"])) != commune.pk:
        return None
    return Point(float(longitude), float(latitude), precision, str(facts["label"]))
