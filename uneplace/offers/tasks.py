"""What the job worker does by itself about offers."""

import logging
from datetime import UTC, datetime

from uneplace.kit.jobs import every
from uneplace.kit.scope import every_service, working_with
from uneplace.organisations.models import Organisation

from .digest import send_digests
from .reminders import send_reminders
from .silence import announce_closings, close_silent

logger = logging.getLogger(__name__)


@every("30 5 * * *")
def send_digests_of_the_morning(timestamp: int) -> None:
    """Each morning, one mail to each structure that has new offers or answers to give."""
    with every_service():
        send_digests(at=datetime.fromtimestamp(timestamp, UTC))


@every("40 5 * * *")
def break_the_silence_of_the_morning(timestamp: int) -> None:
    """Each morning, in each service: close what was announced, announce what will close, then remind."""
    at = datetime.fromtimestamp(timestamp, UTC)
    for service in Organisation.objects.facilitators():
        for act in (close_silent, announce_closings, send_reminders):
            try:
                with working_with([service.pk]):
                    act(service, at=at)
            except Exception:  # the others are not to wait for this one
                logger.exception("%s failed for service %s", act.__name__, service.pk)
