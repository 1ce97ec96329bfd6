from datetime import date

import pytest

from tests.factories import (
    EligibilityDecisionFactory,
    OrganisationFactory,
    ParticipantFactory,
    SupportFactory,
    actor_for,
)
from tests.offers.scene import NOW, TODAY
from uneplace.evidence.models import Evidence
from uneplace.journal.models import Entry
from uneplace.kit.refused import Refused
from uneplace.people import actions, perms
from uneplace.people.actions import ProofSeen
from uneplace.people.models import EligibilityDecision, Participant
from uneplace.people.queries import decision_for, standings
from uneplace.rules.eligibility import Situation

pytestmark = pytest.mark.django_db
RSA = Situation(receives_rsa=True, job_seeker=True)
PROOF = ProofSeen("RSA", "Attestation RSA", date(2026, 1, 20))


@pytest.fixture
def person():
    return ParticipantFactory()


@pytest.fixture
def facilitator(person):
    return actor_for(person.service)


def decide(person, by, **changes):
    terms = {"situation": RSA, "proofs": [PROOF], "main_ground": "RSA", "by": by, "at": NOW, **changes}
    terms.setdefault("seen", person.decisions.values_list("pk", flat=True).first())
    return actions.decide_eligibility(person, **terms)


def test_a_decision_keeps_what_was_known_and_answered(person, facilitator):
    decision = decide(person, facilitator)

    assert (decision.status, decision.grounds, decision.main_ground) == ("ELIGIBLE", ["RSA"], "RSA")
    assert decision.valid_until == date(2026, 8, 12)
    assert decision.situation == {"job_seeker": True, "receives_rsa": True}
    assert "Allocataire du RSA" in decision.explanation[0]["text"]
    proof = decision.proofs.get().evidence
    assert (proof.kind, proof.dated_on, proof.seen_on, proof.seen_by) == (
        "Attestation RSA",
        date(2026, 1, 20),
        TODAY,
        facilitator.user,
    )


def test_only_the_grounds_proved_are_kept(person, facilitator):
    both = Situation(receives_rsa=True, job_seeker=True, lives_in_qpv=True)

    assert decide(person, facilitator, situation=both).grounds == ["RSA"]
    with pytest.raises(Refused, match="parmi les motifs justifiés"):
        decide(person, facilitator, situation=both, main_ground="QPV")


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        pytest.param({"proofs": []}, "Aucun motif n’est à la fois", id="sans justificatif"),
        pytest.param(
            {"proofs": [ProofSeen("RSA", "Attestation", date(2025, 11, 11))]},
            "Aucun motif n’est à la fois",
            id="justificatif de plus de trois mois",
        ),
        pytest.param(
            {"proofs": [ProofSeen("RSA", "Attestation", date(2026, 2, 13))]}, "dans l’avenir", id="à venir"
        ),
        pytest.param({"situation": Situation()}, "Aucun motif n’est à la fois", id="rien de connu"),
        pytest.param({"main_ground": ""}, "Choisissez le motif principal", id="sans motif principal"),
        pytest.param({"verdict": "REFUSED"}, "Écrivez la raison", id="refus sans raison"),
        pytest.param({"verdict": "TO_COMPLETE"}, "Écrivez la raison", id="à compléter sans raison"),
        pytest.param(
            {"situation": Situation(born_on=date(2030, 1, 1))}, "date de naissance", id="né dans l’avenir"
        ),
    ],
)
def test_why_not_decide(person, facilitator, changes, reason):
    with pytest.raises(Refused, match=reason):
        decide(person, facilitator, **changes)

    assert not EligibilityDecision.objects.exists()
    assert not Evidence.objects.exists()


def test_a_file_to_complete_keeps_the_proof_seen(person, facilitator):
    old = ProofSeen("RSA", "Attestation RSA", date(2025, 10, 1))

    decision = decide(person, facilitator, proofs=[old], verdict="TO_COMPLETE", reason="Trop ancien.")

    assert (decision.status, decision.grounds, decision.valid_until) == ("TO_COMPLETE", [], None)
    assert decision.proofs.get().evidence.status == Evidence.Status.TO_REDO


def test_the_decision_in_force_is_the_latest_that_holds_on_the_day(person):
    EligibilityDecisionFactory(participant=person, decided_on=date(2025, 6, 1), valid_until=date(2025, 12, 1))
    current = EligibilityDecisionFactory(participant=person)

    assert decision_for(person, on=date(2026, 8, 9)) == current
    assert decision_for(person, on=date(2026, 8, 10)) is None
    assert decision_for(person, on=date(2026, 2, 9)) is None
    assert standings([person], on=date(2026, 8, 9))[person.pk].is_eligible
    assert standings([person], on=date(2026, 8, 10))[person.pk].status == "EXPIRED"


def test_who_sees_a_person_and_reads_the_grounds(person, facilitator):
    referrer = actor_for(OrganisationFactory(referrer=True))
    SupportFactory(participant=person, organisation=referrer.organisation)
    strangers = [
        actor_for(OrganisationFactory(service=True)),
        actor_for(OrganisationFactory(company=True)),
        actor_for(OrganisationFactory(buyer=True)),
        actor_for(OrganisationFactory(referrer=True)),
    ]

    for actor in (facilitator, referrer):
        assert Participant.objects.visible_to(actor).get() == person
        assert perms.can_read_grounds(actor, person)
    for actor in strangers:
        assert not Participant.objects.visible_to(actor).exists()
        assert not perms.can_read_grounds(actor, person)


def test_a_reader_changes_nothing(person):
    reader = actor_for(person.service, role="READER")

    assert not perms.can_decide(reader, person)
    assert not perms.can_correct(reader, person)


def test_a_correction_tells_the_fields_not_their_content(person, facilitator):
    actions.correct_participant(
        person, phone="06 39 98 12 34", first_name="Dominique", by=facilitator, at=NOW
    )

    entry = Entry.objects.get(verb="participant.corrected")
    assert entry.details == {"fields": ["phone"]}
    actions.correct_participant(person, phone="06 39 98 12 34", by=facilitator, at=NOW)
    assert Entry.objects.filter(verb="participant.corrected").count() == 1


def test_names_are_found_without_accents_and_sorted_like_a_directory():
    service = OrganisationFactory(service=True)
    for last_name in ("Zola", "Élan", "Dubois"):
        ParticipantFactory(service=service, first_name="Noé", last_name=last_name)

    assert [person.last_name for person in Participant.objects.by_name()] == ["Dubois", "Élan", "Zola"]
    assert Participant.objects.named("noe ELAN").get().last_name == "Élan"
    assert not Participant.objects.named("noe dupont").exists()


def test_a_refusal_withdraws_the_decision_before_it(person, facilitator):
    first = decide(person, facilitator)
    decide(person, facilitator, verdict="REFUSED", main_ground="", reason="Son contrat en CDI a commencé.")

    first.refresh_from_db()
    assert first.revoked_on == NOW.date()
    assert decision_for(person, on=NOW.date()) is None
    assert standings([person], on=NOW.date())[person.pk].status == "REFUSED"
    assert Entry.objects.filter(verb="eligibility.withdrawn", about_id=person.pk).count() == 1


def test_a_decision_in_force_stays_while_another_one_is_completed(person, facilitator):
    decide(person, facilitator)
    decide(person, facilitator, verdict="TO_COMPLETE", main_ground="", reason="Il manque l’attestation.")

    assert standings([person], on=NOW.date())[person.pk].is_eligible
    assert decision_for(person, on=NOW.date()) is not None


def test_of_two_facilitators_the_second_reads_what_the_first_decided(person, facilitator):
    decide(person, facilitator)
    with pytest.raises(Refused, match="vient de décider pour cette personne"):
        decide(person, facilitator, seen=None, verdict="REFUSED", main_ground="", reason="Trop tard.")
    assert person.decisions.count() == 1
