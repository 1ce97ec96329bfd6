"""The minimum wage (SMIC) that a job's pay is compared with.

A comparison, not a verdict: work-study contracts and other cases have minima of their own, so that what is
under is shown, to be looked at, and never refused.
"""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from uneplace.rules.explanation import Source
from uneplace.rules.parameters import PARAMETERS

MAYOTTE = "976"
WEEKS_A_MONTH = Decimal(52) / 12
CENT = Decimal("0.01")


@dataclass(frozen=True)
class Minimum:
    """The gross minimum wage for one job, in the unit that its pay is given in, and where it comes from."""

    amount: Decimal
    source: Source


def minimum_wage(*, on: date, departement: str, weekly_hours: Decimal, per_month: bool) -> Minimum:
    """The minimum wage on a job's first day, as known: gross, of one hour, or of a month of those weeks.

    Mayotte has its own (code du travail, articles L3231-1 and L3423-1 and following). A month is 52/12 weeks,
    which gives the published 1 823,03 € for 35 hours in 2026.
    """
    parameter = PARAMETERS.smic_mayotte if departement == MAYOTTE else PARAMETERS.smic
    hourly = parameter.on(max(on, parameter.values[0][0]))
    amount = hourly * weekly_hours * WEEKS_A_MONTH if per_month else hourly
    return Minimum(amount.quantize(CENT, ROUND_HALF_UP), parameter.source)
