"""Award data become contracts of a service: created, followed, never twice, never over what was typed."""

import json
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import NOON, ContractFactory, LotFactory, OrganisationFactory, actor_for
from uneplace.contracts.actions import add_lot
from uneplace.contracts.decp import read
from uneplace.contracts.decp.load import import_contracts
from uneplace.contracts.models import Amendment, AwardMember, Contract, MemberRole
from uneplace.journal.models import Entry
from uneplace.organisations.models import Capacity, Organisation

from .samples import ALL, AWS, BUYER, COMPANY, FLAT, OFFICIAL, PARTNER, PES, record_1x, record_2x

SUBCONTRACTOR = "82325755500016"


@pytest.fixture
def facilitator(db):
    return actor_for(OrganisationFactory(service=True, name="Clauses du bocage"))


@pytest.fixture
def load(facilitator):
    """Import invented records, sample files or a reading, in the facilitator's service."""

    def importing(*sources):
        if isinstance(sources[0], dict):
            sources = [json.dumps({"marches": list(sources)}).encode()]
        return import_contracts(read(*sources), service=facilitator.organisation, by=facilitator, at=NOON)

    return importing


def counts(result):
    return result.read, result.created, result.updated, result.unchanged, result.rejected


def everything():
    """Every row that an import may write."""
    return {
        model: list(model.objects.order_by("pk").values())
        for model in (Organisation, Contract, Amendment, AwardMember, Entry)
    }


def members_of(contract):
    members = AwardMember.objects.filter(award__lot__contract=contract)
    return {member.company.siret or member.company.raw_identifier: member.role for member in members}


def test_a_contract_is_created_with_its_lot_award_and_companies(load, facilitator):
    result = load(record_2x(titulaires=[{"titulaire": {"id": COMPANY}}, {"titulaire": {"id": PARTNER}}]))
    assert counts(result) == (1, 1, 0, 0, 0)
    contract = Contract.objects.get()
    assert (contract.service, contract.source) == (facilitator.organisation, Contract.Source.AWARD_DATA)
    assert (contract.buyer.siret, contract.official_id) == (BUYER, "2026-12")
    assert (contract.object, contract.cpv) == ("Entretien des mares", "77310000-6")
    assert (contract.amount, contract.duration_months) == (Decimal("90000.00"), 24)
    assert (contract.notified_on, contract.published_on) == (date(2026, 3, 4), date(2026, 3, 10))
    assert contract.social_considerations == ["Clause sociale"]
    assert contract.created_at == NOON
    lot = contract.lots.get()
    assert (str(lot), lot.amount, lot.service) == ("Lot unique", contract.amount, facilitator.organisation)
    assert lot.award.group_type == "Pas de groupement"
    assert members_of(contract) == {COMPANY: MemberRole.MANDATAIRE, PARTNER: MemberRole.MANDATAIRE}


def test_a_commune_given_by_its_code_alone_is_named(load):
    load(record_2x())
    assert Contract.objects.get().place_name == "Caen"


@pytest.mark.parametrize(
    ("group", "holders", "role"),
    [
        (None, [COMPANY], MemberRole.MANDATAIRE),
        (None, [COMPANY, PARTNER], MemberRole.COTRAITANT),
        ("Solidaire", [COMPANY, PARTNER], MemberRole.COTRAITANT),
        ("Pas de groupement", [COMPANY, PARTNER], MemberRole.MANDATAIRE),
    ],
)
def test_nobody_is_said_to_lead_a_group(load, group, holders, role):
    load(record_1x(typeGroupementOperateurs=group, titulaires=[{"id": holder} for holder in holders]))
    assert members_of(Contract.objects.get()) == dict.fromkeys(holders, role)


def test_subcontractors_and_later_holders_are_members(load):
    load(
        record_2x(
            actesSousTraitance=[{"acteSousTraitance": {"id": 1, "sousTraitant": {"id": SUBCONTRACTOR}}}],
            modifications=[{"modification": {"id": 1, "titulaires": [{"titulaire": {"id": PARTNER}}]}}],
        )
    )
    assert members_of(Contract.objects.get()) == {
        COMPANY: MemberRole.MANDATAIRE,
        PARTNER: MemberRole.MANDATAIRE,
        SUBCONTRACTOR: MemberRole.SOUS_TRAITANT,
    }
    assert Amendment.objects.get().holders == [PARTNER]


def test_organisations_are_one_by_identifier(load):
    load(record_1x(), record_1x(id="2", montant=70000, titulaires=[{"id": BUYER}, {"id": "775 709 710"}]))
    assert Organisation.objects.get(siret=COMPANY).name == "Les Haies Vives"
    both = Organisation.objects.get(siret=BUYER)
    assert (both.name, both.capacities) == ("Ville de Sainte-Place", [Capacity.BUYER, Capacity.COMPANY])
    raw = Organisation.objects.get(raw_identifier="775709710")
    assert (raw.siret, str(raw)) == (None, "775709710")
    load(
        record_1x(id="3", montant=80000, titulaires=[{"id": "775709710", "denominationSociale": "Mutuelle"}])
    )
    raw.refresh_from_db()
    assert raw.name == "Mutuelle"


def test_a_known_organisation_keeps_its_name_and_gains_a_capacity(load):
    known = OrganisationFactory(
        siret=COMPANY, name="Haies vives SCOP", capacities=[Capacity.INSERTION_EMPLOYER]
    )
    load(record_1x())
    known.refresh_from_db()
    assert known.name == "Haies vives SCOP"
    assert known.capacities == [Capacity.COMPANY, Capacity.INSERTION_EMPLOYER]


def test_an_organisation_without_name_shows_its_siret(load):
    load(record_2x())
    assert str(Contract.objects.get().buyer) == "SIRET 221 401 185 00014"


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.name)
def test_every_sample_is_imported_and_again_changes_nothing(load, path):
    first = load(path)
    assert (first.created, first.rejected) == (first.read, 0)
    before = everything()
    again = load(path)
    assert counts(again) == (first.read, 0, 0, first.read, 0)
    assert again.findings == first.findings
    assert everything() == before


def test_all_the_samples_one_after_the_other_then_together(load):
    for path in ALL:
        load(path)
    before = everything()
    for path in reversed(ALL):
        result = load(path)
        assert (result.created, result.updated, result.rejected) == (0, 0, 0)
    together = load(*ALL)
    assert (together.read, together.unchanged) == (Contract.objects.count(), Contract.objects.count())
    assert everything() == before


def test_the_number_of_queries_does_not_follow_the_number_of_contracts(load):
    with CaptureQueriesContext(connection) as few:
        load(FLAT)
    with CaptureQueriesContext(connection) as many:
        load(PES)
    assert len(Contract.objects.all()) == 259
    assert len(many) <= len(few) + 4  # the amendments, which the flat file has none of


def test_a_modification_becomes_an_amendment(load):
    load(record_1x())
    change = {
        "objetModification": "Une haie de plus",
        "dateNotificationModification": "2019-05-01",
        "datePublicationDonneesModification": "2019-05-10",
        "montant": 52000,
        "dureeMois": 14,
    }
    assert counts(load(record_1x(modifications=[change]))) == (1, 0, 1, 0, 0)
    contract = Contract.objects.get()
    amendment = contract.amendments.get()
    assert (amendment.number, amendment.object) == (1, "Une haie de plus")
    assert (amendment.amount, amendment.duration_months) == (Decimal("52000.00"), 14)
    assert (amendment.notified_on, amendment.published_on) == (date(2019, 5, 1), date(2019, 5, 10))
    assert contract.amount == Decimal("45000.00")  # what was signed at first stays

    second = change | {"dateNotificationModification": "2019-08-01", "montant": 58000}
    assert load(record_1x(modifications=[change, second])).updated == 1
    assert [amendment.number for amendment in contract.amendments.all()] == [1, 2]


def test_a_corrected_publication_updates_the_contract_and_its_lot(load):
    load(record_1x())
    result = load(record_1x(montant=47000, objet="Entretien des haies et talus"))
    assert counts(result) == (1, 0, 1, 0, 0)
    contract = Contract.objects.get()
    assert (contract.amount, contract.object) == (Decimal("47000.00"), "Entretien des haies et talus")
    assert contract.lots.get().amount == Decimal("47000.00")


def test_a_corrected_identifier_replaces_the_company(load):
    load(record_1x(titulaires=[{"typeIdentifiant": "SIRET", "id": "73282932000075"}]))
    load(record_1x(datePublicationDonnees="2019-04-01"))
    assert members_of(Contract.objects.get()) == {COMPANY: MemberRole.MANDATAIRE}


def test_an_older_publication_never_takes_over(load):
    load(record_1x(datePublicationDonnees="2019-06-01", montant=47000, codeCPV=None))
    result = load(record_1x(montant=45000))
    contract = Contract.objects.get()
    assert (contract.amount, contract.published_on) == (Decimal("47000.00"), date(2019, 6, 1))
    assert contract.cpv == "77310000-6"  # a blank is filled
    assert result.updated == 1


def test_what_a_publication_leaves_out_is_not_erased(load):
    load(record_1x())
    assert load(record_1x(codeCPV=None, titulaires=None, datePublicationDonnees="2019-04-01")).updated == 1
    contract = Contract.objects.get()
    assert contract.cpv == "77310000-6"
    assert members_of(contract) == {COMPANY: MemberRole.MANDATAIRE}


def test_lots_that_the_service_added_stay(load, facilitator):
    load(record_1x())
    contract = Contract.objects.get()
    add_lot(contract, number=2, title="Talus", amount=Decimal("9000"), by=facilitator, at=NOON)
    load(record_1x(montant=47000))
    assert [(lot.number, lot.amount) for lot in contract.lots.order_by("number")] == [(1, 45000), (2, 9000)]


def test_what_was_typed_by_hand_is_never_overwritten(load, facilitator):
    buyer = OrganisationFactory(siret=BUYER, name="La ville")
    typed = LotFactory(
        contract=ContractFactory(
            service=facilitator.organisation,
            buyer=buyer,
            official_id="2019000100",
            object="Haies",
            amount=Decimal("44000"),
            duration_months=None,
            notified_on=date(2019, 3, 4),
        ),
        amount=Decimal("44000"),
    ).contract
    result = load(record_1x())
    assert counts(result) == (1, 0, 1, 0, 0)
    typed.refresh_from_db()
    assert (typed.object, typed.amount, typed.source) == ("Haies", Decimal("44000.00"), Contract.Source.TYPED)
    assert (typed.duration_months, typed.cpv, typed.procedure) == (12, "77310000-6", "Procédure adaptée")
    assert typed.lots.get().amount == Decimal("44000.00")
    assert members_of(typed) == {COMPANY: MemberRole.MANDATAIRE}
    (finding,) = result.findings
    assert finding.record == f"{BUYER}/2019000100"
    assert "(objet, montant hors taxes)" in finding.message
    again = load(record_1x(montant=99000))
    assert counts(again) == (1, 0, 0, 1, 0)


def test_a_contract_alike_already_here_is_told_not_merged(load):
    load(record_1x())
    result = load(record_1x(id="2019000101"))
    assert (result.created, Contract.objects.count()) == (1, 2)
    (finding,) = result.findings
    assert (finding.record, finding.level) == (f"{BUYER}/2019000101", "warning")
    assert "le marché 2019000100" in finding.message


def test_another_service_has_its_own_contracts(load, db):
    load(record_1x())
    other = actor_for(OrganisationFactory(service=True))
    reading = read(json.dumps([record_1x()]).encode())
    result = import_contracts(reading, service=other.organisation, by=other, at=NOON)
    assert result.created == 1
    assert {contract.service for contract in Contract.objects.all()} >= {other.organisation}
    assert Organisation.objects.filter(siret=BUYER).count() == 1


def test_the_journal_tells_of_the_import(load, facilitator):
    load(record_1x(), record_1x(id="2", montant=70000), record_1x(objet=None, id="3"))
    entry = Entry.objects.get(verb="award_data.imported")
    assert (entry.at, entry.user_id) == (NOON, facilitator.user.pk)
    assert entry.organisation_id == facilitator.organisation.pk
    assert entry.details == {
        "read": 3,
        "created": 2,
        "updated": 0,
        "unchanged": 0,
        "rejected": 1,
        "findings": 1,
    }
    told = Entry.objects.filter(verb="contract.imported", service_id=facilitator.organisation.pk)
    assert set(told.values_list("about_id", flat=True)) == set(Contract.objects.values_list("pk", flat=True))
    load(record_1x(montant=46000))
    assert Entry.objects.get(verb="contract.followed_award_data").about_label == "Entretien des haies"


def test_the_real_records_are_told_with_their_findings(load):
    result = load(AWS)
    assert (result.read, result.created, len(result.findings)) == (523, 523, 184)
    assert Amendment.objects.count() == 85  # 88 of the file, 3 of them repeated word for word
    assert Organisation.objects.filter(siret=None).count() == 8


def test_the_official_examples_together(load):
    examples = [path for path in ALL if path.parent == OFFICIAL]
    result = load(*examples)
    assert (result.read, result.created, result.rejected) == (11, 11, 0)
