"""« Règles en vigueur »: what the product applies, said to anybody."""

from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.urls import reverse

from tests.factories import NOON
from uneplace.rules.parameters import GROUPS, PARAMETERS, Parameter
from uneplace.web.public.rules_in_force import in_words, rule_of

RULES = reverse("public:rules")
TODAY = date(2026, 6, 15)


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def read(client, db):
    def page(**query):
        return client.get(RULES, query).text.replace("\u00a0", " ")

    return page


def test_every_parameter_is_shown_with_an_anchor_its_source_and_its_last_check(read):
    page = read()
    for one in PARAMETERS.all():
        assert f'<li id="{one.name}">' in page
        assert one.citation in page
    assert "vérifié le" in page


def test_the_rules_are_told_by_subject_with_the_value_in_words(read):
    page = read()
    titles = [title.replace("\u00a0", " ") for title in GROUPS.values()]
    shown = [title for title in titles if f">{title}</h2>" in page]
    assert shown == [title for title in titles if title in shown]
    assert "Le comptage : quelles heures, combien de temps" in shown
    assert "1 600 heures par an" in page
    assert "le 12 du mois" in page


def test_what_is_to_be_confirmed_says_so_in_plain_words(read):
    page = read(q="durée pendant laquelle les heures d’une personne")
    rule = page.split('id="window_months"')[1].split("</li>")[0]
    assert "À confirmer" in rule
    assert "c’est un choix, qui reste à confirmer" in page


def test_real_contracts_are_shown_with_their_rates_and_calendars(read):
    page = read()
    for words in (
        "CCAP 21_BAM_048, 2021",
        "200 €",
        "75 €",
        "chaque trimestre",
        "500 €",
        "avant le 15 du mois",
    ):
        assert words in page


@pytest.mark.parametrize(
    ("query", "shown", "hidden"),
    [
        pytest.param({"q": "DECISION tardive"}, "", "etp_hours", id="rien ne répond"),
        pytest.param({"q": "equivalent temps"}, "etp_hours", "youth_age", id="sans accents"),
        pytest.param({"statut": "loi"}, "rights_answer_months", "etp_hours", id="par statut"),
        pytest.param({"statut": "autre"}, "etp_hours", "", id="statut inconnu, sans effet"),
    ],
)
def test_the_search_keeps_what_answers(read, query, shown, hidden):
    page = read(**query)
    assert not shown or f'id="{shown}"' in page
    assert not hidden or f'id="{hidden}"' not in page


def test_a_search_without_answer_says_what_to_do(read):
    page = read(q="zzz")
    assert "Aucune règle ne répond à cette recherche" in page
    assert "Voir toutes les règles" in page


def parameter(**values):
    dated = tuple((date.fromisoformat(day), Decimal(value)) for day, value in values.items())
    return Parameter("x", "counting", "X", "mois", dated, "Source", "", "usage", TODAY)


def test_a_value_that_changed_shows_what_it_was_and_until_when():
    rule = rule_of(parameter(**{"2000-01-01": "24", "2026-03-01": "36", "2027-01-01": "48"}), on=TODAY)
    assert rule.in_force == "36\u00a0mois"
    assert [(one.value, one.first_day, one.last_day) for one in rule.values] == [
        ("24\u00a0mois", None, date(2026, 2, 28)),
        ("36\u00a0mois", date(2026, 3, 1), date(2026, 12, 31)),
        ("48\u00a0mois", date(2027, 1, 1), None),
    ]


def test_a_value_to_come_is_not_in_force_yet():
    rule = rule_of(parameter(**{"2026-08-21": "1"}), on=TODAY)
    assert rule.in_force == ""
    assert rule_of(parameter(**{"2026-08-21": "1"}), on=date(2026, 8, 21)).in_force == "1\u00a0mois"


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        ("1", "mois", "1 mois"),
        ("1", "jours", "1 jour"),
        ("0", "jours", "0 jour"),
        ("3", "niveau", "niveau 3"),
        ("12", "jour du mois", "le 12 du mois"),
        ("0.05", "part", "5 %"),
        ("5404000", "euros hors taxes", "5 404 000 € hors taxes"),
        ("1", "oui (1) ou non (0)", "oui"),
        ("1600", "heures par an", "1 600 heures par an"),
    ],
)
def test_a_value_is_said_with_its_unit(value, unit, words):
    assert in_words(Decimal(value), unit).replace("\u00a0", " ") == words
