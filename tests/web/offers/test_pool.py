"""The pool of a job: who could be put forward, in its order, and never somebody that one does not follow."""

from django.urls import reverse

from tests.factories import (
    ApplicationFactory,
    EligibilityDecisionFactory,
    JobSheetFactory,
    OrganisationFactory,
    ParticipantFactory,
    ParticipantTradeFactory,
    actor_for,
)
from tests.offers.scene import NOW, person_followed_by
from tests.words import says
from uneplace.people.models import Participant


def address(scene):
    return reverse("offers:pool", args=[scene.sheet.pk])


def names(page, people):
    """Those of these people whom the page shows, in its order."""
    return [str(one) for one in sorted(people, key=lambda one: page.find(str(one))) if str(one) in page]


def test_a_facilitator_reads_the_people_of_the_service_in_the_order_of_the_job(as_actor, scene):
    ready = person_followed_by(scene.referrer, scene.sheet, last_name="Prête")
    EligibilityDecisionFactory(participant=ready)
    ParticipantTradeFactory(participant=ready)
    unknown = person_followed_by(scene.employer, scene.sheet, last_name="Inconnue")
    elsewhere = ParticipantFactory(last_name="Ailleurs")

    page = as_actor(scene.facilitator).get(address(scene)).text

    assert names(page, [ready, unknown, elsewhere]) == [str(ready), str(unknown)]
    assert "jusqu’au 10 août 2026" in page
    assert not says("RSA", page)


def test_who_is_put_forward_hired_limited_or_anonymous_is_not_in_it(as_actor, scene):
    proposed = scene.application().participant
    hired = ParticipantFactory(service=scene.sheet.service, last_name="Embauchée")
    other = JobSheetFactory(commitment=scene.sheet.commitment)
    ApplicationFactory(job_sheet=other, participant=hired, status="HIRED")
    limited = ParticipantFactory(service=scene.sheet.service, last_name="Limitée", restricted_at=NOW)
    forgotten = ParticipantFactory(service=scene.sheet.service, last_name="Oubliée", anonymised_at=NOW)
    free = ParticipantFactory(service=scene.sheet.service, last_name="Libre")

    page = as_actor(scene.facilitator).get(address(scene)).text

    assert names(page, [proposed, hired, limited, forgotten, free]) == [str(free)]


def test_a_structure_reads_its_own_people_and_puts_them_forward(as_actor, scene):
    own = person_followed_by(scene.referrer, scene.sheet, last_name="Suivie")
    other = person_followed_by(scene.employer, scene.sheet, last_name="Autre")
    client = as_actor(scene.referrer)

    page = client.get(address(scene)).text

    assert names(page, [own, other]) == [str(own)]
    form = client.get(reverse("offers:put_forward", args=[scene.sheet.pk]), {"personne": own.pk}).text
    assert f'<option value="{own.pk}" selected>' in form


def test_filters_cut_and_are_kept_in_the_address(as_actor, scene):
    licensed = person_followed_by(scene.referrer, scene.sheet, last_name="Conductrice", licences=["B"])
    mason = person_followed_by(scene.employer, scene.sheet, last_name="Maçonne")
    ParticipantTradeFactory(participant=mason)
    eligible = person_followed_by(scene.employer, scene.sheet, last_name="Éligible")
    EligibilityDecisionFactory(participant=eligible)
    everybody = [licensed, mason, eligible]
    client = as_actor(scene.facilitator)

    def found(**filters):
        return names(client.get(address(scene), filters).text, everybody)

    assert found(permis="B") == [str(licensed)]
    assert found(metier="on") == [str(mason)]
    assert found(eligible="on") == [str(eligible)]
    assert found(q="maçonne") == [str(mason)]
    assert found(structure=scene.referrer.organisation.pk) == [str(licensed)]
    assert len(found(permis="Z", structure="x")) == 3


def test_fifty_at_a_time_and_nobody_is_read_twice_or_missed(as_actor, scene):
    service = scene.sheet.service
    Participant.objects.bulk_create(
        Participant(
            service=service,
            first_name="Camille",
            last_name=f"N{number}",
            created_at=NOW,
        )
        for number in range(120)
    )
    client = as_actor(scene.facilitator)
    read, query = [], {}

    for _ in range(3):
        response = client.get(address(scene), query)
        read += [found.person.pk for found, _ in response.context["found"]]
        query = {"apres": response.context["next"]}

    assert "120\u00a0personnes" in response.text
    assert len(read) == len(set(read)) == 120
    assert response.context["next"] == ""
    assert "Revenir au début" in response.text


def test_an_address_that_nobody_wrote_starts_at_the_beginning(as_actor, scene):
    person = person_followed_by(scene.referrer, scene.sheet)

    page = as_actor(scene.facilitator).get(address(scene), {"apres": "n’importe quoi"})

    assert str(person) in page.text


def test_queries_do_not_grow_with_the_people(as_actor, scene, django_assert_max_num_queries):
    client = as_actor(scene.facilitator)

    def count():
        with django_assert_max_num_queries(60) as queries:
            client.get(address(scene))
        return len(queries)

    for _ in range(2):
        person_followed_by(scene.referrer, scene.sheet)
    few = count()
    for _ in range(20):
        person_followed_by(scene.referrer, scene.sheet)
    assert count() == few


def test_strangers_find_nothing(as_actor, scene, strangers):
    for stranger in (strangers[0], strangers[2], strangers[3]):
        assert as_actor(stranger).get(address(scene)).status_code == 404
    uninvited = actor_for(OrganisationFactory(employer=True))
    assert as_actor(uninvited).get(address(scene)).status_code == 404
