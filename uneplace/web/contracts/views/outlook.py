"""« Prévision » of a clause: expected curve and progress, forecast, its error, and what closes the gap."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from uneplace.contracts.models import Clause
from uneplace.web.access import access
from uneplace.web.contracts.outlook import outlooks_of
from uneplace.web.contracts.views.clause import clause_page
from uneplace.web.contracts.views.lists import FOLLOWERS


@access.capacity(*FOLLOWERS)
@require_GET
def show_outlook(request: HttpRequest, pk: int) -> HttpResponse:
    """The curve of the clause, then of each company's commitment, as far as one follows them."""
    context = clause_page(request, pk, "outlook")
    clause = context["clause"]
    context["outlooks"] = (
        []
        if clause.status == Clause.Status.DRAFT
        else outlooks_of(
            clause,
            context["commitments"],
            request.actor,
            whole=context["sees_whole"],
            each=True,
            on=context["today"],
        )
    )
    return render(request, "contracts/clause_outlook.html", context)
