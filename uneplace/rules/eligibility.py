"""Whether a person may be counted for a clause on one day: grounds met, proofs accepted, until when.

Grounds are personal data that companies and buyers never see: the explanation given here is the
facilitator's.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from uneplace.rules import french
from uneplace.rules.checks import check_code, check_codes, check_day, check_flag, check_whole
from uneplace.rules.dates import add_months, age_on
from uneplace.rules.errors import FactError
from uneplace.rules.explanation import FACT, SUM, Explanation, Source, Step, step
from uneplace.rules.grounds import Ground
from uneplace.rules.parameters import PARAMETERS, Parameter

__all__ = [
    "Eligibility",
    "Ground",
    "GroundMet",
    "Proof",
    "ProofMonths",
    "ProofState",
    "Situation",
    "eligibility",
    "freshness",
]

SITUATION = Source("fait", "Situation déclarée et justificatifs vus")
MINIMUM_ALLOWANCES = frozenset({"ASS", "AAH", "AI", "AV", "INV"})
REINFORCED_SUPPORTS = frozenset({"PACEA", "CEJ", "SMA", "SMV"})
OPINION_AUTHORS = frozenset(
    {"FRANCE_TRAVAIL", "MAISON_EMPLOI", "PLIE", "MISSION_LOCALE", "CAP_EMPLOI", "MDPH"}
)

SITUATION_FACTS = {
    check_day: ("born_on", "registered_since", "left_school_on", "inactive_since"),
    check_whole: ("months_worked_last_12", "diploma_level"),
    check_flag: ("job_seeker", "receives_rsa", "boeth", "lives_in_qpv", "refugee"),
    check_code: ("support", "motivated_opinion_by"),
    check_codes: ("allowances", "followed_by"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """What is known of a person. None is unknown, and an unknown fact meets no ground.

    `diploma_level` is the French level (0 none, 3 CAP or BEP, 4 bac, 5 and more above); `allowances`,
    `support`, `motivated_opinion_by` and `followed_by` hold codes, of which unknown ones meet nothing.
    """

    born_on: date | None = None
    job_seeker: bool | None = None
    registered_since: date | None = None
    months_worked_last_12: int | None = None
    receives_rsa: bool | None = None
    boeth: bool | None = None
    allowances: Collection[str] | None = None
    diploma_level: int | None = None
    left_school_on: date | None = None
    inactive_since: date | None = None
    support: str | None = None
    lives_in_qpv: bool | None = None
    refugee: bool | None = None
    motivated_opinion_by: str | None = None
    followed_by: Collection[str] | None = None

    def __post_init__(self) -> None:
        for check, facts in SITUATION_FACTS.items():
            for fact in facts:
                if (value := getattr(self, fact)) is not None:
                    check(fact, value)

    def age(self, on: date) -> int | None:
        """Whole years of age on that day; None when the date of birth is unknown."""
        return None if self.born_on is None else age_on(self.born_on, on)


@dataclass(frozen=True, slots=True)
class Proof:
    """A proof of one ground, with the day that it carries."""

    ground: str
    dated_on: date

    def __post_init__(self) -> None:
        check_code("ground", self.ground)
        check_day("dated_on", self.dated_on)


class ProofState(StrEnum):
    """What the proofs of a ground are worth on the day."""

    OK = "OK"
    MISSING = "MISSING"
    STALE = "STALE"

    @property
    def label(self) -> str:
        return {"OK": "justifié", "MISSING": "non justifié", "STALE": "justificatif trop ancien"}[self]


@dataclass(frozen=True, slots=True)
class GroundMet:
    """A ground that the situation meets, and the state of its proof."""

    ground: Ground
    proof: ProofState


@dataclass(frozen=True, slots=True)
class Eligibility:
    """Every ground met, whether one is accepted and proved, and the day before which one must start."""

    grounds: tuple[GroundMet, ...]
    eligible: bool
    valid_until: date | None
    explanation: Explanation


def _months_passed(since: date | None, on: date, parameter: Parameter) -> bool:
    # What is still to come has not lasted, were its end beyond the calendar.
    return since is not None and since <= on and add_months(since, parameter.whole_on(on)) <= on


def _is_long_term_job_seeker(situation: Situation, on: date) -> bool:
    """Registered for twelve months, and worked less than six of the last twelve."""
    worked = situation.months_worked_last_12
    return (
        _months_passed(situation.registered_since, on, PARAMETERS.deld_registered_months)
        and worked is not None
        and worked < PARAMETERS.deld_worked_months.on(on)
    )


def _is_young_job_seeker(situation: Situation, on: date, *, qualified: bool) -> bool:
    """A job seeker under the age limit, of known diploma on the asked side of the qualified level."""
    age = situation.age(on)
    if age is None or situation.diploma_level is None or not situation.job_seeker:
        return False
    is_qualified = situation.diploma_level >= PARAMETERS.youth_qualified_level.on(on)
    return age < PARAMETERS.youth_age.on(on) and is_qualified == qualified


def _is_unqualified_youth(situation: Situation, on: date) -> bool:
    return _is_young_job_seeker(situation, on, qualified=False) and _months_passed(
        situation.left_school_on, on, PARAMETERS.youth_school_months
    )


def _is_qualified_youth(situation: Situation, on: date) -> bool:
    return _is_young_job_seeker(situation, on, qualified=True) and _months_passed(
        situation.inactive_since, on, PARAMETERS.youth_inactive_months
    )


def _is_senior(situation: Situation, on: date) -> bool:
    age = situation.age(on)
    return age is not None and age >= PARAMETERS.senior_age.on(on) and bool(situation.job_seeker)


def _followed_by(ground: Ground) -> Callable[[Situation, date], bool]:
    return lambda situation, on: ground in (situation.followed_by or ())


CONDITIONS: dict[Ground, Callable[[Situation, date], bool]] = {
    Ground.DELD: _is_long_term_job_seeker,
    Ground.RSA: lambda situation, on: bool(situation.receives_rsa and situation.job_seeker),
    Ground.BOETH: lambda situation, on: bool(situation.boeth and situation.job_seeker),
    Ground.MINIMA: lambda situation, on: not MINIMUM_ALLOWANCES.isdisjoint(situation.allowances or ()),
    Ground.J26_NQ: _is_unqualified_youth,
    Ground.J26_DIP: _is_qualified_youth,
    Ground.SENIOR: _is_senior,
    Ground.J_RENF: lambda situation, on: situation.support in REINFORCED_SUPPORTS,
    Ground.QPV: lambda situation, on: bool(situation.lives_in_qpv and situation.job_seeker),
    Ground.REFUGIE: lambda situation, on: bool(situation.refugee),
    Ground.DIFF: lambda situation, on: situation.motivated_opinion_by in OPINION_AUTHORS,
    **{ground: _followed_by(ground) for ground in Ground if ground.is_structure},
}

FRESHNESS: dict[Ground, Parameter] = {
    Ground.DELD: PARAMETERS.proof_months_deld,
    Ground.RSA: PARAMETERS.proof_months_rsa,
    Ground.MINIMA: PARAMETERS.proof_months_minima,
    Ground.SENIOR: PARAMETERS.proof_months_senior,
    Ground.J_RENF: PARAMETERS.proof_months_j_renf,
    Ground.QPV: PARAMETERS.proof_months_qpv,
}


def freshness(ground: Ground, on: date) -> int | None:
    """How many months old a proof of that ground may be on that day; None when it does not age."""
    parameter = FRESHNESS.get(ground)
    return None if parameter is None else parameter.whole_on(on)


@dataclass(frozen=True, slots=True)
class ProofMonths:
    """How old a service lets the proofs of each ground be, in months, in place of the parameters.

    A ground that is not in `months` does not age.
    """

    months: Mapping[str, int]
    source: Source

    def __post_init__(self) -> None:
        for months in self.months.values():
            check_whole("months", months)


def eligibility(
    situation: Situation,
    *,
    on: date,
    proofs: Iterable[Proof] = (),
    accepted_grounds: Collection[str] | None = None,
    proof_months: ProofMonths | None = None,
) -> Eligibility:
    """The eligibility of a person on the day `on`, for a clause that accepts these grounds (None: all).

    `proof_months` is how old the service lets proofs be; None: as the parameters say.

    Eligible: at least one ground met, accepted by the clause and proved. Proofs dated after that day are
    ignored. `valid_until` is the day before which the person must start; the counting window is another
    matter.

    Raises `FactError` when the person is born after that day.
    """
    check_day("on", on)
    if accepted_grounds is not None:
        check_codes("accepted_grounds", accepted_grounds)
    if situation.born_on is not None and situation.born_on > on:
        raise FactError("born_on", "la date de naissance est postérieure à la date examinée.")
    proofs = tuple(proofs)
    found: list[GroundMet] = []
    steps: list[Step] = []
    eligible = False
    for ground, is_met in CONDITIONS.items():
        if not is_met(situation, on):
            continue
        dated = [proof.dated_on for proof in proofs if proof.ground == ground and proof.dated_on <= on]
        latest = max(dated, default=None)
        months = freshness(ground, on) if proof_months is None else proof_months.months.get(ground)
        state = _state(latest, months, on)
        accepted = accepted_grounds is None or ground in accepted_grounds
        eligible = eligible or (accepted and state is ProofState.OK)
        found.append(GroundMet(ground, state))
        source = proof_months.source if proof_months else _freshness_source(ground)
        steps.append(_ground_step(ground, state, latest, accepted, months, source))
    if not found:
        steps.append(step(f"Aucun motif d'éligibilité n'est rempli au {french.day(on)}.", "aucun", FACT))
    if not eligible:
        text = "Aucun motif rempli n'est à la fois accepté par la clause et justifié."
        steps.append(step(text, "non éligible", SUM))
        return Eligibility(tuple(found), False, None, tuple(steps))
    validity = PARAMETERS.eligibility_validity_months
    valid_until = add_months(on, validity.whole_on(on))
    text = f"La personne doit commencer avant : {french.day(on)} + {validity.whole_on(on)} mois."
    steps.append(step(text, french.day(valid_until), validity.source))
    return Eligibility(tuple(found), True, valid_until, tuple(steps))


def _state(latest: date | None, months: int | None, on: date) -> ProofState:
    if latest is None:
        return ProofState.MISSING
    if months is not None and latest < add_months(on, -months):
        return ProofState.STALE
    return ProofState.OK


def _freshness_source(ground: Ground) -> Source:
    parameter = FRESHNESS.get(ground)
    return parameter.source if parameter else SITUATION


def _ground_step(
    ground: Ground, state: ProofState, latest: date | None, accepted: bool, months: int | None, source: Source
) -> Step:
    if latest is None:
        proof = "aucun justificatif daté de ce jour ou d'avant"
    else:
        proof = f"justificatif du {french.day(latest)}"
        if state is ProofState.STALE:
            proof += f", de plus de {months} mois"
    refused = "" if accepted else " ; motif que la clause n'accepte pas"
    known = source if latest and months is not None else SITUATION
    return step(f"{ground.label} : {proof}{refused}.", state.label, known)
