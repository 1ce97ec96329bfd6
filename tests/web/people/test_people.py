import pytest
from django.urls import reverse

from tests.factories import DecisionProofFactory, ParticipantFactory, SupportFactory
from tests.offers.scene import person_followed_by
from tests.words import says
from uneplace.journal.models import Entry
from uneplace.people.models import EligibilityDecision


@pytest.fixture
def person(scene):
    """Somebody whose decision rests on a ground that nobody should read by chance."""
    application = scene.application(ready=True, by=scene.referrer)
    DecisionProofFactory(decision=EligibilityDecision.objects.get(participant=application.participant))
    return application.participant


def test_a_page_never_shows_a_ground_nor_writes(as_actor, scene, person):
    client = as_actor(scene.facilitator)

    page = client.get(person.get_absolute_url()).content.decode()
    listed = client.get(reverse("people:list")).content.decode()

    assert "Éligible jusqu’au 10 août 2026" in page
    for content in (page, listed):
        assert not says("RSA", content)
    assert client.get(reverse("people:grounds", args=[person.pk])).status_code == 405
    assert not Entry.objects.filter(verb="grounds.read").exists()


@pytest.mark.parametrize("who", ["facilitator", "referrer"])
def test_grounds_are_shown_when_asked_for_and_the_journal_says_so(as_actor, scene, person, who):
    actor = getattr(scene, who)

    page = as_actor(actor).post(reverse("people:grounds", args=[person.pk])).content.decode()

    assert "Allocataire du RSA" in page
    assert "Attestation RSA" in page
    entry = Entry.objects.get(verb="grounds.read")
    assert (entry.user_id, entry.about_id) == (actor.user.pk, person.pk)
    assert entry.details == {"screen": "people:participant"}


def test_strangers_find_nobody(as_actor, scene, person, strangers):
    for stranger in (strangers[0], strangers[2], strangers[3], scene.employer):
        client = as_actor(stranger)
        for route in ("participant", "correct"):
            assert client.get(reverse(f"people:{route}", args=[person.pk])).status_code == 404
        assert client.post(reverse("people:grounds", args=[person.pk])).status_code == 404
        assert str(person) not in client.get(reverse("people:list")).content.decode()


def decide(client, person, **typed):
    return client.post(
        reverse("people:decide", args=[person.pk]),
        {
            "job_seeker": "oui",
            "receives_rsa": "oui",
            "dated_RSA": "2026-01-20",
            "kind_RSA": "Attestation RSA de la CAF",
            "verdict": "ELIGIBLE",
            "main_ground": "RSA",
            **typed,
        },
    )


@pytest.fixture
def newcomer(scene):
    return scene.application().participant


def test_a_facilitator_decides(as_actor, scene, newcomer):
    response = decide(as_actor(scene.facilitator), newcomer)

    decision = newcomer.decisions.get()
    assert response.url == newcomer.get_absolute_url()
    assert (decision.main_ground, decision.decided_by) == ("RSA", scene.facilitator.user)
    assert decision.proofs.get().evidence.kind == "Attestation RSA de la CAF"


def test_calculating_keeps_nothing(as_actor, scene, newcomer):
    page = decide(
        as_actor(scene.facilitator), newcomer, calculer="1", verdict="", dated_RSA=""
    ).content.decode()

    assert "Allocataire du RSA en recherche d’emploi" in page
    assert "Justificatif à dater" in page
    assert "Choisissez la décision." not in page
    assert not EligibilityDecision.objects.exists()


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"verdict": ""}, "Choisissez la décision."),
        ({"dated_RSA": ""}, "Aucun motif n’est à la fois rempli et justifié."),
        ({"dated_RSA": "2026-03-01"}, "ne peut pas être daté dans l’avenir"),
        ({"main_ground": ""}, "Choisissez le motif principal"),
        ({"verdict": "REFUSED"}, "Écrivez la raison"),
        ({"born_on": "2030-01-01"}, "postérieure à la date examinée"),
        ({"months_worked_last_12": "13"}, "12"),
    ],
)
def test_why_a_decision_is_not_taken(as_actor, scene, newcomer, typed, words):
    response = decide(as_actor(scene.facilitator), newcomer, **typed)

    page = response.content.decode()
    assert response.status_code == 422
    assert words in page
    assert '<option value="oui" selected>' in page
    assert not EligibilityDecision.objects.exists()


def test_a_file_to_complete_is_the_structure_s_turn(as_actor, scene, newcomer):
    decide(as_actor(scene.facilitator), newcomer, verdict="TO_COMPLETE", reason="Il manque une date.")

    page = as_actor(scene.employer).get(newcomer.get_absolute_url()).content.decode()

    assert "C’est à vous\u00a0: compléter le dossier d’éligibilité" in page
    assert "Il manque une date." in page


def test_a_referrer_does_not_decide(as_actor, scene, person):
    assert as_actor(scene.referrer).get(reverse("people:decide", args=[person.pk])).status_code == 403


def test_identity_is_set_right(as_actor, scene, person):
    client = as_actor(scene.referrer)
    address = reverse("people:correct", args=[person.pk])
    typed = {"first_name": "Aminata", "last_name": "Sow-Duclos", "phone": "06 39 98 12 34"}

    assert client.post(address, {**typed, "last_name": ""}).status_code == 422
    client.post(address, typed)

    person.refresh_from_db()
    assert (str(person), person.phone) == ("Aminata Sow-Duclos", "06 39 98 12 34")


def test_two_people_who_correct_at_once_lose_nothing(as_actor, scene, person):
    address = reverse("people:correct", args=[person.pk])
    mine, theirs = as_actor(scene.referrer), as_actor(scene.facilitator)
    read = {
        name: mine.get(address).context["form"][name].value() or ""
        for name in ("was", "read", "first_name", "last_name", "phone", "email", "address")
    }
    theirs.post(address, {**read, "phone": "06 39 98 00 00", "address": "3 rue du Lavoir"})

    page = mine.post(address, {**read, "phone": "06 39 98 12 34"})

    assert page.status_code == 422
    assert "Quelqu’un d’autre vient de corriger cette fiche." in page.text
    form = page.context["form"]
    assert form["phone"].value() == "06 39 98 12 34", "what I wrote"
    assert form["address"].value() == "3 rue du Lavoir", "what the other wrote"
    assert "<strong>06 39 98 00 00</strong>, auparavant" in page.text
    person.refresh_from_db()
    assert person.phone == "06 39 98 00 00"
    again = {name: form[name].value() or "" for name in read}
    assert mine.post(address, again).status_code == 302
    person.refresh_from_db()
    assert (person.phone, person.address) == ("06 39 98 12 34", "3 rue du Lavoir")


def test_a_referrer_reads_what_became_of_each(as_actor, scene, person):
    page = as_actor(scene.referrer).get(reverse("people:list")).content.decode()

    assert str(person) in page
    assert scene.sheet.title in page
    assert "Proposition" in page


def test_a_search_finds_without_accents(as_actor, scene):
    found = ParticipantFactory(service=scene.sheet.service, first_name="Zoé", last_name="Élan")
    SupportFactory(participant=found, organisation=scene.referrer.organisation)
    for actor in (scene.facilitator, scene.referrer):
        client = as_actor(actor)
        assert "Élan" in client.get(reverse("people:list"), {"q": "elan zoe"}).content.decode()
        empty = client.get(reverse("people:list"), {"q": "dupont"}).content.decode()
        assert "Personne ne porte ce nom" in empty


def test_a_list_is_searched_by_name_or_by_a_whole_phone_number(as_actor, scene):
    person = person_followed_by(scene.referrer, scene.sheet, first_name="Zoé", phone="06 12 34 56 78")
    client = as_actor(scene.referrer)

    for text, is_found in (("zoé", True), ("+33612345678", True), ("0612", False)):
        page = client.get(reverse("people:list"), {"q": text}).content.decode()
        assert (person.get_absolute_url() in page) is is_found, text
