"""A canary in the file of another service: each text, file name and document of it holds a token.

Whatever the actors of the first service open, they never read that token. Then again with the querysets
showing everything, so that the policies of the database hold alone; with the policies showing everything, so
that the querysets do; and with both nets down, to see that the canary does sing.
"""

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import chain, islice

import psycopg
import pytest
import time_machine
from django.apps import apps
from django.conf import settings
from django.core.files.base import ContentFile
from django.db import connection, models
from django.test import Client
from django.urls import reverse
from procrastinate.contrib.django import app
from psycopg import sql

from tests.meta.cast import session_of
from tests.meta.crawl import Reading, crawl, read
from tests.meta.pages import address_of
from tests.meta.routes import all_routes
from tests.meta.world import World, build_world
from tests.plugin.mailbox import run_jobs, text_of
from uneplace.journal.actions import record
from uneplace.kit.scope import every_service
from uneplace.organisations.models import OwnedByService
from uneplace.organisations.visibility import SeenByQuerySet
from uneplace.settlement.control_records import Notice
from uneplace.web import access

JUNE = datetime(2026, 6, 15, 9, 0, tzinfo=UTC)
TOKEN, START = "canari9Q7Z", "canari"
ACTORS = ["service", "buyer", "company", "employer", "referrer"]
NEVER_CHANGED = (Notice,)
SEARCHES = ("home:search", "people:list", "contracts:list", "hours:list", "offers:list", "accounts:partners")

pytestmark = pytest.mark.django_db(transaction=True)


def plant(world: World) -> int:
    """Put the token in every text of the file of this world's service; how many texts hold it."""
    service, planted = world.organisations["service"], 0
    owned = [model for model in apps.get_models() if issubclass(model, OwnedByService)]
    for model in owned:
        if model._meta.model_name == "ledgerentry":  # never changed, and made of figures
            continue
        fields = [field for field in model._meta.concrete_fields if holds_words(field)]
        for thing in model.objects.filter(service=service):
            if getattr(thing, "issued_at", None):  # frozen
                continue
            for field in fields:
                words = f"{TOKEN} {getattr(thing, field.name) or ''}"
                setattr(thing, field.name, words[: field.max_length])
            if model in NEVER_CHANGED:
                write_over(thing, fields)
            else:
                thing.save()
            planted += len(fields)
    for name in ("application", "sent"):
        application = world.objects[name]
        application.refresh_from_db()
        application.cv.save(f"{TOKEN}.pdf", ContentFile(b"%PDF-1.4 " + TOKEN.encode()))
    proof = world.objects["decision_proof"]
    proof.evidence.refresh_from_db()
    proof.evidence.file.save(f"{TOKEN}.pdf", ContentFile(b"%PDF-1.4 " + TOKEN.encode()))
    for thing in world.objects.values():
        thing.refresh_from_db()
        record("statement.kept", about=thing, by=world.actors["service"], at=JUNE, reason=TOKEN)
    return planted


def write_over(thing: models.Model, fields: list[models.Field]) -> None:
    """Change a row that the database lets nobody change: by the superuser, without any trigger."""
    address = psycopg.conninfo.make_conninfo(
        os.environ["UNEPLACE_TEST_POSTGRES"], dbname=connection.settings_dict["NAME"]
    )
    with psycopg.connect(address, autocommit=True) as server:
        server.execute("SET session_replication_role = replica")
        for field in fields:
            change = sql.SQL("UPDATE {} SET {} = %s WHERE id = %s").format(
                sql.Identifier(thing._meta.db_table), sql.Identifier(field.column)
            )
            server.execute(change, [getattr(thing, field.name), thing.pk])


def holds_words(field: models.Field) -> bool:
    """A column in which somebody may write words of one's own."""
    return (
        isinstance(field, models.CharField | models.TextField)
        and not isinstance(field, models.FileField)
        and not field.choices
        and field.name not in {"cpv", "main_ground", "ground", "holiday_zone", "checksum"}
    )


def addresses(world: World) -> list[str]:
    """Every route on the things of a world."""
    return [address_of(route, world) for route in all_routes()]


def heard(client: Client, mine: World, theirs: World, *, fragments: bool = True) -> Iterator[Reading]:
    """What a visitor of the first world reads that holds the token of the second, as it comes."""
    searches = [f"{reverse(name)}?q={START}" for name in SEARCHES]
    starts = ["/", *searches, *addresses(theirs), *addresses(mine)]
    readings = crawl(client, starts, fragments=fragments)
    posted = (read(client, address, method="POST") for address in addresses(theirs))
    return (reading for reading in chain(readings, posted) if reading is not None and TOKEN in reading.text)


def singing(client: Client, mine: World, theirs: World, **named: bool) -> list[str]:
    """Where the token is read, among all that can be."""
    return sorted({f"{one.channel} {one.address}" for one in heard(client, mine, theirs, **named)})


@pytest.fixture
def worlds():
    """Two services and their files, the second full of tokens."""
    with time_machine.travel(JUNE, tick=False):
        mine, theirs = build_world(), build_world()
        assert plant(theirs) > 100
        yield mine, theirs


def signed_in(world: World, name: str) -> Client:
    client = Client()
    client.force_login(world.actors[name].user)
    return client


@pytest.mark.parametrize("name", ACTORS)
def test_nobody_reads_a_word_of_another_service(worlds, name):
    assert singing(signed_in(worlds[0], name), *worlds) == []


@pytest.mark.parametrize("thing, home", [("sheet", "/par-lien/fiche/"), ("statement", "/par-lien/releve/")])
def test_a_link_reads_no_word_of_another_service(worlds, monkeypatch, thing, home):
    """A company without account, with both nets, then with the database's alone."""
    client = Client()
    client.cookies[settings.LINK_COOKIE_NAME] = session_of(worlds[0].objects[thing])
    assert "Vous répondez pour" in client.get(home).text
    assert singing(client, *worlds) == []
    monkeypatch.setattr(SeenByQuerySet, "visible_to", lambda self, actor: self.all())
    assert singing(client, *worlds, fragments=False) == []


@pytest.mark.parametrize("name", ACTORS)
def test_the_database_alone_holds_when_the_querysets_show_everything(worlds, name, monkeypatch):
    monkeypatch.setattr(SeenByQuerySet, "visible_to", lambda self, actor: self.all())
    assert singing(signed_in(worlds[0], name), *worlds, fragments=False) == []


def test_the_canary_sings_when_both_nets_are_down(worlds, monkeypatch):
    monkeypatch.setattr(SeenByQuerySet, "visible_to", lambda self, actor: self.all())
    monkeypatch.setattr(access, "working_with", lambda services: every_service())
    reading = heard(signed_in(worlds[0], "service"), *worlds, fragments=False)
    found = {one.address: one.channel for one in islice(reading, 20)}
    assert len(found) == 20
    assert {"page", "export", "suggestion"} <= set(found.values())


def test_the_querysets_alone_hold_when_the_database_shows_everything(worlds, monkeypatch):
    monkeypatch.setattr(access, "working_with", lambda services: every_service())
    assert singing(signed_in(worlds[0], "service"), *worlds, fragments=False) == []


def test_no_mail_to_one_service_holds_a_word_of_another(worlds, mailbox):
    mine, _ = worlds
    for periodic in app.periodic_registry.periodic_tasks.values():
        periodic.task.defer(timestamp=int(JUNE.timestamp()))
    run_jobs()
    addresses = {actor.user.email for actor in mine.actors.values()}
    for message in mailbox.messages:
        if message["To"] in addresses:
            assert TOKEN not in text_of(message)
            assert TOKEN not in message["Subject"]
