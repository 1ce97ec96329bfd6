"""What people read when a fact is wrong: each sentence, whole, since it is all that they have to mend it."""

from datetime import date
from decimal import Decimal

import pytest

from tests.rules.counted import EXECUTION, line, placement, policy
from tests.rules.plain_cases import told
from tests.rules.sized import BANDS, JUNE, invoiced, years
from tests.rules.strategies import ORIGIN
from uneplace.rules import checks
from uneplace.rules.allocation import GivenOut, Target, Worked
from uneplace.rules.answer_day import answer_day
from uneplace.rules.calendar import calendars, working_days
from uneplace.rules.counting import Placement, count
from uneplace.rules.dates import Period, add_months, age_on, check_closed
from uneplace.rules.eligibility import Situation, eligibility
from uneplace.rules.errors import FactError
from uneplace.rules.hours_due import Actions, Bands, Event, Fixed, LabourShare, Share, hours_due
from uneplace.rules.numbers import in_hundredths, largest_remainder
from uneplace.rules.penalties import Document
from uneplace.rules.progress import progress

NOT_A_DAY = date(2025, 3, 2)
CASES = {"hours": ("hours_due FIXED", ("hours",)), "as_of": ("penalties", ("as_of",))}


def sentence(call):
    with pytest.raises(FactError) as error:
        call()
    return str(error.value).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("check", "value", "reason"),
    [
        ("number", "1", "un nombre décimal est attendu."),
        ("number", True, "un nombre décimal est attendu."),
        ("number", Decimal("Infinity"), "un nombre fini est attendu."),
        ("number", -1, "la valeur ne peut pas être négative."),
        ("positive", 0, "la valeur doit être supérieure à zéro."),
        ("positive", -1, "la valeur ne peut pas être négative."),
        ("share", Decimal("1.01"), "la valeur doit être comprise entre 0 et 1."),
        ("share", -1, "la valeur ne peut pas être négative."),
        ("hours", Decimal("0.001"), "deux décimales au plus sont attendues."),
        ("hours", -1, "la valeur ne peut pas être négative."),
        ("whole", Decimal(1), "un nombre entier est attendu."),
        ("whole", -1, "la valeur ne peut pas être négative."),
        ("day", "2025-01-01", "une date est attendue."),
        ("month", NOT_A_DAY, "un mois est attendu, donné par son premier jour."),
        ("month", None, "une date est attendue."),
        ("flag", 1, "oui ou non est attendu."),
        ("code", 1, "un code est attendu."),
        ("codes", "RSA", "une liste de codes est attendue."),
        ("codes", [1], "un code est attendu."),
    ],
)
def test_each_check_says_what_it_expects_and_where(check, value, reason):
    asked = getattr(checks, f"check_{check}")
    assert sentence(lambda: asked("hours", value)) == f"Heures (hours) : {reason}"
    assert sentence(lambda: asked("hours", value, about="l7")) == f"Heures (hours), l7 : {reason}"


def test_a_choice_lists_what_is_known():
    expected = "Nature (kind), p1 : valeur inconnue, attendu : A, B."
    assert sentence(lambda: checks.check_choice("kind", "C", ("A", "B"), about="p1")) == expected
    assert sentence(lambda: checks.check_choice("kind", None, ("A", "B"), about="p1")) == expected


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        (lambda: Period(ORIGIN, ORIGIN), "Fin de la période (end) : la fin doit être après le début."),
        (lambda: Period("2025", None), "Début de la période (start) : une date est attendue."),
        (lambda: Period(ORIGIN, "2025"), "Fin de la période (end) : une date est attendue."),
        (lambda: Period(ORIGIN).last_limit, "Fin de la période (end) : une fin de période est nécessaire."),
        (
            lambda: check_closed("period", Period(ORIGIN)),
            "Période (period) : une fin de période est nécessaire.",
        ),
        (
            lambda: check_closed("period", None),
            "Période (period) : une période est attendue, du premier jour au lendemain du dernier.",
        ),
        (
            lambda: add_months(ORIGIN, 10**6),
            "Nombre de mois (months) : le nombre de mois mène hors du calendrier.",
        ),
        (
            lambda: age_on(date(2025, 6, 2), date(2025, 6, 1)),
            "Date de naissance (born_on) : la date de naissance est postérieure à la date examinée.",
        ),
        (
            lambda: eligibility(Situation(born_on=date(2025, 6, 2)), on=date(2025, 6, 1)),
            "Date de naissance (born_on) : la date de naissance est postérieure à la date examinée.",
        ),
        (
            lambda: working_days(Period(ORIGIN)),
            "Fin de la période (end) : une période sans fin n’a pas de nombre de jours.",
        ),
        (
            lambda: policy(holiday_zone="Corse"),
            f"Zone de jours fériés (holiday_zone) : zone inconnue, attendu : {', '.join(calendars())}.",
        ),
        (lambda: in_hundredths(Decimal("0.001")), "Heures (hours) : deux décimales au plus sont attendues."),
        (
            lambda: largest_remainder(Decimal(1), [0]),
            "Poids de la répartition (weights) : des poids positifs, non tous nuls, sont attendus.",
        ),
        (
            lambda: progress(Decimal(1), Period(ORIGIN), ORIGIN),
            "Période d’exécution (execution) : une fin d’exécution est nécessaire.",
        ),
        (lambda: answer_day("2025-01-01"), "Jour de la demande (asked_on) : une date est attendue."),
    ],
)
def test_days_and_numbers(call, expected):
    assert sentence(call) == expected


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        (
            lambda: hours_due(Fixed(Decimal(1)), events=[Event(JUNE, "TRANCHE", {})]),
            "Date d’arrêté (as_of) : une date est nécessaire pour appliquer des événements.",
        ),
        (
            lambda: hours_due(Fixed(Decimal(1)), events=[Event(JUNE, "TRANCHE", {})], as_of="2025"),
            "Date d’arrêté (as_of) : une date est attendue.",
        ),
        (
            lambda: hours_due(Fixed(Decimal(1)), events=[Event(JUNE, "TRANCHE", {"amount": 1})], as_of=JUNE),
            "Changements de l’événement (changes) : la méthode de calcul n’a pas de donnée « amount ».",
        ),
        (
            lambda: Event(JUNE, "TRANCHE", None),
            "Changements de l’événement (changes) : les données changées sont attendues, par leur nom.",
        ),
        (
            lambda: hours_due(Fixed(Decimal(1)), shares=[Share("A", Decimal("0.5"))]),
            "Parts (shares) : la somme des parts doit être exactement 1.",
        ),
        (
            lambda: hours_due(Actions(1), shares=[Share("A", Decimal(1))]),
            "Parts (shares) : un nombre d’actions ne se partage pas.",
        ),
        (lambda: Share("A", Decimal(2)), "Part (share), A : la valeur doit être comprise entre 0 et 1."),
        (
            lambda: hours_due(Bands(Decimal(900000), BANDS[:2])),
            "Barème (bands) : aucune tranche du barème pour 900 000 €.",
        ),
        (lambda: Bands(Decimal(1), "barème"), "Barème (bands) : une liste est attendue."),
        (
            lambda: Bands(Decimal(1), [1]),
            "Barème (bands) : la liste contient un élément d’une autre nature.",
        ),
        (
            lambda: invoiced(orders=()).__class__(slice=1, hours_per_slice=1, as_of=None),
            "Date d’arrêté (as_of) : une date est attendue.",
        ),
        (lambda: years(ORIGIN, None), "Période (period) : une fin de période est nécessaire."),
        (
            lambda: LabourShare(Decimal(1), Decimal(1), Decimal(1), Decimal(0)),
            "Coût horaire (hourly_cost) : la valeur doit être supérieure à zéro.",
        ),
    ],
)
def test_sizing(call, expected):
    assert sentence(call) == expected


def counted(*lines, placements=()):
    return lambda: count(policy(), [], [placement(), *placements], lines)


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        (
            counted(line(), line()),
            "Lignes d’heures (lines), l1 : deux lignes pour le même mois du même contrat de travail.",
        ),
        (
            lambda: count(policy(), [], [], [line()]),
            "Contrat de travail (placement), l1 : contrat de travail inconnu, p1.",
        ),
        (
            counted(placements=[placement()]),
            "Contrats de travail (placements) : deux contrats de travail ont le même identifiant.",
        ),
        (
            lambda: line(hours="1", training="2"),
            "Heures de formation (training_hours), l1 : plus d’heures de formation que d’heures.",
        ),
        (
            lambda: line(month=NOT_A_DAY),
            "Mois (month), l1 : un mois est attendu, donné par son premier jour.",
        ),
        (
            lambda: line(on_operation=1),
            "Heures faites sur l’opération (on_operation), l1 : oui ou non est attendu.",
        ),
        (lambda: line(globalised=1), "Heures globalisées (globalised), l1 : oui ou non est attendu."),
        (
            lambda: line(training="-1"),
            "Heures de formation (training_hours), l1 : la valeur ne peut pas être négative.",
        ),
        (lambda: Placement("p1", 1, "DIRECT", EXECUTION), "Nature (kind), p1 : un code est attendu."),
        (lambda: Placement("p1", "CDD", 1, EXECUTION), "Modalité (modality), p1 : un code est attendu."),
    ],
)
def test_counting(call, expected):
    assert sentence(call) == expected


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        (
            lambda: Worked("p1", NOT_A_DAY, Decimal(1)),
            "Mois (month), p1 : un mois est attendu, donné par son premier jour.",
        ),
        (
            lambda: Worked("p1", ORIGIN, Decimal(-1)),
            "Heures (hours), p1 : la valeur ne peut pas être négative.",
        ),
        (lambda: Worked(1, ORIGIN, Decimal(1)), "Contrat de travail (placement) : un code est attendu."),
        (
            lambda: GivenOut(1, ORIGIN, "c", Decimal(1)),
            "Contrat de travail (placement) : un code est attendu.",
        ),
        (
            lambda: GivenOut("p1", NOT_A_DAY, "c", Decimal(1)),
            "Mois (month), p1 : un mois est attendu, donné par son premier jour.",
        ),
        (lambda: GivenOut("p1", ORIGIN, 1, Decimal(1)), "Engagement (commitment), p1 : un code est attendu."),
        (
            lambda: GivenOut("p1", ORIGIN, "c", Decimal(-1)),
            "Heures (hours), p1 : la valeur ne peut pas être négative.",
        ),
        (
            lambda: Target("c1", Decimal(-1), EXECUTION),
            "Poids (weight), c1 : la valeur ne peut pas être négative.",
        ),
        (lambda: Document(1, ORIGIN), "Nom (name) : un code est attendu."),
        (lambda: Document("Relevé", None), "Date d’échéance (due_on), Relevé : une date est attendue."),
        (
            lambda: Document("Relevé", ORIGIN, 1),
            "Date de réception (received_on), Relevé : une date est attendue.",
        ),
    ],
)
def test_months_shared_and_documents(call, expected):
    assert sentence(call) == expected


@pytest.mark.parametrize(
    ("fact", "value", "expected"),
    [
        ("hours", 1.5, "Heures (hours) : un nombre à virgule s’écrit entre guillemets, avec un point."),
        ("hours", "9" * 61, "Heures (hours) : un nombre de 60 signes au plus est attendu."),
        ("hours", "1,5", 'Heures (hours) : un nombre décimal est attendu, par exemple "151.67".'),
        (
            "as_of",
            "2025-02-30",
            "Date d’arrêté (as_of) : une date du calendrier est attendue, écrite AAAA-MM-JJ.",
        ),
    ],
)
def test_values_of_a_file(fact, value, expected):
    assert told(*CASES[fact], value)["error"].replace("\u00a0", " ") == expected


@pytest.mark.parametrize(
    ("name", "path", "value", "expected"),
    [
        ("hours_due ACTIONS", ("actions",), "1.5", "Actions (actions) : un nombre entier est attendu."),
        ("exit_category", ("kind",), 1, "Nature (kind) : un texte est attendu."),
        (
            "penalties",
            ("per_document",),
            1,
            "Pénalité par document (per_document) : true ou false est attendu.",
        ),
        ("allocation", ("month",), "2025-13", "Mois (month) : un mois est attendu, écrit AAAA-MM."),
        (
            "counting",
            ("policy",),
            [],
            "Politique de comptage (policy) : un objet est attendu, avec ses faits entre accolades.",
        ),
        ("counting", ("lines",), {}, "Lignes d’heures (lines) : une liste est attendue."),
        (
            "counting",
            ("lines",),
            [1],
            "Lignes d’heures (lines), Lignes d’heures (lines) n° 1 : "
            "un objet est attendu, avec ses faits entre accolades.",
        ),
        (
            "allocation",
            ("placement_period",),
            [],
            "Période du contrat de travail (placement_period) : "
            "deux dates sont attendues, le début et la fin exclue.",
        ),
        (
            "allocation",
            ("placement_period",),
            ["2025-01-02", "2025-01-01"],
            "Période du contrat de travail (placement_period) : la fin doit être après le début.",
        ),
        (
            "hours_due",
            ("events", 0, "changes"),
            {"slice": 1},
            "Changements de l’événement (changes), Événements (events) n° 1 : "
            "la méthode de calcul n’a pas de donnée « slice ».",
        ),
    ],
)
def test_facts_of_a_file(name, path, value, expected):
    assert told(name, path, value)["error"].replace("\u00a0", " ") == expected
