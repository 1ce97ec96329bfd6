"""Real browsers, one context for each person, that complain about whatever goes wrong in a page."""

import os
import shutil
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.base import AxeResults
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings as django_settings
from django.test import Client
from playwright.sync_api import expect, sync_playwright

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--lang=fr-FR",
]
PATIENCE = 120_000  # ms: two cores shared by every test process, and sometimes by others
expect.set_options(timeout=PATIENCE)
# Only what is wrong comes back: the rest weighs fifty times as much. No rule that runs asks for the styles.
LOOK = """axe.run({resultTypes: ['violations'], preload: false}).then(({violations}) => ({violations}))"""
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 360, "height": 740}


def chromium():
    """The browser to drive: the one named by CHROMIUM, the system's, else Playwright's own (None)."""
    return os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser, live_server, settings):
    """`open_page(user=None, size=WIDE, javascript=True)`: a page of a new browser, signed in as `user`.

    When the test ends, every error that a page met fails it: an exception, a message on the console (a breach
    of the content policy is one), an answer of 500, a request to another site.
    """
    settings.PUBLIC_URL = urlsplit(live_server.url)
    contexts, complaints = [], []

    def open_one(user=None, size=WIDE, javascript=True):
        context = browser.new_context(
            base_url=live_server.url,
            viewport=size,
            java_script_enabled=javascript,
            locale="fr-FR",
            timezone_id="Europe/Paris",
            reduced_motion="reduce",
        )
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        if user is not None:
            context.add_cookies([_session_of(user, live_server.url)])
        page = context.new_page()
        _listen(page, live_server.url, complaints)
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert not complaints, "\n".join(complaints)


def _session_of(user, url):
    client = Client()
    client.force_login(user)
    name = django_settings.SESSION_COOKIE_NAME
    return {"name": name, "value": client.cookies[name].value, "url": url}


def _listen(page, home, complaints):
    def on_request(request):
        if not request.url.startswith((home, "data:", "blob:")):
            complaints.append(f"{page.url}: request to another site, {request.url}")

    def on_response(response):
        if response.status >= 500:
            complaints.append(f"{response.url}: {response.status}")

    def on_console(message):
        # The browser itself reports an answer of 4xx, which a test may well be about.
        if message.type == "error" and "Failed to load resource" not in message.text:
            complaints.append(f"{page.url}: {message.text}")

    page.on("request", on_request)
    page.on("response", on_response)
    page.on("console", on_console)
    page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))


@pytest.fixture(scope="session")
def axe():
    """`axe(page)` fails with what axe, the accessibility checker, finds in the page as it stands."""
    checker = Axe()

    def check(page):
        if not page.evaluate("'axe' in window"):
            page.evaluate(checker.axe_script)  # half a megabyte: once for all the sizes of a page
        results = AxeResults(page.evaluate(LOOK))
        assert not results.violations_count, f"{page.url}\n{results.generate_report()}"

    return check
