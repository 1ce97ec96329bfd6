"""The chain of a case: who writes what, in which order, with the figures of the day; nothing is rewritten."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from tests.factories import CommitmentFactory, OrganisationFactory, StatementFactory, actor_for
from tests.plugin.mailbox import text_of
from uneplace.journal.models import Entry
from uneplace.kit.refused import Refused
from uneplace.settlement import actions, notices, perms, reliefs
from uneplace.settlement.chain import chain_of
from uneplace.settlement.exposure import exposure_of
from uneplace.settlement.models import Notice, PenaltyCase, Relief
from uneplace.settlement.queries import Party, with_holder

from .conftest import AT, TODAY
from .test_actions import say

Kind, Status = Notice.Kind, PenaltyCase.Status
LIMIT = date(2026, 12, 20)
WORDS = "Dites-nous avant Noël comment vous rattrapez ce retard."


@pytest.fixture
def case(commitment, facilitator):
    return actions.open_case(commitment, by=facilitator, at=AT)


def write(case, by, at=AT, limit=LIMIT):
    return notices.write_to_company(case, text=WORDS, answer_before=limit, by=by, at=at)


def holder(case, on=TODAY):
    return with_holder(PenaltyCase.objects.all(), on=on).get(pk=case.pk).holder


class TestLetter:
    def test_it_reaches_the_company_and_its_copy_the_buyer(self, case, facilitator, company, buyer, mailbox):
        notice = write(case, facilitator)
        assert (case.status, case.answer_before) == (Status.EXCHANGE, LIMIT)
        assert (notice.author, notice.copy_to) == (facilitator.organisation, buyer.organisation)
        letter = text_of(mailbox.to(company.user.email)[-1])
        assert WORDS in letter
        assert "20 décembre 2026" in letter
        assert "Vous en recevez copie" in text_of(mailbox.to(buyer.user.email)[-1])
        assert Entry.objects.filter(verb="penalty_case.written", about_id=case.pk).exists()

    def test_its_figures_are_those_of_its_day(self, case, facilitator, counted):
        counted(Decimal("120.50"))
        notice = write(case, facilitator)
        counted(Decimal("300.00"))
        notice.refresh_from_db()
        assert (notice.figures["counted"], notice.figures["missing"]) == ("120.50", "1979.50")

    def test_it_is_the_company_s_turn_until_the_day_then_the_buyer_s(self, case, facilitator):
        write(case, facilitator)
        assert holder(case) == Party.COMPANY
        assert holder(case, on=LIMIT) == Party.BUYER

    def test_one_a_day_is_enough(self, case, facilitator):
        write(case, facilitator)
        with pytest.raises(Refused, match="déjà parti"):
            write(case, facilitator)
        assert write(case, facilitator, at=AT + timedelta(days=1)).number == 2

    def test_the_day_to_answer_comes_after_today(self, case, facilitator):
        with pytest.raises(Refused, match="après aujourd’hui"):
            write(case, facilitator, limit=TODAY)

    def test_the_service_writes_no_more_after_formal_notice(self, case, facilitator, buyer):
        say(case, facilitator)
        notices.give_notice(case, answer_before=LIMIT, by=buyer, at=AT)
        for why_not in (notices.why_not_remind, notices.why_not_write):
            assert "lui seul" in why_not(case, on=TODAY)[0]

    def test_nobody_changes_nor_removes_it_afterwards(self, case, facilitator):
        notice = write(case, facilitator)
        for change in (
            lambda: Notice.objects.filter(pk=notice.pk).update(text="Rien."),
            lambda: Notice.objects.filter(pk=notice.pk).delete(),
        ):
            with pytest.raises(DatabaseError), transaction.atomic():
                change()

    def test_two_readers_of_the_same_page_do_not_both_write(self, case, facilitator, buyer):
        say(case, facilitator)
        stale = PenaltyCase.objects.get(pk=case.pk)
        notices.give_notice(case, answer_before=LIMIT, by=buyer, at=AT)
        with pytest.raises(Refused, match="vient de faire avancer"):
            write(stale, facilitator)


class TestFormalNotice:
    def test_a_silent_company_is_given_notice_once_the_day_of_the_letter_is_past(
        self, case, facilitator, buyer
    ):
        write(case, facilitator)
        with pytest.raises(Refused, match="avant le 20 décembre 2026"):
            notices.give_notice(case, answer_before=date(2027, 1, 20), by=buyer, at=AT)
        later = AT + timedelta(days=19)
        notice = notices.give_notice(case, answer_before=date(2027, 1, 20), by=buyer, at=later)
        assert (notice.kind, notice.author) == (Kind.FORMAL, buyer.organisation)
        assert notice.copy_to == facilitator.organisation

    def test_a_mere_reminder_is_not_enough(self, case, facilitator, buyer):
        notices.send_reminder(case, text=WORDS, answer_before=LIMIT, by=facilitator, at=AT)
        with pytest.raises(Refused, match="pouvoir s’expliquer"):
            notices.give_notice(case, answer_before=date(2027, 1, 20), by=buyer, at=AT + timedelta(days=20))

    def test_the_service_receives_the_copy_that_the_paper_promises(self, case, facilitator, buyer, mailbox):
        say(case, facilitator)
        notices.give_notice(case, answer_before=LIMIT, by=buyer, at=AT)
        copy = mailbox.to(facilitator.user.email)[-1]
        assert "Copie de la mise en demeure" in copy["Subject"]
        assert "Vous en recevez copie" in text_of(copy)

    def test_only_the_buyer_gives_it_and_decides(self, case, facilitator, company, buyer):
        for actor, decides in ((facilitator, False), (company, False), (buyer, True)):
            assert perms.can_decide(actor, case) is decides
        assert not perms.can_prepare(buyer, case)
        assert not perms.can_prepare(company, case)


class TestRelief:
    def propose(self, case, by, hours=Decimal(600)):
        return reliefs.propose_relief(case, hours=hours, reason="Aucune candidature.", by=by, at=AT)

    def test_what_is_granted_is_missing_no_more(self, case, facilitator, buyer):
        say(case, facilitator)
        before = exposure_of(case, on=TODAY)
        self.propose(case, facilitator)
        assert exposure_of(case, on=TODAY) == before, "proposed is not granted"
        reliefs.answer_relief(case, granted=Decimal(400), answer="En partie.", by=buyer, at=AT)
        after = exposure_of(case, on=TODAY)
        assert (before.missing_hours, after.missing_hours) == (Decimal("2100.00"), Decimal("1700.00"))
        assert after.total == Decimal("85000.00")
        assert case.status == Status.EXCHANGE

    def test_no_more_is_proposed_than_what_misses_nor_granted_than_what_is_proposed(
        self, case, facilitator, buyer
    ):
        say(case, facilitator)
        with pytest.raises(Refused, match="2\u00a0100\u00a0h"):
            self.propose(case, facilitator, hours=Decimal(2101))
        self.propose(case, facilitator)
        with pytest.raises(Refused, match="entre 0 et 600"):
            reliefs.answer_relief(case, granted=Decimal(601), answer="Plus.", by=buyer, at=AT)

    def test_formal_notice_and_account_wait_for_the_answer(self, case, facilitator, buyer):
        say(case, facilitator)
        self.propose(case, facilitator)
        assert "répondez-y d’abord" in notices.why_not_give_notice(case, on=TODAY)[0]
        assert "répondre à l’exonération" in notices.why_not_prepare_account(case, on=TODAY)[0]
        reliefs.answer_relief(case, granted=Decimal(0), answer="Non.", by=buyer, at=AT)
        assert notices.why_not_give_notice(case, on=TODAY) == []

    def test_one_at_a_time(self, case, facilitator):
        say(case, facilitator)
        self.propose(case, facilitator)
        assert reliefs.why_not_propose_relief(case) == ["L’exonération est déjà proposée à l’acheteur."]

    def test_the_company_learns_of_it_with_its_answer(self, case, facilitator, company, buyer, mailbox):
        say(case, facilitator)
        self.propose(case, facilitator)
        assert not Relief.objects.visible_to(company).exists()
        assert Relief.objects.visible_to(buyer).exists()
        reliefs.answer_relief(case, granted=Decimal(400), answer="En partie.", by=buyer, at=AT)
        assert Relief.objects.visible_to(company).get().granted == Decimal(400)
        assert "400\u00a0h" in text_of(mailbox.to(company.user.email)[-1])

    @pytest.mark.parametrize(
        "nonsense",
        [
            pytest.param({"granted": Decimal(700)}, id="accordé plus que proposé"),
            pytest.param({"granted": Decimal(10), "answer": ""}, id="réponse sans motif"),
            pytest.param({"hours": 0}, id="rien de proposé"),
        ],
    )
    def test_the_database_refuses_nonsense(self, case, facilitator, nonsense):
        say(case, facilitator)
        relief = self.propose(case, facilitator)
        with pytest.raises(IntegrityError), transaction.atomic():
            Relief.objects.filter(pk=relief.pk).update(**nonsense)


class TestAccount:
    def test_it_keeps_what_the_rule_said_that_day_and_its_reasons(self, case, facilitator, buyer, mailbox):
        say(case, facilitator)
        notice = notices.prepare_account(case, text="Deux relances.", by=facilitator, at=AT)
        exposure = notice.figures["exposure"]
        assert (exposure["total"], exposure["payable"]) == ("105000.00", "0.00")
        assert exposure["explanation"][0]["text"] == "Heures dues."
        assert "vous seul décidez" in text_of(mailbox.to(buyer.user.email)[-1])

    def test_the_same_account_is_not_prepared_twice(self, case, facilitator, counted):
        say(case, facilitator)
        notices.prepare_account(case, by=facilitator, at=AT)
        with pytest.raises(Refused, match="déjà les mêmes chiffres"):
            notices.prepare_account(case, by=facilitator, at=AT)
        counted(Decimal(100))
        assert notices.prepare_account(case, by=facilitator, at=AT).number == 2

    def test_the_company_does_not_read_it_nor_learns_that_it_exists(self, case, facilitator, company):
        say(case, facilitator)
        notices.prepare_account(case, by=facilitator, at=AT)
        assert not Notice.objects.visible_to(company).exists()
        assert "Décompte" not in " ".join(stage.title for stage in chain_of(case, company))
        later = write(case, facilitator)
        assert "Décompte" not in str(later.figures["steps"])


class TestWalls:
    @pytest.mark.parametrize("kind", ["service", "company", "buyer"])
    def test_a_stranger_reads_no_paper(self, case, facilitator, kind):
        write(case, facilitator)
        assert not Notice.objects.visible_to(actor_for(OrganisationFactory(**{kind: True}))).exists()

    def test_a_co_contractor_reads_none(self, case, facilitator):
        other = CommitmentFactory(clause=case.commitment.clause, share=0, hours_due=0, role="COTRAITANT")
        write(case, facilitator)
        assert not Notice.objects.visible_to(actor_for(other.company)).exists()


class TestChain:
    def test_it_tells_each_step_in_order_from_the_reminders_that_left_by_themselves(
        self, case, facilitator, company, buyer
    ):
        StatementFactory(commitment=case.commitment, asks=3, asked_on=date(2026, 11, 20))
        write(case, facilitator)
        say(case, company, at=AT + timedelta(hours=1))
        notices.give_notice(case, answer_before=LIMIT, by=buyer, at=AT + timedelta(hours=2))
        titles = [stage.title.replace("\u00a0", " ") for stage in chain_of(case, facilitator)]
        assert titles == [
            "2 relances automatiques envoyées",
            "Écart constaté",
            "Courrier à l’entreprise",
            "Observations, par téléphone",
            "Mise en demeure",
        ]

    def test_its_cost_does_not_follow_its_length(
        self, case, facilitator, django_assert_num_queries, django_assert_max_num_queries
    ):
        write(case, facilitator)
        chain_of(case, facilitator)
        with django_assert_max_num_queries(15) as few:
            chain_of(case, facilitator)
        for days in range(1, 5):
            write(case, facilitator, at=AT + timedelta(days=days))
            say(case, facilitator)
        with django_assert_num_queries(len(few)):
            chain_of(case, facilitator)
