from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, BinaryIO

from django.db import transaction
from django.utils.timezone import localtime

from uneplace.journal.actions import record
from uneplace.kit.refused import Refused
from uneplace.offers import mails
from uneplace.offers.models import Agreement, Application, JobSheet
from uneplace.offers.perms import means_of, represented
from uneplace.offers.queries import hired_on, start_day
from uneplace.organisations.actor import Actor
from uneplace.organisations.models import Organisation
from uneplace.people.actions import correct_participant, register_participant
from uneplace.people.merged import hold_file
from uneplace.people.models import IDENTITY, Participant, Support

from .entries import AnswerGiven, Told, asked, enter, keep_cv
from .moves import check_decline, meanwhile, move_application, take_back
from .preselection import TO_DECIDE

Status = Application.Status
YOUNGEST, OLDEST = 14, 100  # years old, at the end of the year
FAR = 3  # years from now
OLD_AGREEMENT = "Vérifiez la date de l’accord."


def why_not_put_forward(sheet: JobSheet, *, on: date) -> list[str]:
    """The reasons that keep anybody from being put forward for this job."""
    if sheet.status == JobSheet.Status.FILLED:
        return ["Ce poste est pourvu."]
    if sheet.status != JobSheet.Status.PUBLISHED:
        return ["Cette fiche n’est plus ouverte aux candidatures."]
    if sheet.period.upper and sheet.period.upper <= on:
        return ["Les dates de ce poste sont passées."]
    return []


def why_not_believe(
    born_on: date | None, available_from: date | None, informed: date, agreed: date | None, *, on: date
) -> list[str]:
    """The days of a person that can only be a slip of the keyboard: too far from today."""
    reasons = []
    if born_on and not YOUNGEST <= on.year - born_on.year <= OLDEST:
        reasons.append("Vérifiez la date de naissance.")
    if available_from and abs(available_from.year - on.year) > FAR:
        reasons.append("Vérifiez la date de disponibilité.")
    if on.year - informed.year > FAR:
        reasons.append("Vérifiez la date de l’information.")
    if agreed and on.year - agreed.year > FAR:
        reasons.append(OLD_AGREEMENT)
    return reasons


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

    With both, the person was typed, then recognised: what was typed completes the file and changes nothing in
    it. A facilitator may name somebody that the structure did not follow yet. Whoever was withdrawn, or hired
    elsewhere and is free again, may be put forward anew.

    `information` is when and how the person was told what the file is for; `agreement` the person's yes to
    this transmission, now or later. `answers` are by criterion id; `licences` are added to those of the file;
    `details` are the application's own fields (available_from, availability, message).
    """
    on = localtime(at).date()
    if reasons := why_not_put_forward(sheet, on=on):
        raise Refused(*reasons)
    if participant is not None:
        hold_file(participant)  # people first, then the sheet: the order in which others lock them
    born_on = (identity or {}).get("born_on")
    days = born_on, details.get("available_from"), information.on, agreement and agreement.on
    if reasons := why_not_believe(*days, on=on):
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
    else:
        if hired_on(start_day(sheet, on=on)).filter(participant=participant).exists():
            raise Refused("Cette personne est déjà embauchée à ces dates.")
        if not _follows(organisation, participant, sheet):
            _follow(organisation, participant, sheet, by=by, at=at)
        _complete(participant, identity or {}, licences, by=by, at=at)
    if agreement is None and asked(sheet, participant).filter(organisation=organisation).exists():
        raise Refused(
            "Le service vous a demandé de proposer cette personne\u00a0: notez son accord, ou refusez la "
            "demande."
        )
    application = enter(
        sheet,
        participant,
        organisation=organisation,
        information=information,
        answers=answers or {},
        has_cv=cv is not None,
        by=by,
        at=at,
        **details,
    )
    if agreement is not None:
        record_agreement(
            application,
            answer=Agreement.Answer.GIVEN,
            given_on=agreement.on,
            means=agreement.means,
            by=by,
            at=at,
        )
    mails.tell_service_of_application(application)
    if cv is not None:
        keep_cv(application, cv, cv_name)  # last: a file is not taken back with the transaction
    return application


@transaction.atomic
def record_agreement(
    application: Application, *, answer: str, given_on: date, means: str, by: Actor, at: datetime
) -> Agreement:
    """Keep the person's answer to this transmission: when, how, and who wrote it down."""
    on = localtime(at).date()
    if given_on > on:
        raise Refused("La date de l’accord ne peut pas être dans l’avenir.")
    if on.year - given_on.year > FAR:
        raise Refused(OLD_AGREEMENT)
    current = Application.objects.select_for_update(no_key=True).get(pk=application.pk)
    if current.status not in TO_DECIDE:
        raise Refused(meanwhile(current))
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
    Application.objects.filter(pk=application.pk).update(acted_at=at)
    record("agreement.recorded", about=application, by=by, at=at, answer=answer, means=means)
    return agreement


def why_not_withdraw(application: Application) -> list[str]:
    """A candidate is withdrawn at any time before the answer."""
    return [] if application.status in Application.OPEN else [meanwhile(application)]


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
        at=at,
        answered_by=application.organisation,
        answered_through=means_of(by, application.organisation),
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
        mails.tell_company_of_withdrawal(application, at=at)


def _was_sent(application: Application) -> bool:
    return hasattr(application, "transmission")


def _follows(organisation: Organisation, participant: Participant, sheet: JobSheet) -> bool:
    return (
        participant.service_id == sheet.service_id
        and Support.objects.filter(participant=participant, organisation=organisation).exists()
    )


def _follow(
    organisation: Organisation, participant: Participant, sheet: JobSheet, *, by: Actor, at: datetime
) -> None:
    """The structure that a facilitator stands in for brought somebody whom others follow already."""
    if not by.serves(sheet) or participant.service_id != sheet.service_id:
        raise Refused("Choisissez une personne que la structure accompagne.")
    Support.objects.create(
        service=sheet.service,
        participant=participant,
        organisation=organisation,
        since=localtime(at).date(),
    )
    record("participant.followed", about=participant, by=by, at=at, organisation=organisation.pk)


def _complete(
    participant: Participant,
    identity: Mapping[str, Any],
    licences: list[str] | None,
    *,
    by: Actor,
    at: datetime,
) -> None:
    participant.refresh_from_db(fields=IDENTITY)  # the file is held: nobody else writes in it any more
    typed = {name: value for name, value in identity.items() if value and not getattr(participant, name)}
    added = [licence for licence in licences or [] if licence not in participant.licences]
    typed["licences"] = [*participant.licences, *added]
    correct_participant(participant, **typed, by=by, at=at)
