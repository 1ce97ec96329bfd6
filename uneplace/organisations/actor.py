from dataclasses import dataclass
from functools import cached_property

from uneplace.kit.scope import every_service

from .models import AccessLink, Capacity, Membership, Organisation, Partnership, Role, User


@dataclass(frozen=True)
class Actor:
    """Somebody working as one organisation: the one who sees, acts and is written in the journal.

    A command has no user; it acts for its organisation. Nor has whoever came by a `link` sent by e-mail: that
    actor sees and does what the organisation may about the one thing of the link, and nothing else.
    """

    user: User | None
    organisation: Organisation
    role: str = Role.MEMBER
    link: AccessLink | None = None

    @property
    def capacities(self) -> frozenset[str]:
        """What the organisation comes for."""
        return frozenset(self.organisation.capacities)

    def can(self, *capacities: str) -> bool:
        """Whether the organisation holds at least one of these capacities."""
        return not self.capacities.isdisjoint(capacities)

    @cached_property
    def services(self) -> tuple[int, ...]:
        """The services (ids) in whose files one works: one's own, and those that let the organisation in."""
        if self.link is not None:
            return (self.link.service_id,)
        with every_service():
            approved = Partnership.objects.filter(organisation=self.organisation).in_force()
            services = sorted(approved.values_list("service_id", flat=True))
        return (self.organisation.pk, *services) if self.is_facilitator else tuple(services)

    @property
    def means(self) -> str:
        """By what means one acts, when it is not an account: « par lien envoyé à a…@exemple.fr »."""
        return f"par lien envoyé à {self.link.masked_email}" if self.link else ""

    @property
    def writes(self) -> bool:
        """Readers look; members and administrators act."""
        return self.role != Role.READER

    @property
    def is_facilitator(self) -> bool:
        """Whether one works for a service that holds files."""
        return self.can(Capacity.FACILITATOR)

    def serves(self, thing) -> bool:
        """Whether one works for the very service that holds this thing's file."""
        return self.is_facilitator and thing.service_id == self.organisation.pk

    def stands_for(self, organisation_id: int | None) -> bool:
        """Whether one works for that organisation."""
        return organisation_id is not None and organisation_id == self.organisation.pk


@dataclass(frozen=True)
class Oneself:
    """Somebody acting on one's own account, as no organisation: choosing a password, for instance."""

    user: User
    organisation: None = None


@dataclass(frozen=True)
class Nobody:
    """Somebody unknown, who signed in nowhere: who guesses passwords, for instance."""

    user: None = None
    organisation: None = None


def actor_of(membership: Membership) -> Actor:
    """The actor that a membership gives."""
    return Actor(membership.user, membership.organisation, membership.role)
