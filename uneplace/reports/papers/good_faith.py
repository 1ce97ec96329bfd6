"""« Ce qui a été fait pour trouver »: the good-faith file of a commitment, for either side.

Offers made, people proposed, refusals with their reasons, delays of answer, meetings, reminders. The service
reads the names; the company those of the files that it received; the buyer none. No reader finds here why a
person is eligible, nor who refers it: structures are counted, never named.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q
from django.utils.timezone import localtime

from uneplace.contracts.models import Commitment
from uneplace.hours.queries import Progress, progress_of
from uneplace.offers.models import Application, Diffusion, JobSheet, Reminder
from uneplace.organisations.actor import Actor
from uneplace.settlement.chain import Stage, chain_of, reminders_of
from uneplace.settlement.control_records import Meeting
from uneplace.settlement.models import Exchange, PenaltyCase
from uneplace.settlement.relieved import NONE, Relieved, relieved_of

ENDED = [Application.Status.DECLINED, Application.Status.WITHDRAWN, Application.Status.HIRED_ELSEWHERE]
TALKS = [Exchange.Means.MEETING, Exchange.Means.SITE]


@dataclass(frozen=True)
class Offer:
    """One job sheet that was published: to how many structures, and what came of it."""

    sheet: JobSheet
    structures: int
    nothing: int
    proposed: int
    transmitted: int
    hired: int

    @property
    def ending(self) -> str:
        """Where the sheet stands, with the reason when it was closed."""
        reason = f"\u00a0: {self.sheet.get_closing_kind_display().lower()}" if self.sheet.closing_kind else ""
        return f"{self.sheet.get_status_display()}{reason}"


@dataclass(frozen=True)
class Proposed:
    """One person put forward, as this reader may know: `person` is empty for who reads no name."""

    person: str
    job: str
    proposed_on: date
    transmitted_on: date | None
    answered_on: date | None
    outcome: str


@dataclass(frozen=True)
class GoodFaith:
    """All that was done for one commitment, by a day, as one reader may know it."""

    commitment: Commitment
    on: date
    progress: Progress
    relieved: Relieved
    offers: Sequence[Offer]
    people: Sequence[Proposed]
    proposed: int
    hired: int
    refusals: Sequence[tuple[str, str, int]]
    nothing: Sequence[tuple[str, int]]
    delays: Sequence[int]
    late_answers: int
    waiting: int
    interviews: int
    reminders: int
    meetings: Sequence[tuple[date, str, str]]
    control: Sequence[Stage]
    reads_names: bool


def good_faith_of(commitment: Commitment, actor: Actor, *, on: date, at: datetime) -> GoodFaith:
    """What was done for a commitment that this actor may see; a constant number of queries."""
    applications = list(
        Application.objects.filter(job_sheet__commitment=commitment)
        .select_related("job_sheet", "participant", "transmission", "answered_by")
        .order_by("sent_at", "pk")
    )
    named = set(_readable(applications, actor, commitment))
    sent = [one for one in applications if _transmitted_on(one)]
    answered = [one for one in sent if one.answered_at and one.answered_by_id == commitment.company_id]
    cases = list(
        PenaltyCase.objects.visible_to(actor)
        .filter(commitment=commitment)
        .select_related("service", "commitment__company", "commitment__clause__lot__contract__buyer")
        .order_by("opened_at")
    )
    return GoodFaith(
        commitment=commitment,
        on=on,
        progress=progress_of([commitment], on=on)[commitment.pk],
        relieved=relieved_of([commitment], on=on).get(commitment.pk, NONE),
        offers=_offers(commitment, applications),
        people=[_proposed(one) for one in applications if one.pk in named],
        proposed=len(applications),
        hired=sum(one.status == Application.Status.HIRED for one in applications),
        refusals=_refusals(applications, commitment),
        nothing=_nothing(commitment),
        delays=[_days(one) for one in answered],
        late_answers=sum(_answered_on(one) >= one.transmission.answer_before for one in answered),
        waiting=sum(_is_waiting(one, on) for one in sent),
        interviews=sum(one.meeting_at is not None and one.meeting_at <= at for one in applications),
        reminders=Reminder.objects.filter(
            job_sheet__commitment=commitment, level__in=[Reminder.Level.OWES, Reminder.Level.DEPUTY]
        ).count(),
        meetings=_meetings(commitment, actor, cases),
        control=_control(commitment, cases, actor),
        reads_names=bool(named) or actor.serves(commitment) or actor.stands_for(commitment.company_id),
    )


def _readable(applications: Iterable[Application], actor: Actor, commitment: Commitment) -> Iterable[int]:
    """The people whose name this reader may know here: all for the service, those transmitted for the
    company; none for the buyer, even one that holds another capacity."""
    if actor.serves(commitment):
        return [one.pk for one in applications]
    if not actor.stands_for(commitment.company_id):
        return []
    return Application.objects.filter(
        pk__in=[one.pk for one in applications],
        transmission__company=actor.organisation,
        transmission__withdrawn_at=None,
    ).values_list("pk", flat=True)


def _offers(commitment: Commitment, applications: Sequence[Application]) -> list[Offer]:
    sheets = JobSheet.objects.filter(commitment=commitment, published_at__isnull=False).annotate(
        structures=Count("diffusions"), nothing=Count("diffusions", filter=~Q(diffusions__nothing_at=None))
    )
    return [
        Offer(
            sheet,
            sheet.structures,
            sheet.nothing,
            proposed=sum(one.job_sheet_id == sheet.pk for one in applications),
            transmitted=sum(
                one.job_sheet_id == sheet.pk and _transmitted_on(one) is not None for one in applications
            ),
            hired=sum(
                one.job_sheet_id == sheet.pk and one.status == Application.Status.HIRED
                for one in applications
            ),
        )
        for sheet in sheets.order_by("published_at", "pk")
    ]


def _proposed(one: Application) -> Proposed:
    reason = f"\u00a0: {one.get_decline_reason_display().lower()}" if one.decline_reason else ""
    return Proposed(
        person=str(one.participant),
        job=one.job_sheet.title,
        proposed_on=localtime(one.sent_at).date(),
        transmitted_on=_transmitted_on(one),
        answered_on=_answered_on(one) if one.answered_at else None,
        outcome=f"{one.get_status_display()}{reason}",
    )


def _refusals(applications: Iterable[Application], commitment: Commitment) -> list[tuple[str, str, int]]:
    """Why people were not taken, by whom that was said, and how many; the most frequent first."""
    told = Counter(
        (_who_said(one, commitment), one.get_decline_reason_display() or one.get_status_display())
        for one in applications
        if one.status in ENDED
    )
    return [
        (who, reason, count)
        for (who, reason), count in sorted(told.items(), key=lambda row: (-row[1], row[0]))
    ]


def _who_said(one: Application, commitment: Commitment) -> str:
    names = {None: "Sans réponse", commitment.company_id: "L’entreprise", commitment.service_id: "Le service"}
    return names.get(one.answered_by_id, "La structure")


def _nothing(commitment: Commitment) -> list[tuple[str, int]]:
    """Why structures had nobody to propose, and how many said so."""
    said = Diffusion.objects.filter(job_sheet__commitment=commitment, nothing_at__isnull=False).order_by()
    rows = said.values_list("nothing_reason").annotate(count=Count("pk"))
    words = dict(Diffusion.NothingReason.choices)
    return sorted(((str(words[code]), count) for code, count in rows), key=lambda row: (-row[1], row[0]))


def _meetings(
    commitment: Commitment, actor: Actor, cases: Sequence[PenaltyCase]
) -> list[tuple[date, str, str]]:
    noted = Meeting.objects.visible_to(actor).filter(commitment=commitment)
    talks = Exchange.objects.filter(case__in=cases, means__in=TALKS).select_related("organisation")
    rows = [(one.held_on, one.attended, one.decided) for one in noted]
    rows += [
        (one.held_on, f"{one.get_means_display()}, dit par {one.organisation}", one.text) for one in talks
    ]
    return sorted(rows)


def _control(commitment: Commitment, cases: Sequence[PenaltyCase], actor: Actor) -> list[Stage]:
    """Each step of the cases of the commitment; the reminders alone when it never had any."""
    stages = [stage for case in cases for stage in chain_of(case, actor)] or reminders_of(commitment)
    return list(dict.fromkeys(stages))


def _transmitted_on(one: Application) -> date | None:
    transmission = getattr(one, "transmission", None)
    return localtime(transmission.sent_at).date() if transmission else None


def _answered_on(one: Application) -> date:
    return localtime(one.answered_at).date()


def _days(one: Application) -> int:
    return (_answered_on(one) - localtime(one.transmission.sent_at).date()).days


def _is_waiting(one: Application, on: date) -> bool:
    awaited = one.status in (Application.Status.SENT, Application.Status.MEETING)
    return awaited and one.transmission.withdrawn_at is None and one.transmission.answer_before <= on
