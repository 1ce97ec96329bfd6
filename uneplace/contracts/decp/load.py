from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from uneplace.contracts.models import Amendment, Award, AwardMember, Contract, Lot
from uneplace.journal.actions import record, record_many
from uneplace.kit.refused import Refused
from uneplace.organisations.actor import Actor
from uneplace.organisations.models import Organisation

from .changes import Changes, Facts, facts_of
from .folding import likeness, looks_like, plain
from .parties import organisations_of
from .places import place_names
from .reading import Reading
from .records import ContractRecord, Finding

BATCH = 1000
BUSY = "Quelqu’un vient d’écrire l’un de ces marchés : rien n’a été importé, recommencez."


@dataclass(frozen=True)
class ImportResult:
    """What an import did; the first number is the sum of the four that follow."""

    read: int
    created: int
    updated: int
    unchanged: int
    rejected: int
    findings: tuple[Finding, ...]

    def as_dict(self) -> dict[str, Any]:
        """The answer of `import-decp --json`."""
        return {
            "read": self.read,
            "created": self.created,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "rejected": self.rejected,
            "findings": [finding.as_dict() for finding in self.findings],
        }


@transaction.atomic
def import_contracts(reading: Reading, *, service: Organisation, by: Actor, at: datetime) -> ImportResult:
    """Write the contracts of award data in a service's file; the same data again change nothing.

    What was received once is never looked at again, even after another publication.
    A contract typed by hand keeps every value that was typed: the data only fill its blanks, and a finding
    names what differs. So does a publication older than the one already held. A contract that came from
    award data follows them: its values, its companies, its amendments; the lots and clauses that the service
    added to it stay. Nothing is ever removed but a company that no publication names any more.
    """
    # One import at a time in a service, without keeping anyone else from writing.
    Organisation.objects.select_for_update(no_key=True).get(pk=service.pk)
    organisations = organisations_of(reading.records, by=by, at=at)
    names = place_names(reading.records)
    facts = {record.identity: facts_of(record, organisations, names) for record in reading.records}
    held = _held(service, facts.values())

    new = [known for known in facts.values() if (known.buyer.pk, known.official_id) not in held]
    changes = Changes(service)
    for known in facts.values():
        if (contract := held.get((known.buyer.pk, known.official_id))) is not None:
            changes.compare(contract, known)
    try:
        with transaction.atomic():
            created = _create(new, service, at)
    except IntegrityError:
        raise Refused(BUSY)
    changes.save()

    record_many("contract.imported", about=created, by=by, at=at)
    record_many("contract.followed_award_data", about=changes.changed_contracts, by=by, at=at)
    result = ImportResult(
        read=reading.read,
        created=len(created),
        updated=len(changes.changed_contracts),
        unchanged=len(facts) - len(created) - len(changes.changed_contracts),
        rejected=reading.rejected,
        findings=(*reading.findings, *changes.findings, *_alike_already_here(service, facts.values())),
    )
    if result.created or result.updated:
        figures = {name: value for name, value in result.as_dict().items() if name != "findings"}
        record("award_data.imported", about=service, by=by, at=at, **figures, findings=len(result.findings))
    return result


def _held(service: Organisation, facts: Iterable[Facts]) -> dict[tuple[int, str], Contract]:
    contracts = (
        Contract.objects.filter(
            service=service,
            buyer__in={known.buyer.pk for known in facts},
            official_id__in={known.official_id for known in facts},
        )
        .prefetch_related("lots__award__members", "amendments")
        .order_by("pk")
    )
    return {(contract.buyer_id, contract.official_id): contract for contract in contracts}


def _create(new: list[Facts], service: Organisation, at: datetime) -> list[Contract]:
    contracts = Contract.objects.bulk_create(
        (
            Contract(
                service=service,
                buyer=known.buyer,
                official_id=known.official_id,
                source=Contract.Source.AWARD_DATA,
                publications=sorted(known.record.digests),
                created_at=at,
                **known.values,
            )
            for known in new
        ),
        batch_size=BATCH,
    )
    lots = Lot.objects.bulk_create(
        (Lot(service=service, contract=contract, amount=contract.amount) for contract in contracts),
        batch_size=BATCH,
    )
    awarded = [(lot, known) for lot, known in zip(lots, new, strict=True) if known.members]
    awards = Award.objects.bulk_create(
        (Award(service=service, lot=lot, group_type=known.group_type) for lot, known in awarded),
        batch_size=BATCH,
    )
    AwardMember.objects.bulk_create(
        (
            AwardMember(service=service, award=award, company=company, role=role)
            for award, (_, known) in zip(awards, awarded, strict=True)
            for company, role in known.members.items()
        ),
        batch_size=BATCH,
    )
    Amendment.objects.bulk_create(
        (
            Amendment(service=service, contract=contract, number=number, **values)
            for contract, known in zip(contracts, new, strict=True)
            for number, values in enumerate(known.amendments, start=1)
        ),
        batch_size=BATCH,
    )
    return contracts


def _alike_already_here(service: Organisation, facts: Iterable[Facts]) -> list[Finding]:
    """Contracts of the data that look like one that the service already has under another id."""
    sought: dict[tuple, list[ContractRecord]] = defaultdict(list)
    read = set()
    for known in facts:
        read.add((known.buyer.pk, known.official_id))
        if likeness(known.record) is not None:
            sought[_appearance(known.buyer.pk, known.values)].append(known.record)
    others = Contract.objects.filter(
        service=service,
        buyer__in={buyer for buyer, *_ in sought},
        amount__in={amount for _, _, amount, _ in sought},
        notified_on__in={day for *_, day in sought},
    ).order_by("pk")
    return [
        looks_like(record, other["official_id"] or "sans numéro")
        for other in others.values("buyer_id", "official_id", "object", "amount", "notified_on")
        if (other["buyer_id"], other["official_id"]) not in read
        for record in sought.get(_appearance(other["buyer_id"], other), ())
    ]


def _appearance(buyer_id: int, values: dict[str, Any]) -> tuple:
    return buyer_id, plain(values["object"]), values["amount"], values["notified_on"]
