"""A month worked for several contracts: typed as a whole, its parts read before they are kept."""

from datetime import date
from decimal import Decimal

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from uneplace.hours import perms, wholes
from uneplace.hours import splitting as actions
from uneplace.hours.models import Placement, WorkedMonth, month_name, of_month
from uneplace.kit.refused import Refused
from uneplace.rules import french
from uneplace.rules.explanation import as_json
from uneplace.web.access import access, require
from uneplace.web.hours.forms import SplitForm, WholeForm

from .statements import WORKERS


@access.capacity(*WORKERS)
@require_http_methods(["GET", "POST"])
def split_month(request, pk):
    """Type the hours of a whole month, read what goes to each contract, keep it."""
    placements = Placement.objects.visible_to(request.actor).select_related(
        "participant", "employer", "declared_by", "service"
    )
    placement = get_object_or_404(placements, pk=pk)
    require(perms.can_split(request.actor, placement))
    on = timezone.localdate()
    months = [month for month in actions.months_to_split(placement) if month <= on]
    month = _month(request.GET.get("mois")) or (months[-1] if months else on.replace(day=1))
    shared = actions.shared_month(placement, month)
    reasons = actions.why_not_split(shared, month=month, on=on)
    worked = wholes.whole_month(placement, month)
    if reasons and worked:
        return _correct_whole(request, placement, worked, reasons)
    form = SplitForm(request.POST or None, initial=_typed(worked))
    split = None
    if not reasons and form.is_valid():
        typed = {name: hours or Decimal(0) for name, hours in form.cleaned_data.items()}
        try:
            split = actions.split_month(placement, shared, month=month, **typed)
            if request.POST.get("shown"):
                actions.keep_split(
                    placement,
                    month=month,
                    **typed,
                    shown=request.POST["shown"],
                    by=request.actor,
                    on=on,
                    at=timezone.now(),
                )
                messages.success(request, "Parts gardées. Les relevés sont en brouillon\u00a0: envoyez-les.")
                return redirect(split.parts[0].shared.statement)
        except Refused as refusal:
            form.add_error(None, list(refusal.reasons))
    context = {
        "placement": placement,
        "month": month,
        "month_name": month_name(month),
        "months": months,
        "shared": shared,
        "reasons": reasons,
        "form": form,
        "split": split,
        "explanation": as_json(split.explanation) if split else None,
        "represented": perms.represented(request.actor, placement.declared_by),
    }
    is_wrong = bool(form.errors or (reasons and request.method == "POST"))
    return render(request, "hours/split_month.html", context, status=422 if is_wrong else 200)


def _typed(worked: WorkedMonth | None) -> dict[str, Decimal]:
    return {"hours": worked.whole} if worked else {}


def _correct_whole(request, placement, worked, reasons):
    """The whole of a month of which a part is no longer to share: say again how much was worked."""
    month = worked.month
    is_said = request.method == "POST" and "read" in request.POST
    form = WholeForm(request.POST if is_said else None, initial={"hours": worked.whole, "read": worked.whole})
    kept = wholes.why_not_correct(placement, month)
    if not kept and form.is_valid():
        said = form.cleaned_data
        try:
            wholes.correct_whole(placement, month=month, **said, by=request.actor, at=timezone.now())
        except Refused as refusal:
            form.add_error(None, list(refusal.reasons))
        else:
            messages.success(request, f"Mois entier corrigé\u00a0: {french.hours(said['hours'])}.")
            return redirect(placement)
    context = {
        "placement": placement,
        "worked": worked,
        "of_month": of_month(month),
        "shared": actions.shared_month(placement, month),
        "reasons": reasons + kept,
        "may_correct": not kept,
        "form": form,
        "represented": perms.represented(request.actor, placement.declared_by),
    }
    return render(
        request, "hours/correct_whole.html", context, status=422 if request.method == "POST" else 200
    )


def _month(text: str | None) -> date | None:
    """« 2026-04 » in the address of the page; None when it says no month."""
    if not text:
        return None
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        raise Http404 from None
