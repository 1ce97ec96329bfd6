"""The delays in force in each service, at any moment."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.timezone import localtime

from uneplace.organisations.models import Organisation
from uneplace.rules.delays import Delays, usual_delays

from .models import ServiceDelays


@dataclass(frozen=True)
class DelaysInForce:
    """Every version of the delays of some services, newest first."""

    versions: dict[int, list[ServiceDelays]]

    def at(self, service_id: int, moment: datetime) -> Delays:
        """What applied in this service then: its latest version, else what is usual."""
        for version in self.versions.get(service_id, []):
            if version.decided_at <= moment:
                return version.delays
        return usual_delays(on=localtime(moment).date())


def delays_of(services: Iterable[int]) -> DelaysInForce:
    """The delays of these services (ids), in one query."""
    versions = defaultdict(list)
    for version in ServiceDelays.objects.filter(service__in=set(services)).order_by("-number"):
        versions[version.service_id].append(version)
    return DelaysInForce(dict(versions))


def delays_in(service: Organisation, *, at: datetime) -> Delays:
    """The delays in force in one service."""
    return delays_of([service.pk]).at(service.pk, at)
