"""To whom a job may be sent: how near each structure is, for which trades, what it answered before."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Count, Exists, OuterRef, Q

from uneplace.organisations.audiences import Public, TradeFamily
from uneplace.organisations.models import Capacity, Organisation, Partnership
from uneplace.organisations.queries import partners_of
from uneplace.reference.distance import km_between

from .models import Application, Diffusion, JobSheet

NEAR_KM = 30


class Zone(StrEnum):
    """Where a structure is, seen from the place of work."""

    COMMUNE = "commune"
    NEAR = "proche"
    DEPARTEMENT = "departement"
    ELSEWHERE = "ailleurs"


@dataclass(frozen=True)
class Addressee:
    """A structure that a sheet may be sent to. `serves_trade` is None when nobody noted its trades."""

    organisation: Organisation
    zone: Zone
    km: int | None
    serves_trade: bool | None
    publics: Sequence[str]
    received: int
    answered: int

    @property
    def is_likely(self) -> bool:
        """Near the place of work, and not said to serve other trades only."""
        return self.zone in (Zone.COMMUNE, Zone.NEAR) and self.serves_trade is not False

    @property
    def publics_in_words(self) -> list[str]:
        return [str(Public(code).label) for code in self.publics]


def addressees_of(sheet: JobSheet) -> list[Addressee]:
    """The structures of the service that have not received the sheet, nearest first, in two queries."""
    partnerships = (
        partners_of(sheet.service)
        .filter(
            Q(organisation__capacities__overlap=[Capacity.INSERTION_EMPLOYER, Capacity.REFERRER]),
            ~Exists(Diffusion.objects.filter(job_sheet=sheet, organisation=OuterRef("organisation"))),
        )
        .exclude(organisation=sheet.commitment.company_id)
        .select_related("organisation__commune")
    )
    partnerships = list(partnerships)
    known = _answers([one.organisation_id for one in partnerships], sheet)
    found = [_addressee(one, sheet, known.get(one.organisation_id, (0, 0))) for one in partnerships]
    order = list(Zone)
    return sorted(
        found,
        key=lambda one: (
            order.index(one.zone),
            one.km is None,
            one.km or 0,
            str(one.organisation).casefold(),
        ),
    )


def _addressee(partnership: Partnership, sheet: JobSheet, known: tuple[int, int]) -> Addressee:
    organisation = partnership.organisation
    km = km_between(organisation.commune, sheet.commune)
    family = TradeFamily(sheet.rome_id[0])
    return Addressee(
        organisation=organisation,
        zone=_zone(organisation, sheet, km),
        km=km,
        serves_trade=family in partnership.trades if partnership.trades else None,
        publics=partnership.publics,
        received=known[0],
        answered=known[1],
    )


def _zone(organisation: Organisation, sheet: JobSheet, km: int | None) -> Zone:
    home, work = organisation.commune, sheet.commune
    if home is None:
        return Zone.ELSEWHERE
    if home.pk == work.pk:
        return Zone.COMMUNE
    if (home.epci and home.epci == work.epci) or (km is not None and km <= NEAR_KM):
        return Zone.NEAR
    return Zone.DEPARTEMENT if home.departement == work.departement else Zone.ELSEWHERE


def _answers(organisations: list[int], sheet: JobSheet) -> dict[int, tuple[int, int]]:
    """How many sheets of this service each received, and answered by a person or by « rien à proposer »."""
    put_forward = Application.objects.filter(
        job_sheet=OuterRef("job_sheet"), organisation=OuterRef("organisation")
    )
    rows = (
        Diffusion.objects.filter(service=sheet.service, organisation__in=organisations)
        .order_by()
        .values("organisation")
        .annotate(
            received=Count("pk"),
            answered=Count("pk", filter=Q(nothing_at__isnull=False) | Exists(put_forward)),
        )
    )
    return {row["organisation"]: (row["received"], row["answered"]) for row in rows}


@dataclass(frozen=True)
class Sent:
    """What became of a sheet at one structure: how many people it put forward, or where it stands."""

    diffusion: Diffusion
    people: int

    @property
    def state(self) -> str:
        """« answered », « nothing », « opened », « told » or « sent », the furthest that is true."""
        if self.people:
            return "answered"
        for name in ("nothing", "opened", "told"):
            if getattr(self.diffusion, f"{name}_at"):
                return name
        return "sent"


def sent_to(sheet: JobSheet) -> list[Sent]:
    """What became of the sheet at each structure that received it, those that are awaited first."""
    people = Count(
        "organisation__applications_sent", filter=Q(organisation__applications_sent__job_sheet=sheet)
    )
    rows = sheet.diffusions.select_related("organisation").annotate(people=people)
    found = [Sent(row, row.people) for row in rows]
    order = ["sent", "told", "opened", "nothing", "answered"]
    return sorted(found, key=lambda one: (order.index(one.state), str(one.diffusion.organisation).casefold()))
