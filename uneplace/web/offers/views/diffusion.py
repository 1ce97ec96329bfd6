"""To whom a job sheet is sent, and what each structure answers."""

from datetime import date, datetime, timedelta

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.timezone import localtime
from django.views.decorators.http import require_http_methods, require_POST

from uneplace.kit.refused import Refused
from uneplace.offers import actions, perms
from uneplace.offers.addressees import Addressee, Zone, addressees_of
from uneplace.offers.delays import delays_in
from uneplace.offers.models import Diffusion, JobSheet
from uneplace.organisations.audiences import Public
from uneplace.organisations.models import Capacity
from uneplace.rules.french import several
from uneplace.web.access import access, require
from uneplace.web.numbers import whole_number
from uneplace.web.offers.diffusion_forms import NothingForm, PublishForm
from uneplace.web.offers.views.sheets import visible_sheets

AT_ONCE = "tout-de-suite"
STRUCTURES = (Capacity.INSERTION_EMPLOYER, Capacity.REFERRER)
ZONES = {
    Zone.COMMUNE: "Dans la commune du poste",
    Zone.NEAR: "Tout près\u00a0: même intercommunalité, ou moins de 30\u00a0km",
    Zone.DEPARTEMENT: "Ailleurs dans le département",
    Zone.ELSEWHERE: "Plus loin, ou commune inconnue",
}


@access.capacity(Capacity.FACILITATOR)
@require_http_methods(["GET", "POST"])
def publish_sheet(request, pk):
    """Choose the structures that the sheet is sent to, by place, trade and public; later, more of them."""
    sheet = get_object_or_404(visible_sheets(request), pk=pk)
    require(perms.can_manage(request.actor, sheet))
    is_published = sheet.status == JobSheet.Status.PUBLISHED
    reasons = [] if is_published else actions.why_not_publish(sheet, on=timezone.localdate())
    had_it = sheet.diffusions.count()
    everybody = addressees_of(sheet)
    form = PublishForm(
        request.POST or None,
        before=_proposed(sheet, at=timezone.now()),
        addressees=everybody,
        may_be_none=had_it > 0,
    )
    if form.is_valid():
        send = actions.diffuse if is_published else actions.publish
        try:
            send(
                sheet,
                to=form.chosen,
                before=form.cleaned_data["before"],
                by=request.actor,
                at=timezone.now(),
            )
        except Refused as refusal:
            form.add_error(None, list(refusal.reasons))
        else:
            count = len(form.chosen) + had_it * (not is_published)
            told = (
                f"Fiche envoyée à {several(count, 'structure', 'structures')}. Le courriel part demain matin."
            )
            messages.success(request, told if count else "Date limite changée.")
            return redirect(sheet)
    public = request.GET.get("public", "")
    only_trade = request.GET.get("metier") == "oui"
    shown = [one for one in everybody if _is_asked(one, public, only_trade)]
    context = {
        "sheet": sheet,
        "form": form,
        "reasons": reasons,
        "is_published": is_published,
        "had_it": had_it,
        "zones": [
            (label, [one for one in shown if one.zone == zone])
            for zone, label in ZONES.items()
            if any(one.zone == zone for one in shown)
        ],
        "publics": [
            (code, label) for code, label in Public.choices if any(code in one.publics for one in everybody)
        ],
        "public": public,
        "only_trade": only_trade,
        "hidden": len(everybody) - len(shown),
        "knows_trades": any(one.serves_trade is not None for one in everybody),
    }
    return render(request, "offers/publish_sheet.html", context, status=422 if form.errors else 200)


def _proposed(sheet: JobSheet, *, at: datetime) -> date:
    """The deadline of the sheet while it is to come; else what the service usually gives."""
    on = localtime(at).date()
    if sheet.apply_before and sheet.apply_before > on:
        return sheet.apply_before
    return on + timedelta(days=delays_in(sheet.service, at=at).structures_days)


def _is_asked(one: Addressee, public: str, only_trade: bool) -> bool:
    return (not public or public in one.publics) and (not only_trade or one.serves_trade is True)


def _diffusion(request, pk) -> Diffusion:
    """The sheet as sent to the structure one works for; for the service, to one without account."""
    sheet = get_object_or_404(visible_sheets(request), pk=pk)
    rows = sheet.diffusions.select_related("organisation", "job_sheet__service")
    if request.actor.serves(sheet):
        return get_object_or_404(rows, organisation=whole_number(request.GET.get("structure")) or 0)
    return get_object_or_404(rows, organisation=request.actor.organisation)


@access.capacity(*STRUCTURES)
@require_POST
def open_offer(request, pk):
    """Somebody of the structure reads the offer: the service sees that it was opened."""
    diffusion = _diffusion(request, pk)
    if request.actor.writes:
        actions.open_diffusion(diffusion, by=request.actor, at=timezone.now())
    return redirect(diffusion.job_sheet)


def _nothing_at_once(request, diffusion: Diffusion):
    """One click: the answer is given, its reason may follow."""
    try:
        actions.say_nothing_to_propose(
            diffusion, reason=Diffusion.NothingReason.UNSAID, by=request.actor, at=timezone.now()
        )
    except Refused as refusal:
        messages.error(request, " ".join(refusal.reasons))
    else:
        messages.success(
            request, f"Rien à proposer pour «\u00a0{diffusion.job_sheet}\u00a0»\u00a0: c’est dit au service."
        )
    return redirect("offers:list")


@access.capacity(Capacity.FACILITATOR, *STRUCTURES)
@require_POST
def take_nothing_back(request, pk):
    """A structure said « rien à proposer » by mistake."""
    diffusion = _diffusion(request, pk)
    require(perms.acts_for(request.actor, diffusion, diffusion.organisation))
    try:
        actions.take_nothing_back(diffusion, by=request.actor, at=timezone.now())
    except Refused as refusal:
        messages.error(request, " ".join(refusal.reasons))
    else:
        messages.success(request, "Réponse annulée\u00a0: l’offre attend de nouveau votre réponse.")
    return redirect(diffusion.job_sheet if request.actor.serves(diffusion) else "offers:list")


@access.capacity(Capacity.FACILITATOR, *STRUCTURES)
@require_http_methods(["GET", "POST"])
def say_nothing(request, pk):
    """A structure has nobody to propose, and says why; the service notes it for one without account."""
    diffusion = _diffusion(request, pk)
    require(perms.acts_for(request.actor, diffusion, diffusion.organisation))
    if AT_ONCE in request.POST:
        return _nothing_at_once(request, diffusion)
    form = NothingForm(request.POST or None)
    if form.is_valid():
        try:
            actions.say_nothing_to_propose(
                diffusion, **form.cleaned_data, by=request.actor, at=timezone.now()
            )
        except Refused as refusal:
            form.add_error(None, list(refusal.reasons))
        else:
            messages.success(
                request, "Réponse enregistrée. Vous pouvez encore proposer une personne plus tard."
            )
            return redirect(diffusion.job_sheet)
    context = {
        "form": form,
        "diffusion": diffusion,
        "sheet": diffusion.job_sheet,
        "stands_in": not request.actor.stands_for(diffusion.organisation_id),
        "reasons": actions.why_not_nothing(diffusion),
    }
    return render(request, "offers/nothing.html", context, status=422 if form.errors else 200)
