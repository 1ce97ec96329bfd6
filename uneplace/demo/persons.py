"""The people of the demo: who they are, why they are eligible, and the decision that says so."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from django.utils.timezone import make_aware

from uneplace.evidence.models import Evidence
from uneplace.organisations.models import Kind, Organisation
from uneplace.people.abilities import Licence
from uneplace.people.actions import situation_as_json
from uneplace.people.models import (
    DecisionProof,
    EligibilityDecision,
    InformationGiven,
    Means,
    Participant,
    ParticipantTrade,
    Support,
)
from uneplace.rules.dates import add_months
from uneplace.rules.eligibility import Ground, Proof, Situation, eligibility
from uneplace.rules.explanation import as_json

from .profiles import give_profiles
from .territory import Territory

GROUND_WEIGHTS = {
    Ground.DELD: 30,
    Ground.RSA: 25,
    Ground.J26_NQ: 14,
    Ground.QPV: 8,
    Ground.BOETH: 7,
    Ground.SENIOR: 5,
    Ground.J_RENF: 4,
    Ground.MINIMA: 3,
    Ground.REFUGIE: 2,
    Ground.J26_DIP: 2,
}
YOUNG = (Ground.J26_NQ, Ground.J26_DIP, Ground.J_RENF)
UNKNOWN_IN_A_HUNDRED = 2
Verdict = EligibilityDecision.Status
REASONS = {
    Verdict.TO_COMPLETE: "Le justificatif est trop ancien\u00a0: envoyez-en un de moins de trois mois.",
    Verdict.REFUSED: "Aucun motif n’est rempli à ce jour. La situation peut être revue plus tard.",
}


@dataclass
class Person:
    """Somebody before the rows are written: identity, situation and decision go together.

    `verdict` is the status of the decision, None when nobody asked for one.
    """

    participant: Participant
    referrer: Organisation
    situation: Situation
    main_ground: Ground
    decided_on: date
    verdict: str | None = EligibilityDecision.Status.ELIGIBLE
    valid_until: date | None = None


class Population:
    """Draws people, then writes them and all that hangs on them in a few statements."""

    def __init__(self, territory: Territory) -> None:
        self.territory = territory
        self.random = territory.inventor.random

    def somebody(self, *, decided_on: date, women: int = 24, complete: bool = False) -> Person:
        """Someone decided eligible on a day, a woman `women` times in a hundred.

        Some facts may be unknown unless `complete`.
        """
        draw = self.random
        sex = "F" if draw.randrange(100) < women else "M"
        first_name, last_name = self.territory.inventor.person(sex)
        ground = draw.choices(list(GROUND_WEIGHTS), list(GROUND_WEIGHTS.values()))[0]
        born_on = self._born_on(ground, decided_on)
        level = self._diploma_level(ground)
        participant = Participant(
            service=self.territory.service,
            first_name=first_name,
            last_name=last_name,
            born_on=born_on,
            sex=sex,
            phone=self.territory.inventor.phone(),
            address=self.territory.inventor.street(),
            commune=self.territory.commune(),
            diploma_level=level,
            licences=self._licences(),
            created_at=at_hour(decided_on - timedelta(days=draw.randint(2, 20)), 10),
        )
        situation = self._situation(ground, born_on, level, decided_on)
        person = Person(participant, self._referrer(ground), situation, ground, decided_on)
        if not complete:
            self._forget(person)
        return person

    def _born_on(self, ground: Ground, on: date) -> date:
        draw = self.random
        if ground in YOUNG:
            age = draw.choice([18, 19, 19, 20, 20, 21, 21, 22, 23, 24, 25])
        elif ground == Ground.SENIOR:
            age = draw.randint(51, 61)
        else:
            age = draw.choices(
                [draw.randint(20, 25), draw.randint(26, 40), draw.randint(41, 58)], [14, 50, 36]
            )[0]
        return add_months(on, -12 * age) - timedelta(days=draw.randint(1, 360))

    def _diploma_level(self, ground: Ground) -> int:
        if ground == Ground.J26_NQ:
            return self.random.choice([0, 0, 2])
        if ground == Ground.J26_DIP:
            return self.random.choice([4, 5])
        return self.random.choices([0, 2, 3, 4, 5], [30, 12, 38, 15, 5])[0]

    def _licences(self) -> list[str]:
        found = [Licence.B] if self.random.random() < 0.45 else []
        for licence, share in (
            (Licence.CACES_ENGINS, 0.06),
            (Licence.SST, 0.08),
            (Licence.CACES_CHARIOT, 0.05),
        ):
            if self.random.random() < share:
                found.append(licence)
        return [str(licence) for licence in found]

    def _situation(self, ground: Ground, born_on: date, level: int, on: date) -> Situation:
        """Facts that meet the main ground, and at times another one."""
        draw = self.random
        facts: dict[str, object] = {"born_on": born_on, "job_seeker": True, "diploma_level": level}
        if ground == Ground.DELD or draw.random() < 0.2:
            facts |= {
                "registered_since": add_months(on, -draw.randint(13, 40)),
                "months_worked_last_12": draw.randint(0, 4),
            }
        if ground == Ground.RSA or draw.random() < 0.15:
            facts["receives_rsa"] = True
        if ground == Ground.QPV or draw.random() < 0.12:
            facts["lives_in_qpv"] = True
        facts |= {
            Ground.BOETH: {"boeth": True},
            Ground.MINIMA: {"allowances": ("ASS",)},
            Ground.J26_NQ: {"left_school_on": add_months(on, -draw.randint(7, 30))},
            Ground.J26_DIP: {"inactive_since": add_months(on, -draw.randint(6, 14))},
            Ground.J_RENF: {"support": "CEJ"},
            Ground.REFUGIE: {"refugee": True},
        }.get(ground, {})
        return Situation(**facts)

    def _forget(self, person: Person) -> None:
        """Files are never quite complete: some facts were not written down."""
        participant = person.participant
        if self.random.randrange(100) < UNKNOWN_IN_A_HUNDRED:
            participant.sex = ""
        if self.random.randrange(100) < UNKNOWN_IN_A_HUNDRED and person.main_ground not in (
            *YOUNG,
            Ground.SENIOR,
        ):
            participant.born_on = None
            person.situation = replace(person.situation, born_on=None)
        if self.random.randrange(100) < UNKNOWN_IN_A_HUNDRED:
            participant.commune = None

    def _referrer(self, ground: Ground) -> Organisation:
        wanted = {
            **dict.fromkeys(YOUNG, (Kind.MISSION_LOCALE,)),
            Ground.BOETH: (Kind.CAP_EMPLOI,),
            Ground.RSA: (Kind.DEPARTEMENT, Kind.CCAS, Kind.PLIE),
        }.get(ground, (Kind.FRANCE_TRAVAIL, Kind.PLIE, Kind.CCAS, Kind.SPIP))
        return self.random.choice([one for one in self.territory.referrers if one.kind in wanted])

    def write(self, people: Sequence[Person]) -> None:
        """The rows of these people: files, supports, information given, decisions and the proofs seen."""
        service = self.territory.service
        trades = give_profiles(person.participant for person in people)
        Participant.objects.bulk_create([person.participant for person in people], batch_size=1000)
        ParticipantTrade.objects.bulk_create(trades, batch_size=2000)
        Support.objects.bulk_create(
            [
                Support(
                    service=service,
                    participant=person.participant,
                    organisation=person.referrer,
                    since=person.participant.created_at.date(),
                )
                for person in people
            ],
            batch_size=2000,
        )
        InformationGiven.objects.bulk_create(
            [
                InformationGiven(
                    service=service,
                    participant=person.participant,
                    given_on=person.participant.created_at.date(),
                    means=Means.INTERVIEW,
                    organisation=person.referrer,
                )
                for person in people
            ],
            batch_size=2000,
        )
        self._write_decisions([person for person in people if person.verdict is not None])

    def _write_decisions(self, people: Sequence[Person]) -> None:
        decided = [(person, *self._decision(person)) for person in people]
        EligibilityDecision.objects.bulk_create([decision for _, decision, _ in decided], batch_size=1000)
        proofs = [(decision, proof) for _, decision, proofs in decided for proof in proofs]
        evidence = Evidence.objects.bulk_create(
            [self._evidence(decision, proof) for decision, proof in proofs], batch_size=2000
        )
        DecisionProof.objects.bulk_create(
            [
                DecisionProof(service=decision.service, decision=decision, ground=proof.ground, evidence=seen)
                for (decision, proof), seen in zip(proofs, evidence, strict=True)
            ],
            batch_size=2000,
        )

    def _evidence(self, decision: EligibilityDecision, proof: Proof) -> Evidence:
        is_refused = decision.status == Verdict.TO_COMPLETE
        return Evidence(
            service=decision.service,
            kind=Ground(proof.ground).accepted_proof.split(",")[0],
            dated_on=proof.dated_on,
            seen_on=decision.decided_on,
            seen_by=decision.decided_by,
            status=Evidence.Status.TO_REDO if is_refused else Evidence.Status.ACCEPTED,
            reason="Le justificatif est trop ancien." if is_refused else "",
        )

    def _decision(self, person: Person) -> tuple[EligibilityDecision, list[Proof]]:
        """What the rule answers for this person that day, and the verdict that the facilitator gave."""
        on, verdict = person.decided_on, person.verdict
        decision = EligibilityDecision(
            service=self.territory.service,
            participant=person.participant,
            status=Verdict.ELIGIBLE if verdict == Verdict.EXPIRED else verdict,  # it expired by itself since
            requested_by=person.referrer,
            requested_on=person.participant.created_at.date(),
        )
        if verdict == Verdict.REQUESTED:
            return decision, []
        age = self.random.randint(200, 260) if verdict == Verdict.TO_COMPLETE else self.random.randint(3, 40)
        proofs = [] if verdict == Verdict.REFUSED else [Proof(person.main_ground, on - timedelta(days=age))]
        situation = (
            Situation(born_on=person.situation.born_on) if verdict == Verdict.REFUSED else person.situation
        )
        result = eligibility(situation, on=on, proofs=proofs)
        decision.decided_on, decision.decided_by = on, self.territory.facilitator.user
        decision.situation, decision.explanation = situation_as_json(situation), as_json(result.explanation)
        decision.reason = REASONS.get(verdict, "")
        if verdict in (Verdict.ELIGIBLE, Verdict.EXPIRED):
            decision.grounds, decision.main_ground = [str(person.main_ground)], str(person.main_ground)
            decision.valid_until = person.valid_until = result.valid_until
        return decision, proofs


def at_hour(day: date, hour: int, minute: int = 0) -> datetime:
    """A moment of a day in Paris."""
    return make_aware(datetime.combine(day, time(hour, minute)))


def weekday(day: date) -> date:
    """The day, or the Monday after when it falls on a week-end."""
    return day + timedelta(days={5: 2, 6: 1}.get(day.weekday(), 0))
