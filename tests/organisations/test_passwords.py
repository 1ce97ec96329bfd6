import pytest
from django.conf import settings
from django.contrib.auth.hashers import get_hasher
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import override_settings

from uneplace.organisations.models import User
from uneplace.organisations.passwords import Argon2id, breached

CAMILLE = User(email="camille.essai@exemple.fr", first_name="Camille", last_name="Essai-Dupontel")


@pytest.mark.parametrize(
    "password",
    [
        pytest.param("quatre mots sans lien entre eux", id="a sentence"),
        pytest.param("tasse cheval vitre bleu", id="words, no figure, no capital"),
        pytest.param("Yb7-kq2!vZ0w;Lm", id="drawn at random, fifteen signs"),
        pytest.param("poire montagne 1998 azerty", id="one row of keys among words"),
        pytest.param("l’été à Bénouville, pluie", id="accents"),
        pytest.param("Camille mange des noix vertes", id="one's name among words"),
        pytest.param("絵文字は楽しいですよねそう思いません", id="another script"),
    ],
)
def test_a_good_password_is_let_in(password):
    validate_password(password, user=CAMILLE)


@pytest.mark.parametrize(
    "password, reason",
    [
        pytest.param("quatorze signe", "trop court", id="fourteen signs"),
        pytest.param("passwordpassword", "mots de passe volés", id="in a leak"),
        pytest.param("PASSWORDpassword", "mots de passe volés", id="in a leak, in capitals"),
        pytest.param("1q2w3e4r5t6y7u8i", "mots de passe volés", id="in a leak, keys"),
        pytest.param("Sunshine2024Dragon!", "très répandus", id="two common passwords and figures"),
        pytest.param("princess1234567890", "très répandus", id="a common password and figures"),
        pytest.param("aaaaaaaaaaaaaaaaaa", "répétition", id="one sign repeated"),
        pytest.param("abcabcabcabcabcabc", "répétition", id="a group repeated"),
        pytest.param("azertyuiopqsdfghjklm", "touches", id="rows of a French keyboard"),
        pytest.param("mlkjhgfdsqpoiuytreza", "touches", id="rows, backwards"),
        pytest.param("12345678901234567890", "volés|touches", id="a series of figures"),
        pytest.param("camille.essai@exemple.fr", "semblable", id="one's address"),
        pytest.param("CamilleDupontel2026", "semblable", id="one's names and a year"),
        pytest.param("uneplace-Insertion-26", "semblable", id="the service's name"),
    ],
)
def test_a_bad_password_is_refused_with_the_reason(password, reason):
    with pytest.raises(ValidationError, match=reason):
        validate_password(password, user=CAMILLE)


def test_the_list_is_shipped_without_the_passwords():
    assert len(breached()) == 3556
    assert all(len(line) == 16 and int(line, 16) >= 0 for line in breached())


def test_passwords_are_kept_by_argon2id_with_stated_parameters():
    with override_settings(PASSWORD_HASHERS=["uneplace.organisations.passwords.Argon2id"]):
        kept = get_hasher().encode("quatre mots sans lien entre eux", "uneplacesel12")
    assert kept.startswith("argon2$argon2id$v=19$m=65536,t=3,p=4$")
    assert Argon2id().verify("quatre mots sans lien entre eux", kept)


def test_the_site_uses_them():
    from config import settings as real

    assert real.PASSWORD_HASHERS == ["uneplace.organisations.passwords.Argon2id"]
    assert settings.AUTH_PASSWORD_VALIDATORS == real.AUTH_PASSWORD_VALIDATORS
