"""Two roles: tests themselves run as the application, as the site does."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import ProgrammingError, connection, transaction

from uneplace.kit.database import as_owner, faults
from uneplace.kit.postgres import APPLICATION, OWNER


def who():
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        return cursor.fetchone()[0]


@pytest.mark.django_db(transaction=True)
def test_the_owner_for_a_time_then_the_application_again():
    assert who() == APPLICATION
    with as_owner():
        assert who() == OWNER
        assert faults(connection) == [
            "Le compte de l’application (DATABASE_URL) possède des tables : "
            "elles doivent appartenir à celui de DATABASE_OWNER_URL."
        ]
    assert who() == APPLICATION
    assert faults(connection) == []


@pytest.mark.django_db(transaction=True)
def test_without_the_owner_s_address_nothing_is_tried(monkeypatch):
    monkeypatch.delenv("DATABASE_OWNER_URL")
    with pytest.raises(ImproperlyConfigured, match="DATABASE_OWNER_URL"), as_owner():
        pass
    assert who() == APPLICATION


@pytest.mark.parametrize(
    "statement",
    ["DROP TABLE django_session", "TRUNCATE django_session", "ALTER TABLE django_session ADD COLUMN x int"],
)
@pytest.mark.django_db
def test_the_application_cannot_change_tables(statement):
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize(
    ("text", "key"), [("Éric", "eric"), ("ŒUVRE", "oeuvre"), ("Zoé D’Août", "zoe d'aout"), ("", "")]
)
@pytest.mark.django_db
def test_names_are_ordered_without_case_nor_accents(text, key):
    with connection.cursor() as cursor:
        cursor.execute("SELECT sort_key(%s)", [text])
        assert cursor.fetchone()[0] == key


@pytest.mark.django_db
def test_the_sort_key_can_be_indexed():
    with connection.cursor() as cursor:
        cursor.execute("SELECT provolatile FROM pg_proc WHERE oid = 'sort_key(text)'::regprocedure")
        assert cursor.fetchone() == ("i",)  # immutable: the condition of an index
