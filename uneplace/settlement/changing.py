"""Acts that change a settled duty: amendments and suspensions, orders and invoices, actions done."""

import logging
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.timezone import localtime

from uneplace.contracts.models import ActionDone, Clause, Commitment, DutyChange, Invoice, Order
from uneplace.contracts.queries import UNDER_WAY
from uneplace.journal.actions import record
from uneplace.kit.refused import Refused
from uneplace.organisations.actor import Actor
from uneplace.rules.errors import FactError
from uneplace.rules.french import day

from . import mails
from .resizing import resize, rule_answer

logger = logging.getLogger(__name__)

Status = Clause.Status
CHANGED = (
    "Quelqu’un d’autre vient de changer cette clause. "
    "Relisez-la\u00a0: ce que vous avez écrit est encore dans le formulaire."
)
NOT_YET = "Cette date n’est pas encore passée."


def why_not_change_duty(clause: Clause) -> list[str]:
    """The reasons that keep what a clause owes from being changed by an act; none means that it can be."""
    if clause.status == Status.DRAFT:
        return ["La clause est encore un brouillon\u00a0: modifiez-la directement."]
    if clause.status not in UNDER_WAY:
        word = clause.get_status_display()
        return [f"La clause est «\u00a0{word}\u00a0»\u00a0: ce qu’elle doit ne change plus."]
    return []


def why_not_this_change(clause: Clause, change: DutyChange, *, on: date) -> list[str]:
    """What the rule finds wrong in an act, on its day or on that of an act still to come; none means nothing.

    An act may be sound alone and leave another, already recorded, without an answer on its own day.
    """
    to_come = {one.on: str(one) for one in clause.dutychanges.all() if one.on > max(on, change.on)}
    try:
        rule_answer(clause, on=max(on, change.on), more=[change.event])
    except FactError as error:
        return [str(error)]
    for its_day, act in sorted(to_come.items()):
        try:
            rule_answer(clause, on=its_day, more=[change.event])
        except FactError as error:
            return [f"Avec «\u00a0{act}\u00a0», qui prend effet le {day(its_day)}\u00a0: {error}"]
    return []


@transaction.atomic
def change_duty(
    clause: Clause,
    *,
    kind: str,
    on: date,
    act: str,
    inputs: Mapping[str, Any],
    until: date | None = None,
    revision: int,
    by: Actor,
    at: datetime,
) -> DutyChange:
    """Record an act that changes what a clause owes, from its day: at once, or the night it comes.

    `inputs` are the new values, by name, as they are kept; `until` is the last day of a suspension;
    `revision` is the one that was read. Hours already validated are kept: see `resizing.py`. Raises Refused.
    """
    today = localtime(at).date()
    clause = _held(clause, revision)
    if on < clause.execution.lower:
        raise Refused(
            f"L’exécution commence le {day(clause.execution.lower)}\u00a0: écrivez ce jour, ou après."
        )
    if kind != DutyChange.Kind.SUSPENSION and not inputs:
        raise Refused("Rien ne change\u00a0: écrivez la nouvelle valeur.")
    if kind == DutyChange.Kind.SUSPENSION and (until is None or until < on):
        raise Refused("Indiquez le dernier jour de la suspension, après le premier.")
    change = DutyChange(
        service_id=clause.service_id,
        clause=clause,
        kind=kind,
        on=on,
        until=until if kind == DutyChange.Kind.SUSPENSION else None,
        act=act,
        inputs=dict(inputs),
        recorded_by=by.user,
        recorded_at=at,
    )
    if reasons := why_not_this_change(clause, change, on=today):
        raise Refused(*reasons)
    change.save()
    record("clause.duty_changed", about=clause, by=by, at=at, kind=kind, on=on.isoformat(), act=act)
    before = clause.hours_due
    resize(clause, by=by, at=at)
    change.refresh_from_db()
    if change.applied_at and clause.hours_due != before:
        mails.tell_companies_of_new_hours(clause, act=str(change), on=change.on)
    _keep_pace(clause, by=by, at=at)
    return change


@transaction.atomic
def record_entry(
    clause: Clause,
    *,
    model: type[Order] | type[Invoice],
    on: date,
    amount: Decimal,
    reference: str,
    by: Actor,
    at: datetime,
) -> Order | Invoice:
    """Record an order or an invoice; a credit note is a negative amount. The hours follow at once."""
    clause = _held(clause)
    reasons = why_not_record_entry(clause)
    if on > localtime(at).date():
        reasons.append(NOT_YET)
    if not amount:
        reasons.append("Écrivez un montant, négatif pour un avoir.")
    if model.objects.filter(clause=clause, reference=reference, on=on, amount=amount).exists():
        reasons.append("Cette ligne est déjà enregistrée\u00a0: même date, même montant, même référence.")
    if reasons:
        raise Refused(*reasons)
    entry = model.objects.create(
        service_id=clause.service_id,
        clause=clause,
        on=on,
        amount=amount,
        reference=reference,
        recorded_by=by.user,
        recorded_at=at,
    )
    verb = "clause.invoiced" if model is Invoice else "clause.ordered"
    record(verb, about=clause, by=by, at=at, amount=str(amount), on=on.isoformat(), reference=reference)
    resize(clause, by=by, at=at, act=_act_of_entry(entry))
    return entry


def _act_of_entry(entry: Order | Invoice) -> str:
    is_credit = isinstance(entry, Invoice) and entry.amount < 0
    name = f"avoir {entry.reference}" if is_credit else str(entry)
    return f"{name[:1].upper()}{name[1:]}, du {day(entry.on)}"


def why_not_record_entry(clause: Clause) -> list[str]:
    """The reasons that keep an order or an invoice from being recorded; none means that it can be."""
    if not clause.follows_invoices:
        return ["Les heures de cette clause ne suivent pas les factures."]
    return why_not_change_duty(clause)


@transaction.atomic
def record_action(
    commitment: Commitment, *, on: date, what: str, seen: str, by: Actor, at: datetime
) -> ActionDone:
    """Note that a company did one of the actions that the clause counts, and what was seen of it."""
    clause = _held(commitment.clause)
    reasons = why_not_record_action(clause)
    if on > localtime(at).date():
        reasons.append(NOT_YET)
    if reasons:
        raise Refused(*reasons)
    done = ActionDone.objects.create(
        service_id=clause.service_id,
        clause=clause,
        commitment=commitment,
        on=on,
        what=what,
        seen=seen,
        recorded_by=by.user,
        recorded_at=at,
    )
    record("clause.action_done", about=clause, by=by, at=at, company=commitment.company_id, on=on.isoformat())
    return done


def why_not_record_action(clause: Clause) -> list[str]:
    """The reasons that keep an action from being noted; none means that it can be."""
    if not clause.owes_actions:
        return ["Cette clause compte des heures, pas des actions."]
    return why_not_change_duty(clause)


@transaction.atomic
def apply_changes(*, by: Actor, at: datetime) -> int:
    """Apply what takes effect today in the actor's service, start and end suspensions; says how many clauses.

    A clause that somebody holds at that moment waits for its turn. One that fails is written in the log and
    keeps no other from being applied.
    """
    today = localtime(at).date()
    waiting = DutyChange.objects.filter(clause=OuterRef("pk"), applied_at=None, on__lte=today)
    pausing = _suspensions(today).filter(clause=OuterRef("pk"))
    clauses = Clause.objects.filter(service=by.organisation, status__in=UNDER_WAY).filter(
        Exists(waiting)
        | (Q(status=Status.SUSPENDED) & ~Exists(pausing))
        | (Q(status=Status.RUNNING) & Exists(pausing))
    )
    done = 0
    for clause in clauses.order_by("pk").select_for_update(no_key=True, of=("self",)):
        try:
            with transaction.atomic():
                _apply_to(clause, by=by, at=at)
        except Exception:
            logger.exception("the acts of clause %s could not be applied", clause.pk)
        else:
            done += 1
    return done


def _apply_to(clause: Clause, *, by: Actor, at: datetime) -> None:
    before = clause.hours_due
    due_today = list(clause.dutychanges.filter(applied_at=None, on__lte=localtime(at).date()))
    if due_today:
        resize(clause, by=by, at=at)
        if clause.hours_due != before:
            mails.tell_companies_of_new_hours(clause, act=str(due_today[-1]), on=due_today[-1].on)
    _keep_pace(clause, by=by, at=at)


def suspension_of(clause: Clause, *, on: date) -> DutyChange | None:
    """The suspension that runs that day."""
    return _suspensions(on).filter(clause=clause).last()


def _suspensions(on: date):
    return DutyChange.objects.filter(kind=DutyChange.Kind.SUSPENSION, on__lte=on, until__gte=on)


def _keep_pace(clause: Clause, *, by: Actor, at: datetime) -> None:
    """A running clause is suspended on the first day of its suspension, and runs again after the last."""
    is_suspended = suspension_of(clause, on=localtime(at).date()) is not None
    if is_suspended and clause.status == Status.RUNNING:
        _move(clause, Status.SUSPENDED)
        record("clause.suspended", about=clause, by=by, at=at)
    elif not is_suspended and clause.status == Status.SUSPENDED:
        _move(clause, Status.RUNNING)
        record("clause.resumed", about=clause, by=by, at=at)


def _move(clause: Clause, status: str) -> None:
    Clause.objects.filter(pk=clause.pk).update(status=status)
    clause.status = status


def _held(clause: Clause, revision: int | None = None) -> Clause:
    # Whoever validates hours holds the clause too (see `hold_clause`): what is kept is what is validated now.
    held = Clause.objects.select_for_update(no_key=True).get(pk=clause.pk)
    if reasons := why_not_change_duty(held):
        raise Refused(*reasons)
    if revision is not None and held.revision != revision:
        clause.refresh_from_db()
        raise Refused(CHANGED)
    return held
