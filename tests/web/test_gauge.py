"""The hours gauge: what is drawn and what is said in every case of the design language."""

from datetime import date
from decimal import Decimal

import pytest

from uneplace.web.gauge import GaugeFacts, draw


def facts(**values):
    """Facts given in plain numbers."""
    hours = {
        name: Decimal(str(value)) if isinstance(value, int | float) else value
        for name, value in values.items()
    }
    return GaugeFacts(**hours)


def plain(text):
    return text.replace("\u00a0", " ")


LATE = facts(counted=1240, to_validate=186, foreseen=420, due=2100, expected=1390)


def test_shapes_follow_one_another():
    segments = draw(LATE).segments
    assert [(segment.kind, segment.x, segment.width) for segment in segments] == [
        ("counted", "0%", "59.05%"),
        ("hatch", "59.05%", "8.86%"),
        ("dots", "67.91%", "20%"),
    ]


def test_marks_stand_where_hours_are_due_and_expected():
    gauge = draw(LATE)
    assert (gauge.due_mark.x, plain(gauge.due_mark.label), gauge.due_mark.anchor) == (
        "100%",
        "2 100 h dues",
        "end",
    )
    assert gauge.due_mark.at_end
    assert (gauge.today_mark.x, plain(gauge.today_mark.label)) == ("66.19%", "attendu aujourd’hui : 1 390 h")
    assert gauge.today_mark.anchor == "middle"


def test_late_is_a_rule_and_words():
    gauge = draw(LATE)
    assert (gauge.late_rule.x, gauge.late_rule.width) == ("59.05%", "7.14%")
    assert (gauge.status.tone, plain(gauge.status.word)) == ("orange", "150 h de retard")


def test_everything_is_said_in_words():
    gauge = draw(LATE)
    assert plain(gauge.figure) == "1 240 h"
    assert plain(gauge.sentence) == "comptées sur 2 100 h dues, soit 59 %"
    assert plain(gauge.aria_label) == (
        "1 240 h comptées sur 2 100 h dues, 186 h à valider, 420 h prévues, "
        "1 390 h attendues aujourd’hui, 150 h de retard"
    )
    assert [(entry.word, plain(entry.value)) for entry in gauge.legend] == [
        ("Comptées", "1 240 h"),
        ("À valider", "186 h"),
        ("Prévues", "420 h"),
        ("À trouver", "254 h"),
    ]


def test_nothing_counted_still_shows_the_track_the_bar_and_the_tick():
    gauge = draw(facts(due=960, expected=15))
    assert gauge.segments == ()
    assert gauge.due_mark.x == "100%"
    assert gauge.today_mark.x == "1.56%"
    assert gauge.today_mark.anchor == "start"
    assert (gauge.status.tone, gauge.status.word) == ("grey", "Pas commencé")


def test_nothing_counted_and_late_says_both():
    gauge = draw(facts(due=960, expected=400))
    assert plain(gauge.status.word) == "Pas commencé, 400 h de retard"
    assert gauge.late_rule.x == "0%"


def test_what_exists_is_seen():
    gauge = draw(facts(counted=1, to_validate=1, due=10000))
    assert [segment.width for segment in gauge.segments] == ["0.6%", "0.6%"]
    assert plain(gauge.share) == "moins de 1 %"


@pytest.mark.parametrize(
    ("case", "sentence", "label"),
    [
        ({"foreseeable": 320}, "comptées. Rien de dû à ce jour, 320 h prévisibles", "320 h prévisibles"),
        ({"counted": 12}, "comptées. Rien de dû à ce jour", None),
    ],
)
def test_nothing_due_yet(case, sentence, label):
    gauge = draw(facts(**case))
    assert gauge.due_mark is None
    assert plain(gauge.sentence) == sentence
    assert (gauge.hollow_mark and plain(gauge.hollow_mark.label)) == label
    assert "À trouver" not in [entry.word for entry in gauge.legend]


def test_over_the_due_the_bar_goes_on_and_is_never_capped():
    gauge = draw(facts(counted=1130, to_validate=40, foreseen=70, due=960, expected=680))
    assert gauge.due_mark.x == "77.42%"
    assert not gauge.due_mark.at_end
    assert [segment.kind for segment in gauge.segments] == ["counted", "hatch", "dots"]
    assert plain(gauge.share) == "117 %"
    assert ("Au-delà du dû", "170 h") in [(entry.word, plain(entry.value)) for entry in gauge.legend]
    assert gauge.status.word == "Heures atteintes"


@pytest.mark.parametrize(("expected", "has_tick"), [(960, False), (900, True)])
def test_once_reached_the_tick_leaves_when_today_is_past_the_due(expected, has_tick):
    gauge = draw(facts(counted=960, due=960, expected=expected))
    assert bool(gauge.today_mark) is has_tick
    assert gauge.late_rule is None


def test_a_hundred_percent_is_said_only_once_it_is_true():
    assert plain(draw(facts(counted=2099, due=2100)).share) == "99 %"
    assert plain(draw(facts(counted=2100, due=2100)).share) == "100 %"


@pytest.mark.parametrize(("counted", "word"), [(980, "Dans le rythme"), (979, "21 h de retard")])
def test_two_percent_of_the_scale_is_not_late(counted, word):
    assert plain(draw(facts(counted=counted, due=1000, expected=1000)).status.word) == word


def test_ahead():
    gauge = draw(facts(counted=700, to_validate=60, foreseen=120, due=960, expected=560))
    assert (gauge.status.tone, plain(gauge.status.word)) == ("green", "140 h d’avance")
    assert gauge.late_rule is None


def test_suspended_keeps_its_tick_and_is_never_late():
    gauge = draw(
        facts(
            counted=410,
            due=960,
            expected=520,
            suspended_on=date(2026, 8, 3),
            suspended_until=date(2026, 11, 30),
        )
    )
    assert gauge.is_suspended
    assert gauge.late_rule is None
    assert gauge.status.word == "Suspendue"
    assert plain(gauge.today_mark.label) == "attendu le 3 août 2026 : 520 h"
    assert gauge.note.startswith("Suspendue du 3 août 2026 au 30 novembre 2026")


def test_reduced_shows_what_was_due_before():
    gauge = draw(facts(counted=300, due=700, former_due=960, expected=290))
    assert gauge.due_mark.x == "72.92%"
    assert gauge.hollow_mark.x == "100%"
    assert plain(gauge.note) == "Réduites de 960 h à 700 h."


def test_lifted_has_no_due_bar():
    gauge = draw(facts(counted=120, former_due=960, expected=300, lifted_on=date(2026, 5, 4)))
    assert gauge.due_mark is None
    assert gauge.late_rule is None
    assert "Obligation levée le 4 mai 2026" in gauge.sentence
    assert gauge.hollow_mark.x == "100%"


def test_the_labels_stay_inside_the_drawing():
    def anchor(expected):
        return draw(facts(counted=10, due=1000, expected=expected)).today_mark.anchor

    assert [anchor(299), anchor(500), anchor(701)] == ["start", "middle", "end"]


def test_decimals_are_written_in_french():
    gauge = draw(facts(counted=151.67, due=1234.5))
    assert plain(gauge.figure) == "151,67 h"
    assert plain(gauge.due) == "1 234,5 h"
