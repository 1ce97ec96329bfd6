"""Everything held on a person is handed over: no table that leads to somebody is forgotten."""

import json
from datetime import UTC, datetime
from io import BytesIO, StringIO

import pikepdf
import pytest
import time_machine
from django.apps import apps
from django.core.management import call_command

from tests.factories import (
    AgreementFactory,
    AllocationFactory,
    ApplicationFactory,
    PlacementFactory,
    UserFactory,
)
from tests.plugin.papers import text_of_pdf
from tests.rights.scene import tell_story
from uneplace.journal.history import RowEvent
from uneplace.journal.models import Entry
from uneplace.organisations.actor import Actor
from uneplace.people import actions as people_actions
from uneplace.people.models import Participant
from uneplace.rights.held import HELD, everything_about, history_of, history_path
from uneplace.rights.papers import as_json, as_pdf

NOW = datetime(2026, 6, 15, 9, 0, tzinfo=UTC)


def leads_to_a_person(model, seen=()):
    """Whether a chain of foreign keys goes from this model to a person."""
    if model is Participant:
        return True
    targets = [column.related_model for column in model._meta.concrete_fields if column.is_relation]
    return any(
        leads_to_a_person(target, (*seen, model)) for target in targets if target not in (*seen, model)
    )


def test_each_table_that_leads_to_a_person_is_listed():
    leading = {model for model in apps.get_models() if leads_to_a_person(model)}
    listed = {held.model for held in HELD}
    histories = {model for model in leading if issubclass(model, RowEvent)}
    assert leading - histories == listed, {model.__name__ for model in leading - histories ^ listed}
    told = {history_of(held.model) for held in HELD if history_path(held)}
    assert len(listed) > 12
    assert len(histories) > 5
    assert histories <= told, {model.__name__ for model in histories - told}


def test_the_history_tells_when_a_row_changed_and_not_what_it_held(story):
    story.person.address = "8 rue du Lin"
    story.person.save()
    data = everything_about(story.person, at=NOW)
    told = [(change.kind, change.what) for change in data.changes if change.number == story.person.pk]
    assert ("participant", "insert") in told
    assert ("participant", "identity") in told
    assert "3 rue des Lilas" not in as_json(data)
    assert "changementssontgardés" in text_of_pdf(as_pdf(data, words_of=str))


@pytest.fixture
def story(db):
    story = tell_story(email="dominique@exemple.fr", address="3 rue des Lilas")
    people_actions.read_grounds(story.person, screen="people:participant", by=story.facilitator, at=NOW)
    return story


def test_each_kind_of_row_is_told(story):
    parts = {part.name: part for part in everything_about(story.person, at=NOW).parts}
    told = {name for name, part in parts.items() if part.records}
    assert set(parts) - told == {"rightsrequest", "keeping", "reminder", "merge", "resemblance"}
    (proof,) = parts["decisionproof"].records
    assert [value.text for value in proof.values if value.name == "evidence.kind"] == ["Attestation RSA"]


def test_grounds_are_told_in_words_and_professionals_are_not_named(story):
    decision = story.person.decisions.get()
    decision.decided_by = UserFactory(first_name="Maëlle", last_name="Cardinet")
    decision.save()
    told = as_json(everything_about(story.person, at=NOW))
    assert "Allocataire du RSA" in as_pdf_text(story)
    assert "Cardinet" not in told
    assert "3 rue des Lilas" in told
    assert "Cardinet" not in as_pdf_text(story)


def as_pdf_text(story):
    # Words are read without their spaces: a line may be cut anywhere.
    printed = text_of_pdf(as_pdf(everything_about(story.person, at=NOW), words_of=str))
    return printed.replace("AllocataireduRSA", "Allocataire du RSA")


def test_who_read_what_and_what_was_done_are_told_by_organisation(story):
    data = everything_about(story.person, at=NOW)
    (reading,) = data.readings
    assert (reading.verb, reading.organisation) == ("grounds.read", str(story.facilitator.organisation))


def test_as_many_queries_as_kinds_of_rows_however_many_rows(story, django_assert_max_num_queries):
    for _ in range(3):
        AllocationFactory(
            commitment=story.scene.sheet.commitment,
            placement=PlacementFactory(service=story.person.service, participant=story.person),
        )
        AgreementFactory(
            application=ApplicationFactory(job_sheet=story.another_sheet(), participant=story.person)
        )
    with django_assert_max_num_queries(41):
        everything_about(story.person, at=NOW)


def test_the_paper_is_tagged_and_says_what_the_json_says(story):
    data = everything_about(story.person, at=NOW)
    content = as_pdf(data, words_of=str)
    with pikepdf.open(BytesIO(content)) as pdf, pdf.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["dc:title"] == "Tout ce que nous savons de cette personne"
    printed = text_of_pdf(content)
    for part in data.parts:
        for row in part.records:
            for value in row.values:
                assert "".join(value.text.split()) in printed, value


def test_the_command_prints_json_and_writes_a_paper_and_each_is_an_act(story, tmp_path):
    with time_machine.travel(NOW, tick=False):
        printed = StringIO()
        call_command("person_data", story.person.pk, as_json=True, stdout=printed)
        call_command("person_data", story.person.pk, pdf=str(tmp_path / "données.pdf"), stdout=StringIO())
    told = json.loads(printed.getvalue())
    (identity,) = next(part["rows"] for part in told["parts"] if part["name"] == "participant")
    assert identity["email"] == {"label": "Adresse électronique", "value": "dominique@exemple.fr"}
    assert (tmp_path / "données.pdf").read_bytes().startswith(b"%PDF")
    entries = Entry.objects.filter(verb="person_data.read", about_id=story.person.pk)
    assert [entry.details["form"] for entry in entries.order_by("pk")] == ["json", "pdf"]


def test_the_command_says_when_nobody_has_this_number(db):
    errors = StringIO()
    with pytest.raises(SystemExit) as end:
        call_command("person_data", 987654321, as_json=True, stderr=errors)
    assert end.value.code == 2
    assert "Aucune personne ne porte le numéro 987654321." in errors.getvalue()


def test_a_command_acts_for_the_service_of_the_person(story):
    with time_machine.travel(NOW, tick=False):
        call_command("person_data", story.person.pk, as_json=True, stdout=StringIO())
    entry = Entry.objects.get(verb="person_data.read")
    assert entry.organisation_id == Actor(None, story.person.service).organisation.pk
