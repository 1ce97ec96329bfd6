"""Enchaînement: people whose work contract ends soon, and the published jobs that each could go on with.

The ranking of one job is in `ranking.py`; its measures are read here for many people and many jobs at once.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from uneplace.hours.models import Placement
from uneplace.offers.models import Application, JobSheet, Suggestion
from uneplace.rules import french
from uneplace.rules.parameters import PARAMETERS

from .ranking import (
    ASKED,
    CONTINUITY_DAYS,
    DECISION,
    ELIGIBILITY,
    HOURS,
    OTHER_TRADE,
    PLACE,
    SAME_DOMAIN,
    SAME_FAMILY,
    SAME_TRADE,
    TRADE,
    TRAVEL,
)

MOST_JOBS = 3
TRADES = {
    None: "métier à demander",
    SAME_TRADE: "même métier",
    SAME_DOMAIN: "métier proche",
    SAME_FAMILY: "même famille de métiers",
    OTHER_TRADE: "autre métier",
}


@dataclass(frozen=True)
class NextJob:
    """A published job that somebody could go on with, and the facts that say so.

    `nearness`, `km`: see `Ranked`; `to_confirm` counts the must-haves that nobody answered; `eligible_until`
    is None when no decision covers the first day.
    """

    sheet: JobSheet
    start: date
    nearness: int | None
    km: int | None
    to_confirm: int
    eligible_until: date | None

    @property
    def facts(self) -> list[str]:
        """What is said of it: the trade, the way, what is to be asked."""
        told = [TRADES[self.nearness], self._distance]
        if self.to_confirm:
            told.append(french.several(self.to_confirm, "point à confirmer", "points à confirmer"))
        return told

    @property
    def _distance(self) -> str:
        if self.km is None:
            return "distance inconnue"
        return f"{self.km}\u00a0km" if self.km else "dans sa commune"


def ending(placements: QuerySet[Placement], *, on: date, days: int | None = None) -> QuerySet[Placement]:
    """Among these work contracts, the last one of each person that ends within so many days, soonest first.

    `days` is the parameter of the day when not given. Somebody who has another contract that lasts longer, or
    whom a company has just chosen, is left out. `is_under_way` says whether an application is open.
    """
    days = PARAMETERS.next_job_days.whole_on(on) if days is None else days
    files = Application.objects.filter(participant=OuterRef("participant"))
    others = Placement.objects.filter(participant=OuterRef("participant")).exclude(pk=OuterRef("pk"))
    longer = (
        Q(period__upper_inf=True)
        | Q(period__endswith__gt=OuterRef("period__endswith"))
        | Q(period__endswith=OuterRef("period__endswith"), pk__gt=OuterRef("pk"))
    )
    return (
        placements.filter(
            period__contains=on,
            period__endswith__lte=on + timedelta(days=days),
            participant__anonymised_at=None,
            participant__merge=None,
        )
        .exclude(Exists(others.filter(longer)))
        .exclude(Exists(files.filter(status=Application.Status.HIRED, placement=None)))
        .annotate(is_under_way=Exists(files.filter(status__in=Application.OPEN)))
        .order_by("period__endswith", "pk")
    )


# What is open to somebody: not put forward yet, not asked for nor declined by a structure.
NEXT_JOBS = """
    WITH candidate (id, free_from) AS (
        SELECT participant_id, upper(period) FROM hours_placement WHERE id = ANY(%(placements)s)
    ),
    job AS (
        SELECT s.id AS sheet, s.service_id AS service, s.rome_id AS rome, s.commune_id AS commune,
            c.latitude, c.longitude, greatest(lower(s.period), %(on)s) AS start, s.weekly_hours, s.schedules,
            s.without_car IS FALSE AS needs_car
        FROM offers_jobsheet s JOIN reference_commune c ON c.code_insee = s.commune_id
        WHERE s.id = ANY(%(sheets)s)
    ),
    pair AS (
        SELECT p.id, job.sheet, job.start, job.schedules AS job_schedules, p.licences, p.schedules,
            p.profiled_at IS NOT NULL AS is_profiled, trade.nearness, place.km, decision.until,
            {eligibility} AS eligibility, {travel} AS travel, {hours} AS hours
        FROM candidate JOIN people_participant p ON p.id = candidate.id
        JOIN job ON job.service = p.service_id
            AND job.start BETWEEN candidate.free_from AND candidate.free_from + %(gap)s::int
        LEFT JOIN LATERAL ({trade}) AS trade ON true
        LEFT JOIN LATERAL (SELECT * FROM ({place}) AS q WHERE q.code_insee = p.commune_id) AS place ON true
        LEFT JOIN LATERAL ({decision}) AS decision ON true
        WHERE p.restricted_at IS NULL
            AND NOT EXISTS (SELECT FROM offers_application a
                WHERE a.participant_id = p.id AND a.job_sheet_id = job.sheet)
            AND NOT EXISTS (SELECT FROM offers_suggestion s
                WHERE s.participant_id = p.id AND s.job_sheet_id = job.sheet AND s.status = ANY(%(asked)s))
    ),
    met AS (
        SELECT pair.*, needs.hard_no + (eligibility = 0)::int AS hard_no,
            needs.hard_unsure + (eligibility = 1)::int AS hard_unsure, needs.soft_yes
        FROM pair CROSS JOIN LATERAL (
            SELECT count(*) FILTER (WHERE is_hard AND state = 0) AS hard_no,
                count(*) FILTER (WHERE is_hard AND state = 1) AS hard_unsure,
                count(*) FILTER (WHERE NOT is_hard AND state = 2) AS soft_yes
            FROM (
                SELECT need.weight = 'HARD' AS is_hard, CASE need.kind {asked} END AS state
                FROM offers_criterion need WHERE need.job_sheet_id = pair.sheet
            ) AS need
        ) AS needs
    )
    SELECT id, sheet, start, nearness, km, hard_unsure, until
    FROM (
        SELECT met.*, row_number() OVER (
            PARTITION BY id
            ORDER BY hard_unsure, -soft_yes, coalesce(nearness, 3), -travel, start, -hours,
                coalesce(km, 2147483647), sheet
        ) AS place
        FROM met WHERE hard_no = 0 AND travel > 0 AND hours > 0
    ) AS found
    WHERE place <= %(most)s ORDER BY id, place
"""


def next_jobs(
    placements: Iterable[Placement], sheets: QuerySet[JobSheet], *, on: date
) -> Mapping[int, list[NextJob]]:
    """For each person whose work contract is one of these, the jobs among these sheets that would carry it
    on: by person, best first, three at most, in three queries whatever their number.

    A job fits when it is published, begins at most so long after the contract (`CONTINUITY_DAYS`), and
    nothing that it must have is known to lack.
    """
    open_sheets = sheets.filter(status=JobSheet.Status.PUBLISHED, period__endswith__gt=on) | sheets.filter(
        status=JobSheet.Status.PUBLISHED, period__upper_inf=True
    )
    parameters = {
        "placements": [one.pk for one in placements],
        "sheets": list(open_sheets.order_by().values_list("pk", flat=True).distinct()),
        "asked": [Suggestion.Status.ASKED, Suggestion.Status.DECLINED, Suggestion.Status.ACCEPTED],
        "on": on,
        "gap": CONTINUITY_DAYS,
        "most": MOST_JOBS,
    }
    with connection.cursor() as cursor:
        cursor.execute(_query(), parameters)
        rows = cursor.fetchall()
    shown = sheets.select_related("commune", "commitment__company", "rome").in_bulk({row[1] for row in rows})
    found: dict[int, list[NextJob]] = defaultdict(list)
    for person, sheet, *facts in rows:
        found[person].append(NextJob(shown[sheet], *facts))
    return found


def _query() -> str:
    one = " WHERE participant_id = p.id"
    asked = " ".join(
        f"WHEN '{kind}' THEN {_of(expression.replace('%(value_{rank})s', 'need.licence'), 'pair.job_')}"
        for kind, expression in ASKED.items()
    )
    return NEXT_JOBS.format(
        eligibility=ELIGIBILITY,
        travel=_of(TRAVEL),
        hours=_of(HOURS),
        trade=_of(TRADE.format(of_whom=one)),
        place=_of(PLACE),
        decision=_of(DECISION.format(of_whom=one)),
        asked=asked,
    )


def _of(expression: str, job: str = "job.") -> str:
    """A measure of the ranking, for each job of a table instead of the one that is given."""
    return re.sub(r"%\((\w+)\)s", rf"{job}\1", expression)
