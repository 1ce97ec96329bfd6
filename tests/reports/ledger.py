"""Counted hours in few words, for the tests of reports."""

from datetime import date, datetime
from decimal import Decimal

from django.utils.timezone import make_aware

from tests.factories import (
    ClauseFactory,
    CommitmentFactory,
    ContractFactory,
    EligibilityDecisionFactory,
    LedgerEntryFactory,
    LotFactory,
    ParticipantFactory,
    PlacementFactory,
    StatementFactory,
    StatementLineFactory,
    WorkedMonthFactory,
)
from uneplace.hours.models import LedgerEntry, Statement
from uneplace.kit.periods import period


def commitment_of(service, buyer=None):
    """A commitment on a contract of its own."""
    contract = ContractFactory(service=service, **({"buyer": buyer} if buyer else {}))
    return CommitmentFactory(clause=ClauseFactory(lot=LotFactory(contract=contract)))


def person(service, **facts):
    """Somebody decided eligible, with the decision."""
    participant = ParticipantFactory(service=service, **facts)
    return participant, EligibilityDecisionFactory(participant=participant)


def work(commitment, somebody, *, first_day=date(2019, 1, 1), **facts):
    """A work contract open from that day, of (participant, decision)."""
    participant, _ = somebody
    return PlacementFactory(
        service=commitment.service, participant=participant, period=period(first_day, None), **facts
    )


def count(commitment, somebody, placement, month, hours):
    """One validated month that counts whole."""
    participant, decision = somebody
    hours = Decimal(hours)
    statement = Statement.objects.filter(commitment=commitment, month=month).first()
    statement = statement or StatementFactory(commitment=commitment, month=month, validated=True)
    line = StatementLineFactory(
        statement=statement,
        hours=hours,
        worked_month=WorkedMonthFactory(
            placement=placement, service=placement.service, month=month, hours=hours
        ),
    )
    return LedgerEntryFactory(
        line=line,
        placement=placement,
        participant=participant,
        decision=decision,
        entered_at=make_aware(datetime(2020, 2, 1, 9)),
    )


def correct(entry, hours, declared="0"):
    """A signed correction of an entry."""
    return LedgerEntry.objects.create(
        **{
            name: getattr(entry, name)
            for name in ("service", "line", "commitment", "placement", "participant", "decision", "month")
        },
        declared=Decimal(declared),
        counted=Decimal(hours),
        entered_at=entry.entered_at,
        corrects=entry,
        reason="Heures comptées deux fois.",
    )
