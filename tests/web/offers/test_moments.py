"""The page on which a moment to meet is chosen, when it is no more what was read."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from uneplace.offers import actions
from uneplace.offers.models import Application

FIRST = datetime(2026, 2, 17, 8, 30, tzinfo=UTC)
SECOND = datetime(2026, 2, 18, 8, 30, tzinfo=UTC)
OTHER = datetime(2026, 2, 19, 8, 30, tzinfo=UTC)
NOW = datetime(2026, 2, 12, 10, 0, tzinfo=UTC)


@pytest.fixture
def asked(scene):
    """Two moments that the company proposes."""
    application = scene.application("SENT")
    propose(application, scene, [FIRST, SECOND])
    return application


def propose(application, scene, slots):
    actions.propose_meeting(application, slots=slots, place="Sur place", by=scene.company, at=NOW)


def address(application):
    return reverse("offers:accept_for_person", args=[application.pk])


def test_a_moment_chosen_by_somebody_else_meanwhile_leaves_no_empty_list(as_actor, scene, asked):
    actions.accept_meeting(asked, slot=FIRST, side="STRUCTURE", by=scene.employer, at=NOW)

    page = as_actor(scene.employer).post(address(asked), {"slot": SECOND.isoformat()})

    assert page.status_code == 422
    assert "Un moment est déjà choisi pour cet entretien." in page.text
    assert "parmi ceux-ci" not in page.text


def test_moments_that_replace_those_on_screen_are_shown_and_may_be_chosen(as_actor, scene, asked):
    client = as_actor(scene.employer)
    propose(asked, scene, [OTHER])

    page = client.post(address(asked), {"slot": FIRST.isoformat()})

    assert "Ce moment n’est plus proposé" in page.text
    assert "jeudi 19 février" in page.text
    assert client.post(address(asked), {"slot": OTHER.isoformat()}).status_code == 302
    assert Application.objects.get(pk=asked.pk).meeting_at == OTHER


def test_whoever_proposes_without_having_read_that_a_moment_is_agreed_reads_it_first(as_actor, scene, asked):
    client = as_actor(scene.company)
    page = reverse("offers:meeting", args=[asked.pk])
    read = client.get(page).context["form"]["read"].value()
    actions.accept_meeting(asked, slot=FIRST, side="STRUCTURE", by=scene.employer, at=NOW)
    typed = {"day_1": "2026-02-19", "hour_1": "09:30", "minutes": "30", "place": "Au dépôt", "read": read}

    late = client.post(page, typed)

    assert late.status_code == 422
    assert "Quelqu’un vient de changer cet entretien." in late.text
    assert "mardi 17 février" in late.text, "what is agreed on"
    assert 'value="Au dépôt"' in late.text
    assert Application.objects.get(pk=asked.pk).meeting_at == FIRST
    now = late.context["form"]["read"].value()
    assert client.post(page, typed | {"read": now}).status_code == 302
    assert Application.objects.get(pk=asked.pk).meeting_slots == [OTHER]


@pytest.mark.parametrize("read", ["", "²", "-1", "99999999999999999999"])
def test_a_number_that_no_page_wrote_changes_nothing(as_actor, scene, asked, read):
    typed = {"day_1": "2026-02-19", "hour_1": "09:30", "minutes": "30", "place": "", "read": read}

    answer = as_actor(scene.company).post(reverse("offers:meeting", args=[asked.pk]), typed)

    assert answer.status_code in (302, 422)
