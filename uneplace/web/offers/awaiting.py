"""The job sheets and files that await an actor, as rows: for its week and for the counts of the menu."""

from datetime import date

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from uneplace.offers.models import Act, Agreement, Application, Diffusion, JobSheet, Reminder, Suggestion
from uneplace.offers.whose_turn import OF_COMPANY, OF_STRUCTURE, TO_DECIDE, with_act
from uneplace.organisations.actor import Actor

Status = Application.Status
Sheet = JobSheet.Status
TO_STUDY = Q(applications__status__in=[Status.NEW, Status.STUDIED])
TO_REPLY = Q(applications__status__in=TO_DECIDE)
TO_SEND = Q(applications__status=Status.SHORTLISTED, applications__agreement__answer=Agreement.Answer.GIVEN)


def agreements_to_collect(actor: Actor) -> QuerySet[Application]:
    """Applications kept by the service for which the person's agreement is not known yet."""
    return (
        Application.objects.filter(organisation=actor.organisation, status=Status.SHORTLISTED)
        .exclude(agreement__answer__in=Agreement.Answer.values)
        .select_related("participant", "job_sheet__commitment__company")
        .order_by("sent_at", "pk")
    )


def answers_to_tell(actor: Actor) -> QuerySet[Application]:
    """Answers that people do not know yet, and that their structure tells them."""
    return (
        Application.objects.person_to_tell()
        .filter(organisation=actor.organisation)
        .select_related("participant", "job_sheet__commitment__company")
        .order_by("answered_at", "pk")
    )


def suggestions_to_answer(actor: Actor) -> QuerySet[Suggestion]:
    """People whom the service asks this structure to put forward."""
    return (
        Suggestion.objects.waiting()
        .filter(organisation=actor.organisation)
        .select_related("participant", "job_sheet__commitment__company", "job_sheet__commune")
        .order_by("asked_at", "pk")
    )


def meetings_to_settle(actor: Actor) -> QuerySet[Application]:
    """Those for which a company proposed moments to meet, and waits for the structure."""
    return (
        Application.objects.filter(
            organisation=actor.organisation,
            status=Status.MEETING,
            meeting_at=None,
            meeting_asked_by=Application.Side.COMPANY,
        )
        .select_related("participant", "job_sheet__commitment__company")
        .order_by("pk")
    )


def hired_to_record(actor: Actor) -> QuerySet[Application]:
    """People chosen whose work contract is not recorded yet."""
    hired = Application.objects.filter(service=actor.organisation, status=Status.HIRED, placement=None)
    return hired.select_related("participant", "job_sheet").order_by("answered_at", "pk")


def escalated_files(actor: Actor) -> QuerySet[Application]:
    """Files on which a company or a structure owes an act, and of which the service was told."""
    told = Reminder.objects.filter(
        application=OuterRef("pk"), act=OuterRef("act"), since=OuterRef("since"), told=actor.organisation
    )
    files = with_act(Application.objects.filter(service=actor.organisation))
    return (
        files.filter(Exists(told), act__in=[*OF_COMPANY, *OF_STRUCTURE])
        .select_related("participant", "organisation", "job_sheet__commitment__company")
        .order_by("since", "pk")
    )


def escalated_sheets(actor: Actor) -> QuerySet[JobSheet]:
    """Sheets on which a company still owes its agreement, and of which the service was told."""
    told = Reminder.objects.filter(
        job_sheet=OuterRef("pk"),
        application=None,
        act=Act.AGREE,
        since=OuterRef("acted_at"),
        told=actor.organisation,
    )
    waiting = JobSheet.objects.filter(service=actor.organisation, status=Sheet.TO_AGREE)
    return (
        waiting.filter(Exists(told), agreed_by_company_at=None)
        .select_related("commitment__company")
        .order_by("acted_at", "pk")
    )


def sheets_to_seek(actor: Actor, on: date) -> QuerySet[JobSheet]:
    """Sheets for which nobody comes any more: past the deadline, or nobody has anybody to propose."""
    files = Application.objects.filter(job_sheet=OuterRef("pk"))
    under_way = files.filter(
        Q(status__in=Application.OPEN) & ~Q(status=Status.ON_HOLD) | Q(status=Status.HIRED, placement=None)
    )
    awaited = Diffusion.objects.filter(job_sheet=OuterRef("pk"), nothing_at=None)
    out = JobSheet.objects.filter(
        service=actor.organisation, status=Sheet.PUBLISHED, others_asked_at=None
    ).filter(~Exists(under_way))
    return (
        out.filter(Q(apply_before__lte=on) | ~Exists(awaited))
        .select_related("commitment__company")
        .order_by("apply_before", "pk")
    )


def sheets_to_study(actor: Actor) -> QuerySet[JobSheet]:
    """Sheets with files to study or to transmit, or for which the company asks for others; those that are
    filled, with files that still wait for an answer."""
    is_out = Q(status=Sheet.PUBLISHED)
    awaited = Q(to_study__gt=0) | Q(to_send__gt=0) | Q(others_asked_at__isnull=False)
    return (
        JobSheet.objects.filter(service=actor.organisation)
        .annotate(
            to_study=Count("applications", filter=TO_STUDY),
            to_send=Count("applications", filter=TO_SEND),
            to_reply=Count("applications", filter=TO_REPLY),
        )
        .filter(is_out & awaited | Q(status=Sheet.FILLED, to_reply__gt=0))
        .select_related("commitment__company")
        .order_by(F("apply_before").asc(nulls_last=True), "pk")
    )


def sheets_to_prepare(actor: Actor) -> QuerySet[JobSheet]:
    """Drafts to share, and sheets on which the company agreed."""
    return (
        JobSheet.objects.filter(service=actor.organisation)
        .filter(Q(status=Sheet.DRAFT) | Q(status=Sheet.TO_AGREE, agreed_by_company_at__isnull=False))
        .select_related("commitment__company")
        .order_by("created_at", "pk")
    )


def files_to_answer(actor: Actor) -> QuerySet[Application]:
    """Files transmitted to this company, but those for which a structure chooses a moment."""
    return (
        Application.objects.filter(
            transmission__company=actor.organisation,
            transmission__withdrawn_at=None,
            status__in=[Status.SENT, Status.MEETING],
        )
        .exclude(status=Status.MEETING, meeting_at=None, meeting_asked_by=Application.Side.COMPANY)
        .select_related("participant", "job_sheet", "transmission")
        .order_by("transmission__answer_before", "pk")
    )


def sheets_to_agree(actor: Actor) -> QuerySet[JobSheet]:
    """Sheets that wait for the agreement of this company."""
    return (
        JobSheet.objects.filter(
            commitment__company=actor.organisation, status=Sheet.TO_AGREE, agreed_by_company_at=None
        )
        .select_related("service")
        .order_by("created_at", "pk")
    )
