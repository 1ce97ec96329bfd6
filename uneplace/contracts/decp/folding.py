"""Several records of one contract become one; two contracts that look the same are told apart."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import fields, replace
from datetime import date

from .records import ContractRecord, Finding, Level, Modification

MERGED = {"path", "is_row", "digests", "modifications", "subcontracting", "subcontracting_changes"}
COMPARED = {
    "object": "objet",
    "amount": "montant",
    "notified_on": "date de notification",
    "duration_months": "durée",
    "cpv": "code CPV",
    "kind": "type de contrat",
}


def fold(records: Iterable[ContractRecord]) -> tuple[list[ContractRecord], list[Finding]]:
    """One record for each contract, whatever the order in which its publications come.

    The latest publication wins, then the most complete, as in the ministry's own consolidation; what it
    leaves empty is taken from the others. Modifications and subcontracts of all are kept.
    """
    groups: dict[tuple[str, str], list[ContractRecord]] = defaultdict(list)
    for record in records:
        groups[record.identity].append(record)
    folded, findings = [], []
    for group in groups.values():
        folded.append(_merged(group))
        findings += _differences(group)
    return folded, findings


def alike(records: Iterable[ContractRecord]) -> list[Finding]:
    """A warning for each contract with the buyer, object, amount and date of another, under another id."""
    findings, first = [], {}
    for record in records:
        key = likeness(record)
        if key is None:
            continue
        other = first.setdefault(key, record)
        if other is not record:
            findings.append(looks_like(record, other.id))
    return findings


def likeness(record: ContractRecord) -> tuple | None:
    """What two contracts share when they look the same; None when too little is known."""
    if record.amount is None or record.notified_on is None:
        return None
    return record.buyer.identifier, plain(record.object), record.amount, record.notified_on


def plain(text: str) -> str:
    """A text without accents, case nor punctuation."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in letters if letter.isalnum())


def looks_like(record: ContractRecord, other_id: str) -> Finding:
    """The warning that a contract may be another one published twice."""
    message = (
        f"Même acheteur, même objet, même montant et même date de notification que le marché {other_id} :"
        " les deux sont gardés, à vérifier."
    )
    return Finding(record.label, record.path, Level.WARNING, message)


def _merged(group: list[ContractRecord]) -> ContractRecord:
    digests = frozenset(record.digest for record in group)
    if len(group) == 1:
        return replace(group[0], modifications=_changes(group), digests=digests)
    ordered = sorted(group, key=_weight, reverse=True)
    best = ordered[0]
    filled = {
        field.name: next(
            (value for record in ordered if _is_filled(value := getattr(record, field.name))), None
        )
        for field in fields(best)
        if field.name not in MERGED and not _is_filled(getattr(best, field.name))
    }
    filled = {name: value for name, value in filled.items() if value is not None}
    if all(record.is_row for record in group):
        by_identifier = {party.identifier: party for record in ordered for party in record.holders}
        filled["holders"] = tuple(by_identifier.values())
    acts = {act: None for record in ordered for act in record.subcontracting}
    act_changes = {act: None for record in ordered for act in record.subcontracting_changes}
    return replace(
        best,
        **filled,
        digests=digests,
        modifications=_changes(ordered),
        subcontracting=tuple(sorted(acts, key=_act_order)),
        subcontracting_changes=tuple(sorted(act_changes, key=_act_order)),
    )


def _changes(ordered: list[ContractRecord]) -> tuple[Modification, ...]:
    kept: dict[object, tuple[int, Modification]] = {}
    for record in ordered:
        for position, change in enumerate(record.modifications):
            key = (change.id, change.notified_on) if change.id else change
            _, held = kept.setdefault(key, (position, change))
            if held is not change and record.is_row:
                holders = {party.identifier: party for party in (*held.holders, *change.holders)}
                kept[key] = position, replace(held, holders=tuple(holders.values()))
    return tuple(change for _, change in sorted(kept.values(), key=_change_order))


def _differences(group: list[ContractRecord]) -> list[Finding]:
    differing = [
        name
        for field, name in COMPARED.items()
        if len({value for record in group if _is_filled(value := getattr(record, field))}) > 1
    ]
    if not differing:
        return []
    message = (
        f"Publié {len(group)} fois avec des valeurs différentes ({', '.join(differing)}) :"
        " la publication la plus récente est retenue."
    )
    return [Finding(group[0].label, group[-1].path, Level.WARNING, message)]


def _is_filled(value: object) -> bool:
    return value not in (None, "", ())


def _weight(record: ContractRecord) -> tuple:
    filled = sum(_is_filled(getattr(record, field.name)) for field in fields(record))
    return record.last_published_on, filled, record.digest


def _change_order(placed: tuple[int, Modification]) -> tuple:
    position, change = placed
    day = change.notified_on or change.published_on or date.max
    number = int(change.id) if change.id.isascii() and change.id.isdigit() else 0
    return day, number, position, repr(change)


def _act_order(act) -> tuple:
    return act.notified_on or act.published_on or date.max, repr(act)
