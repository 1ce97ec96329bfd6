"""A clause to read, as each reads it."""

from datetime import date

import pytest

from tests.factories import (
    NOON,
    AllocationFactory,
    ApplicationFactory,
    CommitmentFactory,
    JobSheetFactory,
    LedgerEntryFactory,
    MembershipFactory,
    OrganisationFactory,
    StatementFactory,
)
from uneplace.contracts.models import Clause

from .conftest import signed_in, text_of

TABS = ["", "contrats-de-travail/", "releves/", "historique/"]


def test_the_service_reads_hours_why_companies_and_people(as_facilitator, clause, at_work):
    clause.due_explanation = [
        {
            "text": "Volume d’heures fixé par le marché.",
            "value": "2 100 h",
            "source": {"kind": "contrat", "label": "Clause"},
        }
    ]
    clause.save()
    page = text_of(as_facilitator.get(clause.get_absolute_url()))
    for words in (
        "comptées sur 2 100 h dues",
        "Pourquoi 2 100 h dues ?",
        "Volume d’heures fixé par le marché.",
        "2 personnes à temps plein pendant 7 mois",
        "Tournebise Construction",
        "Aminata Sow",
        "Pénalité par heure manquante</dt><dd>50 €",
    ):
        assert words in page


def test_the_buyer_reads_how_many_people_and_never_who(as_buyer, clause, at_work):
    for tab in TABS:
        assert "Aminata" not in text_of(as_buyer.get(clause.get_absolute_url() + tab))
    page = text_of(as_buyer.get(clause.get_absolute_url()))
    assert "Tournebise Construction" in page
    assert "personne au travail" in page
    assert "Modifier" not in page


def test_a_company_reads_its_own_part_only(as_company, clause, commitment, at_work):
    commitment.hours_due = "1260"
    commitment.save()
    other = CommitmentFactory(clause=clause, company__name="Façades Brindacier", hours_due="840")
    page = text_of(as_company.get(clause.get_absolute_url()))
    assert "comptées sur 1 260 h dues" in page
    assert "Votre part de la clause, qui en compte 2 100 h en tout." in page
    assert "Aminata Sow" in page
    assert "Façades Brindacier" not in page
    theirs = text_of(signed_in(other.company).get(clause.get_absolute_url()))
    assert "Aminata" not in theirs


def test_each_reads_why_its_hours_are_counted(as_facilitator, as_buyer, as_company, clause, commitment):
    LedgerEntryFactory(
        line__statement__commitment=commitment,
        declared="160.00",
        counted="100.50",
        excluded=[{"reason": "AFTER_WINDOW", "hours": "59.50"}],
    )
    other = LedgerEntryFactory(
        line__statement__commitment=CommitmentFactory(clause=clause), declared="40.00", counted="40.00"
    )
    for client in (as_facilitator, as_buyer):
        page = text_of(client.get(clause.get_absolute_url()))
        assert "Pourquoi 140,5 h comptées ?" in page
        assert "Heures déclarées, 2 mois de travail validés." in page
    mine = text_of(as_company.get(clause.get_absolute_url()))
    assert "Pourquoi 100,5 h comptées ?" in mine
    assert "Non compté : après la fin de la fenêtre de comptage." in mine
    assert "59,5 h" in mine
    theirs = text_of(signed_in(other.commitment.company).get(clause.get_absolute_url()))
    assert "Pourquoi 40 h comptées ?" in theirs


@pytest.mark.parametrize("tab", TABS)
def test_a_stranger_sees_none_of_it(as_stranger, clause, tab):
    assert as_stranger.get(clause.get_absolute_url() + tab).status_code == 404


def test_each_view_opens_for_the_service(as_facilitator, clause, commitment, at_work):
    statement = StatementFactory(commitment=commitment, submitted=True)
    LedgerEntryFactory(
        line__statement=StatementFactory(commitment=commitment, month=date(2026, 3, 1), validated=True)
    )
    pages = [text_of(as_facilitator.get(clause.get_absolute_url() + tab)) for tab in TABS]
    assert "Aminata Sow" in pages[1]
    assert statement.get_absolute_url() in pages[2]
    assert "Ce qui s’est passé" in pages[3]


def test_a_draft_says_what_keeps_it_from_being_validated(as_facilitator, draft):
    page = text_of(as_facilitator.get(draft.get_absolute_url()))
    assert "Ce brouillon ne peut pas encore être validé." in page
    assert "C’est à vous : dire quelles entreprises portent la clause" in page


class TestTurn:
    """Whose turn it is, from the draft to the end."""

    @pytest.fixture
    def title(self, as_facilitator, clause):
        def read(client=as_facilitator):
            page = text_of(client.get(clause.get_absolute_url()))
            return page.split('id="tour">')[1].split("</h2>")[0]

        return read

    def test_a_company_without_account_is_to_be_invited(self, title, commitment):
        assert title() == "C’est à vous : inviter Tournebise Construction"

    def test_then_a_job_sheet_is_to_be_written(self, title, commitment, as_company, as_buyer):
        words = "définir une fiche de poste avec Tournebise Construction"
        assert title() == f"C’est à vous : {words}"
        assert title(as_company) == f"Au tour de Service insertion : {words}"
        assert title(as_buyer) == f"Au tour de Service insertion : {words}"

    def test_a_sheet_to_reread_is_the_company_s(self, title, commitment, as_company):
        sheet = JobSheetFactory(commitment=commitment, to_agree=True, title="Aide-maçon")
        words = "dire si la fiche de poste « Aide-maçon » convient"
        assert title() == title(as_company) == f"C’est à vous : {words}"
        sheet.agreed_by_service_at = NOON
        sheet.save()
        assert title() == f"Au tour de Tournebise Construction : {words}"
        sheet.agreed_by_company_at = NOON
        sheet.save()
        assert title(as_company) == "Au tour de Service insertion : diffuser la fiche de poste « Aide-maçon »"

    def test_a_statement_received_comes_before_all(self, title, commitment, as_company):
        JobSheetFactory(commitment=commitment, to_agree=True)
        StatementFactory(commitment=commitment, submitted=True)
        assert title().startswith("C’est à vous : contrôler le relevé d")
        assert title(as_company).startswith("C’est à vous : dire si la fiche")

    def test_somebody_chosen_gets_a_work_contract_that_the_employer_confirms(
        self, title, commitment, as_company
    ):
        sheet = JobSheetFactory(commitment=commitment, title="Aide-maçon", status="FILLED")
        chosen = ApplicationFactory(job_sheet=sheet, status="HIRED")
        words = "enregistrer le contrat de travail pour « Aide-maçon »"
        assert title() == f"C’est à vous : {words}"
        assert title(as_company) == f"Au tour de Service insertion : {words}"
        AllocationFactory(commitment=commitment, placement__application=chosen, placement__confirmed_at=None)
        assert title(as_company) == "C’est à vous : confirmer un contrat de travail"
        assert title() == "Au tour de Tournebise Construction : confirmer un contrat de travail"

    def test_the_service_acts_for_a_company_without_account(self, title, commitment):
        StatementFactory(commitment=commitment)
        assert title().endswith("pour Tournebise Construction, qui n’a pas de compte")

    def test_a_company_declares_its_hours(self, title, commitment, as_company):
        JobSheetFactory(commitment=commitment)
        StatementFactory(commitment=commitment)
        assert title(as_company).startswith("C’est à vous : déclarer les heures d")
        assert title().startswith("Au tour de Tournebise Construction : déclarer les heures d")

    def test_a_name_that_begins_with_a_vowel_is_elided(self, title, commitment):
        commitment.company.name = "Établissements Norbault"
        commitment.company.save()
        MembershipFactory(organisation=commitment.company)
        JobSheetFactory(commitment=commitment, to_agree=True, agreed_by_service_at=NOON)
        assert title().startswith("Au tour d’Établissements Norbault : ")

    @pytest.mark.parametrize(
        ("status", "words"),
        [
            ("CLOSED", "Plus rien à faire : la clause est close"),
            ("MET", "Plus rien à faire : les heures sont atteintes"),
            ("SUSPENDED", "Rien n’est attendu : la clause est suspendue"),
        ],
    )
    def test_ends_and_rests(self, title, commitment, status, words):
        Clause.objects.update(status=status)
        assert title() == words


def test_an_organisation_that_is_no_party_does_not_reach_it(db, clause):
    assert signed_in(OrganisationFactory(referrer=True)).get(clause.get_absolute_url()).status_code == 403


def test_why_each_part_and_each_person_s_hours_open_in_place(as_facilitator, clause, commitment):
    entry = LedgerEntryFactory(line__statement__commitment=commitment)
    page = text_of(as_facilitator.get(clause.get_absolute_url()))
    assert f"Pourquoi 2 100 h pour {commitment.company} ?" in page
    assert f"Part prise par {commitment.company} : 100 % de 2 100 h." in page
    assert f"Pourquoi 151,67 h comptées pour {entry.participant} ?" in page


def test_why_each_part_opens_in_place_in_a_draft_and_before_validating_it(as_facilitator, draft):
    company = CommitmentFactory(clause=draft, hours_due="2100").company
    for url in (draft.get_absolute_url(), f"/clauses/{draft.pk}/valider/"):
        assert f"Pourquoi 2 100 h pour {company} ?" in text_of(as_facilitator.get(url))
