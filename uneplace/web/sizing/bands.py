"""The rows of a scale: under which amount, how many hours. A row left empty is no row."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms

from uneplace.rules.hours_due import Band
from uneplace.web.contracts.fields import EurosField
from uneplace.web.fields import HoursField

FEWEST_ROWS, MOST_ROWS = 3, 20
MORE = "bareme"
"""What « Ajouter une ligne » sends as `calculer`."""
_ROW = re.compile(r"band_hours_(\d+)$")


def names(row: int) -> tuple[str, str]:
    """The names of the two fields of a row."""
    return f"band_below_{row}", f"band_hours_{row}"


def row_count(data: Mapping[str, Any] | None, initial: Mapping[str, Any]) -> int:
    """How many rows the form has: those sent, or those known and one to write."""
    source = initial if data is None else data
    known = [int(found[1]) + 1 for name in source if (found := _ROW.match(name))]
    count = max(known, default=0)
    if data is None or data.get("calculer") == MORE:
        count += 1
    return min(max(count, FEWEST_ROWS), MOST_ROWS)


def fields_of(row: int, most_hours: Decimal) -> dict[str, forms.Field]:
    """The two fields of a row."""
    below, hours = names(row)
    rank = row + 1
    return {
        below: EurosField(label=f"Ligne {rank}, montant inférieur à", required=False),
        hours: HoursField(label=f"Ligne {rank}, heures", required=False, max_hours=most_hours),
    }


def read(facts: Mapping[str, Any], rows: int) -> tuple[tuple[Band, ...], dict[str, str]]:
    """The bands that the rows say, in order, and what is wrong, by field."""
    found: list[Band] = []
    errors: dict[str, str] = {}
    for row in range(rows):
        below_name, hours_name = names(row)
        below, hours = facts.get(below_name), facts.get(hours_name)
        if below is None and hours is None:
            continue
        if hours is None:
            errors[hours_name] = "Écrivez les heures de cette ligne, par exemple 350."
        elif found and found[-1].below is None:
            errors[below_name] = "La ligne d’avant est sans limite\u00a0: elle doit être la dernière."
        elif found and below is not None and below <= (found[-1].below or 0):
            errors[below_name] = "Écrivez un montant plus grand que celui de la ligne d’avant."
        else:
            found.append(Band(below, hours))
    if not found and not errors:
        errors[names(0)[1]] = "Écrivez au moins une ligne du barème, par exemple 350 heures."
    return tuple(found), errors
