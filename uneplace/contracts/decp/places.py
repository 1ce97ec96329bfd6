from collections.abc import Iterable

from uneplace.reference.models import Commune

from .records import ContractRecord

COMMUNE = "Code commune"


def place_names(records: Iterable[ContractRecord]) -> dict[str, str]:
    """The names of the communes that the records give by their code alone, as formats 2.x do."""
    codes = {
        record.place_code
        for record in records
        if record.place_kind == COMMUNE and record.place_code and not record.place_name
    }
    return dict(Commune.objects.filter(code_insee__in=codes).values_list("code_insee", "name"))


def place_name(record: ContractRecord, names: dict[str, str]) -> str:
    """The name that the data give, else that of the commune of this code."""
    return record.place_name or (names.get(record.place_code, "") if record.place_kind == COMMUNE else "")
