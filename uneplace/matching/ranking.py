"""People in the order of a job, in one query: what they meet first, then how close they are.

Looked at: the criteria of the sheet, the eligibility decision and its term, the trades known, the way to
work, the days and hours, the work contract that ends. Never read: sex, birth, name, origin, grounds.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from uneplace.people.models import Participant

from .needs import Job, Kind, Need

NO, UNSURE, YES = 0, 1, 2
CONTINUITY_DAYS = 60  # a contract that ends at most so long before the job is carried on by it
SAME_TRADE, SAME_DOMAIN, SAME_FAMILY, OTHER_TRADE = range(4)

# Why people come in that order: the keys, first to last, as the page tells them.
KEYS = (
    "le moins d’indispensables non remplis, éligibilité comprise",
    "puis le moins d’indispensables à confirmer",
    "puis le plus de souhaits remplis",
    "puis le métier connu le plus proche",
    "puis un trajet que la personne accepte",
    "puis la disponibilité au premier jour",
    "puis les heures par semaine",
    "puis l’éligibilité qui se termine le plus tôt",
    "puis un contrat qui finit dans les soixante jours avant le poste",
    "puis la distance",
)


@dataclass(frozen=True)
class Ranked:
    """One person and the facts of the ranking.

    `asked` tells for each need, in order, what the file alone says; `met` what it says with the structure's
    answer. `km` is as the crow flies, None when a place is unknown. `free_from` is the first day without
    another contract, None when nobody said; `contract_until` the first day after the running contract, or
    `date.max` when it has no end. `eligible_until` is None when no decision covers the first day. `keys` are
    those of the order, as text: what the next page starts after.
    """

    participant: int
    application: int | None
    asked: tuple[int, ...]
    met: tuple[int, ...]
    eligibility: int
    eligible_until: date | None
    nearness: int | None
    travel: int
    km: int | None
    free_from: date | None
    contract_until: date | None
    hours: int
    keys: tuple[str, ...]


# The great circle between two communes, in km: the mean radius of the Earth is 6 371 km.
PLACE = """
    SELECT code_insee, round(12742 * asin(sqrt(
        power(sin(radians(latitude - %(latitude)s::float8) / 2), 2)
        + cos(radians(latitude)) * cos(radians(%(latitude)s::float8))
        * power(sin(radians(longitude - %(longitude)s::float8) / 2), 2)
    )))::int AS km
    FROM reference_commune WHERE latitude IS NOT NULL AND %(latitude)s IS NOT NULL
"""
TRADE = """
    SELECT participant_id, min(CASE
        WHEN rome_id = %(rome)s THEN 0
        WHEN left(rome_id, 3) = left(%(rome)s, 3) THEN 1
        WHEN left(rome_id, 1) = left(%(rome)s, 1) THEN 2
        ELSE 3 END) AS nearness
    FROM people_participanttrade{of_whom} GROUP BY participant_id
"""
# The decision under which one may start that day, and what was answered last.
DECISION = """
    SELECT participant_id,
        max(valid_until) FILTER (WHERE status = 'ELIGIBLE' AND revoked_on IS NULL
            AND decided_on <= %(start)s AND valid_until > %(start)s) AS until,
        (array_agg(status ORDER BY decided_on DESC, id DESC) FILTER (WHERE status <> 'REQUESTED'))[1]
            = 'REFUSED' AS is_refused
    FROM people_eligibilitydecision{of_whom} GROUP BY participant_id
"""
CONTRACT = """
    SELECT p.participant_id, max(coalesce(upper(p.period), 'infinity')) AS until
    FROM hours_placement p LEFT JOIN offers_application a ON a.id = p.application_id
    WHERE lower(p.period) <= %(last_day)s AND coalesce(upper(p.period) > %(on)s, true)
        AND a.job_sheet_id IS DISTINCT FROM %(sheet)s
    GROUP BY p.participant_id
"""
ANSWER = """
    SELECT a.id, a.participant_id, a.available_from, a.sent_at{columns}
    FROM offers_application a LEFT JOIN offers_criterionanswer r ON r.application_id = a.id
    WHERE a.job_sheet_id = %(sheet)s GROUP BY a.id
"""
ANSWERED = """,
        max(CASE r.met WHEN 'YES' THEN 2 WHEN 'NO' THEN 0 ELSE 1 END)
            FILTER (WHERE r.criterion_id = %(criterion_{rank})s) AS answer_{rank}"""
ELIGIBILITY = "CASE WHEN decision.until IS NOT NULL THEN 2 WHEN decision.is_refused THEN 0 ELSE 1 END"
TRAVEL = """CASE WHEN p.commune_id = %(commune)s THEN 2
             WHEN place.km <= p.travel_km THEN CASE WHEN %(needs_car)s AND p.travel <> 'CAR' THEN 1 ELSE 2 END
             WHEN place.km IS NULL OR p.travel_km IS NULL THEN 1 ELSE 0 END"""
HOURS = """CASE WHEN p.weekly_hours_max IS NULL THEN 1
             WHEN p.weekly_hours_max >= %(weekly_hours)s THEN 2 ELSE 0 END"""
FACTS = """
    SELECT p.id, answer.id AS application, answer.sent_at, trade.nearness, place.km, decision.until,
        contract.until AS contract_until,
        greatest(coalesce(answer.available_from, p.available_from), contract.until) AS free_from,
        {eligibility} AS eligibility, {travel} AS travel, {hours} AS hours,
        p.licences, p.schedules, p.profiled_at IS NOT NULL AS is_profiled{answers}
    FROM candidate
    JOIN people_participant p ON p.id = candidate.id
    LEFT JOIN answer ON answer.participant_id = p.id
    LEFT JOIN trade ON trade.participant_id = p.id
    LEFT JOIN place ON place.code_insee = p.commune_id
    LEFT JOIN decision ON decision.participant_id = p.id
    LEFT JOIN contract ON contract.participant_id = p.id
"""
ASKED = {
    Kind.LICENCE: ("CASE WHEN %(value_{rank})s = ANY (licences) THEN 2 WHEN is_profiled THEN 0 ELSE 1 END"),
    Kind.TRADE: "CASE WHEN nearness = 0 THEN 2 WHEN nearness = 1 OR NOT is_profiled THEN 1 ELSE 0 END",
    Kind.SCHEDULE: (
        "CASE WHEN %(schedules)s::varchar[] <@ schedules THEN 2 WHEN is_profiled THEN 0 ELSE 1 END"
    ),
    Kind.TRAVEL: "travel",
    Kind.TEXT: "1",
}
# The file and the structure: who knows wins; when one says yes and the other no, it is to confirm.
MET = """CASE WHEN answer_{rank} IS NULL OR answer_{rank} = asked_{rank} THEN asked_{rank}
            WHEN asked_{rank} = 1 THEN answer_{rank} WHEN answer_{rank} = 1 THEN asked_{rank} ELSE 1 END"""
# The order, first key to last: each ascends, none is null, and the last makes two people differ.
ORDER = (
    ("hard_no", "int"),
    ("hard_unsure", "int"),
    ("-soft_yes", "int"),
    ("coalesce(nearness, 3)", "int"),
    ("-travel", "int"),
    (
        """CASE WHEN free_from IS NULL THEN 1 WHEN free_from <= %(start)s THEN 0
            WHEN free_from <= %(last_day)s THEN 2 ELSE 3 END""",
        "int",
    ),
    ("greatest(free_from, %(start)s)", "date"),
    ("-hours", "int"),
    ("coalesce(until, 'infinity')", "date"),
    ("(contract_until BETWEEN %(carried_from)s AND %(start)s IS NOT TRUE)::int", "int"),
    ("coalesce(km, 2147483647)", "int"),
    ("coalesce(sent_at, 'infinity')", "timestamptz"),
    ("id", "bigint"),
)
ORDER_KEYS = [f"key_{number}" for number in range(len(ORDER))]


def rank(
    people: QuerySet[Participant], job: Job, *, on: date, limit: int, after: Sequence[str] = ()
) -> list[Ranked]:
    """The first `limit` of these people, in the order of the job; `people` is what the actor may see.

    `after` holds the `keys` of somebody: those who come next.
    """
    try:
        query, parameters = ranking_query(people, job, on=on, limit=limit, after=after)
    except EmptyResultSet:  # a condition that nobody can meet
        return []
    with connection.cursor() as cursor:
        cursor.execute(query, parameters)
        return [_ranked(row) for row in cursor.fetchall()]


def ranking_query(
    people: QuerySet[Participant], job: Job, *, on: date, limit: int, after: Sequence[str] = ()
) -> tuple[str, dict[str, object]]:
    """The query of the ranking, and its parameters."""
    candidates, parameters = _named(*people.order_by().values("pk").query.sql_with_params())
    ranks = range(len(job.needs))
    for number, need in enumerate(job.needs):
        parameters |= {f"criterion_{number}": need.criterion, f"value_{number}": need.value}
    parameters |= {
        "on": on,
        "sheet": job.sheet,
        "rome": job.rome,
        "commune": job.commune,
        "latitude": job.latitude,
        "longitude": job.longitude,
        "start": job.start,
        "last_day": job.last_day or date.max,
        "carried_from": job.start - timedelta(days=CONTINUITY_DAYS),
        "weekly_hours": job.weekly_hours,
        "schedules": list(job.schedules),
        "needs_car": job.needs_car,
        "limit": limit,
        **{f"after_{key}": value for key, value in zip(ORDER_KEYS, after, strict=bool(after))},
    }
    asked = _columns(f"{ASKED[need.kind].format(rank=rank)} AS asked_{rank}" for rank, need in _each(job))
    met = _columns(f"{MET.format(rank=number)} AS met_{number}" for number in ranks)
    query = f"""
        WITH candidate (id) AS ({candidates}),
        place AS ({PLACE}), trade AS ({TRADE.format(of_whom="")}),
        decision AS ({DECISION.format(of_whom="")}), contract AS ({CONTRACT}),
        answer AS ({ANSWER.format(columns="".join(ANSWERED.format(rank=number) for number in ranks))}),
        fact AS ({_facts(ranks)}),
        asked AS (SELECT fact.*{asked} FROM fact),
        met AS (SELECT asked.*{met} FROM asked),
        ranked AS (
            SELECT met.*,
                {_count(job, NO, is_hard=True)} + (eligibility = {NO})::int AS hard_no,
                {_count(job, UNSURE, is_hard=True)} + (eligibility = {UNSURE})::int AS hard_unsure,
                {_count(job, YES, is_hard=False)} AS soft_yes
            FROM met
        ),
        ordered AS (SELECT ranked.*, {_order_keys()} FROM ranked)
        SELECT id, application, ARRAY[{_list("asked", ranks)}]::int[], ARRAY[{_list("met", ranks)}]::int[],
            eligibility, until, nearness, travel, km, nullif(free_from, 'infinity'),
            contract_until = 'infinity', nullif(contract_until, 'infinity'), hours,
            ARRAY[{", ".join(f"{key}::text" for key in ORDER_KEYS)}]
        FROM (
            SELECT * FROM ordered WHERE {_after(after)} ORDER BY {", ".join(ORDER_KEYS)} LIMIT %(limit)s
        ) AS page
        ORDER BY {", ".join(ORDER_KEYS)}
    """  # noqa: S608 - our own pieces; every value is a parameter
    return query, parameters


def _facts(ranks: range) -> str:
    answers = _columns(f"answer.answer_{number}" for number in ranks)
    return FACTS.format(eligibility=ELIGIBILITY, travel=TRAVEL, hours=HOURS, answers=answers)


def _named(query: str, values: Sequence[object]) -> tuple[str, dict[str, object]]:
    """A query whose parameters have places, with names instead, so that it can stand inside another."""
    names = [f"given_{number}" for number in range(len(values))]
    places = iter(names)
    named = re.sub("%%|%s", lambda place: "%%" if place[0] == "%%" else f"%({next(places)})s", query)
    return named, dict(zip(names, values, strict=True))


def _each(job: Job) -> list[tuple[int, Need]]:
    return list(enumerate(job.needs))


def _columns(expressions: Iterable[str]) -> str:
    return "".join(f", {expression}" for expression in expressions)


def _order_keys() -> str:
    return ", ".join(f"{expression} AS {key}" for key, (expression, _) in zip(ORDER_KEYS, ORDER, strict=True))


def _after(after: Sequence[str]) -> str:
    if not after:
        return "true"
    given = (f"%(after_{key})s::{kind}" for key, (_, kind) in zip(ORDER_KEYS, ORDER, strict=True))
    return f"({', '.join(ORDER_KEYS)}) > ({', '.join(given)})"


def _list(name: str, ranks: range) -> str:
    return ", ".join(f"{name}_{number}" for number in ranks)


def _count(job: Job, state: int, *, is_hard: bool) -> str:
    counted = [f"(met_{number} = {state})::int" for number, need in _each(job) if need.is_hard is is_hard]
    return " + ".join(counted) or "0"


def _ranked(row: tuple) -> Ranked:
    *facts, has_no_end, contract_until, hours, keys = row
    person, application, asked, met, eligibility, until, nearness, travel, km, free_from = facts
    if has_no_end:
        free_from = contract_until = date.max
    return Ranked(
        person,
        application,
        tuple(asked),
        tuple(met),
        eligibility,
        until,
        nearness,
        travel,
        km,
        free_from,
        contract_until,
        hours,
        tuple(keys),
    )
