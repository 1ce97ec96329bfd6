"""Hours that follow what is invoiced: so many for each slice of euros, counted on orders to foresee them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar

from uneplace.rules import french
from uneplace.rules.checks import check_day, check_flag, check_number, check_positive
from uneplace.rules.explanation import CONTRACT, FACT, SUM, Explanation, Step, step
from uneplace.rules.hours_due.inputs import DatedAmount, check_all


@dataclass(frozen=True, slots=True, kw_only=True)
class Invoiced:
    """So many hours for each slice of what is invoiced beyond a threshold, up to the day `as_of` included.

    Amounts, threshold and slice in euros before tax; credit notes are negative amounts. With `whole_slices`,
    a slice begun counts for nothing. Orders tell what is foreseeable and owe nothing by themselves.
    """

    code: ClassVar[str] = "INVOICED"
    label: ClassVar[str] = "Heures par tranche facturée"

    slice: Decimal
    hours_per_slice: Decimal
    as_of: date
    invoices: Sequence[DatedAmount] = ()
    orders: Sequence[DatedAmount] = ()
    threshold: Decimal = Decimal(0)
    whole_slices: bool = False

    def __post_init__(self) -> None:
        check_positive("slice", self.slice)
        check_number("hours_per_slice", self.hours_per_slice)
        check_day("as_of", self.as_of)
        check_all("invoices", self.invoices, DatedAmount)
        check_all("orders", self.orders, DatedAmount)
        check_number("threshold", self.threshold)
        check_flag("whole_slices", self.whole_slices)

    @property
    def exact_hours(self) -> Fraction:
        return self._hours_of(self.invoices)

    @property
    def exact_foreseeable(self) -> Fraction:
        """The hours that the orders alone would owe, were they all invoiced; the caller keeps the greater."""
        return self._hours_of(self.orders)

    def steps(self) -> Explanation:
        return self._steps_of(self.invoices, "Facturé", "facture", "factures")

    def foreseeable_steps(self) -> Explanation:
        """The same account, of the orders."""
        return self._steps_of(self.orders, "Commandé", "commande", "commandes")

    def _total(self, amounts: Sequence[DatedAmount]) -> Fraction:
        return sum((Fraction(one.amount) for one in amounts if one.on <= self.as_of), Fraction(0))

    def _base(self, amounts: Sequence[DatedAmount]) -> Fraction:
        return max(Fraction(0), self._total(amounts) - Fraction(self.threshold))

    def _slices(self, amounts: Sequence[DatedAmount]) -> Fraction:
        slices = self._base(amounts) / Fraction(self.slice)
        return Fraction(slices // 1) if self.whole_slices else slices

    def _hours_of(self, amounts: Sequence[DatedAmount]) -> Fraction:
        return self._slices(amounts) * Fraction(self.hours_per_slice)

    def _steps_of(self, amounts: Sequence[DatedAmount], verb: str, one: str, many: str) -> Explanation:
        count = sum(amount.on <= self.as_of for amount in amounts)
        total = french.euros(self._total(amounts))
        steps: list[Step] = [
            step(f"{verb} au {french.day(self.as_of)} : {french.several(count, one, many)}.", total, FACT)
        ]
        if self.threshold:
            steps.append(step("Seuil sous lequel rien n'est dû.", french.euros(self.threshold), CONTRACT))
            base = french.euros(self._base(amounts))
            steps.append(step("Montant au-delà du seuil.", base, SUM))
        text = f"Heures par tranche de {french.euros(self.slice)}."
        steps.append(step(text, french.hours(self.hours_per_slice), CONTRACT))
        counted = "Tranches entières." if self.whole_slices else "Tranches, la dernière en proportion."
        slices = self._slices(amounts)
        steps.append(step(counted, french.number(slices), SUM))
        text = f"{french.number(slices)} × {french.hours(self.hours_per_slice)}."
        steps.append(step(text, french.hours(self._hours_of(amounts)), SUM))
        return tuple(steps)
