"""What is looked at before hours are counted: each check tells what it found, with its figures and why.

A check accuses nobody: it says what is to be read. How far it goes (nothing, a warning, a validation that is
refused) is chosen by each service. The same figures give the same anomaly, so that an answer is remembered.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache

from uneplace.rules import french
from uneplace.rules.calendar import DEFAULT_ZONE, calendar_of, counter_of_days
from uneplace.rules.checks import check_hours, check_month, check_number, check_share
from uneplace.rules.dates import Period, add_months, month_ordinals
from uneplace.rules.explanation import CONTRACT, FACT, SUM, Explanation, Step, step
from uneplace.rules.numbers import round2
from uneplace.rules.parameters import PARAMETERS


class Check(StrEnum):
    """What is looked at, in the order in which it is told."""

    OUTSIDE_CONTRACT = "OUTSIDE_CONTRACT"
    LEGAL_MAXIMUM = "LEGAL_MAXIMUM"
    WEEKLY_HOURS = "WEEKLY_HOURS"
    DECLARED_ELSEWHERE = "DECLARED_ELSEWHERE"
    NO_DECISION = "NO_DECISION"
    NO_EVIDENCE = "NO_EVIDENCE"
    SAME_STATEMENT = "SAME_STATEMENT"
    SAME_HOURS = "SAME_HOURS"


class Level(StrEnum):
    """How far a check goes, in a service."""

    OFF = "OFF"
    WARNING = "WARNING"
    BLOCKING = "BLOCKING"


USUAL_LEVELS: Mapping[Check, Level] = {
    Check.OUTSIDE_CONTRACT: Level.BLOCKING,
    Check.LEGAL_MAXIMUM: Level.BLOCKING,
    Check.WEEKLY_HOURS: Level.WARNING,
    Check.DECLARED_ELSEWHERE: Level.WARNING,
    Check.NO_DECISION: Level.WARNING,
    Check.NO_EVIDENCE: Level.WARNING,
    Check.SAME_STATEMENT: Level.WARNING,
    Check.SAME_HOURS: Level.WARNING,
}
"""What a service that chose nothing works with: refused only where no contract or text can explain it."""
FEWEST_COPIED = 2
"""People of a statement below which « all identical » says no more than one person’s hours do."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a statement told of one person in one month: hours, and training among them."""

    hours: Decimal
    training_hours: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class LineFacts:
    """One person in a statement, and what is known around.

    `pieces` are the days and shares of the work that go to the commitment, `person_hours` those of the month
    over all the contracts of the person, this line included. `before` are the months before, the last one
    first, None for one without hours there. `undecided` are the hours that no decision of eligibility
    carries. `elsewhere` are the hours of the same month in other statements, under another work contract with
    days in common, or under this one where it does not work that month.
    """

    month: date
    told: Told
    contract: Period
    weekly_hours: Decimal
    person_hours: Decimal
    pieces: Sequence[tuple[Period, Decimal]] = ()
    before: Sequence[Told | None] = ()
    undecided: Decimal = Decimal(0)
    elsewhere: Sequence[Decimal] = ()
    holiday_zone: str = DEFAULT_ZONE

    def __post_init__(self) -> None:
        check_month("month", self.month)
        check_hours("hours", self.told.hours)
        check_number("weekly_hours", self.weekly_hours)
        check_hours("person_hours", self.person_hours)
        for _, share in self.pieces:
            check_share("share", share)


@dataclass(frozen=True, slots=True)
class Anomaly:
    """What one check found: its figures, which make it the same or another, and why it is told."""

    check: Check
    figures: Mapping[str, str]
    explanation: Explanation

    @property
    def reason(self) -> str:
        """The sentence that says it all."""
        return self.explanation[-1].text


def anomalies_of_line(facts: LineFacts, levels: Mapping[Check, Level]) -> list[Anomaly]:
    """What is to be read of one person's month, by the checks that the service keeps.

    Hours that the days of the contract cannot hold are told once, not as many hours a week besides.
    """
    found: list[Anomaly] = []
    for check, look in LINE_CHECKS.items():
        if levels[check] == Level.OFF:
            continue
        anomaly = look(facts)
        if anomaly is None or (check == Check.WEEKLY_HOURS and _told(found, Check.OUTSIDE_CONTRACT)):
            continue
        found.append(anomaly)
    return found


def _told(found: Iterable[Anomaly], check: Check) -> bool:
    return any(one.check == check for one in found)


def legal_hours(days: Iterable[date], *, on: date) -> Decimal:
    """The most hours that the law lets one work on these days, all employers together.

    Week by week, from Monday: 48 h, and no more than 10 h a day on 6 days (Code du travail, L. 3121-18,
    L. 3121-20, L. 3132-1 and, for several employers, L. 8261-1). The mean of 44 h over 12 weeks is not read:
    one month alone cannot tell it.
    """
    weeks: dict[tuple[int, int], int] = defaultdict(int)
    for day in set(days):
        weeks[day.isocalendar()[:2]] += 1
    a_day = PARAMETERS.max_daily_hours.on(on)
    a_week = PARAMETERS.max_weekly_hours.on(on)
    most = PARAMETERS.max_weekly_days.whole_on(on)
    return sum((min(a_week, a_day * min(count, most)) for count in weeks.values()), Decimal(0))


def days_of_month(month: date, within: Period | None = None) -> list[date]:
    """The days of a month, or those of them inside a period."""
    first, end = month_ordinals(month)
    days = [month + timedelta(days=rank) for rank in range(end - first)]
    return days if within is None else [day for day in days if day in within]


@lru_cache(maxsize=4096)
def _legal_hours_of(month: date, within: Period | None = None) -> Decimal:
    """`legal_hours` of a month, or of its days inside a period: the same for all who share them."""
    return legal_hours(days_of_month(month, within), on=month)


def outside_contract(facts: LineFacts) -> Anomaly | None:
    """Hours before the start or after the end of the work contract: more than its days of the month hold."""
    first, end = month_ordinals(facts.month)
    if facts.contract.first_ordinal <= first and end <= facts.contract.end_ordinal:
        return None
    limit = _legal_hours_of(facts.month, facts.contract)
    if facts.told.hours <= limit:
        return None
    days = days_of_month(facts.month, facts.contract)
    declared = french.hours(facts.told.hours)
    count = french.several(len(days), "jour", "jours")
    steps = [
        step(
            f"Jours du contrat de travail en {french.month(facts.month)}, {_dates(facts.contract)}.",
            count,
            FACT,
        ),
        _limit_step(limit, on=facts.month),
    ]
    text = (
        f"{declared} déclarées, et le contrat de travail n'a aucun jour ce mois-là."
        if not days
        else f"{declared} déclarées : {count} de contrat n'en tiennent pas plus de {french.hours(limit)}."
    )
    return _anomaly(Check.OUTSIDE_CONTRACT, steps, text, hours=facts.told.hours, limit=limit)


def legal_maximum(facts: LineFacts) -> Anomaly | None:
    """More hours than a month may have, all the contracts of the person together."""
    limit = _legal_hours_of(facts.month)
    if facts.person_hours <= limit:
        return None
    steps = [
        step("Heures de ce relevé.", french.hours(facts.told.hours), FACT),
        _limit_step(limit, on=facts.month),
    ]
    text = (
        f"{french.hours(facts.person_hours)} ce mois-là, tous contrats réunis : "
        f"la loi n'en permet pas plus de {french.hours(limit)}."
    )
    return _anomaly(Check.LEGAL_MAXIMUM, steps, text, hours=facts.person_hours, limit=limit)


def weekly_hours(facts: LineFacts) -> Anomaly | None:
    """Over the hours of the week, for the days and the share that go there, by more than a third."""
    planned = _planned(
        facts.month, facts.weekly_hours, facts.contract, tuple(facts.pieces), facts.holiday_zone
    )
    part = PARAMETERS.extra_hours_divisor.whole_on(facts.month)
    limit = round2(planned * (part + 1) / part)
    if facts.told.hours <= limit:
        return None
    source = PARAMETERS.extra_hours_divisor.source
    steps = [
        step(
            f"Heures prévues ce mois-là, à {french.hours(facts.weekly_hours)} par semaine.",
            french.hours(planned),
            SUM,
        ),
        step(f"Avec 1/{part} de plus.", french.hours(limit), source),
    ]
    text = (
        f"{french.hours(facts.told.hours)} déclarées pour {french.hours(planned)} prévues : "
        f"plus de {french.hours(limit)}."
    )
    return _anomaly(Check.WEEKLY_HOURS, steps, text, hours=facts.told.hours, limit=limit)


@lru_cache(maxsize=4096)
def _planned(
    month: date, weekly_hours: Decimal, contract: Period, pieces: Sequence[tuple[Period, Decimal]], zone: str
) -> Fraction:
    """The hours of the contract on the days of the month that go there: working days at a fifth of a week,
    calendar days at a seventh when none is worked."""
    calendar = calendar_of(zone)
    first, end = month_ordinals(month)
    weekly, total = Fraction(weekly_hours), Fraction(0)
    for days, share in pieces or [(contract, Decimal(1))]:
        start = max(first, days.first_ordinal, contract.first_ordinal)
        stop = min(end, days.end_ordinal, contract.end_ordinal)
        count, are_worked = counter_of_days(calendar, start, stop)
        total += Fraction(count(start, stop), 5 if are_worked else 7) * weekly * Fraction(share)
    return total


def declared_elsewhere(facts: LineFacts) -> Anomaly | None:
    """Hours of the same person and month in another statement, where nothing foresees them together."""
    total = sum(facts.elsewhere, Decimal(0))
    if not total or not facts.told.hours:
        return None
    others = french.several(len(facts.elsewhere), "autre relevé", "autres relevés")
    steps = [step("Heures de ce relevé.", french.hours(facts.told.hours), FACT)]
    text = f"{french.hours(total)} de la même personne et du même mois sont déclarées dans {others}."
    figures: dict[str, Decimal | int] = {
        "hours": facts.told.hours,
        "elsewhere": total,
        "others": len(facts.elsewhere),
    }
    return _anomaly(Check.DECLARED_ELSEWHERE, steps, text, **figures)


def no_decision(facts: LineFacts) -> Anomaly | None:
    """Hours that no decision of eligibility carries."""
    if not facts.undecided:
        return None
    steps = [step("Heures déclarées.", french.hours(facts.told.hours), FACT)]
    text = (
        f"{french.hours(facts.undecided)} sans décision d'éligibilité avant le début du contrat : "
        "elles ne compteraient pas."
    )
    return _anomaly(Check.NO_DECISION, steps, text, hours=facts.told.hours, undecided=facts.undecided)


def same_hours(facts: LineFacts) -> Anomaly | None:
    """The same hours, to the hundredth, for a person several months in a row."""
    if not facts.told.hours:
        return None
    months = 1
    for told in facts.before:
        if told != facts.told:
            break
        months += 1
    if months < PARAMETERS.copied_months.whole_on(facts.month):
        return None
    steps = [_copied_step(facts.month), step("Mois identiques de suite.", french.number(months), FACT)]
    text = f"{french.hours(facts.told.hours)} {french.several(months, 'mois', 'mois')} de suite."
    return _anomaly(Check.SAME_HOURS, steps, text, hours=facts.told.hours, months=months)


def same_statement(
    month: date, now: Mapping[int, Told], before: Mapping[int, Told], levels: Mapping[Check, Level]
) -> Anomaly | None:
    """A statement whose every person has the hours of the month before, by the key of each work contract."""
    total = sum((told.hours for told in now.values()), Decimal(0))
    is_copied = len(now) >= FEWEST_COPIED and total > 0 and now == before
    if levels[Check.SAME_STATEMENT] == Level.OFF or not is_copied:
        return None
    people = french.several(len(now), "personne", "personnes")
    earlier = french.month(add_months(month, -1))
    steps = [step(f"Personnes dont les heures sont celles de {earlier}.", people, FACT)]
    text = f"Les heures de {people}, {french.hours(total)} en tout, sont toutes celles de {earlier}."
    return _anomaly(Check.SAME_STATEMENT, steps, text, people=len(now), hours=total)


def no_evidence(missing: Mapping[str, str], levels: Mapping[Check, Level]) -> Anomaly | None:
    """A statement whose proofs are asked for by the clause, and not accepted yet: what each is, and where it
    stands. Another proof, or the same standing elsewhere, is another anomaly."""
    if levels[Check.NO_EVIDENCE] == Level.OFF or not missing:
        return None
    steps = [step(f"{one} : ni acceptée, ni dite sans objet.", "", CONTRACT) for one in missing]
    pieces = french.several(len(missing), "pièce demandée n'est", "pièces demandées ne sont")
    figures = {"missing": str(len(missing)), **missing}
    accepted = "acceptée" if len(missing) == 1 else "acceptées"
    told = step(f"{pieces} pas encore {accepted} : {french.listed(missing)}.", "", SUM)
    return Anomaly(Check.NO_EVIDENCE, figures, (*steps, told))


LINE_CHECKS = {
    Check.OUTSIDE_CONTRACT: outside_contract,
    Check.LEGAL_MAXIMUM: legal_maximum,
    Check.WEEKLY_HOURS: weekly_hours,
    Check.DECLARED_ELSEWHERE: declared_elsewhere,
    Check.NO_DECISION: no_decision,
    Check.SAME_HOURS: same_hours,
}


@dataclass(frozen=True, slots=True)
class Precision:
    """How often what a check told was worth being told, by the answers that it got: figures called normal,
    statements sent back. What was validated as it stands, without a word, says neither."""

    normal: int
    returned: int

    @property
    def answered(self) -> int:
        """How many answers it is computed on."""
        return self.normal + self.returned

    @property
    def share(self) -> Decimal | None:
        """The part that was sent back, to the hundredth; None without an answer."""
        return round2(Fraction(self.returned, self.answered)) if self.answered else None


def _limit_step(limit: Decimal, *, on: date) -> Step:
    week = french.hours(PARAMETERS.max_weekly_hours.on(on))
    day = french.hours(PARAMETERS.max_daily_hours.on(on))
    days = french.several(PARAMETERS.max_weekly_days.whole_on(on), "jour", "jours")
    text = f"Au plus, semaine par semaine : {week}, et {day} par jour sur {days}."
    return step(text, french.hours(limit), PARAMETERS.max_weekly_hours.source)


def _copied_step(on: date) -> Step:
    least = PARAMETERS.copied_months
    return step("Mois identiques à partir desquels on le dit.", french.number(least.on(on)), least.source)


def _dates(period: Period) -> str:
    start = french.day(period.start)
    if period.end is None:
        return f"depuis le {start}"
    return f"du {start} au {french.day(period.end - timedelta(days=1))}"


def _anomaly(check: Check, steps: Sequence[Step], text: str, **figures: Decimal | int) -> Anomaly:
    said = {
        name: str(round2(value)) if isinstance(value, Decimal) else str(value)
        for name, value in figures.items()
    }
    return Anomaly(check, said, (*steps, step(text, "", SUM)))
