"""Files that people send: what each claims to be is checked before it is kept.

A file is refused with a French sentence to show beside its field.
"""

import re
import unicodedata
from pathlib import PurePath
from typing import BinaryIO

from django.core.files.base import ContentFile

from . import archives, pdf, pictures
from .antivirus import scan
from .refusals import FileRefused, not_a

__all__ = [
    "CONTENT_TYPES",
    "CV_EXTENSIONS",
    "CV_KINDS",
    "CV_LIMIT",
    "CheckedFile",
    "FileRefused",
    "check_file",
    "tidy_name",
]

CV_LIMIT = 5 * 1024 * 1024
CV_KINDS = "PDF, DOCX, ODT, JPEG ou PNG, 5\u00a0Mo au plus"
CV_EXTENSIONS = (".pdf", ".docx", ".odt", ".jpg", ".jpeg", ".png")
STARTS = {
    ".pdf": ("PDF", b"%PDF-"),
    ".docx": ("DOCX", b"PK\x03\x04"),
    ".odt": ("ODT", b"PK\x03\x04"),
    ".jpg": ("JPEG", b"\xff\xd8\xff"),
    ".png": ("PNG", b"\x89PNG\r\n\x1a\n"),
}

CONTENT_TYPES = {
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".jpg": "image/jpeg",
    ".png": "image/png",
}
"""What a kept file is sent back as, by its extension."""


class CheckedFile(ContentFile):
    """A file as it may be kept: `name` is the author's, tidied; `extension` says what it is."""

    def __init__(self, content: bytes, name: str, extension: str) -> None:
        super().__init__(content, name)
        self.extension = extension


def check_file(file: BinaryIO, name: str, size: int) -> CheckedFile:
    """The file as it may be kept. Raises `FileRefused`.

    The extension says what the file claims to be, its content whether that is true. What could act by itself
    (scripts, macros, attached files, addresses fetched at opening) is refused, since other people will open
    it; a picture is drawn again, without what the camera wrote in it.
    """
    name = tidy_name(name)
    extension = PurePath(name).suffix.lower().replace(".jpeg", ".jpg")
    if extension not in STARTS:
        raise FileRefused(f"Envoyez un fichier {CV_KINDS}.")
    if not size:
        raise FileRefused("Ce fichier est vide. Vérifiez-le, puis choisissez-le de nouveau.")
    if size > CV_LIMIT:
        raise FileRefused("Ce fichier dépasse 5\u00a0Mo. Enregistrez-le en PDF, ou réduisez les images.")
    file.seek(0)
    content = file.read()
    kind, start = STARTS[extension]
    if not content.startswith(start):
        raise not_a(kind)
    scan(content)
    if extension == ".pdf":
        pdf.check(content)
    elif extension == ".docx":
        archives.check_docx(content)
    elif extension == ".odt":
        archives.check_odt(content)
    else:
        content = pictures.drawn_again(content, kind)
    return CheckedFile(content, name, extension)


def tidy_name(name: str) -> str:
    """The name of a file as it can be shown and sent back: no folder, no control character, 120 signs."""
    base = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    base = "".join(sign for sign in base if sign.isprintable()).strip(" .") or "fichier"
    path = PurePath(base)
    return path.stem[: max(1, 120 - len(path.suffix))] + path.suffix[:119]
