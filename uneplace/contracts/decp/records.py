"""What the données essentielles de la commande publique (DECP) say of a contract, whatever their shape."""

from dataclasses import asdict, dataclass, field, fields
from datetime import date
from decimal import Decimal
from enum import StrEnum
from hashlib import sha256

from stdnum.fr import siret as siret_number


class Level(StrEnum):
    """ERROR: the record is not loaded. WARNING: it is, and somebody should look."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True)
class Finding:
    """One fault of the data: of which record, where in the file, how serious, and what (in French)."""

    record: str
    path: str
    level: Level
    message: str

    def as_dict(self) -> dict[str, str]:
        """The finding as the JSON answer of the import carries it."""
        return asdict(self)


class Kind(StrEnum):
    """A marché is bought; a concession is run by its holder, who is paid by what it brings in."""

    MARCHE = "MARCHE"
    CONCESSION = "CONCESSION"


def is_siret(digits: str) -> bool:
    """Whether these are 14 digits with the right key, and not zeros only."""
    return bool(siret_number.is_valid(digits)) and digits.strip("0") != ""


@dataclass(frozen=True)
class Party:
    """A buyer or a company as the data name it; format 2.x and the flat form give no name."""

    identifier: str  # without spaces when it is made of digits, otherwise as received
    kind: str = ""  # SIRET, TVA, TAHITI, RIDET, FRWF, IREP, UE, HORS-UE
    name: str = ""

    @property
    def siret(self) -> str | None:
        """The identifier when it is a SIRET whose check digits are right."""
        return self.identifier if self.kind in ("", "SIRET") and is_siret(self.identifier) else None


@dataclass(frozen=True)
class Modification:
    """A change of the contract while it runs (avenant); what is None or empty did not change.

    `amount` is the new amount of the whole contract. Format 1.x gives no `id`, formats 2.x no `object`.
    """

    id: str = ""
    object: str = ""
    notified_on: date | None = None
    published_on: date | None = None
    amount: Decimal | None = None
    duration_months: int | None = None
    holders: tuple[Party, ...] = ()


@dataclass(frozen=True)
class Subcontracting:
    """A declared subcontract (acte spécial de sous-traitance), or a change of one: then no company."""

    id: str = ""
    company: Party | None = None
    notified_on: date | None = None
    published_on: date | None = None
    amount: Decimal | None = None
    duration_months: int | None = None
    price_variation: str = ""


@dataclass(frozen=True)
class ContractRecord:
    """One contract: amounts in euros without tax, durations in months.

    `notified_on` is the signature for a concession, `amount` its whole value.
    """

    kind: Kind
    buyer: Party
    id: str
    object: str
    nature: str = ""
    cpv: str = ""
    procedure: str = ""
    techniques: tuple[str, ...] = ()
    execution_modes: tuple[str, ...] = ()  # « Tranches », « Bons de commande », « Marchés subséquents »
    framework_id: str = ""
    ccag: str = ""
    place_code: str = ""
    place_kind: str = ""
    place_name: str = ""
    duration_months: int | None = None
    notified_on: date | None = None
    starts_on: date | None = None  # concessions only
    published_on: date | None = None
    amount: Decimal | None = None
    price_form: str = ""
    price_types: tuple[str, ...] = ()
    holders: tuple[Party, ...] = ()
    group_type: str = ""
    social_considerations: tuple[str, ...] = ()
    subcontracting_declared: bool | None = None
    subcontracting: tuple[Subcontracting, ...] = ()
    subcontracting_changes: tuple[Subcontracting, ...] = ()
    modifications: tuple[Modification, ...] = ()
    path: str = field(default="", compare=False)
    is_row: bool = field(default=False, compare=False)  # one row of the flat form: part of a contract
    digests: frozenset[str] = field(default=frozenset(), compare=False)  # of the publications folded in it

    @property
    def identity(self) -> tuple[str, str]:
        """What makes it this contract and no other: its id is unique only for its buyer."""
        return self.buyer.identifier, self.id

    @property
    def label(self) -> str:
        """How findings name it."""
        return f"{self.buyer.identifier}/{self.id}"

    @property
    def digest(self) -> str:
        """What tells this very publication from another one of the same contract."""
        content = repr([getattr(self, member.name) for member in fields(self) if member.compare])
        return sha256(content.encode()).hexdigest()[:32]

    @property
    def last_published_on(self) -> date:
        """The newest publication date it carries, its own or a modification's."""
        days = [self.published_on, *(change.published_on for change in self.modifications)]
        return max((day for day in days if day), default=date.min)
