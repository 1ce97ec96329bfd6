"""Every page that an actor may open: readable by all, at the width of a desk and of a small phone.

With SHOTS=folder in the environment, each page is also kept as a picture.
"""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
import time_machine

from tests.meta.pages import address_of
from tests.meta.routes import all_routes
from tests.meta.world import build_world
from tests.plugin.browser import NARROW, WIDE

ACTORS = ["service", "buyer", "company", "employer", "referrer", None]
SIZES = {"desk": WIDE, "phone": NARROW}
JUNE = datetime(2026, 6, 15, 9, 0, tzinfo=UTC)
FILES = {
    "contracts:export",
    "reports:bilan_pdf",
    "reports:bilan_xlsx",
    "rights:information_pdf",
}

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", ACTORS, ids=lambda name: name or "anonymous")
def test_every_page_is_readable_by_all(open_page, axe, name, size):
    with time_machine.travel(JUNE, tick=True):
        world = build_world()
        actor = world.actors.get(name)
        page = open_page(actor.user if actor else None, size=SIZES[size])
        opened, faults = [], []
        for route in all_routes():
            if route.name in FILES or not _opens(page, address_of(route, world)):
                continue
            opened.append(route.name)
            _keep_picture(page, f"{name}-{route.name.replace(':', '-')}-{size}")
            faults += _faults(page, axe)
    assert not faults, "\n".join(faults)
    assert len(opened) >= (5 if actor is None else 8), opened


def _opens(page, url) -> bool:
    answer = page.request.get(url, max_redirects=0)
    if answer.status != 200 or "text/html" not in answer.headers["content-type"]:
        return False
    page.goto(url)
    return True


def _faults(page, axe) -> list[str]:
    faults = []
    try:
        axe(page)
    except AssertionError as error:
        faults.append(str(error))
    if page.locator("h1").count() != 1:
        faults.append(f"{page.url}: not one h1")
    width, seen = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    if width > seen:
        faults.append(f"{page.url} scrolls sideways: {width} px on {seen}")
    return faults


def _keep_picture(page, name):
    if folder := os.environ.get("SHOTS"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)
