"""What a service prints on its papers: chosen by its administrators, seen on an example."""

from dataclasses import asdict

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from uneplace.kit.refused import Refused
from uneplace.organisations.models import Capacity
from uneplace.reports.papers.letterhead import letterhead_of
from uneplace.reports.papers.paper import Column, Facts, Paper, Table, Words, print_paper
from uneplace.rules import french
from uneplace.rules.contrast import contrast_on_white
from uneplace.settlement import perms
from uneplace.settlement.letterheads import choice_of, choose_letterhead
from uneplace.settlement.models import ServiceLetterhead
from uneplace.web.access import access, require
from uneplace.web.papers.answers import pdf
from uneplace.web.papers.letterhead_form import LetterheadForm
from uneplace.web.shared_forms import reread


@access.capacity(Capacity.FACILITATOR)
@require_http_methods(["GET", "POST"])
def choose(request: HttpRequest) -> HttpResponse:
    """« L’en-tête de vos documents », its versions, and how to change it."""
    require(perms.can_choose_letterhead(request.actor))
    service = request.actor.organisation
    form = LetterheadForm(request.POST or None, initial=_now(service))
    if form.is_valid():
        try:
            choose_letterhead(
                service,
                form.choice,
                read=form.cleaned_data["read"],
                by=request.actor,
                at=timezone.now(),
            )
        except Refused as refusal:
            form = reread(form, LetterheadForm(initial=_now(service)), refusal, LetterheadForm)
        else:
            messages.success(request, "En-tête enregistré. Vos prochains documents le portent.")
            return redirect("papers:letterhead")
    choice, _ = choice_of(service)
    visible = ServiceLetterhead.objects.visible_to(request.actor).select_related("decided_by")
    context = {
        "form": form,
        "choice": choice,
        "contrast": french.number(contrast_on_white(choice.accent)),
        "versions": list(visible.order_by("-number")),
    }
    return render(request, "papers/letterhead.html", context, status=422 if form.errors else 200)


@access.capacity(Capacity.FACILITATOR)
@require_safe
def example(request: HttpRequest) -> HttpResponse:
    """A paper that says nothing, with the letterhead of the service."""
    on = timezone.localdate()
    paper = Paper(
        title="Exemple de document",
        subtitle=f"Fait le {french.day(on)}.",
        parts=[
            Facts([("Personne", "le nom d’une personne"), ("Période", "de mars à juin")]),
            Table(
                [Column("Mois", 3), Column("Heures", number=True)],
                [["Mars", french.hours(120)], ["Avril", french.hours(140)]],
                title="Un tableau",
                total=["Ensemble", french.hours(260)],
            ),
            Words(["Ce document ne dit rien de personne\u00a0: il montre votre en-tête."]),
        ],
        footer="Exemple de document",
    )
    return pdf(print_paper(paper, letterhead_of(request.actor.organisation), on=on), "exemple")


def _now(service) -> dict:
    choice, number = choice_of(service)
    return asdict(choice) | {"read": number}
