"""The answer to « pourquoi ce nombre ? »: the steps from the facts to a figure, each with its source."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypedDict

from uneplace.rules.french import typeset

SourceKind = Literal["loi", "contrat type", "usage", "à confirmer", "contrat", "calcul", "fait"]


@dataclass(frozen=True, slots=True)
class Source:
    """Where a value comes from: a text or usage (with its last check), the contract, a fact, a sum.

    `parameter` is the name of the value in `parameters.yaml`, when it is one.
    """

    kind: SourceKind
    label: str
    url: str = ""
    checked_on: date | None = None
    parameter: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One step: a French sentence, its value as it is shown (`151,67 h`), and where the value comes from."""

    text: str
    value: str
    source: Source


Explanation = tuple[Step, ...]

CONTRACT = Source("contrat", "Clause du marché")
FACT = Source("fait", "Fait déclaré")
SUM = Source("calcul", "Calcul")


class SourceRecord(TypedDict):
    kind: str
    label: str
    url: str
    checked_on: str | None
    parameter: str


class StepRecord(TypedDict):
    text: str
    value: str
    source: SourceRecord


def step(text: str, value: str, source: Source) -> Step:
    """A step whose French sentence gets its non-breaking spaces."""
    return Step(typeset(text), value, source)


def as_json(explanation: Iterable[Step]) -> list[StepRecord]:
    """The steps as plain values, to store beside the result or to print."""
    return [
        {
            "text": step.text,
            "value": step.value,
            "source": {
                "kind": step.source.kind,
                "label": step.source.label,
                "url": step.source.url,
                "checked_on": step.source.checked_on.isoformat() if step.source.checked_on else None,
                "parameter": step.source.parameter,
            },
        }
        for step in explanation
    ]
