from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.timezone import localtime

from uneplace.contracts.models import Clause, Commitment
from uneplace.hours.queries import progress_of
from uneplace.journal.actions import record
from uneplace.kit.refused import Refused
from uneplace.organisations.actor import Actor
from uneplace.organisations.models import Organisation
from uneplace.rules.french import day, hours

from . import mails
from .models import Exchange, PenaltyCase
from .queries import is_late

Status = PenaltyCase.Status
JUST_HANDLED = "Quelqu’un d’autre vient de faire avancer ce dossier. Relisez-le avant de recommencer."
ENDED = "Ce dossier est terminé."


def why_not_open_case(commitment: Commitment, *, on: date) -> list[str]:
    """The reasons that keep missing hours from being noted; none means that a case can be opened."""
    status = commitment.clause.status
    if status == Clause.Status.DRAFT:
        return ["La clause est encore un brouillon\u00a0: rien n’est dû."]
    if status in (Clause.Status.MET, Clause.Status.CLOSED):
        word = commitment.clause.get_status_display()
        return [f"La clause est «\u00a0{word}\u00a0»\u00a0: il n’y a plus d’écart à constater."]
    if commitment.penalty_cases.filter(status__in=PenaltyCase.OPEN).exists():
        return ["Un dossier est déjà ouvert pour cet engagement."]
    stands = progress_of([commitment], on=on)[commitment.pk]
    if stands.missing <= 0:
        return ["Il ne manque aucune heure."]
    if not is_late(stands):
        return [
            f"L’entreprise est dans le rythme\u00a0: {hours(stands.counted)} comptées, "
            f"pour {hours(stands.expected)} attendues au {day(on)}."
        ]
    return []


@transaction.atomic
def open_case(commitment: Commitment, *, by: Actor, at: datetime) -> PenaltyCase:
    """Note that hours are missing on a commitment; the company is told and asked what happened."""
    on = localtime(at).date()
    if reasons := why_not_open_case(commitment, on=on):
        raise Refused(*reasons)
    missing = progress_of([commitment], on=on)[commitment.pk].missing
    try:
        with transaction.atomic():
            case = PenaltyCase.objects.create(
                service=commitment.service, commitment=commitment, opened_at=at, missing_hours=missing
            )
    except IntegrityError:
        raise Refused("Un dossier vient d’être ouvert pour cet engagement.")
    record("penalty_case.opened", about=case, by=by, at=at, missing_hours=str(missing))
    mails.tell_company_of_gap(case)
    return case


def why_not_record_exchange(case: PenaltyCase) -> list[str]:
    """The reasons that keep something said from being added; none means that it can be."""
    return [] if case.is_open else [ENDED]


@transaction.atomic
def record_exchange(
    case: PenaltyCase,
    *,
    speaker: Organisation,
    held_on: date,
    means: str,
    text: str,
    by: Actor,
    at: datetime,
) -> Exchange:
    """Keep what one party said about missing hours, on which day and how; the first one opens the dialogue.

    The service may note what the company or the buyer told it.
    """
    reasons = why_not_record_exchange(case)
    if held_on > localtime(at).date():
        reasons.append("La date de l’échange n’est pas encore passée.")
    if reasons:
        raise Refused(*reasons)
    _move(case, Status.EXCHANGE if case.status == Status.GAP else case.status)
    exchange = Exchange.objects.create(
        service=case.service,
        case=case,
        held_on=held_on,
        means=means,
        text=text,
        organisation=speaker,
        recorded_by=by.user,
        recorded_at=at,
    )
    record(
        "penalty_case.exchanged",
        about=case,
        by=by,
        at=at,
        on_behalf_of=None if by.stands_for(speaker.pk) else speaker,
        means=means,
    )
    return exchange


def why_not_propose_relief(case: PenaltyCase) -> list[str]:
    """The reasons that keep relief from being proposed to the buyer."""
    if not case.is_open:
        return [ENDED]
    if case.status == Status.GAP:
        return ["Parlez d’abord avec l’entreprise\u00a0: aucun échange n’est enregistré."]
    if case.status == Status.RELIEF:
        return ["L’exonération est déjà proposée à l’acheteur."]
    if case.status == Status.NOTICE:
        return ["L’acheteur a mis l’entreprise en demeure\u00a0: lui seul décide de la suite."]
    return []


@transaction.atomic
def propose_relief(case: PenaltyCase, *, reason: str, by: Actor, at: datetime) -> None:
    """Propose to the buyer, with reasons, that the missing hours be not held against the company."""
    if reasons := why_not_propose_relief(case):
        raise Refused(*reasons)
    _move(case, Status.RELIEF, reason=reason)
    record("penalty_case.relief_proposed", about=case, by=by, at=at, reason=reason)
    mails.tell_buyer_to_decide(case)


def why_not_give_notice(case: PenaltyCase) -> list[str]:
    """The reasons that keep the buyer from giving formal notice."""
    if not case.is_open:
        return [ENDED]
    if case.status == Status.GAP:
        return [
            "Aucun échange avec l’entreprise n’est enregistré\u00a0: elle doit d’abord pouvoir s’expliquer."
        ]
    if case.status == Status.NOTICE:
        return [f"L’entreprise est déjà en demeure depuis le {day(case.notice_on)}."]
    return []


@transaction.atomic
def give_notice(case: PenaltyCase, *, answer_before: date, by: Actor, at: datetime) -> None:
    """Give the company formal notice, with the day before which it must answer. The buyer alone does it."""
    on = localtime(at).date()
    reasons = why_not_give_notice(case)
    if answer_before <= on:
        reasons.append("La date limite de réponse doit être après aujourd’hui.")
    if reasons:
        raise Refused(*reasons)
    _move(
        case,
        Status.NOTICE,
        notice_on=on,
        answer_before=answer_before,
        reason="",
    )
    record("penalty_case.notice_given", about=case, by=by, at=at, answer_before=answer_before.isoformat())
    mails.tell_company_of_notice(case)


def why_not_apply(case: PenaltyCase, *, on: date) -> list[str]:
    """The reasons that keep the buyer from applying a penalty."""
    if not case.is_open:
        return [ENDED]
    if case.status != Status.NOTICE:
        return ["Une pénalité ne s’applique qu’après une mise en demeure."]
    if on < case.answer_before:
        return [f"L’entreprise peut répondre jusqu’au {day(case.answer_before)}."]
    return []


@transaction.atomic
def apply_penalty(case: PenaltyCase, *, reason: str, by: Actor, at: datetime) -> None:
    """Note that the buyer applies a penalty. Its amount is the buyer's own act, outside this software."""
    if reasons := why_not_apply(case, on=localtime(at).date()):
        raise Refused(*reasons)
    _move(case, Status.APPLIED, reason=reason)
    record("penalty_case.applied", about=case, by=by, at=at, reason=reason)
    mails.tell_company_of_end(case)


def why_not_waive(case: PenaltyCase) -> list[str]:
    """The reasons that keep the buyer from waiving the penalty."""
    return [] if case.is_open else [ENDED]


@transaction.atomic
def waive_penalty(case: PenaltyCase, *, reason: str, by: Actor, at: datetime) -> None:
    """Note that the buyer holds nothing against the company, and why."""
    if reasons := why_not_waive(case):
        raise Refused(*reasons)
    _move(case, Status.WAIVED, reason=reason)
    record("penalty_case.waived", about=case, by=by, at=at, reason=reason)
    mails.tell_company_of_end(case)


def why_not_close(case: PenaltyCase) -> list[str]:
    """The reasons that keep the service from closing a case."""
    if not case.is_open:
        return [ENDED]
    if case.status == Status.NOTICE:
        return ["L’acheteur a mis l’entreprise en demeure\u00a0: lui seul met fin au dossier."]
    return []


@transaction.atomic
def close_case(case: PenaltyCase, *, reason: str, by: Actor, at: datetime) -> None:
    """End a case that has no object any more: hours caught up, duty reduced, noted by mistake."""
    if reasons := why_not_close(case):
        raise Refused(*reasons)
    _move(case, Status.CLOSED, reason=reason)
    record("penalty_case.closed", about=case, by=by, at=at, reason=reason)
    mails.tell_company_of_end(case)


def _move(case: PenaltyCase, target: str, **changes) -> None:
    # The case moves only if it still is where we read it: two people acting at once cannot both win.
    rows = PenaltyCase.objects.filter(pk=case.pk, status=case.status)
    if not rows.update(status=target, **changes):
        raise Refused(JUST_HANDLED)
    for field, value in {"status": target, **changes}.items():
        setattr(case, field, value)
