"""How old a service lets proofs be: changed by its administrators, read by its next decisions."""

from datetime import date

import pytest

from tests.factories import OrganisationFactory, actor_for
from tests.offers.scene import NOW
from uneplace.kit.refused import Refused
from uneplace.people import actions
from uneplace.people.actions import ProofSeen
from uneplace.people.models import ProofPolicy
from uneplace.rules.eligibility import Situation

URL = "/service/justificatifs/"
USUAL = {"DELD": "3", "RSA": "3", "MINIMA": "3", "SENIOR": "3", "J_RENF": "3", "QPV": "6"}


def sent(**facts):
    return USUAL | {"applies_on": NOW.date().isoformat(), "read": "0"} | facts


def text_of(response):
    return response.content.decode().replace("\u00a0", " ")


@pytest.fixture
def admin(db):
    return actor_for(OrganisationFactory(service=True))


def decide(scene, person, dated_on):
    return actions.decide_eligibility(
        person,
        situation=Situation(receives_rsa=True, job_seeker=True),
        proofs=[ProofSeen("RSA", "Attestation", dated_on)],
        main_ground="RSA",
        seen=person.decisions.values_list("pk", flat=True).first(),
        by=scene.facilitator,
        at=NOW,
    )


def test_it_starts_from_the_usual_months(as_actor, admin):
    page = text_of(as_actor(admin).get(URL))
    assert 'name="RSA" value="3"' in page
    assert "Votre service s’en tient à l’usage" in page


def test_an_administrator_changes_them_and_reads_the_versions(as_actor, admin):
    page = text_of(as_actor(admin).post(URL, sent(RSA="6", QPV="", BOETH="12"), follow=True))
    assert "Les décisions déjà prises ne changent pas." in page
    assert "Version 1, en vigueur" in page
    assert "auparavant : 3 mois" in page
    assert "auparavant : 6 mois" in page
    assert ProofPolicy.objects.get().months["RSA"] == 6
    assert "QPV" not in ProofPolicy.objects.get().months


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        pytest.param({"RSA": "0"}, "entre 1 et 60", id="zéro mois"),
        pytest.param({"RSA": "six"}, "entre 1 et 60", id="en lettres"),
        pytest.param({"RSA": "6", "applies_on": "2020-01-01"}, "un jour à venir", id="dans le passé"),
        pytest.param({}, "Rien ne change", id="rien ne change"),
        pytest.param({"RSA": "6", "read": "4"}, "Quelqu’un d’autre", id="deux personnes à la fois"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_decided(as_actor, admin, facts, sentence):
    response = as_actor(admin).post(URL, sent(**facts))
    assert response.status_code == 422
    assert sentence in text_of(response)
    assert f'name="RSA" value="{facts.get("RSA", "3")}"' in text_of(response)
    assert not ProofPolicy.objects.exists()


@pytest.mark.parametrize("role", ["MEMBER", "READER"])
def test_only_administrators_change_them(as_actor, admin, role):
    client = as_actor(actor_for(admin.organisation, role))
    assert client.get(URL).status_code == 403
    assert client.post(URL, sent(RSA="6")).status_code == 403


def test_the_next_decisions_follow_and_those_taken_stay(as_actor, scene):
    old = date(2025, 10, 1)  # more than three months before the day of the scene
    person = scene.application().participant
    with pytest.raises(Refused):
        decide(scene, person, old)
    before = decide(scene, person, NOW.date())
    as_actor(scene.facilitator).post(URL, sent(RSA="12"))
    decision = decide(scene, person, old)
    assert decision.status == "ELIGIBLE"
    assert "Choix du service" in str(decision.explanation)
    before.refresh_from_db()
    assert "Choix du service" not in str(before.explanation)
