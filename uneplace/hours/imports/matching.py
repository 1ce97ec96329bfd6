"""Whose hours a line tells of: people and work contracts found by name, birth date and contract.

Written alike, whatever the accents, the case and the order of the two names, is the same name; anything else
is shown to whoever imports, and chosen by nobody else.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django.db.backends.postgresql.psycopg_any import DateRange

from uneplace.hours.models import Allocation
from uneplace.hours.queries import next_month
from uneplace.organisations.models import Organisation
from uneplace.people.likeness import PARTICLES, Known, likeness, swapped_days, words_of

MOST_PROPOSED = 8
BATCH = 5000
FAR = date(9999, 12, 31)
LEAST_OF_OBJECT = 5  # letters

UNKNOWN = "Personne de ce nom n’a ici de contrat de travail dont déclarer les heures."
NOT_THAT_MONTH = "Cette personne n’a pas de contrat de travail affecté à un marché ce mois-là."
OTHER_CONTRACT = "Cette personne n’est affectée à aucun marché de ce nom ou de ce numéro ce mois-là."
NAMESAKES = "Plusieurs personnes portent ce nom."
NEARLY = "Ce nom ressemble à celui d’une personne du dossier, sans être le même."
OTHER_BIRTH = "La date de naissance n’est pas celle que tient le dossier."
SEVERAL_CONTRACTS = "Cette personne travaille pour plusieurs marchés ce mois-là."

Pair = tuple[int, int]
"""A work contract and the commitment that it works for, by their ids."""


@dataclass(frozen=True, slots=True)
class Work:
    """Days during which somebody's work contract works for a commitment."""

    placement: int
    commitment: int
    start: date
    end: date
    contract: str
    object: str
    share: Decimal
    execution: DateRange
    window: DateRange
    zone: str

    @property
    def pair(self) -> Pair:
        return self.placement, self.commitment

    def is_in(self, month: date) -> bool:
        """Whether it has a day in this month."""
        return self.start < next_month(month) and self.end > month


@dataclass(slots=True)
class Person:
    """Somebody whose hours may be told."""

    known: Known
    works: list[Work] = field(default_factory=list)


class Said(NamedTuple):
    """What a line says of whom it is about, as typed."""

    last_name: str
    first_name: str
    full_name: str
    born_on: date | None
    contract: str

    @property
    def name(self) -> str:
        return self.full_name or f"{self.first_name} {self.last_name}".strip()


@dataclass(frozen=True)
class Found:
    """Who a line is about: one pair for sure, else what may be, and why it is not sure.

    `works` are those of one work contract that serves several commitments, when the line names none: its
    hours are to be shared between them.
    """

    pairs: tuple[Pair, ...]
    reason: str = ""
    works: tuple[Work, ...] = ()

    @property
    def is_sure(self) -> bool:
        return len(self.pairs) == 1 and not self.reason


class Directory:
    """The people whose hours one may declare in a service, for the length of a reading."""

    def __init__(self, service: Organisation, *, sender: Organisation) -> None:
        self._by_name: dict[str, list[Person]] = defaultdict(list)
        self._by_word: dict[str, list[Person]] = defaultdict(list)
        self._meant: dict[Said, tuple[list[Person], str]] = {}
        people: dict[int, Person] = {}
        plain, terms = _Plain(), {}
        for row in _allocations(service, sender):
            pk, first, last, born = row[:4]
            if pk not in people:
                people[pk] = Person(Known(first, last, born))
                self._enter(people[pk])
            people[pk].works.append(_work(row[4:], plain, terms))

    def _enter(self, person: Person) -> None:
        words = words_of(f"{person.known.first_name} {person.known.last_name}")
        self._by_name[" ".join(sorted(words))].append(person)
        for word in set(words) - PARTICLES:
            self._by_word[word].append(person)

    def find(self, said: Said, month: date) -> Found:
        """Whose hours these are; somebody named on many lines is looked for once."""
        if (known := self._meant.get(said)) is None:
            known = self._meant[said] = self._people(said)
        people, reason = known
        if not people:
            return Found((), UNKNOWN)
        works = [work for person in people for work in person.works if work.is_in(month)]
        if not works:
            return Found((), UNKNOWN if reason == NEARLY else NOT_THAT_MONTH)
        if said.contract:
            works = _of_contract(works, said.contract)
            if not works:
                return Found((), UNKNOWN if reason == NEARLY else OTHER_CONTRACT)
        pairs = tuple(dict.fromkeys(work.pair for work in works))
        if len(pairs) > 1 and not reason:
            if not said.contract and len({placement for placement, _ in pairs}) == 1:
                return Found(pairs, works=tuple(sorted(works, key=lambda work: work.start)))
            reason = SEVERAL_CONTRACTS
        return Found(pairs[:MOST_PROPOSED], reason)

    def _people(self, said: Said) -> tuple[list[Person], str]:
        """Those who may be meant, and why it is not sure; sure when the reason is empty."""
        named = self._by_name.get(" ".join(sorted(words_of(said.name))), [])
        born = said.born_on
        if not named:
            return self._nearly(said), NEARLY
        if born is None:
            return named, _namesakes(named)
        same = [person for person in named if person.known.born_on == born]
        if same:
            return same, _namesakes(same)
        unsaid = [person for person in named if person.known.born_on is None]
        if unsaid:
            return unsaid, _namesakes(named)
        return named, OTHER_BIRTH

    def _nearly(self, said: Said) -> list[Person]:
        words = words_of(said.name)
        around = {
            id(person): person
            for word in set(words) - PARTICLES
            for person in self._by_word.get(word, ())[:200]
        }
        return [person for person in around.values() if _is_near(said, words, person.known)][:MOST_PROPOSED]


def _namesakes(people: list[Person]) -> str:
    return NAMESAKES if len(people) > 1 else ""


def _is_near(said: Said, words: list[str], known: Known) -> bool:
    """Whether one slip or one part of a name keeps them from being written alike."""
    born = said.born_on
    if born and known.born_on and born != known.born_on and known.born_on not in swapped_days(born):
        return False
    its = known.born_on or born or FAR
    for first, last in _split(said, words):
        if likeness(Known(first, last, its), Known(known.first_name, known.last_name, its)):
            return True
    return False


def _split(said: Said, words: list[str]) -> Iterable[tuple[str, str]]:
    """A first and a last name, in every way that the words of one column can be cut."""
    if not said.full_name:
        return [(said.first_name, said.last_name)]
    return [(" ".join(words[:cut]), " ".join(words[cut:])) for cut in range(1, len(words))]


def _of_contract(works: list[Work], said: str) -> list[Work]:
    """Those for the public contract that a line names by its number, else by words of its object."""
    plain = "".join(words_of(said))
    by_number = [work for work in works if work.contract and work.contract == plain]
    # A few letters or the number of a lot are in many objects: they name none.
    return by_number or [work for work in works if len(plain) >= LEAST_OF_OBJECT and plain in work.object]


def _allocations(service: Organisation, sender: Organisation):
    rows = Allocation.objects.filter(service=service)
    if sender.pk != service.pk:
        rows = rows.filter(placement__declared_by=sender)
    return (
        rows.order_by("pk")
        .values_list(
            "placement__participant",
            "placement__participant__first_name",
            "placement__participant__last_name",
            "placement__participant__born_on",
            "placement",
            "commitment",
            "period",
            "commitment__clause__lot__contract__official_id",
            "commitment__clause__lot__contract__object",
            "share",
            "commitment__clause__execution",
            "placement__period",
            "commitment__clause__holiday_zone",
        )
        .iterator(chunk_size=BATCH)
    )


class _Plain(dict[str, str]):
    """Texts as they are compared, each made plain once: many contracts serve one market."""

    def __missing__(self, text: str) -> str:
        self[text] = "".join(words_of(text))
        return self[text]


def _work(row: tuple, plain: _Plain, known: dict) -> Work:
    placement, commitment, period, number, name, *terms = row
    end = period.upper or FAR
    kept = (known.setdefault(one, one) for one in terms)  # the same few dates and shares, kept once
    return Work(placement, commitment, period.lower, end, plain[number or ""], plain[name], *kept)
