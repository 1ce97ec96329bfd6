import threading
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.factories import ClauseFactory, CommitmentFactory, PenaltyCaseFactory, StatementFactory
from tests.plugin.mailbox import text_of
from uneplace.contracts.actions import Act, amend_policy
from uneplace.contracts.models import ActionDone, Clause, Commitment
from uneplace.contracts.policy import PolicyTerms, values_of
from uneplace.hours.queries import progress_of
from uneplace.journal.models import Entry
from uneplace.kit.periods import last_day
from uneplace.kit.refused import Refused
from uneplace.settlement import actions, notices, perms, reliefs
from uneplace.settlement.exposure import exposure_now, exposure_of, exposures_of
from uneplace.settlement.models import Exchange, PenaltyCase
from uneplace.settlement.queries import (
    Party,
    held_by,
    shortfalls,
    with_holder,
)

from .conftest import AT, TODAY

Status = PenaltyCase.Status
LIMIT = date(2026, 12, 20)


def say(case, by, speaker=None, at=AT, text="Deux salariés sont partis en octobre."):
    return actions.record_exchange(
        case,
        speaker=speaker or by.organisation,
        held_on=TODAY,
        means=Exchange.Means.PHONE,
        text=text,
        by=by,
        at=at,
    )


@pytest.fixture
def case(commitment, facilitator):
    return actions.open_case(commitment, by=facilitator, at=AT)


class TestOpening:
    def test_the_missing_hours_come_from_the_ledger(self, commitment, facilitator, counted):
        counted(Decimal("120.50"))
        case = actions.open_case(commitment, by=facilitator, at=AT)
        assert (case.status, case.missing_hours) == (Status.GAP, Decimal("1979.50"))
        assert case.service == commitment.service
        assert Entry.objects.filter(verb="penalty_case.opened").exists()

    def test_the_company_is_told(self, commitment, facilitator, company, mailbox):
        case = actions.open_case(commitment, by=facilitator, at=AT)
        (message,) = mailbox.to(company.user.email)
        assert "2\u00a0100\u00a0h" in text_of(message)
        assert case.get_absolute_url() in text_of(message)

    def test_nothing_missing_is_said(self, commitment, counted):
        for _ in range(3):
            counted(Decimal("700"))
        assert actions.why_not_open_case(commitment, on=TODAY) == ["Il ne manque aucune heure."]

    def test_a_company_on_pace_is_not_accused(self, commitment, facilitator):
        with pytest.raises(Refused, match="est dans le rythme"):
            actions.open_case(commitment, by=facilitator, at=AT - timedelta(days=400))

    def test_a_few_hours_late_are_no_gap(self, commitment, counted):
        expected = progress_of([commitment], on=TODAY)[commitment.pk].expected
        while expected > 740:
            counted(Decimal("740"))
            expected -= 740
        counted(expected - Decimal("42.00"))
        assert "est dans le rythme" in actions.why_not_open_case(commitment, on=TODAY)[0]
        assert actions.why_not_open_case(commitment, on=TODAY + timedelta(days=7)) == []

    @pytest.mark.parametrize("status", [Clause.Status.MET, Clause.Status.CLOSED, Clause.Status.DRAFT])
    def test_a_clause_settled_or_not_begun_has_no_gap(self, commitment, facilitator, status):
        Clause.objects.filter(pk=commitment.clause_id).update(status=status)
        commitment.clause.refresh_from_db()
        with pytest.raises(Refused):
            actions.open_case(commitment, by=facilitator, at=AT)

    def test_one_case_at_a_time(self, case, commitment, facilitator):
        with pytest.raises(Refused, match="déjà ouvert"):
            actions.open_case(commitment, by=facilitator, at=AT)

    def test_a_closed_case_does_not_keep_from_opening_another(self, case, commitment, facilitator):
        actions.close_case(case, reason="Constaté par erreur.", by=facilitator, at=AT)
        assert actions.open_case(commitment, by=facilitator, at=AT).pk != case.pk

    @pytest.mark.django_db(transaction=True)
    def test_two_facilitators_at_once_open_one(self, commitment, facilitator):
        barrier, refused = threading.Barrier(2), []

        def run():
            try:
                barrier.wait()
                actions.open_case(commitment, by=facilitator, at=AT)
            except Refused as refusal:
                refused.append(refusal)
            finally:
                connection.close()

        threads = [threading.Thread(target=run) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(refused) == 1
        assert PenaltyCase.objects.count() == 1


class TestSteps:
    def test_the_whole_way_to_a_penalty(self, case, facilitator, company, buyer):
        say(case, facilitator)
        assert case.status == Status.EXCHANGE
        notices.give_notice(case, answer_before=LIMIT, by=buyer, at=AT)
        case.refresh_from_db()
        assert (case.status, case.notice_on, case.answer_before) == (Status.NOTICE, TODAY, LIMIT)
        with pytest.raises(Refused, match="doit répondre avant le 20 décembre 2026"):
            actions.apply_penalty(case, reason="Aucune réponse.", by=buyer, at=AT)
        actions.apply_penalty(case, reason="Aucune réponse.", by=buyer, at=AT + timedelta(days=19))
        assert case.status == Status.APPLIED
        assert not case.is_open

    def test_no_notice_before_the_company_could_speak(self, case, buyer):
        with pytest.raises(Refused, match="pouvoir s’expliquer"):
            notices.give_notice(case, answer_before=LIMIT, by=buyer, at=AT)

    def test_no_penalty_without_notice(self, case, facilitator, buyer):
        say(case, facilitator)
        with pytest.raises(Refused, match="après une mise en demeure"):
            actions.apply_penalty(case, reason="Trop d’heures manquent.", by=buyer, at=AT)

    def test_the_limit_comes_after_today(self, case, facilitator, buyer):
        say(case, facilitator)
        with pytest.raises(Refused, match="après aujourd’hui"):
            notices.give_notice(case, answer_before=TODAY, by=buyer, at=AT)

    def test_relief_is_proposed_then_decided_by_the_buyer(self, case, facilitator, buyer, mailbox):
        say(case, facilitator)
        reliefs.propose_relief(
            case, hours=Decimal(600), reason="Chantier arrêté trois mois.", by=facilitator, at=AT
        )
        assert case.status == Status.RELIEF
        assert len(mailbox.to(buyer.user.email)) == 1
        actions.waive_penalty(case, reason="Arrêt du chantier.", by=buyer, at=AT)
        assert (case.status, case.reason) == (Status.WAIVED, "Arrêt du chantier.")

    def test_the_service_does_not_close_what_the_buyer_has_in_hand(self, case, facilitator, buyer):
        say(case, facilitator)
        notices.give_notice(case, answer_before=LIMIT, by=buyer, at=AT)
        with pytest.raises(Refused, match="lui seul"):
            actions.close_case(case, reason="Rattrapé.", by=facilitator, at=AT)

    def test_an_ended_case_stays_ended(self, case, facilitator, buyer):
        actions.close_case(case, reason="Rattrapé.", by=facilitator, at=AT)
        for act in (
            lambda: say(case, facilitator),
            lambda: actions.waive_penalty(case, reason="x", by=buyer, at=AT),
            lambda: actions.close_case(case, reason="x", by=facilitator, at=AT),
            lambda: reliefs.propose_relief(case, hours=Decimal(600), reason="x", by=facilitator, at=AT),
            lambda: notices.give_notice(case, answer_before=LIMIT, by=buyer, at=AT),
        ):
            with pytest.raises(Refused, match="terminé"):
                act()

    def test_an_exchange_of_tomorrow_is_refused(self, case, facilitator):
        with pytest.raises(Refused, match="pas encore passée"):
            say(case, facilitator, at=AT - timedelta(days=2))
        assert not Exchange.objects.exists()

    def test_of_two_decisions_read_at_the_same_moment_one_wins(self, case, facilitator, buyer):
        say(case, facilitator)
        stale = PenaltyCase.objects.get(pk=case.pk)
        actions.waive_penalty(case, reason="Arrêt du chantier.", by=buyer, at=AT)
        with pytest.raises(Refused, match="vient de faire avancer ce dossier"):
            actions.close_case(stale, reason="Rattrapé.", by=facilitator, at=AT)
        case.refresh_from_db()
        assert case.status == Status.WAIVED

    def test_the_journal_says_whom_one_spoke_for(self, case, facilitator, company):
        say(case, facilitator, speaker=company.organisation)
        entry = Entry.objects.get(verb="penalty_case.exchanged")
        assert entry.on_behalf_of_id == company.organisation.pk
        assert entry.organisation_id == facilitator.organisation.pk


class TestDatabase:
    @pytest.mark.parametrize(
        "nonsense",
        [
            pytest.param({"status": "NOTICE"}, id="mise en demeure sans date"),
            pytest.param({"status": "WAIVED"}, id="fin sans motif"),
            pytest.param({"missing_hours": 0}, id="rien ne manque"),
        ],
    )
    def test_it_refuses_nonsense_by_itself(self, case, nonsense):
        with pytest.raises(IntegrityError), transaction.atomic():
            PenaltyCase.objects.filter(pk=case.pk).update(**nonsense)


class TestTurns:
    def holder(self, case, on=TODAY):
        return with_holder(PenaltyCase.objects.all(), on=on).get(pk=case.pk).holder

    def test_it_passes_from_one_to_the_next(self, case, facilitator, company, buyer):
        assert self.holder(case) == Party.SERVICE
        say(case, facilitator)
        assert self.holder(case) == Party.COMPANY
        say(case, company)
        assert self.holder(case) == Party.BUYER
        notices.give_notice(case, answer_before=LIMIT, by=buyer, at=AT + timedelta(days=2))
        assert self.holder(case, on=date(2026, 12, 19)) == Party.COMPANY
        assert self.holder(case, on=LIMIT) == Party.BUYER
        actions.waive_penalty(case, reason="Rattrapé.", by=buyer, at=AT)
        assert self.holder(case) is None

    def test_an_answer_to_the_notice_gives_the_turn_to_the_buyer(self, case, facilitator, company, buyer):
        say(case, facilitator)
        notices.give_notice(case, answer_before=LIMIT, by=buyer, at=AT)
        say(case, company)
        assert self.holder(case) == Party.BUYER

    def test_each_finds_the_cases_in_its_hands(self, case, facilitator, company, buyer):
        assert list(held_by(facilitator, on=TODAY)) == [case]
        say(case, facilitator)
        assert list(held_by(company, on=TODAY)) == [case]
        assert not held_by(facilitator, on=TODAY).exists()
        assert not held_by(buyer, on=TODAY).exists()


class TestRights:
    def test_only_the_buyer_decides(self, case, facilitator, company, buyer):
        assert [perms.can_decide(actor, case) for actor in (facilitator, company, buyer)] == [
            False,
            False,
            True,
        ]

    def test_only_the_service_prepares(self, case, facilitator, company, buyer):
        assert [perms.can_prepare(actor, case) for actor in (facilitator, company, buyer)] == [
            True,
            False,
            False,
        ]

    def test_a_reader_does_nothing(self, case, facilitator):
        reader = type(facilitator)(facilitator.user, facilitator.organisation, "READER")
        assert not perms.can_prepare(reader, case)
        assert not perms.can_record_exchange(reader, case)
        assert not perms.can_open_case(reader, case.commitment)


class TestFigures:
    def test_nothing_is_payable_before_formal_notice(self, case, facilitator, buyer):
        say(case, facilitator)
        before = exposure_of(case, on=TODAY)
        notices.give_notice(case, answer_before=LIMIT, by=buyer, at=AT)
        after = exposure_of(case, on=TODAY)
        assert (before.total, before.payable) == (Decimal("105000.00"), Decimal("0.00"))
        assert after.payable == after.total == before.total

    def test_a_statement_that_came_late_costs_its_days_when_the_clause_says_so(self, commitment):
        for month, due_on, came in [
            (date(2026, 1, 1), date(2026, 2, 12), datetime(2026, 2, 15, 9, tzinfo=UTC)),
            (date(2025, 12, 1), date(2026, 1, 12), datetime(2026, 1, 12, 9, tzinfo=UTC)),
        ]:
            StatementFactory(
                commitment=commitment, month=month, due_on=due_on, submitted=True, submitted_at=came
            )
        assert exposure_now(commitment, on=TODAY).days_late == 0
        commitment.clause.penalty_document_day = Decimal("100.00")
        told = exposure_now(commitment, on=TODAY)
        assert (told.days_late, told.total) == (3, Decimal("105300.00"))
        assert any("Relevé de janvier 2026" in step["text"] for step in told.explanation)
        commitment.clause.penalty_days_from_notice = True
        assert exposure_now(commitment, on=TODAY).days_late == 0

    def test_exposure_is_hours_by_the_rate_of_the_commitment_else_of_the_clause(self, commitment):
        assert exposure_now(commitment, on=TODAY).total == Decimal("105000.00")
        commitment.penalty_rate = Decimal("12.50")
        assert exposure_now(commitment, on=TODAY).total == Decimal("26250.00")
        commitment.penalty_rate = commitment.clause.penalty_rate = None
        assert not exposure_now(commitment, on=TODAY).is_priced

    def test_a_case_counts_the_hours_counted_since_it_was_opened(self, case, counted):
        counted(Decimal("600"))
        told = exposure_of(case, on=TODAY)
        assert (told.missing_hours, told.total) == (Decimal("1500.00"), Decimal("75000.00"))
        assert {"Heures validées.": "600\u00a0h"}.items() <= {
            step["text"]: step["value"] for step in told.explanation
        }.items()

    def test_an_ended_case_keeps_the_account_of_its_last_day(self, case, facilitator, counted):
        actions.close_case(case, reason="Constaté par erreur.", by=facilitator, at=AT)
        at_the_end = exposure_of(PenaltyCase.objects.get(), on=TODAY)
        counted(Decimal("600"))
        assert exposure_of(PenaltyCase.objects.get(), on=TODAY + timedelta(days=90)) == at_the_end
        assert (at_the_end.missing_hours, at_the_end.total) == (Decimal("2100.00"), Decimal("105000.00"))

    def test_a_gap_noted_before_an_amendment_keeps_its_rates(self, case, facilitator):
        clause = case.commitment.clause
        later = AT + timedelta(days=1)
        amend_policy(
            clause,
            policy=PolicyTerms(**values_of(clause) | {"penalty_rate": Decimal(80)}),
            ends_on=last_day(clause.execution),
            act=Act(reference="Avenant", signed_on=TODAY, applies_on=later.date(), reason="Tarif."),
            revision=clause.revision,
            by=facilitator,
            at=later,
        )
        case.refresh_from_db()
        assert exposure_of(case, on=later.date()).total == Decimal("105000.00")
        assert exposure_now(case.commitment, on=later.date()).total == Decimal("168000.00")

    def test_many_cases_cost_as_many_queries_as_one(self, case, django_assert_num_queries):
        found = PenaltyCase.objects.select_related("commitment__clause")
        with CaptureQueriesContext(connection) as one:
            exposures_of(found, on=TODAY)
        for _ in range(4):
            PenaltyCaseFactory()
        with django_assert_num_queries(len(one)):
            assert len(exposures_of(found.all(), on=TODAY)) == 5

    def test_late_commitments_without_a_case_come_the_latest_first(self, commitment, facilitator):
        small = CommitmentFactory(
            service=commitment.service,
            clause__service=commitment.service,
            clause__lot__service=commitment.service,
            clause__lot__contract__service=commitment.service,
            clause__hours=Decimal("300.00"),
        )
        opened = PenaltyCaseFactory().commitment
        mine = type(commitment).objects.filter(pk__in=[commitment.pk, small.pk, opened.pk])
        assert [one.commitment for one in shortfalls(mine, on=TODAY)] == [commitment, small]
        assert shortfalls(mine, on=date(2026, 1, 12)) == []


class TestActions:
    """A clause of three actions, over since 11 July 2027."""

    END = date(2027, 7, 12)

    @pytest.fixture
    def clause(self, db):
        return ClauseFactory(
            method="ACTIONS",
            inputs={"actions": 3},
            hours_due=0,
            actions_due=3,
            penalty_rate=None,
            penalty_action=Decimal(500),
        )

    @pytest.fixture
    def commitment(self, clause):
        commitment = CommitmentFactory(clause=clause, hours_due=0, penalty_rate=None)
        ActionDone.objects.create(
            service=clause.service,
            clause=clause,
            commitment=commitment,
            on=TODAY,
            what="Visite du chantier",
            seen="Feuille d’émargement",
            recorded_at=AT,
        )
        return commitment

    def test_none_is_missed_before_the_execution_is_over(self, commitment):
        assert "peuvent encore être faites" in actions.why_not_open_case(commitment, on=TODAY)[0]
        assert exposure_now(commitment, on=self.END - timedelta(days=1)).missed_actions == 0
        assert shortfalls(Commitment.objects.all(), on=self.END - timedelta(days=1)) == []

    def test_those_missed_then_have_their_case_and_their_price(
        self, commitment, facilitator, company, mailbox
    ):
        (late,) = shortfalls(Commitment.objects.all(), on=self.END)
        assert (late.missed_actions, late.done_actions) == (2, 1)
        case = actions.open_case(commitment, by=facilitator, at=datetime(2027, 7, 12, 9, tzinfo=UTC))
        assert (case.missing_hours, case.missing_actions, case.gap) == (0, 2, "2\u00a0actions")
        told = exposure_of(case, on=self.END)
        assert (told.missed_actions, told.total, told.is_priced) == (2, Decimal("1000.00"), True)
        (message,) = mailbox.to(company.user.email)
        assert "Actions manquantes\u00a0: 2\u00a0actions" in text_of(message)

    def test_none_is_missed_when_all_are_done(self, commitment, clause):
        Clause.objects.update(actions_due=1)
        commitment.refresh_from_db()
        assert actions.why_not_open_case(commitment, on=self.END) == ["Il ne manque aucune action."]
