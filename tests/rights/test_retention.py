"""How long a file is kept: announced, then anonymised; kept when somebody says why."""

import os
from datetime import UTC, date, datetime, timedelta
from io import StringIO

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.utils.timezone import localtime

from tests.factories import (
    ApplicationFactory,
    InvitationFactory,
    ParticipantFactory,
    PlacementFactory,
    SupportFactory,
    actor_for,
)
from tests.plugin.mailbox import text_of
from tests.rights.scene import LAST_DAY, LONG_AFTER, tell_story
from uneplace.evidence.models import Evidence
from uneplace.journal.models import Entry
from uneplace.kit.periods import period
from uneplace.kit.refused import Refused
from uneplace.kit.scope import working_with
from uneplace.offers.models import Application
from uneplace.organisations.actor import Actor
from uneplace.organisations.models import Invitation
from uneplace.people.models import Participant
from uneplace.rights import actions
from uneplace.rights.contact import NEVER_ENDS, last_contacts
from uneplace.rights.retention import RULES, apply_retention, terms
from uneplace.rights.tasks import apply_retention_of_the_night
from uneplace.web.tasks import forget_files_kept_aside

pytestmark = pytest.mark.django_db
TERM = date(2028, 8, 31)


@pytest.fixture
def story(db):
    return tell_story()


def night(story, day, **options):
    """The night work of the service on one day."""
    service = story.scene.sheet.service
    at = datetime(day.year, day.month, day.day, 3, 0, tzinfo=UTC)
    return apply_retention(service, by=Actor(None, service), at=at, **options)


def is_anonymous(story):
    story.person.refresh_from_db()
    return story.person.anonymised_at is not None


def test_the_last_contact_is_the_last_dated_fact(story):
    assert last_contacts()[story.person.pk] == LAST_DAY
    ApplicationFactory(
        job_sheet=story.another_sheet(),
        participant=story.person,
        sent_at=datetime(2027, 5, 6, 9, 0, tzinfo=UTC),
    )
    assert last_contacts(people=[story.person.pk]) == {story.person.pk: date(2027, 5, 6)}


def test_a_contract_without_an_end_is_a_contact_that_goes_on(story):
    PlacementFactory(
        service=story.person.service, participant=story.person, period=period(date(2026, 9, 1), None)
    )
    assert last_contacts()[story.person.pk] == NEVER_ENDS
    assert not terms(story.scene.sheet.service, on=date(2040, 1, 1))


def test_the_last_contacts_cost_one_query_however_many_people(story, django_assert_num_queries):
    for _ in range(5):
        ParticipantFactory(service=story.scene.sheet.service)
    with django_assert_num_queries(1):
        assert len(last_contacts()) == 6


@pytest.mark.parametrize(
    ("day", "is_announced"),
    [
        pytest.param(TERM - timedelta(days=31), False, id="31 jours avant"),
        pytest.param(TERM - timedelta(days=30), True, id="30 jours avant"),
    ],
)
def test_a_file_is_announced_thirty_days_before_its_term(story, day, is_announced):
    night(story, day)
    story.person.refresh_from_db()
    assert (story.person.announced_on == day) is is_announced
    assert not is_anonymous(story)


@pytest.mark.parametrize(
    ("day", "is_gone"),
    [
        pytest.param(TERM - timedelta(days=1), False, id="veille"),
        pytest.param(TERM, True, id="le jour même"),
    ],
)
def test_a_file_announced_is_anonymised_at_its_term(story, day, is_gone):
    night(story, TERM - timedelta(days=30))
    night(story, day)
    assert is_anonymous(story) is is_gone


def test_nobody_is_anonymised_without_thirty_days_of_notice(story):
    late = TERM + timedelta(days=300)
    night(story, late)
    night(story, late + timedelta(days=29))
    assert not is_anonymous(story)
    night(story, late + timedelta(days=30))
    assert is_anonymous(story)
    assert Entry.objects.filter(verb="participant.anonymised", about_id=story.person.pk).count() == 1


def test_somebody_who_comes_back_is_not_anonymised(story):
    night(story, TERM - timedelta(days=30))
    ApplicationFactory(
        job_sheet=story.another_sheet(),
        participant=story.person,
        sent_at=datetime(2028, 8, 20, 9, 0, tzinfo=UTC),
    )
    night(story, TERM)
    story.person.refresh_from_db()
    assert story.person.announced_on is None
    assert not is_anonymous(story)


def test_a_file_kept_waits_for_its_new_day_and_a_new_notice(story):
    night(story, TERM - timedelta(days=30))
    until = date(2029, 3, 1)
    actions.keep_file(
        story.person,
        until=until,
        reason="Litige en cours avec l’employeur.",
        by=story.facilitator,
        at=datetime(2028, 8, 10, 9, 0, tzinfo=UTC),
    )
    night(story, TERM)
    assert not is_anonymous(story)
    night(story, until - timedelta(days=30))
    story.person.refresh_from_db()
    assert story.person.announced_on == until - timedelta(days=30)
    night(story, until)
    assert is_anonymous(story)


@pytest.mark.parametrize(
    ("until", "reason", "words"),
    [
        (date(2028, 8, 10), "Litige.", "date à venir"),
        (date(2031, 1, 1), "Litige.", "deux ans de plus au plus"),
        (date(2029, 1, 1), "  ", "pourquoi ce dossier est gardé"),
    ],
)
def test_why_a_file_is_not_kept(story, until, reason, words):
    with pytest.raises(Refused, match=words):
        actions.keep_file(
            story.person,
            until=until,
            reason=reason,
            by=story.facilitator,
            at=datetime(2028, 8, 10, 9, 0, tzinfo=UTC),
        )


def test_a_trial_run_changes_nothing(story):
    outcome = night(story, TERM - timedelta(days=30), dry_run=True)
    assert [term.participant for term in outcome.announced] == [story.person]
    story.person.refresh_from_db()
    assert story.person.announced_on is None
    assert not Entry.objects.filter(verb="participant.announced").exists()


def test_another_service_s_files_are_left_alone(story):
    other = tell_story()
    night(story, LONG_AFTER.date())
    other.person.refresh_from_db()
    assert other.person.announced_on is None


def test_a_cv_goes_twelve_months_after_the_answer(story):
    Application.objects.filter(pk=story.application.pk).update(
        cv="cv/essai.pdf", cv_name="cv-dominique.pdf", answered_at=datetime(2026, 2, 20, 9, 0, tzinfo=UTC)
    )
    assert night(story, date(2027, 2, 20)).cvs == 0
    assert night(story, date(2027, 2, 22)).cvs == 1
    story.application.refresh_from_db()
    assert (story.application.cv.name, story.application.cv_name) == ("", "")


def test_a_proof_is_purged_when_no_control_can_ask_for_it_any_more(story):
    assert night(story, date(2028, 2, 10)).proofs == 0
    assert night(story, date(2028, 2, 11)).proofs == 1
    proof = Evidence.objects.get()
    assert (proof.status, proof.kind, proof.dated_on) == ("PURGED", "Justificatif purgé", None)
    assert night(story, date(2028, 2, 12)).proofs == 0


def test_each_rule_says_its_time_its_source_and_its_status():
    for rule in RULES:
        assert rule.time_on(date(2026, 6, 1))
        assert rule.source
        assert rule.kind in ("loi", "usage", "à confirmer")


@pytest.fixture
def told(transactional_db, mailbox):
    story = tell_story()
    SupportFactory(participant=story.person, organisation=story.scene.employer.organisation)
    second = tell_story(story.scene)
    return story, second, mailbox


def test_the_service_and_the_structures_get_one_mail_each_that_names_nobody(told):
    story, second, mailbox = told
    night(story, TERM - timedelta(days=30))
    for actor in (story.facilitator, story.scene.referrer, story.scene.employer):
        (message,) = mailbox.to(actor.user.email)
        text = text_of(message)
        assert "/personnes/bientot-anonymisees/" in text
        assert story.person.last_name not in message.as_string()
        assert second.person.last_name not in message.as_string()
    assert mailbox.to(story.facilitator.user.email)[0]["Subject"].startswith("2 dossiers seront anonymisés")
    assert mailbox.to(story.scene.employer.user.email)[0]["Subject"].startswith("1 dossier sera anonymisé")


def test_the_command_says_what_it_would_do_then_does_it(story):
    InvitationFactory(expires_at=datetime(2026, 6, 29, tzinfo=UTC))
    actor_for(story.scene.sheet.service)
    with time_machine.travel(LONG_AFTER, tick=False):
        trial, done = StringIO(), StringIO()
        call_command("retention", dry_run=True, stdout=trial)
        assert Invitation.objects.count() == 1
        call_command("retention", stdout=done)
    for output in (trial, done):
        assert "Dossiers annoncés\u00a0: 1" in output.getvalue()
        assert "Invitations supprimées\u00a0: 1" in output.getvalue()
    assert "Rien n’a été changé." in trial.getvalue()
    assert not Invitation.objects.exists()
    assert Participant.objects.get(pk=story.person.pk).announced_on == localtime(LONG_AFTER).date()


def test_the_night_work_opens_the_file_of_each_service_by_itself(story):
    other = tell_story()
    with working_with([]):
        apply_retention_of_the_night.func(int(LONG_AFTER.timestamp()))
    assert Participant.objects.filter(announced_on=LONG_AFTER.date()).count() == 2
    assert {person.service_id for person in Participant.objects.filter(announced_on__isnull=False)} == {
        story.person.service_id,
        other.person.service_id,
    }


def test_a_file_kept_aside_is_removed_the_night_after(db):
    long_ago = LONG_AFTER - timedelta(days=2)
    path = default_storage.save("en-attente/essai.pdf", ContentFile(b"essai"))
    seconds = long_ago.timestamp()
    os.utime(default_storage.path(path), (seconds, seconds))
    forget_files_kept_aside.func(int(LONG_AFTER.timestamp()))
    assert not default_storage.exists(path)
