"""The follow-up in job: points made once, a break that stops a contract, and who is told."""

from datetime import date
from importlib import import_module

import pytest
from django.db import connection

from tests.factories import (
    NOON,
    AllocationFactory,
    CommitmentFactory,
    FollowUpFactory,
    OrganisationFactory,
    PlacementFactory,
    StatementFactory,
    StatementLineFactory,
    SupportFactory,
    WorkedMonthFactory,
    actor_for,
)
from tests.plugin.mailbox import text_of
from uneplace.hours.expected import expect_statements
from uneplace.hours.follow_ups import break_placement, make_follow_up, plan_follow_ups, settle_replacement
from uneplace.hours.models import FollowUp, Placement, Statement
from uneplace.journal.queries import entries_about
from uneplace.kit.periods import period
from uneplace.kit.refused import Refused

pytestmark = pytest.mark.django_db

SAID = {"means": "PHONE", "attendance": "WELL", "integration": "WELL", "skills": "WATCH"}


@pytest.fixture
def placement():
    return AllocationFactory().placement


@pytest.fixture
def facilitator(placement):
    return actor_for(placement.service)


def test_points_already_past_are_not_asked_for(placement):
    plan_follow_ups(placement, on=date(2026, 6, 2))
    assert list(placement.follow_ups.values_list("point", "due_on")) == [
        ("MONTH_3", date(2026, 6, 2)),
        ("BEFORE_END", date(2026, 8, 16)),
    ]


def test_points_planned_by_the_day_after_the_last_one_come_a_day_sooner(placement):
    counted_before = FollowUpFactory(placement=placement, point="BEFORE_END", due_on=date(2026, 8, 17))
    marks = dict.fromkeys(("attendance", "integration", "skills"), "WELL")
    made = FollowUpFactory(point="BEFORE_END", due_on=date(2026, 8, 17), done_at=NOON, means="PHONE", **marks)
    sooner = import_module("uneplace.hours.migrations.0005_before_the_last_day").SOONER

    for _ in range(2):
        with connection.cursor() as cursor:
            cursor.execute(sooner)

    counted_before.refresh_from_db()
    made.refresh_from_db()
    assert (counted_before.due_on, made.due_on) == (date(2026, 8, 16), date(2026, 8, 17))


def test_a_point_is_made_once_and_its_words_are_sealed(placement, facilitator):
    follow_up = FollowUpFactory(placement=placement)
    make_follow_up(follow_up, **SAID, note="Le bus passe trop tard.", by=facilitator, at=NOON)
    assert (follow_up.worst, follow_up.done_by, follow_up.note) == (
        "WATCH",
        facilitator.user,
        "Le bus passe trop tard.",
    )
    assert entries_about(placement)[0].details == {"point": "MONTH_3"}
    stale = FollowUp.objects.get(pk=follow_up.pk)
    stale.done_at = None
    with pytest.raises(Refused, match="Quelqu’un d’autre"):
        make_follow_up(stale, **SAID, by=facilitator, at=NOON)


def test_nobody_makes_a_point_before_the_contract(placement, facilitator):
    later = period(date(2026, 7, 1), date(2026, 8, 31))
    Placement.objects.filter(pk=placement.pk).update(period=later)
    placement.allocations.update(period=later)
    follow_up = FollowUp.objects.get(pk=FollowUpFactory(placement=placement).pk)
    with pytest.raises(Refused, match="commence le 1er juillet 2026"):
        make_follow_up(follow_up, **SAID, by=facilitator, at=NOON)


def test_a_difficulty_said_by_the_employer_is_told_to_the_service(mailbox):
    employer = OrganisationFactory(employer=True)
    placement = PlacementFactory(employer=employer)
    actor_for(placement.service)
    hard = SAID | {"attendance": "HARD"}
    make_follow_up(FollowUpFactory(placement=placement), **hard, by=actor_for(employer), at=NOON)
    (mail,) = mailbox.messages
    assert "en difficulté" in mail["Subject"]
    assert str(placement.participant) not in text_of(mail)


def test_a_break_stops_the_contract_and_what_it_was_to_bring(placement, facilitator, mailbox):
    referrer = OrganisationFactory(referrer=True)
    SupportFactory(participant=placement.participant, organisation=referrer)
    told = [actor_for(one).user.email for one in (placement.employer, referrer)]
    plan_follow_ups(placement, on=date(2026, 3, 2))
    found = break_placement(placement, last_day=date(2026, 6, 12), reason="SITE", by=facilitator, at=NOON)
    assert (placement.last_day, found.was_until) == (date(2026, 6, 12), date(2026, 8, 31))
    assert placement.allocations.get().period.upper == date(2026, 6, 13)
    assert not placement.follow_ups.exists()
    assert entries_about(placement)[0].reason == "Arrêt du chantier"
    assert {mail["To"] for mail in mailbox.messages} == {facilitator.user.email, *told}
    assert all(str(placement.participant) not in text_of(mail) for mail in mailbox.messages)
    with pytest.raises(Refused, match="déjà enregistrée"):
        break_placement(placement, last_day=date(2026, 6, 12), reason="SITE", by=facilitator, at=NOON)


def test_after_a_break_no_month_is_awaited_that_nobody_worked(placement, facilitator):
    expect_statements(on=date(2026, 6, 15))
    assert months(placement) == [3, 4, 5, 6]
    break_placement(placement, last_day=date(2026, 4, 20), reason="SITE", by=facilitator, at=NOON)
    assert months(placement) == [3, 4]


def test_after_a_break_a_month_is_still_awaited_for_somebody_else(placement, facilitator):
    allocation = placement.allocations.get()
    other = PlacementFactory(service=placement.service, employer=placement.employer)
    AllocationFactory(commitment=allocation.commitment, placement=other)
    expect_statements(on=date(2026, 6, 15))
    break_placement(placement, last_day=date(2026, 4, 20), reason="SITE", by=facilitator, at=NOON)
    assert months(placement) == [3, 4, 5, 6]


def months(placement):
    """The months awaited of who declares for somebody."""
    found = Statement.objects.filter(declarant=placement.declared_by).order_by("month")
    return [statement.month.month for statement in found]


def test_the_company_that_loses_somebody_lent_is_told(mailbox):
    lender = OrganisationFactory(employer=True)
    allocation = AllocationFactory(placement__employer=lender, placement__declared_by=lender)
    placement, told = allocation.placement, actor_for(allocation.commitment.company).user.email
    break_placement(
        placement, last_day=date(2026, 6, 12), reason="SITE", by=actor_for(placement.service), at=NOON
    )
    assert len(mailbox.to(told)) == 1


@pytest.mark.parametrize(
    ("last_day", "sentence"),
    [
        pytest.param(date(2026, 3, 1), "commence le 2 mars 2026", id="avant le début"),
        pytest.param(date(2026, 8, 31), "il n’y a pas de rupture", id="au terme"),
        pytest.param(date(2026, 6, 16), "pas encore passé", id="à venir"),
        pytest.param(date(2026, 4, 30), "corrigez d’abord ce relevé", id="heures déclarées après"),
    ],
)
def test_a_break_that_cannot_be_says_why(placement, facilitator, last_day, sentence):
    WorkedMonthFactory(placement=placement, month=date(2026, 5, 1))
    with pytest.raises(Refused, match=sentence):
        break_placement(placement, last_day=last_day, reason="SITE", by=facilitator, at=NOON)
    placement.refresh_from_db()
    assert placement.last_day == date(2026, 8, 31)


def test_hours_declared_for_a_commitment_that_begins_after_the_last_day_are_put_right_first(
    placement, facilitator
):
    first = placement.allocations.get()
    first.period = period(date(2026, 3, 2), date(2026, 4, 14))
    first.save()
    second = AllocationFactory(
        placement=placement,
        commitment=CommitmentFactory(clause__lot__contract__service=placement.service),
        period=period(date(2026, 4, 15), date(2026, 8, 31)),
    )
    april = date(2026, 4, 1)
    statement = StatementFactory(commitment=second.commitment, declarant=placement.declared_by, month=april)
    month = WorkedMonthFactory(placement=placement, month=april, hours=60)
    StatementLineFactory(statement=statement, worked_month=month, hours=60)

    with pytest.raises(Refused, match="faites d’abord corriger le relevé"):
        break_placement(placement, last_day=date(2026, 4, 10), reason="SITE", by=facilitator, at=NOON)


def test_the_place_left_is_settled_once(placement, facilitator):
    found = break_placement(placement, last_day=date(2026, 6, 12), reason="RESIGNED", by=facilitator, at=NOON)
    settle_replacement(found, by=facilitator, at=NOON)
    assert found.replaced_at == NOON
    with pytest.raises(Refused, match="déjà réglé"):
        settle_replacement(found, by=facilitator, at=NOON)
