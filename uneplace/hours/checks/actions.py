"""What a service answers to its checks, and how far it wants each of them to go."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localtime

from uneplace.hours.models import Anomaly, ServiceChecks, Statement
from uneplace.journal.actions import record
from uneplace.kit.refused import Refused
from uneplace.organisations.actor import Actor
from uneplace.organisations.models import Organisation
from uneplace.organisations.versions import Words, add_version, what_changed
from uneplace.rules.anomalies import Check, Level

from .told import Found, anomalies_of, levels_in, still_told

NOT_WAITING = "Ce relevé n’attend plus de contrôle."
CHANGED_SINCE = "Cette anomalie a changé depuis que vous l’avez lue\u00a0: relisez le relevé."
WORDS = Words(
    "Quelqu’un d’autre vient de changer ces contrôles. "
    "Relisez-les\u00a0: ce que vous avez choisi est encore dans le formulaire.",
    "Rien ne change\u00a0: modifiez au moins un contrôle.",
)


@transaction.atomic
def accept_anomaly(statement: Statement, *, key: str, by: Actor, at: datetime) -> Found:
    """Say that what a check told is normal: these figures are not told again. Said twice, it is said once.

    `key` stands for the anomaly that was read. Raises `Refused` when the statement waits for no control, or
    when the figures changed meanwhile.
    """
    held = Statement.objects.select_for_update(no_key=True).get(pk=statement.pk)
    if held.status != Statement.Status.SUBMITTED:
        raise Refused(NOT_WAITING)
    found = anomalies_of([held], levels=levels_in(held.service_id), on=localtime(at).date())[held.pk]
    chosen = next((one for one in found if one.key == key), None)
    if chosen is None:
        raise Refused(CHANGED_SINCE)
    if not chosen.is_normal:
        answer([chosen], Anomaly.Answer.NORMAL, by=by, at=at)
        record("statement.anomaly_accepted", about=statement, by=by, at=at, check=chosen.anomaly.check.value)
    return chosen


def answer(found: Iterable[Found], given: Anomaly.Answer, *, by: Actor, at: datetime) -> None:
    """Keep what became of anomalies: one row a set of figures, its last answer."""
    Anomaly.objects.bulk_create(
        [
            Anomaly(
                service_id=one.statement.service_id,
                statement_id=one.statement.pk,
                placement=one.placement,
                check_code=one.anomaly.check.value,
                figures=dict(one.anomaly.figures),
                explanation=one.explanation,
                answer=given,
                answered_at=at,
                answered_by=by.user,
            )
            for one in found
        ],
        update_conflicts=True,
        unique_fields=["statement", "placement", "check_code", "figures"],
        update_fields=["explanation", "answer", "answered_at", "answered_by"],
    )


def answer_by_returning(statement: Statement, *, by: Actor, at: datetime) -> None:
    """A statement that is sent back: what its checks told is kept as worth telling."""
    on = localtime(at).date()
    found = anomalies_of([statement], levels=levels_in(statement.service_id), on=on)[statement.pk]
    answer(still_told(found), Anomaly.Answer.RETURNED, by=by, at=at)


def why_blocked(found: Found) -> str:
    """Why an anomaly keeps its statement from being validated, with whom it is about."""
    about = f"{found.placement.participant}\u00a0: " if found.placement else ""
    return f"{about}{found.anomaly.reason}"


@transaction.atomic
def decide_checks(
    service: Organisation, *, levels: Mapping[Check, Level], read: int, by: Actor, at: datetime
) -> ServiceChecks:
    """Change how far the checks of a service go, from now on.

    `read` is the number of the latest version that was read, 0 when there was none. Raises `Refused`.
    """
    before = {check.value: level.value for check, level in levels_in(service).items()}
    after = {check.value: level.value for check, level in levels.items()}
    decided = add_version(
        ServiceChecks,
        service,
        _columns(after),
        before=_columns(before),
        read=read,
        words=WORDS,
        by=by,
        at=at,
    )
    changed = what_changed(before, after)
    record("service_checks.decided", about=service, by=by, at=at, number=decided.number, **changed)
    return decided


def _columns(levels: Mapping[str, str]) -> dict[str, str]:
    return {check.lower(): level for check, level in levels.items()}
