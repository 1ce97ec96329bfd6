"""« Entre partenaires »: who owes, who does, and what each reads and may do."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import (
    NOON,
    AllocationFactory,
    ClauseFactory,
    LedgerEntryFactory,
    OrganisationFactory,
    StatementFactory,
    SubcontractingFactory,
    TransferFactory,
    actor_for,
    group_of_companies,
    siret,
)
from uneplace.contracts.models import Clause, Commitment, Subcontracting, Transfer
from uneplace.hours.subcontractors import validate_subcontractor
from uneplace.organisations.models import Organisation

from .conftest import signed_in, text_of

Status = Transfer.Status


@pytest.fixture
def group(lot):
    """120 h shared by three companies, the first one the mandataire."""
    clause = ClauseFactory(lot=lot, hours=Decimal("120.01"))
    return group_of_companies("Tournebise", "Brindacier", "Façades Alba", clause=clause)


@pytest.fixture
def as_lead(group):
    return signed_in(group[0].company)


@pytest.fixture
def as_member(group):
    return signed_in(group[1].company)


def page_of(group):
    return f"/clauses/{group[0].clause_id}/partenaires/"


def typed(owner, partner, hours="15,5", way="GIVEN", note=""):
    return {"way": way, "owner": owner.pk, "partner": partner.pk, "hours": hours, "note": note}


def counted(commitment, hours, name="Aminata"):
    at_work = AllocationFactory(commitment=commitment, placement__participant__first_name=name)
    LedgerEntryFactory(
        line__statement=StatementFactory(commitment=commitment, validated=True),
        line__hours=Decimal(hours),
        line__worked_month__placement=at_work.placement,
        line__worked_month__service=commitment.service,
        line__worked_month__hours=Decimal(hours),
    )


class TestReading:
    @pytest.fixture(autouse=True)
    def work(self, group):
        TransferFactory(owner=group[1], partner=group[2], hours=Decimal(30), validated=True)
        counted(group[2], "45.50")

    @pytest.mark.parametrize("who", ["as_facilitator", "as_buyer", "as_lead"])
    def test_the_whole_is_read_by_the_service_the_buyer_and_the_mandataire(self, request, group, who):
        page = text_of(request.getfixturevalue(who).get(page_of(group)))
        for words in (
            "Qui réalise les heures",
            "dont 30 h pour Brindacier",
            "30 h à Façades Alba",
            "dont 5,5 h par des partenaires",
            "120,01 h",
            "Pourquoi 34,5 h pour Brindacier ?",
            "mandataire</p>",
        ):
            assert words in page
        assert "Aminata" not in page

    def test_the_line_of_the_clause_says_what_is_done_beyond_the_share_of_one(self, as_facilitator, group):
        counted(group[0], "47.01", name="Binta")  # of 40.01 h
        page = text_of(as_facilitator.get(page_of(group)))
        assert "et 7 h de plus que prévu ailleurs" in page
        assert "et 7 h comptées ailleurs au-delà du dû" in page

    def test_a_member_reads_its_own_part_its_transfers_and_the_contact(self, as_member, group):
        page = text_of(as_member.get(page_of(group)))
        for words in ("Ce que vous devez", "De Brindacier à Façades Alba", "Tournebise</strong>, mandataire"):
            assert words in page
        for words in ("La clause</th>", "45,5 h", "Aminata"):
            assert words not in page

    def test_a_member_does_not_read_the_transfers_of_others(self, group):
        TransferFactory(owner=group[0], partner=group[2], hours=Decimal(3))
        page = text_of(signed_in(group[1].company).get(page_of(group)))
        assert "De Tournebise à Façades Alba" not in page

    def test_the_buyer_reads_what_is_validated_only(self, as_buyer, group):
        waiting = TransferFactory(owner=group[0], partner=group[2], hours=Decimal(3))
        assert "De Tournebise à Façades Alba" not in text_of(as_buyer.get(page_of(group)))
        assert as_buyer.get(waiting.get_absolute_url()).status_code == 404

    def test_the_page_of_the_clause_names_the_contact(self, as_facilitator, as_buyer, group):
        for client in (as_facilitator, as_buyer):
            page = text_of(client.get(group[0].clause.get_absolute_url()))
            assert "Le contact de la clause" in page
            assert "Tournebise</strong>, mandataire" in page

    def test_strangers_find_nothing(self, as_stranger, group):
        transfer = Transfer.objects.get()
        declared = SubcontractingFactory(principal=group[0])
        for client in (as_stranger, signed_in(OrganisationFactory(company=True))):
            for url in (page_of(group), transfer.get_absolute_url(), declared.get_absolute_url()):
                assert client.get(url).status_code == 404
            assert client.post(transfer.get_absolute_url(), {"answer": "ACCEPT"}).status_code == 404

    def test_reading_costs_the_same_whatever_the_transfers(
        self, as_facilitator, group, django_assert_max_num_queries
    ):
        as_facilitator.get(page_of(group))
        with CaptureQueriesContext(connection) as few:
            as_facilitator.get(page_of(group))
        for _ in range(4):
            TransferFactory(owner=group[0], partner=group[2], hours=Decimal(1), validated=True)
            SubcontractingFactory(principal=group[0])
        with django_assert_max_num_queries(len(few)):
            as_facilitator.get(page_of(group))

    def test_a_clause_of_actions_says_that_nothing_is_entrusted(self, as_facilitator, lot):
        clause = ClauseFactory(
            lot__contract__service=lot.service,
            method="ACTIONS",
            inputs={"actions": 3},
            hours_due=0,
            actions_due=3,
        )
        page = text_of(as_facilitator.get(f"/clauses/{clause.pk}/partenaires/"))
        assert "doivent ensemble des actions" in page


class TestProposing:
    def url(self, group):
        return f"{page_of(group)}transfert/"

    def test_a_member_proposes_hours_of_its_share(self, as_member, group):
        page = as_member.post(self.url(group), typed(group[1], group[2]), follow=True)
        transfer = Transfer.objects.get()
        assert (transfer.hours, transfer.status, transfer.proposed_for) == (
            Decimal("15.50"),
            Status.PROPOSED,
            group[1],
        )
        assert "Rien ne change avant l’accord de chacun." in text_of(page)

    def test_a_member_never_disposes_of_the_share_of_another(self, as_member, group):
        page = text_of(as_member.post(self.url(group), typed(group[2], group[1])))
        assert "Sélectionnez un choix valide" in page
        TransferFactory(owner=group[2], partner=group[1], hours=Decimal(10), validated=True)
        page = text_of(as_member.post(self.url(group), typed(group[2], group[1])))
        assert "Seule Façades Alba, ou le mandataire, dispose des heures de cette part." in page
        assert Transfer.objects.count() == 1

    def test_the_mandataire_proposes_for_others(self, as_lead, group):
        as_lead.post(self.url(group), typed(group[1], group[2]))
        assert Transfer.objects.get().awaited == [group[1], group[2]]

    def test_who_holds_hours_may_give_them_back(self, as_member, group):
        TransferFactory(owner=group[2], partner=group[1], hours=Decimal(10), validated=True)
        as_member.post(self.url(group), typed(group[2], group[1], "4", way="BACK"))
        assert Transfer.objects.get(way="BACK").awaited == [group[2]]

    def test_what_is_refused_is_told_and_what_was_typed_is_kept(self, as_member, group):
        facts = typed(group[1], group[2], "999", note="Lot terminé en juin")
        page = text_of(as_member.post(self.url(group), facts))
        assert "Brindacier n’a plus que 40 h de sa part à réaliser" in page
        assert 'value="999"' in page
        assert 'value="Lot terminé en juin"' in page
        assert "Écrivez combien d’heures" in text_of(
            as_member.post(self.url(group), typed(group[1], group[2], ""))
        )
        assert not Transfer.objects.exists()

    def test_a_closed_clause_refuses_at_once(self, as_member, group):
        Clause.objects.update(status=Clause.Status.CLOSED)
        assert "La clause est « Close »" in text_of(as_member.get(self.url(group)))

    def test_only_its_companies_propose(self, as_facilitator, as_buyer, group):
        assert as_facilitator.get(self.url(group)).status_code == 403
        assert as_buyer.get(self.url(group)).status_code == 403
        reader = signed_in(group[1].company, "READER")
        assert reader.post(self.url(group), typed(group[1], group[2])).status_code == 403


class TestAnswering:
    @pytest.fixture
    def transfer(self, group):
        """Brindacier would have ten hours done by Façades Alba."""
        return TransferFactory(owner=group[1], partner=group[2], hours=Decimal(10))

    @pytest.fixture
    def as_partner(self, group):
        return signed_in(group[2].company)

    def test_the_company_accepts_then_the_service_validates(self, as_partner, as_facilitator, transfer):
        url = transfer.get_absolute_url()
        assert "Répondre" in text_of(as_partner.get("/"))
        page = text_of(as_partner.get(url))
        assert "Brindacier doit toujours ces heures, et en reste responsable." in page
        as_partner.post(url, {"answer": "ACCEPT"})
        assert "Transfert d’heures à valider" in text_of(as_facilitator.get("/"))
        page = text_of(as_facilitator.get(url))
        assert "À réaliser aujourd’hui" in page
        done = text_of(as_facilitator.post(url, {"answer": "VALIDATE"}, follow=True))
        assert "Transfert validé." in done
        transfer.refresh_from_db()
        assert transfer.status == Status.VALIDATED

    def test_a_refusal_without_a_reason_is_asked_for_it(self, as_facilitator, transfer):
        Transfer.objects.update(status=Status.AGREED, partner_agreed_at=transfer.proposed_at)
        url = transfer.get_absolute_url()
        page = text_of(as_facilitator.post(url, {"answer": "REFUSE", "reason": ""}))
        assert "Écrivez pourquoi : les entreprises le liront." in page
        as_facilitator.post(url, {"answer": "REFUSE", "reason": "Hors du métier du lot."})
        transfer.refresh_from_db()
        assert (transfer.status, transfer.reason) == (Status.REFUSED, "Hors du métier du lot.")

    def test_the_service_answers_for_a_company_without_account_and_it_is_told(self, as_facilitator, transfer):
        url = transfer.get_absolute_url()
        assert "Façades Alba n’a pas de compte" in text_of(as_facilitator.get(url))
        assert "Transfert d’heures à accepter" in text_of(as_facilitator.get("/"))
        page = text_of(as_facilitator.post(url, {"answer": "ACCEPT"}, follow=True))
        transfer.refresh_from_db()
        assert transfer.status == Status.AGREED
        assert "Façades Alba" in page

    def test_the_service_answers_for_two_companies_without_account(self, as_facilitator, group, transfer):
        Transfer.objects.update(proposed_for=group[0], owner_agreed_at=None)
        page = text_of(as_facilitator.get(transfer.get_absolute_url()))
        assert "Brindacier et Façades Alba n’ont pas de compte : vous notez leur réponse" in page

    def test_nothing_waits_on_a_clause_that_is_over_and_one_may_still_say_no(
        self, as_facilitator, group, transfer
    ):
        declared = SubcontractingFactory(principal=group[0])
        home = text_of(as_facilitator.get("/"))
        assert "Transfert d’heures à accepter" in home
        assert "Sous-traitante à valider" in home
        Clause.objects.update(status=Clause.Status.CLOSED)
        home = text_of(as_facilitator.get("/"))
        assert "Transfert d’heures à accepter" not in home
        assert "Sous-traitante à valider" not in home
        page = text_of(as_facilitator.post(declared.get_absolute_url(), {"answer": "VALIDATE"}))
        assert "plus aucune heure ne s’y confie" in page
        no = {"answer": "REFUSE", "reason": "Le chantier est fini."}
        as_facilitator.post(declared.get_absolute_url(), no)
        declared.refresh_from_db()
        assert declared.status == Subcontracting.Status.REFUSED

    def test_an_answer_that_comes_too_late_is_told_with_what_was_typed(self, as_partner, transfer):
        url = transfer.get_absolute_url()
        as_partner.post(url, {"answer": "ACCEPT"})
        page = text_of(as_partner.post(url, {"answer": "DECLINE", "reason": "Plus d’équipe en juin."}))
        assert "quelqu’un a répondu entre-temps" in page
        assert "Plus d’équipe en juin." in page

    def test_who_proposed_withdraws_and_who_only_reads_does_not_answer(
        self, as_member, as_lead, as_buyer, group, transfer
    ):
        url = transfer.get_absolute_url()
        assert as_lead.post(url, {"answer": "VALIDATE"}).status_code == 403
        assert as_lead.get(url).status_code == 200
        as_member.post(url, {"answer": "WITHDRAW"})
        transfer.refresh_from_db()
        assert transfer.status == Status.WITHDRAWN


class TestSubcontractors:
    NUMBER = siret(95120)

    def url(self, group):
        return f"{page_of(group)}sous-traitante/"

    def test_declared_then_validated_it_becomes_a_member_that_owes_nothing(
        self, as_member, as_facilitator, group
    ):
        facts = {"siret": self.NUMBER, "name": "Nettoyage Perlin", "work": "Nettoyage de fin de chantier"}
        as_member.post(self.url(group), facts)
        declared = Subcontracting.objects.get()
        assert not Commitment.objects.filter(company=declared.company).exists()
        assert "Sous-traitante à valider" in text_of(as_facilitator.get("/"))
        as_facilitator.post(declared.get_absolute_url(), {"answer": "VALIDATE"})
        declared.refresh_from_db()
        member = declared.commitment
        assert (member.role, member.share, member.hours_due) == ("SOUS_TRAITANT", 0, 0)
        page = text_of(as_facilitator.get(page_of(group)))
        assert "sous-traitante de Brindacier" in page
        assert "120,01 h" in page

    def test_it_receives_hours_only_from_who_declared_it(self, as_lead, group):
        declared = SubcontractingFactory(principal=group[1], company__name="Perlin")
        member = group_member(declared)
        page = text_of(as_lead.post(f"{page_of(group)}transfert/", typed(group[0], member)))
        assert "Perlin est la sous-traitante de Brindacier, qui seule lui confie des heures." in page

    def test_who_is_only_declared_sees_nothing_of_the_clause(self, group):
        declared = SubcontractingFactory(principal=group[1])
        client = signed_in(declared.company)
        assert client.get(page_of(group)).status_code == 404
        assert client.get(declared.get_absolute_url()).status_code == 404

    def test_the_clause_is_held_before_the_company_is_written(self, as_member, group):
        facts = {"siret": self.NUMBER, "name": "Nettoyage Perlin", "work": "Nettoyage"}
        with CaptureQueriesContext(connection) as queries:
            as_member.post(self.url(group), facts)
        said = [one["sql"] for one in queries]
        held = next(rank for rank, sql in enumerate(said) if "FOR NO KEY UPDATE" in sql)
        written = next(
            rank for rank, sql in enumerate(said) if 'INSERT INTO "organisations_organisation"' in sql
        )
        assert '"contracts_clause"' in said[held]
        assert held < written

    def test_a_refusal_says_why(self, as_facilitator, as_member, group):
        declared = SubcontractingFactory(principal=group[1])
        facts = {"answer": "REFUSE", "reason": "Ce lot l’interdit."}
        as_facilitator.post(declared.get_absolute_url(), facts)
        assert "Ce lot l’interdit." in text_of(as_member.get(declared.get_absolute_url()))
        assert Commitment.objects.count() == 3

    def test_a_member_is_not_declared_again_and_nobody_is_left_behind(self, as_member, group):
        known = group[2].company
        page = text_of(as_member.post(self.url(group), {"siret": known.siret, "work": "Peinture"}))
        assert "Façades Alba est déjà une entreprise de cette clause." in page
        page = text_of(as_member.post(self.url(group), {"siret": self.NUMBER, "work": "Peinture"}))
        assert "Écrivez son nom" in page
        assert 'value="Peinture"' in page
        assert not Organisation.objects.filter(siret=self.NUMBER).exists()


def group_member(declared):
    """A subcontractor that the service has validated."""
    return validate_subcontractor(declared, by=actor_for(declared.service), at=NOON)
