"""What every page that one may open with a GET costs and does."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.meta.cast import SIGN_OF
from tests.meta.matrix import opened_by
from tests.meta.pages import address_of
from tests.meta.world import build_world, grow
from tests.plugin.database import look_at_tables

pytestmark = pytest.mark.django_db(transaction=True)

JUNE = datetime(2026, 6, 15, 9, 0, tzinfo=UTC)
ACTORS = ["service", "buyer", "company", "employer", "referrer"]
WRITES = ("INSERT", "UPDATE", "DELETE", "COPY", "TRUNCATE")


def costs(world, name) -> dict[str, int]:
    """How many queries each page costs this actor."""
    client = Client()
    client.force_login(world.actors[name].user)
    client.get("/")  # what is kept in memory from the first request on is not a page's cost
    found = {}
    for route in opened_by(SIGN_OF[name]):
        with CaptureQueriesContext(connection) as queries:
            response = client.get(address_of(route, world))
            if response.streaming:
                b"".join(response.streaming_content)
        found[route.name] = len(queries)
        written = [query["sql"] for query in queries if query["sql"].lstrip().startswith(WRITES)]
        assert not [sql for sql in written if "organisations_session" not in sql], (
            f"{route.name} writes on GET"
        )
    return found


def test_a_page_costs_as_many_queries_with_200_rows_as_with_2():
    with time_machine.travel(JUNE, tick=False):
        world = build_world()
        few = {name: costs(world, name) for name in ACTORS}
        with transaction.atomic():
            grow(world, 198)
        look_at_tables()
        many = {name: costs(world, name) for name in ACTORS}
    grown = {
        (name, page): (cost, many[name][page])
        for name in ACTORS
        for page, cost in few[name].items()
        if many[name][page] > cost
    }
    assert not grown, grown
    assert all(len(pages) >= 8 for pages in few.values())
