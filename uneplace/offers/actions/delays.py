"""The delays that a service chooses for its recruiting."""

from dataclasses import asdict
from datetime import datetime

from django.db import transaction

from uneplace.journal.actions import record
from uneplace.kit.refused import Refused
from uneplace.offers.delays import delays_in
from uneplace.offers.models import ServiceDelays
from uneplace.organisations.actor import Actor
from uneplace.organisations.models import Organisation
from uneplace.organisations.versions import Words, add_version, what_changed
from uneplace.rules.delays import Delays, why_not_delays

WORDS = Words(
    "Quelqu’un d’autre vient de changer ces délais. "
    "Relisez-les\u00a0: ce que vous avez écrit est encore dans le formulaire.",
    "Rien ne change\u00a0: modifiez au moins un délai.",
)


@transaction.atomic
def decide_delays(
    service: Organisation, *, delays: Delays, read: int, by: Actor, at: datetime
) -> ServiceDelays:
    """Change the delays of a service for the turns that begin from now on; the others keep theirs.

    `read` is the number of the latest version that was read, 0 when there was none. Raises `Refused`.
    """
    if reasons := why_not_delays(delays):
        raise Refused(*reasons.values())
    before, after = asdict(delays_in(service, at=at)), asdict(delays)
    decided = add_version(ServiceDelays, service, after, before=before, read=read, words=WORDS, by=by, at=at)
    changed = what_changed(before, after)
    record("service_delays.decided", about=service, by=by, at=at, number=decided.number, **changed)
    return decided
