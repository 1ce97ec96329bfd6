"""What 1,000 certificates of hours cost beside the bare typst loop.

    .venv/bin/python -m bench.certificates [people]

On one side what « Attestations d’heures » does: people, work contracts and hours read from the database, each
certificate composed and printed, the archive written as it is sent. On the other the same documents, their
data ready as JSON, given to typst one after the other and thrown away. Both print the same bytes, else the
measure stops. An embedded PostgreSQL of its own. A round is a hundred certificates of each (`runner.py`).
"""

import json
import sys
from collections import deque
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from itertools import count, islice
from time import perf_counter

from bench.own_database import commit, own_database
from bench.runner import CONTROL, compared

TRANCHE = 100
YEAR, TODAY, HOURS = 2025, date(2026, 6, 15), Decimal("151.67")


def main() -> None:
    people = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    with own_database():
        measure(people)


def fill(people: int):
    """A service whose people each have a work contract and twelve months counted in the year."""
    from django.db import connection

    from tests.factories import CommitmentFactory, ParticipantFactory, PlacementFactory, StatementFactory
    from uneplace.hours.models import LedgerEntry, StatementLine, WorkedMonth
    from uneplace.kit.periods import period

    commitment = CommitmentFactory()
    service, owned = commitment.service, {"service": commitment.service}
    statements = {
        month: StatementFactory(commitment=commitment, month=month, validated=True)
        for month in (date(YEAR, rank, 1) for rank in range(1, 13))
    }
    placements = [
        PlacementFactory(
            service=service,
            participant=ParticipantFactory(service=service),
            employer=commitment.company,
            period=period(date(YEAR, 1, 6), date(YEAR, 12, 19)),
        )
        for _ in range(people)
    ]
    worked = WorkedMonth.objects.bulk_create(
        [
            WorkedMonth(placement=one, month=month, hours=HOURS, **owned)
            for one in placements
            for month in statements
        ],
        batch_size=2000,
    )
    lines = StatementLine.objects.bulk_create(
        [
            StatementLine(statement=statements[one.month], worked_month=one, hours=HOURS, **owned)
            for one in worked
        ],
        batch_size=2000,
    )
    LedgerEntry.objects.bulk_create(
        [
            LedgerEntry(
                line=line,
                commitment=commitment,
                placement=line.worked_month.placement,
                participant=line.worked_month.placement.participant,
                month=line.worked_month.month,
                declared=HOURS,
                counted=HOURS,
                entered_at=line.statement.validated_at,
                **owned,
            )
            for line in lines
        ],
        batch_size=2000,
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return service


def measure(people: int) -> None:
    from uneplace.kit.scope import every_service, working_with
    from uneplace.kit.zipped import zipped

    with every_service():
        service = fill(people)
    with working_with([service.pk]):
        ready = ready_data(service)
        sample = [content for _, content in islice(made(service), TRANCHE)]
        if sample != list(bare(ready[:TRANCHE])):
            raise SystemExit("the two do not print the same documents")
        archive = zipped(made(service), on=TODAY)
        turns = count()
        works = {
            "bare": lambda: seconds(bare(tranche(ready, next(turns) // 2))),  # twice a round
            "ours": lambda: seconds(islice(archive, TRANCHE)),
        }
        measured = compared(works, rounds=people // TRANCHE)
    print(f"{commit()}, {people} attestations, par tranches de {TRANCHE}, médiane des tranches\n")
    print("| Ce qui est fait | attestations par seconde | débit rapporté à la boucle nue |")
    print("| --- | --- | --- |")
    for name, words in (
        ("bare", "boucle nue de typst"),
        (CONTROL, "la même, une seconde fois"),
        ("ours", "lues, composées, imprimées, archivées"),
    ):
        ratio = 1 if name == "bare" else measured.faster(name)
        print(f"| {words} | {TRANCHE / measured.typical(name):.0f} | {ratio} |")


def tranche(ready: list[str], rank: int) -> list[str]:
    return ready[rank * TRANCHE : (rank + 1) * TRANCHE]


def seconds(some: Iterable[object]) -> float:
    start = perf_counter()
    deque(some, maxlen=0)
    return perf_counter() - start


def made(service):
    from uneplace.reports.papers.letterhead import letterhead_of
    from uneplace.reports.papers.year import certificates_of_year

    return certificates_of_year(service, YEAR, letterhead_of(service), on=TODAY)


def ready_data(service) -> list[str]:
    """Each certificate as the JSON that its template reads, made beforehand."""
    from uneplace.hours.models import Placement
    from uneplace.reports.papers.certificate import certificate_paper, certificates_of
    from uneplace.reports.papers.letterhead import letterhead_of
    from uneplace.reports.papers.paper import as_data
    from uneplace.reports.papers.year import people_with_hours, year_of

    letterhead = letterhead_of(service)
    placements = Placement.objects.filter(service=service)
    certificates = certificates_of(
        people_with_hours(service, YEAR), placements, year_of(YEAR), with_birth=True
    )
    papers = [certificate_paper(one, service=letterhead.name, on=TODAY) for one in certificates]
    return [json.dumps(as_data(paper, letterhead)) for paper in papers]


def bare(ready: list[str]):
    """typst and nothing else: fonts loaded once, the template in memory, the data ready."""
    import typst

    from uneplace.reports.papers.paper import TEMPLATE
    from uneplace.reports.pdf import FONTS

    source = TEMPLATE.read_bytes()
    fonts = typst.Fonts(include_system_fonts=False, font_paths=[str(FONTS)])
    for data in ready:
        yield typst.compile(
            source,
            font_paths=fonts,
            sys_inputs={"data": data},
            pdf_standards=["ua-1"],
            timestamp=(TODAY - date(1970, 1, 1)).days * 86_400,
            format="pdf",
        )


if __name__ == "__main__":
    main()
