"""The commitments in alert or critical, written every night for the week of their service."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import (
    ClauseFactory,
    CommitmentFactory,
    LedgerEntryFactory,
    OrganisationFactory,
    PenaltyCaseFactory,
    StatementFactory,
    actor_for,
)
from uneplace.contracts.models import Clause
from uneplace.kit.periods import period
from uneplace.settlement.alerts import raise_alerts
from uneplace.settlement.models import MorningAlert
from uneplace.settlement.tasks import raise_alerts_of_the_day
from uneplace.web.home.agenda import nav_counts
from uneplace.web.settlement.todos import work_items

pytestmark = pytest.mark.django_db

TODAY = date(2026, 7, 3)
YEAR = period(date(2026, 1, 1), date(2026, 12, 31))
DUE = Decimal(1000)


@pytest.fixture
def service():
    return OrganisationFactory(service=True)


def running(service, *, counted=0, **columns):
    """A commitment of 1 000 h over 2026, half of them expected on 3 July, with these hours counted."""
    clause = ClauseFactory(
        lot__contract__service=service, status="RUNNING", hours=DUE, execution=YEAR, **columns
    )
    commitment = CommitmentFactory(clause=clause, hours_due=DUE, period=YEAR)
    if counted:
        statement = StatementFactory(commitment=commitment, month=date(2026, 3, 1), validated=True)
        LedgerEntryFactory(line__statement=statement, line__hours=Decimal(counted))
    return commitment


def told(service):
    rows = MorningAlert.objects.filter(service=service).order_by("commitment")
    return [(one.commitment, one.pace, one.late) for one in rows]


def test_what_is_in_alert_is_kept_with_its_hours_late_and_what_is_to_watch_is_not(service):
    behind, to_watch, fine = (running(service, counted=hours) for hours in (250, 400, 500))

    raise_alerts(service, on=TODAY)

    [(commitment, pace, late)] = told(service)
    assert (commitment, pace) == (behind, "ALERT")
    assert late == Decimal("251.37")  # 1 000 × 183 ÷ 365, less the 250 counted
    assert {to_watch, fine} & {one for one, *_ in told(service)} == set()


def test_each_night_writes_it_again_and_what_caught_up_goes(service):
    behind, critical = running(service, counted=250), running(service)
    raise_alerts(service, on=TODAY)
    assert [pace for _, pace, _ in told(service)] == ["ALERT", "CRITICAL"]
    statement = StatementFactory(commitment=critical, month=date(2026, 4, 1), validated=True)
    LedgerEntryFactory(line__statement=statement, line__hours=Decimal(480))

    raise_alerts_of_the_day(int(datetime(2026, 7, 4, 4, 25, tzinfo=UTC).timestamp()))

    [(commitment, _, late)] = told(service)
    assert commitment == behind
    assert late == Decimal("254.11")


def test_the_week_shows_the_worst_first_and_the_menu_counts_them(service):
    running(service, counted=250)
    running(service)
    raise_alerts(service, on=TODAY)

    facilitator = actor_for(service)
    lines = work_items(facilitator, on=TODAY)

    assert [(line.title.partition(", ")[2], line.is_late) for line in lines] == [
        ("clause critique", True),
        ("clause en alerte", False),
    ]
    assert "0\u00a0% des heures attendues" in lines[0].detail
    assert lines[0].url.endswith("/prevision/")
    assert nav_counts(facilitator, on=TODAY)["settlement"] == len(lines)


def test_an_open_case_or_a_clause_that_is_closed_takes_its_line_away(service):
    with_case, closed = running(service), running(service)
    raise_alerts(service, on=TODAY)
    PenaltyCaseFactory(commitment=with_case)
    Clause.objects.filter(pk=closed.clause_id).update(status="CLOSED")

    titles = [line.title for line in work_items(actor_for(service), on=TODAY)]

    assert not [title for title in titles if "clause critique" in title]


def test_nobody_else_has_them(service):
    commitment = running(service)
    raise_alerts(service, on=TODAY)

    assert not MorningAlert.objects.visible_to(actor_for(commitment.company)).exists()
    assert work_items(actor_for(commitment.company), on=TODAY) == []
    assert work_items(actor_for(OrganisationFactory(service=True)), on=TODAY) == []


def test_it_costs_as_many_queries_for_few_and_for_many(service):
    running(service)
    with CaptureQueriesContext(connection) as few:
        raise_alerts(service, on=TODAY)
    for _ in range(4):
        running(service)
    with CaptureQueriesContext(connection) as many:
        raise_alerts(service, on=TODAY)
    assert len(many) == len(few)
