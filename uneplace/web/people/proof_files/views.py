"""A decision asked for with its proof; the file of a proof: joined, opened when asked for, taken back."""

from pathlib import PurePath

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST

from uneplace.kit.refused import Refused
from uneplace.kit.uploads import CONTENT_TYPES
from uneplace.organisations.models import Capacity
from uneplace.people import perms, requests
from uneplace.people import proof_files as actions
from uneplace.people.models import DecisionProof, Participant
from uneplace.web.access import access, require
from uneplace.web.offers.held import held_file, hold
from uneplace.web.people.forms import ProofFileForm, RequestForm
from uneplace.web.people.merged import leads_to_the_kept_file

READERS = (Capacity.FACILITATOR, Capacity.REFERRER, Capacity.INSERTION_EMPLOYER)


@access.capacity(*READERS)
@require_http_methods(["GET", "POST"])
def join_proof(request, pk):
    """Join the file of one proof; the page tells neither its kind nor its ground."""
    proof = _proof(request, pk)
    require(perms.can_join_proof(request.actor, proof.decision.participant))
    form = ProofFileForm(request.POST if request.method == "POST" else None, request.FILES or None)
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            actions.join_proof_file(proof, file=file, name=file.name, by=request.actor, at=timezone.now())
        except Refused as refusal:
            form.add_error(None, list(refusal.reasons))
        else:
            messages.success(request, "Fichier joint au justificatif.")
            return redirect(proof.decision.participant)
    context = {
        "proof": proof,
        "participant": proof.decision.participant,
        "form": form,
        "reasons": actions.why_not_join(proof),
    }
    return render(request, "people/join_proof.html", context, status=422 if form.errors else 200)


@access.capacity(*READERS)
@require_POST
def open_proof(request, pk):
    """The file to keep, never opened inside the site; the journal keeps who opened whose."""
    proof = _proof(request, pk)
    require(perms.can_read_grounds(request.actor, proof.decision.participant))
    if not proof.evidence.file:
        raise Http404
    actions.read_proof_file(proof, by=request.actor, at=timezone.now())
    kind = CONTENT_TYPES[PurePath(proof.evidence.file.name).suffix]
    with proof.evidence.file.open("rb") as file:
        response = HttpResponse(file.read(), content_type=kind)
    response["Content-Disposition"] = content_disposition_header(True, proof.evidence.file_name)
    response["X-Content-Type-Options"] = "nosniff"
    return response


@access.capacity(Capacity.FACILITATOR)
@require_POST
def remove_proof(request, pk):
    """Take out a file joined by mistake."""
    proof = _proof(request, pk)
    require(perms.can_take_proof_file_back(request.actor, proof.decision.participant))
    try:
        actions.take_proof_file_back(proof, by=request.actor, at=timezone.now())
    except Refused as refusal:
        messages.error(request, " ".join(refusal.reasons))
    else:
        messages.success(request, "Fichier retiré.")
    return redirect(proof.decision.participant)


@access.capacity(Capacity.REFERRER, Capacity.INSERTION_EMPLOYER)
@require_http_methods(["GET", "POST"])
@leads_to_the_kept_file
def request_decision(request, pk):
    """A structure asks the service to decide on somebody whom it follows, with a proof when it has one."""
    people = Participant.objects.visible_to(request.actor).select_related("service")
    participant = get_object_or_404(people, pk=pk)
    require(perms.can_request_decision(request.actor, participant))
    aside = held_file(request.POST.get("held", ""), by=request.actor.user)
    data = request.POST if request.method == "POST" else None
    form = RequestForm(data, request.FILES or None, held=aside.read() if aside else None)
    if form.is_valid():
        try:
            requests.request_decision(participant, proof=form.proof, by=request.actor, at=timezone.now())
        except Refused as refusal:
            form.add_error(None, list(refusal.reasons))
        else:
            if aside:
                aside.release()
            messages.success(request, f"Demande envoyée à {participant.service}.")
            return redirect(participant)
    if form.errors and form.chosen:
        aside = hold(form.chosen, by=request.actor.user, at=timezone.now())
    context = {
        "participant": participant,
        "form": form,
        "held": aside,
        "asked": requests.open_request(participant),
        "reasons": requests.why_not_request(participant, on=timezone.localdate()),
    }
    return render(request, "people/request_decision.html", context, status=422 if form.errors else 200)


def _proof(request, pk) -> DecisionProof:
    people = Participant.objects.visible_to(request.actor)
    rows = DecisionProof.objects.filter(decision__participant__in=people)
    return get_object_or_404(
        rows.select_related("evidence", "decision__participant__service").defer(
            "decision__situation", "decision__explanation"
        ),
        pk=pk,
    )
