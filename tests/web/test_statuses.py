"""Every status that a thing can have has its words on screen, the same as in the models."""

import pytest

from uneplace.contracts.models import Clause, ComingContract, Subcontracting, Transfer
from uneplace.evidence.models import Evidence
from uneplace.hours.models import HoursImport, Statement
from uneplace.hours.stages import Stage
from uneplace.offers.models import Application, JobSheet, Suggestion
from uneplace.people.models import EligibilityDecision
from uneplace.rights.models import RightsRequest
from uneplace.rules.alerts import Pace
from uneplace.rules.explanation import SourceKind
from uneplace.settlement.models import PenaltyCase
from uneplace.web.icons import ICONS
from uneplace.web.statuses import STATUSES, status_of

TONES = {"grey", "brand", "sun", "green", "orange", "red", "violet"}
EVERY = [(kind, code) for kind, table in STATUSES.items() for code in table]


@pytest.mark.parametrize(
    ("kind", "choices"),
    [
        ("clause", Clause.Status),
        ("coming", ComingContract.Status),
        ("job_sheet", JobSheet.Status),
        ("stage", Stage),
        ("suggestion", Suggestion.Status),
        ("application", Application.Status),
        ("eligibility", EligibilityDecision.Status),
        ("statement", Statement.Status),
        ("hours_import", HoursImport.Status),
        ("evidence", Evidence.Status),
        ("penalty_case", PenaltyCase.Status),
        ("rights_request", RightsRequest.Status),
        ("subcontracting", Subcontracting.Status),
        ("transfer", Transfer.Status),
    ],
)
def test_the_words_are_those_of_the_model(kind, choices):
    assert {code: status.word for code, status in STATUSES[kind].items()} == dict(choices.choices)


def test_every_pace_has_its_words():
    assert set(STATUSES["pace"]) == set(Pace)


def test_every_source_of_a_rule_has_its_words():
    assert set(STATUSES["source"]) == set(SourceKind.__args__)


@pytest.mark.parametrize(("kind", "code"), EVERY)
def test_a_status_has_a_tone_an_icon_that_exists_and_a_word(kind, code):
    status = status_of(kind, code)
    assert status.tone in TONES
    assert status.icon in ICONS
    assert status.word.strip()


@pytest.mark.parametrize("kind", STATUSES)
def test_two_statuses_of_one_thing_never_look_the_same(kind):
    looks = [(status.icon, status.word) for status in STATUSES[kind].values()]
    words = [status.word for status in STATUSES[kind].values()]
    assert len(set(looks)) == len(set(words)) == len(looks)


def test_an_unknown_status_is_not_drawn_silently():
    with pytest.raises(KeyError):
        status_of("clause", "ARCHIVED")
