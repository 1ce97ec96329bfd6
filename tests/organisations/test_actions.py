import re

import pytest
from django.core.management import CommandError, call_command

from tests.factories import NOON, OrganisationFactory, actor_for
from uneplace.journal.models import Entry
from uneplace.organisations.actions import find_or_create_by_siret
from uneplace.organisations.models import Capacity, Invitation, Organisation
from uneplace.organisations.perms import can_invite
from uneplace.organisations.queries import addresses_of, hash_of

SIRET = "73282932000074"


@pytest.fixture
def service(db):
    return actor_for(OrganisationFactory(service=True))


def find(service, **values):
    return find_or_create_by_siret(
        SIRET, **({"capacities": [Capacity.COMPANY]} | values), by=service, at=NOON
    )


class TestFindOrCreate:
    def test_an_unknown_siret_becomes_an_organisation(self, service):
        organisation = find(service, name="Tournebise Construction", email="contact@exemple.fr")
        assert (organisation.name, organisation.capacities) == ("Tournebise Construction", [Capacity.COMPANY])
        assert Entry.objects.get().verb == "organisation.created"

    def test_a_known_siret_is_the_same_organisation_and_nothing_is_written(self, service):
        first = find(service, name="Tournebise Construction")
        assert find(service, name="Un autre nom") == first
        assert Organisation.objects.get(siret=SIRET).name == "Tournebise Construction"
        assert Entry.objects.count() == 1

    def test_blanks_are_filled_and_capacities_added(self, service):
        find(service)
        again = find(service, name="Tournebise Construction", capacities=[Capacity.BUYER])
        again.refresh_from_db()
        assert again.name == "Tournebise Construction"
        assert set(again.capacities) == {Capacity.BUYER, Capacity.COMPANY}
        assert Entry.objects.latest("pk").verb == "organisation.completed"

    def test_nobody_becomes_a_service_this_way(self, service):
        organisation = find(service, capacities=[Capacity.FACILITATOR, Capacity.COMPANY])
        assert organisation.capacities == [Capacity.COMPANY]


class TestInviting:
    def test_a_service_brings_in_a_company_but_not_another_service(self, service):
        assert can_invite(service, OrganisationFactory(company=True))
        assert not can_invite(service, OrganisationFactory(service=True))

    def test_a_company_invites_into_itself_only(self, db):
        company = actor_for(OrganisationFactory(company=True))
        assert can_invite(company, company.organisation)
        assert not can_invite(company, OrganisationFactory(company=True))


class TestAddresses:
    def test_those_who_can_sign_in(self, service):
        assert addresses_of(service.organisation) == [service.user.email]

    def test_without_any_the_organisations_own(self, db):
        assert addresses_of(OrganisationFactory(email="contact@exemple.fr")) == ["contact@exemple.fr"]
        assert addresses_of(OrganisationFactory(email="")) == []


class TestCreateService:
    def test_it_opens_the_first_service_and_prints_the_link(self, mailbox, capsys):
        call_command(
            "create_service", name="Service insertion", siret="732 829 320 00074", email="chef@exemple.fr"
        )
        service = Organisation.objects.get()
        assert (service.name, service.siret) == ("Service insertion", SIRET)
        assert service.capacities == [Capacity.FACILITATOR]
        link = re.search(r"https?://\S+", capsys.readouterr().out).group()
        assert Invitation.objects.get().token_hash == hash_of(link.rstrip("/").rsplit("/", 1)[-1])
        assert len(mailbox.to("chef@exemple.fr")) == 1

    def test_a_body_already_known_gains_the_capacity(self, service, capsys):
        find(service, name="Département", capacities=[Capacity.BUYER])
        call_command("create_service", name="Service insertion", siret=SIRET, email="chef@exemple.fr")
        known = Organisation.objects.get(siret=SIRET)
        assert known.name == "Département"
        assert set(known.capacities) == {Capacity.BUYER, Capacity.FACILITATOR}

    @pytest.mark.parametrize(
        ("values", "says"),
        [
            pytest.param({"siret": "123"}, "14 chiffres", id="SIRET"),
            pytest.param({"email": "chef"}, "pas une adresse", id="adresse"),
            pytest.param({"name": "  "}, "nom du service est vide", id="nom"),
        ],
    )
    def test_what_is_wrong_is_said_in_one_line(self, db, values, says):
        given = {"name": "Service insertion", "siret": SIRET, "email": "chef@exemple.fr"} | values
        with pytest.raises(CommandError, match=says):
            call_command("create_service", **given)
        assert not Organisation.objects.exists()

    def test_a_service_is_opened_once(self, db):
        call_command("create_service", name="Service insertion", siret=SIRET, email="chef@exemple.fr")
        with pytest.raises(CommandError, match="porte déjà ce SIRET"):
            call_command("create_service", name="Autre", siret=SIRET, email="autre@exemple.fr")
