"""What a work contract may serve: on which days, for what share of the work, and what is to be read first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from django.db.backends.postgresql.psycopg_any import DateRange

from uneplace.contracts.models import Clause, Commitment
from uneplace.kit.periods import day_is_inside, last_day
from uneplace.offers.models import JobSheet
from uneplace.organisations.models import Organisation
from uneplace.rules import french

from .models import Allocation, Piece, Placement, Statement, StatementLine, month_name
from .queries import month_range

WHOLE = Decimal(1)
TAKEN = (Clause.Status.VALIDATED, Clause.Status.RUNNING, Clause.Status.SUSPENDED)
"""The clauses that a work contract may still be allocated to."""
EDITABLE = (Statement.Status.EXPECTED, Statement.Status.DRAFT, Statement.Status.RETURNED)
SAYS_WHY = {
    Clause.Status.DRAFT: "La clause est encore un brouillon\u00a0: validez-la d’abord.",
    Clause.Status.MET: "Les heures de cette clause sont atteintes\u00a0: on n’y affecte plus personne.",
    Clause.Status.NOT_MET: "L’exécution de cette clause est finie\u00a0: on n’y affecte plus personne.",
    Clause.Status.CLOSED: "La clause est close\u00a0: ses affectations ne changent plus.",
}
CHANGED = "Quelqu’un d’autre vient de changer cette affectation. Relisez-la avant de recommencer."
ONLY_ONE = (
    "C’est la seule affectation de ce contrat de travail\u00a0: affectez-le d’abord à un autre engagement."
)


class About(StrEnum):
    """What a caution is about, so that the one that was read is known."""

    EXECUTION = "EXECUTION"
    SENT = "SENT"


@dataclass(frozen=True)
class Caution:
    """What to look at before allocating: nothing is refused for it."""

    about: About
    text: str


def why_not_these_parties(
    commitment: Commitment, *, employer: Organisation, declared_by: Organisation, modality: str
) -> list[str]:
    """What does not hold together between who employs, who declares, and who owes the hours."""
    reasons = []
    direct = modality == JobSheet.Modality.DIRECT
    if direct and employer != commitment.company:
        reasons.append("En embauche directe, l’employeur est l’entreprise du marché.")
    if not direct and employer == commitment.company:
        reasons.append("Quand l’entreprise du marché emploie elle-même, la modalité est l’embauche directe.")
    if declared_by not in (employer, commitment.company):
        reasons.append("Les heures sont déclarées par l’employeur ou par l’entreprise du marché.")
    return reasons


def overlap(one: DateRange, other: DateRange) -> bool:
    """Whether two periods have a day in common."""
    starts_before = other.upper is None or one.lower < other.upper
    return starts_before and (one.upper is None or other.lower < one.upper)


def covers(whole: DateRange, part: DateRange) -> bool:
    """Whether every day of a period is in another."""
    if part.lower < whole.lower:
        return False
    return whole.upper is None or (part.upper is not None and part.upper <= whole.upper)


def why_not_allocate(
    placement: Placement,
    commitment: Commitment,
    *,
    period: DateRange,
    share: Decimal,
    except_for: int | None = None,
) -> list[str]:
    """The reasons that keep a work contract from working for a commitment over these days with this share.

    `except_for` is the allocation that these days and this share would replace.
    """
    reasons = []
    clause = commitment.clause
    if except_for is None:
        reasons += why_not_these_parties(
            commitment,
            employer=placement.employer,
            declared_by=placement.declared_by,
            modality=placement.modality,
        )
    if clause.status == Clause.Status.CLOSED or (except_for is None and clause.status not in TAKEN):
        reasons.append(SAYS_WHY[Clause.Status(clause.status)])
    if not covers(placement.period, period):
        reasons.append(f"Le contrat de travail va {_days(placement.period)}\u00a0: restez entre ces dates.")
    if not overlap(period, clause.execution):
        reasons.append(f"La clause s’exécute {_days(clause.execution)}\u00a0: aucune heure ne compterait.")
    elif not overlap(period, commitment.period):
        reasons.append(f"{commitment.company} est engagée {_days(commitment.period)}.")
    others = [one for one in _allocations(placement) if one.pk != except_for and overlap(one.period, period)]
    if any(one.commitment_id == commitment.pk for one in others):
        reasons.append("Ce contrat est déjà affecté à ce marché sur cette période.")
    day, taken = _fullest_day(others, period)
    if taken + share > WHOLE:
        left = f"il reste {french.percent(WHOLE - taken)}" if taken < WHOLE else "il ne reste rien"
        reasons.append(
            f"Le {french.day(day)}, {french.percent(taken)} de ce temps de travail est déjà affecté\u00a0: "
            f"{left}."
        )
    return reasons


def cautions_about(placement: Placement, commitment: Commitment, *, period: DateRange) -> list[Caution]:
    """What to read before a work contract is allocated to a commitment over these days."""
    found = []
    execution = commitment.clause.execution
    if not covers(execution, period):
        found.append(
            Caution(
                About.EXECUTION,
                f"La clause s’exécute {_days(execution)}\u00a0: "
                "les heures des autres jours ne compteront pas.",
            )
        )
    sent = Statement.objects.filter(commitment=commitment, declarant=placement.declared_by).exclude(
        status__in=EDITABLE
    )
    if placement.pk is not None:  # a contract about to be recorded is in no statement
        sent = sent.exclude(lines__worked_month__placement=placement)
    months = [
        month
        for month in sent.order_by("month").values_list("month", flat=True)
        if overlap(month_period(month), period)
    ]
    if months:
        names = french.listed(month_name(month) for month in months)
        found.append(
            Caution(
                About.SENT,
                f"Le relevé de {placement.declared_by} est déjà envoyé pour {names}\u00a0: "
                "cette personne n’y figurera pas, sauf s’il est renvoyé à corriger.",
            )
        )
    return found


def why_not_remove(allocation: Allocation) -> list[str]:
    """The reasons that keep an allocation from being removed; hours that were declared are one."""
    reasons = []
    if allocation.commitment.clause.status == Clause.Status.CLOSED:
        reasons.append(SAYS_WHY[Clause.Status.CLOSED])
    if not Allocation.objects.filter(placement=allocation.placement_id).exclude(pk=allocation.pk).exists():
        reasons.append(ONLY_ONE)
    return reasons + why_not_leave(allocation, [])


def why_not_leave(allocation: Allocation, kept: Sequence[DateRange]) -> list[str]:
    """The months of declared hours that would lose their last day if the allocation only kept these days."""
    lines = lines_left(allocation, kept).filter(hours__gt=0).order_by("statement__month")
    months = dict(lines.values_list("statement__month", "statement__status"))
    validated = [month_name(month) for month, state in months.items() if state == Statement.Status.VALIDATED]
    declared = [month_name(month) for month, state in months.items() if state != Statement.Status.VALIDATED]
    reasons = []
    if validated:
        reasons.append(
            f"Des heures sont validées pour {french.listed(validated)}\u00a0: "
            "l’affectation ne peut pas quitter ce qui est compté."
        )
    if declared:
        reasons.append(
            f"Des heures sont déclarées pour {french.listed(declared)}\u00a0: "
            "faites d’abord corriger le relevé."
        )
    return reasons


def without(allocation: Allocation, period: DateRange, share: Decimal) -> list[Piece]:
    """What is left of an allocation when a share of it goes elsewhere over some days."""
    whole = allocation.period
    if not overlap(whole, period):
        return [allocation.piece]
    pieces = []
    start = max(whole.lower, period.lower)
    ends = [one for one in (whole.upper, period.upper) if one is not None]
    end = min(ends) if ends else None
    if whole.lower < start:
        pieces.append(Piece(DateRange(whole.lower, start, "[)"), allocation.share))
    if allocation.share > share:
        pieces.append(Piece(DateRange(start, end, "[)"), allocation.share - share))
    if end is not None and (whole.upper is None or end < whole.upper):
        pieces.append(Piece(DateRange(end, whole.upper, "[)"), allocation.share))
    return pieces


def lines_left(allocation: Allocation, kept: Sequence[DateRange]):
    """The lines of a work contract on a commitment whose month has no day in what the allocation keeps."""
    lines = StatementLine.objects.filter(
        worked_month__placement=allocation.placement_id, statement__commitment=allocation.commitment_id
    )
    twins = Allocation.objects.filter(
        placement=allocation.placement_id, commitment=allocation.commitment_id
    ).exclude(pk=allocation.pk)
    periods = [*kept, *twins.values_list("period", flat=True)]
    months = lines.order_by().values_list("statement__month", flat=True).distinct()
    # A month that the allocation did not cover before either, a late correction say, stays as it is.
    left = [
        month
        for month in months
        if overlap(month_period(month), allocation.period)
        and not any(overlap(month_period(month), period) for period in periods)
    ]
    return lines.filter(statement__month__in=left)


def _allocations(placement: Placement) -> list[Allocation]:
    return list(Allocation.objects.filter(placement=placement).order_by("period", "pk"))


def _fullest_day(others: Sequence[Allocation], period: DateRange) -> tuple[date, Decimal]:
    """The first of the days on which most of the work is already allocated, and how much."""
    best, most = period.lower, Decimal(0)
    for day in sorted({max(one.period.lower, period.lower) for one in others}):
        taken = sum((one.share for one in others if day_is_inside(day, one.period)), Decimal(0))
        if taken > most:
            best, most = day, taken
    return best, most


def month_period(month: date) -> DateRange:
    return DateRange(*month_range(month), "[)")


def _days(period: DateRange) -> str:
    """« du 2 mars 2026 au 31 août 2026 », « à partir du 2 mars 2026 »."""
    end = last_day(period)
    if end is None:
        return f"à partir du {french.day(period.lower)}"
    return f"du {french.day(period.lower)} au {french.day(end)}"
