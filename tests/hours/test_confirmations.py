"""A month confirmed by the person or by the company where they work; a difference, until it is settled."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from tests.factories import (
    AllocationFactory,
    ConfirmationFactory,
    OrganisationFactory,
    PlacementFactory,
    StatementFactory,
    StatementLineFactory,
    WorkedMonthFactory,
    actor_for,
)
from tests.offers.test_races import at_once
from tests.plugin.mailbox import text_of
from uneplace.hours import actions as statements
from uneplace.hours import confirmations, month_links
from uneplace.hours.actions import Declared
from uneplace.hours.differences import settle_difference, write_message
from uneplace.hours.host_confirmations import (
    HostAnswer,
    confirm_as_host,
    lines_to_confirm,
    statements_to_confirm,
)
from uneplace.hours.models import Confirmation, ConfirmationMessage, MonthLink
from uneplace.journal.models import Entry
from uneplace.kit.refused import Refused
from uneplace.kit.scope import working_with
from uneplace.rights.erasing import anonymise

pytestmark = pytest.mark.django_db

APRIL = date(2026, 4, 1)
MAY = datetime(2026, 5, 6, 9, 0, tzinfo=UTC)
HOURS = Decimal("151.67")


@pytest.fixture
def line():
    """April of one person, declared by the company that employs them, and sent."""
    return StatementLineFactory()


@pytest.fixture
def placement(line):
    return line.worked_month.placement


@pytest.fixture
def facilitator(line):
    return actor_for(line.service)


@pytest.fixture
def company(placement):
    return actor_for(placement.declared_by)


def drawn(placement, by, at=MAY, month=APRIL):
    link, address = month_links.draw_month_link(placement, month, by=by, at=at)
    return link, address.rstrip("/").rpartition("/")[2]


@pytest.fixture
def link(placement, company):
    return drawn(placement, company)[0]


def answer(link, agrees=False, shown=HOURS, **more):
    return confirmations.confirm_month(link, agrees=agrees, shown=shown, at=MAY, **more)


class TestTheLink:
    def test_it_lets_in_once_for_two_hours(self, placement, company):
        _, token = drawn(placement, company)
        found = month_links.link_with(token)
        secret = month_links.open_month_link(found, at=MAY)
        session = month_links.link_of_session(secret)
        assert session.placement == placement
        assert month_links.is_live(session, at=MAY + timedelta(minutes=119))
        assert not month_links.is_live(session, at=MAY + timedelta(hours=2))
        with pytest.raises(Refused, match="Un code ne sert qu’une fois"):
            month_links.open_month_link(month_links.link_with(token), at=MAY)
        assert token not in str(list(MonthLink.objects.values()))

    def test_a_session_left_is_over(self, placement, company):
        _, token = drawn(placement, company)
        secret = month_links.open_month_link(month_links.link_with(token), at=MAY)
        month_links.leave(month_links.link_of_session(secret), at=MAY)
        assert not month_links.is_live(month_links.link_of_session(secret), at=MAY)

    def test_it_is_too_late_after_fourteen_days(self, placement, company):
        link, _ = drawn(placement, company)
        assert not month_links.why_not_open(link, at=MAY + timedelta(days=14))
        (reason,) = month_links.why_not_open(link, at=MAY + timedelta(days=15))
        assert "20 mai 2026" in reason

    def test_a_token_that_was_never_drawn_opens_nothing(self):
        assert month_links.link_with("jamais") is None
        assert month_links.link_of_session("") is None

    def test_it_goes_by_mail_to_the_address_of_the_file_alone(
        self, placement, facilitator, mailbox, run_jobs
    ):
        assert not month_links.send_month_link(placement, APRIL, by=facilitator, at=MAY)
        placement.participant.email = "nadia@courriel.example"
        placement.participant.save()
        assert month_links.send_month_link(placement, APRIL, by=facilitator, at=MAY)
        assert not month_links.send_month_link(placement, APRIL, by=facilitator, at=MAY)
        run_jobs()
        (mail,) = mailbox.to("nadia@courriel.example")
        assert "/mois/" in text_of(mail)
        assert "151,67" not in text_of(mail)
        link = MonthLink.objects.get()
        assert not month_links.renew_month_link(link, at=MAY)
        assert month_links.renew_month_link(link, at=MAY + timedelta(days=20))
        assert not month_links.renew_month_link(link, at=MAY + timedelta(days=61))

    def test_links_are_forgotten_a_year_after_their_end(self, link):
        assert month_links.forget_month_links(before=MAY) == 0
        assert month_links.forget_month_links(before=MAY + timedelta(days=15)) == 1


class TestThePerson:
    def test_agreeing_keeps_what_was_read(self, link, placement):
        said = answer(link, agrees=True)
        assert (said.declared, said.said, said.is_open) == (HOURS, HOURS, False)
        entry = Entry.objects.get(verb="confirmation.agreed")
        assert (entry.user_name, entry.organisation_name) == ("la personne, sans compte", "")
        assert placement.participant.last_name not in f"{entry.about_label}{entry.details}"
        with pytest.raises(Refused, match="déjà répondu"):
            answer(link)

    def test_another_figure_opens_a_difference_and_tells_the_service_and_the_declarant(
        self, link, company, facilitator, mailbox, run_jobs
    ):
        said = answer(link, hours=Decimal("140"), words="Il manque un samedi.")
        assert (said.gap, said.is_open) == (Decimal("-11.67"), True)
        run_jobs()
        for who in (company, facilitator):
            (mail,) = mailbox.to(who.user.email)
            assert said.get_absolute_url() in text_of(mail)
            assert "samedi" not in text_of(mail)
            assert link.placement.participant.last_name not in text_of(mail)

    def test_words_alone_are_enough_and_nothing_at_all_is_not(self, link):
        with pytest.raises(Refused, match="Écrivez vos heures, ou ce qui ne va pas"):
            answer(link, words=" ")
        assert answer(link, words="Je ne travaille plus là.").said is None

    @pytest.mark.parametrize(
        "hours, reason",
        [
            pytest.param(HOURS, "Ce sont les heures déclarées", id="les mêmes"),
            pytest.param(Decimal("745"), "Un mois n’a que 744 heures", id="plus qu’un mois"),
        ],
    )
    def test_hours_that_make_no_sense_are_refused(self, link, hours, reason):
        with pytest.raises(Refused, match=reason):
            answer(link, hours=hours)

    def test_hours_that_changed_since_they_were_read_are_read_again(self, link):
        with pytest.raises(Refused, match="viennent de changer"):
            answer(link, agrees=True, shown=Decimal("150"))

    @pytest.mark.parametrize("state", ["EXPECTED", "DRAFT", "RETURNED"])
    def test_nothing_is_asked_before_the_hours_are_sent(self, state):
        statement = StatementFactory(**({"returned": True} if state == "RETURNED" else {"status": state}))
        line = StatementLineFactory(statement=statement)
        link, _ = drawn(line.worked_month.placement, actor_for(statement.declarant))
        with pytest.raises(Refused, match="pas encore déclarées"):
            answer(link, agrees=True)

    def test_the_month_is_the_sum_of_all_commitments(self, line, placement, company):
        other = StatementFactory(
            commitment__clause__lot__contract__service=line.service, submitted=True, month=APRIL
        )
        StatementLineFactory(statement=other, worked_month=line.worked_month, hours=Decimal("0"))
        assert confirmations.month_told(placement, APRIL).hours == HOURS
        assert confirmations.people_to_ask(other) == [placement]

    def test_once_the_hours_are_corrected_the_person_may_answer_again(self, link, line, company, facilitator):
        answer(link, agrees=True)
        statements.return_statement(line.statement, reason="Deux jours de trop.", by=facilitator, at=MAY)
        entry = Declared(line.worked_month.placement, Decimal("140"))
        line.statement.refresh_from_db()
        statements.submit_statement(
            line.statement, [entry], version=line.statement.version, comment="", by=company, at=MAY
        )
        said = answer(link, agrees=True, shown=Decimal("140"))
        assert said.declared == Decimal("140")

    def test_the_database_holds_one_open_difference_a_month(self, placement):
        ConfirmationFactory(placement=placement)
        with pytest.raises(IntegrityError, match="one_open_difference"), transaction.atomic():
            ConfirmationFactory(placement=placement)

    def test_the_database_refuses_to_agree_with_other_hours(self, placement):
        with pytest.raises(IntegrityError, match="agrees_with_what_it_says"), transaction.atomic():
            ConfirmationFactory(placement=placement, agrees=True)


@pytest.mark.django_db(transaction=True)
def test_two_answers_at_once_one_is_kept():
    line = StatementLineFactory()
    placement, company = line.worked_month.placement, actor_for(line.worked_month.placement.declared_by)
    links = [drawn(placement, company)[0] for _ in range(2)]

    def act(link, agrees, hours):
        def run():
            with working_with([line.service_id]):
                answer(link, agrees=agrees, hours=hours)

        return run

    refused = at_once(act(links[0], True, None), act(links[1], False, Decimal("140")))
    assert len(refused) == 1
    assert Confirmation.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_phones_open_one_code_and_one_gets_in():
    placement = StatementLineFactory().worked_month.placement
    _, token = drawn(placement, actor_for(placement.declared_by))
    link = month_links.link_with(token)
    refused = at_once(*[lambda: month_links.open_month_link(link, at=MAY)] * 2)
    assert len(refused) == 1


class TestTheDifference:
    @pytest.fixture
    def difference(self, link):
        return answer(link, hours=Decimal("140"), words="Il manque un samedi.")

    def test_each_side_writes_and_the_others_are_told(
        self, difference, company, facilitator, mailbox, run_jobs
    ):
        run_jobs()
        before = len(mailbox.to(company.user.email))
        write_message(difference, words="Les feuilles disent 140.", by=facilitator, at=MAY)
        run_jobs()
        told = mailbox.to(company.user.email)[before:]
        assert len(told) == 1
        assert "Les feuilles" not in text_of(told[0])
        assert ConfirmationMessage.objects.get().organisation == facilitator.organisation

    def test_the_declarant_corrects_then_the_service_settles(self, difference, line, company, facilitator):
        statements.return_statement(line.statement, reason="Voir l’écart.", by=facilitator, at=MAY)
        settle = {"reason": "Un samedi retiré.", "by": facilitator, "at": MAY}
        with pytest.raises(Refused, match="en cours de correction"):
            settle_difference(difference, shown=HOURS, **settle)
        line.statement.refresh_from_db()
        entry = Declared(line.worked_month.placement, Decimal("140"))
        statements.submit_statement(
            line.statement, [entry], version=line.statement.version, comment="", by=company, at=MAY
        )
        with pytest.raises(Refused, match="maintenant 140"):
            settle_difference(difference, shown=HOURS, **settle)
        settle_difference(difference, shown=Decimal("140"), **settle)
        difference.refresh_from_db()
        assert (difference.kept, difference.is_open) == (Decimal("140"), False)
        entry = Entry.objects.get(verb="confirmation.settled")
        assert "samedi" not in f"{entry.reason}{entry.details}"
        with pytest.raises(Refused, match="déjà réglé"):
            settle_difference(difference, shown=Decimal("140"), **settle)
        with pytest.raises(Refused, match="déjà réglé"):
            write_message(difference, words="Encore un mot.", by=company, at=MAY)

    def test_the_person_who_wished_for_mails_learns_what_was_kept(
        self, difference, facilitator, mailbox, run_jobs
    ):
        person = difference.placement.participant
        person.email, person.told_by_email = "nadia@courriel.example", True
        person.save()
        settle_difference(difference, shown=HOURS, reason="Vérifié.", by=facilitator, at=MAY)
        run_jobs()
        (mail,) = mailbox.to("nadia@courriel.example")
        assert "Heures gardées" in text_of(mail)

    def test_a_statement_says_how_many_are_open(self, difference, line, facilitator):
        elsewhere = StatementLineFactory().statement
        assert confirmations.open_differences_of([line.statement, elsewhere]) == {line.statement_id: 1}
        settle_difference(difference, shown=HOURS, reason="Vérifié.", by=facilitator, at=MAY)
        assert confirmations.open_differences_of([line.statement]) == {}

    def test_nothing_is_settled_without_a_reason(self, difference, facilitator):
        with pytest.raises(Refused, match="comment l’écart est réglé"):
            settle_difference(difference, shown=HOURS, reason=" ", by=facilitator, at=MAY)


class TestTheHost:
    @pytest.fixture
    def lent(self):
        """April of somebody whom a lender declares, on a company's commitment."""
        lender = OrganisationFactory(employer=True)
        statement = StatementFactory(declarant=lender, submitted=True)
        placement = PlacementFactory(service=statement.service, employer=lender)
        AllocationFactory(commitment=statement.commitment, placement=placement)
        month = WorkedMonthFactory(placement=placement, month=APRIL)
        return StatementLineFactory(statement=statement, worked_month=month)

    @pytest.fixture
    def host(self, lent):
        return actor_for(lent.statement.commitment.company)

    def say(self, lent, host, hours=HOURS, shown=HOURS, words=""):
        return confirm_as_host(lent.statement, [HostAnswer(lent, shown, hours, words)], by=host, at=MAY)

    def test_the_company_confirms_the_month_of_lent_people(self, lent, host):
        assert list(statements_to_confirm(host.organisation)) == [lent.statement]
        (said,) = self.say(lent, host)
        assert (said.agrees, said.organisation, said.answered_by) == (True, host.organisation, host.user)
        assert not statements_to_confirm(host.organisation).exists()
        with pytest.raises(Refused, match="viennent de changer"):
            self.say(lent, host)

    def test_another_figure_opens_a_difference(self, lent, host):
        (said,) = self.say(lent, host, hours=Decimal("144"), words="Une journée de pluie.")
        assert (said.is_open, said.gap) == (True, Decimal("-7.67"))
        assert confirmations.open_differences_of([lent.statement]) == {lent.statement_id: 1}

    def test_what_a_company_declares_itself_is_not_asked_of_it(self, line, company):
        assert lines_to_confirm(line.statement) == []
        assert not statements_to_confirm(company.organisation).exists()

    def test_the_company_reads_neither_the_answer_of_the_person_nor_their_words(self, lent, host):
        theirs = ConfirmationFactory(placement=lent.worked_month.placement)
        (mine,) = self.say(lent, host)
        assert list(Confirmation.objects.visible_to(host)) == [mine]
        lender = actor_for(lent.statement.declarant)
        assert set(Confirmation.objects.visible_to(lender)) == {mine, theirs}

    def test_hours_that_were_corrected_are_asked_about_again(self, lent, host):
        self.say(lent, host)
        lent.hours = Decimal("140")
        lent.save()
        assert lines_to_confirm(lent.statement) == [lent]
        assert list(statements_to_confirm(host.organisation)) == [lent.statement]

    def test_an_open_difference_waits_for_the_service_and_not_for_the_company(self, lent, host):
        self.say(lent, host, hours=Decimal("144"))
        lent.hours = Decimal("144")
        lent.save()
        assert not statements_to_confirm(host.organisation).exists()

    def test_differences_said_in_one_go_are_told_in_one_mail(self, lent, host, mailbox, run_jobs):
        second = PlacementFactory(service=lent.service, employer=lent.statement.declarant)
        AllocationFactory(commitment=lent.statement.commitment, placement=second)
        other = StatementLineFactory(
            statement=lent.statement, worked_month=WorkedMonthFactory(placement=second, month=APRIL)
        )
        service = actor_for(lent.service).user.email
        answers = [HostAnswer(line, HOURS, Decimal("144")) for line in (lent, other)]
        made = confirm_as_host(lent.statement, answers, by=host, at=MAY)
        run_jobs()
        (mail,) = mailbox.to(service)
        assert all(one.get_absolute_url() in text_of(mail) for one in made)


def test_what_the_person_said_goes_with_their_data_and_the_figures_stay(link, facilitator):
    said = answer(link, hours=Decimal("140"), words="Il manque un samedi.")
    write_message(said, words="Ses feuilles disent 140.", by=facilitator, at=MAY)
    anonymise(link.placement.participant, by=facilitator, at=MAY)
    said.refresh_from_db()
    assert (said.words, said.said, said.declared) == ("", Decimal("140"), HOURS)
    assert not ConfirmationMessage.objects.exists()
    assert not MonthLink.objects.exists()
