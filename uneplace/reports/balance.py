"""Who goes through each step of a preselection, by sex, age and district: so that a drift is seen.

Counts alone, masked under five people with as many others as it takes to hide them.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from uneplace.offers.models import Application, JobSheet
from uneplace.offers.queries import start_day
from uneplace.people.models import EligibilityDecision, Participant
from uneplace.rules.ages import AGE_LIMITS, band_on
from uneplace.rules.eligibility import Ground

from .figures import SMALLEST_CELL, Row, mask_small_cells

Status = Application.Status
STEPS = ("Reçues", "Retenues", "Transmises", "Embauchées")
KEPT = (Status.SHORTLISTED, Status.SENT, Status.MEETING, Status.HIRED)
UNKNOWN = "non renseigné"


@dataclass(frozen=True)
class Cell:
    """How many people of one kind reached a step, and their share of it; None when masked."""

    step: str
    people: int | None
    share: Decimal | None


@dataclass(frozen=True)
class Line:
    """One kind of people, step by step."""

    label: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Dimension:
    """One way to look at the steps: its name and its lines."""

    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Balance:
    """The steps of one job sheet; a step of fewer than five people shows nothing but its total."""

    totals: tuple[int, ...]
    dimensions: tuple[Dimension, ...]

    @property
    def steps(self) -> list[tuple[str, int]]:
        """Each step and how many people reached it."""
        return list(zip(STEPS, self.totals, strict=True))


def balance_of(sheet: JobSheet, *, on: date) -> Balance:
    """Who was put forward, kept, transmitted and hired for this job; two queries."""
    applications = list(
        Application.objects.filter(job_sheet=sheet).select_related("participant", "transmission")
    )
    steps = [applications, *([one for one in applications if _reached(one, step)] for step in (1, 2, 3))]
    in_qpv = _living_in_qpv(sheet)
    day = start_day(sheet, on=on)
    bands = _bands()
    dimensions: list[tuple[str, Sequence[str], Callable[[Participant], str]]] = [
        ("Sexe", [*Participant.Sex.labels, UNKNOWN], lambda person: person.get_sex_display() or UNKNOWN),
        (
            "Âge au début du poste",
            [*bands, UNKNOWN],
            lambda person: bands[band_on(person.born_on, day)] if person.born_on else UNKNOWN,
        ),
        (
            "Quartier prioritaire (QPV)",
            ["En QPV", "Hors QPV ou non renseigné"],
            lambda person: "En QPV" if person.pk in in_qpv else "Hors QPV ou non renseigné",
        ),
    ]
    return Balance(
        totals=tuple(len(step) for step in steps),
        dimensions=tuple(
            Dimension(title, _lines(labels, kind, [[one.participant for one in step] for step in steps]))
            for title, labels, kind in dimensions
        ),
    )


def _reached(application: Application, step: int) -> bool:
    """Kept at least once and not put aside since; transmitted, whatever came next; hired."""
    if step == 1:
        return application.status in KEPT or hasattr(application, "transmission")
    if step == 2:
        return hasattr(application, "transmission")
    return application.status == Status.HIRED


def _living_in_qpv(sheet: JobSheet) -> set[int]:
    """People whose last decision says so; what a decision rests on is sealed, so it is opened here."""
    people = Application.objects.filter(job_sheet=sheet).values("participant")
    decisions = (
        EligibilityDecision.objects.filter(participant__in=people)
        .taken()
        .order_by("participant_id", "-decided_on", "-pk")
        .distinct("participant_id")
        .only("participant_id", "grounds", "situation")
    )
    return {
        decision.participant_id
        for decision in decisions
        if decision.situation.get("lives_in_qpv") or Ground.QPV in decision.grounds
    }


def _bands() -> list[str]:
    first, *others, last = AGE_LIMITS
    middle = [
        f"{start} à {end - 1} ans" for start, end in zip([first, *others], [*others, last], strict=True)
    ]
    return [f"Moins de {first} ans", *middle, f"{last} ans et plus"]


def _lines(
    labels: Sequence[str], kind: Callable[[Participant], str], steps: Sequence[Sequence[Participant]]
) -> tuple[Line, ...]:
    columns = [
        _column(name, labels, [kind(person) for person in step])
        for name, step in zip(STEPS, steps, strict=True)
    ]
    lines = [Line(label, tuple(column[rank] for column in columns)) for rank, label in enumerate(labels)]
    return tuple(
        _hidden_throughout(line, [len(step) for step in steps]) for line in lines if line.cells[0].people != 0
    )


def _hidden_throughout(line: Line, totals: Sequence[int]) -> Line:
    """A line masked at one step of five people or more is masked at each: a step holds the people of the
    next, so what one hides another would tell."""
    steps = list(zip(line.cells, totals, strict=True))
    if all(cell.people is not None for cell, total in steps if total >= SMALLEST_CELL):
        return line
    return Line(line.label, tuple(Cell(cell.step, None, None) if total else cell for cell, total in steps))


def _column(step: str, labels: Sequence[str], kinds: Sequence[str]) -> list[Cell]:
    """One step: the people of each kind, masked."""
    if len(kinds) < SMALLEST_CELL:
        return [Cell(step, None if kinds else 0, None) for _ in labels]
    rows = [Row(label, label, None, kinds.count(label)) for label in labels]
    return [
        Cell(step, row.participants, None if row.masked else Decimal(row.participants or 0) / len(kinds))
        for row in mask_small_cells(rows)
    ]
