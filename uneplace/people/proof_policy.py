"""How old a service lets proofs be: what applies on a day, and the decision that changes it."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localtime

from uneplace.journal.actions import record
from uneplace.kit.refused import Refused
from uneplace.organisations.actor import Actor
from uneplace.organisations.models import Organisation
from uneplace.organisations.versions import Words, add_version, latest_of
from uneplace.rules import french
from uneplace.rules.eligibility import FRESHNESS, ProofMonths
from uneplace.rules.explanation import Source

from .models import ProofPolicy

PAST = "Choisissez aujourd’hui ou un jour à venir\u00a0: les décisions déjà prises ne changent pas."
WORDS = Words(
    "Quelqu’un d’autre vient de changer ces anciennetés. "
    "Relisez-les\u00a0: ce que vous avez écrit est encore dans le formulaire.",
    "Rien ne change\u00a0: modifiez au moins une ancienneté.",
)


def usual_months(on: date) -> dict[str, int]:
    """The months by ground that the parameters give that day."""
    return {ground.value: parameter.whole_on(on) for ground, parameter in FRESHNESS.items()}


def proof_months_of(service: Organisation, *, on: date) -> ProofMonths | None:
    """What the service has decided for that day; None when it keeps to the parameters."""
    decided = ProofPolicy.objects.filter(service=service).in_force(on=on).first()
    if decided is None:
        return None
    source = Source("usage", f"Choix du service, applicable depuis le {french.day(decided.applies_on)}")
    return ProofMonths(decided.months, source)


@transaction.atomic
def decide_proof_policy(
    service: Organisation, *, months: Mapping[str, int], applies_on: date, read: int, by: Actor, at: datetime
) -> ProofPolicy:
    """Change how old proofs may be from a day on; decisions already taken stay as they are.

    `months` by ground; a ground left out does not age. `read` is the number of the latest version that was
    read, 0 when there was none. Raises `Refused`.
    """
    on = localtime(at).date()
    if applies_on < on:
        raise Refused(PAST)
    latest = latest_of(ProofPolicy, service)
    before = latest.months if latest else usual_months(on)
    decided = add_version(
        ProofPolicy,
        service,
        {"months": dict(months), "applies_on": applies_on},
        before={"months": before, "applies_on": latest.applies_on if latest else applies_on},
        read=read,
        words=WORDS,
        by=by,
        at=at,
    )
    record(
        "service_proofs.decided",
        about=service,
        by=by,
        at=at,
        number=decided.number,
        applies_on=applies_on.isoformat(),
        before=before,
        after=dict(months),
    )
    return decided
