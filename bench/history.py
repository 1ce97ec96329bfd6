"""What the history costs: bulk writes with its triggers and without, on an embedded PostgreSQL of its own.

    .venv/bin/python -m bench.history [rows]

Prints one line a table, in Markdown: the medians of five rounds, and their ratios (`runner.py`).
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import partial
from time import perf_counter

from bench.own_database import commit, own_database
from bench.runner import compared

ROUNDS = 5
AT = datetime(2026, 6, 15, tzinfo=UTC)


def main() -> None:
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    with own_database():
        measure(rows)


def measure(rows: int) -> None:
    from uneplace.kit.database import as_owner

    print(f"{commit()}, {rows} lignes, médiane de {ROUNDS}\n")
    print("| Table | ajout sans | avec | rapport | modification sans | avec | rapport |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    with as_owner():
        for model, make, change in cases(rows):
            figures = []
            for write in (insertion(model, make), update(model, make, change)):
                measured = compared({"without": partial(bare, model, write), "with": write}, rounds=ROUNDS)
                figures += [f"{measured.typical(name) * 1000:.0f} ms" for name in ("without", "with")]
                figures.append(str(measured.longer("with")))
            print(f"| {model._meta.verbose_name} | {' | '.join(figures)} |")


def bare(model, write: Callable[[], float]) -> float:
    with without_history(model):
        return write()


def cases(rows: int):
    """A wide table, one in which only marks are kept, and the one that grows fastest."""
    from uneplace.contracts.models import Contract
    from uneplace.hours.models import Placement, WorkedMonth
    from uneplace.kit.periods import period
    from uneplace.organisations.models import Organisation
    from uneplace.people.models import Participant

    service = Organisation.objects.create(name="Service", capacities=["FACILITATOR"])
    person = Participant.objects.create(service=service, first_name="A", last_name="B", created_at=AT)
    placement = Placement.objects.create(
        service=service,
        participant=person,
        employer=service,
        declared_by=service,
        kind="CDD",
        modality="DIRECT",
        period=period(date(2020, 1, 1), None),
        weekly_hours=35,
        recorded_at=AT,
    )
    common = {"service": service, "created_at": AT}
    yield (
        Contract,
        lambda: [Contract(buyer=service, object=f"Objet {number}", **common) for number in range(rows)],
        {"cpv": "45000000"},
    )
    yield (
        Participant,
        lambda: [
            Participant(first_name="Camille", last_name=f"N{number}", **common) for number in range(rows)
        ],
        {"phone": "06 39 98 00 00"},
    )
    months = [date(1000 + number // 12, number % 12 + 1, 1) for number in range(rows)]
    yield (
        WorkedMonth,
        lambda: [
            WorkedMonth(service=service, placement=placement, month=month, hours=Decimal(100))
            for month in months
        ],
        {"hours": Decimal("151.67")},
    )


def insertion(model, make) -> Callable[[], float]:
    def write() -> float:
        with taken_back() as seconds:
            rows = make()
            start = perf_counter()
            model.objects.bulk_create(rows, batch_size=2000)
            seconds.append(perf_counter() - start)
        return seconds[0]

    return write


def update(model, make, change) -> Callable[[], float]:
    def write() -> float:
        with taken_back() as seconds:
            pks = [row.pk for row in model.objects.bulk_create(make(), batch_size=2000)]
            start = perf_counter()
            model.objects.filter(pk__in=pks).update(**change)
            seconds.append(perf_counter() - start)
        return seconds[0]

    return write


@contextmanager
def taken_back() -> Iterator[list[float]]:
    from django.db import transaction

    with transaction.atomic():
        yield []
        transaction.set_rollback(True)


@contextmanager
def without_history(model) -> Iterator[None]:
    from django.db import connection

    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND tgname LIKE 'pgtrigger%%'",
            [table],
        )
        names = [name for (name,) in cursor.fetchall()]
        for state in ("DISABLE", "ENABLE"):
            for name in names:
                cursor.execute(f'ALTER TABLE {table} {state} TRIGGER "{name}"')
            if state == "DISABLE":
                yield


if __name__ == "__main__":
    main()
