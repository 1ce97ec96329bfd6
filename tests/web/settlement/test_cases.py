from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import OrganisationFactory, PenaltyCaseFactory, actor_for
from tests.plugin.mailbox import text_of
from tests.settlement.conftest import AT, TODAY
from tests.settlement.test_actions import LIMIT, say
from uneplace.organisations.models import Role
from uneplace.settlement import actions, notices
from uneplace.settlement.models import Exchange, PenaltyCase
from uneplace.web.home.agenda import nav_counts
from uneplace.web.settlement.todos import work_items
from uneplace.web.work import Stake

LIST = reverse("settlement:list")
STEPS = ["propose_relief", "give_notice", "apply_penalty", "waive_penalty", "close_case"]


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def case(commitment, facilitator):
    return actions.open_case(commitment, by=facilitator, at=AT)


@pytest.fixture
def spoken(case, facilitator):
    say(case, facilitator)
    return case


def step_url(name, case):
    return reverse(f"settlement:{name}", args=[case.pk])


def enter(client, actor):
    client.force_login(actor.user)
    return client


class TestList:
    def test_the_service_sees_late_commitments_and_cases(self, client, facilitator, commitment):
        page = enter(client, facilitator).get(LIST).text
        assert "Quatrevents TP" in page
        assert reverse("settlement:open_case", args=[commitment.pk]) in page
        actions.open_case(commitment, by=facilitator, at=AT)
        page = client.get(LIST).text
        assert "Écart constaté" in page
        assert reverse("settlement:open_case", args=[commitment.pk]) not in page

    def test_why_so_many_hours_are_late_opens_in_place(self, client, facilitator, commitment):
        page = enter(client, facilitator).get(LIST).text
        assert "de retard ?" in page.replace("\u00a0", " ")
        assert "en proportion des jours de l’exécution" in page

    def test_company_and_buyer_see_the_case_and_nothing_to_open(self, client, case, company, buyer):
        for actor in (company, buyer):
            page = enter(client, actor).get(LIST).text
            assert case.get_absolute_url() in page
            assert "En retard, sans dossier" not in page

    def test_a_stranger_sees_none(self, client, case):
        for kind in ("service", "company", "buyer"):
            stranger = actor_for(OrganisationFactory(**{kind: True}))
            assert "Quatrevents TP" not in enter(client, stranger).get(LIST).text

    def test_a_referrer_has_no_business_here(self, client, db):
        assert enter(client, actor_for(OrganisationFactory(referrer=True))).get(LIST).status_code == 403

    def test_it_costs_as_many_queries_for_many_cases(self, client, case, buyer):
        enter(client, buyer)
        with CaptureQueriesContext(connection) as few:
            client.get(LIST)
        contract = case.commitment.clause.lot.contract
        for _ in range(12):
            PenaltyCaseFactory(commitment__clause__lot__contract__buyer=contract.buyer)
        with CaptureQueriesContext(connection) as many:
            client.get(LIST)
        assert len(many) == len(few)


class TestCase:
    def test_it_shows_what_is_missing_and_what_it_may_come_to(self, client, case, company):
        page = enter(client, company).get(case.get_absolute_url()).text
        assert "2\u00a0100\u00a0h" in page
        assert "105\u00a0000\u00a0€" in page
        assert "eul l’acheteur décide" in page

    def test_whose_turn_it_is_depends_on_who_reads(self, client, spoken, facilitator, company):
        assert "C’est à vous\u00a0: expliquer" in enter(client, company).get(spoken.get_absolute_url()).text
        page = enter(client, facilitator).get(spoken.get_absolute_url()).text
        assert "Au tour de Quatrevents TP" in page

    def test_a_decision_not_possible_yet_says_why(self, client, case, buyer):
        page = enter(client, buyer).get(case.get_absolute_url()).text
        assert "Mettre en demeure" in page
        assert "pouvoir s’expliquer" in page
        assert step_url("give_notice", case) not in page

    def test_a_buyer_without_account_is_named(self, client, spoken, facilitator):
        say(spoken, facilitator, speaker=spoken.commitment.company)
        assert "n’a pas de compte" in enter(client, facilitator).get(spoken.get_absolute_url()).text

    def test_a_stranger_does_not_know_it_exists(self, client, case):
        for kind in ("service", "company", "buyer"):
            enter(client, actor_for(OrganisationFactory(**{kind: True})))
            assert client.get(case.get_absolute_url()).status_code == 404
            assert client.get(step_url("record_exchange", case)).status_code == 404

    def test_the_story_is_told_in_words(self, client, spoken, company):
        page = enter(client, company).get(spoken.get_absolute_url()).text
        assert "Échange noté" in page
        assert "Deux salariés sont partis en octobre." in page


class TestOpening:
    def test_it_is_read_then_done(self, client, facilitator, commitment):
        url = reverse("settlement:open_case", args=[commitment.pk])
        assert "2\u00a0100\u00a0h" in enter(client, facilitator).get(url).text
        assert not PenaltyCase.objects.exists()
        assert client.post(url).url == PenaltyCase.objects.get().get_absolute_url()

    def test_it_says_why_not(self, client, facilitator, commitment, counted):
        counted(Decimal("740"))
        counted(Decimal("740"))
        url = reverse("settlement:open_case", args=[commitment.pk])
        for answer in (enter(client, facilitator).get(url), client.post(url)):
            assert "est dans le rythme" in answer.text
        assert not PenaltyCase.objects.exists()

    def test_only_the_service_of_the_contract_opens(self, client, commitment, company):
        url = reverse("settlement:open_case", args=[commitment.pk])
        assert enter(client, company).post(url).status_code == 403
        stranger = actor_for(OrganisationFactory(service=True))
        assert enter(client, stranger).post(url).status_code == 404
        reader = actor_for(commitment.service, Role.READER)
        assert enter(client, reader).post(url).status_code == 403


class TestExchange:
    def values(self, **changes):
        return {"held_on": TODAY.isoformat(), "means": "PHONE", "text": "Le chantier a été arrêté."} | changes

    def test_the_company_answers_in_its_own_name(self, client, spoken, company):
        enter(client, company).post(step_url("record_exchange", spoken), self.values())
        said = Exchange.objects.get(organisation=company.organisation)
        assert (said.text, said.recorded_by) == ("Le chantier a été arrêté.", company.user)

    def test_the_company_does_not_speak_for_the_buyer(self, client, spoken, company, buyer):
        values = self.values(speaker=buyer.organisation.pk)
        enter(client, company).post(step_url("record_exchange", spoken), values)
        assert not Exchange.objects.filter(organisation=buyer.organisation).exists()

    def test_the_service_notes_what_the_company_said(self, client, case, facilitator, company):
        values = self.values(speaker=company.organisation.pk)
        enter(client, facilitator).post(step_url("record_exchange", case), values)
        assert Exchange.objects.get().organisation == company.organisation

    def test_nothing_typed_is_lost(self, client, case, facilitator):
        answer = enter(client, facilitator).post(
            step_url("record_exchange", case),
            self.values(held_on=(TODAY + timedelta(days=3)).isoformat(), speaker=""),
        )
        assert "Le chantier a été arrêté." in answer.text
        assert "<title>Erreur" in answer.text
        assert not Exchange.objects.exists()


class TestDecisions:
    def test_the_buyer_gives_notice(self, client, spoken, buyer, company, mailbox):
        assert "Réponse attendue avant le" in enter(client, buyer).get(step_url("give_notice", spoken)).text
        client.post(step_url("give_notice", spoken), {"answer_before": LIMIT.isoformat()})
        spoken.refresh_from_db()
        assert (spoken.status, spoken.answer_before) == ("NOTICE", LIMIT)
        assert "met Quatrevents TP en demeure" in text_of(mailbox.to(company.user.email)[-1])

    def test_a_limit_already_past_is_refused_and_kept(self, client, spoken, buyer):
        page = (
            enter(client, buyer).post(step_url("give_notice", spoken), {"answer_before": "2026-11-01"}).text
        )
        assert "après aujourd’hui" in page
        assert 'value="2026-11-01"' in page

    def test_the_buyer_waives_with_a_reason(self, client, case, buyer):
        url = step_url("waive_penalty", case)
        assert "Écrivez le motif" in enter(client, buyer).post(url, {"reason": " "}).text
        client.post(url, {"reason": "Arrêt du chantier."})
        case.refresh_from_db()
        assert (case.status, case.reason) == ("WAIVED", "Arrêt du chantier.")

    @pytest.mark.parametrize("name", STEPS)
    def test_a_company_decides_nothing(self, client, spoken, company, name):
        enter(client, company)
        assert (
            client.post(step_url(name, spoken), {"reason": "x", "answer_before": "2027-01-01"}).status_code
            == 403
        )

    @pytest.mark.parametrize("name", ["give_notice", "apply_penalty", "waive_penalty"])
    def test_a_service_does_not_decide_for_the_buyer(self, client, spoken, facilitator, name):
        enter(client, facilitator)
        assert (
            client.post(step_url(name, spoken), {"reason": "x", "answer_before": "2027-01-01"}).status_code
            == 403
        )

    @pytest.mark.parametrize("name", STEPS)
    def test_reading_a_step_changes_nothing(self, client, spoken, buyer, facilitator, name):
        for actor in (buyer, facilitator):
            enter(client, actor).get(step_url(name, spoken))
        before = spoken.status
        spoken.refresh_from_db()
        assert spoken.status == before

    def test_the_service_closes_with_a_reason(self, client, spoken, facilitator):
        enter(client, facilitator).post(step_url("close_case", spoken), {"reason": "Heures rattrapées."})
        spoken.refresh_from_db()
        assert spoken.status == "CLOSED"


class TestTodos:
    def test_a_case_waits_for_one_party_at_a_time(self, case, facilitator, company, buyer):
        counts = [nav_counts(actor, on=TODAY)["settlement"] for actor in (facilitator, company, buyer)]
        assert counts == [1, 0, 0]
        (item,) = work_items(facilitator, on=TODAY)
        assert (item.stake, item.euros, item.is_late) == (Stake.MONEY, Decimal(105000), False)
        assert item.url == case.get_absolute_url()

    def test_a_case_has_one_figure_on_its_page_and_in_the_list(self, client, case, facilitator, counted):
        counted(Decimal("600"))
        (item,) = work_items(facilitator, on=TODAY)
        page = enter(client, facilitator).get(case.get_absolute_url()).text
        assert item.at_stake.weight == "75\u00a0000\u00a0€ en jeu"
        assert "<strong>75\u00a0000\u00a0€</strong>, à titre indicatif" in page

    def test_a_limit_that_passed_is_late_for_the_buyer(self, spoken, buyer):
        notices.give_notice(spoken, answer_before=LIMIT, by=buyer, at=AT)
        assert work_items(buyer, on=TODAY) == []
        (item,) = work_items(buyer, on=LIMIT)
        assert (item.limit, item.is_late) == (LIMIT, True)
