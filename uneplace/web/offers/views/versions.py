"""The versions of a job sheet, in words."""

from collections import defaultdict

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from uneplace.journal.queries import entries_about
from uneplace.offers.versions import lines_of, told_versions
from uneplace.web.access import access, require
from uneplace.web.offers.views.sheets import RECRUITERS, visible_sheets


@access.capacity(*RECRUITERS)
@require_GET
def list_versions(request, pk):
    """Each version of a sheet: who wrote it, what changed in words, who agreed to it."""
    sheet = get_object_or_404(visible_sheets(request), pk=pk)
    require(request.actor.serves(sheet) or request.actor.stands_for(sheet.commitment.company_id))
    agreed = defaultdict(list)
    for entry in entries_about(sheet).filter(verb="job_sheet.agreed"):
        agreed[entry.details.get("revision")].append(entry)
    versions = sheet.versions.select_related("written_by", "written_for")
    rows = [
        (version, changes, agreed[version.number], lines_of(version.content))
        for version, changes in told_versions(versions)
    ]
    context = {"sheet": sheet, "rows": rows}
    return render(request, "offers/versions.html", context)
