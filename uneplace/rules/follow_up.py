"""When a person at work is heard again: the points of the follow-up in job, by the dates of the contract.

Usual in the trade (day 8, months 1 and 3, then every three months, and before the end); no text asks for it.
"""

from datetime import date, timedelta
from enum import StrEnum

from uneplace.rules.dates import Period, add_months

FIRST_DAYS = 7  # the eighth day
BEFORE_END = 15  # days before the last one
EVERY = 3  # months
LONGEST = 24  # months, for a contract without end


class Point(StrEnum):
    """Why the person is heard on that day."""

    DAY_8 = "DAY_8"
    MONTH_1 = "MONTH_1"
    MONTH_3 = "MONTH_3"
    QUARTER = "QUARTER"
    BEFORE_END = "BEFORE_END"


def follow_up_days(contract: Period) -> tuple[tuple[Point, date], ...]:
    """The points of a work contract, in order; its `end` is the first day after it.

    A month or a quarter within fifteen days of the point before the end is left to that point, and so is
    whatever comes after it; a contract of less than three weeks has one point, its eighth day.
    """
    start = contract.start
    points = [
        (Point.DAY_8, start + timedelta(days=FIRST_DAYS)),
        (Point.MONTH_1, add_months(start, 1)),
        (Point.MONTH_3, add_months(start, EVERY)),
    ]
    points += [(Point.QUARTER, add_months(start, months)) for months in range(2 * EVERY, LONGEST + 1, EVERY)]
    if contract.end is None:
        return tuple(points)
    # The length of a contract is bounded by nothing here: quarters go on as long as it does.
    months = LONGEST + EVERY
    while add_months(start, months) < contract.end:
        points.append((Point.QUARTER, add_months(start, months)))
        months += EVERY
    last_day = contract.end - timedelta(days=1)
    last = last_day - timedelta(days=BEFORE_END)
    if last <= points[0][1]:
        return tuple(points[:1]) if points[0][1] < contract.end else ()
    kept = [(point, day) for point, day in points if day < last]
    if len(kept) > 1 and (last - kept[-1][1]).days < BEFORE_END:
        kept.pop()
    return (*kept, (Point.BEFORE_END, last))
