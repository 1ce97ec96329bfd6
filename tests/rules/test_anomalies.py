"""What is looked at before hours are counted, at the boundary of each check."""

from datetime import date
from decimal import Decimal

import pytest

from uneplace.rules.anomalies import (
    USUAL_LEVELS,
    Check,
    Level,
    LineFacts,
    Precision,
    Told,
    anomalies_of_line,
    days_of_month,
    legal_hours,
    no_evidence,
    same_statement,
)
from uneplace.rules.dates import Period
from uneplace.rules.errors import FactError

APRIL = date(2026, 4, 1)  # 30 days from a Wednesday, 21 working days and one public holiday
ALL = dict.fromkeys(Check, Level.WARNING)
CONTRACT = Period(date(2026, 3, 2), date(2026, 9, 1))


def told(hours, training="0"):
    return Told(Decimal(hours), Decimal(training))


def facts(hours="147", **changes):
    usual = {
        "month": APRIL,
        "told": told(hours),
        "contract": CONTRACT,
        "weekly_hours": Decimal(35),
        "person_hours": Decimal(hours),
    }
    return LineFacts(**usual | changes)


def codes(line, levels=ALL):
    return [one.check for one in anomalies_of_line(line, levels)]


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        pytest.param([date(2026, 4, 6)], "10", id="un jour"),
        pytest.param([date(2026, 4, day) for day in range(6, 10)], "40", id="quatre jours"),
        pytest.param([date(2026, 4, day) for day in range(6, 11)], "48", id="cinq jours : 48 h et non 50"),
        pytest.param([date(2026, 4, day) for day in range(6, 13)], "48", id="une semaine entière"),
        pytest.param([date(2026, 4, 12), date(2026, 4, 13)], "20", id="dimanche et lundi : deux semaines"),
        pytest.param([], "0", id="aucun jour"),
        # 1 to 5 April: five days, 48 h; three whole weeks, 144 h; 27 to 30 April: four days, 40 h.
        pytest.param(days_of_month(APRIL), "232", id="avril entier"),
        # One Sunday, four weeks from Monday, and two days: 10 + 192 + 20.
        pytest.param(days_of_month(date(2026, 3, 1)), "222", id="mars entier"),
    ],
)
def test_the_most_that_the_law_lets_one_work(days, expected):
    assert legal_hours(days, on=APRIL) == Decimal(expected)


def test_a_usual_month_has_nothing_to_read():
    assert codes(facts("151.67")) == []


@pytest.mark.parametrize(
    ("hours", "contract", "expected"),
    [
        pytest.param("151.67", Period(date(2026, 5, 4)), [Check.OUTSIDE_CONTRACT], id="commence en mai"),
        pytest.param("10", Period(date(2026, 4, 30)), [Check.WEEKLY_HOURS], id="un jour : 10 h y tiennent"),
        pytest.param("10.01", Period(date(2026, 4, 30)), [Check.OUTSIDE_CONTRACT], id="pas 10,01 h"),
        pytest.param(
            "48.01", Period(date(2026, 3, 2), date(2026, 4, 6)), [Check.OUTSIDE_CONTRACT], id="fini le 5"
        ),
        pytest.param("0", Period(date(2026, 5, 4)), [], id="rien hors du contrat"),
        pytest.param("240", CONTRACT, [Check.LEGAL_MAXIMUM, Check.WEEKLY_HOURS], id="dedans tout le mois"),
    ],
)
def test_hours_that_the_days_of_the_contract_cannot_hold(hours, contract, expected):
    assert codes(facts(hours, contract=contract)) == expected


def test_a_contract_of_all_the_month_holds_whatever_the_month_holds():
    whole = Period(APRIL, date(2026, 5, 1))
    assert Check.OUTSIDE_CONTRACT not in codes(facts("240", contract=whole))
    assert Check.OUTSIDE_CONTRACT in codes(facts("240", contract=Period(APRIL, date(2026, 4, 30))))


def test_hours_outside_the_contract_are_told_once_unless_that_check_is_off():
    line = facts("151.67", contract=Period(date(2026, 4, 27)))
    assert codes(line) == [Check.OUTSIDE_CONTRACT]
    assert codes(line, ALL | {Check.OUTSIDE_CONTRACT: Level.OFF}) == [Check.WEEKLY_HOURS]


def test_the_legal_maximum_is_over_all_contracts():
    assert codes(facts("100", person_hours=Decimal("232"))) == []
    [found] = anomalies_of_line(facts("100", person_hours=Decimal("232.01")), ALL)
    assert found.check == Check.LEGAL_MAXIMUM
    assert found.figures == {"hours": "232.01", "limit": "232.00"}
    assert found.reason.replace("\u00a0", " ") == (
        "232,01 h ce mois-là, tous contrats réunis : la loi n’en permet pas plus de 232 h."
    )


@pytest.mark.parametrize(
    ("hours", "weekly", "pieces", "is_told"),
    [
        # 21 working days of 7 h: 147 h, and a third more: 196 h.
        pytest.param("196", "35", [], False, id="un tiers de plus, pile"),
        pytest.param("196.01", "35", [], True, id="au-delà d’un tiers"),
        pytest.param("98", "35", [(CONTRACT, Decimal("0.5"))], False, id="la moitié du temps"),
        pytest.param("98.01", "35", [(CONTRACT, Decimal("0.5"))], True, id="la moitié, dépassée"),
        # From 20 April: nine working days of 7 h, 63 h, and a third: 84 h.
        pytest.param("84", "35", [(Period(date(2026, 4, 20)), Decimal(1))], False, id="arrivé le 20"),
        pytest.param("84.01", "35", [(Period(date(2026, 4, 20)), Decimal(1))], True, id="le 20, trop"),
        pytest.param("112.01", "20", [], True, id="20 h par semaine"),
        # Saturday 25 and Sunday 26: two calendar days of a seventh, 10 h, and a third: 13,33 h.
        pytest.param(
            "13.33", "35", [(Period(date(2026, 4, 25), date(2026, 4, 27)), Decimal(1))], False, id="week-end"
        ),
        pytest.param(
            "13.34", "35", [(Period(date(2026, 4, 25), date(2026, 4, 27)), Decimal(1))], True, id="plus"
        ),
    ],
)
def test_over_the_weekly_hours_by_a_third(hours, weekly, pieces, is_told):
    found = codes(facts(hours, weekly_hours=Decimal(weekly), pieces=pieces))
    assert (Check.WEEKLY_HOURS in found) is is_told


@pytest.mark.parametrize(
    ("before", "is_told"),
    [
        pytest.param([told("147"), told("147")], True, id="trois mois de suite"),
        pytest.param([told("147")], False, id="deux mois"),
        pytest.param([told("147"), None, told("147")], False, id="un mois sans heures entre"),
        pytest.param([told("147"), told("147", "7")], False, id="une autre formation"),
        pytest.param([told("140"), told("147"), told("147")], False, id="le dernier mois diffère"),
    ],
)
def test_the_same_hours_three_months_in_a_row(before, is_told):
    assert (Check.SAME_HOURS in codes(facts(before=before))) is is_told


def test_months_of_no_hours_are_no_copy():
    assert codes(facts("0", before=[told("0")] * 6)) == []


def test_hours_without_a_decision_are_told_with_what_would_not_count():
    [found] = anomalies_of_line(facts(undecided=Decimal("147")), ALL)
    assert (found.check, found.figures) == (Check.NO_DECISION, {"hours": "147.00", "undecided": "147.00"})


def test_hours_of_the_same_month_elsewhere_are_told_with_their_sum():
    [found] = anomalies_of_line(facts("70", elsewhere=[Decimal("35"), Decimal("35.5")]), ALL)
    assert found.check == Check.DECLARED_ELSEWHERE
    assert found.figures == {"hours": "70.00", "elsewhere": "70.50", "others": "2"}
    assert codes(facts("0", elsewhere=[Decimal("35")])) == []


@pytest.mark.parametrize(
    ("now", "before", "is_told"),
    [
        pytest.param({1: "147", 2: "70"}, {1: "147", 2: "70"}, True, id="tous identiques"),
        pytest.param({1: "147", 2: "70"}, {1: "147", 2: "71"}, False, id="une personne diffère"),
        pytest.param({1: "147", 2: "70"}, {1: "147", 2: "70", 3: "70"}, False, id="quelqu’un est parti"),
        pytest.param({1: "147"}, {1: "147"}, False, id="une seule personne"),
        pytest.param({1: "0", 2: "0"}, {1: "0", 2: "0"}, False, id="deux mois à zéro"),
    ],
)
def test_a_statement_copied_from_the_month_before(now, before, is_told):
    now, before = ({who: told(hours) for who, hours in month.items()} for month in (now, before))
    assert (same_statement(APRIL, now, before, ALL) is not None) is is_told
    assert same_statement(APRIL, now, before, ALL | {Check.SAME_STATEMENT: Level.OFF}) is None


def test_the_same_facts_give_the_same_figures_and_others_give_others():
    [one] = anomalies_of_line(facts("200"), ALL)
    [again] = anomalies_of_line(facts("200"), ALL)
    [other] = anomalies_of_line(facts("201"), ALL)
    assert one == again
    assert one.figures != other.figures


def test_every_check_has_a_usual_level_and_only_the_impossible_blocks():
    assert set(USUAL_LEVELS) == set(Check)
    blocking = {check for check, level in USUAL_LEVELS.items() if level == Level.BLOCKING}
    assert blocking == {Check.OUTSIDE_CONTRACT, Check.LEGAL_MAXIMUM}


def test_each_anomaly_says_its_figures_and_its_sources():
    [found] = anomalies_of_line(facts("200"), ALL)
    assert [(one.value, one.source.kind) for one in found.explanation[:2]] == [
        ("147\u00a0h", "calcul"),
        ("196\u00a0h", "à confirmer"),
    ]


@pytest.mark.parametrize(
    ("normal", "returned", "share"), [(0, 3, "1.00"), (1, 2, "0.67"), (3, 0, "0.00"), (2, 2, "0.50")]
)
def test_precision_is_the_part_of_the_answers_that_sent_the_statement_back(normal, returned, share):
    assert Precision(normal, returned).share == Decimal(share)


def test_without_an_answer_there_is_no_precision():
    assert Precision(0, 0).share is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"month": date(2026, 4, 2)},
        {"weekly_hours": Decimal("-1")},
        {"person_hours": Decimal("1.001")},
        {"pieces": [(CONTRACT, Decimal(2))]},
    ],
)
def test_facts_that_cannot_be_are_refused(wrong):
    with pytest.raises(FactError):
        facts(**wrong)


@pytest.mark.parametrize(
    ("missing", "said"),
    [
        pytest.param(["Justificatif, avril"], "1\u00a0pièce demandée n’est pas encore acceptée", id="une"),
        pytest.param(
            ["Justificatif, avril", "Attestation, T1"],
            "2\u00a0pièces demandées ne sont pas encore acceptées",
            id="deux",
        ),
    ],
)
def test_a_proof_that_was_sent_and_not_read_yet_is_not_said_to_be_missing(missing, said):
    anomaly = no_evidence(dict.fromkeys(missing, "RECEIVED"), ALL)
    assert anomaly.reason.startswith(said)
