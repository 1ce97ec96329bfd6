"""Who is told what, by e-mail. A mail names no ground and carries no file: it says what awaits on a page."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.urls import reverse
from django.utils.timezone import localtime

from uneplace.kit.mails import absolute
from uneplace.mails.actions import Letter, write_mail, write_mails
from uneplace.organisations.actor import Actor
from uneplace.organisations.models import Capacity, Organisation
from uneplace.organisations.queries import addresses_by, addresses_of
from uneplace.people.models import Support
from uneplace.rules import french

from .doors import Door, doors_to, draw_door
from .models import Application, JobSheet, Suggestion
from .plain_words import words_for_person


def tell_company_of_sheet(sheet: JobSheet, words: str, *, by: Actor, at: datetime) -> None:
    """The company has a sheet to read: shared, changed or agreed to by the service."""
    for door in doors_to(sheet, sheet.get_absolute_url(), by=by, at=at):
        _tell_of_sheet(sheet, words, to=door.address, who=sheet.service, link=door.link, until=door.until)


def tell_service_of_sheet(sheet: JobSheet, words: str) -> None:
    """The company wrote, corrected or agreed to a sheet."""
    link = absolute(sheet.get_absolute_url())
    _tell_of_sheet(sheet, words, to=addresses_of(sheet.service), who=sheet.commitment.company, link=link)


def _tell_of_sheet(
    sheet: JobSheet, words: str, *, to: str | list[str], who: Organisation, link: str, until: str = ""
) -> None:
    write_mail(
        to,
        f"Fiche de poste «\u00a0{sheet.title}\u00a0»",
        "offers/mails/sheet_to_read.txt",
        {"sheet": sheet, "who": who, "words": words, "link": link, "until": until},
        about=sheet,
    )


def send_link(sheet: JobSheet, *, email: str, by: Actor, at: datetime) -> None:
    """A link to the sheet, asked for by a facilitator."""
    door = draw_door(sheet, email=email, by=by, at=at)
    write_mail(
        door.address,
        f"Votre lien pour «\u00a0{sheet.title}\u00a0»",
        "offers/mails/link.txt",
        {"sheet": sheet, "link": door.link, "until": door.until},
        about=sheet,
    )


def tell_service_of_application(application: Application) -> None:
    """Somebody was put forward."""
    write_mail(
        addresses_of(application.service),
        f"Une candidature pour «\u00a0{application.job_sheet.title}\u00a0»",
        "offers/mails/application_received.txt",
        {
            "application": application,
            "link": absolute(reverse("offers:preselection", args=[application.job_sheet_id])),
        },
        about=application,
    )


def ask_structure(sheet: JobSheet, structure: Organisation, count: int) -> None:
    """The service asks a structure to put people that it follows forward."""
    write_mail(
        addresses_of(structure),
        f"{french.several(count, 'personne', 'personnes')} à proposer pour «\u00a0{sheet.title}\u00a0»",
        "offers/mails/suggestion.txt",
        {
            "sheet": sheet,
            "count": french.several(count, "personne", "personnes"),
            "before": french.day(sheet.apply_before) if sheet.apply_before else "",
            "link": absolute(reverse("offers:list")),
        },
        about=sheet,
    )


def tell_service_of_declined(suggestion: Suggestion) -> None:
    """A structure does not put forward somebody whom the service asked for."""
    write_mail(
        addresses_of(suggestion.service),
        f"Une demande refusée pour «\u00a0{suggestion.job_sheet.title}\u00a0»",
        "offers/mails/suggestion_declined.txt",
        {
            "suggestion": suggestion,
            "link": absolute(reverse("offers:pool", args=[suggestion.job_sheet_id])),
        },
        about=suggestion.job_sheet,
    )


def tell_company_of_files(sheet: JobSheet, count: int, doors: Iterable[Door], *, before: date) -> None:
    """Files await the company's answer."""
    for door in doors:
        write_mail(
            door.address,
            f"{french.several(count, 'dossier', 'dossiers')} pour «\u00a0{sheet.title}\u00a0»",
            "offers/mails/files_transmitted.txt",
            {
                "sheet": sheet,
                "count": french.several(count, "dossier vous attend", "dossiers vous attendent"),
                "before": french.day(before),
                "link": door.link,
                "until": door.until,
            },
            about=sheet,
        )


def tell_structures_of_transmission(applications: Iterable[Application]) -> None:
    """The structure learns that its candidate's file reached the company."""
    for application in applications:
        _tell_structure(application, "Dossier transmis à l’entreprise", "offers/mails/file_sent.txt")


def tell_of_answers(applications: Sequence[Application], *, to_people: Iterable[Application]) -> None:
    """Each structure learns the answer given to its candidate, and its reason; so does whoever follows the
    person without having put her or him forward, and the person for `to_people`."""
    followers = _other_referrers(applications)
    structures = {one.organisation for one in applications} | {one for _, one in followers}
    addresses = addresses_by(structures)
    letters = [
        Letter(
            addresses[one.organisation_id],
            f"Une réponse pour votre candidature\u00a0: {one.job_sheet.title}",
            "offers/mails/answer.txt",
            _context(one),
            one,
        )
        for one in applications
    ]
    letters += [
        Letter(
            addresses[follower.pk],
            f"Une réponse pour une personne que vous suivez\u00a0: {one.job_sheet.title}",
            "offers/mails/answer_for_referrer.txt",
            _context(one) | {"link": absolute(one.participant.get_absolute_url())},
            one,
        )
        for one, follower in followers
    ]
    write_mails([*letters, *(_for_person(one) for one in to_people)])


def _other_referrers(applications: Sequence[Application]) -> list[tuple[Application, Organisation]]:
    """Each application with each referrer that follows the person and did not put her or him forward."""
    people = [one.participant_id for one in applications]
    able = Organisation.objects.able_to(Capacity.REFERRER)
    found: dict[int, list[Organisation]] = {}
    supports = Support.objects.filter(participant__in=people, organisation__in=able)
    for support in supports.select_related("organisation").order_by("since", "pk"):
        found.setdefault(support.participant_id, []).append(support.organisation)
    return [
        (one, follower)
        for one in applications
        for follower in found.get(one.participant_id, [])
        if follower.pk != one.organisation_id
    ]


def _for_person(application: Application) -> Letter:
    """The answer and its reason, in plain words."""
    return Letter(
        application.participant.email,
        f"Votre candidature\u00a0: {application.job_sheet.title}",
        "offers/mails/answer_for_person.txt",
        {
            "person": application.participant,
            "words": words_for_person(application),
            "structure": application.organisation,
            "service": application.job_sheet.service,
        },
        application,
    )


def tell_structure_of_meeting(application: Application) -> None:
    """The company proposes moments to meet, or chose one of the structure's."""
    subject = "Un entretien est fixé" if application.meeting_at else "Un entretien est proposé"
    _tell_structure(application, subject, "offers/mails/meeting.txt")


def tell_company_of_meeting(application: Application, *, at: datetime) -> None:
    """The structure chose a moment for the person, or proposes others."""
    sheet, context = application.job_sheet, _context(application)
    subject = "Un entretien est fixé" if application.meeting_at else "D’autres moments pour un entretien"
    for door in doors_to(sheet, application.get_absolute_url(), by=Actor(None, sheet.service), at=at):
        write_mail(
            door.address,
            f"{subject}\u00a0: {sheet.title}",
            "offers/mails/meeting_for_company.txt",
            context | {"link": door.link, "until": door.until},
            about=application,
        )


def tell_service_of_others_asked(sheet: JobSheet) -> None:
    """The company asks for other people."""
    write_mail(
        addresses_of(sheet.service),
        f"D’autres candidatures demandées pour «\u00a0{sheet.title}\u00a0»",
        "offers/mails/others_asked.txt",
        {
            "sheet": sheet,
            "company": sheet.commitment.company,
            "link": absolute(reverse("offers:preselection", args=[sheet.pk])),
        },
        about=sheet,
    )


def tell_service_of_answer(application: Application) -> None:
    """The company chose or declined."""
    write_mail(
        addresses_of(application.service),
        f"Réponse pour «\u00a0{application.job_sheet.title}\u00a0»",
        "offers/mails/answer_for_service.txt",
        _context(application),
        about=application,
    )


def tell_service_of_withdrawal(application: Application) -> None:
    """The structure took its candidate back."""
    write_mail(
        addresses_of(application.service),
        f"Candidature retirée pour «\u00a0{application.job_sheet.title}\u00a0»",
        "offers/mails/withdrawn.txt",
        _context(application),
        about=application,
    )


def tell_company_of_withdrawal(application: Application, *, at: datetime) -> None:
    """The company loses sight of a file: it learns so, without a name."""
    _tell_company_of_loss(application, at)


def tell_companies_of_loss(applications: Iterable[Application], *, at: datetime) -> None:
    """Companies that had received the file of somebody hired elsewhere learn that it is gone."""
    for application in applications:
        if hasattr(application, "transmission"):
            _tell_company_of_loss(application, at)


def _tell_company_of_loss(application: Application, at: datetime) -> None:
    # In the name of the service: one company is not told what another, or a structure, has just done.
    sheet = application.job_sheet
    for door in doors_to(sheet, reverse("offers:candidates"), by=Actor(None, sheet.service), at=at):
        write_mail(
            door.address,
            f"Un dossier n’est plus disponible pour «\u00a0{sheet.title}\u00a0»",
            "offers/mails/file_lost.txt",
            {"sheet": sheet, "link": door.link, "until": door.until},
            about=application,
        )


def _tell_structure(application: Application, subject: str, template: str) -> None:
    write_mail(
        addresses_of(application.organisation),
        f"{subject}\u00a0: {application.job_sheet.title}",
        template,
        _context(application),
        about=application,
    )


def _context(application: Application) -> dict[str, object]:
    return {
        "application": application,
        "sheet": application.job_sheet,
        "company": application.job_sheet.commitment.company,
        "meeting": _moment(application.meeting_at) if application.meeting_at else "",
        "slots": [_moment(slot) for slot in application.meeting_slots],
        "link": absolute(application.get_absolute_url()),
    }


def _moment(at: datetime) -> str:
    return f"{french.day(localtime(at).date())} à {localtime(at):%H\u00a0h\u00a0%M}"
