"""Half-open periods of days: `[start, end)`, the end being the day after the last day."""

from datetime import date, timedelta

from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.backends.postgresql.psycopg_any import DateRange


def period(start: date, last_day: date | None) -> DateRange:
    """The period from `start` to `last_day`, both included; no last day leaves it open."""
    return DateRange(start, None if last_day is None else last_day + timedelta(days=1), "[)")


def last_day(value: DateRange) -> date | None:
    """The last day inside a period; None when it is open."""
    return None if value.upper is None else value.upper - timedelta(days=1)


def day_is_inside(day: date, value: DateRange) -> bool:
    """Whether `day` falls in the half-open period."""
    return value.lower <= day and (value.upper is None or day < value.upper)


def sound_period(field: str, name: str) -> models.CheckConstraint:
    """The constraint that `field` holds at least one day and has a first day."""
    return models.CheckConstraint(
        condition=models.Q(**{f"{field}__isempty": False, f"{field}__startswith__isnull": False}),
        name=name,
        violation_error_message="La fin doit venir après le début.",
    )


class PeriodField(DateRangeField):
    """A half-open range of days with a first day."""

    description = "période"
