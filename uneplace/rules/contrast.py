"""How well a colour is read on white paper (WCAG 2: relative luminance and contrast ratio)."""

import re
from decimal import ROUND_DOWN, Decimal

LEAST_CONTRAST = Decimal("4.5")
COLOUR = re.compile(r"#[0-9a-f]{6}")


def contrast_on_white(colour: str) -> Decimal:
    """From 1 (white) to 21 (black), for a colour written `#0b5563`; rounded down, so that 4,49 is not 4,5.

    Raises `ValueError` for what is no such colour.
    """
    if not COLOUR.fullmatch(colour):
        raise ValueError(colour)
    red, green, blue = (_linear(int(colour[rank : rank + 2], 16) / 255) for rank in (1, 3, 5))
    luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    return Decimal(1.05 / (luminance + 0.05)).quantize(Decimal("0.01"), ROUND_DOWN)


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def why_not_accent(colour: str) -> list[str]:
    """The reasons that keep a colour from being used for words on paper; none means that it can be."""
    if not COLOUR.fullmatch(colour):
        return ["Choisissez une couleur, par exemple #0b5563."]
    contrast = contrast_on_white(colour)
    if contrast >= LEAST_CONTRAST:
        return []
    said = f"{contrast.quantize(Decimal('0.1'), ROUND_DOWN):f}".replace(".", ",")
    return [
        f"Cette couleur se lit mal sur du papier blanc\u00a0: son contraste est de {said} pour 1, il en faut "
        "au moins 4,5. Choisissez-en une plus foncée."
    ]
