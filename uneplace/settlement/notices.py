"""What is written to a company about what is missing, in the order of the chain, and what stops it.

Each paper leaves while the clause is held: it says what the ledger says at that moment, and does not leave
when nothing is missing any more (see `standing.py`).
"""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.timezone import localtime

from uneplace.journal.actions import record
from uneplace.kit.refused import Refused
from uneplace.organisations.actor import Actor
from uneplace.organisations.models import Organisation
from uneplace.rules.french import day

from . import mails
from .control_records import Difficulty, Notice, Relief
from .exposure import exposure_of
from .models import PenaltyCase
from .notice_figures import figures_of
from .standing import Standing, hold_clause_of, standing_of, why_not_threaten

Status, Kind = PenaltyCase.Status, Notice.Kind
ENDED = "Ce dossier est terminé."
AFTER_TODAY = "La date limite de réponse doit être après aujourd’hui."
BUYER_ALONE = "L’acheteur a mis l’entreprise en demeure\u00a0: lui seul lui écrit désormais."
JUST_HANDLED = "Quelqu’un d’autre vient de faire avancer ce dossier. Relisez-le avant de recommencer."


def why_not_remind(case: PenaltyCase, *, on: date, standing: Standing | None = None) -> list[str]:
    """The reasons that keep the service from reminding the company; `standing` when it was already read."""
    if not case.is_open:
        return [ENDED]
    if case.status == Status.NOTICE:
        return [BUYER_ALONE]
    if reasons := why_not_threaten(standing or standing_of(case, on=on)):
        return reasons
    return _already_sent(case, Kind.REMINDER, on)


def _already_sent(case: PenaltyCase, kind: str, on: date) -> list[str]:
    if Notice.objects.filter(case=case, kind=kind, sent_at__date=on).exists():
        return [f"{Kind(kind).label}\u00a0: c’est déjà parti aujourd’hui."]
    return []


@transaction.atomic
def send_reminder(case: PenaltyCase, *, text: str, answer_before: date, by: Actor, at: datetime) -> Notice:
    """Remind the company of what is missing, with a day before which to answer. Raises `Refused`."""
    notice = _send(case, Kind.REMINDER, text, answer_before, why_not_remind, by=by, at=at)
    _speak(case, answer_before)
    record("penalty_case.reminded", about=case, by=by, at=at, answer_before=answer_before.isoformat())
    mails.tell_company_of_reminder(notice)
    return notice


def why_not_write(case: PenaltyCase, *, on: date, standing: Standing | None = None) -> list[str]:
    """The reasons that keep the service from writing to the company with a copy to the buyer."""
    if not case.is_open:
        return [ENDED]
    if case.status == Status.NOTICE:
        return [BUYER_ALONE]
    if reasons := why_not_threaten(standing or standing_of(case, on=on)):
        return reasons
    if reasons := why_first_answer(case):
        return reasons
    return _already_sent(case, Kind.LETTER, on)


@transaction.atomic
def write_to_company(case: PenaltyCase, *, text: str, answer_before: date, by: Actor, at: datetime) -> Notice:
    """Write formally to the company what is missing, with a copy to the buyer. Raises `Refused`."""
    copy_to = case.commitment.clause.lot.contract.buyer
    notice = _send(case, Kind.LETTER, text, answer_before, why_not_write, copy_to=copy_to, by=by, at=at)
    _speak(case, answer_before)
    record("penalty_case.written", about=case, by=by, at=at, answer_before=answer_before.isoformat())
    mails.tell_of_letter(notice)
    return notice


def why_not_give_notice(case: PenaltyCase, *, on: date, standing: Standing | None = None) -> list[str]:
    """The reasons that keep the buyer from giving formal notice: above all, nothing is missing; the company
    must have spoken, or have let the day of a letter go by."""
    if not case.is_open:
        return [ENDED]
    if case.status == Status.NOTICE:
        return [f"L’entreprise est déjà en demeure depuis le {day(case.notice_on)}."]
    if reasons := why_not_threaten(standing or standing_of(case, on=on)):
        return reasons
    if reasons := why_first_answer(case):
        return reasons
    if Relief.objects.filter(case=case, answered_at=None).exists():
        return ["Le service vous propose une exonération\u00a0: répondez-y d’abord."]
    return _why_not_heard(case, on=on)


def _why_not_heard(case: PenaltyCase, *, on: date) -> list[str]:
    # What the service noted of a talk, what the company said, or a difficulty it declared: it was heard.
    if case.exchanges.exists() or Difficulty.objects.filter(commitment=case.commitment_id).exists():
        return []
    letter = Notice.objects.filter(case=case, kind=Kind.LETTER).order_by("-number").first()
    if letter is None:
        return [
            "Aucun échange avec l’entreprise n’est enregistré\u00a0: elle doit d’abord pouvoir s’expliquer."
        ]
    if letter.answer_before is not None and on < letter.answer_before:
        return [f"L’entreprise peut répondre au courrier du service avant le {day(letter.answer_before)}."]
    return []


@transaction.atomic
def give_notice(case: PenaltyCase, *, answer_before: date, text: str = "", by: Actor, at: datetime) -> Notice:
    """Give the company formal notice, with the day before which it must answer. The buyer alone does it."""
    service = case.service
    notice = _send(case, Kind.FORMAL, text, answer_before, why_not_give_notice, copy_to=service, by=by, at=at)
    on = localtime(at).date()
    move_case(case, Status.NOTICE, notice_on=on, answer_before=answer_before, reason="")
    record("penalty_case.notice_given", about=case, by=by, at=at, answer_before=answer_before.isoformat())
    mails.tell_company_of_notice(notice)
    return notice


def why_not_prepare_account(case: PenaltyCase, *, on: date, standing: Standing | None = None) -> list[str]:
    """The reasons that keep the service from preparing the account on which the buyer decides."""
    if not case.is_open:
        return [ENDED]
    if case.status == Status.GAP:
        return ["Parlez d’abord avec l’entreprise\u00a0: aucun échange n’est enregistré."]
    if reasons := why_not_threaten(standing or standing_of(case, on=on)):
        return reasons
    if pending := why_first_answer(case):
        return pending
    if Relief.objects.filter(case=case, answered_at=None).exists():
        return ["L’acheteur doit d’abord répondre à l’exonération proposée\u00a0: elle change les chiffres."]
    latest = Notice.objects.filter(case=case, kind=Kind.ACCOUNT).order_by("-number").first()
    if latest and latest.figures["exposure"] == exposure_of(case, on=on).kept():
        return ["Le dernier décompte dit déjà les mêmes chiffres."]
    return []


@transaction.atomic
def prepare_account(case: PenaltyCase, *, text: str = "", by: Actor, at: datetime) -> Notice:
    """Prepare for the buyer what the rule of penalties says that day, with annexes; nothing is decided."""
    buyer = case.commitment.clause.lot.contract.buyer
    notice = _send(case, Kind.ACCOUNT, text, None, why_not_prepare_account, copy_to=buyer, by=by, at=at)
    record(
        "penalty_case.account_prepared", about=case, by=by, at=at, total=notice.figures["exposure"]["total"]
    )
    mails.tell_buyer_of_account(notice)
    return notice


def _send(
    case: PenaltyCase,
    kind: str,
    text: str,
    answer_before: date | None,
    why_not,
    *,
    copy_to: Organisation | None = None,
    by: Actor,
    at: datetime,
) -> Notice:
    """One more paper of the case, with the figures of the day, while its clause is held."""
    on = localtime(at).date()
    hold_clause_of(case)
    _read_again(case)
    standing = standing_of(case, on=on)
    reasons = why_not(case, on=on, standing=standing)
    if answer_before is not None and answer_before <= on:
        reasons.append(AFTER_TODAY)
    if reasons:
        raise Refused(*reasons)
    latest = Notice.objects.filter(case=case).aggregate(number=Max("number"))["number"]
    try:
        with transaction.atomic():
            return Notice.objects.create(
                service=case.service,
                case=case,
                kind=kind,
                number=(latest or 0) + 1,
                author=by.organisation,
                copy_to=copy_to,
                text=text.strip(),
                answer_before=answer_before,
                figures=figures_of(case, standing, reader=_reader(case, kind, by)),
                sent_at=at,
                sent_by=by.user,
            )
    except IntegrityError:
        raise Refused(JUST_HANDLED)


def _reader(case: PenaltyCase, kind: str, by: Actor) -> Actor:
    """Whose sight bounds the steps that a paper tells: the company's, of all that it receives."""
    return by if kind == Kind.ACCOUNT else Actor(None, case.commitment.company)


def _read_again(case: PenaltyCase) -> None:
    # Of two people at once, the second must have read where the first left the case.
    read = case.status
    case.refresh_from_db(fields=["status", "notice_on", "answer_before"])
    if case.status != read and case.is_open:
        raise Refused(JUST_HANDLED)


def _speak(case: PenaltyCase, answer_before: date) -> None:
    move_case(
        case, Status.EXCHANGE if case.status == Status.GAP else case.status, answer_before=answer_before
    )


def move_case(case: PenaltyCase, target: str, **changes) -> None:
    """Move a case from where it was read to its next status. Raises `Refused` when it is not there."""
    # The case moves only if it still is where we read it: two people acting at once cannot both win.
    rows = PenaltyCase.objects.filter(pk=case.pk, status=case.status)
    if not rows.update(status=target, **changes):
        raise Refused(JUST_HANDLED)
    for field, value in {"status": target, **changes}.items():
        setattr(case, field, value)


def pending_difficulty(case: PenaltyCase) -> Difficulty | None:
    """The difficulty that the company declared and that the service has not answered yet."""
    return Difficulty.objects.filter(commitment=case.commitment_id, outcome="").first()


def why_first_answer(case: PenaltyCase) -> list[str]:
    """The reason why a declared difficulty comes before whatever is claimed."""
    pending = pending_difficulty(case)
    if pending is None:
        return []
    declared = day(localtime(pending.declared_at).date())
    return [f"L’entreprise a déclaré une difficulté le {declared}\u00a0: le service y répond d’abord."]
