"""PDF files: few pages, nothing that acts by itself, nothing inside that is another file."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import settings

from .refusals import FileRefused

MOST_OBJECTS = 50_000
MOST_PAGES = 50
DRAINED = 64 * 1024 * 1024  # bytes: what one stream may become once inflated

# A few kilobytes of a stream can inflate to gigabytes: set once, for every PDF that this process opens.
settings.set_qpdf_limits(
    flate_max_memory=DRAINED,
    run_length_max_memory=DRAINED,
    png_max_memory=DRAINED,
    tiff_max_memory=DRAINED,
    dct_max_memory=DRAINED,
    max_stream_filters=5,
    doc_max_warnings=200,
)

PROGRAMS = ("/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/GoToE", "/RichMediaExecute")


def check(content: bytes) -> None:
    """Look into every object of a PDF. Raises `FileRefused`."""
    try:
        with pikepdf.open(BytesIO(content)) as pdf:
            if pdf.is_encrypted:
                raise FileRefused("Ce PDF est protégé. Enregistrez-le sans mot de passe ni restriction.")
            if len(pdf.objects) > MOST_OBJECTS:
                raise FileRefused("Ce PDF est trop complexe. Imprimez-le en PDF, puis envoyez le résultat.")
            if not 0 < len(pdf.pages) <= MOST_PAGES:
                raise FileRefused(
                    f"Ce PDF doit avoir de 1 à {MOST_PAGES} pages. N’envoyez que les pages utiles."
                )
            for dictionary in _dictionaries(pdf):
                _check_dictionary(dictionary)
    except pikepdf.PasswordError:
        raise FileRefused("Ce PDF demande un mot de passe. Enregistrez-le sans protection.")
    except FileRefused:
        raise
    except (pikepdf.PdfError, RecursionError, MemoryError, ValueError, TypeError, KeyError, RuntimeError):
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
    if "/JS" in dictionary or dictionary.get("/S") in PROGRAMS:
        raise FileRefused("Ce PDF contient un programme. Imprimez-le en PDF, puis envoyez le résultat.")
    if "/EF" in dictionary or "/EmbeddedFiles" in dictionary or dictionary.get("/Type") == "/EmbeddedFile":
        raise FileRefused("Ce PDF contient d’autres fichiers. Imprimez-le en PDF, puis envoyez le résultat.")
