"""How a job sheet ends, and how it starts again when somebody chosen does not come."""

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localtime

from uneplace.journal.actions import record, record_many
from uneplace.kit.refused import Refused
from uneplace.offers import mails
from uneplace.offers.models import Application, JobSheet
from uneplace.offers.perms import means_of
from uneplace.organisations.actor import Actor

from .diffusion import ask_again, check_deadline
from .moves import check_decline, end_applications, move_application, move_sheet, take_back
from .telling import tell_answers

Status = JobSheet.Status
Kind = JobSheet.ClosingKind


def why_not_close(sheet: JobSheet) -> list[str]:
    """The reasons that keep a sheet from being closed."""
    return ["Cette fiche est déjà close."] if sheet.status == Status.CLOSED else []


@transaction.atomic
def close_job_sheet(sheet: JobSheet, *, kind: str, words: str = "", by: Actor, at: datetime) -> None:
    """Close the sheet for a reason of the list, with words; every application still open gets its answer.

    A company that had the sheet is told of it, and why.
    """
    if reasons := why_not_close(sheet):
        raise Refused(*reasons)
    if kind not in Kind.values:
        raise Refused("Choisissez la raison dans la liste.")
    if kind == Kind.OTHER and not words.strip():
        raise Refused("Écrivez pourquoi la fiche est close\u00a0: les structures le liront.")
    reason = words.strip() if kind == Kind.OTHER else f"{Kind(kind).label}. {words.strip()}".strip()
    is_filled = Kind.FILLED in (kind, "FILLED" if sheet.status == Status.FILLED else "")
    was_shared = sheet.status != Status.DRAFT
    JobSheet.objects.select_for_update(no_key=True).get(pk=sheet.pk)
    move_sheet(sheet, [sheet.status], status=Status.CLOSED, closing_kind=kind, closing_reason=reason, at=at)
    why = Application.DeclineReason.OTHER_CANDIDATE if is_filled else Application.DeclineReason.NO_RECRUITMENT
    ended = end_applications(
        sheet.applications.all(),
        Application.Status.DECLINED,
        by=by,
        at=at,
        decline_reason=why,
        decline_note=reason,
    )
    record("job_sheet.closed", about=sheet, by=by, at=at, reason=reason, kind=kind)
    record_many("application.declined", about=ended, by=by, at=at, reason=str(why.label))
    tell_answers(ended, by=by, at=at)
    if was_shared:
        mails.tell_company_of_sheet(sheet, f"a clos une fiche de poste ({reason.rstrip('.')})", by=by, at=at)


def why_not_free_post(application: Application, *, on: date) -> list[str]:
    """The reasons that keep the post of a chosen person, who does not come, from being open again."""
    reasons = []
    if application.status != Application.Status.HIRED:
        reasons.append("Cette personne n’est pas choisie pour ce poste.")
    if getattr(application, "placement", None) is not None:
        reasons.append("Le contrat de travail est enregistré\u00a0: c’est lui qui prend fin.")
    return reasons + _why_not_open_again(application.job_sheet, on=on)


def why_not_replace(application: Application, *, on: date) -> list[str]:
    """The reasons that keep the post left by a broken work contract from being open again."""
    reasons = []
    if not was_broken(application):
        reasons.append("Le contrat de travail n’est pas arrêté.")
    if application.job_sheet.status == Status.PUBLISHED:
        reasons.append("Le poste est déjà de nouveau à pourvoir.")
    return reasons + _why_not_open_again(application.job_sheet, on=on)


def was_broken(application: Application) -> bool:
    """Whether the work contract that came of an application ended before its term."""
    return getattr(getattr(application, "placement", None), "broken", None) is not None


def _why_not_open_again(sheet: JobSheet, *, on: date) -> list[str]:
    reasons = []
    if sheet.status == Status.CLOSED:
        reasons.append("Cette fiche est close\u00a0: rédigez-en une autre.")
    elif sheet.period.upper and sheet.period.upper <= on:
        reasons.append("Les dates de ce poste sont passées.")
    return reasons


@transaction.atomic
def replace_broken(application: Application, *, before: date, by: Actor, at: datetime) -> None:
    """Look for somebody else in the place of a person whose work contract was broken; structures answer
    `before`. The person was hired, and the application says so still."""
    on = localtime(at).date()
    if reasons := why_not_replace(application, on=on):
        raise Refused(*reasons)
    check_deadline(application.job_sheet, before, on=on)
    sheet = application.job_sheet
    move_sheet(sheet, [Status.FILLED], status=Status.PUBLISHED, apply_before=before, at=at)
    ask_again(sheet)
    record("job_sheet.reopened", about=sheet, by=by, at=at)
    mails.tell_company_of_sheet(sheet, "cherche de nouveau une personne pour ce poste", by=by, at=at)


@transaction.atomic
def free_post(
    application: Application, *, reason: str, note: str = "", before: date, by: Actor, at: datetime
) -> None:
    """Somebody chosen does not come after all: the post is open again, and structures answer `before`.

    The company loses sight of the file. The person's other applications, closed by the choice, stay closed.
    """
    on = localtime(at).date()
    if reasons := why_not_free_post(application, on=on):
        raise Refused(*reasons)
    check_decline(reason, note)
    check_deadline(application.job_sheet, before, on=on)
    sheet = (
        JobSheet.objects.select_for_update(no_key=True, of=["self"])
        .select_related("commitment__company", "service")
        .get(pk=application.job_sheet_id)
    )
    move_application(
        application,
        [Application.Status.HIRED],
        status=Application.Status.WITHDRAWN,
        decline_reason=reason,
        decline_note=note.strip(),
        answered_at=at,
        at=at,
        answered_by=by.organisation,
        answered_through=means_of(by, by.organisation),
    )
    take_back([application], at=at)
    record(
        "application.did_not_come",
        about=application,
        by=by,
        at=at,
        reason=application.get_decline_reason_display(),
    )
    was_filled = sheet.status == Status.FILLED
    move_sheet(sheet, [Status.FILLED, Status.PUBLISHED], status=Status.PUBLISHED, apply_before=before, at=at)
    ask_again(sheet)
    if was_filled:
        record("job_sheet.reopened", about=sheet, by=by, at=at)
    tell_answers([application], by=by, at=at)
    mails.tell_company_of_sheet(sheet, "cherche de nouveau une personne pour ce poste", by=by, at=at)
