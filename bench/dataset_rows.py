"""The rows of each table for what one service has of the nation; see `dataset.py`."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from psycopg.types.json import Jsonb

from bench.dataset import AT, Nation, Share, hours_of, person_of
from uneplace.contracts.models import Clause, Commitment, Contract, Lot
from uneplace.hours.models import Allocation, LedgerEntry, Placement, Statement, StatementLine, WorkedMonth
from uneplace.kit.crypto import seal
from uneplace.organisations.models import Capacity, Organisation, Partnership
from uneplace.people.models import EligibilityDecision, Participant
from uneplace.rules import counting as rule
from uneplace.rules.dates import Period
from uneplace.rules.explanation import as_json

RUNNING_FROM = date(2026, 1, 1)  # a market that ends later still runs


def copy_organisations(found: Nation, totals: Mapping[str, int]) -> dict[str, int]:
    """Services, buyers and companies; the id of the first of each."""
    kinds = (("services", Capacity.FACILITATOR), ("buyers", Capacity.BUYER), ("companies", Capacity.COMPANY))
    return {
        name: found.copy(
            Organisation,
            ["name", "raw_identifier", "capacities"],
            (
                (f"{capacity.label} {number}", f"{capacity}-{number}", [capacity.value])
                for number in range(totals[name])
            ),
        )
        for name, capacity in kinds
    }


def copy_share(found: Nation, share: Share, firsts: Mapping[str, int]) -> None:
    """All that one service has, what hangs on a row after that row."""
    service = firsts["services"] + share.rank
    buyer, company = firsts["buyers"], firsts["companies"]
    partners = dict.fromkeys(
        each for one in share.markets for each in (buyer + one.buyer, company + one.company)
    )
    found.copy(
        Partnership,
        ["service_id", "organisation_id", "approved_at"],
        ((service, one, AT) for one in partners),
    )
    person, decision = _copy_people(found, share, service)
    commitment = _copy_markets(found, share, service, buyer, company)
    placement = found.copy(
        Placement,
        [
            *("service_id", "participant_id", "employer_id", "declared_by_id", "kind", "modality"),
            *("period", "weekly_hours", "recorded_at"),
        ],
        (
            (
                *(service, person + work.person),
                *(company + share.markets[work.market].company,) * 2,
                *("CDD", "DIRECT", _days(work.start, work.end), 35, AT),
            )
            for work in share.works
        ),
    )
    found.copy(
        Allocation,
        ["service_id", "placement_id", "commitment_id", "period", "share"],
        (
            (service, placement + rank, commitment + work.market, _days(work.start, work.end), 1)
            for rank, work in enumerate(share.works)
        ),
    )
    _copy_hours(
        found,
        share,
        service=service,
        company=company,
        person=person,
        decision=decision,
        commitment=commitment,
        placement=placement,
    )


def _copy_people(found: Nation, share: Share, service: int) -> tuple[int, int]:
    hired: dict[int, date] = {}
    for work in share.works:
        hired[work.person] = min(work.start, hired.get(work.person, date.max))
    person = found.copy(
        Participant,
        ["last_name", "first_name", "born_on", "service_id", "sex", "created_at"],
        ((*person_of(share, number), service, "FM"[number % 2], AT) for number in range(share.people)),
    )
    table = EligibilityDecision._meta.db_table
    grounds, main = seal('["RSA"]', f"{table}.grounds"), seal("RSA", f"{table}.main_ground")
    decision = found.copy(
        EligibilityDecision,
        [
            *("service_id", "participant_id", "status", "decided_on", "valid_until"),
            *("grounds", "main_ground", "situation", "explanation", "reason"),
        ],
        (
            (
                *(service, person + number, "ELIGIBLE"),
                *(hired[number] - timedelta(days=20), hired[number] + timedelta(days=160)),
                *(grounds, main, "", "", ""),
            )
            for number in range(share.people)
        ),
    )
    return person, decision


def _copy_markets(found: Nation, share: Share, service: int, buyer: int, company: int) -> int:
    due = [0] * len(share.markets)
    for work in share.works:
        due[work.market] += sum(work.hours)
    contract = found.copy(
        Contract,
        ["service_id", "buyer_id", "official_id", "object", "amount", "notified_on", "created_at"],
        (
            (service, buyer + one.buyer, f"M{number}", f"Travaux n° {number}", 90_000, one.start, AT)
            for number, one in enumerate(share.markets)
        ),
    )
    lot = found.copy(
        Lot,
        ["service_id", "contract_id", "number"],
        ((service, contract + number, 1) for number in range(len(share.markets))),
    )
    clause = found.copy(
        Clause,
        ["service_id", "lot_id", "status", "method", "inputs", "hours_due", "execution", "validated_at"],
        (
            (
                *(service, lot + number, "RUNNING" if one.end > RUNNING_FROM else "MET", "FIXED"),
                *(Jsonb({"hours": str(hours_of(due[number]))}), hours_of(due[number])),
                *(_days(one.start, one.end), AT),
            )
            for number, one in enumerate(share.markets)
        ),
    )
    return found.copy(
        Commitment,
        ["service_id", "clause_id", "company_id", "hours_due", "period"],
        (
            (
                service,
                clause + number,
                company + one.company,
                hours_of(due[number]),
                _days(one.start, one.end),
            )
            for number, one in enumerate(share.markets)
        ),
    )


def _copy_hours(found: Nation, share: Share, *, service: int, company: int, **firsts: int) -> None:
    months = [(rank, work, each) for rank, work in enumerate(share.works) for each in range(len(work.months))]
    told = {(work.market, work.months[each]): 0 for _, work, each in months}
    statement = found.copy(
        Statement,
        [
            *("service_id", "commitment_id", "declarant_id", "month", "status", "due_on", "version"),
            *("submitted_at", "validated_at"),
        ],
        (
            (
                *(service, firsts["commitment"] + market, company + share.markets[market].company, month),
                *("VALIDATED", month + timedelta(days=42), 1, AT, AT),
            )
            for market, month in told
        ),
    )
    told = {key: statement + rank for rank, key in enumerate(told)}
    worked = found.copy(
        WorkedMonth,
        ["service_id", "placement_id", "month", "hours", "training_hours"],
        (
            (service, firsts["placement"] + rank, work.months[each], hours_of(work.hours[each]), 0)
            for rank, work, each in months
        ),
    )
    line = found.copy(
        StatementLine,
        ["service_id", "statement_id", "worked_month_id", "hours", "training_hours"],
        (
            (service, told[work.market, work.months[each]], worked + rank, hours_of(work.hours[each]), 0)
            for rank, (_, work, each) in enumerate(months)
        ),
    )
    explained = Jsonb(_explanation())
    found.copy(
        LedgerEntry,
        [
            *("service_id", "line_id", "commitment_id", "placement_id", "participant_id", "decision_id"),
            *("month", "declared", "counted", "explanation", "entered_at"),
        ],
        (
            (
                *(service, line + rank, firsts["commitment"] + work.market, firsts["placement"] + of),
                *(firsts["person"] + work.person, firsts["decision"] + work.person, work.months[each]),
                *(hours_of(work.hours[each]),) * 2,
                *(explained, AT),
            )
            for rank, (of, work, each) in enumerate(months)
        ),
    )


def _explanation() -> list[Any]:
    """What the ledger tells of an ordinary line: as long as any."""
    execution, month = Period(date(2024, 1, 1), date(2026, 1, 1)), date(2024, 5, 1)
    policy = Clause().counting(execution)
    counted = rule.count(
        policy,
        [rule.Decision(date(2024, 2, 1), ("RSA",), None)],
        [rule.Placement("p", "CDD", "DIRECT", Period(date(2024, 3, 1), date(2024, 9, 1)))],
        [rule.Line("l", "p", month, hours_of(6280), hours_of(0), on_operation=True)],
    )
    return as_json(counted.lines[0].explanation)


def _days(start: date, end: date) -> str:
    return f"[{start},{end})"
