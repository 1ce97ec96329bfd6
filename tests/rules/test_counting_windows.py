"""Counting windows, case by case: who opens one, who belongs to it, when another opens."""

from datetime import date

import pytest

from uneplace.rules.counting import Decision, Placement, Policy, count
from uneplace.rules.dates import Period

FREE = {"training": "COUNTED", "work_study_window": "WHOLE", "late_decision_days": 0}
EXECUTION = Period(date(2025, 1, 1), date(2028, 1, 1))
FIRST = Decision(date(2024, 12, 1), ["RSA"])


def work(name, start, end=None, kind="CDD", modality="DIRECT"):
    return Placement(name, kind, modality, Period(start, end))


def windows(placements, *, decisions=(FIRST,), **changes):
    """The window of each candidate: (start, end), by work contract."""
    facts = {"execution": EXECUTION, "window_months": 12, **FREE, **changes}
    result = count(Policy(**facts), decisions, placements, [])
    return {window.placement: (window.start, window.end) for window in result.windows}


OPENER = work("p1", date(2025, 3, 3), date(2025, 9, 1))
OPENED = (date(2025, 3, 3), date(2026, 3, 3))


@pytest.mark.parametrize(
    ("placement", "expected"),
    [
        pytest.param(OPENER, OPENED, id="le premier jour du contrat de travail"),
        pytest.param(
            work("p1", date(2024, 12, 9)),
            (date(2025, 1, 1), date(2026, 1, 1)),
            id="le premier jour du marché",
        ),
        pytest.param(
            work("p1", date(2025, 1, 31)), (date(2025, 1, 31), date(2026, 1, 31)), id="le 31 janvier"
        ),
        pytest.param(
            work("p1", date(2027, 12, 31)),
            (date(2027, 12, 31), date(2028, 12, 31)),
            id="dernier jour du marché",
        ),
        pytest.param(work("p1", date(2028, 1, 1)), None, id="lendemain du marché"),
        pytest.param(
            work("p1", date(2024, 12, 2), date(2025, 1, 2)),
            (date(2025, 1, 1), date(2026, 1, 1)),
            id="un seul jour dans le marché",
        ),
        pytest.param(work("p1", date(2024, 12, 2), date(2025, 1, 1)), None, id="fini la veille du marché"),
        pytest.param(work("p1", date(2024, 11, 30)), None, id="sans décision à l'embauche"),
        pytest.param(work("p1", date(2025, 3, 3), modality="SOUS_TRAITANCE"), None, id="modalité refusée"),
    ],
)
def test_who_opens_a_window(placement, expected):
    found = windows([placement], accepted_modalities=["DIRECT"])
    assert found.get("p1") == expected


def test_a_window_of_one_month_from_the_31st_ends_with_february():
    assert windows([work("p1", date(2025, 1, 31))], window_months=1) == {
        "p1": (date(2025, 1, 31), date(2025, 2, 28))
    }


def test_a_window_without_limit_has_no_end():
    late = work("p2", date(2027, 3, 3))
    again = Decision(date(2027, 3, 1), ["QPV"])
    found = windows([OPENER, late], decisions=[FIRST, again], window_months=None)
    assert found == {"p1": (date(2025, 3, 3), None), "p2": (date(2025, 3, 3), None)}


@pytest.mark.parametrize(
    ("start", "decided_on", "expected"),
    [
        pytest.param(date(2026, 3, 2), None, OPENED, id="dernier jour de la fenêtre"),
        pytest.param(date(2026, 3, 3), None, OPENED, id="premier jour dehors, même décision"),
        pytest.param(
            date(2026, 3, 2), date(2026, 3, 1), OPENED, id="décider pendant la fenêtre n'ouvre rien"
        ),
        pytest.param(
            date(2026, 3, 3),
            date(2025, 12, 3),
            (date(2026, 3, 3), date(2027, 3, 3)),
            id="nouvelle décision, trois mois avant la fin",
        ),
        pytest.param(date(2026, 3, 3), date(2025, 12, 2), OPENED, id="nouvelle décision, un jour trop tôt"),
        pytest.param(
            date(2026, 6, 1),
            date(2026, 5, 1),
            (date(2026, 6, 1), date(2027, 6, 1)),
            id="nouvelle décision, bien après la fin",
        ),
    ],
)
def test_when_another_window_opens(start, decided_on, expected):
    decisions = [FIRST] if decided_on is None else [FIRST, Decision(decided_on, ["QPV"])]
    assert windows([OPENER, work("p2", start)], decisions=decisions)["p2"] == expected


@pytest.mark.parametrize(
    ("renewal_months", "opens"),
    [
        pytest.param(0, False, id="aucun mois d'avance"),
        pytest.param(1, True, id="un mois d'avance"),
    ],
)
def test_the_months_of_renewal_are_those_of_the_clause(renewal_months, opens):
    again = Decision(date(2026, 2, 3), ["QPV"])
    late = work("p2", date(2026, 4, 1))
    found = windows([OPENER, late], decisions=[FIRST, again], renewal_months=renewal_months)
    assert found["p2"] == ((date(2026, 4, 1), date(2027, 4, 1)) if opens else OPENED)


def test_months_of_renewal_are_taken_from_the_end_of_the_window():
    # 28 February 2026 minus 3 months is 28 November, whatever the 31st from which the window ran.
    opener = work("p1", date(2025, 8, 31))
    late = work("p2", date(2026, 3, 2))
    again = Decision(date(2025, 11, 28), ["QPV"])
    found = windows([opener, late], decisions=[FIRST, again], window_months=6)
    assert found["p1"] == (date(2025, 8, 31), date(2026, 2, 28))
    assert found["p2"] == (date(2026, 3, 2), date(2026, 9, 2))


def test_after_a_renewal_the_next_contract_is_read_against_the_new_window():
    again = Decision(date(2026, 3, 1), ["QPV"])
    works = [
        OPENER,
        work("p2", date(2026, 4, 1)),
        work("p3", date(2027, 3, 31)),
        work("p4", date(2027, 4, 1)),
    ]
    found = windows(works, decisions=[FIRST, again])
    renewed = (date(2026, 4, 1), date(2027, 4, 1))
    assert found == {"p1": OPENED, "p2": renewed, "p3": renewed, "p4": renewed}


def test_the_opening_contract_is_the_earliest_whatever_the_order_given():
    found = windows([work("p2", date(2025, 6, 1)), OPENER])
    assert list(found.items()) == [("p2", OPENED), ("p1", OPENED)]


@pytest.mark.parametrize(
    ("order", "opens"),
    [
        pytest.param(["a", "b"], True, id="la fenêtre est ouverte par l'ancienne décision"),
        pytest.param(["b", "a"], False, id="la fenêtre est ouverte par la nouvelle décision"),
    ],
)
def test_of_two_contracts_of_one_first_day_the_first_listed_opens(order, opens):
    # Both began before the execution: their first day is that of the execution.
    both = {"a": work("a", date(2024, 12, 9)), "b": work("b", date(2024, 12, 16))}
    newer = Decision(date(2024, 12, 15), ["QPV"])
    late = work("c", date(2025, 2, 3))
    found = windows([*(both[name] for name in order), late], decisions=[FIRST, newer], window_months=1)
    shared = (date(2025, 1, 1), date(2025, 2, 1))
    assert found["a"] == found["b"] == shared
    assert found["c"] == ((date(2025, 2, 3), date(2025, 3, 3)) if opens else shared)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param(
            {"permanent_window_months": 48},
            (date(2024, 12, 9), date(2028, 12, 9)),
            id="quatre ans depuis l'embauche",
        ),
        pytest.param(
            {"permanent_window_months": 48, "permanent_window_from": "CLAUSE"},
            (date(2025, 1, 1), date(2029, 1, 1)),
            id="quatre ans depuis le début du marché",
        ),
        pytest.param({"permanent_window_months": None}, (date(2024, 12, 9), None), id="sans limite"),
        pytest.param(
            {"permanent_window_months": 48, "permanent_window_from": "CLAUSE", "window_scope": "PERSON"},
            (date(2024, 12, 9), date(2028, 12, 9)),
            id="portée personne : depuis le début du contrat",
        ),
    ],
)
def test_a_permanent_contract_has_its_own_window(changes, expected):
    assert windows([work("p1", date(2024, 12, 9), kind="CDI")], **changes) == {"p1": expected}


def test_a_permanent_contract_opens_the_window_of_the_next_ordinary_one():
    permanent = work("p1", date(2025, 3, 3), date(2025, 6, 1), kind="CDI")
    found = windows([permanent, work("p2", date(2025, 9, 1))], permanent_window_months=48)
    assert found == {"p1": (date(2025, 3, 3), date(2029, 3, 3)), "p2": OPENED}


@pytest.mark.parametrize("kind", ["APPRENTISSAGE", "PROFESSIONNALISATION"])
@pytest.mark.parametrize(
    ("months", "expected"),
    [
        pytest.param("WHOLE", (date(2025, 1, 1), None), id="tout le contrat"),
        pytest.param(18, (date(2025, 1, 1), date(2026, 7, 1)), id="dix-huit mois"),
    ],
)
def test_a_work_study_contract_has_its_own_window(kind, months, expected):
    found = windows([work("p1", date(2024, 12, 9), kind=kind)], work_study_window=months)
    assert found == {"p1": expected}


def test_a_kind_that_nobody_knows_is_ordinary():
    assert windows([work("p1", date(2025, 3, 3), kind="STAGE")]) == {"p1": OPENED}


def test_a_contract_on_another_clause_opens_the_window_of_the_person():
    elsewhere = work("p0", date(2024, 12, 9), date(2024, 12, 20))
    assert windows([elsewhere, OPENER]) == {"p1": OPENED}
    person = (date(2024, 12, 9), date(2025, 12, 9))
    assert windows([elsewhere, OPENER], window_scope="PERSON") == {"p0": person, "p1": person}
