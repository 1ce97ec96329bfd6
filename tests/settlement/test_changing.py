"""What a settled clause owes as acts, orders and invoices change it."""

from datetime import date
from decimal import Decimal
from threading import Barrier, Thread

import pytest
from django.db import connection

from tests.factories import (
    NOON,
    ClauseFactory,
    CommitmentFactory,
    LedgerEntryFactory,
    MembershipFactory,
    actor_for,
)
from tests.plugin.mailbox import text_of
from uneplace.contracts.models import Clause, DutyChange, Invoice, Order
from uneplace.journal.queries import entries_about
from uneplace.kit.refused import Refused
from uneplace.rules import french
from uneplace.settlement.changing import apply_changes, change_duty, record_action, record_entry
from uneplace.settlement.resizing import duty_of, share_out
from uneplace.settlement.tasks import apply_changes_of_the_day

TODAY = NOON.date()


@pytest.fixture
def clause(db):
    return ClauseFactory(hours=Decimal("2100"))


@pytest.fixture
def facilitator(clause):
    return actor_for(clause.service)


def owed(clause, hours, share, validated="0", **options):
    """A company that owes a part of the clause and has validated hours."""
    commitment = CommitmentFactory(clause=clause, share=Decimal(share), hours_due=Decimal(hours), **options)
    left, month = Decimal(validated), 0
    while left > 0:
        hours = min(left, Decimal(700))
        LedgerEntryFactory(
            line__hours=hours,
            line__worked_month__hours=hours,
            line__statement__commitment=commitment,
            line__statement__month=date(2026, 1 + month, 1),
        )
        left, month = left - hours, month + 1
    return commitment


def changed(clause, by, hours, *, on=TODAY, kind="REDUCTION", **options):
    clause.refresh_from_db()
    return change_duty(
        clause,
        kind=kind,
        on=on,
        act="Avenant n° 1 du 2 juin 2026",
        inputs={"hours": hours} if hours else {},
        revision=clause.revision,
        by=by,
        at=NOON,
        **options,
    )


def told(clause):
    """The last figure of each company's account, in hours as they are shown, and the hours of its part."""
    parts = duty_of(clause, on=TODAY).parts
    return [part.explanation[-1].value for part in parts], [french.hours(part.hours) for part in parts]


def due_now(clause):
    clause.refresh_from_db()
    return clause.hours_due, [one.hours_due for one in clause.commitments.order_by("pk")]


def test_an_amendment_changes_the_hours_and_each_company_s(clause, facilitator):
    owed(clause, "1260", "0.6")
    owed(clause, "840", "0.4")
    change = changed(clause, facilitator, "2400", kind="AMENDMENT")
    assert due_now(clause) == (Decimal(2400), [Decimal(1440), Decimal(960)])
    assert (change.applied_at, change.kept_hours) == (NOON, None)
    verbs = [entry.verb for entry in entries_about(clause)]
    assert verbs == ["clause.resized", "clause.duty_changed"]
    assert entries_about(clause).first().details == {"hours_due": "2400.00", "hours_due_before": "2100.00"}
    assert clause.due_explanation[-1]["text"].startswith("Avenant du 15 juin 2026")


def test_a_fall_keeps_the_hours_already_validated(clause, facilitator):
    owed(clause, "2100", "1", validated="1620")
    change = changed(clause, facilitator, "1500")
    assert due_now(clause) == (Decimal(1620), [Decimal(1620)])
    assert change.kept_hours == Decimal(1620)
    assert clause.due_explanation[-1]["text"] == "Heures déjà validées, gardées malgré la baisse."
    assert told(clause) == (["1\u00a0620\u00a0h"], ["1\u00a0620\u00a0h"])


def test_a_company_that_validated_more_than_its_part_keeps_it_and_the_others_owe_the_rest(
    clause, facilitator
):
    owed(clause, "1050", "0.5", validated="900")
    owed(clause, "1050", "0.5", validated="10")
    changed(clause, facilitator, "1200")
    assert due_now(clause) == (Decimal(1200), [Decimal(900), Decimal(300)])
    ends, parts = told(clause)
    assert ends == parts == ["900\u00a0h", "300\u00a0h"]


def test_why_each_part_tells_the_hours_kept_when_they_pass_those_of_the_act(clause, facilitator):
    owed(clause, "1260", "0.6", validated="900")
    owed(clause, "840", "0.4", validated="500")
    changed(clause, facilitator, "10")
    assert due_now(clause) == (Decimal(1400), [Decimal(900), Decimal(500)])
    ends, parts = told(clause)
    assert ends == parts == ["900\u00a0h", "500\u00a0h"]
    texts = [step.text for step in duty_of(clause, on=TODAY).parts[0].explanation]
    assert any("60\u00a0% de 1\u00a0400\u00a0h" in text for text in texts)


def test_hours_beyond_what_was_due_make_nothing_more_due(clause, facilitator):
    owed(clause, "2100", "1", validated="2800")
    changed(clause, facilitator, "1500")
    assert due_now(clause) == (Decimal(2100), [Decimal(2100)])


def test_the_split_sums_to_the_hundredth(clause, facilitator):
    for share in ("0.333334", "0.333333", "0.333333"):
        owed(clause, "700", share)
    changed(clause, facilitator, "1000")
    hours, parts = due_now(clause)
    assert (hours, sum(parts)) == (Decimal(1000), Decimal(1000))
    assert parts == [Decimal("333.34"), Decimal("333.33"), Decimal("333.33")]


@pytest.mark.parametrize(
    ("hours", "shares", "floors", "expected"),
    [
        pytest.param("100", ["0.5", "0.5"], ["0", "0"], ["50.00", "50.00"], id="personne n’a validé"),
        pytest.param("100", ["0.5", "0.5"], ["80", "0"], ["80", "20.00"], id="une au-dessus de sa part"),
        pytest.param(
            "100", ["0.6", "0.3", "0.1"], ["0", "35", "25"], ["40.00", "35", "25"], id="deux sur trois"
        ),
        pytest.param("100", ["0.6", "0.3", "0.1"], ["0", "28", "40"], ["32.00", "28", "40"], id="en cascade"),
        pytest.param("100", ["1", "0"], ["100", "0"], ["100.00", "0.00"], id="une part nulle"),
        pytest.param("0", ["0.5", "0.5"], ["0", "0"], ["0.00", "0.00"], id="plus rien à partager"),
    ],
)
def test_nobody_falls_under_its_floor(hours, shares, floors, expected):
    parts = share_out(Decimal(hours), [Decimal(one) for one in shares], [Decimal(one) for one in floors])
    assert [str(part) for part in parts] == expected
    assert sum(parts) == Decimal(hours)


def test_an_act_to_come_waits_for_its_day(clause, facilitator):
    owed(clause, "2100", "1")
    change = changed(clause, facilitator, "1500", on=date(2026, 6, 20))
    assert (due_now(clause)[0], change.applied_at) == (Decimal(2100), None)
    assert duty_of(clause, on=date(2026, 6, 20)).hours == Decimal(1500)
    apply_changes_of_the_day(timestamp=int(NOON.replace(day=19).timestamp()))
    assert due_now(clause)[0] == Decimal(2100)
    apply_changes_of_the_day(timestamp=int(NOON.replace(day=20).timestamp()))
    assert due_now(clause) == (Decimal(1500), [Decimal(1500)])
    assert apply_changes(by=facilitator, at=NOON.replace(day=20)) == 0


@pytest.fixture
def scale(db):
    """200 h under 2 M€, 500 h under 10 M€; 1 M€ of works."""
    bands = [{"below": "2000000", "hours": "200"}, {"below": "10000000", "hours": "500"}]
    clause = ClauseFactory(
        method="BANDS", inputs={"amount": "1000000", "bands": bands}, hours_due=Decimal(200)
    )
    CommitmentFactory(clause=clause, hours_due=Decimal(200))
    return clause


def recorded(clause, inputs, *, on=TODAY):
    clause.refresh_from_db()
    return change_duty(
        clause,
        kind="AMENDMENT",
        on=on,
        act=f"Avenant du {on:%d/%m/%Y}",
        inputs=inputs,
        revision=clause.revision,
        by=actor_for(clause.service),
        at=NOON,
    )


def test_an_act_that_would_break_another_still_to_come_is_refused(scale):
    recorded(scale, {"amount": "5000000"}, on=date(2027, 1, 1))
    with pytest.raises(Refused, match=r"Avenant du 01/01/2027.*janvier 2027.*barème"):
        recorded(scale, {"bands": [{"below": "3000000", "hours": "250"}]})
    assert DutyChange.objects.count() == 1


def test_one_clause_that_fails_at_night_keeps_no_other_from_being_applied(scale, caplog):
    clause = ClauseFactory(hours=Decimal(2100), lot__contract__service=scale.service)
    facilitator = actor_for(scale.service)
    owed(clause, "2100", "1")
    change = recorded(scale, {"amount": "5000000"}, on=date(2026, 6, 20))
    changed(clause, facilitator, "1500", on=date(2026, 6, 20))
    DutyChange.objects.filter(pk=change.pk).update(inputs={"amount": "50000000"})  # beyond the scale
    apply_changes_of_the_day(timestamp=int(NOON.replace(day=20).timestamp()))
    assert due_now(clause)[0] == Decimal(1500)
    assert due_now(scale)[0] == Decimal(200)
    assert f"the acts of clause {scale.pk} could not be applied" in caplog.text


def test_a_suspension_stops_the_clause_until_its_last_day(clause, facilitator):
    owed(clause, "2100", "1")
    changed(clause, facilitator, "", kind="SUSPENSION", until=date(2026, 7, 31))
    clause.refresh_from_db()
    assert (clause.status, clause.hours_due) == (Clause.Status.SUSPENDED, Decimal(2100))
    apply_changes(by=facilitator, at=NOON.replace(month=7, day=31))
    clause.refresh_from_db()
    assert clause.status == Clause.Status.SUSPENDED
    apply_changes(by=facilitator, at=NOON.replace(month=8, day=1))
    clause.refresh_from_db()
    assert clause.status == Clause.Status.RUNNING
    assert entries_about(clause).first().verb == "clause.resumed"


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        pytest.param({"hours": ""}, "Rien ne change", id="sans nouvelle valeur"),
        pytest.param(
            {"hours": "10", "on": date(2025, 1, 1)}, "L’exécution commence le", id="avant l’exécution"
        ),
        pytest.param({"hours": "-1"}, "ne peut pas être négative", id="volume négatif"),
        pytest.param({"hours": "", "kind": "SUSPENSION"}, "dernier jour de la suspension", id="sans fin"),
    ],
)
def test_acts_that_are_refused(clause, facilitator, facts, reason):
    owed(clause, "2100", "1")
    with pytest.raises(Refused, match=reason):
        changed(clause, facilitator, **facts)
    assert not DutyChange.objects.exists()


def test_a_draft_and_a_closed_clause_have_no_act(db):
    for status, reason in (("DRAFT", "brouillon"), ("CLOSED", "ne change plus")):
        options = {"draft": True} if status == "DRAFT" else {"status": status}
        clause = ClauseFactory(**options)
        with pytest.raises(Refused, match=reason):
            changed(clause, actor_for(clause.service), "10")


@pytest.mark.django_db(transaction=True)
def test_two_people_record_an_act_at_once_and_one_is_told():
    clause = ClauseFactory(hours=Decimal(2100))
    owed(clause, "2100", "1")
    people = [actor_for(clause.service) for _ in range(2)]
    together, outcomes = Barrier(2), []

    def act(actor):
        mine = Clause.objects.get(pk=clause.pk)
        together.wait(timeout=20)
        try:
            change_duty(
                mine,
                kind="AMENDMENT",
                on=TODAY,
                act="Avenant",
                inputs={"hours": "900"},
                revision=0,
                by=actor,
                at=NOON,
            )
            outcomes.append("done")
        except Refused as refusal:
            outcomes.append(str(refusal))
        finally:
            connection.close()

    threads = [Thread(target=act, args=[actor]) for actor in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes, key=len)[0] == "done"
    assert "Quelqu’un d’autre vient de changer cette clause." in sorted(outcomes, key=len)[1]
    assert DutyChange.objects.count() == 1


@pytest.fixture
def framework(db):
    """35 hours for each 100,000 € invoiced."""
    inputs = {"slice": "100000", "hours_per_slice": "35", "threshold": "0", "whole_slices": False}
    return ClauseFactory(method="INVOICED", inputs=inputs, hours_due=0, foreseeable=0)


def test_orders_foresee_invoices_owe(framework):
    by = actor_for(framework.service)
    CommitmentFactory(clause=framework, hours_due=0)
    entry = {"on": TODAY, "by": by, "at": NOON}
    record_entry(framework, model=Order, amount=Decimal(400000), reference="BC-1", **entry)
    framework.refresh_from_db()
    assert (framework.hours_due, framework.foreseeable) == (Decimal(0), Decimal(140))
    record_entry(framework, model=Invoice, amount=Decimal(250000), reference="F-1", **entry)
    record_entry(framework, model=Invoice, amount=Decimal(-50000), reference="AV-1", **entry)
    framework.refresh_from_db()
    assert (framework.hours_due, framework.foreseeable) == (Decimal(70), Decimal(140))
    assert framework.commitments.get().hours_due == Decimal(70)


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        pytest.param({"on": date(2026, 6, 16)}, "pas encore passée", id="à venir"),
        pytest.param({"amount": Decimal(0)}, "négatif pour un avoir", id="montant nul"),
    ],
)
def test_entries_that_are_refused(framework, facts, reason):
    entry = {"on": TODAY, "amount": Decimal(1), "reference": "F-1"} | facts
    with pytest.raises(Refused, match=reason):
        record_entry(framework, model=Invoice, by=actor_for(framework.service), at=NOON, **entry)
    assert not Invoice.objects.exists()


def test_a_clause_of_fixed_hours_takes_no_invoice(clause, facilitator):
    with pytest.raises(Refused, match="ne suivent pas les factures"):
        record_entry(
            clause, model=Invoice, on=TODAY, amount=Decimal(1), reference="F", by=facilitator, at=NOON
        )


def test_an_action_done_is_noted_for_its_company(db):
    clause = ClauseFactory(method="ACTIONS", inputs={"actions": 3}, hours_due=0, actions_due=3)
    commitment = CommitmentFactory(clause=clause, hours_due=0)
    by = actor_for(clause.service)
    record_action(
        commitment, on=TODAY, what="Visite du chantier", seen="Feuille d’émargement", by=by, at=NOON
    )
    assert clause.actiondones.get().commitment == commitment
    assert entries_about(clause).get().verb == "clause.action_done"
    changed_to = change_duty(
        clause, kind="AMENDMENT", on=TODAY, act="Avenant", inputs={"actions": 5}, revision=0, by=by, at=NOON
    )
    clause.refresh_from_db()
    assert (clause.actions_due, clause.hours_due, changed_to.kept_hours) == (5, Decimal(0), None)


@pytest.mark.django_db(transaction=True)
def test_companies_are_told_of_their_new_hours(mailbox):
    clause = ClauseFactory(hours=Decimal(2100))
    commitment = owed(clause, "2100", "1")
    user = MembershipFactory(organisation=commitment.company).user
    changed(clause, actor_for(clause.service), "1500")
    (message,) = mailbox.to(user.email)
    assert "h d’insertion à réaliser désormais" in message["Subject"]
    assert "désormais de 1\u00a0500\u00a0h" in text_of(message)
    assert "Réduction, Avenant n° 1 du 2 juin 2026" in text_of(message)
