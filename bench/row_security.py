"""What the policies cost: the same queries with them and without, on an embedded PostgreSQL of its own.

    .venv/bin/python -m bench.row_security [rows]

Prints one line a query, in Markdown: the medians of eleven rounds, by turns, and their ratio. Both carry the
explicit filter on the service; only the first is held by the policy of the table.
"""

import os
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path
from statistics import median
from time import perf_counter

import psycopg

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
    with tempfile.TemporaryDirectory(prefix="uneplace-bench-", dir="/dev/shm") as folder:
        os.chmod(folder, 0o755)  # PostgreSQL refuses to run as root
        os.environ |= {"UNEPLACE_DATA": folder, "DJANGO_SETTINGS_MODULE": "config.settings"}
        from uneplace.kit import postgres

        server = postgres.use_database()
        try:
            import django
            from django.core.management import call_command
            from django.db import connections

            django.setup()
            call_command("migrate", verbosity=0)
            connections.close_all()
            measure(rows, server.place.address(postgres.SUPERUSER), os.environ["DATABASE_URL"])
        finally:
            server.release()
            postgres.reset(Path(folder))


def measure(rows: int, superuser: str, application: str) -> None:
    commit = subprocess.run(["git", "log", "-1", "--format=%h"], capture_output=True, text=True, check=True)
    print(f"{commit.stdout.strip()}, {rows} lignes de {SERVICES} services, médiane de {ROUNDS}\n")
    print("| Requête | sans politique | avec | rapport |")
    print("| --- | --- | --- | --- |")
    with psycopg.connect(superuser, autocommit=True) as free, psycopg.connect(application) as held:
        given = {"services": SERVICES, "month": date(2026, 4, 1), "rows": rows}
        for statement in filter(str.strip, FILL.split(";\n")):
            free.execute(statement, given if "%(" in statement else None)
        held.execute("SELECT set_config('uneplace.services', '7', true)")
        for words, query in QUERIES.items():
            without, with_ = [], []
            for _ in range(ROUNDS):  # by turns: a machine that slows down slows both
                without.append(seconds(free, query))
                with_.append(seconds(held, query))
            bare, kept = median(without), median(with_)
            print(f"| {words} | {bare * 1000:.2f} ms | {kept * 1000:.2f} ms | {kept / bare:.2f} |")


def seconds(connection: psycopg.Connection, query: str) -> float:
    start = perf_counter()
    connection.execute(query).fetchall()
    return perf_counter() - start


if __name__ == "__main__":
    main()
