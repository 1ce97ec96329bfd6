"""What is told once a company has answered, and where it goes back to: by its account or by its link."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from uneplace.offers.models import Application

BY_LINK = {
    "choisie": "Réponse envoyée à la structure et au service, qui prépare la suite.",
    "refusee": "Réponse envoyée à la structure et au service.",
    "entretien": "Entretien proposé. La structure prévient la personne.",
    "moment": "Entretien fixé. La structure prévient la personne.",
    "accord": "Accord enregistré.",
    "corrigee": "Fiche de poste corrigée.",
    "autres": "Demande envoyée\u00a0: le service cherche d’autres personnes.",
}
"""A link has no account to keep a message for: the address says what was done, in words that name nobody."""

NOT_DONE = {
    "retiree": "Rien n’a été envoyé\u00a0: ce dossier n’est plus visible.",
    "relire": "Rien n’a été envoyé\u00a0: la fiche a changé depuis que vous l’avez lue. Relisez-la.",
    "completer": "Rien n’a été envoyé\u00a0: la fiche n’est pas complète. Complétez-la d’abord.",
    "accord-deja": "Votre accord était déjà donné.",
    "accord-inutile": "Rien n’a été envoyé\u00a0: cette fiche n’attend plus votre accord.",
    "autres-non": "Rien n’a été envoyé\u00a0: votre demande est déjà faite, ou la fiche ne cherche plus "
    "personne.",
}


def back_from(request: HttpRequest, application: Application) -> str:
    """The page from which a company, or the service for it, answers."""
    if request.actor.link is not None:
        return reverse("by_link:sheet")
    if request.actor.stands_for(application.job_sheet.commitment.company_id):
        return reverse("offers:candidates")
    return application.get_absolute_url()


def by_link(key: str) -> HttpResponse:
    """Back to the page of a link, which tells what was done."""
    return redirect(f"{reverse('by_link:sheet')}?{urlencode({'fait': key})}")


def tell(
    request: HttpRequest, application: Application, key: str, words: str, *, level: int = messages.SUCCESS
) -> HttpResponse:
    """Say what was done, back on the page from which one answers."""
    if request.actor.link is not None:
        return by_link(key)
    messages.add_message(request, level, words)
    return redirect(back_from(request, application))
