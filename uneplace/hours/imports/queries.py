"""What a page shows of an import: its doubts with who may be meant, its refused lines, what it writes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, F, Q, QuerySet, Sum

from uneplace.contracts.models import Commitment
from uneplace.hours.models import HoursImport, ImportDoubt, ImportLine, Placement, Statement, month_name
from uneplace.organisations.models import Organisation
from uneplace.rules import french

from .checking import good_lines
from .columns import Column

Reason = ImportLine.Reason
ENTERING = ("", Reason.UNCHANGED, Reason.DOUBT)
# The cell that a line is refused for.
ABOUT_MONTH = {Reason.NOT_BEGUN, Reason.NO_STATEMENT, Reason.CLOSED, Reason.SENT}
ABOUT_HOURS = {Reason.OVER_MONTH, Reason.OVER_WHOLE}


@dataclass(frozen=True)
class Candidate:
    """Somebody who may be meant, on one contract."""

    rank: int
    placement: Placement
    commitment: Commitment


@dataclass(frozen=True)
class Question:
    """A doubt as it is shown: what the file says, who may be meant, on how many lines."""

    doubt: ImportDoubt
    candidates: list[Candidate]
    lines: int

    @property
    def born_on(self) -> date | None:
        """The birth date that the file gives."""
        said = self.doubt.said.get("born_on")
        return date.fromisoformat(said) if said else None


@dataclass(frozen=True)
class Refusal:
    """A line that will not enter: where, what is written there, and why."""

    number: int
    heading: str
    said: str
    reason: str
    person: str = ""


@dataclass(frozen=True)
class Written:
    """What an import writes in one statement."""

    declarant: Organisation
    commitment: Commitment
    month: date
    people: int
    hours: Decimal
    statement: Statement | None


def questions(doubts: Iterable[ImportDoubt]) -> list[Question]:
    """Doubts with who may be meant; three queries whatever their number."""
    doubts = list(doubts)
    pairs = [pair for doubt in doubts for pair in doubt.candidates]
    placements = Placement.objects.select_related("participant", "employer").in_bulk(
        {placement for placement, _ in pairs}
    )
    commitments = Commitment.objects.select_related("clause__lot__contract__buyer", "company").in_bulk(
        {commitment for _, commitment in pairs}
    )
    counts = ImportLine.objects.filter(doubt__in=doubts).order_by().values_list("doubt")
    lines = dict(counts.annotate(number=Count("pk")))
    return [
        Question(
            doubt,
            [
                Candidate(rank, placements[placement], commitments[commitment])
                for rank, (placement, commitment) in enumerate(doubt.candidates)
                if placement in placements and commitment in commitments
            ],
            lines.get(doubt.pk, 0),
        )
        for doubt in doubts
    ]


class Refusals:
    """The lines of an import that will not enter, cells that cannot be read first; read a page at a time."""

    def __init__(self, hours_import: HoursImport) -> None:
        self.problems = hours_import.problems.order_by("number", "pk")
        self.lines = (
            hours_import.lines.filter(part=0)
            .exclude(reason__in=ENTERING)
            .select_related("placement__participant", "doubt")
            .order_by("number")
        )
        titles = hours_import.layout.get("titles", {})
        self.titles = {
            kind: titles.get(str(rank)) or Column(kind).label for kind, rank in hours_import.columns.items()
        }
        self.first = self.problems.count()
        self.total = self.first + self.lines.count()

    def __len__(self) -> int:
        return self.total

    def __getitem__(self, part: slice) -> list[Refusal]:
        start, stop = part.start or 0, self.total if part.stop is None else part.stop
        found = [
            Refusal(problem.number, problem.heading, problem.said, problem.reason)
            for problem in self.problems[start : min(stop, self.first)]
        ]
        if stop > self.first:
            found += map(self._of_line, self.lines[max(start - self.first, 0) : stop - self.first])
        return found

    def _of_line(self, line: ImportLine) -> Refusal:
        person = str(line.placement.participant) if line.placement else ""
        kind, said = self._cell(line, person)
        return Refusal(
            line.number,
            self.titles.get(kind, Column(kind).label),
            said,
            f"{line.get_reason_display()}.",
            person,
        )

    def _cell(self, line: ImportLine, person: str) -> tuple[str, str]:
        if line.reason in ABOUT_MONTH:
            return Column.MONTH, month_name(line.month)
        if line.reason in ABOUT_HOURS:
            return Column.HOURS, french.number(line.hours if line.whole is None else line.whole)
        named = Column.FULL_NAME if Column.FULL_NAME in self.titles else Column.LAST_NAME
        return named, person or (line.doubt.said.get("name", "") if line.doubt else "")


def written_rows(hours_import: HoursImport) -> QuerySet:
    """One row a statement that an import writes in, by declarant and month."""
    return (
        good_lines(hours_import)
        .values("month", "commitment", declarant=F("placement__declared_by"))
        .annotate(people=Count("pk"), total=Sum("hours"))
        .order_by("placement__declared_by", "month", "commitment")
    )


def written(rows: Iterable[dict]) -> list[Written]:
    """Rows of `written_rows` with their things; three queries whatever their number."""
    rows = list(rows)
    declarants = Organisation.objects.in_bulk({row["declarant"] for row in rows})
    commitments = Commitment.objects.select_related("clause__lot__contract", "company").in_bulk(
        {row["commitment"] for row in rows}
    )
    wanted = Q(pk__in=[])
    for row in rows:
        wanted |= Q(commitment=row["commitment"], month=row["month"], declarant=row["declarant"])
    statements = {
        (one.commitment_id, one.month, one.declarant_id): one
        for one in Statement.objects.filter(wanted).select_related("declarant")
    }
    return [
        Written(
            declarants[row["declarant"]],
            commitments[row["commitment"]],
            row["month"],
            row["people"],
            row["total"],
            statements.get((row["commitment"], row["month"], row["declarant"])),
        )
        for row in rows
    ]
