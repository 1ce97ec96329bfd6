from datetime import date

import pytest
from django.urls import reverse

from tests.factories import ParticipantTradeFactory, RomeJobFactory, actor_for
from tests.offers.scene import NOW, person_followed_by
from uneplace.organisations.models import Role
from uneplace.people.models import Participant

TYPED = {
    "trade_0": "F1703",
    "months_0": "18",
    "travel": "CAR",
    "travel_km": "25",
    "available_from": "2026-03-02",
    "weekly_hours_max": "30",
    "licences": ["B"],
    "schedules": ["EARLY"],
}


@pytest.fixture
def person(scene):
    return person_followed_by(scene.referrer, scene.sheet)


def address(person):
    return reverse("people:profile", args=[person.pk])


@pytest.mark.parametrize("who", ["facilitator", "referrer"])
def test_those_who_follow_a_person_fill_its_profile(as_actor, scene, person, who):
    client = as_actor(getattr(scene, who))
    assert "Remplir le profil" in client.get(person.get_absolute_url()).text

    assert client.post(address(person), TYPED).status_code == 302

    page = client.get(person.get_absolute_url()).text
    assert "Maçonnerie, 18 mois" in page
    assert "jusqu’à 25 km" in page
    assert "30\u00a0h par semaine au plus" in page
    assert "Accepte : tôt le matin" in page.replace("\u00a0", " ")
    assert 'value="F1703 – Maçonnerie"' in client.get(address(person)).text


def test_what_was_typed_stays_and_each_mistake_is_told(as_actor, scene, person):
    typed = TYPED | {"trade_1": "F1703", "months_2": "6", "travel_km": "3000", "weekly_hours_max": "0"}

    response = as_actor(scene.facilitator).post(address(person), typed)

    assert response.status_code == 422
    for words in ("Ce métier est déjà dans la liste.", "Indiquez le métier de cette expérience."):
        assert words in response.text
    assert 'value="3000"' in response.text
    assert not Participant.objects.get(pk=person.pk).profiled_at


def test_the_second_of_two_reads_that_somebody_was_first_and_keeps_what_was_typed(as_actor, scene, person):
    client = as_actor(scene.facilitator)
    client.post(address(person), TYPED | {"read_at": ""})

    response = client.post(address(person), TYPED | {"read_at": "", "months_0": "44"})

    assert response.status_code == 422
    assert "Quelqu’un d’autre vient de changer ce profil" in response.text
    assert 'value="44"' in response.text
    assert response.context["form"]["read_at"].value() == NOW.isoformat(), "sent again, knowingly, it is kept"
    assert client.post(address(person), TYPED | {"read_at": NOW.isoformat()}).status_code == 302


def test_a_reader_looks_and_a_stranger_finds_nobody(as_actor, scene, person, strangers):
    reader = actor_for(scene.referrer.organisation, Role.READER)
    assert as_actor(reader).get(address(person)).status_code == 403
    for stranger in (strangers[0], strangers[2], strangers[3], scene.employer):
        assert as_actor(stranger).get(address(person)).status_code == 404


def test_a_profile_with_more_trades_than_usual_keeps_them_all(as_actor, scene, person):
    for number in range(8):
        code = f"A110{number}"
        job = RomeJobFactory(code=code, label=f"Métier {number}", search=f"metier {number}")
        ParticipantTradeFactory(participant=person, rome=job)
    Participant.objects.filter(pk=person.pk).update(available_from=date(2026, 3, 2))

    page = as_actor(scene.facilitator).get(address(person)).text

    assert 'value="A1107 – Métier 7"' in page
