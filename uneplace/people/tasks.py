"""What the job worker does by itself about people's files."""

from datetime import UTC, datetime

from uneplace.kit.jobs import every
from uneplace.kit.scope import working_with
from uneplace.organisations.models import Organisation

from .twins import note_all_twins


@every("50 2 * * *")
def note_twins_of_the_night(timestamp: int) -> None:
    """Every night, in each service: the files that are probably one person's."""
    at = datetime.fromtimestamp(timestamp, UTC)
    for service in Organisation.objects.facilitators():
        with working_with([service.pk]):
            note_all_twins(service, at=at)
