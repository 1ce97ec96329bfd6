"""« Attestation de réalisation » of a company: what it owes on each contract, and what is counted of it."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.db.models import Count, Sum
from django.utils.timezone import make_aware

from uneplace.contracts.models import ActionDone, Commitment
from uneplace.hours.group import credited, entrusted_on, with_partners
from uneplace.hours.models import LedgerEntry
from uneplace.kit.periods import last_day
from uneplace.organisations.models import Organisation
from uneplace.rules import french

from .paper import Column, Facts, Paper, Table, Words

ZERO = Decimal("0.00")
TITLE = "Attestation de réalisation"


@dataclass(frozen=True)
class Fulfilled:
    """What one commitment of the company comes to by a day; hours, or actions when the clause counts them.

    `is_shared` when companies of the clause do hours for one another.
    """

    commitment: Commitment
    counted: Decimal
    actions_done: int = 0
    is_shared: bool = False

    @property
    def actions_due(self) -> int | None:
        """How many actions the clause counts; None when it counts hours."""
        return self.commitment.clause.actions_due

    @property
    def remaining(self) -> Decimal:
        """Hours owed that are not counted by that day."""
        return max(self.commitment.hours_due - self.counted, ZERO)

    @property
    def due_words(self) -> str:
        """What is owed: « 2 100 h », « 3 actions »."""
        if self.actions_due is not None:
            return f"{french.several(self.actions_due, 'action', 'actions')} pour toute la clause"
        return french.hours(self.commitment.hours_due)

    @property
    def counted_words(self) -> str:
        """What is done of it."""
        if self.actions_due is not None:
            return french.several(self.actions_done, "action", "actions")
        return french.hours(self.counted)

    @property
    def remaining_words(self) -> str:
        """What is left to do."""
        if self.actions_due is not None:
            return french.several(max(self.actions_due - self.actions_done, 0), "action", "actions")
        return french.hours(self.remaining)

    @property
    def period_words(self) -> str:
        """The days over which it is owed."""
        period = self.commitment.period
        end = last_day(period)
        if end is None:
            return f"depuis le {french.day(period.lower)}"
        return f"du {french.day(period.lower)} au {french.day(end)}"


def fulfilled_by(commitments: Iterable[Commitment], *, on: date) -> list[Fulfilled]:
    """What these commitments come to with all that was entered by the end of that day; a constant number of
    queries.

    What is owed is what is known now: an act that came since has changed it. What partners did of it by that
    day counts, as it does everywhere for who owes.
    """
    commitments = list(commitments)
    after = make_aware(datetime.combine(on + timedelta(days=1), time.min))
    entrusted = entrusted_on({one.clause_id for one in commitments}, before=after)
    group = with_partners(commitments, entrusted)
    counted = credited(group, _counted([one.pk for one in group], after), entrusted)
    done = _done([one.clause_id for one in commitments], on)
    return [
        Fulfilled(one, counted[one.pk], done[one.clause_id], one.clause_id in entrusted)
        for one in commitments
    ]


def _counted(commitments: Collection[int], after: datetime) -> dict[int, Decimal]:
    entries = LedgerEntry.objects.filter(commitment__in=commitments, entered_at__lt=after).order_by()
    return defaultdict(lambda: ZERO, entries.values_list("commitment").annotate(total=Sum("counted")))


def _done(clauses: Collection[int], on: date) -> dict[int, int]:
    """The actions of each clause, whichever company did them: they are owed together."""
    actions = ActionDone.objects.filter(clause__in=clauses, on__lte=on).order_by()
    return defaultdict(int, actions.values_list("clause").annotate(total=Count("pk")))


def fulfilment_paper(
    company: Organisation,
    parts: Sequence[Fulfilled],
    *,
    service: str,
    by: date,
    on: date,
    scope: str = "",
    warning: str = "",
) -> Paper:
    """The paper of a company by one day, made on another; `scope` says what it is restricted to, if it is."""
    facts = [("Entreprise", str(company))]
    if company.siret and company.name:
        facts.append(("SIRET", company.identifier.removeprefix("SIRET ")))
    facts.append(("Arrêtée au", french.day(by)))
    facts.append(("Engagements", french.number(len(parts))))
    hours = [part for part in parts if part.actions_due is None]
    if hours:
        facts += [
            ("Heures dues", french.hours(sum((part.commitment.hours_due for part in hours), ZERO))),
            ("Heures comptées", french.hours(sum((part.counted for part in hours), ZERO))),
            ("Heures restant à faire", french.hours(sum((part.remaining for part in hours), ZERO))),
        ]
    subtitle = f"Faite le {french.day(on)} par {service}, d’après son registre."
    return Paper(
        title=TITLE,
        subtitle=f"{scope}. {subtitle}" if scope else subtitle,
        warning=warning,
        parts=[
            Facts(facts),
            _table(parts),
            Words(_meaning(by, on, is_shared=any(part.is_shared for part in parts))),
        ],
        footer=f"{TITLE}, {company}, arrêtée au {french.day(by)}",
        is_wide=True,
    )


def _meaning(by: date, on: date, *, is_shared: bool) -> list[str]:
    words = [
        "Les heures comptées sont celles que l’employeur a déclarées, que le service a contrôlées puis "
        f"inscrites à son registre au plus tard le {french.day(by)}, corrections comprises.",
        f"Ce qui est dû est ce que fixe chaque marché, avec les actes connus le {french.day(on)}. Ce qui "
        "reste à faire se compte marché par marché\u00a0: ce qui dépasse sur l’un n’est pas ôté de l’autre.",
    ]
    if is_shared:
        words.append(
            "Les heures confiées à un partenaire comptent, une fois faites, pour l’entreprise qui les doit "
            "et en répond, et non pour celle qui les a réalisées."
        )
    return words


def _table(parts: Sequence[Fulfilled]) -> Table:
    return Table(
        title="Engagements",
        columns=[
            Column("Marché", 2.4),
            Column("Acheteur", 1.4),
            Column("Période", 1.4),
            Column("Dues", 0.8, number=True),
            Column("Comptées", 0.9, number=True),
            Column("Restantes", 0.9, number=True),
        ],
        rows=[
            [
                contract_words(part.commitment),
                str(part.commitment.clause.lot.contract.buyer),
                part.period_words,
                part.due_words,
                part.counted_words,
                part.remaining_words,
            ]
            for part in parts
        ],
        note="" if parts else "Aucun engagement à cette date.",
    )


def contract_words(commitment: Commitment) -> str:
    """The contract with its number and its lot, when they have one."""
    lot = commitment.clause.lot
    words = [lot.contract.object]
    if lot.contract.official_id:
        words.append(f"n°\u00a0{lot.contract.official_id}")
    if lot.title:
        words.append(str(lot))
    return ", ".join(words)
