from collections.abc import Iterable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from uneplace.kit.scope import every_service
from uneplace.organisations.models import Organisation
from uneplace.reports.figures import SMALLEST_CELL, Row
from uneplace.reports.queries import public_figures
from uneplace.rules.french import hours
from uneplace.rules.parameters import STATUSES
from uneplace.web.access import access

from .places import places_of
from .rules_in_force import compared, counts_by_status, groups, presets_shown

FIRST_COMMUNES = 10


def public_page(request: HttpRequest) -> HttpResponse:
    """What the clause changes, with the figures of the last complete year when there is one."""
    with every_service():  # counts of everybody, of which the page masks the small ones
        figures = public_figures(on=timezone.localdate())
    if figures and (figures.totals.participants or 0) < SMALLEST_CELL:
        figures = None
    if figures is None:
        return render(request, "public/home.html")
    communes = in_public_order(figures.by_commune)
    first = [row for row in communes if row.code and not row.masked][:FIRST_COMMUNES]
    context = {
        "figures": figures,
        "places": places_of(figures.totals.participants),
        "communes": communes,
        "first_communes": [(row.label, row.hours, hours(row.hours)) for row in first],
    }
    return render(request, "public/home.html", context)


def in_public_order(rows: Iterable[Row]) -> list[Row]:
    """Lines shown, the most hours first; then masked ones by name, since their rank would tell their hours;
    what nobody filled in comes last."""
    shown = [row for row in rows if row.code and not row.masked]
    masked = sorted((row for row in rows if row.code and row.masked), key=lambda row: row.label)
    return [*shown, *masked, *(row for row in rows if not row.code)]


@access.public
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The public page, reachable signed in too."""
    return public_page(request)


@access.public
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """How far the site goes for everybody, and whom to tell."""
    return _paper(request, "accessibility")


@access.public
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept of people, why, how long, and their rights."""
    return _paper(request, "privacy")


@access.public
@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    """« Règles en vigueur »: every value that the product applies, its source, and what it was before."""
    on = timezone.localdate()
    query = request.GET.get("q", "").strip()[:100]
    asked = request.GET.get("statut", "")
    search = {"query": query, "status": asked if asked in STATUSES else ""}
    shown, presets = groups(**search, on=on), presets_shown(**search)
    context = search | {
        "on": on,
        "groups": shown,
        "presets": presets,
        "terms": compared(presets, on=on),
        "statuses": counts_by_status(),
        "count": sum(len(group.rules) for group in shown),
    }
    return render(request, "public/rules.html", context)


@access.public
@require_safe
def legal(request: HttpRequest) -> HttpResponse:
    """Who publishes this installation."""
    return _paper(request, "legal")


def _paper(request: HttpRequest, name: str) -> HttpResponse:
    context = {
        "services": Organisation.objects.facilitators().order_by("name", "pk"),
        "publisher": settings.PUBLISHER,
        "hosting": settings.HOSTING,
    }
    return render(request, f"public/{name}.html", context)
