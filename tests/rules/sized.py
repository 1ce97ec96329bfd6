"""Ways of sizing a clause for the tests: years, invoices, bands."""

from datetime import date
from decimal import Decimal

from uneplace.rules.dates import Period
from uneplace.rules.hours_due import Band, DatedAmount, Invoiced, PerYear, hours_due


def due(inputs, **options):
    return str(hours_due(inputs, **options).hours)


def years(start, end, hours="1200"):
    return PerYear(Decimal(hours), Period(start, end))


BANDS = [
    Band(Decimal(100000), Decimal(0)),
    Band(Decimal(500000), Decimal(140)),
    Band(None, Decimal("350.5")),
]

JUNE, JULY, AUGUST = date(2025, 6, 30), date(2025, 7, 31), date(2025, 8, 31)


def invoiced(*amounts, orders=(), **inputs):
    """So much invoiced at the end of June, July and August 2025, at 35 hours for 50 000 euros."""
    given = {"slice": Decimal(50000), "hours_per_slice": Decimal(35), "as_of": AUGUST} | inputs
    return Invoiced(invoices=dated(amounts), orders=dated(orders), **given)


def dated(amounts):
    return [
        DatedAmount(on, Decimal(amount)) for on, amount in zip((JUNE, JULY, AUGUST), amounts, strict=False)
    ]


ANY = Period(date(2025, 1, 1), date(2026, 1, 1))


def told(explanation):
    return [(one.text.replace("\u00a0", " "), one.value.replace("\u00a0", " ")) for one in explanation]
