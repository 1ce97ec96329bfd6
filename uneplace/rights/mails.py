"""What is told by e-mail about rights and retention: how many, and where to read; never a name."""

from django.urls import reverse

from uneplace.kit.mails import absolute, send_mail_later
from uneplace.mails.actions import write_mail
from uneplace.organisations.models import Organisation
from uneplace.organisations.queries import addresses_of
from uneplace.rules import french

from .models import RightsRequest


def tell_service_of_request(request: RightsRequest) -> None:
    """The service learns that somebody exercised a right at the structure that follows them."""
    write_mail(
        addresses_of(request.service),
        "Une personne demande à exercer un droit sur ses données",
        "rights/mails/request.txt",
        {
            "request": request,
            "due_on": french.day(request.due_on),
            "link": absolute(request.get_absolute_url()),
        },
        about=request,
    )


def tell_of_anonymisations(organisation: Organisation, count: int, *, days: int) -> None:
    """A service or a structure learns how many of its files will be anonymised; one message for all."""
    files = french.several(count, "dossier sera anonymisé", "dossiers seront anonymisés")
    send_mail_later(
        addresses_of(organisation),
        f"{files} dans {french.several(days, 'jour', 'jours')}",
        "rights/mails/soon.txt",
        {
            "count": count,
            "files": files,
            "days": french.several(days, "jour", "jours"),
            "link": absolute(reverse("rights:soon")),
        },
    )
