"""What the law says of a work contract of its kind, told as warnings: exceptions are granted case by case.

The labour code is read in the articles that each parameter names; what is derogated from (prefect, France
Travail) is for the employer to know.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from uneplace.rules import french
from uneplace.rules.checks import check_choice, check_number
from uneplace.rules.dates import Period, add_months
from uneplace.rules.explanation import Source
from uneplace.rules.parameters import PARAMETERS, Parameter

FIXED_TERM = ("CDD", "CDDI", "CTT")
KINDS = ("CDI", *FIXED_TERM, "APPRENTISSAGE", "PROFESSIONNALISATION")
# An organisation whose kind nobody told, or a « régie de quartier », may have signed the agreement.
INSERTION_CONTRACT_EMPLOYERS = ("EI", "AI", "ACI", "REGIE", "")
TEMPORARY_WORK_IN_INSERTION = ("ETTI", "EATT")


class Warned(StrEnum):
    """What a warning is about, as the journal keeps it."""

    EXPOSED = "EXPOSED"
    TOO_SHORT = "TOO_SHORT"
    TOO_LONG = "TOO_LONG"
    FEW_HOURS = "FEW_HOURS"
    LENT_HOURS = "LENT_HOURS"
    AGE = "AGE"
    EMPLOYER = "EMPLOYER"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lent:
    """A contract under which an association lends the person: the hours declared of each month (its first
    day), and for the days after the last of them, `weekly_hours`."""

    period: Period
    weekly_hours: Decimal
    declared: Mapping[date, Decimal] = field(default_factory=dict)

    def hours_in(self, span: Period) -> Decimal:
        """The hours declared in these months, and those still foreseen in them."""
        months = (span.start.replace(day=1), span.end or date.max)
        told = sum(
            (hours for month, hours in self.declared.items() if months[0] <= month < months[1]), Decimal(0)
        )
        after = (
            max(self.period.start, add_months(max(self.declared), 1)) if self.declared else self.period.start
        )
        return told + _planned(after, self.period.end, self.weekly_hours, span)


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkContract:
    """A work contract about to be recorded.

    `period` ends on the first day after it; `employer_kind` is AI, ETTI…; `lent` when the employer lends the
    person to the company; `earlier` are the contracts of the same kind with the same employer, `lent_before`
    those under which it already lends the person; `exposed` when the job exposes to an agent of article
    D4154-1.
    """

    kind: str
    period: Period
    weekly_hours: Decimal
    employer_kind: str = ""
    lent: bool = False
    earlier: Sequence[Period] = ()
    lent_before: Sequence[Lent] = ()
    born_on: date | None = None
    exposed: bool = False

    def __post_init__(self) -> None:
        check_choice("kind", self.kind, KINDS)
        check_number("weekly_hours", self.weekly_hours)


@dataclass(frozen=True, slots=True)
class LegalWarning:
    """One thing to look at before signing, and the text that it comes from."""

    about: Warned
    text: str
    source: Source


def legal_warnings(contract: WorkContract) -> tuple[LegalWarning, ...]:
    """What the law says against these terms, or asks to look at; none is a refusal."""
    found = []
    if contract.exposed and contract.kind in FIXED_TERM:
        text = "Un CDD ou une mission d’intérim est interdit sur un poste exposé à un agent dangereux."
        found.append(LegalWarning(Warned.EXPOSED, text, PARAMETERS.exposed_jobs.source))
    if contract.kind == "CDDI":
        found += _short(contract, "Un CDDI", PARAMETERS.cddi_min_months)
        found += _long(contract, "un CDDI", PARAMETERS.cddi_max_months)
        found += _few_hours(contract)
        if contract.employer_kind not in INSERTION_CONTRACT_EMPLOYERS:
            text = (
                "Un CDDI est signé par une entreprise d’insertion, une association intermédiaire ou un "
                "chantier d’insertion."
            )
            found.append(LegalWarning(Warned.EMPLOYER, text, PARAMETERS.cddi_min_months.source))
    elif contract.kind == "CTT" and contract.employer_kind in TEMPORARY_WORK_IN_INSERTION:
        found += _long(contract, "l’intérim d’insertion", PARAMETERS.temporary_max_months)
    elif contract.kind == "PROFESSIONNALISATION":
        found += _short(
            contract, "Un contrat de professionnalisation", PARAMETERS.professionalisation_min_months
        )
        found += _long(
            contract, "un contrat de professionnalisation", PARAMETERS.professionalisation_max_months
        )
    elif contract.kind == "APPRENTISSAGE":
        found += _short(contract, "Un apprentissage", PARAMETERS.apprenticeship_min_months)
        found += _long(contract, "un apprentissage", PARAMETERS.apprenticeship_max_months)
        found += _age(contract)
    if contract.lent and contract.employer_kind == "AI":
        found += _lent_hours(contract)
    return tuple(found)


def _short(contract: WorkContract, what: str, least: Parameter) -> list[LegalWarning]:
    months, end = least.whole_on(contract.period.start), contract.period.end
    if end is None or end >= add_months(contract.period.start, months):
        return []
    return [LegalWarning(Warned.TOO_SHORT, f"{what} dure {months} mois au moins.", least.source)]


def _long(contract: WorkContract, what: str, most: Parameter) -> list[LegalWarning]:
    start, end = contract.period.start, contract.period.end
    if end is None:
        return []
    months = most.whole_on(start)
    before = sum((one.end - one.start).days for one in contract.earlier if one.end is not None)
    if (end - start).days + before <= (add_months(start, months) - start).days:
        return []
    together = " avec les contrats d’avant," if before else ""
    text = f"Au-delà de {months} mois,{together} {what} demande un cas prévu par la loi."
    return [LegalWarning(Warned.TOO_LONG, text, most.source)]


def _few_hours(contract: WorkContract) -> list[LegalWarning]:
    least = PARAMETERS.cddi_min_weekly_hours
    hours = least.on(contract.period.start)
    if contract.weekly_hours >= hours:
        return []
    text = f"Un CDDI compte {french.hours(hours)} par semaine au moins."
    return [LegalWarning(Warned.FEW_HOURS, text, least.source)]


def _lent_hours(contract: WorkContract) -> list[LegalWarning]:
    limit, span = PARAMETERS.lent_hours.on(contract.period.start), _lent_span(contract)
    done = sum((one.hours_in(span) for one in contract.lent_before), Decimal(0))
    planned = _planned(contract.period.start, contract.period.end, contract.weekly_hours, span)
    if done + planned <= limit:
        return []
    months = PARAMETERS.lent_months.whole_on(contract.period.start)
    text = (
        f"Une association intermédiaire prête une personne à des entreprises {french.hours(limit)} au plus "
        f"en {months} mois\u00a0: depuis le {french.day(span.start)}, {_round(done)} sont faites ou prévues, "
        f"ce contrat en ajoute environ {_round(planned)}."
    )
    return [LegalWarning(Warned.LENT_HOURS, text, PARAMETERS.lent_hours.source)]


def _lent_span(contract: WorkContract) -> Period:
    """The months that hold the start of this contract: they run from the first time that the person is lent,
    then from the first time after they have passed."""
    months = PARAMETERS.lent_months.whole_on(contract.period.start)
    here = contract.period.start
    starts = sorted({here, *(one.period.start for one in contract.lent_before if one.period.start < here)})
    first = starts[0]
    for start in starts:
        if start >= add_months(first, months):
            first = start
    return Period(first, add_months(first, months))


def _planned(start: date, end: date | None, weekly_hours: Decimal, span: Period) -> Decimal:
    """The hours foreseen from one day to another, inside these months."""
    first, last = max(start, span.start), min(filter(None, (end, span.end)))
    return weekly_hours * max((last - first).days, 0) / 7


def _round(hours: Decimal) -> str:
    return french.hours(hours.quantize(Decimal(1)))


def _age(contract: WorkContract) -> list[LegalWarning]:
    born, start = contract.born_on, contract.period.start
    if born is None:
        return []
    least, most = PARAMETERS.apprenticeship_min_age, PARAMETERS.apprenticeship_max_age
    youngest, oldest = least.whole_on(start), most.whole_on(start)
    if add_months(born, 12 * youngest) <= start < add_months(born, 12 * (oldest + 1)):
        return []
    text = f"Un apprentissage commence entre {youngest} et {oldest} ans, sauf cas prévus par la loi."
    return [LegalWarning(Warned.AGE, text, least.source)]
