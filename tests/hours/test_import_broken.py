"""The worker meets an error that nobody foresaw: the page of the import says so, and nothing is half done."""

import os

import psycopg
import pytest
from django.db import InternalError, OperationalError, connection
from psycopg.conninfo import make_conninfo

from tests.hours.import_scene import ADAM, MAY, ZOE, Scene
from uneplace.hours.imports import actions
from uneplace.hours.imports.checking import outcome_of
from uneplace.hours.models import HoursImport, StatementLine
from uneplace.hours.tasks import read_long_import, write_long_import

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def refuse_lines():
    """`refuse_lines(condition)`: until the test ends, PostgreSQL answers this error to any line written."""
    address = make_conninfo(os.environ["UNEPLACE_TEST_POSTGRES"], dbname=connection.settings_dict["NAME"])
    with psycopg.connect(address, autocommit=True) as server:

        def refuse(condition):
            server.execute(
                "CREATE FUNCTION refuse_lines() RETURNS trigger LANGUAGE plpgsql AS "
                f"$$ BEGIN RAISE EXCEPTION USING ERRCODE = '{condition}'; END $$"
            )
            server.execute(
                "CREATE TRIGGER refuse_lines BEFORE INSERT ON hours_statementline "
                "FOR EACH ROW EXECUTE FUNCTION refuse_lines()"
            )

        yield refuse
        server.execute("DROP FUNCTION IF EXISTS refuse_lines CASCADE")


@pytest.fixture
def waiting():
    """An import that the worker is to write, and what it is asked."""
    scene = Scene()
    received = scene.read([ZOE, ADAM])
    actions.ask_to_write(received, by=scene.by_company, at=MAY)
    return received, {
        "pk": received.pk,
        "user": scene.by_company.user.pk,
        "organisation": scene.company.pk,
        "shown": outcome_of(received).digest,
        "sends": False,
        "at": MAY.isoformat(),
    }


def test_a_file_that_is_no_longer_there_is_said_not_to_be_read():
    scene = Scene()
    received = scene.receive([ZOE])
    HoursImport.objects.update(status=HoursImport.Status.READING)
    received.file.storage.delete(received.file.name)
    with pytest.raises(FileNotFoundError):
        read_long_import.func(pk=received.pk, on="2026-05-04")
    received.refresh_from_db()
    assert received.status == HoursImport.Status.FAILED
    assert "erreur de notre fait" in received.failure


def test_a_writing_that_breaks_is_given_back_with_nothing_written(waiting, refuse_lines):
    received, terms = waiting
    refuse_lines("internal_error")
    with pytest.raises(InternalError):
        write_long_import.func(**terms)
    received.refresh_from_db()
    assert received.status == HoursImport.Status.READY
    assert "erreur de notre fait" in received.failure
    assert not StatementLine.objects.exists()


def test_two_transactions_in_each_other_s_way_are_tried_again_later(waiting, refuse_lines):
    received, terms = waiting
    refuse_lines("deadlock_detected")
    with pytest.raises(OperationalError) as error:
        write_long_import.func(**terms)
    received.refresh_from_db()
    assert received.status == HoursImport.Status.WRITING
    retry = write_long_import.retry_strategy
    assert isinstance(error.value, retry.exceptions)
