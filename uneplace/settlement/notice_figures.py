"""What a paper of a case keeps: the figures of its day, as the ledger and the rule of penalties said them."""

from typing import Any

from django.db.models import Sum

from uneplace.hours.models import LedgerEntry, month_name
from uneplace.kit.periods import last_day
from uneplace.organisations.actor import Actor

from .chain import chain_of
from .exposure import exposure_of
from .models import PenaltyCase
from .standing import Standing


def figures_of(case: PenaltyCase, standing: Standing, *, reader: Actor) -> dict[str, Any]:
    """The figures of a case on the day of its standing, and the steps so far that the reader may know."""
    progress, commitment = standing.progress, standing.commitment
    clause, end = commitment.clause, last_day(commitment.period)
    return {
        "on": standing.on.isoformat(),
        "first_day": commitment.period.lower.isoformat(),
        "last_day": end.isoformat() if end else None,
        "due": str(progress.due),
        "counted": str(progress.counted),
        "to_validate": str(progress.to_validate),
        "expected": str(progress.expected),
        "granted": str(standing.granted),
        "missing": str(standing.missing),
        "actions_due": clause.actions_due,
        "missed_actions": standing.missed_actions,
        "late": [one.kept() for one in standing.late],
        "months": _months(commitment.pk),
        "exposure": exposure_of(case, on=standing.on).kept(),
        "steps": [
            {"on": stage.on_words, "title": stage.title, "who": stage.who, "text": stage.text}
            for stage in chain_of(case, reader)
        ],
    }


def _months(commitment: int) -> list[dict[str, str]]:
    """Hours declared and counted, month by month."""
    entries = LedgerEntry.objects.filter(commitment=commitment).order_by("month").values_list("month")
    totals = entries.annotate(declared=Sum("declared"), counted=Sum("counted"))
    return [
        {"month": month_name(month), "declared": str(declared), "counted": str(counted)}
        for month, declared, counted in totals
    ]
