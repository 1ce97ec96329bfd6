"""Decisions to renew: those that lapse soon while a job waits, and the refusal told to whoever asked."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import EligibilityDecisionFactory, ParticipantFactory, PlacementFactory, actor_for
from tests.offers.scene import person_followed_by
from tests.plugin.mailbox import text_of
from tests.words import says
from uneplace.kit.periods import period

ADDRESS = reverse("people:renewals")


def needed(scene, name, until, status="SHORTLISTED", **decision):
    """Somebody put forward for the job of the scene, which starts on 2 March, and decided eligible."""
    application = scene.application(status, by=scene.referrer, participant__last_name=name)
    EligibilityDecisionFactory(participant=application.participant, valid_until=until, **decision)
    return application.participant


def found(client, **query):
    """Who is on the page, and whether the first day comes too late."""
    page = client.get(ADDRESS, query)
    return {one.decision.participant.last_name: one.is_cut for one in page.context["renewals"]}


def test_who_needs_a_decision_that_lapses_soon_is_listed_soonest_first(as_actor, scene):
    needed(scene, "Trop tard", date(2026, 2, 25))
    needed(scene, "À temps", date(2026, 3, 10))
    needed(scene, "Loin", date(2026, 5, 1))
    needed(scene, "Retirée", date(2026, 2, 25), status="HIRED_ELSEWHERE")
    needed(scene, "Passée", date(2026, 2, 1), decided_on=date(2025, 8, 1))
    idle = ParticipantFactory(service=scene.sheet.service, last_name="Sans poste")
    EligibilityDecisionFactory(participant=idle, valid_until=date(2026, 2, 25))
    client = as_actor(scene.facilitator)

    assert found(client) == {"Trop tard": True, "À temps": False}
    assert list(found(client, jours="90")) == ["Trop tard", "À temps", "Loin"]
    assert found(client, jours="15") == {"Trop tard": True}
    assert len(found(client, jours="n’importe quoi")) == 2
    chips = client.get(ADDRESS, {"jours": "90"}).context["chips"]
    assert [chip["key"] for chip in chips if chip["on"]] == [90]


def test_a_decision_taken_since_takes_the_line_away(as_actor, scene):
    person = needed(scene, "Revue", date(2026, 2, 25))
    EligibilityDecisionFactory(participant=person, valid_until=date(2026, 8, 10))

    assert found(as_actor(scene.facilitator)) == {}
    assert "Rien à renouveler" in as_actor(scene.facilitator).get(ADDRESS).text


def test_a_work_contract_that_has_not_started_is_named(as_actor, scene):
    person = person_followed_by(scene.referrer, scene.sheet, last_name="Contrat")
    EligibilityDecisionFactory(participant=person, valid_until=date(2026, 2, 25))
    PlacementFactory(
        service=scene.sheet.service,
        participant=person,
        job="Peintre",
        period=period(date(2026, 3, 1), date(2026, 6, 30)),
    )
    client = as_actor(scene.facilitator)

    assert found(client) == {"Contrat": True}
    assert "Peintre" in client.get(ADDRESS).text
    assert f"{person}, éligibilité à renouveler" in client.get("/").text


def test_another_service_reads_nothing_and_a_structure_is_refused(as_actor, scene, strangers):
    needed(scene, "Ailleurs", date(2026, 2, 25))

    assert found(as_actor(strangers[0])) == {}
    assert as_actor(scene.referrer).get(ADDRESS).status_code == 403
    reader = actor_for(scene.facilitator.organisation, role="READER")
    assert "Décider de nouveau" not in as_actor(reader).get(ADDRESS).text


@pytest.mark.parametrize(
    ("verdict", "words"),
    [("REFUSED", "n’est pas éligible"), ("TO_COMPLETE", "ne peut pas encore décider")],
)
def test_who_follows_the_person_is_told_why_and_never_the_ground(as_actor, scene, mailbox, verdict, words):
    person = scene.application(by=scene.referrer).participant
    typed = {"verdict": verdict, "reason": "Le justificatif est trop ancien.", "receives_rsa": "oui"}

    answer = as_actor(scene.facilitator).post(reverse("people:decide", args=[person.pk]), typed)

    assert answer.status_code == 302
    [mail] = mailbox.to(scene.referrer.user.email)
    assert words in text_of(mail)
    assert "Le justificatif est trop ancien." in text_of(mail)
    assert not says("RSA", text_of(mail))
    assert not mailbox.to(scene.company.user.email)


def test_a_decision_that_serves_again_says_so(as_actor, scene):
    hired = scene.application("HIRED", by=scene.referrer)
    EligibilityDecisionFactory(participant=hired.participant)
    record = reverse("hours:record_placement", args=[hired.pk])
    client = as_actor(scene.facilitator)

    assert "valable jusqu’au 10 août 2026" in client.get(record).text
    assert "réutilisée" not in client.get(record).text
    for start in (date(2026, 2, 11), date(2026, 2, 12)):
        PlacementFactory(
            service=scene.sheet.service,
            participant=hired.participant,
            period=period(start, date(2026, 2, 20)),
        )

    assert "réutilisée, valable jusqu’au 10 août 2026" in client.get(record).text
    assert (
        "réutilisée\u00a0: 2\u00a0contrats de travail"
        in client.get(hired.participant.get_absolute_url()).text
    )


def test_without_a_decision_the_page_of_the_work_contract_says_what_it_costs(as_actor, scene):
    hired = scene.application("HIRED", by=scene.referrer)

    page = as_actor(scene.facilitator).get(reverse("hours:record_placement", args=[hired.pk])).text

    assert "Sans elle, les heures ne compteraient pas." in page


def test_as_many_queries_for_twenty_decisions_as_for_two(as_actor, scene):
    client = as_actor(scene.facilitator)

    def count():
        with CaptureQueriesContext(connection) as queries:
            client.get(ADDRESS)
        return len(queries)

    for _ in range(2):
        needed(scene, "Deux", date(2026, 2, 25))
    client.get(ADDRESS)
    few = count()
    for _ in range(18):
        needed(scene, "Vingt", date(2026, 2, 25))
    assert count() == few
