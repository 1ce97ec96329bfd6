"""How each way of sizing a clause tells its sum, and what an event changed."""

from datetime import date
from decimal import Decimal

import pytest

from tests.rules.sized import ANY, AUGUST, BANDS, JULY, JUNE, dated, invoiced, told, years
from tests.rules.strategies import ORIGIN
from uneplace.rules.hours_due import (
    Actions,
    Bands,
    Event,
    NetStaff,
    WorkedHours,
    hours_due,
)


@pytest.mark.parametrize(
    ("inputs", "expected"),
    [
        pytest.param(
            years(date(2025, 3, 1), date(2026, 9, 1)),
            [
                ("Heures dues par année de marché.", "1 200 h"),
                (
                    "Durée du marché, du 1er mars 2025 au 31 août 2026 inclus.",
                    "1 année entière et 184 jours sur 365",
                ),
                ("1 200 h × 1 + 1 200 h × 184 ÷ 365.", "1 804,93 h"),
                ("Arrondi au centième d’heure.", "1 804,93 h"),
            ],
            id="par année",
        ),
        pytest.param(
            NetStaff(Decimal(900), Decimal(100), Decimal("0.5")),
            [
                ("Heures de l’effectif du marché.", "900 h"),
                ("Heures du personnel repris.", "100 h"),
                ("Heures de l’effectif hors personnel repris.", "800 h"),
                ("Taux d’insertion : part de ces heures réservée à l’insertion.", "50 %"),
                ("800 h × 50 %.", "400 h"),
            ],
            id="effectif",
        ),
        pytest.param(
            WorkedHours(Decimal(900), Decimal("0.5")),
            [
                ("Heures de travail prévues par le marché.", "900 h"),
                ("Taux d’insertion : part de ces heures réservée à l’insertion.", "50 %"),
                ("900 h × 50 %.", "450 h"),
            ],
            id="heures prévues",
        ),
        pytest.param(
            Bands(Decimal(200000), BANDS),
            [
                ("Montant du marché, hors taxes.", "200 000 €"),
                ("Tranche du barème : moins de 500 000 €.", "140 h"),
            ],
            id="barème",
        ),
        pytest.param(
            Bands(Decimal(700000), BANDS),
            [
                ("Montant du marché, hors taxes.", "700 000 €"),
                ("Tranche du barème : la dernière, sans limite.", "350,5 h"),
            ],
            id="barème sans limite",
        ),
    ],
)
def test_each_method_tells_its_sum(inputs, expected):
    assert told(hours_due(inputs).explanation) == expected


@pytest.mark.parametrize(
    ("inputs", "changes", "sentence"),
    [
        pytest.param(
            invoiced(), {"invoices": dated([50000, -100])}, "factures 2 montants, 49 900 €", id="factures"
        ),
        pytest.param(invoiced(), {"whole_slices": True}, "tranches entières seulement oui", id="oui"),
        pytest.param(invoiced(), {"whole_slices": False}, "tranches entières seulement non", id="non"),
        pytest.param(invoiced(), {"as_of": JULY}, "date d’arrêté 31 juillet 2025", id="date"),
        pytest.param(
            years(ORIGIN, AUGUST),
            {"period": ANY},
            "période du 1er janvier 2025 au 31 décembre 2025 inclus",
            id="période",
        ),
        pytest.param(Bands(Decimal(1), BANDS), {"bands": BANDS}, "barème 3 tranches", id="barème"),
        pytest.param(Actions(1), {"actions": 2}, "actions 2", id="actions"),
    ],
)
def test_a_changed_input_is_told_as_what_it_is(inputs, changes, sentence):
    result = hours_due(inputs, events=[Event(JUNE, "TRANCHE", changes)], as_of=AUGUST)
    assert (
        result.explanation[-1].text.replace("\u00a0", " ")
        == f"Tranche affermie du 30 juin 2025 : {sentence}."
    )
