"""DOCX and ODT files: what their directory announces is checked before any part is opened, then each
XML part is read."""

import zipfile
import zlib
from collections.abc import Callable
from io import BytesIO
from xml.sax import SAXException

from defusedxml import DefusedXmlException

from .parts import DocxPart, OdtPart, Part, files_inside, macros, read_part
from .refusals import FileRefused, not_a, too_complex

MOST_PARTS = 2000  # a CV has a few dozen
MOST_BYTES = 60 * 1024 * 1024  # of all parts, inflated
MOST_XML = 20 * 1024 * 1024
MOST_RATIO = 200  # inflated for one: text makes 10 to 20, a bomb a thousand
FREE = 1024 * 1024  # below this size, a ratio says nothing
ODT_MIMETYPE = b"application/vnd.oasis.opendocument.text"
INSIDE = (".zip", ".docx", ".docm", ".xlsx", ".odt", ".pdf", ".jar", ".exe", ".js", ".vbs", ".bat")
DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, OSError, RuntimeError)


def check_docx(content: bytes) -> None:
    """A document of a word processor, without macros, objects nor remote parts. Raises `FileRefused`."""
    _check(content, _check_docx_names, DocxPart)


def check_odt(content: bytes) -> None:
    """The same in the open format. Raises `FileRefused`."""
    _check(content, _check_odt_names, OdtPart)


def _check_docx_names(archive: zipfile.ZipFile) -> None:
    names = archive.namelist()
    if "[Content_Types].xml" not in names or "word/document.xml" not in names:
        raise not_a("DOCX")
    lower = [name.lower() for name in names]
    if any(name.endswith(("vbaproject.bin", "vbadata.xml")) or "/activex/" in name for name in lower):
        raise macros()
    if any("/embeddings/" in name for name in lower):
        raise files_inside()


def _check_odt_names(archive: zipfile.ZipFile) -> None:
    names = archive.namelist()
    if "content.xml" not in names or "mimetype" not in names:
        raise not_a("ODT")
    with archive.open("mimetype") as kind:
        if kind.read(100).strip() != ODT_MIMETYPE:
            raise not_a("ODT")
    steps = {step for name in names for step in name.lower().split("/")}
    if steps & {"basic", "scripts"}:
        raise macros()
    if any(step.startswith("object") for step in steps):
        raise files_inside()


def _check(content: bytes, check_names: Callable[[zipfile.ZipFile], None], kind: type[Part]) -> None:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            parts = archive.infolist()
            _check_directory(parts, len(content))
            check_names(archive)
            left = MOST_XML
            for part in parts:
                name = part.filename.lower()
                if name.endswith(INSIDE):
                    raise files_inside()
                if name.endswith((".xml", ".rels")) and part.file_size:
                    left -= _check_xml(archive, part, left, kind)
    except FileRefused:
        raise
    except DefusedXmlException:
        raise FileRefused(
            "Ce document contient des définitions dangereuses. Enregistrez-le en PDF, puis envoyez le PDF."
        )
    except (SAXException, RecursionError, *DAMAGED):
        raise _damaged()


def _check_directory(parts: list[zipfile.ZipInfo], size: int) -> None:
    if len(parts) > MOST_PARTS:
        raise too_complex()
    inflated = sum(part.file_size for part in parts)
    if inflated > MOST_BYTES or inflated > FREE + MOST_RATIO * size:
        raise too_complex()
    names = [part.filename for part in parts]
    if len(set(names)) < len(names) or not all(map(_is_plain, names)):
        raise _damaged()
    if any(part.flag_bits & 1 for part in parts):
        raise FileRefused("Ce document est protégé. Enregistrez-le sans mot de passe.")
    if any(part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for part in parts):
        raise _damaged()
    # Parts one over another inflate the same bytes many times.
    end = 0
    for part in sorted(parts, key=lambda part: part.header_offset):
        if part.header_offset < end:
            raise _damaged()
        end = part.header_offset + part.compress_size


def _is_plain(name: str) -> bool:
    steps = name.rstrip("/").split("/")
    odd = any(step in ("", ".", "..") or "\\" in step or ":" in step for step in steps)
    return name.isprintable() and not odd


def _check_xml(archive: zipfile.ZipFile, part: zipfile.ZipInfo, left: int, kind: type[Part]) -> int:
    with archive.open(part) as file:
        text = file.read(left + 1)
    if len(text) > left:
        raise too_complex()
    read_part(text, kind(part.filename))
    return len(text)


def _damaged() -> FileRefused:
    return FileRefused(
        "Ce document est abîmé et ne s’ouvre pas. Enregistrez-le de nouveau, ou envoyez un PDF."
    )
