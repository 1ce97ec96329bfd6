"""Everything held on one person, files merged into theirs included: each kind of row by an explicit list, so
that nothing is forgotten.

A test walks the models: a new table that leads to a person by its foreign keys must be listed here. Names of
professionals are left out: the person learns which organisation did or read what, not who there.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import models, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Q
from django.db.models.fields.files import FieldFile
from django.utils.timezone import localtime

from uneplace.hours.models import (
    Allocation,
    Anomaly,
    Break,
    Confirmation,
    ConfirmationMessage,
    FollowUp,
    ImportLine,
    LedgerEntry,
    MonthLink,
    Placement,
    StatementLine,
    WorkedMonth,
)
from uneplace.journal.actions import record
from uneplace.journal.history import RowEvent
from uneplace.journal.models import Entry, FieldsGroup
from uneplace.kit.periods import last_day
from uneplace.offers.models import (
    Agreement,
    Application,
    CriterionAnswer,
    Reminder,
    Suggestion,
    Transmission,
)
from uneplace.organisations.actor import Actor
from uneplace.organisations.models import Organisation, User
from uneplace.people.models import (
    DecisionProof,
    EligibilityDecision,
    InformationGiven,
    Merge,
    Participant,
    ParticipantTrade,
    Resemblance,
    Support,
)
from uneplace.rules import french
from uneplace.rules.eligibility import Ground
from uneplace.rules.names import FRENCH as FACTS

from .models import Keeping, RightsRequest

GROUNDS = {ground.value: ground.label for ground in Ground}
UNKNOWN = "non renseigné"


@dataclass(frozen=True)
class Held:
    """One kind of row held on people: its model, its title, and the foreign keys that lead to the person."""

    model: type[models.Model]
    title: str
    path: str
    order: tuple[str, ...] = ("pk",)
    joined: tuple[str, ...] = ()  # what the name of a thing it points to is made of
    also: str = ""  # another path, of a row about two people

    def rows(self, files: Collection[int]) -> models.QuerySet:
        """The rows of one person's files, in the order of time."""
        columns = [column for column in self.model._meta.fields if column.is_relation]
        links = [column.name for column in columns if column.related_model not in (User, *KINDS)]
        theirs = Q(**{f"{self.path}__in": files})
        if self.also:
            theirs |= Q(**{f"{self.also}__in": files})
        found = self.model._default_manager.filter(theirs)
        return found.select_related(*links, *self.joined).order_by(*self.order)


SERVED = ("commitment__company", "commitment__clause__lot__contract")
TOLD = ("statement__declarant",)
HELD = [
    Held(Participant, "Identité et coordonnées", "pk"),
    Held(ParticipantTrade, "Métiers connus", "participant"),
    Held(Support, "Structures qui la suivent", "participant", ("since", "pk")),
    Held(InformationGiven, "Informations données", "participant", ("given_on", "pk")),
    Held(EligibilityDecision, "Décisions d’éligibilité", "participant", ("decided_on", "pk")),
    Held(DecisionProof, "Justificatifs des décisions", "decision__participant"),
    Held(Suggestion, "Demandes de la proposer", "participant", ("asked_at", "pk")),
    Held(Application, "Candidatures", "participant", ("sent_at", "pk")),
    Held(CriterionAnswer, "Réponses aux critères d’un poste", "application__participant"),
    Held(Agreement, "Accords donnés ou refusés", "application__participant", ("given_on", "pk")),
    Held(Transmission, "Dossiers transmis", "application__participant", ("sent_at", "pk")),
    Held(Reminder, "Relances au sujet de ses candidatures", "application__participant", ("sent_at", "pk")),
    Held(Placement, "Contrats de travail", "participant", ("period", "pk")),
    Held(Allocation, "Marchés servis", "placement__participant", ("period", "pk"), SERVED),
    Held(FollowUp, "Suivi en emploi", "placement__participant", ("due_on", "pk")),
    Held(Break, "Arrêts avant le terme", "placement__participant"),
    Held(WorkedMonth, "Mois travaillés", "placement__participant", ("month", "pk")),
    Held(StatementLine, "Heures déclarées par marché", "worked_month__placement__participant", joined=TOLD),
    Held(Anomaly, "Ce que le contrôle des heures a dit", "placement__participant", joined=TOLD),
    Held(
        Confirmation,
        "Mois confirmés, ou dits autres",
        "placement__participant",
        ("answered_at", "pk"),
        SERVED,
    ),
    Held(ConfirmationMessage, "Messages sur un écart d’heures", "confirmation__placement__participant"),
    Held(MonthLink, "Codes et liens pour confirmer un mois", "placement__participant"),
    Held(ImportLine, "Heures lues dans un tableur", "placement__participant", ("month", "pk"), SERVED),
    Held(LedgerEntry, "Heures comptées", "placement__participant", ("month", "pk"), SERVED),
    Held(RightsRequest, "Demandes sur ses données", "participant", ("asked_on", "pk")),
    Held(Keeping, "Dossier gardé plus longtemps", "participant", ("decided_on", "pk")),
    Held(Merge, "Dossiers réunis en un seul", "kept", ("merged_at", "pk")),
    Held(Resemblance, "Dossiers qui lui ressemblent", "one", ("found_at", "pk"), also="other"),
]
KINDS = {held.model for held in HELD}


@dataclass(frozen=True)
class Value:
    """One field of a row: its name in the code, its French name, its value, and how it reads."""

    name: str
    label: str
    value: Any
    text: str


@dataclass(frozen=True)
class Record:
    """One row: what it is called and what it says; what nobody filled in is left out."""

    title: str
    values: tuple[Value, ...]


@dataclass(frozen=True)
class Part:
    """One kind of rows held on the person."""

    name: str
    title: str
    records: tuple[Record, ...]


@dataclass(frozen=True)
class Deed:
    """An act about the person, or a reading: when, which, and by which organisation."""

    at: datetime
    verb: str
    organisation: str
    is_reading: bool


@dataclass(frozen=True)
class Change:
    """A row about the person was written, changed or removed; its history says when, not what it held."""

    at: datetime
    kind: str
    number: int
    what: str


@dataclass(frozen=True)
class PersonData:
    """Everything held on one person at one moment."""

    participant: Participant
    service: Organisation
    at: datetime
    parts: tuple[Part, ...]
    deeds: tuple[Deed, ...] = field(default=())
    changes: tuple[Change, ...] = field(default=())

    @property
    def acts(self) -> list[Deed]:
        """What was done about the person, newest first."""
        return [deed for deed in self.deeds if not deed.is_reading]

    @property
    def readings(self) -> list[Deed]:
        """Who opened what is masked, newest first."""
        return [deed for deed in self.deeds if deed.is_reading]


def everything_about(participant: Participant, *, at: datetime) -> PersonData:
    """Every row held on this person, the acts about them, and who read what."""
    parts, told, files = [], {}, files_of(participant)
    for held in HELD:
        rows = list(held.rows(files))
        told[held.model] = [row.pk for row in rows]
        records = tuple(
            Record(f"{_capital(str(row._meta.verbose_name))} n°\u00a0{row.pk}", tuple(_values(row)))
            for row in rows
        )
        parts.append(Part(held.model._meta.model_name, held.title, records))
    deeds, changes = tuple(_deeds(told)), tuple(_changes(files))
    return PersonData(participant, participant.service, at, tuple(parts), deeds, changes)


def counts_about(participant: Participant) -> list[tuple[str, int]]:
    """How many rows of each kind are held, without a word of them."""
    files = files_of(participant)
    return [(held.title, held.rows(files).count()) for held in HELD]


def files_of(participant: Participant) -> list[int]:
    """The ids of somebody's file and of those merged into it."""
    return [participant.pk, *participant.merges.values_list("left", flat=True)]


@transaction.atomic
def read_everything(participant: Participant, *, form: str, by: Actor, at: datetime) -> PersonData:
    """Hand over everything held on a person, on screen, in PDF or JSON; the journal keeps that it was."""
    data = everything_about(participant, at=at)
    record("person_data.read", about=participant, by=by, at=at, form=form)
    return data


def _values(row: models.Model) -> Iterator[Value]:
    for column in row._meta.fields:
        if not _is_told(column):
            continue
        if column.related_model in KINDS:
            yield from _number(row, column)
            continue
        value = getattr(row, column.name)
        if value in (None, "", [], {}) or (isinstance(value, FieldFile) and not value):
            continue
        yield Value(column.name, _capital(str(column.verbose_name)), plain(value), words(row, column, value))
        if column.name == "evidence":
            yield from (
                Value(f"evidence.{value.name}", value.label, value.value, value.text)
                for value in _values(row.evidence)
            )


def _number(row: models.Model, column: models.Field) -> Iterator[Value]:
    """Another row of the same person, by its number: it is told in its own part."""
    if number := getattr(row, column.attname):
        yield Value(column.name, _capital(str(column.verbose_name)), number, f"n°\u00a0{number}")


def _is_told(column: models.Field) -> bool:
    """Ids, the service and the person (said once) and professionals are left out; so is what only serves to
    search."""
    said_once = column.primary_key or column.name == "service" or column.related_model in (Participant, User)
    return column.editable and not said_once


def plain(value: Any) -> Any:
    """A value as JSON keeps it."""
    if isinstance(value, models.Model):
        return str(value)
    if isinstance(value, DateRange):
        return {"first_day": _iso(value.lower), "last_day": _iso(last_day(value))}
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    return value.name if isinstance(value, FieldFile) else value


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def words(row: models.Model, column: models.Field, value: Any) -> str:
    """A value as people read it in French."""
    base = getattr(column, "base_field", None)
    if column.choices:
        return str(getattr(row, f"get_{column.name}_display")())
    if column.name in ("grounds", "main_ground", "ground"):
        codes = value if isinstance(value, list) else [value]
        return ", ".join(GROUNDS.get(code, code) for code in codes)
    if base is not None and base.choices:
        return ", ".join(str(dict(base.choices).get(code, code)) for code in value)
    return _words(value)


def _words(value: Any) -> str:
    match value:
        case bool():
            return "oui" if value else "non"
        case datetime():
            local = localtime(value)
            return f"{french.day(local.date())} à {local.hour}\u00a0h\u00a0{local.minute:02}"
        case date():
            return french.day(value)
        case DateRange():
            end = last_day(value)
            first = french.day(value.lower)
            return f"depuis le {first}" if end is None else f"du {first} au {french.day(end)}"
        case Decimal():
            return french.number(value)
        case FieldFile():
            return value.name.rsplit("/", 1)[-1]
        case dict():
            if "text" in value and "value" in value:
                return f"{value['text']} {value['value']}"
            return "\u00a0; ".join(
                f"{FACTS.get(key, key)}\u00a0: {_words(one)}" for key, one in value.items()
            )
        case list():
            return "\u00a0; ".join(_words(one) for one in value)
    return str(value)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _changes(files: Collection[int]) -> Iterator[Change]:
    """From the history of each kind of row that has one, in the order of the list."""
    for held in HELD:
        if path := history_path(held):
            rows = history_of(held.model).objects.filter(**{f"{path}__in": files}).order_by("pgh_id")
            for at, number, what in rows.values_list("pgh_created_at", "pgh_obj_id", "pgh_label"):
                yield Change(at, held.model._meta.model_name, number, what)


def history_of(model: type[models.Model]) -> type[RowEvent] | None:
    """The table that keeps each change of this model's rows; None when none does."""
    found = (event for event in RowEvent.__subclasses__() if event.pgh_tracked_model is model)
    return next(found, None)


def history_path(held: Held) -> str | None:
    """How the history of a kind of row leads to the person: by its own columns, else by the row it is of."""
    history = history_of(held.model)
    if history is None:
        return None
    own = {column.name for column in history._meta.fields}
    first = held.path.split("__")[0]
    if first == "pk":
        return "pgh_obj_id"
    return held.path if first in own else f"pgh_obj__{held.path}"


def _deeds(told: dict[type[models.Model], list[int]]) -> Iterator[Deed]:
    about = Q(pk__in=[])
    for model, ids in told.items():
        about |= Q(about_kind=model._meta.model_name, about_id__in=ids)
    readings = {f"{group}.read" for group in FieldsGroup} | {"person_data.read"}
    for entry in Entry.objects.filter(about).order_by("-at", "-pk"):
        yield Deed(entry.at, entry.verb, entry.organisation_name, entry.verb in readings)
