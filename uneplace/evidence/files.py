"""The file of a proof: looked into, kept sealed under a name drawn at random, erased with the proof."""

from collections.abc import Iterable
from datetime import datetime
from functools import partial
from typing import BinaryIO

from django.db import transaction

from uneplace.kit.refused import Refused
from uneplace.kit.uploads import CheckedFile, FileRefused, check_file
from uneplace.organisations.models import User

from .models import Evidence


def keep_file(evidence: Evidence, file: BinaryIO, name: str, *, by: User | None, at: datetime) -> None:
    """Keep a file with this proof; called last, since a file is not taken back with a transaction.

    Raises `Refused` for a file that is not what it claims to be.
    """
    if not isinstance(file, CheckedFile):
        size = file.seek(0, 2)
        try:
            file = check_file(file, name, size)
        except FileRefused as refusal:
            raise Refused(str(refusal)) from None
    evidence.file_name, evidence.file_at, evidence.file_by = file.name, at, by
    evidence.file.save(f"justificatif{file.extension}", file, save=False)
    evidence.save(update_fields=["file", "file_name", "file_at", "file_by"])


def forget_files(proofs: Iterable[Evidence]) -> None:
    """The files of these proofs go once the change is saved; the rows are the caller's to write."""
    for evidence in proofs:
        if evidence.file:
            transaction.on_commit(partial(evidence.file.storage.delete, evidence.file.name))


NO_FILE = {"file": "", "file_name": "", "file_at": None, "file_by": None}
"""What a proof without a file holds."""
