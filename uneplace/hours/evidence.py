"""Acts on the documents that a clause asks for: sent, seen, accepted, refused, given up; what is missing."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from typing import BinaryIO

from django.db import transaction
from django.db.models import Q
from django.utils.timezone import localtime

from uneplace.evidence.files import NO_FILE, forget_files, keep_file
from uneplace.evidence.models import Evidence
from uneplace.journal.actions import record
from uneplace.kit.refused import Refused
from uneplace.organisations.actor import Actor
from uneplace.rules.dates import add_months

from . import mails
from .doors import doors_to_document
from .evidence_calendar import proofs_to_open
from .models import AwaitedDocument, Statement
from .perms import represented

Status = Evidence.Status
CHANGED_SINCE = "Un autre fichier est arrivé depuis que vous avez lu cette page\u00a0: ouvrez-le d’abord."


def missing_evidence_of(statements: Iterable[Statement], *, on: date) -> dict[int, list[AwaitedDocument]]:
    """The proofs of hours that are asked for and not accepted, by the key of the statement that they prove.

    Those of the same commitment and declarant, whose period holds the statement's month; those that the
    calendar of the clause asks for that day and that nobody awaits yet are there too, unsaved. At most three
    queries.
    """
    statements = list(statements)
    whose = {(one.commitment_id, one.declarant_id) for one in statements}
    awaited = Q(pk__in=[])
    for commitment, declarant in whose:
        awaited |= Q(commitment=commitment, sender=declarant)
    proofs = AwaitedDocument.objects.missing().filter(awaited, kind=AwaitedDocument.Kind.PROOF)
    by_sender = defaultdict(list)
    to_open = proofs_to_open(Statement.objects.filter(pk__in=[one.pk for one in statements]), on=on)
    for proof in [*proofs.select_related("evidence", "sender").order_by("due_on", "pk"), *to_open]:
        by_sender[proof.commitment_id, proof.sender_id].append(proof)
    found = {}
    for one in statements:
        its = by_sender[one.commitment_id, one.declarant_id]
        if held := [proof for proof in its if proof.month <= one.month < proof.end]:
            found[one.pk] = held
    return found


def documents_with(statement: Statement, *, by: Actor) -> list[AwaitedDocument]:
    """The documents to show with a statement: its declarant's, on its commitment, for its month or still
    awaited; those that this actor may see."""
    start, end = statement.month, add_months(statement.month, 1)
    its = AwaitedDocument.objects.visible_to(by).filter(
        commitment=statement.commitment_id, sender=statement.declarant_id
    )
    rows = its.select_related("evidence", "sender").order_by("due_on", "pk")
    return [one for one in rows if one.is_awaited or (one.month < end and one.end > start)]


def why_not_send(document: AwaitedDocument) -> list[str]:
    """The reasons that keep a file from being sent for this document."""
    if document.waived_at is not None:
        return ["Cette pièce n’est plus attendue."]
    if document.status == Status.RECEIVED:
        return ["Un fichier est déjà envoyé\u00a0: le service va le lire."]
    if document.status == Status.ACCEPTED:
        return ["Cette pièce est déjà acceptée."]
    if document.status == Status.PURGED:
        return ["Cette pièce est purgée\u00a0: le temps des contrôles est passé."]
    return []


def why_not_judge(document: AwaitedDocument) -> list[str]:
    """The reasons that keep what was sent from being accepted or refused."""
    if document.waived_at is not None or document.status != Status.RECEIVED:
        return ["Rien n’attend d’être lu pour cette pièce."]
    return []


def why_not_waive(document: AwaitedDocument) -> list[str]:
    """The reasons that keep a document from being given up."""
    return [] if document.is_awaited else ["Cette pièce n’est pas attendue."]


@transaction.atomic
def send_document(document: AwaitedDocument, *, file: BinaryIO, name: str, by: Actor, at: datetime) -> None:
    """Send the file of a document; one that was refused is replaced. Raises `Refused`."""
    document = _held(document)
    if reasons := why_not_send(document):
        raise Refused(*reasons)
    evidence = document.evidence
    if evidence is None:
        evidence = _evidence(document, status=Status.RECEIVED)
    else:
        forget_files([evidence])
        _change(evidence, status=Status.RECEIVED, reason="", seen_on=None, seen_by=None, **NO_FILE)
    representing = represented(by, document.sender)
    record("document.sent", about=document, by=by, at=at, on_behalf_of=representing)
    mails.tell_service_of_document(document)
    keep_file(evidence, file, name, by=by.user, at=at)


@transaction.atomic
def see_document(document: AwaitedDocument, *, dated_on: date | None, by: Actor, at: datetime) -> None:
    """Say that the document was seen, on paper or on a screen, and is accepted: no file is kept. Raises
    `Refused`."""
    document, on = _held(document), localtime(at).date()
    if reasons := why_not_send(document):
        raise Refused(*reasons)
    if dated_on is not None and dated_on > on:
        raise Refused("La date de la pièce n’est pas encore passée.")
    seen = {"status": Status.ACCEPTED, "dated_on": dated_on, "seen_on": on, "seen_by": by.user}
    if document.evidence is None:
        _evidence(document, **seen)
    else:
        forget_files([document.evidence])
        _change(document.evidence, reason="", **seen, **NO_FILE)
    record("document.seen", about=document, by=by, at=at)


@transaction.atomic
def accept_document(document: AwaitedDocument, *, read: str | None = None, by: Actor, at: datetime) -> None:
    """Accept what was sent. Of two people at once, one does. Raises `Refused`.

    `read` is the `reading` of the document that was judged, when a page sent it.
    """
    document = _as_read(document, read)
    if reasons := why_not_judge(document):
        raise Refused(*reasons)
    _change(document.evidence, status=Status.ACCEPTED, seen_on=localtime(at).date(), seen_by=by.user)
    record("document.accepted", about=document, by=by, at=at)


@transaction.atomic
def refuse_document(
    document: AwaitedDocument, *, reason: str, read: str | None = None, by: Actor, at: datetime
) -> None:
    """Ask for a document again, with what is wrong; its sender is told. Raises `Refused`."""
    if not reason.strip():
        raise Refused("Écrivez ce qui ne va pas.")
    document = _as_read(document, read)
    if reasons := why_not_judge(document):
        raise Refused(*reasons)
    _change(document.evidence, status=Status.TO_REDO, reason=reason.strip())
    record("document.refused", about=document, by=by, at=at)  # the reason may name people: not here
    mails.tell_sender_to_redo(document, doors_to_document(document, by=by, at=at))


@transaction.atomic
def waive_document(document: AwaitedDocument, *, reason: str, by: Actor, at: datetime) -> None:
    """Await a document no more, and say why: a quarter without subcontracting. Raises `Refused`."""
    if not reason.strip():
        raise Refused("Écrivez pourquoi cette pièce n’est plus attendue.")
    document = _held(document)
    if reasons := why_not_waive(document):
        raise Refused(*reasons)
    document.waived_at, document.waived_by, document.waive_reason = at, by.user, reason.strip()
    document.save(update_fields=["waived_at", "waived_by", "waive_reason"])
    record("document.waived", about=document, by=by, at=at)


@transaction.atomic
def await_again(document: AwaitedDocument, *, by: Actor, at: datetime) -> None:
    """Await again a document that was given up, by mistake or too early, and ask for it anew. Raises
    `Refused`.

    The days during which it was not awaited are not its sender's: they move the day before which it is due.
    """
    document = _held(document)
    if document.waived_at is None:
        raise Refused("Cette pièce est déjà attendue.")
    document.due_on += localtime(at).date() - localtime(document.waived_at).date()
    document.waived_at, document.waived_by, document.waive_reason = None, None, ""
    document.asks, document.asked_on = 0, None
    document.save(update_fields=["due_on", "waived_at", "waived_by", "waive_reason", "asks", "asked_on"])
    record("document.awaited_again", about=document, by=by, at=at)


def reading(document: AwaitedDocument) -> str:
    """What stands for a document as it is read: where it stands, and the file that came last."""
    sent_at = document.evidence.file_at if document.evidence else None
    return f"{document.status} {sent_at.isoformat()}" if sent_at else str(document.status)


def _as_read(document: AwaitedDocument, read: str | None) -> AwaitedDocument:
    """The document held; raises `Refused` when another file came since it was read."""
    held = _held(document)
    if read is not None and not why_not_judge(held) and read != reading(held):
        raise Refused(CHANGED_SINCE)
    return held


@transaction.atomic
def read_document(document: AwaitedDocument, *, by: Actor, at: datetime) -> None:
    """Write down that somebody opens the file of a document, which may tell of people."""
    record("document.read", about=document, by=by, at=at)


def _held(document: AwaitedDocument) -> AwaitedDocument:
    """The document and its proof as they are now, held to the end: the second of two reads the first."""
    rows = AwaitedDocument.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related(
        "sender", "service", "evidence", "commitment__company", "commitment__clause__lot__contract"
    ).get(pk=document.pk)


def _evidence(document: AwaitedDocument, **fields) -> Evidence:
    evidence = Evidence.objects.create(
        service_id=document.service_id, kind=document.get_kind_display(), **fields
    )
    document.evidence = evidence
    document.save(update_fields=["evidence"])
    return evidence


def _change(evidence: Evidence, **fields) -> None:
    for name, value in fields.items():
        setattr(evidence, name, value)
    evidence.save(update_fields=list(fields))
