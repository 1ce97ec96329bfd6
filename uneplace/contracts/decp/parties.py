from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q

from uneplace.journal.actions import record_many
from uneplace.organisations.actor import Actor
from uneplace.organisations.models import Capacity, Organisation

from .records import ContractRecord, Party

BATCH = 1000


def organisations_of(
    records: Iterable[ContractRecord], *, by: Actor, at: datetime
) -> dict[str, Organisation]:
    """The organisation of each identifier that the records name, created when it is not known yet.

    A valid SIRET is one organisation; another identifier is kept as received and is one too. A known
    organisation keeps its name: the data only fill a blank, and add what it comes for.
    """
    parties, capacities = _named(records)
    known = _known(parties.values())
    missing = [identifier for identifier in parties if identifier not in known]
    Organisation.objects.bulk_create(
        (_organisation(parties[identifier], capacities[identifier]) for identifier in sorted(missing)),
        batch_size=BATCH,
        ignore_conflicts=True,  # somebody may be writing the same one
    )
    created = _known(parties[identifier] for identifier in missing)
    record_many("organisation.created", about=created.values(), by=by, at=at)

    completed = [
        organisation
        for identifier, organisation in known.items()
        if _complete(organisation, parties[identifier], capacities[identifier])
    ]
    Organisation.objects.bulk_update(completed, ["name", "capacities"], batch_size=BATCH)
    record_many("organisation.completed", about=completed, by=by, at=at)
    return known | created


def _named(records: Iterable[ContractRecord]) -> tuple[dict[str, Party], dict[str, set[str]]]:
    parties: dict[str, Party] = {}
    capacities: dict[str, set[str]] = {}
    for record in records:
        companies = [*record.holders, *(act.company for act in record.subcontracting if act.company)]
        companies += [holder for change in record.modifications for holder in change.holders]
        for party, capacity in [
            (record.buyer, Capacity.BUYER),
            *((company, Capacity.COMPANY) for company in companies),
        ]:
            held = parties.setdefault(party.identifier, party)
            if not held.name or (held.siret is None and party.siret is not None):
                parties[party.identifier] = Party(party.identifier, party.kind, held.name or party.name)
            capacities.setdefault(party.identifier, set()).add(capacity)
    return parties, capacities


def _known(parties: Iterable[Party]) -> dict[str, Organisation]:
    parties = list(parties)
    found = Organisation.objects.filter(
        Q(siret__in=[party.siret for party in parties if party.siret])
        | Q(siret=None, raw_identifier__in=[party.identifier for party in parties if not party.siret])
    )
    return {organisation.siret or organisation.raw_identifier: organisation for organisation in found}


def _organisation(party: Party, capacities: set[str]) -> Organisation:
    return Organisation(
        siret=party.siret,
        raw_identifier="" if party.siret else party.identifier,
        name=party.name,
        capacities=sorted(capacities),
    )


def _complete(organisation: Organisation, party: Party, capacities: set[str]) -> bool:
    name = organisation.name or party.name
    held = sorted({*organisation.capacities, *capacities})
    if name == organisation.name and held == sorted(organisation.capacities):
        return False
    organisation.name, organisation.capacities = name, held
    return True
