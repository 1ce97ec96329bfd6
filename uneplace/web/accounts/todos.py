from datetime import date

from django.db.models import QuerySet
from django.urls import reverse

from uneplace.hours.partners import waiting_to_see
from uneplace.organisations.actor import Actor
from uneplace.rules.french import several
from uneplace.web.work import Stake, WorkItem


def work_items(actor: Actor, *, on: date) -> list[WorkItem]:
    """One line for all the organisations that the file names, that can sign in and see nothing yet."""
    count = waiting_to_see(actor.organisation).count() if actor.is_facilitator else 0
    if not count:
        return []
    return [
        WorkItem(
            Stake.ANSWER,
            "diagram-3",
            f"{several(count, 'organisation attend', 'organisations attendent')} de voir votre dossier",
            "Votre dossier les nomme, elles ont un compte, et n’en voient encore rien.",
            "Approuver",
            reverse("accounts:partners") + "?etat=a-approuver",
        )
    ]


def waiting(actor: Actor, *, on: date) -> list[QuerySet]:
    """The organisations that wait to be let into the file of one's service."""
    return [waiting_to_see(actor.organisation)] if actor.is_facilitator else []
