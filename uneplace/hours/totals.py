"""Hours counted over many months, and why: read from the ledger."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from decimal import Decimal

from django.db.models import Count, Q, QuerySet, Sum

from uneplace.rules.totals import CountedTotal

from .models import LedgerEntry

ZERO = Decimal("0.00")
FIRST = Q(corrects=None)
AGAIN, TAKEN_BACK = Q(corrects__isnull=False, declared__gt=0), Q(corrects__isnull=False, declared__lt=0)
DECLARES = FIRST | AGAIN | TAKEN_BACK
SUMS = {
    "firsts": Count("pk", filter=FIRST),
    "again": Count("pk", filter=AGAIN),
    "taken_back": Count("pk", filter=TAKEN_BACK),
    "all_declared": Sum("declared", default=ZERO),
    "all_counted": Sum("counted", default=ZERO),
}


def totals_by_placement(
    placements: Collection[int], *, commitments: Collection[int]
) -> dict[tuple[int, int], CountedTotal]:
    """What the ledger entries of each of these work contracts come to on each of these commitments, by both
    keys; two queries whatever their number."""
    entries = LedgerEntry.objects.filter(placement__in=placements, commitment__in=commitments).order_by()
    rows = entries.values("placement", "commitment").annotate(**SUMS)
    excluded: dict[tuple[int, int], dict[str, Decimal]] = defaultdict(lambda: defaultdict(lambda: ZERO))
    left_out = entries.filter(DECLARES).exclude(excluded=[])
    for placement, commitment, parts in left_out.values_list("placement", "commitment", "excluded"):
        for part in parts:
            excluded[placement, commitment][part["reason"]] += Decimal(part["hours"])
    return {
        (row["placement"], row["commitment"]): _total(row, excluded[row["placement"], row["commitment"]])
        for row in rows
    }


def counted_total(entries: QuerySet[LedgerEntry]) -> CountedTotal:
    """What these ledger entries come to, by reason; two queries whatever their number."""
    sums = entries.order_by().aggregate(**SUMS)
    excluded: dict[str, Decimal] = defaultdict(lambda: ZERO)
    left_out = entries.filter(DECLARES).exclude(excluded=[]).order_by()
    for parts in left_out.values_list("excluded", flat=True):
        for part in parts:
            excluded[part["reason"]] += Decimal(part["hours"])
    return _total(sums, excluded)


def _total(sums: Mapping, excluded: Mapping[str, Decimal]) -> CountedTotal:
    """What stands: a month taken back is no more among them, one validated anew is again; what is neither
    declared nor left out was corrected by a recount."""
    standing = {reason: hours for reason, hours in excluded.items() if hours}
    first = sums["all_declared"] - sum(standing.values(), ZERO)
    return CountedTotal(
        months=sums["firsts"] + sums["again"] - sums["taken_back"],
        declared=sums["all_declared"],
        corrected=sums["all_counted"] - first,
        excluded=standing,
    )
