"""The ways of sizing a clause, by code: the one list that forms, files and explanations read."""

from collections.abc import Mapping
from dataclasses import fields

from uneplace.rules.checks import check_choice
from uneplace.rules.hours_due.invoiced import Invoiced
from uneplace.rules.hours_due.methods import (
    Actions,
    Bands,
    Fixed,
    LabourShare,
    Method,
    NetStaff,
    PerYear,
    WorkedHours,
)

_IN_ORDER: tuple[type[Method], ...] = (
    LabourShare,
    WorkedHours,
    Invoiced,
    Fixed,
    PerYear,
    NetStaff,
    Bands,
    Actions,
)
METHODS: Mapping[str, type[Method]] = {method.code: method for method in _IN_ORDER}
"""Every method by its code, in the order in which they are offered."""


def method_of(code: object) -> type[Method]:
    """The method of that code; another code raises `FactError`."""
    check_choice("method", code, METHODS)
    return METHODS[str(code)]


def inputs_of(method: type[Method]) -> tuple[str, ...]:
    """The names of the inputs of a method, in order; `INPUTS` gives their kinds."""
    return tuple(field.name for field in fields(method))  # type: ignore[arg-type]  # every method is a dataclass
