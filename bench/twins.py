"""What it costs to find files that are probably one person’s: the night’s look, and one name just typed.

    .venv/bin/python -m bench.twins [people…]

People have one of 400 last names and 150 first names and are born over fifty years; one in two hundred is
written a second time, with first and last names swapped or one letter less. An embedded PostgreSQL of its
own. Prints a Markdown table: medians of five rounds.
"""

import sys
from statistics import median
from time import perf_counter

from bench.own_database import own_database

ROUNDS = 5
SYLLABLES = (
    "ba",
    "be",
    "bo",
    "ca",
    "che",
    "da",
    "del",
    "fa",
    "gar",
    "jo",
    "la",
    "li",
    "mer",
    "no",
    "pe",
    "ti",
)
ENDS = ("n", "t", "s")
COLUMNS = """service_id, first_name, last_name, born_on, sex, email, email_index, phone, phone_index, address,
        licences, schedules, travel, told_by_email, created_at"""
EMPTY = "'', '', '', '', '', '', '{}', '{}', '', false, now()"
FILL = f"""
    SET session_replication_role = replica;
    INSERT INTO people_participant ({COLUMNS})
    SELECT %(service)s::bigint, (%(first)s::text[])[1 + n * 7919 %% 150],
        (%(last)s::text[])[1 + n * 104729 %% 400],
        date '1960-01-01' + (n * 15485863 %% 18263)::int, {EMPTY}
    FROM generate_series(1, %(people)s::bigint) n;
    INSERT INTO people_participant ({COLUMNS})
    SELECT service_id, CASE WHEN id %% 400 = 0 THEN last_name ELSE first_name END,
        CASE WHEN id %% 400 = 0 THEN first_name ELSE left(last_name, -1) END, born_on, {EMPTY}
    FROM people_participant WHERE id %% 200 = 0 AND service_id = %(service)s;
    ANALYZE;
"""


def main() -> None:
    sizes = [int(size) for size in sys.argv[1:]] or [6_300, 100_000]
    with own_database() as superuser:
        for people in sizes:
            measure(people, superuser)


def measure(people: int, superuser: str) -> None:
    import psycopg

    from tests.factories import OrganisationFactory
    from uneplace.kit.scope import every_service, working_with
    from uneplace.people.models import Participant
    from uneplace.people.twins import known, twins_in, twins_of

    with every_service():
        service = OrganisationFactory(service=True)
    names = [(a + b + c).capitalize() for a in SYLLABLES for b in SYLLABLES for c in ENDS]
    with psycopg.connect(superuser, autocommit=True) as free:
        given = {"service": service.pk, "people": people, "first": names[:150], "last": names[150:550]}
        for statement in filter(str.strip, FILL.split(";\n")):
            free.execute(statement, given)
    times: dict[str, list[float]] = {"all": [], "one": []}
    with working_with([service.pk]):
        somebody = Participant.objects.order_by("-pk")[0]
        others = Participant.objects.known().filter(service=service).exclude(pk=somebody.pk)
        for _ in range(ROUNDS):
            start = perf_counter()
            found = twins_in(service)
            times["all"].append(perf_counter() - start)
            start = perf_counter()
            twins_of(known(somebody), among=others)
            times["one"].append(perf_counter() - start)
    sure = sum(one.is_sure for one in found.values())
    print(f"{people} personnes, {len(found)} doublons possibles dont {sure} très probables, ", end="")
    print(f"médiane de {ROUNDS}\n")
    print("| Ce qui est fait | temps |")
    print("| --- | --- |")
    print(f"| toutes les personnes d’un service comparées | {median(times['all']) * 1000:.0f} ms |")
    print(f"| une personne que l’on vient d’écrire | {median(times['one']) * 1000:.0f} ms |\n", flush=True)


if __name__ == "__main__":
    main()
