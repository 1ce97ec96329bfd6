"""Who is told what, by e-mail. A mail names no ground and carries no file: it says what awaits on a page."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.timezone import localtime

from uneplace.kit.mails import absolute, send_mail_later
from uneplace.organisations.models import Organisation
from uneplace.organisations.queries import addresses_of
from uneplace.rules import french

from .models import Application, JobSheet, Transmission


def tell_company_of_sheet(sheet: JobSheet, words: str) -> None:
    """The company has a sheet to read: shared, changed or agreed to by the service."""
    _tell_of_sheet(sheet, words, to=sheet.commitment.company, who=sheet.service)


def tell_service_of_sheet(sheet: JobSheet, words: str) -> None:
    """The company wrote, corrected or agreed to a sheet."""
    _tell_of_sheet(sheet, words, to=sheet.service, who=sheet.commitment.company)


def _tell_of_sheet(sheet: JobSheet, words: str, *, to: Organisation, who: Organisation) -> None:
    send_mail_later(
        addresses_of(to),
        f"Fiche de poste «\u00a0{sheet.title}\u00a0»",
        "offers/mails/sheet_to_read.txt",
        {"sheet": sheet, "who": who, "words": words, "link": absolute(sheet.get_absolute_url())},
    )


def tell_structures_of_sheet(sheet: JobSheet, organisations: Iterable[Organisation]) -> None:
    """A job is open: each chosen structure is asked for people."""
    for organisation in organisations:
        send_mail_later(
            addresses_of(organisation),
            f"Un poste à pourvoir\u00a0: {sheet.title}, {sheet.commune.name}",
            "offers/mails/sheet_published.txt",
            {
                "sheet": sheet,
                "start": french.day(sheet.period.lower),
                "before": french.day(sheet.apply_before) if sheet.apply_before else "",
                "link": absolute(sheet.get_absolute_url()),
            },
        )


def tell_service_of_application(application: Application) -> None:
    """Somebody was put forward."""
    send_mail_later(
        addresses_of(application.service),
        f"Une candidature pour «\u00a0{application.job_sheet.title}\u00a0»",
        "offers/mails/application_received.txt",
        {
            "application": application,
            "link": absolute(reverse("offers:preselection", args=[application.job_sheet_id])),
        },
    )


def tell_company_of_files(sheet: JobSheet, transmissions: list[Transmission]) -> None:
    """Files await the company's answer."""
    send_mail_later(
        addresses_of(sheet.commitment.company),
        f"{french.several(len(transmissions), 'dossier', 'dossiers')} pour «\u00a0{sheet.title}\u00a0»",
        "offers/mails/files_transmitted.txt",
        {
            "sheet": sheet,
            "count": french.several(len(transmissions), "dossier vous attend", "dossiers vous attendent"),
            "before": french.day(transmissions[0].answer_before),
            "link": absolute(reverse("offers:candidates")),
        },
    )


def tell_structures_of_transmission(applications: Iterable[Application]) -> None:
    """The structure learns that its candidate's file reached the company."""
    for application in applications:
        _tell_structure(application, "Dossier transmis à l’entreprise", "offers/mails/file_sent.txt")


def tell_structures_of_answers(applications: Iterable[Application]) -> None:
    """Each structure learns the answer given to its candidate, and its reason."""
    for application in applications:
        application.refresh_from_db()
        _tell_structure(application, "Une réponse pour votre candidature", "offers/mails/answer.txt")


def tell_structure_of_meeting(application: Application) -> None:
    """The company proposes a meeting."""
    _tell_structure(application, "Un entretien est proposé", "offers/mails/meeting.txt")


def tell_service_of_answer(application: Application) -> None:
    """The company chose or declined."""
    send_mail_later(
        addresses_of(application.service),
        f"Réponse pour «\u00a0{application.job_sheet.title}\u00a0»",
        "offers/mails/answer_for_service.txt",
        _context(application),
    )


def tell_service_of_withdrawal(application: Application) -> None:
    """The structure took its candidate back."""
    send_mail_later(
        addresses_of(application.service),
        f"Candidature retirée pour «\u00a0{application.job_sheet.title}\u00a0»",
        "offers/mails/withdrawn.txt",
        _context(application),
    )


def tell_company_of_withdrawal(application: Application) -> None:
    """The company loses sight of a file: it learns so, without a name."""
    _tell_company_of_loss(application)


def tell_companies_of_loss(applications: Iterable[Application]) -> None:
    """Companies that had received the file of somebody hired elsewhere learn that it is gone."""
    for application in applications:
        if hasattr(application, "transmission"):
            _tell_company_of_loss(application)


def _tell_company_of_loss(application: Application) -> None:
    sheet = application.job_sheet
    send_mail_later(
        addresses_of(sheet.commitment.company),
        f"Un dossier n’est plus disponible pour «\u00a0{sheet.title}\u00a0»",
        "offers/mails/file_lost.txt",
        {"sheet": sheet, "link": absolute(reverse("offers:candidates"))},
    )


def _tell_structure(application: Application, subject: str, template: str) -> None:
    send_mail_later(
        addresses_of(application.organisation),
        f"{subject}\u00a0: {application.job_sheet.title}",
        template,
        _context(application),
    )


def _context(application: Application) -> dict[str, object]:
    meeting = application.meeting_at
    return {
        "application": application,
        "sheet": application.job_sheet,
        "company": application.job_sheet.commitment.company,
        "meeting": f"{french.day(localtime(meeting).date())} à {localtime(meeting):%H\u00a0h\u00a0%M}"
        if meeting
        else "",
        "link": absolute(application.get_absolute_url()),
    }
