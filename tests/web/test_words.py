"""Numbers, days and names as French people write them."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from uneplace.web.templatetags import ui


def plain(text):
    return str(text).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (Decimal("1234.5"), "1 234,5 h"),
        (Decimal("151.67"), "151,67 h"),
        (Decimal("0"), "0 h"),
        (Decimal("160600.00"), "160 600 h"),
        (None, "non renseigné"),
    ],
)
def test_hours(value, words):
    assert plain(ui.hours(value)) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (Decimal("12000"), "12 000 €"),
        (Decimal("12000.40"), "12 000,40 €"),
        (Decimal("60.50"), "60,50 €"),
        (None, "non renseigné"),
    ],
)
def test_euros(value, words):
    assert plain(ui.euros(value)) == words


@pytest.mark.parametrize(
    ("share", "decimals", "words"),
    [(Decimal("0.5905"), 0, "59 %"), (Decimal("0.125"), 1, "12,5 %"), (1, 0, "100 %")],
)
def test_percent(share, decimals, words):
    assert plain(ui.percent(share, decimals)) == words


DAY = date(2026, 11, 19)


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ("full", "jeudi 19 novembre 2026"),
        ("date", "19 novembre 2026"),
        ("weekday", "jeudi 19 novembre"),
        ("short", "19 nov."),
        ("sentence", "Jeudi 19 novembre 2026"),
    ],
)
def test_a_day_is_written_for_people_and_for_machines(form, words):
    assert plain(ui.day(DAY, form)) == f'<time datetime="2026-11-19">{words}</time>'


def test_the_first_of_a_month():
    assert plain(ui.day_words(date(2026, 12, 1), "short")) == "1er déc."


def test_a_moment_is_told_in_paris():
    at = datetime(2026, 11, 19, 23, 5, tzinfo=UTC)
    assert (
        plain(ui.moment(at))
        == '<time datetime="2026-11-20T00:05+01:00">vendredi 20 novembre 2026 à 0 h 05</time>'
    )
    assert "2026-11-20" in ui.day(at)


@pytest.mark.parametrize(("form", "words"), [("full", "novembre 2026"), ("short", "nov. 2026")])
def test_a_month(form, words):
    assert plain(ui.month(DAY, form)) == f'<time datetime="2026-11">{words}</time>'


@pytest.mark.parametrize("write", [ui.day, ui.moment, ui.month, ui.number])
def test_what_nobody_knows_is_said(write):
    assert write(None) == "non renseigné"


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Maëlle Cardinet", "MC"),
        ("Idriss Touré-Vallée", "IT"),
        ("Cap Lanterne Intérim", "CL"),
        ("élodie", "É"),
        ("", ""),
    ],
)
def test_initials(name, letters):
    assert ui.initials(name) == letters


@pytest.mark.parametrize(("count", "words"), [(0, "0 dossier"), (1, "1 dossier"), (2, "2 dossiers")])
def test_plural(count, words):
    assert plain(ui.plural(count, "dossier,dossiers")) == words
