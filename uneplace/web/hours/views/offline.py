"""What a browser needs to go on declaring without a network: see `static/js/worker.js` and decision 0025."""

from pathlib import Path

from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from uneplace.web.access import access


@access.public
@require_GET
def worker(request: HttpRequest) -> HttpResponse:
    """The script between the declaring pages and the network, at an address that never changes."""
    script = Path(finders.find("js/worker.js")).read_text()
    return HttpResponse(script, content_type="text/javascript; charset=utf-8")


@access.public
@require_GET
def away(request: HttpRequest) -> HttpResponse:
    """The page shown in the place of a declaring page that cannot be reached; it names nobody."""
    return render(request, "hours/away.html")
