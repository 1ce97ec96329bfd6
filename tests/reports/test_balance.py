"""Counts at each step of a preselection, so that a drift is seen and nobody is."""

from datetime import date
from decimal import Decimal

import pytest

from tests.factories import EligibilityDecisionFactory
from tests.offers.scene import TODAY, set_scene
from uneplace.offers.models import Application
from uneplace.reports.balance import balance_of

pytestmark = pytest.mark.django_db
Status = Application.Status


@pytest.fixture
def scene():
    return set_scene(posts=20)


def people(scene, count, status=Status.NEW, **facts):
    return [
        scene.application(status, **{f"participant__{name}": value for name, value in facts.items()})
        for _ in range(count)
    ]


def lines(scene, title):
    """{label: counts by step}."""
    [dimension] = [one for one in balance_of(scene.sheet, on=TODAY).dimensions if one.title == title]
    return {line.label: [cell.people for cell in line.cells] for line in dimension.lines}


def test_a_drift_is_seen_step_by_step(scene):
    people(scene, 6, sex="F")
    people(scene, 5, Status.SHORTLISTED, sex="M")
    people(scene, 6, Status.SENT, sex="M")

    balance = balance_of(scene.sheet, on=TODAY)
    assert balance.totals == (17, 11, 6, 0)
    assert lines(scene, "Sexe") == {"Femme": [6, 0, 0, 0], "Homme": [11, 11, 6, 0]}
    [men] = [line for line in balance.dimensions[0].lines if line.label == "Homme"]
    assert [round(cell.share, 2) for cell in men.cells[:3]] == [Decimal("0.65"), 1, 1]


def test_fewer_than_five_are_masked_and_so_is_who_would_tell_them(scene):
    people(scene, 9, sex="F")
    people(scene, 3, sex="M")

    assert lines(scene, "Sexe") == {"Femme": [None, 0, 0, 0], "Homme": [None, 0, 0, 0]}


def test_what_one_step_hides_another_does_not_tell(scene):
    people(scene, 1, sex="F")
    people(scene, 10, Status.SHORTLISTED, sex="M")

    assert balance_of(scene.sheet, on=TODAY).totals == (11, 10, 0, 0)
    assert lines(scene, "Sexe") == {"Femme": [None, None, 0, 0], "Homme": [None, None, 0, 0]}


def test_a_line_hidden_later_was_hidden_before(scene):
    people(scene, 1, sex="M")
    people(scene, 20, Status.SHORTLISTED, sex="F")
    people(scene, 4, Status.SHORTLISTED, sex="M")

    assert balance_of(scene.sheet, on=TODAY).totals == (25, 24, 0, 0)
    assert lines(scene, "Sexe") == {"Femme": [None, None, 0, 0], "Homme": [None, None, 0, 0]}


def test_a_step_of_fewer_than_five_shows_nothing_but_its_total(scene):
    people(scene, 6, sex="F")
    people(scene, 2, Status.SHORTLISTED, sex="F")

    assert balance_of(scene.sheet, on=TODAY).totals == (8, 2, 0, 0)
    assert lines(scene, "Sexe") == {"Femme": [8, None, 0, 0]}


def test_age_is_that_of_the_first_day_of_the_job(scene):
    people(scene, 5, born_on=date(2000, 3, 2))
    people(scene, 5, born_on=date(2000, 3, 3))

    assert lines(scene, "Âge au début du poste") == {
        "Moins de 26 ans": [5, 0, 0, 0],
        "26 à 40 ans": [5, 0, 0, 0],
    }


def test_districts_come_from_the_decision(scene):
    for application in people(scene, 5):
        EligibilityDecisionFactory(
            participant=application.participant, situation={"lives_in_qpv": True}, grounds=["RSA"]
        )
    people(scene, 6)

    assert lines(scene, "Quartier prioritaire (QPV)") == {
        "En QPV": [5, 0, 0, 0],
        "Hors QPV ou non renseigné": [6, 0, 0, 0],
    }
