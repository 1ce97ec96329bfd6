"""A declarant without account, come by a link about one statement: declare it, read what was sent."""

from django.contrib import messages
from django.db.models import Sum
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods
from django_htmx.http import HttpResponseClientRedirect

from uneplace.hours import actions, perms
from uneplace.hours.evidence import documents_with
from uneplace.web.access import access, require

from .declaring import declaring
from .statements import visible_statements


@access.by_link
@require_http_methods(["GET", "POST"])
def declare_statement(request):
    """The one page of a link: the month to declare, or what was sent of it."""
    statement = get_object_or_404(visible_statements(request), pk=request.actor.link.thing_id)
    if request.method == "GET" and perms.can_confirm_as_host(request.actor, statement):
        return redirect("by_link_hours:confirm")  # the link of the company where the people are lent
    require(perms.can_declare(request.actor, statement))
    reasons = actions.why_not_declare(statement, on=timezone.localdate())
    documents = documents_with(statement, by=request.actor)
    if reasons and request.method == "GET":
        lines = statement.lines.select_related("worked_month__placement__participant")
        context = {
            "statement": statement,
            "documents": documents,
            "reasons": reasons,
            "lines": lines.order_by("worked_month__placement__participant__last_name", "pk"),
            "total": statement.lines.aggregate(total=Sum("hours"))["total"],
        }
        return render(request, "hours/by_link_sent.html", context)

    def done(*, sent: bool) -> HttpResponse:
        if not sent:  # once sent, the page says it by itself
            messages.success(request, "Brouillon gardé.")
        return HttpResponseClientRedirect(request.path) if request.htmx else redirect(request.path)

    return declaring(request, statement, "hours/by_link.html", done=done, documents=documents)
