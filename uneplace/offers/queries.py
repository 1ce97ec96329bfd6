from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from uneplace.organisations.models import Organisation
from uneplace.people.models import EligibilityDecision, InformationGiven
from uneplace.people.queries import decisions_for

from .models import Agreement, Application, JobSheet

Status = Application.Status
TO_STUDY = (Status.NEW, Status.STUDIED)
IN_COMPANY_HANDS = (Status.SENT, Status.MEETING)


@dataclass(frozen=True)
class FileFacts:
    """What a transmission rests on: the decision valid at the job's start, the information, the agreement."""

    decision: EligibilityDecision | None
    informed: bool
    agreement: str | None
    is_ground_refused: bool = False


def start_day(sheet: JobSheet, *, on: date) -> date:
    """The day that eligibility is looked at: the job's first day, or today when that is past."""
    return max(sheet.period.lower, on)


def files_of(applications: Iterable[Application], *, on: date) -> dict[int, FileFacts]:
    """What the transmission of each of these applications of one sheet rests on, in three queries."""
    applications = list(applications)
    if not applications:
        return {}
    people = [application.participant_id for application in applications]
    sheet = applications[0].job_sheet
    decisions = decisions_for(people, on=start_day(sheet, on=on))
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
    on_hold: int = 0
    shortlisted: int = 0
    sent: int = 0
    filled: int = 0

    @property
    def waiting(self) -> int:
        """Posts for which the company is choosing."""
        return min(self.sent, self.free)

    @property
    def unanswered(self) -> int:
        """Applications that only the service can answer."""
        return self.to_study + self.on_hold + self.shortlisted

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
            on_hold=Count("pk", filter=Q(status=Status.ON_HOLD)),
            shortlisted=Count("pk", filter=Q(status=Status.SHORTLISTED)),
            sent=Count("pk", filter=Q(status__in=IN_COMPANY_HANDS)),
            filled=Count("pk", filter=Q(status=Status.HIRED)),
        )
    }
    return {sheet.pk: Flow(posts=sheet.posts, **counts.get(sheet.pk, {})) for sheet in sheets}


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
