"""What the people of the demo can do and accept: drawn apart, so that no other figure moves."""

from collections.abc import Iterable
from datetime import timedelta
from decimal import Decimal
from random import Random

from uneplace.people.abilities import Schedule, Travel
from uneplace.people.models import Participant, ParticipantTrade

SEED = 1703
# Trades of the demo's sites, then others that people come from.
TRADES = ("F1703", "F1702", "F1704", "F1606", "A1203", "K2204", "N1103", "G1603", "K1304")
FILLED_IN_A_HUNDRED = 85
SCHEDULES = ((Schedule.EARLY, 0.7), (Schedule.WEEKEND, 0.3), (Schedule.NIGHT, 0.15))


def give_profiles(people: Iterable[Participant]) -> list[ParticipantTrade]:
    """Fill in most people's profiles; answers the trades to write once the people are."""
    draw = Random(SEED)  # noqa: S311 - an invented territory, the same each time
    trades = []
    for person in people:
        if draw.randrange(100) >= FILLED_IN_A_HUNDRED:
            continue
        has_car = "B" in person.licences and draw.random() < 0.8
        without_car = draw.choice([Travel.FOOT_BUS, Travel.FOOT_BUS, Travel.BIKE])
        person.travel = Travel.CAR if has_car else without_car
        person.travel_km = draw.choice([30, 40, 50, 60]) if has_car else draw.choice([10, 15, 20, 30])
        person.weekly_hours_max = Decimal(draw.choice([35, 35, 35, 39, 28, 24]))
        person.schedules = [code for code, share in SCHEDULES if draw.random() < share]
        person.available_from = person.created_at.date() + timedelta(days=draw.randrange(0, 60))
        person.profiled_at = person.created_at
        known = draw.sample(TRADES, draw.choice([0, 1, 1, 2]))
        trades += [
            ParticipantTrade(
                service=person.service,
                participant=person,
                rome_id=code,
                months=draw.choice([None, 3, 6, 9, 12, 18, 30, 48]),
            )
            for code in known
        ]
    return trades
