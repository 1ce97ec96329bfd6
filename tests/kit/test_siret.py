import pytest

from uneplace.kit.siret import clean_siren, clean_siret


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param("73282932000074", id="collé"),
        pytest.param(" 732 829 320 00074 ", id="avec des espaces"),
        pytest.param("732\u202f829\u00a0320 00074", id="avec des espaces insécables"),
        pytest.param("732.829.320-00074", id="avec des points et un tiret"),
        pytest.param("SIRET : 732 829 320 00074", id="avec le mot"),
        pytest.param("７３２８２９３２００００７４", id="en chiffres pleine chasse"),
    ],
)
def test_a_siret_is_read_as_people_type_it(typed):
    assert clean_siret(typed) == "73282932000074"


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        pytest.param("", "Écrivez les 14 chiffres", id="rien"),
        pytest.param("Tournebise Construction", "Écrivez les 14 chiffres", id="un nom"),
        pytest.param("732 829 320", "vous en avez écrit 9", id="un SIREN"),
        pytest.param("73282932000075", "un de ses chiffres est sans doute faux", id="clé fausse"),
        pytest.param("0" * 14, "que des zéros", id="des zéros"),
        pytest.param("٧٣٢٨٢٩٣٢٠٠٠٠٧٤", "Écrivez les 14 chiffres", id="chiffres arabes orientaux"),
    ],
)
def test_what_is_no_siret_is_refused_with_a_reason(typed, says):
    with pytest.raises(ValueError, match=says):
        clean_siret(typed)


def test_the_establishments_of_la_poste_have_their_own_key():
    assert clean_siret("356 000 000 09075") == "35600000009075"


def test_a_siren():
    assert clean_siren("732 829 320") == "732829320"
    with pytest.raises(ValueError, match="9 chiffres"):
        clean_siren("73282932000074")
