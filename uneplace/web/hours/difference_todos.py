"""Differences to settle and months of lent people to confirm, among what awaits somebody."""

from django.db.models import Exists, OuterRef, QuerySet

from uneplace.hours.host_confirmations import statements_to_confirm
from uneplace.hours.models import Confirmation, ConfirmationMessage, Statement
from uneplace.organisations.actor import Actor
from uneplace.organisations.models import Capacity
from uneplace.web.templatetags.ui import hours
from uneplace.web.work import Stake, WorkItem


def differences_waiting(actor: Actor) -> QuerySet[Confirmation]:
    """Those that the service has to settle, or that a declarant has said nothing about."""
    if actor.is_facilitator:
        return Confirmation.objects.filter(service=actor.organisation).open_differences()
    said = ConfirmationMessage.objects.filter(confirmation=OuterRef("pk"), organisation=actor.organisation)
    mine = Confirmation.objects.filter(placement__declared_by=actor.organisation).open_differences()
    return mine.filter(~Exists(said))


def months_to_confirm(actor: Actor) -> QuerySet[Statement]:
    """The months of lent people that the company where they work has not answered about."""
    if actor.is_facilitator or not actor.can(Capacity.COMPANY):
        return Statement.objects.none()
    return statements_to_confirm(actor.organisation)


def difference_item(answer: Confirmation) -> WorkItem:
    """One line: an answer needs its work contract, the person and the company at hand."""
    who = answer.organisation or "la personne"
    said = "" if answer.said is None else f", {who} dit {hours(answer.said)}"
    return WorkItem(
        Stake.HOURS,
        "exclamation-triangle",
        f"Heures {answer.of_month} de {answer.placement.participant}\u00a0: un écart",
        f"{answer.placement.declared_by} a déclaré {hours(answer.declared)}{said}.",
        "Lire et répondre",
        answer.get_absolute_url(),
        weight="" if answer.gap is None else hours(abs(answer.gap)),
    )


def host_item(statement: Statement) -> WorkItem:
    """One line: a statement needs its declarant and contract at hand."""
    return WorkItem(
        Stake.ANSWER,
        "person-check",
        f"Heures {statement.of_month} des personnes prêtées par {statement.declarant}, à confirmer",
        str(statement.commitment.clause.lot.contract),
        "Confirmer",
        f"{statement.get_absolute_url()}confirmer/",
    )
