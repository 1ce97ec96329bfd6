"""Rewriting sealed columns, many rows at once: sealing what was in clear, sealing anew under the first key.

A row changed by somebody else in the meantime is left as it is: the next batch finds it again if need be.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from types import ModuleType

from django.apps import apps
from django.core.files.storage import default_storage
from django.db import connection, models
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg import sql

from .crypto import Unreadable, keyring, seal, unseal
from .encrypted import BlindIndexField, encrypted_fields
from .scope import every_service

BATCH = 500
Convert = Callable[[list[str]], list[str]]
"""The texts of one row's columns, turned into those to keep."""


def rewrite(
    connection: BaseDatabaseWrapper, table: str, columns: list[str], convert: Convert, where: str = "true"
) -> Iterator[int]:
    """Rewrite these text columns of `table` batch by batch, in the order of ids; tells each batch's size.

    The caller owns the transactions: one for all, or one a batch.
    """
    read = sql.SQL("SELECT id, {columns} FROM {table} WHERE id > %s AND ({where}) ORDER BY id LIMIT {most}")
    write = sql.SQL(
        "UPDATE {table} SET {changes} FROM unnest(%s::bigint[], {olds}, {news}) AS row(id, {old}, {new}) "
        "WHERE {table}.id = row.id AND {same}"
    )
    old, new = ([f"{kind}_{name}" for name in columns] for kind in ("old", "new"))
    parts = {
        "table": sql.Identifier(table),
        "columns": _names(columns),
        "where": sql.SQL(where),
        "most": sql.Literal(BATCH),
        "olds": sql.SQL(", ").join([sql.SQL("%s::text[]")] * len(columns)),
        "news": sql.SQL(", ").join([sql.SQL("%s::text[]")] * len(columns)),
        "old": _names(old),
        "new": _names(new),
        "changes": sql.SQL(", ").join(
            sql.SQL("{} = row.{}").format(*map(sql.Identifier, pair))
            for pair in zip(columns, new, strict=True)
        ),
        "same": sql.SQL(" AND ").join(
            sql.SQL("{}.{} = row.{}").format(*map(sql.Identifier, (table, *pair)))
            for pair in zip(columns, old, strict=True)
        ),
    }
    last = 0
    while True:
        with connection.cursor() as cursor:
            cursor.execute(read.format(**parts), [last])
            rows = cursor.fetchall()
            if not rows:
                return
            last = rows[-1][0]
            texts = [list(row[1:]) for row in rows]
            kept = [
                _converted(convert, text, f"{table} n° {row[0]}")
                for text, row in zip(texts, rows, strict=True)
            ]
            ids = [row[0] for row in rows]
            cursor.execute(write.format(**parts), [ids, *_by_column(texts), *_by_column(kept)])
        yield len(rows)


def _converted(convert: Convert, texts: list[str], row: str) -> list[str]:
    try:
        return convert(texts)
    except Unreadable as error:
        raise Unreadable(f"{row} : {error}")


def _names(names: list[str]) -> sql.Composable:
    return sql.SQL(", ").join(map(sql.Identifier, names))


def _by_column(rows: list[list[str]]) -> list[list[str]]:
    return [list(column) for column in zip(*rows, strict=True)]


def sealed_models() -> list[type[models.Model]]:
    """The models that have sealed columns."""
    found = [model for model in apps.get_models() if model._meta.managed and encrypted_fields(model)]
    return sorted(found, key=lambda model: model._meta.db_table)


def seal_anew(model: type[models.Model]) -> Iterator[int]:
    """Seal under the first key every value of a model that is not yet, its blind indexes too.

    What was done stays done: stopped and started again, it goes on with the rest.
    """
    sealed = encrypted_fields(model)
    indexes = [field for field in model._meta.concrete_fields if isinstance(field, BlindIndexField)]
    places = {field.column: rank for rank, field in enumerate(sealed)}

    def convert(texts: list[str]) -> list[str]:
        clear = [unseal(text, field.context) for text, field in zip(texts, sealed, strict=False)]
        again = [seal(text, field.context, field.step) for text, field in zip(clear, sealed, strict=True)]
        return again + [index.index_of(clear[places[index.of]]) for index in indexes]

    columns = [field.column for field in [*sealed, *indexes]]
    return rewrite(connection, model._meta.db_table, columns, convert, where=_stale(model))


def _stale(model: type[models.Model]) -> str:
    current = keyring().current.id
    return " OR ".join(
        f"({field.column} <> '' AND left({field.column}, {len(current) + 1}) <> '{current}:')"
        for field in encrypted_fields(model)
    )


def sealed_elsewhere() -> list[ModuleType]:
    """What applications seal besides whole columns: each has a `NAME`, `seal_anew()` and `keys_in_use()`."""
    return [
        config.sealed_elsewhere() for config in apps.get_app_configs() if hasattr(config, "sealed_elsewhere")
    ]


def keys_in_use() -> dict[str, list[str]]:
    """The names of the keys that columns need, each with these columns; « » for values in clear."""
    found: dict[str, list[str]] = {}
    for model in sealed_models():
        for field in encrypted_fields(model):
            column, table = sql.Identifier(field.column), sql.Identifier(model._meta.db_table)
            query = sql.SQL(
                "SELECT DISTINCT CASE WHEN {column} ~ '^[0-9a-f]{{8}}:' THEN left({column}, 8) ELSE '' END "
                "FROM {table} WHERE {column} <> ''"
            )
            with every_service(), connection.cursor() as cursor:
                cursor.execute(query.format(column=column, table=table))
                for (key_id,) in cursor.fetchall():
                    found.setdefault(key_id, []).append(field.context)
    for place in sealed_elsewhere():
        for key_id in place.keys_in_use():
            found.setdefault(key_id, []).append(place.NAME)
    return found


def keys_of_files() -> dict[str, int]:
    """The names of the keys that files need, with how many need each; « » for files in clear."""
    return Counter(default_storage.key_of(name) for name in default_storage.names())


def faults() -> list[str]:
    """What cannot be read of the sealed columns and files, in French; empty when all is well."""
    columns, files = keys_in_use(), keys_of_files()
    found = []
    if in_clear := columns.pop("", []):
        found.append(f"Des données ne sont pas chiffrées : {', '.join(in_clear)}.")
    if in_clear := files.pop("", 0):
        found.append(f"{in_clear} fichier(s) ne sont pas chiffrés : lancez « uneplace rotate-keys ».")
    known = {key.id for key in keyring().keys}
    for key_id in sorted({*columns, *files} - known):
        places = [*columns.get(key_id, []), *([f"{files[key_id]} fichier(s)"] if key_id in files else [])]
        found.append(f"La clé {key_id} manque : {', '.join(places)} sont illisibles.")
    return found
