"""What people type for a commune, a trade or a CPV code, and what the form answers."""

import pytest
from django import forms

from uneplace.reference.models import Commune, CpvCode, RomeJob
from uneplace.web.reference.fields import CommuneField, CpvField, RomeField

pytestmark = pytest.mark.django_db


class Form(forms.Form):
    commune = CommuneField(required=False)
    job = RomeField(required=False)
    cpv = CpvField(required=False)


def clean(field, typed):
    """The key of what was found, or the error."""
    form = Form({field: typed})
    if form.is_valid():
        found = form.cleaned_data[field]
        return found.pk if found else None
    return form.errors[field][0].replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("", None),
        ("Caen", "14118"),
        ("caen", "14118"),
        ("14000", "14118"),
        ("14118", "14118"),
        ("14118 – Caen", "14118"),
        ("Caen (14000)", "14118"),
        ("14000 Caen", "14118"),
        ("Hérouville-Saint-Clair", "14327"),
        ("herouville st clair", "14327"),
        ("Hérouville-Saint-C", "14327"),
        ("Lyon (69003)", "69123"),
        ("Saint-Aubin 39410", "39476"),
        ("L’Abergement-de-Varey", "01002"),
        ("Ajaccio 2A", "2A004"),
    ],
)
def test_a_commune(typed, found):
    assert clean("commune", typed) == found


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        (
            "Saint-Aubin",
            "Plusieurs communes s’appellent Saint-Aubin : précisez le code postal, Saint-Aubin (",
        ),
        ("14700", "Plusieurs communes ont le code postal 14700 : précisez le nom, Falaise (14700)"),
        ("Herouvile st claire", "Est-ce Hérouville-Saint-Clair (14200) ?"),
        ("Saint", "Aucune commune ne s’appelle « Saint ». Est-ce "),
        ("Xyzzyx", "Aucune commune ne s’appelle « Xyzzyx ». Écrivez par exemple"),
        ("99999", "Aucune commune"),
    ],
)
def test_a_commune_that_is_not_clear(typed, says):
    assert says in clean("commune", typed)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("", None),
        ("F1703", "F1703"),
        ("f1703", "F1703"),
        ("F1703 – Maçonnerie", "F1703"),
        ("Maçonnerie", "F1703"),
        ("Maçon", "F1703"),
        ("macon", "F1703"),
        ("Maçonne", "F1703"),
        ("Jardinière", "A1203"),
    ],
)
def test_a_trade(typed, found):
    assert clean("job", typed) == found


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("F17", "Plusieurs métiers peuvent convenir : écrivez le code de l’un d’eux, F1701"),
        ("ouvrier", "Plusieurs métiers peuvent convenir"),
        ("Xyzzyx", "Aucun métier ne s’appelle « Xyzzyx »"),
    ],
)
def test_a_trade_that_is_not_clear(typed, says):
    assert says in clean("job", typed)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("", None),
        ("45000000", "45000000"),
        ("45000000-7", "45000000"),
        ("Travaux de construction", "45000000"),
    ],
)
def test_a_cpv_code(typed, found):
    assert clean("cpv", typed) == found


def test_a_cpv_code_that_is_not_clear():
    assert "Plusieurs codes CPV peuvent convenir" in clean("cpv", "4526")
    assert "Aucun code CPV ne correspond à « Xyzzyx »" in clean("cpv", "Xyzzyx")


@pytest.mark.parametrize(
    ("model", "key", "field"),
    [(Commune, "14118", "commune"), (RomeJob, "F1703", "job"), (CpvCode, "45000000", "cpv")],
)
def test_what_is_shown_can_be_sent_back(model, key, field):
    thing = model.objects.get(pk=key)
    shown = Form(initial={field: thing})[field].value()
    assert clean(field, shown) == key


def test_every_commune_can_be_told_from_the_others():
    """Those without a postcode apart: their département is said in its place."""
    field = CommuneField()
    for commune in Commune.objects.filter(departement="14"):
        assert field.clean(field.prepare_value(commune)) == commune
    for commune in Commune.objects.filter(postcodes=[]):
        assert field.clean(field.prepare_value(commune)) == commune


def test_the_input_keeps_what_was_typed_and_suggests():
    html = str(Form({"commune": "Saint-Aubin <b>"}, prefix="x")["commune"])
    assert 'list="id_x-commune_suggestions"' in html
    assert '<datalist id="id_x-commune_suggestions">' in html
    assert 'hx-get="/referentiels/communes/"' in html
    kept = str(Form({"commune": "Saint-Aubin <b>"})["commune"])
    assert 'value="Saint-Aubin &lt;b&gt;"' in kept
