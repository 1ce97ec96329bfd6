"""What is too large is refused from its heading, before anything of it is read."""

from io import BytesIO

import pytest
from django.test import RequestFactory
from django.test.client import ClientHandler
from django.urls import reverse

from uneplace.contracts.decp import MAX_MEGABYTES

MEGABYTE = 1024 * 1024


class Untouched(BytesIO):
    """A body that says whether somebody read of it."""

    was_read = False

    def read(self, *size):
        self.was_read = True
        return super().read(*size)


def send(**heading):
    """What an anonymous visitor gets for such a heading, and the body behind it."""
    request = RequestFactory().generic(
        "POST", reverse("accounts:login"), b"x", "multipart/form-data; boundary=a"
    )
    body = Untouched(b"--a" + b"x" * 1000)
    environ = request.environ | {"wsgi.input": body} | heading
    return ClientHandler(enforce_csrf_checks=False)(environ), body


@pytest.mark.parametrize(
    "heading",
    [
        pytest.param({"CONTENT_LENGTH": str(60 * MEGABYTE + 1)}, id="un octet de trop"),
        pytest.param({"CONTENT_LENGTH": str(10**15)}, id="démesuré"),
        pytest.param({"CONTENT_LENGTH": "beaucoup"}, id="pas un nombre"),
        pytest.param({"CONTENT_LENGTH": "-1"}, id="négatif"),
        pytest.param({"CONTENT_LENGTH": "", "HTTP_TRANSFER_ENCODING": "chunked"}, id="sans taille"),
    ],
)
def test_a_request_that_is_too_large_is_refused_unread(heading):
    response, body = send(**heading)
    assert response.status_code == 413
    assert "Cet envoi est trop lourd" in response.text
    assert "default-src 'self'" in response.headers["Content-Security-Policy"]
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert not body.was_read


@pytest.mark.django_db
def test_the_largest_file_of_award_data_passes(settings):
    assert settings.LARGEST_REQUEST > (MAX_MEGABYTES + 1) * MEGABYTE
    response, body = send(CONTENT_LENGTH=str(settings.LARGEST_REQUEST))
    assert response.status_code != 413
    assert body.was_read
