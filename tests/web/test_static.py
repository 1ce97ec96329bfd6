"""What others wrote is vendored as it came, and the style sheets ask for nothing elsewhere."""

import hashlib
import re
from pathlib import Path

import pytest
from django.conf import settings

STATIC = Path(settings.BASE_DIR) / "uneplace" / "static"
SHEETS = sorted((STATIC / "css").glob("*.css"))


def test_vendored_files_are_those_of_the_manifest():
    lines = (STATIC / "vendor" / "manifest.sha256").read_text(encoding="utf-8").splitlines()
    expected = {path: digest for digest, path in (line.split(maxsplit=1) for line in lines)}
    found = {
        str(path.relative_to(STATIC)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in [*STATIC.glob("vendor/*/*"), *STATIC.glob("fonts/*")]
    }
    assert found == expected


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.name)
def test_a_style_sheet_asks_only_for_files_of_this_site(path):
    addresses = re.findall(r"url\(\s*[\"']?([^\"')]+)", path.read_text(encoding="utf-8"))
    for address in addresses:
        assert address.startswith("#") or (path.parent / address).resolve().is_file()


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.name)
def test_a_style_sheet_is_linked_from_a_page(path):
    templates = (Path(settings.BASE_DIR) / "uneplace" / "templates").rglob("*.html")
    assert any(f"css/{path.name}" in page.read_text(encoding="utf-8") for page in templates)


def luminance(colour):
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


TOKENS = dict(
    re.findall(
        r"--([a-z0-9-]+):\s*(#[0-9a-f]{6})", (STATIC / "css" / "tokens.css").read_text(encoding="utf-8")
    )
)


@pytest.mark.parametrize(
    ("text", "ground", "least"),
    [
        ("brand", "card", 7),
        ("brand", "brand-veil", 7),
        ("ink", "card", 7),
        ("ink", "sun", 7),
        ("ink-2", "page", 7),
        ("ink-2", "sun-veil", 7),
        ("ink-2", "grey-veil", 4.5),
        ("ink-3", "page", 4.5),
        ("ink-3", "sunk", 4.5),
        ("green", "green-veil", 4.5),
        ("orange", "orange-veil", 4.5),
        ("red", "red-veil", 4.5),
        ("violet", "violet-veil", 4.5),
        ("brand-mist", "brand-night", 4.5),
        ("sun", "brand-night", 3),
        ("field", "card", 3),
        ("field", "page", 3),
    ],
)
def test_colours_keep_their_contrast(text, ground, least):
    assert contrast(TOKENS[text], TOKENS[ground]) >= least
