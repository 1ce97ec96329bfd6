"""The reports of a clause: written by its service, frozen with the figures of the day, read masked."""

from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.factories import (
    CommitmentFactory,
    OrganisationFactory,
    PenaltyCaseFactory,
    StatementFactory,
)
from tests.plugin.papers import text_of_pdf
from tests.reports.ledger import commitment_of, correct, count, person, work
from uneplace.contracts.models import Clause
from uneplace.journal.models import Entry
from uneplace.mails.models import Mail
from uneplace.organisations.models import Role
from uneplace.settlement.models import ClauseReport
from uneplace.settlement.reporting import is_sound

pytestmark = pytest.mark.django_db

MARCH, APRIL = date(2026, 3, 1), date(2026, 4, 1)
WORDS = "Deux chantiers-écoles ont été ouverts.\nLe tutorat a manqué en avril."


@pytest.fixture
def buyer():
    return OrganisationFactory(buyer=True, name="Ville d’essai", email="marches@ville.example")


@pytest.fixture
def commitment(service, buyer):
    """Six people hired directly in March, one lent by interim in April: 700 h of 2 100."""
    commitment = commitment_of(service, buyer=buyer)
    for _ in range(6):
        somebody = person(service)
        placement = work(commitment, somebody, first_day=date(2026, 2, 2))
        count(commitment, somebody, placement, MARCH, 100)
    lent = person(service)
    placement = work(commitment, lent, first_day=date(2026, 4, 1), modality="INTERIM", kind="CTT")
    count(commitment, lent, placement, APRIL, 100)
    return commitment


@pytest.fixture
def clause(commitment):
    return commitment.clause


def write_url(clause):
    return f"/clauses/{clause.pk}/bilans/ecrire/"


def url(report, end=""):
    return f"/bilans-de-clause/{report.pk}/{end}"


def write(client, clause, words=WORDS, kind="INTERIM", read=0):
    return client.post(write_url(clause), {"kind": kind, "words": words, "read": read})


def issued(client, clause, **facts):
    """A report written and frozen by this client."""
    write(client, clause, **facts)
    report = ClauseReport.objects.get(clause=clause, issued_at=None)
    client.post(url(report, "figer/"), {"read": report.revision})
    report.refresh_from_db()
    return report


def test_a_report_is_written_by_the_service_and_read_by_nobody_else_yet(signed_in, service, buyer, clause):
    client = signed_in(service)
    assert "Écrire un bilan" in client.get(f"/clauses/{clause.pk}/bilans/").text
    answer = write(client, clause)
    report = ClauseReport.objects.get()
    assert answer.url == url(report)
    page = client.get(url(report)).text
    assert "Deux chantiers-écoles ont été ouverts." in page
    assert "Figer le bilan" in page
    assert "Provisoire" in page
    assert client.get(url(report, "bilan.pdf")).status_code == 404
    for reader in (buyer, clause.commitments.get().company):
        client = signed_in(reader)
        assert client.get(url(report)).status_code == 404
        assert "Aucun bilan pour le moment" in client.get(f"/clauses/{clause.pk}/bilans/").text


def test_what_was_written_is_changed_and_its_history_kept(signed_in, service, clause):
    client = signed_in(service)
    write(client, clause)
    write(client, clause, words="Mieux dit.", read=1)
    report = ClauseReport.objects.get()
    assert (report.words, report.revision, report.number) == ("Mieux dit.", 2, 1)
    said = list(report.events.order_by("pgh_id").values_list("words", flat=True))
    assert said == [WORDS, "Mieux dit."]


def test_two_people_writing_at_once_lose_nothing(signed_in, service, clause):
    client = signed_in(service)
    write(client, clause)
    page = write(client, clause, words="Autre chose.", read=0)
    assert page.status_code == 422
    assert "vient de changer ce bilan" in page.text
    assert "Autre chose." in page.text
    assert ClauseReport.objects.get().words == WORDS


def test_freezing_keeps_figures_words_day_and_checksum_and_tells_those_concerned(
    signed_in, service, buyer, clause
):
    company = clause.commitments.get().company
    company.email = "bati@batiment.example"
    company.save()
    report = issued(signed_in(service), clause)
    assert report.figures["on"] == "2026-06-15"
    assert (report.figures["due"], report.figures["counted"]) == ("2100.00", "700.00")
    assert (report.figures["people"], report.figures["placements"]) == (7, 7)
    assert [(row["label"], row["hours"], row["people"]) for row in report.figures["months"]] == [
        ("mars 2026", "600.00", 6),
        ("avril 2026", "100.00", 1),
    ]
    assert len(report.checksum) == 64
    assert Entry.objects.get(verb="clausereport.issued").details["checksum"] == report.checksum
    told = set(Mail.objects.values_list("address", flat=True))
    assert told == {"marches@ville.example", "bati@batiment.example"}


def test_a_later_correction_changes_nothing_of_it_and_it_says_so(signed_in, service, commitment, clause):
    client = signed_in(service)
    report = issued(client, clause)
    before = client.get(url(report, "bilan.pdf")).content
    assert "Le registre a changé" not in client.get(url(report)).text
    correct(commitment.ledger_entries.first(), "-40")
    with time_machine.travel(date(2026, 7, 20), tick=False):
        client = signed_in(service)
        page = client.get(url(report)).text
        assert "Le registre a changé depuis ce bilan." in page
        assert "700\u00a0h" in page
        assert client.get(url(report, "bilan.pdf")).content == before
        again = issued(client, clause)
        assert (again.number, again.figures["counted"]) == (2, "660.00")
        assert "Remplacé par la version 2" in client.get(url(report)).text


def test_what_is_frozen_is_held_by_the_database(signed_in, service, clause):
    report = issued(signed_in(service), clause)
    for change in (
        lambda: ClauseReport.objects.filter(pk=report.pk).update(words="Autre"),
        lambda: ClauseReport.objects.filter(pk=report.pk).delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_what_is_no_more_what_was_frozen_is_noticed(signed_in, service, clause):
    report = issued(signed_in(service), clause)
    assert is_sound(report)
    report.figures["counted"] = "701.00"
    assert not is_sound(report)
    report.refresh_from_db()
    report.words += " Et plus."
    assert not is_sound(report)


def test_it_is_frozen_once(signed_in, service, clause):
    client = signed_in(service)
    report = issued(client, clause)
    page = client.post(url(report, "figer/"), {"read": report.revision}, follow=True).text
    assert "Ce bilan est déjà figé." in page
    assert Entry.objects.filter(verb="clausereport.issued").count() == 1


def test_freezing_what_somebody_changed_meanwhile_is_refused(signed_in, service, clause):
    client = signed_in(service)
    write(client, clause)
    report = ClauseReport.objects.get()
    write(client, clause, words="Mieux dit.", read=1)
    assert "vient de changer ce bilan" in client.post(url(report, "figer/"), {"read": 1}, follow=True).text
    for read in ("", "-1", "beaucoup"):
        client.post(url(report, "figer/"), {"read": read})
    report.refresh_from_db()
    assert report.issued_at is None


def test_a_report_without_words_is_not_frozen(signed_in, service, clause):
    client = signed_in(service)
    write(client, clause, words=" ")
    report = ClauseReport.objects.get()
    assert "Écrivez d’abord ce que les chiffres ne disent pas." in client.get(url(report)).text
    client.post(url(report, "figer/"), {"read": 1})
    report.refresh_from_db()
    assert report.issued_at is None


def test_a_final_report_waits_for_the_end_and_for_the_last_control(signed_in, service, commitment, clause):
    client = signed_in(service)
    waiting = StatementFactory(commitment=commitment, month=date(2026, 5, 1), submitted=True)
    write(client, clause, kind="FINAL")
    report = ClauseReport.objects.get()
    page = client.get(url(report)).text
    assert "un bilan final vient après" in page
    assert "1\u00a0relevé reçu attend" in page
    waiting.delete()
    Clause.objects.filter(pk=clause.pk).update(status=Clause.Status.CLOSED)
    client.post(url(report, "figer/"), {"read": 1})
    report.refresh_from_db()
    assert report.issued_at is not None


def test_the_buyer_reads_no_group_of_fewer_than_five(signed_in, service, buyer, clause):
    report = issued(signed_in(service), clause)
    whole = text_of_pdf(signed_in(service).get(url(report, "bilan.pdf")).content)
    assert "Avril2026100h1" in whole
    client = signed_in(buyer)
    page = client.get(url(report)).text
    assert "Deux chantiers-écoles" in page
    assert "moins de 5" in page
    words = text_of_pdf(client.get(url(report, "bilan.pdf")).content)
    assert "700h" in words
    assert "Avril2026masquémoinsde5" in words
    assert "Mars2026masquémasqué" in words
    assert "d’autreslignessontmasquées" in words


def test_a_buyer_of_few_people_reads_no_count(signed_in, service, buyer):
    small = commitment_of(service, buyer=buyer)
    somebody = person(service)
    count(small, somebody, work(small, somebody, first_day=date(2026, 2, 2)), MARCH, 50)
    report = issued(signed_in(service), small.clause)
    page = signed_in(buyer).get(url(report)).text
    assert "moins de 5" in page
    assert "<dt>Contrats de travail</dt><dd>1" not in page
    assert "<dt>Heures comptées</dt><dd>50" in page


def test_a_company_reads_its_own_lines_and_not_those_of_another(
    signed_in, service, buyer, commitment, clause
):
    other = CommitmentFactory(clause=clause, share=0, hours_due=Decimal(0))
    PenaltyCaseFactory(commitment=commitment)
    report = issued(signed_in(service), clause)
    assert "312\u00a0h en moins" in signed_in(commitment.company).get(url(report)).text
    page = signed_in(other.company).get(url(report)).text
    assert str(other.company) in page
    assert str(commitment.company) not in page
    assert "312\u00a0h" not in page
    assert "Votre part de la clause" in page
    assert "<dt>Heures comptées</dt><dd>0" in page
    assert "Heures déclarées qui ne comptent pas" not in page
    assert "Mois par mois" not in page
    assert "312\u00a0h en moins constatées le 15 juin 2026" in signed_in(buyer).get(url(report)).text


def test_strangers_see_nothing_of_it(signed_in, service, clause):
    report = issued(signed_in(service), clause)
    for stranger in (
        OrganisationFactory(service=True),
        OrganisationFactory(buyer=True),
        OrganisationFactory(company=True),
    ):
        client = signed_in(stranger)
        assert client.get(url(report)).status_code == 404
        assert client.get(url(report, "bilan.pdf")).status_code == 404
    assert signed_in(OrganisationFactory(referrer=True)).get(url(report)).status_code == 403


def test_others_neither_write_nor_freeze(signed_in, service, buyer, clause):
    write(signed_in(service), clause)
    report = ClauseReport.objects.get()
    reader = signed_in(service, role=Role.READER)
    assert reader.get(write_url(clause)).status_code == 403
    assert reader.post(url(report, "figer/"), {"read": 1}).status_code == 403
    assert signed_in(buyer).post(write_url(clause), {}).status_code == 403
    other = signed_in(OrganisationFactory(service=True))
    assert other.get(write_url(clause)).status_code == 404
    assert other.post(url(report, "figer/"), {"read": 1}).status_code == 404


def test_a_draft_clause_has_no_report(signed_in, service, clause):
    Clause.objects.filter(pk=clause.pk).update(status=Clause.Status.DRAFT)
    page = write(signed_in(service), clause)
    assert page.status_code == 422
    assert "encore un brouillon" in page.text
    assert not ClauseReport.objects.exists()


def test_a_report_costs_as_many_queries_with_many_people(signed_in, service, commitment, clause):
    client = signed_in(service)
    report = issued(client, clause)

    def cost():
        with CaptureQueriesContext(connection) as queries:
            client.get(url(report))
            client.get(url(report, "bilan.pdf"))
        return len(queries)

    cost()
    few = cost()
    for _ in range(4):
        somebody = person(service)
        count(commitment, somebody, work(commitment, somebody, first_day=date(2026, 2, 2)), MARCH, 10)
    assert cost() == few
