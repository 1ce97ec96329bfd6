"""Hours as a clock says them: people read minutes more easily than hundredths."""

from decimal import ROUND_HALF_UP, Decimal

from uneplace.rules.french import several


def clock_words(hours: Decimal) -> str:
    """« 151 heures et 40 minutes », « 35 heures »."""
    minutes = int((hours * 60).quantize(Decimal(1), ROUND_HALF_UP))
    whole, rest = divmod(minutes, 60)
    words = several(whole, "heure", "heures")
    return f"{words} et {several(rest, 'minute', 'minutes')}" if rest else words
