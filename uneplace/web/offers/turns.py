"""Whose turn it is on a job sheet and on an application, as one actor reads it."""

from collections.abc import Sequence
from datetime import date

from django.urls import reverse
from django.utils.timezone import localtime

from uneplace.offers.models import Act, Application, JobSheet
from uneplace.offers.whose_turn import Party, Step
from uneplace.organisations.actor import Actor
from uneplace.organisations.models import Capacity
from uneplace.rules import french
from uneplace.web.turns import Turn, Whose

Sheet = JobSheet.Status

# What is awaited on a sheet when files await it: for whoever owes it and for the service, who are told how
# many, then for the others, who are not.
COUNTED = {
    Act.RECORD: ("enregistrer", "contrat de travail", "contrats de travail"),
    Act.STUDY: ("étudier", "candidature", "candidatures"),
    Act.TRANSMIT: ("transmettre", "dossier", "dossiers"),
    Act.REPLY: ("répondre pour", "candidature restante", "candidatures restantes"),
    Act.DECIDE: ("décider pour", "dossier en réserve", "dossiers en réserve"),
    Act.COLLECT: ("recueillir l’accord de", "personne", "personnes"),
    Act.ANSWER: ("répondre pour", "dossier", "dossiers"),
    Act.ANSWER_MET: ("répondre après", "entretien", "entretiens"),
    Act.MEET_COMPANY: ("choisir", "moment d’entretien", "moments d’entretien"),
    Act.MEET_STRUCTURE: ("choisir", "moment d’entretien", "moments d’entretien"),
}
UNCOUNTED = {
    Act.RECORD: "enregistrer les contrats de travail",
    Act.STUDY: "étudier les candidatures",
    Act.TRANSMIT: "transmettre des dossiers",
    Act.DECIDE: "décider pour les dossiers en réserve",
    Act.COLLECT: "recueillir l’accord des personnes",
    Act.ANSWER: "répondre pour les dossiers transmis",
    Act.ANSWER_MET: "répondre après les entretiens",
}
# What happened last, when that is awaited.
LAST = {
    Act.SHARE: "fiche rédigée",
    Act.AGREE: "fiche envoyée à l’entreprise",
    Act.AGREE_TOO: "accord de l’entreprise",
    Act.PUBLISH: "accords donnés",
    Act.PROPOSE: "fiche diffusée",
    Act.SEEK: "fin de l’attente des structures",
    Act.NOBODY: "réponse de la dernière structure",
    Act.OTHERS: "autres personnes demandées par l’entreprise",
    Act.STUDY: "candidature reçue",
    Act.DECIDE: "dossier mis en réserve",
    Act.REPLY: "poste pourvu",
    Act.COLLECT: "dossier retenu",
    Act.TRANSMIT: "accord de la personne noté",
    Act.ANSWER: "dossier transmis à l’entreprise",
    Act.ANSWER_MET: "entretien",
    Act.MEET_COMPANY: "moments proposés par la structure",
    Act.MEET_STRUCTURE: "moments proposés par l’entreprise",
    Act.RECORD: "personne choisie par l’entreprise",
}
# The one button of whoever acts, on a sheet: its verb and its page.
ON_SHEET = {
    Act.SHARE: ("Relire et partager", "offers:job_sheet"),
    Act.AGREE: ("Relire la fiche", "offers:job_sheet"),
    Act.AGREE_TOO: ("Relire la fiche", "offers:job_sheet"),
    Act.PUBLISH: ("Choisir les structures", "offers:publish"),
    Act.PROPOSE: ("Proposer une personne", "offers:put_forward"),
    Act.SEEK: ("Choisir d’autres structures", "offers:publish"),
    Act.NOBODY: ("Choisir d’autres structures", "offers:publish"),
    Act.OTHERS: ("Choisir les dossiers", "offers:preselection"),
    Act.STUDY: ("Choisir les dossiers", "offers:preselection"),
    Act.DECIDE: ("Choisir les dossiers", "offers:preselection"),
    Act.TRANSMIT: ("Choisir les dossiers", "offers:preselection"),
    Act.REPLY: ("Clore et répondre", "offers:close"),
}
# The same on an application: by its own number, or by that of its sheet.
ON_FILE = {
    Act.COLLECT: ("Noter l’accord", "offers:agreement"),
    Act.ANSWER: ("Choisir cette personne", "offers:choose"),
    Act.ANSWER_MET: ("Choisir cette personne", "offers:choose"),
    Act.MEET_COMPANY: ("Choisir un moment", "offers:accept_meeting"),
    Act.MEET_STRUCTURE: ("Choisir un moment", "offers:accept_for_person"),
    Act.RECORD: ("Enregistrer le contrat de travail", "hours:record_placement"),
}


def is_mine(step: Step, thing: JobSheet | Application, actor: Actor) -> bool:
    """Whether this actor owes the act, or stands in for a firm without account nor link."""
    if not actor.writes:
        return False
    if step.party == Party.SERVICE or step.stand_in is not None:
        return actor.serves(thing)
    return step.who is not None and actor.stands_for(step.who.pk)


def turn_of_sheet(
    sheet: JobSheet, steps: Sequence[Step], actor: Actor, *, on: date, may_propose: bool = False
) -> Turn:
    """Who acts next on a job sheet, as this actor reads it: its own act first, when it has one.

    `may_propose` is whether the sheet awaits somebody from the structure one works for.
    """
    if not actor.serves(sheet):
        steps = [step for step in steps if step.act != Act.REPLY]  # between the service and each structure
    if not steps:
        if sheet.status == Sheet.CLOSED:
            return Turn(Whose.DONE, "Plus rien à faire\u00a0: la fiche est close", last=sheet.closing_reason)
        return Turn(Whose.DONE, "Plus rien à faire\u00a0: les postes sont pourvus")
    step = next((one for one in steps if is_mine(one, sheet, actor)), steps[0])
    proposes = step.act == Act.PROPOSE and may_propose
    verb, route = ON_SHEET.get(step.act, ("Lire les dossiers", ""))
    url = reverse(route, args=[sheet.pk]) if route else _files(sheet, step, actor)
    counts = actor.serves(sheet) or is_mine(step, sheet, actor)
    what = _on_sheet(step, sheet) if counts else UNCOUNTED.get(step.act) or _on_sheet(step, sheet)
    return _turn(step, sheet, actor, what, verb, url, on=on, mine=proposes)


def turn_of_application(
    application: Application, step: Step | None, actor: Actor, *, on: date, is_eligible: bool = True
) -> Turn:
    """Who acts next on an application, as this actor reads it; nobody when `step` is None.

    `is_eligible` is whether a decision lets the file be transmitted.
    """
    if step is None:
        if application.status == Application.Status.HIRED:
            return Turn(Whose.DONE, "Plus rien à faire\u00a0: le contrat de travail est enregistré")
        return Turn(Whose.DONE, f"Plus rien à faire\u00a0: {application.get_status_display().lower()}")
    if step.act in ON_FILE:
        verb, route = ON_FILE[step.act]
        url = reverse(route, args=[application.pk])
    elif step.act == Act.TRANSMIT and not is_eligible:
        verb, url = "Décider", reverse("people:decide", args=[application.participant_id])
    else:
        verb, route = ON_SHEET[step.act]
        url = reverse(route, args=[application.job_sheet_id])
    what = str(step.act.label)
    if step.act == Act.TRANSMIT and not is_eligible:
        what = "décider de l’éligibilité"
    if step.act == Act.ANSWER_MET and localtime(step.since).date() > on:
        what = "rencontrer la personne, puis répondre"
    return _turn(step, application, actor, what, verb, url, on=on)


def _turn(
    step: Step,
    thing: JobSheet | Application,
    actor: Actor,
    what: str,
    verb: str,
    url: str,
    *,
    on: date,
    mine: bool = False,
) -> Turn:
    mine = mine or is_mine(step, thing, actor)
    is_late = step.is_late(on=on) and (mine or actor.serves(thing))
    behalf = f", pour {step.who} qui n’a pas de compte" if step.stand_in else ""
    name = _name(step, thing, actor)
    title = f"C’est à vous\u00a0: {what}{behalf}" if mine else f"Au tour {name}\u00a0: {what}"
    return Turn(
        Whose.LATE if is_late else Whose.MINE if mine else Whose.OTHER,
        title,
        str(actor.user) if mine and actor.user else str(step.stand_in or step.who or "Structures"),
        before=step.before,
        last=_last(step, thing, actor, on=on),
        verb=verb if mine else "",
        url=url if mine else "",
    )


def _name(step: Step, thing: JobSheet | Application, actor: Actor) -> str:
    """« de Bâti-Sud, par son lien », « des structures »: a company is not told which referrer follows
    somebody, nor a structure which other one does."""
    if step.who is None:
        return "des structures"
    if step.party == Party.STRUCTURE and not actor.serves(thing) and not actor.stands_for(step.who.pk):
        named = isinstance(thing, Application) and step.who.can(Capacity.INSERTION_EMPLOYER)
        return f"de {step.who}" if named else "de la structure qui suit la personne"
    if step.stand_in:
        return f"de {step.stand_in}, pour {step.who} qui n’a pas de compte"
    return f"de {step.who}, par le lien reçu" if step.by_link else f"de {step.who}"


def _on_sheet(step: Step, sheet: JobSheet) -> str:
    if step.act in COUNTED:
        verb, one, many = COUNTED[step.act]
        return f"{verb} {french.several(step.count, one, many)}"
    company = sheet.commitment.company
    if step.act == Act.SHARE:
        return f"partager la fiche avec {company}"
    return f"proposer d’autres personnes à {company}" if step.act == Act.OTHERS else str(step.act.label)


def _last(step: Step, thing: JobSheet | Application, actor: Actor, *, on: date) -> str:
    since = localtime(step.since).date()
    done = LAST[step.act]
    if step.act == Act.STUDY and getattr(thing, "status", "") == Application.Status.STUDIED:
        done = "candidature mise à l’étude"
    words = f"{done} fixé au {french.day(since)}" if since > on else f"{done}, le {french.day(since)}"
    if step.told and (actor.serves(thing) or actor.stands_for(step.told.told_id)):
        sent = french.day(localtime(step.told.sent_at).date())
        words += f"\u00a0; {step.told.get_level_display().lower()}, le {sent}"
    return f"{words}."


def _files(sheet: JobSheet, step: Step, actor: Actor) -> str:
    if actor.stands_for(sheet.commitment.company_id):
        return reverse("offers:candidates")
    if actor.serves(sheet):
        return reverse("offers:preselection", args=[sheet.pk])
    return sheet.get_absolute_url()
