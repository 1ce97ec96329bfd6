"""The page where an administrator says how long each one is given."""

from dataclasses import asdict

import pytest
from django.urls import reverse

from tests.factories import OrganisationFactory, ServiceDelaysFactory, actor_for
from uneplace.journal.models import Entry
from uneplace.offers.models import ServiceDelays
from uneplace.organisations.models import Role
from uneplace.rules.delays import NAMES

pytestmark = pytest.mark.django_db
URL = reverse("offers:delays")
USUAL = {
    "agree_days": 10,
    "structures_days": 10,
    "service_days": 7,
    "collect_days": 7,
    "answer_days": 15,
    "meet_days": 5,
    "reminder_days": 2,
    "deputy_days": 5,
    "escalation_days": 10,
    "closing_days": 60,
    "notice_days": 7,
}


@pytest.fixture
def admin():
    return actor_for(OrganisationFactory(service=True), role=Role.ADMIN)


def enter(client, actor):
    client.force_login(actor.user)
    return client


def test_it_shows_what_is_usual_and_where_it_comes_from(client, admin):
    page = enter(client, admin).get(URL).text

    assert 'value="15"' in page
    assert "Pratique des services facilitateurs" in page
    assert "Rien\u00a0: votre service suit l’usage." in page


def test_a_change_is_kept_dated_and_told_in_the_journal(client, admin):
    answer = enter(client, admin).post(URL, USUAL | {"answer_days": 12, "read": 0})

    assert answer.url == URL
    kept = ServiceDelays.objects.get()
    assert (kept.number, kept.decided_by, asdict(kept.delays)) == (1, admin.user, USUAL | {"answer_days": 12})
    entry = Entry.objects.get(verb="service_delays.decided")
    assert (entry.details["before"], entry.details["after"]) == ({"answer_days": 15}, {"answer_days": 12})
    assert "L’entreprise répond à un dossier\u00a0: 12\u00a0jours, auparavant 15" in client.get(URL).text


@pytest.mark.parametrize(
    ("field", "days", "where", "sentence"),
    [
        ("answer_days", "0", "answer_days", "Écrivez un nombre de jours entre 1 et 15."),
        ("answer_days", "demain", "answer_days", "Écrivez un nombre de jours entre 1 et 15."),
        ("answer_days", "30", "answer_days", "Écrivez un nombre de jours entre 1 et 15."),
        ("notice_days", "", "notice_days", "Écrivez un nombre de jours entre 3 et 14."),
        ("deputy_days", "2", "deputy_days", "Les autres contacts sont prévenus plus tard"),
        ("escalation_days", "4", "escalation_days", "Le service est prévenu plus tard"),
        ("closing_days", "31", "closing_days", "La dernière relance part 25\u00a0jours après"),
    ],
)
def test_an_impossible_delay_is_refused_on_its_field(client, admin, field, days, where, sentence):
    answer = enter(client, admin).post(URL, USUAL | {field: days, "read": 0})

    assert answer.status_code == 422
    assert sentence in answer.context["form"].errors[where][0]
    assert answer.context["form"][field].value() == days
    assert not ServiceDelays.objects.exists()


def test_of_two_administrators_at_once_the_second_reads_again_and_loses_nothing(client, admin):
    page = enter(client, admin).get(URL)
    was = page.context["form"]["was"].value()
    ServiceDelaysFactory(service=admin.organisation, meet_days=3)

    answer = client.post(URL, USUAL | {"answer_days": 12, "read": 0, "was": was})

    assert answer.status_code == 422
    assert "Quelqu’un d’autre vient de changer ces délais" in answer.text
    [told] = answer.context["form"].changed_meanwhile
    assert (told.label, told.before, told.after) == ("Un moment d’entretien est choisi", "5", "3")
    form = answer.context["form"]
    assert (form["answer_days"].value(), form["meet_days"].value(), form["read"].value()) == ("12", "3", "1")


def test_the_same_delays_again_are_not_a_change(client, admin):
    answer = enter(client, admin).post(URL, USUAL | {"read": 0})

    assert answer.status_code == 422
    assert "Rien ne change" in answer.text


@pytest.mark.parametrize("role", [Role.MEMBER, Role.READER])
def test_only_administrators_of_a_service_decide(client, admin, role):
    member = actor_for(admin.organisation, role=role)

    assert enter(client, member).post(URL, USUAL | {"answer_days": 12, "read": 0}).status_code == 403
    assert set(USUAL) == set(NAMES)


def test_a_service_never_reads_the_delays_of_another(client, admin):
    ServiceDelaysFactory(service=OrganisationFactory(service=True), answer_days=3)

    assert "Rien\u00a0: votre service suit l’usage." in enter(client, admin).get(URL).text
