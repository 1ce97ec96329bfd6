"""Every area of the site; each spells its own French paths."""

from importlib.util import find_spec

from django.urls import include, path

AREAS = [
    "home",
    "accounts",
    "contracts",
    "people",
    "offers",
    "hours",
    "settlement",
    "reference",
    "reports",
    "public",
    "gallery",
    "devmails",
]

urlpatterns = [
    path("", include(f"uneplace.web.{area}.urls"))
    for area in AREAS
    if find_spec(f"uneplace.web.{area}") and find_spec(f"uneplace.web.{area}.urls")
]
