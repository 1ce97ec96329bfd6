import csv
import gzip
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from django.db import connection, models, transaction
from psycopg import sql

from .models import Commune, CpvCode, RomeJob, RomeLabel
from .text import search_key

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Loaded:
    """What loading one nomenclature did: rows read, and rows that had to be written."""

    model: type[models.Model]
    read: int
    written: int


@transaction.atomic
def load_reference(directory: Path = DATA) -> list[Loaded]:
    """Bring the national nomenclatures up to the files of `directory`; what is the same is left alone.

    A code that left its nomenclature stays: files of past years still name it.
    """
    return [
        _load(Commune, map(_commune, _rows(directory / "communes.csv.gz"))),
        _load(RomeJob, map(_rome_job, _rows(directory / "rome.csv.gz"))),
        _load(RomeLabel, map(_rome_label, _rows(directory / "rome_appellations.csv.gz"))),
        _load(CpvCode, map(_cpv_code, _rows(directory / "cpv.csv.gz"))),
    ]


def _load(model: type[models.Model], received: Iterator[models.Model]) -> Loaded:
    columns = [field.attname for field in model._meta.concrete_fields]  # the key comes first
    held = {row[0]: row for row in model._default_manager.values_list(*columns)}
    wanted = {
        row[0]: row for row in (tuple(getattr(thing, column) for column in columns) for thing in received)
    }
    _copy(model, columns, [row for key, row in wanted.items() if key not in held])
    changed = [row for key, row in wanted.items() if key in held and row != held[key]]
    model._default_manager.bulk_update(
        [model(**dict(zip(columns, row, strict=True))) for row in changed],
        columns[1:],
        batch_size=500,
    )
    return Loaded(model, len(wanted), len(wanted.keys() - held.keys()) + len(changed))


def _copy(model: type[models.Model], columns: list[str], rows: list[tuple]) -> None:
    into = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(model._meta.db_table), sql.SQL(", ").join(map(sql.Identifier, columns))
    )
    with connection.cursor() as cursor, cursor.copy(into) as copy:
        for row in rows:
            copy.write_row(row)


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _commune(row: dict[str, str]) -> Commune:
    return Commune(
        code_insee=row["code_insee"],
        name=row["nom"],
        departement=row["departement"],
        epci=row["epci_siren"],
        population=int(row["population"]) if row["population"] else None,
        postcodes=row["codes_postaux"].split("|") if row["codes_postaux"] else [],
        latitude=Decimal(row["latitude"]) if row["latitude"] else None,
        longitude=Decimal(row["longitude"]) if row["longitude"] else None,
        search=search_key(row["nom"]),
    )


def _rome_job(row: dict[str, str]) -> RomeJob:
    return RomeJob(code=row["code"], label=row["libelle"], search=search_key(row["libelle"]))


def _rome_label(row: dict[str, str]) -> RomeLabel:
    return RomeLabel(
        ogr=int(row["code_ogr"]),
        label=row["libelle"],
        job_id=row["code_rome"],
        search=search_key(row["libelle"]),
    )


def _cpv_code(row: dict[str, str]) -> CpvCode:
    return CpvCode(code=row["code"], label=row["libelle"], search=search_key(row["libelle"]))
