from django.utils.timezone import localtime

from uneplace.kit.mails import absolute
from uneplace.kit.periods import last_day
from uneplace.mails.actions import write_mail
from uneplace.organisations.actor import Actor
from uneplace.organisations.models import Organisation
from uneplace.organisations.queries import addresses_of
from uneplace.rules.french import day
from uneplace.rules.policy_terms import TERMS

from .models import Clause, ComingContract
from .words import owed


def tell_companies_of_clause(clause: Clause) -> None:
    """What each company owes, once its clause is validated; to those that can be written to."""
    end = last_day(clause.execution)
    for commitment in clause.commitments.select_related("company"):
        write_mail(
            addresses_of(commitment.company),
            f"{owed(commitment)} d’insertion à réaliser\u00a0: {clause.lot.contract}",
            "contracts/mails/clause_validated.txt",
            {
                "contract": clause.lot.contract,
                "lot": clause.lot,
                "service": clause.service,
                "hours": owed(commitment),
                "start": day(clause.execution.lower),
                "end": day(end) if end else "",
                "validated_on": day(localtime(clause.validated_at).date()),
                "every": TERMS["statement_every"].say(clause.statement_every),
                "due_day": clause.statement_due_day,
                "link": absolute(clause.get_absolute_url()),
            },
            about=clause,
        )


def tell_service_of_request(coming: ComingContract) -> None:
    """The service learns that a buyer asks for a clause, and before when to answer."""
    _tell_of_coming(coming, coming.service, "Une clause vous est demandée", "coming_asked")


def tell_buyer_of_answer(coming: ComingContract) -> None:
    """The buyer learns what the service answers."""
    _tell_of_coming(coming, coming.buyer, "Réponse sur votre marché à venir", "coming_answered")


def tell_of_drop(coming: ComingContract, *, by: Actor) -> None:
    """The other party learns that the contract will not be, and why."""
    _tell_of_coming(coming, _other(coming, by), "Marché à venir sans suite", "coming_dropped")


def tell_of_award(coming: ComingContract, *, by: Actor) -> None:
    """The other party learns that the contract is awarded, and that its clause is in the making."""
    _tell_of_coming(coming, _other(coming, by), "Marché attribué", "coming_awarded")


def _other(coming: ComingContract, by: Actor) -> Organisation:
    return coming.service if by.stands_for(coming.buyer_id) else coming.buyer


def _tell_of_coming(coming: ComingContract, to: Organisation, subject: str, template: str) -> None:
    write_mail(
        addresses_of(to),
        f"{subject}\u00a0: {coming}",
        f"contracts/mails/{template}.txt",
        {"coming": coming, "link": absolute(coming.get_absolute_url())},
        about=coming,
    )
