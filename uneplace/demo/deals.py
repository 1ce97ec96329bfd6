"""Public contracts with their lot, award, clause and commitments, written many at once."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from uneplace.contracts.actions.clauses import Terms
from uneplace.contracts.models import Award, AwardMember, Clause, Commitment, Contract, Lot, MemberRole
from uneplace.organisations.models import Organisation
from uneplace.rules.hours_due import Actions, LabourShare, Share, hours_due

from .persons import at_hour
from .sectors import Sector

HOURLY_COST = Decimal("30.00")
THOUSAND = Decimal(1000)
PROCEDURES = ["Procédure adaptée", "Appel d’offres ouvert"]


@dataclass
class Deal:
    """One contract with one lot and its clause, before the rows are written.

    `shares` gives each company with its part of the clause, the mandataire first. A deal without terms has
    no clause.
    """

    service: Organisation
    buyer: Organisation
    sector: Sector
    object: str
    official_id: str
    notified_on: date
    shares: Sequence[tuple[Organisation, Decimal]]
    terms: Terms | None
    status: str = Clause.Status.RUNNING
    amount: Decimal = Decimal(0)
    place: str = ""
    source: str = Contract.Source.TYPED
    social_considerations: Sequence[str] = ("Clause sociale",)
    contract: Contract = field(init=False)
    lot: Lot = field(init=False)
    clause: Clause = field(init=False)
    commitments: list[Commitment] = field(init=False, default_factory=list)

    @property
    def commitment(self) -> Commitment:
        """What the mandataire owes."""
        return self.commitments[0]


def sized(hours: Decimal, sector: Sector, rate: Decimal) -> LabourShare:
    """The labour share whose amount, to the thousand euros, makes about these hours due."""
    amount = hours * HOURLY_COST / (sector.labour_share * rate)
    return LabourShare(
        round(amount / THOUSAND) * THOUSAND or THOUSAND, sector.labour_share, rate, HOURLY_COST
    )


def write_deals(deals: Sequence[Deal]) -> None:
    """The rows of these contracts, each kind in one statement."""
    Contract.objects.bulk_create([_contract(deal) for deal in deals], batch_size=500)
    Lot.objects.bulk_create([_lot(deal) for deal in deals], batch_size=500)
    awards = Award.objects.bulk_create(
        [Award(service=deal.service, lot=deal.lot) for deal in deals], batch_size=500
    )
    AwardMember.objects.bulk_create(
        [
            AwardMember(service=deal.service, award=award, company=company, role=_role(rank))
            for deal, award in zip(deals, awards, strict=True)
            for rank, (company, _) in enumerate(deal.shares)
        ],
        batch_size=500,
    )
    with_clause = [deal for deal in deals if deal.terms is not None]
    Clause.objects.bulk_create([_clause(deal) for deal in with_clause], batch_size=500)
    Commitment.objects.bulk_create(
        [commitment for deal in with_clause for commitment in _commitments(deal)], batch_size=500
    )


def _contract(deal: Deal) -> Contract:
    months = 0
    if deal.terms is not None:
        execution = deal.terms.execution
        months = max(1, round((execution.upper - execution.lower).days / 30))
    deal.contract = Contract(
        service=deal.service,
        buyer=deal.buyer,
        official_id=deal.official_id,
        nature="Marché",
        object=deal.object,
        cpv=deal.sector.cpv,
        procedure=PROCEDURES[deal.amount > 90 * THOUSAND],
        amount=deal.amount or None,
        duration_months=months or None,
        notified_on=deal.notified_on,
        place_name=deal.place,
        social_considerations=list(deal.social_considerations),
        source=deal.source,
        created_at=at_hour(deal.notified_on, 11),
    )
    return deal.contract


def _lot(deal: Deal) -> Lot:
    deal.lot = Lot(service=deal.service, contract=deal.contract, amount=deal.amount or None)
    return deal.lot


def _clause(deal: Deal) -> Clause:
    is_draft = deal.status == Clause.Status.DRAFT
    deal.clause = Clause(
        service=deal.service,
        lot=deal.lot,
        status=deal.status,
        validated_at=None if is_draft else at_hour(deal.notified_on, 15),
        **deal.terms.columns(),
    )
    return deal.clause


def _commitments(deal: Deal) -> list[Commitment]:
    sizing = deal.terms.sizing
    hours = [Decimal(0)] * len(deal.shares)  # actions are not split
    if not isinstance(sizing, Actions):
        shares = [Share(str(company.siret), part) for company, part in deal.shares]
        due = hours_due(sizing, rounding=deal.terms.rounding, shares=shares)
        hours = [its.hours for its in due.commitments]
    deal.commitments = [
        Commitment(
            service=deal.service,
            clause=deal.clause,
            company=company,
            role=_role(rank),
            share=part,
            hours_due=its,
            penalty_rate=deal.terms.penalty_rate,
            period=deal.terms.execution,
        )
        for rank, ((company, part), its) in enumerate(zip(deal.shares, hours, strict=True))
    ]
    return deal.commitments


def _role(rank: int) -> str:
    return MemberRole.COTRAITANT if rank else MemberRole.MANDATAIRE
