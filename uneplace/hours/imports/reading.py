"""A file of hours read line by line into lines to check; nothing reaches a statement here."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import islice

from django.db import connection
from django.db.models import F

from uneplace.hours.models import HoursImport, ImportDoubt, ImportLine, ImportProblem
from uneplace.kit.refused import Refused
from uneplace.kit.scope import working_with
from uneplace.kit.spreadsheets import Row, Table, UnreadableSheet, open_table

from .columns import LOOKED_AT, Column, Headings, headings_of
from .matching import MOST_PROPOSED, Directory, Found, Said
from .sharing import share_line
from .values import day_of, hours_of, month_of

BATCH = 5000
MOST_PROBLEMS = 20_000  # and no more than one line in two
MOST_DOUBTS = 2000
NO_NAME = "Cette ligne ne nomme personne."
NO_SHARE = "Cette personne travaille pour plusieurs marchés, dont aucun n’a de jour ce mois-là."
TRAINING_IS_PART = "Les heures de formation sont comprises dans les heures travaillées."
NO_TABLE = "Ce fichier n’a pas de tableau : aucune ligne n’y remplit deux cellules."
TOO_MANY_PROBLEMS = (
    "Trop de lignes ne se lisent pas : les colonnes ne sont sans doute pas les bonnes. Dites-les de nouveau."
)
# One statement a batch: arrays travel once, the database makes the rows. COPY would pass under the policies.
INSERT = """
    INSERT INTO hours_importline
        (service_id, hours_import_id, number, placement_id, commitment_id, doubt_id, month, hours,
         training_hours, reason)
    SELECT %s, %s, * FROM unnest(%s::int[], %s::bigint[], %s::bigint[], %s::bigint[], %s::date[],
        %s::numeric[], %s::numeric[], %s::text[])
"""


class NoLongerAwaited(Exception):
    """Somebody dropped the import while it was read."""


def headings_of_file(file, name: str, size: int) -> tuple[Headings, Table]:
    """The headings of a file, and the sheet they were read in. Raises UnreadableSheet."""
    with open_table(file, name, size) as table:
        found = headings_of(list(islice(table.rows, LOOKED_AT)))
    if found is None:
        raise UnreadableSheet(NO_TABLE)
    return found, table


@dataclass
class Batch:
    """Lines read and not yet written, column by column; and what is wrong in others."""

    rows: list[tuple] = field(default_factory=list)
    shared: list[ImportLine] = field(default_factory=list)
    problems: list[ImportProblem] = field(default_factory=list)


class Reading:
    """One reading of one file; each batch is written by itself, so that its progress can be seen."""

    def __init__(self, hours_import: HoursImport, directory: Directory, *, titles: dict[int, str]) -> None:
        self.hours_import, self.directory, self.titles = hours_import, directory, titles
        self.columns = {kind: int(rank) for kind, rank in hours_import.columns.items()}
        self.doubts: dict[tuple, ImportDoubt] = {}
        self.problems = 0
        self.values: dict[tuple, object] = {}

    def read(self, rows: Iterator[Row]) -> int:
        """Read all rows; how many lines there are."""
        total = 0
        while piece := list(islice(rows, BATCH)):
            batch = Batch()
            for number, cells in piece:
                if any(cells):
                    total += 1
                    self._line(number, cells, batch)
            self.problems += len(batch.problems)
            if self.problems > max(MOST_PROBLEMS, total // 2):
                raise UnreadableSheet(TOO_MANY_PROBLEMS)
            with working_with([self.hours_import.service_id]):
                self._write(batch, total)
        return total

    def _line(self, number: int, cells: list[str], batch: Batch) -> None:
        get = self._cell
        faults: list[tuple[str, str, str]] = []

        def value(kind: str, read, default=None):
            text = get(cells, kind)
            try:
                return self._known(kind, read, text)
            except ValueError as error:
                faults.append((kind, text, str(error)))
                return default

        month = value(Column.MONTH, month_of) if Column.MONTH in self.columns else self.hours_import.month
        hours = value(Column.HOURS, hours_of)
        training = Decimal(0)
        if get(cells, Column.TRAINING):
            training = value(Column.TRAINING, hours_of, training)
        born = value(Column.BORN_ON, day_of) if Column.BORN_ON in self.columns else None
        said = Said(
            get(cells, Column.LAST_NAME),
            get(cells, Column.FIRST_NAME),
            get(cells, Column.FULL_NAME),
            born,
            get(cells, Column.CONTRACT),
        )
        whose = Column.FULL_NAME if Column.FULL_NAME in self.columns else Column.LAST_NAME
        if not said.name:
            faults.append((whose, "", NO_NAME))
        if hours is not None and training > hours:
            faults.append((Column.TRAINING, get(cells, Column.TRAINING), TRAINING_IS_PART))
        if not faults:
            found = self.directory.find(said, month)
            if found.pairs:
                self._keep(number, said, month, hours, training, found, batch)
                return
            faults.append((whose, said.name, found.reason))
        self._refuse(number, faults, batch)

    def _keep(self, number, said, month, hours, training, found: Found, batch: Batch) -> None:
        placement = commitment = doubt = None
        if found.works:
            try:
                parts = share_line(found.works, month, hours=hours, training_hours=training)
            except Refused:
                found = Found(found.pairs[:MOST_PROPOSED], NO_SHARE)
            else:
                batch.shared += self._shared(number, month, hours, parts)
                return
        if found.is_sure:
            placement, commitment = found.pairs[0]
        else:
            doubt = self._doubt(number, said, found)
        reason = "DOUBT" if doubt else ""
        batch.rows.append((number, placement, commitment, doubt, month, hours, training, reason))

    def _shared(self, number, month, whole, parts) -> Iterator[ImportLine]:
        for part, ((placement, commitment), hours, training) in enumerate(parts):
            yield ImportLine(
                service_id=self.hours_import.service_id,
                hours_import=self.hours_import,
                number=number,
                part=part,
                placement_id=placement,
                commitment_id=commitment,
                month=month,
                hours=hours,
                training_hours=training,
                whole=whole,
            )

    def _cell(self, cells: list[str], kind: str) -> str:
        rank = self.columns.get(kind)
        return cells[rank] if rank is not None and rank < len(cells) else ""

    def _known(self, kind: str, read, text: str):
        # Months and birth dates come again and again: each text is read once.
        if (kind, text) not in self.values:
            if len(self.values) > 100_000:
                self.values.clear()
            self.values[kind, text] = read(text)
        return self.values[kind, text]

    def _still_awaited(self, **changes: int) -> None:
        # The row is held until the batch is written: whoever drops the import then erases all of it.
        rows = HoursImport.objects.filter(pk=self.hours_import.pk, status=HoursImport.Status.READING)
        if not rows.update(**(changes or {"lines_read": F("lines_read")})):
            raise NoLongerAwaited

    def _doubt(self, number: int, said: Said, found: Found) -> int:
        key = said, found
        if key not in self.doubts:
            if len(self.doubts) >= MOST_DOUBTS:
                raise UnreadableSheet(TOO_MANY_PROBLEMS)
            with working_with([self.hours_import.service_id]):
                self._still_awaited()
                self.doubts[key] = ImportDoubt.objects.create(
                    service_id=self.hours_import.service_id,
                    hours_import=self.hours_import,
                    said={
                        "name": said.name,
                        "born_on": said.born_on and said.born_on.isoformat(),
                        "contract": said.contract,
                    },
                    reason=found.reason,
                    candidates=[list(pair) for pair in found.pairs],
                    first_line=number,
                )
        return self.doubts[key].pk

    def _refuse(self, number: int, faults, batch: Batch) -> None:
        batch.problems += (
            ImportProblem(
                service_id=self.hours_import.service_id,
                hours_import=self.hours_import,
                number=number,
                heading=self.titles.get(self.columns.get(kind, -1), "") or Column(kind).label,
                said=text[:80],
                reason=reason,
            )
            for kind, text, reason in faults
        )

    def _write(self, batch: Batch, total: int) -> None:
        self._still_awaited(lines_read=total)
        if batch.rows:
            with connection.cursor() as cursor:
                columns = [_as_array(column) for column in zip(*batch.rows, strict=True)]
                cursor.execute(INSERT, [self.hours_import.service_id, self.hours_import.pk, *columns])
        ImportLine.objects.bulk_create(batch.shared, batch_size=BATCH)
        ImportProblem.objects.bulk_create(batch.problems, batch_size=BATCH)


def _as_array(values: Iterable[int | Decimal | date | str | None]) -> str:
    """An array of plain values as PostgreSQL reads it: sent as one text, and not one by one."""
    words = ("NULL" if value is None else str(value) or '""' for value in values)
    return f"{{{','.join(words)}}}"


def read_lines(hours_import: HoursImport) -> int:
    """Read the file of an import anew: its lines, problems and doubts replace those of an earlier reading.

    Raises UnreadableSheet, and NoLongerAwaited when somebody dropped the import meanwhile. Opens its own
    scopes: a batch is one transaction.
    """
    with working_with([hours_import.service_id]):
        for model in (ImportLine, ImportDoubt, ImportProblem):
            model.objects.filter(hours_import=hours_import).delete()
        directory = Directory(hours_import.service, sender=hours_import.sender)
    headings = hours_import.layout
    titles = {int(rank): title for rank, title in headings.get("titles", {}).items()}
    reading = Reading(hours_import, directory, titles=titles)
    first = int(headings["row"])
    with (
        hours_import.file.open() as file,
        open_table(file, hours_import.name, hours_import.size) as table,
    ):
        return reading.read(row for row in table.rows if row[0] > first)
