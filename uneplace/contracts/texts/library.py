"""The texts of a service: its own where it wrote them, else those shipped."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from uneplace.contracts.models import ClauseText, ComingContract, Document, Family
from uneplace.contracts.texts.placeholders import PLACEHOLDERS, fill, missing, values_of
from uneplace.organisations.models import Organisation
from uneplace.rules.french import typeset

LIBRARY_FILE = Path(__file__).parent / "library.yaml"
ITEM = "- "
SPACES = re.compile(r"[ \t\n]+")  # a non-breaking space stays


@dataclass(frozen=True)
class Text:
    """One text: for which document and devices, its title, its body, and whether the service wrote it."""

    document: Document
    family: Family
    title: str
    body: str
    revision: int = 0

    @property
    def is_own(self) -> bool:
        """Whether the service wrote it."""
        return self.revision > 0


@dataclass(frozen=True)
class Paragraph:
    """One paragraph of a filled text; an item belongs to a list."""

    text: str
    is_item: bool = False


@dataclass(frozen=True)
class Part:
    """What one document says, once filled."""

    document: str
    title: str
    paragraphs: list[Paragraph]


@cache
def shipped() -> Mapping[tuple[Family, Document], Text]:
    """Every text shipped; the file has one for each document and family, or it is not read."""
    found = yaml.safe_load(LIBRARY_FILE.read_text(encoding="utf-8"))
    return {
        (family, document): Text(document, family, **found[family][document])
        for family in Family
        for document in Document
    }


def texts_of(service: Organisation, family: Family) -> list[Text]:
    """The texts of a service for one family of devices, in the order of the documents."""
    own = {text.document: text for text in ClauseText.objects.filter(service=service, family=family)}
    return [_own(own[one]) if one in own else shipped()[family, one] for one in Document]


def text_of(service: Organisation, family: Family, document: Document) -> Text:
    """One text of a service."""
    return next(text for text in texts_of(service, family) if text.document == document)


def _own(row: ClauseText) -> Text:
    return Text(Document(row.document), Family(row.family), row.title, row.body, row.revision)


def parts_for(coming: ComingContract) -> list[Part]:
    """What each document says of the clause answered on a coming contract."""
    values = values_of(coming)
    return [
        Part(text.document.label, typeset(fill(text.title, values)), paragraphs(text.body, values))
        for text in texts_of(coming.service, Family.of(coming.device))
    ]


def paragraphs(body: str, values: Mapping[str, str]) -> list[Paragraph]:
    """The paragraphs of a text, filled and typeset; one that starts with « - » is an item of a list."""
    found = []
    for block in body.replace("\r\n", "\n").split("\n\n"):
        text = SPACES.sub(" ", block).strip()
        if text:
            is_item = text.startswith(ITEM)
            found.append(Paragraph(typeset(fill(text.removeprefix(ITEM), values)), is_item))
    return found


def holes(parts: list[Part]) -> list[str]:
    """What is still to be written by hand in these documents: the labels of the values not known."""
    whole = " ".join(f"{part.title} {' '.join(one.text for one in part.paragraphs)}" for part in parts)
    return [one.label for name, one in PLACEHOLDERS.items() if missing(name) in whole]
