"""Each change of a row is kept by the database itself, with who was at work, and cannot be changed."""

import json
from datetime import date

import pytest
from django.apps import apps
from django.db import ProgrammingError, transaction
from django.test import Client
from django.urls import reverse

from tests.factories import (
    ClauseFactory,
    CommitmentFactory,
    ContractFactory,
    EligibilityDecisionFactory,
    ParticipantFactory,
    UserFactory,
    actor_for,
)
from tests.journal.forging import sql
from uneplace.contracts.models import Contract
from uneplace.hours.tasks import open_expected_statements
from uneplace.journal.history import RowEvent
from uneplace.kit.history import changes_by
from uneplace.kit.scope import every_service, working_with
from uneplace.people.models import EligibilityDecision, Participant

EVENTS = [model for model in apps.get_models() if issubclass(model, RowEvent)]
PERSONAL = {
    *("first_name", "last_name", "born_on", "sex", "email", "phone", "address", "commune"),
    *("diploma_level", "licences", "grounds", "main_ground", "situation", "explanation", "reason"),
    *("message", "cv", "cv_name", "availability", "comment", "return_reason", "decline_reason"),
    *("decline_note", "shortlist_reason", "meeting_place", "ground", "password", "job"),
}
ABOUT_PEOPLE = {
    *("ParticipantEvent", "EligibilityDecisionEvent", "ApplicationEvent", "EvidenceEvent", "UserEvent"),
    *("StatementEvent", "StatementLineEvent", "PlacementEvent"),
}


def events(thing):
    return list(thing.events.order_by("pgh_id"))


@pytest.mark.django_db
class TestWhatIsKept:
    def test_a_row_written_changed_and_removed(self):
        contract = ContractFactory(object="Peindre l’école")
        contract.object = "Repeindre l’école"
        contract.save()
        pk = contract.pk
        contract.delete()

        kept = apps.get_model("contracts", "ContractEvent").objects.filter(pgh_obj=pk).order_by("pgh_id")
        assert [(event.pgh_label, event.object) for event in kept] == [
            ("insert", "Peindre l’école"),
            ("update", "Repeindre l’école"),
            ("delete", "Repeindre l’école"),
        ]

    def test_bulk_writes_and_sql_typed_by_hand_too(self):
        one, two = ContractFactory(cpv="45000000"), ContractFactory(cpv="45000000")
        Contract.objects.filter(pk__in=[one.pk, two.pk]).update(cpv="45262500")
        Contract.objects.bulk_update([Contract(pk=one.pk, cpv="71000000")], ["cpv"])
        sql("UPDATE contracts_contract SET cpv = '90000000' WHERE id = %s", one.pk)

        assert [event.cpv for event in events(one)] == ["45000000", "45262500", "71000000", "90000000"]
        assert [event.cpv for event in events(two)] == ["45000000", "45262500"]

    def test_a_row_written_again_as_it_was_is_no_change(self):
        contract = ContractFactory()
        contract.save()
        assert [event.pgh_label for event in events(contract)] == ["insert"]

    def test_of_a_person_that_something_changed_never_what(self):
        person = ParticipantFactory(last_name="Quatrevaux")
        Participant.objects.filter(pk=person.pk).update(last_name="Autre", phone="06 39 98 44 55")
        EligibilityDecisionFactory(participant=person)
        EligibilityDecision.objects.update(revoked_on=date(2026, 6, 1))
        EligibilityDecision.objects.update(reason="Quatrevaux n’est plus au RSA")

        assert [event.pgh_label for event in events(person)] == ["insert", "identity"]
        decided = events(person.decisions.get())
        assert [event.pgh_label for event in decided] == ["insert", "update", "grounds"]
        text = json.dumps([[str(vars(event)) for event in events(person)], [str(vars(e)) for e in decided]])
        assert not [word for word in ("Quatrevaux", "Autre", "06 39", "RSA") if word in text]

    def test_a_password_changes_without_a_word_of_it(self):
        user = UserFactory()
        user.set_password("une autre phrase de passe")
        user.save()
        assert [event.pgh_label for event in events(user)] == ["insert", "password"]
        assert not hasattr(events(user)[0], "password")

    @pytest.mark.parametrize("event", EVENTS, ids=lambda event: event.__name__)
    def test_no_personal_field_is_copied(self, event):
        names = {field.name for field in event._meta.fields}
        if event.__name__ in ABOUT_PEOPLE:
            assert not names & PERSONAL
        assert not names & {"born_on", "grounds", "situation", "password", "cv", "comment"}

    def test_a_model_about_people_keeps_only_what_is_listed(self):
        """A column added to a person's file stays out until somebody lists it."""
        assert {event.__name__ for event in EVENTS} >= ABOUT_PEOPLE
        kept = {field.name for field in apps.get_model("people", "ParticipantEvent")._meta.fields}
        assert {name for name in kept if not name.startswith("pgh_")} == {
            *("id", "service", "created_at", "restricted_at", "announced_on", "anonymised_at")
        }


@pytest.mark.django_db
class TestWhoChangedIt:
    def test_a_request_tells_its_actor(self):
        clause = CommitmentFactory(clause=ClauseFactory(draft=True)).clause
        actor = actor_for(clause.service)
        client = Client()
        client.force_login(actor.user)
        client.post(reverse("contracts:validate", args=[clause.pk]), {"revision": clause.revision})

        assert {event.status for event in events(clause)} >= {"DRAFT", "VALIDATED"}
        told = events(clause)[-1].pgh_context
        assert (told["user"], told["organisation"]) == (actor.user.pk, actor.organisation.pk)
        assert len(told["request"]) == 32

    def test_a_command_or_a_job_tells_its_name(self):
        with changes_by(command="import-decp"), every_service():
            contract = ContractFactory()
        assert events(contract)[0].pgh_context == {"command": "import-decp"}
        assert open_expected_statements.func.__wrapped__.__name__ == "open_expected_statements"

    def test_a_hand_on_the_database_has_no_author(self):
        with changes_by(command="demo"), every_service():
            contract = ContractFactory()
        with working_with([contract.service_id]):
            sql("UPDATE contracts_contract SET cpv = '45000000' WHERE id = %s", contract.pk)
        assert [event.pgh_context for event in events(contract)] == [{"command": "demo"}, None]


@pytest.mark.django_db
@pytest.mark.parametrize("event", EVENTS, ids=lambda event: event.__name__)
@pytest.mark.parametrize("statement", ["UPDATE {} SET pgh_label = ''", "DELETE FROM {}", "TRUNCATE {}"])
def test_the_application_has_no_right_to_change_history(event, statement):
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        sql(statement.format(event._meta.db_table))


@pytest.mark.django_db(transaction=True)
def test_each_service_s_history_is_its_own():
    mine, theirs = ContractFactory(), ContractFactory()
    history = apps.get_model("contracts", "ContractEvent").objects
    with working_with([mine.service_id]):
        assert set(history.values_list("pgh_obj", flat=True)) == {mine.pk}
    with working_with([theirs.service_id]):
        assert set(history.values_list("pgh_obj", flat=True)) == {theirs.pk}


def test_the_nature_of_a_proof_is_not_copied():
    """« Attestation RSA » tells a ground."""
    assert "kind" not in {field.name for field in apps.get_model("evidence", "EvidenceEvent")._meta.fields}
