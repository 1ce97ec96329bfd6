"""Enchaînements: whose contract ends soon, which published jobs could come next, and who proposes them."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import (
    AllocationFactory,
    ApplicationFactory,
    ClauseFactory,
    CommitmentFactory,
    CommuneFactory,
    ContractFactory,
    CriterionFactory,
    DiffusionFactory,
    EligibilityDecisionFactory,
    JobSheetFactory,
    ParticipantTradeFactory,
    PlacementFactory,
    RomeJobFactory,
    SuggestionFactory,
    actor_for,
)
from tests.offers.scene import NOW, TODAY, person_followed_by
from uneplace.kit.periods import period
from uneplace.matching.needs import job_of
from uneplace.matching.next_jobs import next_jobs
from uneplace.matching.ranking import rank
from uneplace.offers.models import Application, JobSheet, Suggestion
from uneplace.people.models import Participant
from uneplace.web.people.todos import work_items

ADDRESS = reverse("people:next_jobs")


def at_work(scene, name="Finissante", until=date(2026, 2, 27), by=None, **facts):
    """Somebody whom the referrer follows, at work until a day, whom the job suits but for what is given."""
    usual = {"profiled_at": NOW, "travel": "CAR", "travel_km": 30, "weekly_hours_max": Decimal(35)}
    person = person_followed_by(by or scene.referrer, scene.sheet, last_name=name, **usual | facts)
    ParticipantTradeFactory(participant=person, rome=scene.sheet.rome)
    EligibilityDecisionFactory(participant=person)
    PlacementFactory(service=scene.sheet.service, participant=person, period=period(date(2025, 9, 1), until))
    return person


def another_sheet(scene, title="Autre poste", start=date(2026, 3, 9), **fields):
    """Another published job of the same clause, sent to the referrer."""
    sheet = JobSheetFactory(
        commitment=scene.sheet.commitment, title=title, period=period(start, date(2026, 9, 30)), **fields
    )
    DiffusionFactory(job_sheet=sheet, organisation=scene.referrer.organisation)
    return sheet


def found(client, **query):
    """Who is on the page, with the jobs shown for each."""
    rows = client.get(ADDRESS, query).context["rows"]
    return {row.placement.participant.last_name: [job.sheet.title for job in row.jobs] for row in rows}


def test_who_will_soon_be_without_a_contract_is_listed_soonest_first(as_actor, scene):
    at_work(scene, "Deuxième", date(2026, 3, 20))
    at_work(scene, "Première", date(2026, 2, 20))
    at_work(scene, "Loin", date(2026, 6, 30))
    at_work(scene, "Finie", date(2026, 2, 10))
    carried = at_work(scene, "Déjà suivie")
    PlacementFactory(
        service=scene.sheet.service, participant=carried, period=period(date(2026, 3, 1), date(2026, 8, 31))
    )
    chosen = at_work(scene, "Choisie")
    scene.application(Application.Status.HIRED, participant=chosen)

    assert list(found(as_actor(scene.facilitator))) == ["Première", "Deuxième"]


def test_a_job_that_fits_is_shown_with_its_facts_and_one_that_does_not_is_not(as_actor, scene):
    at_work(scene)
    another_sheet(scene, "Trop tard", start=date(2026, 5, 4))
    another_sheet(scene, "Trop tôt", start=date(2026, 2, 23))
    another_sheet(scene, "Pourvue", status=JobSheet.Status.FILLED)
    crane = another_sheet(scene, "Grue")
    CriterionFactory(job_sheet=crane, kind="LICENCE", licence="C", text="Permis C")

    client = as_actor(scene.facilitator)
    assert found(client) == {"Finissante": [scene.sheet.title]}
    page = client.get(ADDRESS).text.replace("\u00a0", " ")
    assert "même métier" in page
    assert "1 point à confirmer" in page
    assert "éligible jusqu’au 10 août 2026" in page
    assert "Finit le 27 février 2026" in page


@pytest.mark.parametrize(
    "facts",
    [
        pytest.param({"weekly_hours_max": Decimal(20)}, id="trop d’heures"),
        pytest.param({"restricted_at": NOW}, id="ne veut plus être transmise"),
    ],
)
def test_nothing_is_proposed_that_the_person_cannot_or_does_not_want(as_actor, scene, facts):
    at_work(scene, **facts)
    assert found(as_actor(scene.facilitator)) == {"Finissante": []}


def test_a_refusal_a_file_or_a_declined_request_takes_the_job_away(as_actor, scene):
    refused, applied, declined, asked = (
        at_work(scene, name) for name in ("Refusée", "Proposée", "Déclinée", "Demandée")
    )
    refused.decisions.update(revoked_on=date(2026, 2, 11))
    EligibilityDecisionFactory(participant=refused, refused=True, decided_on=date(2026, 2, 11))
    ApplicationFactory(
        job_sheet=scene.sheet,
        participant=applied,
        status=Application.Status.DECLINED,
        decline_reason="SKILLS",
    )
    SuggestionFactory(
        job_sheet=scene.sheet, participant=declined, status="DECLINED", reason="SKILLS", answered_at=NOW
    )
    SuggestionFactory(job_sheet=scene.sheet, participant=asked)

    assert set(map(tuple, found(as_actor(scene.facilitator)).values())) == {()}


def test_three_jobs_at_most_the_closest_first(as_actor, scene):
    at_work(scene)
    other = RomeJobFactory(code="K2204", label="Nettoyage")
    near = RomeJobFactory(code="F1704", label="Gros œuvre")
    another_sheet(scene, "Nettoyage", rome=other)
    another_sheet(scene, "Gros œuvre", rome=near)
    another_sheet(scene, "Aussi le même métier", start=date(2026, 3, 10))

    (jobs,) = found(as_actor(scene.facilitator)).values()
    # The job of the scene has a must-have that nobody answered yet: it comes after the others.
    assert jobs == ["Aussi le même métier", "Gros œuvre", "Nettoyage"]


def test_each_fact_is_the_one_of_the_preselection(scene):
    commune = scene.sheet.commune
    commune.latitude, commune.longitude = Decimal("49.18"), Decimal("-0.37")
    commune.save()
    home = CommuneFactory(
        code_insee="14341", name="Ifs", latitude=Decimal("49.10"), longitude=Decimal("-0.35")
    )
    people = [at_work(scene, commune=home), at_work(scene, commune=commune), at_work(scene, commune=None)]
    people[1].decisions.all().delete()
    people[2].trades.all().delete()
    placements = [person.placements.get() for person in people]

    by_person = next_jobs(placements, JobSheet.objects.filter(pk=scene.sheet.pk), on=TODAY)

    ranked = rank(Participant.objects.all(), job_of(scene.sheet, on=TODAY), on=TODAY, limit=9)
    assert len(ranked) == 3
    for row in ranked:
        (job,) = by_person[row.participant]
        assert (job.km, job.nearness, job.eligible_until) == (row.km, row.nearness, row.eligible_until)


def test_one_click_asks_the_structure_and_the_job_is_shown_no_more(as_actor, scene, mailbox):
    person = at_work(scene)
    client = as_actor(scene.facilitator)
    assert f"Demander à {scene.referrer.organisation}" in client.get(ADDRESS).text
    url = reverse("offers:gather", args=[scene.sheet.pk])
    client.post(url, {"personnes": person.pk, f"chosen_{person.pk}": "on"})

    asked = Suggestion.objects.get()
    assert (asked.participant, asked.organisation) == (person, scene.referrer.organisation)
    assert found(client) == {"Finissante": []}
    assert len(mailbox.to(scene.referrer.user.email)) == 1


def test_the_structure_reads_its_own_people_and_proposes_them(as_actor, scene):
    person = at_work(scene)
    at_work(scene, "D’une autre", by=scene.employer)
    client = as_actor(scene.referrer)

    assert found(client) == {"Finissante": [scene.sheet.title]}
    page = client.get(ADDRESS).text
    assert f"{reverse('offers:put_forward', args=[scene.sheet.pk])}?personne={person.pk}" in page
    assert "Demander à" not in page


def test_a_job_that_was_not_sent_to_the_structure_stays_unknown_to_it(as_actor, scene):
    at_work(scene)
    JobSheetFactory(
        commitment=scene.sheet.commitment, title="Secret", period=period(date(2026, 3, 9), date(2026, 9, 30))
    )
    assert "Secret" not in as_actor(scene.referrer).get(ADDRESS).text
    assert "Secret" in as_actor(scene.facilitator).get(ADDRESS).text


def test_strangers_read_nothing_and_a_company_is_refused(as_actor, scene, strangers):
    at_work(scene)
    service, company, employer, referrer, buyer = strangers
    for actor in (service, employer, referrer):
        assert found(as_actor(actor)) == {}
        assert "Personne à faire suivre" in as_actor(actor).get(ADDRESS).text
    for actor in (company, buyer, scene.company):
        assert as_actor(actor).get(ADDRESS).status_code == 403


def test_a_reader_is_not_offered_to_act(as_actor, scene):
    at_work(scene)
    reader = actor_for(scene.facilitator.organisation, role="READER")
    assert "Demander à" not in as_actor(reader).get(ADDRESS).text


def test_the_window_left_is_told_clause_by_clause(as_actor, scene):
    person = at_work(scene)
    placement = person.placements.get()
    clause = ClauseFactory(lot__contract=ContractFactory(service=scene.sheet.service))
    person.decisions.update(decided_on=date(2025, 8, 20))
    clause.execution = period(date(2025, 1, 1), date(2027, 12, 31))
    clause.save()
    AllocationFactory(placement=placement, commitment=CommitmentFactory(clause=clause))
    page = as_actor(scene.facilitator).get(ADDRESS).text.replace("\u00a0", " ")
    assert "Ses heures comptent jusqu’au" in page
    assert "31 août 2027" in page


def test_the_week_tells_how_many_and_who_comes_first(scene):
    at_work(scene, "Seconde", date(2026, 3, 20))
    first = at_work(scene, "Première", date(2026, 2, 20))
    busy = at_work(scene, "En cours", date(2026, 2, 19))
    scene.application(Application.Status.NEW, participant=busy)
    for actor in (scene.facilitator, scene.referrer):
        (line,) = [one for one in work_items(actor, on=TODAY) if one.url == ADDRESS]
        assert line.title.replace("\u00a0", " ").startswith("2 contrats de travail finissent d’ici 45 jours")
        assert str(first) in line.detail
    assert not [one for one in work_items(scene.company, on=TODAY) if one.url == ADDRESS]


def test_as_many_queries_for_twenty_people_as_for_two(as_actor, scene):
    client = as_actor(scene.facilitator)
    another_sheet(scene)

    def count():
        with CaptureQueriesContext(connection) as queries:
            assert client.get(ADDRESS).status_code == 200
        return len(queries)

    for number in range(2):
        at_work(scene, f"Deux{number}")
    client.get(ADDRESS)
    few = count()
    for number in range(18):
        at_work(scene, f"Vingt{number}")
    assert count() == few
