from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localtime

from uneplace.journal.actions import record
from uneplace.kit.refused import Refused
from uneplace.offers import mails
from uneplace.offers.delays import delays_in
from uneplace.offers.doors import doors_to
from uneplace.offers.models import Agreement, Application, JobSheet, Through, Transmission
from uneplace.offers.perms import IN_COMPANY_HANDS
from uneplace.offers.queries import FileFacts, files_of
from uneplace.organisations.actor import Actor

from .moves import move_application

MOST_BY_LINK = 5  # what a stolen link would open: see decision 0017


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
    if facts.is_hired:
        reasons.append("La personne est déjà embauchée à ces dates.")
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
    """Send the chosen files to the company, all or none, and ask for its answer within the service’s delay.

    A company without account is sent a link, that opens `MOST_BY_LINK` files at most.
    """
    if not applications:
        raise Refused("Choisissez au moins un dossier.")
    on = localtime(at).date()
    # Until the files are sent, nobody fills nor closes the sheet.
    locked = JobSheet.objects.select_for_update(no_key=True).get(pk=sheet.pk)
    # Until they are sent, nobody notes that a person refuses.
    files = Application.objects.filter(pk__in=[application.pk for application in applications])
    list(files.select_for_update(no_key=True).order_by("pk"))
    facts = files_of(applications, on=on)
    reasons = []
    for application in applications:
        application.job_sheet.status = locked.status
        reasons += [
            f"{application.participant}\u00a0: {reason}"
            for reason in why_not_transmit(application, facts[application.pk])
        ]
    if not sheet.commitment.company.has_account and _in_hands(sheet) + len(applications) > MOST_BY_LINK:
        reasons.append(
            f"{sheet.commitment.company} n’a pas de compte\u00a0: elle a {MOST_BY_LINK} dossiers au plus "
            "entre les mains. Attendez ses réponses, ou invitez-la à ouvrir un compte."
        )
    if reasons:
        raise Refused(*reasons)
    # One door for the whole sending: a mail and, for a company without account, a link.
    company = sheet.commitment.company
    doors = doors_to(sheet, reverse("offers:candidates"), by=by, at=at)
    through = Through.ACCOUNT if company.has_account else Through.LINK if doors else Through.SERVICE
    until = {pk: file.decision.valid_until for pk, file in facts.items() if file.decision}
    answer_before = on + timedelta(days=delays_in(sheet.service, at=at).answer_days)
    sent = []
    for application in applications:
        move_application(application, [Application.Status.SHORTLISTED], status=Application.Status.SENT, at=at)
        sent.append(
            Transmission.objects.create(
                service=sheet.service,
                application=application,
                company=company,
                sent_at=at,
                sent_by=by.user,
                through=through,
                sent_to=sorted({door.address for door in doors}),
                eligible_until=until[application.pk],
                answer_before=answer_before,
            )
        )
        record(
            "application.transmitted",
            about=application,
            by=by,
            at=at,
            company=company.pk,
            through=through,
        )
    JobSheet.objects.filter(pk=sheet.pk).update(others_asked_at=None)
    mails.tell_company_of_files(sheet, len(sent), doors, before=answer_before)
    mails.tell_structures_of_transmission(applications)
    return sent


def _in_hands(sheet: JobSheet) -> int:
    return sheet.applications.filter(status__in=IN_COMPANY_HANDS).count()
