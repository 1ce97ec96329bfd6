"""What the job worker does by itself about what the screens keep aside."""

from datetime import UTC, datetime

from uneplace.kit.jobs import every
from uneplace.web.offers.held import forget_held


@every("55 2 * * *")
def forget_files_kept_aside(timestamp: int) -> None:
    """Every night, remove the files kept aside that nobody came back for."""
    forget_held(at=datetime.fromtimestamp(timestamp, UTC))
