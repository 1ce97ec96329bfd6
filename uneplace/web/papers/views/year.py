"""The certificates of everybody of a year, as one archive sent while it is made."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from uneplace.hours.certificates import take_out_certificates
from uneplace.kit.refused import Refused
from uneplace.kit.zipped import zipped
from uneplace.organisations.models import Capacity
from uneplace.reports import perms
from uneplace.reports.papers.letterhead import letterhead_of
from uneplace.reports.papers.year import certificates_of_year, people_with_hours
from uneplace.reports.queries import scope_of, years_with_hours
from uneplace.web.access import access, require
from uneplace.web.papers.answers import warning
from uneplace.web.papers.forms import YearForm


@access.capacity(Capacity.FACILITATOR)
@require_http_methods(["GET", "POST"])
def certificates(request: HttpRequest) -> HttpResponseBase:
    """Choose a year, read how many people it holds, take out the certificate of each."""
    require(perms.can_certify_all(request.actor))
    service, on = request.actor.organisation, timezone.localdate()
    years = years_with_hours(scope_of(service))
    form = YearForm(request.POST or None, years=years)
    if form.is_valid():
        year = form.year
        try:
            people = people_with_hours(service, year).count()
            take_out_certificates(service, year=year, people=people, by=request.actor, at=timezone.now())
        except Refused as refusal:
            messages.error(request, " ".join(refusal.reasons))
            return redirect("papers:certificates")
        made = certificates_of_year(service, year, letterhead_of(service), on=on, warning=warning())
        headers = {"Content-Disposition": f'attachment; filename="attestations-{year}.zip"'}
        return StreamingHttpResponse(zipped(made, on=on), content_type="application/zip", headers=headers)
    context = {
        "form": form,
        "counts": [(year, people_with_hours(service, year).count()) for year in years],
    }
    return render(request, "papers/certificates.html", context, status=422 if form.errors else 200)
