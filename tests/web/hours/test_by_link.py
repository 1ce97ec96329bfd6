"""A declarant without account: asked by e-mail, come by a link, for one month and nothing else."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from tests.factories import (
    AllocationFactory,
    EligibilityDecisionFactory,
    OrganisationFactory,
    PlacementFactory,
    StatementFactory,
    actor_for,
)
from tests.offers.links import links_in
from tests.plugin.mailbox import text_of
from uneplace.contracts.models import Clause
from uneplace.hours import actions
from uneplace.hours.asking import ask_for_hours
from uneplace.hours.models import Statement
from uneplace.journal.models import Entry
from uneplace.organisations.models import AccessLink, Partnership
from uneplace.rules.eligibility import Ground

pytestmark = pytest.mark.django_db

FIRST_OF_MAY = datetime(2026, 5, 1, 4, 0, tzinfo=UTC)
EMAIL = "paie@maconnerie.example"
HOME = "/par-lien/releve/"


@pytest.fixture
def clock():
    with time_machine.travel(FIRST_OF_MAY, tick=False) as clock:
        yield clock


@pytest.fixture
def statement(clock):
    """April, awaited from a firm without account, for one person."""
    statement = StatementFactory(commitment__company__email=EMAIL)
    AllocationFactory(commitment=statement.commitment)
    return statement


def ask(statement, mailbox):
    """The path of the link that the request carries."""
    ask_for_hours(statement.service, at=FIRST_OF_MAY)
    (path,) = links_in(text_of(mailbox.to(EMAIL)[-1]))
    return path


def come(path):
    client = Client()
    assert client.post(path).url == HOME
    return client


def typed(statement, hours, button="send"):
    person = statement.commitment.allocations.get().placement_id
    statement.refresh_from_db()
    return {"version": statement.version, f"p{person}-hours": hours, button: "1"}


def test_the_request_opens_the_month_and_the_month_alone(statement, mailbox):
    client = come(ask(statement, mailbox))
    page = client.get(HOME).content.decode()
    assert str(statement.commitment.allocations.get().placement.participant) in page
    assert f"Vous répondez pour {statement.declarant}" in page
    for elsewhere in (statement.get_absolute_url(), reverse("hours:list"), "/par-lien/fiche/"):
        assert client.get(elsewhere).status_code in (302, 403, 404)


def test_a_link_reads_a_name_a_job_and_hours_and_nothing_else_of_somebody(statement, mailbox):
    person = statement.commitment.allocations.get().placement.participant
    person.phone, person.email, person.born_on = (
        "06 99 88 77 66",
        "marque@courriel.example",
        date(1987, 3, 14),
    )
    person.save()
    EligibilityDecisionFactory(
        participant=person, service=statement.service, grounds=["BOETH"], main_ground="BOETH"
    )
    client = come(ask(statement, mailbox))
    pages = [client.get(HOME), client.post(HOME, typed(statement, "70"), follow=True)]
    for page in (one.content.decode() for one in pages):
        assert person.last_name in page
        for word in (person.phone, person.email, "1987", Ground.BOETH.label):
            assert word not in page


def test_what_is_sent_by_link_is_received_and_read_again(statement, mailbox):
    client = come(ask(statement, mailbox))
    page = client.post(HOME, typed(statement, "151,67"), follow=True).content.decode()
    assert "Relevé envoyé" in page
    assert "151,67" in page
    statement.refresh_from_db()
    assert (statement.status, statement.submitted_by) == (Statement.Status.SUBMITTED, None)
    assert statement.lines.get().hours == Decimal("151.67")
    entry = Entry.objects.get(verb="statement.submitted")
    assert entry.user_name == "par lien envoyé à p…@maconnerie.example"
    assert entry.on_behalf_of_id is None


def test_it_is_kept_as_one_types(statement, mailbox):
    client = come(ask(statement, mailbox))
    answer = client.post(HOME, typed(statement, "70", "auto"), headers={"HX-Request": "true"})
    assert answer.headers["X-Kept"] == "there"
    assert statement.lines.get().hours == 70


def test_the_people_of_another_declarant_are_not_there(statement, mailbox):
    lender = OrganisationFactory(employer=True)
    lent = AllocationFactory(
        commitment=statement.commitment,
        placement=PlacementFactory(service=statement.service, employer=lender, declared_by=lender),
    )
    page = come(ask(statement, mailbox)).get(HOME).content.decode()
    assert str(lent.placement.participant) not in page


def test_the_session_ends_and_what_was_typed_is_shown(statement, mailbox, clock):
    client = come(ask(statement, mailbox))
    clock.shift(timedelta(hours=3))
    over = client.post(HOME, typed(statement, "151h40"))
    assert over.status_code == 403
    assert "Heures travaillées" in over.content.decode()
    assert "151h40" in over.content.decode()
    assert not statement.lines.exists()


def test_a_statement_returned_leaves_with_a_link_that_opens_it(statement, mailbox):
    client = come(ask(statement, mailbox))
    client.post(HOME, typed(statement, "70"))
    statement.refresh_from_db()
    service = actor_for(statement.service)
    actions.return_statement(statement, reason="Il manque une semaine.", by=service, at=FIRST_OF_MAY)
    (path,) = links_in(text_of(mailbox.to(EMAIL)[-1]))
    assert "Il manque une semaine." in come(path).get(HOME).content.decode()


def test_a_facilitator_sends_a_link_and_takes_it_back(statement, mailbox):
    facilitator = Client()
    facilitator.force_login(actor_for(statement.service).user)
    url = reverse("hours:send_link", args=[statement.pk])
    assert EMAIL in facilitator.get(url).content.decode()
    page = facilitator.post(url, {"email": "chef@maconnerie.example"}, follow=True).content.decode()
    assert "Lien envoyé à chef@maconnerie.example." in page
    (path,) = links_in(text_of(mailbox.to("chef@maconnerie.example")[0]))
    client = come(path)
    link = AccessLink.objects.get()
    page = facilitator.post(reverse("hours:withdraw_link", args=[link.pk]), follow=True).content.decode()
    assert "Lien retiré" in page
    assert client.get(HOME).status_code == 403


def test_no_link_leaves_for_a_firm_that_has_an_account(statement, mailbox):
    actor_for(statement.declarant)
    facilitator = Client()
    facilitator.force_login(actor_for(statement.service).user)
    url = reverse("hours:send_link", args=[statement.pk])
    assert "a un compte" in facilitator.get(url).content.decode()
    assert facilitator.post(url, {"email": EMAIL}).status_code == 422
    assert not AccessLink.objects.exists()


def test_another_service_sends_and_withdraws_nothing(statement, mailbox):
    ask(statement, mailbox)
    eve = Client()
    eve.force_login(actor_for(OrganisationFactory(service=True)).user)
    link = AccessLink.objects.get()
    assert eve.get(reverse("hours:send_link", args=[statement.pk])).status_code == 404
    assert eve.post(reverse("hours:withdraw_link", args=[link.pk])).status_code == 404


def test_leaving_empties_the_browser(statement, mailbox):
    client = come(ask(statement, mailbox))
    assert client.post(reverse("doors:leave")).headers["Clear-Site-Data"] == '"storage"'


class TestWhoIsAskedAndWhen:
    """The request, the reminder before the day, the one after; then the service calls."""

    @staticmethod
    def mails_of(mailbox, statement, *days):
        for month, day in days:
            ask_for_hours(statement.service, at=datetime(2026, month, day, 4, tzinfo=UTC))
        return [one["Subject"] for one in mailbox.messages]

    def test_nothing_is_asked_before_the_month_is_over(self, statement, mailbox):
        assert self.mails_of(mailbox, statement, (4, 30)) == []

    def test_it_is_asked_once_then_reminded_before_and_after_the_day(self, statement, mailbox):
        every_day = [(5, day) for day in range(1, 31)]
        assert self.mails_of(mailbox, statement, *every_day) == [
            "Vos heures d’avril 2026 à déclarer",
            "Vos heures d’avril 2026 à déclarer",
            "Vos heures d’avril 2026 sont en retard",
        ]
        verbs = Entry.objects.filter(verb__startswith="statement.").values_list("verb", flat=True)
        assert sorted(verbs) == ["statement.asked", "statement.reminded", "statement.reminded"]

    def test_a_statement_opened_late_is_asked_for_at_once(self, statement, mailbox):
        Statement.objects.update(due_on=date(2026, 6, 2))
        assert self.mails_of(mailbox, statement, (5, 20)) == ["Vos heures d’avril 2026 à déclarer"]

    def test_a_quarter_is_asked_for_once_it_is_over(self, statement, mailbox):
        Clause.objects.update(statement_every=3)
        Statement.objects.update(due_on=date(2026, 7, 12))
        assert self.mails_of(mailbox, statement, (6, 30)) == []
        assert len(self.mails_of(mailbox, statement, (7, 1))) == 1

    def test_days_without_the_machine_shift_what_follows(self, statement, mailbox):
        assert len(self.mails_of(mailbox, statement, (5, 16), (5, 17))) == 1
        assert len(self.mails_of(mailbox, statement, (5, 18))) == 2

    def test_what_was_sent_is_asked_for_no_more(self, statement, mailbox):
        come(ask(statement, mailbox)).post(HOME, typed(statement, "0"))
        before = len(mailbox.messages)
        assert len(self.mails_of(mailbox, statement, (5, 9), (5, 14))) == before

    def test_what_was_sent_back_is_not_said_to_be_late(self, statement, mailbox):
        Statement.objects.update(
            status="RETURNED", return_reason="Il manque une personne.", submitted_at=FIRST_OF_MAY
        )
        assert self.mails_of(mailbox, statement, (5, 9), (5, 17)) == []

    def test_several_months_of_one_account_leave_in_one_mail(self, statement, mailbox):
        company = actor_for(statement.declarant)
        StatementFactory(commitment=statement.commitment, month=date(2026, 3, 1), due_on=date(2026, 5, 12))
        ask_for_hours(statement.service, at=FIRST_OF_MAY)
        (message,) = mailbox.to(company.user.email)
        assert text_of(message).count("/declarer/") == 2
        assert links_in(text_of(message)) == []

    def test_a_firm_without_address_nor_account_is_left_to_the_service(self, statement, mailbox):
        statement.declarant.email = ""
        statement.declarant.save()
        assert self.mails_of(mailbox, statement, (5, 1)) == []
        statement.refresh_from_db()
        assert statement.asks == 0

    def test_a_firm_put_out_by_the_service_is_asked_nothing(self, statement, mailbox):
        Partnership.objects.update(ended_at=FIRST_OF_MAY)
        assert self.mails_of(mailbox, statement, (5, 1)) == []
