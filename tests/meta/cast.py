"""Everybody who may come to a page: of the file, beside it, from elsewhere, or no longer of the house."""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.test import Client
from django.utils import timezone

from tests.factories import (
    CommitmentFactory,
    JobSheetFactory,
    OrganisationFactory,
    PartnershipFactory,
    StatementFactory,
    actor_for,
)
from tests.meta.world import World
from uneplace.organisations.actor import Actor
from uneplace.organisations.links import draw_link, open_link
from uneplace.organisations.models import Partnership, Role


@dataclass(frozen=True)
class Kind:
    """One kind of visitor: its two signs in the matrix, who it is, and how it comes to be.

    `user` answers an account, the secret of a link's session, or nobody.
    """

    sign: str
    words: str
    user: Callable[[World, World], object]


def of_the_file(name: str, role: str) -> Callable:
    """Somebody of the organisation that holds this place in the file."""
    return lambda world, other: actor_for(world.organisations[name], role).user


def beside(name: str) -> Callable:
    """Another organisation of this capacity, let in by the same service, that has no part in the file."""

    def come(world, other):
        organisation = OrganisationFactory(**{name: True})
        PartnershipFactory(service=world.organisations["service"], organisation=organisation)
        return actor_for(organisation).user

    return come


def from_elsewhere(name: str) -> Callable:
    """Whoever holds this place in the file of another service."""
    return lambda world, other: other.actors[name].user


def gone(world: World, other: World):
    """A facilitator whose membership has ended."""
    user = actor_for(world.organisations["service"]).user
    user.memberships.update(ended_at="2026-05-01T08:00:00Z")
    return user


def put_out(world: World, other: World):
    """The company of the file, whose partnership with the service has ended."""
    company = world.organisations["company"]
    Partnership.objects.filter(organisation=company).update(ended_at="2026-05-01T08:00:00Z")
    return actor_for(company).user


def by_link(world: World, other: World) -> str:
    """The company of the file once it has no account: the session of a link to its job sheet."""
    return session_of(world.objects["sheet"])


def by_another_link(world: World, other: World) -> str:
    """Another company without account of the same service, with a link to its own job sheet."""
    commitment = CommitmentFactory(clause=world.objects["clause"], share=0)
    return session_of(JobSheetFactory(commitment=commitment))


def by_statement_link(world: World, other: World) -> str:
    """The company of the file once it has no account: the session of a link to its statement."""
    return session_of(world.objects["statement"])


def by_another_statement_link(world: World, other: World) -> str:
    """Another company without account of the same service, with a link to its own statement."""
    commitment = CommitmentFactory(clause=world.objects["clause"], share=0)
    return session_of(StatementFactory(commitment=commitment))


def session_of(thing) -> str:
    """The secret of the session that a link to this sheet or statement starts."""
    company, at = thing.commitment.company, timezone.now()
    company.memberships.update(ended_at="2026-05-01T08:00:00Z")
    by = Actor(None, thing.service)
    link, _ = draw_link(thing, organisation=company, email="contact@batiment.example", by=by, at=at)
    return open_link(link, at=at)


KINDS = [
    Kind("an", "personne n’est connecté", lambda world, other: None),
    Kind("fa", "service facilitateur, administration", of_the_file("service", Role.ADMIN)),
    Kind("fm", "service facilitateur, membre", of_the_file("service", Role.MEMBER)),
    Kind("fr", "service facilitateur, lecture seule", of_the_file("service", Role.READER)),
    Kind("ba", "acheteur du marché, administration", of_the_file("buyer", Role.ADMIN)),
    Kind("br", "acheteur du marché, lecture seule", of_the_file("buyer", Role.READER)),
    Kind("ca", "entreprise du marché, administration", of_the_file("company", Role.ADMIN)),
    Kind("cr", "entreprise du marché, lecture seule", of_the_file("company", Role.READER)),
    Kind("ea", "structure d’insertion de la personne, administration", of_the_file("employer", Role.ADMIN)),
    Kind("er", "structure d’insertion de la personne, lecture seule", of_the_file("employer", Role.READER)),
    Kind("ra", "prescripteur de la personne, administration", of_the_file("referrer", Role.ADMIN)),
    Kind("rr", "prescripteur de la personne, lecture seule", of_the_file("referrer", Role.READER)),
    Kind("b2", "autre acheteur du même service", beside("buyer")),
    Kind("c2", "autre entreprise du même service", beside("company")),
    Kind("e2", "autre structure d’insertion du même service", beside("employer")),
    Kind("r2", "autre prescripteur du même service", beside("referrer")),
    Kind("f9", "autre service facilitateur", from_elsewhere("service")),
    Kind("b9", "acheteur d’un autre service", from_elsewhere("buyer")),
    Kind("c9", "entreprise d’un autre service", from_elsewhere("company")),
    Kind("e9", "structure d’insertion d’un autre service", from_elsewhere("employer")),
    Kind("r9", "prescripteur d’un autre service", from_elsewhere("referrer")),
    Kind("go", "facilitatrice partie du service", gone),
    Kind("cl", "facilitatrice dont le compte est fermé", of_the_file("service", Role.ADMIN)),
    Kind("po", "entreprise du marché que le service n’admet plus", put_out),
    Kind("li", "entreprise du marché sans compte, par le lien de sa fiche de poste", by_link),
    Kind("l2", "autre entreprise sans compte, par le lien de la sienne", by_another_link),
    Kind("lh", "entreprise du marché sans compte, par le lien de son relevé", by_statement_link),
    Kind("h2", "autre entreprise sans compte, par le lien du sien", by_another_statement_link),
    Kind("1f", "facilitatrice sans second facteur", of_the_file("service", Role.ADMIN)),
]


SIGN_OF = {"service": "fa", "buyer": "ba", "company": "ca", "employer": "ea", "referrer": "ra", None: "an"}
"""How the matrix writes each actor of a world, and whoever is not signed in."""


def client_of(kind: Kind, world: World, other: World) -> Client:
    """The browser of this visitor, signed in if it is somebody, or come by a link."""
    client = Client()
    user = kind.user(world, other)
    if isinstance(user, str):
        client.cookies[settings.LINK_COOKIE_NAME] = user
    elif user is not None:
        client.force_login(user)
    if kind.sign == "cl":
        user.is_active = False  # the session was open already
        user.save()
    return client
