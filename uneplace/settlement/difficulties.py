"""What keeps a company from doing its hours: declared by it, answered by the service, done by an act alone.

Accepting changes nothing by itself: the service records the act of the clause first (suspension, reduction,
amendment: see `changing.py`), then links it. Until it is answered, no letter nor formal notice leaves.
"""

from datetime import date, datetime
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.timezone import localtime

from uneplace.contracts.models import Clause, Commitment, DutyChange
from uneplace.contracts.queries import UNDER_WAY
from uneplace.hours.queries import progress_of
from uneplace.journal.actions import record
from uneplace.kit.refused import Refused
from uneplace.organisations.actor import Actor
from uneplace.rules.french import hours as in_hours

from . import mails
from .control_records import Difficulty
from .models import PenaltyCase
from .relieved import NONE, relieved_of

Asked, Outcome, ActKind = Difficulty.Asked, Difficulty.Outcome, DutyChange.Kind
ANSWERED = "Cette difficulté a déjà reçu sa réponse."
NO_HOURS = (
    "Cette clause compte des actions\u00a0: demandez de la suspendre, ou de supprimer ce qui reste à faire."
)
ALREADY = "Une difficulté déclarée attend déjà la réponse du service."
ACTS_FOR = {
    Asked.SUSPENSION: [ActKind.SUSPENSION],
    Asked.REDUCTION: [ActKind.REDUCTION, ActKind.AMENDMENT],
    Asked.REMOVAL: [ActKind.REDUCTION, ActKind.AMENDMENT],
}


def why_not_declare(commitment: Commitment) -> list[str]:
    """The reasons that keep a company from declaring a difficulty; none means that it can."""
    clause = commitment.clause
    if clause.status not in UNDER_WAY and clause.status != Clause.Status.NOT_MET:
        word = clause.get_status_display()
        return [f"La clause est «\u00a0{word}\u00a0»\u00a0: il n’y a rien à y changer."]
    if Difficulty.objects.filter(commitment=commitment, outcome="").exists():
        return [ALREADY]
    return []


@transaction.atomic
def declare_difficulty(
    commitment: Commitment,
    *,
    asked: str,
    since: date,
    until: date | None = None,
    hours: Decimal | None = None,
    reason: str,
    by: Actor,
    at: datetime,
) -> Difficulty:
    """Say what keeps the company from doing its hours, and what it asks for. The exchange is then open.

    `until` is the last day of the suspension asked; `hours` those that the company says it can do. The
    clause is held, and read again: no letter nor formal notice leaves meanwhile (see `notices.py`).
    """
    clause = Clause.objects.select_for_update(no_key=True).get(pk=commitment.clause_id)
    commitment.refresh_from_db(fields=["hours_due"])
    commitment.clause.status = clause.status
    reasons = why_not_declare(commitment)
    if asked == Asked.SUSPENSION and (until is None or until < since):
        reasons.append("Indiquez le dernier jour de la suspension, après le premier.")
    if asked not in asks_of(clause):
        reasons.append(NO_HOURS)
    elif asked == Asked.REDUCTION and (hours is None or not 0 <= hours < commitment.hours_due):
        reasons.append(f"Indiquez moins que les {in_hours(commitment.hours_due)} dues.")
    if reasons:
        raise Refused(*reasons)
    try:
        with transaction.atomic():
            difficulty = Difficulty.objects.create(
                service_id=commitment.service_id,
                commitment=commitment,
                asked=asked,
                since=since,
                until=until if asked == Asked.SUSPENSION else None,
                hours=hours if asked == Asked.REDUCTION else None,
                reason=reason,
                declared_at=at,
                declared_by=by.user,
            )
    except IntegrityError:
        raise Refused(ALREADY)
    gap = PenaltyCase.Status.GAP
    PenaltyCase.objects.filter(commitment=commitment, status=gap).update(status=PenaltyCase.Status.EXCHANGE)
    record("difficulty.declared", about=difficulty, by=by, at=at, asked=asked, since=since.isoformat())
    mails.tell_service_of_difficulty(difficulty)
    return difficulty


def asks_of(clause: Clause) -> list[Difficulty.Asked]:
    """What can be asked on a clause: one that counts actions owes no hours to reduce."""
    return [one for one in Asked if not (one == Asked.REDUCTION and clause.owes_actions)]


def why_not_answer_difficulty(difficulty: Difficulty) -> list[str]:
    """The reasons that keep a difficulty from being answered or withdrawn."""
    return [] if difficulty.is_waiting else [ANSWERED]


def acts_for(difficulty: Difficulty) -> QuerySet[DutyChange]:
    """The acts of the clause that can do what was asked, and that answer no other difficulty of this company.

    One act is the clause's: a site that stops answers each of its companies.
    """
    acts = DutyChange.objects.filter(
        clause=difficulty.commitment.clause_id, kind__in=ACTS_FOR[Asked(difficulty.asked)]
    )
    return acts.exclude(difficulties__commitment=difficulty.commitment_id).order_by("-on", "-pk")


@transaction.atomic
def accept_difficulty(
    difficulty: Difficulty, *, act: DutyChange, answer: str = "", by: Actor, at: datetime
) -> None:
    """Answer that the clause is changed as asked, by this act, already recorded. Raises `Refused`."""
    reasons = why_not_answer_difficulty(difficulty)
    if not reasons and not acts_for(difficulty).filter(pk=act.pk).exists():
        reasons = ["Cet acte ne fait pas ce que l’entreprise demande\u00a0: choisissez-en un autre."]
    if not reasons and difficulty.asked == Asked.REMOVAL:
        reasons = _why_still_due(difficulty, on=localtime(at).date())
    if reasons:
        raise Refused(*reasons)
    _answer(difficulty, Outcome.ACCEPTED, act=act, answer=answer.strip(), by=by, at=at)
    record("difficulty.accepted", about=difficulty, by=by, at=at, act=str(act), on=act.on.isoformat())
    mails.tell_company_of_answer(difficulty)


def _why_still_due(difficulty: Difficulty, *, on: date) -> list[str]:
    commitment = Commitment.objects.select_related("clause").get(pk=difficulty.commitment_id)
    stands = progress_of([commitment], on=on)[commitment.pk]
    left = relieved_of([commitment], on=on).get(commitment.pk, NONE).asked(stands).missing
    if not left:
        return []
    return [
        f"L’entreprise doit encore {in_hours(left)}\u00a0: enregistrez l’acte qui les supprime, "
        "et attendez qu’il soit appliqué."
    ]


@transaction.atomic
def decline_difficulty(difficulty: Difficulty, *, answer: str, by: Actor, at: datetime) -> None:
    """Answer that what was asked is not done, and why. Raises `Refused`."""
    if reasons := why_not_answer_difficulty(difficulty):
        raise Refused(*reasons)
    if not answer.strip():
        raise Refused("Écrivez à l’entreprise pourquoi sa demande n’est pas retenue.")
    _answer(difficulty, Outcome.DECLINED, answer=answer.strip(), by=by, at=at)
    record("difficulty.declined", about=difficulty, by=by, at=at)
    mails.tell_company_of_answer(difficulty)


@transaction.atomic
def withdraw_difficulty(difficulty: Difficulty, *, by: Actor, at: datetime) -> None:
    """The company asks no more. Raises `Refused`."""
    if reasons := why_not_answer_difficulty(difficulty):
        raise Refused(*reasons)
    _answer(difficulty, Outcome.WITHDRAWN, by=by, at=at)
    record("difficulty.withdrawn", about=difficulty, by=by, at=at)
    mails.tell_that_difficulty_is_withdrawn(difficulty)


def _answer(difficulty: Difficulty, outcome: str, *, by: Actor, at: datetime, **changes) -> None:
    rows = Difficulty.objects.filter(pk=difficulty.pk, outcome="")
    if not rows.update(outcome=outcome, answered_at=at, answered_by=by.user, **changes):
        raise Refused(ANSWERED)
    difficulty.refresh_from_db()
