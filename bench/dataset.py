"""National years of insertion clauses, written straight into an embedded PostgreSQL, to measure on.

    .venv/bin/python -m bench.dataset --scale 1|10 [--folder FOLDER]

`--scale 1` is the year 2021 as its network counted it (see `YEAR`), 10 is ten such years: 4.0 million lines.
The seed decides everything. Services share the nation by a law of Zipf: the first has one sixth of it. All is
validated and counted; the rows have no history and no journal, and their ledger one explanation for all.
The superuser copies, without triggers unless `checked`. Prints the rows of each table and the seconds.
"""

import argparse
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import accumulate
from random import Random
from time import perf_counter
from typing import Any

import psycopg

from bench.own_database import commit, own_database

SEED, FIRST_YEAR, LEAST = 2026, 2016, 0.01
# The national figures of 2021, by the network Alliance Villes Emploi; the structures are those of the end of
# 2022. Companies were 10 900 for 9.16 million hours in 2014: as many hours for each. Lines are ours: one a
# work contract and month, 63 hours on average.
YEAR = {
    "hours": 25_124_684,
    "contracts": 75_194,
    "people": 57_231,
    "markets": 58_454,
    "lines": 400_000,
}
LASTING = {"services": 369, "buyers": 3_576, "companies": 29_897}
AT = datetime(2026, 1, 15, 9, 0, tzinfo=UTC)
FIRST_NAMES = ("Adam", "Aïcha", "Bruno", "Chloé", "Dalila", "Émile", "Fatou", "Gaël", "Inès", "Karim", "Zoé")
SYLLABLES = (
    "ba",
    "do",
    "fi",
    "gu",
    "la",
    "me",
    "ni",
    "po",
    "ra",
    "su",
    "te",
    "vo",
    "zi",
    "cha",
    "lou",
    "mar",
)


@dataclass(frozen=True)
class Work:
    """One work contract: its person and its market (ranks in the service), its days, the hours of each month
    in hundredths."""

    person: int
    market: int
    start: date
    end: date
    months: Sequence[date]
    hours: Sequence[int]


@dataclass(frozen=True)
class Market:
    """One contract of one lot, its buyer, its company (ranks in the nation) and the days of its execution."""

    buyer: int
    company: int
    start: date
    end: date


@dataclass(frozen=True)
class Share:
    """What one service has of the nation."""

    rank: int
    people: int
    markets: Sequence[Market]
    works: Sequence[Work]


def totals_of(scale: float) -> dict[str, int]:
    """How many of each there are: what a year has, times the scale; what lasts, no more than the nation."""
    return {name: round(number * scale) for name, number in YEAR.items()} | {
        name: round(number * min(scale, 1)) for name, number in LASTING.items()
    }


def nation(scale: float, *, seed: int = SEED) -> Iterator[Share]:
    """Each service in turn, the largest first; the same seed gives the same."""
    totals = totals_of(scale)
    zipf = [1 / rank for rank in range(1, totals["services"] + 1)]
    parts = {name: split(totals[name] * (100 if name == "hours" else 1), zipf) for name in YEAR}
    for rank in range(totals["services"]):
        draw = Random(f"{seed}:{rank}")
        yield _share(rank, {name: parts[name][rank] for name in YEAR}, totals, max(1, round(scale)), draw)


def split(total: int, weights: Sequence[float]) -> list[int]:
    """Whole parts in proportion to the weights, which sum to exactly the total."""
    whole = sum(weights)
    ends = [round(total * reached / whole) for reached in accumulate(weights)]
    return [end - start for start, end in zip([0, *ends], ends, strict=False)]


def _share(rank: int, its: Mapping[str, int], totals: Mapping[str, int], years: int, draw: Random) -> Share:
    begins = [draw.randrange(12 * years) for _ in range(its["markets"])]
    markets = [
        Market(
            draw.randrange(totals["buyers"]),
            draw.randrange(totals["companies"]),
            _month(begin),
            _month(begin + 24),
        )
        for begin in begins
    ]
    more = split(its["lines"] - its["contracts"], [draw.uniform(0.02, 2) for _ in range(its["contracts"])])
    hours = iter(split(its["hours"], [draw.uniform(0.2, 1.8) for _ in range(its["lines"])]))
    works = []
    for number, others in enumerate(more):
        # Everybody has a contract, and every market one, before anybody has a second.
        market = number if number < its["markets"] else draw.randrange(its["markets"])
        first = begins[market] + draw.randrange(7)
        months = [_month(first + rank) for rank in range(others + 1)]
        start = months[0] + timedelta(days=draw.randrange(20))
        end = months[-1] + timedelta(days=draw.randrange(21, 28))
        works.append(Work(number % its["people"], market, start, end, months, [next(hours) for _ in months]))
    return Share(rank, its["people"], markets, works)


def _month(rank: int) -> date:
    return date(FIRST_YEAR + rank // 12, rank % 12 + 1, 1)


def person_of(share: Share, number: int) -> tuple[str, str, date]:
    """A last name that nobody else of the service has, a first name and a day of birth."""
    born = date(1962, 1, 1) + timedelta(days=number * 7919 % 15_000)
    return _last_name(share.rank * 8191 + number), FIRST_NAMES[number % len(FIRST_NAMES)], born


def _last_name(number: int) -> str:
    letters = []
    while number or len(letters) < 3:
        number, rest = divmod(number, len(SYLLABLES))
        letters.append(SYLLABLES[rest])
    return "".join(letters).capitalize()


class Nation:
    """The rows of a nation, copied table by table, a service at a time; and how many there are."""

    def __init__(self, superuser: psycopg.Connection) -> None:
        self.superuser = superuser
        self.rows: dict[str, int] = {}
        self.next: dict[str, int] = {}

    def copy(self, model: Any, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
        """Copy rows of these columns, the others as a new row has them; answers with the id of the first."""
        from django.db import connection

        table = model._meta.db_table
        first = self.next.get(table) or self._first(table)
        others = [field for field in model._meta.concrete_fields if field.attname not in (*columns, "id")]
        usual = [field.get_db_prep_save(field.get_default(), connection) for field in others]
        names = ", ".join(["id", *columns, *(field.column for field in others)])
        number = 0
        with self.superuser.cursor().copy(f"COPY {table} ({names}) FROM STDIN") as into:
            for number, row in enumerate(rows, start=1):
                into.write_row([first + number - 1, *row, *usual])
        self.next[table] = first + number
        self.rows[table] = self.rows.get(table, 0) + number
        return first

    def end(self) -> None:
        """Let the application number its rows after these, and PostgreSQL know how many there are."""
        for table, after in self.next.items():
            self.superuser.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), {after}, false)")
        self.superuser.execute("ANALYZE")

    def _first(self, table: str) -> int:
        [(last,)] = self.superuser.execute(f"SELECT coalesce(max(id), 0) FROM {table}").fetchall()
        return last + 1


def fill(superuser: psycopg.Connection, scale: float, *, seed: int = SEED, checked: bool = False) -> Nation:
    """Write the nation in a database, one transaction a service; with `checked`, under all its triggers."""
    return fill_with(superuser, nation(scale, seed=seed), totals_of(scale), checked=checked)


def fill_with(
    superuser: psycopg.Connection,
    shares: Iterable[Share],
    totals: Mapping[str, int],
    *,
    checked: bool = False,
) -> Nation:
    """The same of any services, among so many organisations."""
    from bench.dataset_rows import copy_organisations, copy_share

    if not checked:
        superuser.execute("SET session_replication_role = replica")
    found = Nation(superuser)
    with superuser.transaction():
        firsts = copy_organisations(found, totals)
    for share in shares:
        with superuser.transaction():
            copy_share(found, share, firsts)
    found.end()
    superuser.execute("SET session_replication_role = origin")
    return found


def hours_of(hundredths: int) -> Decimal:
    """Hours, as the database keeps them."""
    return Decimal(hundredths).scaleb(-2)


def main() -> None:
    reader = argparse.ArgumentParser(prog="python -m bench.dataset")
    reader.add_argument("--scale", type=float, default=1.0)
    reader.add_argument("--folder", default="/dev/shm", help="on a disk for 10")
    told = reader.parse_args()
    if told.scale < LEAST:
        reader.error(f"--scale: at least {LEAST}")
    with (
        own_database(folder=told.folder) as address,
        psycopg.connect(address, autocommit=True) as superuser,
    ):
        start = perf_counter()
        found = fill(superuser, told.scale)
        seconds = perf_counter() - start
        [(size,)] = superuser.execute(
            "SELECT pg_size_pretty(pg_database_size(current_database()))"
        ).fetchall()
        rows = sum(found.rows.values())
        print(f"{commit()}, échelle {told.scale:g} : {rows} lignes, {seconds:.0f} s, {size}\n")
        for table, number in found.rows.items():
            print(f"{number:>10} {table}")


if __name__ == "__main__":
    main()
