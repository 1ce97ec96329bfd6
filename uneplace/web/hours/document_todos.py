"""The documents of the clauses' calendars among what awaits somebody: to send, to do again, to read."""

from datetime import date

from django.db.models import QuerySet

from uneplace.contracts.models import Clause
from uneplace.evidence.models import Evidence
from uneplace.hours.evidence_calendar import to_ask_oneself
from uneplace.hours.models import AwaitedDocument
from uneplace.organisations.actor import Actor
from uneplace.rules.french import several
from uneplace.web.work import Stake, WorkItem


def documents_waiting(actor: Actor) -> QuerySet[AwaitedDocument]:
    """What the service has to read, or what is awaited from an organisation."""
    if actor.is_facilitator:
        return AwaitedDocument.objects.filter(service=actor.organisation).to_read()
    mine = AwaitedDocument.objects.filter(sender=actor.organisation).to_send()
    return mine.exclude(commitment__clause__status=Clause.Status.CLOSED)


def asked_in_vain(actor: Actor, on: date) -> QuerySet[AwaitedDocument]:
    """The late documents that the service has to ask for by itself: no mail will any more."""
    if not actor.is_facilitator:
        return AwaitedDocument.objects.none().with_late_from()
    return to_ask_oneself(actor.organisation, on=on)


def asking_item(document: AwaitedDocument) -> WorkItem:
    """One line: whom to call, and why no mail does it."""
    if document.status == Evidence.Status.TO_REDO:
        why = "À refaire, et rien n’est revenu."
    elif document.asks:
        why = f"Demandée {several(document.asks, 'fois', 'fois')} par courriel, sans réponse."
    else:
        why = "Personne à qui écrire\u00a0: ni compte, ni lien déjà envoyé."
    contract = document.commitment.clause.lot.contract
    return WorkItem(
        Stake.HOURS,
        "telephone",
        f"{document.get_kind_display()}, {document.of_period}\u00a0: à demander vous-même",
        f"{document.sender}. {why} {contract}.",
        "Voir la pièce",
        document.get_absolute_url(),
        limit=document.late_from,
        is_late=True,
    )


def document_item(document: AwaitedDocument, on: date) -> WorkItem:
    """One line: a document needs the evidence, the clause of its commitment and `late_from` at hand."""
    contract = document.commitment.clause.lot.contract
    what = f"{document.get_kind_display()}, {document.of_period}"
    if document.status == Evidence.Status.RECEIVED:
        return WorkItem(
            Stake.ANSWER,
            "inbox",
            f"Pièce reçue de {document.sender}",
            f"{what}. {contract}.",
            "Lire la pièce",
            document.get_absolute_url(),
        )
    again = document.status == Evidence.Status.TO_REDO
    return WorkItem(
        Stake.HOURS,
        "arrow-repeat" if again else "file-earmark-text",
        f"{what}\u00a0: à refaire" if again else f"{what}\u00a0: à envoyer",
        str(contract),
        "Refaire" if again else "Envoyer",
        document.get_absolute_url(),
        limit=document.late_from,
        is_late=on > document.late_from,
    )
