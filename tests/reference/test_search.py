"""The national lists are found as people type, whatever the accents, hyphens and abbreviations."""

import pytest

from uneplace.reference.queries import search_communes, search_cpv, search_rome
from uneplace.reference.text import names_in, search_key

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("L’Haÿ-les-Roses", "l hay les roses"),
        ("St-Lô", "saint lo"),
        ("Ste Honorine", "sainte honorine"),
        ("ŒUVRE, cœur", "oeuvre coeur"),
        ("  ", ""),
    ],
)
def test_the_key(text, key):
    assert search_key(text) == key


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("caen", "Caen (14000)"),
        ("14000", "Caen (14000)"),
        ("14118", "Caen (14000)"),
        ("caen 14", "Caen (14000)"),
        ("st lo", "Saint-Lô (50000)"),
        ("herouville", "Hérouville-Saint-Clair (14200)"),
        ("l'hay", "L'Haÿ-les-Roses (94240)"),
        ("paris", "Paris (75001)"),
        ("75012", "Paris (75001)"),
        ("2a", "Ajaccio (20000)"),
        ("Vilers-Bocage 14", "Villers-Bocage (14310)"),
    ],
)
def test_communes(typed, first):
    assert str(search_communes(typed)[0]) == first


def test_the_beginning_of_the_name_comes_first_then_the_largest():
    names = [commune.name for commune in search_communes("sainte", 200)]
    starts = [name.lower().startswith("sainte") for name in names]
    assert starts == sorted(starts, reverse=True)
    populations = [commune.population for commune in search_communes("saint pierre", 5)]
    assert populations == sorted(populations, reverse=True)


def test_as_many_as_asked_for():
    assert len(search_communes("saint", 7)) == 7


@pytest.mark.parametrize("typed", ["", " ", "-", "xyzzyx", "99999"])
def test_no_commune(typed):
    assert search_communes(typed) == []


@pytest.mark.parametrize(
    ("typed", "first", "found_as"),
    [
        ("F1703", "F1703", "Maçonnerie"),
        ("maçonnerie", "F1703", "Maçonnerie"),
        ("macon", "F1703", "Maçon / Maçonne"),
        ("jardinier", "A1203", "Jardinier / Jardinière"),
        ("elagueur", "A1201", "Elagueur / Elagueuse"),
        ("plonbier", "F1603", "Plombier / Plombière"),
    ],
)
def test_jobs(typed, first, found_as):
    job = search_rome(typed)[0]
    assert (job.code, job.found_as) == (first, found_as)


@pytest.mark.parametrize(
    ("label", "names"),
    [
        ("Maçon / Maçonne", {"macon", "maconne"}),
        ("Maçon / Maçonne du paysage", {"macon du paysage", "maconne du paysage"}),
        ("Chef d'équipe maçon / maçonne", {"chef d equipe macon", "chef d equipe maconne"}),
        ("Agent / Agente d'entretien", {"agent d entretien", "agente d entretien"}),
        ("Maître nageur / Maître nageuse", {"maitre nageur", "maitre nageuse"}),
        ("Barman", {"barman"}),
    ],
)
def test_both_names_of_a_label(label, names):
    assert names_in(label) == names


def test_a_job_comes_once():
    codes = [job.code for job in search_rome("maçon", 50)]
    assert len(codes) == len(set(codes)) > 1


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("45000000-7", "45000000"),
        ("4526", "45260000"),
        ("espaces verts", "77310000"),
        ("maçonnerie", "45262500"),
    ],
)
def test_cpv_codes(typed, first):
    assert first in [cpv.code for cpv in search_cpv(typed)]


@pytest.mark.parametrize("search", [search_rome, search_cpv])
def test_nothing_typed_finds_nothing(search):
    assert search("") == []
    assert search("xyzzyx") == []
