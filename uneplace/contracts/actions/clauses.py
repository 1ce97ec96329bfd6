"""A clause from its draft to its execution: sized, shared among companies, validated, started."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import F, ProtectedError
from django.utils.timezone import localtime

from uneplace.contracts.mails import tell_companies_of_clause
from uneplace.contracts.models import Clause, Commitment, Lot, MemberRole
from uneplace.contracts.policy import PolicyTerms
from uneplace.contracts.sizing import kept, read
from uneplace.journal.actions import record
from uneplace.kit.refused import Refused
from uneplace.organisations.actor import Actor
from uneplace.organisations.models import Organisation
from uneplace.rules import french
from uneplace.rules.explanation import as_json
from uneplace.rules.hours_due import HoursDue, Method, Rounding, Share, hours_due

CHANGED = (
    "Quelqu’un d’autre vient de modifier cette clause. "
    "Relisez-la\u00a0: ce que vous avez écrit est encore dans le formulaire."
)
SETTLED = "Cette clause est validée\u00a0: un changement passe désormais par un avenant."


@dataclass(frozen=True, kw_only=True)
class Terms(PolicyTerms):
    """What a clause says, its companies apart. The names are those of `Clause`, except `sizing`.

    `execution` is the half-open period of the work; `preset` is where its policy started from.
    """

    sizing: Method
    execution: DateRange
    rounding: str = Rounding.NONE
    device: str = Clause.Device.CLAUSE_EXEC
    preset: str = ""

    @property
    def due(self) -> HoursDue:
        """The hours that these terms make due, and why."""
        return hours_due(self.sizing, rounding=self.rounding)

    def columns(self) -> dict[str, Any]:
        """The values of the clause's columns."""
        own = {field.name: getattr(self, field.name) for field in fields(self) if field.name != "sizing"}
        return own | {"method": self.sizing.code, "inputs": kept(self.sizing)} | due_columns(self.due)


def due_columns(due: HoursDue) -> dict[str, Any]:
    """What the rule answered, as a clause keeps it."""
    return {
        "hours_due": due.hours,
        "foreseeable": due.foreseeable,
        "actions_due": due.actions,
        "due_explanation": as_json(due.explanation),
    }


@dataclass(frozen=True)
class Part:
    """What one company takes of a clause, from 0 to 1, and its place among those that execute the lot."""

    company: Organisation
    share: Decimal
    role: str = MemberRole.MANDATAIRE


def sizing_of(clause: Clause) -> Method:
    """The inputs that size a clause at its start, as the rule reads them; nothing is invoiced yet."""
    return read(clause.method, clause.inputs, as_of=clause.execution.lower)


def why_not_open_clause(lot: Lot) -> list[str]:
    """The reasons that keep a clause from being opened on this lot; none means that it can be."""
    return ["Ce lot a déjà une clause."] if Clause.objects.filter(lot=lot).exists() else []


@transaction.atomic
def open_clause(lot: Lot, *, terms: Terms, by: Actor, at: datetime) -> Clause:
    """Open the draft of a clause on a lot: hours due are computed and kept with their explanation."""
    if reasons := why_not_open_clause(lot):
        raise Refused(*reasons)
    try:
        with transaction.atomic():
            clause = Clause.objects.create(service_id=lot.service_id, lot=lot, **terms.columns())
    except IntegrityError:
        raise Refused("Quelqu’un d’autre vient d’ouvrir une clause sur ce lot.")
    record("clause.opened", about=clause, by=by, at=at, hours_due=str(clause.hours_due))
    return clause


def why_not_change(clause: Clause) -> list[str]:
    """The reasons that keep a clause from being edited or shared anew; none means that it can be."""
    return [] if clause.status == Clause.Status.DRAFT else [SETTLED]


@transaction.atomic
def revise_clause(clause: Clause, *, terms: Terms, revision: int, by: Actor, at: datetime) -> None:
    """Replace what a draft says. `revision` is the one that was read: a draft changed since then is refused.

    The shares stay; the hours of each company follow.
    """
    if reasons := why_not_change(clause):
        raise Refused(*reasons)
    before = clause.hours_due
    _change(clause, revision, **terms.columns())
    for commitment, hours in _split(clause, list(clause.commitments.order_by("pk"))):
        Commitment.objects.filter(pk=commitment.pk).update(
            hours_due=hours, penalty_rate=clause.penalty_rate, period=clause.execution
        )
    record(
        "clause.revised",
        about=clause,
        by=by,
        at=at,
        hours_due=str(clause.hours_due),
        hours_due_before=str(before),
    )


def why_not_share(clause: Clause, parts: Sequence[Part]) -> list[str]:
    """The reasons that keep a clause from being shared so; none means that it can be."""
    if reasons := why_not_change(clause):
        return reasons
    if not parts:
        return ["Indiquez au moins une entreprise."]
    reasons = []
    if len({part.company.pk for part in parts}) < len(parts):
        reasons.append("Une entreprise est écrite deux fois.")
    if len(parts) > 1 and [part.role for part in parts].count(MemberRole.MANDATAIRE) != 1:
        reasons.append("Désignez un mandataire, et un seul\u00a0: il est le contact unique de la clause.")
    if any(not part.share for part in parts):
        reasons.append("Une entreprise sans part n’a pas d’engagement\u00a0: retirez-la, ou écrivez sa part.")
    total = sum(part.share for part in parts)
    if total != 1:
        gap = french.percent(abs(1 - total))
        sense = "Il manque" if total < 1 else "Il y a trop\u00a0:"
        reasons.append(f"Les parts doivent faire 100\u00a0% ensemble. {sense} {gap}.")
    return reasons


@transaction.atomic
def share_clause(
    clause: Clause, *, parts: Sequence[Part], revision: int, by: Actor, at: datetime
) -> list[Commitment]:
    """Say which companies owe the clause, and in what part; their hours sum to the clause's, exactly."""
    if reasons := why_not_share(clause, parts):
        raise Refused(*reasons)
    _change(clause, revision)
    try:
        clause.commitments.exclude(company__in=[part.company for part in parts]).delete()
    except ProtectedError:
        raise Refused("Une entreprise retirée a déjà une fiche de poste\u00a0: fermez-la d’abord.")
    leads = [part.company for part in parts if part.role == MemberRole.MANDATAIRE]
    before = clause.commitments.filter(role=MemberRole.MANDATAIRE).exclude(company__in=leads)
    before.update(role=MemberRole.COTRAITANT)  # the clause never has two of them
    known = {commitment.company_id: commitment for commitment in clause.commitments.all()}
    shared = [
        Commitment(
            pk=known[part.company.pk].pk if part.company.pk in known else None,
            service_id=clause.service_id,
            clause=clause,
            company=part.company,
            role=part.role,
            share=part.share,
            penalty_rate=clause.penalty_rate,
            period=clause.execution,
        )
        for part in parts
    ]
    for commitment, hours in _split(clause, shared):
        commitment.hours_due = hours
        commitment.save()
    record("clause.shared", about=clause, by=by, at=at, companies=[part.company.pk for part in parts])
    return shared


def why_not_validate(clause: Clause) -> list[str]:
    """The reasons that keep a clause from being validated; none means that it can be."""
    if clause.status != Clause.Status.DRAFT:
        return ["Cette clause est déjà validée."]
    reasons = []
    if clause.owes_actions:
        if not clause.actions_due:
            reasons.append("Le nombre d’actions est à zéro.")
    elif not clause.hours_due and not clause.follows_invoices:
        reasons.append("Les heures dues sont à zéro.")
    if clause.execution.upper is None:
        reasons.append(
            "La fin de l’exécution n’est pas écrite\u00a0: sans elle, rien ne dit où en être chaque jour."
        )
    commitments = list(clause.commitments.all())
    if not commitments:
        reasons.append("Aucune entreprise ne porte encore la clause.")
    elif sum(commitment.hours_due for commitment in commitments) != clause.hours_due:
        reasons.append("Les heures des entreprises ne font pas ensemble les heures dues.")
    return reasons


@transaction.atomic
def validate_clause(clause: Clause, *, revision: int, by: Actor, at: datetime) -> None:
    """Settle a draft: from now on buyer and companies see it, and only an amendment changes it.

    When its execution has already begun it is running at once; otherwise it waits for its first day
    (see `start_clauses`). `revision` is the one that was read.
    """
    if reasons := why_not_validate(clause):
        raise Refused(*reasons)
    _change(clause, revision, status=Clause.Status.VALIDATED, validated_at=at)
    record("clause.validated", about=clause, by=by, at=at, hours_due=str(clause.hours_due))
    if clause.execution.lower <= localtime(at).date():
        _start(clause, by=by, at=at)
    tell_companies_of_clause(clause)


@transaction.atomic
def start_clauses(*, by: Actor, at: datetime) -> int:
    """Set running the validated clauses of the actor's service whose execution has begun; says how many."""
    begun = Clause.objects.filter(
        service=by.organisation,
        status=Clause.Status.VALIDATED,
        execution__startswith__lte=localtime(at).date(),
    )
    return sum(_start(clause, by=by, at=at) for clause in begun)


def _start(clause: Clause, *, by: Actor, at: datetime) -> bool:
    waiting = Clause.objects.filter(pk=clause.pk, status=Clause.Status.VALIDATED)
    if not waiting.update(status=Clause.Status.RUNNING):
        return False
    clause.status = Clause.Status.RUNNING
    record("clause.started", about=clause, by=by, at=at)
    return True


def _change(clause: Clause, revision: int, **columns: Any) -> None:
    # The draft changes only if it still is what its author read: of two people at once, one wins.
    rows = Clause.objects.filter(pk=clause.pk, status=Clause.Status.DRAFT, revision=revision)
    if not rows.update(**columns, revision=F("revision") + 1):
        clause.refresh_from_db()
        raise Refused(CHANGED if clause.status == Clause.Status.DRAFT else SETTLED)
    clause.refresh_from_db()


def _split(clause: Clause, commitments: Sequence[Commitment]) -> list[tuple[Commitment, Decimal]]:
    if clause.owes_actions:
        return [(commitment, Decimal(0)) for commitment in commitments]
    if not commitments:
        return []
    shares = [Share(str(commitment.company_id), commitment.share) for commitment in commitments]
    due = hours_due(sizing_of(clause), rounding=clause.rounding, shares=shares)
    return [(commitment, part.hours) for commitment, part in zip(commitments, due.commitments, strict=True)]
