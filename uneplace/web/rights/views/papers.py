"""What anyone may read: the information notice, as a page and as a PDF."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from uneplace.organisations.models import Organisation
from uneplace.rights.notice import TITLE, VERSION, VERSION_ON, notice, notice_pdf
from uneplace.web.access import access
from uneplace.web.reports.views import INVENTED


@access.public
@require_safe
def information(request: HttpRequest) -> HttpResponse:
    """What a person is told of their file, before anything is shared."""
    services = _services(request)
    context = {
        "title": TITLE,
        "version": VERSION,
        "version_on": VERSION_ON,
        "sections": notice(services, officer=settings.DATA_OFFICER, on=timezone.localdate()),
        "asked": request.GET.get("service", ""),
    }
    return render(request, "rights/information.html", context)


@access.public
@require_safe
def information_pdf(request: HttpRequest) -> HttpResponse:
    """The same notice as a tagged PDF, to print and hand over."""
    content = notice_pdf(
        _services(request),
        officer=settings.DATA_OFFICER,
        on=timezone.localdate(),
        warning=INVENTED if settings.UNEPLACE_DEMO else "",
    )
    headers = {"Content-Disposition": 'attachment; filename="notice-d-information.pdf"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


def _services(request: HttpRequest) -> list[Organisation]:
    """The service that is asked for by its number, or every service of this installation."""
    services = Organisation.objects.facilitators().order_by("name", "pk")
    if asked := request.GET.get("service"):
        found = list(services.filter(pk=int(asked))) if asked.isdecimal() and len(asked) < 10 else []
        if not found:
            raise Http404("no such service")
        return found
    return list(services)
