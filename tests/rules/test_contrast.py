"""How well a colour is read on white."""

from decimal import Decimal

import pytest

from uneplace.rules.contrast import contrast_on_white, why_not_accent


@pytest.mark.parametrize(
    "colour, contrast",
    [
        pytest.param("#ffffff", "1.00", id="blanc"),
        pytest.param("#000000", "21.00", id="noir"),
        pytest.param("#767676", "4.54", id="le gris le plus clair qui passe"),
        pytest.param("#777777", "4.47", id="le gris d’après"),
        pytest.param("#ff0000", "3.99", id="rouge vif, arrondi en dessous"),
    ],
)
def test_the_contrast_of_a_colour(colour, contrast):
    assert contrast_on_white(colour) == Decimal(contrast)


def test_ours_passes():
    assert why_not_accent("#0b5563") == []


@pytest.mark.parametrize("colour", ["#777777", "#ffc940", "#ffffff"])
def test_a_light_colour_is_refused_in_plain_words(colour):
    (reason,) = why_not_accent(colour)
    assert "se lit mal sur du papier blanc" in reason


def test_a_light_colour_is_told_its_contrast():
    assert "son contraste est de 4,4 pour 1" in why_not_accent("#777777")[0]


@pytest.mark.parametrize("text", ["", "bleu", "#0B5563", "#fff", "#0b55631", "0b5563", "#0b5563\n"])
def test_what_is_no_colour_is_refused(text):
    assert why_not_accent(text) == ["Choisissez une couleur, par exemple #0b5563."]
    with pytest.raises(ValueError, match=r".*"):
        contrast_on_white(text)
