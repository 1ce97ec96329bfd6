"""Who belongs, who is let in, who is let go: in a browser, on a desk and on a phone."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.factories import (
    ClauseFactory,
    CommitmentFactory,
    InvitationFactory,
    MembershipFactory,
    OrganisationFactory,
    PartnershipFactory,
    UserFactory,
    actor_for,
)
from tests.plugin.browser import NARROW, WIDE
from uneplace.kit.environment import OidcClient
from uneplace.organisations.models import Partnership, Role

pytestmark = pytest.mark.django_db(transaction=True)
at_both_widths = pytest.mark.parametrize("size", [WIDE, NARROW], ids=["desk", "phone"])


@pytest.fixture
def service(transactional_db):
    return actor_for(OrganisationFactory(service=True, name="Service clauses du Pays de Houle"))


def named(service, name, *, joined):
    """A company that the file names and that waits to be let in."""
    clause = ClauseFactory(
        lot__contract__service=service.organisation, lot__contract__buyer__name="Ville de Brume"
    )
    company = CommitmentFactory(clause=clause, company__name=name).company
    Partnership.objects.filter(organisation=company).delete()
    if joined:
        MembershipFactory(organisation=company)
    return company


@at_both_widths
def test_a_service_lets_organisations_in_and_lets_one_go(open_page, axe, service, size):
    page = open_page(service.user, size=size)
    page.goto("/partenaires/")
    axe(page)
    for name in ("Zinc et Fils", "Ardoise Couverture", "Entreprise générale de bâtiment et travaux publics"):
        named(service, name, joined=name.startswith("Z"))
    for number in range(30):
        PartnershipFactory(
            service=service.organisation, organisation__name=f"Structure d’insertion numéro {number}"
        )
    page.goto("/")
    page.get_by_role("link", name="Approuver").first.click()
    expect(page.get_by_role("table")).to_contain_text("Attend de voir")
    page.goto("/partenaires/")
    axe(page)
    page.get_by_role("button", name="Approuver : Zinc et Fils").click()
    expect(page.get_by_role("status")).to_contain_text("Zinc et Fils est parmi vos partenaires.")
    page.get_by_label("Choisir Ardoise Couverture").check()
    page.get_by_label("Choisir Entreprise générale").check()
    page.get_by_role("button", name="Approuver celles qui sont cochées").click()
    expect(page.get_by_role("status")).to_contain_text("2\xa0organisations de plus")
    page.goto("/partenaires/?q=zinc")
    page.get_by_role("link", name="Arrêter de travailler avec Zinc et Fils").click()
    expect(page.get_by_role("main")).to_contain_text("1\xa0engagement en cours")
    axe(page)
    page.get_by_role("button", name="Ne plus travailler ensemble").click()
    expect(page.get_by_role("status")).to_contain_text("ne voit plus rien de votre dossier")
    page.goto("/partenaires/?q=structure&etat=a-approuver")
    axe(page)


@at_both_widths
def test_who_is_not_let_in_reads_what_to_do(open_page, axe, service, size):
    company = named(service, "Zinc et Fils", joined=False)
    page = open_page(actor_for(company).user, size=size)
    page.goto("/")
    expect(page.get_by_role("main")).to_contain_text("Aucun dossier ne vous est ouvert")
    axe(page)


@at_both_widths
def test_an_administrator_changes_a_role_and_sorts_sleeping_accounts(open_page, axe, size):
    admin = actor_for(OrganisationFactory(company=True, name="Tournebise Construction"))
    admin.user.last_login = timezone.now()
    admin.user.save()
    for number in range(3):
        asleep = UserFactory(last_login=timezone.now() - timedelta(days=100 + number))
        MembershipFactory(organisation=admin.organisation, user=asleep, role=Role.MEMBER)
    InvitationFactory(
        organisation=admin.organisation,
        created_at=timezone.now() - timedelta(days=20),
        expires_at=timezone.now() - timedelta(days=6),
    )
    page = open_page(admin.user, size=size)
    page.goto("/mon-organisation/")
    axe(page)
    page.get_by_role("link", name="Changer le rôle").last.click()
    page.get_by_label("Lecture seule").check()
    axe(page)
    page.get_by_role("button", name="Changer le rôle").click()
    expect(page.get_by_role("status")).to_contain_text("Lecture seule. Ses sessions sont fermées.")
    page.get_by_role("link", name="Comptes dormants").click()
    axe(page)
    page.get_by_role("link", name="Décider").first.click()
    page.get_by_role("button", name="Garder jusqu’au").click()
    expect(page.get_by_role("main")).to_contain_text("Écrivez pourquoi ce compte reste ouvert.")
    axe(page)
    page.get_by_label("Pourquoi le garder").fill("Congé parental")
    page.get_by_role("button", name="Garder jusqu’au").click()
    expect(page.get_by_role("status")).to_contain_text("gardé jusqu’au")
    page.get_by_role("link", name="Décider").first.click()
    page.get_by_role("button", name="Fermer l’accès").click()
    expect(page.get_by_role("status")).to_contain_text("n’a plus accès à Tournebise Construction")


@at_both_widths
def test_the_sign_in_page_offers_proconnect_when_configured(open_page, axe, settings, size):
    settings.PROCONNECT = OidcClient("https://identite.exemple.fr", "uneplace", "secret")
    page = open_page(size=size)
    page.goto("/connexion/")
    expect(page.get_by_role("link", name="S’identifier avec ProConnect")).to_be_visible()
    axe(page)
