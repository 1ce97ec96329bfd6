"""A structure asks the service to decide on somebody's eligibility, with the proofs that it has."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.files import File
from django.db import transaction
from django.utils.timezone import localtime

from uneplace.evidence.files import keep_file
from uneplace.evidence.models import Evidence
from uneplace.journal.actions import record
from uneplace.kit.refused import Refused
from uneplace.organisations.actor import Actor
from uneplace.rules import french

from . import mails
from .merged import hold_file
from .models import DecisionProof, EligibilityDecision, Participant

Status = EligibilityDecision.Status
SOON = timedelta(days=45)  # a decision that lapses within that time may be asked for again


@dataclass(frozen=True)
class ProofSent:
    """A proof that a structure sends: for which ground, of what kind, dated when, and its file."""

    ground: str
    kind: str
    dated_on: date
    file: File


def open_request(participant: Participant) -> EligibilityDecision | None:
    """The decision asked for and not taken yet; None when nobody asks."""
    return participant.decisions.filter(status=Status.REQUESTED).first()


def why_not_request(participant: Participant, *, on: date) -> list[str]:
    """The reasons that keep a structure from asking for a decision on somebody."""
    if participant.anonymised_at:
        return ["Ce dossier est anonymisé."]
    lasting = participant.decisions.in_force().filter(valid_until__gt=on + SOON).first()
    if lasting is not None:
        until = french.day(lasting.valid_until)
        return [
            f"Une décision est déjà valable jusqu’au {until}\u00a0: elle sert pour tout contrat d’ici là."
        ]
    return []


@transaction.atomic
def request_decision(
    participant: Participant, *, proof: ProofSent | None = None, by: Actor, at: datetime
) -> EligibilityDecision:
    """Ask the service to decide, with a proof when there is one; asked again, it adds that proof.

    The service is told once. Raises `Refused`.
    """
    on = localtime(at).date()
    hold_file(participant)
    if reasons := why_not_request(participant, on=on):
        raise Refused(*reasons)
    if proof is not None and proof.dated_on > on:
        raise Refused("Un justificatif ne peut pas être daté dans l’avenir.")
    request = open_request(participant)
    if request is not None and proof is None:
        raise Refused("La décision est déjà demandée\u00a0: joignez un justificatif, ou attendez la réponse.")
    if request is None:
        request = _ask(participant, by=by, on=on, at=at)
    if proof is not None:
        _receive(request, proof, by=by, at=at)
    return request


def _ask(participant: Participant, *, by: Actor, on: date, at: datetime) -> EligibilityDecision:
    request = EligibilityDecision.objects.create(
        service=participant.service,
        participant=participant,
        status=Status.REQUESTED,
        requested_by=by.organisation,
        requested_on=on,
    )
    record("eligibility.requested", about=participant, by=by, at=at, decision=request.pk)
    mails.tell_service_of_request(request)
    return request


def _receive(request: EligibilityDecision, proof: ProofSent, *, by: Actor, at: datetime) -> None:
    evidence = Evidence.objects.create(
        service=request.service,
        kind=proof.kind.strip(),
        dated_on=proof.dated_on,
        status=Evidence.Status.RECEIVED,
    )
    kept = DecisionProof.objects.create(
        service=request.service, decision=request, ground=proof.ground, evidence=evidence
    )
    record("proof.joined", about=request.participant, by=by, at=at, decision=request.pk, proof=kept.pk)
    keep_file(evidence, proof.file, proof.file.name or "", by=by.user, at=at)
