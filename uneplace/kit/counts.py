"""How many rows many questions find, asked of the database as one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet


@dataclass(frozen=True)
class Question:
    """A statement that answers with one number a name. It can be kept and asked again: its answer cannot."""

    names: tuple[str, ...]
    sql: str
    parameters: tuple[Any, ...]

    def answer(self) -> dict[str, int]:
        """How many rows there are now, by name."""
        with connection.cursor() as cursor:
            cursor.execute(self.sql, self.parameters)
            return dict(zip(self.names, cursor.fetchone(), strict=True))


def as_one(rows: Mapping[str, Iterable[QuerySet]]) -> Question:
    """The question « how many rows do these querysets find, in all, under each name? »."""
    columns, parameters = [], []
    for querysets in rows.values():
        terms = ["0"]
        for queryset in querysets:
            unsorted = queryset if queryset.query.is_sliced else queryset.order_by()
            try:
                sql, given = unsorted.values("pk").query.sql_with_params()
            except EmptyResultSet:
                continue
            terms.append(f"(SELECT count(*) FROM ({sql}) AS found)")  # noqa: S608 - Django's own SQL
            parameters += given
        columns.append(" + ".join(terms))
    return Question(tuple(rows), f"SELECT {', '.join(columns)}", tuple(parameters))
