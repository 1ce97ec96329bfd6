"""« Prévision » of a clause, as each reads it: the curve, where it will end, and what closes the gap."""

import re
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import (
    AllocationFactory,
    ClauseFactory,
    CommitmentFactory,
    EligibilityDecisionFactory,
    ForecastTrialFactory,
    LedgerEntryFactory,
    StatementFactory,
    StatementLineFactory,
)
from uneplace.contracts.models import Clause
from uneplace.kit.periods import period

from .conftest import signed_in, text_of


def url(clause):
    return f"{clause.get_absolute_url()}prevision/"


def count(commitment, month, hours, *, people=1):
    """Hours of a month in the ledger, of that many people."""
    statement = StatementFactory(commitment=commitment, month=month, validated=True)
    for _ in range(people):
        LedgerEntryFactory(line__statement=statement, line__hours=Decimal(hours))


def test_the_service_reads_the_curve_with_its_table_and_the_gap(as_facilitator, clause, commitment):
    count(commitment, date(2026, 3, 1), "120")
    StatementLineFactory(
        statement=StatementFactory(commitment=commitment, month=date(2026, 4, 1), submitted=True),
        hours=Decimal("80"),
    )
    page = text_of(as_facilitator.get(url(clause)))

    assert "sur 2 100 h dues" in page
    assert "Trop peu de clauses sont closes pour connaître l’erreur de ces lectures." in page
    assert "de plus à 35 h par semaine, au travail au plus tard le" in page
    rows = re.findall(r"<tr><th scope=\"row\">(\w+ 202\d)</th>(.*?)</tr>", page)
    assert [month for month, _ in rows][:2] == ["janv. 2026", "févr. 2026"] or rows[0][0].startswith("janv")
    assert "120 h" in page
    assert "80 h" in page
    assert 'role="img"' in page


def test_the_interval_comes_from_the_closed_clauses_of_the_service(as_facilitator, clause, commitment):
    for _ in range(12):
        ForecastTrialFactory(service=clause.service, stage=25, finished="520", contracts="500", pace="900")
    page = text_of(as_facilitator.get(url(clause)))
    assert "huit fois sur dix, d’après 12 clauses closes de ce service, les plus proches" in page
    assert "La lecture qui se trompe le moins est retenue." in page


def test_a_company_reads_its_own_commitment_only(as_company, clause, commitment):
    commitment.hours_due = "1260"
    commitment.save()
    other = CommitmentFactory(clause=clause, company__name="Façades Brindacier", hours_due="840")
    count(other, date(2026, 3, 1), "77")
    page = text_of(as_company.get(url(clause)))
    assert "sur 1 260 h dues" in page
    assert "Brindacier" not in page
    assert ">77 h<" not in page


def test_the_service_and_the_buyer_read_each_commitment(as_facilitator, as_buyer, clause, commitment):
    CommitmentFactory(clause=clause, company__name="Façades Brindacier")
    for client in (as_facilitator, as_buyer):
        page = text_of(client.get(url(clause)))
        assert [title in page for title in ("Toute la clause", "Tournebise Construction", "Façades")] == [
            True
        ] * 3


def test_a_buyer_never_reads_the_hours_of_fewer_than_five_people(
    as_buyer, as_facilitator, clause, commitment
):
    count(commitment, date(2026, 2, 1), "11", people=5)
    count(commitment, date(2026, 3, 1), "13", people=2)
    count(commitment, date(2026, 4, 1), "17", people=3)
    theirs = text_of(as_buyer.get(url(clause)))
    assert "55 h" in theirs
    assert "81 h" not in theirs
    assert "132 h" in theirs
    assert "avec la suite" in theirs
    assert "81 h" in text_of(as_facilitator.get(url(clause)))


@pytest.fixture
def entitled(at_work):
    """Somebody at work whose hours count."""
    EligibilityDecisionFactory(participant=at_work.placement.participant, service=at_work.service)
    return at_work


def foreseen_in(page):
    """The last column of the table, month by month."""
    table = page.partition("<tbody>")[2].partition("</tbody>")[0]
    return re.findall(r'data-label="Prévues">([^<]*)<', table)


def test_a_buyer_reads_what_is_foreseen_as_one_total(as_buyer, as_facilitator, as_company, clause, entitled):
    whole = foreseen_in(text_of(as_facilitator.get(url(clause))))
    assert len({one for one in whole if one.endswith("h")}) > 2
    assert foreseen_in(text_of(as_company.get(url(clause)))) == whole
    page = text_of(as_buyer.get(url(clause)))
    theirs = foreseen_in(page)
    assert theirs[-1] == whole[-1]
    assert set(theirs[:-1]) <= {"aucune", "avec la suite"}
    assert [one == "avec la suite" for one in theirs[:-1]] == [one != "aucune" for one in whole[:-1]]
    assert f"{whole[-1]} prévues par les contrats signés" in page


def test_a_buyer_does_not_read_what_is_worked_and_not_declared(as_buyer, as_facilitator, clause, entitled):
    words = "travaillées et pas encore déclarées"
    step = "pas encore déclarées."
    assert words in text_of(as_facilitator.get(url(clause)))
    page = text_of(as_buyer.get(url(clause)))
    assert words not in page
    assert step not in page
    assert "prévues à la fin" in page


def test_the_curve_ends_where_the_forecast_does_when_nothing_more_is_signed(as_facilitator, clause, entitled):
    told = as_facilitator.get(url(clause)).context["outlooks"][0]
    known = told.outlook.known
    assert known.undeclared > 0
    assert told.points[-1].undeclared == known.undeclared
    assert abs(told.points[-1].to_come - known.undeclared - known.foreseen) <= Decimal("0.01")


def test_a_buyer_does_not_find_it_by_subtracting_either(as_buyer, clause, entitled):
    told = as_buyer.get(url(clause)).context["outlooks"][0]
    forecast = told.forecast
    for hours in (forecast.low, forecast.at_end, forecast.high, forecast.gap):
        assert hours % 100 == 0
    assert all(not point.undeclared for point in told.points)


def test_people_are_never_named_there(as_buyer, as_facilitator, clause, at_work):
    for client in (as_buyer, as_facilitator):
        assert "Aminata" not in text_of(client.get(url(clause)))


def test_a_stranger_finds_nothing(as_stranger, clause, commitment):
    assert as_stranger.get(url(clause)).status_code == 404


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        pytest.param({"status": Clause.Status.SUSPENDED}, "La clause est suspendue", id="suspendue"),
        pytest.param({"status": Clause.Status.MET}, "il n’y a plus rien à prévoir", id="atteinte"),
        pytest.param(
            {"execution": period(date(2026, 6, 1), date(2027, 7, 11))}, "Trop tôt pour prévoir", id="trop tôt"
        ),
        pytest.param(
            {"execution": period(date(2025, 6, 1), date(2026, 6, 10))}, "L’exécution est finie", id="finie"
        ),
    ],
)
def test_it_says_why_nothing_is_forecast(as_facilitator, lot, facts, words):
    clause = ClauseFactory(lot=lot, **facts)
    CommitmentFactory(clause=clause, period=clause.execution)
    page = text_of(as_facilitator.get(url(clause)))
    assert words in page
    assert "prévues à la fin" not in page


def test_a_clause_of_actions_has_no_curve(as_facilitator, lot):
    clause = ClauseFactory(
        lot=lot, method=Clause.Method.ACTIONS, inputs={"actions": 3}, hours_due=0, actions_due=3
    )
    CommitmentFactory(clause=clause, hours_due=0)
    assert "Des actions, pas des heures" in text_of(as_facilitator.get(url(clause)))
    assert "Prévision</a>" not in text_of(as_facilitator.get(clause.get_absolute_url()))


def test_a_draft_has_no_curve(as_facilitator, draft):
    CommitmentFactory(clause=draft)
    assert "Pas encore de courbe" in text_of(as_facilitator.get(url(draft)))


def test_the_overview_says_where_the_clause_goes(as_facilitator, clause, commitment):
    page = text_of(as_facilitator.get(clause.get_absolute_url()))
    assert "Où la clause va" in page
    assert url(clause) in page


def test_more_companies_and_people_ask_no_more_queries(as_facilitator, clause, commitment):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            as_facilitator.get(url(clause))
        return len(queries)

    def more():
        one = CommitmentFactory(clause=clause)
        allocation = AllocationFactory(commitment=one)
        EligibilityDecisionFactory(participant=allocation.placement.participant, service=clause.service)
        count(one, date(2026, 3, 1), "10")

    more()
    asked()
    first = asked()
    more()
    more()
    assert asked() == first


def test_a_company_of_the_service_reads_its_errors(as_company, as_facilitator, clause, commitment):
    for rank in range(12):
        ForecastTrialFactory(
            service=clause.service,
            stage=50,
            finished=str(500 + rank),
            contracts="500",
            pace="900",
            due="1000",
        )
    for client in (as_company, as_facilitator):
        page = text_of(client.get("/previsions/"))
        assert "De combien nous nous trompons" in page
        assert "<strong>0,3 %</strong>" in page
        assert "trop peu" in page  # the other stages


def test_it_is_said_plainly_when_too_few_clauses_are_closed(as_facilitator, clause):
    ForecastTrialFactory(service=clause.service, stage=50)
    page = text_of(as_facilitator.get("/previsions/"))
    assert "Trop peu de clauses sont closes pour connaître notre erreur." in page
    assert "nous regardons le quart, 10 au moins, qui annonçait" in page


def test_the_errors_of_another_service_are_not_read(as_facilitator, clause):
    for _ in range(12):
        ForecastTrialFactory(stage=50)
    page = text_of(as_facilitator.get("/previsions/"))
    assert "Trop peu de clauses sont closes" in page
    assert signed_in(ClauseFactory().service).get("/previsions/").status_code == 200
