"""The page on security says what the querysets do."""

from pathlib import Path

from django.conf import settings

from uneplace.organisations.models import Capacity
from uneplace.organisations.visibility import declared_sights
from uneplace.web.management.commands.who_sees_what import page

PAGE = Path(settings.BASE_DIR) / "docs" / "securite" / "qui-voit-quoi.md"


def test_the_page_is_drawn_from_the_code():
    assert PAGE.read_text() == page()


def test_each_sight_has_words_and_capacities():
    for model, sights in declared_sights():
        assert sights, model
        for sight in sights:
            assert sight.words
            assert set(sight.capacities) <= set(Capacity.values)


def test_the_service_of_a_file_sees_each_kind_of_thing():
    assert len(declared_sights()) >= 10
    assert all(sights[0].capacities == (Capacity.FACILITATOR,) for _, sights in declared_sights())
