from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from uneplace.organisations.models import Organisation
from uneplace.reports.figures import SMALLEST_CELL
from uneplace.reports.queries import public_figures
from uneplace.web.access import access

from .places import places_of


def public_page(request: HttpRequest) -> HttpResponse:
    """What the clause changes, with the figures of the last complete year when there is one."""
    figures = public_figures(on=timezone.localdate())
    if figures and (figures.totals.participants or 0) < SMALLEST_CELL:
        figures = None
    context = {"figures": figures, "places": places_of(figures.totals.participants) if figures else None}
    return render(request, "public/home.html", context)


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
def legal(request: HttpRequest) -> HttpResponse:
    """Who publishes this installation."""
    return _paper(request, "legal")


def _paper(request: HttpRequest, name: str) -> HttpResponse:
    services = Organisation.objects.facilitators().order_by("name", "pk")
    return render(request, f"public/{name}.html", {"services": services})
