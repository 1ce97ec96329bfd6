"""What awaits somebody: the lines of « Ma semaine » and of every actor's first page."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from uneplace.rules.consequence import AtStake


class Stake(StrEnum):
    """Why a line comes before another: a person, money, hours, or an answer that somebody awaits."""

    PERSON = "PERSON"
    MONEY = "MONEY"
    HOURS = "HOURS"
    ANSWER = "ANSWER"


STAKE_TITLES = {
    Stake.PERSON: "Une personne peut décrocher",
    Stake.MONEY: "De l’argent est en jeu",
    Stake.HOURS: "Des heures attendent d’être comptées",
    Stake.ANSWER: "Quelqu’un attend votre réponse",
}


@dataclass(frozen=True)
class WorkItem:
    """One thing to do now: what, why, what is at stake, before when, and the verb that does it.

    `hours` and `euros` are what is at stake, when something says it; `weight` is what else measures it, in
    words.
    """

    stake: Stake
    icon: str
    title: str
    detail: str
    verb: str
    url: str
    weight: str = ""
    limit: date | None = None
    is_late: bool = False
    hours: Decimal | None = None
    euros: Decimal | None = None

    @property
    def at_stake(self) -> AtStake:
        """What sorts this line among those of the same consequence, and says why."""
        return AtStake(self.hours, self.euros, self.limit, self.is_late)
