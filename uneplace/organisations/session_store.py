"""Sessions kept in the database, one row each, that know whose they are (`SESSION_ENGINE`)."""

from datetime import datetime

from django.contrib.auth import SESSION_KEY as USER_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.utils import timezone

STARTED, SEEN = "started_at", "seen_at"  # moments, in ISO form
BROWSER, ADDRESS = "browser", "address"


class SessionStore(DatabaseStore):
    """Django's own store; what lists and ends sessions is copied from the data into columns."""

    @classmethod
    def get_model_class(cls):
        from .sign_in_models import Session

        return Session

    def create_model_instance(self, data: dict):
        """The row of this session; whoever has just signed in starts it now."""
        if USER_KEY in data and STARTED not in data:
            data[STARTED] = data[SEEN] = timezone.now().isoformat()  # noqa: TID251 - as Django dates its end
        row = super().create_model_instance(data)
        row.user_id = int(data[USER_KEY]) if USER_KEY in data else None
        row.started_at = moment(data.get(STARTED))
        row.seen_at = moment(data.get(SEEN))
        row.browser = data.get(BROWSER, "")
        row.address = data.get(ADDRESS, "")
        return row


def moment(text: str | None) -> datetime | None:
    """A moment as the session keeps it; None when it keeps none."""
    return datetime.fromisoformat(text) if text else None
