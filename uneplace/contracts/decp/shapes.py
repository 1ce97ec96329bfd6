"""Where the contracts are in a file, and the flat rows seen as nested records."""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from .files import UnreadableFile
from .tree import Node

NO_VALUE = "CDL"  # what the flat form writes where there is nothing

WRAPPERS = {"marche": False, "marché": False, "contrat-concession": True, "contratConcession": True}
ROW_LISTS = ("records", "results")
SIGNS_OF_A_CONTRACT = {
    "id",
    "objet",
    "acheteur",
    "autoriteConcedante",
    "titulaires",
    "concessionnaires",
    "acheteur_id",
    "autoriteconcedante_id",
}
PARTY_COLUMN = re.compile(r"(titulaire|concessionnaire)_id(?:_(\d+))?$")


class Entry(NamedTuple):
    """A place where a contract should be."""

    node: Node
    is_concession: bool
    is_row: bool


def entries(values: Any) -> Iterator[Entry]:
    """Every entry of the file: formats 1.x and 2.x, flat rows, or one contract alone."""
    root = Node(values)
    if isinstance(values, list):
        yield from _recognised([Node(value, f"[{index}]") for index, value in enumerate(values)])
        return
    if "marches" in values:
        yield from _of_marches(root.get("marches"))
        return
    for name in ROW_LISTS:
        if isinstance(values.get(name), list):
            yield from _recognised(list(root.get(name).many("fields")))
            return
    yield from _recognised([root])


def _of_marches(marches: Node) -> Iterator[Entry]:
    if isinstance(marches.value, list):
        for node in marches.many("marche"):
            yield _entry(node)
    elif isinstance(marches.value, dict):
        if marches.value and not WRAPPERS.keys() & marches.value.keys():
            raise UnreadableFile(_NO_CONTRACT)
        for name, is_concession in WRAPPERS.items():
            for node in marches.get(name).many(name):
                yield _entry(node, is_concession)
    elif not marches.is_empty:
        raise UnreadableFile(_NO_CONTRACT)


_NO_CONTRACT = "Ce fichier ne contient pas de données essentielles de la commande publique."


def _recognised(nodes: list[Node]) -> Iterator[Entry]:
    found = [_entry(node) for node in nodes]
    if nodes and not any(_looks_like_a_contract(entry.node) for entry in found):
        raise UnreadableFile(_NO_CONTRACT)
    yield from found


def _looks_like_a_contract(node: Node) -> bool:
    return isinstance(node.value, dict) and len(SIGNS_OF_A_CONTRACT & node.value.keys()) > 1


def _entry(node: Node, is_concession: bool = False) -> Entry:
    if not isinstance(node.value, dict):
        return Entry(node, is_concession, is_row=False)
    columns = {str(name).lower().replace(".", "_"): name for name in node.value}
    if any(PARTY_COLUMN.match(name) for name in columns) or columns.keys() & {
        "acheteur_id",
        "autoriteconcedante_id",
    }:
        return Entry(_unflattened(node, columns), "autoriteconcedante_id" in columns, is_row=True)
    kind = node.get("_type").value
    says_concession = isinstance(kind, str) and "concession" in kind.lower()
    is_concession = is_concession or says_concession or not node.get("autoriteConcedante").is_empty
    return Entry(node, is_concession, is_row=False)


# Where a column of the flat form goes in a nested record. Names: dataset decp-2022-marches-valides.
COLUMNS = {
    "acheteur.id": "acheteur_id",
    "acheteur.nom": "acheteur_nom",
    "autoriteConcedante.id": "autoriteconcedante_id",
    "autoriteConcedante.nom": "autoriteconcedante_nom",
    "lieuExecution.code": "lieuexecution_code",
    "lieuExecution.typeCode": "lieuexecution_typecode",
    "lieuExecution.nom": "lieuexecution_nom",
    "modifications.id": "idmodification",
    "modifications.objetModification": "objetmodification",
    "modifications.montant": "montantmodification",
    "modifications.valeurGlobale": "valeurglobalemodification",
    "modifications.dureeMois": "dureemoismodification",
    "modifications.dateNotificationModification": "datenotificationmodificationmodification",
    "modifications.dateSignatureModification": "datesignaturemodificationmodification",
    "modifications.datePublicationDonneesModification": "datepublicationdonneesmodificationmodification",
    "modifications.titulaires.id": "idtitulairemodification",
    "modifications.titulaires.typeIdentifiant": "typeidentifianttitulairemodification",
    "actesSousTraitance.id": "idactesoustraitance",
    "actesSousTraitance.sousTraitant.id": "idsoustraitant",
    "actesSousTraitance.sousTraitant.typeIdentifiant": "typeidentifiantsoustraitant",
    "actesSousTraitance.dureeMois": "dureemoisactesoustraitance",
    "actesSousTraitance.dateNotification": "datenotificationactesoustraitance",
    "actesSousTraitance.datePublicationDonnees": "datepublicationdonneesactesoustraitance",
    "actesSousTraitance.montant": "montantactesoustraitance",
    "actesSousTraitance.variationPrix": "variationprixactesoustraitance",
    "modificationsActesSousTraitance.id": "idmodificationactesoustraitance",
    "modificationsActesSousTraitance.dureeMois": "dureemoismodificationactesoustraitance",
    "modificationsActesSousTraitance.montant": "montantmodificationactesoustraitance",
    "modificationsActesSousTraitance.dateNotificationModificationSousTraitance": (
        "datenotificationmodificationsoustraitancemodificationactesoustraitance"
    ),
    "modificationsActesSousTraitance.datePublicationDonnees": (
        "datepublicationdonneesmodificationactesoustraitance"
    ),
} | {
    name: name.lower()
    for name in (
        "id",
        "nature",
        "objet",
        "codeCPV",
        "procedure",
        "techniques",
        "modalitesExecution",
        "idAccordCadre",
        "ccag",
        "dureeMois",
        "dateNotification",
        "dateSignature",
        "dateDebutExecution",
        "datePublicationDonnees",
        "montant",
        "valeurGlobale",
        "formePrix",
        "typesPrix",
        "typeGroupementOperateurs",
        "considerationsSociales",
        "sousTraitanceDeclaree",
    )
}


def _unflattened(row: Node, columns: dict[str, str]) -> Node:
    """The nested record that a flat row tells; each value still knows the column it came from."""

    def cell(column: str) -> Node | None:
        if column not in columns:
            return None
        node = row.get(columns[column])
        return None if node.is_empty or node.value == NO_VALUE else node

    record: dict[str, Any] = {}
    for place, column in COLUMNS.items():
        if (node := cell(column)) is not None:
            *parents, name = place.split(".")
            holder = record
            for parent in parents:
                holder = holder.setdefault(parent, {})
            holder[name] = node
    for column in columns:
        if match := PARTY_COLUMN.match(column):
            if (identifier := cell(column)) is None:
                continue
            who, number = match[1], f"_{match[2]}" if match[2] else ""
            party = {"id": identifier}
            for name, prefix in (("typeIdentifiant", "typeidentifiant"), ("nom", "denominationsociale")):
                if (node := cell(f"{who}_{prefix}{number}")) is not None:
                    party[name] = node
            record.setdefault(f"{who}s", []).append(Node(party, identifier.path))
    return Node(record, row.path)
