"""Several people of the pool put forward at once, and what a structure answers when it is asked to."""

from collections import Counter

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from uneplace.kit.refused import Refused
from uneplace.offers import actions, perms
from uneplace.offers.models import Suggestion
from uneplace.organisations.models import Capacity
from uneplace.people.models import InformationGiven, Participant
from uneplace.rules.french import several
from uneplace.web.access import access, require
from uneplace.web.numbers import whole_number
from uneplace.web.offers.forms import STRUCTURE_REASONS, DeclineForm
from uneplace.web.offers.gather_form import GatherForm

from .sheets import visible_sheets

NOBODY_FOLLOWS = "aucune structure ne la suit."


@access.capacity(Capacity.FACILITATOR)
@require_http_methods(["GET", "POST"])
def gather(request, pk):
    """What will happen to each person chosen in the pool, then the one act that does it."""
    sheet = get_object_or_404(visible_sheets(request), pk=pk)
    require(perms.can_manage(request.actor, sheet))
    on = timezone.localdate()
    data = request.POST if request.method == "POST" else None
    asked = [pk for key in (data or request.GET).getlist("personnes") if (pk := whole_number(key))]
    visible = Participant.objects.visible_to(request.actor).known().filter(service=sheet.service)
    chosen = list(visible.filter(pk__in=asked).by_name())
    barred = actions.why_not_gather(sheet, chosen, on=on)
    followers = actions.followers_of(chosen)
    free = [one for one in chosen if one.pk not in barred and one.pk in followers]
    informed = InformationGiven.objects.filter(participant__in=free).values_list("participant", flat=True)
    form = GatherForm(data, people=free, followers=followers, informed=set(informed))
    left_out = [(one, barred.get(one.pk, NOBODY_FOLLOWS)) for one in chosen if one not in free]
    if form.is_valid():
        try:
            gathered = actions.gather(sheet, form.picks, by=request.actor, at=timezone.now())
        except Refused as refusal:
            form.add_error(None, list(refusal.reasons))
        else:
            _tell(request, gathered, left_out)
            return redirect("offers:pool", pk=sheet.pk)
    context = {
        "sheet": sheet,
        "form": form,
        "chosen": chosen,
        "left_out": left_out,
        "most": actions.MOST_AT_ONCE,
        "reasons": actions.why_not_put_forward(sheet, on=on),
    }
    return render(request, "offers/gather.html", context, status=422 if form.errors else 200)


def _tell(request, gathered: actions.Gathered, left_out) -> None:
    """What was done, by structure, then who was left out, one by one."""
    if gathered.put_forward:
        count = several(len(gathered.put_forward), "personne proposée", "personnes proposées")
        messages.success(request, f"{count} pour ce poste.")
    if gathered.asked:
        by_structure = Counter(str(one.organisation) for one in gathered.asked)
        told = ", ".join(f"{name} ({count})" for name, count in sorted(by_structure.items()))
        count = several(len(gathered.asked), "demande envoyée", "demandes envoyées")
        messages.success(request, f"{count}\u00a0: {told}.")
    for person, reason in [*left_out, *gathered.left_out]:
        messages.warning(request, f"{person}\u00a0: {reason}")


def _suggestion(request, pk) -> Suggestion:
    rows = Suggestion.objects.visible_to(request.actor)
    return get_object_or_404(
        rows.select_related("participant", "organisation", "job_sheet__commitment__company", "service"), pk=pk
    )


@access.capacity(Capacity.INSERTION_EMPLOYER, Capacity.REFERRER)
@require_http_methods(["GET", "POST"])
def decline_suggestion(request, pk):
    """A structure does not put this person forward, and says why."""
    suggestion = _suggestion(request, pk)
    require(perms.can_answer_suggestion(request.actor, suggestion))
    form = DeclineForm(request.POST or None, reasons=STRUCTURE_REASONS, reader=str(suggestion.service))
    if form.is_valid():
        try:
            actions.decline_suggestion(suggestion, **form.cleaned_data, by=request.actor, at=timezone.now())
        except Refused as refusal:
            form.add_error(None, list(refusal.reasons))
        else:
            messages.success(request, f"Réponse envoyée à {suggestion.service}.")
            return redirect("offers:list")
    context = {
        "suggestion": suggestion,
        "form": form,
        "reasons": actions.why_not_decline_suggestion(suggestion),
    }
    return render(request, "offers/decline_suggestion.html", context, status=422 if form.errors else 200)


@access.capacity(Capacity.FACILITATOR)
@require_POST
def take_suggestion_back(request, pk):
    """The service no longer asks for this person."""
    suggestion = _suggestion(request, pk)
    require(perms.can_manage(request.actor, suggestion.job_sheet))
    try:
        actions.take_suggestion_back(suggestion, by=request.actor, at=timezone.now())
    except Refused as refusal:
        messages.error(request, " ".join(refusal.reasons))
    else:
        messages.success(request, f"Demande reprise\u00a0: {suggestion.participant}.")
    return redirect("offers:pool", pk=suggestion.job_sheet_id)
