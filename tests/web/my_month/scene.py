"""The code of a month, and the phone that opens it."""

from datetime import UTC, date, datetime

from django.test import Client

from uneplace.hours import month_links
from uneplace.organisations.actor import Actor

APRIL = date(2026, 4, 1)
MAY_6 = datetime(2026, 5, 6, 9, 0, tzinfo=UTC)
HOME = "/mon-mois/"


def code_of(placement, *, at=MAY_6, email="") -> str:
    """The path of a code handed to the person by who declares the hours."""
    _, address = month_links.draw_month_link(
        placement, APRIL, email=email, by=Actor(None, placement.declared_by), at=at
    )
    return "/mois/" + address.rstrip("/").rpartition("/")[2] + "/"


def phone_of(placement) -> Client:
    """A phone on which the person scanned the code and went on."""
    client = Client()
    assert client.post(code_of(placement)).url == HOME
    return client
