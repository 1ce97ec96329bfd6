import pytest

from tests.factories import ComingContractFactory, OrganisationFactory, PartnershipFactory
from tests.web.contracts.conftest import june, signed_in, text_of

__all__ = ["june", "text_of"]


@pytest.fixture
def coming(db):
    return ComingContractFactory(
        object="Rénovation du gymnase des Tilleuls",
        buyer__name="Ville de Saint-Aubin",
        service__name="Service insertion",
    )


@pytest.fixture
def answered(coming):
    return ComingContractFactory(service=coming.service, buyer=coming.buyer, answered=True)


@pytest.fixture
def as_buyer(coming):
    return signed_in(coming.buyer)


@pytest.fixture
def as_facilitator(coming):
    return signed_in(coming.service)


@pytest.fixture
def as_reader(coming):
    return signed_in(coming.service, "READER")


@pytest.fixture
def as_stranger(db):
    """A facilitator of another service."""
    return signed_in(OrganisationFactory(service=True))


@pytest.fixture
def as_other_buyer(coming):
    """Another buyer of the same service."""
    return signed_in(
        PartnershipFactory(service=coming.service, organisation__capacities=["BUYER"]).organisation
    )


@pytest.fixture
def as_company(coming):
    """A company that the same service let in."""
    return signed_in(PartnershipFactory(service=coming.service).organisation)
