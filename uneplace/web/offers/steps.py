"""The five steps of an application, from the proposal to the answer."""

from dataclasses import dataclass
from datetime import date

from django.utils.timezone import localtime

from uneplace.offers.models import Application
from uneplace.web.templatetags.ui import day_words

Status = Application.Status
LABELS = ["Proposition", "Présélection", "Transmission", "Entretien", "Réponse"]
# The step that an open application has reached.
CURRENT = {
    Status.NEW: 0,
    Status.STUDIED: 0,
    Status.ON_HOLD: 1,
    Status.SHORTLISTED: 1,
    Status.SENT: 2,
    Status.MEETING: 3,
}
ENDS = {Status.WITHDRAWN: "Retrait", Status.HIRED_ELSEWHERE: "Embauche ailleurs", Status.HIRED: "Embauche"}


@dataclass(frozen=True)
class Step:
    """One step as `<c-step>` draws it."""

    label: str
    state: str = ""
    on: date | None = None
    when: str = ""


def steps_of(application: Application) -> list[Step]:
    """Where an application stands; reads its transmission."""
    transmission = getattr(application, "transmission", None)
    days = [
        _day(application.sent_at),
        _day(application.shortlisted_at),
        _day(transmission.sent_at) if transmission else None,
        _day(application.meeting_at),
    ]
    if application.status not in CURRENT:
        return _ended(application, days)
    current = CURRENT[application.status]
    done = [Step(label, "done", on) for label, on in zip(LABELS[:current], days, strict=False)]
    reserve = "en réserve" if application.status == Status.ON_HOLD else ""
    now = Step(LABELS[current], "now", None if reserve else days[current], reserve)
    answer = (
        f"avant le {day_words(transmission.answer_before, 'short')}"
        if application.status == Status.SENT
        else ""
    )
    after = [Step(label, when=answer if label == LABELS[-1] else "") for label in LABELS[current + 1 :]]
    return [*done, now, *after]


def _ended(application: Application, days: list[date | None]) -> list[Step]:
    """What was done, then how it ended."""
    discarded = application.status == Status.DECLINED and days[2] is None
    kept = days[:1] if discarded else days
    label = "Présélection" if discarded else ENDS.get(application.status, LABELS[-1])
    state = "done" if application.status == Status.HIRED else "end"
    done = [Step(name, "done", on) for name, on in zip(LABELS, kept, strict=False) if on]
    return [*done, Step(label, state, _day(application.answered_at))]


def _day(moment) -> date | None:
    return localtime(moment).date() if moment else None
