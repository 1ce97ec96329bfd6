"""A validated month opened again, with its reason."""

from decimal import Decimal

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from uneplace.hours import perms
from uneplace.hours.recount import counted_by_line
from uneplace.hours.reopening import reopen_statement as reopen
from uneplace.hours.reopening import why_not_reopen
from uneplace.kit.refused import Refused
from uneplace.organisations.models import Capacity
from uneplace.web.access import access, require
from uneplace.web.hours.forms import ReopenForm

from .statements import visible_statements


@access.capacity(Capacity.FACILITATOR)
@require_http_methods(["GET", "POST"])
def reopen_statement(request, pk):
    """« Rouvrir » : what the month counted is taken back, and it waits for control again."""
    statement = get_object_or_404(visible_statements(request), pk=pk)
    require(perms.can_control(request.actor, statement))
    form = ReopenForm(request.POST or None, initial={"version": statement.version})
    if form.is_valid():
        try:
            reopen(statement, **form.cleaned_data, by=request.actor, at=timezone.now())
        except Refused as refusal:
            form.again(statement, refusal)
        else:
            messages.success(request, "Relevé rouvert. Ses heures sont reprises, et il est à contrôler.")
            return redirect(statement)
    context = {
        "statement": statement,
        "form": form,
        "blocked": why_not_reopen(statement),
        "counted": sum(counted_by_line(statement).values(), Decimal(0)),
    }
    return render(request, "hours/reopen.html", context, status=422 if form.errors else 200)
