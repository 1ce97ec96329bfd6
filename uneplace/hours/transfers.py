"""Hours that one company of a clause has done by another: proposed, agreed, validated by the service.

Each act holds the clause first, as whoever validates hours does: what is already done cannot move meanwhile.
"""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from uneplace.contracts.models import Clause, Commitment, MemberRole, Transfer
from uneplace.journal.actions import record
from uneplace.kit.refused import Refused
from uneplace.organisations.actor import Actor
from uneplace.rules import french
from uneplace.rules.partners import Entrusted, Member, Standing, done_for, standings, taken_back

from . import group_mails as mails
from .group import counted_by, entrusted_on, received_of
from .perms import represented

Status = Transfer.Status
ZERO = Decimal("0.00")
UNDER_WAY = (Clause.Status.VALIDATED, Clause.Status.RUNNING)
ANSWERED = "Quelqu’un d’autre vient de répondre sur ce transfert. Relisez-le avant de recommencer."
ENDED = "Ce transfert est terminé\u00a0: il ne change plus. Un transfert inverse le défait."


def why_not_between_partners(clause: Clause) -> list[str]:
    """The reasons that keep its companies from arranging who does the hours; none means that they can."""
    if clause.owes_actions:
        return [
            "Cette clause compte des actions, que ses entreprises doivent ensemble\u00a0: rien ne se confie."
        ]
    if clause.status == Clause.Status.DRAFT:
        return ["La clause est encore un brouillon\u00a0: le partage se change dans «\u00a0Répartir\u00a0»."]
    if clause.status not in UNDER_WAY:
        word = clause.get_status_display()
        return [f"La clause est «\u00a0{word}\u00a0»\u00a0: plus aucune heure ne s’y confie."]
    return []


def why_not_propose(
    owner: Commitment, partner: Commitment, *, hours: Decimal, way: str = Transfer.Way.GIVEN
) -> list[str]:
    """The reasons that keep these hours from moving between two companies; none means that they can."""
    if reasons := why_not_between_partners(owner.clause):
        return reasons
    if owner.pk == partner.pk:
        return ["Choisissez deux entreprises différentes."]
    if owner.clause_id != partner.clause_id:
        return ["Ces deux entreprises ne sont pas sur la même clause."]
    if owner.role == MemberRole.SOUS_TRAITANT:
        return [f"{owner.company} est sous-traitante\u00a0: c’est son donneur d’ordre qui confie des heures."]
    declared = getattr(partner, "subcontracting", None)
    if declared and declared.principal_id != owner.pk:
        return [
            f"{partner.company} est la sous-traitante de {declared.principal.company}, "
            "qui seule lui confie des heures."
        ]
    if hours <= 0:
        return ["Écrivez combien d’heures, par exemple 35."]
    most = movable(owner, partner, way=way)
    if hours <= most:
        return []
    if way == Transfer.Way.BACK:
        return [
            f"{partner.company} n’a plus que {french.hours(most)} à réaliser pour {owner.company}\u00a0: "
            "ce qui est fait ou à valider ne se déplace pas."
        ]
    return [
        f"{owner.company} n’a plus que {french.hours(most)} de sa part à réaliser\u00a0: ce qui est fait, "
        "à valider ou déjà confié ne se déplace pas."
    ]


def why_not_by(member: Commitment, owner: Commitment, partner: Commitment, *, way: str) -> list[str]:
    """The reasons that keep this very company from proposing it; none means that it can."""
    if member.pk == owner.pk or member.role == MemberRole.MANDATAIRE:
        return []
    if way == Transfer.Way.BACK and member.pk == partner.pk:
        return []
    return [f"Seule {owner.company}, ou le mandataire, dispose des heures de cette part."]


def movable(owner: Commitment, partner: Commitment, *, way: str = Transfer.Way.GIVEN) -> Decimal:
    """The most hours of its share that a company may entrust to another, or take back from it.

    Hours done, or received and not validated yet, stay where they are.
    """
    members, entrusted = _members(owner.clause)
    if way == Transfer.Way.BACK:
        held = sum(
            (one.hours for one in entrusted if (one.owner, one.partner) == (owner.pk, partner.pk)), ZERO
        )
        return held - done_for(owner.pk, members, entrusted).get(partner.pk, ZERO)
    stands: Standing = standings(members, entrusted)[owner.pk]
    return max(stands.due - stands.given - max(stands.done, ZERO), ZERO)


def _members(clause: Clause) -> tuple[list[Member], list[Entrusted]]:
    """What each company has done, hours to validate included, and what is entrusted."""
    rows = list(Commitment.objects.filter(clause=clause).values_list("pk", "hours_due"))
    counted = counted_by(pk for pk, _ in rows)
    received = received_of(pk for pk, _ in rows)
    members = [Member(pk, due, counted.get(pk, ZERO) + received.get(pk, ZERO)) for pk, due in rows]
    return members, entrusted_on([clause.pk]).get(clause.pk, [])


@transaction.atomic
def propose_transfer(
    owner: Commitment,
    partner: Commitment,
    *,
    hours: Decimal,
    way: str = Transfer.Way.GIVEN,
    note: str = "",
    member: Commitment,
    by: Actor,
    at: datetime,
) -> Transfer:
    """Propose that hours of one company's share be done by another, or come back to it. Raises Refused.

    `member` is the company that proposes; whoever of the two it is has agreed thereby. The others are asked.
    """
    hold(owner.clause)
    owner, partner = (_fresh(one.pk) for one in (owner, partner))
    reasons = why_not_by(member, owner, partner, way=way)
    if reasons := reasons or why_not_propose(owner, partner, hours=hours, way=way):
        raise Refused(*reasons)
    transfer = Transfer.objects.create(
        service_id=owner.service_id,
        clause=owner.clause,
        owner=owner,
        partner=partner,
        way=way,
        hours=hours,
        note=note.strip(),
        proposed_at=at,
        proposed_by=by.user,
        proposed_for=member,
        owner_agreed_at=at if member.pk == owner.pk else None,
        partner_agreed_at=at if member.pk == partner.pk else None,
    )
    _record("transfer.proposed", transfer, by, at, hours=str(hours), way=way)
    mails.ask_companies(transfer)
    return transfer


def why_not_decline(transfer: Transfer) -> list[str]:
    """The reasons that keep a company from declining; none means that it can, on any clause."""
    if not transfer.is_open:
        return [ENDED]
    if transfer.status != Status.PROPOSED:
        return ["Les deux entreprises ont accepté\u00a0: le service facilitateur a la main."]
    return []


def why_not_agree(transfer: Transfer) -> list[str]:
    """The reasons that keep a company from accepting; none means that it can."""
    return why_not_decline(transfer) or why_not_between_partners(transfer.clause)


@transaction.atomic
def agree_to_transfer(transfer: Transfer, *, member: Commitment, by: Actor, at: datetime) -> None:
    """One of the two companies accepts; once both have, the facilitator is asked. Raises Refused."""
    held = _held(transfer)
    if reasons := why_not_agree(held):
        raise Refused(*reasons)
    if member not in held.awaited:
        raise Refused(ANSWERED)
    side = "owner_agreed_at" if member.pk == held.owner_id else "partner_agreed_at"
    done = len(held.awaited) == 1
    _move(transfer, held, Status.AGREED if done else Status.PROPOSED, **{side: at})
    _record("transfer.accepted", transfer, by, at, on_behalf_of=represented(by, member.company))
    if done:
        mails.ask_service(transfer)


@transaction.atomic
def decline_transfer(transfer: Transfer, *, member: Commitment, reason: str, by: Actor, at: datetime) -> None:
    """One of the two companies does not want it, and says why. Raises Refused."""
    held = _held(transfer)
    if reasons := why_not_decline(held):
        raise Refused(*reasons)
    if member not in held.awaited:
        raise Refused(ANSWERED)
    _end(transfer, held, Status.DECLINED, reason, by, at)
    _record("transfer.declined", transfer, by, at, on_behalf_of=represented(by, member.company))
    mails.tell_companies(transfer)


def why_not_refuse(transfer: Transfer) -> list[str]:
    """The reasons that keep the facilitator from refusing; none means that it can, on any clause."""
    if not transfer.is_open:
        return [ENDED]
    if transfer.status != Status.AGREED:
        names = french.listed([str(one.company) for one in transfer.awaited])
        return [
            f"{names} n’a pas encore accepté."
            if len(transfer.awaited) == 1
            else f"{names} n’ont pas encore accepté."
        ]
    return []


def why_not_validate(transfer: Transfer) -> list[str]:
    """The reasons that keep it from taking effect now: hours done since it was proposed, for instance."""
    return why_not_refuse(transfer) or why_not_propose(
        transfer.owner, transfer.partner, hours=transfer.hours, way=transfer.way
    )


@transaction.atomic
def validate_transfer(transfer: Transfer, *, by: Actor, at: datetime) -> None:
    """The facilitator validates: from now on the other company does these hours; who owes them goes on
    answering for them. Raises Refused when they are no longer to be done."""
    held = _held(transfer)
    if reasons := why_not_validate(held):
        raise Refused(*reasons)
    _move(transfer, held, Status.VALIDATED, decided_at=at, decided_by=by.user)
    _record("transfer.validated", transfer, by, at, hours=str(transfer.hours), way=transfer.way)
    mails.tell_companies(transfer)


@transaction.atomic
def refuse_transfer(transfer: Transfer, *, reason: str, by: Actor, at: datetime) -> None:
    """The facilitator refuses, and says why. Raises Refused."""
    held = _held(transfer)
    if reasons := why_not_refuse(held):
        raise Refused(*reasons)
    _end(transfer, held, Status.REFUSED, reason, by, at)
    _record("transfer.refused", transfer, by, at)
    mails.tell_companies(transfer)


@transaction.atomic
def withdraw_transfer(transfer: Transfer, *, by: Actor, at: datetime) -> None:
    """Who proposed it takes it back, before anything moved. Raises Refused."""
    held = _held(transfer)
    if not held.is_open:
        raise Refused(ENDED)
    _move(transfer, held, Status.WITHDRAWN, decided_at=at, decided_by=by.user)
    _record("transfer.withdrawn", transfer, by, at)
    mails.tell_companies(transfer)


def take_back_excess(clause: Clause, *, act: str, by: Actor, at: datetime) -> list[Transfer]:
    """Bring back hours entrusted by a company that owes fewer of them since an act, and tell the companies;
    the caller holds the clause. What partners have already done goes last."""
    if not entrusted_on([clause.pk]):
        return []
    members, entrusted = _members(clause)
    due = {one.id: one.due for one in members}
    made = []
    for owner in dict.fromkeys(held.owner for held in entrusted):
        given = sum((held.hours for held in entrusted if held.owner == owner), ZERO)
        back = taken_back(owner, max(given - due[owner], ZERO), members, entrusted)
        for partner, hours in back.items():
            transfer = Transfer.objects.create(
                service_id=clause.service_id,
                clause=clause,
                owner_id=owner,
                partner_id=partner,
                way=Transfer.Way.BACK,
                hours=hours,
                status=Status.VALIDATED,
                proposed_at=at,
                decided_at=at,
                decided_by=by.user,
                act=act[:120],
            )
            _record("transfer.brought_back", transfer, by, at, hours=str(hours))
            mails.tell_of_hours_back(transfer)
            made.append(transfer)
    return made


def hold(clause: Clause) -> Clause:
    """Keep a clause as it is until the end of the transaction: hours, transfers and shares alike."""
    held = Clause.objects.select_for_update(no_key=True).get(pk=clause.pk)
    if reasons := why_not_between_partners(held):
        raise Refused(*reasons)
    return held


def _held(transfer: Transfer) -> Transfer:
    Clause.objects.select_for_update(no_key=True).get(pk=transfer.clause_id)
    return Transfer.objects.select_related(
        "clause", *WITH_COMPANIES, "partner__subcontracting__principal__company"
    ).get(pk=transfer.pk)


WITH_COMPANIES: Sequence[str] = (
    "owner__company",
    "owner__clause",
    "partner__company",
    "partner__clause",
    "proposed_for__company",
)


def _fresh(pk: int) -> Commitment:
    return Commitment.objects.select_related("company", "clause", "subcontracting__principal__company").get(
        pk=pk
    )


def _end(transfer: Transfer, held: Transfer, status: str, reason: str, by: Actor, at: datetime) -> None:
    if not reason.strip():
        raise Refused("Écrivez pourquoi.")
    _move(transfer, held, status, reason=reason.strip(), decided_at=at, decided_by=by.user)


def _move(transfer: Transfer, held: Transfer, status: str, **changes: Any) -> None:
    # The transfer moves only if it still is where its reader saw it.
    if held.status != transfer.status:
        raise Refused(ANSWERED)
    Transfer.objects.filter(pk=held.pk).update(status=status, **changes)
    for name, value in {"status": status, **changes}.items():
        setattr(transfer, name, value)


def _record(verb: str, transfer: Transfer, by: Actor, at: datetime, **details: Any) -> None:
    record(verb, about=transfer, by=by, at=at, clause=transfer.clause_id, **details)
