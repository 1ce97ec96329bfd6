"""Contracts typed by hand, before any award data tells of them."""

from datetime import date, datetime
from decimal import Decimal

from django.db import IntegrityError, transaction

from uneplace.contracts.models import Contract, Lot
from uneplace.journal.actions import record
from uneplace.kit.refused import Refused
from uneplace.organisations.actor import Actor
from uneplace.organisations.models import Organisation

KNOWN = "Ce marché existe déjà\u00a0: cet acheteur a un marché de ce numéro."
LOT_KNOWN = "Ce marché a déjà un lot de ce numéro."


def why_not_type_contract(
    *, service: Organisation, buyer: Organisation, official_id: str | None
) -> list[str]:
    """The reasons that keep this contract from being typed; none means that it can be."""
    if (
        official_id
        and Contract.objects.filter(service=service, buyer=buyer, official_id=official_id).exists()
    ):
        return [KNOWN]
    return []


@transaction.atomic
def type_contract(
    *,
    buyer: Organisation,
    object: str,  # noqa: A002  the official name of the field, « objet »
    official_id: str | None = None,
    amount: Decimal | None = None,
    notified_on: date | None = None,
    duration_months: int | None = None,
    lot_number: int = 1,
    lot_title: str = "",
    lot_amount: Decimal | None = None,
    kind: str = Contract.Kind.MARCHE,
    cpv: str = "",
    place_code: str = "",
    place_name: str = "",
    service: Organisation | None = None,
    by: Actor,
    at: datetime,
) -> Contract:
    """Write a contract and its first lot in a service's file, the actor's own unless another is named.

    Amounts in euros before tax. A contract without lots has one, which bears its amount.
    """
    service = service or by.organisation
    if reasons := why_not_type_contract(service=service, buyer=buyer, official_id=official_id):
        raise Refused(*reasons)
    try:
        with transaction.atomic():
            contract = Contract.objects.create(
                service=service,
                buyer=buyer,
                official_id=official_id or None,
                object=object,
                amount=amount,
                notified_on=notified_on,
                duration_months=duration_months,
                kind=kind,
                cpv=cpv,
                place_code=place_code,
                place_name=place_name,
                created_at=at,
            )
    except IntegrityError:
        raise Refused(KNOWN)
    Lot.objects.create(
        service=service,
        contract=contract,
        number=lot_number,
        title=lot_title,
        amount=amount if lot_amount is None else lot_amount,
    )
    record("contract.typed", about=contract, by=by, at=at)
    return contract


def why_not_edit_contract(contract: Contract, *, buyer: Organisation, official_id: str | None) -> list[str]:
    """The reasons that keep this contract from being edited so; none means that it can be."""
    reasons = []
    if contract.source != Contract.Source.TYPED:
        reasons.append("Ce marché vient des données essentielles\u00a0: il change avec elles.")
    namesakes = Contract.objects.filter(service_id=contract.service_id, buyer=buyer, official_id=official_id)
    if official_id and namesakes.exclude(pk=contract.pk).exists():
        reasons.append(KNOWN)
    return reasons


@transaction.atomic
def edit_contract(
    contract: Contract,
    *,
    buyer: Organisation,
    object: str,  # noqa: A002  the official name of the field, « objet »
    official_id: str | None,
    amount: Decimal | None,
    notified_on: date | None,
    duration_months: int | None,
    by: Actor,
    at: datetime,
) -> None:
    """Correct a contract that was typed by hand; the journal keeps the names of what changed."""
    if reasons := why_not_edit_contract(contract, buyer=buyer, official_id=official_id):
        raise Refused(*reasons)
    facts = {
        "buyer": buyer,
        "object": object,
        "official_id": official_id or None,
        "amount": amount,
        "notified_on": notified_on,
        "duration_months": duration_months,
    }
    changed = [name for name, value in facts.items() if getattr(contract, name) != value]
    if not changed:
        return
    for name in changed:
        setattr(contract, name, facts[name])
    try:
        with transaction.atomic():
            contract.save(update_fields=changed)
    except IntegrityError:
        raise Refused(KNOWN)
    record("contract.edited", about=contract, by=by, at=at, changed=changed)


def why_not_add_lot(contract: Contract, *, number: int) -> list[str]:
    """The reasons that keep this lot from being added; none means that it can be."""
    return [LOT_KNOWN] if contract.lots.filter(number=number).exists() else []


@transaction.atomic
def add_lot(
    contract: Contract, *, number: int, title: str, amount: Decimal | None, by: Actor, at: datetime
) -> Lot:
    """Add a lot to a contract; award data do not tell of lots, so imported contracts get them here too."""
    if reasons := why_not_add_lot(contract, number=number):
        raise Refused(*reasons)
    try:
        with transaction.atomic():
            lot = Lot.objects.create(
                service_id=contract.service_id, contract=contract, number=number, title=title, amount=amount
            )
    except IntegrityError:
        raise Refused(LOT_KNOWN)
    record("lot.added", about=contract, by=by, at=at, number=number)
    return lot
