"""Facts of counting that cannot be: each is named."""

from datetime import date
from decimal import Decimal

import pytest

from tests.rules.counted import DECIDED, line, placement, policy
from uneplace.rules.counting import Decision, Line, TrainingCap, count
from uneplace.rules.errors import FactError


@pytest.mark.parametrize(
    ("build", "fact"),
    [
        pytest.param(lambda: line(hours="-1"), "hours", id="heures négatives"),
        pytest.param(lambda: line(hours="1.005"), "hours", id="trois décimales"),
        pytest.param(lambda: line(hours="NaN"), "hours", id="pas un nombre"),
        pytest.param(lambda: line(training="0.001"), "training_hours", id="formation à trois décimales"),
        pytest.param(
            lambda: line(hours="10", training="10.01"), "training_hours", id="plus de formation que d'heures"
        ),
        pytest.param(lambda: line(month=date(2025, 3, 2)), "month", id="un jour au lieu d'un mois"),
        pytest.param(lambda: Line("l1", "p1", date(2025, 3, 1), 1.5), "hours", id="nombre flottant"),
        pytest.param(lambda: policy(training="SOMETIMES"), "training", id="formation inconnue"),
        pytest.param(lambda: policy(window_scope="CLAUSES"), "window_scope", id="portée inconnue"),
        pytest.param(
            lambda: policy(permanent_window_from="START"), "permanent_window_from", id="départ inconnu"
        ),
        pytest.param(lambda: policy(window_months=-1), "window_months", id="fenêtre négative"),
        pytest.param(lambda: policy(window_months=Decimal("1.5")), "window_months", id="mois non entiers"),
        pytest.param(lambda: policy(permanent_window_months=-1), "permanent_window_months", id="CDI négatif"),
        pytest.param(lambda: policy(work_study_window="PART"), "work_study_window", id="alternance inconnue"),
        pytest.param(lambda: policy(work_study_window=-1), "work_study_window", id="alternance négative"),
        pytest.param(lambda: policy(renewal_months=-1), "renewal_months", id="renouvellement négatif"),
        pytest.param(lambda: policy(late_decision_days=-1), "late_decision_days", id="délai négatif"),
        pytest.param(
            lambda: policy(late_decision_days=True), "late_decision_days", id="oui n'est pas un délai"
        ),
        pytest.param(lambda: policy(holiday_zone="Corse"), "holiday_zone", id="zone inconnue"),
        pytest.param(lambda: policy(accepted_grounds="RSA"), "accepted_grounds", id="motifs sans liste"),
        pytest.param(
            lambda: policy(accepted_modalities="DIRECT"), "accepted_modalities", id="modalités sans liste"
        ),
        pytest.param(lambda: line(on_operation="oui"), "on_operation", id="opération en texte"),
        pytest.param(lambda: line(globalised=1), "globalised", id="globalisation en nombre"),
        pytest.param(lambda: placement(kind=None), "kind", id="contrat de travail sans nature"),
        pytest.param(lambda: placement(modality=3), "modality", id="modalité en nombre"),
        pytest.param(lambda: Decision(date(2025, 2, 20), None), "grounds", id="motifs absents"),
        pytest.param(lambda: TrainingCap(Decimal("1.01")), "cap_share", id="plafond au-dessus de 1"),
        pytest.param(lambda: TrainingCap(Decimal("-0.01")), "cap_share", id="plafond négatif"),
        pytest.param(lambda: Decision("2025-02-20", ["RSA"]), "decided_on", id="date en texte"),
        pytest.param(lambda: Decision(date(2025, 2, 20), "RSA"), "grounds", id="motif sans liste"),
        pytest.param(
            lambda: Decision(date(2025, 2, 20), ["RSA"], "2025-03-01"), "revoked_on", id="retrait en texte"
        ),
    ],
)
def test_an_impossible_fact_is_named(build, fact):
    with pytest.raises(FactError) as error:
        build()
    assert error.value.fact == fact
    assert fact in str(error.value)


@pytest.mark.parametrize(
    ("placements", "lines", "fact"),
    [
        pytest.param([placement(name="p2")], [line()], "placement", id="contrat de travail inconnu"),
        pytest.param([placement()], [line(), line()], "lines", id="deux lignes du même mois"),
        pytest.param([placement(), placement()], [line()], "placements", id="deux fois le même identifiant"),
    ],
)
def test_facts_that_do_not_fit_together(placements, lines, fact):
    with pytest.raises(FactError) as error:
        count(policy(), DECIDED, placements, lines)
    assert error.value.fact == fact
