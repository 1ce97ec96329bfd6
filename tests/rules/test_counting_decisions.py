"""Which decision of eligibility carries a work contract, and which reason is told when several apply."""

from datetime import date

import pytest

from tests.rules.counted import DECIDED, counted, line, placement, policy
from uneplace.rules.counting import Decision, count
from uneplace.rules.dates import Period


@pytest.mark.parametrize(
    ("decisions", "changes", "counts"),
    [
        pytest.param([], {}, False, id="aucune décision"),
        pytest.param([Decision(date(2025, 3, 3), ["RSA"])], {}, True, id="décidé le jour de l'embauche"),
        pytest.param([Decision(date(2025, 3, 4), ["RSA"])], {}, False, id="décidé le lendemain"),
        pytest.param(
            [Decision(date(2025, 3, 8), ["RSA"])],
            {"late_decision_days": 5},
            True,
            id="dernier jour du délai, un samedi",
        ),
        pytest.param(
            [Decision(date(2025, 3, 9), ["RSA"])],
            {"late_decision_days": 5},
            False,
            id="lendemain du délai",
        ),
        pytest.param([Decision(date(2025, 2, 20), [])], {}, False, id="décision sans motif"),
        pytest.param(
            [Decision(date(2025, 2, 20), ["RSA"])],
            {"accepted_grounds": ["QPV"]},
            False,
            id="motif que la clause n'accepte pas",
        ),
        pytest.param(
            [Decision(date(2025, 2, 20), ["RSA", "QPV"])],
            {"accepted_grounds": ["QPV"]},
            True,
            id="un motif accepté sur deux",
        ),
        pytest.param(
            [Decision(date(2025, 2, 20), ["RSA"])],
            {"accepted_grounds": []},
            False,
            id="clause qui n'accepte aucun motif",
        ),
        pytest.param([Decision(date(2025, 2, 20), ["INCONNU"])], {}, True, id="code inconnu, tous acceptés"),
        pytest.param(
            [Decision(date(2025, 2, 20), ["RSA"], revoked_on=date(2025, 3, 3))],
            {},
            False,
            id="retirée le jour de l'embauche",
        ),
        pytest.param(
            [Decision(date(2025, 2, 20), ["RSA"], revoked_on=date(2025, 3, 4))],
            {},
            True,
            id="retirée le lendemain de l'embauche",
        ),
        pytest.param(
            [Decision(date(2025, 2, 20), ["RSA"], revoked_on=date(2025, 2, 25)), *DECIDED],
            {},
            True,
            id="retirée puis décidée à nouveau le même jour",
        ),
        pytest.param(
            [Decision(date(2024, 6, 1), ["QPV"]), Decision(date(2025, 2, 20), ["RSA"])],
            {"accepted_grounds": ["QPV"]},
            True,
            id="la plus récente n'a pas de motif accepté, l'ancienne oui",
        ),
    ],
)
def test_the_decision_of_a_placement(decisions, changes, counts):
    expected = ("151.67", {}) if counts else ("0.00", {"NO_DECISION": "151.67"})
    assert counted(line(), decisions=decisions, **changes) == expected


def test_of_two_decisions_of_one_day_the_first_listed_carries_the_contract():
    first, second = Decision(date(2025, 2, 20), ["RSA"]), Decision(date(2025, 2, 20), ["QPV"])
    result = count(policy(), [first, second], [placement()], [line()])
    assert result.lines[0].decision is first


def test_the_latest_decision_carries_the_contract():
    old, new = Decision(date(2025, 1, 20), ["RSA"]), Decision(date(2025, 2, 20), ["QPV"])
    result = count(policy(), [new, old], [placement()], [line()])
    assert result.lines[0].decision is new


@pytest.mark.parametrize(
    ("facts", "changes", "decisions", "reason"),
    [
        pytest.param(
            {"month": date(2025, 2, 1), "on_operation": False},
            {},
            DECIDED,
            "OUTSIDE_PLACEMENT",
            id="hors contrat de travail d'abord",
        ),
        pytest.param(
            {"on_operation": False},
            {"accepted_modalities": []},
            DECIDED,
            "NOT_ON_OPERATION",
            id="hors opération avant la modalité",
        ),
        pytest.param({}, {"accepted_modalities": []}, [], "MODALITY", id="modalité avant la décision"),
        pytest.param(
            {},
            {"execution": Period(date(2026, 1, 1), date(2027, 1, 1))},
            [],
            "NO_DECISION",
            id="décision avant la période d'exécution",
        ),
    ],
)
def test_only_the_first_reason_is_told(facts, changes, decisions, reason):
    assert counted(line(**facts), decisions=decisions, **changes) == ("0.00", {reason: "151.67"})
