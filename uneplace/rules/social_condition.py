"""Whether the law makes a social condition compulsory in a public contract that is coming."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from uneplace.rules import french
from uneplace.rules.checks import check_choice, check_day, check_number
from uneplace.rules.errors import FactError
from uneplace.rules.explanation import FACT, SUM, Explanation, step
from uneplace.rules.parameters import PARAMETERS, Parameter


class Purchase(StrEnum):
    """What a contract buys, as far as the thresholds tell it apart."""

    WORKS = "WORKS"
    SUPPLIES = "SUPPLIES"
    SERVICES = "SERVICES"
    CONCESSION = "CONCESSION"

    @property
    def label(self) -> str:
        return _LABELS[self]

    @property
    def threshold(self) -> Parameter:
        """The European threshold that applies to it, in euros before tax, by date."""
        return _THRESHOLDS[self]


_LABELS = {
    Purchase.WORKS: "Travaux",
    Purchase.SUPPLIES: "Fournitures",
    Purchase.SERVICES: "Services",
    Purchase.CONCESSION: "Concession",
}
_THRESHOLDS = {
    Purchase.WORKS: PARAMETERS.european_threshold_works,
    Purchase.SUPPLIES: PARAMETERS.european_threshold_supplies,
    Purchase.SERVICES: PARAMETERS.european_threshold_supplies,
    Purchase.CONCESSION: PARAMETERS.european_threshold_concession,
}


class Derogation(StrEnum):
    """The reasons for which the law lets a buyer leave the social condition out."""

    AVAILABLE_SOLUTION = "AVAILABLE_SOLUTION"
    NO_LINK = "NO_LINK"
    COMPETITION = "COMPETITION"
    SHORT_WORKS = "SHORT_WORKS"

    @property
    def label(self) -> str:
        return _DEROGATIONS[self]


_DEROGATIONS = {
    Derogation.AVAILABLE_SOLUTION: "Le besoin est couvert par une solution immédiatement disponible",
    Derogation.NO_LINK: "La condition n’aurait pas de lien suffisant avec l’objet du marché",
    Derogation.COMPETITION: (
        "La condition restreindrait la concurrence, ou rendrait l’exécution difficile "
        "techniquement ou économiquement"
    ),
    Derogation.SHORT_WORKS: "Le marché de travaux dure moins de six mois",
}


@dataclass(frozen=True, slots=True)
class SocialCondition:
    """Whether a social condition is compulsory, above what amount in euros before tax, and why."""

    compulsory: bool
    threshold: Decimal
    explanation: Explanation


def social_condition(*, kind: str, estimated_amount: Decimal, consultation_on: date) -> SocialCondition:
    """Whether a contract must hold a condition on social matters or employment.

    It must when its consultation is launched from the day on which the obligation entered into force (loi
    Climat et résilience, article 35), and its estimated amount, in euros before tax, reaches the European
    threshold of its kind on that day: exactly the threshold is enough.

    Raises `FactError` for a kind that is unknown, a negative amount, what is not a day, and a day before the
    first threshold known.
    """
    check_choice("kind", kind, tuple(Purchase))
    check_number("estimated_amount", estimated_amount)
    check_day("consultation_on", consultation_on)
    threshold = Purchase(kind).threshold
    if consultation_on < (first := threshold.values[0][0]):
        raise FactError("consultation_on", f"les seuils ne sont connus qu’à partir du {french.day(first)}.")
    limit = threshold.on(consultation_on)
    in_force = PARAMETERS.social_condition_compulsory
    applies, reached = bool(in_force.on(consultation_on)), estimated_amount >= limit
    since = next(day for day, value in in_force.values if value)
    compulsory = applies and reached
    steps = (
        step("Nature de l'achat.", Purchase(kind).label, FACT),
        step("Jour prévu de la consultation.", french.day(consultation_on), FACT),
        step(
            f"La condition sociale est obligatoire dans les consultations lancées à partir du "
            f"{french.day(since)}.",
            "concerné" if applies else "pas concerné",
            in_force.source,
        ),
        step(f"{threshold.label}, ce jour-là.", french.euros(limit), threshold.source),
        step("Montant estimé, hors taxes.", french.euros(estimated_amount), FACT),
        step(
            f"{french.euros(estimated_amount)} {'atteint' if reached else 'n’atteint pas'} "
            f"{french.euros(limit)}.",
            "condition obligatoire" if compulsory else "condition facultative",
            SUM,
        ),
    )
    return SocialCondition(compulsory, limit, steps)
