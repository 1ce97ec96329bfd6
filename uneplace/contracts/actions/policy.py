"""What a service proposes for its next clauses; amendments to what a validated clause counts and costs."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import F
from django.utils.timezone import localtime

from uneplace.contracts.models import Clause, PolicyChange, ServicePolicy
from uneplace.contracts.policy import PolicyTerms, changes, storable, values_of
from uneplace.journal.actions import record
from uneplace.kit.periods import last_day
from uneplace.kit.refused import Refused
from uneplace.organisations.actor import Actor
from uneplace.organisations.models import Organisation
from uneplace.organisations.versions import Words, add_version, latest_of
from uneplace.rules import french

AMENDED_MEANWHILE = (
    "Quelqu’un d’autre vient de changer cette clause. "
    "Relisez-la\u00a0: ce que vous avez écrit est encore dans le formulaire."
)
NOTHING_CHANGES = "Rien ne change\u00a0: modifiez au moins une valeur."
WORDS = Words(
    "Quelqu’un d’autre vient de changer le modèle du service. "
    "Relisez-le\u00a0: ce que vous avez écrit est encore dans le formulaire.",
    NOTHING_CHANGES,
)


@dataclass(frozen=True, kw_only=True)
class Act:
    """The act by which a validated clause changes: its name, the days it bears, and why."""

    reference: str
    signed_on: date
    applies_on: date
    reason: str


def why_not_amend(clause: Clause) -> list[str]:
    """The reasons that keep what a clause counts from being amended; none means that it can be."""
    if clause.status == Clause.Status.DRAFT:
        return ["Cette clause est encore un brouillon\u00a0: modifiez-la directement."]
    if clause.status == Clause.Status.CLOSED:
        return ["Cette clause est close\u00a0: ses comptes sont arrêtés, ses règles ne changent plus."]
    return []


def why_not_this_act(clause: Clause, act: Act, *, ends_on: date | None, on: date) -> list[str]:
    """What is wrong in an act itself; none means that nothing is."""
    reasons = []
    if act.signed_on > on:
        reasons.append("La date de signature est dans l’avenir.")
    if act.applies_on > on:
        reasons.append(
            f"Cet avenant s’applique à partir du {french.day(act.applies_on)}\u00a0: "
            "enregistrez-le ce jour-là, pour que rien ne change avant."
        )
    elif act.applies_on < min(clause.execution.lower, on):
        reasons.append(
            f"L’exécution commence le {french.day(clause.execution.lower)}\u00a0: "
            "l’avenant ne peut pas s’appliquer avant."
        )
    if ends_on is None:
        reasons.append("Indiquez le dernier jour de l’exécution\u00a0: une clause validée en a un.")
    elif ends_on < clause.execution.lower:
        reasons.append("Le dernier jour de l’exécution vient avant son premier jour.")
    elif ends_on != last_day(clause.execution) and ends_on < act.applies_on:
        reasons.append(
            f"L’avenant s’applique à partir du {french.day(act.applies_on)}\u00a0: "
            "il ne peut pas finir l’exécution avant."
        )
    return reasons


@transaction.atomic
def amend_policy(
    clause: Clause,
    *,
    policy: PolicyTerms,
    ends_on: date | None,
    act: Act,
    revision: int,
    by: Actor,
    at: datetime,
) -> PolicyChange:
    """Change what a validated clause counts, awaits or costs, by an act; what it was is kept with the act.

    `ends_on` is the last day of the execution. What counts changes for the months that begin on the day the
    act applies, or after (see `policy_history`). Hours already counted stay until they are counted again by
    whoever has seen the differences. `revision` is the one that was read. Raises `Refused`.
    """
    on = localtime(at).date()
    if reasons := why_not_amend(clause) or why_not_this_act(clause, act, ends_on=ends_on, on=on):
        raise Refused(*reasons)
    before = values_of(clause) | {"ends_on": last_day(clause.execution)}
    after = values_of(policy) | {"ends_on": ends_on}
    changed = changes(before, after)
    if before["ends_on"] != ends_on:
        changed["ends_on"] = (before["ends_on"], ends_on)
    if not changed:
        raise Refused(NOTHING_CHANGES)
    execution = DateRange(clause.execution.lower, ends_on + timedelta(days=1), "[)")
    rows = Clause.objects.filter(pk=clause.pk, revision=revision).exclude(
        status__in=[Clause.Status.DRAFT, Clause.Status.CLOSED]
    )
    columns: dict[str, Any] = values_of(policy)
    if not rows.update(**columns, execution=execution, revision=F("revision") + 1):
        clause.refresh_from_db()
        raise Refused(*(why_not_amend(clause) or [AMENDED_MEANWHILE]))
    commitments = clause.commitments.all()
    commitments.filter(penalty_rate=before["penalty_rate"]).update(penalty_rate=policy.penalty_rate)
    commitments.filter(period=clause.execution).update(period=execution)
    clause.refresh_from_db()
    change = PolicyChange.objects.create(
        service_id=clause.service_id,
        clause=clause,
        number=clause.policy_changes.count() + 1,
        reference=act.reference,
        signed_on=act.signed_on,
        applies_on=act.applies_on,
        reason=act.reason,
        before={name: storable(was) for name, (was, _) in changed.items()},
        after={name: storable(becomes) for name, (_, becomes) in changed.items()},
        recorded_at=at,
        recorded_by=by.user,
    )
    record("clause.policy_amended", about=clause, by=by, at=at, number=change.number, changed=list(changed))
    return change


def why_not_decide_policy(*, applies_on: date, on: date) -> list[str]:
    """The reasons that keep a service's model from changing that day; none means that it can."""
    if applies_on < on:
        return ["Choisissez aujourd’hui ou un jour à venir\u00a0: ce qui est déjà ouvert ne change pas."]
    return []


@transaction.atomic
def decide_service_policy(
    service: Organisation,
    *,
    policy: PolicyTerms,
    applies_on: date,
    read: int,
    by: Actor,
    at: datetime,
) -> ServicePolicy:
    """Change what a service proposes for its next clauses from a day on; clauses already opened keep theirs.

    `read` is the number of the latest version that was read, 0 when there was none. Raises `Refused`.
    """
    if reasons := why_not_decide_policy(applies_on=applies_on, on=localtime(at).date()):
        raise Refused(*reasons)
    latest = latest_of(ServicePolicy, service)
    after = values_of(policy)
    before = values_of(latest) if latest else dict.fromkeys(after)
    decided = add_version(
        ServicePolicy,
        service,
        after | {"applies_on": applies_on},
        before=before | {"applies_on": latest.applies_on if latest else None},
        read=read,
        words=WORDS,
        by=by,
        at=at,
    )
    changed = changes(before, after)
    record(
        "service_policy.decided",
        about=service,
        by=by,
        at=at,
        number=decided.number,
        applies_on=applies_on.isoformat(),
        before={name: storable(was) for name, (was, _) in changed.items()} if latest else {},
        after={name: storable(becomes) for name, (_, becomes) in changed.items()},
    )
    return decided
