import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import CriterionAnswerFactory, actor_for
from tests.offers.scene import NOW
from tests.plugin.database import look_at_tables
from tests.words import says
from uneplace.journal.models import Entry
from uneplace.offers.models import Application, Transmission
from uneplace.people.models import Participant

Status = Application.Status


def address(scene):
    return reverse("offers:preselection", args=[scene.sheet.pk])


def decide(client, application, **typed):
    return client.post(reverse("offers:decide", args=[application.pk]), typed)


def test_files_are_in_the_order_of_the_criteria_met(as_actor, scene):
    last, first = scene.application(), scene.application(by=scene.referrer)
    CriterionAnswerFactory(application=first, criterion=scene.hard, met="YES", fact="14 min à pied")
    CriterionAnswerFactory(application=last, criterion=scene.hard, met="NO")

    page = as_actor(scene.facilitator).get(address(scene)).content.decode()

    assert page.index(str(first.participant)) < page.index(str(last.participant))
    assert "14 min à pied" in page
    assert "C’est à vous\u00a0: étudier 2\u00a0candidatures" in page


def test_a_decision_needs_its_reason_and_keeps_what_was_typed(as_actor, scene):
    application = scene.application()
    client = as_actor(scene.facilitator)

    response = decide(client, application, verdict="SHORTLISTED")
    assert response.status_code == 422
    assert "Écrivez la raison de votre choix" in response.content.decode()
    response = decide(client, application, verdict="DECLINED", decline_reason="OTHER", reason="Peut-être")
    assert "Précisez la raison" in response.content.decode()
    assert 'value="Peut-être"' in response.content.decode()
    assert decide(client, application, verdict="SHORTLISTED", reason="Motivée.").status_code == 302

    application.refresh_from_db()
    assert application.status == Status.SHORTLISTED


def test_the_page_says_what_is_missing_before_sending(as_actor, scene):
    application = scene.application(Status.SHORTLISTED)
    client = as_actor(scene.facilitator)

    page = client.get(address(scene)).content.decode()
    assert "L’accord de la personne n’est pas encore recueilli." in page
    assert reverse("people:decide", args=[application.participant_id]) in page
    refused = client.post(reverse("offers:transmit", args=[scene.sheet.pk]), {"dossiers": [application.pk]})
    assert refused.status_code == 422
    assert "Rien n’est parti." in refused.content.decode()


def test_what_the_company_will_see_is_read_before_it_is_sent(as_actor, scene):
    application = scene.application(Status.SHORTLISTED, ready=True, message="Mot pour le service.")
    client = as_actor(scene.facilitator)
    transmit = reverse("offers:transmit", args=[scene.sheet.pk])

    preview = client.get(transmit).content.decode()
    assert "Éligible jusqu’au" in preview
    assert "Mot pour le service." not in preview
    assert not says("RSA", preview)
    client.post(transmit, {"dossiers": [application.pk]})

    application.refresh_from_db()
    assert application.status == Status.SENT


def test_a_file_that_goes_before_the_sending_is_named_and_the_boxes_stay_as_ticked(as_actor, scene):
    transmit = reverse("offers:transmit", args=[scene.sheet.pk])
    gone, sent, left = (scene.application(Status.SHORTLISTED, ready=True) for _ in range(3))
    Application.objects.filter(pk=gone.pk).update(status="WITHDRAWN", decline_reason="IN_JOB")

    response = as_actor(scene.facilitator).post(transmit, {"dossiers": [gone.pk, sent.pk]})

    assert response.status_code == 422
    assert f"{gone.participant}\u00a0: Le dossier n’est pas retenu." in response.text
    assert f'id="d{sent.pk}" checked' in response.text
    assert f'id="d{left.pk}" checked' not in response.text
    assert not Transmission.objects.exists()


def test_files_of_another_sheet_are_not_sent_along(as_actor, scene):
    other = scene.application(Status.SHORTLISTED, ready=True)

    response = as_actor(scene.facilitator).post(
        reverse("offers:transmit", args=[scene.sheet.pk]), {"dossiers": [other.pk + 1000]}
    )

    assert "Choisissez au moins un dossier." in response.content.decode()


def test_another_service_finds_nothing(as_actor, scene, strangers):
    application = scene.application()
    client = as_actor(strangers[0])

    assert client.get(address(scene)).status_code == 404
    assert decide(client, application, verdict="SHORTLISTED", reason="Oui.").status_code == 404
    assert client.get(application.get_absolute_url()).status_code == 404


def test_the_structure_reads_the_reason_of_a_discard_and_no_other(as_actor, scene):
    application = scene.application(shortlist_reason="")
    client = as_actor(scene.facilitator)
    decide(client, application, verdict="ON_HOLD", reason="Trop jeune équipe à mon goût.")
    structure = as_actor(scene.employer)
    assert "Trop jeune équipe" not in structure.get(application.get_absolute_url()).content.decode()

    decide(client, application, verdict="DECLINED", decline_reason="NOT_MOBILE", note="Aucun bus à 7 h.")

    assert "Aucun bus à 7 h." in structure.get(application.get_absolute_url()).content.decode()
    assert "Aucun bus à 7 h." in structure.get(reverse("offers:list") + "?etat=autres").content.decode()


class TestTheWordOfTheStructure:
    """What a structure wrote of a person is masked until asked for."""

    def test_it_is_masked_then_read_and_the_reading_is_kept(self, as_actor, scene):
        application = scene.application(Status.NEW, message="Dort chez sa sœur, sans voiture.")
        client = as_actor(scene.facilitator)
        assert "sans voiture" not in client.get(application.get_absolute_url()).text
        assert "sans voiture" in client.post(reverse("offers:note", args=[application.pk])).text
        reading = Entry.objects.get(verb="note.read")
        assert (reading.about_id, reading.user_id) == (application.participant_id, scene.facilitator.user.pk)
        assert "voiture" not in str(reading.details)

    def test_its_author_reads_it_without_asking(self, as_actor, scene):
        application = scene.application(Status.NEW, message="Dort chez sa sœur, sans voiture.")
        author = actor_for(application.organisation)
        assert "sans voiture" in as_actor(author).get(application.get_absolute_url()).text


class TestTheBoard:
    """The same files in columns, by where they are."""

    def test_each_file_is_in_its_column_with_what_it_lacks(self, as_actor, scene):
        fresh, kept = scene.application(), scene.application(Status.SHORTLISTED)
        CriterionAnswerFactory(application=fresh, criterion=scene.hard, met="NO", fact="aucun bus à 7 h")

        page = as_actor(scene.facilitator).get(address(scene), {"vue": "tableau"}).text

        places = [page.index(f'id="colonne-{key}"') for key in ("a-decider", "retenues")]
        assert places[0] < page.index(f'id="candidature-{fresh.pk}"') < places[1]
        assert places[1] < page.index(f'id="candidature-{kept.pk}"')
        assert "aucun bus à 7 h" in page

    def test_a_decision_taken_there_comes_back_there(self, as_actor, scene):
        application = scene.application()
        response = decide(
            as_actor(scene.facilitator),
            application,
            verdict="ON_HOLD",
            reason="À revoir.",
            vue="tableau",
        )
        assert response.url == f"{address(scene)}?vue=tableau#candidature-{application.pk}"


def test_a_decision_on_a_file_that_somebody_else_decided_is_refused_and_keeps_its_words(as_actor, scene):
    application = scene.application()
    client = as_actor(scene.facilitator)
    decide(client, application, verdict="SHORTLISTED", reason="Première.", seen="a-decider")

    response = decide(client, application, verdict="ON_HOLD", reason="Seconde.", seen="a-decider")

    assert response.status_code == 422
    assert "Quelqu’un d’autre vient de décider" in response.text
    assert 'value="Seconde."' in response.text
    [candidate] = response.context["page"]
    read = candidate.form["seen"].value()
    again = decide(client, application, verdict="ON_HOLD", reason="Relue.", seen=read)
    assert again.status_code == 302
    assert decide(client, application, verdict="ON_HOLD", reason="Ah.", seen="hier").status_code == 422


@pytest.mark.parametrize("view", ["", "tableau"])
def test_two_hundred_files_take_as_many_queries_as_two(as_actor, scene, view):
    client = as_actor(scene.facilitator)

    def queries():
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address(scene), {"vue": view}).status_code == 200
        return len(asked)

    for _ in range(2):
        scene.application()
    few = queries()
    for _ in range(198):
        scene.application()
    look_at_tables()

    assert queries() == few


def test_the_page_tells_how_it_sorts_and_who_goes_through(as_actor, scene):
    for _ in range(6):
        scene.application(participant__sex="F")

    page = as_actor(scene.facilitator).get(address(scene)).text

    assert "Jamais regardés : le sexe, l’âge" in page.replace("\u00a0", " ")
    assert "Qui passe chaque étape" in page
    assert "En QPV" not in page


def test_beyond_five_hundred_the_page_says_so_and_the_next_ones_follow(as_actor, scene):
    service = scene.sheet.service
    people = Participant.objects.bulk_create(
        Participant(service=service, first_name="Camille", last_name=f"N{number}", created_at=NOW)
        for number in range(503)
    )
    Application.objects.bulk_create(
        Application(
            service=service,
            job_sheet=scene.sheet,
            participant=person,
            organisation=scene.employer.organisation,
            sent_at=NOW,
            acted_at=NOW,
            status=Status.NEW,
        )
        for person in people
    )
    look_at_tables()
    client = as_actor(scene.facilitator)

    first = client.get(address(scene))
    assert "Cette fiche a plus de 500 candidatures." in first.text
    assert "503\u00a0candidatures" in first.text
    rest = client.get(address(scene), {"apres": first.context["next"]})
    assert rest.context["page"].paginator.count == 3
    assert "Revenir aux premières" in rest.text

    [last] = [one.application for one in rest.context["page"].object_list][:1]
    assert decide(client, last, verdict="SHORTLISTED", reason="Motivée.").status_code == 302
    kept = client.get(address(scene), {"etat": "retenues"})
    assert [one.application.pk for one in kept.context["page"].object_list] == [last.pk]
    assert "plus de 500" not in kept.text
