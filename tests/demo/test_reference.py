"""The demo stands on real communes and trades: without them it says so, and its command brings them."""

from datetime import UTC, datetime

import pytest

from uneplace.demo.load import bring_reference, load_demo, why_not_load
from uneplace.kit.refused import Refused
from uneplace.organisations.models import Organisation
from uneplace.reference.models import Commune, RomeJob, RomeLabel

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture
def bare():
    """A migrated database where nobody has loaded the reference data."""
    RomeLabel.objects.all().delete()
    RomeJob.objects.all().delete()
    Commune.objects.all().delete()


def test_without_reference_data_the_demo_says_what_to_run_and_writes_nothing(bare):
    with pytest.raises(Refused, match="load-reference"):
        load_demo(at=NOW)
    assert not Organisation.objects.exists()


def test_its_command_brings_what_is_missing_once(bare):
    said = []
    bring_reference(said.append)
    assert Commune.objects.exists()
    assert RomeJob.objects.exists()
    assert why_not_load() == []
    bring_reference(said.append)
    assert said == ["Données de référence"]
