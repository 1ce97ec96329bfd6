"""« Situer l’adresse sur la carte », while one decides: what the map says, and nothing typed is lost."""

from datetime import date

import pytest
import shapely
from django.urls import reverse

from tests.offers.scene import person_followed_by
from tests.plugin.geocoder import feature
from uneplace.people.models import EligibilityDecision
from uneplace.reference.models import PriorityDistrict


@pytest.fixture
def person(scene):
    PriorityDistrict.objects.create(
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
    return person_followed_by(
        scene.referrer, scene.sheet, commune_id="14118", address="4 rue des Lilas", last_name="Aubier"
    )


@pytest.fixture
def look_up(as_actor, scene, person):
    def post(**typed):
        url = reverse("people:decide", args=[person.pk])
        return as_actor(scene.facilitator).post(url, {"situer": "1", "job_seeker": "oui"} | typed)

    return post


def test_an_exact_address_answers_for_one_and_keeps_what_was_typed(look_up, geocoder):
    geocoder.features = [feature(-0.35, 49.19)]
    page = look_up(reason="À revoir en mars")
    text = page.content.decode().replace("\u00a0", " ")
    assert "Dans le quartier La Guérinière (QN01401M)" in text
    assert "D’après l’adresse exacte" in text
    assert "31 décembre 2024" in text
    assert "À revoir en mars" in text
    assert page.context["form"]["lives_in_qpv"].value() == "oui"
    assert [row.ground for row in page.context["form"].rows] == ["QPV"]
    assert not EligibilityDecision.objects.exists()


def test_what_somebody_answered_is_left(look_up, geocoder):
    geocoder.features = [feature(-0.35, 49.19)]
    page = look_up(lives_in_qpv="non")
    assert page.context["form"]["lives_in_qpv"].value() == "non"


def test_without_a_sure_point_nobody_is_answered_for(look_up):
    page = look_up()
    assert "À vérifier : la commune a un quartier prioritaire" in page.content.decode().replace("\u00a0", " ")
    assert page.context["form"]["lives_in_qpv"].value() in (None, "")


def test_without_a_map_it_says_so(look_up):
    PriorityDistrict.objects.all().delete()
    assert "Aucune carte des quartiers prioritaires" in look_up().content.decode()
