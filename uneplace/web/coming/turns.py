"""Whose turn it is on a coming contract: the service answers, then the buyer launches and awards."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from uneplace.contracts.models import ComingContract
from uneplace.organisations.actor import Actor
from uneplace.organisations.models import Organisation
from uneplace.web.turns import Turn, Whose

Status = ComingContract.Status


@dataclass(frozen=True)
class Task:
    """What is to be done next, by whom, and with which page."""

    holder: Organisation
    what: str
    verb: str
    route: str
    before: date | None = None


def task_of(coming: ComingContract) -> Task | None:
    """The next thing to do; None when nothing is awaited any more."""
    if coming.status == Status.ASKED:
        return Task(
            coming.service,
            "étudier la demande et répondre",
            "Répondre",
            "coming:answer",
            coming.answer_before,
        )
    if not coming.holds_clause:
        return None
    if coming.status == Status.ANSWERED:
        return Task(
            coming.buyer,
            "lancer la consultation avec cette clause",
            "Consultation lancée",
            "coming:launch",
            coming.consultation_on,
        )
    if coming.status == Status.PUBLISHED:
        return Task(coming.buyer, "attribuer le marché, puis le dire ici", "Marché attribué", "coming:award")
    return None


ENDS = {
    Status.ANSWERED: "ce marché n’aura pas de clause",
    Status.PUBLISHED: "ce marché n’aura pas de clause",
    Status.AWARDED: "le marché est attribué, sa clause se suit sur sa page",
    Status.DROPPED: "ce marché à venir est sans suite",
}


def turn_of(
    coming: ComingContract, actor: Actor, *, on: date, absent: Iterable[int] = (), last: str = ""
) -> Turn:
    """The banner of one coming contract; `absent`: the buyers (ids) for whom nobody can sign in."""
    task = task_of(coming)
    if task is None:
        return Turn(Whose.DONE, f"Plus rien à faire\u00a0: {ENDS[coming.status]}", last=last)
    late = task.before is not None and task.before < on
    stands_in = actor.serves(coming) and task.holder.pk in set(absent)
    if actor.writes and (actor.stands_for(task.holder.pk) or stands_in):
        for_whom = f" pour {task.holder}, qui n’a pas de compte" if stands_in else ""
        return Turn(
            Whose.LATE if late else Whose.MINE,
            f"C’est à vous\u00a0: {task.what}{for_whom}",
            str(actor.user or actor.organisation),
            before=task.before,
            last=last,
            verb=task.verb,
            url=reverse(task.route, args=[coming.pk]),
        )
    return Turn(
        Whose.LATE if late else Whose.OTHER,
        f"Au tour de {task.holder}\u00a0: {task.what}",
        str(task.holder),
        before=task.before,
        last=last,
    )
