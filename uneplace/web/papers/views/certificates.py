"""The certificate of hours of one person: chosen on a page, handed over as a paper."""

from datetime import date

from django.db.models import Max, Min, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from uneplace.hours.models import LedgerEntry, Placement
from uneplace.kit.periods import last_day
from uneplace.organisations.models import Organisation
from uneplace.people.models import Participant
from uneplace.reports import perms
from uneplace.reports.papers.certificate import Certificate, Span, certificate_paper, certificates_of
from uneplace.reports.papers.letterhead import letterhead_of
from uneplace.reports.papers.paper import print_paper
from uneplace.web.access import access, require
from uneplace.web.hours.views.statements import WORKERS
from uneplace.web.papers.answers import pdf, warning
from uneplace.web.papers.forms import SpanForm
from uneplace.web.people.merged import leads_to_the_kept_file
from uneplace.web.people.mine import visible_placements
from uneplace.web.people.views import READERS


@access.capacity(*READERS)
@require_safe
@leads_to_the_kept_file
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose the months of a person's certificate, and read what it will say."""
    participant = _person(request, pk)
    placements = visible_placements(request.actor)
    form = SpanForm(request.GET, widest=_widest(placements.filter(participant=participant)))
    is_valid = form.is_valid()
    context = {
        "participant": participant,
        "form": form,
        "certificate": _certificate(participant, placements, form.span) if is_valid else None,
        "paper": f"{reverse('papers:person_pdf', args=[pk])}?{form.query}" if is_valid else "",
    }
    return render(request, "papers/certificate.html", context, status=200 if is_valid else 422)


@access.capacity(*READERS)
@require_safe
@leads_to_the_kept_file
def person_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The certificate of a person over the months asked, as a tagged PDF."""
    participant = _person(request, pk)
    placements = visible_placements(request.actor)
    form = SpanForm(request.GET, widest=_widest(placements.filter(participant=participant)))
    if not form.is_valid():
        return redirect(f"{reverse('papers:person', args=[pk])}?{request.GET.urlencode()}")
    return _answer(_certificate(participant, placements, form.span), participant.service, participant.pk)


@access.capacity(*WORKERS)
@require_safe
def placement(request: HttpRequest, pk: int) -> HttpResponse:
    """The certificate of one work contract, for its employer to hand over: no birth date."""
    visible = Placement.objects.visible_to(request.actor).select_related("participant", "service")
    found = get_object_or_404(visible.filter(participant__anonymised_at=None), pk=pk)
    require(perms.can_certify(request.actor, found))
    placements = Placement.objects.filter(pk=found.pk)
    form = SpanForm(QueryDict(), widest=_widest(placements))
    form.full_clean()
    certificate = _certificate(found.participant, placements, form.span, with_birth=False)
    return _answer(certificate, found.service, found.pk)


def _person(request: HttpRequest, pk: int) -> Participant:
    visible = Participant.objects.visible_to(request.actor).known().select_related("service")
    return get_object_or_404(visible, pk=pk)


def _certificate(
    participant: Participant, placements: QuerySet[Placement], span: Span, *, with_birth: bool = True
) -> Certificate:
    return certificates_of([participant], placements, span, with_birth=with_birth)[0]


def _widest(placements: QuerySet[Placement]) -> Span:
    """From the first month of work to the last one, or to this month while a work contract runs."""
    today = timezone.localdate()
    periods = list(placements.values_list("period", flat=True))
    entered = LedgerEntry.objects.filter(placement__in=placements).order_by()
    months = entered.aggregate(first=Min("month"), last=Max("month"))
    first = min((day for day in (*(one.lower for one in periods), months["first"]) if day), default=today)
    last = max(
        (day for day in (*(last_day(one) or today for one in periods), months["last"]) if day), default=today
    )
    end = max(min(last, today), months["last"] or first)
    return Span(_month_of(min(first, end)), _month_of(end))


def _month_of(day: date) -> date:
    return date(day.year, day.month, 1)


def _answer(certificate: Certificate, service: Organisation, number: int) -> HttpResponse:
    on = timezone.localdate()
    paper = certificate_paper(certificate, service=str(service), on=on, warning=warning())
    content = print_paper(paper, letterhead_of(service), on=on)
    return pdf(content, f"attestation-d-heures-{number}")
