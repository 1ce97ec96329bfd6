"""What awaits somebody: the lines of « Ma semaine » and of every actor's first page."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


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
    """One thing to do now: what, why, what is at stake, before when, and the verb that does it."""

    stake: Stake
    icon: str
    title: str
    detail: str
    verb: str
    url: str
    weight: str = ""
    limit: date | None = None
    is_late: bool = False
