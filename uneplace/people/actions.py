from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localtime

from uneplace.evidence.models import Evidence
from uneplace.journal.actions import record, record_reading
from uneplace.journal.models import FieldsGroup
from uneplace.kit.encrypted import with_indexes
from uneplace.kit.refused import Refused
from uneplace.organisations.actor import Actor
from uneplace.organisations.models import Organisation
from uneplace.rules.eligibility import (
    Eligibility,
    FactError,
    Proof,
    ProofState,
    Situation,
    eligibility,
)
from uneplace.rules.explanation import as_json

from .models import IDENTITY, DecisionProof, EligibilityDecision, InformationGiven, Participant, Support

Status = EligibilityDecision.Status


@dataclass(frozen=True)
class ProofSeen:
    """A proof that the facilitator looked at: for which ground, of what kind, dated when."""

    ground: str
    kind: str
    dated_on: date


@transaction.atomic
def register_participant(
    *, service: Organisation, organisation: Organisation, by: Actor, at: datetime, **identity: Any
) -> Participant:
    """Open the file of a person whom `organisation` now follows; `identity` are the model's fields."""
    participant = Participant.objects.create(service=service, created_at=at, **identity)
    Support.objects.create(
        service=service,
        participant=participant,
        organisation=organisation,
        since=localtime(at).date(),
    )
    record("participant.registered", about=participant, by=by, at=at, organisation=organisation.pk)
    return participant


@transaction.atomic
def correct_participant(participant: Participant, *, by: Actor, at: datetime, **identity: Any) -> None:
    """Set identity and means of contact right; the journal keeps which fields changed, not their content."""
    changed = [name for name in IDENTITY if name in identity and getattr(participant, name) != identity[name]]
    if not changed:
        return
    for name in changed:
        setattr(participant, name, identity[name])
    participant.save(update_fields=with_indexes(Participant, changed))
    record("participant.corrected", about=participant, by=by, at=at, fields=changed)


@transaction.atomic
def record_information(
    participant: Participant,
    *,
    organisation: Organisation,
    given_on: date,
    means: str,
    by: Actor,
    at: datetime,
) -> InformationGiven:
    """Keep the fact that the person was told what the file is for, when and how."""
    if given_on > localtime(at).date():
        raise Refused("La date de l’information ne peut pas être dans l’avenir.")
    information = InformationGiven.objects.create(
        service=participant.service,
        participant=participant,
        given_on=given_on,
        means=means,
        organisation=organisation,
        recorded_by=by.user,
    )
    record("information.recorded", about=participant, by=by, at=at, means=means)
    return information


@transaction.atomic
def read_grounds(participant: Participant, *, screen: str, by: Actor, at: datetime) -> None:
    """Write down that somebody asked to read a person's grounds and proofs, on which screen."""
    record_reading(participant, fields_group=FieldsGroup.GROUNDS, screen=screen, by=by, at=at)


def judge(situation: Situation, *, on: date, proofs: Sequence[ProofSeen]) -> Eligibility:
    """What the rule answers for this situation and these proofs that day."""
    return eligibility(situation, on=on, proofs=[Proof(proof.ground, proof.dated_on) for proof in proofs])


def why_not_decide(
    situation: Situation,
    *,
    verdict: str,
    main_ground: str,
    reason: str,
    proofs: Sequence[ProofSeen],
    on: date,
) -> list[str]:
    """The reasons that keep this decision from being taken; none means that it can be."""
    reasons = []
    if any(proof.dated_on > on for proof in proofs):
        reasons.append("Un justificatif ne peut pas être daté dans l’avenir.")
    if verdict != Status.ELIGIBLE:
        if not reason.strip():
            reasons.append("Écrivez la raison\u00a0: la structure la lira.")
        return reasons
    result = judge(situation, on=on, proofs=proofs)
    if not result.eligible:
        reasons.append(
            "Aucun motif n’est à la fois rempli et justifié. Choisissez une décision à compléter ou un refus."
        )
    elif main_ground not in [met.ground for met in result.grounds if met.proof == ProofState.OK]:
        reasons.append("Choisissez le motif principal parmi les motifs justifiés.")
    return reasons


@transaction.atomic
def decide_eligibility(
    participant: Participant,
    *,
    situation: Situation,
    proofs: Sequence[ProofSeen] = (),
    verdict: str = Status.ELIGIBLE,
    main_ground: str = "",
    reason: str = "",
    by: Actor,
    at: datetime,
) -> EligibilityDecision:
    """Take a dated decision on a person; what was known and what the rule answered are kept with it.

    `verdict` is ELIGIBLE, TO_COMPLETE or REFUSED; the two last need a reason. The proofs seen are kept in all
    cases. Raises `Refused`.
    """
    on = localtime(at).date()
    try:
        reasons = why_not_decide(
            situation, verdict=verdict, main_ground=main_ground, reason=reason, proofs=proofs, on=on
        )
        result = judge(situation, on=on, proofs=proofs)
    except FactError as error:
        raise Refused(str(error))
    if reasons:
        raise Refused(*reasons)
    is_eligible = verdict == Status.ELIGIBLE
    proved = [met.ground.value for met in result.grounds if met.proof == ProofState.OK]
    decision = EligibilityDecision.objects.create(
        service=participant.service,
        participant=participant,
        status=verdict,
        decided_on=on,
        decided_by=by.user,
        grounds=proved if is_eligible else [],
        main_ground=main_ground if is_eligible else "",
        valid_until=result.valid_until if is_eligible else None,
        situation=situation_as_json(situation),
        explanation=as_json(result.explanation),
        reason="" if is_eligible else reason.strip(),
    )
    stale = {met.ground.value for met in result.grounds if met.proof == ProofState.STALE}
    for proof in proofs:
        _keep_proof(decision, proof, is_stale=proof.ground in stale, by=by, on=on)
    record("eligibility.decided", about=participant, by=by, at=at, decision=decision.pk, verdict=verdict)
    return decision


def situation_as_json(situation: Situation) -> dict[str, Any]:
    """The known facts of a situation as plain values; what is unknown is left out."""
    facts = {field.name: getattr(situation, field.name) for field in fields(situation)}
    return {
        name: value.isoformat() if isinstance(value, date) else sorted(value) if _is_list(value) else value
        for name, value in facts.items()
        if value is not None
    }


def _is_list(value: Any) -> bool:
    return isinstance(value, list | tuple | set | frozenset)


def _keep_proof(
    decision: EligibilityDecision, proof: ProofSeen, *, is_stale: bool, by: Actor, on: date
) -> None:
    evidence = Evidence.objects.create(
        service=decision.service,
        kind=proof.kind,
        dated_on=proof.dated_on,
        seen_on=on,
        seen_by=by.user,
        status=Evidence.Status.TO_REDO if is_stale else Evidence.Status.ACCEPTED,
        reason="Le justificatif est trop ancien." if is_stale else "",
    )
    DecisionProof.objects.create(
        service=decision.service, decision=decision, ground=proof.ground, evidence=evidence
    )
