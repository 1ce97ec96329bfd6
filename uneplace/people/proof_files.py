"""Acts on the file of a proof that a decision rests on: joined, opened, taken back."""

from datetime import datetime
from typing import BinaryIO

from django.db import transaction

from uneplace.evidence.files import NO_FILE, forget_files, keep_file
from uneplace.evidence.models import Evidence
from uneplace.journal.actions import record, record_reading
from uneplace.journal.models import FieldsGroup
from uneplace.kit.refused import Refused
from uneplace.organisations.actor import Actor

from .merged import hold_file
from .models import DecisionProof


def why_not_join(proof: DecisionProof) -> list[str]:
    """The reasons that keep a file from being joined to a proof."""
    if proof.evidence.status == Evidence.Status.PURGED:
        return ["Ce justificatif est purgé\u00a0: le temps des contrôles est passé."]
    if proof.evidence.file:
        return ["Un fichier est déjà joint à ce justificatif."]
    return []


@transaction.atomic
def join_proof_file(proof: DecisionProof, *, file: BinaryIO, name: str, by: Actor, at: datetime) -> None:
    """Join the file that shows a proof; one to redo waits to be looked at again. Raises `Refused`."""
    participant = proof.decision.participant
    hold_file(participant)
    proof.evidence = Evidence.objects.select_for_update(no_key=True).get(pk=proof.evidence_id)
    if reasons := why_not_join(proof):
        raise Refused(*reasons)
    if proof.evidence.status == Evidence.Status.TO_REDO:
        proof.evidence.status, proof.evidence.reason = Evidence.Status.RECEIVED, ""
        proof.evidence.save(update_fields=["status", "reason"])
    record("proof.joined", about=participant, by=by, at=at, decision=proof.decision_id, proof=proof.pk)
    keep_file(proof.evidence, file, name, by=by.user, at=at)


@transaction.atomic
def take_proof_file_back(proof: DecisionProof, *, by: Actor, at: datetime) -> None:
    """Take out a file joined by mistake: it is erased. Raises `Refused` when there is none any more."""
    evidence = Evidence.objects.select_for_update(no_key=True).get(pk=proof.evidence_id)
    if not evidence.file:
        raise Refused("Aucun fichier n’est joint à ce justificatif.")
    forget_files([evidence])
    for field, value in NO_FILE.items():
        setattr(evidence, field, value)
    evidence.save(update_fields=list(NO_FILE))
    record(
        "proof.file_removed",
        about=proof.decision.participant,
        by=by,
        at=at,
        decision=proof.decision_id,
        proof=proof.pk,
    )


@transaction.atomic
def read_proof_file(proof: DecisionProof, *, by: Actor, at: datetime) -> None:
    """Write down that somebody opens the file of a proof."""
    record_reading(
        proof.decision.participant,
        fields_group=FieldsGroup.GROUNDS,
        screen="people:open_proof",
        proof=proof.pk,
        by=by,
        at=at,
    )
