"""A month worked for two contracts, typed as a whole: its parts, and what keeps it from being shared."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from tests.factories import CommitmentFactory, StatementFactory, period
from tests.hours.import_scene import APRIL, Scene
from uneplace.hours import splitting
from uneplace.hours.actions import Declared, return_statement, submit_statement, validate_statement
from uneplace.hours.models import LedgerEntry, Statement, StatementLine, WorkedMonth
from uneplace.hours.reopening import reopen_statement
from uneplace.journal.models import Entry
from uneplace.kit.refused import Refused

pytestmark = pytest.mark.django_db

MAY = date(2026, 5, 4)
AT = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)


@pytest.fixture
def scene():
    """Zoé Lefèvre works half her time for each of two contracts; both statements of April are awaited."""
    scene = Scene()
    scene.second = CommitmentFactory(
        clause__lot__contract__service=scene.service, clause__execution=scene.statement.commitment.period
    )
    scene.shared_with(scene.second)
    scene.other = StatementFactory(commitment=scene.second, declarant=scene.company, month=APRIL)
    return scene


def read(scene, hours="151.67", training="0"):
    shared = splitting.shared_month(scene.zoe, APRIL)
    typed = {"hours": Decimal(hours), "training_hours": Decimal(training)}
    return splitting.split_month(scene.zoe, shared, month=APRIL, **typed), typed


def keep(scene, hours="151.67", training="0", **terms):
    split, typed = read(scene, hours, training)
    return splitting.keep_split(
        scene.zoe, month=APRIL, shown=split.digest, by=scene.by_company, on=MAY, at=AT, **typed | terms
    )


def parts(split):
    return [(str(part.hours), str(part.training_hours)) for part in split.parts]


def lines():
    return sorted(StatementLine.objects.values_list("hours", "training_hours"))


def test_two_halves_of_a_month_sum_to_it_to_the_hundredth(scene):
    assert parts(read(scene)[0]) == [("75.84", "0"), ("75.83", "0")]


def test_who_came_to_the_second_contract_in_the_month_gives_it_fewer_hours(scene):
    scene.zoe.allocations.filter(commitment=scene.second).update(
        period=period(date(2026, 4, 16), date(2026, 8, 31))
    )
    # April 2026 has 21 working days, Easter Monday out; 11 of them from the 16th: 0.5 × 21 and 0.5 × 11.
    # Until then half of the time is worked elsewhere.
    split, _ = read(scene, "84")
    assert (parts(split), split.elsewhere) == ([("42.00", "0"), ("22.00", "0")], 20)


def test_days_outside_the_execution_of_a_clause_bring_it_nothing(scene):
    clause = scene.second.clause
    type(clause).objects.filter(pk=clause.pk).update(execution=period(date(2026, 6, 1), date(2026, 12, 31)))
    split, _ = read(scene, "100")
    assert (parts(split), split.elsewhere) == ([("50.00", "0"), ("0.00", "0")], 50)


def test_the_time_worked_for_neither_contract_is_given_to_none(scene):
    scene.zoe.allocations.filter(commitment=scene.second).update(share="0.3")
    split, _ = read(scene, "151.67", "10")
    assert parts(split) == [("75.84", "5.00"), ("45.50", "3.00")]
    assert split.elsewhere == Decimal("30.33")
    keep(scene, "151.67", "10")
    assert WorkedMonth.objects.get(placement=scene.zoe).hours == Decimal("121.34")


def test_contracts_without_any_day_in_the_month_cannot_share_it(scene):
    for clause in (scene.second.clause, scene.statement.commitment.clause):
        days = period(date(2026, 6, 1), date(2026, 12, 31))
        type(clause).objects.filter(pk=clause.pk).update(execution=days)
    with pytest.raises(Refused, match="n’a de jour"):
        read(scene, "100")


def test_training_follows_the_hours_it_is_part_of(scene):
    assert parts(read(scene, "151.67", "151.67")[0]) == [("75.84", "75.84"), ("75.83", "75.83")]


def test_the_parts_are_kept_in_both_statements_which_are_still_to_send(scene):
    keep(scene, "151.67", "7")
    assert lines() == [(Decimal("75.83"), Decimal("3.50")), (Decimal("75.84"), Decimal("3.50"))]
    assert WorkedMonth.objects.get(placement=scene.zoe).hours == Decimal("151.67")
    assert set(Statement.objects.values_list("status", "version")) == {("DRAFT", 1)}
    assert Entry.objects.filter(verb="statement.split").count() == 2


def test_a_month_shared_again_is_written_over_and_its_words_stay(scene):
    keep(scene, "100")
    StatementLine.objects.update(comment="Coulage de la dalle")
    keep(scene, "60")
    assert lines() == [(Decimal(30), 0), (Decimal(30), 0)]
    assert set(StatementLine.objects.values_list("comment", flat=True)) == {"Coulage de la dalle"}


def test_what_was_to_correct_stays_so_until_it_is_sent(scene):
    Statement.objects.filter(pk=scene.other.pk).update(
        status="RETURNED", return_reason="Il manque une semaine.", submitted_at=AT
    )
    keep(scene)
    assert set(Statement.objects.values_list("status", flat=True)) == {"DRAFT", "RETURNED"}


def test_a_statement_that_left_keeps_its_part(scene):
    split, typed = read(scene)
    Statement.objects.filter(pk=scene.other.pk).update(status="SUBMITTED", submitted_at=AT)
    with pytest.raises(Refused, match="déjà envoyé"):
        splitting.keep_split(
            scene.zoe, month=APRIL, shown=split.digest, by=scene.by_company, on=MAY, at=AT, **typed
        )
    assert not StatementLine.objects.exists()


def test_shares_changed_since_they_were_read_are_read_again(scene):
    split, typed = read(scene)
    scene.zoe.allocations.filter(commitment=scene.second).update(share="0.25")
    with pytest.raises(Refused, match="vient de modifier"):
        splitting.keep_split(
            scene.zoe, month=APRIL, shown=split.digest, by=scene.by_company, on=MAY, at=AT, **typed
        )


@pytest.mark.parametrize(
    ("month", "reason"),
    [(date(2026, 6, 1), "Ce mois n’a pas commencé."), (date(2026, 3, 1), "n’est pas ouvert")],
)
def test_a_month_to_come_or_without_statement_is_not_shared(scene, month, reason):
    shared = splitting.shared_month(scene.zoe, month)
    assert reason in " ".join(splitting.why_not_split(shared, month=month, on=MAY))


def test_who_works_for_one_contract_has_nothing_to_share(scene):
    shared = splitting.shared_month(scene.adam, APRIL)
    assert "que pour un marché" in splitting.why_not_split(shared, month=APRIL, on=MAY)[0]
    assert splitting.months_to_split(scene.adam) == []
    assert splitting.months_to_split(scene.zoe) == [APRIL]


def test_hours_kept_in_a_statement_since_the_parts_were_read_are_not_written_over(scene):
    split, typed = read(scene)
    Statement.objects.filter(pk=scene.other.pk).update(version=1, status="DRAFT")
    with pytest.raises(Refused, match="vient de modifier"):
        splitting.keep_split(
            scene.zoe, month=APRIL, shown=split.digest, by=scene.by_company, on=MAY, at=AT, **typed
        )


def validate(scene):
    """Zoé’s month for the second contract is declared and validated: 70 hours."""
    sent = Declared(scene.zoe, Decimal(70))
    other = scene.other
    submit_statement(other, [sent], version=other.version, comment="", by=scene.by_company, at=AT)
    validate_statement(other, by=scene.by_service, at=AT)


def why_not(scene):
    return splitting.why_not_split(splitting.shared_month(scene.zoe, APRIL), month=APRIL, on=MAY)


def hours_by_contract(scene):
    lines = StatementLine.objects.filter(worked_month__placement=scene.zoe)
    return dict(lines.values_list("statement__commitment", "hours"))


def test_a_month_with_one_validated_part_is_not_shared_and_says_which_contract(scene):
    split, typed = read(scene)
    validate(scene)
    contract = scene.second.clause.lot.contract
    assert why_not(scene) == [f"{contract}\u00a0: le relevé est déjà envoyé, sa part ne change plus."]
    assert splitting.months_to_split(scene.zoe) == []
    with pytest.raises(Refused, match="sa part ne change plus"):
        splitting.keep_split(
            scene.zoe, month=APRIL, shown=split.digest, by=scene.by_company, on=MAY, at=AT, **typed
        )
    assert hours_by_contract(scene) == {scene.second.pk: 70}


def test_a_month_opened_again_is_shared_once_it_is_sent_back_and_not_before(scene):
    validate(scene)
    reopen_statement(scene.other, reason="Deux jours de trop.", by=scene.by_service, at=AT)
    assert len(why_not(scene)) == 1
    return_statement(scene.other, reason="Deux jours de trop.", by=scene.by_service, at=AT)
    assert why_not(scene) == []
    assert splitting.months_to_split(scene.zoe) == [APRIL]


def test_the_part_of_a_month_opened_again_counts_for_its_new_hours_alone(scene):
    validate(scene)
    reopen_statement(scene.other, reason="Deux jours de trop.", by=scene.by_service, at=AT)
    return_statement(scene.other, reason="Deux jours de trop.", by=scene.by_service, at=AT)
    keep(scene, "100")
    assert hours_by_contract(scene) == {scene.statement.commitment_id: 50, scene.second.pk: 50}
    assert WorkedMonth.objects.get(placement=scene.zoe).hours == 100
    scene.other.refresh_from_db()
    assert scene.other.status == Statement.Status.RETURNED
    part = Declared(scene.zoe, Decimal(50))
    version = scene.other.version
    submit_statement(scene.other, [part], version=version, comment="", by=scene.by_company, at=AT)
    validate_statement(scene.other, by=scene.by_service, at=AT)
    declared = LedgerEntry.objects.order_by("pk").values_list("declared", flat=True)
    assert list(declared) == [70, -70, 50]
