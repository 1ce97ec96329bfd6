from io import StringIO

import psycopg
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection

from tests.factories import (
    ApplicationFactory,
    DecisionProofFactory,
    EligibilityDecisionFactory,
)
from uneplace.kit import sealing
from uneplace.kit.crypto import Unreadable, keyring
from uneplace.kit.environment import encryption_keys, write_keys
from uneplace.kit.scope import working_with
from uneplace.people.models import EligibilityDecision, Participant

OLD, NEW = b"o" * 32, b"n" * 32
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def old_key(settings, tmp_path):
    settings.DATA = tmp_path
    write_keys(tmp_path, [OLD])
    settings.ENCRYPTION_KEYS = (OLD,)


@pytest.fixture
def people(monkeypatch):
    monkeypatch.setattr(sealing, "BATCH", 7)
    found = [
        ApplicationFactory(
            message="Sort de détention",
            participant__phone=f"06 00 00 00 {n:02}",
            participant__email=f"p{n}@exemple.fr",
        ).participant
        for n in range(20)
    ]
    for person in found:
        DecisionProofFactory(decision=EligibilityDecisionFactory(participant=person))
    return found


def rotate(**options):
    out = StringIO()
    with working_with([]):  # a command starts with no service in scope
        call_command("rotate_keys", stdout=out, **options)
    return out.getvalue()


def test_after_a_new_key_everything_opens_without_the_old_one(settings, people):
    name = default_storage.save("cv/a.pdf", ContentFile(b"Nouria"))

    said = rotate(new_key=True)

    new, old = settings.ENCRYPTION_KEYS
    assert old == OLD
    assert encryption_keys(settings.DATA) == (new, OLD)
    assert "personne : 20 ligne(s) rechiffrée(s)" in said
    assert "fichiers : 1 rechiffré(s)" in said
    assert "Plus rien n’utilise" in said
    settings.ENCRYPTION_KEYS = (new,)
    assert [person.phone for person in Participant.objects.order_by("pk")] == [one.phone for one in people]
    assert {row.main_ground for row in EligibilityDecision.objects.all()} == {"RSA"}
    assert Participant.objects.with_contact("06 00 00 00 11").get() == people[11]
    assert Participant.objects.with_contact("p12@exemple.fr").get() == people[12]
    with default_storage.open(name) as file:
        assert file.read() == b"Nouria"
    assert sealing.faults() == []


def test_the_old_key_is_forgotten_only_when_asked_for(settings, people):
    rotate(new_key=True)
    said = rotate(forget=True)

    assert "Clé(s) retirée(s)" in said
    assert len(encryption_keys(settings.DATA)) == 1
    assert encryption_keys(settings.DATA)[0] != OLD


def test_the_old_key_is_not_forgotten_in_the_same_go_as_a_new_one_is_drawn(settings, people):
    with pytest.raises(CommandError, match="l’une après l’autre"):
        rotate(new_key=True, forget=True)
    assert encryption_keys(settings.DATA) == (OLD,), "nothing was drawn either"


def test_the_old_key_is_not_forgotten_while_the_site_runs(settings, people):
    rotate(new_key=True)
    place = connection.settings_dict
    with psycopg.connect(
        dbname=place["NAME"],
        user=place["USER"],
        password=place["PASSWORD"],
        host=place["HOST"],
        port=place["PORT"],
    ):
        with pytest.raises(CommandError, match="Le site tourne encore"):
            rotate(forget=True)
        assert OLD in encryption_keys(settings.DATA)


def test_a_rotation_that_was_stopped_goes_on_with_the_rest(settings, people):
    settings.ENCRYPTION_KEYS = (NEW, OLD)
    assert next(sealing.seal_anew(Participant)) == 7  # then the machine stopped

    assert "personne : 13 ligne(s) rechiffrée(s)" in rotate()
    assert "personne : 0 ligne(s) rechiffrée(s)" in rotate()


def test_what_somebody_changes_meanwhile_is_not_overwritten(settings, people):
    settings.ENCRYPTION_KEYS = (NEW, OLD)
    batches = sealing.seal_anew(Participant)
    next(batches)
    Participant.objects.filter(pk=people[15].pk).update(phone="07 11 11 11 11")
    for _ in batches:
        pass

    assert Participant.objects.get(pk=people[15].pk).phone == "07 11 11 11 11"


def test_a_key_that_is_missing_stops_everything_and_says_which(settings, people):
    missing = keyring().current.id
    settings.ENCRYPTION_KEYS = (NEW,)

    with pytest.raises(Unreadable, match=f"n° {people[0].pk} : .*{missing} manque|{missing} manque"):
        rotate()
    assert any(f"La clé {missing} manque" in fault for fault in sealing.faults())


def test_keys_of_the_environment_are_changed_by_whoever_gave_them(monkeypatch):
    monkeypatch.setenv("UNEPLACE_ENCRYPTION_KEYS", "…")

    with pytest.raises(CommandError, match="UNEPLACE_ENCRYPTION_KEYS"):
        rotate(new_key=True)


def test_check_tells_files_in_clear_and_rotation_seals_them(settings):
    settings.MEDIA_ROOT.mkdir(parents=True)
    (settings.MEDIA_ROOT / "ancien.pdf").write_bytes(b"%PDF")

    with pytest.raises(CommandError, match=r"1 fichier\(s\) ne sont pas chiffrés : lancez"):
        call_command("check", stdout=StringIO())
    rotate()
    assert sealing.faults() == []


def test_a_row_that_was_tampered_with_is_named(settings, people):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE people_participant SET phone = email WHERE id = %s", [people[3].pk])
    settings.ENCRYPTION_KEYS = (NEW, OLD)

    with pytest.raises(Unreadable, match=f"people_participant n° {people[3].pk}"):
        rotate()
