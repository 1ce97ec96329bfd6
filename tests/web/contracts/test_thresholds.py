"""The page where an administrator says when to worry about a clause, and what each reads of it."""

from dataclasses import asdict
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import (
    ClauseFactory,
    CommitmentFactory,
    ContractFactory,
    LedgerEntryFactory,
    LotFactory,
    OrganisationFactory,
    ServiceThresholdsFactory,
    StatementFactory,
)
from uneplace.journal.models import Entry
from uneplace.settlement.models import ServiceThresholds

from .conftest import signed_in, text_of

URL = "/service/alertes/"
USUAL = {
    "watch_below": 90,
    "alert_below": 70,
    "critical_below": 40,
    "critical_from": 50,
    "documents_days": 15,
}


@pytest.fixture
def service(db):
    return OrganisationFactory(service=True)


def test_it_shows_what_is_usual_and_where_it_comes_from(service):
    page = text_of(signed_in(service).get(URL))
    assert 'value="90"' in page
    assert "À confirmer" in page
    assert "Rien : votre service suit l’usage." in page


def test_a_change_is_kept_dated_and_told_in_the_journal(service):
    client = signed_in(service)
    answer = client.post(URL, USUAL | {"documents_days": 20, "read": 0})
    assert answer.url == URL
    kept = ServiceThresholds.objects.get()
    assert (kept.number, asdict(kept.thresholds)) == (1, USUAL | {"documents_days": 20})
    entry = Entry.objects.get(verb="service_thresholds.decided")
    assert (entry.details["before"], entry.details["after"]) == (
        {"documents_days": 15},
        {"documents_days": 20},
    )
    assert "document en retard de plus de : 20 jours, auparavant 15" in text_of(client.get(URL))


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        pytest.param({"alert_below": 95}, "L’alerte commence plus bas que la surveillance.", id="ordre"),
        pytest.param({"watch_below": 140}, "Écrivez un nombre entre 1 et 100.", id="trop grand"),
        pytest.param({"documents_days": ""}, "Écrivez un nombre entre 1 et 90.", id="vide"),
        pytest.param({}, "Rien ne change : modifiez au moins un seuil.", id="rien"),
    ],
)
def test_what_makes_no_sense_is_refused_and_what_was_typed_stays(service, typed, words):
    answer = signed_in(service).post(URL, USUAL | {"read": 0} | typed)
    assert answer.status_code == 422
    assert words in text_of(answer)
    for value in typed.values():
        assert f'value="{value}"' in answer.text or value == ""
    assert not ServiceThresholds.objects.exists()


def test_two_administrators_at_once_read_each_other(service):
    ServiceThresholdsFactory(service=service, critical_from=60)
    answer = signed_in(service).post(URL, USUAL | {"documents_days": 20, "read": 0})
    assert answer.status_code == 422
    assert "Quelqu’un d’autre vient de changer ces seuils." in text_of(answer)


@pytest.mark.parametrize("role", ["MEMBER", "READER"])
def test_only_administrators_change_them(service, role):
    assert signed_in(service, role).get(URL).status_code == 403


def test_a_service_never_reads_those_of_another(service):
    ServiceThresholdsFactory(critical_from=61)
    assert 'value="61"' not in text_of(signed_in(service).get(URL))


def late(commitment, days):
    """A statement that was awaited so many days ago."""
    due_on = date.fromordinal(date(2026, 6, 15).toordinal() - days)
    return StatementFactory(commitment=commitment, month=date(2026, 4, 1), due_on=due_on)


def count(commitment, hours):
    statement = StatementFactory(commitment=commitment, month=date(2026, 3, 1), validated=True)
    LedgerEntryFactory(line__statement=statement, line__hours=Decimal(hours))


def test_the_level_and_its_reasons_are_words_on_the_list_and_on_the_page(
    as_facilitator, as_buyer, as_company, clause, commitment
):
    count(commitment, "150")  # about 593 h are expected by 15 June
    late(commitment, 18)
    for client in (as_facilitator, as_buyer, as_company):
        for url in ("/marches/", clause.get_absolute_url()):
            page = text_of(client.get(url))
            assert "Critique" in page
            assert "25 % des heures attendues à ce jour, un document en retard de 18 jours" in page


def test_a_threshold_changes_what_everybody_reads(as_company, clause, commitment):
    count(commitment, "560")
    assert "Dans le rythme" in text_of(as_company.get("/marches/"))
    ServiceThresholdsFactory(service=clause.service, watch_below=100)
    assert "À surveiller" in text_of(as_company.get("/marches/"))


def test_a_company_reads_nothing_of_what_another_one_owes(as_company, clause, commitment):
    commitment.hours_due = "1260"
    commitment.save()
    other = CommitmentFactory(clause=clause, hours_due="840")
    count(commitment, "600")
    late(other, 40)
    page = text_of(as_company.get("/marches/"))
    assert "Critique" not in page
    assert "en retard de 40 jours" not in page


def test_a_list_asks_as_many_queries_whatever_its_clauses(as_facilitator, contract, clause, commitment):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            as_facilitator.get("/marches/")
        return len(queries)

    late(commitment, 3)
    count(commitment, "30")
    asked()
    first = asked()
    for _ in range(4):
        one = CommitmentFactory(
            clause=ClauseFactory(lot=LotFactory(contract=ContractFactory(service=contract.service)))
        )
        count(one, "30")
        late(one, 20)
    assert asked() == first
