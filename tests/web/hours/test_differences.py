"""A difference on screen: both figures, the thread, the hours kept; a company confirms lent people."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import (
    AllocationFactory,
    ConfirmationFactory,
    OrganisationFactory,
    PartnershipFactory,
    PlacementFactory,
    StatementFactory,
    StatementLineFactory,
    WorkedMonthFactory,
    actor_for,
)
from uneplace.hours.models import Confirmation, ConfirmationMessage
from uneplace.journal.actions import record
from uneplace.organisations.models import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def line():
    return StatementLineFactory()


@pytest.fixture
def difference(line):
    return ConfirmationFactory(placement=line.worked_month.placement, words="Il manque un samedi.")


def text(response):
    return response.content.decode().replace("\u00a0", " ")


def as_(organisation, role=Role.ADMIN):
    client = Client()
    client.force_login(actor_for(organisation, role).user)
    return client


def test_both_figures_and_the_words_are_read_by_the_service_and_the_declarant(line, difference):
    for organisation in (line.service, line.statement.declarant):
        page = text(as_(organisation).get(difference.get_absolute_url()))
        for words in ("151,67 h", "140 h", "Il manque un samedi."):
            assert words in page, (organisation, words)


def test_it_shows_on_the_statement_and_in_the_week(line, difference):
    for organisation in (line.service, line.statement.declarant):
        client = as_(organisation)
        for page in (line.statement.get_absolute_url(), "/"):
            assert difference.get_absolute_url() in text(client.get(page)), (organisation, page)
    assert "1 écart ouvert sur ces heures." in text(as_(line.service).get(line.statement.get_absolute_url()))


def test_a_statement_with_an_open_difference_is_not_ticked_for_validation(line, difference):
    client = as_(line.service)
    url = reverse("hours:control")
    ticked = f'form="controle" id="choix{line.statement_id}" checked'
    page = text(client.get(url))
    assert "1 écart ouvert" in page
    assert ticked not in page
    assert line.statement.get_absolute_url() in text(client.get(f"{url}?voir=anomalies"))
    assert line.statement.get_absolute_url() not in text(client.get(f"{url}?voir=sans"))
    settle(client, difference)
    assert "écart ouvert" not in text(client.get(url))


def test_a_message_takes_it_off_the_week_of_the_declarant(line, difference):
    client = as_(line.statement.declarant)
    page = client.post(difference.get_absolute_url(), {"words": ""})
    assert page.status_code == 422
    assert "Écrivez votre message." in text(page)
    page = text(client.post(difference.get_absolute_url(), {"words": "Nous vérifions."}, follow=True))
    assert "Message envoyé." in page
    assert "Nous vérifions." in page
    assert difference.get_absolute_url() not in text(client.get("/"))
    assert ConfirmationMessage.objects.get().organisation == line.statement.declarant


def settle(client, difference, **given):
    data = {"shown": "151.67", "reason": "Feuilles vérifiées."} | given
    return client.post(reverse("hours:settle_difference", args=[difference.pk]), data, follow=True)


def test_the_service_settles_and_the_declarant_does_not(line, difference):
    assert settle(as_(line.statement.declarant), difference).status_code == 403
    client = as_(line.service)
    assert settle(client, difference, reason="").status_code == 422
    assert "Elles sont maintenant 151,67 h" in text(settle(client, difference, shown="150"))
    page = text(settle(client, difference))
    assert "Écart réglé. Ceux qu’il concerne sont prévenus." in page
    assert "Feuilles vérifiées." in page
    assert Confirmation.objects.get().kept == Decimal("151.67")
    assert "déjà réglé" in text(settle(client, difference))


def test_nobody_else_reads_it(line, difference):
    host = line.statement.commitment.company
    beside = OrganisationFactory(company=True)
    PartnershipFactory(service=line.service, organisation=beside)
    for stranger in (beside, OrganisationFactory(service=True)):
        assert as_(stranger).get(difference.get_absolute_url()).status_code == 404
        assert settle(as_(stranger), difference).status_code in (403, 404)
    assert as_(host, Role.READER).post(difference.get_absolute_url(), {"words": "Non."}).status_code == 403


@pytest.fixture
def lent():
    """April of somebody whom a lender declares, on a company's commitment."""
    lender = OrganisationFactory(employer=True)
    statement = StatementFactory(declarant=lender, submitted=True)
    placement = PlacementFactory(service=statement.service, employer=lender)
    AllocationFactory(commitment=statement.commitment, placement=placement)
    month = WorkedMonthFactory(placement=placement, month=statement.month)
    return StatementLineFactory(statement=statement, worked_month=month)


def confirm(client, lent, hours="151,67", words=""):
    name = f"l{lent.pk}"
    data = {f"{name}-shown": str(lent.hours), f"{name}-hours": hours, f"{name}-words": words}
    return client.post(reverse("hours:confirm_as_host", args=[lent.statement_id]), data, follow=True)


def test_the_company_confirms_the_month_of_lent_people(lent):
    client = as_(lent.statement.commitment.company)
    url = reverse("hours:confirm_as_host", args=[lent.statement_id])
    for page in ("/", lent.statement.get_absolute_url()):
        assert url in text(client.get(page)), page
    assert "151,67 h" in text(client.get(url))
    page = text(confirm(client, lent))
    assert "Mois confirmé." in page
    assert f"Confirmé par {lent.statement.commitment.company}" in page
    assert url not in text(client.get("/"))
    assert "Plus rien à confirmer" in text(client.get(url))


def test_another_figure_opens_a_difference_that_each_side_reads(lent):
    client = as_(lent.statement.commitment.company)
    assert "Réponse envoyée" in text(confirm(client, lent, "144", "Une journée de pluie."))
    difference = Confirmation.objects.get()
    for organisation in (lent.service, lent.statement.declarant, lent.statement.commitment.company):
        page = text(as_(organisation).get(difference.get_absolute_url()))
        assert "Une journée de pluie." in page, organisation
        assert "144 h" in page


def test_what_is_typed_wrong_is_kept_and_said(lent):
    page = confirm(as_(lent.statement.commitment.company), lent, "beaucoup", "Je ne sais pas.")
    assert page.status_code == 422
    assert "beaucoup" in text(page)
    assert "Je ne sais pas." in text(page)
    assert not Confirmation.objects.exists()


def test_the_history_of_a_work_contract_tells_each_one_what_is_theirs_to_know(lent):
    placement, by = lent.worked_month.placement, actor_for(lent.service)
    for verb in ("confirmation.differed", "month_link.sent"):
        record(verb, about=placement, by=by, at=datetime(2026, 5, 6, 9, 0, tzinfo=UTC), month="2026-04-01")

    def told(organisation):
        page = text(as_(organisation).get(placement.get_absolute_url()))
        return "Heures du mois dites autres" in page, "Lien vers son mois envoyé" in page

    assert told(lent.service) == (True, True)
    assert told(lent.statement.declarant) == (True, False)
    assert told(lent.statement.commitment.company) == (False, False)


def test_only_the_company_where_they_work_confirms(lent, line):
    url = reverse("hours:confirm_as_host", args=[lent.statement_id])
    assert as_(lent.service).get(url).status_code == 403
    assert as_(lent.statement.commitment.company, Role.READER).get(url).status_code == 403
    assert as_(OrganisationFactory(company=True)).get(url).status_code == 404
    own = reverse("hours:confirm_as_host", args=[line.statement_id])
    assert as_(line.statement.declarant).get(own).status_code == 403


def test_the_company_does_not_read_what_the_person_said(lent):
    theirs = ConfirmationFactory(placement=lent.worked_month.placement, words="Il manque un samedi.")
    client = as_(lent.statement.commitment.company)
    assert client.get(theirs.get_absolute_url()).status_code == 404
    page = text(client.get(lent.statement.get_absolute_url()))
    assert "la personne" not in page[page.find("<main") :].split("Ce qui s’est passé")[0].lower().replace(
        "heures de chaque personne", ""
    )
