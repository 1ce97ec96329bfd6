"""What was written, granted, declared and decided in the cases of the demo, with the figures of each day."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.utils.timezone import localtime

from uneplace.organisations.actor import Actor
from uneplace.organisations.models import Organisation
from uneplace.reports.papers.fulfilment import fulfilled_by
from uneplace.settlement.control_records import Difficulty, Meeting, Notice, Relief
from uneplace.settlement.models import PenaltyCase
from uneplace.settlement.notice_figures import figures_of
from uneplace.settlement.standing import Standing, standing_of

from .chronicle import Chronicle
from .territory import Territory

VERBS = {
    Notice.Kind.REMINDER: "penalty_case.reminded",
    Notice.Kind.LETTER: "penalty_case.written",
    Notice.Kind.ACCOUNT: "penalty_case.account_prepared",
}
GRANTED = Decimal(70)


class Control:
    """Adds the chain of each case; `at` is the moment of the demo, steps are told in days before it."""

    def __init__(self, territory: Territory, chronicle: Chronicle, *, at: datetime) -> None:
        self.territory = territory
        self.chronicle = chronicle
        self.at = at

    def led_to_notice(self, case: PenaltyCase) -> None:
        """Reminded, written to, met, relieved of a few hours, then given formal notice by the buyer."""
        buyer = case.commitment.clause.lot.contract.buyer
        words = "Deux postes restent à pourvoir. Dites-nous avant la date comment vous les pourvoyez."
        self._paper(case, Notice.Kind.REMINDER, days=47, words=words, delay=14)
        words = "Malgré notre relance, les heures n’avancent pas. Proposez un calendrier, ou expliquez-vous."
        self._paper(case, Notice.Kind.LETTER, days=36, words=words, delay=15, copy_to=buyer)
        self._meet(case, days=33)
        self._relieve(case, buyer, proposed=26, answered=22)
        words = "Le calendrier annoncé n’est pas tenu. Présentez les deux embauches prévues."
        self._paper(case, Notice.Kind.FORMAL, days=16, words=words, delay=21, author=buyer)
        words = "Une embauche est annoncée pour le mois prochain, sans contrat reçu à ce jour."
        self._paper(case, Notice.Kind.ACCOUNT, days=1, words=words, copy_to=buyer)

    def in_difficulty(self, case: PenaltyCase) -> None:
        """Reminded, then a difficulty that the service has not answered yet."""
        words = "Deux départs en un mois\u00a0: où en êtes-vous de leur remplacement\u00a0?"
        self._paper(case, Notice.Kind.REMINDER, days=18, words=words, delay=10)
        commitment, at = case.commitment, self.at - timedelta(days=3)
        company = self.territory.actor_of(commitment.company)
        difficulty = Difficulty.objects.create(
            service=case.service,
            commitment=commitment,
            asked=Difficulty.Asked.REDUCTION,
            since=self._day(20),
            hours=round(commitment.hours_due * Decimal("0.7")),
            reason="Le bailleur a retiré une cage d’escalier\u00a0: un tiers des travaux en moins.",
            declared_at=at,
            declared_by=company.user,
        )
        self.chronicle.note("difficulty.declared", difficulty, by=company, at=at)

    def _paper(
        self,
        case: PenaltyCase,
        kind: str,
        *,
        days: int,
        words: str,
        delay: int = 0,
        author: Organisation | None = None,
        copy_to: Organisation | None = None,
    ) -> None:
        by = self.territory.actor_of(author) if author else self.territory.facilitator
        at, on = self.at - timedelta(days=days), self._day(days)
        reader = by if kind == Notice.Kind.ACCOUNT else Actor(None, case.commitment.company)
        Notice.objects.create(
            service=case.service,
            case=case,
            kind=kind,
            number=case.notices.count() + 1,
            author=by.organisation,
            copy_to=case.service if author else copy_to,
            text=words,
            answer_before=on + timedelta(days=delay) if delay else None,
            figures=figures_of(case, self._standing(case, on), reader=reader),
            sent_at=at,
            sent_by=by.user,
        )
        if verb := VERBS.get(Notice.Kind(kind)):
            self.chronicle.note(verb, case, by=by, at=at)

    def _standing(self, case: PenaltyCase, on: date) -> Standing:
        """The case as the ledger stood that day."""
        standing = standing_of(case, on=on)
        (known,) = fulfilled_by([standing.commitment], on=on)
        return replace(standing, progress=replace(standing.progress, counted=known.counted))

    def _meet(self, case: PenaltyCase, *, days: int) -> None:
        at = self.at - timedelta(days=days)
        meeting = Meeting.objects.create(
            service=case.service,
            commitment=case.commitment,
            held_on=self._day(days),
            attended="La conductrice de travaux, l’acheteur et le service",
            decided="Deux fiches de poste de façadier à diffuser, avec un tuteur nommé pour chacune.",
            recorded_at=at,
            recorded_by=self.territory.facilitator.user,
        )
        self.chronicle.note("meeting.noted", meeting, by=self.territory.facilitator, at=at)

    def _relieve(self, case: PenaltyCase, buyer: Organisation, *, proposed: int, answered: int) -> None:
        deciding = self.territory.actor_of(buyer)
        proposed_at, answered_at = (self.at - timedelta(days=days) for days in (proposed, answered))
        Relief.objects.create(
            service=case.service,
            case=case,
            hours=GRANTED * 2,
            reason="Amiante en façade\u00a0: deux semaines sans aucune équipe sur le chantier.",
            proposed_at=proposed_at,
            proposed_by=self.territory.facilitator.user,
            granted=GRANTED,
            answer="La moitié\u00a0: l’ordre de service arrête les travaux une semaine.",
            answered_at=answered_at,
            answered_by=deciding.user,
        )
        by = self.territory.facilitator
        self.chronicle.note("penalty_case.relief_proposed", case, by=by, at=proposed_at)
        self.chronicle.note("penalty_case.relief_answered", case, by=deciding, at=answered_at)

    def _day(self, days: int) -> date:
        return localtime(self.at - timedelta(days=days)).date()
