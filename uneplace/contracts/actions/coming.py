"""A coming contract from the buyer's request to its consultation: asked, changed, dropped, launched."""

from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.timezone import localtime

from uneplace.contracts import mails
from uneplace.contracts.models import ComingContract
from uneplace.contracts.presets import starting_points
from uneplace.journal.actions import record
from uneplace.kit.refused import Refused
from uneplace.organisations.actor import Actor
from uneplace.organisations.models import Organisation
from uneplace.reference.models import Commune, CpvCode
from uneplace.rules.answer_day import answer_day
from uneplace.rules.explanation import as_json
from uneplace.rules.french import day
from uneplace.rules.social_condition import social_condition

Status = ComingContract.Status
CHANGED = (
    "Quelqu’un d’autre vient de modifier ce marché à venir. "
    "Relisez-le\u00a0: ce que vous avez écrit est encore dans le formulaire."
)
NO_DEROGATION = (
    "Lancée ce jour-là, la consultation doit comporter une condition sociale, et la réponse du service est "
    "«\u00a0pas de clause\u00a0» sans dérogation\u00a0: demandez-lui de la revoir."
)


@dataclass(frozen=True, kw_only=True)
class Request:
    """What a buyer says of the contract that it prepares. The names are those of `ComingContract`."""

    object: str
    kind: str
    estimated_amount: Decimal
    consultation_on: date
    cpv: CpvCode | None = None
    starts_on: date | None = None
    duration_months: int | None = None
    commune: Commune | None = None

    def columns(self) -> dict[str, Any]:
        """The values of the columns, with what the law says of such a contract and why."""
        kept = {field.name: getattr(self, field.name) for field in fields(self)}
        condition = social_condition(
            kind=self.kind, estimated_amount=self.estimated_amount, consultation_on=self.consultation_on
        )
        return kept | {
            "social_condition": condition.compulsory,
            "condition_explanation": as_json(condition.explanation),
        }


def why_not_ask(*, service: Organisation, by: Actor) -> list[str]:
    """The reasons that keep a clause from being asked of this service; none means that it can be."""
    if service.pk not in by.services:
        return [f"{service} n’a pas encore admis votre organisation\u00a0: demandez-lui de le faire."]
    return []


@transaction.atomic
def ask_clause(
    *, service: Organisation, buyer: Organisation, request: Request, by: Actor, at: datetime
) -> ComingContract:
    """Ask the service for a clause on a coming contract; a facilitator may type it for a buyer.

    The service is told of what a buyer asks; the last day to answer is computed and kept with its reasons.
    """
    if reasons := why_not_ask(service=service, by=by):
        raise Refused(*reasons)
    if request.consultation_on < localtime(at).date():
        raise Refused("Cette consultation est passée\u00a0: indiquez le jour prévu de celle à venir.")
    coming = ComingContract.objects.create(
        service=service,
        buyer=buyer,
        typed_by_service=not by.stands_for(buyer.pk),
        **request.columns(),
        **_asked(service, by, at),
    )
    record("coming_contract.asked", about=coming, by=by, at=at, social_condition=coming.social_condition)
    if not coming.typed_by_service:
        mails.tell_service_of_request(coming)
    return coming


def _asked(service: Organisation, by: Actor, at: datetime) -> dict[str, Any]:
    on = localtime(at).date()
    zone = starting_points(service, on=on)[0].values["holiday_zone"]
    limit = answer_day(on, holiday_zone=zone)
    return {
        "asked_by": by.user,
        "asked_at": at,
        "answer_before": limit.day,
        "delay_explanation": as_json(limit.explanation),
    }


def why_not_change_request(coming: ComingContract) -> list[str]:
    """The reasons that keep what was asked from being changed; none means that it can be."""
    if coming.status in (Status.ASKED, Status.ANSWERED):
        return []
    return [f"Ce marché à venir est «\u00a0{coming.get_status_display()}\u00a0»\u00a0: il ne change plus."]


@transaction.atomic
def change_request(
    coming: ComingContract, *, request: Request, revision: int, by: Actor, at: datetime
) -> None:
    """Change what was asked. Once answered, the service is asked again, with a new day to answer.

    The former answer is then no answer any more; what it was made of is kept to start the next from.
    """
    if reasons := why_not_change_request(coming):
        raise Refused(*reasons)
    columns = request.columns()
    if coming.status == Status.ASKED:
        move(coming, revision, source=Status.ASKED, **columns)
        record("coming_contract.changed", about=coming, by=by, at=at)
        return
    forgotten = {"answer": "", "answered_at": None, "answered_by": None}
    move(
        coming,
        revision,
        source=Status.ANSWERED,
        status=Status.ASKED,
        **columns,
        **forgotten,
        **_asked(coming.service, by, at),
    )
    record("coming_contract.asked_again", about=coming, by=by, at=at)
    if by.stands_for(coming.buyer_id):
        mails.tell_service_of_request(coming)


def why_not_drop(coming: ComingContract) -> list[str]:
    """The reasons that keep it from being dropped; none means that it can be."""
    if coming.status == Status.AWARDED:
        return ["Ce marché est attribué\u00a0: il ne s’abandonne plus ici."]
    if coming.status == Status.DROPPED:
        return ["Ce marché à venir est déjà sans suite."]
    return []


@transaction.atomic
def drop_coming(coming: ComingContract, *, reason: str, revision: int, by: Actor, at: datetime) -> None:
    """Say that the contract will not be, and why; the other party is told."""
    if reasons := why_not_drop(coming):
        raise Refused(*reasons)
    move(coming, revision, source=coming.status, status=Status.DROPPED, dropped_reason=reason)
    record("coming_contract.dropped", about=coming, by=by, at=at, reason=reason)
    mails.tell_of_drop(coming, by=by)


def why_not_launch(coming: ComingContract) -> list[str]:
    """The reasons that keep its consultation from being said launched; none means that it can be."""
    if coming.status == Status.ASKED:
        return ["Le service n’a pas encore répondu\u00a0: la clause n’est pas connue."]
    if coming.status != Status.ANSWERED:
        return [
            f"Ce marché à venir est «\u00a0{coming.get_status_display()}\u00a0»\u00a0: "
            "sa consultation ne se lance plus."
        ]
    return []


@transaction.atomic
def launch_consultation(coming: ComingContract, *, on: date, revision: int, by: Actor, at: datetime) -> None:
    """Say that the consultation was launched, on its true day: what the law asks is computed for that day."""
    if reasons := why_not_launch(coming):
        raise Refused(*reasons)
    if on > localtime(at).date():
        raise Refused("Ce jour n’est pas encore venu\u00a0: dites-le quand la consultation sera lancée.")
    if on < (asked := localtime(coming.asked_at).date()):
        raise Refused(f"La clause a été demandée le {day(asked)}\u00a0: la consultation vient après.")
    condition = social_condition(
        kind=coming.kind, estimated_amount=coming.estimated_amount, consultation_on=on
    )
    if condition.compulsory and not coming.holds_clause and not coming.derogation:
        raise Refused(NO_DEROGATION)
    move(
        coming,
        revision,
        source=Status.ANSWERED,
        status=Status.PUBLISHED,
        consultation_on=on,
        social_condition=condition.compulsory,
        condition_explanation=as_json(condition.explanation),
    )
    record("coming_contract.launched", about=coming, by=by, at=at, on=on.isoformat())


def move(coming: ComingContract, revision: int, *, source: str, **columns: Any) -> None:
    """Change a coming contract that still is as it was read; of two people at once, one wins."""
    rows = ComingContract.objects.filter(pk=coming.pk, status=source, revision=revision)
    changed = rows.update(**columns, revision=F("revision") + 1)
    coming.refresh_from_db()
    if not changed:
        raise Refused(CHANGED)
