"""« Simuler »: anyone sizes a clause, without an account; nothing is kept, the address says all."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from uneplace.web.access import access
from uneplace.web.sizing.forms import SizingForm
from uneplace.web.sizing.result import result_context
from uneplace.web.sizing.usual import trades, usual_initial, usual_notes


@access.public
@require_safe
def simulate(request: HttpRequest) -> HttpResponse:
    """The hours that what the address says would make due, and why; faults are told once they are asked."""
    today = timezone.localdate()
    typed = SizingForm(request.GET, as_of=today)
    result = result_context(typed)
    if request.htmx:
        return render(request, "sizing/_fragments/result.html", result)
    form = typed
    if result["due"] is None and "calculer" not in request.GET:
        sent = {name: value for name, value in request.GET.items() if name in SizingForm.base_fields}
        form = SizingForm(initial=usual_initial(on=today) | sent, as_of=today)
    context = {
        "form": form,
        "today": today,
        "trades": trades(on=today),
        "notes": usual_notes(on=today),
        **result,
        "faults": [],
    }
    return render(request, "sizing/simulate.html", context)
