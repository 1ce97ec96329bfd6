"""PDF files: few pages, nothing that acts by itself, nothing inside that is another file.

A few kilobytes can inflate to gigabytes, many times over, before anything can be counted: a PDF is opened in
a process apart (`pdf_look.py`), whose memory and time are bounded.
"""

import subprocess
import sys

from . import pdf_look
from .refusals import FileRefused

PATIENCE = 30  # seconds, on a loaded machine; the processor's time is bounded inside


def check(content: bytes) -> None:
    """Look into every object of a PDF. Raises `FileRefused`."""
    try:
        look = subprocess.run(
            [sys.executable, "-I", pdf_look.__file__],
            input=content,
            capture_output=True,
            timeout=PATIENCE,
            env={},  # what a fault of the parser could reach holds none of our keys
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise _too_heavy()
    if look.returncode == pdf_look.REFUSED:
        raise FileRefused(look.stdout.decode())
    if look.returncode:
        raise _too_heavy()


def _too_heavy() -> FileRefused:
    return FileRefused("Ce PDF est trop lourd à ouvrir. Imprimez-le en PDF, puis envoyez le résultat.")
