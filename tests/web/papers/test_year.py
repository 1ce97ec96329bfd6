"""The certificates of everybody of a year, in one archive sent while it is made."""

import io
import zipfile
from datetime import date

import pytest

from tests.factories import OrganisationFactory
from tests.plugin.papers import text_of_pdf
from tests.reports.ledger import commitment_of, count, person, work
from tests.words import says
from uneplace.journal.models import Entry
from uneplace.organisations.models import Role

pytestmark = pytest.mark.django_db

URL = "/personnes/attestations/"


@pytest.fixture
def workers(service):
    """Two people with hours in 2019, one of whom in 2018 too, and one anonymised since."""
    commitment = commitment_of(service)
    people = [
        person(service, last_name="Zaïdi", first_name="Ève"),
        person(service, last_name="Ancelin", first_name="Dominique"),
        person(service, last_name="Oubli", anonymised_at="2024-01-01T00:00:00Z"),
    ]
    placements = [work(commitment, one, first_day=date(2018, 1, 1)) for one in people]
    for one, placement in zip(people, placements, strict=True):
        count(commitment, one, placement, date(2019, 3, 1), 100)
    count(commitment, people[0], placements[0], date(2018, 3, 1), 11)
    return people


def archive_of(response):
    assert response["Content-Type"] == "application/zip"
    return zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))


def test_everybody_with_hours_in_the_year_has_a_certificate(signed_in, service, workers):
    client = signed_in(service)
    archive = archive_of(client.post(URL, {"annee": "2019"}))
    names = archive.namelist()
    assert [name.rsplit("-", 1)[0] for name in names] == ["ancelin-dominique", "zaidi-eve"]
    assert archive.testzip() is None
    words = text_of_pdf(archive.read(names[1]))
    assert "ÈveZaïdi" in words
    assert "100h" in words
    assert "dejanvier2019àdécembre2019" in words
    assert [
        name.rsplit("-", 1)[0] for name in archive_of(client.post(URL, {"annee": "2018"})).namelist()
    ] == ["zaidi-eve"]


def test_the_same_year_on_the_same_day_is_the_same_archive(signed_in, service, workers):
    client = signed_in(service)
    made = [b"".join(client.post(URL, {"annee": "2019"}).streaming_content) for _ in range(2)]
    assert made[0] == made[1]


def test_taking_them_out_is_written_in_the_journal_and_looking_is_not(signed_in, service, workers):
    client = signed_in(service)
    page = client.get(URL).content.decode()
    assert "2\u00a0personnes" in page
    assert not Entry.objects.filter(verb="certificates.taken_out").exists()
    client.post(URL, {"annee": "2019"})
    entry = Entry.objects.get(verb="certificates.taken_out")
    assert (entry.details["year"], entry.details["people"]) == (2019, 2)


def test_a_year_without_hours_is_refused(signed_in, service, workers):
    page = signed_in(service).post(URL, {"annee": "2012"})
    assert page.status_code == 422
    assert "Choisissez une année de la liste" in page.content.decode()


def test_a_year_whose_people_are_all_anonymised_is_told(signed_in, service):
    commitment, somebody = commitment_of(service), person(service, anonymised_at="2024-01-01T00:00:00Z")
    placement = work(commitment, somebody, first_day=date(2017, 1, 1))
    count(commitment, somebody, placement, date(2017, 3, 1), 10)
    page = signed_in(service).post(URL, {"annee": "2017"}, follow=True)
    assert "Personne n’a d’heures comptées en 2017." in page.content.decode()
    assert not Entry.objects.filter(verb="certificates.taken_out").exists()


def test_a_service_without_hours_reads_what_makes_them(signed_in, service):
    assert "Aucune heure n’est encore comptée" in signed_in(service).get(URL).content.decode()


def test_another_service_has_none_of_them(signed_in, workers):
    other = OrganisationFactory(service=True)
    assert not says("2019", signed_in(other).get(URL).text)


def test_a_reader_of_the_service_and_a_structure_are_refused(signed_in, service, workers):
    assert signed_in(service, role=Role.READER).post(URL, {"annee": "2019"}).status_code == 403
    assert signed_in(OrganisationFactory(referrer=True)).get(URL).status_code == 403
