from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from .contract import read_contract
from .files import UnreadableFile, contents, tree
from .folding import alike, fold
from .records import ContractRecord, Finding, Level
from .shapes import entries


@dataclass(frozen=True)
class Reading:
    """What one or several files of award data say: contracts folded by identity, and their faults."""

    records: tuple[ContractRecord, ...]
    findings: tuple[Finding, ...]
    rejected: int

    @property
    def read(self) -> int:
        """Contracts met, after folding; those rejected are counted too."""
        return len(self.records) + self.rejected


Source = Path | bytes | tuple[str, bytes]
"""A file, its content, or its name and its content (an upload)."""


def read(*sources: Source) -> Reading:
    """Read award data (DECP) in any of its shapes, JSON or XML, marchés and concessions.

    Raises UnreadableFile when one of the files is not what it claims. A bad record is a finding, never more.
    """
    contracts: list[ContractRecord] = []
    findings: list[Finding] = []
    rejected = 0
    for number, source in enumerate(sources, start=1):
        name, content = _named(source)
        prefix = f"{name or f'fichier {number}'}:" if len(sources) > 1 else ""
        try:
            found, faults, lost = _read_one(content)
        except UnreadableFile as error:
            known = name or prefix.removesuffix(":")
            raise UnreadableFile(f"{known} : {error}") if known else error
        contracts += (replace(record, path=prefix + record.path) for record in found)
        findings += (replace(fault, path=prefix + fault.path) for fault in faults)
        rejected += lost

    folded, differences = fold(contracts)
    usable = [record for record in folded if record.object]
    without_object = [_without_object(record) for record in folded if not record.object]
    findings += [*differences, *without_object, *alike(usable)]
    return Reading(tuple(usable), tuple(_once(findings)), rejected + len(without_object))


def _named(source: Source) -> tuple[str, Path | bytes]:
    if isinstance(source, tuple):
        return source
    return (source.name, source) if isinstance(source, Path) else ("", source)


def _read_one(source: Path | bytes) -> tuple[list[ContractRecord], list[Finding], int]:
    values, is_guessed = tree(contents(source))
    contracts, findings, rejected = [], [], 0
    if is_guessed:
        message = "Le fichier n’est pas en UTF-8 : il a été lu comme du texte d’Europe de l’Ouest."
        findings.append(Finding("", "", Level.WARNING, message))
    for entry in entries(values):
        record, faults = read_contract(entry)
        findings += faults
        if record is None:
            rejected += 1
        else:
            contracts.append(record)
    return contracts, findings, rejected


def _without_object(record: ContractRecord) -> Finding:
    return Finding(record.label, f"{record.path}.objet", Level.ERROR, "Marché sans objet : rejeté.")


def _once(findings: Iterable[Finding]) -> list[Finding]:
    # The rows of one contract repeat its warnings: one mention is enough. Each rejection is told.
    kept: dict[tuple[str, str, str], Finding] = {}
    for finding in findings:
        place = finding.path if finding.level is Level.ERROR else ""
        kept.setdefault((finding.record, finding.message, place), finding)
    return list(kept.values())
