"""The service's answer on a coming contract: a clause with its sizing, or none with the reasons."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from uneplace.contracts import mails
from uneplace.contracts.actions.coming import Status, move
from uneplace.contracts.models import Clause, ComingContract
from uneplace.contracts.sizing import kept
from uneplace.journal.actions import record
from uneplace.kit.refused import Refused
from uneplace.organisations.actor import Actor
from uneplace.rules.explanation import as_json
from uneplace.rules.hours_due import HoursDue, Method, Rounding, hours_due

Choice = ComingContract.Answer


@dataclass(frozen=True, kw_only=True)
class ClauseAnswer:
    """The clause that the service proposes: device, sizing, and what the documents will say of it.

    Penalty in euros an hour; `criterion_weight` from 0 to 1; `accepted_grounds` None: every ground.
    """

    sizing: Method
    reasons: str
    rounding: str = Rounding.NONE
    device: str = Clause.Device.CLAUSE_EXEC
    penalty_rate: Decimal | None = None
    accepted_grounds: list[str] | None = None
    criterion_weight: Decimal | None = None

    @property
    def due(self) -> HoursDue:
        """The hours that it makes due, and why."""
        return hours_due(self.sizing, rounding=self.rounding)

    @property
    def owes_something(self) -> bool:
        """Whether it owes hours or actions, or will as invoices come."""
        due = self.due
        return bool(due.hours or due.actions) or self.sizing.code == Clause.Method.INVOICED

    def columns(self) -> dict[str, Any]:
        """The values of the columns of a coming contract."""
        due = self.due
        return {
            "answer": Choice.CLAUSE,
            "method": self.sizing.code,
            "inputs": kept(self.sizing),
            "rounding": self.rounding,
            "hours_due": due.hours,
            "actions_due": due.actions,
            "due_explanation": as_json(due.explanation),
            "device": self.device,
            "penalty_rate": self.penalty_rate,
            "accepted_grounds": self.accepted_grounds,
            "criterion_weight": self.criterion_weight,
            "reasons": self.reasons,
            "derogation": "",
            "derogation_detail": "",
        }


@dataclass(frozen=True, kw_only=True)
class NoClause:
    """No clause, and why; a derogation of the law's list with its story where a condition is compulsory."""

    reasons: str
    derogation: str = ""
    derogation_detail: str = ""

    def columns(self) -> dict[str, Any]:
        """The values of the columns of a coming contract: what an earlier answer sized is forgotten."""
        return {
            "answer": Choice.NO_CLAUSE,
            "reasons": self.reasons,
            "derogation": self.derogation,
            "derogation_detail": self.derogation_detail,
            "method": "",
            "inputs": {},
            "rounding": Rounding.NONE,
            "hours_due": None,
            "actions_due": None,
            "due_explanation": [],
            "device": "",
            "penalty_rate": None,
            "accepted_grounds": None,
            "criterion_weight": None,
        }


def why_not_answer(coming: ComingContract) -> list[str]:
    """The reasons that keep the service from answering, or from revising its answer."""
    if coming.status in (Status.ASKED, Status.ANSWERED):
        return []
    return [
        f"Ce marché à venir est «\u00a0{coming.get_status_display()}\u00a0»\u00a0: la réponse ne change plus."
    ]


def why_not_give(coming: ComingContract, answer: ClauseAnswer | NoClause) -> list[str]:
    """The reasons that keep this very answer from being given; none means that it can be."""
    if reasons := why_not_answer(coming):
        return reasons
    if isinstance(answer, ClauseAnswer):
        if not answer.owes_something:
            return [
                "Ce calcul ne fait aucune heure\u00a0: répondez «\u00a0pas de clause\u00a0», ou revoyez-le."
            ]
        return []
    if coming.social_condition and not (answer.derogation and answer.derogation_detail.strip()):
        return [
            "La condition sociale est obligatoire sur ce marché\u00a0: sans clause, choisissez la dérogation "
            "prévue par la loi et justifiez-la."
        ]
    return []


@transaction.atomic
def answer_coming(
    coming: ComingContract, *, answer: ClauseAnswer | NoClause, revision: int, by: Actor, at: datetime
) -> None:
    """Answer a buyer, or revise the answer before the consultation; the buyer is told by mail.

    `revision` is the one that was read: an answer to what has just been changed is refused.
    """
    if reasons := why_not_give(coming, answer):
        raise Refused(*reasons)
    was_answered = coming.status == Status.ANSWERED
    move(
        coming,
        revision,
        source=coming.status,
        status=Status.ANSWERED,
        answered_by=by.user,
        answered_at=at,
        **answer.columns(),
    )
    hours = str(coming.hours_due) if coming.hours_due is not None else None
    if was_answered:
        record("coming_contract.answer_revised", about=coming, by=by, at=at, hours_due=hours)
    else:
        record("coming_contract.answered", about=coming, by=by, at=at, hours_due=hours)
    mails.tell_buyer_of_answer(coming)
