"""The screens of the follow-up in job: who makes a point, who reads its words, what a break leaves."""

import pytest
from django.urls import reverse

from tests.factories import (
    NOON,
    AllocationFactory,
    FollowUpFactory,
    OrganisationFactory,
    actor_for,
)
from uneplace.hours.follow_ups import break_placement, make_follow_up
from uneplace.hours.models import Break, FollowUp
from uneplace.journal.models import Entry
from uneplace.web.home.agenda import nav_counts
from uneplace.web.hours.todos import work_items

pytestmark = pytest.mark.django_db

SAID = {"means": "PHONE", "attendance": "WELL", "integration": "HARD", "skills": "WATCH"}
WORDS = "Le bus passe trop tard."


@pytest.fixture
def follow_up():
    lender = OrganisationFactory(employer=True)
    return FollowUpFactory(placement=AllocationFactory(placement__employer=lender).placement)


def signed_in(client, actor):
    client.force_login(actor.user)
    return client


def url_of(follow_up):
    return reverse("hours:follow_up", args=[follow_up.pk])


def test_a_point_is_made_then_read_with_its_words_masked(client, follow_up):
    signed_in(client, actor_for(follow_up.service))
    page = client.post(url_of(follow_up), SAID | {"note": WORDS}, follow=True).content.decode()
    assert "Point enregistré." in page
    assert "En difficulté" in page
    assert WORDS not in page
    made = client.get(url_of(follow_up)).content.decode()
    assert "Ce qui s’est dit est masqué" in made
    assert WORDS not in made
    read = client.post(reverse("hours:follow_up_words", args=[follow_up.pk])).content.decode()
    assert WORDS in read
    assert Entry.objects.get(verb="note.read").about_id == follow_up.placement.participant_id


def test_what_is_missing_is_said_and_what_was_typed_stays(client, follow_up):
    signed_in(client, actor_for(follow_up.service))
    page = client.post(url_of(follow_up), {"note": WORDS})
    assert page.status_code == 422
    assert page.content.decode().count("Choisissez une réponse.") >= 4
    assert WORDS in page.content.decode()
    assert not FollowUp.objects.exclude(done_at=None).exists()


def test_the_company_never_reads_it(client, follow_up):
    company = actor_for(follow_up.placement.allocations.get().commitment.company)
    signed_in(client, company)
    assert client.get(url_of(follow_up)).status_code in (403, 404)
    page = client.get(follow_up.placement.get_absolute_url())
    assert page.status_code == 200
    assert "Suivi en emploi" not in page.content.decode()


def test_the_insertion_employer_makes_its_own(client, follow_up):
    signed_in(client, actor_for(follow_up.placement.employer))
    assert client.post(url_of(follow_up), SAID).status_code == 302


def test_a_break_asks_for_a_day_and_a_reason_then_awaits_the_service(client, follow_up):
    placement, facilitator = follow_up.placement, actor_for(follow_up.service)
    signed_in(client, facilitator)
    url = reverse("hours:break_placement", args=[placement.pk])
    assert "Choisissez la raison" in client.post(url, {"last_day": "2026-06-12"}).content.decode()
    page = client.post(url, {"last_day": "2026-06-12", "reason": "RESIGNED"}, follow=True).content.decode()
    assert "Arrêté avant son terme" in page
    assert "Chercher quelqu’un d’autre" in page
    (item,) = [one for one in work_items(facilitator, on=NOON.date()) if "a quitté" in one.title]
    assert item.url == placement.get_absolute_url()
    client.post(reverse("hours:replacement", args=[placement.pk]))
    assert Break.objects.get().replaced_at
    assert not [one for one in work_items(facilitator, on=NOON.date()) if "a quitté" in one.title]


def test_points_of_the_week_await_the_service_and_the_employer_the_late_ones_first(follow_up):
    facilitator, employer = actor_for(follow_up.service), actor_for(follow_up.placement.employer)
    for actor in (facilitator, employer):
        (item,) = [one for one in work_items(actor, on=NOON.date()) if "faire le point" in one.title]
        assert item.is_late
        assert nav_counts(actor, on=NOON.date())["hours"] >= 1
    make_follow_up(follow_up, **SAID, by=facilitator, at=NOON)
    assert not [one for one in work_items(employer, on=NOON.date()) if "faire le point" in one.title]


def test_a_contract_without_a_sheet_can_be_broken_too(client, follow_up):
    facilitator = actor_for(follow_up.service)
    break_placement(follow_up.placement, last_day=NOON.date(), reason="AGREED", by=facilitator, at=NOON)
    page = signed_in(client, facilitator).get(follow_up.placement.get_absolute_url())
    assert page.status_code == 200
