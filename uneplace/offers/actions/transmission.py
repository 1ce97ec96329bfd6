from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.timezone import localtime

from uneplace.journal.actions import record
from uneplace.kit.refused import Refused
from uneplace.offers import mails
from uneplace.offers.models import Agreement, Application, JobSheet, Transmission
from uneplace.offers.queries import FileFacts, files_of
from uneplace.organisations.actor import Actor

from .moves import move_application

ANSWER_DAYS = 15  # the time that a company is given to answer


def why_not_transmit(application: Application, facts: FileFacts) -> list[str]:
    """The reasons that keep this file from being sent to the company; `facts` come from `files_of`."""
    reasons = []
    sheet = application.job_sheet
    if application.status != Application.Status.SHORTLISTED:
        reasons.append("Le dossier n’est pas retenu.")
    if sheet.status == JobSheet.Status.FILLED:
        reasons.append("Le poste est pourvu.")
    elif sheet.status != JobSheet.Status.PUBLISHED:
        reasons.append("La fiche n’est plus diffusée.")
    if application.participant.restricted_at is not None:
        reasons.append("La personne a demandé que son dossier ne soit plus transmis.")
    if not facts.informed:
        reasons.append("L’information de la personne n’est pas enregistrée.")
    if facts.agreement is None:
        reasons.append("L’accord de la personne n’est pas encore recueilli.")
    elif facts.agreement == Agreement.Answer.REFUSED:
        reasons.append("La personne a refusé cette transmission.")
    if facts.decision is None:
        reasons.append("Aucune décision d’éligibilité n’est valable au début du contrat.")
    elif facts.is_ground_refused:
        reasons.append("Les motifs de la décision ne sont pas admis par la clause.")
    return reasons


@transaction.atomic
def transmit(
    sheet: JobSheet, applications: Collection[Application], *, by: Actor, at: datetime
) -> list[Transmission]:
    """Send the chosen files to the company, all or none, and ask for its answer within `ANSWER_DAYS`."""
    if not applications:
        raise Refused("Choisissez au moins un dossier.")
    on = localtime(at).date()
    # Until the files are sent, nobody fills nor closes the sheet.
    locked = JobSheet.objects.select_for_update(no_key=True).get(pk=sheet.pk)
    facts = files_of(applications, on=on)
    reasons = []
    for application in applications:
        application.job_sheet.status = locked.status
        reasons += [
            f"{application.participant}\u00a0: {reason}"
            for reason in why_not_transmit(application, facts[application.pk])
        ]
    if reasons:
        raise Refused(*reasons)
    until = {pk: file.decision.valid_until for pk, file in facts.items() if file.decision}
    sent = []
    for application in applications:
        move_application(application, [Application.Status.SHORTLISTED], status=Application.Status.SENT)
        sent.append(
            Transmission.objects.create(
                service=sheet.service,
                application=application,
                company=sheet.commitment.company,
                sent_at=at,
                sent_by=by.user,
                eligible_until=until[application.pk],
                answer_before=on + timedelta(days=ANSWER_DAYS),
            )
        )
        record(
            "application.transmitted", about=application, by=by, at=at, company=sheet.commitment.company_id
        )
    mails.tell_company_of_files(sheet, sent)
    mails.tell_structures_of_transmission(applications)
    return sent
