"""No answer of the site goes without its protections: pages, errors, redirections, downloads, files."""

import contextlib
import json
import os
import subprocess
import sys

import pytest
from django.db import connection
from django.test import Client

from tests.factories import UserFactory
from tests.meta.pages import THINGS, address_of
from tests.meta.routes import all_routes
from tests.meta.world import build_world

PROTECTIONS = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}

HOLD_A_TOKEN = {"doors:open", "doors:renew", "doors:renew_session", "my_month:open", "my_month:renew"}


def check(response, route=None):
    """The protections that each answer has, whatever it is."""
    # An address that lets in is told to nobody, this site's own pages included.
    referrer = "strict-origin" if route in HOLD_A_TOKEN else PROTECTIONS["Referrer-Policy"]
    where = f"{response.request['PATH_INFO']}: {response.status_code}"
    policy = response.headers.get("Content-Security-Policy", "")
    assert "default-src 'self'" in policy, where
    assert "frame-ancestors 'none'" in policy, where
    assert "unsafe" not in policy, where
    for name, value in (PROTECTIONS | {"Referrer-Policy": referrer}).items():
        assert response.headers.get(name) == value, f"{where}: {name}"
    assert "camera=()" in response.headers["Permissions-Policy"], where


@pytest.fixture
def world(db):
    return build_world()


def test_every_page_and_every_download_has_them_and_is_not_kept(world):
    """As each of three actors, every route on the file that they share: nothing stays on the computer."""
    seen = set()
    for actor in (world.actors[name] for name in ("service", "company", "referrer")):
        client = Client()
        client.force_login(actor.user)
        for route in all_routes():
            if "pk" in route.converters and route.name not in THINGS:
                continue
            response = client.get(address_of(route, world))
            check(response, route.name)
            assert response.headers["Cache-Control"] == "private, no-store", route.name
            seen.add((response.status_code, response.headers.get("Content-Type", "").split(";")[0]))
    assert {200, 302, 403, 404, 405} <= {status for status, _ in seen}
    assert {"text/html", "text/csv", "application/pdf"} <= {kind for _, kind in seen}


@pytest.mark.django_db
def test_what_a_visitor_is_answered_has_them(client):
    for route in all_routes():
        check(client.get(route.url()), route.name)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "status"),
    [
        pytest.param("/suspect/", 400, id="400"),
        pytest.param("/nulle-part/", 404, id="404"),
        pytest.param("/panne/", 500, id="500"),
        pytest.param("/static/css/contracts.css", 200, id="static file"),
        pytest.param("/static/absent.css", 404, id="no static file"),
    ],
)
def test_an_error_and_a_static_file_have_them(settings, address, status):
    settings.ROOT_URLCONF = "tests.meta.broken_urls"
    client = Client(raise_request_exception=False)
    with contextlib.closing(client.get(address)) as response:
        assert response.status_code == status
        check(response)


@pytest.mark.django_db
def test_refusals_before_any_view_have_them(settings, client):
    forged = Client(enforce_csrf_checks=True).post("/connexion/", {"username": "a"})
    assert forged.status_code == 403
    check(forged)
    settings.SECURE_SSL_REDIRECT = True
    client = Client()  # the middleware is built anew, with this setting
    redirected = client.get("/")
    assert redirected.status_code == 301
    check(redirected)
    stranger = client.get("/", headers={"host": "ailleurs.example"})
    assert stranger.status_code == 400
    check(stranger)


@pytest.mark.django_db
def test_a_page_read_without_an_account_may_be_kept(client):
    sheet = client.get("/static/css/contracts.css")
    assert b"".join(sheet.streaming_content)
    assert "no-store" not in sheet.headers["Cache-Control"]
    client.force_login(UserFactory())
    assert "no-store" in client.get("/nulle-part/").headers["Cache-Control"]


HTTPS = """
import json, django
django.setup()
from django.core.management import call_command
call_command("collectstatic", verbosity=0, interactive=False)
from django.conf import settings
from django.test import Client
site = Client(headers={"host": "clauses.exemple.fr"})
page = site.get("/connexion/", secure=True)
plain = site.get("/connexion/")
print(json.dumps({
    "session": settings.SESSION_COOKIE_NAME,
    "secure": settings.SESSION_COOKIE_SECURE,
    "plain": [plain.status_code, plain.headers.get("Location")],
    "hsts": page.headers.get("Strict-Transport-Security"),
    "cookies": [cookie.OutputString() for cookie in page.cookies.values()],
}))
"""


@pytest.fixture
def in_service(transactional_db, tmp_path):
    """`in_service(arguments)` runs a Python program as on an installation served in https."""
    address = os.environ["DATABASE_URL"].replace("/uneplace?", f"/{connection.settings_dict['NAME']}?")
    environment = {
        **os.environ,
        "DATABASE_URL": address,
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "UNEPLACE_URL": "https://clauses.exemple.fr",
        "UNEPLACE_SECRET_KEY": "x7Zq" * 20 + "0123456789-_",
        "UNEPLACE_DATA": str(tmp_path),
    }
    environment.pop("DJANGO_ALLOW_ASYNC_UNSAFE", None)  # for the tests' browser only

    def run(*arguments):
        return subprocess.run(
            [sys.executable, *arguments], env=environment, capture_output=True, text=True, check=False
        )

    return run


def test_in_https_the_browser_stays_there_and_takes_our_cookies_only(in_service):
    done = in_service("-c", HTTPS)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["hsts"] == "max-age=31536000; includeSubDomains"
    assert told["plain"] == [301, "https://clauses.exemple.fr/connexion/"]
    assert told["session"] == "__Host-session"
    assert told["secure"]
    (csrf,) = (cookie for cookie in told["cookies"] if "csrf" in cookie)
    assert csrf.startswith("__Host-csrf=")
    assert "Secure" in csrf
    assert "HttpOnly" in csrf
    assert "Path=/" in csrf
    assert "Domain" not in csrf
    assert all(cookie.startswith("__Host-") for cookie in told["cookies"])


def test_the_check_before_putting_into_service_finds_nothing(in_service):
    done = in_service("-m", "uneplace.cli", "check", "--deploy", "--fail-level", "WARNING")
    assert done.returncode == 0, done.stdout + done.stderr
