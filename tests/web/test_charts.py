"""Charts drawn on the server: shapes that start at zero, and every figure in words."""

from decimal import Decimal

import pytest

from uneplace.web.charts import MonthColumns, bars, columns, parts


def test_the_longest_bar_takes_the_full_width():
    drawn = bars([("Mise à disposition", Decimal(200), "200 h"), ("Direct", Decimal(50), "50 h")])
    assert [bar.width for bar in drawn] == ["100%", "25%"]
    assert [bar.words for bar in drawn] == ["200 h", "50 h"]


@pytest.mark.parametrize("draw", [bars, parts])
def test_nothing_to_draw_has_no_width(draw):
    assert [shape.width for shape in draw([("Rien", Decimal(0), "0 h")])] == ["0%"]
    assert draw([]) == []


def test_parts_follow_one_another_and_fill_the_whole():
    drawn = parts([(f"Part {rank}", 25, "25 %") for rank in range(4)])
    assert [part.x for part in drawn] == ["0%", "25%", "50%", "75%"]
    assert {part.width for part in drawn} == {"25%"}


def test_after_six_colours_comes_the_rest():
    assert parts([(str(rank), 1, "") for rank in range(8)])[6].series == "series-rest"


def test_columns_start_at_zero_under_a_round_top():
    drawn = columns(MonthColumns(["janv.", "févr."], [Decimal(16400), Decimal(0)], [Decimal(9000), None]))
    assert [line.label.replace("\u00a0", " ") for line in drawn.grid] == ["0", "6 000", "12 000", "18 000"]
    january, february = drawn.columns
    assert float(january.y) + float(january.height) == pytest.approx(drawn.base, abs=0.1)
    assert february.height == "0"
    assert january.is_named
    assert not february.is_named
    assert january.mark_words.replace("\u00a0", " ") == "9 000"
    assert february.mark_y == ""


def test_a_month_that_nobody_knows_is_not_a_zero():
    drawn = columns(MonthColumns(["janv."], [None]))
    assert drawn.columns[0].words == ""
    assert drawn.label == ""
