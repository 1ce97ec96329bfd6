"""The facts of a case, asked for one by one: absent, null, wrong or right, and where in the file."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from uneplace.rules.cases import values
from uneplace.rules.dates import Period
from uneplace.rules.errors import FactError
from uneplace.rules.names import french

T = TypeVar("T")
Read = Callable[[str, object], T]


class Repeated(dict[str, Any]):
    """An object of the file that gives one name twice: which one counts is anybody's guess."""

    __slots__ = ("name",)

    def __init__(self, pairs: list[tuple[str, Any]]) -> None:
        super().__init__(pairs)
        names = Counter(name for name, _ in pairs)
        self.name = names.most_common(1)[0][0]


class Facts:
    """An object of the file. Each question names a fact, and raises `FactError` when it cannot be answered.

    What the rules do not know is ignored.
    """

    __slots__ = ("_found",)

    def __init__(self, fact: str, found: object) -> None:
        if isinstance(found, Repeated):
            raise FactError(found.name, "ce nom est donné deux fois.")
        if not isinstance(found, dict):
            raise FactError(fact, "un objet est attendu, avec ses faits entre accolades.")
        self._found = found

    def __contains__(self, fact: str) -> bool:
        return fact in self._found

    def __iter__(self) -> Iterator[str]:
        return iter(self._found)

    def ask(self, fact: str, read: Read[T]) -> T:
        """A fact that must be given."""
        if fact not in self._found:
            raise FactError(fact, "ce fait manque.")
        return read(fact, self._found[fact])

    def ask_or(self, fact: str, read: Read[T], default: T) -> T:
        """A fact that has a value when it is left out. Null is not left out."""
        return read(fact, self._found[fact]) if fact in self._found else default

    def ask_or_none(self, fact: str, read: Read[T]) -> T | None:
        """A fact that may be null, and is when it is left out."""
        value = self._found.get(fact)
        return None if value is None else read(fact, value)

    def decimal(self, fact: str) -> Decimal:
        return self.ask(fact, values.decimal)

    def day(self, fact: str) -> date:
        return self.ask(fact, values.day)

    def text(self, fact: str) -> str:
        return self.ask(fact, values.text)

    def flag(self, fact: str) -> bool:
        """Yes or no; no when it is left out."""
        return self.ask_or(fact, values.flag, False)

    def inside(self, fact: str) -> "Facts":
        """An object that must be given."""
        return self.ask(fact, Facts)

    def each(self, fact: str, build: Callable[["Facts"], T]) -> list[T]:
        """A list of objects that must be given."""
        return self.ask(fact, objects(build))

    def each_or_none(self, fact: str, build: Callable[["Facts"], T]) -> list[T]:
        """A list of objects, empty when it is left out."""
        return self.ask_or(fact, objects(build), [])


def objects(build: Callable[[Facts], T]) -> Read[list[T]]:
    """How to read a list of objects; an error tells the place of the one that is wrong."""

    def read(fact: str, found: object) -> list[T]:
        built = []
        for place, one in enumerate(_list(fact, found), start=1):
            try:
                built.append(build(Facts(fact, one)))
            except FactError as error:
                where = f"{french(fact)} n°\u00a0{place}"
                inner = f", {error.about}" if error.about else ""
                raise FactError(error.fact, error.reason, where + inner)
        return built

    return read


def texts(fact: str, found: object) -> list[str]:
    """A list of codes."""
    return [values.text(fact, one) for one in _list(fact, found)]


def period(fact: str, found: object) -> Period:
    """`["2025-01-01", "2026-01-01"]`: the first day and the first day after the last, or null."""
    days = _list(fact, found)
    if len(days) != 2:
        raise FactError(fact, "deux dates sont attendues, le début et la fin exclue.")
    start, end = days
    first = values.day(fact, start)
    limit = None if end is None else values.day(fact, end)
    if limit is not None and limit <= first:
        raise FactError(fact, "la fin doit être après le début.")
    return Period(first, limit)


def _list(fact: str, found: object) -> list[object]:
    if not isinstance(found, list):
        raise FactError(fact, "une liste est attendue.")
    return found
