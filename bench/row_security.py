"""What the policies cost: the same queries with them and without, on an embedded PostgreSQL of its own.

    .venv/bin/python -m bench.row_security [rows]

Prints one line a query, in Markdown: the medians of eleven rounds, and their ratio (`runner.py`). Both carry
the explicit filter on the service; only the second is held by the policy of the table.
"""

import os
import sys
from datetime import date
from functools import partial
from time import perf_counter

import psycopg

from bench.own_database import commit, own_database
from bench.runner import CONTROL, compared

ROUNDS = 11
SERVICES = 20
# Months worked, spread over the services as they come.
FILL = """
    SET session_replication_role = replica;
    INSERT INTO hours_workedmonth (service_id, placement_id, month, hours, training_hours)
    SELECT 1 + n %% %(services)s, n, %(month)s, 100 + n %% 50, 0 FROM generate_series(1, %(rows)s) n;
    CREATE INDEX ON hours_workedmonth (service_id);
    ANALYZE hours_workedmonth;
"""
QUERIES = {
    "une page de 50 lignes": "SELECT * FROM hours_workedmonth WHERE service_id = 7 ORDER BY id LIMIT 50",
    "une somme sur un service": "SELECT sum(hours), count(*) FROM hours_workedmonth WHERE service_id = 7",
    "une ligne par sa clé": "SELECT * FROM hours_workedmonth WHERE service_id = 7 AND id = 4206",
}


def main() -> None:
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with own_database() as superuser:
        measure(rows, superuser, os.environ["DATABASE_URL"])


def measure(rows: int, superuser: str, application: str) -> None:
    print(f"{commit()}, {rows} lignes de {SERVICES} services, médiane de {ROUNDS}\n")
    print("| Requête | sans politique | avec | rapport | sans, deux fois |")
    print("| --- | --- | --- | --- | --- |")
    with psycopg.connect(superuser, autocommit=True) as free, psycopg.connect(application) as held:
        given = {"services": SERVICES, "month": date(2026, 4, 1), "rows": rows}
        for statement in filter(str.strip, FILL.split(";\n")):
            free.execute(statement, given if "%(" in statement else None)
        held.execute("SELECT set_config('uneplace.services', '7', true)")
        for words, query in QUERIES.items():
            works = {"without": partial(seconds, free, query), "with": partial(seconds, held, query)}
            measured = compared(works, rounds=ROUNDS)
            bare, kept = measured.typical("without"), measured.typical("with")
            print(f"| {words} | {bare * 1000:.2f} ms | {kept * 1000:.2f} ms ", end="")
            print(f"| {measured.longer('with')} | {measured.longer(CONTROL)} |")


def seconds(connection: psycopg.Connection, query: str) -> float:
    start = perf_counter()
    connection.execute(query).fetchall()
    return perf_counter() - start


if __name__ == "__main__":
    main()
