"""Is the journal as it was written? Every act, every seal and the witness are compared, and what does not fit
is told by its place."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from uneplace.kit.scope import every_service

from . import witness
from .chain import COLUMNS, digest_of, entry_text, seal_text, unsealed
from .keys import key_ring
from .models import Entry, Seal
from .witness import Seen

AT_ONCE = 5_000
COLUMNS_AND_MAC = [*COLUMNS, "mac"]


@dataclass(frozen=True, order=True)
class Fault:
    """One place where the journal is not as it was written: `place` is « acte » or « scellé »."""

    place: str
    number: int
    what: str = field(compare=False)

    def __str__(self) -> str:
        return f"{self.place.capitalize()} n°\u00a0{self.number}\u00a0: {self.what}."


@dataclass
class Verdict:
    """What a check found: how much was read, what does not fit, or why nothing could be checked."""

    entries: int = 0
    seals: int = 0
    unsealed: int = 0
    faults: list[Fault] = field(default_factory=list)
    unchecked: str = ""

    @property
    def is_whole(self) -> bool:
        return not self.faults and not self.unchecked

    @property
    def places(self) -> set[tuple[str, int]]:
        return {(fault.place, fault.number) for fault in self.faults}


@every_service()
def verify() -> Verdict:
    """Read the whole journal again. The witness is read first: what is sealed meanwhile is no fault."""
    verdict = Verdict()
    seen = witness.seals_seen()
    _check_seals(verdict, seen)
    if verdict.unchecked:
        return verdict
    for batch in _batches(unsealed().order_by("pk").values_list(*COLUMNS_AND_MAC)):
        verdict.unsealed += len(batch)
        _check_entries(verdict, batch, "ajouté ou modifié sans la clé du journal")
    verdict.faults.sort()
    return verdict


def _check_seals(verdict: Verdict, seen: dict[int, Seen]) -> None:
    before: Seal | None = None  # the seal before, when it is sound
    expected, is_held = 1, False
    for seal in Seal.objects.order_by("number").iterator(chunk_size=200):
        verdict.seals += 1
        for number in range(expected, seal.number):
            verdict.faults.append(Fault("scellé", number, "supprimé"))
            before = None
        is_held = is_held or key_ring().holds(seal.mac)
        fault = _fault_of(seal, before, seen.get(seal.number), is_first=seal.number == 1)
        if fault:
            verdict.faults.append(Fault("scellé", seal.number, fault))
        _check_batch(verdict, seal, is_sound=not fault)
        before, expected = (None if fault else seal), seal.number + 1
    if verdict.seals and not is_held and all(_agrees(fault, seen) for fault in verdict.faults):
        verdict.unchecked = "La clé avec laquelle le journal a été scellé n’est pas sur cette machine."
    for number in sorted(number for number in seen if number >= expected):
        lost = seen[number]
        verdict.faults.append(
            Fault(
                "scellé",
                number,
                f"supprimé, avec ses {lost.count} actes, du n°\u00a0{lost.first} au n°\u00a0{lost.last}",
            )
        )


def _fault_of(seal: Seal, before: Seal | None, seen: Seen | None, *, is_first: bool) -> str:
    if not key_ring().fits(seal.mac, seal_text(seal)):
        return "modifié ou ajouté sans la clé du journal"
    if (before and seal.previous != before.mac) or (is_first and seal.previous):
        return "ne suit pas le scellé précédent"
    if seen and seen.mac != seal.mac:
        return "n’est pas celui que le témoin a vu"
    return ""


def _agrees(fault: Fault, seen: dict[int, Seen]) -> bool:
    """Whether a fault is only that the key is missing: the witness saw this very row."""
    if fault.place != "scellé" or fault.number not in seen:
        return fault.place != "scellé"
    return Seal.objects.filter(number=fault.number, mac=seen[fault.number].mac).exists()


def _check_batch(verdict: Verdict, seal: Seal, *, is_sound: bool) -> None:
    """The acts of a seal. A seal that was tampered with no longer says which acts it held."""
    found: dict[int, str] = {}
    faults_before = len(verdict.faults)
    for start in range(0, len(seal.entries), AT_ONCE):
        rows = Entry.objects.filter(pk__in=seal.entries[start : start + AT_ONCE])
        values = list(rows.order_by("pk").values_list(*COLUMNS_AND_MAC))
        found |= {row[0]: row[-1] for row in values}
        _check_entries(verdict, values, f"modifié, il est dans le scellé n°\u00a0{seal.number}")
    if not is_sound:
        return
    for pk in seal.entries:
        if pk not in found:
            fault = Fault("acte", pk, f"supprimé, il était dans le scellé n°\u00a0{seal.number}")
            verdict.faults.append(fault)
    if len(verdict.faults) == faults_before and digest_of(found.items()) != seal.digest:
        verdict.faults.append(Fault("scellé", seal.number, "ses actes ne sont plus ceux qui ont été scellés"))


def _check_entries(verdict: Verdict, rows: Iterable[tuple], what: str) -> None:
    ring = key_ring()
    for *values, mac in rows:
        verdict.entries += 1
        if not ring.fits(mac, entry_text(values)):
            verdict.faults.append(Fault("acte", values[0], what))


def _batches(rows) -> Iterable[list[tuple]]:
    batch: list[tuple] = []
    for row in rows.iterator(chunk_size=AT_ONCE):
        batch.append(row)
        if len(batch) == AT_ONCE:
            yield batch
            batch = []
    if batch:
        yield batch
