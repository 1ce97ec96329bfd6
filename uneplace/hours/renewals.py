"""Decisions of eligibility that lapse soon while somebody needs them for a job: to take again before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from uneplace.offers.models import Application, JobSheet
from uneplace.offers.queries import start_day
from uneplace.organisations.models import Organisation
from uneplace.people.models import EligibilityDecision

from .models import Placement

SOON_DAYS = 45


@dataclass(frozen=True)
class Renewal:
    """A decision, and the job that needs it: a work contract that has not started, or an application."""

    decision: EligibilityDecision
    application: Application | None
    placement: Placement | None
    start: date

    @property
    def is_cut(self) -> bool:
        """Whether the person could not start: the first day comes once the decision has lapsed."""
        return self.decision.valid_until is not None and self.start >= self.decision.valid_until


def lapsing(service: Organisation, *, on: date, days: int = SOON_DAYS) -> QuerySet[EligibilityDecision]:
    """The last decision of each person that lapses within so many days while a job needs it, soonest
    first."""
    in_force = EligibilityDecision.objects.in_force()
    later = in_force.filter(participant=OuterRef("participant"), valid_until__gt=OuterRef("valid_until"))
    coming = Placement.objects.filter(participant=OuterRef("participant"), period__startswith__gt=on)
    wanted = Application.objects.filter(
        participant=OuterRef("participant"),
        status__in=[*Application.OPEN, Application.Status.HIRED],
        placement=None,
        job_sheet__status__in=[JobSheet.Status.PUBLISHED, JobSheet.Status.FILLED],
    )
    return (
        in_force.filter(
            service=service,
            valid_until__gt=on,
            valid_until__lte=on + timedelta(days=days),
            participant__anonymised_at=None,
            participant__merge=None,
        )
        .filter(~Exists(later))
        .annotate(
            placement=Subquery(coming.order_by("period__startswith", "pk").values("pk")[:1]),
            application=Subquery(wanted.order_by("-job_sheet__period__startswith", "pk").values("pk")[:1]),
        )
        .filter(Q(placement__isnull=False) | Q(application__isnull=False))
        .order_by(F("valid_until"), "pk")
    )


def renewals_of(decisions: Sequence[EligibilityDecision], *, on: date) -> list[Renewal]:
    """Each of these decisions of `lapsing` with the job that needs it, in two queries."""
    placements = Placement.objects.select_related("employer").in_bulk(
        [one.placement for one in decisions if one.placement]
    )
    applications = Application.objects.select_related("job_sheet__commitment__company").in_bulk(
        [one.application for one in decisions if one.application]
    )
    found = []
    for decision in decisions:
        placement, application = placements.get(decision.placement), applications.get(decision.application)
        start = placement.period.lower if placement else start_day(application.job_sheet, on=on)
        found.append(Renewal(decision, application, placement, start))
    return found
