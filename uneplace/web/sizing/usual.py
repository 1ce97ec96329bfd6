"""Where one starts when the contract says nothing yet: values of usage, each with its status."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from uneplace.rules import french
from uneplace.rules.parameters import PARAMETERS, Parameter

TRADE = "Part de la main-d’œuvre, "


@dataclass(frozen=True)
class Trade:
    """The usual share of labour of one trade."""

    name: str
    share: str
    typed: str
    parameter: Parameter


def trades(*, on: date) -> list[Trade]:
    """The shares of labour by trade, those that were read first."""
    found = [one for one in PARAMETERS.all() if one.name.startswith("labour_share_")]
    return [
        Trade(
            one.label.removeprefix(TRADE),
            french.percent(one.on(on)),
            f"{(one.on(on) * 100).normalize():f}".replace(".", ","),
            one,
        )
        for one in found
    ]


def usual_notes(*, on: date) -> dict[str, Any]:
    """What is usual for a field of the sizing form, and where it comes from: (sentence, parameter)."""
    low, high = PARAMETERS.usual_insertion_rate_low, PARAMETERS.usual_insertion_rate_high
    return {
        "insertion_rate": (f"D’ordinaire {french.percent(low.on(on))} à {french.percent(high.on(on))}.", low),
        "hourly_cost": (
            f"D’ordinaire {french.euros(PARAMETERS.usual_hourly_cost.on(on))}.",
            PARAMETERS.usual_hourly_cost,
        ),
    }


def usual_initial(*, on: date) -> dict[str, Any]:
    """Where a simulation starts."""
    return {
        "method": "LABOUR_SHARE",
        "labour_share": PARAMETERS.labour_share_average.on(on),
        "insertion_rate": PARAMETERS.usual_insertion_rate_low.on(on),
        "hourly_cost": PARAMETERS.usual_hourly_cost.on(on),
        "rounding": "NONE",
    }
