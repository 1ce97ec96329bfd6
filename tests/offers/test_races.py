"""Two people act at the same moment, each on a connection of its own: one wins, the other is told why."""

import threading

import pytest
from django.db import connection

from tests.factories import CommitmentFactory, SupportFactory
from uneplace.kit.refused import Refused
from uneplace.offers import actions
from uneplace.offers.models import Application, JobSheet, Transmission

from .scene import NOW, set_scene
from .test_application_actions import INFORMED

pytestmark = pytest.mark.django_db(transaction=True)
Status = Application.Status


def at_once(*acts):
    """Run the acts together; answers what was refused and what went wrong otherwise."""
    barrier, refused, failed = threading.Barrier(len(acts)), [], []

    def run(act):
        try:
            barrier.wait(timeout=10)
            act()
        except Refused as refusal:
            refused.append(str(refusal))
        except Exception as error:
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed, failed
    return refused


def read(application):
    """As somebody else has it on screen."""
    return Application.objects.select_related("job_sheet__commitment__company").get(pk=application.pk)


def test_a_company_chooses_while_the_structure_withdraws():
    scene = set_scene()
    application = scene.application(Status.SENT)
    mine, theirs = read(application), read(application)

    [told] = at_once(
        lambda: actions.choose(mine, by=scene.company, at=NOW),
        lambda: actions.withdraw(theirs, reason="IN_JOB", by=scene.employer, at=NOW),
    )

    application.refresh_from_db()
    if application.status == Status.HIRED:
        assert told == "L’entreprise a choisi cette personne."
    else:
        assert application.status == Status.WITHDRAWN
        assert told == "La structure a retiré cette candidature."


def test_two_people_are_chosen_for_the_last_post():
    scene = set_scene(posts=1)
    files = [read(scene.application(Status.SENT)) for _ in range(2)]

    [told] = at_once(*(lambda file=file: actions.choose(file, by=scene.company, at=NOW) for file in files))

    assert told == "Tous les postes de cette fiche sont pourvus."
    assert Application.objects.filter(status=Status.HIRED).count() == 1


def test_two_companies_choose_the_same_person():
    one = set_scene()
    other = set_scene(commitment=CommitmentFactory(clause__lot__contract__service=one.sheet.service))
    first = one.application(Status.SENT)
    second = other.application(Status.SENT, participant=first.participant)
    mine, theirs = read(first), read(second)

    [told] = at_once(
        lambda: actions.choose(mine, by=one.company, at=NOW),
        lambda: actions.choose(theirs, by=other.company, at=NOW),
    )

    assert told == "Cette personne est embauchée ailleurs."
    assert sorted(Application.objects.values_list("status", flat=True)) == ["HIRED", "HIRED_ELSEWHERE"]


def test_two_facilitators_transmit_the_same_file():
    scene = set_scene()
    application = scene.application(Status.SHORTLISTED, ready=True)
    copies = [read(application) for _ in range(2)]

    [told] = at_once(
        *(
            lambda copy=copy: actions.transmit(copy.job_sheet, [copy], by=scene.facilitator, at=NOW)
            for copy in copies
        )
    )

    assert told == "Ce dossier est déjà transmis à l’entreprise."
    assert Transmission.objects.count() == 1


def test_a_person_put_forward_twice_at_once_is_there_once():
    scene = set_scene()
    person = scene.application().participant
    Application.objects.all().delete()
    SupportFactory(participant=person, organisation=scene.referrer.organisation)

    def put_forward(actor):
        sheet = JobSheet.objects.get(pk=scene.sheet.pk)
        actions.put_forward(
            sheet,
            organisation=actor.organisation,
            participant=person,
            information=INFORMED,
            by=actor,
            at=NOW,
        )

    [told] = at_once(lambda: put_forward(scene.employer), lambda: put_forward(scene.referrer))

    assert told == "Cette personne est déjà proposée pour ce poste."
    assert Application.objects.count() == 1


def test_the_sheet_is_closed_while_a_file_is_sent():
    scene = set_scene()
    application = scene.application(Status.SHORTLISTED, ready=True)
    copy, sheet = read(application), JobSheet.objects.get(pk=scene.sheet.pk)

    refused = at_once(
        lambda: actions.transmit(copy.job_sheet, [copy], by=scene.facilitator, at=NOW),
        lambda: actions.close_job_sheet(sheet, reason="Reporté.", by=scene.facilitator, at=NOW),
    )

    application.refresh_from_db()
    assert JobSheet.objects.get().status == "CLOSED"
    assert application.status == Status.DECLINED
    assert all("La fiche n’est plus diffusée." in told or "négative" in told for told in refused)
