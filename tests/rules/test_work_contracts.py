"""What the law says of a work contract of its kind, at each limit."""

from datetime import date
from decimal import Decimal

import pytest

from uneplace.rules.dates import Period
from uneplace.rules.errors import FactError
from uneplace.rules.work_contracts import Lent, WorkContract, legal_warnings

START = date(2026, 3, 2)


def about(end=date(2026, 9, 2), **facts):
    """The subjects of the warnings of a contract that starts on 2 March 2026; `end` is the day after it."""
    known = {"kind": "CDDI", "period": Period(START, end), "weekly_hours": Decimal(26)} | facts
    return [one.about.value for one in legal_warnings(WorkContract(**known))]


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        pytest.param({}, [], id="CDDI de six mois, 26 h"),
        pytest.param({"end": date(2026, 7, 2)}, [], id="CDDI de quatre mois tout juste"),
        pytest.param({"end": date(2026, 7, 1)}, ["TOO_SHORT"], id="CDDI d’un jour de moins"),
        pytest.param({"end": date(2028, 3, 2)}, [], id="CDDI de 24 mois tout juste"),
        pytest.param({"end": date(2028, 3, 3)}, ["TOO_LONG"], id="CDDI d’un jour de plus"),
        pytest.param(
            {"end": date(2027, 3, 2), "earlier": [Period(date(2025, 3, 2), date(2026, 3, 2))]},
            [],
            id="deux CDDI, 24 mois ensemble",
        ),
        pytest.param(
            {"end": date(2027, 3, 4), "earlier": [Period(date(2025, 3, 2), date(2026, 3, 2))]},
            ["TOO_LONG"],
            id="deux CDDI, au-delà de 24 mois",
        ),
        pytest.param({"weekly_hours": Decimal(20)}, [], id="CDDI de 20 h"),
        pytest.param({"weekly_hours": Decimal("19.99")}, ["FEW_HOURS"], id="CDDI de moins de 20 h"),
        pytest.param({"exposed": True}, ["EXPOSED"], id="CDDI sur un poste exposé"),
        pytest.param({"kind": "CDD", "exposed": True}, ["EXPOSED"], id="CDD sur un poste exposé"),
        pytest.param({"kind": "CTT", "exposed": True}, ["EXPOSED"], id="intérim sur un poste exposé"),
        pytest.param({"kind": "CDI", "end": None, "exposed": True}, [], id="CDI sur un poste exposé"),
        pytest.param({"kind": "CDD", "end": date(2026, 3, 9), "weekly_hours": Decimal(5)}, [], id="CDD"),
        pytest.param(
            {"kind": "CTT", "employer_kind": "ETTI", "end": date(2028, 3, 3)},
            ["TOO_LONG"],
            id="ETTI, trop long",
        ),
        pytest.param({"kind": "CTT", "end": date(2028, 3, 3)}, [], id="agence d’intérim ordinaire"),
        pytest.param(
            {"kind": "PROFESSIONNALISATION", "end": date(2026, 9, 1)},
            ["TOO_SHORT"],
            id="professionnalisation",
        ),
        pytest.param(
            {"kind": "PROFESSIONNALISATION", "end": date(2027, 3, 3)}, ["TOO_LONG"], id="plus de douze mois"
        ),
        pytest.param(
            {"kind": "APPRENTISSAGE", "end": date(2027, 3, 2), "born_on": date(2010, 3, 2)}, [], id="16 ans"
        ),
        pytest.param(
            {"kind": "APPRENTISSAGE", "end": date(2027, 3, 2), "born_on": date(2010, 3, 3)},
            ["AGE"],
            id="16 ans demain",
        ),
        pytest.param(
            {"kind": "APPRENTISSAGE", "end": date(2027, 3, 2), "born_on": date(1996, 3, 3)}, [], id="29 ans"
        ),
        pytest.param(
            {"kind": "APPRENTISSAGE", "end": date(2027, 3, 2), "born_on": date(1996, 3, 2)},
            ["AGE"],
            id="30 ans le premier jour",
        ),
        pytest.param({"kind": "APPRENTISSAGE", "end": date(2027, 3, 2)}, [], id="âge inconnu"),
        pytest.param(
            {"kind": "APPRENTISSAGE", "end": date(2026, 9, 1)}, ["TOO_SHORT"], id="apprentissage court"
        ),
        pytest.param(
            {"kind": "APPRENTISSAGE", "end": date(2029, 3, 3)}, ["TOO_LONG"], id="apprentissage long"
        ),
    ],
)
def test_each_limit_of_the_law_is_told_and_not_a_day_before(facts, found):
    assert about(**facts) == found


LENT = {"kind": "CDD", "employer_kind": "AI", "lent": True, "end": date(2026, 4, 20)}  # seven weeks


def lent(start, end, *, weekly_hours="0", **declared):
    """A contract under which the person was lent; `declared` are hours by month, « m2026_01 »."""
    months = {date(int(name[1:5]), int(name[6:]), 1): Decimal(hours) for name, hours in declared.items()}
    return Lent(period=Period(start, end), weekly_hours=Decimal(weekly_hours), declared=months)


@pytest.mark.parametrize(
    ("before", "found"),
    [
        pytest.param(lent(date(2026, 1, 5), date(2026, 2, 1), m2026_01="410"), [], id="480 h tout juste"),
        pytest.param(
            lent(date(2026, 1, 5), date(2026, 2, 1), m2026_01="410.01"), ["LENT_HOURS"], id="au-delà de 480 h"
        ),
        pytest.param(
            lent(date(2026, 3, 2), date(2026, 6, 8), weekly_hours="30"),
            ["LENT_HOURS"],
            id="prévues et pas encore déclarées",
        ),
        pytest.param(
            lent(date(2026, 1, 5), date(2026, 2, 1), weekly_hours="35", m2026_01="20"),
            [],
            id="déclarées : elles seules",
        ),
        pytest.param(
            lent(date(2024, 3, 2), date(2025, 3, 2), m2024_05="480"), [], id="24 mois après la première fois"
        ),
        pytest.param(
            lent(date(2024, 3, 3), date(2025, 3, 2), m2024_05="480"),
            ["LENT_HOURS"],
            id="un jour avant 24 mois",
        ),
    ],
)
def test_the_hours_that_an_association_lends_are_counted_together(before, found):
    assert about(**LENT, weekly_hours=Decimal(10), lent_before=[before]) == found
    assert about(**(LENT | {"lent": False}), lent_before=[before]) == []
    assert about(**(LENT | {"employer_kind": "EI"}), lent_before=[before]) == []


def test_hours_after_the_months_of_the_first_time_do_not_count_with_them():
    """Lent for the first time two years ago less six weeks: only those weeks of the contract count."""
    before = lent(date(2024, 4, 13), date(2024, 6, 1), m2024_05="410")
    assert about(**(LENT | {"end": date(2027, 3, 2)}), weekly_hours=Decimal(10), lent_before=[before]) == []


@pytest.mark.parametrize(
    ("kind", "found"),
    [("ENTREPRISE", ["EMPLOYER"]), ("ETTI", ["EMPLOYER"]), ("ACI", []), ("EI", []), ("", [])],
)
def test_who_may_sign_an_insertion_contract_is_told(kind, found):
    assert about(employer_kind=kind) == found


def test_each_warning_names_its_text():
    (one,) = legal_warnings(
        WorkContract(kind="CDDI", period=Period(START, date(2026, 4, 1)), weekly_hours=Decimal(26))
    )
    assert one.text == "Un CDDI dure 4 mois au moins."
    assert (one.source.kind, one.source.parameter) == ("loi", "cddi_min_months")
    assert "L5132-5" in one.source.label


def test_an_impossible_fact_is_named():
    with pytest.raises(FactError):
        WorkContract(kind="STAGE", period=Period(START, None), weekly_hours=Decimal(26))
