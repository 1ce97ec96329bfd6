"""Files of one service that are probably one person's: found in one query, noted, told apart."""

from datetime import UTC, date, datetime

import pytest

from tests.factories import OrganisationFactory, ParticipantFactory, SupportFactory, actor_for
from tests.offers.scene import NOW
from uneplace.journal.models import Entry
from uneplace.kit.refused import Refused
from uneplace.kit.scope import working_with
from uneplace.people import actions
from uneplace.people.likeness import Known
from uneplace.people.models import Merge, Participant, Resemblance
from uneplace.people.tasks import note_twins_of_the_night
from uneplace.people.twins import known_of, note_all_twins, note_twins, tell_apart, twins_in, twins_of
from uneplace.rules import french

pytestmark = pytest.mark.django_db
BORN = date(1990, 3, 5)
LATER = datetime(2026, 2, 13, 9, 0, tzinfo=UTC)


@pytest.fixture
def service():
    return OrganisationFactory(service=True)


@pytest.fixture
def marie(service):
    return person(service, "Marie", "Durand", phone="06 39 98 12 34", email="marie@exemple.fr")


def person(service, first, last, born_on=BORN, **more):
    return ParticipantFactory(service=service, first_name=first, last_name=last, born_on=born_on, **more)


OTHERS = {
    "sans accents ni majuscules": {"first": "MARIE", "last": "durand"},
    "intervertis": {"first": "Durand", "last": "Marie"},
    "une faute": {"first": "Marie", "last": "Duradn"},
    "jour et mois intervertis": {"first": "Marie", "last": "Durand", "born_on": date(1990, 5, 3)},
    "un chiffre": {"first": "Marie", "last": "Durand", "born_on": date(1980, 3, 5)},
    "intervertis et un chiffre": {"first": "Durand", "last": "Marie", "born_on": date(1990, 3, 6)},
    "même téléphone": {"first": "Marie", "last": "Durand", "born_on": None, "phone": "+33 6 39 98 12 34"},
    "même adresse": {"first": "Marie", "last": "Durant", "born_on": None, "email": "MARIE@exemple.fr"},
    "nom composé": {"first": "Marie", "last": "Durand-Petit"},
    "particule": {"first": "Marie", "last": "de Durand"},
}


@pytest.mark.parametrize("fields", OTHERS.values(), ids=OTHERS)
def test_all_at_once_and_one_by_one_find_the_same(service, marie, fields):
    other = person(service, **fields)
    pairs = twins_in(service)
    assert set(pairs) == {(marie.pk, other.pk)}

    among = Participant.objects.exclude(pk=marie.pk)
    ((found, likeness),) = twins_of(Known(*_known(marie)), among=among)
    assert (found, likeness.reasons) == (other, pairs[marie.pk, other.pk].reasons)


def _known(person):
    fields = ("first_name", "last_name", "born_on", "sex", "email_index", "phone_index")
    return [getattr(person, name) for name in fields]


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({"first": "Jeanne", "last": "Durand"}, id="jumelle"),
        pytest.param({"first": "Paul", "last": "Durand", "phone": "0639981234"}, id="frère, même téléphone"),
        pytest.param({"first": "Marie", "last": "Durand", "born_on": date(1961, 7, 14)}, id="homonyme"),
        pytest.param({"first": "Marie", "last": "Durand", "born_on": None}, id="homonyme sans date"),
    ],
)
def test_a_family_and_namesakes_are_not_proposed(service, marie, fields):
    person(service, **fields)
    assert twins_in(service) == {}


def test_another_service_and_anonymised_or_merged_files_are_left_out(service, marie):
    person(OrganisationFactory(service=True), "Marie", "Durand")
    person(service, "Marie", "Durand", anonymised_at=NOW)
    left = person(service, "Marie", "Durand")
    Merge.objects.create(service=service, kept=marie, left=left, merged_at=NOW)
    assert twins_in(service) == {}


def test_what_is_typed_is_compared_as_what_is_kept(service, marie):
    typed = {"first_name": "marie", "last_name": "DURAND", "phone": "06.39.98.12.34", "born_on": None}
    ((found, likeness),) = twins_of(known_of(typed), among=Participant.objects.all())
    assert found == marie
    assert likeness.words == "date de naissance manquante\u00a0; mêmes nom et prénom\u00a0; même téléphone"


def test_a_new_file_is_noted_for_the_facilitator_alone(service, marie):
    mission = OrganisationFactory(referrer=True)
    structure = actor_for(mission)
    new = actions.register_participant(
        service=service,
        organisation=mission,
        first_name="Durand",
        last_name="Marie",
        born_on=BORN,
        by=structure,
        at=NOW,
    )
    found = Resemblance.objects.visible_to(actor_for(service)).get()
    assert {found.one, found.other} == {marie, new}
    assert found.is_sure
    assert found.words == "même date de naissance\u00a0; nom et prénom intervertis"
    assert not Resemblance.objects.visible_to(structure).exists()


def test_a_corrected_name_is_looked_at_again(service, marie):
    other = person(service, "Marie", "Durand")
    note_all_twins(service, at=NOW)
    assert Resemblance.objects.get().is_sure

    by = actor_for(service)
    actions.correct_participant(other, last_name="Duradn", by=by, at=LATER)
    (noted,) = Resemblance.objects.all()
    assert (noted.is_sure, noted.found_at) == (False, NOW)
    actions.correct_participant(other, last_name="Lebrun", by=by, at=LATER)
    assert not Resemblance.objects.exists()


def test_told_apart_two_people_are_proposed_no_more(service, marie):
    other = person(service, "Marie", "Durand")
    note_twins(other, at=NOW)
    facilitator = actor_for(service)
    noted = Resemblance.objects.get()
    tell_apart(noted, by=facilitator, at=NOW)

    assert note_all_twins(service, at=LATER) == 0
    note_twins(marie, at=LATER)
    (kept,) = Resemblance.objects.all()
    assert (kept.told_apart_at, kept.told_apart_by) == (NOW, facilitator.user)
    assert not Resemblance.objects.open().exists()
    act = Entry.objects.get(verb="participant.told_apart")
    assert (act.about_id, act.details) == (marie.pk, {"other": other.pk})
    with pytest.raises(Refused, match="déjà dits distincts"):
        tell_apart(noted, by=facilitator, at=LATER)


def test_what_was_said_of_a_file_holds_for_the_file_it_was_merged_into(service, marie):
    twin, same = person(service, "Marie", "Durand"), person(service, "Marie", "Durand")
    note_all_twins(service, at=NOW)
    tell_apart(Resemblance.objects.get(one=twin, other=same), by=actor_for(service), at=NOW)
    Merge.objects.create(service=service, kept=marie, left=same, merged_at=NOW)
    assert note_all_twins(service, at=LATER) == 0


def test_of_two_facilitators_the_second_reads_that_it_is_done(service, marie):
    person(service, "Marie", "Durand")
    note_all_twins(service, at=NOW)
    mine, theirs = Resemblance.objects.get(), Resemblance.objects.get()
    tell_apart(mine, by=actor_for(service), at=NOW)
    with pytest.raises(Refused, match="Quelqu’un d’autre vient de traiter"):
        tell_apart(theirs, by=actor_for(service), at=NOW)


def test_every_night_each_service_is_looked_at_in_one_query(service, marie, django_assert_max_num_queries):
    person(service, "Marie", "Durand")
    note_twins_of_the_night.func(int(NOW.timestamp()))
    assert Resemblance.objects.filter(service=service).count() == 1
    for number in range(20):
        person(service, "Ana", f"Autre{french.number(number)}")
        person(service, "Ana", f"Autre{french.number(number)}")
    with working_with([service.pk]), django_assert_max_num_queries(12):
        note_all_twins(service, at=LATER)
    assert Resemblance.objects.count() > 20


def test_support_is_no_reason_to_be_noted(service, marie):
    SupportFactory(participant=marie)
    note_twins(marie, at=NOW)
    assert not Resemblance.objects.exists()
