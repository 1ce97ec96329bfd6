"""The services whose rows the database shows, for the length of a block.

The second net under the querysets: each table that carries a service has a policy that reads the setting
below (`kit.migrations.row_security`). Outside any block the application sees no row of any service. The
setting lasts as long as a transaction, so a connection given back to a pool carries nothing over.
"""

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager

from django.db import connection, transaction

from . import history

SETTING = "uneplace.services"
EVERY = "*"


def working_with(services: Iterable[int]) -> AbstractContextManager[None]:
    """Show the rows of these services (ids) and of no other, in one transaction."""
    return _within(",".join(str(int(pk)) for pk in services))


def every_service() -> AbstractContextManager[None]:
    """Show the rows of all services, in one transaction: for commands, jobs, and who works with whom."""
    return _within(EVERY)


@contextmanager
def _within(value: str) -> Iterator[None]:
    with connection.cursor() as cursor:
        is_nested = connection.in_atomic_block
        before = _current(cursor) if is_nested else ""
        with transaction.atomic():
            _set(cursor, value)
            yield
            if is_nested:
                # A savepoint that ends well keeps the setting; one rolled back gives it back by itself.
                _set(cursor, before)


def _current(cursor) -> str:
    cursor.execute("SELECT coalesce(current_setting(%s, true), '')", [SETTING])
    return cursor.fetchone()[0]


def _set(cursor, value: str) -> None:
    cursor.execute(
        "SELECT set_config(%s, %s, true), set_config(%s, %s, true)",
        [SETTING, value, history.SETTING, history.current_author()],
    )
