"""What the XML parts of a DOCX or an ODT may not do: run, hold another file, fetch anything at opening.

Names are compared without their prefixes, which whoever writes the file chooses.
"""

from typing import Any
from xml.sax import ContentHandler

from defusedxml.expatreader import DefusedExpatParser

from .refusals import FileRefused, too_complex

DEEPEST = 200  # elements one in another
LONGEST_FIELD = 40  # signs: enough for its first word

SCRIPT = ("urn:oasis:names:tc:opendocument:xmlns:script:1.0", "http://openoffice.org/2000/script")
XLINK = "http://www.w3.org/1999/xlink"
RUNS = ("vnd.sun.star.", "macro:", "javascript:", "vbscript:")  # what an address that runs starts with
MACRO_ELEMENTS = ("execute-macro", "applet", "plugin")
FETCHING_ELEMENTS = ("dde-source", "dde-connection-decl", "dde-connection")

FILE_RELATIONS = ("oleobject", "package", "afchunk", "subdocument")
CONTROL_RELATIONS = ("control", "activexcontrolbinary", "vbaproject", "wordvbadata")
# Fields that read elsewhere when they are worked out; QUOTE can write the name of another one.
FETCHING_FIELDS = {
    *(
        "DDE",
        "DDEAUTO",
        "DATABASE",
        "IMPORT",
        "INCLUDE",
        "INCLUDEPICTURE",
        "INCLUDETEXT",
        "LINK",
        "QUOTE",
        "RD",
    )
}


class Part(ContentHandler):
    """Reads one XML part without keeping it. Raises `FileRefused`."""

    def __init__(self, name: str) -> None:
        self.name, self.depth = name.lower(), 0

    def startElementNS(self, name: Any, qname: Any, attrs: Any) -> None:  # noqa: N802 - the name that SAX gives
        self.depth += 1
        if self.depth > DEEPEST:
            raise too_complex()
        self.check(name, dict(attrs.items()))

    def endElementNS(self, name: Any, qname: Any) -> None:  # noqa: N802
        self.depth -= 1

    def check(self, name: tuple[str | None, str], attributes: dict[tuple[str | None, str], str]) -> None:
        """Look at one element: names are the address of a vocabulary, if any, and a word of it."""


class OdtPart(Part):
    """A part of an ODT: an address outside the file is only that of a link, which somebody clicks on."""

    def check(self, name, attributes):
        vocabulary, word = name
        if vocabulary in SCRIPT or word in MACRO_ELEMENTS:
            raise macros()
        if word in FETCHING_ELEMENTS:
            raise fetches()
        for (of, attribute), value in attributes.items():
            if of in SCRIPT or value.strip().lower().startswith(RUNS):
                raise macros()
            if (of, attribute) == (XLINK, "href") and word != "a" and _is_outside(value.strip()):
                raise fetches()


def _is_outside(address: str) -> bool:
    if address.startswith("#"):
        return False
    return ":" in address or "\\" in address or address.startswith(("/", "../")) or "/../" in address


class DocxPart(Part):
    """A part of a DOCX: an address outside the file is only that of a link, which somebody clicks on."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.is_instruction = False
        self.instructions = [""]  # of the fields under way, one in another

    def check(self, name, attributes):
        word = name[1].lower()
        values = {attribute.lower(): value for (_, attribute), value in attributes.items()}
        if self.name.endswith(".rels"):
            _check_relation(values)
        if self.name == "[content_types].xml":
            _check_content_type(values.get("contenttype", "").lower())
        if word in ("oleobject", "altchunk"):
            raise files_inside()
        if word == "fldchar":
            self._go_through_field(values.get("fldchartype", "").lower())
        _check_field(values.get("instr", ""))
        self.is_instruction = word in ("instrtext", "delinstrtext")

    def characters(self, content):
        if self.is_instruction:
            begun = self.instructions[-1] + content.replace('"', " ")
            self.instructions[-1] = begun.lstrip()[:LONGEST_FIELD]

    def endElementNS(self, name, qname):  # noqa: N802
        super().endElementNS(name, qname)
        self.is_instruction = False

    def endDocument(self):  # noqa: N802
        for instruction in self.instructions:
            _check_field(instruction)

    def _go_through_field(self, step: str) -> None:
        _check_field(self.instructions[-1])
        if step == "begin":
            self.instructions.append("")
        elif step == "end" and len(self.instructions) > 1:
            self.instructions.pop()


def _check_field(instruction: str) -> None:
    words = instruction.replace('"', " ").split(maxsplit=1)
    if words and words[0].upper() in FETCHING_FIELDS:
        raise fetches()


def _check_relation(values: dict[str, str]) -> None:
    kind = values.get("type", "").lower().rpartition("/")[2]
    if kind in FILE_RELATIONS:
        raise files_inside()
    if kind in CONTROL_RELATIONS:
        raise macros()
    if values.get("targetmode", "").lower() == "external" and kind != "hyperlink":
        raise fetches()


def _check_content_type(kind: str) -> None:
    if "macroenabled" in kind or "activex" in kind:
        raise macros()
    if "oleobject" in kind:
        raise files_inside()


def read_part(text: bytes, part: Part) -> None:
    """Read the text of a part. Raises `FileRefused`, and what the parser raises on a text that is none."""
    parser = DefusedExpatParser(namespaceHandling=1)
    parser.setContentHandler(part)
    parser.feed(text)
    parser.close()


def macros() -> FileRefused:
    """The document can act."""
    return FileRefused("Ce document contient des macros. Enregistrez-le en PDF, puis envoyez le PDF.")


def files_inside() -> FileRefused:
    """The document holds another one."""
    return FileRefused("Ce document contient d’autres fichiers. Enregistrez-le en PDF, puis envoyez le PDF.")


def fetches() -> FileRefused:
    """The document asks for something elsewhere as soon as it is opened."""
    return FileRefused(
        "Ce document va chercher d’autres fichiers. Enregistrez-le en PDF, puis envoyez le PDF."
    )
