"""Mails that did not reach their reader: a line of « Ma semaine » each, that opens the file."""

from datetime import date

from django.db.models import QuerySet
from django.urls import reverse

from uneplace.mails.models import Mail
from uneplace.mails.queries import lost_mails
from uneplace.organisations.actor import Actor
from uneplace.web.work import Stake, WorkItem

MOST = 20
PAGES = {
    "jobsheet": "offers:job_sheet",
    "application": "offers:application",
    "statement": "hours:statement",
    "placement": "hours:placement",
    "penaltycase": "settlement:case",
    "difficulty": "control:difficulty",
    "clause": "contracts:clause",
    "comingcontract": "coming:coming",
    "rightsrequest": "rights:answer",
}
"""Where the file of a mail is read, by the kind of file."""


def work_items(actor: Actor, *, on: date) -> list[WorkItem]:
    """One line a mail, the latest first."""
    latest = Mail.objects.filter(pk__in=_lost(actor, on=on).values("pk")).order_by("-pk")[:MOST]
    return [
        WorkItem(
            Stake.ANSWER,
            "envelope-x",
            f"{mail.address} n’a pas reçu votre courriel",
            f"{mail.subject}. {mail.reason} Corrigez l’adresse, ou prévenez autrement.",
            "Voir le dossier",
            reverse(PAGES[mail.about_kind], args=[mail.about_id]),
        )
        for mail in latest
    ]


def waiting(actor: Actor, *, on: date) -> list[QuerySet]:
    """The same mails, to be counted."""
    return [_lost(actor, on=on)]


def _lost(actor: Actor, *, on: date) -> QuerySet[Mail]:
    return lost_mails(actor.organisation, on=on) if actor.is_facilitator else Mail.objects.none()
