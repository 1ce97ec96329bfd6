"""Work contracts: recorded after the company's choice, confirmed by the employer, read with their hours."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from uneplace.hours import perms
from uneplace.hours import placements as actions
from uneplace.hours.legal import warnings_about
from uneplace.hours.models import FollowUp, LedgerEntry, Placement
from uneplace.hours.shares import cautions_about
from uneplace.hours.totals import counted_total
from uneplace.hours.until import until_of
from uneplace.journal.queries import entries_about
from uneplace.kit.refused import Refused
from uneplace.mails.queries import mails_about
from uneplace.offers.models import Application
from uneplace.organisations.models import Capacity
from uneplace.people.queries import decision_for
from uneplace.reports.perms import can_certify
from uneplace.rules.explanation import as_json
from uneplace.web.access import access, require
from uneplace.web.hours.forms import PlacementForm

from .statements import WORKERS


@access.capacity(Capacity.FACILITATOR)
@require_http_methods(["GET", "POST"])
def record_placement(request, pk):
    """Record the work contract of the person that the company chose."""
    applications = Application.objects.visible_to(request.actor).select_related(
        "participant",
        "organisation",
        "job_sheet__commitment__company",
        "job_sheet__commitment__clause",
        "job_sheet__rome",
    )
    application = get_object_or_404(applications, pk=pk)
    require(perms.can_record_placement(request.actor, application))
    reasons = actions.why_not_record_placement(application)
    form = PlacementForm(request.POST or None, application=application)
    warnings = _warnings(application, form) if form.is_valid() else ()
    warned = [one.about.value for one in warnings]
    if form.is_valid() and set(warned) <= set(form.cleaned_data["read"].split()):
        try:
            placement = actions.record_placement(
                application,
                **form.terms,
                rome=application.job_sheet.rome,
                warned=warned,
                by=request.actor,
                at=timezone.now(),
            )
        except Refused as refusal:
            form.add_error(None, list(refusal.reasons))
        else:
            messages.success(request, f"Contrat enregistré. {placement.employer} va le confirmer.")
            return redirect(placement)
    decision = decision_for(application.participant, on=application.job_sheet.period.lower)
    context = {
        "application": application,
        "form": form,
        "reasons": reasons,
        "warnings": warnings,
        "decision": decision,
        "reused": decision is not None
        and application.participant.placements.filter(period__startswith__gte=decision.decided_on).exists(),
        "read": " ".join(warned),
    }
    return render(request, "hours/record_placement.html", context, status=422 if form.errors else 200)


def _warnings(application, form):
    """What the law says of these terms, and what to read before they serve a second commitment."""
    found = list(warnings_about(application, **form.legal_facts))
    if also := form.cleaned_data["also"]:
        terms = Placement(declared_by=form.terms["declared_by"])
        found += cautions_about(terms, also, period=form.terms["period"])
    return found


@access.capacity(*WORKERS)
@require_GET
def show_placement(request, pk):
    """One work contract: its terms, whether it is confirmed, its hours month by month and why."""
    placement = get_object_or_404(_visible(request), pk=pk)
    reads_whole = perms.reads_whole(request.actor, placement)
    theirs = {} if reads_whole else {"commitment__company": request.actor.organisation}
    counted = LedgerEntry.objects.filter(placement=placement, **theirs)
    entries = counted.select_related("commitment__clause__lot__contract", "commitment__company").order_by(
        "-month", "-pk"
    )
    today = timezone.localdate()
    may_confirm = perms.can_confirm_placement(request.actor, placement)
    allocations = list(
        placement.allocations.filter(**theirs)
        .select_related("commitment__clause__lot__contract", "commitment__company")
        .order_by("period", "pk")
    )
    context = {
        "placement": placement,
        "allocations": allocations,
        "untils": [(one, as_json(one.explanation)) for one in until_of(placement, allocations)],
        "entries": entries,
        "total": counted_total(counted),
        "reads_whole": reads_whole,
        "may_allocate": perms.can_allocate(request.actor, placement),
        "may_split": perms.can_split(request.actor, placement)
        and (
            len({one.commitment_id for one in allocations}) > 1
            or placement.worked_months.filter(whole__isnull=False).exists()
        ),
        "may_confirm": may_confirm and not actions.why_not_confirm_placement(placement),
        "follow_ups": list(
            FollowUp.objects.visible_to(request.actor).filter(placement=placement).select_related("done_by")
        ),
        "may_follow": perms.can_follow_up(request.actor, placement),
        "may_break": perms.can_break(request.actor, placement) and not actions.is_over(placement, on=today),
        "serves": request.actor.serves(placement),
        "may_certify": can_certify(request.actor, placement) and not placement.participant.anonymised_at,
        "today": today,
        "represented": perms.represented(request.actor, placement.employer),
        "history": _history(request.actor, placement)[:20],
        "mails": list(mails_about(request.actor, placement)[:20]),
    }
    return render(request, "hours/placement.html", context)


def _history(actor, placement):
    """What happened to a work contract, as one may read it: that the person has an address is the service's
    to know, and what they say of their hours is not for the company where they are lent."""
    entries = entries_about(placement)
    if actor.serves(placement):
        return entries
    entries = entries.exclude(verb="month_link.sent")
    if perms.reads_whole(actor, placement):
        return entries
    return entries.exclude(verb__startswith="confirmation.").exclude(verb__startswith="month_link.")


@access.capacity(*WORKERS)
@require_http_methods(["POST"])
def confirm_placement(request, pk):
    """The employer confirms the work contract."""
    placement = get_object_or_404(_visible(request), pk=pk)
    require(perms.can_confirm_placement(request.actor, placement))
    try:
        actions.confirm_placement(placement, by=request.actor, at=timezone.now())
    except Refused as refusal:
        messages.error(request, " ".join(refusal.reasons))
    else:
        messages.success(request, "Contrat de travail confirmé.")
    return redirect(placement)


def _visible(request):
    return Placement.objects.visible_to(request.actor).select_related(
        "participant", "employer", "declared_by", "rome", "service", "broken"
    )
