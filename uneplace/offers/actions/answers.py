from datetime import datetime

from django.db import transaction
from django.utils.timezone import localtime

from uneplace.journal.actions import record, record_many
from uneplace.kit.refused import Refused
from uneplace.offers import mails
from uneplace.offers.models import HOLDS_POST, Application, JobSheet, Suggestion, Transmission
from uneplace.offers.perms import IN_COMPANY_HANDS, means_of, represented
from uneplace.offers.queries import hired_on, start_day
from uneplace.organisations.actor import Actor
from uneplace.people.models import Participant

from .moves import MEANWHILE, SOMEBODY_ELSE, check_decline, end_applications, meanwhile, move_application
from .telling import tell_answers

Status = Application.Status


def why_not_answer(application: Application) -> list[str]:
    """The reasons that keep the company from answering."""
    return [] if application.status in IN_COMPANY_HANDS else [meanwhile(application)]


def why_not_choose(application: Application) -> list[str]:
    """The reasons that keep the company from choosing this person."""
    reasons = why_not_answer(application)
    if application.job_sheet.status == JobSheet.Status.FILLED:
        reasons.append("Tous les postes de cette fiche sont pourvus.")
    elif application.job_sheet.status == JobSheet.Status.TO_AGREE:
        reasons.append(
            "La fiche de poste est reprise\u00a0: relisez-la et donnez votre accord avant de choisir."
        )
    elif application.job_sheet.status != JobSheet.Status.PUBLISHED:
        reasons.append("Cette fiche de poste est close.")
    return reasons


@transaction.atomic
def choose(application: Application, *, by: Actor, at: datetime) -> None:
    """The company chooses this person: a post is filled, and the person's other applications are closed.

    Person, then sheet, are locked in that order, so that two companies choosing one person, or two people
    chosen for the last post, come one after the other.
    """
    Participant.objects.select_for_update(no_key=True).get(pk=application.participant_id)
    sheet = (
        JobSheet.objects.select_for_update(no_key=True, of=["self"])
        .select_related("commitment__company", "service")
        .get(pk=application.job_sheet_id)
    )
    application.job_sheet = sheet
    if reasons := why_not_choose(application):
        raise Refused(*reasons)
    start = start_day(sheet, on=localtime(at).date())
    if hired_on(start).filter(participant=application.participant_id).exists():
        raise Refused(MEANWHILE[Status.HIRED_ELSEWHERE])
    move_application(
        application,
        IN_COMPANY_HANDS,
        status=Status.HIRED,
        answered_at=at,
        at=at,
        answered_by=sheet.commitment.company,
        answered_through=means_of(by, sheet.commitment.company),
    )
    record(
        "application.hired",
        about=application,
        by=by,
        at=at,
        on_behalf_of=represented(by, sheet.commitment.company),
    )
    if sheet.applications.filter(HOLDS_POST).count() >= sheet.posts:
        JobSheet.objects.filter(pk=sheet.pk).update(status=JobSheet.Status.FILLED, acted_at=at)
        record("job_sheet.filled", about=sheet, by=by, at=at)
    tell_answers([application], by=by, at=at)
    mails.tell_service_of_answer(application)
    _close_the_others(application, by=by, at=at)


@transaction.atomic
def decline(application: Application, *, reason: str, note: str = "", by: Actor, at: datetime) -> None:
    """The company does not keep this person, and says why; the structure is told."""
    if reasons := why_not_answer(application):
        raise Refused(*reasons)
    check_decline(reason, note)
    company = application.job_sheet.commitment.company
    move_application(
        application,
        IN_COMPANY_HANDS,
        status=Status.DECLINED,
        decline_reason=reason,
        decline_note=note.strip(),
        answered_at=at,
        at=at,
        answered_by=company,
        answered_through=means_of(by, company),
    )
    record(
        "application.declined",
        about=application,
        by=by,
        at=at,
        on_behalf_of=represented(by, company),
        reason=application.get_decline_reason_display(),
    )
    tell_answers([application], by=by, at=at)
    mails.tell_service_of_answer(application)


def why_not_ask_for_others(sheet: JobSheet) -> list[str]:
    """The reasons that keep the company from asking for other people."""
    if sheet.status == JobSheet.Status.FILLED:
        return ["Tous les postes de cette fiche sont pourvus."]
    if sheet.status != JobSheet.Status.PUBLISHED:
        return ["Cette fiche n’est pas diffusée."]
    if sheet.others_asked_at is not None:
        return ["Vous avez déjà demandé d’autres candidatures\u00a0: le service y travaille."]
    if not Transmission.objects.filter(application__job_sheet=sheet).exists():
        return ["Aucun dossier ne vous a encore été transmis\u00a0: le service y travaille."]
    return []


@transaction.atomic
def ask_for_others(sheet: JobSheet, *, by: Actor, at: datetime) -> None:
    """The company asks for other people; it is the facilitator's turn until files are sent again."""
    if reasons := why_not_ask_for_others(sheet):
        raise Refused(*reasons)
    rows = JobSheet.objects.filter(pk=sheet.pk, status=JobSheet.Status.PUBLISHED, others_asked_at=None)
    if not rows.update(others_asked_at=at, acted_at=at):
        raise Refused(SOMEBODY_ELSE)
    sheet.refresh_from_db()
    behalf = represented(by, sheet.commitment.company)
    record("job_sheet.others_asked", about=sheet, by=by, at=at, on_behalf_of=behalf)
    if behalf is None:
        mails.tell_service_of_others_asked(sheet)


def _close_the_others(application: Application, *, by: Actor, at: datetime) -> None:
    others = Application.objects.filter(participant=application.participant_id).exclude(pk=application.pk)
    ended = end_applications(others, Status.HIRED_ELSEWHERE, by=by, at=at)
    record_many("application.hired_elsewhere", about=ended, by=by, at=at)
    tell_answers(ended, by=by, at=at)
    mails.tell_companies_of_loss(ended, at=at)
    Suggestion.objects.filter(participant=application.participant_id, status=Suggestion.Status.ASKED).update(
        status=Suggestion.Status.MOOT, answered_at=at
    )
