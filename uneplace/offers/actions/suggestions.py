"""Several people put forward at once by the service, and what it asks of the structures that follow them."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby

from django.db import transaction
from django.utils.timezone import localtime

from uneplace.journal.actions import record, record_many
from uneplace.kit.refused import Refused
from uneplace.offers import mails
from uneplace.offers.models import Application, JobSheet, Suggestion
from uneplace.offers.queries import hired_on, put_forward_for, start_day
from uneplace.organisations.actor import Actor
from uneplace.organisations.models import Organisation
from uneplace.organisations.queries import partners_of
from uneplace.people.models import InformationGiven, Merge, Participant, Support

from .applications import why_not_put_forward
from .diffusion import send_to
from .entries import Told, enter
from .moves import check_decline

MOST_AT_ONCE = 50
Status = Suggestion.Status

ALREADY_PUT_FORWARD = "déjà proposée pour ce poste."
HIRED = "déjà embauchée à ces dates."
RESTRICTED = "a demandé que son dossier ne soit plus transmis."
MERGED = "son dossier vient d’être réuni avec un autre."
ANSWERED_MEANWHILE = "Cette demande a déjà sa réponse."


@dataclass(frozen=True)
class Pick:
    """One person chosen in the pool and the structure that follows her or him.

    `information` is when and how the person was told what the file is for; only asked when the service puts
    somebody forward that nobody told yet.
    """

    participant: Participant
    organisation: Organisation | None
    information: Told | None = None


@dataclass
class Gathered:
    """What became of each person chosen: put forward, asked for, or left out with the reason."""

    put_forward: list[Application] = field(default_factory=list)
    asked: list[Suggestion] = field(default_factory=list)
    left_out: list[tuple[Participant, str]] = field(default_factory=list)


@dataclass(frozen=True)
class Follower:
    """A structure that follows a person, and whether somebody can sign in for it."""

    organisation: Organisation
    has_account: bool


def followers_of(people: Iterable[Participant]) -> dict[int, list[Follower]]:
    """The structures that follow each of these people, those with an account first, in two queries."""
    supports = Support.objects.filter(participant__in=[person.pk for person in people])
    with_account = set(
        Organisation.objects.with_accounts()
        .filter(pk__in=supports.values("organisation"))
        .values_list("pk", flat=True)
    )
    found: dict[int, list[Follower]] = {}
    for support in supports.select_related("organisation").order_by("-since", "-pk"):
        follower = Follower(support.organisation, support.organisation_id in with_account)
        found.setdefault(support.participant_id, []).append(follower)
    return {person: sorted(ones, key=lambda one: not one.has_account) for person, ones in found.items()}


def why_not_gather(sheet: JobSheet, people: Collection[Participant], *, on: date) -> dict[int, str]:
    """Why some of these people cannot be put forward for this job, by person; the others are left out."""
    ids = [person.pk for person in people]
    hired = hired_on(start_day(sheet, on=on)).filter(participant__in=ids)
    asked = Suggestion.objects.filter(job_sheet=sheet, participant__in=ids, status=Status.ASKED)
    put_forward = put_forward_for(sheet).filter(participant__in=ids)
    return {
        **{person.pk: RESTRICTED for person in people if person.restricted_at},
        **dict.fromkeys(Merge.objects.filter(left__in=ids).values_list("left", flat=True), MERGED),
        **{
            one.participant_id: f"déjà demandée à {one.organisation}."
            for one in asked.select_related("organisation")
        },
        **dict.fromkeys(hired.values_list("participant", flat=True), HIRED),
        **dict.fromkeys(
            put_forward.values_list("participant", flat=True),
            ALREADY_PUT_FORWARD,
        ),
    }


@transaction.atomic
def gather(sheet: JobSheet, picks: Sequence[Pick], *, by: Actor, at: datetime) -> Gathered:
    """Put several people of the pool forward for a job in one act.

    A structure with an account is asked to do so; for one without, the service does it in its name. Whoever
    cannot be is left out with the reason, and the others are done. Raises `Refused` when nobody can be.
    """
    on = localtime(at).date()
    if not picks:
        raise Refused("Choisissez au moins une personne.")
    if len(picks) > MOST_AT_ONCE:
        raise Refused(f"Choisissez {MOST_AT_ONCE} personnes au plus à la fois.")
    # People, then the sheet: the order in which a company that chooses somebody locks them.
    ids = [pick.participant.pk for pick in picks]
    people = list(Participant.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk"))
    locked = JobSheet.objects.select_for_update(no_key=True).get(pk=sheet.pk)
    if reasons := why_not_put_forward(locked, on=on):
        raise Refused(*reasons)
    barred = why_not_gather(sheet, people, on=on)
    followers = followers_of(people)
    refused = set(
        Suggestion.objects.filter(job_sheet=sheet, participant__in=ids, status=Status.DECLINED).values_list(
            "participant", "organisation"
        )
    )
    admitted = set(partners_of(sheet.service).values_list("organisation", flat=True))
    informed = set(InformationGiven.objects.filter(participant__in=ids).values_list("participant", flat=True))
    gathered, done = Gathered(), []
    for pick in picks:
        ones = [
            one for one in followers.get(pick.participant.pk, []) if one.organisation == pick.organisation
        ]
        reason = barred.get(pick.participant.pk) or _why_not_pick(
            pick, ones, admitted=admitted, refused=refused, informed=informed
        )
        if reason:
            gathered.left_out.append((pick.participant, reason))
        else:
            done.append((pick, ones[0]))
    send_to(sheet, {pick.organisation for pick, _ in done}, by=by, at=at)
    for pick, follower in done:
        if follower.has_account:
            gathered.asked.append(_ask(sheet, pick, by=by, at=at))
        else:
            gathered.put_forward.append(_put_forward(sheet, pick, by=by, at=at))
    record_many("suggestion.asked", about=gathered.asked, by=by, at=at)
    for structure, asked in groupby(
        sorted(gathered.asked, key=lambda one: one.organisation_id), key=lambda one: one.organisation
    ):
        mails.ask_structure(sheet, structure, len(list(asked)))
    return gathered


def _why_not_pick(
    pick: Pick,
    followers: Sequence[Follower],
    *,
    admitted: set[int],
    refused: set[tuple[int, int]],
    informed: set[int],
) -> str:
    structure = pick.organisation
    if not followers:
        return "choisissez une structure qui la suit."
    if structure.pk not in admitted:
        return f"{structure} n’est plus parmi vos partenaires."
    if (pick.participant.pk, structure.pk) in refused:
        return f"{structure} a déjà refusé de la proposer pour ce poste."
    if not followers[0].has_account and pick.information is None and pick.participant.pk not in informed:
        return "écrivez quand et comment elle a été informée."
    return ""


def _ask(sheet: JobSheet, pick: Pick, *, by: Actor, at: datetime) -> Suggestion:
    suggestion, _ = Suggestion.objects.update_or_create(
        job_sheet=sheet,
        participant=pick.participant,
        organisation=pick.organisation,
        defaults={
            "service": sheet.service,
            "status": Status.ASKED,
            "asked_at": at,
            "asked_by": by.user,
            "answered_at": None,
        },
    )
    return suggestion


def _put_forward(sheet: JobSheet, pick: Pick, *, by: Actor, at: datetime) -> Application:
    return enter(
        sheet, pick.participant, organisation=pick.organisation, information=pick.information, by=by, at=at
    )


def why_not_decline_suggestion(suggestion: Suggestion) -> list[str]:
    """The reasons that keep a structure from declining what the service asked."""
    return [] if suggestion.status == Status.ASKED else [ANSWERED_MEANWHILE]


@transaction.atomic
def decline_suggestion(
    suggestion: Suggestion, *, reason: str, note: str = "", by: Actor, at: datetime
) -> None:
    """The structure does not put this person forward, and says why; the service is told. Raises `Refused`."""
    check_decline(reason, note)
    _answer(suggestion, Status.DECLINED, at=at, reason=reason, note=note.strip())
    record(
        "suggestion.declined",
        about=suggestion,
        by=by,
        at=at,
        reason=suggestion.get_reason_display(),
    )
    mails.tell_service_of_declined(suggestion)


@transaction.atomic
def take_suggestion_back(suggestion: Suggestion, *, by: Actor, at: datetime) -> None:
    """The service no longer asks: chosen by mistake, or the job changed. Raises `Refused`."""
    _answer(suggestion, Status.MOOT, at=at)
    record("suggestion.taken_back", about=suggestion, by=by, at=at)


def _answer(suggestion: Suggestion, status: str, *, at: datetime, **words: str) -> None:
    rows = Suggestion.objects.filter(pk=suggestion.pk, status=Status.ASKED)
    if not rows.update(status=status, answered_at=at, **words):
        raise Refused(ANSWERED_MEANWHILE)
    suggestion.refresh_from_db()
