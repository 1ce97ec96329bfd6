"""What the job worker does by itself about the journal."""

from datetime import UTC, datetime, timedelta

from uneplace.kit.jobs import every

from .chain import seal_entries


@every("* * * * *")
def seal_journal(timestamp: int) -> None:
    """Each minute, the acts written since are sealed: what is cut before its seal leaves no trace."""
    at = datetime.fromtimestamp(timestamp, UTC)
    seal_entries(at=at, since=at - timedelta(days=1))
