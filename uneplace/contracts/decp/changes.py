"""What award data change in a contract that the service already has."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from uneplace.contracts.models import Amendment, Award, AwardMember, Contract, Lot, MemberRole
from uneplace.organisations.models import Organisation

from .places import place_name
from .records import ContractRecord, Finding, Level

BATCH = 500
A_GROUP = ("Conjoint", "Solidaire")


@dataclass(frozen=True)
class Facts:
    """A record as the rows that it would make."""

    record: ContractRecord
    buyer: Organisation
    official_id: str
    values: dict[str, Any]
    group_type: str
    members: dict[Organisation, str]
    amendments: list[dict[str, Any]]


def facts_of(record: ContractRecord, organisations: dict[str, Organisation], names: dict[str, str]) -> Facts:
    """The rows of a record, without touching the database."""
    return Facts(
        record=record,
        buyer=organisations[record.buyer.identifier],
        official_id=record.id,
        values={
            "kind": record.kind.value,
            "nature": record.nature,
            "object": record.object,
            "cpv": record.cpv,
            "procedure": record.procedure,
            "amount": record.amount,
            "duration_months": record.duration_months,
            "notified_on": record.notified_on,
            "published_on": record.published_on,
            "place_code": record.place_code,
            "place_name": place_name(record, names),
            "social_considerations": list(record.social_considerations),
        },
        group_type=record.group_type,
        members=_members(record, organisations),
        amendments=[
            {
                "official_id": change.id,
                "object": change.object,
                "notified_on": change.notified_on,
                "published_on": change.published_on,
                "amount": change.amount,
                "duration_months": change.duration_months,
                "holders": [holder.identifier for holder in change.holders],
            }
            for change in record.modifications
        ],
    )


def _members(record: ContractRecord, organisations: dict[str, Organisation]) -> dict[Organisation, str]:
    """Every company that the data name: holders, those of modifications, subcontractors.

    The data do not say who leads a group (mandataire): its members are then all COTRAITANT. A holder alone,
    or one of several that are said not to be a group, answers for itself.
    """
    holders = {holder.identifier for holder in record.holders}
    later = {holder.identifier for change in record.modifications for holder in change.holders} - holders
    many = len(holders) > 1 and record.group_type != "Pas de groupement"
    role = MemberRole.COTRAITANT if many or record.group_type in A_GROUP else MemberRole.MANDATAIRE
    members = {organisations[party.identifier]: role for party in record.holders}
    members |= {organisations[identifier]: role for identifier in sorted(later)}
    for act in record.subcontracting:
        if act.company:
            members.setdefault(organisations[act.company.identifier], MemberRole.SOUS_TRAITANT)
    return members


class Changes:
    """Compares contracts with the data, then writes what differs, all contracts together."""

    def __init__(self, service: Organisation) -> None:
        self.service = service
        self.findings: list[Finding] = []
        self._contracts: dict[int, Contract] = {}
        self._contract_fields: set[str] = set()
        self._followed: list[Contract] = []
        self._lots: list[Lot] = []
        self._new_awards: list[tuple[Award, dict[Organisation, str]]] = []
        self._awards: list[Award] = []
        self._new_members: list[AwardMember] = []
        self._gone_members: list[int] = []
        self._new_amendments: list[Amendment] = []
        self._amendments: list[Amendment] = []

    @property
    def changed_contracts(self) -> list[Contract]:
        """The contracts of which something changes."""
        return list(self._contracts.values())

    def compare(self, contract: Contract, known: Facts) -> None:
        """Note what the data change in a contract; its lots, award and amendments were prefetched."""
        is_typed = contract.source == Contract.Source.TYPED
        if not is_typed:
            if known.record.digests <= set(contract.publications):
                return
            contract.publications = sorted({*contract.publications, *known.record.digests})
            self._followed.append(contract)
        is_old = _is_older(known.record.published_on, contract.published_on)
        fills_only = is_typed or is_old
        old_amount = contract.amount
        changed, kept = _assign(contract, known.values, fills_only=fills_only)
        if changed:
            self._contract_fields.update(changed)
            self._contracts[contract.pk] = contract
        if kept and is_typed:
            names = ", ".join(str(Contract._meta.get_field(name).verbose_name) for name in kept)
            message = (
                f"Marché saisi à la main, ce qui a été saisi est gardé : la publication diffère ({names})."
            )
            self.findings.append(Finding(known.record.label, known.record.path, Level.WARNING, message))
        lots = list(contract.lots.all())
        if "amount" in changed and len(lots) == 1 and lots[0].amount == old_amount:
            lots[0].amount = contract.amount
            self._lots.append(lots[0])
        self._compare_award(contract, lots, known, fills_only=fills_only)
        self._compare_amendments(contract, known, fills_only=fills_only)

    def _compare_award(self, contract: Contract, lots: list[Lot], known: Facts, *, fills_only: bool) -> None:
        award = next((lot.award for lot in lots if hasattr(lot, "award")), None)
        if award is None:
            if len(lots) == 1 and known.members:
                self._contracts[contract.pk] = contract
                new = Award(service=self.service, lot=lots[0], group_type=known.group_type)
                self._new_awards.append((new, known.members))
            return
        if fills_only:
            return
        held = {member.company_id: member for member in award.members.all()}
        wanted = {company.pk for company in known.members}
        new = [
            AwardMember(service=self.service, award=award, company=company, role=role)
            for company, role in known.members.items()
            if company.pk not in held
        ]
        gone = [member.pk for company, member in held.items() if company not in wanted] if wanted else []
        self._new_members += new
        self._gone_members += gone
        if known.group_type and known.group_type != award.group_type:
            award.group_type = known.group_type
            self._awards.append(award)
            self._contracts[contract.pk] = contract
        if new or gone:
            self._contracts[contract.pk] = contract

    def _compare_amendments(self, contract: Contract, known: Facts, *, fills_only: bool) -> None:
        held = list(contract.amendments.all())
        next_number = max((amendment.number for amendment in held), default=0) + 1
        by_key = {_amendment_key(vars(amendment)): amendment for amendment in held}
        for values in known.amendments:
            amendment = by_key.get(_amendment_key(values))
            if amendment is None:
                self._new_amendments.append(
                    Amendment(service=self.service, contract=contract, number=next_number, **values)
                )
                next_number += 1
                self._contracts[contract.pk] = contract
            elif _assign(amendment, values, fills_only=fills_only)[0]:
                self._amendments.append(amendment)
                self._contracts[contract.pk] = contract

    def save(self) -> None:
        """Write everything that was noted."""
        if self._contract_fields:
            Contract.objects.bulk_update(self.changed_contracts, sorted(self._contract_fields), BATCH)
        Contract.objects.bulk_update(self._followed, ["publications"], BATCH)
        Lot.objects.bulk_update(self._lots, ["amount"], BATCH)
        Award.objects.bulk_create((award for award, _ in self._new_awards), BATCH)
        Award.objects.bulk_update(self._awards, ["group_type"], BATCH)
        AwardMember.objects.filter(pk__in=self._gone_members).delete()
        self._new_members += (
            AwardMember(service=self.service, award=award, company=company, role=role)
            for award, members in self._new_awards
            for company, role in members.items()
        )
        AwardMember.objects.bulk_create(self._new_members, BATCH)
        Amendment.objects.bulk_create(self._new_amendments, BATCH)
        Amendment.objects.bulk_update(
            self._amendments, ["object", "published_on", "amount", "duration_months", "holders"], BATCH
        )


def _is_older(published_on: date | None, held: date | None) -> bool:
    return held is not None and (published_on is None or published_on < held)


def _assign(thing: Any, values: dict[str, Any], *, fills_only: bool) -> tuple[list[str], list[str]]:
    """Give a thing the values that are known; answer the names of those that changed, and of those kept.

    What the data leave empty never empties anything.
    """
    changed, kept = [], []
    for name, value in values.items():
        current = getattr(thing, name)
        if value in (None, "", []) or value == current:
            continue
        if fills_only and current not in (None, "", []):
            kept.append(name)
            continue
        setattr(thing, name, value)
        changed.append(name)
    return changed, kept


def _amendment_key(values: dict[str, Any]) -> tuple:
    if values["official_id"]:
        return values["official_id"], values["notified_on"]
    return (
        values["object"],
        values["notified_on"],
        values["published_on"],
        values["amount"],
        values["duration_months"],
        tuple(values["holders"]),
    )
