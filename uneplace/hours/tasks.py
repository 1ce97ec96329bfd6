"""What the job worker does by itself about hours."""

from datetime import UTC, datetime

from django.utils.timezone import localtime

from uneplace.kit.jobs import every
from uneplace.kit.scope import every_service

from .expected import expect_statements


@every("15 5 * * *")
def open_expected_statements(timestamp: int) -> None:
    """Each morning, open the statements of the months begun; `timestamp` is the moment it was due."""
    with every_service():
        expect_statements(on=localtime(datetime.fromtimestamp(timestamp, UTC)).date())
