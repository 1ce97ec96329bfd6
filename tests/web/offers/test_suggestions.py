"""Several people of the pool put forward at once, and what the structures that follow them answer."""

from django.urls import reverse

from tests.factories import (
    OrganisationFactory,
    ParticipantFactory,
    PartnershipFactory,
    SuggestionFactory,
    SupportFactory,
    actor_for,
)
from tests.offers.scene import NOW, person_followed_by
from uneplace.offers.models import Application, Suggestion


def address(scene):
    return reverse("offers:gather", args=[scene.sheet.pk])


def silent_structure(scene):
    structure = OrganisationFactory(referrer=True, name="Épicerie solidaire")
    PartnershipFactory(service=scene.sheet.service, organisation=structure)
    return structure


def suggestion(scene, **fields):
    person = person_followed_by(scene.referrer, scene.sheet)
    organisation = scene.referrer.organisation
    return SuggestionFactory(job_sheet=scene.sheet, participant=person, organisation=organisation, **fields)


def test_the_page_says_what_will_happen_to_each_before_it_does(as_actor, scene):
    asked = person_followed_by(scene.referrer, scene.sheet)
    own = ParticipantFactory(service=scene.sheet.service)
    SupportFactory(participant=own, organisation=silent_structure(scene))
    there = scene.application().participant
    alone = ParticipantFactory(service=scene.sheet.service)

    page = as_actor(scene.facilitator).get(
        address(scene), {"personnes": [asked.pk, own.pk, there.pk, alone.pk, "x"]}
    )

    assert f"{scene.referrer.organisation} recevra une demande." in page.text
    assert "Épicerie solidaire n’a pas de compte\u00a0: vous proposez en son nom." in page.text
    assert f"<li>{there}\u00a0: déjà proposée pour ce poste.</li>" in page.text
    assert f"<li>{alone}\u00a0: aucune structure ne la suit.</li>" in page.text
    assert not Suggestion.objects.exists()


def test_several_are_put_forward_in_one_act_and_the_list_says_who_was_left_out(as_actor, scene):
    asked = person_followed_by(scene.referrer, scene.sheet)
    own = ParticipantFactory(service=scene.sheet.service)
    SupportFactory(participant=own, organisation=silent_structure(scene))
    there = scene.application().participant
    client = as_actor(scene.facilitator)
    typed = {
        "personnes": [asked.pk, own.pk, there.pk],
        f"chosen_{asked.pk}": "on",
        f"chosen_{own.pk}": "on",
        f"informed_on_{own.pk}": "2026-02-10",
        f"informed_by_{own.pk}": "PHONE",
    }

    page = client.post(address(scene), typed, follow=True)

    assert "1\u00a0personne proposée pour ce poste." in page.text
    assert f"1\u00a0demande envoyée\u00a0: {scene.referrer.organisation} (1)." in page.text
    assert f"{there}\u00a0: déjà proposée pour ce poste." in page.text
    assert Application.objects.get(participant=own).organisation.name == "Épicerie solidaire"
    assert Suggestion.objects.get().participant == asked


def test_who_was_not_told_keeps_the_act_waiting_and_nothing_typed_is_lost(as_actor, scene):
    own = ParticipantFactory(service=scene.sheet.service)
    SupportFactory(participant=own, organisation=silent_structure(scene))
    typed = {"personnes": [own.pk], f"chosen_{own.pk}": "on", f"informed_by_{own.pk}": "PHONE"}

    page = as_actor(scene.facilitator).post(address(scene), typed)

    assert page.status_code == 422
    assert "Indiquez la date." in page.text
    assert '<option value="PHONE" selected>' in page.text
    assert not Application.objects.exists()


def test_nobody_ticked_is_said(as_actor, scene):
    person = person_followed_by(scene.referrer, scene.sheet)
    client = as_actor(scene.facilitator)

    assert "Aucune personne choisie" in client.get(address(scene)).text
    unticked = client.post(address(scene), {"personnes": [person.pk]})
    assert unticked.status_code == 422
    assert "Choisissez au moins une personne." in unticked.text


def test_a_person_followed_by_two_structures_goes_through_the_chosen_one(as_actor, scene):
    person = person_followed_by(scene.referrer, scene.sheet)
    SupportFactory(participant=person, organisation=scene.employer.organisation)
    typed = {
        "personnes": [person.pk],
        f"chosen_{person.pk}": "on",
        f"structure_{person.pk}": scene.employer.organisation.pk,
    }

    as_actor(scene.facilitator).post(address(scene), typed)

    assert Suggestion.objects.get().organisation == scene.employer.organisation


def test_the_structure_reads_what_is_asked_and_proposes_from_there(as_actor, scene):
    one = suggestion(scene)
    client = as_actor(scene.referrer)

    page = client.get(reverse("offers:list")).text
    put_forward = f"{reverse('offers:put_forward', args=[scene.sheet.pk])}?personne={one.participant_id}"

    assert "Le service vous demande de proposer" in page
    assert put_forward in page
    assert f"{one.participant}, à proposer ou non" in client.get("/").text
    assert str(one.participant) not in as_actor(scene.employer).get(reverse("offers:list")).text


def test_the_structure_declines_with_a_reason_that_the_pool_shows(as_actor, scene):
    one = suggestion(scene)
    decline = reverse("offers:decline_suggestion", args=[one.pk])
    client = as_actor(scene.referrer)

    assert client.post(decline, {"reason": "OTHER", "note": ""}).status_code == 422
    client.post(decline, {"reason": "OTHER", "note": "Elle déménage."})

    pool = as_actor(scene.facilitator).get(reverse("offers:pool", args=[scene.sheet.pk])).text
    assert "« Elle déménage. »" in pool
    again = client.post(decline, {"reason": "IN_JOB", "note": "Trop tard"})
    assert again.status_code == 422
    assert "Cette demande a déjà sa réponse." in again.text
    assert "Trop tard" in again.text


def test_the_service_takes_a_request_back(as_actor, scene):
    one = suggestion(scene)
    take_back = reverse("offers:take_suggestion_back", args=[one.pk])
    client = as_actor(scene.facilitator)

    assert "Demande reprise" in client.post(take_back, follow=True).text
    assert "Cette demande a déjà sa réponse." in client.post(take_back, follow=True).text


def test_somebody_asked_for_is_not_offered_again_in_the_pool(as_actor, scene):
    one = suggestion(scene)
    other = person_followed_by(scene.referrer, scene.sheet)

    page = as_actor(scene.facilitator).get(reverse("offers:pool", args=[scene.sheet.pk])).text

    assert f'name="personnes" value="{other.pk}"' in page
    assert f'name="personnes" value="{one.participant_id}"' not in page
    assert f"à {one.organisation}" in page


def test_strangers_find_nothing(as_actor, scene, strangers):
    one = suggestion(scene)
    decline = reverse("offers:decline_suggestion", args=[one.pk])
    take_back = reverse("offers:take_suggestion_back", args=[one.pk])

    assert as_actor(strangers[0]).post(address(scene)).status_code == 404
    assert as_actor(strangers[0]).post(take_back).status_code == 404
    assert as_actor(strangers[3]).get(decline).status_code == 404
    assert as_actor(scene.employer).get(decline).status_code == 404
    assert as_actor(scene.company).get(decline).status_code == 403
    reader = actor_for(scene.facilitator.organisation, role="READER")
    assert as_actor(reader).get(address(scene)).status_code == 403


def test_nothing_to_propose_is_one_click_that_can_be_undone(as_actor, scene):
    nothing = reverse("offers:nothing", args=[scene.sheet.pk])
    undo = reverse("offers:take_nothing_back", args=[scene.sheet.pk])
    client = as_actor(scene.referrer)
    mine = scene.sheet.diffusions.get(organisation=scene.referrer.organisation)

    said = client.post(nothing, {"tout-de-suite": ""}, follow=True).text
    mine.refresh_from_db()
    assert mine.nothing_at == NOW
    assert "c’est dit au service" in said
    assert "Dire pourquoi" in said

    assert "l’offre attend de nouveau votre réponse" in client.post(undo, follow=True).text
    mine.refresh_from_db()
    assert (mine.nothing_at, mine.nothing_reason) == (None, "")
    assert "Cette réponse est déjà annulée." in client.post(undo, follow=True).text


def test_who_already_proposed_somebody_cannot_say_nothing(as_actor, scene):
    scene.application(by=scene.referrer)
    nothing = reverse("offers:nothing", args=[scene.sheet.pk])

    page = as_actor(scene.referrer).post(nothing, {"tout-de-suite": ""}, follow=True).text

    assert "Vous avez déjà proposé une personne" in page
