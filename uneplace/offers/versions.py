"""What a job sheet says, in words: kept at each version, compared with the last, and what is missing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.timezone import localtime

from uneplace.journal.queries import entries_about
from uneplace.kit.periods import last_day
from uneplace.rules import french

from .models import Criterion, JobSheet, JobSheetVersion

Content = dict[str, str | list[str]]
# The fields of a version, in the order in which they are read, with their name on screen.
LABELS = {
    "title": "Intitulé",
    "rome": "Métier",
    "posts": "Postes",
    "tasks": "Missions",
    "commune": "Lieu",
    "dates": "Dates",
    "weekly_hours": "Durée",
    "timetable": "Horaires",
    "schedules": "Horaires particuliers",
    "without_car": "Accès sans voiture",
    "access": "Comment s’y rendre",
    "modality": "Modalité souhaitée",
    "demands": "Ce que le poste demande",
    "equipment": "Équipements de protection",
    "equipment_by": "Équipements fournis par",
    "pay": "Rémunération brute",
    "tutor": "Tutrice ou tuteur",
    "deputy": "En son absence",
    "hard": "Critères indispensables",
    "soft": "Critères souhaités",
}


@dataclass(frozen=True)
class Difference:
    """One field that two versions tell differently: texts before and after, or what a list lost, gained."""

    label: str
    before: str = ""
    after: str = ""
    lost: tuple[str, ...] = ()
    gained: tuple[str, ...] = ()


def pay_in_words(sheet: JobSheet) -> str:
    """« 12,50 € de l’heure »; empty when it is not written yet."""
    return f"{french.euros(sheet.pay)} {sheet.get_pay_unit_display()}" if sheet.pay else ""


def dates_in_words(sheet: JobSheet) -> str:
    """« du 2 mars 2026 au 31 août 2026 », « à partir du 2 mars 2026 »."""
    start, end = french.day(sheet.period.lower), last_day(sheet.period)
    return f"du {start} au {french.day(end)}" if end else f"à partir du {start}, sans fin prévue"


def content_of(sheet: JobSheet) -> Content:
    """The sheet as it is read today. Phone numbers stay out: they are no part of what is agreed."""
    criteria = list(sheet.criteria.all())
    return {
        "title": sheet.title,
        "rome": str(sheet.rome),
        "posts": french.number(sheet.posts),
        "tasks": sheet.tasks,
        "commune": str(sheet.commune),
        "dates": dates_in_words(sheet),
        "weekly_hours": f"{french.hours(sheet.weekly_hours)} par semaine",
        "timetable": sheet.timetable,
        "without_car": {True: "oui", False: "non", None: ""}[sheet.without_car],
        "access": sheet.access,
        "modality": sheet.get_modality_display(),
        "equipment_by": sheet.get_equipment_by_display(),
        "pay": pay_in_words(sheet),
        "tutor": sheet.tutor_name,
        "deputy": sheet.deputy_name,
        "hard": [one.text for one in criteria if one.weight == Criterion.Weight.HARD],
        "soft": [one.text for one in criteria if one.weight == Criterion.Weight.SOFT],
        **sheet.in_words,
    }


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Difference]:
    """What changed from one version to the next, field by field; a field that only one of them knows is
    compared with nothing."""
    found = []
    for name, label in LABELS.items():
        old, new = before.get(name, ""), after.get(name, "")
        if old == new or (not old and not new):
            continue
        if isinstance(old, list) or isinstance(new, list):
            olds, news = list(old or []), list(new or [])
            lost = tuple(text for text in olds if text not in news)
            gained = tuple(text for text in news if text not in olds)
            if lost or gained:
                found.append(Difference(label, lost=lost, gained=gained))
        else:
            found.append(Difference(label, before=old, after=new))
    return found


def lines_of(content: Mapping[str, Any]) -> list[tuple[str, str]]:
    """A version read from top to bottom: each field that says something, with its name."""
    texts = {name: "\n".join(value) if isinstance(value, list) else value for name, value in content.items()}
    return [(label, texts[name]) for name, label in LABELS.items() if texts.get(name)]


def told_versions(versions: Iterable[JobSheetVersion]) -> list[tuple[JobSheetVersion, list[Difference]]]:
    """Each version with what it changed in the one before, newest first; the first changed nothing."""
    told: list[tuple[JobSheetVersion, list[Difference]]] = []
    former: JobSheetVersion | None = None
    for version in sorted(versions, key=lambda one: one.number):
        told.append((version, differences(former.content, version.content) if former else []))
        former = version
    return told[::-1]


@dataclass(frozen=True)
class Fixed:
    """Since which day the criteria are what they are, and how many files had been read by then."""

    on: date
    files_read: int = 0


def criteria_fixed(sheet: JobSheet) -> Fixed | None:
    """When the criteria of a sheet were fixed: by its first diffusion, else after it was taken up and they
    changed. None until it is sent to structures."""
    if sheet.published_at is None or sheet.status == JobSheet.Status.TO_AGREE:
        return None
    asked, since, latest, taken_up = None, None, None, None
    for version in sheet.versions.order_by("number"):
        latest = version if version.reason else latest
        criteria = [sorted(version.content.get(weight, [])) for weight in ("hard", "soft")]
        if criteria != asked:
            taken_up = latest if since else None
            asked, since = criteria, version
    if latest is None:
        return Fixed(localtime(sheet.published_at).date())
    sent = entries_about(sheet).filter(verb="job_sheet.published", at__gte=since.written_at)
    published = sent.order_by("at").values_list("at", flat=True).first() or sheet.published_at
    told = entries_about(sheet).filter(verb="job_sheet.taken_up")
    entry = told.filter(details__revision=taken_up.number).first() if taken_up else None
    return Fixed(localtime(published).date(), entry.details["files_read"] if entry else 0)


def missing_from(sheet: JobSheet) -> list[str]:
    """What is still to be written before anybody agrees, in the order of the form."""
    asked = {
        "les missions": sheet.tasks,
        "les horaires": sheet.timetable,
        "l’accès sans voiture, oui ou non": sheet.without_car is not None,
        "la modalité souhaitée": sheet.modality,
        "la rémunération": sheet.pay,
        "la tutrice ou le tuteur": sheet.tutor_name,
        "son téléphone": sheet.tutor_phone,
    }
    return [words for words, value in asked.items() if not value]
