"""Award data sent by the facilitator, and what became of each contract."""

from collections.abc import Iterable

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from uneplace.contracts import perms
from uneplace.contracts.decp import Finding, Level, UnreadableFile, read
from uneplace.contracts.decp.load import import_contracts
from uneplace.kit.refused import Refused
from uneplace.organisations.models import Capacity
from uneplace.web.access import access, require
from uneplace.web.contracts.forms import ImportForm

MOST_FINDINGS = 1000


@access.capacity(Capacity.FACILITATOR)
@require_http_methods(["GET", "POST"])
def import_award_data(request):
    """Import award data; the answer tells, line by line, what was loaded and what is to be looked at.

    Importing the same files again changes nothing, so that sending the page anew is harmless.
    """
    require(perms.can_add_contracts(request.actor))
    form = ImportForm(request.POST, request.FILES) if request.method == "POST" else ImportForm()
    result = None
    if form.is_valid():
        try:
            reading = read(*((file.name, file.read()) for file in form.cleaned_data["files"]))
        except UnreadableFile as error:
            form.add_error("files", str(error))
        else:
            service = request.actor.organisation
            try:
                result = import_contracts(reading, service=service, by=request.actor, at=timezone.now())
            except Refused as refusal:
                form.add_error(None, list(refusal.reasons))
    findings = result.findings if result else ()
    context = {
        "form": form,
        "result": result,
        "groups": _by_message(findings[:MOST_FINDINGS]),
        "more": max(len(findings) - MOST_FINDINGS, 0),
        "errors": sum(finding.level == Level.ERROR for finding in findings),
        "warnings": sum(finding.level == Level.WARNING for finding in findings),
    }
    return render(request, "contracts/import.html", context)


def _by_message(findings: Iterable[Finding]) -> list[tuple[Finding, list[Finding]]]:
    """The same fault of many contracts is told once: rejections first, then what is met most."""
    groups: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        groups.setdefault((finding.level, finding.message), []).append(finding)
    ordered = sorted(groups.values(), key=lambda group: (group[0].level != Level.ERROR, -len(group)))
    return [(group[0], group) for group in ordered]
