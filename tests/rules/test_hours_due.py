"""Hours due: sizing, rounding, versions and split, with values worked out by hand."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.strategies import ORIGIN, hours, shares, steady
from uneplace.rules.errors import FactError
from uneplace.rules.hours_due import (
    Event,
    EventKind,
    Fixed,
    LabourShare,
    Rounding,
    Share,
    hours_due,
)


def labour_share(amount="1000000", share="0.5", rate="0.05", cost="30"):
    return LabourShare(Decimal(amount), Decimal(share), Decimal(rate), Decimal(cost))


@pytest.mark.parametrize(
    ("inputs", "rounding", "expected"),
    [
        # 1 000 000 × 50 % × 5 % ÷ 30 = 833.333…
        pytest.param(labour_share(), "NONE", "833.33", id="part de main-d'œuvre"),
        pytest.param(labour_share(), "HOUR", "833.00", id="à l'heure"),
        pytest.param(labour_share(), "UP_35", "840.00", id="au multiple de 35"),
        # 640 000 × 70 % × 5 % ÷ 30 = 746.666…
        pytest.param(labour_share("640000", "0.7"), "NONE", "746.67", id="arrondi vers le haut"),
        pytest.param(labour_share("640000", "0.7"), "HOUR", "747.00", id="heure supérieure"),
        pytest.param(labour_share("0"), "UP_35", "0.00", id="montant nul"),
        pytest.param(labour_share(cost="0.0001"), "NONE", "250000000.00", id="coût horaire infime"),
        pytest.param(labour_share(share="1", rate="1"), "NONE", "33333.33", id="toute la main-d'œuvre"),
        pytest.param(labour_share(share="0"), "NONE", "0.00", id="aucune main-d'œuvre"),
        pytest.param(Fixed(Decimal("455")), "NONE", "455.00", id="volume fixé"),
        pytest.param(Fixed(Decimal("0.005")), "NONE", "0.01", id="demi-centième"),
        pytest.param(Fixed(Decimal("10.5")), "HOUR", "11.00", id="demi-heure vers le haut"),
        pytest.param(Fixed(Decimal("10.49")), "HOUR", "10.00", id="sous la demi-heure"),
        # Never rounded in between: 10.4999 is under the half hour even if it reads 10.50.
        pytest.param(Fixed(Decimal("10.4999")), "HOUR", "10.00", id="pas d'arrondi intermédiaire"),
        pytest.param(Fixed(Decimal("35")), "UP_35", "35.00", id="multiple exact"),
        pytest.param(Fixed(Decimal("35.001")), "UP_35", "70.00", id="juste au-dessus du multiple"),
        pytest.param(Fixed(Decimal("34.99")), "UP_35", "35.00", id="juste au-dessous du multiple"),
    ],
)
def test_sizing_and_rounding(inputs, rounding, expected):
    assert str(hours_due(inputs, rounding=rounding).hours) == expected


AMENDMENT = Event(date(2025, 6, 1), "AMENDMENT", {"amount": Decimal(1200000)})
REDUCTION = Event(date(2025, 9, 1), "REDUCTION", {"insertion_rate": Decimal("0.04")})
SUSPENSION = Event(date(2025, 7, 1), "SUSPENSION", {})


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        pytest.param(date(2025, 5, 31), [(None, "START", "833.33")], id="veille de l'avenant"),
        pytest.param(
            date(2025, 6, 1),
            [(None, "START", "833.33"), (date(2025, 6, 1), "AMENDMENT", "1000.00")],
            id="jour de l'avenant",
        ),
        pytest.param(
            date(2026, 1, 1),
            [
                (None, "START", "833.33"),
                (date(2025, 6, 1), "AMENDMENT", "1000.00"),
                (date(2025, 7, 1), "SUSPENSION", "1000.00"),
                (date(2025, 9, 1), "REDUCTION", "800.00"),
            ],
            id="tous les événements",
        ),
    ],
)
def test_versions(as_of, expected):
    result = hours_due(labour_share(), events=[REDUCTION, SUSPENSION, AMENDMENT], as_of=as_of)
    assert [(version.on, version.kind, str(version.hours)) for version in result.versions] == expected
    assert str(result.hours) == expected[-1][2]


def test_events_of_one_day_apply_in_the_order_listed():
    first = Event(date(2025, 6, 1), "TRANCHE", {"hours": Decimal(100)})
    second = Event(date(2025, 6, 1), "RENEWAL", {"hours": Decimal(200)})
    result = hours_due(Fixed(Decimal(50)), events=[first, second], as_of=date(2025, 6, 1))
    assert [str(version.hours) for version in result.versions] == ["50.00", "100.00", "200.00"]
    assert (
        str(hours_due(Fixed(Decimal(50)), events=[second, first], as_of=date(2025, 6, 1)).hours) == "100.00"
    )


def test_versions_are_rounded_as_the_clause_says():
    result = hours_due(labour_share(), rounding=Rounding.UP_35, events=[AMENDMENT], as_of=date(2025, 6, 1))
    assert [str(version.hours) for version in result.versions] == ["840.00", "1015.00"]


def test_without_event_the_only_version_is_the_start():
    result = hours_due(Fixed(Decimal(50)))
    assert [(version.on, version.kind) for version in result.versions] == [(None, "START")]
    assert result.commitments == ()


@pytest.mark.parametrize(
    ("given_shares", "expected"),
    [
        pytest.param(["1"], ["833.33"], id="une seule entreprise"),
        pytest.param(["0.5", "0.5"], ["416.67", "416.66"], id="deux moitiés"),
        # 83.333, 249.999, 499.998: two hundredths missing, for the largest remainders.
        pytest.param(["0.1", "0.3", "0.6"], ["83.33", "250.00", "500.00"], id="trois entreprises"),
        pytest.param(["0", "1"], ["0.00", "833.33"], id="part nulle"),
    ],
)
def test_commitments(given_shares, expected):
    split = [Share(f"Entreprise {rank}", Decimal(share)) for rank, share in enumerate(given_shares)]
    result = hours_due(labour_share(), shares=split)
    assert [str(commitment.hours) for commitment in result.commitments] == expected
    assert [commitment.company for commitment in result.commitments] == [share.company for share in split]


def test_the_split_is_that_of_the_rounded_hours():
    halves = [Share("A", Decimal("0.5")), Share("B", Decimal("0.5"))]
    result = hours_due(
        labour_share(), rounding="UP_35", events=[AMENDMENT], as_of=date(2025, 6, 1), shares=halves
    )
    assert [str(commitment.hours) for commitment in result.commitments] == ["507.50", "507.50"]


@pytest.mark.parametrize(
    ("call", "fact"),
    [
        pytest.param(lambda: labour_share(cost="0"), "hourly_cost", id="coût horaire nul"),
        pytest.param(lambda: labour_share(cost="-1"), "hourly_cost", id="coût horaire négatif"),
        pytest.param(lambda: labour_share(amount="-1"), "amount", id="montant négatif"),
        pytest.param(lambda: labour_share(share="1.01"), "labour_share", id="main-d'œuvre au-dessus de 1"),
        pytest.param(lambda: labour_share(rate="-0.01"), "insertion_rate", id="taux négatif"),
        pytest.param(lambda: labour_share(amount="Infinity"), "amount", id="montant infini"),
        pytest.param(lambda: LabourShare("1", 1, 1, 1), "amount", id="montant en texte"),
        pytest.param(lambda: Fixed(Decimal("-0.01")), "hours", id="volume négatif"),
        pytest.param(lambda: Fixed(True), "hours", id="oui n'est pas un volume"),
        pytest.param(lambda: Event(date(2025, 1, 1), "MERGER", {}), "kind", id="événement inconnu"),
        pytest.param(lambda: Event("2025-01-01", "AMENDMENT", {}), "on", id="événement sans date"),
        pytest.param(lambda: Share("A", Decimal("1.1")), "share", id="part au-dessus de 1"),
        pytest.param(lambda: hours_due(Fixed(Decimal(1)), rounding="UP"), "rounding", id="arrondi inconnu"),
        pytest.param(
            lambda: hours_due(labour_share(), events=[AMENDMENT]), "as_of", id="événements sans date"
        ),
        pytest.param(
            lambda: hours_due(Fixed(Decimal(1)), events=[AMENDMENT], as_of=date(2025, 6, 1)),
            "changes",
            id="donnée d'une autre méthode",
        ),
        pytest.param(
            lambda: hours_due(Fixed(Decimal(1)), events=[AMENDMENT], as_of=date(2025, 1, 1)),
            "changes",
            id="donnée d'une autre méthode, plus tard",
        ),
        pytest.param(
            lambda: hours_due(
                Fixed(Decimal(1)),
                events=[Event(date(2025, 6, 1), "REDUCTION", {"hours": Decimal(-1)})],
                as_of=date(2025, 6, 1),
            ),
            "hours",
            id="changement impossible",
        ),
        pytest.param(
            lambda: hours_due(Fixed(Decimal(1)), shares=[Share("A", Decimal("0.9999"))]),
            "shares",
            id="parts qui ne font pas 1",
        ),
    ],
)
def test_an_impossible_fact_is_named(call, fact):
    with pytest.raises(FactError) as error:
        call()
    assert error.value.fact == fact


@st.composite
def events(draw):
    changes = draw(st.dictionaries(st.sampled_from(["labour_share", "insertion_rate"]), shares()))
    kind = draw(st.sampled_from(list(EventKind)))
    return Event(ORIGIN + timedelta(days=draw(st.integers(0, 300))), kind, changes)


@steady
@given(st.lists(events(), max_size=5), st.integers(0, 300), st.integers(0, 300))
def test_a_later_day_never_loses_a_version(happened, days, more):
    earlier = hours_due(labour_share(), events=happened, as_of=ORIGIN + timedelta(days=days))
    later = hours_due(labour_share(), events=happened, as_of=ORIGIN + timedelta(days=days + more))
    assert later.versions[: len(earlier.versions)] == earlier.versions
    assert len(later.versions) == 1 + sum(
        event.on <= ORIGIN + timedelta(days=days + more) for event in happened
    )


@steady
@given(hours(10**7), st.lists(st.integers(1, 10**4), min_size=1, max_size=6), st.sampled_from(list(Rounding)))
def test_commitments_sum_to_the_hours_due(volume, weights, rounding):
    # Shares to the millionth, the last one taking what is left so that they sum to exactly 1.
    parts = [Decimal(weight * 10**6 // sum(weights)) / 10**6 for weight in weights[:-1]]
    split = [Share(f"Entreprise {rank}", part) for rank, part in enumerate([*parts, 1 - sum(parts)])]
    result = hours_due(Fixed(volume), rounding=rounding, shares=split)
    assert sum(commitment.hours for commitment in result.commitments) == result.hours
