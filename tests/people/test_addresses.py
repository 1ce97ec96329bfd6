"""Where somebody lives on the map of priority districts, and how sure that is."""

from datetime import date

import pytest
import shapely

from tests.factories import NOON, ParticipantFactory, actor_for
from tests.plugin.geocoder import feature
from uneplace.journal.queries import entries_about
from uneplace.kit.refused import Refused
from uneplace.people.addresses import locate
from uneplace.reference.models import Commune, PriorityDistrict, RuralZone

pytestmark = pytest.mark.django_db


@pytest.fixture
def district():
    return PriorityDistrict.objects.create(
        code="QN01401M",
        name="La Guérinière",
        communes=["14118"],
        west=-0.36,
        south=49.18,
        east=-0.34,
        north=49.20,
        shape=shapely.to_wkb(shapely.box(-0.36, 49.18, -0.34, 49.20)),
        drawn_on=date(2024, 12, 31),
    )


@pytest.fixture
def person(district):
    return ParticipantFactory(commune_id="14118", address="4 rue des Lilas")


def look_up(person):
    return locate(person, by=actor_for(person.service), at=NOON)


def test_an_exact_address_settles_it_and_the_journal_says_that_it_was_asked(person, geocoder, district):
    geocoder.features = [feature(-0.35, 49.19)]
    found = look_up(person)
    assert (found.in_district, found.district, found.precision) == (True, district, "ADDRESS")
    assert geocoder.asked == [
        {"q": ["4 rue des Lilas"], "citycode": ["14118"], "index": ["address"], "limit": ["1"]}
    ]
    (entry,) = entries_about(person)
    assert (entry.verb, entry.details) == ("participant.located", {"precision": "ADDRESS"})


def test_an_exact_address_elsewhere_settles_it_too(person, geocoder):
    geocoder.features = [feature(-0.40, 49.19)]
    assert look_up(person).in_district is False


@pytest.mark.parametrize(
    "features",
    [
        pytest.param([feature(-0.35, 49.19, type="street")], id="la rue seule"),
        pytest.param([feature(-0.35, 49.19, score=0.2)], id="autre chose"),
        pytest.param([feature(-0.35, 49.19, citycode="14327")], id="autre commune"),
        pytest.param([feature(-0.35, 49.19, type="municipality")], id="la commune"),
        pytest.param([], id="rien"),
    ],
)
def test_what_is_less_than_an_address_leaves_it_to_be_checked(person, geocoder, features):
    geocoder.features = features
    assert look_up(person).in_district is None


def test_where_no_district_lies_the_commune_is_enough(person, geocoder):
    person.commune = Commune.objects.get(pk="14366")
    RuralZone.objects.create(commune=person.commune, level="FRR", listed_on=date(2025, 1, 1))
    found = look_up(person)
    assert (found.in_district, found.precision, found.zone.level) == (False, "COMMUNE", "FRR")


@pytest.mark.parametrize("status", [500, 404, 429])
def test_a_geocoder_that_fails_is_told_and_one_goes_on(person, geocoder, status):
    geocoder.status = status
    found = look_up(person)
    assert (found.in_district, found.precision) == (None, "COMMUNE")
    assert "ne répond pas" in found.reason


def test_nothing_leaves_when_no_geocoder_is_named(person):
    assert "n’interroge pas" in look_up(person).reason


def test_without_an_address_nothing_is_asked(person, geocoder):
    person.address = ""
    assert "pas renseignée" in look_up(person).reason
    assert geocoder.asked == []


def test_without_a_commune_or_a_map_it_says_why(person):
    person.commune = None
    PriorityDistrict.objects.all().delete()
    with pytest.raises(Refused) as refusal:
        look_up(person)
    assert [reason.split("\u00a0")[0] for reason in refusal.value.reasons] == [
        "La commune de la personne n’est pas renseignée",
        "Aucune carte des quartiers prioritaires n’est chargée sur cette installation.",
    ]
