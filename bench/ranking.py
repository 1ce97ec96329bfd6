"""What it costs to find people for a job: the ranking, its reasons and its walls, beside the bare SQL.

    .venv/bin/python -m bench.ranking [people]

The first figure sorts everybody by the same keys in one hand-written query, without policies, without the
filter on who may see whom and without a reason. The second is what the page calls: the people that a
facilitator may see and who are not put forward yet, the top 50, and the facts of each. Both read the same
rows by turns and must give the same people, in an embedded PostgreSQL of their own. Prints a Markdown table:
medians of seven rounds (`runner.py`).
"""

import sys
from collections.abc import Callable
from datetime import UTC, datetime
from time import perf_counter

import psycopg

from bench.own_database import commit, own_database
from bench.runner import CONTROL, compared

ROUNDS = 7
TOP = 50
NOW = datetime(2026, 2, 12, 10, 0, tzinfo=UTC)
TODAY = NOW.date()
# People of one service, over all communes of three departments; two trades for most, one decision each, a
# contract for one in six.
FILL = """
    SET session_replication_role = replica;
    INSERT INTO people_participant (service_id, first_name, last_name, sex, email, email_index, phone,
        phone_index, address, commune_id, told_by_email, licences, schedules, travel, travel_km,
        available_from, weekly_hours_max, profiled_at, created_at)
    SELECT %(service)s, 'Camille', 'Personne ' || n, '', '', '', '', '', '', code_insee, false,
        CASE n %% 3 WHEN 0 THEN '{B}' ELSE '{}' END::varchar[], '{EARLY}'::varchar[], 'CAR',
        5 + n %% 60, date '2026-01-01' + n %% 150, 20 + n %% 20, now(), now()
    FROM generate_series(1, %(people)s) n
    JOIN (SELECT code_insee, row_number() OVER (ORDER BY code_insee) AS r FROM reference_commune
        WHERE departement IN ('14', '50', '61')) c ON r = 1 + n %% 1200 ORDER BY n;
    INSERT INTO people_participanttrade (service_id, participant_id, rome_id, months)
    SELECT p.service_id, p.id, j.code, p.id %% 40
    FROM (SELECT id, service_id FROM people_participant) p
    CROSS JOIN generate_series(0, 1) k
    JOIN (SELECT code, row_number() OVER (ORDER BY code) AS r FROM reference_romejob) j
        ON j.r = 1 + (p.id * 7 + k * 131) %% (SELECT count(*) FROM reference_romejob);
    INSERT INTO people_eligibilitydecision (service_id, participant_id, status, decided_on, grounds,
        main_ground, valid_until, situation, explanation, reason)
    SELECT service_id, id, CASE id %% 9 WHEN 0 THEN 'REFUSED' ELSE 'ELIGIBLE' END, '2026-01-05',
        %(grounds)s, %(main)s, date '2026-02-20' + (id %% 200)::int, '', '',
        CASE id %% 9 WHEN 0 THEN %(why)s ELSE '' END FROM people_participant;
    INSERT INTO hours_placement (service_id, participant_id, employer_id, declared_by_id, kind, modality, job,
        period, weekly_hours, recorded_at)
    SELECT service_id, id, %(service)s, %(service)s, 'CDD', 'DIRECT', '',
        daterange('2025-09-01', date '2026-01-15' + (id %% 120)::int), 35, now()
    FROM people_participant WHERE id %% 6 = 0;
    ANALYZE;
"""
BARE = """
    SELECT p.id FROM people_participant p
    LEFT JOIN (SELECT participant_id, min(CASE WHEN rome_id = %(rome)s THEN 0
            WHEN left(rome_id, 3) = left(%(rome)s, 3) THEN 1
            WHEN left(rome_id, 1) = left(%(rome)s, 1) THEN 2 ELSE 3 END) AS nearness
        FROM people_participanttrade GROUP BY 1) t ON t.participant_id = p.id
    LEFT JOIN (SELECT code_insee, round(12742 * asin(sqrt(
            power(sin(radians(latitude - %(latitude)s::float8) / 2), 2) + cos(radians(latitude))
            * cos(radians(%(latitude)s::float8))
            * power(sin(radians(longitude - %(longitude)s::float8) / 2), 2)))) AS km
        FROM reference_commune) c ON c.code_insee = p.commune_id
    LEFT JOIN (SELECT participant_id, max(valid_until) FILTER (WHERE status = 'ELIGIBLE'
            AND revoked_on IS NULL AND decided_on <= %(start)s AND valid_until > %(start)s) AS until,
            (array_agg(status ORDER BY decided_on DESC, id DESC))[1] = 'REFUSED' AS refused
        FROM people_eligibilitydecision GROUP BY 1) d ON d.participant_id = p.id
    LEFT JOIN (SELECT participant_id, max(coalesce(upper(period), 'infinity')) AS until FROM hours_placement
        WHERE lower(period) <= %(start)s AND coalesce(upper(period) > %(on)s, true) GROUP BY 1) k
        ON k.participant_id = p.id
    ORDER BY (d.until IS NULL AND d.refused)::int + ('B' <> ALL (p.licences))::int,
        (d.until IS NULL AND d.refused IS NOT TRUE)::int + 1, t.nearness,
        c.km > p.travel_km, greatest(p.available_from, k.until, %(start)s), p.weekly_hours_max < 35, d.until,
        k.until BETWEEN %(start)s::date - 60 AND %(start)s IS NOT TRUE, c.km, p.id
    LIMIT 50
"""


def main() -> None:
    people = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with own_database(reference=True) as superuser:
        measure(people, superuser)


def measure(people: int, superuser: str) -> None:
    from tests.factories import CommuneFactory, CriterionFactory, JobSheetFactory, actor_for
    from uneplace.kit.crypto import seal
    from uneplace.kit.scope import every_service, working_with
    from uneplace.matching.needs import Job, Kind, Need, job_of
    from uneplace.matching.pool import pool_of

    with every_service():
        sheet = JobSheetFactory(commune=CommuneFactory())
        criterion = CriterionFactory(job_sheet=sheet, text="Permis B")
        other = CriterionFactory(job_sheet=sheet, text="Travailler dehors")
        actor = actor_for(sheet.service)
        drawn = job_of(sheet, on=TODAY)
    needs = (
        Need(criterion.pk, True, Kind.LICENCE, "Permis B", "B"),
        Need(other.pk, True, Kind.TEXT, "Travailler dehors"),
    )
    job = Job(**{**vars(drawn), "needs": needs})
    given = {
        "rome": job.rome,
        "latitude": job.latitude,
        "longitude": job.longitude,
        "start": job.start,
        "on": TODAY,
    }

    def page() -> list[int]:
        """What the page calls: whom one may see, in order, with the facts of each."""
        with working_with(actor.services):
            return [found.person.pk for found in pool_of(actor, sheet, job, on=TODAY, limit=TOP)]

    with psycopg.connect(superuser, autocommit=True) as free:
        filling = {
            "service": sheet.service_id,
            "people": people,
            "grounds": seal('["RSA"]', "people_eligibilitydecision.grounds"),
            "main": seal("RSA", "people_eligibilitydecision.main_ground"),
            "why": seal("Aucun motif rempli.", "people_eligibilitydecision.reason"),
        }
        for statement in filter(str.strip, FILL.split(";\n")):
            free.execute(statement, filling)

        def bare() -> list[int]:
            return [pk for (pk,) in free.execute(BARE, given).fetchall()]

        if page() != bare():
            raise SystemExit("Les deux requêtes ne donnent pas le même ordre.")
        measured = compared({"bare": lambda: seconds(bare), "page": lambda: seconds(page)}, rounds=ROUNDS)
    print(f"{commit()}, {people} personnes, {TOP} premières, médiane de {ROUNDS}\n")
    print("| Ce qui est fait | temps | rapport |")
    print("| --- | --- | --- |")
    for name, words in (
        ("bare", "le même classement en SQL nu"),
        (CONTROL, "le même, une seconde fois"),
        ("page", "droits, classement et raisons"),
    ):
        ratio = 1 if name == "bare" else measured.longer(name)
        print(f"| {words} | {measured.typical(name) * 1000:.0f} ms | {ratio} |")


def seconds(work: Callable[[], object]) -> float:
    start = perf_counter()
    work()
    return perf_counter() - start


if __name__ == "__main__":
    main()
