from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.timezone import localtime

from uneplace.contracts.models import Clause, Commitment
from uneplace.journal.actions import record
from uneplace.kit.refused import Refused
from uneplace.kit.scope import working_with
from uneplace.organisations.actor import Actor
from uneplace.organisations.models import Organisation
from uneplace.rules.french import day, hours

from . import mails
from .exposure import actions_done, exposure_now, exposure_of, missed_actions
from .models import Exchange, PenaltyCase
from .notices import ENDED, move_case, why_first_answer
from .queries import is_late
from .standing import (
    PUT_RIGHT,
    Standing,
    hold_clause_of,
    read_commitment,
    standing_of,
    standing_on,
    why_not_threaten,
)

Status = PenaltyCase.Status
ON_PACE = "L’entreprise a repris le rythme\u00a0: le dossier s’arrête."
DONE = "Tout ce qui était dû est fait\u00a0: le dossier s’arrête. Les documents en retard restent demandés."


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
    clause = commitment.clause
    if clause.owes_actions:
        missed = _why_no_action_is_missed(clause, on=on)
        return missed or why_not_threaten(standing_on(commitment.pk, on=on))
    standing = standing_on(commitment.pk, on=on)
    stands = standing.progress
    if not standing.missing:
        return ["Il ne manque aucune heure."]
    if not is_late(standing.asked, on=on):
        return [
            f"L’entreprise est dans le rythme\u00a0: {hours(stands.counted)} comptées, "
            f"pour {hours(standing.asked.expected)} attendues au {day(on)}{_relieved(standing)}."
        ]
    return why_not_threaten(standing)


def _relieved(standing: Standing) -> str:
    by_now = standing.relieved.by_now
    return f", {hours(by_now)} exonérées déduites" if by_now else ""


def _why_no_action_is_missed(clause: Clause, *, on: date) -> list[str]:
    if clause.execution.upper is None or on < clause.execution.upper:
        return ["L’exécution n’est pas finie\u00a0: les actions peuvent encore être faites."]
    if not missed_actions(clause, actions_done([clause])[clause.pk], on=on):
        return ["Il ne manque aucune action."]
    return []


@transaction.atomic
def open_case(commitment: Commitment, *, by: Actor, at: datetime) -> PenaltyCase:
    """Note that hours or actions are missing on a commitment; the company is told and asked what happened."""
    on = localtime(at).date()
    # Nobody validates hours nor closes the clause meanwhile: see `hold_clause` in uneplace/hours/actions.py.
    Clause.objects.select_for_update(no_key=True).get(pk=commitment.clause_id)
    commitment = read_commitment(commitment.pk)
    if reasons := why_not_open_case(commitment, on=on):
        raise Refused(*reasons)
    gap = exposure_now(commitment, on=on)
    try:
        with transaction.atomic():
            case = PenaltyCase.objects.create(
                service=commitment.service,
                commitment=commitment,
                opened_at=at,
                missing_hours=gap.missing_hours,
                missing_actions=gap.missed_actions,
            )
    except IntegrityError:
        raise Refused("Un dossier vient d’être ouvert pour cet engagement.")
    missing = {"missing_hours": str(case.missing_hours), "missing_actions": case.missing_actions}
    record("penalty_case.opened", about=case, by=by, at=at, **missing)
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
    move_case(case, Status.EXCHANGE if case.status == Status.GAP else case.status)
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


def why_not_apply(case: PenaltyCase, *, on: date, standing: Standing | None = None) -> list[str]:
    """The reasons that keep the buyer from applying a penalty; `standing` when it was already read."""
    if not case.is_open:
        return [ENDED]
    if case.status != Status.NOTICE:
        return ["Une pénalité ne s’applique qu’après une mise en demeure."]
    if on < case.answer_before:
        return [f"L’entreprise doit répondre avant le {day(case.answer_before)}\u00a0: attendez ce jour."]
    if pending := why_first_answer(case):
        return pending
    return why_not_threaten(standing or standing_of(case, on=on))


@transaction.atomic
def apply_penalty(case: PenaltyCase, *, reason: str, by: Actor, at: datetime) -> None:
    """Note that the buyer applies a penalty; the case keeps what the rule said that day.

    Refused, like any threat, once nothing is missing: the clause is held while one looks.
    """
    hold_clause_of(case)
    if reasons := why_not_apply(case, on=localtime(at).date()):
        raise Refused(*reasons)
    _end(case, Status.APPLIED, reason=reason, at=at)
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
    _end(case, Status.WAIVED, reason=reason, at=at)
    record("penalty_case.waived", about=case, by=by, at=at, reason=reason)
    mails.tell_company_of_end(case)


def why_not_close(case: PenaltyCase, *, on: date, standing: Standing | None = None) -> list[str]:
    """The reasons that keep the service from closing a case; once put right, it is stopped at any stage."""
    if not case.is_open:
        return [ENDED]
    if case.status == Status.NOTICE and not (standing or standing_of(case, on=on)).is_put_right:
        return [
            "L’acheteur a mis l’entreprise en demeure et il manque encore quelque chose\u00a0: "
            "lui seul met fin au dossier."
        ]
    return []


@transaction.atomic
def close_case(case: PenaltyCase, *, reason: str, by: Actor, at: datetime) -> None:
    """End a case that has no object any more: hours caught up, duty reduced, noted by mistake."""
    hold_clause_of(case)
    if reasons := why_not_close(case, on=localtime(at).date()):
        raise Refused(*reasons)
    _end(case, Status.CLOSED, reason=reason, at=at)
    record("penalty_case.closed", about=case, by=by, at=at, reason=reason)
    mails.tell_company_of_end(case)


def stop_cases_put_right(*, by: Actor, at: datetime) -> int:
    """Stop the open cases of the actor's service in which nothing is missing any more; says how many.

    Each is looked at in a transaction of its own, its clause held: one that somebody moves meanwhile waits
    for the next night, and does not keep the others from stopping.
    """
    cases = PenaltyCase.objects.filter(service=by.organisation, status__in=PenaltyCase.OPEN)
    with working_with([by.organisation.pk]):
        found = list(cases.select_related("commitment__clause").order_by("commitment__clause", "pk"))
    return sum(_stop_if_put_right(case, by=by, at=at) for case in found)


def _stop_if_put_right(case: PenaltyCase, *, by: Actor, at: datetime) -> bool:
    try:
        with working_with([by.organisation.pk]):
            hold_clause_of(case)
            case.refresh_from_db(fields=["status"])
            standing = standing_of(case, on=localtime(at).date())
            if not case.is_open or not standing.is_put_right:
                return False
            reason = (DONE if standing.late else PUT_RIGHT) if standing.is_complete else ON_PACE
            _end(case, Status.CLOSED, reason=reason, at=at)
            record("penalty_case.put_right", about=case, by=by, at=at, reason=reason)
            mails.tell_of_stop(case)
    except Refused:  # somebody has just moved it
        return False
    return True


def _end(case: PenaltyCase, target: str, *, reason: str, at: datetime) -> None:
    """The case ends with the account of that day, which it keeps whatever is counted later."""
    exposure = exposure_of(case, on=localtime(at).date())
    move_case(case, target, reason=reason, exposure_at_end=exposure.kept())
