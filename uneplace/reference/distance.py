from math import asin, cos, radians, sin, sqrt

from .models import Commune

EARTH_RADIUS_KM = 6371


def km_between(one: Commune | None, other: Commune | None) -> int | None:
    """How far two communes are as the crow flies, in whole kilometres, from centre to centre.

    None when one is not known or has no place on the map. The same commune is at 0.
    """
    if one is None or other is None:
        return None
    if one.pk == other.pk:
        return 0
    places = (one.latitude, one.longitude, other.latitude, other.longitude)
    if any(place is None for place in places):
        return None
    lat1, lon1, lat2, lon2 = (radians(float(place)) for place in places if place is not None)
    half = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return round(2 * EARTH_RADIUS_KM * asin(sqrt(half)))
