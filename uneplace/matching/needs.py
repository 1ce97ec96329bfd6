"""What a job sheet asks for, as the ranking compares it: criteria, place, days and hours of the job."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from uneplace.kit.periods import last_day
from uneplace.offers.models import Criterion, JobSheet
from uneplace.offers.queries import start_day

Kind = Criterion.Kind


@dataclass(frozen=True)
class Need:
    """One criterion: must-have or wished; `value` is the code of the licence that it names."""

    criterion: int
    is_hard: bool
    kind: Criterion.Kind
    text: str
    value: str = ""


@dataclass(frozen=True)
class Job:
    """The job of one sheet on one day. Coordinates are in degrees, None when the place has none."""

    sheet: int
    rome: str
    commune: str
    latitude: Decimal | None
    longitude: Decimal | None
    start: date
    last_day: date | None
    weekly_hours: Decimal
    schedules: tuple[str, ...]
    needs_car: bool
    needs: tuple[Need, ...]


def job_of(sheet: JobSheet, *, on: date) -> Job:
    """What the ranking of that day compares people with; reads the sheet's commune and criteria."""
    return Job(
        sheet=sheet.pk,
        rome=sheet.rome_id,
        commune=sheet.commune_id,
        latitude=sheet.commune.latitude,
        longitude=sheet.commune.longitude,
        start=start_day(sheet, on=on),
        last_day=last_day(sheet.period),
        weekly_hours=sheet.weekly_hours,
        schedules=tuple(sheet.schedules),
        needs_car=sheet.without_car is False,
        needs=tuple(_need(criterion) for criterion in sheet.criteria.all()),
    )


def _need(criterion: Criterion) -> Need:
    return Need(
        criterion=criterion.pk,
        is_hard=criterion.weight == Criterion.Weight.HARD,
        kind=Criterion.Kind(criterion.kind),
        text=criterion.text,
        value=criterion.licence,
    )
