"""How rows move from one status to another: only from where they were read."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from uneplace.kit.refused import Refused
from uneplace.offers.models import Application, JobSheet, Transmission
from uneplace.offers.perms import means_of
from uneplace.organisations.actor import Actor

SOMEBODY_ELSE = "Quelqu’un d’autre vient de changer cette fiche. Relisez-la avant de continuer."

# What the loser of two simultaneous acts is told, by where the application is now.
MEANWHILE = {
    Application.Status.HIRED: "L’entreprise a choisi cette personne.",
    Application.Status.DECLINED: "Une réponse négative a été donnée pour cette personne.",
    Application.Status.WITHDRAWN: "La structure a retiré cette candidature.",
    Application.Status.HIRED_ELSEWHERE: "Cette personne est embauchée ailleurs.",
    Application.Status.SENT: "Ce dossier est déjà transmis à l’entreprise.",
    Application.Status.MEETING: "L’entreprise a proposé un entretien.",
}


def move_sheet(sheet: JobSheet, sources: Collection[str], *, at: datetime, **changes: Any) -> None:
    """Change a job sheet if it still is in one of these statuses and as it was read; another turn begins."""
    rows = JobSheet.objects.filter(pk=sheet.pk, status__in=sources, revision=sheet.revision)
    if not rows.update(acted_at=at, **changes):
        raise Refused(SOMEBODY_ELSE)
    sheet.refresh_from_db()


def move_application(
    application: Application, sources: Collection[str], *, at: datetime, **changes: Any
) -> None:
    """Change an application if it still is in one of these statuses; else tell what happened meanwhile.

    Another turn begins.
    """
    if not Application.objects.filter(pk=application.pk, status__in=sources).update(acted_at=at, **changes):
        raise Refused(meanwhile(Application.objects.get(pk=application.pk)))
    application.refresh_from_db()


def meanwhile(application: Application) -> str:
    """Why an act on an application, as it is now, is too late."""
    if application.decline_reason == Application.DeclineReason.NO_ANSWER:
        return "Cette candidature s’est close d’elle-même\u00a0: personne n’avait agi dans le délai annoncé."
    is_withdrawn = application.status == Application.Status.WITHDRAWN
    if is_withdrawn and application.answered_by_id == application.service_id:
        return "Cette personne ne vient pas\u00a0: le service a ouvert de nouveau le poste."
    return MEANWHILE.get(
        Application.Status(application.status), "Quelqu’un d’autre vient de traiter cette candidature."
    )


def end_applications(
    applications: QuerySet[Application], status: str, *, by: Actor, at: datetime, **changes: Any
) -> list[Application]:
    """Close open applications at once and take their files back from companies; answers those that moved."""
    ended = list(
        applications.filter(status__in=Application.OPEN)
        .select_for_update(of=["self"])
        .select_related("participant", "organisation", "job_sheet__commitment__company", "transmission")
        .order_by("pk")
    )
    Application.objects.filter(pk__in=[application.pk for application in ended]).update(
        **{
            "status": status,
            "answered_at": at,
            "answered_by": by.organisation,
            "answered_through": means_of(by, by.organisation),
            **changes,
        }
    )
    take_back(ended, at=at)
    return ended


def take_back(applications: Iterable[Application], *, at: datetime) -> None:
    """The companies lose sight of these files."""
    Transmission.objects.filter(application__in=list(applications), withdrawn_at=None).update(withdrawn_at=at)


def check_decline(reason: str, note: str) -> None:
    """A reason of the list, and a few words when it is another one. Raises `Refused`."""
    if reason not in Application.DeclineReason.values:
        raise Refused("Choisissez la raison dans la liste.")
    if reason == Application.DeclineReason.OTHER and not note.strip():
        raise Refused("Précisez la raison en quelques mots.")
