"""What the job worker does by itself about clauses."""

from datetime import UTC, datetime

from uneplace.kit.jobs import every
from uneplace.kit.scope import working_with
from uneplace.organisations.actor import Actor
from uneplace.organisations.models import Organisation

from .actions import start_clauses


@every("5 4 * * *")
def start_clauses_of_the_day(timestamp: int) -> None:
    """Every night, the validated clauses whose execution begins are set running, in each service."""
    at = datetime.fromtimestamp(timestamp, UTC)
    for service in Organisation.objects.facilitators():
        with working_with([service.pk]):
            start_clauses(by=Actor(None, service), at=at)
