"""The national lists are loaded whole, once, and follow their files."""

import csv
import gzip
import shutil
import time
from io import StringIO

import pytest
from django.core.management import call_command

from uneplace.reference.actions import DATA, load_reference
from uneplace.reference.models import Commune, CpvCode, RomeJob, RomeLabel

pytestmark = pytest.mark.django_db


def test_the_lists_are_whole():
    assert Commune.objects.count() == 34969
    assert Commune.objects.filter(departement="14").count() == 526
    assert RomeJob.objects.count() == 532
    assert RomeLabel.objects.count() == 11061
    assert CpvCode.objects.count() == 9454


def test_a_commune():
    caen = Commune.objects.get(pk="14118")
    assert (caen.name, caen.departement, caen.epci) == ("Caen", "14", "200065597")
    assert (caen.postcodes, str(caen)) == (["14000"], "Caen (14000)")
    assert 49.1 < caen.latitude < 49.3
    assert -0.5 < caen.longitude < -0.2


def test_a_commune_without_postcode_says_its_departement():
    commune = Commune.objects.filter(postcodes=[]).first()
    assert str(commune) == f"{commune.name} ({commune.departement})"


def test_loading_again_writes_nothing():
    start = time.process_time()
    loaded = load_reference()
    assert [done.written for done in loaded] == [0, 0, 0, 0]
    assert sum(done.read for done in loaded) == 56016
    assert time.process_time() - start < 5  # of this process, whatever else the machine does


def test_loading_an_empty_base():
    RomeLabel.objects.all().delete()
    CpvCode.objects.all().delete()
    assert [done.written for done in load_reference()] == [0, 0, 11061, 9454]
    assert RomeLabel.objects.get(ogr=11987).job_id == "A1101"


def test_what_changed_in_a_file_changes_here_and_nothing_is_removed(tmp_path):
    shutil.copytree(DATA, tmp_path, dirs_exist_ok=True)
    with gzip.open(DATA / "rome.csv.gz", "rt", encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    rows[1][1] = "Conduite de tracteurs"
    del rows[2]
    with gzip.open(tmp_path / "rome.csv.gz", "wt", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    assert [done.written for done in load_reference(tmp_path)] == [0, 1, 0, 0]
    assert RomeJob.objects.get(pk="A1101").search == "conduite de tracteurs"
    assert RomeJob.objects.count() == 532


def test_the_command_tells_what_it_did():
    out = StringIO()
    call_command("load_reference", stdout=out)
    assert "communes : 34969 lignes lues, 0 écrites" in out.getvalue()
