"""Where a commitment stands when somebody wants to write to its company: what is missing, and whether a
reminder, a letter, formal notice or a penalty may leave at all.

The same answer serves the page and the act; the act asks again once it holds the clause, since hours may be
validated and the clause closed between the two.
"""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from uneplace.contracts.models import Clause, Commitment
from uneplace.hours.models import AwaitedDocument, Statement
from uneplace.hours.queries import Progress, progress_of, progress_of_clauses
from uneplace.rules import french

from .changing import suspension_of
from .exposure import actions_done, missed_actions
from .models import PenaltyCase
from .queries import is_late
from .relieved import NONE, Relieved, granted_on, of_clause, relieved_of

ZERO = Decimal("0.00")
PUT_RIGHT = "Plus rien ne manque\u00a0: c’est régularisé, le dossier s’arrête."


@dataclass(frozen=True)
class Awaited:
    """A month to declare or a document that is late and still awaited, and since when."""

    name: str
    late_from: date

    def kept(self) -> dict[str, str]:
        """The same as a paper keeps it."""
        return {"name": self.name, "late_from": self.late_from.isoformat()}


@dataclass(frozen=True)
class Standing:
    """What a company owes on one commitment, on one day, relief granted set apart."""

    commitment: Commitment
    progress: Progress
    granted: Decimal
    relieved: Relieved
    missed_actions: int
    late: tuple[Awaited, ...]
    on: date
    is_clause_complete: bool = False

    @property
    def clause(self) -> Clause:
        """The clause as it is now."""
        return self.commitment.clause

    @property
    def missing(self) -> Decimal:
        """Hours owed that are neither counted nor granted as relief."""
        return max(self.progress.missing - self.granted, ZERO)

    @property
    def asked(self) -> Progress:
        """The same hours, of which those granted as relief are not asked any more."""
        return self.relieved.asked(self.progress)

    @property
    def owes_hours(self) -> bool:
        """Whether hours are missing against what should be done by now; all of them once the time is over."""
        if self.is_clause_complete or not self.missing:
            return False
        end = self.commitment.period.upper
        if end is not None and self.on >= end:
            return True
        return is_late(self.asked, on=self.on)

    @property
    def is_complete(self) -> bool:
        """Every hour or action is there."""
        return not self.missed_actions and (self.is_clause_complete or not self.missing)

    @property
    def is_put_right(self) -> bool:
        """Whether nothing can be held against the company that day: complete, or back on pace. A document
        that is late is asked for by its own reminders, and is never a threat by itself."""
        return not (self.owes_hours or self.missed_actions)

    @property
    def waits_for_the_service(self) -> bool:
        """Whether hours already received would put everything right, once the service has looked at them."""
        received = replace(
            self, progress=replace(self.progress, counted=self.progress.counted + self.progress.to_validate)
        )
        return bool(self.progress.to_validate) and not self.is_put_right and received.is_put_right


def standing_of(case: PenaltyCase, *, on: date) -> Standing:
    """Where the commitment of a case stands that day, read again from the database."""
    return standing_on(case.commitment_id, on=on)


def standing_on(commitment_id: int, *, on: date) -> Standing:
    """Where a commitment stands that day, read again from the database."""
    commitment = read_commitment(commitment_id)
    clause = commitment.clause
    whole = progress_of_clauses([clause], on=on)[clause.pk]
    done = actions_done([clause])[clause.pk] if clause.owes_actions else 0
    partners = list(Commitment.objects.filter(clause=clause))
    granted = granted_on(one.pk for one in partners)
    relieved = relieved_of(partners, on=on, granted=granted)
    return Standing(
        commitment=commitment,
        progress=progress_of([commitment], on=on)[commitment.pk],
        granted=granted.get(commitment_id, ZERO),
        relieved=relieved.get(commitment_id, NONE),
        missed_actions=missed_actions(clause, done, on=on),
        late=late_of(commitment, on=on),
        on=on,
        is_clause_complete=is_complete(clause, whole, of_clause(partners, relieved)),
    )


def is_complete(clause: Clause, whole: Progress, relieved: Relieved) -> bool:
    """Whether every hour that a clause owes is counted, by whichever company, or granted as relief."""
    return not clause.owes_actions and 0 < whole.due <= max(whole.counted, ZERO) + relieved.hours


def read_commitment(commitment_id: int) -> Commitment:
    """A commitment as it is now, with what its papers name."""
    rows = Commitment.objects.select_related("company", "clause__lot__contract__buyer", "clause__service")
    return rows.get(pk=commitment_id)


def late_of(commitment: Commitment, *, on: date) -> tuple[Awaited, ...]:
    """The months and documents of a commitment that are late and still awaited, the oldest first."""
    filters: dict[str, Any] = {"commitment": commitment, "late_from__lt": on}
    months = Statement.objects.awaited_from_declarant().with_late_from().filter(**filters)
    papers = AwaitedDocument.objects.to_send().with_late_from().filter(**filters)
    late = [Awaited(f"Relevé {one.of_month}", one.late_from) for one in months.order_by("month", "pk")]
    late += [
        Awaited(f"{one.get_kind_display()}, {one.of_period}", one.late_from)
        for one in papers.order_by("month", "pk")
    ]
    return tuple(sorted(late, key=lambda one: (one.late_from, one.name)))


def why_not_threaten(standing: Standing) -> list[str]:
    """The reasons that keep any reminder, letter, notice or penalty from leaving; none means that it may."""
    clause = standing.clause
    if clause.status in (Clause.Status.DRAFT, Clause.Status.MET, Clause.Status.CLOSED):
        word = clause.get_status_display()
        return [f"La clause est «\u00a0{word}\u00a0»\u00a0: plus rien ne peut être réclamé à l’entreprise."]
    if clause.status == Clause.Status.SUSPENDED:
        suspension = suspension_of(clause, on=standing.on)
        until = f" jusqu’au {french.day(suspension.until)}" if suspension and suspension.until else ""
        return [f"La clause est suspendue{until}\u00a0: rien ne peut être réclamé pendant ce temps."]
    if standing.is_put_right:
        if standing.is_complete:
            return [PUT_RIGHT]
        return ["L’entreprise a repris le rythme\u00a0: il n’y a rien à lui réclamer aujourd’hui."]
    if standing.waits_for_the_service:
        received = french.hours(standing.progress.to_validate)
        return [
            f"{received} reçues attendent le contrôle du service et suffiraient\u00a0: "
            "elles se contrôlent d’abord."
        ]
    return []


def hold_clause_of(case: PenaltyCase) -> None:
    """Keep the clause of a case as it is until the end of the transaction: nobody validates its hours nor
    closes it meanwhile (see `hold_clause` in uneplace/hours/actions.py, which holds the same row). What was
    read of the commitment before is read again: its duty may have changed."""
    Clause.objects.select_for_update(no_key=True).get(commitments=case.commitment_id)
    case.commitment = read_commitment(case.commitment_id)
