import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import (
    NOON,
    AllocationFactory,
    ApplicationFactory,
    ClauseFactory,
    CommitmentFactory,
    InvitationFactory,
    MembershipFactory,
    OrganisationFactory,
    PartnershipFactory,
    StatementFactory,
    actor_for,
)
from uneplace.journal.models import Entry
from uneplace.organisations.models import Capacity, Invitation, Kind, Organisation, Partnership, Role

LIST = reverse("accounts:partners")
APPROVE = reverse("accounts:approve_partners")
ADD = reverse("accounts:add_partner")
VALUES = {
    "siret": "732 829 320 00074",
    "name": "Les Jardins de la Houlette",
    "capacities": [Capacity.INSERTION_EMPLOYER],
    "kind": Kind.ACI,
    "email": "contact@exemple.fr",
}


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def service(db):
    return actor_for(OrganisationFactory(service=True))


@pytest.fixture
def as_service(client, service):
    client.force_login(service.user)
    return client


def end_url(organisation):
    return reverse("accounts:end_partnership", args=[organisation.pk])


def invite_url(organisation):
    return reverse("accounts:invite_partner", args=[organisation.pk])


def partner_of(service, organisation=None, **fields):
    """An organisation in the file of this service."""
    organisation = organisation or OrganisationFactory(**fields)
    return PartnershipFactory(service=service.organisation, organisation=organisation).organisation


def named_by(service, **fields):
    """A company that the service's file names, and that the service did not let in."""
    clause = ClauseFactory(
        lot__contract__service=service.organisation,
        lot__contract__buyer=partner_of(service, name="Ville de Caen", buyer=True),
    )
    company = CommitmentFactory(clause=clause, **fields).company
    Partnership.objects.filter(organisation=company).delete()
    return company


def section(page, title):
    """The rows of one section of the page."""
    return page.split(f">{title}</h2>")[1].split("</table>")[0]


class TestList:
    def test_it_says_who_can_sign_in(self, as_service, service):
        joined = partner_of(service, MembershipFactory(organisation__name="Avec un compte").organisation)
        waiting = partner_of(service, InvitationFactory(organisation__name="Qui est invitée").organisation)
        absent = partner_of(service, employer=True, name="Qui est absente")
        page = as_service.get(LIST).text
        assert "Compte ouvert" in page.split(str(joined))[1].split("</tr>")[0]
        assert "Invitation envoyée" in page.split(str(waiting))[1].split("</tr>")[0]
        assert invite_url(absent) in page
        assert invite_url(joined) not in page

    def test_the_partners_of_others_are_not_its_own(self, as_service):
        stranger = PartnershipFactory(organisation__name="Ailleurs Bâtiment").organisation
        assert str(stranger) not in as_service.get(LIST).text

    def test_one_finds_by_name_siret_and_role(self, as_service, service):
        found = partner_of(service, employer=True, name="Régie des Quatre-Vents")
        other = partner_of(service, referrer=True, name="Mission locale")
        for query in ({"q": "regie"}, {"q": found.siret[:9]}, {"role": Capacity.INSERTION_EMPLOYER}):
            page = as_service.get(LIST, query).text
            assert "Régie des Quatre-Vents" in page
            assert other.name not in page.split("<tbody")[1].split("</tbody")[0]

    def test_searching_also_finds_who_is_elsewhere_in_the_installation(self, as_service):
        stranger = OrganisationFactory(employer=True, name="Régie des Quatre-Vents")
        assert str(stranger) in section(as_service.get(LIST, {"q": "quatre"}).text, "Ailleurs dans Uneplace")
        as_service.post(APPROVE, {"only": stranger.pk})
        assert str(stranger) in section(as_service.get(LIST, {"q": "quatre"}).text, "Vos partenaires")

    def test_other_services_are_no_partners(self, as_service):
        OrganisationFactory(service=True, name="Un autre service")
        assert "Un autre service" not in as_service.get(LIST).text

    def test_an_empty_list_says_where_to_begin(self, as_service):
        assert "Ajoutez les structures d’insertion" in as_service.get(LIST).text

    @pytest.mark.parametrize("kind", ["company", "buyer", "employer", "referrer"])
    def test_nobody_else_reads_it(self, client, db, kind):
        client.force_login(actor_for(OrganisationFactory(**{kind: True})).user)
        assert client.get(LIST).status_code == 403


class TestApproving:
    def test_it_first_shows_who_the_file_names_and_what_they_do_there(self, as_service, service):
        mute = named_by(service, company__name="Ardoise Couverture")
        waits = named_by(service, company__name="Zinc et Fils")
        MembershipFactory(organisation=waits)
        rows = section(as_service.get(LIST).text, "À approuver")
        assert rows.index(str(waits)) < rows.index(str(mute))  # who can sign in waits
        assert "exécute un marché" in rows
        assert "Attend de voir" in rows.split(str(waits))[2].split("</tr>")[0]
        assert "Sans compte" in rows.split(str(mute))[2].split("</tr>")[0]

    def test_one_click_lets_one_in(self, as_service, service):
        company, other = named_by(service), named_by(service)
        assert as_service.post(APPROVE, {"only": company.pk, "organisation": [other.pk]}).url == LIST
        link = Partnership.objects.get(organisation=company)
        assert (link.service, link.approved_by) == (service.organisation, service.user)
        assert not Partnership.objects.filter(organisation=other).exists()
        assert Entry.objects.get().verb == "partner.approved"

    def test_those_ticked_are_let_in_at_once(self, as_service, service):
        companies = [named_by(service) for _ in range(3)]
        chosen = [company.pk for company in companies[:2]]
        assert "2\xa0organisations" in as_service.post(APPROVE, {"organisation": chosen}, follow=True).text
        admitted = Partnership.objects.filter(organisation__in=companies)
        assert {link.organisation_id for link in admitted} == set(chosen)

    @pytest.mark.parametrize("sent", [{}, {"organisation": ["0", "x", "²"]}, {"only": "9" * 30}])
    def test_nothing_chosen_is_said(self, as_service, sent):
        assert "Cochez au moins une" in as_service.post(APPROVE, sent, follow=True).text

    def test_a_service_is_never_let_in(self, as_service):
        other = OrganisationFactory(service=True)
        as_service.post(APPROVE, {"only": other.pk})
        assert not Partnership.objects.filter(organisation=other).exists()

    def test_the_week_says_how_many_wait(self, as_service, service):
        MembershipFactory(organisation=named_by(service))
        named_by(service)  # nobody of it can sign in: nobody waits
        assert "1\xa0organisation attend de voir votre dossier" in as_service.get("/").text

    def test_the_file_opens_at_once(self, as_service, service):
        company = named_by(service)
        contract = company.commitments.get().clause.lot.contract.get_absolute_url()
        there = Client()
        there.force_login(MembershipFactory(organisation=company).user)
        home = there.get("/").text
        assert "Aucun service facilitateur n’a encore ouvert son dossier" in home
        assert str(service.organisation) not in home
        assert there.get(contract).status_code == 404
        as_service.post(APPROVE, {"only": company.pk})
        assert there.get(contract).status_code == 200
        assert "Aucun service facilitateur" not in there.get("/").text

    def test_a_reader_approves_nothing(self, client, service):
        company = named_by(service)
        client.force_login(actor_for(service.organisation, Role.READER).user)
        assert client.post(APPROVE, {"only": company.pk}).status_code == 403
        assert not Partnership.objects.filter(organisation=company).exists()
        assert 'name="only"' not in client.get(LIST).text

    def test_the_list_costs_as_many_queries_for_many(
        self, as_service, service, django_assert_max_num_queries
    ):
        MembershipFactory(organisation=named_by(service))
        with CaptureQueriesContext(connection) as few:
            as_service.get(LIST)
        for _ in range(8):
            MembershipFactory(organisation=named_by(service))
        with django_assert_max_num_queries(len(few.captured_queries)):
            as_service.get(LIST)


class TestEnding:
    def test_it_says_what_still_goes_on(self, as_service, service):
        clause = ClauseFactory(lot__contract__service=service.organisation)
        commitment = CommitmentFactory(clause=clause)
        AllocationFactory(commitment=commitment)
        StatementFactory(commitment=commitment)
        ApplicationFactory(job_sheet__commitment=commitment)
        page = as_service.get(end_url(commitment.company)).text.replace("\xa0", " ")
        for words in ("1 engagement", "1 contrat de travail", "1 relevé d’heures", "1 candidature"):
            assert words in page
        assert Partnership.objects.in_force().filter(organisation=commitment.company).exists()

    def test_the_file_closes_at_once_and_the_session_goes_on(self, as_service, service):
        clause = ClauseFactory(lot__contract__service=service.organisation)
        company = CommitmentFactory(clause=clause).company
        there = Client()
        there.force_login(MembershipFactory(organisation=company).user)
        contract = clause.lot.contract.get_absolute_url()
        assert there.get(contract).status_code == 200
        assert as_service.post(end_url(company)).url == LIST
        assert there.get(contract).status_code == 404
        assert there.get("/").status_code == 200
        assert [entry.verb for entry in Entry.objects.all()] == ["partner.ended"]
        as_service.get(LIST)  # shows the message
        assert str(company) not in as_service.get(LIST).text
        assert str(company) in as_service.get(LIST, {"etat": "anciens"}).text

    def test_one_starts_again(self, as_service, service):
        company = partner_of(service)
        as_service.post(end_url(company))
        as_service.post(APPROVE, {"only": company.pk})
        assert Partnership.objects.in_force().filter(organisation=company).count() == 1

    def test_what_was_noted_of_a_structure_comes_back_with_it(self, as_service, service):
        structure = partner_of(service, employer=True)
        noted = Partnership.objects.filter(organisation=structure)
        noted.update(publics=["YOUTH"], trades=["F", "K"])
        as_service.post(end_url(structure))
        PartnershipFactory(organisation=structure, publics=["SENIORS"])  # what another service knows of it

        as_service.post(APPROVE, {"only": structure.pk})

        again = noted.in_force().get(service=service.organisation)
        assert (again.publics, again.trades) == (["YOUTH"], ["F", "K"])

    def test_a_second_click_is_unknown(self, as_service, service):
        company = partner_of(service)
        as_service.post(end_url(company))
        assert as_service.post(end_url(company)).status_code == 404

    def test_the_partner_of_another_service_is_unknown(self, as_service):
        assert as_service.get(end_url(PartnershipFactory().organisation)).status_code == 404

    def test_a_reader_ends_nothing(self, client, service):
        company = partner_of(service)
        client.force_login(actor_for(service.organisation, Role.READER).user)
        assert client.post(end_url(company)).status_code == 403


class TestAdding:
    def test_it_adds_and_invites(self, as_service, service, mailbox):
        assert as_service.post(ADD, VALUES).url == LIST
        organisation = Organisation.objects.get(siret="73282932000074")
        assert (organisation.name, organisation.kind) == ("Les Jardins de la Houlette", Kind.ACI)
        assert organisation.capacities == [Capacity.INSERTION_EMPLOYER]
        assert Invitation.objects.get(organisation=organisation).role == Role.ADMIN
        assert len(mailbox.to("contact@exemple.fr")) == 1

    def test_without_an_address_nobody_is_invited(self, as_service):
        as_service.post(ADD, VALUES | {"email": "", "kind": ""})
        assert Organisation.objects.filter(siret="73282932000074").exists()
        assert not Invitation.objects.exists()

    def test_an_organisation_already_known_keeps_its_name_and_gains_the_role(self, as_service):
        OrganisationFactory(company=True, siret="73282932000074", name="Le vrai nom")
        as_service.post(ADD, VALUES | {"email": ""})
        known = Organisation.objects.get(siret="73282932000074")
        assert known.name == "Le vrai nom"
        assert set(known.capacities) == {Capacity.COMPANY, Capacity.INSERTION_EMPLOYER}

    def test_an_organisation_that_has_an_account_is_not_invited(self, as_service):
        organisation = OrganisationFactory(company=True, siret="73282932000074")
        MembershipFactory(organisation=organisation)
        page = as_service.post(ADD, VALUES, follow=True).text
        assert "a déjà un compte" in page
        assert not Invitation.objects.exists()

    @pytest.mark.parametrize(
        ("wrong", "says"),
        [
            pytest.param({"siret": "732 829 320"}, "vous en avez écrit 9", id="SIRET"),
            pytest.param({"capacities": []}, "Cochez au moins un rôle", id="rôle"),
            pytest.param({"name": ""}, "Écrivez le nom", id="nom"),
            pytest.param({"email": "contact"}, "adresse complète", id="adresse"),
            pytest.param({"capacities": [Capacity.FACILITATOR]}, "choix valide", id="un service"),
        ],
    )
    def test_what_is_wrong_is_said_and_the_rest_kept(self, as_service, wrong, says):
        before = Organisation.objects.count()
        page = as_service.post(ADD, VALUES | wrong).text
        assert says in page
        if "name" not in wrong:
            assert 'value="Les Jardins de la Houlette"' in page
        assert Organisation.objects.count() == before

    def test_a_reader_adds_nothing(self, client, service):
        client.force_login(actor_for(service.organisation, Role.READER).user)
        assert client.post(ADD, VALUES).status_code == 403
        assert ADD not in client.get(LIST).text


class TestInviting:
    def test_it_sends_a_link_to_the_first_person(self, as_service, mailbox):
        organisation = OrganisationFactory(buyer=True, email="mairie@exemple.fr")
        assert 'value="mairie@exemple.fr"' in as_service.get(invite_url(organisation)).text
        as_service.post(invite_url(organisation), {"email": "chef@exemple.fr"})
        assert Invitation.objects.get().organisation == organisation
        assert len(mailbox.to("chef@exemple.fr")) == 1

    def test_it_says_why_not(self, as_service):
        organisation = MembershipFactory().organisation
        for answer in (
            as_service.get(invite_url(organisation)),
            as_service.post(invite_url(organisation), {"email": "a@exemple.fr"}),
        ):
            assert "a déjà un compte" in answer.text
        assert not Invitation.objects.exists()

    def test_a_partner_that_nobody_administers_any_more_is_helped(self, as_service, service, mailbox):
        organisation = partner_of(service)
        MembershipFactory(organisation=organisation, role=Role.MEMBER)
        assert "plus personne ne l’administre" in as_service.get(LIST).text
        as_service.post(invite_url(organisation), {"email": "relais@exemple.fr"})
        assert Invitation.objects.get().role == Role.ADMIN
        assert len(mailbox.to("relais@exemple.fr")) == 1

    def test_an_organisation_of_others_is_not(self, as_service):
        organisation = MembershipFactory(role=Role.MEMBER).organisation
        page = as_service.post(invite_url(organisation), {"email": "relais@exemple.fr"}).text
        assert "a déjà un compte" in page
        assert not Invitation.objects.exists()

    def test_a_service_invites_into_no_other_service(self, as_service):
        assert as_service.get(invite_url(OrganisationFactory(service=True))).status_code == 404
