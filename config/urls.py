"""Every area of the site; each spells its own French paths."""

from django.urls import include, path

from uneplace.web.accounts.urls import names_for_allauth

urlpatterns = [
    path("", include("uneplace.web.home.urls")),
    path("", include("uneplace.web.accounts.urls")),
    *names_for_allauth,
    path("", include("uneplace.web.doors.urls")),
    path("", include("uneplace.web.contracts.urls")),
    path("", include("uneplace.web.coming.urls")),
    path("", include("uneplace.web.people.urls")),
    path("", include("uneplace.web.rights.urls")),
    path("", include("uneplace.web.offers.urls")),
    path("", include("uneplace.web.offers.urls_by_link")),
    path("", include("uneplace.web.hours.urls")),
    path("", include("uneplace.web.hours.urls_by_link")),
    path("", include("uneplace.web.my_month.urls")),
    path("", include("uneplace.web.imports.urls")),
    path("", include("uneplace.web.settlement.urls")),
    path("", include("uneplace.web.control.urls")),
    path("", include("uneplace.web.reference.urls")),
    path("", include("uneplace.web.reports.urls")),
    path("", include("uneplace.web.papers.urls")),
    path("", include("uneplace.web.public.urls")),
    path("", include("uneplace.web.sizing.urls")),
    path("", include("uneplace.web.gallery.urls")),
    path("", include("uneplace.web.devmails.urls")),
]
