"""A file of hours, from its reading to its statements."""

from datetime import date
from decimal import Decimal

import pytest

from tests.factories import (
    AllocationFactory,
    CommitmentFactory,
    PlacementFactory,
    StatementFactory,
    actor_for,
)
from tests.hours.import_scene import ADAM, APRIL, MAY, ZOE, Scene
from tests.sheets import as_xlsx
from uneplace.contracts.models import Clause
from uneplace.hours import actions as statements
from uneplace.hours.actions import Declared
from uneplace.hours.imports import actions
from uneplace.hours.imports.checking import outcome_of
from uneplace.hours.imports.queries import Refusals, questions
from uneplace.hours.models import HoursImport, ImportDoubt, Statement, WorkedMonth
from uneplace.journal.models import Entry
from uneplace.kit.refused import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene(db):
    return Scene()


def refusals_of(received):
    return [(one.number, one.heading, one.said, one.reason) for one in Refusals(received)[:]]


class TestMatching:
    @pytest.mark.parametrize(
        "row",
        [
            pytest.param(["LEFEVRE", "zoe", "", "04/2026", "10", "", ""], id="sans accents ni casse"),
            pytest.param(["Zoé", "Lefèvre", "", "04/2026", "10", "", ""], id="nom et prénom intervertis"),
            pytest.param(["Lefèvre", "Zoé", "02/04/1994", "04/2026", "10", "", ""], id="avec la naissance"),
        ],
    )
    def test_the_same_name_however_it_is_written_is_the_same_person(self, scene, row):
        received = scene.read([row])
        assert received.lines.get().placement == scene.zoe
        assert outcome_of(received).good == 1

    @pytest.mark.parametrize(
        ("row", "reason"),
        [
            pytest.param(["Lefèvr", "Zoé", "", "04/2026", "10", "", ""], "ressemble", id="faute de frappe"),
            pytest.param(
                ["Lefèvre", "Zoé", "03/04/1994", "04/2026", "10", "", ""], "naissance", id="autre date"
            ),
        ],
    )
    def test_what_is_not_sure_is_asked_and_not_chosen(self, scene, row, reason):
        received = scene.read([row])
        doubt = received.doubts.get()
        assert reason in doubt.reason
        assert received.lines.get().placement is None
        with pytest.raises(Refused, match="choix"):
            scene.accept(received)

    def test_namesakes_are_told_apart_by_their_birth_date_else_chosen(self, scene):
        other = scene.hire("Zoé", "Lefèvre", date(1970, 7, 7))
        sure = scene.read([["Lefèvre", "Zoé", "07/07/1970", "04/2026", "10", "", ""]])
        assert sure.lines.get().placement == other
        asked = scene.read([["Lefèvre", "Zoé", "", "04/2026", "10", "", ""]])
        (question,) = questions(asked.doubts.all())
        assert {one.placement for one in question.candidates} == {scene.zoe, other}
        rank = next(one.rank for one in question.candidates if one.placement == other)
        actions.settle_doubts(asked, {question.doubt.pk: rank}, by=scene.by_company, at=MAY)
        assert asked.lines.get().placement == other
        assert outcome_of(asked).good == 1

    def test_lines_may_be_left_aside(self, scene):
        received = scene.read([["Lefèvr", "Zoé", "", "04/2026", "10", "", ""], ADAM])
        doubt = received.doubts.get()
        actions.settle_doubts(received, {doubt.pk: ImportDoubt.NOBODY}, by=scene.by_company, at=MAY)
        scene.accept(received)
        assert scene.lines() == {"Ben Saïd": "70.50"}

    def test_several_contracts_are_told_apart_by_their_number(self, scene):
        contract = {"clause__lot__contract__service": scene.service}
        second = CommitmentFactory(**contract, clause__lot__contract__official_id="2026-77")
        scene.shared_with(second)
        StatementFactory(commitment=second, declarant=scene.company)
        sure = scene.read([["Lefèvre", "Zoé", "", "04/2026", "10", "", "2026-77"]])
        assert sure.lines.get().commitment == second

    @pytest.mark.parametrize(
        ("row", "reason"),
        [
            pytest.param(
                ["Inconnu", "Jean", "", "04/2026", "10", "", ""], "Personne de ce nom", id="inconnu"
            ),
            pytest.param(
                ["Lefèvre", "Zoé", "", "12/2025", "10", "", ""], "ce mois-là", id="avant son contrat"
            ),
            pytest.param(
                ["Lefèvre", "Zoé", "", "04/2026", "10", "", "ZZ-9"], "aucun marché", id="autre marché"
            ),
        ],
    )
    def test_whom_nobody_is_is_told(self, scene, row, reason):
        received = scene.read([row, ZOE])
        ((number, heading, said, why),) = refusals_of(received)
        assert (number, heading, said) == (2, "Nom", f"{row[1]} {row[0]}")
        assert reason in why

    def test_a_company_reads_nobody_whose_hours_it_does_not_declare(self, scene):
        stranger = PlacementFactory(service=scene.service, participant__last_name="Étranger")
        AllocationFactory(placement=stranger, commitment=scene.statement.commitment)
        received = scene.read([["Étranger", "Dominique", "", "04/2026", "10", "", ""]])
        assert not received.lines.exists()
        assert not received.doubts.exists()


class TestCells:
    def test_each_fault_says_its_line_column_value_and_reason(self, scene):
        received = scene.read(
            [
                ["Lefèvre", "Zoé", "31/02/1994", "04/2026", "cent", "", ""],
                ["", "", "", "04/2026", "10", "", ""],
                ["Lefèvre", "Zoé", "", "13/2026", "10", "11", ""],
            ]
        )
        found = refusals_of(received)
        assert [(number, heading, said) for number, heading, said, _ in found] == [
            (2, "Heures", "cent"),
            (2, "Naissance", "31/02/1994"),
            (3, "Nom", ""),
            (4, "Mois", "13/2026"),
            (4, "dont formation", "11"),
        ]
        assert all(reason.endswith(".") for *_, reason in found)
        assert (outcome_of(received).refused, received.lines_read) == (3, 3)

    def test_the_month_may_be_that_of_the_whole_file(self, scene):
        received = scene.read(
            [], content=as_xlsx([["Nom", "Heures"], ["Zoé Lefèvre", 151.67]]), name="h.xlsx", month=APRIL
        )
        assert received.lines.get().hours == Decimal("151.67")

    def test_empty_rows_are_no_lines(self, scene):
        assert scene.read([ZOE, ["", "", "", "", "", "", ""], ADAM]).lines_read == 2


class TestAccepting:
    def test_good_lines_enter_the_statement_as_a_draft_and_the_others_do_not(self, scene):
        received = scene.read([ZOE, ["Inconnu", "Jean", "", "04/2026", "10", "", ""]])
        scene.accept(received)
        assert scene.lines() == {"Lefèvre": "151.67"}
        statement = Statement.objects.get(pk=scene.statement.pk)
        assert (statement.status, statement.version) == (Statement.Status.DRAFT, scene.statement.version + 1)
        assert WorkedMonth.objects.get().hours == Decimal("151.67")
        assert (received.status, received.lines_kept, received.hours_kept) == ("DONE", 1, Decimal("151.67"))

    def test_the_same_lines_again_change_nothing(self, scene):
        scene.accept(scene.read([ZOE, ADAM]))
        version = Statement.objects.get(pk=scene.statement.pk).version
        again = scene.read([ZOE, ADAM])
        outcome = outcome_of(again)
        assert (outcome.good, outcome.unchanged, outcome.refused) == (0, 2, 0)
        with pytest.raises(Refused, match="Aucune ligne"):
            scene.accept(again)
        assert Statement.objects.get(pk=scene.statement.pk).version == version

    def test_the_very_same_file_is_known(self, scene):
        received = scene.read([ZOE])
        assert actions.same_file(received.digest, service=scene.service, importer=scene.company) is None
        scene.accept(received)
        assert actions.same_file(received.digest, service=scene.service, importer=scene.company) == received

    def test_a_file_with_a_line_refused_is_read_again_and_enters_whole_later(self, scene):
        late = ["Sow", "Awa", "", "04/2026", "12", "", ""]
        received = scene.read([ZOE, late])
        scene.accept(received)
        scene.hire("Awa", "Sow")
        assert actions.same_file(received.digest, service=scene.service, importer=scene.company) is None
        again = scene.read([ZOE, late])
        assert (outcome_of(again).good, outcome_of(again).unchanged) == (1, 1)
        scene.accept(again)
        assert scene.lines() == {"Lefèvre": "151.67", "Sow": "12.00"}

    def test_a_file_that_does_not_say_its_month_may_be_that_of_the_next(self, scene):
        received = scene.read([ZOE])
        HoursImport.objects.filter(pk=received.pk).update(month=date(2026, 4, 1))
        scene.accept(received)
        assert actions.same_file(received.digest, service=scene.service, importer=scene.company) is None

    def test_other_hours_take_the_place_of_those_of_before(self, scene):
        scene.accept(scene.read([ZOE, ADAM]))
        scene.accept(scene.read([["Lefèvre", "Zoé", "", "04/2026", "100", "", ""]]))
        assert scene.lines() == {"Lefèvre": "100.00", "Ben Saïd": "70.50"}
        assert set(WorkedMonth.objects.values_list("hours", flat=True)) == {100, Decimal("70.5")}

    def test_whole_statements_may_leave_at_once_and_the_others_stay_drafts(self, scene):
        scene.company.memberships.all().delete()
        part = scene.read([ZOE], by=scene.by_service, sender=scene.company)
        scene.accept(part, by=scene.by_service, sends=True)
        assert Statement.objects.get(pk=scene.statement.pk).status == Statement.Status.DRAFT
        rest = scene.read([ADAM], by=scene.by_service, sender=scene.company)
        scene.accept(rest, by=scene.by_service, sends=True)
        statement = Statement.objects.get(pk=scene.statement.pk)
        assert (statement.status, statement.submitted_by) == ("SUBMITTED", scene.by_service.user)

    def test_a_service_sends_nothing_in_the_place_of_who_can_sign_in(self, scene):
        received = scene.read([ZOE, ADAM], by=scene.by_service, sender=scene.company)
        scene.accept(received, by=scene.by_service, sends=True)
        assert Statement.objects.get(pk=scene.statement.pk).status == Statement.Status.DRAFT

    def test_the_service_is_told_once_of_what_an_import_sends(self, scene, mailbox):
        scene.accept(scene.read([ZOE, ADAM]), sends=True)
        (mail,) = mailbox.to(scene.by_service.user.email)
        assert "1 relevé reçu" in mail["Subject"]

    def test_what_a_service_imports_is_written_as_on_behalf_of_the_declarant(self, scene):
        received = scene.read([ZOE], by=scene.by_service, sender=scene.company)
        scene.accept(received, by=scene.by_service)
        kept = Entry.objects.get(verb="statement.kept")
        assert (kept.organisation_name, kept.on_behalf_of_name) == (str(scene.service), str(scene.company))
        assert Entry.objects.get(verb="hours_import.accepted").on_behalf_of_name == str(scene.company)

    def test_what_changed_since_it_was_read_is_read_again(self, scene):
        received = scene.read([ZOE, ADAM])
        shown = outcome_of(received).digest
        statements.keep_statement(
            scene.statement,
            [Declared(scene.zoe, Decimal("151.67"))],
            version=0,
            comment="",
            by=scene.by_company,
            at=MAY,
        )
        with pytest.raises(Refused, match="Relisez"):
            actions.accept_import(received, shown=shown, sends=False, by=scene.by_company, at=MAY)
        received.refresh_from_db()
        assert received.status == "READY"
        actions.check_again(received, by=scene.by_company, at=MAY)
        assert outcome_of(received).unchanged == 1

    @pytest.mark.parametrize(
        ("change", "reason"),
        [
            pytest.param({"status": "SUBMITTED", "submitted_at": MAY}, "SENT", id="relevé déjà envoyé"),
            pytest.param({"month": date(2026, 3, 1)}, "NO_STATEMENT", id="relevé pas attendu"),
        ],
    )
    def test_a_statement_that_takes_no_hours_refuses_the_line(self, scene, change, reason):
        Statement.objects.filter(pk=scene.statement.pk).update(**change)
        assert scene.read([ZOE]).lines.get().reason == reason

    def test_a_closed_clause_refuses_the_line(self, scene):
        Clause.objects.update(status=Clause.Status.CLOSED)
        assert scene.read([ZOE]).lines.get().reason == "CLOSED"

    def test_a_month_to_come_refuses_the_line(self, scene):
        received = scene.read([["Lefèvre", "Zoé", "", "06/2026", "10", "", ""]])
        assert received.lines.get().reason == "NOT_BEGUN"

    def test_two_lines_of_one_person_and_month_are_both_refused(self, scene):
        received = scene.read([ZOE, ["Lefèvre", "Zoé", "", "04/2026", "10", "", ""], ADAM])
        assert list(received.lines.order_by("number").values_list("reason", flat=True)) == [
            "TWICE",
            "TWICE",
            "",
        ]

    def test_a_month_never_holds_more_than_its_hours_over_all_contracts(self, scene):
        contract = {"clause__lot__contract__service": scene.service}
        second = CommitmentFactory(**contract, clause__lot__contract__official_id="2026-77")
        scene.shared_with(second)
        other = StatementFactory(commitment=second, declarant=scene.company)
        statements.keep_statement(
            other, [Declared(scene.zoe, Decimal(700))], version=0, comment="", by=scene.by_company, at=MAY
        )
        number = scene.statement.commitment.clause.lot.contract.official_id
        received = scene.read([["Lefèvre", "Zoé", "", "04/2026", "50", "", number]])
        assert received.lines.get().reason == "OVER_MONTH"

    def test_hours_typed_meanwhile_are_not_replaced_before_they_are_read(self, scene):
        received = scene.read([ZOE])
        shown = outcome_of(received).digest
        typed = [Declared(scene.zoe, Decimal(120))]
        statements.keep_statement(scene.statement, typed, version=0, comment="", by=scene.by_company, at=MAY)

        with pytest.raises(Refused, match="Relisez"):
            actions.accept_import(received, shown=shown, sends=False, by=scene.by_company, at=MAY)

        assert scene.lines() == {"Lefèvre": "120.00"}


class TestColumns:
    def test_columns_are_remembered_for_the_files_of_the_same_sender(self, scene):
        first = scene.receive([ZOE])
        assert actions.remembered_columns(first) is None
        told = {"FULL_NAME": 0, "HOURS": 4, "MONTH": 3}
        actions.tell_columns(first, told, month=None, by=scene.by_company, at=MAY)
        assert actions.remembered_columns(scene.receive([ADAM])) == told
        other = scene.receive([ADAM], by=scene.by_service)
        assert actions.remembered_columns(other) is None

    def test_a_file_without_a_table_is_refused(self, scene):
        with pytest.raises(Refused, match="pas de tableau"):
            scene.receive([], content=b"bonjour\r\n")

    def test_names_stay_out_of_the_journal(self, scene):
        scene.accept(scene.read([ZOE, ADAM]))
        told = " ".join(str(entry) + str(entry.details) + entry.about_label for entry in Entry.objects.all())
        assert "Lefèvre" not in told
        assert "heures.csv" not in told

    def test_another_organisation_does_not_see_the_import(self, scene):
        received = scene.receive([ZOE])
        assert HoursImport.objects.visible_to(scene.by_company).get() == received
        assert not HoursImport.objects.visible_to(scene.by_service).exists()
        assert not HoursImport.objects.visible_to(actor_for(scene.zoe.service)).exists()

    def test_the_heading_names_the_column_in_the_refusals(self, scene):
        content = as_xlsx([["Salarié", "Période", "Nb heures"], ["Zoé Lefèvre", "04/2026", "x"]])
        received = scene.read([], content=content, name="h.xlsx")
        assert refusals_of(received)[0][:3] == (2, "Nb heures", "x")
