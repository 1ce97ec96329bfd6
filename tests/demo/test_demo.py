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
from stdnum.fr import siren, siret

from tests.plugin import database
from uneplace.contracts.decp import read
from uneplace.contracts.decp.load import import_contracts
from uneplace.contracts.models import Clause
from uneplace.demo.accounts import ACCOUNTS, PASSWORD
from uneplace.demo.load import AWARD_FILE, IMPORTED, load_demo
from uneplace.evidence.models import Evidence
from uneplace.hours.models import LedgerEntry, Placement, Statement
from uneplace.journal.models import Entry
from uneplace.kit.refused import Refused
from uneplace.offers.models import Application, JobSheet
from uneplace.organisations.models import Organisation, User
from uneplace.people.models import EligibilityDecision
from uneplace.reports.figures import BREAKDOWNS
from uneplace.reports.queries import yearly_figures
from uneplace.settlement.models import PenaltyCase
from uneplace.web.acts import ACTS
from uneplace.web.home.agenda import work_items
from uneplace.web.navigation import navigation

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker) -> Iterator:
    with django_db_blocker.unblock():
        territory = load_demo(at=NOW)
        # Tables filled a moment ago look empty to PostgreSQL, which then plans for one row.
        name, address = connection.settings_dict["NAME"], os.environ["UNEPLACE_TEST_POSTGRES"]
        with psycopg.connect(address, dbname=name, autocommit=True) as server:
            server.execute("ANALYZE")
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
        (EligibilityDecision, set()),
        (Statement, set()),
        (Evidence, {"EXPECTED", "RECEIVED", "PURGED"}),
        (PenaltyCase, {"RELIEF", "APPLIED", "WAIVED", "CLOSED"}),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_things_are_in_every_status(demo, model, left_out):
    found = set(model.objects.values_list("status", flat=True))
    assert set(model.Status.values) - found == left_out


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
