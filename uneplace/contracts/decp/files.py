"""From bytes to a tree of plain values: JSON or XML, in the encodings that are met."""

import json
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException, ElementTree

MAX_MEGABYTES = 50
MAX_DEPTH = 40
TOO_DEEP = "Ce fichier est imbriqué trop profondément."
BOMS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}


class UnreadableFile(Exception):
    """The file as a whole is not award data; the message is a French line to show as it is."""


def contents(source: Path | bytes) -> bytes:
    """The bytes of a file, when they can be read and are not too many."""
    if isinstance(source, bytes):
        _refuse_when_too_large(len(source))
        return source
    try:
        _refuse_when_too_large(source.stat().st_size)
        return source.read_bytes()
    except FileNotFoundError:
        raise UnreadableFile("Ce fichier n’existe pas.")
    except IsADirectoryError:
        raise UnreadableFile("C’est un dossier, pas un fichier.")
    except OSError:
        raise UnreadableFile("Ce fichier ne peut pas être lu.")


def tree(data: bytes) -> tuple[Any, bool]:
    """The values of a JSON or XML file, and whether its encoding had to be guessed."""
    if not data.strip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n"):
        raise UnreadableFile("Ce fichier est vide.")
    text, is_guessed = _decoded(data)
    start = text.lstrip()[:1]
    if start == "<":
        return _xml(data, text)
    if start in ("{", "["):
        return _json(text), is_guessed
    raise UnreadableFile("Ce fichier n’est ni du JSON ni du XML.")


def _refuse_when_too_large(size: int) -> None:
    if size > MAX_MEGABYTES * 1024 * 1024:
        raise UnreadableFile(f"Ce fichier dépasse {MAX_MEGABYTES} Mo.")


def _decoded(data: bytes) -> tuple[str, bool]:
    bom, encoding = next(((bom, name) for bom, name in BOMS.items() if data.startswith(bom)), (b"", "utf-8"))
    try:
        return data.decode(encoding), False
    except UnicodeDecodeError:
        return data.removeprefix(bom).decode("cp1252", errors="replace"), True


def _json(text: str) -> Any:
    try:
        return json.loads(text, parse_float=_number, parse_int=_number, parse_constant=lambda name: None)
    except json.JSONDecodeError as error:
        raise UnreadableFile(f"Ce fichier n’est pas du JSON valable (ligne {error.lineno}).")
    except RecursionError:
        raise UnreadableFile(TOO_DEEP)


def _number(text: str) -> int | Decimal | str:
    # A number of a thousand digits is a fault of the data, not a reason to stop: it stays as written.
    if len(text) > 40:
        return text
    try:
        return int(text)
    except ValueError:
        pass
    try:
        return Decimal(text)
    except InvalidOperation:
        return text


def _xml(data: bytes, text: str) -> tuple[dict[str, Any], bool]:
    try:
        root, is_guessed = _parsed(data, text)
    except DefusedXmlException:
        raise UnreadableFile("Ce fichier XML déclare des entités ou un type de document : il est refusé.")
    except ParseError as error:
        raise UnreadableFile(f"Ce fichier n’est pas du XML valable (ligne {error.position[0]}).")
    return {_name(root): _values(root, depth=1)}, is_guessed


def _parsed(data: bytes, text: str) -> tuple[Element, bool]:
    try:
        return ElementTree.fromstring(data, forbid_dtd=True), False
    except DefusedXmlException:
        raise
    except (ParseError, LookupError, ValueError):
        # The announced encoding may be wrong: the text that could be decoded knows better.
        return ElementTree.fromstring(text.lstrip("\ufeff \t\r\n"), forbid_dtd=True), True


def _values(element: Element, depth: int) -> Any:
    if depth > MAX_DEPTH:
        raise UnreadableFile(TOO_DEEP)
    children = [child for child in element if isinstance(child.tag, str)]
    if not children:
        return element.text or ""
    values: dict[str, Any] = {}
    for child in children:
        name, value = _name(child), _values(child, depth + 1)
        if name in values:
            held = values[name]
            values[name] = [*held, value] if isinstance(held, list) else [held, value]
        else:
            values[name] = value
    return values


def _name(element: Element) -> str:
    return element.tag.rpartition("}")[2]
