"""When to worry about a clause: each level at its threshold, and documents that do not come."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from uneplace.rules.alerts import (
    Alert,
    Pace,
    Tracked,
    alert_of,
    alert_of_actions,
    alert_when_done,
    usual_thresholds,
    why_not_thresholds,
)

USUAL = usual_thresholds(on=date(2026, 6, 15))


def standing(counted, elapsed="0.5", late=0, expected=1000):
    return Tracked(Decimal(counted), Decimal(expected), Decimal(elapsed), late)


@pytest.mark.parametrize(
    ("facts", "pace"),
    [
        pytest.param(standing(1200), Pace.ON_PACE, id="en avance"),
        pytest.param(standing(900), Pace.ON_PACE, id="neuf dixièmes"),
        pytest.param(standing("899.99"), Pace.WATCH, id="un centième sous neuf dixièmes"),
        pytest.param(standing(700), Pace.WATCH, id="sept dixièmes"),
        pytest.param(standing("699.99"), Pace.ALERT, id="sous sept dixièmes"),
        pytest.param(standing(400), Pace.ALERT, id="quatre dixièmes"),
        pytest.param(standing("399.99"), Pace.CRITICAL, id="sous quatre dixièmes à mi-parcours"),
        pytest.param(standing("399.99", elapsed="0.49"), Pace.ALERT, id="avant mi-parcours"),
        pytest.param(standing(0), Pace.CRITICAL, id="rien à mi-parcours"),
        pytest.param(standing(1000, late=15), Pace.ON_PACE, id="quinze jours de retard"),
        pytest.param(standing(1000, late=16), Pace.CRITICAL, id="seize jours de retard"),
    ],
)
def test_each_level_begins_at_its_threshold(facts, pace):
    assert alert_of(facts, USUAL).pace == pace


def test_nothing_is_said_while_nothing_is_expected_unless_a_document_is_missing():
    assert alert_of(standing(0, expected=0), USUAL) is None
    assert alert_of(standing(0, expected=0, late=15), USUAL) is None
    assert alert_of(standing(0, expected=0, late=16), USUAL).pace == Pace.CRITICAL


@pytest.mark.parametrize(
    ("facts", "reasons"),
    [
        pytest.param(standing(950), (), id="dans le rythme"),
        pytest.param(standing(700), ("70\u00a0% des heures attendues à ce jour",), id="heures"),
        pytest.param(standing(950, late=18), ("un document en retard de 18\u00a0jours",), id="document"),
        pytest.param(
            standing("499.9", late=1),
            ("49\u00a0% des heures attendues à ce jour", "un document en retard de 1\u00a0jour"),
            id="les deux",
        ),
    ],
)
def test_a_level_says_why(facts, reasons):
    assert alert_of(facts, USUAL).reasons == reasons


@pytest.mark.parametrize(
    ("relieved", "pace"),
    [
        pytest.param(0, Pace.CRITICAL, id="rien d’exonéré"),
        pytest.param(250, Pace.ALERT, id="une part exonérée"),
        pytest.param(600, Pace.WATCH, id="presque tout"),
        pytest.param(700, Pace.ON_PACE, id="tout ce qui manque aujourd’hui"),
        pytest.param(1000, None, id="tout"),
    ],
)
def test_relief_lowers_what_is_asked(relieved, pace):
    level = alert_of(replace(standing(300), relieved=Decimal(relieved)), USUAL)
    assert (level and level.pace) == pace


def test_a_level_says_how_many_hours_relief_takes_off():
    level = alert_of(replace(standing(300), relieved=Decimal(250)), USUAL)
    assert level.reasons == ("40\u00a0% des heures attendues à ce jour, 250\u00a0h exonérées déduites",)


def test_a_late_document_is_to_watch_when_nothing_more_is_due():
    assert alert_when_done(15, USUAL) is None
    assert alert_when_done(16, USUAL) == Alert(Pace.WATCH, ("un document en retard de 16\u00a0jours",))


@pytest.mark.parametrize(
    ("missed", "late", "told"),
    [
        pytest.param(0, 15, None, id="rien"),
        pytest.param(0, 16, Alert(Pace.WATCH, ("un document en retard de 16\u00a0jours",)), id="document"),
        pytest.param(
            1, 0, Alert(Pace.ALERT, ("1\u00a0action manque et l’exécution est finie",)), id="une action"
        ),
        pytest.param(
            2,
            20,
            Alert(
                Pace.ALERT,
                (
                    "2\u00a0actions manquent et l’exécution est finie",
                    "un document en retard de 20\u00a0jours",
                ),
            ),
            id="les deux",
        ),
    ],
)
def test_actions_have_no_pace_before_the_end(missed, late, told):
    assert alert_of_actions(missed, late, USUAL) == told


def test_a_service_changes_its_thresholds():
    strict = replace(USUAL, watch_below=100, documents_days=5)
    assert alert_of(standing(999), strict) == Alert(Pace.WATCH, ("99\u00a0% des heures attendues à ce jour",))
    assert alert_of(standing(1000, late=6), strict).pace == Pace.CRITICAL


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        pytest.param({"watch_below": 0}, "watch_below", id="zéro"),
        pytest.param({"watch_below": 101}, "watch_below", id="plus que tout"),
        pytest.param({"documents_days": 91}, "documents_days", id="trois mois passés"),
        pytest.param({"alert_below": 90}, "alert_below", id="alerte et surveillance au même point"),
        pytest.param({"critical_below": 70}, "critical_below", id="critique et alerte au même point"),
    ],
)
def test_thresholds_that_make_no_sense_are_refused_beside_their_field(changes, field):
    assert list(why_not_thresholds(replace(USUAL, **changes))) == [field]


def test_the_usual_thresholds_are_possible():
    assert why_not_thresholds(USUAL) == {}
