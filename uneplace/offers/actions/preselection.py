from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from uneplace.journal.actions import record
from uneplace.kit.refused import Refused
from uneplace.offers.models import Application, JobSheet, Through
from uneplace.organisations.actor import Actor

from .moves import check_decline, meanwhile, move_application
from .telling import tell_answers

Status = Application.Status
TO_DECIDE = (Status.NEW, Status.STUDIED, Status.ON_HOLD, Status.SHORTLISTED)
VERDICTS = (Status.SHORTLISTED, Status.ON_HOLD, Status.DECLINED)
MOST_AT_ONCE = 500


@dataclass(frozen=True)
class Decision:
    """What a facilitator decides of one file.

    `verdict` is SHORTLISTED or ON_HOLD, with `reason`; or DECLINED, with `decline_reason` and `note`, which
    the structure reads. When it `was_read` on a page, `read_at` is the `shortlisted_at` that the page showed.
    """

    verdict: str
    reason: str = ""
    decline_reason: str = ""
    note: str = ""
    was_read: bool = False
    read_at: datetime | None = None


def why_not_preselect(application: Application) -> list[str]:
    """The reasons that keep a facilitator from deciding on this file, or from deciding again."""
    if application.status in TO_DECIDE:
        return []
    if application.status == Status.DECLINED and not hasattr(application, "transmission"):
        return []
    return [meanwhile(application)]


def why_not_study(application: Application) -> list[str]:
    """The reasons that keep a file from being said under study."""
    if application.status == Status.NEW:
        return []
    if application.status == Status.STUDIED:
        return ["Cette candidature est déjà à l’étude."]
    return [meanwhile(application)]


@transaction.atomic
def study(application: Application, *, by: Actor, at: datetime) -> None:
    """Say, once, that the file is being studied: the structure reads it, and the delay begins again."""
    if reasons := why_not_study(application):
        raise Refused(*reasons)
    move_application(application, [Status.NEW], status=Status.STUDIED, at=at)
    record("application.studied", about=application, by=by, at=at)


@transaction.atomic
def decide(application: Application, decision: Decision, *, by: Actor, at: datetime) -> None:
    """Keep a file for transmission, in reserve, or discard it; each time with a reason.

    A decision can be taken again until the file is transmitted, unless somebody else took another since it
    was read. Raises `Refused`.
    """
    _decide(application, decision, by=by, at=at)
    if decision.verdict == Status.DECLINED:
        tell_answers([application], by=by, at=at)


@transaction.atomic
def decide_many(
    decisions: Iterable[tuple[Application, Decision]], *, by: Actor, at: datetime
) -> list[Application]:
    """Take all these decisions, each with its own reason, or none.

    Raises `Refused`, each reason with its file.
    """
    decisions, reasons = list(decisions), []
    if not decisions:
        raise Refused("Choisissez au moins un dossier.")
    if len(decisions) > MOST_AT_ONCE:
        raise Refused(f"Décidez de {MOST_AT_ONCE} dossiers au plus à la fois.")
    # In one order, so that two facilitators who decide of the same files come one after the other.
    files = Application.objects.filter(pk__in=[application.pk for application, _ in decisions])
    list(files.select_for_update(no_key=True).order_by("pk"))
    for application, decision in decisions:
        try:
            with transaction.atomic():
                _decide(application, decision, by=by, at=at)
        except Refused as refusal:
            reasons += [f"{application.participant}\u00a0: {reason}" for reason in refusal.reasons]
    if reasons:
        raise Refused(*reasons)
    decided = [application for application, _ in decisions]
    tell_answers([one for one in decided if one.status == Status.DECLINED], by=by, at=at)
    return decided


def _decide(application: Application, decision: Decision, *, by: Actor, at: datetime) -> None:
    current = Application.objects.select_for_update(no_key=True).get(pk=application.pk)
    if decision.was_read and current.shortlisted_at != decision.read_at:
        words = current.get_status_display().lower()
        raise Refused(f"Quelqu’un d’autre vient de décider de ce dossier\u00a0: {words}. Relisez-le.")
    if reasons := why_not_preselect(application):
        raise Refused(*reasons)
    if decision.verdict not in VERDICTS:
        raise Refused("Choisissez de retenir, de mettre en réserve ou d’écarter.")
    if decision.verdict == Status.DECLINED:
        check_decline(decision.decline_reason, decision.note)
        changes = {
            "decline_reason": decision.decline_reason,
            "decline_note": decision.note.strip(),
            "answered_at": at,
            "answered_by": by.organisation,
            "answered_through": Through.ACCOUNT,
            "shortlist_reason": "",
        }
    else:
        if not decision.reason.strip():
            raise Refused("Écrivez la raison de votre choix, en une phrase.")
        if application.job_sheet.status != JobSheet.Status.PUBLISHED:
            raise Refused("Ce poste n’est plus à pourvoir.")
        changes = {
            "shortlist_reason": decision.reason.strip(),
            "decline_reason": "",
            "decline_note": "",
            "answered_at": None,
            "answered_by": None,
            "answered_through": "",
        }
    move_application(
        application, [application.status], status=decision.verdict, shortlisted_at=at, at=at, **changes
    )
    record(
        "application.shortlisted",
        about=application,
        by=by,
        at=at,
        verdict=decision.verdict,
        reason=application.get_decline_reason_display(),  # of a list; words of one's own stay in the file
    )
