"""How a paper leaves the site: as a file to keep, said to be invented on a demo."""

from django.conf import settings
from django.http import HttpResponse

from uneplace.web.reports.views import INVENTED


def warning() -> str:
    """What is printed on top of a paper of the demo; nothing elsewhere."""
    return INVENTED if settings.UNEPLACE_DEMO else ""


def pdf(content: bytes, name: str) -> HttpResponse:
    """A PDF to keep, under this name."""
    headers = {"Content-Disposition": f'attachment; filename="{name}.pdf"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)
