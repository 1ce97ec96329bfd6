"""Figures of a year, from the ledger alone: signed sums of counted hours, grouped by person before they are
counted, since counting distinct people in millions of lines takes a database a hundred times longer.

Whose hours these are is read through the work contract: two files merged are one person, and an entry never
changes."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import connection

from uneplace.contracts.models import Commitment
from uneplace.offers.models import JobSheet
from uneplace.organisations.models import Organisation
from uneplace.people.models import EligibilityDecision, Participant
from uneplace.rules.eligibility import Ground
from uneplace.rules.french import MONTHS

from .figures import UNKNOWN, Row, Totals, YearlyFigures, mask_small_cells

SEXES = {Participant.Sex.FEMALE: "Femmes", Participant.Sex.MALE: "Hommes"}
AGE_BANDS = {
    "UNDER_26": "Moins de 26 ans",
    "26_40": "De 26 à 40 ans",
    "41_50": "De 41 à 50 ans",
    "51_PLUS": "51 ans et plus",
}


@dataclass(frozen=True)
class Scope:
    """Whose ledger is read: a service's, some commitments', both, or that of the whole installation."""

    service: Organisation | None = None
    commitments: list[int] | None = None

    def where(self) -> tuple[str, list]:
        """The condition on ledger entries, with its parameters."""
        conditions, parameters = ["true"], []
        if self.service is not None:
            conditions.append("entry.service_id = %s")
            parameters.append(self.service.pk)
        if self.commitments is not None:
            conditions.append("entry.commitment_id = ANY(%s)")
            parameters.append(self.commitments)
        return " AND ".join(conditions), parameters


def scope_of(service: Organisation | None = None, *, buyer: Organisation | None = None) -> Scope:
    """The ledger of a service, of the contracts of one buyer, or both."""
    if buyer is None:
        return Scope(service)
    bought = Commitment.objects.filter(clause__lot__contract__buyer=buyer)
    return Scope(service, list(bought.values_list("pk", flat=True)))


TOTALS = """
WITH work AS MATERIALIZED (
    SELECT placement.participant_id, entry.placement_id,
           sum(entry.counted) AS hours, sum(entry.declared) AS declared
      FROM hours_ledgerentry entry
      JOIN hours_placement placement ON placement.id = entry.placement_id
     WHERE {where} AND entry.month >= %s AND entry.month < %s
     GROUP BY 1, 2
)
SELECT (SELECT coalesce(sum(hours), 0) FROM work),
       (SELECT coalesce(sum(declared), 0) FROM work),
       (SELECT count(*) FROM (SELECT FROM work GROUP BY participant_id HAVING sum(hours) > 0) one),
       (SELECT count(*) FROM (SELECT FROM work GROUP BY placement_id HAVING sum(hours) > 0) one)
"""

BY_COMMITMENT = """
SELECT entry.commitment_id, sum(entry.counted)
  FROM hours_ledgerentry entry
 WHERE {where} AND entry.month >= %s AND entry.month < %s
 GROUP BY 1
"""

# Hours are summed by code and person first, so that people are then rows to count.
BREAKDOWN = """
WITH work AS (
    SELECT {code} AS code, {label} AS label, placement.participant_id, sum(entry.counted) AS hours
      FROM hours_ledgerentry entry
      JOIN hours_placement placement ON placement.id = entry.placement_id
      JOIN people_participant person ON person.id = placement.participant_id
      {join}
     WHERE {where} AND entry.month >= %s AND entry.month < %s
     GROUP BY 1, 2, 3
)
SELECT code, label, sum(hours), count(*) FILTER (WHERE hours > 0)
  FROM work
 GROUP BY 1, 2
HAVING sum(hours) <> 0 OR count(*) FILTER (WHERE hours > 0) > 0
"""

# Grounds are sealed: the database sums hours by decision and person, and the ground of each decision is read
# once here.
BY_DECISION = """
WITH work AS (
    SELECT entry.decision_id, placement.participant_id, sum(entry.counted) AS hours
      FROM hours_ledgerentry entry
      JOIN hours_placement placement ON placement.id = entry.placement_id
     WHERE {where} AND entry.month >= %s AND entry.month < %s
     GROUP BY 1, 2
)
SELECT work.participant_id, work.hours, coalesce(decision.main_ground, '')
  FROM work LEFT JOIN people_eligibilitydecision decision ON decision.id = work.decision_id
"""

# A person has one age in a year: that of the first counted day, which is the first day of work in the first
# month with counted hours.
BY_AGE = """
WITH months AS (
    SELECT entry.placement_id, entry.month, sum(entry.counted) AS hours
      FROM hours_ledgerentry entry
     WHERE {where} AND entry.month >= %s AND entry.month < %s
     GROUP BY 1, 2
), people AS (
    SELECT placement.participant_id, sum(hours) AS hours,
           min(greatest(months.month, lower(placement.period))) FILTER (WHERE hours > 0) AS first_day
      FROM months JOIN hours_placement placement ON placement.id = months.placement_id
     GROUP BY 1
)
SELECT CASE WHEN person.born_on IS NULL OR first_day IS NULL THEN ''
            WHEN person.born_on + interval '26 years' > first_day THEN 'UNDER_26'
            WHEN person.born_on + interval '41 years' > first_day THEN '26_40'
            WHEN person.born_on + interval '51 years' > first_day THEN '41_50'
            ELSE '51_PLUS' END AS code,
       '' AS label, sum(hours), count(*) FILTER (WHERE hours > 0)
  FROM people JOIN people_participant person ON person.id = people.participant_id
 GROUP BY 1
HAVING sum(hours) <> 0 OR count(*) FILTER (WHERE hours > 0) > 0
"""


def yearly_figures(
    service: Organisation | None, year: int, *, buyer: Organisation | None = None
) -> YearlyFigures:
    """What the service's ledger says of one year; only the contracts of `buyer` when one is given."""
    scope = scope_of(service, buyer=buyer)
    return YearlyFigures(
        year=year,
        totals=yearly_totals(scope, year),
        by_month=months_of(scope, year),
        by_modality=_breakdown(scope, year, "placement.modality", labels=dict(JobSheet.Modality.choices)),
        by_ground=_by_ground(scope, year),
        by_sex=_breakdown(scope, year, "person.sex", labels=SEXES, order=list(SEXES).index),
        by_age=_breakdown(scope, year, labels=AGE_BANDS, order=list(AGE_BANDS).index, query=BY_AGE),
        by_trade=_breakdown(
            scope,
            year,
            "coalesce(job.code, '')",
            label="coalesce(job.label, '')",
            join="LEFT JOIN reference_romejob job ON job.code = placement.rome_id",
        ),
        by_commune=_by_commune(scope, year),
    )


def yearly_totals(scope: Scope, year: int) -> Totals:
    """The key figures of one year, in three queries."""
    where, parameters = scope.where()
    parameters = [*parameters, *_days_of(year)]
    ((hours, declared, participants, placements),) = _rows(TOTALS.format(where=where), parameters)
    owed = dict(_rows(BY_COMMITMENT.format(where=where), parameters))
    # Fetched apart: joined to a sum of the same query, these tables are read again for each row of it.
    parties = Commitment.objects.filter(pk__in=owed).values_list(
        "pk", "clause__lot__contract", "company", "clause__lot__contract__buyer"
    )
    sums: tuple[Counter, ...] = (Counter(), Counter(), Counter())
    for commitment, *its_parties in parties:
        for found, party in zip(sums, its_parties, strict=True):
            found[party] += owed[commitment]
    contracts, companies, buyers = (sum(total > 0 for total in found.values()) for found in sums)
    return Totals(hours, declared, participants, contracts, placements, companies, buyers)


def months_of(scope: Scope, year: int) -> tuple[Row, ...]:
    """Counted hours month by month, the empty ones included; the code is the month, `2019-03`."""
    found = {
        row.code: row
        for row in _breakdown(scope, year, "to_char(entry.month, 'YYYY-MM')", label="''", order=lambda _: 0)
    }
    months = []
    for number, name in enumerate(MONTHS, start=1):
        code = f"{year}-{number:02}"
        row = found.get(code)
        hours, people = (row.hours, row.participants) if row else (Decimal(0), 0)
        months.append(Row(code, name, hours, people))
    return tuple(months)


def years_with_hours(scope: Scope) -> list[int]:
    """The years in which hours are counted, latest first."""
    where, parameters = scope.where()
    rows = _rows(
        f"""
        SELECT extract(year FROM month)::int
          FROM (
              SELECT month, sum(counted) AS hours FROM hours_ledgerentry entry WHERE {where} GROUP BY 1
          ) months
         WHERE hours > 0 GROUP BY 1 ORDER BY 1 DESC
        """,  # noqa: S608 - `where` is made of constants of this module
        parameters,
    )
    return [year for (year,) in rows]


@dataclass(frozen=True)
class PublicFigures:
    """What anyone may read of the last complete year: nothing tells of fewer than five people."""

    year: int
    totals: Totals
    by_commune: tuple[Row, ...]


def public_figures(*, on: date) -> PublicFigures | None:
    """The last complete year before `on` that has hours, of every service; None when there is none."""
    scope = Scope()
    year = next((year for year in years_with_hours(scope) if year < on.year), None)
    if year is None:
        return None
    return PublicFigures(year, yearly_totals(scope, year), mask_small_cells(_by_commune(scope, year)))


def _by_commune(scope: Scope, year: int) -> tuple[Row, ...]:
    return _breakdown(
        scope,
        year,
        "coalesce(commune.code_insee, '')",
        label="coalesce(commune.name, '')",
        join="LEFT JOIN reference_commune commune ON commune.code_insee = person.commune_id",
    )


def _by_ground(scope: Scope, year: int) -> tuple[Row, ...]:
    where, parameters = scope.where()
    main_ground = EligibilityDecision._meta.get_field("main_ground")
    work: Counter[tuple[str, int]] = Counter()
    for person, hours, sealed in _rows(BY_DECISION.format(where=where), [*parameters, *_days_of(year)]):
        work[main_ground.opened(sealed), person] += hours
    hours_of: Counter[str] = Counter()
    people_of: Counter[str] = Counter()
    for (code, _), hours in work.items():
        hours_of[code] += hours
        people_of[code] += hours > 0
    rows = [
        Row(code, Ground(code).label if code else UNKNOWN, hours, people_of[code])
        for code, hours in hours_of.items()
        if hours or people_of[code]
    ]
    return tuple(sorted(rows, key=_largest_first))


def _breakdown(
    scope: Scope,
    year: int,
    code: str = "",
    *,
    label: str = "''",
    join: str = "",
    labels: dict[str, str] | None = None,
    order: Callable[[str], int] | None = None,
    query: str = BREAKDOWN,
) -> tuple[Row, ...]:
    """Hours and people by the code that a SQL expression gives: largest first or in `order`, unknown last."""
    where, parameters = scope.where()
    query = query.format(code=code, label=label, join=join, where=where)
    labels = labels or {}
    rows = [
        Row(code, (labels.get(code) or label or code) if code else UNKNOWN, hours, people)
        for code, label, hours, people in _rows(query, [*parameters, *_days_of(year)])
    ]
    if order is not None:
        return tuple(sorted(rows, key=lambda row: (row.code == "", order(row.code) if row.code else 0)))
    return tuple(sorted(rows, key=_largest_first))


def _largest_first(row: Row) -> tuple:
    return row.code == "", -row.hours, row.code


def _days_of(year: int) -> list[date]:
    return [date(year, 1, 1), date(year + 1, 1, 1)]


def _rows(query: str, parameters: list) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(query, parameters)
        return cursor.fetchall()
