from datetime import date
from decimal import Decimal

import pytest

from tests.factories import LotFactory, OrganisationFactory, actor_for
from uneplace.contracts.actions import Terms
from uneplace.kit.periods import period
from uneplace.rules.hours_due import Fixed


@pytest.fixture
def lot(db):
    return LotFactory()


@pytest.fixture
def facilitator(lot):
    return actor_for(lot.service)


@pytest.fixture
def company(db):
    return OrganisationFactory(company=True, name="Tournebise Construction")


@pytest.fixture
def terms():
    return Terms(
        sizing=Fixed(Decimal("2100")),
        execution=period(date(2026, 1, 12), date(2027, 7, 11)),
        penalty_rate=Decimal("50"),
    )
