from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, BinaryIO

from django.db import IntegrityError, transaction
from django.utils.timezone import localtime

from uneplace.journal.actions import record
from uneplace.kit.refused import Refused
from uneplace.kit.uploads import CheckedFile, FileRefused, check_file
from uneplace.offers import mails
from uneplace.offers.models import Agreement, Application, CriterionAnswer, JobSheet
from uneplace.offers.perms import represented
from uneplace.organisations.actor import Actor
from uneplace.organisations.models import Organisation
from uneplace.people.actions import correct_participant, record_information, register_participant
from uneplace.people.models import Participant, Support

from .moves import check_decline, meanwhile, move_application, take_back

Status = Application.Status
ONCE = "application_once_a_job_sheet"
TO_DECIDE = (Status.NEW, Status.STUDIED, Status.ON_HOLD, Status.SHORTLISTED)
VERDICTS = (Status.SHORTLISTED, Status.ON_HOLD, Status.DECLINED)


@dataclass(frozen=True)
class Told:
    """When and how a person was told something, or answered it."""

    on: date
    means: str


@dataclass(frozen=True)
class AnswerGiven:
    """What the structure says of one criterion: met, to confirm or not, and the fact."""

    met: str
    fact: str = ""


def why_not_put_forward(sheet: JobSheet, *, on: date) -> list[str]:
    """The reasons that keep anybody from being put forward for this job."""
    if sheet.status == JobSheet.Status.FILLED:
        return ["Ce poste est pourvu."]
    if sheet.status != JobSheet.Status.PUBLISHED:
        return ["Cette fiche n’est plus ouverte aux candidatures."]
    if sheet.period.upper and sheet.period.upper <= on:
        return ["Les dates de ce poste sont passées."]
    return []


@transaction.atomic
def put_forward(
    sheet: JobSheet,
    *,
    organisation: Organisation,
    information: Told,
    agreement: Told | None = None,
    participant: Participant | None = None,
    identity: Mapping[str, Any] | None = None,
    answers: Mapping[int, AnswerGiven] | None = None,
    cv: BinaryIO | None = None,
    cv_name: str = "",
    licences: list[str] | None = None,
    by: Actor,
    at: datetime,
    **details: Any,
) -> Application:
    """Put one person forward for a job: somebody that `organisation` follows, or a new person (`identity`).

    `information` is when and how the person was told what the file is for; `agreement` the person's yes to
    this transmission, now or later. `answers` are by criterion id; `details` are the application's own fields
    (available_from, availability, message).
    """
    on = localtime(at).date()
    if reasons := why_not_put_forward(sheet, on=on):
        raise Refused(*reasons)
    # Until the answer is written, nobody fills nor closes the sheet.
    if JobSheet.objects.select_for_update(no_key=True).get(pk=sheet.pk).status != JobSheet.Status.PUBLISHED:
        raise Refused("Cette fiche vient d’être pourvue ou close.")
    if participant is None:
        participant = register_participant(
            service=sheet.service,
            organisation=organisation,
            by=by,
            at=at,
            **{**(identity or {}), "licences": licences or []},
        )
    elif not _follows(organisation, participant, sheet):
        raise Refused("Choisissez une personne que la structure accompagne.")
    elif licences is not None:
        correct_participant(participant, licences=licences, by=by, at=at)
    record_information(
        participant,
        organisation=organisation,
        given_on=information.on,
        means=information.means,
        by=by,
        at=at,
    )
    application = _insert(sheet, participant, organisation, at=at, **details)
    _write_answers(application, answers or {})
    if agreement is not None:
        record_agreement(
            application,
            answer=Agreement.Answer.GIVEN,
            given_on=agreement.on,
            means=agreement.means,
            by=by,
            at=at,
        )
    record(
        "application.sent",
        about=application,
        by=by,
        at=at,
        on_behalf_of=represented(by, organisation),
        cv=cv is not None,
    )
    mails.tell_service_of_application(application)
    if cv is not None:
        _keep_cv(application, cv, cv_name)  # last: a file is not taken back with the transaction
    return application


@transaction.atomic
def record_agreement(
    application: Application, *, answer: str, given_on: date, means: str, by: Actor, at: datetime
) -> Agreement:
    """Keep the person's answer to this transmission: when, how, and who wrote it down."""
    if given_on > localtime(at).date():
        raise Refused("La date de l’accord ne peut pas être dans l’avenir.")
    current = Application.objects.select_for_update(no_key=True).get(pk=application.pk)
    if current.status not in TO_DECIDE:
        raise Refused(meanwhile(current.status))
    agreement, _ = Agreement.objects.update_or_create(
        application=application,
        defaults={
            "service": application.service,
            "answer": answer,
            "given_on": given_on,
            "means": means,
            "recorded_by": by.user,
        },
    )
    record("agreement.recorded", about=application, by=by, at=at, answer=answer, means=means)
    return agreement


def why_not_preselect(application: Application) -> list[str]:
    """The reasons that keep a facilitator from deciding on this file, or from deciding again."""
    if application.status in TO_DECIDE:
        return []
    if application.status == Status.DECLINED and not _was_sent(application):
        return []
    return [meanwhile(application.status)]


@transaction.atomic
def preselect(
    application: Application,
    *,
    verdict: str,
    reason: str = "",
    decline_reason: str = "",
    note: str = "",
    by: Actor,
    at: datetime,
) -> None:
    """Keep a file for transmission, in reserve, or discard it; each time with a reason.

    `verdict` is SHORTLISTED or ON_HOLD, with `reason`; or DECLINED, with `decline_reason` and `note`, which
    the structure reads. A decision can be taken again until the file is transmitted.
    """
    if reasons := why_not_preselect(application):
        raise Refused(*reasons)
    if verdict not in VERDICTS:
        raise Refused("Choisissez de retenir, de mettre en réserve ou d’écarter.")
    if verdict == Status.DECLINED:
        check_decline(decline_reason, note)
        changes = {"decline_reason": decline_reason, "decline_note": note.strip(), "answered_at": at}
        changes |= {"answered_by": by.organisation, "shortlist_reason": ""}
    else:
        if not reason.strip():
            raise Refused("Écrivez la raison de votre choix, en une phrase.")
        if application.job_sheet.status != JobSheet.Status.PUBLISHED:
            raise Refused("Ce poste n’est plus à pourvoir.")
        changes = {"shortlist_reason": reason.strip(), "decline_reason": "", "decline_note": ""}
        changes |= {"answered_at": None, "answered_by": None}
    move_application(application, [application.status], status=verdict, shortlisted_at=at, **changes)
    record(
        "application.shortlisted",
        about=application,
        by=by,
        at=at,
        verdict=verdict,
        reason=application.get_decline_reason_display(),  # of a list; words of one's own stay in the file
    )
    if verdict == Status.DECLINED:
        mails.tell_structures_of_answers([application])


def why_not_withdraw(application: Application) -> list[str]:
    """A candidate is withdrawn at any time before the answer."""
    return [] if application.status in Application.OPEN else [meanwhile(application.status)]


@transaction.atomic
def withdraw(application: Application, *, reason: str, note: str = "", by: Actor, at: datetime) -> None:
    """Take a candidate back, with a reason; the company loses sight of the file and is told."""
    if reasons := why_not_withdraw(application):
        raise Refused(*reasons)
    check_decline(reason, note)
    move_application(
        application,
        Application.OPEN,
        status=Status.WITHDRAWN,
        decline_reason=reason,
        decline_note=note.strip(),
        answered_at=at,
        answered_by=application.organisation,
    )
    take_back([application], at=at)
    record(
        "application.withdrawn",
        about=application,
        by=by,
        at=at,
        on_behalf_of=represented(by, application.organisation),
        reason=application.get_decline_reason_display(),
    )
    mails.tell_service_of_withdrawal(application)
    if _was_sent(application):
        mails.tell_company_of_withdrawal(application)


def _was_sent(application: Application) -> bool:
    return hasattr(application, "transmission")


def _follows(organisation: Organisation, participant: Participant, sheet: JobSheet) -> bool:
    return (
        participant.service_id == sheet.service_id
        and Support.objects.filter(participant=participant, organisation=organisation).exists()
    )


def _insert(
    sheet: JobSheet, participant: Participant, organisation: Organisation, *, at: datetime, **details: Any
) -> Application:
    try:
        with transaction.atomic():
            return Application.objects.create(
                service=sheet.service,
                job_sheet=sheet,
                participant=participant,
                organisation=organisation,
                sent_at=at,
                **details,
            )
    except IntegrityError as error:
        if ONCE not in str(error):
            raise
        rule = next(rule for rule in Application._meta.constraints if rule.name == ONCE)
        raise Refused(str(rule.violation_error_message))


def _write_answers(application: Application, answers: Mapping[int, AnswerGiven]) -> None:
    CriterionAnswer.objects.bulk_create(
        CriterionAnswer(
            service=application.service,
            application=application,
            criterion=criterion,
            met=answers[criterion.pk].met,
            fact=answers[criterion.pk].fact,
        )
        for criterion in application.job_sheet.criteria.all()
        if criterion.pk in answers
    )


def _keep_cv(application: Application, cv: BinaryIO, name: str) -> None:
    """Kept sealed under a name drawn at random, and shown under its own."""
    if not isinstance(cv, CheckedFile):
        size = cv.seek(0, 2)
        try:
            cv = check_file(cv, name, size)
        except FileRefused as refusal:
            raise Refused(str(refusal))
    application.cv_name = cv.name
    application.cv.save(f"cv{cv.extension}", cv, save=False)
    application.save(update_fields=["cv", "cv_name"])
