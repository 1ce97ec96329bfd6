"""Counting again the validated lines of a clause: read the differences, then confirm them with a reason."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from uneplace.contracts.models import Clause
from uneplace.hours import perms
from uneplace.hours.recount import ZERO, differences, digest, why_not_recount
from uneplace.kit.refused import Refused
from uneplace.organisations.models import Capacity
from uneplace.rules.explanation import as_json
from uneplace.settlement import recounting
from uneplace.web.access import access, require
from uneplace.web.hours.forms import RecountForm


@access.capacity(Capacity.FACILITATOR)
@require_http_methods(["GET", "POST"])
def recount_clause(request, pk):
    """« Recompter »: the differences line by line, and the button that enters them in the ledger."""
    clauses = Clause.objects.visible_to(request.actor).select_related("lot__contract__buyer", "service")
    clause = get_object_or_404(clauses, pk=pk)
    require(perms.can_recount(request.actor, clause))
    form = RecountForm(request.POST or None)
    if form.is_valid():
        given = form.cleaned_data
        try:
            entries = recounting.recount_clause(
                clause,
                shown=given["shown"],
                lines=given["lines"],
                reason=given["reason"],
                by=request.actor,
                at=timezone.now(),
            )
        except Refused as refusal:
            form.add_error(None, list(refusal.reasons))
        else:
            messages.success(
                request,
                "Heures recomptées. Les corrections sont inscrites au compte du marché."
                if entries
                else "Rien à recompter\u00a0: tout compte déjà ainsi.",
            )
            return redirect(clause)
    blocked = why_not_recount(clause)
    found = [] if blocked else differences([clause])
    context = {
        "clause": clause,
        "form": form,
        "blocked": blocked,
        "rows": [_row(one, form) for one in found],
        "before": sum((one.before for one in found), ZERO),
        "after": sum((one.after for one in found), ZERO),
        "gap": sum((one.gap for one in found), ZERO),
        "shown": digest(found),
    }
    return render(request, "hours/recount.html", context, status=422 if form.errors else 200)


def _row(one, form):
    return {
        "is_chosen": not form.is_bound or str(one.line.pk) in form["lines"].value(),
        "difference": one,
        "placement": one.line.worked_month.placement,
        "month": one.line.statement.month,
        "company": one.line.statement.commitment.company,
        "explanation": as_json(one.verdict.explanation),
    }
