"""Whoever looks after people at a company: a name and a phone on a job sheet, forgotten after the job."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from uneplace.journal.actions import record
from uneplace.offers.models import CONTACTS, Application, JobSheet, JobSheetVersion
from uneplace.organisations.actor import Actor
from uneplace.organisations.models import Organisation
from uneplace.rules.dates import add_months
from uneplace.rules.parameters import PARAMETERS

WRITTEN = ("tutor", "deputy")  # what a version calls them


def old_tutors(service: Organisation, on: date) -> QuerySet[JobSheet]:
    """The sheets that still name somebody, long after the job was over: closed, or past its last day, and
    nobody chosen for it at work since."""
    limit = add_months(on, -PARAMETERS.tutor_retention_months.whole_on(on))
    ends_later = Q(job_sheet__period__upper_inf=True) | Q(job_sheet__period__endswith__gt=limit)
    at_work = Application.objects.filter(job_sheet=OuterRef("pk"), status=Application.Status.HIRED).filter(
        Q(placement__period__upper_inf=True)
        | Q(placement__period__endswith__gt=limit)
        | Q(placement=None) & ends_later
    )
    is_over = Q(status=JobSheet.Status.CLOSED, acted_at__date__lt=limit) | Q(period__endswith__lte=limit)
    named = Q(content__tutor__regex=r"\S") | Q(content__deputy__regex=r"\S")
    said_before = JobSheetVersion.objects.filter(named, job_sheet=OuterRef("pk"))
    names_somebody = ~Q(**dict.fromkeys(CONTACTS, "")) | Q(Exists(said_before))
    sheets = JobSheet.objects.filter(is_over, names_somebody, service=service)
    return sheets.filter(~Exists(at_work)).order_by("pk")


@transaction.atomic
def forget_tutors(sheet: JobSheet, *, by: Actor, at: datetime) -> None:
    """Nobody is named any more, on the sheet nor in what it said before; its history never held a name."""
    JobSheet.objects.filter(pk=sheet.pk).update(**dict.fromkeys(CONTACTS, ""))
    for version in JobSheetVersion.objects.filter(job_sheet=sheet):
        content = {name: words for name, words in version.content.items() if name not in WRITTEN}
        JobSheetVersion.objects.filter(pk=version.pk).update(content=content)
    record("job_sheet.tutors_forgotten", about=sheet, by=by, at=at)
