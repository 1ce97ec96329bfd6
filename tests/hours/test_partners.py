"""Whom a service's file names: every place where it can name an organisation is looked at."""

import pytest
from django.apps import apps

from tests.factories import OrganisationFactory, PartnershipFactory, PlacementFactory
from uneplace.hours.partners import NAMED, named_in_file, to_approve, waiting_to_see
from uneplace.organisations.models import Organisation, OwnedByService, Partnership

ELSEWHERE = {
    ("Partnership", "organisation"),  # who was let in, precisely
    ("Exchange", "organisation"),  # the buyer or the company of a commitment already named
    ("Notice", "author"),  # the service, or the buyer of a commitment already named
    ("Notice", "copy_to"),  # the same
    ("JobSheetVersion", "written_for"),  # the service, or the company of the sheet's commitment
    ("Reminder", "told"),  # the company or the structure whose turn it is on a file
    ("Suggestion", "organisation"),  # it follows the person
    ("RightsRequest", "organisation"),  # who follows the person, and is named for that
    ("Keeping", "organisation"),  # the same
    ("AwaitedDocument", "sender"),  # the company of a commitment, or a declarant already named
    ("Confirmation", "organisation"),  # the company of a commitment already named
    ("ConfirmationMessage", "organisation"),  # the service, a declarant or that company
    ("MonthLink", "organisation"),  # the same
    ("Subcontracting", "company"),  # a commitment names it once it is validated
    ("HoursImport", "importer"),  # the service, or a partner that declares hours
    ("HoursImport", "sender"),  # a declarant already named, or the service
    ("ColumnMemory", "sender"),  # the same
}


def test_no_place_that_names_an_organisation_is_forgotten():
    looked_at = {(model.__name__, field) for places in NAMED.values() for model, field in places}
    there = {
        (model.__name__, field.name)
        for model in apps.get_models()
        if issubclass(model, OwnedByService)
        for field in model._meta.fields
        if field.related_model is Organisation and field.name != "service"
    }
    assert there - ELSEWHERE == looked_at


@pytest.mark.django_db
def test_who_was_let_in_then_let_go_is_not_asked_about_again():
    placement = PlacementFactory()
    service, employer = placement.service, placement.employer
    assert employer in named_in_file(service)
    assert employer not in to_approve(service)
    link = Partnership.objects.get(organisation=employer)
    link.ended_at = link.approved_at
    link.save()
    assert employer not in to_approve(service)
    link.delete()
    assert employer in to_approve(service)
    assert employer not in waiting_to_see(service)


@pytest.mark.django_db
def test_the_file_of_another_service_names_nobody_here():
    PlacementFactory()
    service = PartnershipFactory(organisation=OrganisationFactory(employer=True)).service
    assert not named_in_file(service)
