import stat
from base64 import b64encode, urlsafe_b64encode
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import ImproperlyConfigured

from uneplace.kit.crypto import Unreadable, blind_index, blind_indexes, is_current, keyring, seal, unseal
from uneplace.kit.environment import encryption_keys, new_key

OLD, NEW = b"o" * 32, b"n" * 32
PLACE = "people_participant.phone"


@pytest.fixture(autouse=True)
def one_key(settings):
    settings.ENCRYPTION_KEYS = (OLD,)


def test_a_text_comes_back_and_is_not_in_what_is_kept():
    sealed = seal("06 12 34 56 78", PLACE)

    assert "06 12" not in sealed
    assert unseal(sealed, PLACE) == "06 12 34 56 78"


def test_the_same_text_is_never_kept_the_same_way_twice():
    assert len({seal("RSA", PLACE) for _ in range(100)}) == 100


def test_nothing_stays_nothing():
    assert seal("", PLACE) == ""
    assert unseal("", PLACE) == ""


def test_a_text_moved_to_another_column_is_refused():
    with pytest.raises(Unreadable, match=r"modifiée ou déplacée \(people_participant\.email\)"):
        unseal(seal("06 12 34 56 78", PLACE), "people_participant.email")


@pytest.mark.parametrize("position", [9, 20, -3])
def test_a_text_of_which_one_sign_is_changed_is_refused(position):
    sealed = list(seal("RSA et QPV, vus le 3 mars", PLACE))
    sealed[position] = "A" if sealed[position] != "A" else "B"

    with pytest.raises(Unreadable, match="modifiée"):
        unseal("".join(sealed), PLACE)


@pytest.mark.parametrize("text", ["06 12 34 56 78", "a:b", "RSA"])
def test_a_text_that_was_never_sealed_is_refused_rather_than_shown(text):
    with pytest.raises(Unreadable, match="devrait être chiffrée"):
        unseal(text, PLACE)


def test_a_new_key_seals_and_the_old_one_still_opens(settings):
    sealed = seal("RSA", PLACE)
    settings.ENCRYPTION_KEYS = (NEW, OLD)

    assert unseal(sealed, PLACE) == "RSA"
    assert not is_current(sealed)
    assert is_current(seal("RSA", PLACE))


def test_a_missing_key_is_named_and_nothing_is_shown_as_empty(settings):
    sealed = seal("RSA", PLACE)
    missing = keyring().current.id
    settings.ENCRYPTION_KEYS = (NEW,)

    with pytest.raises(Unreadable, match=f"la clé {missing} manque. Ajoutez-la à UNEPLACE_ENCRYPTION_KEYS"):
        unseal(sealed, PLACE)


def test_a_key_never_shows_itself():
    assert "ooooo" not in repr(keyring())


def test_a_blind_index_is_the_same_for_the_same_text_and_place_only(settings):
    index = blind_index("nouria@exemple.fr", PLACE)

    assert index == blind_index("nouria@exemple.fr", PLACE)
    assert index != blind_index("nouria@exemple.com", PLACE)
    assert index != blind_index("nouria@exemple.fr", "people_participant.email")
    settings.ENCRYPTION_KEYS = (NEW, OLD)
    assert index in blind_indexes("nouria@exemple.fr", PLACE)
    assert index != blind_index("nouria@exemple.fr", PLACE)
    assert blind_indexes("", PLACE) == []


def test_a_key_is_drawn_once_and_readable_by_its_owner_alone(tmp_path):
    with ThreadPoolExecutor(8) as threads:
        drawn = {threads.submit(encryption_keys, tmp_path / "data").result() for _ in range(32)}

    assert len(drawn) == 1
    [path] = (tmp_path / "data").iterdir()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_the_keys_of_the_environment_come_first(tmp_path, monkeypatch):
    first, second = b64encode(b"\xff" * 32).decode(), urlsafe_b64encode(b"\xfe" * 32).decode()
    monkeypatch.setenv("UNEPLACE_ENCRYPTION_KEYS", f"{first}, {second}")

    assert encryption_keys(tmp_path) == (b"\xff" * 32, b"\xfe" * 32)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("text", ["secret", "c2VjcmV0", "§", ","])
def test_a_key_that_is_not_one_is_refused_with_its_remedy(tmp_path, monkeypatch, text):
    monkeypatch.setenv("UNEPLACE_ENCRYPTION_KEYS", text)

    with pytest.raises(ImproperlyConfigured, match="openssl rand -base64 32"):
        encryption_keys(tmp_path)


def test_the_same_key_twice_is_refused(tmp_path, monkeypatch):
    key = b64encode(new_key()).decode()
    monkeypatch.setenv("UNEPLACE_ENCRYPTION_KEYS", f"{key},{key}")

    with pytest.raises(ImproperlyConfigured, match="différente"):
        encryption_keys(tmp_path)
