from datetime import date

import pytest
from django.core.exceptions import FieldError
from django.db import IntegrityError, connection, transaction
from django.db.models import F

from tests.factories import (
    ApplicationFactory,
    CriterionAnswerFactory,
    DecisionProofFactory,
    EligibilityDecisionFactory,
    EvidenceFactory,
    OrganisationFactory,
    ParticipantFactory,
)
from uneplace.kit.crypto import Unreadable
from uneplace.kit.encrypted import encrypted_fields, normal_email, normal_phone
from uneplace.kit.sealing import sealed_models
from uneplace.people.models import EligibilityDecision, Participant

pytestmark = pytest.mark.django_db


def kept(thing, column):
    """What the database holds, as somebody who reads its files would see it."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {thing._meta.db_table} WHERE id = %s", [thing.pk])
        return cursor.fetchone()[0]


def test_what_tells_a_ground_or_how_to_reach_somebody_is_not_in_the_tables():
    application = ApplicationFactory(
        participant__email="nouria@exemple.fr",
        participant__phone="06 12 34 56 78",
        participant__address="3 rue du Port",
        availability="après les soins",
        message="Sort de détention",
        cv_name="CV Nouria.pdf",
        shortlist_reason="RQTH compatible",
        decline_note="Addiction",
    )
    person = application.participant
    decision = EligibilityDecisionFactory(
        participant=person,
        grounds=["STR_EPIDE_E2C", "BOETH"],
        main_ground="STR_EPIDE_E2C",
        situation={"receives_rsa": True},
        explanation=[{"text": "Suivi par l’EPIDE"}],
        reason="Attestation de l’EPIDE à jour",
    )
    proof = DecisionProofFactory(
        ground="STR_EPIDE_E2C",
        decision=decision,
        evidence=EvidenceFactory(service=person.service, kind="Attestation de l’EPIDE"),
    )
    answer = CriterionAnswerFactory(application=application, fact="suivie par le SPIP")
    rows = [
        (person, ["email", "phone", "address"]),
        (decision, ["grounds", "main_ground", "situation", "explanation", "reason"]),
        (proof, ["ground"]),
        (proof.evidence, ["kind"]),
        (application, ["availability", "message", "cv_name", "shortlist_reason", "decline_note"]),
        (answer, ["fact"]),
    ]
    words = ("EPIDE", "nouria@", "06 12", "rue du", "après", "Sort de", "Nouria.pdf", "compatible", "suivie")
    for thing, names in rows:
        again = type(thing).objects.get(pk=thing.pk)
        for name in names:
            value = getattr(thing, name)
            assert value
            assert getattr(again, name) == value
            text = kept(thing, name)
            assert text[8] == ":"
            assert not any(word in text for word in words)


def test_each_sealed_column_is_bound_to_its_own_place():
    contexts = [field.context for model in sealed_models() for field in encrypted_fields(model)]

    assert len(contexts) == len(set(contexts)) >= 17
    assert "people_eligibilitydecision.main_ground" in contexts


@pytest.mark.parametrize("grounds", [["RSA"], ["BOETH"], ["STR_EPIDE_E2C"], ["DELD", "SENIOR", "J_RENF"]])
def test_the_length_of_what_is_kept_does_not_tell_the_ground(grounds):
    decision = EligibilityDecisionFactory(grounds=grounds, main_ground=grounds[0])
    other = EligibilityDecisionFactory(grounds=["QPV"], main_ground="QPV")

    for column in ("grounds", "main_ground"):
        assert len(kept(decision, column)) == len(kept(other, column))


def test_nothing_is_kept_as_nothing_and_reads_as_such():
    decision = EligibilityDecisionFactory(refused=True, situation={}, explanation=[])

    assert kept(decision, "grounds") == kept(decision, "situation") == ""
    again = EligibilityDecision.objects.get(grounds="", main_ground="")
    assert (again.grounds, again.main_ground, again.situation, again.explanation) == ([], "", {}, [])


def test_a_ground_copied_to_another_column_does_not_open():
    decision = EligibilityDecisionFactory(reason="à revoir")
    EligibilityDecision.objects.update(reason=F("main_ground"))

    with pytest.raises(Unreadable, match="déplacée"):
        EligibilityDecision.objects.get(pk=decision.pk)


def test_a_missing_key_is_an_error_and_never_an_empty_field(settings):
    ParticipantFactory(phone="06 12 34 56 78")
    settings.ENCRYPTION_KEYS = (b"x" * 32,)

    with pytest.raises(Unreadable, match=r"people_participant\.phone.*manque"):
        list(Participant.objects.all())


def test_the_database_refuses_a_value_in_clear():
    ParticipantFactory()
    for column in ("email", "phone", "address"):
        with (
            pytest.raises(IntegrityError, match=f"{column}_is_sealed"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(f"UPDATE people_participant SET {column} = '3 rue du Port, 12345678:'")


@pytest.mark.parametrize("model", sealed_models(), ids=lambda model: model.__name__)
def test_every_sealed_column_is_held_by_the_database(model):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conname FROM pg_constraint WHERE conrelid = %s::regclass", [model._meta.db_table]
        )
        held = {name for (name,) in cursor.fetchall()}

    assert {f"{model._meta.db_table}_{one.column}_is_sealed" for one in encrypted_fields(model)} <= held


def test_an_eligible_decision_has_its_grounds():
    for missing in ({"grounds": []}, {"main_ground": ""}):
        with pytest.raises(IntegrityError, match="eligible_is_complete"), transaction.atomic():
            EligibilityDecisionFactory(**missing)


@pytest.mark.parametrize("condition", [{"phone": "0612"}, {"phone__contains": "06"}, {"phone__in": ["06"]}])
def test_a_sealed_column_is_never_searched_by_mistake(condition):
    with pytest.raises(FieldError):
        Participant.objects.filter(**condition)


def test_a_person_is_found_by_the_exact_address_or_number_however_it_is_typed():
    person = ParticipantFactory(email="Nouria.L@exemple.fr", phone="06 12 34 56 78")
    ParticipantFactory(email="autre@exemple.fr", phone="06 12 34 56 79")

    for text in ("nouria.l@EXEMPLE.fr ", "0612345678", "+33 6 12 34 56 78", "0033.6.12.34.56.78"):
        assert Participant.objects.with_contact(text).get() == person
    for text in ("nouria", "061234", "", "exemple.fr"):
        assert not Participant.objects.with_contact(text).exists()


def test_a_search_finds_rows_sealed_before_and_after_a_new_key(settings):
    before = ParticipantFactory(phone="06 12 34 56 78")
    settings.ENCRYPTION_KEYS = (b"n" * 32, *settings.ENCRYPTION_KEYS)
    after = ParticipantFactory(phone="06 12 34 56 78", service=before.service)

    assert set(Participant.objects.with_contact("0612345678")) == {before, after}


def test_rows_written_together_are_sealed_and_indexed_too():
    service = OrganisationFactory(service=True)
    people = [
        Participant(
            service=service,
            first_name="A",
            last_name="B",
            phone=f"06 00 00 00 0{n}",
            created_at="2026-01-05T09Z",
        )
        for n in range(3)
    ]
    Participant.objects.bulk_create(people)

    assert Participant.objects.with_contact("0600000002").get() == people[2]
    assert "06 00" not in kept(people[2], "phone")


@pytest.mark.parametrize(
    ("text", "email", "phone"),
    [
        ("", "", ""),
        (" A.B@c.FR ", "a.b@c.fr", ""),
        ("02 31 00 00 00", "", "0231000000"),
        ("+33 (0)2 31 00 00 00", "", "0231000000"),
        ("+352 27 00 00", "", "+352270000"),
        ("voir sa sœur", "", ""),
        ("1234", "", ""),
    ],
)
def test_how_addresses_and_numbers_are_compared(text, email, phone):
    assert (normal_email(text), normal_phone(text)) == (email, phone)


def test_dates_and_accents_come_back(db):
    decision = EligibilityDecisionFactory(
        situation={"born_on": date(1994, 4, 2).isoformat(), "é": "€ \x80 " + "ß" * 500}
    )

    assert EligibilityDecision.objects.get(pk=decision.pk).situation == decision.situation
