from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from tests.factories import ParticipantFactory, ParticipantTradeFactory, RomeJobFactory, actor_for
from tests.offers.scene import NOW
from uneplace.journal.models import Entry
from uneplace.kit.refused import Refused
from uneplace.people.models import Participant
from uneplace.people.profiles import Profile, fill_profile
from uneplace.rights.erasing import anonymise, spare

pytestmark = pytest.mark.django_db
MASON = Profile(
    licences=("B",),
    schedules=("EARLY",),
    travel="CAR",
    travel_km=25,
    available_from=date(2026, 3, 2),
    weekly_hours_max=Decimal(35),
    trades={"F1703": 18},
)


@pytest.fixture
def person():
    RomeJobFactory()
    return ParticipantFactory()


@pytest.fixture
def facilitator(person):
    return actor_for(person.service)


def test_a_profile_is_written_whole_and_the_journal_keeps_none_of_it(person, facilitator):
    fill_profile(person, MASON, read_at=None, by=facilitator, at=NOW)

    person = Participant.objects.get(pk=person.pk)
    assert (person.licences, person.schedules, person.travel, person.travel_km) == (
        ["B"],
        ["EARLY"],
        "CAR",
        25,
    )
    assert (person.available_from, person.weekly_hours_max, person.profiled_at) == (
        date(2026, 3, 2),
        Decimal(35),
        NOW,
    )
    assert [(trade.rome_id, trade.months) for trade in person.trades.all()] == [("F1703", 18)]
    assert Entry.objects.get(verb="participant.profiled").details == {"trades": 1}


def test_trades_are_those_of_the_last_profile(person, facilitator):
    RomeJobFactory(code="A1203", label="Espaces verts", search="espaces verts")
    fill_profile(person, MASON, read_at=None, by=facilitator, at=NOW)

    later = replace(MASON, trades={"A1203": None, "F1703": 20})
    fill_profile(person, later, read_at=NOW, by=facilitator, at=NOW)
    assert dict(person.trades.values_list("rome", "months")) == {"A1203": None, "F1703": 20}
    fill_profile(person, replace(MASON, trades={}), read_at=NOW, by=facilitator, at=NOW)
    assert not person.trades.exists()


def test_the_second_of_two_is_told_and_changes_nothing(person, facilitator):
    fill_profile(person, MASON, read_at=None, by=facilitator, at=NOW)

    with pytest.raises(Refused, match="Quelqu’un d’autre"):
        fill_profile(person, Profile(trades={}), read_at=None, by=facilitator, at=NOW)
    assert person.trades.count() == 1


@pytest.mark.parametrize(
    "changes, reason",
    [
        pytest.param({"available_from": date(2062, 3, 2)}, "vérifiez l’année", id="an de trop"),
        pytest.param({"travel": ""}, "moyen de déplacement", id="un trajet sans moyen"),
    ],
)
def test_what_makes_no_sense_is_refused(person, facilitator, changes, reason):
    with pytest.raises(Refused, match=reason):
        fill_profile(person, replace(MASON, **changes), read_at=None, by=facilitator, at=NOW)
    assert not Entry.objects.filter(verb="participant.profiled").exists()


def test_the_database_refuses_nonsense(person):
    ParticipantTradeFactory(participant=person)
    with pytest.raises(IntegrityError), transaction.atomic():
        ParticipantTradeFactory(participant=person)
    for nonsense in ({"travel_km": 301}, {"weekly_hours_max": Decimal(49)}, {"weekly_hours_max": Decimal(0)}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Participant.objects.filter(pk=person.pk).update(**nonsense)


@pytest.mark.parametrize("erase", [anonymise, spare])
def test_a_profile_goes_with_what_no_duty_keeps(person, facilitator, erase):
    fill_profile(person, MASON, read_at=None, by=facilitator, at=NOW)

    erase(person, by=facilitator, at=NOW)

    person = Participant.objects.get(pk=person.pk)
    assert (person.schedules, person.travel, person.travel_km) == ([], "", None)
    assert (person.available_from, person.weekly_hours_max, person.profiled_at) == (None, None, None)
    assert not person.trades.exists()
