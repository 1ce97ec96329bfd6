"""A year gone by, at the size of one Département: contracts, people, work contracts and counted hours."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from uneplace.contracts.actions.clauses import Terms
from uneplace.contracts.models import Clause
from uneplace.hours.models import Placement
from uneplace.hours.queries import next_month
from uneplace.kit.periods import period
from uneplace.organisations.models import Organisation
from uneplace.rules.hours_due import Fixed
from uneplace.rules.numbers import largest_remainder

from .deals import Deal, sized, write_deals
from .invented import PLACES
from .persons import Population, weekday
from .sectors import SECTORS, Sector
from .territory import SUBCONTRACTORS, Territory
from .work import (
    Hire,
    Month,
    count_months,
    draft_lines,
    fit,
    follow,
    half_hours,
    kind_of,
    training_of,
    write_hires,
    write_months,
)

# Of fourteen work contracts of a like length: a half lent, four direct, three subcontracted.
MODALITIES = [
    *[Placement.Modality.MISE_A_DISPOSITION] * 7,
    *[Placement.Modality.DIRECT] * 4,
    *[Placement.Modality.SOUS_TRAITANCE] * 3,
]
WEEKLY_HOURS = {Decimal("35"): 60, Decimal("30"): 8, Decimal("26"): 20, Decimal("24"): 8, Decimal("20"): 4}
# How long work contracts last, in days, and how many in a hundred last so.
DURATIONS = {(12, 30): 26, (30, 60): 30, (60, 120): 28, (120, 220): 12, (220, 330): 4}
ALREADY_THERE = 0.27  # of those who work in the year, those at work from the first days
ONE_MORE_CONTRACT = Decimal("0.08")  # people who work under a second contract in the year
LATE_DECISIONS = 14  # people decided eligible after they had started: their hours do not count
MORE_WOMEN = 12  # in a hundred, over what trades have: insertion contracts reach a few more
ENDED_EARLY = 7  # contracts whose execution ends before the last work contract does


@dataclass(frozen=True)
class Year:
    """What a year of the demo holds: contracts with hours, people with hours, and hours counted.

    `until` cuts a year that is not over: everything ends by that day.
    """

    year: int
    contracts: int
    participants: int
    hours: Decimal
    until: date | None = None

    @property
    def last_day(self) -> date:
        """The last day on which anybody works."""
        return self.until or date(self.year, 12, 31)


class PastYear:
    """Builds one year: contracts first, then who worked on them and when, then the hours."""

    def __init__(self, territory: Territory, size: Year, *, at: datetime) -> None:
        self.territory = territory
        self.at = at
        self.size = size
        self.random = territory.inventor.random
        self.population = Population(territory)
        # Dealt rather than drawn, for each length, so that hours are shared as contracts are.
        self.modalities = {shortest: self._in_turn(MODALITIES) for shortest, _ in DURATIONS}
        self.first, self.last = date(size.year, 1, 1), size.last_day

    def write(self) -> None:
        """Write the whole year; its ledger sums to the hours of its size, to the hundredth."""
        deals = self._deals()
        write_deals(deals)
        hires = self._hires(deals)
        self.population.write(list({id(hire.person): hire.person for hire in hires}.values()))
        write_hires(self.territory, hires)
        follow(self.territory, hires)
        self._work(hires)
        draft_lines(self.territory, hires, at=self.at)
        months = [month for hire in hires for month in hire.months]
        count_months(months)
        fit(months, self.size.hours)
        write_months(self.territory, hires)

    def _deals(self) -> list[Deal]:
        sectors = self._sectors()
        weights = [self.random.lognormvariate(0, 0.75) for _ in sectors]
        parts = largest_remainder(self.size.hours, [Decimal(round(weight * 1000)) for weight in weights])
        companies = {sector.key: self._in_turn(self.territory.companies_of(sector.key)) for sector in SECTORS}
        buyers = self._in_turn(self.territory.buyers)
        deals = []
        for number, (sector, hours) in enumerate(zip(sectors, parts, strict=True), start=1):
            buyer = next(buyers) if number <= len(self.territory.buyers) else self._usual_buyer()
            deals.append(self._deal(number, sector, hours, buyer, companies[sector.key]))
        return deals

    def _sectors(self) -> list[Sector]:
        counts = largest_remainder(
            Decimal(self.size.contracts) / 100, [Decimal(sector.weight) for sector in SECTORS]
        )
        found = [
            sector for sector, share in zip(SECTORS, counts, strict=True) for _ in range(int(share * 100))
        ]
        self.random.shuffle(found)
        return found

    def _in_turn(self, things: Sequence[Any]) -> Iterator[Any]:
        shuffled = list(things)
        self.random.shuffle(shuffled)
        while True:
            yield from shuffled

    def _usual_buyer(self) -> Organisation:
        # The first buyers of the list are the large ones.
        buyers = self.territory.buyers
        return self.random.choices(buyers, [100 / (rank + 2) for rank in range(len(buyers))])[0]

    def _deal(
        self,
        number: int,
        sector: Sector,
        hours: Decimal,
        buyer: Organisation,
        companies: Iterator[Organisation],
    ) -> Deal:
        draw = self.random
        latest = (self.last - self.first).days // 3
        start = self.first + timedelta(days=min(draw.choice([-1, -1, -1, 1]) * draw.randint(5, 110), latest))
        end = self.last + timedelta(days=draw.randint(1, 15) if self.size.until else draw.randint(31, 500))
        if number <= ENDED_EARLY and not self.size.until:
            end = self.last - timedelta(days=draw.randint(40, 110))
        shares = [(next(companies), Decimal(1))]
        if hours > 1500 and draw.random() < 0.3:
            shares = [(shares[0][0], Decimal("0.6")), (next(companies), Decimal("0.4"))]
        wanted = hours * Decimal(draw.randint(72, 118)) / 100
        sizing = sized(wanted, sector, draw.choice([Decimal("0.05"), Decimal("0.07"), Decimal("0.10")]))
        terms = Terms(
            sizing=Fixed(Decimal(round(wanted / 35) * 35 or 35)) if draw.random() < 0.2 else sizing,
            execution=period(start, end),
            penalty_rate=Decimal(draw.choice([20, 30, 40, 50])),
            training=Clause.Training.NOT_COUNTED if draw.random() < 0.1 else Clause.Training.COUNTED,
        )
        return Deal(
            service=self.territory.service,
            buyer=buyer,
            sector=sector,
            object=draw.choice(sector.objects).format(place=draw.choice(PLACES)),
            official_id=f"{start.year}U{self.size.year % 100:02}{number:03}",
            notified_on=start - timedelta(days=draw.randint(15, 60)),
            shares=shares,
            terms=terms,
            status=Clause.Status.CLOSED,
            amount=getattr(sizing, "amount", Decimal(0)),
            place=self.territory.commune().name,
        )

    def _hires(self, deals: Sequence[Deal]) -> list[Hire]:
        """Who works where: as many work contracts on a deal as its size asks for, one at least."""
        again = int(self.size.participants * ONE_MORE_CONTRACT)
        number = self.size.participants - len(deals)
        more = largest_remainder(Decimal(number) / 100, [commitment_hours(deal) for deal in deals])
        hires = [
            self._hire(deal, rank)
            for deal, share in zip(deals, more, strict=True)
            for rank in range(1 + int(share * 100))
        ]
        hires += self._second_contracts(hires, again)
        return hires + [self._late(self.random.choice(deals)) for _ in range(LATE_DECISIONS)]

    def _hire(self, deal: Deal, rank: int) -> Hire:
        """The companies of a deal take people by turns."""
        draw = self.random
        shortest, longest = draw.choices(list(DURATIONS), list(DURATIONS.values()))[0]
        days = draw.randint(shortest, longest)
        opening = max(self.first, deal.terms.execution.lower)
        closing = min(self.last, deal.terms.execution.upper - timedelta(days=8))
        room = max(0, (closing - opening).days - min(days, 40))
        wait = draw.randint(0, 15) if draw.random() < ALREADY_THERE else draw.randint(0, room)
        first_day = opening + timedelta(days=min(wait, room))
        first_day = weekday(first_day)
        last_day = min(first_day + timedelta(days=days), self.last)
        job = draw.choice(deal.sector.jobs)
        decided_on = first_day - timedelta(days=draw.randint(3, 40))
        person = self.population.somebody(decided_on=decided_on, women=job.women + MORE_WOMEN)
        modality = next(self.modalities[shortest])
        commitment = deal.commitments[rank % len(deal.commitments)]
        employer = self._employer(modality, commitment.company)
        kind = kind_of(employer, draw)
        return Hire(
            person=person,
            commitment=commitment,
            employer=employer,
            declarant=employer,
            kind=kind,
            modality=modality,
            job=job,
            first_day=first_day,
            last_day=None if kind == Placement.Kind.CDI else last_day,
            weekly_hours=draw.choices(list(WEEKLY_HOURS), list(WEEKLY_HOURS.values()))[0],
            knows_trade=draw.random() > 0.015,
        )

    def _employer(self, modality: str, company: Organisation) -> Organisation:
        if modality == Placement.Modality.DIRECT or company.kind in SUBCONTRACTORS:
            return company
        if modality == Placement.Modality.MISE_A_DISPOSITION:
            return self.random.choice(self.territory.lenders)
        return self.random.choice(self.territory.subcontractors)

    def _second_contracts(self, hires: Sequence[Hire], number: int) -> list[Hire]:
        """Some people work again later in the year, on the same deal and the same decision."""
        free = [
            hire
            for hire in hires
            if hire.last_day is not None and hire.last_day < self.last - timedelta(days=92)
        ]
        found = []
        for hire in self.random.sample(free, number):
            first_day = weekday(hire.last_day + timedelta(days=self.random.randint(5, 40)))
            length = timedelta(days=self.random.randint(20, 70))
            again = replace(hire, first_day=first_day, last_day=min(first_day + length, self.last), months=[])
            found.append(again)
        return found

    def _late(self, deal: Deal) -> Hire:
        """Somebody whose eligibility was decided after the start: the hours are declared and do not count."""
        hire = self._hire(deal, 0)
        hire.person.decided_on = hire.first_day + timedelta(days=self.random.randint(2, 15))
        return hire

    def _work(self, hires: Sequence[Hire]) -> None:
        """What was declared for each month: what the work contract provides for, less absences."""
        sector_of = {job: sector for sector in SECTORS for job in sector.jobs}
        planned = sum(
            (hours for hire in hires for _, hours in self._planned(hire, sector_of[hire.job])), Decimal(0)
        )
        presence = self.size.hours / planned
        for hire in hires:
            for month, hours in self._planned(hire, sector_of[hire.job]):
                absence = Decimal(self.random.randint(96, 104)) / 100
                declared = max(half_hours(hours * presence * absence), Decimal(1))
                hire.months.append(Month(month, declared, training_of(hire.kind, declared)))

    def _planned(self, hire: Hire, sector: Sector) -> Iterator[tuple[date, Decimal]]:
        month = hire.first_day.replace(day=1)
        while month <= self.last and (hire.last_day is None or month <= hire.last_day):
            hours = hire.ceiling(month, self.last + timedelta(days=1))
            if hours:
                yield month, hours * (sector.summer if month.month == 8 else 1)
            month = next_month(month)


def commitment_hours(deal: Deal) -> Decimal:
    """The hours that a deal makes due, all its companies together."""
    return sum((commitment.hours_due for commitment in deal.commitments), Decimal(0))
