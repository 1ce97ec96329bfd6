"""One job sheet, as each actor may read it."""

from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from uneplace.journal.queries import entries_about
from uneplace.mails.queries import mails_about
from uneplace.offers import actions, perms
from uneplace.offers.addressees import sent_to
from uneplace.offers.cautions import cautions_of
from uneplace.offers.models import Application, Diffusion, JobSheet
from uneplace.offers.queries import applications_with_file, flows_of, silent_addressees
from uneplace.offers.silence import closing_of
from uneplace.offers.versions import criteria_fixed, missing_from, pay_in_words
from uneplace.offers.whose_turn import steps_of_sheets
from uneplace.organisations.models import Capacity
from uneplace.web.access import access
from uneplace.web.offers.rows import followed_rows
from uneplace.web.offers.sent import to_company
from uneplace.web.offers.turns import turn_of_sheet

RECRUITERS = (Capacity.FACILITATOR, Capacity.COMPANY, Capacity.INSERTION_EMPLOYER)
EVERYONE = (*RECRUITERS, Capacity.REFERRER)


def visible_sheets(request):
    """The job sheets that one may see, with what their pages show."""
    return JobSheet.objects.visible_to(request.actor).select_related(
        "commitment__company", "commitment__clause__lot__contract", "commune", "rome", "service"
    )


@access.capacity(*EVERYONE)
@require_GET
def show_sheet(request, pk):
    """One job sheet, as each actor may read it."""
    sheet = get_object_or_404(visible_sheets(request), pk=pk)
    actor, on = request.actor, timezone.localdate()
    flow = flows_of([sheet])[sheet.pk]
    serves = actor.serves(sheet)
    is_company = actor.stands_for(sheet.commitment.company_id)
    is_written = sheet.status in (JobSheet.Status.DRAFT, JobSheet.Status.TO_AGREE)
    to_record = list(_to_record(sheet)) if serves else []
    sent = sent_to(sheet) if serves else []
    mine = Application.objects.filter(job_sheet=sheet, organisation=actor.organisation)
    diffusion = _received_by(actor, sheet)
    context = {
        "sheet": sheet,
        "criteria": list(sheet.criteria.all()),
        "fixed": criteria_fixed(sheet),
        "in_words": sheet.in_words,
        "pay": pay_in_words(sheet),
        "missing": missing_from(sheet) if is_written and (serves or is_company) else [],
        "cautions": cautions_of(sheet) if serves or is_company else [],
        "flow": flow,
        "turn": turn_of_sheet(
            sheet,
            steps_of_sheets([sheet], at=timezone.now())[sheet.pk],
            actor,
            on=on,
            may_propose=actor.writes
            and diffusion is not None
            and diffusion.nothing_at is None
            and not mine.exists(),
        ),
        "closing": closing_of(sheet) if serves or is_company else None,
        "serves": serves,
        "is_company": is_company,
        "to_record": to_record,
        "may_manage": perms.can_manage(actor, sheet),
        "may_revise": perms.can_revise(actor, sheet) and not actions.why_not_revise(sheet),
        "may_agree_for_company": perms.can_agree_for_company(actor, sheet)
        and not actions.why_not_agree(sheet, for_company=True),
        "may_agree_for_service": perms.can_manage(actor, sheet)
        and not actions.why_not_agree(sheet, for_company=False),
        "stands_in": not is_company,
        "publish_reasons": actions.why_not_publish(sheet, on=on),
        "may_put_forward": perms.can_put_forward(actor, sheet)
        and not actions.why_not_put_forward(sheet, on=on)
        and (perms.is_addressee(actor, sheet) or silent_addressees(sheet).exists()),
        "sent": sent,
        "silent": set(silent_addressees(sheet).values_list("pk", flat=True)) if serves else set(),
        "diffusion": diffusion,
        "may_take_up": perms.can_manage(actor, sheet) and not actions.why_not_take_up(sheet),
        **to_company(actor, sheet, at=timezone.now()),
        "mine": [] if serves else followed_rows(applications_with_file(mine), actor, on=on),
        "reminders": list(
            sheet.reminders.filter(application=None).select_related("told").order_by("-sent_at", "-pk")[:10]
        )
        if serves
        else [],
        "history": entries_about(sheet)[:20] if serves or is_company else [],
        "mails": list(mails_about(actor, sheet)[:20]),
    }
    return render(request, "offers/sheet.html", context)


def _received_by(actor, sheet) -> Diffusion | None:
    """The sheet as sent to the structure one works for, when it was."""
    return sheet.diffusions.filter(organisation=actor.organisation).first()


def _to_record(sheet):
    """The people chosen whose work contract is not recorded yet."""
    return (
        sheet.applications.filter(status=Application.Status.HIRED, placement=None)
        .select_related("participant")
        .order_by("answered_at", "pk")
    )
