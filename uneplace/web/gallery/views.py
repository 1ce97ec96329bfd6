from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from uneplace.web.access import access

from . import samples


@access.public
@require_safe
def components(request: HttpRequest) -> HttpResponse:
    """Every component in its states, for those who draw pages."""
    return render(request, "gallery/components.html", samples.context(request))
