"""What keeps a company from doing its hours: it declares, the service answers, an act alone does it."""

import threading
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, OperationalError, connection, transaction

from tests.factories import (
    ClauseFactory,
    CommitmentFactory,
    DifficultyFactory,
    MeetingFactory,
    OrganisationFactory,
    actor_for,
)
from tests.plugin.mailbox import text_of
from uneplace.contracts.models import Clause, DutyChange, MemberRole
from uneplace.journal.models import Entry
from uneplace.kit.refused import Refused
from uneplace.settlement import actions, changing, difficulties, meetings, notices
from uneplace.settlement.models import Difficulty, Meeting, PenaltyCase
from uneplace.settlement.queries import Party, with_holder
from uneplace.web.home.agenda import work_items

from .conftest import AT, TODAY

Asked, Outcome = Difficulty.Asked, Difficulty.Outcome
WHY = "Le bailleur retire une cage d’escalier du programme."


def declare(commitment, by, at=AT, **facts):
    asked = {"asked": Asked.REDUCTION, "since": TODAY, "hours": Decimal(900), "reason": WHY} | facts
    return difficulties.declare_difficulty(commitment, **asked, by=by, at=at)


def record_act(commitment, by, hours, kind=DutyChange.Kind.REDUCTION, **facts):
    clause = Clause.objects.get(pk=commitment.clause_id)
    return changing.change_duty(
        clause,
        kind=kind,
        on=TODAY,
        act="Avenant n° 2",
        inputs={} if hours is None else {"hours": str(hours)},
        revision=clause.revision,
        by=by,
        at=AT,
        **facts,
    )


class TestDeclaring:
    def test_service_and_buyer_learn_of_it_and_it_opens_the_exchange(
        self, commitment, facilitator, company, buyer, mailbox
    ):
        case = actions.open_case(commitment, by=facilitator, at=AT)
        difficulty = declare(commitment, company)
        case.refresh_from_db()
        assert case.status == PenaltyCase.Status.EXCHANGE
        for actor in (facilitator, buyer):
            assert WHY in text_of(mailbox.to(actor.user.email)[-1])
        assert Entry.objects.filter(verb="difficulty.declared", about_id=difficulty.pk).exists()

    def test_it_is_declared_before_any_gap_too(self, commitment, company, facilitator):
        difficulty = declare(commitment, company, at=AT - timedelta(days=300), since=date(2026, 2, 1))
        assert [item.url for item in work_items(facilitator, on=TODAY)].count(
            difficulty.get_absolute_url()
        ) == 1

    @pytest.mark.parametrize(
        "facts, said",
        [
            pytest.param(
                {"asked": Asked.SUSPENSION, "hours": None}, "dernier jour", id="suspension sans fin"
            ),
            pytest.param({"hours": None}, "moins que les", id="réduction sans heures"),
            pytest.param({"hours": Decimal(2100)}, "moins que les", id="réduction à autant"),
        ],
    )
    def test_what_is_asked_is_whole(self, commitment, company, facts, said):
        with pytest.raises(Refused, match=said):
            declare(commitment, company, **facts)

    def test_one_at_a_time(self, commitment, company):
        declare(commitment, company)
        with pytest.raises(Refused, match="attend déjà"):
            declare(commitment, company)

    @pytest.mark.parametrize("status", [Clause.Status.MET, Clause.Status.CLOSED])
    def test_nothing_is_asked_of_a_clause_that_is_over_even_since_it_was_read(
        self, commitment, company, status
    ):
        Clause.objects.filter(pk=commitment.clause_id).update(status=status)
        with pytest.raises(Refused, match="rien à y changer"):
            declare(commitment, company)

    @pytest.mark.django_db(transaction=True)
    def test_it_waits_for_the_formal_notice_that_holds_the_clause(self, commitment, company):
        held, declared = threading.Event(), threading.Event()

        def hold():
            try:
                with transaction.atomic():
                    Clause.objects.select_for_update(no_key=True).get(pk=commitment.clause_id)
                    held.set()
                    declared.wait(30)
            finally:
                connection.close()

        holder = threading.Thread(target=hold)
        holder.start()
        try:
            assert held.wait(30)
            with pytest.raises(OperationalError, match="lock timeout"), transaction.atomic():
                with connection.cursor() as cursor:
                    cursor.execute("SET LOCAL lock_timeout = '300ms'")
                declare(commitment, company)
        finally:
            declared.set()
            holder.join()
        assert declare(commitment, company).is_waiting

    def test_a_clause_of_actions_has_no_hours_to_reduce(self, db):
        clause = ClauseFactory(method="ACTIONS", inputs={"actions": 3}, hours_due=0, actions_due=3)
        commitment = CommitmentFactory(clause=clause)
        by = actor_for(commitment.company)
        with pytest.raises(Refused, match="compte des actions"):
            declare(commitment, by, hours=Decimal(0))
        assert declare(commitment, by, asked=Asked.REMOVAL, hours=None).asked == Asked.REMOVAL

    @pytest.mark.parametrize(
        "nonsense",
        [
            pytest.param({"outcome": "ACCEPTED", "answered_at": AT}, id="acceptée sans acte"),
            pytest.param({"outcome": "DECLINED", "answered_at": AT}, id="refusée sans motif"),
            pytest.param({"asked": "SUSPENSION"}, id="suspension sans fin"),
        ],
    )
    def test_the_database_refuses_nonsense(self, db, nonsense):
        difficulty = DifficultyFactory()
        with pytest.raises(IntegrityError), transaction.atomic():
            Difficulty.objects.filter(pk=difficulty.pk).update(**nonsense)


class TestMeanwhile:
    def test_no_letter_nor_formal_notice_leaves_and_it_is_the_turn_of_the_service(
        self, commitment, facilitator, company
    ):
        case = actions.open_case(commitment, by=facilitator, at=AT)
        declare(commitment, company)
        case.refresh_from_db()
        for why_not in (notices.why_not_write, notices.why_not_give_notice):
            assert "déclaré une difficulté le 1er décembre 2026" in why_not(case, on=TODAY)[0]
        assert with_holder(PenaltyCase.objects.all(), on=TODAY).get().holder == Party.SERVICE

    def test_declined_it_counts_as_heard_and_the_buyer_may_go_on(self, commitment, facilitator, company):
        case = actions.open_case(commitment, by=facilitator, at=AT)
        difficulty = declare(commitment, company)
        difficulties.decline_difficulty(difficulty, answer="Le lot est entier.", by=facilitator, at=AT)
        case.refresh_from_db()
        assert notices.why_not_give_notice(case, on=TODAY) == []
        assert with_holder(PenaltyCase.objects.all(), on=TODAY).get().holder == Party.BUYER


class TestAnswering:
    def test_accepting_links_the_act_which_alone_changes_the_duty(
        self, commitment, facilitator, company, mailbox
    ):
        difficulty = declare(commitment, company)
        act = record_act(commitment, facilitator, 900)
        commitment.refresh_from_db()
        assert commitment.hours_due == Decimal(900)
        difficulties.accept_difficulty(difficulty, act=act, by=facilitator, at=AT)
        assert (difficulty.outcome, difficulty.act) == (Outcome.ACCEPTED, act)
        assert "Avenant n° 2" in text_of(mailbox.to(company.user.email)[-1])

    def test_an_act_of_another_kind_does_not_answer(self, commitment, facilitator, company):
        difficulty = declare(commitment, company)
        act = record_act(
            commitment, facilitator, None, kind=DutyChange.Kind.SUSPENSION, until=TODAY + timedelta(days=30)
        )
        with pytest.raises(Refused, match="ne fait pas ce que"):
            difficulties.accept_difficulty(difficulty, act=act, by=facilitator, at=AT)

    def test_an_act_of_another_clause_does_not_answer(self, commitment, facilitator, company):
        difficulty = declare(commitment, company)
        other = CommitmentFactory(clause__lot__contract__service=commitment.service)
        act = record_act(other, facilitator, 100)
        with pytest.raises(Refused, match="ne fait pas ce que"):
            difficulties.accept_difficulty(difficulty, act=act, by=facilitator, at=AT)

    def test_a_removal_is_accepted_once_nothing_is_left_to_do(
        self, commitment, facilitator, company, counted
    ):
        counted(Decimal(120))
        difficulty = declare(commitment, company, asked=Asked.REMOVAL, hours=None)
        too_little = record_act(commitment, facilitator, 900)
        with pytest.raises(Refused, match="doit encore 780"):
            difficulties.accept_difficulty(difficulty, act=too_little, by=facilitator, at=AT)
        case_free = record_act(commitment, facilitator, 0)
        difficulties.accept_difficulty(difficulty, act=case_free, by=facilitator, at=AT)
        commitment.refresh_from_db()
        assert commitment.hours_due == Decimal(120), "hours already validated are kept"

    def test_a_removal_accepted_stops_the_case(self, commitment, facilitator, company, counted):
        case = actions.open_case(commitment, by=facilitator, at=AT)
        counted(Decimal(120))
        difficulty = declare(commitment, company, asked=Asked.REMOVAL, hours=None)
        act = record_act(commitment, facilitator, 0)
        difficulties.accept_difficulty(difficulty, act=act, by=facilitator, at=AT)
        assert actions.stop_cases_put_right(by=facilitator, at=AT) == 1
        case.refresh_from_db()
        assert case.status == PenaltyCase.Status.CLOSED

    def test_one_act_answers_each_company_of_the_clause_once(self, commitment, facilitator, company):
        other = CommitmentFactory(
            clause=commitment.clause, role=MemberRole.COTRAITANT, share=0, hours_due=1000
        )
        until = TODAY + timedelta(days=30)
        asked = {"asked": Asked.SUSPENSION, "until": until, "hours": None}
        first = declare(commitment, company, **asked)
        second = declare(other, actor_for(other.company), **asked)
        act = record_act(commitment, facilitator, None, kind=DutyChange.Kind.SUSPENSION, until=until)
        for difficulty in (first, second):
            difficulties.accept_difficulty(difficulty, act=act, by=facilitator, at=AT)
        assert list(act.difficulties.order_by("pk")) == [first, second]
        again = DifficultyFactory(
            commitment=commitment, asked=Asked.SUSPENSION, until=until, hours=None, declared_at=AT
        )
        assert not difficulties.acts_for(again).exists(), "it already answered this company"

    def test_service_and_buyer_learn_that_it_is_withdrawn(
        self, commitment, facilitator, company, buyer, mailbox
    ):
        difficulties.withdraw_difficulty(declare(commitment, company), by=company, at=AT)
        for actor in (facilitator, buyer):
            last = mailbox.to(actor.user.email)[-1]
            assert "retire sa demande" in last["Subject"]
            assert "Vous n’avez plus à y répondre" in text_of(last)

    def test_two_answers_at_once_make_one(self, commitment, facilitator, company):
        difficulty = declare(commitment, company)
        stale = Difficulty.objects.get(pk=difficulty.pk)
        difficulties.withdraw_difficulty(difficulty, by=company, at=AT)
        with pytest.raises(Refused, match="déjà reçu"):
            difficulties.decline_difficulty(stale, answer="Non.", by=facilitator, at=AT)


class TestWalls:
    @pytest.mark.parametrize("kind", ["service", "company", "buyer"])
    def test_a_stranger_sees_neither_difficulty_nor_meeting(self, commitment, kind):
        DifficultyFactory(commitment=commitment)
        MeetingFactory(commitment=commitment)
        stranger = actor_for(OrganisationFactory(**{kind: True}))
        for model in (Difficulty, Meeting):
            assert not model.objects.visible_to(stranger).exists()

    def test_nor_does_a_co_contractor(self, commitment):
        DifficultyFactory(commitment=commitment)
        other = actor_for(
            CommitmentFactory(
                clause=commitment.clause, role=MemberRole.COTRAITANT, share=0, hours_due=0
            ).company
        )
        assert not Difficulty.objects.visible_to(other).exists()


class TestMeetings:
    def test_a_meeting_is_noted_and_never_changed(self, commitment, facilitator, company, buyer):
        meeting = meetings.note_meeting(
            commitment, held_on=TODAY, attended="Tous", decided="Deux fiches.", by=facilitator, at=AT
        )
        for actor in (facilitator, company, buyer):
            assert Meeting.objects.visible_to(actor).get() == meeting
        with pytest.raises(DatabaseError), transaction.atomic():
            Meeting.objects.filter(pk=meeting.pk).update(decided="Rien.")

    def test_a_meeting_of_tomorrow_is_refused(self, commitment, facilitator):
        with pytest.raises(Refused, match="pas encore passée"):
            meetings.note_meeting(
                commitment,
                held_on=TODAY + timedelta(days=1),
                attended="Tous",
                decided="x",
                by=facilitator,
                at=AT,
            )
