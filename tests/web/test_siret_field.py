import pytest
from django import forms

from uneplace.web.forms import SiretField


class OneSiret(forms.Form):
    siret = SiretField(required=False)


def test_it_reads_what_people_type():
    form = OneSiret({"siret": "SIRET 732 829 320 00074"})
    assert form.is_valid()
    assert form.cleaned_data["siret"] == "73282932000074"


def test_it_says_what_is_wrong_and_keeps_what_was_typed():
    form = OneSiret({"siret": "732 829 320"})
    assert "vous en avez écrit 9" in form.errors["siret"][0]
    assert 'value="732 829 320"' in str(form["siret"])
    assert 'inputmode="numeric"' in str(form["siret"])


def test_it_may_be_left_empty():
    form = OneSiret({"siret": " "})
    assert form.is_valid()
    assert form.cleaned_data["siret"] == ""


@pytest.mark.parametrize("typed", ["7" * 61, "\x00"])
def test_nonsense_is_refused(typed):
    assert not OneSiret({"siret": typed}).is_valid()
