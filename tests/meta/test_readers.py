"""Who only reads changes nothing, whatever is sent and wherever: every route, found by the resolver."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories import MembershipFactory
from tests.meta.pages import address_of
from tests.meta.routes import all_routes
from tests.meta.world import build_world
from uneplace.organisations.models import Role

pytestmark = pytest.mark.django_db(transaction=True)

JUNE = datetime(2026, 6, 15, 9, 0, tzinfo=UTC)
ACTORS = ["service", "buyer", "company", "employer", "referrer"]
WRITES = ("INSERT", "UPDATE", "DELETE", "COPY", "TRUNCATE")
REFUSED = {403, 404, 405}

OWN = {
    "accounts:account",
    "accounts:add_application",
    "accounts:add_key",
    "accounts:change_name",
    "accounts:change_password",
    "accounts:close_sessions",
    "accounts:confirm",
    "accounts:enrol",
    "accounts:recovery_codes",
    "accounts:remove_factor",
    "accounts:renew_recovery_codes",
    "accounts:switch",
    "accounts:unlink_proconnect",
}
"""One's own account, which a reader looks after like everybody."""

ASKED_BY_POST = {
    "hours:follow_up_words",
    "hours:open_document",
    "offers:note",
    "people:grounds",
    "people:open_proof",
}
"""What is masked until asked for: reading it is written in the journal, and nothing else is."""


def test_a_reader_is_refused_every_act_and_writes_no_row():
    with time_machine.travel(JUNE, tick=False):
        world = build_world()
        found = {name: _let_through(world, name) for name in ACTORS}
    assert not {name: let for name, let in found.items() if let}


def _let_through(world, name) -> dict[str, object]:
    """What each route answered a reader of this organisation who acts, when that was no refusal."""
    reader = MembershipFactory(organisation=world.actors[name].organisation, role=Role.READER).user
    client = Client()
    client.force_login(reader)
    let = {}
    for route in all_routes():
        if route.access.public or route.name in OWN:
            continue
        with CaptureQueriesContext(connection) as queries:
            response = client.post(address_of(route, world), {"reason": "Parce que", "decision": "close"})
        written = [query["sql"] for query in queries if query["sql"].lstrip().startswith(WRITES)]
        written = [sql for sql in written if "organisations_session" not in sql]
        if route.name in ASKED_BY_POST:
            if any("journal_entry" not in sql for sql in written):
                let[route.name] = written
        elif written or response.status_code not in REFUSED:
            let[route.name] = response.status_code, written
    return let
