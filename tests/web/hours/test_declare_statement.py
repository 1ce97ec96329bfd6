"""The page on which a month of hours is declared."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import (
    NOON,
    AllocationFactory,
    MembershipFactory,
    OrganisationFactory,
    StatementFactory,
    StatementLineFactory,
    WorkedMonthFactory,
    actor_for,
)
from uneplace.hours.models import Allocation, Statement
from uneplace.journal.models import Entry
from uneplace.kit.periods import period
from uneplace.organisations.models import Role

pytestmark = pytest.mark.django_db


def url_of(statement):
    return reverse("hours:declare", args=[statement.pk])


def typed(statement, hours, *, button="send", **more):
    person = statement.commitment.allocations.get().placement_id
    return {"version": statement.version, f"p{person}-hours": hours, button: "1"} | {
        f"p{person}-{name}": value for name, value in more.items()
    }


def filled(client, statement, how, hours="", **more):
    """The page once a button without script filled it."""
    return client.post(url_of(statement), typed(statement, hours, button="fill", **more) | {"fill": how})


def test_it_shows_each_person_and_the_day_to_answer(as_company, statement):
    page = as_company.get(url_of(statement))
    person = statement.commitment.allocations.get().placement.participant
    assert page.status_code == 200
    assert str(person) in page.content.decode()
    assert "12 mai" in page.content.decode()


def test_the_hours_sent_are_received(as_company, statement):
    page = as_company.post(url_of(statement), typed(statement, "151,67"), follow=True)
    statement.refresh_from_db()
    assert statement.status == Statement.Status.SUBMITTED
    assert statement.lines.get().hours == Decimal("151.67")
    assert "Relevé envoyé." in page.content.decode()


def test_a_draft_is_kept(as_company, statement):
    as_company.post(url_of(statement), typed(statement, "70h30", button="keep"))
    statement.refresh_from_db()
    assert statement.status == Statement.Status.DRAFT
    assert statement.lines.get().hours == Decimal("70.50")


@pytest.mark.parametrize(
    "hours, sentence",
    [
        pytest.param("cent", "par exemple 151,67", id="pas un nombre"),
        pytest.param("745", "entre 0 et 744", id="plus qu’un mois"),
        pytest.param("-3", "par exemple 151,67", id="négatif"),
        pytest.param("", "écrivez 0", id="vide à l’envoi"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(as_company, statement, hours, sentence):
    page = as_company.post(url_of(statement), typed(statement, hours, comment="chantier arrêté"))
    content = page.content.decode()
    assert page.status_code == 422
    assert sentence in content
    assert "chantier arrêté" in content
    assert "<title>Erreur : " in content
    assert not statement.lines.exists()


def test_training_is_part_of_the_hours(as_company, statement):
    page = as_company.post(url_of(statement), typed(statement, "10", training_hours="11"))
    assert "comprises dans les heures travaillées" in page.content.decode()


def test_the_month_before_is_offered_and_writes_nothing_by_itself(as_company, statement):
    placement = statement.commitment.allocations.get().placement
    march = StatementFactory(
        commitment=statement.commitment, month=date(2026, 3, 1), submitted=True, service=statement.service
    )
    StatementLineFactory(
        statement=march,
        hours=Decimal("140.50"),
        worked_month=WorkedMonthFactory(placement=placement, month=date(2026, 3, 1), hours=Decimal("140.50")),
    )
    page = filled(as_company, statement, "mois-dernier").content.decode()
    assert 'value="140,5"' in page
    assert "Mars 2026 est repris." in page
    assert not statement.lines.exists()


def test_the_month_before_is_not_offered_for_a_part_of_a_month(as_company, statement):
    """Somebody who leaves on the tenth did not work like last month: the hours are to be typed."""
    allocation = statement.commitment.allocations.get()
    Allocation.objects.update(period=period(date(2026, 3, 2), date(2026, 4, 10)))
    march = StatementFactory(commitment=statement.commitment, month=date(2026, 3, 1), submitted=True)
    month = WorkedMonthFactory(placement=allocation.placement, month=date(2026, 3, 1), hours=140)
    StatementLineFactory(statement=march, worked_month=month, hours=140)
    page = filled(as_company, statement, "mois-dernier").content.decode()
    assert 'value="140"' not in page
    assert "jusqu’au" in page
    assert "Comme en mars 2026</button>" not in page


def test_training_of_the_month_before_comes_with_its_hours(as_company, statement):
    placement = statement.commitment.allocations.get().placement
    march = StatementFactory(commitment=statement.commitment, month=date(2026, 3, 1), submitted=True)
    month = WorkedMonthFactory(
        placement=placement, month=date(2026, 3, 1), hours=Decimal(140), training_hours=Decimal(14)
    )
    StatementLineFactory(statement=march, worked_month=month, hours=Decimal(140), training_hours=Decimal(14))
    page = filled(as_company, statement, "mois-dernier").content.decode()
    assert 'value="14"' in page


def test_nobody_worked_is_proposed_and_writes_nothing_by_itself(as_company, statement):
    page = filled(as_company, statement, "zero").content.decode()
    assert 'value="0"' in page
    assert "Aucune heure pour personne." in page
    assert not statement.lines.exists()


@pytest.mark.parametrize("how", ["mois-dernier", "zero"])
def test_a_button_that_fills_takes_away_nothing_of_what_was_typed(as_company, statement, how):
    page = filled(as_company, statement, how, hours="12", training_hours="3", comment="trois samedis")
    content = page.content.decode()
    assert 'value="12"' in content
    assert 'value="3"' in content
    assert "trois samedis" in content
    assert ("effacez-les, ou décochez cette case" in content) == (how == "zero")
    assert not statement.lines.exists()


def test_somebody_absent_is_a_tick_and_never_a_reason(as_company, statement):
    as_company.post(url_of(statement), typed(statement, "", absent="on"))
    statement.refresh_from_db()
    assert statement.status == Statement.Status.SUBMITTED
    assert statement.lines.get().hours == 0


def test_absent_and_hours_at_once_is_asked_again(as_company, statement):
    page = as_company.post(url_of(statement), typed(statement, "35", absent="on"))
    assert page.status_code == 422
    assert "Des heures sont écrites aussi" in page.content.decode()
    assert 'value="35"' in page.content.decode()


class TestKeptAsOneTypes:
    """What the page sends by itself, and what it is answered."""

    @staticmethod
    def keep(client, statement, hours, **more):
        data = typed(statement, hours, button="auto") | more
        return client.post(url_of(statement), data, headers={"HX-Request": "true"})

    def test_it_is_kept_and_the_page_learns_its_new_version(self, as_company, statement):
        answer = self.keep(as_company, statement, "70")
        assert answer.headers["X-Kept"] == "there"
        assert 'name="version" value="1"' in answer.content.decode()
        assert "Gardé à" in answer.content.decode()
        assert statement.lines.get().hours == 70

    def test_what_cannot_be_read_is_said_beside_whom_and_keeps_what_was_kept(self, as_company, statement):
        self.keep(as_company, statement, "70")
        statement.refresh_from_db()
        answer = self.keep(as_company, statement, "soixante")
        person = statement.commitment.allocations.get().placement.participant
        assert answer.status_code == 422
        assert "X-Kept" not in answer.headers
        assert f"{person} : Écrivez un nombre d’heures" in answer.content.decode().replace("\u00a0", " ")
        assert statement.lines.get().hours == 70

    def test_the_second_of_two_reads_both_and_may_write_over(self, as_company, statement):
        self.keep(as_company, statement, "70")
        answer = self.keep(as_company, statement, "80")
        content = answer.content.decode().replace("\u00a0", " ")
        assert answer.status_code == 422
        assert "Quelqu’un d’autre vient de modifier ce relevé" in content
        assert "gardé 70 h, tapé ici 80 h" in content
        assert 'name="over" value="1"' in content
        assert statement.lines.get().hours == 70
        assert self.keep(as_company, statement, "80", over="1").status_code == 200
        assert statement.lines.get().hours == 80

    def test_what_had_arrived_and_was_not_answered_is_no_change_of_somebody_else(self, as_company, statement):
        self.keep(as_company, statement, "70")
        again = self.keep(as_company, statement, "70")  # the page still says version 0
        assert (again.status_code, again.headers["X-Kept"]) == (200, "there")
        first = as_company.post(url_of(statement), typed(statement, "70"))
        second = as_company.post(url_of(statement), typed(statement, "70"))
        assert (first.status_code, second.status_code) == (302, 302)
        statement.refresh_from_db()
        assert statement.status == "SUBMITTED"
        page = as_company.get(statement.get_absolute_url()).content.decode()
        assert page.count("Relevé envoyé.") == 1

    def test_training_kept_by_a_colleague_is_a_difference_too(self, as_company, statement):
        placement = statement.commitment.allocations.get().placement
        self.keep(as_company, statement, "70", **{f"p{placement.pk}-training_hours": "30"})
        answer = self.keep(as_company, statement, "70")
        content = answer.content.decode().replace("\u00a0", " ")
        assert answer.status_code == 422
        assert "gardé 70 h, dont 30 h de formation, tapé ici 70 h" in content

    def test_who_types_after_it_was_sent_is_told_and_loses_nothing(self, as_company, statement):
        as_company.post(url_of(statement), typed(statement, "70"))
        answer = self.keep(as_company, statement, "80")
        assert answer.status_code == 422
        assert "Ce relevé a déjà été envoyé." in answer.content.decode()
        page = as_company.post(url_of(statement), typed(statement, "80"))
        assert 'value="80"' in page.content.decode()

    def test_what_was_typed_offline_by_another_account_is_not_kept(self, as_company, statement, company):
        data = typed(statement, "70", button="auto")
        told = {"HX-Request": "true", "X-Account": str(company.user.pk + 1)}
        assert as_company.post(url_of(statement), data, headers=told).status_code == 403
        assert not statement.lines.exists()
        told["X-Account"] = str(company.user.pk)
        assert as_company.post(url_of(statement), data, headers=told).status_code == 200

    def test_a_statement_returned_stays_to_be_corrected_while_one_types(self, as_company, statement):
        Statement.objects.update(status="RETURNED", return_reason="Il manque Kévin.", submitted_at=NOON)
        self.keep(as_company, statement, "70")
        page = as_company.get(url_of(statement)).content.decode()
        assert "Il manque Kévin." in page
        statement.refresh_from_db()
        assert statement.status == Statement.Status.RETURNED
        as_company.post(url_of(statement), typed(statement, "70"))
        statement.refresh_from_db()
        assert statement.status == Statement.Status.SUBMITTED

    def test_the_journal_tells_it_once_a_day(self, as_company, statement):
        for hours in ("7", "70", "70,5"):
            statement.refresh_from_db()
            self.keep(as_company, statement, hours)
        assert Entry.objects.filter(verb="statement.kept").count() == 1


def test_the_list_leads_straight_to_what_is_to_declare(as_company, statement):
    assert url_of(statement) in as_company.get(reverse("hours:list")).content.decode()


def test_the_list_proposes_nothing_to_who_does_not_declare(as_facilitator, statement):
    page = as_facilitator.get(reverse("hours:list") + "?etat=attendus").content.decode()
    assert statement.get_absolute_url() in page
    assert url_of(statement) not in page


def test_the_page_asks_as_many_questions_of_the_database_for_ten_people(
    as_company, statement, django_assert_num_queries
):
    with CaptureQueriesContext(connection) as one:
        as_company.get(url_of(statement))
    AllocationFactory.create_batch(9, commitment=statement.commitment)
    with django_assert_num_queries(len(one)):
        as_company.get(url_of(statement))


def test_what_a_colleague_changed_meanwhile_is_not_overwritten(as_company, statement):
    as_company.post(url_of(statement), typed(statement, "70", button="keep"))
    page = as_company.post(url_of(statement), typed(statement, "80", button="keep"))
    content = page.content.decode()
    assert "Quelqu’un d’autre vient de modifier ce relevé" in content
    assert 'value="80"' in content
    assert statement.lines.get().hours == 70


def test_a_stranger_does_not_see_the_statement(client, statement):
    eve = actor_for(OrganisationFactory(company=True))
    client.force_login(eve.user)
    assert client.get(url_of(statement)).status_code == 404
    assert client.post(url_of(statement), typed(statement, "10")).status_code == 404


def test_a_reader_of_the_company_does_not_declare(client, statement, company):
    reader = MembershipFactory(organisation=company.organisation, role=Role.READER)
    client.force_login(reader.user)
    assert client.get(url_of(statement)).status_code == 403


def test_the_service_does_not_declare_for_a_firm_that_has_an_account(as_facilitator, statement, company):
    assert as_facilitator.get(url_of(statement)).status_code == 403


def test_the_service_declares_for_a_firm_without_account(as_facilitator, statement):
    page = as_facilitator.get(url_of(statement))
    assert "qui n’a pas de compte" in page.content.decode()
    as_facilitator.post(url_of(statement), typed(statement, "35"))
    statement.refresh_from_db()
    assert statement.status == Statement.Status.SUBMITTED


def test_a_statement_already_sent_is_read_not_typed(as_company, statement):
    as_company.post(url_of(statement), typed(statement, "70"))
    page = as_company.get(url_of(statement), follow=True)
    assert "Ce relevé a déjà été envoyé." in page.content.decode()
