"""What every answer tells the browser: pages, errors, redirections, downloads and static files alike."""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.http import HttpRequest, HttpResponse

ALWAYS = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": (
        "accelerometer=(), autoplay=(), browsing-topics=(), camera=(), display-capture=(), geolocation=(), "
        "gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), usb=()"
    ),
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


def empties_browser(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """One leaves by this view: the browser forgets what pages kept on the device, typed offline or not."""

    @wraps(view)
    def emptied(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response.headers["Clear-Site-Data"] = '"storage"'
        return response

    return emptied


class HeadersMiddleware:
    """The outermost but for the content policy: what an inner middleware answers by itself has them too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in ALWAYS.items():
            response.headers.setdefault(name, value)
        if settings.SECURE_HSTS_SECONDS and request.is_secure():
            subdomains = "; includeSubDomains" if settings.SECURE_HSTS_INCLUDE_SUBDOMAINS else ""
            hsts = f"max-age={settings.SECURE_HSTS_SECONDS}{subdomains}"
            response.headers.setdefault("Strict-Transport-Security", hsts)
        user = getattr(request, "user", None)  # none for a static file
        is_private = getattr(request, "is_private", False)  # a door without account: see web/doors
        if is_private or (user is not None and user.is_authenticated):
            # These pages are about people: nothing of them stays on a shared computer.
            response.headers["Cache-Control"] = "private, no-store"
        return response
