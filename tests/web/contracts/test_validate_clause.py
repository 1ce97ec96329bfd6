"""Rereading a draft, and settling it."""

from tests.factories import CommitmentFactory
from uneplace.contracts.models import Clause

from .conftest import text_of


def url_of(clause):
    return f"/clauses/{clause.pk}/valider/"


def test_it_shows_the_hours_who_owes_them_and_what_follows(as_facilitator, draft):
    CommitmentFactory(clause=draft, company__name="Tournebise Construction")
    page = text_of(as_facilitator.get(url_of(draft)))
    for words in ("2 100 h à réaliser", "Tournebise Construction", "aussitôt en cours", "Valider la clause"):
        assert words in page


def test_it_says_what_is_missing(as_facilitator, draft):
    page = text_of(as_facilitator.get(url_of(draft)))
    assert "Aucune entreprise ne porte encore la clause." in page
    assert '<button class="btn btn-primary" data-busy="Validation en cours">' not in page
    as_facilitator.post(url_of(draft), {"revision": 0})
    draft.refresh_from_db()
    assert draft.status == Clause.Status.DRAFT


def test_it_validates(as_facilitator, as_buyer, draft):
    CommitmentFactory(clause=draft)
    assert as_buyer.get(draft.get_absolute_url()).status_code == 404
    page = as_facilitator.post(url_of(draft), {"revision": 0}, follow=True)
    draft.refresh_from_db()
    assert draft.status == Clause.Status.RUNNING
    assert "Clause validée." in text_of(page)
    assert as_buyer.get(draft.get_absolute_url()).status_code == 200


def test_a_draft_changed_meanwhile_is_reread_first(as_facilitator, draft):
    CommitmentFactory(clause=draft)
    Clause.objects.update(revision=3)
    page = text_of(as_facilitator.post(url_of(draft), {"revision": 0}))
    assert "Quelqu’un d’autre vient de modifier cette clause." in page
    draft.refresh_from_db()
    assert draft.status == Clause.Status.DRAFT


def test_a_stranger_a_reader_and_the_buyer_do_not(as_stranger, as_reader, as_buyer, draft):
    assert as_stranger.post(url_of(draft), {"revision": 0}).status_code == 404
    assert as_reader.post(url_of(draft), {"revision": 0}).status_code == 403
    assert as_buyer.post(url_of(draft), {"revision": 0}).status_code == 403
