from uneplace.organisations.actor import Actor
from uneplace.organisations.models import Capacity, Organisation, Role

from .models import Application, JobSheet, Suggestion, Through

IN_COMPANY_HANDS = (Application.Status.SENT, Application.Status.MEETING)


def acts_for(actor: Actor, thing: Application | JobSheet, organisation: Organisation) -> bool:
    """Whether one may do what this organisation would: as its member, or as the service of a firm without
    account."""
    if not actor.writes:
        return False
    return actor.stands_for(organisation.pk) or (actor.serves(thing) and not organisation.has_account)


def represented(actor: Actor, organisation: Organisation) -> Organisation | None:
    """The organisation that somebody else acts for, as the journal tells it; None for oneself."""
    return None if actor.stands_for(organisation.pk) else organisation


def means_of(actor: Actor, organisation: Organisation) -> Through:
    """By what means this organisation answers, when this actor does it."""
    if actor.link is not None:
        return Through.LINK
    return Through.ACCOUNT if actor.stands_for(organisation.pk) else Through.SERVICE


def can_draft(actor: Actor, commitment) -> bool:
    """The service's facilitators and the company that owes the hours."""
    return actor.writes and (actor.serves(commitment) or actor.stands_for(commitment.company_id))


def can_revise(actor: Actor, sheet: JobSheet) -> bool:
    """The service's facilitators, and the company once the sheet is shared with it."""
    return can_draft(actor, sheet.commitment) and (
        actor.serves(sheet) or sheet.status != JobSheet.Status.DRAFT
    )


def can_agree_for_company(actor: Actor, sheet: JobSheet) -> bool:
    """The company, or the service for a company without account."""
    return acts_for(actor, sheet, sheet.commitment.company)


def can_manage(actor: Actor, sheet: JobSheet) -> bool:
    """Sharing, publishing, preselecting, transmitting and closing are the facilitators'."""
    return actor.writes and actor.serves(sheet)


def can_decide_delays(actor: Actor) -> bool:
    """How long each one is given, in a service: its administrators."""
    return actor.is_facilitator and actor.role == Role.ADMIN


def can_put_forward(actor: Actor, sheet: JobSheet) -> bool:
    """The structures that the sheet was sent to, and the service for those without account."""
    if not actor.writes:
        return False
    if actor.serves(sheet):
        return True
    return is_addressee(actor, sheet)


def is_addressee(actor: Actor, sheet: JobSheet) -> bool:
    """Whether the sheet was sent to the structure one works for."""
    return (
        actor.can(Capacity.INSERTION_EMPLOYER, Capacity.REFERRER)
        and sheet.diffusions.filter(organisation=actor.organisation).exists()
    )


def can_answer_suggestion(actor: Actor, suggestion: Suggestion) -> bool:
    """The structure that was asked."""
    return actor.writes and actor.stands_for(suggestion.organisation_id)


def can_record_agreement(actor: Actor, application: Application) -> bool:
    """The structure that put the person forward, and the facilitators, who may have asked by phone."""
    return actor.writes and (actor.stands_for(application.organisation_id) or actor.serves(application))


def can_withdraw(actor: Actor, application: Application) -> bool:
    """The structure that put the person forward, or the service when it has no account."""
    return acts_for(actor, application, application.organisation)


def can_answer(actor: Actor, application: Application) -> bool:
    """The company that the file was sent to, or the service when it has no account."""
    return acts_for(actor, application, application.job_sheet.commitment.company)


def can_meet_for_structure(actor: Actor, application: Application) -> bool:
    """The structure that put the person forward agrees on a moment, or the service when it has no account."""
    return can_withdraw(actor, application)


def reads_as_company(actor: Actor, application: Application) -> bool:
    """Whether one sees the file only because it was transmitted."""
    return not actor.serves(application) and not actor.stands_for(application.organisation_id)


def can_read_cv(actor: Actor, application: Application) -> bool:
    """The service, the structure that sent it, and the company while it has to answer or once it hired."""
    if not reads_as_company(actor, application):
        return True
    return application.status in (*IN_COMPANY_HANDS, Application.Status.HIRED)
