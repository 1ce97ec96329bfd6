"""« À qui le tour ? » in the recruiting link: which act is awaited, of whom, since when and before when.

One answer for the pages, the menu, « Ma semaine » and the reminders. It is the same for everybody: who reads
it makes it « c’est à vous » or « au tour de … ».
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from django.db.models import Case, CharField, Count, F, Max, Min, Q, QuerySet, Value, When
from django.db.models.functions import Greatest
from django.utils.timezone import get_current_timezone, localtime

from uneplace.organisations.link_models import SESSION
from uneplace.organisations.models import AccessLink, Organisation

from .delays import DelaysInForce, delays_of
from .models import Act, Agreement, Application, Diffusion, JobSheet, Reminder

File, Sheet = Application.Status, JobSheet.Status
TO_DECIDE = (File.NEW, File.STUDIED, File.ON_HOLD, File.SHORTLISTED)
WAIT = "WAIT"  # the sheet is being agreed to again: it is what is awaited


class Party(StrEnum):
    """Who may owe an act."""

    SERVICE = "SERVICE"
    COMPANY = "COMPANY"
    STRUCTURE = "STRUCTURE"
    STRUCTURES = "STRUCTURES"


OF_COMPANY = (Act.AGREE, Act.ANSWER, Act.ANSWER_MET, Act.MEET_COMPANY)
OF_STRUCTURE = (Act.COLLECT, Act.MEET_STRUCTURE)
DELAYS: Mapping[str, str] = {
    Act.AGREE: "agree_days",
    Act.COLLECT: "collect_days",
    Act.ANSWER: "answer_days",
    Act.ANSWER_MET: "answer_days",
    Act.MEET_COMPANY: "meet_days",
    Act.MEET_STRUCTURE: "meet_days",
}
"""How long each act may take; whatever is the service's takes its `service_days`."""


@dataclass(frozen=True)
class Step:
    """One act awaited, of `who` (nobody in particular: the structures that received the sheet).

    `stand_in` is the service, when `who` has no account; not when a link sent to it still works (`by_link`).
    `count` is how many files await the same act, since the oldest of them. `told` is the last reminder.
    """

    act: Act
    who: Organisation | None
    since: datetime
    before: date
    stand_in: Organisation | None = None
    by_link: bool = False
    count: int = 1
    told: Reminder | None = None

    @property
    def party(self) -> Party:
        """Who owes the act."""
        return party_of(self.act)

    def is_late(self, *, on: date) -> bool:
        """Whether the last day to act is past."""
        return self.before < on


def party_of(act: str) -> Party:
    """Who owes an act."""
    if act == Act.PROPOSE:
        return Party.STRUCTURES
    if act in OF_COMPANY:
        return Party.COMPANY
    return Party.STRUCTURE if act in OF_STRUCTURE else Party.SERVICE


def with_act(applications: QuerySet[Application]) -> QuerySet[Application]:
    """The applications on which something is awaited, each with the `act` awaited and `since` when."""
    to_decide = Q(status__in=TO_DECIDE)
    is_meeting = Q(status=File.MEETING)
    kept = Q(status=File.SHORTLISTED)
    act = Case(
        When(to_decide & Q(job_sheet__status__in=[Sheet.DRAFT, Sheet.TO_AGREE]), then=Value(WAIT)),
        When(to_decide & Q(job_sheet__status=Sheet.FILLED), then=Value(Act.REPLY)),
        When(status__in=[File.NEW, File.STUDIED], then=Value(Act.STUDY)),
        When(kept & Q(agreement__answer=Agreement.Answer.GIVEN), then=Value(Act.TRANSMIT)),
        When(kept & ~Q(agreement__answer=Agreement.Answer.REFUSED), then=Value(Act.COLLECT)),
        When(to_decide, then=Value(Act.DECIDE)),
        When(
            is_meeting & Q(meeting_at=None, meeting_asked_by=Application.Side.COMPANY),
            then=Value(Act.MEET_STRUCTURE),
        ),
        When(is_meeting & Q(meeting_at=None), then=Value(Act.MEET_COMPANY)),
        When(is_meeting, then=Value(Act.ANSWER_MET)),
        When(status=File.SENT, then=Value(Act.ANSWER)),
        When(status=File.HIRED, placement=None, then=Value(Act.RECORD)),
        default=Value(""),
        output_field=CharField(),
    )
    since = Case(
        When(to_decide & Q(job_sheet__status=Sheet.FILLED), then=Greatest("acted_at", "job_sheet__acted_at")),
        When(to_decide, then=Greatest("acted_at", "job_sheet__published_at")),
        When(is_meeting, then=Greatest("acted_at", "meeting_at")),
        default=F("acted_at"),
    )
    return applications.annotate(act=act, since=since).exclude(act="")


def steps_of_applications(applications: Iterable[Application], *, at: datetime) -> dict[int, Step]:
    """What each of these applications awaits, in a constant number of queries; nothing once it has ended."""
    rows = list(
        with_act(Application.objects.filter(pk__in=[one.pk for one in applications])).values(
            "pk",
            "act",
            "since",
            "service",
            "organisation",
            "job_sheet",
            company=F("job_sheet__commitment__company"),
            answer_before=F("transmission__answer_before"),
        )
    )
    waiting = {row["job_sheet"] for row in rows if row["act"] == WAIT}
    sheets = steps_of_sheets(JobSheet.objects.filter(pk__in=waiting), at=at) if waiting else {}
    rows_of_act = [row for row in rows if row["act"] != WAIT]
    around = _Around(rows_of_act, at=at)
    told = _last_told(Reminder.objects.filter(application__in=[row["pk"] for row in rows_of_act]))
    steps = {
        row["pk"]: around.step(row, told=told.get((row["pk"], row["act"], row["since"])))
        for row in rows_of_act
    }
    return steps | {row["pk"]: sheets[row["job_sheet"]][0] for row in rows if row["act"] == WAIT}


def steps_of_sheets(sheets: Iterable[JobSheet], *, at: datetime) -> dict[int, list[Step]]:
    """What each of these job sheets awaits, the most pressing first, in a constant number of queries.

    Several parties may have something to do at once on a sheet that is out; nothing once it is closed, or
    filled and recorded.
    """
    sheets = list(JobSheet.objects.filter(pk__in=[sheet.pk for sheet in sheets]).select_related("commitment"))
    of_files = _of_files(sheets)
    unanswered = _unanswered(sheets)
    rows: dict[int, list[dict]] = {}
    for sheet in sheets:
        own = _own_row(sheet, of_files.get(sheet.pk, []), unanswered.get(sheet.pk), at=at)
        rows[sheet.pk] = [*of_files.get(sheet.pk, []), *([own] if own else [])]
    around = _Around([row for found in rows.values() for row in found], at=at)
    told = _last_told(Reminder.objects.filter(job_sheet__in=rows))
    return {
        pk: [around.step(row, told=_told_of_sheet(told, row)) for row in sorted(found, key=_order)]
        for pk, found in rows.items()
    }


def _order(row: dict) -> int:
    order = [Act.RECORD, Act.OTHERS, Act.STUDY, Act.TRANSMIT, Act.REPLY]
    last = [Act.PROPOSE, Act.DECIDE, Act.SEEK, Act.NOBODY]
    act = row["act"]
    return order.index(act) if act in order else 20 + last.index(act) if act in last else 10


def _of_files(sheets: list[JobSheet]) -> dict[int, list[dict]]:
    """The acts awaited on the files of these sheets: how many, of which structure, since the oldest."""
    files = with_act(Application.objects.filter(job_sheet__in=[sheet.pk for sheet in sheets]))
    counted = (
        files.exclude(act=WAIT)
        .annotate(structure=Case(When(act__in=OF_STRUCTURE, then=F("organisation")), default=None))
        .order_by()
        .values("act", "service", "job_sheet", "structure")
        .annotate(
            company=F("job_sheet__commitment__company"),
            count=Count("pk"),
            oldest=Min("since"),
            answer_before=Min("transmission__answer_before"),
        )
    )
    found: dict[int, list[dict]] = {}
    for row in counted:
        row |= {"organisation": row["structure"], "since": row["oldest"]}
        found.setdefault(row["job_sheet"], []).append(row)
    return found


def _unanswered(sheets: list[JobSheet]) -> dict[int, dict]:
    """How many structures received each sheet, how many said that they have nobody, and when the last did."""
    rows = Diffusion.objects.filter(job_sheet__in=sheets).order_by().values("job_sheet")
    counted = rows.annotate(
        received=Count("pk"), nothing=Count("pk", filter=Q(nothing_at__isnull=False)), last=Max("nothing_at")
    )
    return {row["job_sheet"]: row for row in counted}


def _own_row(sheet: JobSheet, files: list[dict], sent: dict | None, *, at: datetime) -> dict | None:
    """What is awaited on the sheet itself, beside its files."""
    act, since, limit = None, sheet.acted_at, None
    if sheet.status == Sheet.DRAFT:
        act = Act.SHARE
    elif sheet.status == Sheet.TO_AGREE and not sheet.agreed_by_company_at:
        act = Act.AGREE
    elif sheet.status == Sheet.TO_AGREE:
        act = Act.PUBLISH if sheet.agreed_by_service_at else Act.AGREE_TOO
    elif sheet.status == Sheet.PUBLISHED and sheet.others_asked_at:
        act, since = Act.OTHERS, sheet.others_asked_at
    elif sheet.status == Sheet.PUBLISHED and not any(row["act"] != Act.DECIDE for row in files):
        deadline = sheet.apply_before or localtime(since).date()
        if sent and sent["received"] == sent["nothing"]:
            act, since = Act.NOBODY, max(since, sent["last"])
        elif localtime(at).date() < deadline:
            act, limit = Act.PROPOSE, deadline
        else:
            act, since = Act.SEEK, max(since, start_of(deadline))
    if act is None:
        return None
    return {
        "act": act,
        "since": since,
        "limit": limit,
        "service": sheet.service_id,
        "job_sheet": sheet.pk,
        "company": sheet.commitment.company_id,
        "organisation": None,
    }


def start_of(day: date) -> datetime:
    """The first moment of a day."""
    return datetime.combine(day, time(), tzinfo=get_current_timezone())


class _Around:
    """What the steps of many files read of the organisations around them: three queries."""

    def __init__(self, rows: Iterable[dict], *, at: datetime) -> None:
        rows = list(rows)
        ids = {row[key] for row in rows for key in ("service", "company", "organisation")}
        sheets = {row["job_sheet"] for row in rows}
        self.organisations = Organisation.objects.in_bulk(ids - {None})
        self.with_account = set(
            Organisation.objects.with_accounts().filter(pk__in=ids - {None}).values_list("pk", flat=True)
        )
        self.linked = set(
            AccessLink.objects.filter(
                Q(opened_at=None, expires_at__gt=at) | Q(opened_at__gt=at - SESSION, left_at=None),
                thing_kind=JobSheet._meta.label_lower,
                thing_id__in=sheets,
                withdrawn_at=None,
            ).values_list("thing_id", "organisation")
        )
        self.delays: DelaysInForce = delays_of(row["service"] for row in rows)

    def step(self, row: dict, *, told: Reminder | None) -> Step:
        """The step of one row."""
        party, service = party_of(row["act"]), self.organisations[row["service"]]
        who = {
            Party.SERVICE: row["service"],
            Party.COMPANY: row["company"],
            Party.STRUCTURE: row["organisation"],
            Party.STRUCTURES: None,
        }[party]
        by_link = (row["job_sheet"], who) in self.linked
        is_silent = who is not None and who not in self.with_account and party != Party.SERVICE
        return Step(
            act=Act(row["act"]),
            who=self.organisations[who] if who else None,
            since=row["since"],
            before=self._before(row),
            stand_in=service if is_silent and not by_link else None,
            by_link=is_silent and by_link,
            count=row.get("count", 1),
            told=told,
        )

    def _before(self, row: dict) -> date:
        """The day that was given; else that of the delays in force when the turn began."""
        if limit := row.get("limit"):
            return limit
        if row["act"] == Act.ANSWER:
            return row["answer_before"]
        days = getattr(self.delays.at(row["service"], row["since"]), DELAYS.get(row["act"], "service_days"))
        before = localtime(row["since"]).date() + timedelta(days=days)
        return max(before, row["answer_before"]) if row["act"] == Act.ANSWER_MET else before


def _last_told(reminders: QuerySet[Reminder]) -> dict[tuple, Reminder]:
    """The last reminder of each turn, by application (none: the sheet's), act and beginning."""
    found = {}
    for reminder in reminders.select_related("told").order_by("sent_at", "pk"):
        found[reminder.application_id, reminder.act, reminder.since] = reminder
    return found


def _told_of_sheet(told: dict[tuple, Reminder], row: dict) -> Reminder | None:
    """The last reminder of an act on a sheet, or on one of the files that await it."""
    of_act = [
        reminder
        for (_, act, since), reminder in told.items()
        if reminder.job_sheet_id == row["job_sheet"] and act == row["act"] and since >= row["since"]
    ]
    return max(of_act, key=lambda reminder: reminder.sent_at, default=None)
