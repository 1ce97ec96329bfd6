"""Two people change the same thing: the second keeps what it wrote, and undoes nothing of the first."""

from decimal import Decimal

import pytest
import time_machine

from tests.factories import NOON, ClauseFactory, CommitmentFactory, OrganisationFactory
from tests.web.contracts.conftest import signed_in, text_of
from uneplace.contracts.models import DutyChange, ServicePolicy
from uneplace.people.models import ProofPolicy
from uneplace.web.shared_forms import sent_by

ACT = {"reference": "Avenant n° 2", "signed_on": "2026-06-10", "reason": "Le marché change."}


@pytest.fixture(autouse=True)
def june(db):
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def clause():
    return CommitmentFactory(clause__penalty_rate=Decimal(50), penalty_rate=Decimal(50)).clause


def shown(response):
    """What the browser would send of the form on the page."""
    form = response.context["form"]
    return sent_by(form) | {"was": form["was"].value()}


def both(url, service, theirs, mine):
    """Two people open the form, the first sends hers, then the second: their page, and what it says."""
    first, second = (signed_in(service) for _ in range(2))
    read = shown(first.get(url)), shown(second.get(url))
    first.post(url, read[0] | theirs)
    answer = second.post(url, read[1] | mine)
    return second, answer, text_of(answer)


def test_an_amendment_keeps_what_a_colleague_has_just_amended(clause):
    url = f"/clauses/{clause.pk}/regles/avenant/"
    second, answer, page = both(
        url, clause.service, ACT | {"window_months": "12"}, ACT | {"penalty_rate": "80"}
    )
    assert "Durée de comptage d’une personne : <strong>12 mois</strong>, auparavant 24 mois" in page
    assert 'name="window_months" value="12"' in page
    assert 'name="penalty_rate" value="80"' in page
    second.post(url, shown(answer))
    clause.refresh_from_db()
    assert (clause.window_months, clause.penalty_rate) == (12, 80)


def test_where_both_changed_the_same_field_one_s_own_is_kept_and_the_other_is_told(clause):
    url = f"/clauses/{clause.pk}/regles/avenant/"
    _, _, page = both(url, clause.service, ACT | {"window_months": "12"}, ACT | {"window_months": "36"})
    assert "<strong>12 mois</strong>, auparavant 24 mois" in page
    assert 'name="window_months" value="36"' in page


def test_boxes_are_kept_as_well(clause):
    url = f"/clauses/{clause.pk}/regles/avenant/"
    theirs = ACT | {"accepted_modalities": ["DIRECT"], "penalty_per_document": []}
    second, answer, page = both(url, clause.service, theirs, ACT | {"penalty_rate": "80"})
    assert "Modalités admises : <strong>embauche directe</strong>, auparavant toutes" in page
    second.post(url, shown(answer))
    clause.refresh_from_db()
    assert (clause.accepted_modalities, clause.penalty_per_document, clause.penalty_rate) == (
        ["DIRECT"],
        False,
        80,
    )


def test_a_draft_keeps_what_a_colleague_has_just_written():
    clause = ClauseFactory(draft=True, method="FIXED", inputs={"hours": "2100"}, hours_due=Decimal(2100))
    url = f"/clauses/{clause.pk}/modifier/"
    second, answer, page = both(url, clause.service, {"hours": "1800"}, {"window_months": "12"})
    assert "Volume d’heures : <strong>1800</strong>, auparavant 2100" in page
    second.post(url, shown(answer))
    clause.refresh_from_db()
    assert (clause.hours_due, clause.window_months) == (Decimal(1800), 12)


def test_an_act_on_the_hours_due_changes_only_what_its_author_wrote():
    clause = ClauseFactory(
        method="WORKED_HOURS",
        inputs={"planned_hours": "10000", "insertion_rate": "0.1"},
        hours_due=Decimal(1000),
    )
    CommitmentFactory(clause=clause, hours_due=Decimal(1000))
    url = f"/clauses/{clause.pk}/acte/"
    theirs, mine = {"act": "Avenant n° 1", "planned_hours": "20000"}, {"act": "Avenant n° 2"}
    second, answer, page = both(url, clause.service, theirs, mine | {"insertion_rate": "5"})
    assert "Heures de travail prévues" in page
    second.post(url, shown(answer))
    clause.refresh_from_db()
    assert clause.hours_due == Decimal(1000)
    assert [one.inputs for one in DutyChange.objects.all()] == [
        {"planned_hours": "20000"},
        {"insertion_rate": "0.05"},
    ]


def test_the_service_s_models_too():
    service = OrganisationFactory(service=True)
    second, answer, _ = both("/service/regles/", service, {"window_months": "12"}, {"penalty_rate": "40"})
    second.post("/service/regles/", shown(answer))
    latest = ServicePolicy.objects.latest("number")
    assert (latest.number, latest.window_months, latest.penalty_rate) == (2, 12, 40)

    second, answer, _ = both("/service/justificatifs/", service, {"RSA": "5"}, {"QPV": "9"})
    second.post("/service/justificatifs/", shown(answer))
    latest = ProofPolicy.objects.latest("number")
    assert (latest.number, latest.months["RSA"], latest.months["QPV"]) == (2, 5, 9)


@pytest.mark.parametrize("was", ["", "{", "[]", '{"window_months": 3}'])
def test_what_was_read_may_be_lost_or_forged_and_nothing_breaks(clause, was):
    url = f"/clauses/{clause.pk}/regles/avenant/"
    _, answer, page = both(
        url, clause.service, ACT | {"window_months": "12"}, ACT | {"window_months": "36", "was": was}
    )
    assert answer.status_code == 422
    assert 'name="window_months" value="36"' in page
