from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localtime

from uneplace.journal.actions import record
from uneplace.kit.refused import Refused
from uneplace.offers.actions import withdraw
from uneplace.offers.models import Application
from uneplace.organisations.actor import Actor
from uneplace.organisations.models import Organisation
from uneplace.people.merged import hold_file
from uneplace.people.models import Participant
from uneplace.rules.dates import add_months
from uneplace.rules.parameters import PARAMETERS

from . import mails
from .erasing import anonymise, duties_to_keep, spare
from .models import Keeping, RightsRequest

HELD_BY_COMPANY = [Application.Status.SENT, Application.Status.MEETING]
LIMITED = "La personne ne veut plus être proposée."

Kind, Status = RightsRequest.Kind, RightsRequest.Status
GONE = "Ce dossier est déjà anonymisé\u00a0: il ne désigne plus personne."


def answer_before(asked_on: date) -> date:
    """The legal term of the answer to what was asked that day."""
    return add_months(asked_on, PARAMETERS.rights_answer_months.whole_on(asked_on))


def why_not_record_request(participant: Participant, *, kind: str, asked_on: date, on: date) -> list[str]:
    """The reasons that keep this request from being written down; none means that it can be."""
    reasons = []
    if participant.anonymised_at is not None:
        reasons.append(GONE)
    if asked_on > on:
        reasons.append("La date de la demande ne peut pas être dans l’avenir.")
    if participant.rights_requests.open().filter(kind=kind).exists():
        reasons.append("La même demande est déjà enregistrée et attend une réponse.")
    return reasons


@transaction.atomic
def record_request(
    participant: Participant,
    *,
    kind: str,
    asked_by: str,
    asked_on: date,
    means: str,
    note: str = "",
    organisation: Organisation,
    by: Actor,
    at: datetime,
) -> RightsRequest:
    """Write down what a person asked about their data; the service has a month to answer.

    Raises `Refused`.
    """
    hold_file(participant)
    if reasons := why_not_record_request(participant, kind=kind, asked_on=asked_on, on=localtime(at).date()):
        raise Refused(*reasons)
    request = RightsRequest.objects.create(
        service=participant.service,
        participant=participant,
        kind=kind,
        asked_by=asked_by,
        asked_on=asked_on,
        means=means,
        note=note.strip(),
        due_on=answer_before(asked_on),
        organisation=organisation,
        recorded_by=by.user,
    )
    record("rights_request.recorded", about=request, by=by, at=at, kind=kind, person=participant.pk)
    if organisation.pk != participant.service_id:
        mails.tell_service_of_request(request)
    return request


def why_not_answer(request: RightsRequest) -> list[str]:
    """The reasons that keep this request from being answered; none means that it can be."""
    return [] if request.is_open else ["Cette demande a déjà reçu sa réponse."]


def why_not_erase(participant: Participant) -> list[str]:
    """What must be done before a person's file can be erased."""
    if participant.applications.filter(status__in=Application.OPEN).exists():
        return ["Des candidatures sont en cours\u00a0: retirez-les d’abord."]
    return []


@transaction.atomic
def grant_request(request: RightsRequest, *, reason: str, by: Actor, at: datetime) -> None:
    """Do what the person asked and write what was done.

    An objection or a limitation stops new transmissions. An erasure anonymises the file; when a duty asks to
    keep a part of it, the rest goes at once and the request is granted in part. Raises `Refused`.
    """
    participant = request.participant
    outcome = Status.DONE
    if request.kind == Kind.ERASURE and (reasons := why_not_erase(participant)):
        raise Refused(*reasons)
    if request.kind == Kind.ERASURE:
        duties = duties_to_keep(participant, on=localtime(at).date())
        outcome = Status.PARTIAL if duties else Status.DONE
        reason = " ".join([reason.strip(), *duties]) if duties else reason
    _answer(request, outcome, reason=reason, by=by, at=at)
    if request.kind in (Kind.OBJECTION, Kind.LIMITATION):
        restrict(participant, by=by, at=at)
    elif outcome == Status.PARTIAL:
        spare(participant, by=by, at=at)
        restrict(participant, by=by, at=at)
    elif request.kind == Kind.ERASURE:
        anonymise(participant, by=by, at=at)


@transaction.atomic
def refuse_request(request: RightsRequest, *, reason: str, by: Actor, at: datetime) -> None:
    """Answer no, with the reason that the person is told. Raises `Refused`."""
    _answer(request, Status.REFUSED, reason=reason, by=by, at=at)


def _answer(request: RightsRequest, status: str, *, reason: str, by: Actor, at: datetime) -> None:
    if not reason.strip():
        raise Refused("Écrivez la réponse donnée à la personne.")
    # The row moves only if nobody else answered meanwhile.
    rows = RightsRequest.objects.filter(pk=request.pk, status=Status.OPEN)
    values = {"status": status, "reason": reason.strip()[:500], "answered_at": at, "answered_by": by.user}
    if not rows.update(**values):
        raise Refused(*why_not_answer(RightsRequest(status=Status.DONE)))
    request.refresh_from_db()
    record("rights_request.answered", about=request, by=by, at=at, kind=request.kind, outcome=status)


@transaction.atomic
def restrict(participant: Participant, *, by: Actor, at: datetime) -> None:
    """From now on nothing of this person is transmitted any more, and companies lose sight of what was."""
    if Participant.objects.filter(pk=participant.pk, restricted_at=None).update(restricted_at=at):
        participant.restricted_at = at
        held = Application.objects.filter(participant=participant, status__in=HELD_BY_COMPANY)
        for application in held.select_related("organisation", "job_sheet__commitment__company"):
            withdraw(application, reason=Application.DeclineReason.OTHER, note=LIMITED, by=by, at=at)
        record("participant.restricted", about=participant, by=by, at=at)


@transaction.atomic
def lift_restriction(participant: Participant, *, by: Actor, at: datetime) -> None:
    """The person agrees again that their file be transmitted. Raises `Refused`."""
    if not Participant.objects.filter(pk=participant.pk, restricted_at__isnull=False).update(
        restricted_at=None
    ):
        raise Refused("Aucune limite n’est posée sur ce dossier.")
    participant.restricted_at = None
    record("participant.unrestricted", about=participant, by=by, at=at)


def why_not_keep(participant: Participant, *, until: date, reason: str, on: date) -> list[str]:
    """The reasons that keep this file from being kept longer; none means that it can be."""
    reasons = []
    if participant.anonymised_at is not None:
        reasons.append(GONE)
    if until <= on:
        reasons.append("Choisissez une date à venir.")
    if until > add_months(on, PARAMETERS.contact_retention_months.whole_on(on)):
        reasons.append("Un dossier se garde deux ans de plus au plus\u00a0: choisissez une date plus proche.")
    if not reason.strip():
        reasons.append("Écrivez pourquoi ce dossier est gardé.")
    return reasons


@transaction.atomic
def keep_file(participant: Participant, *, until: date, reason: str, by: Actor, at: datetime) -> Keeping:
    """Keep a file beyond its term, until a day and for a reason. Raises `Refused`."""
    on = localtime(at).date()
    if reasons := why_not_keep(participant, until=until, reason=reason, on=on):
        raise Refused(*reasons)
    hold_file(participant)
    keeping = Keeping.objects.create(
        service=participant.service,
        participant=participant,
        until=until,
        reason=reason.strip(),
        organisation=by.organisation,
        decided_by=by.user,
        decided_on=on,
    )
    Participant.objects.filter(pk=participant.pk).update(announced_on=None)
    record("keeping.decided", about=keeping, by=by, at=at, person=participant.pk, until=until.isoformat())
    return keeping
