"""The icons: paths of bootstrap-icons 1.13.1 (MIT, see icons.LICENSE.txt), drawn inside the page."""

import json
from functools import cache
from pathlib import Path

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

ICONS: dict[str, list[dict[str, str]]] = json.loads(
    Path(__file__).with_name("icons.json").read_text(encoding="utf-8")
)


@cache
def icon(name: str, size: str = "") -> SafeString:
    """One icon as an inline SVG, 1 em high (`size="l"`: 1.25 em), hidden from screen readers.

    A word always goes with it.

    Raises KeyError for a name that is not in icons.json.
    """
    paths = format_html_join(
        "",
        '<path{} d="{}"/>',
        (
            (format_html(' fill-rule="{}"', path["rule"]) if "rule" in path else "", path["d"])
            for path in ICONS[name]
        ),
    )
    classes = f"icon icon-{size}" if size else "icon"
    return format_html('<svg class="{}" viewBox="0 0 16 16" aria-hidden="true">{}</svg>', classes, paths)
