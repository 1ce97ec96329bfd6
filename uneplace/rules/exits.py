"""What somebody's exit counts for, as the reports of insertion class it."""

from dataclasses import dataclass
from enum import StrEnum

from uneplace.rules import french
from uneplace.rules.checks import check_code, check_whole
from uneplace.rules.errors import FactError
from uneplace.rules.explanation import FACT, Explanation, Source, Step, step
from uneplace.rules.parameters import PARAMETERS

LASTING_BY_LENGTH = frozenset({"CDD", "CTT"})


class Category(StrEnum):
    """The category of an exit; the three first are « sorties dynamiques »."""

    DURABLE = "DURABLE"
    TRANSITION = "TRANSITION"
    POSITIVE = "POSITIVE"
    AUTRE = "AUTRE"

    @property
    def label(self) -> str:
        return _LABELS[self]

    @property
    def is_dynamic(self) -> bool:
        return self is not Category.AUTRE


_LABELS = {
    Category.DURABLE: "emploi durable",
    Category.TRANSITION: "emploi de transition",
    Category.POSITIVE: "sortie positive",
    Category.AUTRE: "autre sortie",
}
CATEGORIES = {
    "CDI": Category.DURABLE,
    "CREATION": Category.DURABLE,
    "FONCTION_PUBLIQUE": Category.DURABLE,
    "CONTRAT_AIDE": Category.TRANSITION,
    "FORMATION_QUALIFIANTE": Category.POSITIVE,
    "AUTRE_SIAE": Category.POSITIVE,
    "ALTERNANCE": Category.POSITIVE,
}
CLASSES = Source("usage", "Catégories de sorties de l’insertion par l’activité économique")


@dataclass(frozen=True, slots=True)
class Exit:
    """The category of an exit, whether it is a « sortie dynamique », and why."""

    category: Category
    dynamic: bool
    explanation: Explanation


def exit_category(kind: str, months: int | None = None) -> Exit:
    """The category of an exit of that kind; `months`, its length in whole months, is needed for CDD and CTT.

    An unknown kind is `AUTRE`. Raises `FactError` for a CDD or CTT without its length.
    """
    check_code("kind", kind)
    if months is not None:
        check_whole("months", months)
    if kind not in LASTING_BY_LENGTH:
        category = CATEGORIES.get(kind, Category.AUTRE)
        return _exit(category, step(f"Sortie de nature {kind}.", category.label, CLASSES))
    if months is None:
        raise FactError("months", "la durée est nécessaire pour un CDD ou un CTT.")
    limit = PARAMETERS.durable_exit_months
    is_lasting = months >= limit.latest
    category = Category.DURABLE if is_lasting else Category.TRANSITION
    compared = "au moins" if is_lasting else "moins de"
    told = step(f"Durée du contrat ({kind}).", french.several(months, "mois", "mois"), FACT)
    why = step(f"{compared.capitalize()} {french.number(limit.latest)} mois.", category.label, limit.source)
    return _exit(category, told, why)


def _exit(category: Category, *steps: Step) -> Exit:
    dynamic = "oui" if category.is_dynamic else "non"
    return Exit(category, category.is_dynamic, (*steps, step("Sortie dynamique.", dynamic, CLASSES)))
