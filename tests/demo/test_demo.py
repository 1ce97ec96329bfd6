"""The demo territory: the published size of one Département in 2019, and something for everyone to do today.

It is loaded once for this file; the database is put back as it was at the end.
"""

import json
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from io import StringIO

import psycopg
import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from stdnum.fr import siren, siret

from tests.plugin import database
from uneplace.contracts.decp import read
from uneplace.contracts.decp.load import import_contracts
from uneplace.contracts.models import Clause, ComingContract, Subcontracting, Transfer
from uneplace.demo.accounts import ACCOUNTS, PASSWORD
from uneplace.demo.load import AWARD_FILE, IMPORTED, load_demo
from uneplace.evidence.models import Evidence
from uneplace.hours.group import group_of
from uneplace.hours.models import AwaitedDocument, Confirmation, LedgerEntry, Placement, Statement
from uneplace.journal.models import Entry
from uneplace.kit.refused import Refused
from uneplace.offers.models import Application, JobSheet, Reminder
from uneplace.organisations.models import AccessLink, Organisation, User
from uneplace.people.models import EligibilityDecision
from uneplace.reports.figures import BREAKDOWNS
from uneplace.reports.queries import yearly_figures
from uneplace.rules.alerts import Pace
from uneplace.settlement.forecasting import records_of
from uneplace.settlement.models import PenaltyCase
from uneplace.web.acts import ACTS
from uneplace.web.home.agenda import nav_counts, work_items
from uneplace.web.navigation import navigation

FORGET = "SELECT pg_clear_relation_stats(schemaname, tablename) FROM pg_tables WHERE schemaname = 'public'"
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker) -> Iterator:
    name, address = connection.settings_dict["NAME"], os.environ["UNEPLACE_TEST_POSTGRES"]
    with (
        django_db_blocker.unblock(),
        psycopg.connect(address, dbname=name, autocommit=True) as server,
    ):
        # As on the first day of an installation: what the tests before left there says nothing of the demo.
        server.execute(FORGET)
        territory = load_demo(at=NOW)
        # Tables filled a moment ago look empty to PostgreSQL, which then plans for one row.
        server.execute("ANALYZE")
    with django_db_blocker.unblock():
        yield territory
        database.restore()


@pytest.fixture(autouse=True)
def today(db):
    with time_machine.travel(NOW, tick=False):
        yield


def enter(demo, key) -> Client:
    client = Client()
    assert client.login(username=demo.users[key].email, password=PASSWORD)
    return client


def test_2019_has_the_published_size_and_it_comes_out_of_the_ledger(demo):
    figures = yearly_figures(demo.service, 2019)
    assert figures.totals.hours == Decimal("160600.00")
    assert figures.totals.participants == 630
    assert figures.totals.contracts == 176
    assert figures.full_time.value == Decimal("100.38")
    for name in BREAKDOWNS:
        assert sum(row.hours for row in figures.breakdown(name)) == figures.totals.hours, name


def test_the_command_tells_the_same(demo):
    out = StringIO()
    call_command("bilan", "--year", "2019", "--json", stdout=out)
    answer = json.loads(out.getvalue())
    assert (answer["hours"], answer["participants"], answer["contracts"]) == ("160600.00", 630, 176)


def test_2019_is_spread_as_such_a_year_is(demo):
    figures = yearly_figures(demo.service, 2019)
    share = {row.code: row.hours / figures.totals.hours for row in figures.by_modality}
    assert 0.45 < share["MISE_A_DISPOSITION"] < 0.55
    women = next(row.participants for row in figures.by_sex if row.code == "F")
    assert 0.2 < women / 630 < 0.3
    hours = [row.hours for row in figures.by_month]
    assert min(hours) == hours[7]
    assert figures.totals.not_counted > 0
    for name in ("by_sex", "by_age", "by_trade", "by_commune"):
        assert figures.breakdown(name)[-1].label == "non renseigné"
    assert len(figures.by_ground) >= 8
    assert (figures.totals.buyers, figures.totals.companies) == (31, 143)


def test_every_counted_hour_has_its_line_its_decision_and_its_reasons(demo):
    entries = LedgerEntry.objects.filter(service=demo.service)
    assert not entries.filter(counted__gt=0, decision=None).exists()
    assert not entries.filter(explanation=[]).exists()
    reasons = {part["reason"] for entry in entries.exclude(excluded=[]) for part in entry.excluded}
    assert {"NO_DECISION", "OUTSIDE_EXECUTION", "TRAINING"} <= reasons


def test_everybody_is_invented(demo):
    for organisation in Organisation.objects.all():
        assert organisation.siret.startswith("000"), organisation
        assert siren.is_valid(organisation.siret[:9])
        assert siret.is_valid(organisation.siret)
        assert organisation.email.endswith("@demo.uneplace.example")
    assert set(User.objects.values_list("email", flat=True)) == {account.email for account in ACCOUNTS}


def test_it_is_loaded_once(demo):
    with pytest.raises(Refused, match="base vide"):
        load_demo(at=NOW)
    with pytest.raises(CommandError, match="base vide"):
        call_command("demo")


@pytest.mark.parametrize(
    ("model", "left_out"),
    [
        (Clause, set()),
        (JobSheet, set()),
        (Application, set()),
        (EligibilityDecision, {"EXPIRED"}),  # read from its last day, never written
        (Statement, set()),
        (Evidence, {"EXPECTED", "PURGED"}),
        (PenaltyCase, {"RELIEF", "APPLIED", "WAIVED", "CLOSED"}),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_things_are_in_every_status(demo, model, left_out):
    found = set(model.objects.values_list("status", flat=True))
    assert set(model.Status.values) - found == left_out


def test_hours_are_proved_confirmed_and_sometimes_said_otherwise(demo):
    documents = AwaitedDocument.objects.select_related("evidence")
    assert {one.status for one in documents} == {"EXPECTED", "RECEIVED", "ACCEPTED", "TO_REDO"}
    assert Confirmation.objects.open_differences().exists()
    for party in Confirmation.Party:
        assert Confirmation.objects.filter(party=party, agrees=True).exists(), party


@pytest.mark.parametrize("account", ACCOUNTS, ids=lambda account: account.key)
def test_each_page_of_each_account_has_something_in_it(demo, account):
    client = enter(demo, account.key)
    actor = demo.actor_of(demo.workplaces[account.key])
    links = navigation(actor, path="/", counts={}).links
    assert len(links) >= 3
    for link in links:
        response = client.get(link.url)
        assert response.status_code == 200, link.url
        assert b'class="empty"' not in response.content, link.url


@pytest.mark.parametrize("account", ACCOUNTS, ids=lambda account: account.key)
def test_something_awaits_each_account(demo, account):
    actor = demo.actor_of(demo.workplaces[account.key])
    items = work_items(actor, on=NOW.date())
    assert items, account.key
    assert nav_counts(actor, on=NOW.date())["home"] == len(items), "the menu counts the lines of the page"
    client = enter(demo, account.key)
    for item in items:
        assert client.get(item.url).status_code == 200, item.url


def test_things_go_wrong_in_places(demo):
    late = Statement.objects.filter(status="EXPECTED", due_on__lt=NOW.date())
    assert late.exists()
    assert Placement.objects.filter(confirmed_at=None).count() >= 2
    notice = PenaltyCase.objects.get(status="NOTICE")
    assert notice.answer_before > NOW.date() > notice.notice_on
    unfilled = JobSheet.objects.filter(status="PUBLISHED", apply_before__lt=NOW.date(), applications=None)
    assert unfilled.exists()


def test_a_worksite_employs_26_people_on_its_own_contract(demo):
    worksite = demo.workplaces["structure"]
    team = Placement.objects.filter(
        employer=worksite, allocations__commitment__company=worksite, period__contains=NOW.date()
    )
    assert team.filter(kind="CDDI").count() == 26


def test_the_journal_tells_only_known_acts_none_to_come(demo):
    entries = Entry.objects.all()
    assert entries.count() > 200
    assert set(entries.values_list("verb", flat=True)) <= set(ACTS)
    assert not entries.filter(at__gt=NOW).exists()


def test_the_award_file_has_contracts_left_to_import(demo):
    reading = read(AWARD_FILE)
    assert not reading.findings
    known = set(Organisation.objects.values_list("siret", flat=True))
    result = import_contracts(reading, service=demo.service, by=demo.facilitator, at=NOW)
    assert (result.created, result.unchanged) == (reading.read - IMPORTED, IMPORTED)
    assert set(Organisation.objects.values_list("siret", flat=True)) == known


def test_buyers_prepare_contracts_and_one_answer_is_late(demo):
    coming = ComingContract.objects.all()
    assert {one.status for one in coming} == {"ASKED", "ANSWERED", "PUBLISHED", "DROPPED"}
    assert [one.is_late(NOW.date()) for one in coming.filter(status="ASKED").order_by("asked_at")] == [
        True,
        False,
    ]
    assert coming.filter(answer="NO_CLAUSE", social_condition=True).exclude(derogation="").count() == 1
    assert coming.filter(buyer=demo.buyers[0]).count() == 3


def test_a_company_without_account_is_sent_a_link_to_its_files(demo):
    link = AccessLink.objects.get()
    sheet = JobSheet.objects.get(pk=link.thing_id)

    assert not link.organisation.has_account
    assert link.opened_at is None
    assert link.withdrawn_at is None
    assert link.expires_at > NOW
    assert set(sheet.applications.values_list("status", "transmission__through")) == {("SENT", "LINK")}


def test_somebody_is_reminded_then_the_others_then_the_service(demo):
    levels = set(Reminder.objects.values_list("level", flat=True))

    assert {"OWES", "DEPUTY", "SERVICE"} <= levels
    actor = demo.actor_of(demo.workplaces["facilitatrice"])
    titles = [item.title for item in work_items(actor, on=NOW.date()) if item.is_late]
    assert any("ne répond pas" in title for title in titles)


def test_somebody_serves_two_buyers_and_the_shares_of_a_day_make_the_whole(demo):
    shared = Placement.objects.filter(service=demo.service, allocations__share__lt=1).distinct()
    assert shared.count() == 1
    month = NOW.date().replace(day=1)
    parts = shared.get().allocations.filter(period__contains=month).select_related("commitment__clause__lot")
    assert sum(part.share for part in parts) == 1
    buyers = {part.commitment.clause.lot.contract.buyer for part in parts}
    assert len(buyers) == 2


def test_a_contract_ends_soon_with_a_job_that_could_come_next(demo):
    client = enter(demo, "facilitatrice")
    rows = client.get(reverse("people:next_jobs")).context["rows"]
    assert any(row.jobs for row in rows)


def test_a_decision_lapses_before_the_first_day_of_work(demo):
    client = enter(demo, "facilitatrice")
    renewals = client.get(reverse("people:renewals")).context["renewals"]
    assert any(one.is_cut for one in renewals)


def test_clauses_are_at_every_level_of_alert_some_with_a_gap_that_people_would_close(demo):
    client = enter(demo, "facilitatrice")
    rows = client.get(reverse("contracts:list")).context["rows"]
    alerts = [row.alert for row in rows if row.alert]
    assert {alert.pace for alert in alerts} >= {Pace.ON_PACE, Pace.ALERT, Pace.CRITICAL}
    assert any("en retard de" in reason for alert in alerts for reason in alert.reasons)
    running = [row.clause for row in rows if row.clause and row.clause.status == Clause.Status.RUNNING]
    pages = [client.get(reverse("contracts:outlook", args=[clause.pk])) for clause in running]
    told = [one.forecast for page in pages for one in page.context["outlooks"] if one.forecast]
    assert len(told) >= 5
    assert any(one.action for one in told)
    assert all(one.low <= one.at_end <= one.high for one in told)


def test_forecasts_are_tried_on_closed_clauses_and_err_less_than_a_bare_reading(demo):
    for one in records_of([demo.service.pk])[demo.service.pk]:
        assert one.clauses >= 100
        if one.stage <= 50:
            assert one.record.median_error < min(one.record.median_errors.values())
        assert Decimal("0.7") <= one.record.inside <= Decimal("0.95")


def test_a_group_has_hours_entrusted_others_asked_for_and_a_subcontractor_to_validate(demo):
    done = Transfer.objects.get(status=Transfer.Status.VALIDATED)
    asked = Transfer.objects.get(status=Transfer.Status.PROPOSED)
    assert asked.awaited == [done.owner]
    assert Subcontracting.objects.get().status == Subcontracting.Status.DECLARED
    totals = group_of(done.clause).totals
    assert totals["due"] == totals["to_do"] == done.clause.hours_due
    assert "Transfert d’heures à accepter" in enter(demo, "entreprise").get("/").content.decode()
