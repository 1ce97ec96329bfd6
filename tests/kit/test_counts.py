"""Many counts in one query, which say what each would have said alone."""

import pytest
from django.db.models import Count

from tests.factories import MembershipFactory, OrganisationFactory
from uneplace.kit.counts import as_one
from uneplace.organisations.models import Membership, Organisation

pytestmark = pytest.mark.django_db


def test_each_name_has_the_rows_of_all_its_querysets(django_assert_num_queries):
    company = OrganisationFactory(company=True, name="À 100\u00a0% : l’Établi")
    MembershipFactory.create_batch(3, organisation=company)
    MembershipFactory()
    named = Organisation.objects.filter(name__contains="100\u00a0%")
    crowded = named.annotate(people=Count("memberships")).filter(people__gt=2).order_by("name")

    question = as_one(
        {
            "people": [Membership.objects.filter(organisation=company).select_related("user")],
            "grouped": [crowded, named],
            "one of many": [Membership.objects.order_by("pk")[:1]],
            "nothing": [Membership.objects.none()],
            "nobody": [],
        }
    )

    with django_assert_num_queries(1):
        assert question.answer() == {"people": 3, "grouped": 2, "one of many": 1, "nothing": 0, "nobody": 0}


def test_a_question_that_is_kept_is_answered_anew():
    question = as_one({"people": [Membership.objects.all()]})
    before = question.answer()["people"]
    MembershipFactory()
    assert question.answer()["people"] == before + 1
