"""The certificate of hours of one person: for the service, the structure that follows, the employer."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import (
    AllocationFactory,
    LedgerEntryFactory,
    OrganisationFactory,
    ParticipantFactory,
    PartnershipFactory,
    PlacementFactory,
    StatementFactory,
    StatementLineFactory,
    SupportFactory,
    WorkedMonthFactory,
)
from tests.plugin.papers import text_of_pdf
from tests.reports.ledger import correct
from uneplace.kit.periods import period

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(service):
    """Somebody with a work contract at a company in spring, and one lent by a structure since May."""
    return ParticipantFactory(
        service=service, first_name="Dominique", last_name="Ancelin", born_on=date(1994, 4, 2)
    )


@pytest.fixture
def hired(person):
    company = OrganisationFactory(company=True, name="Bâti-Essai")
    placement = PlacementFactory(
        service=person.service,
        participant=person,
        employer=company,
        job="Aide-maçonne",
        period=period(date(2026, 2, 2), date(2026, 4, 30)),
    )
    for month, hours in ((2, "140"), (3, "151.67"), (4, "35")):
        counted(placement, date(2026, month, 1), hours)
    return placement


@pytest.fixture
def lent(person):
    employer = OrganisationFactory(employer=True, name="Intérim-Essai")
    placement = PlacementFactory(
        service=person.service,
        participant=person,
        employer=employer,
        job="Cariste",
        kind="CTT",
        modality="INTERIM",
        period=period(date(2026, 5, 4), None),
    )
    counted(placement, date(2026, 5, 1), "100")
    return placement


def counted(placement, month, hours):
    allocation = placement.allocations.first() or AllocationFactory(
        placement=placement,
        commitment__clause__lot__contract__service=placement.service,
    )
    statement = StatementFactory(
        commitment=allocation.commitment, declarant=placement.employer, month=month, validated=True
    )
    worked = WorkedMonthFactory(placement=placement, month=month, hours=Decimal(hours))
    line = StatementLineFactory(statement=statement, hours=Decimal(hours), worked_month=worked)
    return LedgerEntryFactory(line=line)


def words_of(response):
    assert response.status_code == 200
    assert response["Content-Type"] == "application/pdf"
    return text_of_pdf(response.content)


def pdf_of(person, query=""):
    return f"/personnes/{person.pk}/attestation.pdf{query}"


def test_it_tells_who_where_when_and_how_many_hours(signed_in, service, person, hired, lent):
    words = words_of(signed_in(service).get(pdf_of(person)))
    for said in (
        "Attestationd’heuresdetravail",
        "Personne:DominiqueAncelin",
        "Datedenaissance:2avril1994",
        "Bâti-Essai",
        "Aide-maçonne",
        "2février2026",
        "30avril2026",
        "326,67h",
        "Intérim-Essai",
        "sansfinprévue",
        "426,67h",
    ):
        assert said in words


def test_only_the_months_chosen_are_told(signed_in, service, person, hired, lent):
    words = words_of(signed_in(service).get(pdf_of(person, "?du=2026-03&au=2026-04")))
    assert "demars2026àavril2026" in words
    assert "186,67h" in words
    assert "Intérim-Essai" not in words


def test_hours_that_a_clause_does_not_count_are_hours_of_work_too(signed_in, service, person, hired):
    correct(hired.ledger_entries.get(month=date(2026, 3, 1)), "-51.67")
    assert "326,67h" in words_of(signed_in(service).get(pdf_of(person)))


def test_hours_still_to_control_are_not_told(signed_in, service, person, hired):
    statement = StatementFactory(
        commitment=hired.allocations.get().commitment, month=date(2026, 5, 1), submitted=True
    )
    StatementLineFactory(
        statement=statement,
        hours=Decimal("60"),
        worked_month=WorkedMonthFactory(placement=hired, month=date(2026, 5, 1), hours=Decimal("60")),
    )
    assert "326,67h" in words_of(signed_in(service).get(pdf_of(person)))


def test_no_ground_nor_the_word_of_the_clause_is_printed(signed_in, service, person, hired):
    words = words_of(signed_in(service).get(pdf_of(person))).lower()
    for word in ("rsa", "clause", "insertion", "éligib", "bénéficiaire"):
        assert word not in words.replace("serviced’essai", "")


def test_the_page_shows_what_the_paper_will_say(signed_in, service, person, hired, lent):
    page = signed_in(service).get(f"/personnes/{person.pk}/attestation/?du=2026-03&au=2026-05")
    text = page.content.decode().replace("\u00a0", " ")
    assert "de mars 2026 à mai 2026" in text
    assert "286,67 h" in text
    assert f"/personnes/{person.pk}/attestation.pdf?du=2026-03&amp;au=2026-05" in text


@pytest.mark.parametrize(
    "query, said",
    [
        pytest.param("?du=2026-04&au=2026-03", "ou un mois qui vient après", id="à l’envers"),
        pytest.param("?du=1999-01&au=2026-03", "Choisissez un mois de la liste", id="avant tout contrat"),
        pytest.param("?du=bientôt&au=2026-03", "Choisissez un mois de la liste", id="pas un mois"),
    ],
)
def test_a_span_that_is_none_is_told_on_the_page(signed_in, service, person, hired, query, said):
    client = signed_in(service)
    page = client.get(f"/personnes/{person.pk}/attestation/{query}")
    assert page.status_code == 422
    assert said in page.content.decode()
    answer = client.get(pdf_of(person, query))
    assert answer.status_code == 302
    assert answer.url.startswith(f"/personnes/{person.pk}/attestation/?")


def test_a_referrer_who_follows_the_person_has_every_contract(signed_in, person, hired, lent):
    referrer = SupportFactory(participant=person).organisation
    client = signed_in(referrer)
    words = words_of(client.get(pdf_of(person)))
    assert "Bâti-Essai" in words
    assert "Intérim-Essai" in words
    assert f"/personnes/{person.pk}/attestation/" in client.get(f"/personnes/{person.pk}/").content.decode()


def test_an_employer_that_follows_the_person_has_its_own_contracts(signed_in, person, hired, lent):
    SupportFactory(participant=person, organisation=lent.employer)
    words = words_of(signed_in(lent.employer).get(pdf_of(person)))
    assert "Intérim-Essai" in words
    assert "Bâti-Essai" not in words


def test_a_structure_that_does_not_follow_the_person_sees_nothing(signed_in, person, hired):
    other = PartnershipFactory(
        service=person.service, organisation=OrganisationFactory(referrer=True)
    ).organisation
    client = signed_in(other)
    assert client.get(pdf_of(person)).status_code == 404
    assert client.get(f"/personnes/{person.pk}/attestation/").status_code == 404


def test_a_company_has_the_hours_of_its_own_contract_alone_and_no_birth_date(signed_in, hired, lent):
    client = signed_in(hired.employer)
    words = words_of(client.get(f"/contrats-de-travail/{hired.pk}/attestation.pdf"))
    assert "326,67h" in words
    assert "Intérim-Essai" not in words
    assert "naissance" not in words
    assert "2avril1994" not in words
    assert client.get(pdf_of(hired.participant)).status_code == 403
    assert client.get(f"/contrats-de-travail/{lent.pk}/attestation.pdf").status_code == 404
    assert f"/contrats-de-travail/{hired.pk}/attestation.pdf" in client.get(hired.get_absolute_url()).text


def test_the_host_company_of_somebody_lent_does_not_certify(signed_in, lent):
    host = lent.allocations.get().commitment.company
    client = signed_in(host)
    assert client.get(lent.get_absolute_url()).status_code == 200
    assert client.get(f"/contrats-de-travail/{lent.pk}/attestation.pdf").status_code == 403
    assert "attestation.pdf" not in client.get(lent.get_absolute_url()).text


def test_somebody_anonymised_has_none(signed_in, service, person, hired):
    person.anonymised_at = "2026-06-01T00:00:00Z"
    person.save()
    client = signed_in(service)
    assert client.get(pdf_of(person)).status_code == 404
    assert client.get(f"/contrats-de-travail/{hired.pk}/attestation.pdf").status_code == 404
    assert "attestation" not in client.get(hired.get_absolute_url()).text


def test_somebody_without_contract_is_told_so(signed_in, service, person):
    client = signed_in(service)
    assert "Aucun contrat de travail" in client.get(f"/personnes/{person.pk}/attestation/").content.decode()
    assert "Aucuncontratdetravail" in words_of(client.get(pdf_of(person)))


def test_it_costs_as_many_queries_with_many_contracts(signed_in, service, person, hired):
    client = signed_in(service)

    def cost():
        with CaptureQueriesContext(connection) as queries:
            client.get(pdf_of(person))
        return len(queries)

    cost()
    few = cost()
    for _ in range(5):
        PlacementFactory(service=service, participant=person)
    assert cost() == few
