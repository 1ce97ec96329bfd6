"""`uneplace import-decp`: its answers, for people and for programs."""

import json
from io import StringIO

import pytest
from django.core.management import call_command

from tests.factories import OrganisationFactory
from uneplace.contracts.models import Contract

from .samples import FLAT, PES, record_1x

pytestmark = pytest.mark.django_db


@pytest.fixture
def service():
    return OrganisationFactory(service=True, name="Clauses du bocage", siret="22140118500014")


def run(*arguments):
    out, err = StringIO(), StringIO()
    code = 0
    try:
        call_command("import_decp", *map(str, arguments), stdout=out, stderr=err)
    except SystemExit as end:
        code = end.code
    return code, out.getvalue(), err.getvalue()


def test_the_answer_in_json(service, tmp_path):
    file = tmp_path / "marches.json"
    file.write_text(json.dumps({"marches": [record_1x(codeCPV="12"), record_1x(id=None)]}))
    code, out, err = run(file, "--json")
    assert (code, err) == (0, "")
    answer = json.loads(out)
    findings = answer.pop("findings")
    assert answer == {"read": 2, "created": 1, "updated": 0, "unchanged": 0, "rejected": 1}
    assert [set(finding) for finding in findings] == [{"record", "path", "level", "message"}] * 2
    assert findings[0]["record"] == "22140118500014/2019000100"
    assert findings[0]["path"] == "marches[0].codeCPV"
    assert [finding["level"] for finding in findings] == ["warning", "error"]
    assert Contract.objects.get().service == service


def test_the_answer_for_people(service):
    code, out, err = run(FLAT)
    assert (code, err) == (0, "")
    lines = out.replace("\u00a0", " ").splitlines()
    assert "« 14 » n’est pas un code postal" in lines[0]
    assert lines[-1] == "Marchés lus : 5 ; créés : 5 ; mis à jour : 0 ; inchangés : 0 ; rejetés : 0."


def test_several_files_at_once(service):
    code, out, _ = run(FLAT, PES, FLAT, "--json")
    assert (code, json.loads(out)["read"]) == (0, 259)


@pytest.mark.parametrize("content", ["", "{", "<html/>", "{}", "id;objet"])
def test_a_file_that_is_not_award_data_is_one_line_and_exit_2(service, tmp_path, content):
    file = tmp_path / "fichier.json"
    file.write_text(content)
    code, out, err = run(FLAT, file, "--json")
    assert (code, out) == (2, "")
    assert err.startswith("fichier.json")
    assert len(err.splitlines()) == 1
    assert not Contract.objects.exists()


def test_without_any_service():
    code, _, err = run(FLAT)
    assert code == 2
    assert "Il n’y a pas encore de service" in err


def test_the_service_must_be_named_when_there_are_several(service):
    other = OrganisationFactory(service=True, name="Service du littoral", siret="22500502400017")
    code, _, err = run(FLAT)
    assert code == 2
    assert "--service" in err
    assert "Service du littoral" in err
    assert run(FLAT, "--service", "225 005 024 00017")[0] == 0
    assert {contract.service for contract in Contract.objects.all()} == {other}
    assert run(FLAT, "--service", "clauses du bocage")[0] == 0
    assert run(FLAT, "--service", "inconnu")[0] == 2


def test_the_service_of_the_demo_is_the_invented_one(service):
    demo = OrganisationFactory(service=True, name="Service de démonstration")
    assert demo.siret.startswith("000")
    assert run(FLAT)[0] == 0
    assert {contract.service for contract in Contract.objects.all()} == {demo}
