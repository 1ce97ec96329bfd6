"""Every page that an actor may open: readable by all, at the width of a desk and of a small phone."""

from datetime import UTC, datetime

import pytest
import time_machine
from playwright.sync_api import Error

from tests.browser.looks import faults_of
from tests.meta.cast import SIGN_OF
from tests.meta.matrix import opened_by
from tests.meta.pages import address_of
from tests.meta.world import build_world

JUNE = datetime(2026, 6, 15, 9, 0, tzinfo=UTC)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("name", SIGN_OF, ids=lambda name: name or "anonymous")
def test_every_page_is_readable_by_all(open_page, axe, name):
    with time_machine.travel(JUNE, tick=True):
        world = build_world()
        actor = world.actors.get(name)
        page = open_page(actor.user if actor else None)
        opened, faults = [], []
        for route in opened_by(SIGN_OF[name]):
            if not _shows(page, address_of(route, world)):
                continue
            opened.append(route.name)
            faults += faults_of(page, axe, f"{name}-{route.name.replace(':', '-')}")
    assert not faults, "\n".join(faults)
    assert len(opened) >= (5 if actor is None else 8), opened


def _shows(page, url) -> bool:
    """Whether the browser now shows a page of the site: a file is downloaded, or shown as it is."""
    try:
        answer = page.goto(url)
    except Error as error:
        if "Download is starting" in str(error):
            return False
        raise
    return "text/html" in answer.headers["content-type"]
