"""What the job worker does by itself about hours."""

from datetime import UTC, datetime

from django.utils.timezone import localtime

from uneplace.kit.jobs import every

from .expected import expect_statements


@every("15 5 * * *")
def open_expected_statements(timestamp: int) -> None:
    """Each morning, open the statements of the months begun; `timestamp` is the moment it was due."""
    expect_statements(on=localtime(datetime.fromtimestamp(timestamp, UTC)).date())
