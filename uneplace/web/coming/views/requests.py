"""What a buyer says of a coming contract: asked, changed, launched, dropped."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from uneplace.contracts import actions, perms
from uneplace.contracts.models import ComingContract
from uneplace.kit.refused import Refused
from uneplace.rules.french import day
from uneplace.web.access import access, require
from uneplace.web.coming.forms import (
    AskForBuyerForm,
    AskForm,
    ChangeForm,
    DropForm,
    LaunchForm,
    initial_of_request,
)
from uneplace.web.coming.views.coming import PARTIES
from uneplace.web.contracts.views.contracts import buyer_named


def coming_for(request: HttpRequest, pk: int) -> ComingContract:
    """The coming contract that this actor sees, or 404."""
    visible = ComingContract.objects.visible_to(request.actor).select_related(
        "buyer", "service", "cpv", "commune"
    )
    return get_object_or_404(visible, pk=pk)


def reread(form_class, request: HttpRequest, coming: ComingContract, refusal: Refused, **options):
    """The form again with the reasons; told that it has changed, one may send it again, knowingly."""
    typed = request.POST.copy()
    typed["revision"] = coming.revision
    form = form_class(typed, **options)
    form.full_clean()
    form.add_error(None, list(refusal.reasons))
    return form


@access.capacity(*PARTIES)
@require_http_methods(["GET", "POST"])
def ask_clause(request: HttpRequest) -> HttpResponse:
    """Ask for a clause on a coming contract; a facilitator types it for a buyer."""
    actor = request.actor
    require(perms.can_ask_clause(actor))
    is_service = actor.is_facilitator
    if not is_service and not actor.services:
        return render(request, "coming/no_service.html")
    form = (AskForBuyerForm if is_service else AskForm)(request.POST or None, actor=actor)
    if form.is_valid():
        try:
            with transaction.atomic():  # a refusal must not leave a buyer behind
                coming = actions.ask_clause(
                    service=actor.organisation if is_service else form.service_asked,
                    buyer=buyer_named(request, form.cleaned_data) if is_service else actor.organisation,
                    request=form.request,
                    by=actor,
                    at=timezone.now(),
                )
        except Refused as refusal:
            form.add_error(None, list(refusal.reasons))
        else:
            limit = day(coming.answer_before)
            sentence = "Marché à venir enregistré. Répondez" if is_service else "Demande envoyée. Réponse"
            messages.success(request, f"{sentence} au plus tard le {limit}.")
            return redirect(coming)
    return render(request, "coming/ask.html", {"form": form, "is_service": is_service})


@access.capacity(*PARTIES)
@require_http_methods(["GET", "POST"])
def change_request(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what was asked; once answered, the service is asked again."""
    coming = coming_for(request, pk)
    require(perms.can_change_request(request.actor, coming))
    form = ChangeForm(request.POST or None, initial=initial_of_request(coming))
    if form.is_valid():
        revision = form.cleaned_data["revision"]
        try:
            actions.change_request(
                coming, request=form.request, revision=revision, by=request.actor, at=timezone.now()
            )
        except Refused as refusal:
            form = reread(ChangeForm, request, coming, refusal)
        else:
            messages.success(request, "Demande modifiée.")
            return redirect(coming)
    context = {"form": form, "coming": coming, "blocked": actions.why_not_change_request(coming)}
    return render(request, "coming/change.html", context)


@access.capacity(*PARTIES)
@require_http_methods(["GET", "POST"])
def launch_consultation(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that the consultation was launched, and when."""
    coming = coming_for(request, pk)
    require(perms.can_move_coming(request.actor, coming))
    initial = {"on": min(coming.consultation_on, timezone.localdate()), "revision": coming.revision}
    form = LaunchForm(request.POST or None, initial=initial)
    if form.is_valid():
        try:
            actions.launch_consultation(coming, **form.cleaned_data, by=request.actor, at=timezone.now())
        except Refused as refusal:
            form = reread(LaunchForm, request, coming, refusal)
        else:
            messages.success(request, "Consultation lancée, c’est noté.")
            return redirect(coming)
    context = {"form": form, "coming": coming, "blocked": actions.why_not_launch(coming)}
    return render(request, "coming/launch.html", context)


@access.capacity(*PARTIES)
@require_http_methods(["GET", "POST"])
def drop_coming(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that the contract will not be, and why."""
    coming = coming_for(request, pk)
    require(perms.can_move_coming(request.actor, coming))
    form = DropForm(request.POST or None, initial={"revision": coming.revision})
    if form.is_valid():
        try:
            actions.drop_coming(coming, **form.cleaned_data, by=request.actor, at=timezone.now())
        except Refused as refusal:
            form = reread(DropForm, request, coming, refusal)
        else:
            messages.success(request, "Marché à venir sans suite, c’est noté.")
            return redirect(coming)
    context = {"form": form, "coming": coming, "blocked": actions.why_not_drop(coming)}
    return render(request, "coming/drop.html", context)
