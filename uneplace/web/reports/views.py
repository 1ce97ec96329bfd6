from datetime import date

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from uneplace.organisations.actor import Actor
from uneplace.organisations.models import Capacity
from uneplace.reports import pdf, spreadsheet
from uneplace.reports.figures import YearlyFigures
from uneplace.reports.papers.letterhead import letterhead_of
from uneplace.reports.queries import scope_of, yearly_figures, years_with_hours
from uneplace.settlement.letterheads import ACCENT
from uneplace.web.access import access

from .page import page_of

FIRST_YEAR = 2000
INVENTED = "Données de démonstration\u00a0: entreprises, personnes et chiffres sont inventés."


@access.capacity(Capacity.FACILITATOR, Capacity.BUYER)
@require_safe
def bilan(request: HttpRequest, year: int | None = None) -> HttpResponse:
    """The figures of one year, the last one with hours by default."""
    today = timezone.localdate()
    years = years_with_hours(scope_of(**_whose(request.actor)))
    year = year or next(iter(years), today.year)
    figures = _figures(request.actor, year, today)
    before = _figures(request.actor, year - 1, today) if year - 1 in years else None
    context = {
        "page": page_of(figures, before, is_over=year < today.year),
        "figures": figures,
        "years": sorted({*years, year}, reverse=True),
        "today": today,
        "is_restricted": not request.actor.is_facilitator,
    }
    return render(request, "reports/bilan.html", context)


@access.capacity(Capacity.FACILITATOR, Capacity.BUYER)
@require_safe
def bilan_pdf(request: HttpRequest, year: int) -> HttpResponse:
    """The same figures as a tagged PDF."""
    today = timezone.localdate()
    figures = _figures(request.actor, year, today)
    warning = INVENTED if settings.UNEPLACE_DEMO else ""
    accent = letterhead_of(request.actor.organisation).accent if request.actor.is_facilitator else ACCENT
    content = pdf.bilan_pdf(figures, **_signature(request.actor, today), warning=warning, accent=accent)
    return _file(content, "application/pdf", f"bilan-{year}.pdf")


@access.capacity(Capacity.FACILITATOR, Capacity.BUYER)
@require_safe
def bilan_xlsx(request: HttpRequest, year: int) -> HttpResponse:
    """The same figures as a spreadsheet."""
    today = timezone.localdate()
    figures = _figures(request.actor, year, today)
    content = spreadsheet.bilan_xlsx(figures, **_signature(request.actor, today))
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return _file(content, kind, f"bilan-{year}.xlsx")


def _whose(actor: Actor) -> dict:
    """A facilitator reads the service's ledger; a buyer, that of its own contracts, whoever follows them."""
    organisation = actor.organisation
    return {"service": organisation} if actor.is_facilitator else {"service": None, "buyer": organisation}


def _figures(actor: Actor, year: int, today: date) -> YearlyFigures:
    if not FIRST_YEAR <= year <= today.year:
        raise Http404("no such year")
    figures = yearly_figures(year=year, **_whose(actor))
    return figures if actor.is_facilitator else figures.for_others()


def _signature(actor: Actor, today: date) -> dict:
    scope = "" if actor.is_facilitator else "Les marchés de cet acheteur seulement"
    return {"author": str(actor.organisation), "on": today, "scope": scope}


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    disposition = f'attachment; filename="{name}"'
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": disposition})
