"""A test sees and makes the rows of every service; the requests and jobs that it tries start with none in
scope, as on a living site.
"""

from contextvars import ContextVar

from django.core.signals import request_finished, request_started
from django.db import connection
from django.db.backends.signals import connection_created

from uneplace.kit.scope import EVERY, SETTING

site_works = ContextVar("site_works", default=False)


def watch():
    """Follow connections and requests, from the start of the suite on."""
    connection_created.connect(_on_connection)
    request_started.connect(_on_request)
    request_finished.connect(_after_request)


def _on_connection(connection, **kwargs):
    _set(connection)


def _on_request(**kwargs):
    site_works.set(True)
    _set(connection)


def _after_request(**kwargs):
    site_works.set(False)
    _set(connection)


def _set(connection):
    # Straight through the driver: not one of the queries that a test counts.
    if connection.connection is not None and not connection.connection.closed:
        value = "" if site_works.get() else EVERY
        connection.connection.execute("SELECT set_config(%s, %s, false)", [SETTING, value])
