"""A service writes its own texts for the documents of a consultation, or goes back to those shipped."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F

from uneplace.contracts.models import ClauseText, Document, Family
from uneplace.contracts.texts.placeholders import faults
from uneplace.journal.actions import record
from uneplace.kit.refused import Refused
from uneplace.organisations.actor import Actor

CHANGED = (
    "Quelqu’un d’autre vient de modifier ce texte. "
    "Relisez-le\u00a0: ce que vous avez écrit est encore dans le formulaire."
)


@transaction.atomic
def write_text(
    *, family: Family, document: Document, title: str, body: str, revision: int, by: Actor, at: datetime
) -> ClauseText:
    """Keep a service's own text. `revision` is the one that was read, 0 for the text shipped.

    A placeholder that does not exist is refused: nothing of a text is ever evaluated.
    """
    if reasons := [*dict.fromkeys(faults(title) + faults(body))]:
        raise Refused(*reasons)
    service = by.organisation
    mine = ClauseText.objects.filter(service=service, family=family, document=document)
    if revision:
        if not mine.filter(revision=revision).update(title=title, body=body, revision=F("revision") + 1):
            raise Refused(CHANGED)
        text = mine.get()
    else:
        try:
            with transaction.atomic():
                text = ClauseText.objects.create(
                    service=service, family=family, document=document, title=title, body=body
                )
        except IntegrityError:
            raise Refused(CHANGED)
    record("clause_text.written", about=text, by=by, at=at)
    return text


@transaction.atomic
def restore_text(text: ClauseText, *, revision: int, by: Actor, at: datetime) -> None:
    """Go back to the text shipped; the service's own stays in the history."""
    held = ClauseText.objects.select_for_update().filter(pk=text.pk, revision=revision)
    if not held.exists():
        raise Refused(CHANGED)
    record("clause_text.restored", about=text, by=by, at=at)
    held.delete()
