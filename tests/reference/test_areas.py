"""The map of priority districts and the list of rural zones: whole, replaced at once, or not at all."""

import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from uneplace.reference.areas import (
    UnreadableMapError,
    commune_of,
    district_at,
    has_district,
    import_priority_districts,
    import_rural_zones,
    map_day,
)
from uneplace.reference.models import Commune, PriorityDistrict, RuralZone

pytestmark = pytest.mark.django_db

DAY = date(2024, 12, 31)
SQUARE = [[[-0.36, 49.18], [-0.34, 49.18], [-0.34, 49.20], [-0.36, 49.20], [-0.36, 49.18]]]
HOLE = [[-0.352, 49.188], [-0.348, 49.188], [-0.348, 49.192], [-0.352, 49.192], [-0.352, 49.188]]


def district(code="QN01401M", coordinates=SQUARE, kind="Polygon", **facts):
    known = {"code_qp": code, "lib_qp": "La Guérinière", "insee_com": "14118"}
    return {
        "type": "Feature",
        "properties": known | facts,
        "geometry": {"type": kind, "coordinates": coordinates},
    }


@pytest.fixture
def map_of(tmp_path):
    def write(*features):
        path = tmp_path / "qpv.geojson"
        path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
        return path

    return write


@pytest.mark.parametrize(
    ("longitude", "latitude", "inside"),
    [
        pytest.param(-0.345, 49.185, True, id="dedans"),
        pytest.param(-0.36, 49.19, True, id="sur la limite"),
        pytest.param(-0.35, 49.19, False, id="dans le trou"),
        pytest.param(-0.361, 49.19, False, id="à côté"),
    ],
)
def test_a_point_is_in_the_district_whose_outline_holds_it(map_of, longitude, latitude, inside):
    import_priority_districts(map_of(district(coordinates=[*SQUARE, HOLE])), drawn_on=DAY)
    found = district_at(longitude, latitude)
    assert (found is not None) is inside


def test_a_map_replaces_the_former_one_whole(map_of):
    import_priority_districts(map_of(district(), district("QN01402M")), drawn_on=date(2023, 1, 1))
    done = import_priority_districts(map_of(district("QN01403M")), drawn_on=DAY)
    assert (done.read, done.before) == (1, 2)
    assert [one.code for one in PriorityDistrict.objects.all()] == ["QN01403M"]
    assert map_day() == DAY


def test_a_district_over_two_communes_is_one(map_of):
    other = [[[x + 0.1, y] for x, y in SQUARE[0]]]
    import_priority_districts(
        map_of(district(), district(coordinates=other, insee_com="14327")), drawn_on=DAY
    )
    (one,) = PriorityDistrict.objects.all()
    assert one.communes == ["14118", "14327"]
    assert district_at(-0.25, 49.19) == district_at(-0.35, 49.19) == one
    assert has_district(Commune.objects.get(pk="14118"))
    assert not has_district(Commune.objects.get(pk="14366"))


@pytest.mark.parametrize(
    ("code", "commune"),
    [("75118", "75056"), ("69387", "69123"), ("13215", "13055"), ("13217", "13217"), ("14118", "14118")],
)
def test_an_arrondissement_is_its_commune(code, commune):
    assert commune_of(code) == commune


@pytest.mark.parametrize(
    ("feature", "sentence"),
    [
        pytest.param({"type": "Feature"}, "propriétés manquent", id="sans propriétés"),
        pytest.param(district(code=""), "code ou son nom", id="sans code"),
        pytest.param(district(insee_com=""), "le code de sa commune manque", id="sans commune"),
        pytest.param(district(coordinates=[[["a", 2]]]), "contour", id="contour en mots"),
        pytest.param(district(coordinates=[[]]), "contour", id="contour vide"),
        pytest.param(
            district(coordinates=[[[x * 10000, y * 10000] for x, y in SQUARE[0]]]), "WGS 84", id="en mètres"
        ),
        pytest.param(7, "propriétés manquent", id="pas un quartier"),
    ],
)
def test_a_map_that_cannot_be_read_changes_nothing(map_of, feature, sentence):
    import_priority_districts(map_of(district()), drawn_on=DAY)
    with pytest.raises(UnreadableMapError, match=sentence):
        import_priority_districts(map_of(district("QN01402M"), feature), drawn_on=DAY)
    assert [one.code for one in PriorityDistrict.objects.all()] == ["QN01401M"]


@pytest.mark.parametrize("content", ["", "{}", "[1]", '{"features": []}', "\x00", '{"features": 3}'])
def test_another_file_is_refused_by_the_command(tmp_path, content):
    path = tmp_path / "autre.txt"
    path.write_text(content)
    with pytest.raises(CommandError) as error:
        call_command("import_qpv", path, "--drawn-on", "2024-12-31", stdout=StringIO())
    assert error.value.returncode == 2


def test_the_list_of_rural_zones_replaces_the_former_one(tmp_path):
    path = tmp_path / "frr.csv"
    path.write_text("code_insee,nom,code_frr\n14118,Caen,0\n14027,Aunay,4\n14143,Castillon-en-Auge,5\n")
    out = StringIO()
    call_command("import_frr", path, "--listed-on", "2025-01-01", stdout=out)
    assert out.getvalue().strip() == "2\u00a0communes classées, à la place de 0."
    assert list(RuralZone.objects.order_by("pk").values_list("pk", "level")) == [
        ("14027", "FRR"),
        ("14143", "FRR+"),
    ]
    path.write_text("code_insee;classement\n14027;FRR\n")
    assert import_rural_zones(path, listed_on=DAY).before == 2


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        pytest.param("code_insee,code_frr\n99999,4\n", "pas une commune", id="commune inconnue"),
        pytest.param("code_insee,code_frr\n14118,12\n", "Ligne 2", id="classement inconnu"),
        pytest.param("a,b\n1,2\n", "Ligne 2", id="autres colonnes"),
        pytest.param("", "aucune commune", id="vide"),
    ],
)
def test_a_list_that_cannot_be_read_changes_nothing(tmp_path, content, sentence):
    path = tmp_path / "frr.csv"
    path.write_text(content)
    with pytest.raises(UnreadableMapError, match=sentence):
        import_rural_zones(path, listed_on=DAY)
    assert not RuralZone.objects.exists()
