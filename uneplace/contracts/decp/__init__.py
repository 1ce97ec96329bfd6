"""Données essentielles de la commande publique (DECP): award data as every public buyer publishes them."""

from .files import MAX_MEGABYTES, UnreadableFile
from .reading import Reading, read
from .records import ContractRecord, Finding, Kind, Level, Modification, Party, Subcontracting

__all__ = [
    "MAX_MEGABYTES",
    "ContractRecord",
    "Finding",
    "Kind",
    "Level",
    "Modification",
    "Party",
    "Reading",
    "Subcontracting",
    "UnreadableFile",
    "read",
]
