"""The levels of alert of clauses and commitments, and the thresholds that a service chooses."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Min
from django.utils.timezone import localtime

from uneplace.contracts.models import Clause, Commitment
from uneplace.hours.models import AwaitedDocument, Statement
from uneplace.hours.queries import Progress, progress_of
from uneplace.journal.actions import record
from uneplace.kit.refused import Refused
from uneplace.organisations.actor import Actor
from uneplace.organisations.models import Organisation
from uneplace.organisations.versions import Words, add_version, what_changed
from uneplace.rules.alerts import (
    Alert,
    Thresholds,
    Tracked,
    alert_of,
    alert_of_actions,
    alert_when_done,
    usual_thresholds,
    why_not_thresholds,
)

from .exposure import actions_done, missed_actions
from .models import ServiceThresholds
from .morning_alert_records import RAISED, MorningAlert
from .relieved import NONE, Relieved, of_clause, relieved_of

NOTHING = Decimal("0.00")
FOLLOWED = (Clause.Status.RUNNING, Clause.Status.MET)
WORDS = Words(
    "Quelqu’un d’autre vient de changer ces seuils. "
    "Relisez-les\u00a0: ce que vous avez écrit est encore dans le formulaire.",
    "Rien ne change\u00a0: modifiez au moins un seuil.",
)


def thresholds_of(services: Iterable[int], *, on: date) -> dict[int, Thresholds]:
    """The thresholds in force in these services (ids); one query."""
    services = set(services)
    latest = ServiceThresholds.objects.filter(service__in=services).order_by("service", "-number")
    decided = {one.service_id: one.thresholds for one in latest.distinct("service")}
    usual = usual_thresholds(on=on)
    return {service: decided.get(service, usual) for service in services}


def alerts_of(
    commitments: Iterable[Commitment],
    progress: Mapping[int, Progress],
    *,
    relieved: Mapping[int, Relieved] | None = None,
    on: date,
) -> dict[int, Alert]:
    """The level of each running commitment, by its key; a constant number of queries. `relieved` when it
    was already read."""
    followed = [one for one in commitments if one.clause.status in FOLLOWED]
    since = _late_since({one.pk for one in followed}, "commitment", on)
    if relieved is None:
        relieved = relieved_of(followed, on=on)
    facts = {
        one.pk: _Followed(one.clause, one.period, relieved.get(one.pk, NONE), since.get(one.pk))
        for one in followed
    }
    return _alerts(facts, progress, on)


def alerts_of_clauses(
    clauses: Iterable[Clause],
    progress: Mapping[int, Progress],
    commitments: Mapping[int, Iterable[Commitment]],
    *,
    relieved: Mapping[int, Relieved] | None = None,
    on: date,
) -> dict[int, Alert]:
    """The level of each running clause, by its key, as far as these commitments of it go; a constant number
    of queries."""
    followed = {clause.pk: clause for clause in clauses if clause.status in FOLLOWED}
    seen = {pk: list(commitments.get(pk, [])) for pk in followed}
    ones = [one for its in seen.values() for one in its]
    since = _late_since({one.pk for one in ones}, "commitment__clause", on)
    if relieved is None:
        relieved = relieved_of(ones, on=on)
    facts = {
        pk: _Followed(clause, clause.execution, of_clause(seen[pk], relieved), since.get(pk))
        for pk, clause in followed.items()
    }
    return _alerts(facts, progress, on)


@transaction.atomic
def raise_alerts(service: Organisation, *, on: date) -> None:
    """Write again the alerts of one service for that day; a constant number of queries."""
    running = Commitment.objects.filter(service=service, clause__status=Clause.Status.RUNNING)
    commitments = list(running.select_related("clause"))
    progress, relieved = progress_of(commitments, on=on), relieved_of(commitments, on=on)
    alerts = alerts_of(commitments, progress, relieved=relieved, on=on)
    found = {pk: one for pk, one in alerts.items() if one.pace in RAISED}
    MorningAlert.objects.filter(service=service).exclude(commitment__in=found).delete()
    MorningAlert.objects.bulk_create(
        [
            MorningAlert(
                service=service,
                commitment_id=pk,
                pace=alert.pace,
                reasons=list(alert.reasons),
                late=max(relieved.get(pk, NONE).asked(progress[pk]).expected - progress[pk].counted, NOTHING),
                raised_on=on,
            )
            for pk, alert in found.items()
        ],
        update_conflicts=True,
        unique_fields=["commitment"],
        update_fields=["pace", "reasons", "late", "raised_on"],
    )


@dataclass(frozen=True)
class _Followed:
    """What is looked at of a clause: whole, or one commitment of it over its own period; `since` is when its
    oldest missing document is late from."""

    clause: Clause
    execution: Any
    relieved: Relieved
    since: date | None


def _late_since(commitments: Iterable[int], by: str, on: date) -> dict[int, date]:
    """Since when the oldest missing document is late: a month to declare, or one that the clause asks for.
    What was sent back is late since that day only; one query."""
    late = {"commitment__in": commitments, "late_from__lt": on}
    months = Statement.objects.awaited_from_declarant().with_late_from().filter(**late).order_by()
    documents = AwaitedDocument.objects.to_send().with_late_from().filter(**late).order_by()
    oldest = Min("late_from")
    rows = (
        months.values_list(by)
        .annotate(since=oldest)
        .union(documents.values_list(by).annotate(since=oldest), all=True)
    )
    found: dict[int, date] = {}
    for pk, since in rows:
        found[pk] = min(since, found.get(pk, since))
    return found


def _alerts(facts: dict[int, _Followed], progress: Mapping[int, Progress], on: date) -> dict[int, Alert]:
    thresholds = thresholds_of({one.clause.service_id for one in facts.values()}, on=on)
    counting = {one.clause.pk: one.clause for one in facts.values() if one.clause.owes_actions}
    done = actions_done(counting) if counting else {}
    found = {}
    for pk, one in facts.items():
        stands = progress.get(pk)
        if stands is None:
            continue
        days = (on - one.since).days if one.since else 0
        bounds = thresholds[one.clause.service_id]
        if one.clause.owes_actions:
            missed = missed_actions(one.clause, done[one.clause.pk], on=on)
            alert = alert_of_actions(missed, days, bounds)
        elif _owes_no_more(one, stands):
            alert = alert_when_done(days, bounds)
        else:
            counted, elapsed = max(stands.counted, NOTHING), _elapsed(one.execution, on)
            alert = alert_of(Tracked(counted, stands.expected, elapsed, days, one.relieved.by_now), bounds)
        if alert:
            found[pk] = alert
    return found


def _owes_no_more(one: _Followed, stands: Progress) -> bool:
    """Every hour counted or granted as relief, or the service said that they are."""
    if one.clause.status == Clause.Status.MET:
        return True
    return bool(stands.due) and max(stands.counted, NOTHING) + one.relieved.hours >= stands.due


def _elapsed(execution, on: date) -> Decimal:
    """The share of the execution gone by; none of one without an end."""
    if execution.upper is None:
        return Decimal(0)
    length = (execution.upper - execution.lower).days
    return Decimal(min(max((on - execution.lower).days, 0), length)) / length


@transaction.atomic
def decide_thresholds(
    service: Organisation, *, thresholds: Thresholds, read: int, by: Actor, at: datetime
) -> ServiceThresholds:
    """Change from where a clause of the service is to watch, in alert or critical, as from now.

    `read` is the number of the latest version that was read, 0 when there was none. Raises `Refused`.
    """
    if reasons := why_not_thresholds(thresholds):
        raise Refused(*reasons.values())
    before = asdict(thresholds_of([service.pk], on=localtime(at).date())[service.pk])
    after = asdict(thresholds)
    decided = add_version(
        ServiceThresholds, service, after, before=before, read=read, words=WORDS, by=by, at=at
    )
    changed = what_changed(before, after)
    record("service_thresholds.decided", about=service, by=by, at=at, number=decided.number, **changed)
    return decided
