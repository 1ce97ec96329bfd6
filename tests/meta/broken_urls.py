"""A site on which something always goes wrong."""

from django.core.exceptions import SuspiciousOperation
from django.urls import include, path

from uneplace.web.access import access


@access.public
def fail(request):
    """What nobody foresaw."""
    raise RuntimeError("unforeseen")


@access.public
def suspect(request):
    """What only an attacker sends."""
    raise SuspiciousOperation


urlpatterns = [path("panne/", fail), path("suspect/", suspect), path("", include("config.urls"))]
