"""Who is told of a decision on eligibility, asked for or taken. Never a ground: the reason is what the
facilitator wrote."""

from uneplace.kit.mails import absolute
from uneplace.mails.actions import write_mail
from uneplace.organisations.queries import addresses_of

from .models import EligibilityDecision


def tell_structures_of_decision(decision: EligibilityDecision) -> None:
    """The structures that follow the person learn that something is missing, or a refusal, and why."""
    person = decision.participant
    for support in person.supports.select_related("organisation"):
        write_mail(
            addresses_of(support.organisation),
            f"Éligibilité d’une personne que vous suivez\u00a0: {decision.get_status_display().lower()}",
            "people/mails/decision.txt",
            {
                "decision": decision,
                "is_refused": decision.status == EligibilityDecision.Status.REFUSED,
                "link": absolute(person.get_absolute_url()),
            },
            about=person,
        )


def tell_service_of_request(request: EligibilityDecision) -> None:
    """The service learns that a structure asks for a decision; the mail names nobody."""
    write_mail(
        addresses_of(request.service),
        "Une décision d’éligibilité est demandée",
        "people/mails/request.txt",
        {"request": request, "link": absolute(request.participant.get_absolute_url())},
        about=request.participant,
    )
