"""Agreeing on a moment to meet: proposed by one side, taken by the other."""

from datetime import timedelta

import pytest

from tests.offers.links import EMAIL, links_in, without_account
from tests.offers.scene import NOW, set_scene
from tests.plugin.mailbox import text_of
from uneplace.journal.models import Entry
from uneplace.kit.refused import Refused
from uneplace.offers import actions, perms
from uneplace.offers.models import Application

pytestmark = pytest.mark.django_db

Status, Side = Application.Status, Application.Side
DAY = timedelta(days=1)
SLOTS = [NOW + 3 * DAY, NOW + 4 * DAY, NOW + 5 * DAY]


@pytest.fixture
def scene():
    return set_scene()


@pytest.fixture
def sent(scene):
    return scene.application(Status.SENT)


def propose(application, scene, **fields):
    given = {"slots": SLOTS, "place": "12 rue du Gué", "by": scene.company, "at": NOW}
    actions.propose_meeting(application, **(given | fields))


def test_the_structure_takes_a_moment_for_the_person(scene, sent):
    propose(sent, scene)
    assert (sent.status, sent.meeting_at, sent.meeting_slots) == (Status.MEETING, None, SLOTS)

    actions.accept_meeting(sent, slot=SLOTS[1], side=Side.STRUCTURE, by=scene.employer, at=NOW)

    assert (sent.meeting_at, sent.meeting_slots) == (SLOTS[1], [])


def test_the_structure_proposes_others_and_the_company_takes_one(scene, sent):
    propose(sent, scene)
    propose(sent, scene, slots=[NOW + 8 * DAY], side=Side.STRUCTURE, by=scene.employer)

    with pytest.raises(Refused, match="c’est à l’autre de choisir"):
        actions.accept_meeting(sent, slot=NOW + 8 * DAY, side=Side.STRUCTURE, by=scene.employer, at=NOW)
    actions.accept_meeting(sent, slot=NOW + 8 * DAY, side=Side.COMPANY, by=scene.company, at=NOW)

    assert sent.meeting_at == NOW + 8 * DAY


@pytest.mark.parametrize(
    "slots, reason",
    [
        pytest.param([], "au moins un moment", id="aucun"),
        pytest.param([NOW + n * DAY for n in range(1, 5)], "trois moments au plus", id="quatre"),
        pytest.param([NOW - DAY, NOW + DAY], "moment à venir", id="un moment passé"),
        pytest.param([NOW + DAY, NOW + 13000 * DAY], "trois prochains mois", id="une année de travers"),
    ],
)
def test_moments_that_cannot_be_proposed(scene, sent, slots, reason):
    with pytest.raises(Refused, match=reason):
        propose(sent, scene, slots=slots)


def test_the_structure_does_not_propose_before_the_company(scene, sent):
    with pytest.raises(Refused):
        propose(sent, scene, side=Side.STRUCTURE, by=scene.employer)


def test_no_moment_is_taken_for_a_post_that_is_filled(scene, sent):
    propose(sent, scene)
    actions.choose(scene.application(Status.SENT), by=scene.company, at=NOW)
    sent.job_sheet.refresh_from_db()

    with pytest.raises(Refused, match="Tous les postes de cette fiche sont pourvus"):
        actions.accept_meeting(sent, slot=SLOTS[0], side=Side.STRUCTURE, by=scene.employer, at=NOW)


def test_a_moment_gone_by_is_not_taken(scene, sent):
    propose(sent, scene)

    with pytest.raises(Refused, match="Ce moment est passé"):
        actions.accept_meeting(
            sent, slot=SLOTS[0], side=Side.STRUCTURE, by=scene.employer, at=SLOTS[0] + timedelta(minutes=1)
        )
    with pytest.raises(Refused, match="vient de changer"):
        actions.accept_meeting(sent, slot=NOW + 9 * DAY, side=Side.STRUCTURE, by=scene.employer, at=NOW)


def test_of_two_who_change_a_meeting_at_once_one_reads_why(scene, sent):
    propose(sent, scene)
    theirs = Application.objects.get(pk=sent.pk)
    propose(sent, scene, slots=[NOW + 9 * DAY])

    with pytest.raises(Refused, match="vient de changer cet entretien"):
        actions.accept_meeting(theirs, slot=SLOTS[0], side=Side.STRUCTURE, by=scene.employer, at=NOW)

    actions.choose(sent, by=scene.company, at=NOW)
    with pytest.raises(Refused, match="L’entreprise a choisi cette personne"):
        actions.accept_meeting(theirs, slot=SLOTS[0], side=Side.STRUCTURE, by=scene.employer, at=NOW)


def test_a_service_that_stands_in_is_written_down(scene, sent):
    without_account(scene)
    propose(sent, scene, by=scene.facilitator)

    entry = Entry.objects.get(verb="application.meeting_proposed")
    assert entry.on_behalf_of_id == scene.company.organisation.pk
    assert not perms.can_meet_for_structure(scene.facilitator, sent)


def test_a_company_without_account_is_told_by_a_link(mailbox, scene, sent):
    without_account(scene)
    propose(sent, scene, by=scene.facilitator)

    actions.accept_meeting(sent, slot=SLOTS[0], side=Side.STRUCTURE, by=scene.employer, at=NOW)

    (message,) = mailbox.to(EMAIL)
    assert "15 février 2026 à 11\u00a0h\u00a000" in text_of(message)
    assert len(links_in(text_of(message))) == 1
    assert sent.participant.last_name not in text_of(message)
