from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet

from uneplace.organisations.models import Organisation, User
from uneplace.people.models import EligibilityDecision, InformationGiven
from uneplace.people.queries import decisions_for

from .models import HOLDS_POST, MAY_COME_BACK, Agreement, Application, JobSheet, Through, Transmission

Status = Application.Status
TO_STUDY = (Status.NEW, Status.STUDIED)
IN_COMPANY_HANDS = (Status.SENT, Status.MEETING)


@dataclass(frozen=True)
class FileFacts:
    """What a transmission rests on: the decision valid at the job's start, the information, the agreement.

    `is_hired` when the person has another job on that day.
    """

    decision: EligibilityDecision | None
    informed: bool
    agreement: str | None
    is_ground_refused: bool = False
    is_hired: bool = False


def start_day(sheet: JobSheet, *, on: date) -> date:
    """The day that eligibility is looked at: the job's first day, or today when that is past."""
    return max(sheet.period.lower, on)


def put_forward_for(sheet: JobSheet) -> QuerySet[Application]:
    """The applications of a sheet that keep their people from being put forward for it again."""
    return Application.objects.filter(~MAY_COME_BACK, job_sheet=sheet)


def hired_on(day: date) -> QuerySet[Application]:
    """The applications by which people have a job that day: by work contract, else by the sheet's dates."""
    return Application.objects.filter(
        Q(placement__period__contains=day) | Q(placement=None, job_sheet__period__contains=day),
        status=Status.HIRED,
    )


def files_of(applications: Iterable[Application], *, on: date) -> dict[int, FileFacts]:
    """What the transmission of each of these applications of one sheet rests on, in four queries."""
    applications = list(applications)
    if not applications:
        return {}
    people = [application.participant_id for application in applications]
    sheet = applications[0].job_sheet
    start = start_day(sheet, on=on)
    decisions = decisions_for(people, on=start)
    hired = set(hired_on(start).filter(participant__in=people).values_list("participant_id", flat=True))
    informed = set(
        InformationGiven.objects.filter(participant__in=people).values_list("participant_id", flat=True)
    )
    agreements = dict(
        Agreement.objects.filter(application__in=applications).values_list("application_id", "answer")
    )
    accepted = sheet.commitment.clause.accepted_grounds
    return {
        application.pk: FileFacts(
            decision=decisions.get(application.participant_id),
            informed=application.participant_id in informed,
            agreement=agreements.get(application.pk),
            is_ground_refused=_is_refused(decisions.get(application.participant_id), accepted),
            is_hired=application.participant_id in hired,
        )
        for application in applications
    }


def _is_refused(decision: EligibilityDecision | None, accepted: list[str] | None) -> bool:
    return decision is not None and accepted is not None and not set(accepted) & set(decision.grounds)


@dataclass(frozen=True)
class Flow:
    """How many applications of a job sheet are where, and the posts that they fill."""

    posts: int
    received: int = 0
    to_study: int = 0
    shortlisted: int = 0
    sent: int = 0
    filled: int = 0

    @property
    def waiting(self) -> int:
        """Posts for which the company is choosing."""
        return min(self.sent, self.free)

    @property
    def free(self) -> int:
        return max(self.posts - self.filled, 0)


def flows_of(sheets: Iterable[JobSheet]) -> dict[int, Flow]:
    """The flow of each of these job sheets, in one query."""
    sheets = list(sheets)
    counts = {
        row.pop("job_sheet"): row
        for row in Application.objects.filter(job_sheet__in=sheets)
        .order_by()
        .values("job_sheet")
        .annotate(
            received=Count("pk"),
            to_study=Count("pk", filter=Q(status__in=TO_STUDY)),
            shortlisted=Count("pk", filter=Q(status=Status.SHORTLISTED)),
            sent=Count("pk", filter=Q(status__in=IN_COMPANY_HANDS)),
            filled=Count("pk", filter=HOLDS_POST),
        )
    }
    return {sheet.pk: Flow(posts=sheet.posts, **counts.get(sheet.pk, {})) for sheet in sheets}


@dataclass(frozen=True)
class Sending:
    """Files sent to the company at one moment: by whom, to whom, by what means, and how many since taken
    back."""

    sent_at: datetime
    sent_by: User | None
    through: str
    sent_to: list[str]
    files: int
    taken_back: int

    @property
    def means(self) -> str:
        """« par un lien envoyé par courriel »."""
        return str(Through(self.through).label)


def sendings_of(sheet: JobSheet) -> list[Sending]:
    """Each sending of files of this sheet, newest first, in one query."""
    sent = Transmission.objects.filter(application__job_sheet=sheet).select_related("sent_by")
    batches: dict[tuple, list[Transmission]] = defaultdict(list)
    for one in sent.order_by("-sent_at", "-pk"):
        batches[one.sent_at, one.sent_by_id].append(one)
    return [
        Sending(
            sent_at=rows[0].sent_at,
            sent_by=rows[0].sent_by,
            through=rows[0].through,
            sent_to=rows[0].sent_to,
            files=len(rows),
            taken_back=sum(row.withdrawn_at is not None for row in rows),
        )
        for rows in batches.values()
    ]


def silent_addressees(sheet: JobSheet) -> QuerySet[Organisation]:
    """The structures that received the sheet and of which nobody can sign in: the service may stand in."""
    received = Organisation.objects.filter(diffusions__job_sheet=sheet)
    return received.exclude(pk__in=Organisation.objects.with_accounts()).order_by("name", "pk")


def applications_with_file(applications):
    """Applications with all that a line of a list shows, in a constant number of queries."""
    return applications.select_related(
        "participant",
        "organisation",
        "answered_by",
        "job_sheet__commitment__company",
        "job_sheet__commune",
        "job_sheet__service",
        "agreement",
        "transmission",
    )
