"""The national lists, searched as one types; a page of its own without JavaScript."""

from django.shortcuts import render
from django.views.decorators.http import require_GET

from uneplace.reference.queries import search_communes, search_cpv, search_rome
from uneplace.web.access import access

SUGGESTED = 8
LISTED = 50


@access.signed_in_or_by_link
@require_GET
def list_communes(request):
    """Communes by name, postcode or both."""
    return _found(request, "Communes", "Chercher une commune", search_communes)


@access.signed_in_or_by_link
@require_GET
def list_jobs(request):
    """Trades of the ROME by code or by any of their names."""
    return _found(request, "Métiers du ROME", "Chercher un métier", search_rome)


@access.signed_in_or_by_link
@require_GET
def list_cpv_codes(request):
    """What contracts buy, by code or label."""
    return _found(request, "Codes CPV", "Chercher un code CPV", search_cpv)


def _found(request, title, search_label, search):
    # The input that asks sends its own value, under whatever name its form gave it.
    text = next(iter(request.GET.values()), "")[:200].strip()
    if request.htmx:
        return render(request, "reference/_options.html", {"found": search(text, SUGGESTED)})
    found = search(text, LISTED)
    context = {
        "title": title,
        "search_label": search_label,
        "query": text,
        "found": found,
        "is_cut": len(found) == LISTED,
    }
    return render(request, "reference/list.html", context)
