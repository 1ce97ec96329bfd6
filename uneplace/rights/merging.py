"""Two files of one person made one, and parted again.

All that hangs on the file left is moved to the file kept, and the merge keeps the ids of what it moved:
parting puts back exactly that. Counted hours are never rewritten: whose they are is read through the work
contract, which moves. What each file holds once (a trade, a structure, a job sheet) stays with the file left.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import models, transaction
from django.utils.timezone import localtime

from uneplace.hours.models import LedgerEntry, Placement, StatementLine, month_name
from uneplace.journal.actions import record
from uneplace.kit.encrypted import with_indexes
from uneplace.kit.refused import Refused
from uneplace.offers.models import Application, Suggestion
from uneplace.organisations.actor import Actor
from uneplace.people.models import (
    IDENTITY,
    EligibilityDecision,
    InformationGiven,
    Merge,
    Participant,
    ParticipantTrade,
    Resemblance,
    Support,
)
from uneplace.people.work_profile import WorkProfile
from uneplace.rules import french

from .models import Keeping, RightsRequest

PROFILE = "profile"
PROFILE_FIELDS = ("licences", *WorkProfile.NAMES)
# What a facilitator chooses from one file or the other: each fact of identity, and the profile as a whole.
CHOICES = (*(name for name in IDENTITY if name != "licences"), PROFILE)

SAME_FILE = "Choisissez deux dossiers différents."
MERGED = "Ce dossier vient d’être réuni avec un autre. Relisez la liste des doublons."
ANONYMISED = "L’un des deux dossiers est anonymisé\u00a0: il ne désigne plus personne."
MEANWHILE = "Quelqu’un d’autre vient de séparer ces dossiers, ou de les réunir à un troisième."
UNCHECKED = "Cochez que vous avez vérifié ce qui est signalé."


@dataclass(frozen=True)
class Moved:
    """Rows that follow the person: their model, the column that names the person, and the column of which
    one person has one row at most, if any."""

    model: type[models.Model]
    column: str = "participant"
    once_by: str = ""


MOVED = [
    Moved(ParticipantTrade, once_by="rome"),
    Moved(Support, once_by="organisation"),
    Moved(InformationGiven),
    Moved(EligibilityDecision),
    Moved(Application, once_by="job_sheet"),
    Moved(Suggestion, once_by="job_sheet"),
    Moved(Placement),
    Moved(RightsRequest),
    Moved(Keeping),
    Moved(Merge, "kept"),
]
# The columns that name a person and are not moved, and why.
STAYS = {
    (LedgerEntry, "participant"): "an entry is never changed: the person is read through its work contract",
    (Merge, "left"): "it is the merge itself",
    (Resemblance, "one"): "a proposal is about two files, and is not shown once one of them is merged",
    (Resemblance, "other"): "the same",
}


def why_not_merge(kept: Participant, left: Participant) -> list[str]:
    """The reasons that keep two files from being made one; none means that they can be."""
    if kept.pk == left.pk or kept.service_id != left.service_id:
        return [SAME_FILE]
    if Merge.objects.filter(left__in=[kept, left]).exists():
        return [MERGED]
    if kept.anonymised_at or left.anonymised_at:
        return [ANONYMISED]
    return [*_proposed_twice(kept, left), *_suggested_twice(kept, left), *_asked_twice(kept, left)]


def _proposed_twice(kept: Participant, left: Participant) -> list[str]:
    """On one job sheet, an application that still runs, or was hired, cannot stay with the file left."""
    reasons = []
    mine = {one.job_sheet_id: one for one in kept.applications.select_related("job_sheet")}
    for theirs in left.applications.filter(job_sheet__in=mine):
        if _is_over(theirs):
            continue
        sheet = mine[theirs.job_sheet_id].job_sheet
        way_out = (
            "gardez plutôt l’autre dossier"
            if _is_over(mine[theirs.job_sheet_id])
            else "retirez ou refusez d’abord l’une des deux candidatures"
        )
        reasons.append(f"Les deux dossiers sont proposés pour «\u00a0{sheet.title}\u00a0»\u00a0: {way_out}.")
    return reasons


def _suggested_twice(kept: Participant, left: Participant) -> list[str]:
    """A structure that has still to answer for the file left is waited for."""
    twice = left.suggestions.filter(
        status=Suggestion.Status.ASKED, job_sheet__in=kept.suggestions.values("job_sheet")
    )
    return [
        f"{one.organisation} doit encore dire si elle propose le second dossier pour "
        f"«\u00a0{one.job_sheet.title}\u00a0», demandé aussi pour le premier\u00a0: attendez sa réponse."
        for one in twice.select_related("organisation", "job_sheet")
    ]


def _is_over(application: Application) -> bool:
    return application.status not in (*Application.OPEN, Application.Status.HIRED)


def _asked_twice(kept: Participant, left: Participant) -> list[str]:
    asked = set(kept.rights_requests.open().values_list("kind", flat=True))
    twice = left.rights_requests.open().filter(kind__in=asked)
    return [
        f"Une demande «\u00a0{request.get_kind_display()}\u00a0» attend une réponse dans chaque dossier"
        "\u00a0: répondez d’abord à l’une d’elles."
        for request in twice
    ]


def to_check_before(kept: Participant, left: Participant) -> list[str]:
    """What a merge does not settle and that somebody must look at first: the same month declared twice by one
    employer for one commitment, which may be the same hours."""
    mine, theirs = (
        StatementLine.objects.filter(worked_month__placement__participant=person, hours__gt=0)
        for person in (kept, left)
    )
    key = ("worked_month__month", "worked_month__placement__employer", "statement__commitment")
    told = theirs.select_related(
        "worked_month__placement__employer", "statement__commitment__clause__lot__contract"
    )
    known = set(mine.values_list(*key))
    return [
        f"{month_name(line.worked_month.month).capitalize()}, {line.statement.commitment.clause.lot.contract}"
        f"\u00a0: {line.worked_month.placement.employer} déclare des heures sous les deux noms. Vérifiez que "
        "ce ne sont pas les mêmes\u00a0: réunir les dossiers ne les retire pas du compte."
        for line in told.order_by("worked_month__month", "pk")
        if (
            line.worked_month.month,
            line.worked_month.placement.employer_id,
            line.statement.commitment_id,
        )
        in known
    ]


@transaction.atomic
def merge_files(
    kept: Participant,
    left: Participant,
    *,
    take: Collection[str] = (),
    has_checked: bool = False,
    by: Actor,
    at: datetime,
) -> Merge:
    """Make one of two files of the same person: `left` is read no more, all that hung on it is `kept`'s.

    `take` names the facts (`CHOICES`) that come from the file left; the two files exchange them, so that
    nothing is lost. `has_checked`: somebody looked at `to_check_before`. Raises `Refused`.
    """
    kept, left = _held(kept, left)
    if reasons := why_not_merge(kept, left):
        raise Refused(*reasons)
    if to_check_before(kept, left) and not has_checked:
        raise Refused(UNCHECKED)
    swapped = columns_of(take)
    if left.restricted_at and not kept.restricted_at:
        swapped.append("restricted_at")  # nothing more is transmitted, whichever file said so
    swapped = [name for name in swapped if getattr(kept, name) != getattr(left, name)]
    _swap(kept, left, swapped)
    moved = {kind.model._meta.label: ids for kind in MOVED if (ids := _move(kind, left, kept))}
    merge = Merge.objects.create(
        service_id=kept.service_id,
        kept=kept,
        left=left,
        merged_at=at,
        merged_by=by.user,
        moved=moved,
        swapped=swapped,
    )
    counts = {label: len(ids) for label, ids in moved.items()}
    record("participant.merged", about=kept, by=by, at=at, left=left.pk, moved=counts, taken=swapped)
    return merge


def why_not_part(merge: Merge) -> list[str]:
    """The reasons that keep two files from being parted again; none means that they can be."""
    if merge.kept.anonymised_at or merge.left.anonymised_at:
        return ["Le dossier a été anonymisé depuis\u00a0: il n’y a plus rien à séparer."]
    # The last one first: a merge moves the earlier ones too, and values may have been exchanged twice.
    if later := merge.kept.merges.filter(pk__gt=merge.pk).order_by("pk").last():
        day = french.day(localtime(later.merged_at).date())
        return [f"Séparez d’abord la fusion du {day}, faite après celle-ci."]
    return []


@transaction.atomic
def part_files(merge: Merge, *, by: Actor, at: datetime) -> None:
    """Undo a merge: each row moved goes back, and so do the values exchanged. Raises `Refused`.

    What was written since stays with the file kept, but for the work contract of an application that goes
    back. A value corrected since goes where the value that it replaces came from.
    """
    kept, left = _held(merge.kept, merge.left)
    current = Merge.objects.filter(pk=merge.pk, kept=kept).first()
    if current is None:
        raise Refused(MEANWHILE)
    merge = current
    merge.kept, merge.left = kept, left
    if reasons := why_not_part(merge):
        raise Refused(*reasons)
    for kind in MOVED:
        ids = merge.moved.get(kind.model._meta.label, [])
        kind.model._default_manager.filter(pk__in=ids, **{kind.column: kept}).update(**{kind.column: left})
    applications = merge.moved.get(Application._meta.label, [])
    Placement.objects.filter(application__in=applications, participant=kept).update(participant=left)
    _swap(kept, left, merge.swapped)
    merge.delete()
    record("participant.parted", about=kept, by=by, at=at, left=left.pk)


def _held(one: Participant, other: Participant) -> tuple[Participant, Participant]:
    """Both files as they are now, held to the end: nobody adds a row to either, nor merges it meanwhile."""
    rows = Participant.objects.select_for_update().filter(pk__in=[one.pk, other.pk]).order_by("pk")
    found = {row.pk: row for row in rows}
    return found[one.pk], found[other.pk]


def columns_of(take: Collection[str]) -> list[str]:
    """The columns that these choices stand for."""
    names = [name for name in CHOICES if name in take]
    return [name for choice in names for name in (PROFILE_FIELDS if choice == PROFILE else (choice,))]


def _swap(kept: Participant, left: Participant, names: Iterable[str]) -> None:
    names = list(names)
    if not names:
        return
    for name in names:
        mine, theirs = getattr(kept, name), getattr(left, name)
        setattr(kept, name, theirs)
        setattr(left, name, mine)
    for person in (kept, left):
        person.save(update_fields=with_indexes(Participant, names))


def _move(kind: Moved, left: Participant, kept: Participant) -> list[int]:
    """Give these rows of the file left to the file kept, but those it holds already; their ids."""
    rows = kind.model._default_manager.filter(**{kind.column: left})
    if kind.once_by:
        held = kind.model._default_manager.filter(**{kind.column: kept})
        rows = rows.exclude(**{f"{kind.once_by}__in": held.values(kind.once_by)})
    ids = sorted(rows.values_list("pk", flat=True))
    kind.model._default_manager.filter(pk__in=ids).update(**{kind.column: kept})
    return ids
