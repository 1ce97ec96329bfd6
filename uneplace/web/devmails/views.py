"""What the site would have sent, when it has no mail server: for the demo and for whoever develops."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.module_loading import import_string
from django.views.decorators.http import require_safe

from uneplace.kit.mail_files import EmailBackend, stored_mail, stored_mails
from uneplace.web.access import access

LATEST = 200


@access.public
@require_safe
def mails(request: HttpRequest) -> HttpResponse:
    """The latest mails."""
    _only_in_a_demo()
    return render(request, "devmails/mails.html", {"mails": stored_mails()[:LATEST]})


@access.public
@require_safe
def mail(request: HttpRequest, name: str) -> HttpResponse:
    """One mail, as its reader sees it."""
    _only_in_a_demo()
    if (found := stored_mail(name)) is None:
        raise Http404
    return render(request, "devmails/mail.html", {"mail": found})


def _only_in_a_demo() -> None:
    kept_in_files = import_string(settings.EMAIL_BACKEND) is EmailBackend
    if not (kept_in_files and (settings.UNEPLACE_DEMO or settings.DEBUG)):
        raise Http404
