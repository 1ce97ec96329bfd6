"""Where the policy of a new clause may start: what is usual, real contracts, and the service's own model."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from uneplace.contracts.models import ServicePolicy
from uneplace.contracts.policy import values_of
from uneplace.organisations.models import Organisation
from uneplace.rules import french
from uneplace.rules.explanation import Source
from uneplace.rules.policy_terms import Value
from uneplace.rules.presets import PRESETS

OWN = "service"


@dataclass(frozen=True)
class StartingPoint:
    """One model to start from: its key, its name, every term that it fills, and where they come from."""

    key: str
    label: str
    values: Mapping[str, Value]
    source: Source


def starting_points(service: Organisation, *, on: date) -> list[StartingPoint]:
    """What a clause of this service may start from that day; the service's own model first, if any."""
    shipped = [
        StartingPoint(one.name, one.label, PRESETS.values(one.name, on), one.source)
        for one in PRESETS.by_name.values()
    ]
    own = ServicePolicy.objects.filter(service=service).in_force(on=on).first()
    if own is None:
        return shipped
    label = f"Modèle du service, depuis le {french.day(own.applies_on)}"
    return [StartingPoint(OWN, label, values_of(own), Source("usage", f"Choix de {service}")), *shipped]
