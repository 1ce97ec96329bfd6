"""What a request may weigh: known from its heading, so that nothing of what is too large is read or kept."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string


class RequestSizeMiddleware:
    """Answers 413 to what is heavier than any form of ours, and to a body that does not tell its size.

    Outside every other: a form is read, and its files are written to the temporary folder, long before a view
    knows who sends it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if _is_too_large(request):
            return HttpResponse(render_to_string("413.html"), status=413)
        return self.get_response(request)


def _is_too_large(request: HttpRequest) -> bool:
    told = request.META.get("CONTENT_LENGTH") or "0"
    if "chunked" in request.META.get("HTTP_TRANSFER_ENCODING", "").lower():
        return True
    return not told.isdecimal() or int(told) > settings.LARGEST_REQUEST
