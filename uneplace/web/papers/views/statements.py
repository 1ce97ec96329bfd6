"""A statement of hours as a paper."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from uneplace.hours.models import Statement
from uneplace.reports.papers.letterhead import letterhead_of
from uneplace.reports.papers.paper import print_paper
from uneplace.reports.papers.statement import statement_paper
from uneplace.web.access import access
from uneplace.web.hours.views.statements import WORKERS
from uneplace.web.papers.answers import pdf, warning


@access.capacity(*WORKERS)
@require_safe
def statement(request: HttpRequest, pk: int) -> HttpResponse:
    """One statement as a tagged PDF, for whoever reads its page."""
    visible = Statement.objects.visible_to(request.actor).select_related(
        "service",
        "declarant",
        "submitted_by",
        "validated_by",
        "commitment__company",
        "commitment__clause__lot__contract__buyer",
    )
    found, on = get_object_or_404(visible, pk=pk), timezone.localdate()
    paper = statement_paper(found, on=on, warning=warning())
    content = print_paper(paper, letterhead_of(found.service), on=on)
    return pdf(content, f"releve-{found.month:%Y-%m}-{found.pk}")
