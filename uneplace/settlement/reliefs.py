"""Relief: hours for which nobody found a way for the company to do them, proposed by the service and granted
by the buyer; what is granted is missing no more."""

from datetime import datetime
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils.timezone import localtime

from uneplace.journal.actions import record
from uneplace.kit.refused import Refused
from uneplace.organisations.actor import Actor
from uneplace.rules.french import hours as in_hours

from . import mails
from .control_records import Relief
from .models import PenaltyCase
from .notices import ENDED, JUST_HANDLED, move_case
from .standing import hold_clause_of, standing_of

Status = PenaltyCase.Status
NOTHING_WAITS = "Aucune exonération n’attend de réponse."


def pending_relief(case: PenaltyCase) -> Relief | None:
    """The relief that waits for the buyer's answer."""
    return Relief.objects.filter(case=case, answered_at=None).first()


def why_not_propose_relief(case: PenaltyCase) -> list[str]:
    """The reasons that keep relief from being proposed to the buyer."""
    if not case.is_open:
        return [ENDED]
    if case.missing_actions:
        return ["Cette clause compte des actions\u00a0: une exonération porte sur des heures."]
    if case.status == Status.GAP:
        return ["Parlez d’abord avec l’entreprise\u00a0: aucun échange n’est enregistré."]
    if pending_relief(case):
        return ["L’exonération est déjà proposée à l’acheteur."]
    if case.status == Status.NOTICE:
        return ["L’acheteur a mis l’entreprise en demeure\u00a0: lui seul décide de la suite."]
    return []


@transaction.atomic
def propose_relief(case: PenaltyCase, *, hours: Decimal, reason: str, by: Actor, at: datetime) -> Relief:
    """Propose to the buyer, with reasons, that some missing hours be not held against the company."""
    hold_clause_of(case)
    reasons = why_not_propose_relief(case)
    missing = standing_of(case, on=localtime(at).date()).missing
    if not reasons and not 0 < hours <= missing:
        reasons = [f"Proposez entre 0 et {in_hours(missing)}\u00a0: c’est ce qui manque aujourd’hui."]
    if reasons:
        raise Refused(*reasons)
    move_case(case, Status.RELIEF)
    try:
        with transaction.atomic():
            relief = Relief.objects.create(
                service=case.service,
                case=case,
                hours=hours,
                reason=reason,
                proposed_at=at,
                proposed_by=by.user,
            )
    except IntegrityError:
        raise Refused(JUST_HANDLED)
    # Its reason stays in the relief, which the company reads with the buyer's answer and not before.
    record("penalty_case.relief_proposed", about=case, by=by, at=at, hours=str(hours))
    mails.tell_buyer_to_decide(case, relief)
    return relief


def why_not_answer_relief(case: PenaltyCase) -> list[str]:
    """The reasons that keep the buyer from answering; none when some relief waits for it."""
    if not case.is_open:
        return [ENDED]
    return [] if pending_relief(case) else [NOTHING_WAITS]


@transaction.atomic
def answer_relief(case: PenaltyCase, *, granted: Decimal, answer: str, by: Actor, at: datetime) -> Relief:
    """Grant the hours of relief proposed, a part of them or none, and say why. The buyer alone does it."""
    relief = pending_relief(case)
    reasons = why_not_answer_relief(case)
    if relief is None or reasons:
        raise Refused(*reasons)
    if not 0 <= granted <= relief.hours:
        raise Refused(f"Accordez entre 0 et {in_hours(relief.hours)}\u00a0: c’est ce qui est proposé.")
    rows = Relief.objects.filter(pk=relief.pk, answered_at=None)
    if not rows.update(granted=granted, answer=answer, answered_at=at, answered_by=by.user):
        raise Refused(JUST_HANDLED)
    move_case(case, Status.EXCHANGE)
    record("penalty_case.relief_answered", about=case, by=by, at=at, reason=answer, granted=str(granted))
    relief.refresh_from_db()
    mails.tell_of_relief(case, relief)
    return relief
