"""Who enters where: every route, with GET and POST, for every kind of visitor, against `matrix.txt`.

A new route fails until its lines are written there; `matrix_draft.py` proposes them.
"""

import re
from datetime import UTC, datetime

import pytest
import time_machine
from django.db import transaction

from tests.meta import matrix
from tests.meta.cast import KINDS, client_of
from tests.meta.routes import all_routes
from tests.meta.world import build_world

JUNE = datetime(2026, 6, 15, 9, 0, tzinfo=UTC)
NOBODY_S = 987654321

pytestmark = pytest.mark.django_db


GROUPS = [KINDS[start : start + 7] for start in range(0, len(KINDS), 7)]


def test_every_route_and_method_is_declared_and_nothing_else():
    routes = {(matrix.key_of(route), method) for route in all_routes() for method in matrix.METHODS}
    assert routes == set(matrix.declared())


@pytest.mark.parametrize("kinds", GROUPS, ids=lambda kinds: "-".join(kind.sign for kind in kinds))
def test_each_visitor_gets_what_is_declared(kinds, settings):
    """And a thing that is not theirs answers byte for byte as one that does not exist."""
    expected, wrong = matrix.declared(), []
    with time_machine.travel(JUNE, tick=False):
        world, other = build_world(), build_world()
        for kind in kinds:
            settings.SECOND_FACTOR = kind.sign == "1f"
            with transaction.atomic():
                client = client_of(kind, world, other)
                for route, method, letter, answer in matrix.tried(client, world):
                    due = expected[matrix.key_of(route), method][kind.sign]
                    if letter != due:
                        wrong.append(f"{kind.words}, {method} {route.name}\u00a0: {letter} au lieu de {due}")
                    elif letter == "." and "pk" in route.converters and tells(client, method, answer):
                        wrong.append(f"{kind.words}, {method} {route.name}\u00a0: dit que la chose existe")
                transaction.set_rollback(True)
    assert wrong == []


def tells(client, method, answer):
    """Whether the answer about a foreign thing differs from the answer about nothing."""
    address = answer.wsgi_request.path
    unknown = re.sub(r"/[0-9]+/", f"/{NOBODY_S}/", address, count=1)
    return same(answer) != same(matrix.ask(client, method, unknown))


def same(answer):
    """An answer without what changes each time: the token against forged forms, and the address asked for."""
    headers = {name: value for name, value in answer.items() if name != "Set-Cookie"}
    body = re.sub(rb"[A-Za-z0-9]{64}", b"", matrix.body_of(answer))
    return answer.status_code, headers, re.sub(rb"/[0-9]+/", b"/.../", body)


@pytest.mark.parametrize("sign", ["an", "fa", "ca", "li"])
def test_other_methods_and_fragments_open_nothing_more(sign, settings):
    kind = next(kind for kind in KINDS if kind.sign == sign)
    with time_machine.travel(JUNE, tick=False):
        world, other = build_world(), build_world()
        client = client_of(kind, world, other)
        for route in all_routes():
            address = matrix.address_of(route, world)
            page = matrix.ask(client, "GET", address)
            head = matrix.ask(client, "HEAD", address)
            assert head.status_code in (page.status_code, 405), route.name
            fragment = matrix.ask(client, "GET", address, **{"HX-Request": "true"})
            if page.status_code >= 400:
                assert fragment.status_code == page.status_code, route.name
            for method in ("PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"):
                answer = matrix.ask(client, method, address)
                assert answer.status_code in (302, 403, 404, 405), f"{route.name} {method}"
