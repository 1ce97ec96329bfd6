"""What the explanations say, whole, where a table of figures would not see a wrong word."""

from datetime import date
from decimal import Decimal

import pytest

from tests.rules.counted import DECIDED, line, placement, policy
from tests.rules.sized import dated, invoiced, told
from uneplace.rules.counting import count
from uneplace.rules.dates import Period
from uneplace.rules.hours_due import Actions, LabourShare, hours_due
from uneplace.rules.parameters import ParameterError, load
from uneplace.rules.penalties import Document, Obligations, penalties
from uneplace.rules.progress import PlannedWork, progress


def test_the_total_of_a_person_tells_what_is_left_out_by_reason():
    lines = [line(month, "10", on_operation=False) for month in (date(2025, 3, 1), date(2025, 4, 1))]
    result = count(policy(window_months=24), DECIDED, [placement()], lines)
    assert told(result.explanation) == [
        ("Période d’exécution du marché.", "du 1er janvier 2025 au 31 décembre 2026 inclus"),
        ("Fenêtre de comptage de la personne.", "du 3 mars 2025 au 2 mars 2027 inclus"),
        ("Non compté : hors de l’opération, sans globalisation.", "20 h"),
        ("Heures comptées.", "0 h"),
    ]


@pytest.mark.parametrize(
    ("period", "days", "text"),
    [
        pytest.param(
            Period(date(2025, 3, 29), date(2025, 3, 31)),
            "2 jours",
            "Aucun jour ouvré du mois au contrat de travail : heures réparties sur ses jours.",
            id="un samedi et un dimanche",
        ),
        pytest.param(
            Period(date(2025, 3, 30), date(2025, 3, 31)),
            "1 jour",
            "Aucun jour ouvré du mois au contrat de travail : heures réparties sur ses jours.",
            id="un dimanche",
        ),
        pytest.param(
            Period(date(2025, 3, 31), date(2025, 4, 1)),
            "1 jour ouvré",
            "Heures réparties sur les jours ouvrés du mois au contrat de travail (Métropole).",
            id="un lundi",
        ),
    ],
)
def test_the_days_of_a_line_are_told(period, days, text):
    counted = count(policy(), DECIDED, [placement(period)], [line(hours="7")]).lines[0]
    assert (text, days) in told(counted.explanation)
    steps = [one for one in counted.explanation if one.text.replace("\u00a0", " ") == text]
    assert steps[0].source.label == "Jours ouvrés\u00a0: lundi à vendredi, jours fériés exclus"


def test_the_inputs_of_a_clause_are_told():
    inputs = LabourShare(Decimal(1000000), Decimal("0.5"), Decimal("0.05"), Decimal(30))
    assert told(hours_due(inputs).explanation) == [
        ("Montant du marché, hors taxes.", "1 000 000 €"),
        ("Part de la main-d’œuvre dans ce montant.", "50 %"),
        ("Taux d’insertion : part de cette main-d’œuvre réservée à l’insertion.", "5 %"),
        ("Coût d’une heure de travail, charges comprises.", "30 €"),
        ("1 000 000 € × 50 % × 5 % ÷ 30 €.", "833,33 h"),
        ("Arrondi au centième d’heure.", "833,33 h"),
    ]
    assert told(hours_due(Actions(1)).explanation) == [("Actions fixées par le marché.", "1 action")]


def test_orders_are_told_then_that_more_is_already_due():
    inputs = invoiced(100000, orders=[10000, 20000])
    assert told(hours_due(inputs, rounding="HOUR").foreseeable_explanation) == [
        ("Commandé au 31 août 2025 : 2 commandes.", "30 000 €"),
        ("Heures par tranche de 50 000 €.", "35 h"),
        ("Tranches, la dernière en proportion.", "0,6"),
        ("0,6 × 35 h.", "21 h"),
        ("Les heures déjà dues sont plus nombreuses.", "70 h"),
    ]
    assert told(hours_due(invoiced(orders=[])).explanation)[0][0] == "Facturé au 31 août 2025 : 0 facture."
    assert len(dated([1, 2])) == 2


def test_the_gauge_is_told():
    work = PlannedWork(Period(date(2025, 3, 3)), Decimal(35), Decimal("0.5"))
    year = Period(date(2025, 1, 1), date(2026, 1, 1))
    assert told(progress(Decimal(1000), year, date(2025, 12, 31), [work]).explanation) == [
        ("Heures dues.", "1 000 h"),
        ("Attendu au 31 décembre 2025 : 364 jours écoulés sur 365 jours d’exécution.", "997,26 h"),
        (
            "Du 31 décembre 2025 inclus au 1er janvier 2026 exclu : 1 jour ouvré, "
            "à 35 h par semaine de 5 jours, part 50 %.",
            "3,5 h",
        ),
        ("Heures prévues d’ici la fin.", "3,5 h"),
    ]
    one_day = progress(Decimal(10), Period(date(2025, 1, 1), date(2025, 1, 2)), date(2025, 1, 2))
    assert told(one_day.explanation)[1] == (
        "Attendu au 2 janvier 2025 : 1 jour écoulé sur 1 jour d’exécution.",
        "10 h",
    )


@pytest.mark.parametrize(
    ("received_on", "said"),
    [
        pytest.param(date(2025, 6, 30), "reçu le 30 juin 2025", id="le jour du calcul"),
        pytest.param(date(2025, 7, 1), "pas reçu au 30 juin 2025", id="le lendemain"),
        pytest.param(None, "pas reçu au 30 juin 2025", id="jamais"),
    ],
)
def test_a_document_is_told(received_on, said):
    document = Document("Relevé", date(2025, 6, 12), received_on)
    result = penalties(Obligations(as_of=date(2025, 6, 30), documents=[document]))
    assert told(result.explanation)[5] == (f"Relevé, attendu le 12 juin 2025, {said}.", "18 jours de retard")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param("- 1", "Paramètre (fichier) : le fichier doit donner un paramètre par nom.", id="liste"),
        pytest.param("lucky: 1", "Paramètre deld_registered_months : absent du fichier.", id="incomplet"),
    ],
)
def test_a_file_of_parameters_that_cannot_be_read(text, said):
    with pytest.raises(ParameterError) as error:
        load(text)
    assert str(error.value).replace("\u00a0", " ") == said
