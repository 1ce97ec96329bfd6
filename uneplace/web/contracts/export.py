"""The list of contracts as a file that spreadsheets open: what is filtered, all of it and nothing else."""

import csv
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet

from uneplace.contracts.models import Lot
from uneplace.organisations.actor import Actor
from uneplace.web.contracts.rows import Row, in_chunks, rows_of

CHUNK = 500
BOM = "\ufeff"  # without it, Excel reads accents wrong
HEAD = [
    "Acheteur",
    "SIRET de l’acheteur",
    "Numéro du marché",
    "Objet",
    "Lot",
    "Intitulé du lot",
    "Montant hors taxes",
    "Notifié le",
    "Entreprises",
    "État de la clause",
    "Heures dues",
    "Heures comptées",
    "Heures à valider",
    "Heures prévues",
    "Heures attendues ce jour",
    "Heures prévisibles",
    "Actions dues",
    "Actions faites",
]


def csv_lines(lots: QuerySet[Lot], actor: Actor, *, on: date) -> Iterator[str]:
    """The file, line by line."""
    writer = csv.writer(_Echo(), delimiter=";", lineterminator="\r\n")
    yield BOM + writer.writerow(HEAD)
    for chunk in in_chunks(lots, CHUNK):
        for row in rows_of(chunk, actor, on=on):
            yield writer.writerow([harmless(cell) for cell in _cells(row)])


def harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula: what starts like one gets an apostrophe before it."""
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r", "\n") else cell


def _cells(row: Row) -> list[str]:
    contract, clause, progress = row.lot.contract, row.clause, row.progress
    figures = (
        [progress.due, progress.counted, progress.to_validate, progress.foreseen, progress.expected]
        if (progress)
        else [None] * 5
    )
    amount = contract.amount if row.lot.amount is None else row.lot.amount
    return [
        str(contract.buyer),
        contract.buyer.siret or contract.buyer.raw_identifier,
        contract.official_id or "",
        contract.object,
        str(row.lot.number),
        row.lot.title,
        _number(amount),
        contract.notified_on.isoformat() if contract.notified_on else "",
        ", ".join(str(company) for company in row.companies),
        clause.get_status_display() if clause else "Sans clause",
        *(_number(figure) for figure in figures),
        *_beyond_hours(row),
    ]


def _beyond_hours(row: Row) -> list[str]:
    """What orders foresee, and the actions of a clause that counts no hours."""
    if row.clause is None:
        return ["", "", ""]
    done = str(row.actions_done) if row.clause.owes_actions else ""
    due = "" if row.clause.actions_due is None else str(row.clause.actions_due)
    return [_number(row.clause.foreseeable), due, done]


def _number(value: Decimal | None) -> str:
    return "" if value is None else f"{value:f}".replace(".", ",")


class _Echo:
    """What a csv writer writes to, which hands each line back."""

    def write(self, line: str) -> str:
        return line
