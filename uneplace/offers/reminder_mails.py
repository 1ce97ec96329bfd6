"""The mails of a morning's reminders: what is awaited, on which job sheet, before when; nobody is named."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.timezone import localtime

from uneplace.kit.mails import absolute
from uneplace.mails.actions import write_mail
from uneplace.organisations.actor import Actor
from uneplace.organisations.models import Organisation
from uneplace.rules import french

from .doors import draw_door
from .models import Act, Application, JobSheet, Reminder
from .whose_turn import Party, Step


@dataclass(frozen=True)
class Awaited:
    """One act awaited on one sheet, or on one application of it."""

    sheet: JobSheet
    application: Application | None
    step: Step

    @property
    def key(self) -> tuple:
        """What tells this turn from another."""
        return (
            self.sheet.pk,
            self.application.pk if self.application else None,
            str(self.step.act),
            self.step.since,
        )


@dataclass(frozen=True)
class Telling:
    """One reminder to send: of what, at what level, to which organisation, at what addresses."""

    awaited: Awaited
    number: int
    level: str
    told: Organisation
    addresses: tuple[str, ...]
    by_link: bool = False


def write_mails(tellings: Sequence[Telling], *, by: Actor, at: datetime) -> dict[tuple, set[str]]:
    """One mail to each address, and one for each sheet that a link opens; answers where each turn went."""
    on_file: dict[tuple[Organisation, str], list[Telling]] = defaultdict(list)
    linked: dict[tuple[JobSheet, str], list[Telling]] = defaultdict(list)
    sent: dict[tuple, set[str]] = defaultdict(set)
    for one in tellings:
        for address in one.addresses:
            sent[one.awaited.key].add(address)
            if one.by_link:
                linked[one.awaited.sheet, address].append(one)
            else:
                on_file[one.told, address].append(one)
    for (told, address), ones in on_file.items():
        _write(address, ones, for_service=told == by.organisation)
    for (sheet, address), ones in linked.items():
        door = draw_door(sheet, email=address, by=by, at=at)
        _write(address, ones, link=door.link, until=door.until)
    return sent


def _write(
    address: str, tellings: list[Telling], *, for_service: bool = False, link: str = "", until: str = ""
) -> None:
    lines = _lines(tellings, for_service=for_service)
    write_mail(
        address,
        f"Relance\u00a0: {french.several(len(lines), 'réponse attendue', 'réponses attendues')}",
        "offers/mails/reminder.txt",
        {
            "mine": [line for line in lines if line["mine"]],
            "others": [line for line in lines if not line["mine"]],
            "for_deputy": all(one.level == Reminder.Level.DEPUTY for one in tellings),
            "link": link,
            "until": until,
        },
        about=[one.awaited.application or one.awaited.sheet for one in tellings],
    )


def _lines(tellings: list[Telling], *, for_service: bool) -> list[dict[str, object]]:
    """One line for each act on each sheet, however many files await it."""
    grouped: dict[tuple, list[Telling]] = defaultdict(list)
    for one in tellings:
        step = one.awaited.step
        grouped[one.awaited.sheet, step.act, step.who].append(one)
    return [
        {
            "sheet": sheet,
            "company": sheet.commitment.company,
            "what": f"{act.label}{_how_many(ones)}",
            "who": who,
            "stand_in": ones[0].awaited.step.stand_in,
            "since": french.day(min(localtime(one.awaited.step.since).date() for one in ones)),
            "before": french.day(min(one.awaited.step.before for one in ones)),
            "link": absolute(page_of(sheet, ones[0].awaited.step, for_service=for_service)),
            "mine": not for_service or ones[0].level == Reminder.Level.OWES or _is_service(ones),
        }
        for (sheet, act, who), ones in grouped.items()
    ]


def _is_service(tellings: list[Telling]) -> bool:
    return any(
        one.awaited.step.party == Party.SERVICE or one.awaited.step.stand_in is not None for one in tellings
    )


def _how_many(tellings: Iterable[Telling]) -> str:
    count = sum(one.awaited.application is not None for one in tellings)
    return f" ({french.several(count, 'candidature', 'candidatures')})" if count > 1 else ""


def page_of(sheet: JobSheet, step: Step, *, for_service: bool) -> str:
    """The page from which the act is done."""
    if step.act in (Act.ANSWER, Act.ANSWER_MET, Act.MEET_COMPANY) and not for_service:
        return reverse("offers:candidates")
    return sheet.get_absolute_url()
