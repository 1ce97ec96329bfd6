"""A subcontractor declared by a company: it holds no hours before the facilitator validates it."""

from datetime import datetime

from django.db import IntegrityError, transaction

from uneplace.contracts.models import Clause, Commitment, MemberRole, Subcontracting
from uneplace.journal.actions import record
from uneplace.kit.refused import Refused
from uneplace.organisations.actor import Actor
from uneplace.organisations.models import Organisation

from . import group_mails as mails
from .transfers import hold, why_not_between_partners

Status = Subcontracting.Status
ANSWERED = "Quelqu’un d’autre vient de répondre sur cette sous-traitance."


def why_not_declare(principal: Commitment) -> list[str]:
    """The reasons that keep a company from declaring a subcontractor; none means that it can."""
    if principal.role == MemberRole.SOUS_TRAITANT:
        return [f"{principal.company} est elle-même sous-traitante sur cette clause."]
    return why_not_between_partners(principal.clause)


def _why_not_this_one(principal: Commitment, company: Organisation) -> list[str]:
    clause = principal.clause
    if Commitment.objects.filter(clause=clause, company=company).exists():
        return [f"{company} est déjà une entreprise de cette clause."]
    declared = Subcontracting.objects.filter(clause=clause, company=company, status=Status.DECLARED)
    return [f"{company} est déjà déclarée\u00a0: elle attend d’être validée."] if declared.exists() else []


@transaction.atomic
def declare_subcontractor(
    principal: Commitment, company: Organisation, *, work: str, by: Actor, at: datetime
) -> Subcontracting:
    """Declare who would do a part of the work; the facilitator is asked to validate it. Raises Refused."""
    hold(principal.clause)
    if reasons := why_not_declare(principal) or _why_not_this_one(principal, company):
        raise Refused(*reasons)
    try:
        with transaction.atomic():
            declared = Subcontracting.objects.create(
                service_id=principal.service_id,
                clause=principal.clause,
                principal=principal,
                company=company,
                work=work.strip(),
                declared_at=at,
                declared_by=by.user,
            )
    except IntegrityError:
        raise Refused(f"{company} est déjà déclarée sur cette clause.")
    record("subcontracting.declared", about=declared, by=by, at=at, clause=declared.clause_id)
    mails.ask_service_of_subcontractor(declared)
    return declared


def why_not_refuse(declared: Subcontracting) -> list[str]:
    """The reasons that keep the facilitator from refusing; none means that it can, on any clause."""
    if declared.status != Status.DECLARED:
        word = declared.get_status_display().lower()
        return [f"Cette sous-traitance est déjà {word}."]
    return []


def why_not_validate(declared: Subcontracting) -> list[str]:
    """The reasons that keep it from becoming a member of the clause; none means that it can."""
    return why_not_refuse(declared) or why_not_between_partners(declared.clause) or _why_not_member(declared)


@transaction.atomic
def validate_subcontractor(declared: Subcontracting, *, by: Actor, at: datetime) -> Commitment:
    """The facilitator validates: the subcontractor becomes a member, which owes nothing by itself and may
    receive hours from who declared it. Raises Refused."""
    held = _held(declared)
    if reasons := why_not_validate(held):
        raise Refused(*reasons)
    principal = held.principal
    commitment = Commitment.objects.create(
        service_id=held.service_id,
        clause=held.clause,
        company=held.company,
        role=MemberRole.SOUS_TRAITANT,
        share=0,
        hours_due=0,
        penalty_rate=principal.penalty_rate,
        period=principal.period,
    )
    _move(declared, Status.VALIDATED, commitment=commitment, decided_at=at, decided_by=by.user)
    record("subcontracting.validated", about=declared, by=by, at=at, clause=declared.clause_id)
    mails.tell_of_subcontractor(declared)
    return commitment


def _why_not_member(held: Subcontracting) -> list[str]:
    # It may have been given a part of the clause since it was declared.
    if Commitment.objects.filter(clause=held.clause, company=held.company).exists():
        return [f"{held.company} est déjà une entreprise de cette clause."]
    return []


@transaction.atomic
def refuse_subcontractor(declared: Subcontracting, *, reason: str, by: Actor, at: datetime) -> None:
    """The facilitator refuses, and says why. Raises Refused."""
    held = _held(declared)
    if reasons := why_not_refuse(held):
        raise Refused(*reasons)
    if not reason.strip():
        raise Refused("Écrivez pourquoi.")
    _move(declared, Status.REFUSED, reason=reason.strip(), decided_at=at, decided_by=by.user)
    record("subcontracting.refused", about=declared, by=by, at=at, clause=declared.clause_id)
    mails.tell_of_subcontractor(declared)


@transaction.atomic
def withdraw_subcontractor(declared: Subcontracting, *, by: Actor, at: datetime) -> None:
    """Who declared it takes it back before it is validated. Raises Refused."""
    held = _held(declared)
    if held.status != Status.DECLARED:
        raise Refused(ANSWERED)
    _move(declared, Status.WITHDRAWN, decided_at=at, decided_by=by.user)
    record("subcontracting.withdrawn", about=declared, by=by, at=at, clause=declared.clause_id)


def _held(declared: Subcontracting) -> Subcontracting:
    Clause.objects.select_for_update(no_key=True).get(pk=declared.clause_id)
    return Subcontracting.objects.select_related("clause", "principal__company", "company").get(
        pk=declared.pk
    )


def _move(declared: Subcontracting, status: str, **changes) -> None:
    if not Subcontracting.objects.filter(pk=declared.pk, status=Status.DECLARED).update(
        status=status, **changes
    ):
        raise Refused(ANSWERED)
    for name, value in {"status": status, **changes}.items():
        setattr(declared, name, value)
