"""A difficulty on screen: the company declares it, the service answers it, nobody else writes."""

from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.urls import reverse

from tests.factories import (
    ClauseFactory,
    CommitmentFactory,
    DifficultyFactory,
    OrganisationFactory,
    actor_for,
)
from tests.settlement.conftest import AT, TODAY
from tests.settlement.test_difficulties import WHY, record_act
from uneplace.contracts.models import MemberRole
from uneplace.organisations.models import Role
from uneplace.settlement import actions
from uneplace.settlement.models import Difficulty


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(AT, tick=False):
        yield


def enter(client, actor):
    client.force_login(actor.user)
    return client


def declare_url(commitment):
    return reverse("control:declare", args=[commitment.pk])


def typed(**changes):
    return {"asked": "SUSPENSION", "since": "2026-12-01", "until": "2027-02-28", "reason": WHY} | changes


def test_the_company_declares_from_its_clause_then_reads_whose_turn_it_is(client, commitment, company):
    page = enter(client, company).get(commitment.get_absolute_url()).text
    assert declare_url(commitment) in page
    answer = client.post(declare_url(commitment), typed(), follow=True)
    difficulty = Difficulty.objects.get()
    assert (difficulty.until, difficulty.declared_by) == (date(2027, 2, 28), company.user)
    assert "Suspendre l’obligation, du 1er décembre 2026 au 28 février 2027" in answer.text.replace(
        "\u00a0", " "
    )
    assert f"Au tour de {commitment.service}" in answer.text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    "changes, said",
    [
        pytest.param({"until": ""}, "Indiquez le dernier jour de la suspension", id="sans fin"),
        pytest.param({"until": "2026-11-30"}, "Le dernier jour doit venir après", id="fin avant début"),
        pytest.param({"asked": "REDUCTION"}, "Indiquez les heures que vous pouvez faire", id="sans heures"),
        pytest.param({"asked": "REDUCTION", "hours": "9000"}, "Indiquez moins que les", id="trop d’heures"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(client, commitment, company, changes, said):
    answer = enter(client, company).post(declare_url(commitment), typed(**changes))
    assert answer.status_code == 422
    assert said in answer.text
    assert WHY in answer.text
    assert not Difficulty.objects.exists()


def test_a_second_one_says_that_the_first_waits(client, commitment, company):
    DifficultyFactory(commitment=commitment)
    assert "attend déjà la réponse" in enter(client, company).get(declare_url(commitment)).text
    assert "attend déjà la réponse" in client.post(declare_url(commitment), typed()).text


def test_only_the_company_that_owes_the_hours_declares(client, commitment, facilitator, buyer):
    for actor in (facilitator, buyer):
        assert enter(client, actor).post(declare_url(commitment), typed()).status_code == 403
    reader = actor_for(commitment.company, Role.READER)
    assert enter(client, reader).post(declare_url(commitment), typed()).status_code == 403
    other = actor_for(
        CommitmentFactory(clause=commitment.clause, role=MemberRole.COTRAITANT, share=0, hours_due=0).company
    )
    assert enter(client, other).post(declare_url(commitment), typed()).status_code == 404


def test_a_clause_of_actions_offers_no_reduction_of_hours(client, db):
    clause = ClauseFactory(method="ACTIONS", inputs={"actions": 3}, hours_due=0, actions_due=3)
    commitment = CommitmentFactory(clause=clause)
    url = declare_url(commitment)
    page = enter(client, actor_for(commitment.company)).get(url).text
    assert "Supprimer ce qui reste à faire" in page
    assert "Réduire les heures" not in page
    assert "Heures que vous pouvez faire" not in page
    assert client.post(url, typed(asked="REDUCTION", hours="0")).status_code == 422
    client.post(url, typed())
    assert Difficulty.objects.get().asked == "SUSPENSION"


class TestAnswer:
    @pytest.fixture
    def difficulty(self, commitment):
        return DifficultyFactory(commitment=commitment, hours=Decimal(900))

    def test_the_service_accepts_by_the_act_that_it_recorded(self, client, difficulty, facilitator):
        page = enter(client, facilitator).get(difficulty.get_absolute_url()).text
        assert "Aucun acte enregistré ne convient encore" in page
        act = record_act(difficulty.commitment, facilitator, 900)
        values = {"outcome": "accept", "act": act.pk, "answer": "C’est noté."}
        answer = client.post(difficulty.get_absolute_url(), values, follow=True)
        assert "Acceptée, par un acte" in answer.text
        assert "Avenant n° 2" in answer.text

    def test_an_answer_without_act_or_reason_says_so_and_keeps_the_words(
        self, client, difficulty, facilitator
    ):
        url = difficulty.get_absolute_url()
        page = enter(client, facilitator).post(url, {"outcome": "accept", "answer": "D’accord."}).text
        assert "Choisissez l’acte" in page
        assert "D’accord." in page
        assert "pourquoi sa demande" in client.post(url, {"outcome": "decline"}).text

    def test_withdrawn_meanwhile_it_says_so(self, client, difficulty, facilitator, company):
        enter(client, company).post(reverse("control:withdraw", args=[difficulty.pk]))
        values = {"outcome": "decline", "answer": "Le lot est entier."}
        page = enter(client, facilitator).post(difficulty.get_absolute_url(), values).text
        assert "déjà reçu sa réponse" in page

    def test_company_and_buyer_read_it_and_do_not_answer(self, client, difficulty, company, buyer):
        for actor in (company, buyer):
            page = enter(client, actor).get(difficulty.get_absolute_url())
            assert difficulty.reason in page.text
            values = {"outcome": "decline", "answer": "Non."}
            assert client.post(difficulty.get_absolute_url(), values).status_code == 403

    @pytest.mark.parametrize("kind", ["service", "company", "buyer"])
    def test_a_stranger_finds_nothing(self, client, difficulty, kind):
        stranger = actor_for(OrganisationFactory(**{kind: True}))
        assert enter(client, stranger).get(difficulty.get_absolute_url()).status_code == 404

    def test_the_case_shows_it_and_sends_the_service_to_it(self, client, commitment, facilitator):
        case = actions.open_case(commitment, by=facilitator, at=AT)
        difficulty = DifficultyFactory(commitment=commitment, declared_at=AT)
        case.status = "EXCHANGE"
        case.save()
        page = enter(client, facilitator).get(case.get_absolute_url()).text
        assert "répondre à la difficulté déclarée" in page
        assert f'href="{difficulty.get_absolute_url()}"' in page
        assert commitment.period.lower < TODAY
