"""Run apart by `pdf.py`, a PDF on its input: says why it is refused, in French, and nothing when it is sound.

It imports nothing of ours, so that it starts in a fifth of a second.
"""

import resource
import sys
from collections.abc import Iterator
from io import BytesIO
from itertools import chain
from typing import Any

import pikepdf
from pikepdf import settings

REFUSED = 3  # the exit code of a PDF that is refused for the reason written
MOST_MEMORY = 384 * 1024 * 1024  # bytes, the program included
MOST_TIME = 5  # seconds of processor
MOST_OBJECTS = 50_000
MOST_LISTS = 32 * 1024 * 1024  # bytes, inflated, of all the streams that hold objects or say where they are
LISTS = ("/ObjStm", "/XRef")
MOST_PAGES = 50
MOST_STEPS = 1000  # of actions that follow one another

PROGRAMS = ("/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/RichMediaExecute", "/Rendition")
ELSEWHERE = ("/GoToR", "/GoToE")
QUIET = ("/GoTo", "/Named")  # what a PDF may do by itself: show one of its own pages


class Refusal(Exception):
    """Why a PDF is refused; the message is a French sentence."""


def bound() -> None:
    """Bound what this process may take, before anything is read. Nothing is written, not even a core."""
    for what, most in (
        (resource.RLIMIT_AS, MOST_MEMORY),
        (resource.RLIMIT_CPU, MOST_TIME),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))
    settings.set_qpdf_limits(
        flate_max_memory=MOST_LISTS,
        run_length_max_memory=MOST_LISTS,
        png_max_memory=MOST_LISTS,
        tiff_max_memory=MOST_LISTS,
        dct_max_memory=MOST_LISTS,
        max_stream_filters=5,
        doc_max_warnings=200,
    )


def look(content: bytes) -> None:
    """Look into every object. Raises `Refusal`."""
    try:
        with pikepdf.open(BytesIO(content)) as pdf:
            if pdf.is_encrypted:
                raise Refusal("Ce PDF est protégé. Enregistrez-le sans mot de passe ni restriction.")
            if len(pdf.objects) > MOST_OBJECTS or _inflated(pdf) > MOST_LISTS or _is_short_of_memory(pdf):
                raise _too_complex()
            if not 0 < len(pdf.pages) <= MOST_PAGES:
                raise Refusal(f"Ce PDF doit avoir de 1 à {MOST_PAGES} pages. N’envoyez que les pages utiles.")
            for thing in _things(pdf):
                _check(thing)
    except pikepdf.PasswordError:
        raise Refusal("Ce PDF demande un mot de passe. Enregistrez-le sans protection.")
    except (pikepdf.PdfError, RecursionError, ValueError, TypeError, KeyError, RuntimeError):
        raise Refusal("Ce PDF est abîmé et ne s’ouvre pas. Enregistrez-le de nouveau.")


def _inflated(pdf: pikepdf.Pdf) -> int:
    streams = (thing for thing in pdf.objects if isinstance(thing, pikepdf.Stream))
    return sum(len(stream.read_bytes()) for stream in streams if stream.stream_dict.get("/Type") in LISTS)


def _is_short_of_memory(pdf: pikepdf.Pdf) -> bool:
    # The parser makes nothing of an object that it has no room for, says so, and goes on.
    return any("bad_alloc" in warning for warning in pdf.get_warnings())


def _things(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """Every dictionary and every stream of the file, those inside others included."""
    for thing in chain(pdf.objects, [pdf.trailer]):
        waiting: list[Any] = [thing]
        while waiting:
            current = waiting.pop()
            if isinstance(current, pikepdf.Stream):
                yield current
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


def _check(thing: pikepdf.Object) -> None:
    if isinstance(thing, pikepdf.Stream):
        if "/F" in thing.stream_dict or "/Ref" in thing.stream_dict:
            raise _elsewhere()
        return
    if "/JS" in thing or "/XFA" in thing:
        raise _program()
    if "/EF" in thing or "/EmbeddedFiles" in thing or thing.get("/Type") == "/EmbeddedFile":
        raise Refusal("Ce PDF contient d’autres fichiers. Imprimez-le en PDF, puis envoyez le résultat.")
    if thing.get("/FS") == "/URL":
        raise _elsewhere()
    _check_action(thing)
    for action in _acts_by_itself(thing):
        _check_action(action)
        if not _is_quiet(action):
            raise Refusal("Ce PDF agit dès qu’on l’ouvre. Imprimez-le en PDF, puis envoyez le résultat.")


def _check_action(thing: pikepdf.Object) -> None:
    if thing.get("/S") in PROGRAMS:
        raise _program()
    if thing.get("/S") in ELSEWHERE:
        raise _elsewhere()


def _acts_by_itself(thing: pikepdf.Object) -> Iterator[Any]:
    """The actions that nobody clicks on: at the opening, at a page, under the mouse, and what follows."""
    waiting = [thing.get("/OpenAction")]
    if isinstance(events := thing.get("/AA"), pikepdf.Dictionary):
        waiting += events.as_dict().values()
    for _ in range(MOST_STEPS):
        if not waiting:
            return
        action = waiting.pop()
        if isinstance(action, pikepdf.Dictionary):
            yield action
            following = action.get("/Next")
            waiting += list(following) if isinstance(following, pikepdf.Array) else [following]
    raise _too_complex()


def _is_quiet(action: pikepdf.Object) -> bool:
    return action.get("/S") in QUIET or ("/S" not in action and "/D" in action)


def _program() -> Refusal:
    return Refusal("Ce PDF contient un programme. Imprimez-le en PDF, puis envoyez le résultat.")


def _too_complex() -> Refusal:
    return Refusal("Ce PDF est trop complexe. Imprimez-le en PDF, puis envoyez le résultat.")


def _elsewhere() -> Refusal:
    return Refusal("Ce PDF va chercher d’autres fichiers. Imprimez-le en PDF, puis envoyez le résultat.")


def main() -> int:
    """Answers with an exit code: 0 for a sound PDF. Short of memory or of time, the process dies of it."""
    bound()
    try:
        look(sys.stdin.buffer.read())
    except Refusal as refusal:
        sys.stdout.buffer.write(str(refusal).encode())
        return REFUSED
    return 0


if __name__ == "__main__":
    sys.exit(main())
