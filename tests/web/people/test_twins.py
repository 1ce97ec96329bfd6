"""Possible duplicates on screen: the facilitator's list, the comparison, the merge and its undoing."""

from datetime import date

import pytest
from django.urls import reverse

from tests.factories import (
    AllocationFactory,
    ApplicationFactory,
    EligibilityDecisionFactory,
    LedgerEntryFactory,
    MergeFactory,
    ParticipantFactory,
    PlacementFactory,
    ResemblanceFactory,
    StatementFactory,
    StatementLineFactory,
    SupportFactory,
    WorkedMonthFactory,
    actor_for,
)
from tests.offers.scene import NOW
from tests.words import says
from uneplace.journal.models import Entry
from uneplace.people.models import Merge, Participant, Resemblance
from uneplace.people.twins import note_all_twins


@pytest.fixture
def marie(scene):
    person = ParticipantFactory(
        service=scene.sheet.service, first_name="Marie", last_name="Durand", phone="06 39 98 12 34"
    )
    SupportFactory(participant=person, organisation=scene.referrer.organisation)
    return person


@pytest.fixture
def twin(scene, marie):
    person = ParticipantFactory(
        service=marie.service, first_name="Durand", last_name="Marie", email="marie@exemple.fr"
    )
    SupportFactory(participant=person, organisation=scene.employer.organisation)
    EligibilityDecisionFactory(participant=person)
    return person


@pytest.fixture
def pair(marie, twin):
    note_all_twins(marie.service, at=NOW)
    return Resemblance.objects.get()


@pytest.fixture
def client(as_actor, scene):
    return as_actor(scene.facilitator)


def choices(kept, left, **chosen):
    """What the form sends: each fact that differs from the file kept, but for those chosen."""
    names = ("first_name", "last_name", "phone", "email", "commune")
    return {"keep": kept.pk} | dict.fromkeys(names, kept.pk) | chosen


def test_the_list_of_people_leads_to_the_possible_duplicates_with_their_number(client, pair):
    page = client.get(reverse("people:list")).content.decode()
    assert reverse("people:twins") in page
    assert 'Doublons possibles <span class="count-of">1</span>' in page


def test_the_list_says_who_and_why(client, pair):
    page = client.get(reverse("people:twins")).content.decode()
    assert "Durand Marie" in page
    assert "Marie Durand" in page
    assert "Très probable" in page
    assert "même date de naissance\u00a0; nom et prénom intervertis" in page


def test_nothing_to_look_at_says_what_is_compared(client, scene):
    for state, words in (
        ("", "Aucun doublon possible"),
        ("reunis", "Aucun dossier réuni"),
        ("distincts", "dit"),
    ):
        assert words in client.get(reverse("people:twins"), {"etat": state}).content.decode()


def test_the_list_asks_as_many_queries_for_two_pairs_as_for_forty(
    client, scene, django_assert_max_num_queries
):
    service = scene.sheet.service
    for _ in range(40):
        found = ResemblanceFactory(one__service=service)
        SupportFactory(participant=found.one)
    with django_assert_max_num_queries(24):
        client.get(reverse("people:twins"))


def test_two_files_are_compared_without_a_word_of_the_grounds(client, pair, marie, twin):
    page = client.get(pair.get_absolute_url()).content.decode()
    for shown in (
        "06 39 98 12 34",
        "marie@exemple.fr",
        "Mission locale des Trois-Vaux",
        "Cap Lanterne Intérim",
    ):
        assert shown in page
    assert "diffère\u00a0: choisissez" in page
    assert "False" not in page
    assert not says("RSA", page)
    assert not Entry.objects.filter(verb="participant.merged").exists()


def test_the_facts_chosen_are_kept_and_the_rest_is_not_lost(client, pair, marie, twin):
    answer = client.post(pair.get_absolute_url(), choices(marie, twin, email=twin.pk), follow=True)
    assert "Dossiers réunis\u00a0: Marie Durand." in answer.content.decode()
    kept = Participant.objects.get(pk=marie.pk)
    assert (kept.email, kept.phone, kept.last_name) == ("marie@exemple.fr", "06 39 98 12 34", "Durand")
    assert kept.decisions.count() == 1
    assert kept.supports.count() == 2
    assert "Dossiers réunis dans celui-ci" in answer.content.decode()


def test_the_other_file_may_be_kept(client, pair, marie, twin):
    client.post(pair.get_absolute_url(), choices(twin, marie))
    assert Merge.objects.get().kept == twin


def test_what_is_typed_stays_when_it_cannot_be_done_and_the_page_says_why(client, scene, pair, marie, twin):
    for person in (marie, twin):
        ApplicationFactory(job_sheet=scene.sheet, participant=person)
    assert "retirez ou refusez d’abord" in client.get(pair.get_absolute_url()).content.decode()
    answer = client.post(pair.get_absolute_url(), choices(marie, twin, email=twin.pk))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "retirez ou refusez d’abord" in page
    field = answer.context["form"]["email"]
    assert int(field.value()) == twin.pk


def test_a_choice_left_out_is_asked_for(client, pair, marie, twin):
    answer = client.post(pair.get_absolute_url(), {"keep": marie.pk})
    assert answer.status_code == 422
    assert not Merge.objects.exists()


def test_an_old_address_leads_to_the_file_kept_for_whoever_may_see_it(
    client, as_actor, scene, pair, marie, twin, strangers
):
    client.post(pair.get_absolute_url(), choices(marie, twin))
    for route in ("people:participant", "people:correct", "people:profile", "people:decide", "rights:person"):
        answer = client.get(reverse(route, args=[twin.pk]))
        assert (answer.status_code, answer.url) == (302, reverse(route, args=[marie.pk]))
    old = reverse("people:participant", args=[twin.pk])
    assert as_actor(scene.employer).get(old).url == marie.get_absolute_url()
    for stranger in strangers:
        assert as_actor(stranger).get(old).status_code in (403, 404)


def test_what_was_being_typed_in_a_file_merged_meanwhile_goes_on_in_the_file_kept(client, marie, twin):
    address = reverse("people:correct", args=[twin.pk])
    read = client.get(address).context["form"]
    typed = {name: read[name].value() or "" for name in ("was", "read", "last_name")}
    typed |= {"first_name": "Marie-Lou", "sex": "F", "phone": "06 39 98 77 66"}
    MergeFactory(kept=marie, left=twin)

    page = client.post(address, typed)

    assert page.status_code == 422
    assert f"Le dossier gardé\u00a0: {marie}" in page.text
    assert "<dt>Sexe</dt><dd>Femme</dd>" in page.text
    assert f'action="{reverse("people:correct", args=[marie.pk])}"' in page.text
    marie.refresh_from_db()
    assert marie.first_name == "Marie"
    taken = client.post(reverse("people:correct", args=[marie.pk]), dict(page.context["sent"]))
    assert "Quelqu’un d’autre vient de corriger cette fiche." in taken.text, "another file than was read"
    form = taken.context["form"]
    assert (form["first_name"].value(), form["phone"].value()) == ("Marie-Lou", "06 39 98 77 66")


@pytest.mark.parametrize("page", ["profile", "decide"])
def test_a_profile_or_a_decision_being_written_goes_on_there_too(client, marie, twin, page):
    MergeFactory(kept=marie, left=twin)
    typed = {
        "profile": {"travel": "CAR", "travel_km": "30", "months_0": "12", "licences": ["B", "C"]},
        "decide": {"job_seeker": "oui", "reason": "Il manque une date.", "kind_RSA": "Attestation"},
    }[page]

    answer = client.post(reverse(f"people:{page}", args=[twin.pk]), typed)

    assert answer.status_code == 422
    words = {
        "profile": ["En voiture", "Permis B, Permis C", "12"],
        "decide": ["Il manque une date.", "<dd>oui</dd>"],
    }
    for one in words[page]:
        assert one in answer.text, one
    kept = [(name, value) for name, value in answer.context["sent"] if name == "licences"]
    assert kept == ([("licences", "B"), ("licences", "C")] if page == "profile" else [])


def test_parted_again_each_has_its_own(client, pair, marie, twin):
    client.post(pair.get_absolute_url(), choices(marie, twin, email=twin.pk))
    merge = Merge.objects.get()
    page = client.get(merge.get_absolute_url()).content.decode()
    assert "Décisions d’éligibilité\u00a0: 1" in page
    assert "repris du dossier réuni\u00a0: adresse électronique" in page
    listed = client.get(reverse("people:twins"), {"etat": "reunis"}).content.decode()
    assert merge.get_absolute_url() in listed

    answer = client.post(merge.get_absolute_url(), follow=True)
    assert "Dossiers séparés" in answer.content.decode()
    assert Participant.objects.get(pk=twin.pk).email == "marie@exemple.fr"
    assert client.get(pair.get_absolute_url()).status_code == 200, "they are proposed again"
    assert client.post(merge.get_absolute_url()).status_code == 404


def test_a_merge_that_cannot_be_undone_says_why(client, pair, marie, twin):
    client.post(pair.get_absolute_url(), choices(marie, twin))
    Participant.objects.filter(pk=marie.pk).update(anonymised_at=NOW)
    merge = Merge.objects.get()
    assert "anonymisé depuis" in client.get(merge.get_absolute_url()).content.decode()
    assert "anonymisé depuis" in client.post(merge.get_absolute_url(), follow=True).content.decode()
    assert Merge.objects.exists()


def test_two_people_are_said_to_be_two_and_never_proposed_again(client, pair, marie):
    address = reverse("people:tell_apart", args=[pair.pk])
    assert client.get(address).status_code == 405
    page = client.post(address, follow=True).content.decode()
    assert "ce sont deux personnes" in page
    assert "Aucun doublon possible" in page
    assert "déjà dits distincts" in client.post(address, follow=True).content.decode()
    apart = client.get(reverse("people:twins"), {"etat": "distincts"}).content.decode()
    assert pair.get_absolute_url() in apart
    note_all_twins(marie.service, at=NOW)
    assert not Resemblance.objects.open().exists()


def test_a_structure_and_a_stranger_know_nothing_of_it(as_actor, scene, pair, marie, twin, strangers):
    merge = MergeFactory(kept=ParticipantFactory(service=marie.service))
    addresses = [
        reverse("people:twins"),
        pair.get_absolute_url(),
        merge.get_absolute_url(),
        reverse("people:tell_apart", args=[pair.pk]),
    ]
    for actor in (scene.employer, scene.referrer, scene.company, *strangers[1:]):
        for address in addresses:
            assert as_actor(actor).post(address).status_code in (403, 404, 405)
            assert as_actor(actor).get(address).status_code in (403, 404, 405)
    stranger = as_actor(strangers[0])
    assert stranger.get(pair.get_absolute_url()).status_code == 404
    assert stranger.get(merge.get_absolute_url()).status_code == 404
    assert "Marie" not in stranger.get(reverse("people:twins")).content.decode()
    for actor in (scene.employer, scene.referrer):
        page = as_actor(actor).get(reverse("people:list")).content.decode()
        assert "oublon" not in page


def test_a_reader_compares_and_changes_nothing(as_actor, scene, pair, marie, twin):
    reader = as_actor(actor_for(scene.sheet.service, role="READER"))
    page = reader.get(pair.get_absolute_url()).content.decode()
    assert "marie@exemple.fr" in page
    assert 'type="radio"' not in page
    assert reader.post(pair.get_absolute_url(), choices(marie, twin)).status_code == 403
    assert reader.post(reverse("people:tell_apart", args=[pair.pk])).status_code == 403
    merge = MergeFactory(kept=marie)
    assert "Séparer" not in reader.get(merge.get_absolute_url()).content.decode()
    assert reader.post(merge.get_absolute_url()).status_code == 403


def test_hours_counted_are_shown_and_stay(client, scene, pair, marie, twin):
    placement = PlacementFactory(service=twin.service, participant=twin)
    statement = StatementFactory(commitment=scene.sheet.commitment, month=date(2026, 4, 1), validated=True)
    month = WorkedMonthFactory(placement=placement, month=date(2026, 4, 1), hours=100)
    line = StatementLineFactory(statement=statement, worked_month=month, hours=100)
    AllocationFactory(commitment=scene.sheet.commitment, placement=placement)
    entry = LedgerEntryFactory(line=line)
    page = client.get(pair.get_absolute_url()).content.decode()
    assert "1\u00a0contrat" in page
    assert "100\u00a0h comptées" in page
    client.post(pair.get_absolute_url(), choices(marie, twin))
    entry.refresh_from_db()
    assert entry.participant == twin
    page = client.get(marie.get_absolute_url()).content.decode()
    assert "Aide-maçonne" in page


class TestAFileThatNothingBroughtTogether:
    """« C’est la même personne qu’une autre fiche », from a person's page."""

    @pytest.fixture
    def other(self, marie):
        """Her file under another name, with a wrong birth date."""
        return ParticipantFactory(
            service=marie.service, first_name="Marie", last_name="Lefort", born_on=date(1971, 1, 1)
        )

    @pytest.fixture
    def address(self, marie):
        return reverse("people:name_twin", args=[marie.pk])

    def test_it_is_looked_for_from_her_page_then_compared_and_merged(self, client, marie, other, address):
        assert address in client.get(marie.get_absolute_url()).text

        page = client.get(address, {"q": "lefort"})
        assert "Lefort Marie" in page.text
        assert "1 personne" in page.text.replace("\u00a0", " ")
        answer = client.post(address, {"autre": other.pk})

        pair = Resemblance.objects.get()
        assert answer.url == pair.get_absolute_url()
        compared = client.get(answer.url).text
        assert "rapprochés par quelqu’un du service" in compared
        names = ("first_name", "last_name", "phone", "email", "commune", "born_on", "sex")
        client.post(answer.url, {"keep": marie.pk} | dict.fromkeys(names, marie.pk))
        assert Merge.objects.get().left == other

    def test_the_pair_stays_to_be_looked_at_the_next_morning(self, client, marie, other, address):
        client.post(address, {"autre": other.pk})

        note_all_twins(marie.service, at=NOW)

        assert Resemblance.objects.open().count() == 1

    def test_those_already_told_apart_are_compared_again(self, client, marie, other, address):
        client.post(address, {"autre": other.pk})
        pair = Resemblance.objects.get()
        client.post(reverse("people:tell_apart", args=[pair.pk]))

        answer = client.post(address, {"autre": other.pk}, follow=True)

        assert "Vous pouvez encore les réunir" in answer.text
        assert Resemblance.objects.count() == 1

    @pytest.mark.parametrize("search", ["zzz", "0612345678"])
    def test_nobody_found_says_what_to_try(self, client, address, search):
        assert "Aucune autre fiche ne porte ce nom" in client.get(address, {"q": search}).text

    def test_her_own_file_is_not_another_one(self, client, marie, address):
        assert not client.get(address, {"q": "durand"}).context["found"]
        refused = client.post(address, {"autre": marie.pk}, follow=True)
        assert "Choisissez le dossier d’une autre personne" in refused.text

    @pytest.mark.parametrize("wrong", ["", "0", "²", "99999999999999999999"])
    def test_what_is_no_file_is_not_found(self, client, address, wrong):
        assert client.post(address, {"autre": wrong}).status_code == 404

    def test_a_file_of_another_service_is_neither_found_nor_named(self, client, address):
        foreign = ParticipantFactory(last_name="Ailleurs")

        assert "Aucune autre fiche ne porte ce nom" in client.get(address, {"q": "ailleurs"}).text
        assert client.post(address, {"autre": foreign.pk}).status_code == 404
        assert not Resemblance.objects.exists()

    def test_strangers_do_not_look(self, as_actor, scene, address, strangers):
        for actor in (*strangers, scene.referrer, scene.company):
            assert as_actor(actor).get(address).status_code in (403, 404)
