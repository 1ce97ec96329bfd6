"""The file of cases: JSON whose integers are bounded and whose names are given once."""

import json
from typing import Any

from uneplace.rules.cases.facts import Repeated
from uneplace.rules.cases.values import whole_number


class Unreadable(ValueError):
    """A file that is not one of cases; the message is a French sentence."""


def read_cases(content: bytes) -> list[Any]:
    """The cases of a file, each as it is written; `Unreadable` when there is no list of cases to be found."""
    try:
        found = json.loads(content, parse_int=whole_number, object_pairs_hook=_object)
    except RecursionError:
        raise Unreadable("trop de listes ou d’objets les uns dans les autres.")
    except ValueError as error:
        raise Unreadable(f"ce n’est pas du JSON ({error}).")
    if isinstance(found, Repeated):
        raise Unreadable(f"le nom «\u00a0{found.name}\u00a0» est donné deux fois.")
    if not isinstance(found, dict) or not isinstance(found.get("cases"), list):
        raise Unreadable("un objet avec une liste «\u00a0cases\u00a0» est attendu.")
    cases: list[Any] = found["cases"]
    return cases


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    return found if len(found) == len(pairs) else Repeated(pairs)
