"""A clause from its draft to its execution."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from importlib import import_module
from threading import Barrier, Thread

import pytest
from django.db import IntegrityError, connection, transaction

from tests.factories import (
    NOON,
    ClauseFactory,
    JobSheetFactory,
    LotFactory,
    OrganisationFactory,
    actor_for,
    group_of_companies,
)
from uneplace.contracts.actions import (
    Part,
    Terms,
    open_clause,
    revise_clause,
    share_clause,
    start_clauses,
    validate_clause,
    why_not_validate,
)
from uneplace.contracts.models import Clause, Commitment, MemberRole
from uneplace.contracts.tasks import start_clauses_of_the_day
from uneplace.journal.queries import entries_about
from uneplace.kit.database import as_owner
from uneplace.kit.periods import period
from uneplace.kit.refused import Refused
from uneplace.rules.hours_due import Fixed, LabourShare

LABOUR = LabourShare(Decimal("1800000"), Decimal("0.5"), Decimal("0.07"), Decimal("30"))


def opened(lot, terms, facilitator):
    return open_clause(lot, terms=terms, by=facilitator, at=NOON)


def shared(clause, facilitator, *parts):
    return share_clause(
        clause, parts=[Part(*part) for part in parts], revision=clause.revision, by=facilitator, at=NOON
    )


def test_a_clause_sized_by_labour_share_keeps_its_hours_and_why(lot, terms, facilitator):
    clause = opened(lot, replace(terms, sizing=LABOUR), facilitator)
    assert clause.hours_due == Decimal("2100")
    assert clause.status == Clause.Status.DRAFT
    assert [step["value"] for step in clause.due_explanation] == [
        "1\u00a0800\u00a0000\u00a0€",
        "50\u00a0%",
        "7\u00a0%",
        "30\u00a0€",
        "2\u00a0100\u00a0h",
    ]
    assert entries_about(clause).get().verb == "clause.opened"


def test_rounding_is_that_of_the_clause(lot, terms, facilitator):
    clause = opened(lot, replace(terms, sizing=Fixed(Decimal("833.33")), rounding="UP_35"), facilitator)
    assert clause.hours_due == Decimal("840")
    assert clause.inputs == {"hours": "833.33"}


def test_a_lot_has_one_clause(lot, terms, facilitator):
    opened(lot, terms, facilitator)
    with pytest.raises(Refused, match="a déjà une clause"):
        opened(lot, terms, facilitator)


def test_changing_the_method_forgets_the_inputs_of_the_other(lot, terms, facilitator):
    clause = opened(lot, terms, facilitator)
    revise_clause(clause, terms=replace(terms, sizing=LABOUR), revision=0, by=facilitator, at=NOON)
    assert (clause.method, clause.inputs["hourly_cost"], "hours" in clause.inputs) == (
        "LABOUR_SHARE",
        "30",
        False,
    )
    revise_clause(clause, terms=terms, revision=1, by=facilitator, at=NOON)
    assert (clause.method, clause.inputs) == ("FIXED", {"hours": "2100"})


def test_the_hours_of_the_companies_sum_to_the_clause(lot, terms, facilitator):
    clause = opened(lot, replace(terms, sizing=Fixed(Decimal("100"))), facilitator)
    third = Decimal("0.333333")
    companies = [OrganisationFactory(company=True) for _ in range(3)]
    shared(
        clause,
        facilitator,
        (companies[0], Decimal("0.333334"), MemberRole.MANDATAIRE),
        (companies[1], third, MemberRole.COTRAITANT),
        (companies[2], third, MemberRole.SOUS_TRAITANT),
    )
    hours = [commitment.hours_due for commitment in clause.commitments.order_by("pk")]
    assert hours == [Decimal("33.34"), Decimal("33.33"), Decimal("33.33")]
    assert {commitment.penalty_rate for commitment in clause.commitments.all()} == {Decimal("50")}


@pytest.mark.parametrize(
    ("shares", "reason"),
    [
        pytest.param(["0.6", "0.3"], "Il manque 10\u00a0%.", id="moins de 100 %"),
        pytest.param(["0.6", "0.5"], "Il y a trop\u00a0: 10\u00a0%.", id="plus de 100 %"),
        pytest.param(["1", "0"], "sans part", id="une part nulle"),
        pytest.param([], "au moins une entreprise", id="personne"),
    ],
)
def test_shares_that_are_refused(lot, terms, facilitator, shares, reason):
    clause = opened(lot, terms, facilitator)
    parts = [(OrganisationFactory(company=True), Decimal(share)) for share in shares]
    with pytest.raises(Refused, match=reason):
        shared(clause, facilitator, *parts)
    assert not clause.commitments.exists()


@pytest.mark.parametrize(
    "roles",
    [
        pytest.param((MemberRole.MANDATAIRE, MemberRole.MANDATAIRE), id="deux mandataires"),
        pytest.param((MemberRole.COTRAITANT, MemberRole.SOUS_TRAITANT), id="aucun"),
    ],
)
def test_several_companies_have_one_mandataire(lot, terms, facilitator, roles):
    clause = opened(lot, terms, facilitator)
    parts = [(OrganisationFactory(company=True), Decimal("0.5"), role) for role in roles]
    with pytest.raises(Refused, match="un mandataire, et un seul"):
        shared(clause, facilitator, *parts)


def test_the_mandataire_of_a_draft_may_change(lot, terms, facilitator):
    clause = opened(lot, terms, facilitator)
    companies = [OrganisationFactory(company=True) for _ in range(2)]
    places = [MemberRole.MANDATAIRE, MemberRole.COTRAITANT]
    for roles in (places, places[::-1]):
        parts = zip(companies, [Decimal("0.5")] * 2, roles, strict=True)
        shared(clause, facilitator, *parts)
        assert [one.role for one in clause.commitments.order_by("pk")] == roles


@pytest.mark.django_db
def test_the_database_holds_one_mandataire_a_clause():
    _lead, second = group_of_companies("Tournebise", "Brindacier")
    with pytest.raises(IntegrityError, match="commitment_one_mandataire_a_clause"), transaction.atomic():
        Commitment.objects.filter(pk=second.pk).update(role=MemberRole.MANDATAIRE)


@pytest.mark.django_db(transaction=True)
def test_of_several_mandataires_known_before_the_largest_share_stays():
    one_only = import_module("uneplace.contracts.migrations.0007_one_mandataire").ONE_ONLY
    with as_owner() as owner, owner.cursor() as cursor:
        # Rows that the table itself no longer takes, in a table of the same name that is read first.
        cursor.execute(
            """
            CREATE TEMPORARY TABLE contracts_commitment (id int, clause_id int, role text, share numeric);
            INSERT INTO contracts_commitment VALUES
                (1, 1, 'MANDATAIRE', 0.3), (2, 1, 'MANDATAIRE', 0.35), (3, 1, 'MANDATAIRE', 0.35),
                (4, 1, 'SOUS_TRAITANT', 0), (5, 2, 'MANDATAIRE', 0.4), (6, 2, 'COTRAITANT', 0.6)
            """
        )
        cursor.execute(one_only)
        cursor.execute("SELECT id, role FROM contracts_commitment ORDER BY id")
        assert cursor.fetchall() == [
            (1, "COTRAITANT"),
            (2, "MANDATAIRE"),
            (3, "COTRAITANT"),
            (4, "SOUS_TRAITANT"),
            (5, "MANDATAIRE"),
            (6, "COTRAITANT"),
        ]


def test_a_company_is_not_written_twice(lot, terms, facilitator, company):
    clause = opened(lot, terms, facilitator)
    with pytest.raises(Refused, match="deux fois"):
        shared(clause, facilitator, (company, Decimal("0.5")), (company, Decimal("0.5")))


def test_sharing_anew_keeps_the_commitment_of_a_company_that_stays(lot, terms, facilitator, company):
    clause = opened(lot, terms, facilitator)
    (first,) = shared(clause, facilitator, (company, Decimal(1)))
    other = OrganisationFactory(company=True)
    shared(
        clause,
        facilitator,
        (company, Decimal("0.75")),
        (other, Decimal("0.25"), MemberRole.COTRAITANT),
    )
    commitments = {commitment.company: commitment for commitment in clause.commitments.all()}
    assert commitments[company].pk == first.pk
    assert commitments[company].hours_due == Decimal("1575")
    assert commitments[other].hours_due == Decimal("525")


def test_a_company_with_a_job_sheet_is_not_taken_out(lot, terms, facilitator, company):
    clause = opened(lot, terms, facilitator)
    (commitment,) = shared(clause, facilitator, (company, Decimal(1)))
    JobSheetFactory(commitment=commitment, draft=True)
    with pytest.raises(Refused, match="fiche de poste"):
        shared(clause, facilitator, (OrganisationFactory(company=True), Decimal(1)))
    assert clause.commitments.get() == commitment


def test_revising_the_hours_revises_those_of_the_companies(lot, terms, facilitator, company):
    clause = opened(lot, terms, facilitator)
    shared(clause, facilitator, (company, Decimal(1)))
    longer = period(date(2026, 1, 12), date(2028, 1, 11))
    changed = replace(terms, sizing=Fixed(Decimal("900")), execution=longer)
    revise_clause(clause, terms=changed, revision=clause.revision, by=facilitator, at=NOON)
    commitment = clause.commitments.get()
    assert (commitment.hours_due, commitment.period) == (Decimal("900"), longer)
    assert entries_about(clause).first().details == {"hours_due": "900.00", "hours_due_before": "2100.00"}


def test_a_draft_changed_since_it_was_read_is_not_overwritten(lot, terms, facilitator):
    clause = opened(lot, terms, facilitator)
    same = Clause.objects.get(pk=clause.pk)
    revise_clause(clause, terms=replace(terms, device="RESERVE_SIAE"), revision=0, by=facilitator, at=NOON)
    with pytest.raises(Refused, match="vient de modifier"):
        revise_clause(same, terms=terms, revision=0, by=facilitator, at=NOON)
    assert Clause.objects.get(pk=clause.pk).device == "RESERVE_SIAE"


def test_what_is_missing_before_validating(lot, terms, facilitator):
    empty = replace(terms, sizing=Fixed(Decimal(0)), execution=period(date(2026, 1, 12), None))
    clause = opened(lot, empty, facilitator)
    reasons = why_not_validate(clause)
    assert [reason.split("\u00a0")[0] for reason in reasons] == [
        "Les heures dues sont à zéro.",
        "La fin de l’exécution n’est pas écrite",
        "Aucune entreprise ne porte encore la clause.",
    ]
    with pytest.raises(Refused):
        validate_clause(clause, revision=clause.revision, by=facilitator, at=NOON)
    assert Clause.objects.get(pk=clause.pk).status == Clause.Status.DRAFT


def test_a_clause_whose_execution_has_begun_runs_as_soon_as_validated(lot, terms, facilitator, company):
    clause = opened(lot, terms, facilitator)
    shared(clause, facilitator, (company, Decimal(1)))
    validate_clause(clause, revision=clause.revision, by=facilitator, at=NOON)
    assert (clause.status, clause.validated_at) == (Clause.Status.RUNNING, NOON)
    assert [entry.verb for entry in entries_about(clause)[:2]] == ["clause.started", "clause.validated"]


def test_a_clause_to_come_waits_for_its_first_day(lot, terms, facilitator, company):
    clause = opened(lot, replace(terms, execution=period(date(2026, 6, 16), date(2027, 1, 1))), facilitator)
    shared(clause, facilitator, (company, Decimal(1)))
    validate_clause(clause, revision=clause.revision, by=facilitator, at=NOON)
    assert clause.status == Clause.Status.VALIDATED
    assert start_clauses(by=facilitator, at=NOON) == 0
    next_day = NOON.replace(day=16)
    stranger = actor_for(OrganisationFactory(service=True))
    assert start_clauses(by=stranger, at=next_day) == 0
    assert start_clauses(by=facilitator, at=next_day) == 1
    assert start_clauses(by=facilitator, at=next_day) == 0
    clause.refresh_from_db()
    assert clause.status == Clause.Status.RUNNING


def test_a_validated_clause_is_settled(lot, terms, facilitator, company):
    clause = opened(lot, terms, facilitator)
    shared(clause, facilitator, (company, Decimal(1)))
    validate_clause(clause, revision=clause.revision, by=facilitator, at=NOON)
    with pytest.raises(Refused, match="avenant"):
        revise_clause(clause, terms=terms, revision=clause.revision, by=facilitator, at=NOON)
    with pytest.raises(Refused, match="avenant"):
        shared(clause, facilitator, (company, Decimal(1)))
    with pytest.raises(Refused, match="déjà validée"):
        validate_clause(clause, revision=clause.revision, by=facilitator, at=NOON)


@pytest.mark.django_db(transaction=True)
def test_two_people_validate_at_once_and_one_is_told():
    clause = ClauseFactory(draft=True, revision=1)
    clause.commitments.create(
        service=clause.service,
        company=OrganisationFactory(company=True),
        hours_due=clause.hours_due,
        period=clause.execution,
    )
    people = [actor_for(clause.service) for _ in range(2)]
    together, outcomes = Barrier(2), []

    def validate(actor):
        mine = Clause.objects.get(pk=clause.pk)
        together.wait(timeout=20)
        try:
            validate_clause(mine, revision=1, by=actor, at=NOON)
            outcomes.append("done")
        except Refused as refusal:
            outcomes.append(str(refusal))
        finally:
            connection.close()

    threads = [Thread(target=validate, args=[actor]) for actor in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes, key=len) == [
        "done",
        "Cette clause est validée\u00a0: un changement passe désormais par un avenant.",
    ]
    assert entries_about(clause).filter(verb="clause.validated").count() == 1


def test_terms_are_those_of_an_ordinary_clause_by_default():
    terms = Terms(sizing=Fixed(Decimal(10)), execution=period(date(2026, 1, 1), None))
    assert (terms.window_months, terms.permanent_window_months, terms.statement_due_day) == (24, 48, 12)
    assert LotFactory.build(title="Gros œuvre", number=2).__str__() == "Lot 2, Gros œuvre"


@pytest.mark.django_db
def test_the_night_job_starts_the_clauses_of_the_day_in_each_service():
    begun, to_come = [
        ClauseFactory(status=Clause.Status.VALIDATED, execution=period(start, date(2027, 1, 1)))
        for start in (date(2026, 6, 15), date(2026, 6, 16))
    ]
    start_clauses_of_the_day(timestamp=int(NOON.timestamp()))
    statuses = {clause.pk: clause.status for clause in Clause.objects.all()}
    assert statuses == {begun.pk: Clause.Status.RUNNING, to_come.pk: Clause.Status.VALIDATED}
    assert entries_about(begun).get().organisation_name == str(begun.service)
