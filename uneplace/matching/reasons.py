"""What the ranking looked at, said in facts: for each criterion, met, to confirm or not, and why."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from uneplace.offers.models import CriterionAnswer
from uneplace.people.abilities import Travel
from uneplace.people.models import EligibilityDecision, Participant, ParticipantTrade
from uneplace.people.queries import Standing
from uneplace.rules import french

from .needs import Job, Kind, Need
from .ranking import CONTINUITY_DAYS, NO, OTHER_TRADE, SAME_TRADE, UNSURE, YES, Ranked

UNKNOWN = "non renseigné"
WAYS = {Travel.FOOT_BUS: "à pied ou en bus", Travel.BIKE: "à vélo", Travel.CAR: "en voiture"}
DECISIONS = {
    EligibilityDecision.Status.TO_COMPLETE: "dossier à compléter",
    EligibilityDecision.Status.REQUESTED: "décision demandée",
    EligibilityDecision.Status.EXPIRED: "décision expirée, à refaire",
    EligibilityDecision.Status.REFUSED: "décision négative",
}
SAME_WORD = {YES: CriterionAnswer.Met.YES, NO: CriterionAnswer.Met.NO}
PROFILE = {YES: "oui, dans son profil", UNSURE: "profil à compléter", NO: "non, dans son profil"}
Answers = Mapping[int, CriterionAnswer]


class Met(StrEnum):
    """How a criterion is met."""

    YES = "yes"
    TO_CONFIRM = "to-confirm"
    NO = "no"


MET = {YES: Met.YES, UNSURE: Met.TO_CONFIRM, NO: Met.NO}


@dataclass(frozen=True)
class Reason:
    """One criterion, how it is met, and the fact that says so."""

    met: Met
    what: str
    fact: str


@dataclass(frozen=True)
class Reasons:
    """Why somebody comes at this place: must-haves, wishes, then how close the person is to the job."""

    hard: tuple[Reason, ...]
    soft: tuple[Reason, ...]
    close: tuple[Reason, ...]

    @property
    def hard_title(self) -> str:
        """« Indispensables : 2 sur 3, 1 à confirmer »."""
        return _title("Indispensables", self.hard)

    @property
    def soft_title(self) -> str:
        """« Souhaités : 1 sur 2 »."""
        return _title("Souhaités", self.soft)


def reasons_of(
    ranked: Ranked, person: Participant, job: Job, *, standing: Standing | None, answers: Answers, on: date
) -> Reasons:
    """The facts of one person for a job; `person` comes with its trades, `answers` are by criterion."""
    in_file = {
        Kind.TRADE: _trade(ranked, person.trades.all(), job),
        Kind.TRAVEL: _journey(ranked, person, job),
    }
    lines = [
        (need, _need(need, asked, met, answers.get(need.criterion), in_file.get(need.kind)))
        for need, asked, met in zip(job.needs, ranked.asked, ranked.met, strict=True)
    ]
    told = {need.kind for need in job.needs}
    close = [_hours(ranked, person, job), *_continuity(ranked, job)]
    close = [reason for kind, reason in in_file.items() if kind not in told] + close
    return Reasons(
        hard=(
            _eligibility(ranked, standing, on=on),
            *(reason for need, reason in lines if need.is_hard),
        ),
        soft=tuple(reason for need, reason in lines if not need.is_hard),
        close=(_availability(ranked, job, on=on), *close),
    )


def _eligibility(ranked: Ranked, standing: Standing | None, *, on: date) -> Reason:
    if ranked.eligible_until is not None:
        return Reason(Met.YES, "Éligibilité", f"jusqu’au {french.day(ranked.eligible_until)}")
    words = DECISIONS[EligibilityDecision.Status(standing.status)] if standing else "à décider"
    if standing and standing.status == EligibilityDecision.Status.EXPIRED and standing.until > on:
        words = f"la décision se termine avant le poste, le {french.day(standing.until)}"
    return Reason(MET[ranked.eligibility], "Éligibilité", words)


def _need(
    need: Need, asked: int, met: int, answer: CriterionAnswer | None, looked_at: Reason | None
) -> Reason:
    """What the file says (`looked_at`: its own words), what the structure says; both when they differ."""
    said = answer.fact or answer.get_met_display().lower() if answer else ""
    if need.kind == Kind.TEXT:
        return Reason(MET[met], need.text, said or "à demander")
    in_file = looked_at.fact if looked_at else PROFILE[asked]
    if answer and asked != UNSURE and answer.met != SAME_WORD[asked]:
        return Reason(MET[met], need.text, f"{in_file}\u00a0; la structure dit\u00a0: {said}")
    return Reason(MET[met], need.text, said or in_file)


def _availability(ranked: Ranked, job: Job, *, on: date) -> Reason:
    what, day = "Disponible", ranked.free_from
    if day is None:
        return Reason(Met.TO_CONFIRM, what, UNKNOWN)
    if day == date.max:
        return Reason(Met.NO, what, "contrat en cours, sans date de fin")
    if day <= on:
        return Reason(Met.YES, what, "tout de suite")
    if day <= job.start:
        return Reason(Met.YES, what, f"le {french.day(day)}")
    held = ", un contrat de travail d’ici là" if day == ranked.contract_until else ""
    if job.last_day and day > job.last_day:
        return Reason(Met.NO, what, f"le {french.day(day)}, après la fin du poste{held}")
    late = french.several((day - job.start).days, "jour", "jours")
    return Reason(Met.NO, what, f"le {french.day(day)}, {late} après le début{held}")


def _trade(ranked: Ranked, trades: Iterable[ParticipantTrade], job: Job) -> Reason:
    what = "Métier"
    if ranked.nearness is None:
        return Reason(Met.TO_CONFIRM, what, UNKNOWN)
    known = min(
        trades, key=lambda trade: (_distance(trade.rome_id, job.rome), -(trade.months or 0), trade.pk)
    )
    told = known.rome.label
    if known.months is not None:
        told += f", {known.months} mois"
    if ranked.nearness == SAME_TRADE:
        return Reason(Met.YES, what, told)
    met = Met.NO if ranked.nearness == OTHER_TRADE else Met.TO_CONFIRM
    return Reason(met, what, f"{('', 'proche', 'même famille', 'autre')[ranked.nearness]}\u00a0: {told}")


def _distance(code: str, wanted: str) -> int:
    """How far a ROME code is from another: the same, its domain (three signs), its family (one), none."""
    lengths = (5, 3, 1)
    same = (rank for rank, length in enumerate(lengths) if code[:length] == wanted[:length])
    return next(same, OTHER_TRADE)


def _journey(ranked: Ranked, person: Participant, job: Job) -> Reason:
    way = WAYS.get(Travel(person.travel)) if person.travel else ""
    if ranked.km is None:
        known = "dans la commune" if ranked.travel == YES else "distance inconnue"
        if person.commune_id is None:
            known = "commune non renseignée"
        return Reason(MET[ranked.travel], "Trajet", ", ".join(filter(None, [known, way])))
    distance = f"{ranked.km}\u00a0km" if ranked.km else "dans la commune"
    limit = f", {person.travel_km}\u00a0km au plus" if ranked.travel == NO else ""
    if ranked.travel == UNSURE and person.travel_km and job.needs_car:
        limit = ", le lieu demande une voiture"
    return Reason(MET[ranked.travel], "Trajet", f"{distance}, {way or 'moyen non renseigné'}{limit}")


def _hours(ranked: Ranked, person: Participant, job: Job) -> Reason:
    what = "Heures"
    if person.weekly_hours_max is None:
        return Reason(Met.TO_CONFIRM, what, UNKNOWN + "es")
    told = f"{french.hours(person.weekly_hours_max)} par semaine au plus"
    wanted = "" if ranked.hours == YES else f", {french.hours(job.weekly_hours)} demandées"
    return Reason(MET[ranked.hours], what, told + wanted)


def _continuity(ranked: Ranked, job: Job) -> list[Reason]:
    """A contract that ends before the job, when one does."""
    until = ranked.contract_until
    if until is None or not job.start - timedelta(days=CONTINUITY_DAYS) <= until <= job.start:
        return []
    return [Reason(Met.YES, "Suite", f"contrat qui finit le {french.day(until - timedelta(days=1))}")]


def _title(name: str, lines: tuple[Reason, ...]) -> str:
    met = sum(line.met == Met.YES for line in lines)
    unsure = sum(line.met == Met.TO_CONFIRM for line in lines)
    confirm = f", {unsure} à confirmer" if unsure else ""
    return f"{name}\u00a0: {met} sur {len(lines)}{confirm}"
