"""Liability kept: what is missing is read on what each company owes, whoever does the hours."""

from datetime import timedelta
from decimal import Decimal

import pytest

from tests.factories import (
    ClauseFactory,
    LedgerEntryFactory,
    MembershipFactory,
    StatementFactory,
    SubcontractingFactory,
    TransferFactory,
    actor_for,
    group_of_companies,
)
from tests.plugin.mailbox import text_of
from tests.plugin.papers import text_of_pdf
from uneplace.contracts.models import Invoice, Transfer
from uneplace.hours.group import group_of
from uneplace.hours.subcontractors import validate_subcontractor
from uneplace.rules.french import day
from uneplace.settlement import perms
from uneplace.settlement.actions import open_case, why_not_open_case
from uneplace.settlement.changing import change_duty, record_entry
from uneplace.settlement.exposure import exposure_now
from uneplace.settlement.models import Notice, PenaltyCase
from uneplace.settlement.notices import prepare_account, write_to_company

from .conftest import AT, TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def group():
    """200 h owed by two companies; the first has 80 of its 100 hours done by the second."""
    group = group_of_companies("Tournebise", "Brindacier", hours="200.00")
    TransferFactory(owner=group[0], partner=group[1], hours=Decimal(80), validated=True)
    return group


def count(commitment, hours):
    statement = StatementFactory(commitment=commitment, validated=True)
    LedgerEntryFactory(line__statement=statement, line__hours=Decimal(hours))


def test_a_partner_that_falls_short_leaves_the_gap_with_who_owes(group):
    owner, partner = group
    count(owner, 20)
    count(partner, 130)
    assert exposure_now(owner, on=TODAY).missing_hours == Decimal(50)
    assert exposure_now(owner, on=TODAY).total == Decimal(2500)
    assert exposure_now(partner, on=TODAY).missing_hours == 0
    case = open_case(owner, by=actor_for(owner.service), at=AT)
    assert case.missing_hours == Decimal(50)
    assert why_not_open_case(partner, on=TODAY) == ["Il ne manque aucune heure."]


def test_hours_done_by_a_partner_count_for_who_owes_them(group):
    owner, partner = group
    count(owner, 20)
    count(partner, 180)
    assert why_not_open_case(owner, on=TODAY) == ["Il ne manque aucune heure."]


def reduced(clause, hours):
    clause.refresh_from_db()
    change_duty(
        clause,
        kind="REDUCTION",
        on=TODAY,
        until=None,
        act="Avenant n° 2",
        inputs={"hours": hours},
        revision=clause.revision,
        by=actor_for(clause.service),
        at=AT,
    )


def test_a_fall_keeps_what_partners_have_done_and_brings_the_rest_back(group):
    owner, partner = group
    count(partner, 130)
    reduced(owner.clause, "100")
    owner.refresh_from_db()
    partner.refresh_from_db()
    assert (owner.hours_due, partner.hours_due) == (Decimal(30), Decimal(100))
    back = Transfer.objects.get(way="BACK")
    assert (back.hours, back.status) == (Decimal(50), "VALIDATED")
    assert "Avenant n° 2" in back.act
    standing = group_of(owner.clause).of(owner.pk).standing
    assert (standing.given, standing.to_do, standing.missing) == (Decimal(30), 0, 0)


def test_hours_taken_back_are_told_to_both_companies_and_the_mandataire(mailbox):
    lead, owner, partner = group_of_companies("Tournebise", "Brindacier", "Façades Alba", hours="300.00")
    TransferFactory(owner=owner, partner=partner, hours=Decimal(80), validated=True)
    for name, one in (("mandataire", lead), ("cotraitante", owner), ("partenaire", partner)):
        MembershipFactory(organisation=one.company, user__email=f"{name}@groupement.example")
    reduced(owner.clause, "150")
    back = Transfer.objects.get(way="BACK")
    for name in ("mandataire", "cotraitante", "partenaire"):
        told = [text_of(mail) for mail in mailbox.to(f"{name}@groupement.example")]
        (words,) = [text for text in told if back.get_absolute_url() in text]
        assert "30\u00a0h qu’elle avait confiées à Façades Alba sont reprises." in words
        assert "Avenant n° 2" in words


def test_hours_taken_back_by_a_credit_note_name_it_and_no_older_act():
    inputs = {"slice": "100000", "hours_per_slice": "35", "threshold": "0", "whole_slices": False}
    clause = ClauseFactory(method="INVOICED", inputs=inputs, hours_due=0, foreseeable=0)
    owner, partner = group_of_companies("Tournebise", "Brindacier", clause=clause)
    by = actor_for(clause.service)

    def invoice(amount, reference):
        amount = Decimal(amount)
        record_entry(clause, model=Invoice, on=TODAY, amount=amount, reference=reference, by=by, at=AT)

    invoice(600000, "F-11")
    TransferFactory(owner=owner, partner=partner, hours=Decimal(80), validated=True)
    invoice(-400000, "F-12")
    back = Transfer.objects.get(way="BACK")
    assert (back.hours, back.act) == (Decimal(45), f"Avoir F-12, du {day(TODAY)}")


def test_a_fall_that_leaves_room_for_the_transfers_touches_none(group):
    owner, _ = group
    reduced(owner.clause, "180")
    owner.refresh_from_db()
    assert owner.hours_due == Decimal(90)
    assert Transfer.objects.count() == 1


def test_the_mandataire_is_told_of_a_gap_of_another_and_reads_the_case(group, mailbox):
    lead, other = group
    for name, one in (("mandataire", lead), ("cotraitante", other)):
        MembershipFactory(organisation=one.company, user__email=f"{name}@groupement.example")
    case = open_case(other, by=actor_for(other.service), at=AT)
    for address in ("mandataire@groupement.example", "cotraitante@groupement.example"):
        (mail,) = mailbox.to(address)
        assert case.get_absolute_url() in text_of(mail)
    assert PenaltyCase.objects.visible_to(actor_for(lead.company)).get() == case
    own = open_case(lead, by=actor_for(lead.service), at=AT)
    assert own not in PenaltyCase.objects.visible_to(actor_for(other.company))


def test_the_mandataire_reads_the_case_of_another_and_does_not_speak_for_it(group, client):
    lead, other = group
    case = open_case(other, by=actor_for(other.service), at=AT)
    by = actor_for(lead.company)
    assert not perms.can_record_exchange(by, case)
    assert perms.can_record_exchange(actor_for(other.company), case)
    client.force_login(by.user)
    assert client.get(case.get_absolute_url()).status_code == 200


def test_a_subcontractor_that_owes_nothing_is_not_told_of_new_hours(group, mailbox):
    lead, _ = group
    declared = SubcontractingFactory(principal=lead)
    validate_subcontractor(declared, by=actor_for(lead.service), at=AT)
    MembershipFactory(organisation=declared.company, user__email="perlin@groupement.example")
    MembershipFactory(organisation=lead.company, user__email="mandataire@groupement.example")
    reduced(lead.clause, "190")
    assert mailbox.to("mandataire@groupement.example")
    assert not mailbox.to("perlin@groupement.example")


@pytest.fixture
def written(group):
    """What the service wrote about the 50 hours that the first company misses, 80 of them done for it."""
    owner, partner = group
    count(owner, 20)
    count(partner, 130)
    service = actor_for(owner.service)
    case = open_case(owner, by=service, at=AT)
    before = TODAY + timedelta(days=14)
    letter = write_to_company(case, text="Il manque 50 h.", answer_before=before, by=service, at=AT)
    return letter, prepare_account(case, by=service, at=AT)


def test_the_account_says_which_hours_partners_did(written, client):
    _, account = written
    client.force_login(actor_for(account.copy_to).user)
    words = text_of_pdf(client.get(account.get_absolute_url()).content)
    assert "Cesmoissontceuxdel’entrepriseseule,20hentout." in words
    assert "50hcomptentpourcequ’elledoit." in words


def test_the_mandataire_reads_the_letter_to_another_and_never_the_account(group, client):
    lead, other = group
    service = actor_for(other.service)
    case = open_case(other, by=service, at=AT)
    before = TODAY + timedelta(days=14)
    letter = write_to_company(case, text="Il manque 100 h.", answer_before=before, by=service, at=AT)
    prepare_account(case, by=service, at=AT)
    by = actor_for(lead.company)
    assert list(Notice.objects.visible_to(by)) == [letter]
    client.force_login(by.user)
    assert client.get(letter.get_absolute_url()).status_code == 200
