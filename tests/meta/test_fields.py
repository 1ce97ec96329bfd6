"""Which sensitive field each actor of a file reads, and by which channel, against `fields.txt`."""

import re

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from procrastinate.contrib.django import app

from tests.meta import fields
from tests.meta.crawl import Reading, crawl, links_of, read
from tests.meta.pages import address_of
from tests.meta.routes import all_routes
from tests.meta.test_canary import JUNE, SEARCHES
from tests.meta.world import World, build_world
from tests.plugin.mailbox import run_jobs, text_of
from uneplace.rules.eligibility import Ground

ASKED = re.compile(r"/(cv|mot|motifs|ouvrir)/$")  # what is shown only after a POST

pytestmark = pytest.mark.django_db(transaction=True)


def readings(world: World, name: str) -> list[Reading]:
    """All that a reader finds in the file: by following links, by searching, and by asking."""
    client = Client()
    if name in world.actors:
        client.force_login(world.actors[name].user)
    addresses = [address_of(route, world) for route in all_routes()]
    searches = [f"{reverse(name)}?q=marque" for name in SEARCHES]
    found = list(crawl(client, ["/", *addresses, *searches]))
    links = {link for reading in found for link in links_of(reading)}
    for address in sorted(link for link in links.union(addresses) if ASKED.search(link)):
        asked = read(client, address, method="POST")
        if asked is not None and asked.channel in ("page", "document", "export"):
            found.append(Reading(address, "asked", asked.text))
    return found


def signs_of(found: list[Reading], mark: str, apart: str) -> str:
    """By which channels a mark is read; what is shown anyway is not « asked » for."""
    read_in = [reading for reading in found if reading.shows(mark)]
    channels = {reading.channel for reading in read_in if not re.search(apart, reading.address)}
    if channels - {"asked"}:
        channels.discard("asked")
    return "".join(sorted({fields.SIGNS[channel] for channel in channels})) or "-"


@pytest.fixture
def world(mailbox):
    """A file full of marks, with the messages of its night already sent."""
    with time_machine.travel(JUNE, tick=False):
        world = build_world()
        fields.plant(world)
        yield world


def mails_to(world: World, name: str, mailbox) -> list[Reading]:
    """The messages that a reader receives."""
    if name not in world.actors:
        return []
    address = world.actors[name].user.email
    return [
        Reading(address, "mail", f"{message['Subject']}\n{text_of(message)}")
        for message in mailbox.to(address)
    ]


def test_each_reader_reads_what_is_declared_and_no_more(world, mailbox):
    for periodic in app.periodic_registry.periodic_tasks.values():
        periodic.task.defer(timestamp=int(JUNE.timestamp()))
    run_jobs()
    cells = {words: {} for words, *_ in fields.marks()}
    for name in fields.READERS:
        found = readings(world, name) + mails_to(world, name, mailbox)
        for words, mark, apart in fields.marks():
            cells[words][name] = signs_of(found, mark, apart)
        if name == "company":
            assert no_ground_in(found) == []
    assert cells == fields.declared()


def no_ground_in(found: list[Reading]) -> list[str]:
    """Where the words of any ground are read."""
    return [
        f"{reading.channel} {reading.address}\u00a0: {ground.label}"
        for reading in found
        for ground in Ground
        if reading.shows(ground.label)
    ]
