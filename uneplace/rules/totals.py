"""« Pourquoi ce nombre ? » for the hours counted over many months."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from uneplace.rules import french
from uneplace.rules.counting import Reason
from uneplace.rules.explanation import CONTRACT, FACT, SUM, Explanation, Source, step

LEDGER = Source("fait", "Registre des heures comptées")


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedTotal:
    """What validated months come to, in hours.

    `declared` is what was declared in these months, `excluded` what did not count by reason, `corrected` the
    sum of the corrections entered since, which may be negative.
    """

    months: int
    declared: Decimal
    excluded: Mapping[str, Decimal] = field(default_factory=dict)
    corrected: Decimal = Decimal(0)

    @property
    def counted(self) -> Decimal:
        """Declared, less what does not count, and the corrections."""
        return self.declared - sum(self.excluded.values(), Decimal(0)) + self.corrected

    @property
    def explanation(self) -> Explanation:
        """From the hours declared to the hours counted; days and reasons, never a ground of eligibility."""
        months = french.several(self.months, "mois de travail validé", "mois de travail validés")
        steps = [step(f"Heures déclarées, {months}.", french.hours(self.declared), FACT)]
        for reason in Reason:
            if hours := self.excluded.get(reason):
                steps.append(step(f"Non compté : {reason.label}.", french.hours(hours), CONTRACT))
        if self.corrected:
            steps.append(step("Corrections inscrites depuis.", french.hours(self.corrected), LEDGER))
        steps.append(step("Heures comptées.", french.hours(self.counted), SUM))
        return tuple(steps)
