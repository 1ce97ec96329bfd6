"""What a report of a clause freezes: hours and people from the ledger, companies, steps of the control.

Whole figures: whoever does not hold the file reads them masked (`reports/papers/clause_report.py`).
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Sum
from django.utils.timezone import localtime

from uneplace.contracts.models import Clause, Commitment
from uneplace.hours.models import LedgerEntry, Placement, month_name
from uneplace.hours.totals import counted_total

from .exposure import actions_done
from .models import PenaltyCase

ZERO = Decimal("0.00")
DEFINITIONS = (
    (
        "Heures dues",
        "Ce que la clause fixe, avec les actes connus au jour du bilan.",
    ),
    (
        "Heures comptées",
        "Heures de travail déclarées par l’employeur, contrôlées par le service, puis comptées selon les "
        "règles de la clause, corrections comprises.",
    ),
    (
        "Personnes",
        "Personnes qui ont des heures comptées sur cette clause. Chacune est comptée une fois dans le total, "
        "et dans chaque ligne où elle a des heures.",
    ),
    ("Contrats de travail", "Contrats de travail qui ont des heures comptées sur cette clause."),
)
Work = tuple[date, str, str, int, int, Decimal]


def figures_of(clause: Clause, *, on: date) -> dict[str, Any]:
    """What the ledger says of a clause that day, as a report keeps it; a constant number of queries."""
    commitments = list(
        Commitment.objects.filter(clause=clause).select_related("company").order_by("-share", "pk")
    )
    entries = LedgerEntry.objects.filter(commitment__in=commitments)
    total = counted_total(entries)
    work: list[Work] = list(
        entries.order_by()
        .values_list("month", "placement__modality", "placement__kind", "placement__participant", "placement")
        .annotate(total=Sum("counted"))
    )
    return {
        "on": on.isoformat(),
        "due": str(clause.hours_due),
        "counted": str(total.counted),
        "declared": str(total.declared),
        "actions_due": clause.actions_due,
        "actions_done": actions_done([clause])[clause.pk] if clause.owes_actions else None,
        "people": _with_hours(work, lambda row: row[3]),
        "placements": _with_hours(work, lambda row: row[4]),
        "months": _rows(work, lambda row: f"{row[0]:%Y-%m}", _month),
        "modalities": _rows(work, lambda row: row[1], _label(Placement.Modality.choices)),
        "kinds": _rows(work, lambda row: row[2], _label(Placement.Kind.choices)),
        "companies": _companies(commitments, entries),
        "control": _control(commitments),
        "definitions": [list(definition) for definition in DEFINITIONS],
    }


def checksum_of(figures: dict[str, Any], words: str, kind: str) -> str:
    """What stands for a report: another figure or another word gives another."""
    content = json.dumps([figures, words, kind], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(content.encode()).hexdigest()


COMPARED = ("due", "counted", "declared", "actions_due", "actions_done", "people", "months")


def says_the_same(frozen: dict[str, Any], now: dict[str, Any]) -> bool:
    """Whether the ledger still says what a report froze: hours, actions and people."""
    return all(frozen[name] == now[name] for name in COMPARED)


def _with_hours(work: Iterable[Work], key: Callable[[Work], Any]) -> int:
    hours: dict[Any, Decimal] = defaultdict(lambda: ZERO)
    for row in work:
        hours[key(row)] += row[5]
    return sum(1 for total in hours.values() if total > 0)


def _rows(work: list[Work], code: Callable[[Work], str], label: Callable[[str], str]) -> list[dict[str, Any]]:
    """Hours and people by code, in the order of the codes; a line without hours is left out."""
    lines: dict[str, list[Work]] = defaultdict(list)
    for row in work:
        lines[code(row)].append(row)
    rows = [
        {
            "code": key,
            "label": label(key),
            "hours": str(sum((row[5] for row in lines[key]), ZERO)),
            "people": _with_hours(lines[key], lambda row: row[3]),
        }
        for key in sorted(lines)
    ]
    return [row for row in rows if Decimal(row["hours"]) or row["people"]]


def _label(choices: Iterable[tuple[str, str]]) -> Callable[[str], str]:
    words = dict(choices)
    return lambda code: words.get(code, code)


def _month(code: str) -> str:
    year, month = code.split("-")
    return month_name(date(int(year), int(month), 1))


def _companies(commitments: list[Commitment], entries) -> list[dict[str, Any]]:
    counted = dict(entries.order_by().values_list("commitment").annotate(total=Sum("counted")))
    return [
        {
            "key": one.company_id,
            "name": str(one.company),
            "due": str(one.hours_due),
            "counted": str(counted.get(one.pk, ZERO)),
        }
        for one in commitments
    ]


def _control(commitments: list[Commitment]) -> list[dict[str, Any]]:
    """Each case about missing hours, step by step: no word that a party wrote, only dates and states."""
    cases = PenaltyCase.objects.filter(commitment__in=commitments).select_related("commitment__company")
    return [
        {
            "key": case.commitment.company_id,
            "company": str(case.commitment.company),
            "opened_on": localtime(case.opened_at).date().isoformat(),
            "gap": case.gap,
            "notice_on": case.notice_on.isoformat() if case.notice_on else None,
            "status": case.get_status_display(),
        }
        for case in cases.order_by("opened_at", "pk")
    ]
