from dataclasses import replace
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.timezone import localtime

from uneplace.offers.models import Act, Application, JobSheet, Suggestion
from uneplace.offers.whose_turn import (
    OF_COMPANY,
    start_of,
    steps_of_applications,
    steps_of_sheets,
)
from uneplace.organisations.actor import Actor
from uneplace.organisations.models import Capacity
from uneplace.rules import french
from uneplace.web.offers.awaiting import (
    agreements_to_collect,
    answers_to_tell,
    escalated_files,
    escalated_sheets,
    files_to_answer,
    hired_to_record,
    meetings_to_settle,
    sheets_to_agree,
    sheets_to_prepare,
    sheets_to_seek,
    sheets_to_study,
    suggestions_to_answer,
)
from uneplace.web.offers.turns import is_mine
from uneplace.web.stakes import hours_left
from uneplace.web.work import Stake, WorkItem

MOST = 20
Status = Application.Status
Sheet = JobSheet.Status


def work_items(actor: Actor, *, on: date) -> list[WorkItem]:
    """Files to decide on, send or answer, agreements to collect, sheets to agree to, hires to record."""
    of_files: list[tuple[Application, WorkItem]] = []
    of_sheets: list[tuple[JobSheet, WorkItem]] = []
    others: list[WorkItem] = []
    if actor.is_facilitator:
        of_files += [(one, _to_record(one)) for one in hired_to_record(actor)[:MOST]]
        of_files += [(one, _unanswered(one)) for one in escalated_files(actor)[:MOST]]
        of_sheets += [(sheet, _to_preselect(sheet)) for sheet in sheets_to_study(actor)[:MOST]]
        of_sheets += [(sheet, _to_prepare(sheet)) for sheet in sheets_to_prepare(actor)[:MOST]]
        of_sheets += [(sheet, _unagreed(sheet)) for sheet in escalated_sheets(actor)[:MOST]]
        of_sheets += [(sheet, _to_seek(sheet)) for sheet in sheets_to_seek(actor, on)[:MOST]]
    if actor.can(Capacity.COMPANY, Capacity.INSERTION_EMPLOYER):
        of_files += [(one, _to_answer(one)) for one in files_to_answer(actor)[:MOST]]
        of_sheets += [(sheet, _to_agree(sheet)) for sheet in sheets_to_agree(actor)[:MOST]]
    if actor.can(Capacity.INSERTION_EMPLOYER, Capacity.REFERRER):
        of_files += [(one, _to_meet(one)) for one in meetings_to_settle(actor)[:MOST]]
        of_files += [(one, _to_collect(one)) for one in agreements_to_collect(actor)[:MOST]]
        others += [_to_put_forward(one) for one in suggestions_to_answer(actor)[:MOST]]
        others += [_to_tell(one) for one in answers_to_tell(actor)[:MOST]]
    items = others + _dated(of_files, of_sheets, actor, on=on)
    return sorted(items, key=lambda item: (not item.is_late, item.limit or date.max))[:MOST]


def _dated(
    of_files: list[tuple[Application, WorkItem]],
    of_sheets: list[tuple[JobSheet, WorkItem]],
    actor: Actor,
    *,
    on: date,
) -> list[WorkItem]:
    """The lines with the day before which each act is awaited, as the pages of these files say it."""
    at = start_of(on)
    steps = steps_of_applications([one for one, _ in of_files], at=at)
    of_sheet = steps_of_sheets([sheet for sheet, _ in of_sheets], at=at)
    dated = [(_weighed(item, one.job_sheet, on=on), steps.get(one.pk)) for one, item in of_files]
    for sheet, item in of_sheets:
        found = of_sheet[sheet.pk]
        step = next((one for one in found if is_mine(one, sheet, actor)), found[0] if found else None)
        dated.append((_weighed(item, sheet, on=on, posts=sheet.posts), step))
    return [
        replace(item, limit=min(item.limit or step.before, step.before), is_late=step.is_late(on=on))
        if step
        else item
        for item, step in dated
    ]


def _weighed(item: WorkItem, sheet: JobSheet, *, on: date, posts: int = 1) -> WorkItem:
    """The line with the hours that these posts still bring."""
    return replace(item, hours=hours_left(sheet.period, sheet.weekly_hours, on=on, posts=posts))


def waiting(actor: Actor, *, on: date) -> list[QuerySet]:
    """The files or job sheets that await this actor on the page of its offers."""
    if actor.is_facilitator:
        return [
            sheets_to_study(actor),
            sheets_to_prepare(actor),
            sheets_to_seek(actor, on),
            hired_to_record(actor),
            escalated_files(actor),
            escalated_sheets(actor),
        ]
    if actor.can(Capacity.INSERTION_EMPLOYER, Capacity.REFERRER):
        return [
            agreements_to_collect(actor),
            meetings_to_settle(actor),
            suggestions_to_answer(actor),
            answers_to_tell(actor),
        ]
    return [sheets_to_agree(actor)]


def files_waiting(actor: Actor, *, on: date) -> list[QuerySet]:
    """The transmitted files that await this company's answer."""
    return [files_to_answer(actor)]


def _to_record(application: Application) -> WorkItem:
    return WorkItem(
        Stake.PERSON,
        "person-check",
        f"{application.participant}, contrat de travail à enregistrer",
        f"L’entreprise a répondu oui pour «\u00a0{application.job_sheet}\u00a0».",
        "Enregistrer",
        reverse("hours:record_placement", args=[application.pk]),
        weight="1 personne",
    )


def _unanswered(application: Application) -> WorkItem:
    company = application.job_sheet.commitment.company
    who = company if application.act in OF_COMPANY else application.organisation
    return WorkItem(
        Stake.PERSON,
        "envelope-exclamation",
        f"{application.participant}, {who} ne répond pas",
        f"Malgré les relances, pour «\u00a0{application.job_sheet}\u00a0»\u00a0: "
        f"{Act(application.act).label}.",
        "Voir",
        application.get_absolute_url(),
        weight="1 personne",
    )


def _unagreed(sheet: JobSheet) -> WorkItem:
    return WorkItem(
        Stake.ANSWER,
        "envelope-exclamation",
        f"{sheet.title}, {sheet.commitment.company} ne répond pas",
        "Malgré les relances, son accord sur la fiche manque.",
        "Voir",
        sheet.get_absolute_url(),
    )


def _to_seek(sheet: JobSheet) -> WorkItem:
    return WorkItem(
        Stake.HOURS,
        "signpost-2",
        f"{sheet.title}, {sheet.commitment.company}",
        "Plus aucune réponse n’est attendue des structures\u00a0: à vous de chercher ailleurs, ou de clore.",
        "Chercher",
        reverse("offers:publish", args=[sheet.pk]),
    )


def _to_preselect(sheet: JobSheet) -> WorkItem:
    if sheet.status == Sheet.FILLED:
        return _to_close(sheet)
    parts = []
    if sheet.to_study:
        parts.append(french.several(sheet.to_study, "candidature à étudier", "candidatures à étudier"))
    if sheet.to_send:
        parts.append(french.several(sheet.to_send, "dossier à transmettre", "dossiers à transmettre"))
    if sheet.others_asked_at is not None:
        parts.append("l’entreprise demande d’autres personnes")
    waiting = sheet.to_study + sheet.to_send
    page = "offers:preselection" if waiting else "offers:pool"
    return WorkItem(
        Stake.PERSON,
        "people",
        f"{sheet.title}, {sheet.commitment.company}",
        f"{french.listed(parts).capitalize()}.",
        "Décider" if sheet.to_study else "Transmettre" if sheet.to_send else "Chercher",
        reverse(page, args=[sheet.pk]),
        weight=french.several(waiting, "personne", "personnes") if waiting else "",
    )


def _to_close(sheet: JobSheet) -> WorkItem:
    return WorkItem(
        Stake.ANSWER,
        "chat-left-text",
        f"{sheet.title}, {sheet.commitment.company}",
        "Le poste est pourvu\u00a0: ceux qui restent attendent une réponse.",
        "Répondre",
        reverse("offers:close", args=[sheet.pk]),
        weight=french.several(sheet.to_reply, "personne", "personnes"),
    )


def _to_prepare(sheet: JobSheet) -> WorkItem:
    if sheet.status == Sheet.DRAFT:
        detail, verb = "Le brouillon n’est pas encore partagé avec l’entreprise.", "Relire"
    elif sheet.agreed_by_service_at:
        detail, verb = "Les deux accords sont donnés\u00a0: choisissez les structures.", "Diffuser"
    else:
        detail, verb = "L’entreprise est d’accord\u00a0: à vous de l’être.", "Relire"
    return WorkItem(
        Stake.ANSWER,
        "person-badge",
        f"{sheet.title}, {sheet.commitment.company}",
        detail,
        verb,
        sheet.get_absolute_url(),
    )


def _to_answer(application: Application) -> WorkItem:
    met = application.status == Status.MEETING
    detail = "Après l’entretien, donnez votre réponse." if met else "Un dossier attend votre réponse."
    if met and application.meeting_at is None:
        detail = "La structure propose d’autres moments."
    return WorkItem(
        Stake.PERSON,
        "person-check",
        f"{application.participant}, {application.job_sheet.title}",
        detail,
        "Répondre",
        application.get_absolute_url(),
        weight="1 personne",
    )


def _to_agree(sheet: JobSheet) -> WorkItem:
    return WorkItem(
        Stake.ANSWER,
        "person-badge",
        f"{sheet.title}, fiche de poste à relire",
        f"{sheet.service} attend votre accord.",
        "Relire",
        sheet.get_absolute_url(),
    )


def _to_meet(application: Application) -> WorkItem:
    return WorkItem(
        Stake.PERSON,
        "calendar-event",
        f"{application.participant}, moment d’entretien à choisir",
        f"{application.job_sheet.commitment.company} propose de la rencontrer pour "
        f"«\u00a0{application.job_sheet}\u00a0».",
        "Choisir",
        reverse("offers:accept_for_person", args=[application.pk]),
        weight="1 personne",
        limit=localtime(min(application.meeting_slots)).date(),
    )


def _to_collect(application: Application) -> WorkItem:
    return WorkItem(
        Stake.PERSON,
        "chat-dots",
        f"{application.participant}, accord à recueillir",
        f"Dossier gardé pour «\u00a0{application.job_sheet}\u00a0». Sans accord, il ne part pas.",
        "Noter l’accord",
        reverse("offers:agreement", args=[application.pk]),
        weight="1 personne",
    )


def _to_put_forward(suggestion: Suggestion) -> WorkItem:
    sheet = suggestion.job_sheet
    return WorkItem(
        Stake.PERSON,
        "people",
        f"{suggestion.participant}, à proposer ou non",
        f"Le service vous le demande pour «\u00a0{sheet}\u00a0», {sheet.commitment.company}.",
        "Répondre",
        reverse("offers:list") + "#demandes",
        weight="1 personne",
        limit=sheet.apply_before,
    )


def _to_tell(application: Application) -> WorkItem:
    return WorkItem(
        Stake.ANSWER,
        "chat-dots",
        f"{application.participant} attend sa réponse",
        f"{application.get_status_display()}, «\u00a0{application.job_sheet}\u00a0». Les mots sont prêts.",
        "Lui dire",
        application.get_absolute_url(),
        weight="1 personne",
    )
