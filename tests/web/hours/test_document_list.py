"""The list of the documents that clauses ask for."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.urls import reverse

from tests.factories import (
    AwaitedDocumentFactory,
    ClauseFactory,
    CommitmentFactory,
    OrganisationFactory,
    actor_for,
)
from uneplace.contracts.models import Clause
from uneplace.evidence.models import Evidence
from uneplace.hours.models import AwaitedDocument
from uneplace.web.hours.views import document_list

pytestmark = pytest.mark.django_db

URL = reverse("hours:documents")
Kind = AwaitedDocument.Kind


@pytest.fixture(autouse=True)
def may_15():
    with time_machine.travel(datetime(2026, 5, 15, 9, 0, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def scene():
    """Of one commitment: late, not yet late, received, to be done again late of its first day only."""
    commitment = CommitmentFactory()
    late = AwaitedDocumentFactory(commitment=commitment)
    soon = AwaitedDocumentFactory(commitment=commitment, kind=Kind.FORECAST, due_on=date(2026, 5, 20))
    received = AwaitedDocumentFactory(commitment=commitment, kind=Kind.CERTIFICATE, received=True)
    redo = AwaitedDocumentFactory(
        commitment=commitment, month=date(2026, 3, 1), due_on=date(2026, 4, 12), received=True
    )
    Evidence.objects.filter(pk=redo.evidence_id).update(
        status=Evidence.Status.TO_REDO, reason="Pas signée.", file_at=datetime(2026, 5, 14, 9, 0, tzinfo=UTC)
    )
    return commitment, {"late": late, "soon": soon, "received": received, "redo": redo}


def listed(client, **place):
    return [one.pk for one in client.get(URL, place).context["documents"]]


@pytest.mark.parametrize(
    "tab, expected",
    [
        ("attendues", ["late", "redo", "soon"]),
        ("en-retard", ["late", "redo"]),
        ("a-lire", ["received"]),
        ("a-refaire", ["redo"]),
    ],
)
def test_each_tab_lists_its_own_by_the_day_since_which_it_is_late(client, scene, tab, expected):
    commitment, documents = scene
    client.force_login(actor_for(commitment.service).user)
    assert listed(client, voir=tab) == [documents[name].pk for name in expected]
    assert {key: count for key, _, count in client.get(URL).context["tabs"]}[tab] == len(expected)


def test_what_waits_to_be_read_comes_first_for_the_service_and_the_list_of_hours_leads_there(client, scene):
    commitment, documents = scene
    client.force_login(actor_for(commitment.service).user)
    assert listed(client) == [documents["received"].pk]
    assert URL in client.get(reverse("hours:list")).text


def test_a_company_reads_its_own_alone(client, scene):
    commitment, _ = scene
    lent = AwaitedDocumentFactory(commitment=commitment, sender=OrganisationFactory(employer=True))
    client.force_login(actor_for(commitment.company).user)
    assert len(listed(client)) == 3
    client.force_login(actor_for(lent.sender).user)
    assert listed(client) == [lent.pk]
    client.force_login(actor_for(OrganisationFactory(service=True)).user)
    page = client.get(URL)
    assert "Aucune pièce n’est attendue" in page.text


def test_what_was_given_up_or_is_of_a_closed_clause_is_not_listed(client):
    commitment = CommitmentFactory(clause=ClauseFactory(status=Clause.Status.CLOSED))
    AwaitedDocumentFactory(commitment=commitment)
    AwaitedDocumentFactory(
        commitment=CommitmentFactory(clause__lot__contract__service=commitment.service),
        waived_at=datetime(2026, 5, 1, tzinfo=UTC),
        waive_reason="Sans objet.",
    )
    client.force_login(actor_for(commitment.service).user)
    assert listed(client) == []


def test_the_pages_follow_each_other_without_a_gap(client, monkeypatch):
    monkeypatch.setattr(document_list, "PAGE", 2)
    commitment = CommitmentFactory()
    made = [
        AwaitedDocumentFactory(commitment=commitment, month=date(2026, month, 1)) for month in range(1, 6)
    ]
    client.force_login(actor_for(commitment.service).user)
    read, after = [], ""
    for _ in range(3):
        page = client.get(URL, {"voir": "attendues", "apres": after})
        read += [one.pk for one in page.context["documents"]]
        after = page.context["next"]
    assert read == [one.pk for one in made]
    assert after == ""
    assert client.get(URL, {"apres": "ce-que-nous-n-avons-pas-ecrit"}).status_code == 200
