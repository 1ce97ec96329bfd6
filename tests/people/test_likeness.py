"""Two files that are probably one person's, and those that only look alike."""

from datetime import date

import pytest

from uneplace.people.likeness import Known, Reason, likeness, near_days, slips

BORN = date(1990, 3, 5)
NOVEMBER = date(1990, 11, 5)


def known(first, last, born_on=BORN, **more):
    return Known(first, last, born_on, **more)


SURE = [
    pytest.param(known("Zoé", "Le Goff"), known("ZOE", "LEGOFF"), id="accents, majuscules, espace"),
    pytest.param(known("Jean-Marc", "Roux"), known("Jean Marc", "Roux"), id="trait d’union"),
    pytest.param(known("Ana", "de la Tour"), known("Ana", "Tour"), id="particule"),
    pytest.param(known("Ana", "Cœur"), known("Ana", "Coeur"), id="œ en deux lettres"),
    pytest.param(known("Marie", "Durand"), known("Durand", "Marie"), id="nom et prénom intervertis"),
    pytest.param(
        known("Marie", "Durand", phone="a"), known("Marie", "Durant", phone="a"), id="faute et même téléphone"
    ),
]
TO_CHECK = [
    pytest.param(known("Marie", "Durand"), known("Marie", "Duradn"), id="deux lettres interverties"),
    pytest.param(known("Marie", "Durand"), known("Marie", "Durrand"), id="lettre doublée"),
    pytest.param(known("Marie", "Durand"), known("Durant", "Marie"), id="intervertis, avec une faute"),
    pytest.param(known("Ana", "Martin-Dupont"), known("Ana", "Martin"), id="nom composé en partie"),
    pytest.param(
        known("Paul", "Petit"), known("Paul", "Petit", date(1990, 5, 3)), id="jour et mois intervertis"
    ),
    pytest.param(
        known("Paul", "Petit"), known("Paul", "Petit", date(1980, 3, 5)), id="un chiffre de l’année"
    ),
    pytest.param(
        known("Paul", "Petit", None, email="a"), known("Paul", "Petti", email="a"), id="même adresse, faute"
    ),
    pytest.param(
        known("Paul", "Petit", phone="a"),
        known("Paul", "Petit", date(1971, 12, 28), phone="a"),
        id="même nom et même téléphone, autre date",
    ),
    pytest.param(
        known("Dominique", "Petit", sex="F"), known("Dominique", "Petit", sex="M"), id="sexe différent"
    ),
    pytest.param(
        known("Louis", "Petit", sex="M"), known("Louise", "Petit", sex="F"), id="jumeaux presque homonymes"
    ),
]
TWO_PEOPLE = [
    pytest.param(known("Paul", "Petit"), known("Jeanne", "Petit"), id="jumeaux"),
    pytest.param(
        known("Paul", "Petit", phone="a"), known("Luc", "Petit", phone="a"), id="frères, un téléphone"
    ),
    pytest.param(known("Léa", "Bois"), known("Lia", "Bois"), id="prénoms courts"),
    pytest.param(known("Paul", "Petit"), known("Paul", "Petit", None), id="homonymes sans date ni contact"),
    pytest.param(known("Paul", "Petit"), known("Paul", "Petit", date(1971, 12, 28)), id="homonymes"),
    pytest.param(known("Marie", "Durand"), known("Maria", "Durant"), id="deux fautes à la fois"),
    pytest.param(
        known("Paul", "Petit"), known("Paul", "Petti", date(1980, 3, 5)), id="une faute, un chiffre"
    ),
    pytest.param(known("Paul", "Petit"), known("Paul", "Garnier"), id="même jour, même prénom"),
    pytest.param(known("李", "王"), known("張", "陳"), id="autre écriture"),
]


@pytest.mark.parametrize(("one", "other"), SURE)
def test_nothing_but_the_writing_tells_them_apart(one, other):
    assert likeness(one, other).is_sure
    assert likeness(other, one) == likeness(one, other)


@pytest.mark.parametrize(("one", "other"), TO_CHECK)
def test_probably_one_person_and_to_be_checked(one, other):
    assert not likeness(one, other).is_sure
    assert likeness(other, one) == likeness(one, other)


@pytest.mark.parametrize(("one", "other"), TWO_PEOPLE)
def test_two_people(one, other):
    assert likeness(one, other) is None
    assert likeness(other, one) is None


def test_each_proposal_says_why_in_french():
    found = likeness(known("Marie", "Durand"), known("Durand", "Marie"))
    assert found.reasons == (Reason.SAME_BIRTH, Reason.SWAPPED_NAME)
    assert found.words == "même date de naissance\u00a0; nom et prénom intervertis"


def test_the_days_that_a_slip_makes_of_another_exist_and_hold_the_swapped_one():
    days = near_days(NOVEMBER)
    assert {NOVEMBER, date(1990, 5, 11), date(1990, 12, 5), date(2990, 11, 5)} <= set(days)
    assert date(1990, 11, 7) in days
    assert len(days) == len(set(days)) < 72
    assert near_days(date(2024, 2, 29))


@pytest.mark.parametrize(
    ("one", "other", "is_slip"),
    [
        ("martin", "matrin", True),
        ("martin", "marti", True),
        ("martin", "maartin", True),
        ("martin", "mertin", True),
        ("martin", "martin", False),
        ("martin", "matrni", False),
        ("martin", "mart", False),
    ],
)
def test_one_letter_is_a_slip_and_two_are_not(one, other, is_slip):
    assert slips(one, other) is is_slip
    assert slips(other, one) is is_slip
