import pytest
import time_machine

from tests.offers.links import without_account
from tests.offers.scene import NOW, set_scene


@pytest.fixture
def clock():
    """The day of the scene; `clock.shift(…)` makes time pass."""
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def scene(db, clock):
    """A published job sheet, whose company has no account."""
    return without_account(set_scene(posts=2))
