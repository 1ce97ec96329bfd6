"""A company without account, and the links that it receives."""

import re

from django.test import Client

from tests.offers.scene import NOW, Scene
from uneplace.organisations.actor import Actor
from uneplace.organisations.links import draw_link
from uneplace.organisations.models import AccessLink

EMAIL = "c.fenouil@batiment.example"
LINK = re.compile(r"https?://[^/]+(/lien/[\w-]+/)")


def without_account(scene: Scene) -> Scene:
    """Nobody signs in for the company any more; the service knows its address."""
    company = scene.company.organisation
    company.memberships.update(ended_at=NOW)
    company.email = EMAIL
    company.save()
    scene.sheet.commitment.company = company
    return scene


def link_to(thing, *, email: str = EMAIL, at=NOW) -> tuple[AccessLink, str]:
    """A link to a job sheet, and its path on the site."""
    company = thing.commitment.company
    link, address = draw_link(thing, organisation=company, email=email, by=Actor(None, thing.service), at=at)
    return link, LINK.search(address).group(1)


def links_in(text: str) -> list[str]:
    """The paths of the links of a message."""
    return LINK.findall(text)


def come_by_link(sheet, **options) -> Client:
    """A browser whose owner opened a link to this sheet and went on."""
    client = Client()
    _, path = link_to(sheet, **options)
    assert client.post(path).status_code == 302
    return client
