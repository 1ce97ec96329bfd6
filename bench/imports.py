"""How fast a spreadsheet of hours becomes statements, beside a bare COPY into the same table.

    .venv/bin/python -m bench.imports [lines] [rounds] [lines validated]

On an embedded PostgreSQL of its own, all in one service: twelve months of people who work for many
commitments. Each round (`runner.py`): the very lines copied by the superuser, whom no policy holds, with
every constraint, trigger and history of the table; the file read, matched, checked, written, sent and
journaled, as the page does; the same with a line in ten that is refused. Peak memory is that of this process
and of those that it starts. Then statements that it sent are validated, as many at a time as a page does:
checked again, counted by the rule, explained in the ledger and journaled.

What PostgreSQL alone takes is measured too: the same rows copied in every table where an imported line stands
(its line of the file, its worked month, its line of a statement), then in the ledger. No import could go
faster than that and keep them.
"""

import io
import resource
import sys
from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import partial
from time import perf_counter

import psycopg

from bench.dataset import Market, Share, Work, fill_with, hours_of, person_of
from bench.own_database import commit, own_database
from bench.runner import CONTROL, Measured, compared

PEOPLE_OF_ONE, MONTHS, YEAR = 16, 12, 2025
WRITTEN = ("hours_hoursimport", "hours_importline", "hours_workedmonth", "hours_statementline")
AT = datetime(2026, 2, 2, 9, 0, tzinfo=UTC)
EMPTY = """
    SET session_replication_role = replica;
    DELETE FROM hours_ledgerentry; DELETE FROM hours_statementline; DELETE FROM hours_workedmonth;
    DELETE FROM hours_importedstatement; DELETE FROM hours_importline;
    DELETE FROM hours_importproblem; DELETE FROM hours_hoursimport;
    UPDATE hours_statement SET status = 'EXPECTED', version = 0, submitted_at = NULL, validated_at = NULL;
    SET session_replication_role = origin;
    VACUUM ANALYZE hours_statementline; VACUUM ANALYZE hours_workedmonth; VACUUM ANALYZE hours_importline;
    VACUUM ANALYZE hours_statement;
"""


def main() -> None:
    lines, rounds, validated = ([int(told) for told in sys.argv[1:]] + [200_000, 6, 20_000])[:3]
    with own_database() as superuser, psycopg.connect(superuser, autocommit=True) as free:
        measure(lines, rounds, validated, free)


def measure(lines: int, rounds: int, validated: int, free: psycopg.Connection) -> None:
    from uneplace.organisations.models import Organisation

    share = territory(lines)
    fill_with(free, [share], {"services": 1, "buyers": 1, "companies": len(share.markets)})
    service = Organisation.objects.get(raw_identifier="FACILITATOR-0")
    clean, tenth = a_file(share, bad=0), a_file(share, bad=10)
    empty(free)
    imported(service, clean)  # once for nothing: what it wrote is what COPY writes after
    months = copied(
        free, "SELECT service_id, placement_id, month, hours, training_hours FROM hours_workedmonth"
    )
    keys = copied(free, KEYS)
    written = {table: copied(free, f"SELECT * FROM {table}") for table in WRITTEN}
    works = {
        "copy": partial(raw_copy, free, months, keys),
        "tables": partial(copy_in_every_table, free, written),
        "clean": partial(emptied_then, free, partial(imported, service, clean)),
        "tenth": partial(emptied_then, free, partial(imported, service, tenth)),
    }
    measured = compared(works, rounds=rounds)
    tell(measured, lines, rounds)
    own, others = (resource.getrusage(who).ru_maxrss // 1024 for who in (0, resource.RUSAGE_CHILDREN))
    print(f"\nMémoire au plus : {own} Mo, et {others} Mo pour un processus à part.")
    print(f"Une ligne sur dix refusée, rapportée à aucune : {measured.longer('tenth', than='clean')}.")
    emptied_then(free, partial(imported, service, clean))
    free.execute("ANALYZE")
    tell_counted(free, service, measured, lines, validated)


def tell_counted(free: psycopg.Connection, service, measured: Measured, lines: int, validated: int) -> None:
    counted, seconds = counted_of(service, validated)
    copy = measured.typical("copy") / lines
    whole = measured.typical("clean") / lines + seconds / counted
    print(f"Validées, comptées et expliquées ensuite : {counted} lignes en {seconds:.1f} s,")
    print(f"{counted / seconds:.0f} par seconde ; avec l’import, débit de {copy / whole:.2f} du COPY nu.")
    bare = ledger_copied(free) / counted
    tables = measured.typical("tables") / lines + bare
    print(f"COPY des mêmes lignes du registre : {1_000_000 * bare:.0f} µs l’une ;")
    print(f"de toutes les tables d’une ligne comptée : débit de {copy / tables:.2f} du COPY nu.")


def tell(measured: Measured, lines: int, rounds: int) -> None:
    print(f"{commit()}, {lines} lignes, médiane de {rounds}\n")
    print("| Ce qui est fait | secondes | lignes par seconde | débit rapporté au COPY |")
    print("| --- | --- | --- | --- |")
    for name, words in (
        ("copy", "COPY nu dans la même table"),
        (CONTROL, "le même, une seconde fois"),
        ("tables", "COPY nu dans toutes les tables d’une ligne importée"),
        ("clean", "import entier"),
        ("tenth", "import, une ligne sur dix refusée"),
    ):
        seconds = measured.typical(name)
        ratio = 1 if name == "copy" else measured.faster(name)
        print(f"| {words} | {seconds:.1f} | {lines / seconds:.0f} | {ratio} |", flush=True)


def emptied_then(free: psycopg.Connection, work) -> float:
    empty(free)
    return work()


def counted_of(service, most: int) -> tuple[int, float]:
    """How many lines of statements sent are validated, at least so many, and the seconds that it takes."""
    from django.urls import resolve

    from uneplace.hours.bulk import MOST, validate_statements
    from uneplace.hours.checks.told import anomalies_of, levels_in, still_told
    from uneplace.hours.models import LedgerEntry, Statement
    from uneplace.hours.validating import reading
    from uneplace.kit.scope import working_with
    from uneplace.organisations.actor import Actor

    resolve("/")  # the addresses of pages are read once in the life of a process
    by, taken, counted = Actor(None, service), 0.0, 0
    while counted < most:
        with working_with([service.pk]):
            waiting = Statement.objects.filter(status=Statement.Status.SUBMITTED).order_by("month", "pk")
            statements = list(waiting.select_related("commitment__clause")[:MOST])
            found = anomalies_of(statements, levels=levels_in(service), on=AT.date())
        read = {one.pk: reading(one, still_told(found[one.pk]), 0) for one in statements}
        start = perf_counter()
        with working_with([service.pk]):
            outcomes = validate_statements(statements, read=read, by=by, at=AT)
        taken += perf_counter() - start
        if not all(one.is_validated for one in outcomes):
            raise SystemExit(f"not validated: {next(one.reasons for one in outcomes if one.reasons)}")
        with working_with([service.pk]):
            counted = LedgerEntry.objects.count()
    return counted, taken


KEYS = """
    SELECT l.service_id, l.statement_id, w.placement_id, w.month, l.hours, l.training_hours, l.comment
    FROM hours_statementline l JOIN hours_workedmonth w ON w.id = l.worked_month_id
"""


def copied(free: psycopg.Connection, query: str) -> bytes:
    with free.cursor().copy(f"COPY ({query}) TO STDOUT") as out:
        return b"".join(bytes(piece) for piece in out)


def raw_copy(free: psycopg.Connection, months: bytes, keys: bytes) -> float:
    """Seconds of a COPY of the lines, deferred checks included; their worked months are there before."""
    empty(free)
    given(free, "hours_workedmonth (service_id, placement_id, month, hours, training_hours)", months)
    free.execute(
        "CREATE TEMP TABLE keys (service_id bigint, statement_id bigint, placement_id bigint, month date,"
        " hours numeric, training_hours numeric, comment text)"
    )
    given(free, "keys", keys)
    rows = copied(
        free,
        """SELECT k.service_id, k.statement_id, w.id, k.hours, k.training_hours, k.comment
        FROM keys k JOIN hours_workedmonth w USING (placement_id, month)""",
    )
    free.execute("DROP TABLE keys")
    columns = "service_id, statement_id, worked_month_id, hours, training_hours, comment"
    start = perf_counter()
    given(free, f"hours_statementline ({columns})", rows)
    return perf_counter() - start


def copy_in_every_table(free: psycopg.Connection, written: Mapping[str, bytes]) -> float:
    """Seconds of a COPY of all the rows that an import writes by line, deferred checks included."""
    empty(free)
    start = perf_counter()
    for table, rows in written.items():
        given(free, table, rows)
    return perf_counter() - start


def ledger_copied(free: psycopg.Connection) -> float:
    """Seconds of a COPY of the entries of the ledger, taken out before."""
    entries = copied(free, "SELECT * FROM hours_ledgerentry")
    free.execute("SET session_replication_role = replica")
    free.execute("DELETE FROM hours_ledgerentry")
    free.execute("SET session_replication_role = origin")
    start = perf_counter()
    given(free, "hours_ledgerentry", entries)
    return perf_counter() - start


def given(free: psycopg.Connection, table: str, rows: bytes) -> None:
    with free.cursor().copy(f"COPY {table} FROM STDIN") as into:
        into.write(rows)


def empty(free: psycopg.Connection) -> None:
    for statement in filter(str.strip, EMPTY.split(";")):
        free.execute(statement)


def imported(service, content: bytes) -> float:
    """Seconds of an import by the service, from the file to the journal."""
    from uneplace.hours.imports import actions
    from uneplace.hours.imports.checking import outcome_of
    from uneplace.hours.imports.running import read_import
    from uneplace.kit.scope import working_with
    from uneplace.organisations.actor import Actor

    by = Actor(None, service)
    start = perf_counter()
    with working_with([service.pk]):
        received = actions.receive_file(
            io.BytesIO(content), "heures.csv", len(content), service=service, sender=service, by=by, at=AT
        )
        columns = {"LAST_NAME": 0, "FIRST_NAME": 1, "BORN_ON": 2, "MONTH": 3, "HOURS": 4}
        actions.tell_columns(received, columns, month=None, by=by, at=AT)
    read_import(received, on=AT.date())
    with working_with([service.pk]):
        shown = outcome_of(received).digest
        actions.accept_import(received, shown=shown, sends=True, by=by, at=AT)
    return perf_counter() - start


def a_file(share: Share, *, bad: int) -> bytes:
    """The text file of what a service has; in one of `bad` lines the hours cannot be read."""
    lines = ["Nom;Prénom;Naissance;Mois;Heures"]
    for work in share.works:
        last, first, born = person_of(share, work.person)
        for month, hours in zip(work.months, work.hours, strict=True):
            said = "beaucoup" if bad and len(lines) % bad == 0 else str(hours_of(hours)).replace(".", ",")
            lines.append(f"{last};{first};{born:%d/%m/%Y};{month:%m/%Y};{said}")
    return "\r\n".join(lines).encode("cp1252")


def territory(lines: int) -> Share:
    """A service, its markets, and their people who work a whole year on one of them."""
    start, end = date(YEAR, 1, 1), date(YEAR + 1, 1, 1)
    months = [date(YEAR, month, 1) for month in range(1, MONTHS + 1)]
    people = -(-lines // MONTHS)
    markets = [Market(0, rank, start, end) for rank in range(-(-people // PEOPLE_OF_ONE))]
    works = [
        Work(
            rank,
            rank // PEOPLE_OF_ONE,
            start,
            end,
            months,
            [10_000 + (rank * 7 + each * 131) % 4000 for each in range(MONTHS)],
        )
        for rank in range(people)
    ]
    return Share(0, people, markets, works)


if __name__ == "__main__":
    main()
