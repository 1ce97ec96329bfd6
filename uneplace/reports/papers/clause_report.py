"""A report of a clause as each one reads it: whole for its service, masked for the others; and as a paper."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.timezone import localtime

from uneplace.organisations.actor import Actor
from uneplace.organisations.models import Capacity
from uneplace.reports.definitions import MASKING_NOTE, has_masked
from uneplace.reports.figures import SMALLEST_CELL, TOO_FEW, Row, mask_small_cells
from uneplace.rules import french
from uneplace.settlement.models import ClauseReport

from .paper import Column, Facts, Paper, Table, Words

ZERO = Decimal("0.00")
BREAKDOWNS = (
    ("months", "Mois par mois", "Mois"),
    ("modalities", "Comment les personnes ont travaillé", "Modalité"),
    ("kinds", "Nature des contrats de travail", "Contrat"),
)


@dataclass(frozen=True)
class Told:
    """The figures of a report as one reader has them; people are None when they are too few to be told.

    `is_share`: those of one company among several, for itself.
    """

    on: date
    due: Decimal
    counted: Decimal
    declared: Decimal | None
    actions_due: int | None
    actions_done: int | None
    people: int | None
    placements: int | None
    breakdowns: tuple[tuple[str, str, tuple[Row, ...]], ...]
    companies: tuple[Mapping[str, Any], ...]
    control: tuple[Mapping[str, Any], ...]
    definitions: tuple[tuple[str, str], ...]
    is_share: bool = False

    @property
    def remaining(self) -> Decimal:
        """Hours due that are not counted."""
        return max(self.due - self.counted, ZERO)

    @property
    def keys(self) -> list[tuple[str, str]]:
        """The figures of the clause, or of the company's own share of it, in words."""
        if self.actions_due is not None:
            counts = [
                ("Actions dues", french.number(self.actions_due)),
                ("Actions faites", french.number(self.actions_done or 0)),
            ]
        else:
            counts = [
                ("Heures dues", french.hours(self.due)),
                ("Heures comptées", french.hours(self.counted)),
                ("Heures restant à faire", french.hours(self.remaining)),
            ]
            if self.declared is not None:
                not_counted = french.hours(self.declared - self.counted)
                counts.append(("Heures déclarées qui ne comptent pas", not_counted))
        if self.is_share:
            return counts
        people = TOO_FEW if self.people is None else french.number(self.people)
        counts.append(("Personnes", people))
        if self.placements is not None:
            counts.append(("Contrats de travail", french.number(self.placements)))
        return counts

    @property
    def tables(self) -> list[tuple[str, str, list[tuple[str, str, str]]]]:
        """Each breakdown that has lines: its title, its head, and its lines in words."""
        return [(title, head, [_line(row) for row in rows]) for title, head, rows in self.breakdowns if rows]

    @property
    def note(self) -> str:
        """Why some lines are withheld."""
        if self.is_share:
            return ""
        is_masked = self.people is None or any(has_masked(rows) for _, _, rows in self.breakdowns)
        return MASKING_NOTE if is_masked else ""

    @property
    def debts(self) -> list[tuple[str, str, str, str]]:
        """What each company owes, has counted and has left."""
        return [
            (
                one["name"],
                french.hours(Decimal(one["due"])),
                french.hours(Decimal(one["counted"])),
                french.hours(max(Decimal(one["due"]) - Decimal(one["counted"]), ZERO)),
            )
            for one in self.companies
        ]

    @property
    def steps(self) -> list[str]:
        """The cases about missing hours, in sentences."""
        return [_step(one) for one in self.control]


def told_to(actor: Actor, report: ClauseReport, figures: Mapping[str, Any]) -> Told:
    """What this actor reads of these figures of a report."""
    is_service = actor.serves(report)
    is_buyer = actor.can(Capacity.BUYER) and actor.stands_for(report.clause.lot.contract.buyer_id)
    own = None if is_service or is_buyer else actor.organisation.pk
    companies = _of(figures["companies"], own)
    if len(companies) < len(figures["companies"]):
        return _own_share(figures, companies, own)
    people, placements = figures["people"], figures["placements"]
    if not is_service and 0 < people < SMALLEST_CELL:
        people = placements = None
    return Told(
        on=date.fromisoformat(figures["on"]),
        due=Decimal(figures["due"]),
        counted=Decimal(figures["counted"]),
        declared=Decimal(figures["declared"]),
        actions_due=figures["actions_due"],
        actions_done=figures["actions_done"],
        people=people,
        placements=placements,
        breakdowns=tuple(
            (title, head, _rows(figures[name], is_whole=is_service)) for name, title, head in BREAKDOWNS
        ),
        companies=companies,
        control=_of(figures["control"], own),
        definitions=tuple((term, text) for term, text in figures["definitions"]),
    )


def _own_share(figures: Mapping[str, Any], companies: Sequence[Mapping[str, Any]], own: int | None) -> Told:
    """A company that is not alone reads what it owes itself: from totals it would subtract the others."""
    counted = sum((Decimal(one["counted"]) for one in companies), ZERO)
    return Told(
        on=date.fromisoformat(figures["on"]),
        due=sum((Decimal(one["due"]) for one in companies), ZERO),
        counted=counted,
        declared=None,
        actions_due=figures["actions_due"],
        actions_done=figures["actions_done"],
        people=None,
        placements=None,
        breakdowns=(),
        companies=tuple(companies),
        control=_of(figures["control"], own),
        definitions=tuple((term, text) for term, text in figures["definitions"]),
        is_share=True,
    )


def _rows(kept: Sequence[Mapping[str, Any]], *, is_whole: bool) -> tuple[Row, ...]:
    rows = tuple(Row(one["code"], one["label"], Decimal(one["hours"]), one["people"]) for one in kept)
    return rows if is_whole else mask_small_cells(rows)


def _of(kept: Sequence[Mapping[str, Any]], company: int | None) -> tuple[Mapping[str, Any], ...]:
    """A company reads its own lines; the buyer and the service read them all."""
    return tuple(one for one in kept if company is None or one["key"] == company)


def _line(row: Row) -> tuple[str, str, str]:
    label = row.label[:1].upper() + row.label[1:]
    if row.masked:
        return label, "masqué", row.masked
    return label, french.hours(row.hours or ZERO), french.number(row.participants or 0)


def _step(one: Mapping[str, Any]) -> str:
    opened = french.day(date.fromisoformat(one["opened_on"]))
    words = f"{one['company']}, {one['gap']} en moins constatées le {opened}"
    if one["notice_on"]:
        words += f", mise en demeure le {french.day(date.fromisoformat(one['notice_on']))}"
    return f"{words}. État\u00a0: {one['status'].lower()}."


def report_paper(report: ClauseReport, told: Told, *, warning: str = "") -> Paper:
    """An issued report as a paper: figures, words, how it was made."""
    lot = report.clause.lot
    frozen = french.day(localtime(report.issued_at).date())
    title = f"{report.get_kind_display()} de la clause d’insertion"
    facts = [("Marché", lot.contract.object), ("Acheteur", str(lot.contract.buyer))]
    if lot.contract.official_id:
        facts.insert(1, ("Numéro", lot.contract.official_id))
    if lot.title:
        facts.append(("Lot", str(lot)))
    title_of_figures = "Votre part de la clause" if told.is_share else "Chiffres de la clause"
    parts: list[Facts | Words | Table] = [Facts(facts), Facts(told.keys, title_of_figures)]
    parts.append(Words(_paragraphs(report.words), "Ce que les chiffres ne disent pas"))
    if told.actions_due is None:
        parts.append(_debts(told))
    parts += [_table(title_, head, lines) for title_, head, lines in told.tables]
    if told.note:
        parts.append(Words([told.note]))
    if told.steps:
        parts.append(Words(told.steps, "Heures manquantes\u00a0: ce qui a été fait"))
    parts.append(Facts(told.definitions, "Ce que comptent ces chiffres"))
    parts.append(
        Words(
            [
                f"Registre lu le {french.day(told.on)}. Bilan figé ce jour-là\u00a0: une correction inscrite "
                f"depuis n’y est pas. Empreinte\u00a0: {report.checksum[:16]}."
            ]
        )
    )
    return Paper(
        title=title,
        subtitle=f"Version {report.number}, figée le {frozen} par {report.service}.",
        warning=warning,
        parts=parts,
        footer=f"{title}, {lot.contract}, version {report.number} du {frozen}",
    )


def _paragraphs(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _debts(told: Told) -> Table:
    return Table(
        [
            Column("Entreprise", 2.4),
            Column("Dues", number=True),
            Column("Comptées", number=True),
            Column("Restantes", number=True),
        ],
        told.debts,
        title="Ce que doit chaque entreprise",
    )


def _table(title: str, head: str, lines: Sequence[Sequence[str]]) -> Table:
    return Table(
        [Column(head, 3), Column("Heures", number=True), Column("Personnes", 1.2, number=True)], lines, title
    )
