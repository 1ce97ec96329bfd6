"""Where an address falls: priority districts (QPV) from the official map, rural zones (FRR) from their list.

The map and the list change rarely and come as files: each import replaces the former one whole, or changes
nothing when a line cannot be read.
"""

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import shapely
from django.db import transaction
from shapely.errors import ShapelyError
from shapely.geometry import shape

from .models import Commune, PriorityDistrict, RuralZone

CODE_NAMES = ("code_qp", "codeqp", "code")
NAME_NAMES = ("lib_qp", "nom_qp", "nom")
ARRONDISSEMENTS = (("75101", "75120", "75056"), ("69381", "69389", "69123"), ("13201", "13216", "13055"))
COMMUNE_NAMES = ("insee_com", "code_insee", "commune")
FRR_CODE_NAMES = ("code_insee", "codgeo", "code_commune")
FRR_LEVEL_NAMES = ("code_frr", "frr", "classement")
# The publisher's codes, read in the file of the Calvados: 0 and 1 are not classed.
FRR_LEVELS = {
    "": None,
    "0": None,
    "1": None,
    "4": RuralZone.Level.FRR,
    "FRR": RuralZone.Level.FRR,
    "5": RuralZone.Level.PLUS,
    "FRR+": RuralZone.Level.PLUS,
}


class UnreadableMapError(Exception):
    """The file is not the map or the list that is awaited; says where and why, in French."""


@dataclass(frozen=True)
class Imported:
    """What an import left: areas of the new file, and how many the former one had."""

    read: int
    before: int


@transaction.atomic
def import_priority_districts(path: Path, *, drawn_on: date) -> Imported:
    """Replace the priority districts by those of a GeoJSON of the ANCT, in WGS 84.

    Raises UnreadableMapError; nothing has then changed.
    """
    districts = {}
    for rank, feature in enumerate(_features(path), start=1):
        district = _district(feature, rank, drawn_on)
        if known := districts.get(district.code):  # a district over several communes, one feature for each
            district = _together(known, district)
        districts[district.code] = district
    if not districts:
        raise UnreadableMapError("Le fichier ne contient aucun quartier.")
    before, _ = PriorityDistrict.objects.all().delete()
    PriorityDistrict.objects.bulk_create(districts.values(), batch_size=200)
    return Imported(len(districts), before)


@transaction.atomic
def import_rural_zones(path: Path, *, listed_on: date) -> Imported:
    """Replace the communes classed FRR by those of a CSV (commune code, class); unknown communes are refused.

    Raises UnreadableMapError; nothing has then changed.
    """
    known = set(Commune.objects.values_list("pk", flat=True))
    zones, lines = {}, 0
    for lines, (code, level) in enumerate(_rural_lines(path), start=1):
        if code not in known:
            raise UnreadableMapError(f"Ligne {lines + 1}\u00a0: «\u00a0{code}\u00a0» n’est pas une commune.")
        if level:
            zones[code] = RuralZone(commune_id=code, level=level, listed_on=listed_on)
    if not lines:
        raise UnreadableMapError("Le fichier ne contient aucune commune.")
    before, _ = RuralZone.objects.all().delete()
    RuralZone.objects.bulk_create(zones.values(), batch_size=1000)
    return Imported(len(zones), before)


def district_at(longitude: float, latitude: float) -> PriorityDistrict | None:
    """The priority district that holds this point, its border included."""
    framed = PriorityDistrict.objects.filter(
        west__lte=longitude, east__gte=longitude, south__lte=latitude, north__gte=latitude
    )
    point = shapely.Point(longitude, latitude)
    return next((one for one in framed if shapely.from_wkb(bytes(one.shape)).covers(point)), None)


def has_district(commune: Commune) -> bool:
    """Whether part of a priority district lies in this commune."""
    return PriorityDistrict.objects.filter(communes__contains=[commune.pk]).exists()


def map_day() -> date | None:
    """The day of the map of priority districts; None when none was imported."""
    return PriorityDistrict.objects.values_list("drawn_on", flat=True).first()


def _features(path: Path) -> Iterator[dict[str, Any]]:
    try:
        content = json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, ValueError, RecursionError):
        raise UnreadableMapError(f"{path.name} n’est pas un fichier GeoJSON.")
    features = content.get("features") if isinstance(content, dict) else None
    if not isinstance(features, list):
        raise UnreadableMapError(f"{path.name} n’est pas une collection GeoJSON.")
    yield from features


def _district(feature: Any, rank: int, drawn_on: date) -> PriorityDistrict:
    place = f"Quartier n°\u00a0{rank}"
    if not isinstance(feature, dict) or not isinstance(feature.get("properties"), dict):
        raise UnreadableMapError(f"{place}\u00a0: ses propriétés manquent.")
    facts = {str(name).lower(): value for name, value in feature["properties"].items()}
    code, name = _named(facts, CODE_NAMES), _named(facts, NAME_NAMES)
    communes = {commune_of(one.strip()[:5]) for one in _named(facts, COMMUNE_NAMES).split(",") if one.strip()}
    if not communes:
        raise UnreadableMapError(f"{place} ({code})\u00a0: le code de sa commune manque.")
    if not code or not name or len(code) > 12:
        raise UnreadableMapError(f"{place}\u00a0: son code ou son nom manque.")
    try:
        outline = shapely.make_valid(shape(feature.get("geometry")))
    except (ShapelyError, AttributeError, TypeError, ValueError, KeyError, IndexError):
        raise UnreadableMapError(f"{place} ({code})\u00a0: son contour ne se lit pas.")
    if outline.is_empty or not outline.area:
        raise UnreadableMapError(f"{place} ({code})\u00a0: son contour est vide.")
    west, south, east, north = outline.bounds
    if not (west >= -180 and east <= 180 and south >= -90 and north <= 90):
        raise UnreadableMapError(f"{place} ({code})\u00a0: la carte doit être en degrés (WGS 84).")
    return PriorityDistrict(
        code=code,
        name=name[:150],
        communes=sorted(communes),
        west=west,
        south=south,
        east=east,
        north=north,
        shape=shapely.to_wkb(outline),
        drawn_on=drawn_on,
    )


def commune_of(code: str) -> str:
    """The commune of an INSEE code, which may be an arrondissement's (Paris, Lyon, Marseille)."""
    for first, last, commune in ARRONDISSEMENTS:
        if first <= code <= last:
            return commune
    return code


def _together(one: PriorityDistrict, other: PriorityDistrict) -> PriorityDistrict:
    outline = shapely.union(shapely.from_wkb(one.shape), shapely.from_wkb(other.shape))
    other.west, other.south, other.east, other.north = outline.bounds
    other.shape = shapely.to_wkb(outline)
    other.communes = sorted({*one.communes, *other.communes})
    return other


def _rural_lines(path: Path) -> Iterator[tuple[str, str | None]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise UnreadableMapError(f"{path.name} ne se lit pas\u00a0: un CSV en UTF-8 est attendu.")
    rows = csv.DictReader(text.splitlines(), delimiter=";" if ";" in text.partition("\n")[0] else ",")
    for rank, row in enumerate(rows, start=2):
        facts = {str(name).strip().lower(): value for name, value in row.items()}
        code, level = _named(facts, FRR_CODE_NAMES), _named(facts, FRR_LEVEL_NAMES).upper()
        if level not in FRR_LEVELS or not code:
            raise UnreadableMapError(f"Ligne {rank}\u00a0: la commune ou son classement ne se lit pas.")
        yield code, FRR_LEVELS[level]


def _named(facts: dict[str, Any], names: tuple[str, ...]) -> str:
    return next((str(facts[name]).strip() for name in names if facts.get(name) not in (None, "")), "")
