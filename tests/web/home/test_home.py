from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import (
    NOON,
    TODAY,
    ClauseFactory,
    CommitmentFactory,
    ContractFactory,
    LedgerEntryFactory,
    LotFactory,
    MembershipFactory,
    OrganisationFactory,
    PartnershipFactory,
    PenaltyCaseFactory,
    StatementFactory,
    StatementLineFactory,
    UserFactory,
    actor_for,
)
from uneplace.organisations.models import Capacity, Partnership
from uneplace.web.contracts import todos as contracts
from uneplace.web.home.agenda import grouped, nav_counts
from uneplace.web.home.duties import duties_of
from uneplace.web.home.elsewhere import waiting_elsewhere
from uneplace.web.work import Stake, WorkItem

HOME = reverse("home:home")
MAY = date(2026, 5, 1)


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(NOON, tick=False):
        yield


def page_of(client, actor):
    client.force_login(actor.user)
    return client.get(HOME)


class TestWhoSeesWhat:
    def test_whoever_is_not_signed_in_reads_the_public_page(self, client, db):
        assert "Chaque marché public peut faire une place" in client.get(HOME).text

    def test_an_account_without_organisation_is_led_to_its_organisations(self, client, db):
        client.force_login(UserFactory())
        assert client.get(HOME).url == reverse("accounts:switch")

    @pytest.mark.parametrize(
        ("kind", "title"),
        [
            ("service", "Ma semaine"),
            ("buyer", "À décider"),
            ("company", "Ce mois"),
            ("employer", "Aujourd’hui"),
            ("referrer", "Aujourd’hui"),
        ],
    )
    def test_each_kind_of_actor_has_its_first_page(self, client, db, kind, title):
        answer = page_of(client, actor_for(OrganisationFactory(**{kind: True})))
        assert f"<h1>{title}</h1>" in answer.text
        assert "lundi 15 juin 2026" in answer.text.lower()

    def test_an_employer_that_also_wins_contracts_reads_one_page_for_both(self, client, db):
        both = OrganisationFactory(capacities=[Capacity.INSERTION_EMPLOYER, Capacity.COMPANY])
        StatementFactory(commitment=CommitmentFactory(company=both))
        page = page_of(client, actor_for(both)).text
        assert "<h1>Ce mois</h1>" in page
        assert "Heures d’avril 2026 à déclarer" in page


class TestLines:
    def test_the_service_reads_what_awaits_it_by_consequence(self, client, db):
        case = PenaltyCaseFactory()
        StatementFactory(commitment=case.commitment, submitted=True)
        page = page_of(client, actor_for(case.service)).text
        money, hours = (
            page.index("De l’argent est en jeu"),
            page.index("Des heures attendent d’être comptées"),
        )
        assert money < hours
        assert "2 choses attendent de vous".replace(" ", "\u00a0", 1) in page

    def test_nothing_of_another_service_is_there(self, client, db):
        StatementFactory(submitted=True)
        page = page_of(client, actor_for(OrganisationFactory(service=True))).text
        assert "Contrôler" not in page

    def test_in_a_group_the_late_come_first_then_what_weighs_most_this_week(self):
        def item(title, **values):
            return WorkItem(Stake.HOURS, "clock", title, "", "Voir", "/", **values)

        lines = [
            item("sans limite", hours=Decimal(9000)),
            item("demain, 500 h", limit=date(2026, 6, 16), hours=Decimal(500)),
            item("en retard", limit=date(2026, 6, 20), is_late=True),
            item("aujourd’hui, 20 h", limit=date(2026, 6, 15), hours=Decimal(20)),
        ]
        (group,) = grouped(lines, on=TODAY)
        assert [line.title for line in group.items] == [
            *("en retard", "demain, 500 h", "aujourd’hui, 20 h", "sans limite"),
        ]
        assert group.caption == "4\u00a0lignes, dont 1 en retard"

    @pytest.mark.parametrize(("lines", "at_once"), [(6, 6), (7, 7), (8, 6), (20, 6)])
    def test_a_long_group_is_folded_and_loses_nothing(self, lines, at_once):
        (group,) = grouped(
            (WorkItem(Stake.HOURS, "clock", str(rank), "", "Voir", "/") for rank in range(lines)), on=TODAY
        )
        assert len(group.first) == at_once
        assert [*group.first, *group.rest] == list(group.items)

    def test_each_line_says_what_is_at_stake_and_how_many_days_are_left(self, client, db):
        heavy = StatementLineFactory(statement=StatementFactory(submitted=True), hours=Decimal("140"))
        light = StatementLineFactory(
            statement=StatementFactory(submitted=True, commitment=heavy.statement.commitment, month=MAY),
            hours=Decimal("35"),
        )
        page = page_of(client, actor_for(heavy.service)).text
        assert page.index("140\u00a0h en jeu") < page.index("35\u00a0h en jeu")
        declarant = page_of(
            client,
            actor_for(
                StatementFactory(
                    commitment=light.statement.commitment, month=date(2026, 6, 1), due_on=date(2026, 6, 27)
                ).declarant
            ),
        ).text
        # Two people at 35 h, until the end of August: 22 working days of June each.
        assert "308\u00a0h en jeu, échéance dans 12\u00a0jours" in declarant

    def test_the_menu_counts_what_awaits(self, client, db):
        statement = StatementFactory(submitted=True)
        page = page_of(client, actor_for(statement.service)).text
        assert '<span class="count">1<span class="visually-hidden"> à traiter' in page


class TestContracts:
    def test_a_service_finds_its_drafts_and_the_clauses_that_award_data_announce(self, client, db):
        draft = ClauseFactory(draft=True, lot__contract__object="Réfection du marché couvert")
        announced = LotFactory(
            contract=ContractFactory(service=draft.service, social_considerations=["Clause sociale"])
        )
        actor = actor_for(draft.service)
        page = page_of(client, actor).text
        assert "Clause à valider, Réfection du marché couvert" in page
        assert f"{reverse('contracts:list')}?etat=A_OUVRIR" in page
        assert nav_counts(actor, on=TODAY)["contracts"] == 2
        assert (
            announced.contract.get_absolute_url()
            in client.get(f"{reverse('contracts:list')}?etat=A_OUVRIR").text
        )

    def test_a_draft_awaits_nobody_else(self, db):
        draft = ClauseFactory(draft=True)
        CommitmentFactory(clause=draft)
        for organisation in (draft.lot.contract.buyer, OrganisationFactory(service=True)):
            assert contracts.work_items(actor_for(organisation), on=TODAY) == []


class TestEmpty:
    def test_a_new_service_is_told_where_to_begin(self, client, db):
        page = page_of(client, actor_for(OrganisationFactory(service=True))).text
        assert "Tout commence par un marché" in page
        assert reverse("contracts:import") in page
        assert reverse("contracts:type_contract") in page

    def test_a_service_that_is_up_to_date_is_told_so(self, client, db):
        contract = ContractFactory()
        page = page_of(client, actor_for(contract.service)).text
        assert "Rien n’attend de vous" in page
        assert "Tout commence par un marché" not in page

    @pytest.mark.parametrize("kind", ["buyer", "company", "employer", "referrer"])
    def test_nobody_meets_an_empty_page(self, client, db, kind):
        page = page_of(client, actor_for(OrganisationFactory(**{kind: True}))).text
        assert "empty-title" in page


class TestAside:
    def test_the_gauge_adds_up_what_is_under_way(self, db):
        entry = LedgerEntryFactory(line__hours=Decimal("120.00"))
        CommitmentFactory(clause__status="CLOSED", clause__lot__contract__service=entry.service)
        duties = duties_of(actor_for(entry.service), on=TODAY)
        assert duties.count == 1
        assert (duties.total.counted, duties.total.due) == (Decimal("120.00"), Decimal("2100.00"))
        assert duties.late == round(duties.total.expected - duties.total.counted)
        assert duties.heaviest == 1

    def test_it_says_how_many_commitments_make_four_fifths_of_what_is_late(self, db):
        service = OrganisationFactory(service=True)
        for hours in ("9000", "500", "500"):
            CommitmentFactory(
                clause__hours=Decimal(hours),
                clause__lot__contract__service=service,
            )
        duties = duties_of(actor_for(service), on=date(2026, 12, 1))
        assert (duties.count, duties.heaviest) == (3, 1)

    def test_who_has_nothing_under_way_sees_no_gauge(self, client, db):
        actor = actor_for(OrganisationFactory(service=True))
        assert duties_of(actor, on=TODAY) is None
        assert "Heures en cours" not in page_of(client, actor).text

    def test_what_the_others_owe_is_counted_by_kind(self, db):
        statement = StatementFactory()
        service = statement.service
        structure = OrganisationFactory(employer=True)
        StatementFactory(commitment=statement.commitment, declarant=structure)
        PenaltyCaseFactory(commitment=statement.commitment, status="RELIEF")
        elsewhere = waiting_elsewhere(service, on=TODAY)
        assert (elsewhere.companies, elsewhere.structures, elsewhere.buyers) == (1, 1, 1)

    def test_the_month_under_way_is_not_owed_yet(self, db):
        statement = StatementFactory(month=date(2026, 6, 1))
        assert waiting_elsewhere(statement.service, on=TODAY).total == 0


@pytest.mark.parametrize("kind", ["service", "company", "buyer"])
def test_it_costs_as_many_queries_for_many_lines(client, db, kind):
    first = StatementFactory(submitted=kind == "service")
    commitment = first.commitment
    organisation = {
        "service": commitment.service,
        "company": commitment.company,
        "buyer": commitment.clause.lot.contract.buyer,
    }[kind]
    client.force_login(MembershipFactory(organisation=organisation).user)
    with CaptureQueriesContext(connection) as few:
        client.get(HOME)
    for month in range(1, 13):
        StatementFactory(commitment=commitment, month=date(2025, month, 1), submitted=kind == "service")
    with CaptureQueriesContext(connection) as many:
        client.get(HOME)
    assert len(many) == len(few)


class TestMenu:
    def test_what_awaits_everywhere_is_asked_in_one_query(self, django_assert_num_queries, db):
        actor = actor_for(ClauseFactory(draft=True).service)
        nav_counts(actor, on=TODAY)
        with django_assert_num_queries(1):
            assert nav_counts(actor, on=TODAY)["contracts"] == 1

    def test_who_is_let_into_a_second_file_has_what_awaits_there_counted(self, db):
        case = PenaltyCaseFactory(status="RELIEF")
        buyer = case.commitment.clause.lot.contract.buyer
        link = Partnership.objects.get(service=case.service, organisation=buyer)
        link.delete()
        assert nav_counts(actor_for(buyer), on=TODAY)["settlement"] == 0
        PartnershipFactory(service=case.service, organisation=buyer)
        assert nav_counts(actor_for(buyer), on=TODAY)["settlement"] == 1
