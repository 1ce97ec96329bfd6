"""How an application begins: somebody put forward for a job for the first time, or once more."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, BinaryIO

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.db.models.fields.files import FieldFile

from uneplace.journal.actions import record
from uneplace.kit.refused import Refused
from uneplace.kit.uploads import CheckedFile, FileRefused, check_file
from uneplace.offers.models import (
    MAY_COME_BACK,
    Agreement,
    Application,
    CriterionAnswer,
    JobSheet,
    Suggestion,
    Transmission,
)
from uneplace.offers.perms import represented
from uneplace.organisations.actor import Actor
from uneplace.organisations.models import Organisation
from uneplace.people.actions import record_information
from uneplace.people.models import Participant

ONCE = "application_once_a_job_sheet"
# What an application that begins anew says no more; its history and the journal tell it.
ENDED: dict[str, Any] = {
    "status": Application.Status.NEW,
    "shortlist_reason": "",
    "shortlisted_at": None,
    "meeting_at": None,
    "meeting_slots": [],
    "meeting_asked_by": "",
    "meeting_place": "",
    "decline_reason": "",
    "decline_note": "",
    "answered_at": None,
    "answered_by": None,
    "answered_through": "",
    "person_told_at": None,
    "person_told_by_email": False,
}
WRITTEN = ("availability", "message", "cv", "cv_name")


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


def enter(
    sheet: JobSheet,
    participant: Participant,
    *,
    organisation: Organisation,
    information: Told | None,
    answers: Mapping[int, AnswerGiven] | None = None,
    has_cv: bool = False,
    by: Actor,
    at: datetime,
    **details: Any,
) -> Application:
    """Open the application of somebody that `organisation` follows; what the service asked is answered.

    `information` is None when the person was told before. Raises `Refused` when the person is put forward
    for this job already.
    """
    if information is not None:
        record_information(
            participant,
            organisation=organisation,
            given_on=information.on,
            means=information.means,
            by=by,
            at=at,
        )
    former = Application.objects.filter(MAY_COME_BACK, job_sheet=sheet, participant=participant).first()
    if former is None:
        application = _insert(sheet, participant, organisation, at=at, **details)
    else:
        application = _open_again(former, organisation, at=at, **details)
    _write_answers(application, answers or {})
    for suggestion in asked(sheet, participant):
        accepted = suggestion.organisation_id == organisation.pk
        status = Suggestion.Status.ACCEPTED if accepted else Suggestion.Status.MOOT
        Suggestion.objects.filter(pk=suggestion.pk).update(status=status, answered_at=at)
        if accepted:
            record("suggestion.accepted", about=suggestion, by=by, at=at)
    said = {"about": application, "on_behalf_of": represented(by, organisation), "cv": has_cv}
    if former is None:
        record("application.sent", **said, by=by, at=at)
    else:
        record("application.sent_again", **said, by=by, at=at)
    return application


def asked(sheet: JobSheet, participant: Participant) -> QuerySet[Suggestion]:
    """What the service asks of structures for this person and this job, not answered yet."""
    return Suggestion.objects.filter(job_sheet=sheet, participant=participant, status=Suggestion.Status.ASKED)


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
                acted_at=at,
                **details,
            )
    except IntegrityError as error:
        if ONCE not in str(error):
            raise
        rule = next(rule for rule in Application._meta.constraints if rule.name == ONCE)
        raise Refused(str(rule.violation_error_message))


def _open_again(
    former: Application, organisation: Organisation, *, at: datetime, **details: Any
) -> Application:
    """The application begins anew: the person agrees, and is sent, again. What the structure had written is
    kept unless it writes it again; another structure reads nothing of it."""
    if former.organisation_id == organisation.pk:
        details = {name: value for name, value in details.items() if value}
    else:
        details = dict.fromkeys(WRITTEN, "") | {"available_from": None, **details}
        _forget(former.cv)
        former.answers.all().delete()
    again = Application.objects.filter(MAY_COME_BACK, pk=former.pk)
    again.update(**ENDED, organisation=organisation, sent_at=at, acted_at=at, **details)
    Agreement.objects.filter(application=former).delete()
    Transmission.objects.filter(application=former).delete()
    return Application.objects.select_related("job_sheet", "participant").get(pk=former.pk)


def _write_answers(application: Application, answers: Mapping[int, AnswerGiven]) -> None:
    application.answers.filter(criterion__in=answers).delete()
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


def keep_cv(application: Application, cv: BinaryIO, name: str) -> None:
    """Keep a CV sealed under a name drawn at random, shown under its own, in the place of the former one."""
    if not isinstance(cv, CheckedFile):
        size = cv.seek(0, 2)
        try:
            cv = check_file(cv, name, size)
        except FileRefused as refusal:
            raise Refused(str(refusal))
    _forget(application.cv)
    application.cv_name = cv.name
    application.cv.save(f"cv{cv.extension}", cv, save=False)
    application.save(update_fields=["cv", "cv_name"])


def _forget(file: FieldFile) -> None:
    """Remove a file once what replaces it is saved."""
    if file:
        name, storage = file.name, file.storage
        transaction.on_commit(lambda: storage.delete(name))
