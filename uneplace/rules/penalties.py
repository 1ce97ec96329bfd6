"""What a company is exposed to for hours not done, documents not handed over and actions not led.

The rule gives figures; the buyer alone decides. What the contract says (rates, notice, days) is data of the
contract (CCAG of 2021, article 16.1.5, as contracts apply it).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from uneplace.rules import french
from uneplace.rules.checks import check_code, check_day, check_flag, check_number, check_whole
from uneplace.rules.explanation import CONTRACT, FACT, SUM, Explanation, Source, Step, step
from uneplace.rules.numbers import hundredths, in_hundredths, round2

NOTICE = Source("fait", "Mise en demeure par l’acheteur")


@dataclass(frozen=True, slots=True)
class Document:
    """A document that the contract asks for, the day it is due, and the day it was received if it was."""

    name: str
    due_on: date
    received_on: date | None = None

    def __post_init__(self) -> None:
        check_code("name", self.name)
        check_day("due_on", self.due_on, about=self.name)
        if self.received_on is not None:
            check_day("received_on", self.received_on, about=self.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Obligations:
    """What was due, what was done, and the rates of the contract, on the day `as_of`.

    Hours in hours; rates in euros for an hour, a day of delay and an action. `days_from_notice`: delay runs
    from the formal notice at the earliest. `per_document`: each document has its own days; otherwise a day on
    which several are late counts once. `requires_notice`: nothing is payable before the formal notice.
    """

    as_of: date
    due: Decimal = Decimal(0)
    validated: Decimal = Decimal(0)
    exonerated: Decimal = Decimal(0)
    rate_hour: Decimal = Decimal(0)
    documents: Sequence[Document] = ()
    rate_day: Decimal = Decimal(0)
    days_from_notice: bool = False
    per_document: bool = True
    actions_due: int = 0
    actions_done: int = 0
    rate_action: Decimal = Decimal(0)
    requires_notice: bool = True
    notice_on: date | None = None

    def __post_init__(self) -> None:
        check_day("as_of", self.as_of)
        for number in ("due", "validated", "exonerated", "rate_hour", "rate_day", "rate_action"):
            check_number(number, getattr(self, number))
        for count in ("actions_due", "actions_done"):
            check_whole(count, getattr(self, count))
        for flag in ("days_from_notice", "per_document", "requires_notice"):
            check_flag(flag, getattr(self, flag))
        if self.notice_on is not None:
            check_day("notice_on", self.notice_on)

    @property
    def is_payable(self) -> bool:
        """Whether the formal notice that the contract requires, if it does, has been given."""
        return not self.requires_notice or (self.notice_on is not None and self.notice_on <= self.as_of)

    def late_days(self, document: Document) -> range:
        """The ordinals of the days on which a document is late; received the day after it is due, one day."""
        start = document.due_on
        if self.days_from_notice:
            if self.notice_on is None:
                return range(0)
            start = max(start, self.notice_on)
        end = min(document.received_on or self.as_of, self.as_of)
        return range(start.toordinal(), end.toordinal())


@dataclass(frozen=True, slots=True)
class Amount:
    """What one may come to owe, in euros, and what can be asked for on the day."""

    exposure: Decimal
    payable: Decimal


@dataclass(frozen=True, slots=True)
class Penalties:
    """Missing hours, days of delay and missed actions, what each comes to, and why.

    The total is the sum of the rounded lines, so that a letter adds up.
    """

    missing_hours: Decimal
    days_late: int
    missed_actions: int
    hours: Amount
    documents: Amount
    actions: Amount
    total: Amount
    explanation: Explanation


def penalties(obligations: Obligations) -> Penalties:
    """The penalties to which these obligations expose on the day `as_of`, in euros to the cent."""
    facts = obligations
    missing = max(Fraction(0), Fraction(facts.due) - Fraction(facts.validated) - Fraction(facts.exonerated))
    days = _days_late(facts)
    missed = max(0, facts.actions_due - facts.actions_done)
    hours = _amount(facts, missing * Fraction(facts.rate_hour))
    documents = _amount(facts, days * Fraction(facts.rate_day))
    actions = _amount(facts, missed * Fraction(facts.rate_action))
    total = _sum(hours, documents, actions)
    steps = _hours_steps(facts, missing, hours)
    if facts.documents:
        steps += _documents_steps(facts, days, documents)
    if facts.actions_due:
        steps += _actions_steps(facts, missed, actions)
    steps += [
        step("Total de l'exposition.", french.euros(total.exposure), SUM),
        _payable_step(facts, total.payable),
    ]
    return Penalties(round2(missing), days, missed, hours, documents, actions, total, tuple(steps))


def _amount(facts: Obligations, exact: Fraction) -> Amount:
    exposure = round2(exact)
    return Amount(exposure, exposure if facts.is_payable else Decimal("0.00"))


def _sum(*lines: Amount) -> Amount:
    exposure = sum(in_hundredths(line.exposure) for line in lines)
    return Amount(hundredths(exposure), hundredths(sum(in_hundredths(line.payable) for line in lines)))


def _days_late(facts: Obligations) -> int:
    late = [facts.late_days(document) for document in facts.documents]
    if facts.per_document:
        return sum(len(days) for days in late)
    # Each document adds the days that come after those already counted.
    total, reached = 0, 0
    for days in sorted((days for days in late if days), key=lambda days: days.start):
        total += max(0, days.stop - max(days.start, reached))
        reached = max(reached, days.stop)
    return total


def _hours_steps(facts: Obligations, missing: Fraction, line: Amount) -> list[Step]:
    due, validated, exonerated = (
        french.hours(hours) for hours in (facts.due, facts.validated, facts.exonerated)
    )
    return [
        step("Heures dues.", due, CONTRACT),
        step("Heures validées.", validated, FACT),
        step("Heures exonérées.", exonerated, FACT),
        step(
            f"Heures manquantes : {due} - {validated} - {exonerated}, au moins 0.", french.hours(missing), SUM
        ),
        step(
            f"{french.hours(missing)} à {french.euros(facts.rate_hour)} l'heure.",
            french.euros(line.exposure),
            CONTRACT,
        ),
    ]


def _documents_steps(facts: Obligations, days: int, line: Amount) -> list[Step]:
    steps = [_document_step(facts, document) for document in facts.documents]
    if not facts.per_document:
        text = "Un jour où plusieurs documents sont en retard n'est compté qu'une fois."
        steps.append(step(text, _days(days), CONTRACT))
    rate = french.euros(facts.rate_day)
    steps.append(step(f"{_days(days)} à {rate} par jour.", french.euros(line.exposure), CONTRACT))
    return steps


def _document_step(facts: Obligations, document: Document) -> Step:
    text = f"{document.name}, attendu le {french.day(document.due_on)}, "
    if document.received_on is None or document.received_on > facts.as_of:
        text += f"pas reçu au {french.day(facts.as_of)}"
    else:
        text += f"reçu le {french.day(document.received_on)}"
    if facts.days_from_notice:
        text += ", jours de retard depuis la mise en demeure"
    return step(f"{text}.", _days(len(facts.late_days(document))), FACT)


def _actions_steps(facts: Obligations, missed: int, line: Amount) -> list[Step]:
    due, done = french.number(facts.actions_due), french.number(facts.actions_done)
    text = f"Actions manquées : {due} dues, {done} faites."
    return [
        step(text, french.number(missed), FACT),
        step(
            f"{french.number(missed)} à {french.euros(facts.rate_action)} l'action.",
            french.euros(line.exposure),
            CONTRACT,
        ),
    ]


def _payable_step(facts: Obligations, payable: Decimal) -> Step:
    if not facts.requires_notice:
        return step("Exigible sans mise en demeure.", french.euros(payable), CONTRACT)
    if facts.notice_on is None:
        return step("Exigible : rien avant la mise en demeure.", french.euros(payable), NOTICE)
    when = f"mise en demeure du {french.day(facts.notice_on)}"
    if not facts.is_payable:
        return step(f"Exigible : rien au {french.day(facts.as_of)}, {when}.", french.euros(payable), NOTICE)
    return step(f"Exigible, {when}.", french.euros(payable), NOTICE)


def _days(count: int) -> str:
    return french.several(count, "jour de retard", "jours de retard")
