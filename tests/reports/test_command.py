"""`uneplace bilan`: the figures of a year on a terminal, or as JSON."""

import json
from datetime import date
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command

from tests.factories import OrganisationFactory

from .ledger import commitment_of, count, person, work

pytestmark = pytest.mark.django_db


@pytest.fixture
def service():
    service = OrganisationFactory(service=True, name="Service d’essai")
    commitment, somebody = commitment_of(service), person(service)
    count(commitment, somebody, work(commitment, somebody), date(2019, 3, 1), "160.50")
    return service


def said(*arguments):
    out = StringIO()
    call_command("bilan", *arguments, stdout=out)
    return out.getvalue()


def test_json_has_every_figure_with_decimals_as_text(service):
    answer = json.loads(said("--year", "2019", "--json"))
    assert answer["hours"] == "160.50"
    for name in ("participants", "contracts", "placements", "companies", "buyers"):
        assert answer[name] == 1, name
    assert answer["etp"]["value"] == "0.10"
    assert answer["etp"]["divisor"] == "1600"
    assert answer["by_modality"] == [
        {"code": "DIRECT", "label": "Embauche directe", "hours": "160.50", "participants": 1}
    ]
    assert len(answer["by_month"]) == 12
    for name in ("by_ground", "by_sex", "by_age", "by_trade", "by_commune"):
        assert [row["hours"] for row in answer[name]] == ["160.50"]


def test_plain_text_reads_as_a_report(service):
    text = said("--year", "2019")
    assert "Bilan 2019, Service d’essai" in text
    assert "160,5\u00a0h" in text
    assert "1\u00a0600\u00a0h pour un équivalent temps plein" in text


def test_the_year_left_out_is_the_last_one(service):
    with time_machine.travel(date(2020, 6, 15), tick=False):
        assert json.loads(said("--json"))["year"] == 2019


def test_one_of_several_services_must_be_named(service):
    other = OrganisationFactory(service=True, siret="83012345600006", name="Autre service")
    OrganisationFactory(service=True, name="Troisième service")
    with pytest.raises(SystemExit) as end:
        said("--year", "2019")
    assert end.value.code == 2
    assert json.loads(said("--year", "2019", "--service", other.name, "--json"))["hours"] == "0"
    assert json.loads(said("--year", "2019", "--service", service.siret, "--json"))["hours"] == "160.50"


@pytest.mark.parametrize("year", ["12", "99999"])
def test_a_year_out_of_the_calendar_is_refused(service, year):
    with pytest.raises(SystemExit) as end:
        said("--year", year)
    assert end.value.code == 2
