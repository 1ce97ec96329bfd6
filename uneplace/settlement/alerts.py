"""The levels of alert of clauses and commitments, and the thresholds that a service chooses."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date, datetime
from decimal import Decimal

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
from uneplace.rules.alerts import Alert, Thresholds, Tracked, alert_of, usual_thresholds, why_not_thresholds

from .models import ServiceThresholds
from .morning_alert_records import RAISED, MorningAlert

NOTHING = Decimal("0.00")
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
    commitments: Iterable[Commitment], progress: Mapping[int, Progress], *, on: date
) -> dict[int, Alert]:
    """The level of each running commitment, by its key; two queries whatever their number."""
    running = [one for one in commitments if _is_running(one.clause)]
    since = _late_since({one.pk for one in running}, "commitment", on)
    thresholds = thresholds_of({one.service_id for one in running}, on=on)
    return _alerts({one.pk: (one.service_id, one.period) for one in running}, progress, since, thresholds, on)


def alerts_of_clauses(
    clauses: Iterable[Clause],
    progress: Mapping[int, Progress],
    commitments: Mapping[int, Iterable[Commitment]],
    *,
    on: date,
) -> dict[int, Alert]:
    """The level of each running clause, by its key, as far as these commitments of it go; two queries."""
    running = {clause.pk: clause for clause in clauses if _is_running(clause)}
    seen = {one.pk for pk in running for one in commitments.get(pk, [])}
    since = _late_since(seen, "commitment__clause", on)
    thresholds = thresholds_of({clause.service_id for clause in running.values()}, on=on)
    facts = {pk: (clause.service_id, clause.execution) for pk, clause in running.items()}
    return _alerts(facts, progress, since, thresholds, on)


@transaction.atomic
def raise_alerts(service: Organisation, *, on: date) -> None:
    """Write again the alerts of one service for that day; a constant number of queries."""
    running = Commitment.objects.filter(service=service, clause__status=Clause.Status.RUNNING)
    commitments = list(running.select_related("clause"))
    progress = progress_of(commitments, on=on)
    found = {pk: one for pk, one in alerts_of(commitments, progress, on=on).items() if one.pace in RAISED}
    MorningAlert.objects.filter(service=service).exclude(commitment__in=found).delete()
    MorningAlert.objects.bulk_create(
        [
            MorningAlert(
                service=service,
                commitment_id=pk,
                pace=alert.pace,
                reasons=list(alert.reasons),
                late=max(progress[pk].expected - progress[pk].counted, 0),
                raised_on=on,
            )
            for pk, alert in found.items()
        ],
        update_conflicts=True,
        unique_fields=["commitment"],
        update_fields=["pace", "reasons", "late", "raised_on"],
    )


def _is_running(clause: Clause) -> bool:
    return clause.status == Clause.Status.RUNNING and not clause.owes_actions


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


def _alerts(facts, progress: Mapping[int, Progress], since, thresholds, on: date) -> dict[int, Alert]:
    found = {}
    for pk, (service, execution) in facts.items():
        stands = progress.get(pk)
        if stands is None or (stands.due and stands.counted >= stands.due):
            continue
        tracked = Tracked(
            max(stands.counted, NOTHING),
            stands.expected,
            _elapsed(execution, on),
            (on - since[pk]).days if pk in since else 0,
        )
        if alert := alert_of(tracked, thresholds[service]):
            found[pk] = alert
    return found


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
