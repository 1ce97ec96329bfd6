"""« Attestation d’heures de travail » of one person: work contracts and hours worked, to hand over."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet, Sum

from uneplace.hours.models import LedgerEntry, Placement
from uneplace.hours.queries import next_month
from uneplace.kit.periods import last_day
from uneplace.people.models import Participant
from uneplace.rules import french

from .paper import Column, Facts, Paper, Table, Words

ZERO = Decimal("0.00")
TITLE = "Attestation d’heures de travail"
MEANING = (
    "Les heures sont celles que l’employeur a déclarées pour chaque mois, que le service a contrôlées puis "
    "inscrites à son registre. Un mois encore à contrôler n’y est pas."
)


@dataclass(frozen=True)
class Span:
    """Whole months, the first and the last included."""

    first: date
    last: date

    @property
    def words(self) -> str:
        """« de mars 2026 à juin 2026 », « en mars 2026 »."""
        if self.first == self.last:
            return f"en {french.month(self.first)}"
        of = "d’" if french.month(self.first)[0] in "ao" else "de "
        return f"{of}{french.month(self.first)} à {french.month(self.last)}"

    @property
    def end(self) -> date:
        """The first day after the last month."""
        return next_month(self.last)


@dataclass(frozen=True)
class Work:
    """One work contract of a person, and the hours validated of it over the span."""

    employer: str
    job: str
    kind: str
    first_day: date
    last_day: date | None
    hours: Decimal


@dataclass(frozen=True)
class Certificate:
    """What is attested of one person; `born_on` is left out for who does not read it."""

    person: str
    born_on: date | None
    span: Span
    works: tuple[Work, ...]

    @property
    def hours(self) -> Decimal:
        """Hours of all the work contracts."""
        return sum((work.hours for work in self.works), ZERO)


def certificates_of(
    people: Iterable[Participant], placements: QuerySet[Placement], span: Span, *, with_birth: bool
) -> list[Certificate]:
    """What is attested of each of these people, from these work contracts; two queries, however many people.

    A work contract is told when it runs within the span, or when hours of it were validated there.
    """
    people = list(people)
    rows = list(
        placements.filter(participant__in=[person.pk for person in people])
        .select_related("employer", "rome")
        .order_by("period__startswith", "pk")
    )
    hours = _hours([row.pk for row in rows], span)
    works: dict[int, list[Work]] = defaultdict(list)
    for row in rows:
        if hours[row.pk] or _runs_within(row, span):
            works[row.participant_id].append(_work(row, hours[row.pk]))
    return [
        Certificate(
            person=str(person),
            born_on=person.born_on if with_birth else None,
            span=span,
            works=tuple(works[person.pk]),
        )
        for person in people
    ]


def _hours(placements: Collection[int], span: Span) -> dict[int, Decimal]:
    """Hours worked of each work contract over the span, as declared and validated: those that a clause does
    not count are hours of work too."""
    rows = LedgerEntry.objects.filter(
        placement__in=placements, month__gte=span.first, month__lt=span.end
    ).order_by()
    return defaultdict(lambda: ZERO, rows.values_list("placement").annotate(total=Sum("declared")))


def _runs_within(placement: Placement, span: Span) -> bool:
    period = placement.period
    return period.lower < span.end and (period.upper is None or period.upper > span.first)


def _work(placement: Placement, hours: Decimal) -> Work:
    return Work(
        employer=str(placement.employer),
        job=placement.job or (placement.rome.label if placement.rome else "non renseigné"),
        kind=placement.get_kind_display(),
        first_day=placement.period.lower,
        last_day=last_day(placement.period),
        hours=hours,
    )


def certificate_paper(certificate: Certificate, *, service: str, on: date, warning: str = "") -> Paper:
    """The certificate as a paper of the service, made on that day."""
    facts = [("Personne", certificate.person)]
    if certificate.born_on:
        facts.append(("Date de naissance", french.day(certificate.born_on)))
    facts.append(("Période", certificate.span.words))
    facts.append(("Heures de travail", french.hours(certificate.hours)))
    return Paper(
        title=TITLE,
        subtitle=f"Faite le {french.day(on)} par {service}, d’après son registre.",
        warning=warning,
        parts=[Facts(facts), _table(certificate), Words([MEANING])],
        footer=f"{TITLE}, {certificate.person}, {certificate.span.words}. Faite le {french.day(on)}",
    )


def _table(certificate: Certificate) -> Table:
    return Table(
        title="Contrats de travail",
        columns=[
            Column("Employeur", 1.6),
            Column("Poste", 1.5),
            Column("Contrat", 1.1),
            Column("Premier jour", 1.1),
            Column("Dernier jour", 1.1),
            Column("Heures", 0.8, number=True),
        ],
        rows=[
            [
                work.employer,
                work.job,
                work.kind,
                french.day(work.first_day),
                french.day(work.last_day) if work.last_day else "sans fin prévue",
                french.hours(work.hours),
            ]
            for work in certificate.works
        ],
        total=["Ensemble", "", "", "", "", french.hours(certificate.hours)] if certificate.works else (),
        note="" if certificate.works else "Aucun contrat de travail sur cette période.",
    )
