"""From what is written to what it is worth; each doubt becomes a finding, none stops the reading."""

import re
from datetime import date, datetime
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any
from zoneinfo import ZoneInfo

from stdnum.fr import siren as siren_number

from .nomenclature import IDENTIFIER_KINDS
from .records import Finding, Level, Party, is_siret
from .tree import Node

PARIS = ZoneInfo("Europe/Paris")
SMALL_AMOUNT = Decimal(100)
LARGE_AMOUNT = Decimal(10) ** 11  # a hundred billion euros
LONG_DURATION = 1200  # a century, in months
FIRST_YEAR, LAST_YEAR = 1950, 2100

UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:Z|[+-]\d{2}:?\d{2}Z?)?", re.ASCII)
FRENCH_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})", re.ASCII)
BOOLEANS = {"oui": True, "true": True, "1": True, "non": False, "false": False, "0": False}


class Values:
    """Reads the values of one contract, and gathers what is wrong with them."""

    def __init__(self, record: str) -> None:
        self.record = record
        self.findings: list[Finding] = []

    def warn(self, node: Node, message: str) -> None:
        """Note a fault that leaves the record usable."""
        self.findings.append(Finding(self.record, node.path, Level.WARNING, message))

    def refuse(self, node: Node, message: str) -> None:
        """Note a fault that makes the record unusable."""
        self.findings.append(Finding(self.record, node.path, Level.ERROR, message))

    def text(self, node: Node, limit: int) -> str:
        """A line of text of at most `limit` characters; empty when there is none."""
        text = plain_text(node.value)
        if text is None:
            self.warn(node, "Texte attendu : valeur ignorée.")
            return ""
        if len(text) > limit:
            self.warn(node, f"Texte de {len(text)} caractères, coupé à {limit}.")
            return text[: limit - 1] + "…"
        return text

    def term(self, node: Node, known: tuple[str, ...], limit: int = 120) -> str:
        """A word of a nomenclature; an unknown one is kept as it is."""
        text = self.text(node, limit)
        return self._known(node, text, known) if text else ""

    def terms(self, node: Node, item: str, known: tuple[str, ...], limit: int = 60) -> tuple[str, ...]:
        """Words of a nomenclature: a list, or one text that separates them by commas."""
        found: dict[str, None] = {}
        for entry in node.many(item):
            text = self.text(entry, 500)
            whole = _as_known(text, known)
            for part in [whole] if whole else re.split(r"\s*[,;|]\s*", text.strip("[]'\" ")):
                if part := part.strip("'\""):
                    found.setdefault(self._known(entry, part[:limit], known))
        return tuple(found)

    def _known(self, node: Node, text: str, known: tuple[str, ...]) -> str:
        term = _as_known(text, known)
        if term is None:
            self.warn(node, f"« {shown(text)} » n’est pas dans la nomenclature officielle : gardé tel quel.")
            return text
        return term

    def day(self, node: Node) -> date | None:
        """A day, as it is in Paris when an hour comes with it."""
        text = self.text(node, 40)
        if not text:
            return None
        day = parsed_day(text)
        if day is None or not FIRST_YEAR <= day.year <= LAST_YEAR:
            self.warn(node, f"« {shown(text)} » n’est pas une date possible : valeur ignorée.")
            return None
        return day

    def amount(self, node: Node) -> Decimal | None:
        """Euros, to the cent."""
        value = self._number(node)
        if value is None:
            return None
        if value < 0 or value >= LARGE_AMOUNT:
            self.warn(node, f"Montant impossible : {shown(node.value)}. Valeur ignorée.")
            return None
        value = value.quantize(Decimal("0.01"), ROUND_HALF_UP)
        if value < SMALL_AMOUNT:
            self.warn(node, f"Montant de {_euros(value)} € : trop faible pour un marché, à vérifier.")
        return value

    def months(self, node: Node) -> int | None:
        """Whole months; a part of a month counts as one (documentation of the schema, `dureeMois`)."""
        value = self._number(node)
        if value is None:
            return None
        if not 0 < value <= LONG_DURATION:
            self.warn(node, f"Durée impossible : {shown(node.value)} mois. Valeur ignorée.")
            return None
        whole = value.to_integral_value(ROUND_CEILING)
        if whole != value:
            self.warn(node, f"Durée de {shown(node.value)} mois : arrondie à {whole} mois.")
        return int(whole)

    def flag(self, node: Node) -> bool | None:
        """Yes or no, or nothing."""
        if isinstance(node.value, bool) or node.is_empty:
            return node.value if isinstance(node.value, bool) else None
        answer = BOOLEANS.get(self.text(node, 20).lower())
        if answer is None:
            self.warn(node, "« Oui » ou « non » attendu : valeur ignorée.")
        return answer

    def _number(self, node: Node) -> Decimal | None:
        if node.is_empty:
            return None
        number = parsed_number(node.value)
        if number is None:
            self.warn(node, f"« {shown(node.value)} » n’est pas un nombre : valeur ignorée.")
        return number

    def party(self, node: Node, who: str) -> Party | None:
        """A buyer or a company by its identifier; None, with a warning, when it has none."""
        if not isinstance(node.value, dict):
            if not node.is_empty:
                self.warn(node, f"{who} : un identifiant était attendu ici, valeur ignorée.")
            return None
        kind_node, id_node = node.get("typeIdentifiant"), node.get("id")
        kind = self.term(kind_node, IDENTIFIER_KINDS, 20).upper()
        identifier = self.identifier(id_node, kind)
        name = self.text(node.first("denominationSociale", "nom"), 200)
        if identifier:
            return Party(identifier, kind, name)
        if name or kind:
            self.warn(
                id_node, f"{who} sans identifiant{f' (« {shown(name)} »)' if name else ''} : non repris."
            )
        return None

    def identifier(self, node: Node, kind: str) -> str:
        """A SIRET without its spaces, or what was received when it is none."""
        text = self.text(node, 60)
        compact = re.sub(r"[\s.\-]", "", text)
        if not re.fullmatch(r"[0-9]+", compact):
            if text and kind == "SIRET":
                self.warn(node, f"« {shown(text)} » n’est pas un SIRET : gardé tel que reçu.")
            return text
        if kind in ("", "SIRET") and not is_siret(compact):
            self.warn(node, f"{_why_not_siret(text, compact)} Gardé tel que reçu.")
        return compact


def plain_text(value: Any) -> str | None:
    """A value as one line of text; None when it is no text at all."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return str(value)
    if isinstance(value, Decimal):
        return format(value.normalize(), "f") if abs(value.adjusted()) < 40 else str(value)
    if isinstance(value, str):
        return " ".join(UNSTORABLE.sub(" ", value).split())
    return None


def parsed_number(value: Any) -> Decimal | None:
    """A number, also written as a text in the French way; None when it is none."""
    text = plain_text(value)
    if text is None:
        return None
    compact = text.replace(" ", "").removesuffix("€").replace(",", ".")
    if not re.fullmatch(r"[+-]?[0-9]+(\.[0-9]*)?([eE][+-]?[0-9]{1,3})?", compact):
        return None
    try:
        number = Decimal(compact)
    except InvalidOperation:
        return None
    return number if number == 0 or abs(number.adjusted()) < 20 else None


def parsed_day(text: str) -> date | None:
    """The day of `2018-12-17`, `2018-12-17+01:00`, `2018-12-17T23:00:00Z` or `17/12/2018`."""
    try:
        if match := DAY.fullmatch(text):
            return date(*map(int, match.groups()))
        if match := FRENCH_DAY.fullmatch(text):
            return date(*map(int, reversed(match.groups())))
        moment = datetime.fromisoformat(text)
        return (moment.astimezone(PARIS) if moment.tzinfo else moment).date()
    except (ValueError, OverflowError):
        return None


def shown(value: Any, limit: int = 60) -> str:
    """A value quoted in a message, cut when it is long."""
    text = plain_text(value) or "…"
    return text if len(text) <= limit else text[: limit - 1] + "…"


def _as_known(text: str, known: tuple[str, ...]) -> str | None:
    wanted = text.replace("’", "'").casefold()
    return next((term for term in known if term.replace("’", "'").casefold() == wanted), None)


def _euros(amount: Decimal) -> str:
    return f"{amount:.2f}".replace(".", ",").removesuffix(",00")


def _why_not_siret(text: str, compact: str) -> str:
    if len(compact) != 14:
        looks = ", comme un SIREN" if len(compact) == 9 and siren_number.is_valid(compact) else ""
        return f"« {shown(text)} » compte {len(compact)} chiffres{looks} : un SIRET en a 14."
    return f"« {shown(text)} » n’est pas un SIRET : sa clé de contrôle est fausse."
