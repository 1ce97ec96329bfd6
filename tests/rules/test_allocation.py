"""One month shared over several clauses, and hours given out twice, with values worked out by hand."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.sized import told
from tests.rules.strategies import ORIGIN, ZONES, hours, periods, steady
from uneplace.rules.allocation import GivenOut, Target, Worked, allocation, double_counting
from uneplace.rules.dates import Period
from uneplace.rules.errors import FactError

MARCH = date(2025, 3, 1)
ALWAYS = Period(date(2025, 1, 1))
HIRED = Period(date(2025, 3, 3), date(2025, 9, 1))
# March 2025 has 21 working days: ten up to Friday 14, eleven from Monday 17.
FIRST_HALF = Period(date(2025, 1, 1), date(2025, 3, 17))
SECOND_HALF = Period(date(2025, 3, 17), date(2025, 12, 1))


def target(name="c1", weight="1", execution=ALWAYS):
    return Target(name, Decimal(weight), execution)


def shared(*targets, hours="151.67", month=MARCH, period=HIRED, zone="Métropole"):
    """The hours of each target, then those that nobody takes."""
    result = allocation(month, period, Decimal(hours), targets, zone)
    return [str(one.hours) for one in result.allocations], str(result.unallocated)


@pytest.mark.parametrize(
    ("targets", "expected"),
    [
        pytest.param([target()], ["151.67"], id="une seule clause"),
        pytest.param([target(), target("c2")], ["75.84", "75.83"], id="deux moitiés, le premier listé gagne"),
        pytest.param([target(), target("c2", "3")], ["37.92", "113.75"], id="un quart, trois quarts"),
        pytest.param([target(), target("c2", "0")], ["151.67", "0.00"], id="un poids nul"),
        # 151.67 × 10 ÷ 21 = 72.2238…
        pytest.param(
            [target(execution=FIRST_HALF), target("c2", execution=SECOND_HALF)],
            ["72.22", "79.45"],
            id="un marché suit l'autre",
        ),
        pytest.param(
            [target(execution=FIRST_HALF), target("c2")], ["48.93", "102.74"], id="un marché finit en chemin"
        ),
        pytest.param(
            [target(execution=Period(date(2025, 4, 1))), target("c2")],
            ["0.00", "151.67"],
            id="un marché qui n'a pas commencé",
        ),
    ],
)
def test_the_hours_follow_the_days_and_the_weights(targets, expected):
    assert shared(*targets) == (expected, "0.00")


@pytest.mark.parametrize(
    "targets",
    [
        pytest.param([], id="aucune clause"),
        pytest.param([target(weight="0"), target("c2", "0")], id="poids nuls"),
        pytest.param([target(execution=Period(date(2025, 4, 1)))], id="marché à venir"),
        pytest.param(
            [target(execution=Period(date(2025, 1, 1), date(2025, 3, 3)))], id="marché fini la veille"
        ),
    ],
)
def test_hours_that_no_clause_can_take_stay_unallocated(targets):
    assert shared(*targets) == (["0.00"] * len(targets), "151.67")


def test_a_month_outside_the_work_contract_is_not_shared():
    assert shared(target(), month=date(2025, 9, 1)) == (["0.00"], "151.67")
    assert shared(target(), month=date(2025, 2, 1)) == (["0.00"], "151.67")


def test_a_week_end_is_shared_over_its_calendar_days():
    # Saturday 1 and Sunday 2 March 2025: the second clause starts on the Sunday.
    week_end = Period(date(2025, 3, 1), date(2025, 3, 3))
    sunday = target("c2", execution=Period(date(2025, 3, 2)))
    assert shared(target(), sunday, hours="12", period=week_end) == (["8.00", "4.00"], "0.00")


def test_the_days_are_those_of_the_zone():
    # 26 December 2025, a Friday, is off in Alsace-Moselle: it is no day to share over.
    period = Period(date(2025, 12, 24), date(2025, 12, 27))
    friday = target("c2", execution=Period(date(2025, 12, 26)))
    december = date(2025, 12, 1)
    assert shared(target(), friday, hours="9", month=december, period=period)[0] == ["6.00", "3.00"]
    assert shared(target(), friday, hours="9", month=december, period=period, zone="Alsace-Moselle") == (
        ["9.00", "0.00"],
        "0.00",
    )


def test_the_sharing_is_told():
    result = allocation(MARCH, HIRED, Decimal("151.67"), [target(execution=FIRST_HALF), target("c2", "0.5")])
    assert told(result.explanation) == [
        ("Heures de mars 2025 à répartir.", "151,67 h"),
        ("Jours du mois au contrat de travail (Métropole).", "21 jours ouvrés"),
        ("Engagement c1 : 10 jours sur 21 dans sa période d’exécution, poids 1.", "73,99 h"),
        ("Engagement c2 : 21 jours sur 21 dans sa période d’exécution, poids 0,5.", "77,68 h"),
    ]
    week_end = Period(date(2025, 3, 1), date(2025, 3, 2))
    nothing = told(allocation(MARCH, week_end, Decimal(7), []).explanation)
    assert nothing[1][1] == "1 jour"
    assert nothing[-1] == (
        "Aucun engagement n’a à la fois un poids et un jour dans ce mois : rien n’est réparti.",
        "7 h",
    )


@pytest.mark.parametrize(
    ("call", "fact"),
    [
        pytest.param(lambda: target(weight="-1"), "weight", id="poids négatif"),
        pytest.param(lambda: target(name=3), "commitment", id="engagement sans nom"),
        pytest.param(lambda: shared(hours="0.001"), "hours", id="trois décimales"),
        pytest.param(lambda: shared(hours="-1"), "hours", id="heures négatives"),
        pytest.param(lambda: shared(month=date(2025, 3, 2)), "month", id="pas un mois"),
        pytest.param(lambda: shared(zone="Corse"), "holiday_zone", id="zone inconnue"),
        pytest.param(lambda: worked("p1", "-1"), "hours", id="heures travaillées négatives"),
        pytest.param(lambda: worked(3, "1"), "placement", id="contrat sans nom"),
        pytest.param(lambda: given_out("p1", "0.001"), "hours", id="heures réparties au millième"),
        pytest.param(lambda: given_out("p1", "1", commitment=3), "commitment", id="engagement en nombre"),
        pytest.param(lambda: given_out("p1", "1", month=date(2025, 3, 2)), "month", id="mois en jour"),
        pytest.param(lambda: worked("p1", "1", month=date(2025, 3, 2)), "month", id="mois travaillé en jour"),
    ],
)
def test_an_impossible_fact_is_named(call, fact):
    with pytest.raises(FactError) as error:
        call()
    assert error.value.fact == fact


@st.composite
def target_lists(draw):
    weights = st.one_of(st.integers(0, 5), hours(500))
    return [
        Target(f"c{rank}", Decimal(draw(weights)), draw(periods(last=200)))
        for rank in range(draw(st.integers(0, 5)))
    ]


@steady
@given(hours(), st.integers(0, 12), periods(last=300), target_lists(), st.sampled_from(ZONES))
def test_the_shares_sum_to_the_hours_of_the_month(worked_hours, offset, period, targets, zone):
    month = date(ORIGIN.year + offset // 12, offset % 12 + 1, 1)
    result = allocation(month, period, worked_hours, targets, zone)
    parts = [one.hours for one in result.allocations]
    assert sum(parts) + result.unallocated == worked_hours
    assert all(part >= 0 for part in parts)
    assert result.unallocated in (0, worked_hours)


@steady
@given(hours(), st.integers(0, 12), periods(last=300), target_lists())
def test_a_shared_month_is_never_counted_twice(worked_hours, offset, period, targets):
    month = date(ORIGIN.year + offset // 12, offset % 12 + 1, 1)
    parts = allocation(month, period, worked_hours, targets).allocations
    given_parts = [GivenOut("p1", month, part.commitment, part.hours) for part in parts]
    assert double_counting([Worked("p1", month, worked_hours)], given_parts).violations == ()
    one_more = GivenOut("p1", month, "c9", Decimal("0.01"))
    if sum(part.hours for part in parts) == worked_hours:
        assert (
            len(double_counting([Worked("p1", month, worked_hours)], [*given_parts, one_more]).violations)
            == 1
        )


def worked(placement, hours, month=MARCH):
    return Worked(placement, month, Decimal(hours))


def given_out(placement, hours, month=MARCH, commitment="c1"):
    return GivenOut(placement, month, commitment, Decimal(hours))


def found(work, given_parts):
    return [
        (one.placement, one.month.isoformat()[:7], str(one.worked), str(one.allocated))
        for one in double_counting(work, given_parts).violations
    ]


@pytest.mark.parametrize(
    ("work", "given_parts", "expected"),
    [
        pytest.param([], [], [], id="rien"),
        pytest.param([worked("p1", "10")], [given_out("p1", "10")], [], id="tout juste"),
        pytest.param(
            [worked("p1", "10")],
            [given_out("p1", "10.01")],
            [("p1", "2025-03", "10.00", "10.01")],
            id="un centième de trop",
        ),
        pytest.param(
            [worked("p1", "10")],
            [given_out("p1", "6"), given_out("p1", "5", commitment="c2")],
            [("p1", "2025-03", "10.00", "11.00")],
            id="deux clauses ensemble",
        ),
        pytest.param(
            [worked("p1", "6"), worked("p1", "5")], [given_out("p1", "11")], [], id="deux lignes travaillées"
        ),
        pytest.param([], [given_out("p1", "0")], [], id="zéro pour un mois inconnu"),
        pytest.param(
            [],
            [given_out("p1", "0.01")],
            [("p1", "2025-03", "0.00", "0.01")],
            id="un centième pour un mois inconnu",
        ),
        pytest.param(
            [worked("p1", "9", date(2025, 2, 1))],
            [given_out("p1", "1")],
            [("p1", "2025-03", "0.00", "1.00")],
            id="un mois que personne n'a déclaré",
        ),
        pytest.param(
            [],
            [
                given_out("p2", "1"),
                given_out("p10", "1", date(2025, 11, 1)),
                given_out("p10", "1", date(2025, 2, 1)),
            ],
            [
                ("p10", "2025-02", "0.00", "1.00"),
                ("p10", "2025-11", "0.00", "1.00"),
                ("p2", "2025-03", "0.00", "1.00"),
            ],
            id="par contrat puis par mois, comme du texte",
        ),
    ],
)
def test_hours_given_out_twice(work, given_parts, expected):
    assert found(work, given_parts) == expected


def test_double_counting_is_told():
    result = double_counting([worked("p1", "10")], [given_out("p1", "12.5"), given_out("p2", "0")])
    assert told(result.explanation) == [
        ("Mois dont des heures sont réparties.", "2 mois de contrats de travail"),
        ("Contrat de travail p1, mars 2025 : 12,5 h réparties pour 10 h travaillées.", "2,5 h de trop"),
    ]
    assert told(double_counting([], []).explanation) == [
        ("Mois dont des heures sont réparties.", "0 mois de contrat de travail"),
        ("Aucun mois ne répartit plus d’heures qu’il n’en a.", "aucun"),
    ]
