"""How fast hours are counted: the rule over many people, beside a bare loop that only spreads the days.

    .venv/bin/python -m bench.counting [lines]

Both read the same facts, already in memory, and keep their results. The bare loop walks the days of each
month and shares the hours over those that are worked: no decision, no window, no training, no rounding, no
reason. Prints a Markdown table: medians of five rounds (`runner.py`), in time of processor.
"""

import sys
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from time import process_time

from bench.own_database import commit
from bench.runner import CONTROL, compared
from uneplace.rules.calendar import calendar_of
from uneplace.rules.counting import Decision, Line, Placement, Policy, TrainingCap, count
from uneplace.rules.dates import Period

ROUNDS = 5
LINES_OF_ONE = 20
Person = tuple[Policy, list[Decision], list[Placement], list[Line]]


def main() -> None:
    lines = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    draw = Random(2026)
    people = [somebody(draw) for _ in range(lines // LINES_OF_ONE)]
    works = {
        "bare": lambda: timed(lambda: [bare(person) for person in people]),
        "rule": lambda: timed(lambda: [count(*person) for person in people]),
        "told": lambda: timed(lambda: [told(person) for person in people]),
    }
    measured = compared(works, rounds=ROUNDS)
    print(f"{commit()}, {lines} lignes de {len(people)} personnes, médiane de {ROUNDS}\n")
    print("| Ce qui est fait | lignes par seconde | rapport à la boucle nue |")
    print("| --- | --- | --- |")
    for name, words in (
        ("bare", "boucle nue"),
        (CONTROL, "la même, une seconde fois"),
        ("rule", "comptage"),
        ("told", "comptage et explication de chaque ligne"),
    ):
        ratio = 1 if name == "bare" else measured.longer(name)
        print(f"| {words} | {lines / measured.typical(name):_.0f} | {ratio} |".replace("_", "\u00a0"))


def timed(work: Callable[[], object]) -> float:
    start = process_time()
    kept = work()
    seconds = process_time() - start
    del kept
    return seconds


def told(person: Person) -> int:
    """The counted hours, and the explanation of each line, which is written and let go: how many steps."""
    return sum(len(line.explanation) for line in count(*person).lines)


def bare(person: Person) -> list[Decimal]:
    """The hours of one worked day of each line."""
    policy, _, placements, lines = person
    periods = {placement.id: placement.period for placement in placements}
    holidays = calendar_of(policy.holiday_zone).holidays
    shares = []
    for line in lines:
        period = periods[line.placement]
        days = 0
        for number in range(1, monthrange(line.month.year, line.month.month)[1] + 1):
            day = date(line.month.year, line.month.month, number)
            inside = period.start <= day and (period.end is None or day < period.end)
            if inside and day.weekday() < 5 and day not in holidays:
                days += 1
        shares.append(line.hours / days if days else Decimal(0))
    return shares


def somebody(draw: Random) -> Person:
    """Two work contracts of ten months declared each, some cut by the execution, the window or the cap."""
    policy = Policy(
        execution=Period(date(2024, 1, 1), date(2026, 7, 1)),
        window_months=draw.choice([None, 12, 24]),
        permanent_window_months=48,
        work_study_window="WHOLE",
        training=draw.choice(["COUNTED", "NOT_COUNTED", TrainingCap(Decimal("0.25"))]),
        late_decision_days=0,
    )
    decisions, placements, lines = [], [], []
    first = date(2024, 1, 1) + timedelta(days=draw.randrange(400))
    for rank in range(2):
        start = first + timedelta(days=330 * rank)
        decisions.append(Decision(start - timedelta(days=draw.randrange(60)), ["RSA"]))
        kind = draw.choice(["CDD", "CDD", "CTT", "CDI", "APPRENTISSAGE"])
        placements.append(Placement(f"p{rank}", kind, "DIRECT", Period(start, start + timedelta(days=320))))
        for offset in range(LINES_OF_ONE // 2):
            year, month0 = divmod(start.year * 12 + start.month - 1 + offset, 12)
            hours = Decimal(draw.randrange(2000, 15167)) / 100
            training = draw.choice([Decimal(0), Decimal(0), hours / 2])
            worked = round(training, 2), draw.random() < 0.95
            lines.append(Line(f"l{len(lines)}", f"p{rank}", date(year, month0 + 1, 1), hours, *worked))
    return policy, decisions, placements, lines


if __name__ == "__main__":
    main()
