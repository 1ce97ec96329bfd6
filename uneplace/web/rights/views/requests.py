"""A person's rights: what was asked, what is answered, what is handed over, how long the file is kept."""

from django.conf import settings
from django.contrib import messages
from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from uneplace.kit.refused import Refused
from uneplace.organisations.models import Capacity
from uneplace.people.models import Participant
from uneplace.rights import actions, perms
from uneplace.rights.contact import last_contacts
from uneplace.rights.erasing import duties_to_keep
from uneplace.rights.held import counts_about, read_everything
from uneplace.rights.models import RightsRequest
from uneplace.rights.papers import TITLE, as_json, as_pdf
from uneplace.rights.retention import Term, term_of
from uneplace.rules.dates import add_months
from uneplace.web.access import access, require
from uneplace.web.acts import ACTS
from uneplace.web.people.merged import leads_to_the_kept_file
from uneplace.web.reports.views import INVENTED
from uneplace.web.rights.forms import REFUSE, AnswerForm, KeepForm, RequestForm
from uneplace.web.rights.turns import turn_of

READERS = (Capacity.FACILITATOR, Capacity.REFERRER, Capacity.INSERTION_EMPLOYER)
FORMS = {"pdf": "application/pdf", "json": "application/json"}


def _person(request: HttpRequest, pk: int) -> Participant:
    visible = Participant.objects.visible_to(request.actor).select_related("service", "commune")
    return get_object_or_404(visible, pk=pk)


@access.capacity(*READERS)
@require_GET
@leads_to_the_kept_file
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """What this person asked about their data, whose turn it is, and how long the file is kept."""
    participant, on = _person(request, pk), timezone.localdate()
    requests = list(RightsRequest.objects.filter(participant=participant).select_related("organisation"))
    context = {
        "participant": participant,
        "requests": [(one, one.is_late(on)) for one in requests],
        "turn": turn_of(requests, request.actor, on=on),
        "term": _term(participant),
        "keepings": participant.keepings.select_related("organisation"),
        "may_answer": perms.can_answer(request.actor, participant),
        "may_record": perms.can_record(request.actor, participant) and participant.anonymised_at is None,
        "serves": request.actor.serves(participant),
        "on": on,
    }
    return render(request, "rights/person.html", context)


def _term(participant: Participant) -> Term | None:
    found = last_contacts(people=[participant.pk])
    if participant.pk not in found:
        return None
    kept = participant.keepings.aggregate(until=Max("until"))["until"]
    return term_of(participant, found[participant.pk], on=timezone.localdate(), kept_until=kept)


@access.capacity(*READERS)
@require_http_methods(["GET", "POST"])
def record_request(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down what a person asked about their data."""
    participant, on = _person(request, pk), timezone.localdate()
    require(perms.can_record(request.actor, participant))
    form = RequestForm(request.POST or None, initial={"asked_on": on})
    if form.is_valid():
        try:
            actions.record_request(
                participant,
                **form.cleaned_data,
                organisation=request.actor.organisation,
                by=request.actor,
                at=timezone.now(),
            )
        except Refused as refusal:
            form.add_error(None, list(refusal.reasons))
        else:
            messages.success(request, "Demande enregistrée.")
            return redirect("rights:person", participant.pk)
    context = {"participant": participant, "form": form}
    return render(request, "rights/record_request.html", context, status=422 if form.errors else 200)


@access.capacity(Capacity.FACILITATOR)
@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer a person's request: do what is asked, or say why not."""
    visible = RightsRequest.objects.visible_to(request.actor).select_related("participant", "organisation")
    asked = get_object_or_404(visible, pk=pk)
    participant = asked.participant
    require(perms.can_answer(request.actor, participant))
    form = AnswerForm(request.POST or None, request=asked)
    if form.is_valid():
        act = actions.refuse_request if form.cleaned_data["verdict"] == REFUSE else actions.grant_request
        try:
            act(asked, reason=form.cleaned_data["reason"], by=request.actor, at=timezone.now())
        except Refused as refusal:
            form.add_error(None, list(refusal.reasons))
        else:
            messages.success(request, "Réponse enregistrée.")
            return redirect("rights:person", participant.pk)
    is_erasure = asked.kind == RightsRequest.Kind.ERASURE
    context = {
        "asked": asked,
        "participant": participant,
        "form": form,
        "reasons": actions.why_not_answer(asked),
        "duties": duties_to_keep(participant, on=timezone.localdate()) if is_erasure else [],
        "is_erasure": is_erasure,
    }
    return render(request, "rights/answer.html", context, status=422 if form.errors else 200)


@access.capacity(Capacity.FACILITATOR)
@require_http_methods(["GET", "POST"])
def everything(request: HttpRequest, pk: int) -> HttpResponse:
    """All that is held on a person: how many rows of each kind, then, when asked for, what they say.

    Reading, the PDF and the JSON are each an act of the journal: grounds and proofs are in there.
    """
    participant = _person(request, pk)
    require(perms.can_answer(request.actor, participant))
    context = {"participant": participant, "title": TITLE}
    if request.method == "GET":
        return render(request, "rights/everything.html", context | {"counts": counts_about(participant)})
    form = request.POST.get("form", "")
    form = form if form in FORMS else "page"
    data = read_everything(participant, form=form, by=request.actor, at=timezone.now())
    if form == "page":
        return render(request, "rights/everything.html", context | {"data": data})
    if form == "pdf":
        content = as_pdf(data, words_of=_words_of, warning=INVENTED if settings.UNEPLACE_DEMO else "")
    else:
        content = as_json(data)
    headers = {"Content-Disposition": f'attachment; filename="donnees-{participant.pk}.{form}"'}
    return HttpResponse(content, content_type=FORMS[form], headers=headers)


def _words_of(verb: str) -> str:
    return ACTS[verb].words if verb in ACTS else verb


@access.capacity(*READERS)
@require_http_methods(["GET", "POST"])
def keep(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep a file beyond its term: until when, and why."""
    participant = _person(request, pk)
    require(perms.can_keep(request.actor, participant))
    form = KeepForm(request.POST or None, initial_day=add_months(timezone.localdate(), 12))
    if form.is_valid():
        try:
            actions.keep_file(participant, **form.cleaned_data, by=request.actor, at=timezone.now())
        except Refused as refusal:
            form.add_error(None, list(refusal.reasons))
        else:
            messages.success(request, "Dossier gardé.")
            return redirect("rights:person", participant.pk)
    context = {"participant": participant, "form": form}
    return render(request, "rights/keep.html", context, status=422 if form.errors else 200)


@access.capacity(Capacity.FACILITATOR)
@require_POST
def lift(request: HttpRequest, pk: int) -> HttpResponse:
    """The person agrees again that their file be transmitted."""
    participant = _person(request, pk)
    require(perms.can_answer(request.actor, participant))
    try:
        actions.lift_restriction(participant, by=request.actor, at=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Limite levée\u00a0: le dossier peut de nouveau être transmis.")
    return redirect("rights:person", participant.pk)
