"""Relief granted is asked of nobody any more: neither alert, nor gap, nor threat; the hours due stay."""

from datetime import date
from decimal import Decimal

import pytest

from tests.factories import (
    AwaitedDocumentFactory,
    ClauseFactory,
    CommitmentFactory,
    LedgerEntryFactory,
    PenaltyCaseFactory,
    ReliefFactory,
    StatementFactory,
    actor_for,
)
from uneplace.contracts.models import ActionDone, Commitment
from uneplace.hours.queries import progress_of, progress_of_clauses
from uneplace.kit.periods import period
from uneplace.kit.refused import Refused
from uneplace.rules.alerts import Pace
from uneplace.settlement import actions, notices
from uneplace.settlement.alerts import alerts_of, alerts_of_clauses, raise_alerts
from uneplace.settlement.exposure import exposure_now
from uneplace.settlement.forecasting import outlooks, owed_by
from uneplace.settlement.models import MorningAlert
from uneplace.settlement.queries import shortfalls
from uneplace.settlement.relieved import relieved_of
from uneplace.settlement.standing import standing_of, standing_on, why_not_threaten
from uneplace.web.home.duties import duties_of

from .conftest import AT

pytestmark = pytest.mark.django_db

TODAY = date(2026, 12, 1)
YEAR = period(date(2026, 1, 1), date(2026, 12, 31))
HALF = date(2026, 7, 3)  # 501,37 h of 1 000 are expected by then


def running(service=None, *, counted=0, relief=0, due=1000, **columns):
    """A commitment of 1 000 h over 2026, with these hours counted and this relief granted."""
    if service:
        columns["lot__contract__service"] = service
    clause = ClauseFactory(status="RUNNING", hours=Decimal(due), execution=YEAR, **columns)
    commitment = CommitmentFactory(clause=clause, hours_due=Decimal(due), period=YEAR)
    count(commitment, counted)
    grant(commitment, relief)
    return Commitment.objects.select_related("clause", "company").get(pk=commitment.pk)


def count(commitment, hours, month=3):
    """So many hours validated in that month, 500 at most for one person."""
    if hours:
        statement = StatementFactory(commitment=commitment, month=date(2026, month, 1), validated=True)
    while hours:
        LedgerEntryFactory(line__statement=statement, line__hours=Decimal(min(hours, 500)))
        hours -= min(hours, 500)


def grant(commitment, hours):
    if hours:
        case = PenaltyCaseFactory(commitment=commitment, status="CLOSED", reason="Accordée.")
        ReliefFactory(case=case, hours=hours, granted=hours, answer="D’accord.", answered_at=AT)


def alert(commitment, on=HALF):
    return alerts_of([commitment], progress_of([commitment], on=on), on=on).get(commitment.pk)


def test_a_company_relieved_of_all_that_it_misses_is_neither_critical_nor_threatened():
    commitment = running(relief=1000)
    bare = running()
    assert alert(bare).pace == Pace.CRITICAL
    assert alert(commitment) is None
    assert [one.commitment for one in shortfalls(Commitment.objects.all(), on=HALF)] == [bare]
    assert why_not_threaten(standing_on(commitment.pk, on=HALF))
    with pytest.raises(Refused, match="manque aucune heure"):
        actions.open_case(commitment, by=actor_for(commitment.service), at=AT)


def test_relief_of_a_part_lowers_what_is_asked_today_and_says_so():
    commitment = running(counted=200, relief=200)
    level = alert(commitment)
    assert level.pace == Pace.ALERT  # 200 h of the 301,37 that are still asked; critical without relief
    assert level.reasons == ("66\u00a0% des heures attendues à ce jour, 200\u00a0h exonérées déduites",)
    assert alert(running(counted=200)).pace == Pace.CRITICAL
    [gap] = [one for one in shortfalls(Commitment.objects.all(), on=HALF) if one.commitment == commitment]
    assert gap.late == Decimal("101.37")
    assert any("Exonérées" in step["text"] for step in gap.explanation)


def test_what_is_due_and_what_is_counted_stay_as_they_are():
    commitment = running(counted=300, relief=200)
    stands = progress_of([commitment], on=HALF)[commitment.pk]
    assert (stands.due, stands.counted, commitment.hours_due) == (1000, 300, 1000)
    assert exposure_now(commitment, on=HALF).missing_hours == 500


def test_hours_done_after_the_relief_take_its_place():
    commitment = running(counted=700, relief=500)
    assert relieved_of([commitment], on=HALF)[commitment.pk].hours == 300
    assert relieved_of([running(counted=1000, relief=500)], on=HALF) == {}


def test_relief_of_one_company_hides_nothing_of_another():
    commitment = running(counted=100, relief=900)
    clause = commitment.clause
    type(clause).objects.filter(pk=clause.pk).update(hours_due=2000)
    clause.refresh_from_db()
    other = CommitmentFactory(clause=clause, hours_due=1000, period=YEAR, share=0, role="COTRAITANT")
    count(other, 200, month=4)
    whole = progress_of_clauses([clause], on=HALF)
    level = alerts_of_clauses([clause], whole, {clause.pk: [commitment, other]}, on=HALF)[clause.pk]
    # 300 h counted of the 501,37 that are still asked of the other company
    assert (level.pace, level.reasons[0][:4]) == (Pace.ALERT, "59\u00a0%")


def test_the_week_is_told_only_of_what_is_still_asked():
    service = running(relief=1000).service
    part = running(service, counted=100, relief=200)
    raise_alerts(service, on=HALF)
    [told] = MorningAlert.objects.all()
    assert (told.commitment, told.late) == (part, Decimal("201.37"))


def test_the_first_page_adds_up_what_is_still_asked():
    commitment = running(counted=300, relief=200)
    duties = duties_of(actor_for(commitment.service), on=HALF)
    assert (duties.late, duties.expected, duties.total.due) == (1, 301, 1000)
    assert duties.facts.relieved == 200
    assert duties.facts.to_find == 500 - duties.total.foreseen


def test_a_forecast_leaves_relief_out_of_the_gap_and_not_out_of_what_is_due():
    commitment = running(counted=300, relief=200, due=3000)
    outlook = outlooks({"one": owed_by([commitment], whole=False)}, commitment.service_id, on=HALF)["one"]
    assert outlook.due == 3000
    assert outlook.forecast.gap == 3000 - 200 - outlook.forecast.at_end
    assert any("Exonérées par l" in step.text for step in outlook.forecast.explanation)


def test_a_partner_of_whoever_was_relieved_is_not_threatened_once_the_clause_has_all_its_hours(
    commitment, facilitator
):
    other = CommitmentFactory(clause=commitment.clause, share=0, hours_due=0)
    case = actions.open_case(commitment, by=facilitator, at=AT)
    count(other, 600)
    count(other, 700, month=4)
    count(other, 700, month=5)
    assert why_not_threaten(standing_of(case, on=TODAY)) == []
    grant_on(case, 100)
    assert "Plus rien ne manque" in why_not_threaten(standing_of(case, on=TODAY))[0]


def grant_on(case, hours):
    ReliefFactory(case=case, hours=hours, granted=hours, answer="D’accord.", answered_at=AT)


def test_a_paper_keeps_the_relief_of_its_day_apart(commitment, facilitator):
    case = actions.open_case(commitment, by=facilitator, at=AT)
    grant_on(case, 100)
    notice = notices.send_reminder(
        case, text="Où en êtes-vous ?", answer_before=date(2026, 12, 20), by=facilitator, at=AT
    )
    assert (notice.figures["due"], notice.figures["granted"], notice.figures["missing"]) == (
        "2100.00",
        "100.00",
        "2000.00",
    )


class TestLateDocuments:
    """A document that is late is to watch when nothing else is missing, and never a threat by itself."""

    @pytest.mark.parametrize(
        "owes_no_more",
        [
            pytest.param({"counted": 1000}, id="tout est compté"),
            pytest.param({"counted": 400, "relief": 600}, id="le reste est exonéré"),
        ],
    )
    def test_on_a_clause_done_it_is_to_watch(self, owes_no_more):
        commitment = running(**owes_no_more)
        assert alert(commitment) is None
        AwaitedDocumentFactory(commitment=commitment, due_on=date(2026, 6, 3))
        level = alert(commitment)
        assert (level.pace, level.reasons) == (Pace.WATCH, ("un document en retard de 30\u00a0jours",))
        assert why_not_threaten(standing_on(commitment.pk, on=HALF))
        assert not shortfalls(Commitment.objects.all(), on=HALF)

    def test_on_a_clause_said_to_be_met_too(self):
        commitment = running(counted=1000)
        commitment.clause.status = "MET"
        AwaitedDocumentFactory(commitment=commitment, due_on=date(2026, 6, 3))
        assert alert(commitment).pace == Pace.WATCH

    def test_on_a_clause_of_actions_it_is_to_watch_and_actions_missing_at_the_end_are_an_alert(self):
        commitment = of_actions(3)
        assert alert(commitment) is None
        AwaitedDocumentFactory(commitment=commitment, due_on=date(2026, 6, 3))
        assert alert(commitment).pace == Pace.WATCH
        level = alert(commitment, on=date(2027, 1, 1))
        assert level.pace == Pace.ALERT
        assert level.reasons[0] == "3\u00a0actions manquent et l’exécution est finie"


def do_action(commitment):
    ActionDone.objects.create(
        service=commitment.service,
        clause=commitment.clause,
        commitment=commitment,
        on=date(2026, 5, 4),
        what="Visite du chantier",
        seen="La feuille de présence",
        recorded_at=AT,
    )


def of_actions(count):
    clause = ClauseFactory(
        status="RUNNING",
        method="ACTIONS",
        inputs={"actions": count},
        hours=0,
        actions_due=count,
        execution=YEAR,
    )
    commitment = CommitmentFactory(clause=clause, hours_due=0, period=YEAR)
    return Commitment.objects.select_related("clause", "company").get(pk=commitment.pk)


def test_actions_missing_reach_the_week_and_those_done_do_not():
    commitment = of_actions(1)
    raise_alerts(commitment.service, on=date(2027, 1, 1))
    assert MorningAlert.objects.get().commitment == commitment
    do_action(commitment)
    raise_alerts(commitment.service, on=date(2027, 1, 1))
    assert not MorningAlert.objects.exists()
