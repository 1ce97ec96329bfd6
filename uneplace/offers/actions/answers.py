from datetime import datetime

from django.db import transaction

from uneplace.journal.actions import record, record_many
from uneplace.kit.refused import Refused
from uneplace.offers import mails
from uneplace.offers.models import Application, JobSheet
from uneplace.offers.perms import IN_COMPANY_HANDS, represented
from uneplace.organisations.actor import Actor
from uneplace.people.models import Participant

from .moves import check_decline, end_applications, meanwhile, move_application

Status = Application.Status


def why_not_answer(application: Application) -> list[str]:
    """The reasons that keep the company from answering."""
    return [] if application.status in IN_COMPANY_HANDS else [meanwhile(application.status)]


def why_not_choose(application: Application) -> list[str]:
    """The reasons that keep the company from choosing this person."""
    reasons = why_not_answer(application)
    if application.job_sheet.status == JobSheet.Status.FILLED:
        reasons.append("Tous les postes de cette fiche sont pourvus.")
    elif application.job_sheet.status != JobSheet.Status.PUBLISHED:
        reasons.append("Cette fiche de poste est close.")
    return reasons


@transaction.atomic
def propose_meeting(
    application: Application, *, meeting_at: datetime, place: str, by: Actor, at: datetime
) -> None:
    """Propose a day, an hour and a place to meet; proposing again replaces the former meeting."""
    if reasons := why_not_choose(application):
        raise Refused(*reasons)
    if meeting_at <= at:
        raise Refused("Choisissez un moment à venir pour l’entretien.")
    move_application(
        application,
        IN_COMPANY_HANDS,
        status=Status.MEETING,
        meeting_at=meeting_at,
        meeting_place=place.strip(),
    )
    record(
        "application.meeting_proposed",
        about=application,
        by=by,
        at=at,
        on_behalf_of=represented(by, application.job_sheet.commitment.company),
    )
    mails.tell_structure_of_meeting(application)


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
    move_application(
        application,
        IN_COMPANY_HANDS,
        status=Status.HIRED,
        answered_at=at,
        answered_by=sheet.commitment.company,
    )
    record(
        "application.hired",
        about=application,
        by=by,
        at=at,
        on_behalf_of=represented(by, sheet.commitment.company),
    )
    if sheet.applications.filter(status=Status.HIRED).count() >= sheet.posts:
        JobSheet.objects.filter(pk=sheet.pk).update(status=JobSheet.Status.FILLED)
        record("job_sheet.filled", about=sheet, by=by, at=at)
    mails.tell_structures_of_answers([application])
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
        answered_by=company,
    )
    record(
        "application.declined",
        about=application,
        by=by,
        at=at,
        on_behalf_of=represented(by, company),
        reason=application.get_decline_reason_display(),
    )
    mails.tell_structures_of_answers([application])
    mails.tell_service_of_answer(application)


def _close_the_others(application: Application, *, by: Actor, at: datetime) -> None:
    others = Application.objects.filter(participant=application.participant_id).exclude(pk=application.pk)
    ended = end_applications(others, Status.HIRED_ELSEWHERE, by=by, at=at)
    record_many("application.hired_elsewhere", about=ended, by=by, at=at)
    mails.tell_structures_of_answers(ended)
    mails.tell_companies_of_loss(ended)
