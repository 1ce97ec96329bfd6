"""The organisations that a service's file names, and what still ties them to it."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from uneplace.contracts.models import AwardMember, Clause, ComingContract, Commitment, Contract
from uneplace.kit.sorting import SortKey
from uneplace.offers.models import Application, Diffusion, Transmission
from uneplace.organisations.models import Capacity, Membership, Organisation, Partnership
from uneplace.people.models import EligibilityDecision, InformationGiven, Support

from .models import Placement, Statement

NAMED: Mapping[str, tuple[tuple[type[Model], str], ...]] = {
    "buys": ((Contract, "buyer"), (ComingContract, "buyer")),
    "executes": (
        (AwardMember, "company"),
        (Commitment, "company"),
        (Transmission, "company"),
        (Application, "answered_by"),
    ),
    "employs": ((Placement, "employer"), (Placement, "declared_by"), (Statement, "declarant")),
    "follows": (
        (Support, "organisation"),
        (InformationGiven, "organisation"),
        (EligibilityDecision, "requested_by"),
        (Diffusion, "organisation"),
        (Application, "organisation"),
    ),
}
"""Where a file names organisations, by what they do there. A test holds that no place is forgotten."""


def named_in_file(service: Organisation) -> QuerySet[Organisation]:
    """The organisations that the file of this service names, with what each does there: `buys`, `executes`,
    `employs`, `follows`."""
    found = {name: _named(service, places) for name, places in NAMED.items()}
    whatever = Q()
    for condition in found.values():
        whatever |= condition
    others = Organisation.objects.exclude(capacities__contains=[Capacity.FACILITATOR])
    return others.filter(whatever).annotate(**found)


def _named(service: Organisation, places) -> Q:
    condition = Q(pk__in=[])
    for model, field in places:
        condition |= Q(Exists(model.objects.filter(service=service, **{field: OuterRef("pk")})))
    return condition


def to_approve(service: Organisation) -> QuerySet[Organisation]:
    """Those that the service never let in; first those that can sign in and see nothing, then by name.

    An organisation that was let in and then let go is no longer asked about.
    """
    known = Partnership.objects.filter(service=service, organisation=OuterRef("pk"))
    signs_in = Membership.objects.current().filter(organisation=OuterRef("pk"), user__is_active=True)
    return (
        named_in_file(service)
        .filter(~Exists(known))
        .annotate(waits=Exists(signs_in))
        .order_by("-waits", SortKey("name"), "pk")
    )


def waiting_to_see(service: Organisation) -> QuerySet[Organisation]:
    """Those of them that can sign in: somebody there sees nothing yet."""
    return to_approve(service).filter(waits=True)


@dataclass(frozen=True)
class Ties:
    """What still goes on in a file with an organisation, that it would see no more."""

    commitments: int
    placements: int
    statements: int
    applications: int

    @property
    def any(self) -> bool:
        """Whether something goes on."""
        return bool(self.commitments or self.placements or self.statements or self.applications)


def ties_of(organisation: Organisation, service: Organisation, *, on) -> Ties:
    """Engagements under way, work contracts that last, statements awaited and applications open, that day."""
    placements = Placement.objects.filter(service=service).filter(
        Q(employer=organisation) | Q(declared_by=organisation), period__contains=on
    )
    return Ties(
        commitments=Commitment.objects.filter(service=service, company=organisation)
        .exclude(clause__status__in=[Clause.Status.MET, Clause.Status.NOT_MET, Clause.Status.CLOSED])
        .count(),
        placements=placements.count(),
        statements=Statement.objects.filter(service=service, declarant=organisation)
        .awaited_from_declarant()
        .count(),
        applications=Application.objects.filter(service=service, status__in=Application.OPEN)
        .filter(Q(organisation=organisation) | Q(job_sheet__commitment__company=organisation))
        .count(),
    )
