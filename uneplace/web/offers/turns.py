"""Whose turn it is on a job sheet and on an application."""

from datetime import date

from django.urls import reverse

from uneplace.offers.models import Agreement, Application, JobSheet
from uneplace.offers.perms import acts_for
from uneplace.offers.queries import Flow
from uneplace.organisations.actor import Actor
from uneplace.rules import french
from uneplace.web.turns import Turn, Whose

Sheet = JobSheet.Status
Status = Application.Status


def turn_of_sheet(sheet: JobSheet, flow: Flow, actor: Actor, *, on: date, to_record: int = 0) -> Turn:
    """Who acts next on a job sheet, as this actor reads it; `to_record` is how many people chosen still wait
    for their work contract to be recorded."""
    serves = actor.serves(sheet)
    company = sheet.commitment.company
    if sheet.status == Sheet.DRAFT:
        return _service(
            sheet, actor, f"partager la fiche avec {company}", "Relire et partager", "offers:job_sheet"
        )
    if sheet.status == Sheet.TO_AGREE:
        return _to_agree(sheet, actor)
    if sheet.status == Sheet.CLOSED:
        return Turn(Whose.DONE, "Plus rien à faire\u00a0: la fiche est close", last=sheet.closing_reason)
    if serves and to_record:
        words = french.several(to_record, "contrat de travail", "contrats de travail")
        return _service(sheet, actor, f"enregistrer {words}", "", "")
    if serves and sheet.status == Sheet.PUBLISHED and (flow.to_study or flow.shortlisted):
        what = (
            f"étudier {french.several(flow.to_study, 'candidature', 'candidatures')}"
            if flow.to_study
            else f"transmettre {french.several(flow.shortlisted, 'dossier', 'dossiers')}"
        )
        return _service(sheet, actor, what, "Choisir les dossiers", "offers:preselection")
    if flow.sent:
        words = f"répondre pour {french.several(flow.sent, 'dossier', 'dossiers')}"
        if acts_for(actor, sheet, company):
            return Turn(
                Whose.MINE,
                f"C’est à vous\u00a0: {words}{_behalf(actor, company)}",
                str(actor.user),
                verb="Lire les dossiers",
                url=_files(sheet, actor),
            )
        return Turn(Whose.OTHER, f"Au tour de {company}\u00a0: {words}", str(company))
    if sheet.status == Sheet.FILLED and serves and flow.unanswered:
        rest = french.several(flow.unanswered, "candidature restante", "candidatures restantes")
        return _service(sheet, actor, f"répondre pour {rest}", "Clore et répondre", "offers:close")
    if sheet.status == Sheet.FILLED:
        return Turn(Whose.DONE, "Plus rien à faire\u00a0: les postes sont pourvus")
    if not serves and (flow.to_study or flow.shortlisted):
        return Turn(
            Whose.OTHER, f"Au tour de {sheet.service}\u00a0: étudier les candidatures", str(sheet.service)
        )
    late = sheet.apply_before is not None and sheet.apply_before <= on
    return Turn(
        Whose.LATE if late and serves else Whose.OTHER,
        "Au tour des structures\u00a0: proposer des personnes",
        "Structures",
        before=sheet.apply_before,
    )


def _service(sheet: JobSheet, actor: Actor, what: str, verb: str, route: str) -> Turn:
    if not actor.serves(sheet):
        return Turn(Whose.OTHER, f"Au tour de {sheet.service}\u00a0: {what}", str(sheet.service))
    url = reverse(route, args=[sheet.pk]) if route else ""
    return Turn(
        Whose.MINE,
        f"C’est à vous\u00a0: {what}",
        str(actor.user),
        before=sheet.apply_before,
        verb=verb,
        url=url,
    )


def _files(sheet: JobSheet, actor: Actor) -> str:
    if actor.stands_for(sheet.commitment.company_id):
        return reverse("offers:candidates")
    return reverse("offers:preselection", args=[sheet.pk])


def _behalf(actor: Actor, company) -> str:
    return "" if actor.stands_for(company.pk) else f", pour {company} qui n’a pas de compte"


def _to_agree(sheet: JobSheet, actor: Actor) -> Turn:
    company = sheet.commitment.company
    url = sheet.get_absolute_url()
    if not sheet.agreed_by_company_at:
        if acts_for(actor, sheet, company):
            what = f"relire la fiche et donner l’accord{_behalf(actor, company)}"
            return Turn(
                Whose.MINE, f"C’est à vous\u00a0: {what}", str(actor.user), verb="Relire la fiche", url=url
            )
        return Turn(
            Whose.OTHER, f"Au tour de {company}\u00a0: relire la fiche et donner son accord", str(company)
        )
    if not sheet.agreed_by_service_at:
        return _service(sheet, actor, "donner l’accord du service", "Relire la fiche", "offers:job_sheet")
    return _service(
        sheet, actor, "diffuser la fiche aux structures", "Choisir les structures", "offers:publish"
    )


def turn_of_application(
    application: Application, actor: Actor, *, agreement: str | None, is_eligible: bool, is_recorded: bool
) -> Turn:
    """Who acts next on an application, as this actor reads it."""
    if application.status == Status.SHORTLISTED:
        return _shortlisted(application, actor, agreement, is_eligible)
    if application.status in (Status.SENT, Status.MEETING):
        return _in_company_hands(application, actor)
    if application.status == Status.HIRED:
        if is_recorded:
            return Turn(Whose.DONE, "Plus rien à faire\u00a0: le contrat de travail est enregistré")
        return _for_service(
            application,
            actor,
            "enregistrer le contrat de travail",
            "Enregistrer le contrat de travail",
            reverse("hours:record_placement", args=[application.pk]),
        )
    if application.status not in Application.OPEN:
        return Turn(Whose.DONE, f"Plus rien à faire\u00a0: {application.get_status_display().lower()}")
    what = (
        "décider pour ce dossier en réserve"
        if application.status == Status.ON_HOLD
        else "étudier la candidature"
    )
    return _for_service(application, actor, what, "Décider", _preselection(application))


def _shortlisted(application: Application, actor: Actor, agreement: str | None, is_eligible: bool) -> Turn:
    structure = application.organisation
    if agreement != Agreement.Answer.GIVEN:
        url = reverse("offers:agreement", args=[application.pk])
        what = "recueillir l’accord de la personne"
        if actor.stands_for(structure.pk):
            return Turn(
                Whose.MINE, f"C’est à vous\u00a0: {what}", str(actor.user), verb="Noter l’accord", url=url
            )
        return Turn(Whose.OTHER, f"Au tour de {structure}\u00a0: {what}", str(structure))
    if not is_eligible:
        url = reverse("people:decide", args=[application.participant_id])
        return _for_service(application, actor, "décider de l’éligibilité", "Décider", url)
    return _for_service(
        application, actor, "transmettre le dossier", "Transmettre", _preselection(application)
    )


def _in_company_hands(application: Application, actor: Actor) -> Turn:
    company = application.job_sheet.commitment.company
    before = application.transmission.answer_before
    what = (
        "répondre après l’entretien"
        if application.status == Status.MEETING
        else "lire le dossier et répondre"
    )
    if acts_for(actor, application, company):
        return Turn(
            Whose.MINE,
            f"C’est à vous\u00a0: {what}{_behalf(actor, company)}",
            str(actor.user),
            before=before,
            verb="Choisir cette personne",
            url=reverse("offers:choose", args=[application.pk]),
        )
    return Turn(Whose.OTHER, f"Au tour de {company}\u00a0: {what}", str(company), before=before)


def _for_service(application: Application, actor: Actor, what: str, verb: str, url: str) -> Turn:
    if actor.serves(application):
        return Turn(Whose.MINE, f"C’est à vous\u00a0: {what}", str(actor.user), verb=verb, url=url)
    return Turn(Whose.OTHER, f"Au tour de {application.service}\u00a0: {what}", str(application.service))


def _preselection(application: Application) -> str:
    return reverse("offers:preselection", args=[application.job_sheet_id])
