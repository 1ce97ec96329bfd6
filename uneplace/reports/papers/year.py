"""The certificates of everybody who has hours in a year, one after the other."""

from collections.abc import Iterator, Sequence
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.text import slugify

from uneplace.hours.models import LedgerEntry, Placement
from uneplace.organisations.models import Organisation
from uneplace.people.models import Participant

from .certificate import Certificate, Span, certificate_paper, certificates_of
from .paper import Letterhead, print_paper

AT_ONCE = 100  # people whose hours are read together


def year_of(year: int) -> Span:
    """The twelve months of a year."""
    return Span(date(year, 1, 1), date(year, 12, 1))


def people_with_hours(service: Organisation, year: int) -> QuerySet[Participant]:
    """Everybody who has hours counted in the year in this service's file, by name; nobody anonymised."""
    entries = LedgerEntry.objects.filter(
        placement__participant=OuterRef("pk"), month__gte=date(year, 1, 1), month__lte=date(year, 12, 1)
    )
    return Participant.objects.known().filter(Exists(entries), service=service).by_name()


def certificates_of_year(
    service: Organisation, year: int, letterhead: Letterhead, *, on: date, warning: str = ""
) -> Iterator[tuple[str, bytes]]:
    """The name and the content of each certificate of the year."""
    placements = Placement.objects.filter(service=service)
    keys = list(people_with_hours(service, year).values_list("pk", flat=True))
    for start in range(0, len(keys), AT_ONCE):
        people = _in_order(keys[start : start + AT_ONCE])
        for person, certificate in zip(
            people, certificates_of(people, placements, year_of(year), with_birth=True), strict=True
        ):
            content = _printed(certificate, letterhead, on, warning)
            yield f"{slugify(f'{person.last_name} {person.first_name}')}-{person.pk}.pdf", content


def _in_order(keys: Sequence[int]) -> list[Participant]:
    found = Participant.objects.in_bulk(keys)
    return [found[key] for key in keys if key in found]


def _printed(certificate: Certificate, letterhead: Letterhead, on: date, warning: str) -> bytes:
    paper = certificate_paper(certificate, service=letterhead.name, on=on, warning=warning)
    return print_paper(paper, letterhead, on=on)
