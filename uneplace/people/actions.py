import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from django.core.files import File
from django.db import transaction
from django.utils.timezone import localtime

from uneplace.evidence.files import keep_file
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
    ProofMonths,
    ProofState,
    Situation,
    eligibility,
)
from uneplace.rules.explanation import as_json

from . import mails
from .merged import hold_file
from .models import IDENTITY, DecisionProof, EligibilityDecision, InformationGiven, Participant, Support
from .proof_policy import proof_months_of
from .twins import note_twins

Status = EligibilityDecision.Status


@dataclass(frozen=True)
class ProofSeen:
    """A proof that the facilitator looked at: for which ground, of what kind, dated when; its file when it is
    kept."""

    ground: str
    kind: str
    dated_on: date
    file: File | None = None


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
    note_twins(participant, at=at)
    return participant


CORRECTED_MEANWHILE = (
    "Quelqu’un d’autre vient de corriger cette fiche. "
    "Relisez-la\u00a0: ce que vous avez écrit est encore dans le formulaire."
)


def mark_of(participant: Participant, names: Iterable[str]) -> str:
    """What tells these fields of a file, as somebody read them, from what another person made of them."""
    told = [[name, str(getattr(participant, name))] for name in sorted(names)]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


@transaction.atomic
def correct_participant(
    participant: Participant, *, read: str | None = None, by: Actor, at: datetime, **identity: Any
) -> None:
    """Set identity and means of contact right; the journal keeps which fields changed, not their content.

    `read` is the mark of these fields when their author read them: of two people who correct at once, the
    second reads what the first has just written. Raises `Refused`.
    """
    hold_file(participant)
    participant.refresh_from_db(fields=IDENTITY)
    if read is not None and read != mark_of(participant, identity):
        raise Refused(CORRECTED_MEANWHILE)
    changed = [name for name in IDENTITY if name in identity and getattr(participant, name) != identity[name]]
    if not changed:
        return
    for name in changed:
        setattr(participant, name, identity[name])
    participant.save(update_fields=with_indexes(Participant, changed))
    record("participant.corrected", about=participant, by=by, at=at, fields=changed)
    note_twins(participant, at=at)


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
    hold_file(participant)
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


def judge(
    situation: Situation,
    *,
    on: date,
    proofs: Sequence[ProofSeen],
    proof_months: ProofMonths | None = None,
) -> Eligibility:
    """What the rule answers that day for this situation and these proofs; None: the parameters' months."""
    seen = [Proof(proof.ground, proof.dated_on) for proof in proofs]
    return eligibility(situation, on=on, proofs=seen, proof_months=proof_months)


def why_not_decide(
    situation: Situation,
    *,
    verdict: str,
    main_ground: str,
    reason: str,
    proofs: Sequence[ProofSeen],
    on: date,
    proof_months: ProofMonths | None = None,
) -> list[str]:
    """The reasons that keep this decision from being taken; none means that it can be."""
    reasons = []
    if any(proof.dated_on > on for proof in proofs):
        reasons.append("Un justificatif ne peut pas être daté dans l’avenir.")
    if verdict != Status.ELIGIBLE:
        if not reason.strip():
            reasons.append("Écrivez la raison\u00a0: la structure la lira.")
        return reasons
    result = judge(situation, on=on, proofs=proofs, proof_months=proof_months)
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
    seen: int | None = None,
    by: Actor,
    at: datetime,
) -> EligibilityDecision:
    """Take a dated decision on a person; what was known and what the rule answered are kept with it.

    `verdict` is ELIGIBLE, TO_COMPLETE or REFUSED; the two last need a reason, and a refusal withdraws that
    day the decisions in force: contracts begun under them keep their windows. `seen` is the latest decision
    that the author read: another one taken since is to be read first. The proofs seen are kept in all
    cases. What a structure asked for becomes the decision, with the proofs that it sent. Raises `Refused`.
    """
    on = localtime(at).date()
    hold_file(participant)
    latest = participant.decisions.taken().defer("situation", "explanation").first()
    if latest is not None and latest.pk != seen:
        raise Refused(
            f"{latest.decided_by or 'Quelqu’un'} vient de décider pour cette personne\u00a0: "
            f"{latest.get_status_display().lower()}. Relisez, puis enregistrez de nouveau si besoin."
        )
    proof_months = proof_months_of(participant.service, on=on)
    try:
        reasons = why_not_decide(
            situation,
            verdict=verdict,
            main_ground=main_ground,
            reason=reason,
            proofs=proofs,
            on=on,
            proof_months=proof_months,
        )
        result = judge(situation, on=on, proofs=proofs, proof_months=proof_months)
    except FactError as error:
        raise Refused(str(error))
    if reasons:
        raise Refused(*reasons)
    is_eligible = verdict == Status.ELIGIBLE
    if verdict == Status.REFUSED:
        _withdraw_decisions(participant, by=by, on=on, at=at)
    proved = [met.ground.value for met in result.grounds if met.proof == ProofState.OK]
    decision = _asked_for(participant) or EligibilityDecision(
        service=participant.service, participant=participant
    )
    decision.status, decision.decided_on, decision.decided_by = verdict, on, by.user
    decision.grounds = proved if is_eligible else []
    decision.main_ground = main_ground if is_eligible else ""
    decision.valid_until = result.valid_until if is_eligible else None
    decision.situation, decision.explanation = situation_as_json(situation), as_json(result.explanation)
    decision.reason = "" if is_eligible else reason.strip()
    decision.save()
    stale = {met.ground.value for met in result.grounds if met.proof == ProofState.STALE}
    kept = [
        (_keep_proof(decision, proof, is_stale=proof.ground in stale, by=by, on=on), proof.file)
        for proof in proofs
    ]
    record("eligibility.decided", about=participant, by=by, at=at, decision=decision.pk, verdict=verdict)
    if not is_eligible:
        mails.tell_structures_of_decision(decision)
    for proof, file in kept:
        if file is not None and not proof.evidence.file:
            record("proof.joined", about=participant, by=by, at=at, decision=decision.pk, proof=proof.pk)
            keep_file(proof.evidence, file, file.name or "", by=by.user, at=at)
    return decision


def _asked_for(participant: Participant) -> EligibilityDecision | None:
    """What structures asked for, as one row: files merged since may have brought one each."""
    requests = list(participant.decisions.filter(status=Status.REQUESTED).order_by("requested_on", "pk"))
    if not requests:
        return None
    first, *others = requests
    for other in others:
        other.proofs.update(decision=first)
        other.delete()
    return first


def _withdraw_decisions(participant: Participant, *, by: Actor, on: date, at: datetime) -> None:
    for decision in participant.decisions.in_force().defer("situation", "explanation"):
        decision.revoked_on = on
        decision.save(update_fields=["revoked_on"])
        record("eligibility.withdrawn", about=participant, by=by, at=at, decision=decision.pk)


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
) -> DecisionProof:
    seen = {
        "seen_on": on,
        "seen_by": by.user,
        "status": Evidence.Status.TO_REDO if is_stale else Evidence.Status.ACCEPTED,
        "reason": "Le justificatif est trop ancien." if is_stale else "",
    }
    for sent in decision.proofs.select_related("evidence"):
        evidence = sent.evidence
        is_another = proof.file is not None and bool(evidence.file)  # a file never takes another's place
        is_the_one = (sent.ground, evidence.dated_on) == (proof.ground, proof.dated_on) and not is_another
        if is_the_one and evidence.status == Evidence.Status.RECEIVED:
            for name, value in seen.items():
                setattr(evidence, name, value)
            evidence.save(update_fields=list(seen))
            return sent
    evidence = Evidence.objects.create(
        service=decision.service, kind=proof.kind, dated_on=proof.dated_on, **seen
    )
    return DecisionProof.objects.create(
        service=decision.service, decision=decision, ground=proof.ground, evidence=evidence
    )
