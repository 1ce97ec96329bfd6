"""What the job worker does by itself about people's data."""

from datetime import UTC, datetime

from uneplace.kit.jobs import every
from uneplace.kit.scope import working_with
from uneplace.organisations.actor import Actor
from uneplace.organisations.models import Organisation

from .retention import apply_retention, forget_invitations


@every("35 2 * * *")
def apply_retention_of_the_night(timestamp: int) -> None:
    """Every night, in each service: files announced, anonymised and purged at their term."""
    at = datetime.fromtimestamp(timestamp, UTC)
    for service in Organisation.objects.facilitators():
        with working_with([service.pk]):
            apply_retention(service, by=Actor(None, service), at=at)
    forget_invitations(at=at)
