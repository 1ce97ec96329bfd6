"""What follows: the work contract of who was chosen, missing hours, and the journal of the last months."""

from collections.abc import Iterable
from datetime import timedelta
from decimal import Decimal

from uneplace.contracts.models import Clause, DutyChange, Invoice, Order
from uneplace.hours.follow_ups import planned_points
from uneplace.hours.models import Allocation, FollowUp, Placement, Statement
from uneplace.hours.queries import progress_of
from uneplace.offers.models import Application
from uneplace.organisations.models import Organisation
from uneplace.rules.dates import add_months
from uneplace.settlement.changing import change_duty, record_action, record_entry
from uneplace.settlement.models import Exchange, PenaltyCase

from .chronicle import Chronicle
from .control import Control
from .deals import Deal
from .partners import share_hours
from .persons import at_hour
from .present import Present
from .proof import Proof
from .slips import answer_checks

RECENT_MONTHS = 3
EXPLAINED = "Deux mois de retard à cause de l’amiante trouvé en façade. Deux embauches sont prévues."


HEARD = (
    "Deux retards cette semaine, le bus de 6 h 10 est supprimé. On cherche un covoiturage.",
    "Le rythme est soutenu. La cheffe d’équipe propose un binôme jusqu’à la fin du mois.",
    "La garde des enfants n’est pas réglée le mercredi. Rendez-vous pris avec la structure.",
)


class Outcomes:
    """Ends the present: everything that hangs on clauses, people and job sheets already written."""

    LATE_POINTS = 2

    def __init__(self, present: Present, chronicle: Chronicle) -> None:
        self.present = present
        self.territory = present.territory
        self.chronicle = chronicle
        self.facilitator = present.territory.facilitator

    def write(self, hired: Iterable[Application]) -> None:
        """`hired` are the people chosen by companies: the first has a work contract to confirm."""
        self._record_placement(next(iter(hired)))
        self._unconfirmed()
        self._follow()
        control = Control(self.territory, self.chronicle, at=self.present.at)
        control.led_to_notice(
            self._notice(self.present.deals["Rénovation thermique de la résidence des Sorbiers"])
        )
        control.in_difficulty(
            self._exchange(self.present.deals["Remise en peinture de logements, résidence des Iris"])
        )
        self._gap(self.present.deals["Collecte et tri, déchèterie du Colombier"])
        for deal in self.present.deals.values():
            self._tell_of_deal(deal)
        self._tell_of_work()
        answer_checks(self.territory, self.present.hires, self.chronicle)
        Proof(self.present, self.chronicle).write()
        self.chronicle.write()
        group = self.present.deals["Réhabilitation du gymnase du Val-Marin, maçonnerie"]
        self._amend(group, hours=175)
        share_hours(group, self.territory, at=self.present.at)
        self._invoice(self.present.deals["Renouvellement du réseau d’eau, secteur des Quatre-Vents"])
        self._act(self.present.deals["Restauration des vitraux du prieuré"])

    def _record_placement(self, application: Application) -> None:
        sheet = application.job_sheet
        company = sheet.commitment.company
        placement = Placement.objects.create(
            service=sheet.service,
            participant=application.participant,
            application=application,
            employer=company,
            declared_by=company,
            kind=Placement.Kind.CDD,
            modality=Placement.Modality.DIRECT,
            rome=sheet.rome,
            job=sheet.title,
            period=sheet.period,
            weekly_hours=sheet.weekly_hours,
            recorded_at=self.present.at - timedelta(days=1, hours=3),
        )
        Allocation.objects.create(
            service=sheet.service,
            placement=placement,
            commitment=sheet.commitment,
            period=placement.period,
        )
        at = placement.recorded_at
        self.chronicle.note("placement.recorded", placement, by=self.facilitator, at=at)
        self.chronicle.note("placement.allocated", placement, by=self.facilitator, at=at)

    def _unconfirmed(self) -> None:
        """The structure of the demo has not confirmed its latest work contract yet."""
        structure = self.territory.workplaces["structure"]
        latest = max(
            (hire for hire in self.present.hires if hire.employer == structure),
            key=lambda hire: hire.first_day,
        )
        Placement.objects.filter(pk=latest.placement.pk).update(confirmed_at=None)

    def _follow(self) -> None:
        """Who is at work is heard as planned, most of them fine; two points are late."""
        at_work = [hire.placement for hire in self.present.hires if hire.last_day >= self.present.today]
        points = [
            one for placement in at_work for one in planned_points(placement, on=placement.period.lower)
        ]
        past = [one for one in points if one.due_on < self.present.today]
        for one in sorted(past, key=lambda point: point.due_on)[: -self.LATE_POINTS]:
            self._heard(one)
        FollowUp.objects.bulk_create(points, batch_size=500)

    def _heard(self, point: FollowUp) -> None:
        draw = self.present.random
        point.done_at, point.done_by = at_hour(point.due_on, 10), self.facilitator.user
        point.means = draw.choice(FollowUp.Means.values)
        for name in ("attendance", "integration", "skills"):
            setattr(point, name, draw.choices(FollowUp.Mark.values, [8, 2, 1])[0])
        if point.worst != FollowUp.Mark.WELL:
            point.note = draw.choice(HEARD)

    def _case(self, deal: Deal, status: str, *, days: int, **facts: object) -> PenaltyCase:
        """A case open since `days` ago, on what is missing today on the commitment of a deal."""
        commitment = deal.commitment
        missing = progress_of([commitment], on=self.present.today)[commitment.pk].missing
        opened_at = self.present.at - timedelta(days=days)
        case = PenaltyCase.objects.create(
            service=deal.service,
            commitment=commitment,
            status=status,
            opened_at=opened_at,
            missing_hours=missing,
            **facts,
        )
        self.chronicle.note("penalty_case.opened", case, by=self.facilitator, at=opened_at)
        return case

    def _say(self, case: PenaltyCase, speaker: Organisation, text: str, *, days: int, means: str) -> None:
        at = self.present.at - timedelta(days=days)
        Exchange.objects.create(
            service=case.service,
            case=case,
            held_on=self.present.today - timedelta(days=days),
            means=means,
            text=text,
            organisation=speaker,
            recorded_by=self.facilitator.user,
            recorded_at=at,
        )
        self.chronicle.note("penalty_case.exchanged", case, by=self.facilitator, at=at)

    def _notice(self, deal: Deal) -> PenaltyCase:
        """Few hours, statements that do not come: the buyer gave formal notice."""
        today = self.present.today
        case = self._case(
            deal,
            PenaltyCase.Status.NOTICE,
            days=52,
            notice_on=today - timedelta(days=16),
            answer_before=today + timedelta(days=5),
        )
        company, means = deal.commitment.company, Exchange.Means
        words = "Deux relances restées sans réponse. Réunion sur le chantier avec la conductrice."
        self._say(case, deal.service, words, days=37, means=means.SITE)
        self._say(case, company, EXPLAINED, days=30, means=means.WRITTEN)
        buyer = self.territory.actor_of(deal.buyer)
        at = self.present.at - timedelta(days=16)
        self.chronicle.note("penalty_case.notice_given", case, by=buyer, at=at)
        return case

    def _exchange(self, deal: Deal) -> PenaltyCase:
        """Hours are late, and the company says how it will catch up."""
        case = self._case(deal, PenaltyCase.Status.EXCHANGE, days=21)
        words = "Deux personnes sont parties. L’entreprise cherche deux peintres, une fiche est diffusée."
        self._say(case, deal.commitment.company, words, days=13, means=Exchange.Means.PHONE)
        return case

    def _amend(self, deal: Deal, *, hours: int) -> None:
        """More work on a site: an amendment of today adds hours, shared as the clause is."""
        clause = Clause.objects.get(pk=deal.clause.pk)
        change_duty(
            clause,
            kind=DutyChange.Kind.AMENDMENT,
            on=self.present.today,
            act="Avenant n°\u00a01, reprise des vestiaires",
            inputs={"hours": str(Decimal(clause.inputs["hours"]) + hours)},
            revision=clause.revision,
            by=self.facilitator,
            at=self.present.at,
        )

    def _invoice(self, deal: Deal) -> None:
        """Two orders, and an invoice for each month of work that is over, to the end of the amount."""
        clause = Clause.objects.get(pk=deal.clause.pk)
        first, end = deal.terms.execution.lower, deal.terms.execution.upper
        month = deal.amount / ((end.year - first.year) * 12 + end.month - first.month)
        orders = [
            (Order, first, month * 7, "Bon de commande 1"),
            (Order, add_months(first, 4), month * 2, "Bon de commande 2"),
        ]
        over = [on for on in (add_months(first, rank) for rank in range(1, 12)) if on <= self.present.today]
        invoices = [
            (Invoice, on, month * Decimal("0.9"), f"Situation de travaux {rank}")
            for rank, on in enumerate(over, start=1)
        ]
        for model, on, amount, reference in orders + invoices:
            record_entry(
                clause,
                model=model,
                on=on,
                amount=round(amount, 2),
                reference=reference,
                by=self.facilitator,
                at=self.present.at,
            )

    def _act(self, deal: Deal) -> None:
        """One of the actions owed was done."""
        record_action(
            deal.commitment,
            on=self.present.today - timedelta(days=12),
            what="Visite de l’atelier du vitrail, douze personnes de deux structures",
            seen="Feuille d’émargement signée",
            by=self.facilitator,
            at=self.present.at,
        )

    def _gap(self, deal: Deal) -> None:
        """The execution ended with hours missing, which was just noted."""
        self._case(deal, PenaltyCase.Status.GAP, days=4)

    def _tell_of_deal(self, deal: Deal) -> None:
        note, by = self.chronicle.note, self.facilitator
        created_at = deal.contract.created_at
        is_imported = deal.source == "AWARD_DATA"
        note("contract.imported" if is_imported else "contract.typed", deal.contract, by=by, at=created_at)
        note("clause.opened", deal.clause, by=by, at=created_at + timedelta(hours=1))
        note("clause.shared", deal.clause, by=by, at=created_at + timedelta(hours=2))
        if deal.clause.validated_at:
            note("clause.validated", deal.clause, by=by, at=deal.clause.validated_at)
            first_day = at_hour(deal.terms.execution.lower, 8)
            if first_day <= self.present.at:
                note("clause.started", deal.clause, by=by, at=first_day)

    def _tell_of_work(self) -> None:
        """Work contracts and statements of the last months."""
        note, by = self.chronicle.note, self.facilitator
        since = add_months(self.present.month, -RECENT_MONTHS)
        statements: dict[int, tuple[Statement, Decimal]] = {}
        for hire in self.present.hires:
            placement = hire.placement
            if hire.first_day >= since:
                note("placement.recorded", placement, by=by, at=placement.recorded_at)
            for month in hire.months:
                statement = month.line.statement
                hours = statements.get(statement.pk, (statement, Decimal(0)))[1] + month.hours
                statements[statement.pk] = (statement, hours)
        for statement, hours in statements.values():
            if statement.month >= since:
                self._tell_of_statement(statement, hours)

    def _tell_of_statement(self, statement: Statement, hours: Decimal) -> None:
        note, declarant = self.chronicle.note, self.territory.actor_of(statement.declarant)
        if statement.status == Statement.Status.DRAFT:
            note("statement.kept", statement, by=declarant, at=self.present.at - timedelta(hours=30))
            return
        note("statement.submitted", statement, by=declarant, at=statement.submitted_at, hours=str(hours))
        if statement.status == Statement.Status.RETURNED:
            at = statement.submitted_at + timedelta(days=1)
            note("statement.returned", statement, by=self.facilitator, at=at)
        if statement.status == Statement.Status.VALIDATED:
            note("statement.validated", statement, by=self.facilitator, at=statement.validated_at)
