"""What is going on the day the demo is loaded: running clauses, who works on them, what was declared."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.utils.timezone import localtime

from uneplace.contracts.actions.clauses import Terms
from uneplace.contracts.models import Clause, Contract
from uneplace.hours.expected import expect_statements
from uneplace.hours.models import Placement, Statement
from uneplace.hours.queries import next_month
from uneplace.kit.periods import period
from uneplace.organisations.models import Organisation
from uneplace.rules.dates import add_months
from uneplace.rules.hours_due import Actions, Band, Bands, Fixed, Invoiced, Method

from .deals import Deal, sized, write_deals
from .persons import Population, weekday
from .sectors import SECTORS, Sector
from .sites import SITES, Site
from .slips import slip
from .territory import Territory
from .work import (
    Hire,
    Month,
    count_months,
    draft_lines,
    follow,
    half_hours,
    kind_of,
    training_of,
    write_hires,
    write_months,
)

SECTOR = {sector.key: sector for sector in SECTORS}
AWARDED_BEFORE = 45  # days from the notification to the first day of work
SLICE, HOURS_PER_SLICE = Decimal(10_000), Decimal(35)
BANDS_AMOUNT = Decimal(300_000)


class Present:
    """Builds the activity under way; `deals` and `hires` are then at hand for who tells the rest."""

    def __init__(self, territory: Territory, *, at: datetime) -> None:
        self.territory = territory
        self.at = at
        self.today = localtime(at).date()
        self.month = self.today.replace(day=1)
        self.random = territory.inventor.random
        self.population = Population(territory)
        self.deals: dict[str, Deal] = {}
        self.hires: list[Hire] = []

    def write(self) -> None:
        """Contracts and clauses, people at work, and the statements of each month up to the last."""
        planned = [(site, self._plan(site)) for site in SITES]
        for number, (site, hires) in enumerate(planned, start=1):
            self.deals[site.object] = self._deal(number, site, hires)
        write_deals(list(self.deals.values()))
        for site, hires in planned:
            commitments = self.deals[site.object].commitments
            for rank, hire in enumerate(hires):
                hire.commitment = commitments[rank % len(commitments)]
                self._employ(hire, rank, hire.commitment.company)
            self.hires += hires
        self.population.write([hire.person for hire in self.hires])
        write_hires(self.territory, self.hires)
        follow(self.territory, self.hires)
        slip(self.hires)
        for hire in self.hires:
            for month in hire.months:
                month.training = training_of(hire.kind, month.hours)
        draft_lines(self.territory, self.hires, at=self.at)
        count_months(
            [
                month
                for hire in self.hires
                for month in hire.months
                if month.status == Statement.Status.VALIDATED
            ]
        )
        write_months(self.territory, self.hires)
        # Each in its time, as every night does: some are late by now.
        for ago in range(max(site.ago for site in SITES), -1, -1):
            expect_statements(on=add_months(self.month, -ago))
        expect_statements(on=self.today)

    def _execution(self, site: Site) -> tuple[date, date]:
        """First and last day of a site's execution."""
        first = add_months(self.month, -site.ago)
        return first, add_months(self.month, site.left + 1) - timedelta(days=1)

    def _plan(self, site: Site) -> list[Hire]:
        """Who works on a site and when, employers and commitments apart."""
        sector = SECTOR[site.sector]
        return [self._hire(site, sector, rank) for rank in range(site.people)]

    def _hire(self, site: Site, sector: Sector, rank: int) -> Hire:
        draw = self.random
        job = draw.choice(sector.jobs)
        # One starts after another over the months gone by; the last ones are still at work.
        started = max(site.ago - rank * site.ago // max(site.people, 1) - draw.randint(0, 1), 1)
        if site.company is None:
            started = draw.randint(2, site.ago)
        first_day = weekday(add_months(self.month, -started) + timedelta(days=draw.randint(0, 6)))
        length = started + draw.randint(2, 6) if rank >= site.people // 2 else draw.randint(2, 5)
        last_day = add_months(first_day.replace(day=1), length) - timedelta(days=1)
        if site.company is None:
            last_day = add_months(self.month, draw.randint(2, 10)) - timedelta(days=1)
        last_day = min(last_day, self._execution(site)[1])
        hire = Hire(
            person=self.population.somebody(
                decided_on=first_day - timedelta(days=draw.randint(4, 35)),
                women=job.women + 12,
                complete=True,
            ),
            commitment=None,
            employer=None,
            declarant=None,
            kind="",
            modality="",
            job=job,
            first_day=first_day,
            last_day=last_day,
            weekly_hours=Decimal(26 if site.company is None else draw.choice([35, 35, 35, 30])),
        )
        hire.months = list(self._months(site, hire))
        return hire

    def _months(self, site: Site, hire: Hire) -> Iterator[Month]:
        """What was declared month by month, up to the last; the one under way is awaited."""
        month = hire.first_day.replace(day=1)
        last, before = add_months(self.month, -1), add_months(self.month, -2)
        while month < self.month and month <= hire.last_day:
            status = {last: site.last, before: site.before}.get(month, Statement.Status.VALIDATED)
            presence = Decimal(self.random.randint(88, 100)) / 100
            hours = half_hours(hire.ceiling(month, next_month(month)) * presence)
            if status is not None:
                yield Month(month, max(hours, Decimal(1)), status=status)
            month = next_month(month)

    def _employ(self, hire: Hire, rank: int, company: Organisation) -> None:
        """By turns: hired by the company, lent to it, or at work for a structure that does a part."""
        worksite = self.territory.employers[0]
        if company == worksite or rank % 3 == 0:
            hire.modality, hire.employer = Placement.Modality.DIRECT, company
        elif rank % 3 == 1:
            hire.modality = Placement.Modality.MISE_A_DISPOSITION
            hire.employer = self.random.choice(self.territory.lenders)
        else:
            # The structure of the demo account does a part of the contracts of the demo company.
            is_its_company = company == self.territory.companies[0]
            others = self.territory.subcontractors
            hire.modality = Placement.Modality.SOUS_TRAITANCE
            hire.employer = worksite if is_its_company else self.random.choice(others)
        hire.declarant = hire.employer
        hire.kind = kind_of(hire.employer, self.random)
        if hire.kind == Placement.Kind.CDI:
            hire.kind = Placement.Kind.CDD

    def _deal(self, number: int, site: Site, hires: list[Hire]) -> Deal:
        first, last = self._execution(site)
        due = Decimal(site.due) or self._due(site, hires, first, last)
        company = (
            self.territory.employers[0] if site.company is None else self.territory.companies[site.company]
        )
        shares = [(company, Decimal(1))]
        if site.with_company is not None:
            shares = [
                (company, Decimal("0.6")),
                (self.territory.companies[site.with_company], Decimal("0.4")),
            ]
        sector = SECTOR[site.sector]
        sizing = self._sizing(number, site, due)
        amount = getattr(sizing, "amount", Decimal(number) * 85_000)
        if isinstance(sizing, Invoiced):
            amount = round(due / HOURS_PER_SLICE) * SLICE
        notified_on = min(first, self.today) - timedelta(days=AWARDED_BEFORE)
        return Deal(
            service=self.territory.service,
            buyer=self.territory.buyers[site.buyer],
            sector=sector,
            object=site.object,
            official_id=f"{notified_on.year}U{number:04}",
            notified_on=notified_on,
            shares=shares,
            terms=Terms(
                sizing=sizing,
                execution=period(first, last),
                penalty_rate=Decimal(self.random.choice([30, 40, 50])),
                device=Clause.Device.MARCHE_INSERTION if site.company is None else Clause.Device.CLAUSE_EXEC,
            ),
            status=site.status,
            amount=amount,
            place=self.territory.commune().name,
            source=Contract.Source.AWARD_DATA if site.imported else Contract.Source.TYPED,
        )

    def _sizing(self, number: int, site: Site, due: Decimal) -> Method:
        """How the clause says what it owes; invoices come after (see `outcomes.py`)."""
        match site.method:
            case Invoiced.code:
                return Invoiced(slice=SLICE, hours_per_slice=HOURS_PER_SLICE, as_of=self.today)
            case Bands.code:
                return Bands(
                    BANDS_AMOUNT,
                    (
                        Band(BANDS_AMOUNT, (due / 2).quantize(Decimal(1))),
                        Band(2 * BANDS_AMOUNT, due),
                        Band(None, 2 * due),
                    ),
                )
            case Actions.code:
                return Actions(int(due))
        return sized(due, SECTOR[site.sector], Decimal("0.05")) if number % 2 else Fixed(due)

    def _due(self, site: Site, hires: list[Hire], first: date, last: date) -> Decimal:
        """The hours due that make what is validated be at the site's pace today."""
        validated = sum(
            (
                month.hours
                for hire in hires
                for month in hire.months
                if month.status == Statement.Status.VALIDATED
            ),
            Decimal(0),
        )
        whole = (last - first).days + 1
        gone = min(max((self.today - first).days, 1), whole)
        return max(round(validated * whole / gone / site.pace / 5) * Decimal(5), Decimal(70))
