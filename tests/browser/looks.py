"""A page looked at as a desk and a small phone show it: what would stop somebody from reading or using it.

With SHOTS=folder in the environment, each page is also kept as a picture.
"""

import os
from pathlib import Path

from tests.plugin.browser import NARROW, WIDE

SIZES = {"desk": WIDE, "phone": NARROW}

# A table wider than its card lies under what is beside it: nothing scrolls, and axe sees nothing.
OUT_OF_CARD = """[...document.querySelectorAll('.card')].flatMap(card =>
    [...card.querySelectorAll('table, a, button, input, select')]
        .filter(one => one.checkVisibility({visibilityProperty: true}))
        .filter(one => !one.closest('.visually-hidden, [class*=scroll]'))
        .filter(one => one.getBoundingClientRect().right > card.getBoundingClientRect().right + 1)
        .map(one => one.tagName.toLowerCase() + ' ' + one.textContent.trim().slice(0, 40)))"""


def faults_of(page, axe, name: str) -> list[str]:
    """What is wrong with a page at either size, in words that begin with `name`."""
    faults = []
    for size, viewport in SIZES.items():
        page.set_viewport_size(viewport)
        keep_picture(page, f"{name}-{size}")
        faults += [f"{name}, {size}: {fault}" for fault in _faults(page, axe)]
    return faults


def keep_picture(page, name: str) -> None:
    """The page as it stands, when pictures are asked for."""
    if folder := os.environ.get("SHOTS"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def _faults(page, axe):
    try:
        axe(page)
    except AssertionError as error:
        yield str(error)
    if page.locator("h1").count() != 1:
        yield f"{page.url} has not one h1"
    width, seen = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    if width > seen:
        yield f"{page.url} scrolls sideways, {width} px on {seen}"
    for what in page.evaluate(OUT_OF_CARD):
        yield f"{page.url}, {what} comes out of its card"
