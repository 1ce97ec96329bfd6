"""What the demo's buyers prepare: clauses asked, answered, refused, launched; none is awarded yet."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils.timezone import localtime

from uneplace.contracts.actions import ClauseAnswer, NoClause, Request
from uneplace.contracts.models import ComingContract
from uneplace.organisations.actor import Actor
from uneplace.rules.answer_day import answer_day
from uneplace.rules.explanation import as_json
from uneplace.rules.hours_due import Invoiced, LabourShare
from uneplace.rules.social_condition import Derogation, Purchase

from .chronicle import Chronicle
from .territory import Territory

Status = ComingContract.Status
ANSWERED_AFTER = 6  # days


@dataclass(frozen=True)
class Plan:
    """One contract that a buyer (by rank) prepares; days are counted from the day of loading."""

    buyer: int
    object: str
    kind: Purchase
    amount: int
    consultation: int
    asked: int
    months: int
    status: str = Status.ASKED
    answer: str = ""
    dropped: str = ""


PLANS = [
    Plan(0, "Réhabilitation de l’école maternelle des Marronniers", Purchase.WORKS, 2_400_000, 75, -4, 14),
    Plan(0, "Entretien des espaces verts, secteurs nord et centre", Purchase.SERVICES, 480_000, 40, -30, 36),
    Plan(
        0,
        "Construction d’une maison de santé",
        Purchase.WORKS,
        3_100_000,
        21,
        -20,
        18,
        Status.ANSWERED,
        "LABOUR_SHARE",
    ),
    Plan(
        1,
        "Entretien courant des routes, accord-cadre à bons de commande",
        Purchase.WORKS,
        900_000,
        -12,
        -45,
        48,
        Status.PUBLISHED,
        "INVOICED",
    ),
    Plan(
        3,
        "Fourniture de mobilier pour les logements étudiants",
        Purchase.SUPPLIES,
        260_000,
        30,
        -15,
        6,
        Status.ANSWERED,
        "NONE",
    ),
    Plan(
        2,
        "Extension du dépôt de bus",
        Purchase.WORKS,
        6_200_000,
        90,
        -60,
        24,
        Status.DROPPED,
        dropped="Le budget est reporté de deux ans.",
    ),
]


class Coming:
    """Writes the contracts that are coming, and notes what was done on them."""

    def __init__(self, territory: Territory, chronicle: Chronicle) -> None:
        self.territory = territory
        self.chronicle = chronicle
        self.at = chronicle.now

    def write(self) -> None:
        """One row for each plan, in the state that it has reached."""
        for plan in PLANS:
            self._write(plan)

    def _write(self, plan: Plan) -> None:
        service, buyer = self.territory.service, self.territory.buyers[plan.buyer]
        asked_at, today = self._day(plan.asked), localtime(self.at).date()
        consultation = today + timedelta(days=plan.consultation)
        request = Request(
            object=plan.object,
            kind=plan.kind,
            estimated_amount=Decimal(plan.amount),
            consultation_on=consultation,
            starts_on=consultation + timedelta(days=120),
            duration_months=plan.months,
            commune=self.territory.communes[plan.buyer],
        )
        limit = answer_day(localtime(asked_at).date())
        columns = request.columns()
        answer = self._answer(plan, compulsory=columns["social_condition"])
        coming = ComingContract.objects.create(
            service=service,
            buyer=buyer,
            status=plan.status,
            asked_by=self.territory.user_of(buyer),
            asked_at=asked_at,
            answer_before=limit.day,
            delay_explanation=as_json(limit.explanation),
            dropped_reason=plan.dropped,
            **columns,
            **answer,
        )
        self._tell(plan, coming)

    def _answer(self, plan: Plan, *, compulsory: bool) -> Mapping[str, Any]:
        if not plan.answer:
            return {}
        answered_at = self._day(plan.asked + ANSWERED_AFTER)
        given = {"answered_by": self.territory.facilitator.user, "answered_at": answered_at}
        if plan.answer == "NONE":
            solution = Derogation.AVAILABLE_SOLUTION if compulsory else ""
            refusal = NoClause(
                reasons="Le mobilier est livré monté par un fabricant qui l’a déjà en stock\u00a0: "
                "aucun poste ne s’ouvre ici.",
                derogation=solution,
                derogation_detail="Gamme existante, livrée sous trois semaines." if solution else "",
            )
            return given | refusal.columns()
        sizing: LabourShare | Invoiced
        if plan.answer == "INVOICED":
            sizing = Invoiced(
                slice=Decimal(100_000),
                hours_per_slice=Decimal(35),
                threshold=Decimal(0),
                whole_slices=False,
                as_of=localtime(self.at).date(),
                invoices=(),
                orders=(),
            )
        else:
            sizing = LabourShare(Decimal(plan.amount), Decimal("0.5"), Decimal("0.07"), Decimal(30))
        clause = ClauseAnswer(
            sizing=sizing,
            reasons="Le marché dure assez pour former une équipe, et trois structures du bassin placent déjà "
            "des personnes dans ces métiers.",
            penalty_rate=Decimal(50),
        )
        return given | clause.columns()

    def _tell(self, plan: Plan, coming: ComingContract) -> None:
        buyer = Actor(coming.asked_by, coming.buyer)
        facilitator = self.territory.facilitator
        note = self.chronicle.note
        note("coming_contract.asked", coming, by=buyer, at=coming.asked_at)
        if coming.answered_at:
            note("coming_contract.answered", coming, by=facilitator, at=coming.answered_at)
        if coming.status == Status.PUBLISHED:
            note("coming_contract.launched", coming, by=buyer, at=self._day(plan.consultation))
        if coming.status == Status.DROPPED:
            dropped_at = self._day(plan.asked + ANSWERED_AFTER)
            note("coming_contract.dropped", coming, by=buyer, at=dropped_at, reason=plan.dropped)

    def _day(self, days: int) -> datetime:
        return self.at + timedelta(days=days)
