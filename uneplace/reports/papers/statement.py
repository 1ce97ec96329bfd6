"""« Relevé d’heures »: one commitment, one month, one declarant, as a paper."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import F
from django.utils.timezone import localtime

from uneplace.hours.models import LedgerEntry, Statement, StatementLine
from uneplace.kit.sorting import SortKey
from uneplace.rules import french
from uneplace.rules.counting import Reason

from .paper import Column, Facts, Paper, Table

ZERO = Decimal("0.00")
AFTER_CONTROL = "après contrôle"


@dataclass(frozen=True)
class DeclaredLine:
    """The month of one person: what was declared, and what the ledger counts of it; None before control."""

    person: str
    contract: str
    hours: Decimal
    training: Decimal
    counted: Decimal | None = None
    reasons: tuple[str, ...] = ()

    @property
    def not_counted(self) -> Decimal | None:
        """Hours declared that do not count."""
        return None if self.counted is None else self.hours - self.counted


def lines_of(statement: Statement) -> list[DeclaredLine]:
    """The people of a statement by name, with the reasons of what does not count; two queries."""
    entries: dict[int, list[LedgerEntry]] = defaultdict(list)
    rows = LedgerEntry.objects.filter(line__statement=statement).defer("explanation").order_by("pk")
    # A month opened again counts nothing until it is validated anew.
    for entry in rows if statement.status == Statement.Status.VALIDATED else ():
        entries[entry.line_id].append(entry)
    lines = (
        StatementLine.objects.filter(statement=statement)
        .select_related("worked_month__placement__participant", "worked_month__placement__employer")
        .annotate(
            last=SortKey(F("worked_month__placement__participant__last_name")),
            first=SortKey(F("worked_month__placement__participant__first_name")),
        )
        .order_by("last", "first", "pk")
    )
    return [_line(line, entries[line.pk]) for line in lines]


def _line(line: StatementLine, entries: Sequence[LedgerEntry]) -> DeclaredLine:
    placement = line.worked_month.placement
    return DeclaredLine(
        person=str(placement.participant),
        contract=f"{placement.get_kind_display()}, {placement.employer}",
        hours=line.hours,
        training=line.training_hours,
        counted=sum((entry.counted for entry in entries), ZERO) if entries else None,
        # The latest entry, the first one or the last correction, says what does not count today.
        reasons=tuple(_reason(part) for part in entries[-1].excluded) if entries else (),
    )


def _reason(part: dict[str, str]) -> str:
    return f"{french.hours(Decimal(part['hours']))}\u00a0: {Reason(part['reason']).label}"


def statement_paper(statement: Statement, *, on: date, warning: str = "") -> Paper:
    """The paper of a statement, as the ledger reads on that day.

    The statement needs its commitment, company, clause, lot, contract, buyer and declarant at hand.
    """
    lines = lines_of(statement)
    read = f"Registre lu le {french.day(on)}"
    return Paper(
        title=f"Relevé d’heures {statement.of_month}",
        subtitle=f"{read}.",
        warning=warning,
        parts=[Facts(_facts(statement)), _table(statement, lines)],
        footer=f"Relevé {statement.of_month}, {statement.declarant}. {read}",
        is_wide=True,
    )


def _facts(statement: Statement) -> list[tuple[str, str]]:
    lot = statement.commitment.clause.lot
    facts = [
        ("Marché", f"{lot.contract.object}{_number(lot.contract)}"),
        ("Acheteur", str(lot.contract.buyer)),
        ("Entreprise engagée", str(statement.commitment.company)),
        ("Heures déclarées par", str(statement.declarant)),
        ("État", statement.get_status_display()),
    ]
    if lot.title:
        facts.insert(1, ("Lot", str(lot)))
    if statement.submitted_at:
        facts.append(("Transmis", _deed(statement.submitted_at, statement.submitted_by)))
    if statement.status == Statement.Status.VALIDATED:
        facts.append(("Validé", _deed(statement.validated_at, statement.validated_by)))
    return facts


def _number(contract) -> str:
    return f", n°\u00a0{contract.official_id}" if contract.official_id else ""


def _deed(at, by) -> str:
    day = f"le {french.day(localtime(at).date())}"
    return f"{day} par {by}" if by else day


def _table(statement: Statement, lines: Sequence[DeclaredLine]) -> Table:
    is_counted = all(line.counted is not None for line in lines) and bool(lines)
    counted = sum((line.counted or ZERO for line in lines), ZERO)
    declared = sum((line.hours for line in lines), ZERO)
    training = sum((line.training for line in lines), ZERO)
    return Table(
        title="Personnes et heures",
        columns=[
            Column("Personne", 1.5),
            Column("Contrat de travail", 1.8),
            Column("Déclarées", 0.8, number=True),
            Column("dont formation", 0.8, number=True),
            Column("Comptées", 0.8, number=True),
            Column("Non comptées, et pourquoi", 2.2),
        ],
        rows=[_cells(line) for line in lines],
        total=[
            "Ensemble",
            french.several(len(lines), "contrat de travail", "contrats de travail"),
            french.hours(declared),
            french.hours(training),
            french.hours(counted) if is_counted else AFTER_CONTROL,
            french.hours(declared - counted) if is_counted else AFTER_CONTROL,
        ],
        note="" if lines else "Aucune heure n’est encore déclarée.",
    )


def _cells(line: DeclaredLine) -> list[str]:
    if line.counted is None:
        counted = not_counted = AFTER_CONTROL
    else:
        counted = french.hours(line.counted)
        not_counted = ", ".join(line.reasons) or french.hours(line.not_counted or ZERO)
    return [
        line.person,
        line.contract,
        french.hours(line.hours),
        french.hours(line.training),
        counted,
        not_counted,
    ]
