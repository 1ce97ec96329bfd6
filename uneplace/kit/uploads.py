"""Files that people send: what each claims to be is checked before it is kept.

A file is refused with a French sentence to show beside its field.
"""

import re
import zipfile
from collections.abc import Iterator
from pathlib import PurePath
from typing import Any, BinaryIO

import pikepdf

CV_LIMIT = 5 * 1024 * 1024
CV_KINDS = "PDF, DOCX, ODT, JPEG ou PNG, 5\u00a0Mo au plus"
CV_EXTENSIONS = (".pdf", ".docx", ".odt", ".jpg", ".jpeg", ".png")
MOST_PARTS = 2000  # of a word processor's file: a CV has a few dozen
MOST_OBJECTS = 50_000  # of a PDF


class FileRefused(ValueError):
    """A file that is not what it should be; the message is a French sentence."""


def check_cv(file: BinaryIO, name: str, size: int) -> str:
    """The extension under which to keep a CV. Raises `FileRefused`.

    The extension says what the file claims to be, its content whether that is true. What could act by itself
    (scripts, macros, attached files) is refused, since other people will open it.
    """
    extension = PurePath(name).suffix.lower()
    if extension not in CV_EXTENSIONS:
        raise FileRefused(f"Envoyez un fichier {CV_KINDS}.")
    if not size:
        raise FileRefused("Ce fichier est vide. Vérifiez-le, puis choisissez-le de nouveau.")
    if size > CV_LIMIT:
        raise FileRefused("Ce fichier dépasse 5\u00a0Mo. Enregistrez-le en PDF, ou réduisez les images.")
    file.seek(0)
    try:
        {
            ".pdf": _check_pdf,
            ".docx": _check_docx,
            ".odt": _check_odt,
            ".jpg": _check_jpeg,
            ".jpeg": _check_jpeg,
            ".png": _check_png,
        }[extension](file)
    finally:
        file.seek(0)
    return ".jpg" if extension == ".jpeg" else extension


def tidy_name(name: str) -> str:
    """The name of a file as it can be shown and sent back: no folder, no control character, 120 signs."""
    base = re.split(r"[/\\]", name)[-1]
    base = "".join(sign for sign in base if sign.isprintable()).strip(" .") or "fichier"
    path = PurePath(base)
    return path.stem[: 120 - len(path.suffix)] + path.suffix


def _check_pdf(file: BinaryIO) -> None:
    if not file.read(5).startswith(b"%PDF-"):
        raise _not_a("PDF")
    file.seek(0)
    try:
        with pikepdf.open(file) as pdf:
            if pdf.is_encrypted:
                raise FileRefused("Ce PDF est protégé. Enregistrez-le sans mot de passe ni restriction.")
            if len(pdf.objects) > MOST_OBJECTS:
                raise FileRefused("Ce PDF est trop complexe. Imprimez-le en PDF, puis envoyez le résultat.")
            for dictionary in _dictionaries(pdf):
                _check_dictionary(dictionary)
    except pikepdf.PasswordError:
        raise FileRefused("Ce PDF demande un mot de passe. Enregistrez-le sans protection.")
    except (pikepdf.PdfError, RecursionError):
        raise FileRefused("Ce PDF est abîmé et ne s’ouvre pas. Enregistrez-le de nouveau.")


def _dictionaries(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """Every dictionary of the file, those inside others included."""
    for thing in pdf.objects:
        waiting: list[Any] = [thing]
        while waiting:
            current = waiting.pop()
            if isinstance(current, pikepdf.Stream):
                current = current.stream_dict
            if isinstance(current, pikepdf.Dictionary):
                yield current
                inside: list[Any] = list(current.as_dict().values())
            elif isinstance(current, pikepdf.Array):
                inside = list(current)
            else:
                continue
            # An indirect object comes by itself in `pdf.objects`.
            waiting += [one for one in inside if isinstance(one, pikepdf.Object) and not one.is_indirect]


def _check_dictionary(dictionary: pikepdf.Object) -> None:
    if "/JS" in dictionary or dictionary.get("/S") in ("/JavaScript", "/Launch"):
        raise FileRefused("Ce PDF contient un programme. Imprimez-le en PDF, puis envoyez le résultat.")
    if "/EF" in dictionary or "/EmbeddedFiles" in dictionary or dictionary.get("/Type") == "/EmbeddedFile":
        raise FileRefused("Ce PDF contient d’autres fichiers. Imprimez-le en PDF, puis envoyez le résultat.")


def _check_docx(file: BinaryIO) -> None:
    names = _parts(file, "DOCX")
    if "[Content_Types].xml" not in names or "word/document.xml" not in names:
        raise _not_a("DOCX")
    if any(name.lower().endswith(("vbaproject.bin", "vbadata.xml")) for name in names):
        raise FileRefused("Ce document contient des macros. Enregistrez-le en PDF, puis envoyez le PDF.")


def _check_odt(file: BinaryIO) -> None:
    names = _parts(file, "ODT")
    if "content.xml" not in names or "mimetype" not in names:
        raise _not_a("ODT")
    with zipfile.ZipFile(file) as archive, archive.open("mimetype") as kind:
        if kind.read(100).strip() != b"application/vnd.oasis.opendocument.text":
            raise _not_a("ODT")
    if any(name.startswith(("Basic/", "Scripts/")) for name in names):
        raise FileRefused("Ce document contient des macros. Enregistrez-le en PDF, puis envoyez le PDF.")


def _parts(file: BinaryIO, kind: str) -> set[str]:
    if file.read(4) != b"PK\x03\x04":
        raise _not_a(kind)
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise _not_a(kind)
    if len(names) > MOST_PARTS:
        raise FileRefused("Ce document est trop complexe. Enregistrez-le en PDF, puis envoyez le PDF.")
    return set(names)


def _check_jpeg(file: BinaryIO) -> None:
    if not file.read(3) == b"\xff\xd8\xff":
        raise _not_a("JPEG")


def _check_png(file: BinaryIO) -> None:
    if not file.read(8) == b"\x89PNG\r\n\x1a\n":
        raise _not_a("PNG")


def _not_a(kind: str) -> FileRefused:
    return FileRefused(
        f"Ce fichier porte le nom d’un {kind}, mais n’en est pas un. Ouvrez-le pour vérifier, "
        "puis enregistrez-le de nouveau."
    )
