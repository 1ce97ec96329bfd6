import pytest
import time_machine
from django.urls import reverse

from tests.factories import NOON, InvitationFactory, MembershipFactory, OrganisationFactory, actor_for
from uneplace.organisations.models import Capacity, Invitation, Kind, Organisation, Role

LIST = reverse("accounts:partners")
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


def invite_url(organisation):
    return reverse("accounts:invite_partner", args=[organisation.pk])


class TestList:
    def test_it_says_who_can_sign_in(self, as_service):
        joined = MembershipFactory(organisation__name="Avec un compte").organisation
        waiting = InvitationFactory(organisation__name="Qui est invitée").organisation
        absent = OrganisationFactory(employer=True, name="Qui est absente")
        page = as_service.get(LIST).text
        assert "Compte ouvert" in page.split(str(joined))[1].split("</tr>")[0]
        assert "Invitation envoyée" in page.split(str(waiting))[1].split("</tr>")[0]
        assert invite_url(absent) in page
        assert invite_url(joined) not in page

    def test_one_finds_by_name_siret_and_role(self, as_service):
        found = OrganisationFactory(employer=True, name="Régie des Quatre-Vents")
        other = OrganisationFactory(referrer=True, name="Mission locale")
        for query in ({"q": "regie"}, {"q": found.siret[:9]}, {"role": Capacity.INSERTION_EMPLOYER}):
            page = as_service.get(LIST, query).text
            assert "Régie des Quatre-Vents" in page
            assert other.name not in page.split("<tbody")[1].split("</tbody")[0]

    def test_other_services_are_no_partners(self, as_service):
        OrganisationFactory(service=True, name="Un autre service")
        assert "Un autre service" not in as_service.get(LIST).text

    def test_an_empty_list_says_where_to_begin(self, as_service):
        assert "Ajoutez les structures d’insertion" in as_service.get(LIST).text

    @pytest.mark.parametrize("kind", ["company", "buyer", "employer", "referrer"])
    def test_nobody_else_reads_it(self, client, db, kind):
        client.force_login(actor_for(OrganisationFactory(**{kind: True})).user)
        assert client.get(LIST).status_code == 403


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

    def test_a_service_invites_into_no_other_service(self, as_service):
        assert as_service.get(invite_url(OrganisationFactory(service=True))).status_code == 404
