"""What a service may do to an organisation that other services work with too."""

import pytest

from tests.factories import (
    NOON,
    MembershipFactory,
    OrganisationFactory,
    PartnershipFactory,
    UserFactory,
    actor_for,
)
from uneplace.journal.models import Entry
from uneplace.kit.refused import Refused
from uneplace.organisations import actions, dormant, factors, perms
from uneplace.organisations.models import Capacity, Invitation, Partnership

pytestmark = pytest.mark.django_db


@pytest.fixture
def mission_locale():
    return OrganisationFactory(referrer=True, name="Mission locale des Trois-Vaux", email="")


@pytest.fixture
def known_of(mission_locale):
    """The service that has let the organisation into its file, acting for it since it has no account."""
    return PartnershipFactory(organisation=mission_locale).service


@pytest.fixture
def other():
    return actor_for(OrganisationFactory(service=True))


def test_who_enters_through_one_service_is_let_in_anew_by_the_others(mission_locale, known_of, other):
    actions.invite(mission_locale, email="inconnu@exemple.fr", by=other, at=NOON)
    newcomer = UserFactory(email="inconnu@exemple.fr")
    actions.accept_invitation(Invitation.objects.get(), user=newcomer, at=NOON)
    in_force = Partnership.objects.in_force().filter(organisation=mission_locale)
    assert [one.service for one in in_force] == [other.organisation]
    assert Entry.objects.get(verb="partner.asked_again").about_id == mission_locale.pk


def test_a_colleague_invited_from_within_changes_nothing(mission_locale, known_of, other):
    admin = actor_for(mission_locale)
    PartnershipFactory(service=other.organisation, organisation=mission_locale)
    actions.invite(mission_locale, email="collegue@exemple.fr", by=admin, at=NOON)
    actions.accept_invitation(
        Invitation.objects.get(), user=UserFactory(email="collegue@exemple.fr"), at=NOON
    )
    assert Partnership.objects.in_force().filter(organisation=mission_locale).count() == 2


def test_its_mail_is_written_by_nobody_and_it_becomes_no_lender(mission_locale, known_of, other):
    facts = {"siret": mission_locale.siret, "name": "", "kind": "", "by": other, "at": NOON}
    actions.find_or_create_by_siret(**facts, capacities=[Capacity.REFERRER], email="autre@exemple.fr")
    mission_locale.refresh_from_db()
    assert mission_locale.email == ""
    with pytest.raises(Refused, match="travaille déjà avec un autre service"):
        actions.find_or_create_by_siret(**facts, capacities=[Capacity.INSERTION_EMPLOYER], email="")


def test_one_service_alone_looks_after_its_accounts(mission_locale, known_of, other):
    membership = MembershipFactory(organisation=mission_locale)
    alone = actor_for(known_of)
    assert mission_locale in dormant.reviewed_by(alone)
    assert perms.can_reset_factors(alone, membership)
    assert mission_locale in perms.resets_factors_in(alone)
    PartnershipFactory(service=other.organisation, organisation=mission_locale)
    for service in (alone, other):
        assert mission_locale not in dormant.reviewed_by(service)
        assert mission_locale not in perms.resets_factors_in(service)


def test_nobody_resets_the_factor_of_an_account_that_opens_something_else(mission_locale, other):
    user = UserFactory()
    for organisation in (mission_locale, other.organisation):
        MembershipFactory(user=user, organisation=organisation)
    reasons = factors.why_not_reset(user, by=actor_for(mission_locale))
    assert "une autre organisation" in reasons[0]
