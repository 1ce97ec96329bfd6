"""The placeholders of a text, and what each becomes for one coming contract.

A text is data: `{heures}` is replaced by a value and nothing is ever evaluated. A value that is not known
becomes a visible « [à compléter …] », so that no document leaves with a hole that nobody sees.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from difflib import get_close_matches

from uneplace.contracts.models import Clause, ComingContract
from uneplace.contracts.presets import starting_points
from uneplace.rules.french import day, euros, hours, listed, percent, several
from uneplace.rules.grounds import Ground

PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")
BRACE = "Une accolade est seule, ou entoure autre chose qu’un repère\u00a0: écrivez par exemple {heures}."
# What XML 1.0 cannot hold, section 2.2, and DEL.
UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x80-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
EVERYBODY = "tous les publics de la clause sociale d’insertion"

RESERVED_TO = {
    Clause.Device.RESERVE_HANDICAP: (
        "aux entreprises adaptées et aux établissements d’aide par le travail, dont la moitié au moins des "
        "travailleurs sont en situation de handicap (articles L2113-12 et R2113-7 du code de la commande "
        "publique)"
    ),
    Clause.Device.RESERVE_SIAE: (
        "aux structures d’insertion par l’activité économique et aux structures équivalentes, dont la moitié "
        "au moins des travailleurs sont défavorisés (articles L2113-13 et R2113-7 du code de la commande "
        "publique)"
    ),
    Clause.Device.RESERVE_BOTH: (
        "à la fois aux entreprises adaptées, aux établissements d’aide par le travail et aux structures "
        "d’insertion par l’activité économique, dont la moitié au moins des travailleurs sont en situation "
        "de handicap ou défavorisés (articles L2113-12 à L2113-14 et R2113-7 du code de la commande publique)"
    ),
    Clause.Device.RESERVE_ESS: (
        "aux entreprises de l’économie sociale et solidaire, pour des services sociaux, de santé ou de "
        "culture (articles L2113-15 et L2113-16 du code de la commande publique)"
    ),
}


@dataclass(frozen=True)
class Placeholder:
    """One placeholder: what it stands for, an example, and its value for a coming contract ("" unknown)."""

    label: str
    example: str
    value: Callable[[ComingContract], str]


def _share(name: str) -> Callable[[ComingContract], str]:
    return lambda coming: percent(Decimal(coming.inputs[name])) if coming.inputs.get(name) else ""


def _euros(name: str) -> Callable[[ComingContract], str]:
    return lambda coming: euros(Decimal(coming.inputs[name])) if coming.inputs.get(name) else ""


def obligation(coming: ComingContract) -> str:
    """What the company owes, as a sentence goes on: « 2 100 h d’insertion »."""
    inputs = coming.inputs
    if coming.method == Clause.Method.INVOICED:
        per, slice_ = hours(Decimal(inputs["hours_per_slice"])), euros(Decimal(inputs["slice"]))
        above = Decimal(inputs.get("threshold") or 0)
        beyond = f", au-delà de {euros(above)}" if above else ""
        return f"{per} d’insertion par tranche de {slice_} facturée hors taxes{beyond}"
    if coming.actions_due:
        return several(coming.actions_due, "action d’insertion", "actions d’insertion")
    return f"{hours(coming.hours_due)} d’insertion" if coming.hours_due else ""


def formula(coming: ComingContract) -> str:
    """Each step from the facts to the hours, as the calculation was explained."""
    steps = [f"{one['text'].rstrip('.')}\u00a0: {one['value']}" for one in coming.due_explanation]
    return "\u00a0; ".join(steps)


def audience(coming: ComingContract) -> str:
    """Who the clause is for."""
    if not coming.accepted_grounds:
        return EVERYBODY
    return listed(Ground(code).label[:1].lower() + Ground(code).label[1:] for code in coming.accepted_grounds)


PLACEHOLDERS: Mapping[str, Placeholder] = {
    "objet": Placeholder("Objet du marché", "Rénovation du gymnase", lambda coming: coming.object),
    "acheteur": Placeholder("Acheteur", "Ville de Falaise", lambda coming: str(coming.buyer)),
    "service": Placeholder("Service facilitateur", "Service insertion", lambda coming: str(coming.service)),
    "dispositif": Placeholder(
        "Dispositif", "clause d’exécution", lambda coming: coming.get_device_display().lower()
    ),
    "obligation": Placeholder(
        "Ce que l’entreprise doit, pour une phrase", "2\u00a0100\u00a0h d’insertion", obligation
    ),
    "heures": Placeholder(
        "Heures dues",
        "2\u00a0100\u00a0h",
        lambda coming: hours(coming.hours_due) if coming.hours_due else "",
    ),
    "formule": Placeholder(
        "Calcul des heures, étape par étape (peut révéler le montant estimé)",
        "Montant du marché\u00a0: 1\u00a0800\u00a0000\u00a0€…",
        formula,
    ),
    "taux": Placeholder("Part réservée à l’insertion", "7\u00a0%", _share("insertion_rate")),
    "main_oeuvre": Placeholder("Part de la main-d’œuvre", "50\u00a0%", _share("labour_share")),
    "cout_horaire": Placeholder("Coût d’une heure de travail", "30\u00a0€", _euros("hourly_cost")),
    "penalite": Placeholder(
        "Pénalité par heure manquante",
        "50\u00a0€",
        lambda coming: "" if coming.penalty_rate is None else euros(coming.penalty_rate),
    ),
    "publics": Placeholder("Publics admis", EVERYBODY, audience),
    "critere": Placeholder(
        "Pondération du critère d’insertion",
        "10\u00a0%",
        lambda coming: "" if coming.criterion_weight is None else percent(coming.criterion_weight),
    ),
    "reserve": Placeholder(
        "À qui le marché est réservé",
        "aux structures d’insertion…",
        lambda coming: RESERVED_TO.get(coming.device, ""),
    ),
    "debut": Placeholder(
        "Début prévu de l’exécution",
        "4 janvier 2027",
        lambda coming: day(coming.starts_on) if coming.starts_on else "",
    ),
    "duree": Placeholder(
        "Durée de l’exécution",
        "18\u00a0mois",
        lambda coming: f"{coming.duration_months}\u00a0mois" if coming.duration_months else "",
    ),
    "lieu": Placeholder(
        "Lieu d’exécution", "Falaise", lambda coming: coming.commune.name if coming.commune else ""
    ),
    "jour_releve": Placeholder(
        "Jour du mois avant lequel le relevé est attendu",
        "12",
        lambda coming: str(
            starting_points(coming.service, on=coming.consultation_on)[0].values["statement_due_day"]
        ),
    ),
}


def faults(text: str) -> list[str]:
    """What keeps a text from being used: placeholders that do not exist, braces that hold something else."""
    found = []
    for name in dict.fromkeys(PLACEHOLDER.findall(text)):
        if name not in PLACEHOLDERS:
            near = get_close_matches(name, PLACEHOLDERS, n=1)
            instead = f" Est-ce {{{near[0]}}}\u00a0?" if near else " La liste est à côté du texte."
            found.append(f"Le repère {{{name}}} n’existe pas.{instead}")
    if re.search(r"[{}]", PLACEHOLDER.sub("", text)):
        found.append(BRACE)
    return found


def values_of(coming: ComingContract) -> dict[str, str]:
    """What each placeholder becomes; one that is not known says what is to be written there."""
    return {name: one.value(coming) or missing(name) for name, one in PLACEHOLDERS.items()}


def examples() -> dict[str, str]:
    """What each placeholder becomes in a preview, when no contract is at hand."""
    return {name: one.example for name, one in PLACEHOLDERS.items()}


def missing(name: str) -> str:
    """The visible hole that a value leaves."""
    label = PLACEHOLDERS[name].label
    return f"[à compléter\u00a0: {label[:1].lower()}{label[1:]}]"


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text with its values, and without what no document can hold."""
    return printable(PLACEHOLDER.sub(lambda found: values.get(found[1], found[0]), text))


def printable(text: str) -> str:
    """The text without what no document can hold."""
    return UNPRINTABLE.sub("", text)
