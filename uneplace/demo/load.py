"""Loads the demo territory: a full past year, and activity under way on the day of loading."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.timezone import localtime

from uneplace.kit.refused import Refused
from uneplace.organisations.models import Organisation

from .invented import Inventor
from .past import PastYear, Year
from .territory import Territory, settle

# Contracts, people and hours of each year. 2019 has the published size of one Département.
FIRST_YEAR = 2018
SIZES = [
    (168, 598, 151_400),
    (176, 630, 160_600),
    (121, 442, 104_300),
    (158, 566, 143_900),
    (172, 611, 155_700),
    (181, 640, 164_200),
    (178, 633, 161_900),
    (184, 655, 168_400),
]


def why_not_load() -> list[str]:
    """The reasons that keep the demo from being loaded here; none means that it can be."""
    if Organisation.objects.facilitators().exists():
        return [
            "Cette base contient déjà un service facilitateur\u00a0: "
            "la démonstration ne se charge que sur une base vide."
        ]
    return []


@transaction.atomic
def load_demo(*, at: datetime, say: Callable[[str], None] = lambda line: None) -> Territory:
    """Write the whole demo territory as it stands at that moment; `say` is told each step. Raises Refused."""
    if reasons := why_not_load():
        raise Refused(*reasons)
    say("Organisations et comptes")
    territory = settle(Inventor(), at=at)
    for year in range(FIRST_YEAR, localtime(at).year):
        say(f"Année {year}")
        PastYear(territory, _size(year)).write()
    return territory


def _size(year: int) -> Year:
    """The size of a year gone by; after the last one of the list, years are like it."""
    contracts, participants, hours = SIZES[min(year - FIRST_YEAR, len(SIZES) - 1)]
    return Year(year, contracts, participants, Decimal(hours))
