"""What is written down once for all: the notice, how long things are kept, the record of processing."""

from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import Max
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from uneplace.organisations.models import Capacity, Organisation
from uneplace.rights.contact import last_contacts
from uneplace.rights.notice import TITLE, VERSION, VERSION_ON, notice, notice_pdf
from uneplace.rights.processing import MEASURES, record_of_processing
from uneplace.rights.retention import RULES, term_of
from uneplace.web.access import access
from uneplace.web.reports.views import INVENTED
from uneplace.web.rights.todos import announced_to

PAGE = 50


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


@access.public
@require_safe
def retention(request: HttpRequest) -> HttpResponse:
    """How long each thing is kept, from when, and where that time comes from."""
    today = timezone.localdate()
    rules = [(rule, rule.time_on(today)) for rule in RULES]
    return render(request, "rights/retention.html", {"rules": rules})


@access.capacity(Capacity.FACILITATOR, Capacity.REFERRER, Capacity.INSERTION_EMPLOYER)
@require_safe
def soon(request: HttpRequest) -> HttpResponse:
    """The people whose anonymisation is announced to one's service or structure, the nearest first."""
    today = timezone.localdate()
    people = announced_to(request.actor).annotate(kept=Max("keepings__until"))
    page = Paginator(people.order_by("announced_on", "pk"), PAGE).get_page(request.GET.get("page"))
    contacts = last_contacts(people=[person.pk for person in page.object_list])
    terms = [
        term_of(person, contacts[person.pk], on=today, kept_until=person.kept) for person in page.object_list
    ]
    context = {"page": page, "terms": terms, "writes": request.actor.writes}
    return render(request, "rights/soon.html", context)


@access.capacity(Capacity.FACILITATOR)
@require_safe
def processing(request: HttpRequest) -> HttpResponse:
    """The record of processing that the service holds (RGPD, article 30), drawn from what the code does."""
    context = {
        "processings": record_of_processing(on=timezone.localdate()),
        "measures": MEASURES,
        "service": request.actor.organisation,
        "officer": settings.DATA_OFFICER,
        "hosting": settings.HOSTING,
    }
    return render(request, "rights/processing.html", context)


def _services(request: HttpRequest) -> list[Organisation]:
    """The service that is asked for by its number, or every service of this installation."""
    services = Organisation.objects.facilitators().order_by("name", "pk")
    if asked := request.GET.get("service"):
        found = list(services.filter(pk=int(asked))) if asked.isdecimal() and len(asked) < 10 else []
        if not found:
            raise Http404("no such service")
        return found
    return list(services)
