"""The organisations that a service works with: letting them in, bringing them in, letting them go."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from uneplace.contracts.queries import presence_of
from uneplace.hours.partners import ties_of, to_approve
from uneplace.kit.refused import Refused
from uneplace.organisations import actions, partnerships, perms
from uneplace.organisations.models import Capacity, Organisation, Partnership, Role
from uneplace.organisations.partnerships import held_alone
from uneplace.organisations.queries import administrators_of, matching, partners
from uneplace.rules.french import several
from uneplace.web.access import access, require
from uneplace.web.accounts.forms import AudienceForm, InvitePartnerForm, PartnerForm

PAGE = 50
AT_ONCE = 10
CHOICES = {
    Capacity.INSERTION_EMPLOYER: "Structures d’insertion",
    Capacity.REFERRER: "Prescripteurs",
    Capacity.COMPANY: "Entreprises",
    Capacity.BUYER: "Acheteurs",
}
DOINGS = {
    "buys": "achète un marché",
    "executes": "exécute un marché",
    "employs": "emploie des personnes",
    "follows": "suit ou propose des personnes",
}
STRUCTURES = [Capacity.INSERTION_EMPLOYER, Capacity.REFERRER]
TO_APPROVE, FORMER = "a-approuver", "anciens"


@access.capacity(Capacity.FACILITATOR)
@require_safe
def list_partners(request: HttpRequest) -> HttpResponse:
    """Who the service works with, who waits to be let in, and who was let go."""
    service = request.actor.organisation
    state, query = request.GET.get("etat", ""), request.GET.get("q", "").strip()[:100]
    chosen = request.GET.get("role", "")
    capacity = chosen if chosen in CHOICES else ""
    known = partners(text=query, capacity=capacity)
    links = Partnership.objects.filter(service=service)
    in_force = known.filter(pk__in=links.in_force().values("organisation"))
    former = known.filter(pk__in=links.values("organisation")).exclude(pk__in=in_force.values("pk"))
    asking = to_approve(service)
    if capacity:
        asking = asking.able_to(capacity)
    asking = matching(asking, query)
    rows = {TO_APPROVE: asking, FORMER: former}.get(state, in_force)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    first = [] if state else list(asking[:AT_ONCE])
    elsewhere = [] if state or not query else list(_elsewhere(known, service, first)[:AT_ONCE])
    shown = {organisation.pk for organisation in (*page, *first, *elsewhere)}
    presence = presence_of(shown, at=timezone.now())
    administrators = administrators_of(shown)
    context = {
        "state": state if state in (TO_APPROVE, FORMER) else "",
        "query": query,
        "chosen": capacity,
        "choices": [(value.value, label) for value, label in CHOICES.items()],
        "page": page,
        "rows": [(one, presence[one.pk], _doing(one) if state else administrators[one.pk]) for one in page],
        "first": [(one, presence[one.pk], _doing(one)) for one in first],
        "elsewhere": [(one, presence[one.pk], "") for one in elsewhere],
        "asking": asking.count(),
        "former": former.count(),
        "adds": perms.can_add_partner(request.actor),
        "resets": held_alone(shown, service=service) if request.actor.role == Role.ADMIN else set(),
        "manages": perms.reviews_dormant(request.actor),
    }
    return render(request, "accounts/partners.html", context)


def _doing(organisation: Organisation) -> str:
    """What the file says that it does, when the query asked."""
    return ", ".join(words for name, words in DOINGS.items() if getattr(organisation, name, False))


def _elsewhere(known, service: Organisation, asking):
    """Organisations of the installation that this service never worked with."""
    ours = Partnership.objects.filter(service=service)
    return known.exclude(pk__in=ours.values("organisation")).exclude(pk__in=[one.pk for one in asking])


@access.capacity(Capacity.FACILITATOR)
@require_POST
def approve_partners(request: HttpRequest) -> HttpResponse:
    """Let in the organisation whose button was pressed, or all those that are ticked."""
    require(perms.can_add_partner(request.actor))
    asked = request.POST.getlist("only") or request.POST.getlist("organisation")
    chosen = list(partners().filter(pk__in=[int(pk) for pk in asked if pk.isdecimal()][:PAGE]))
    if not chosen:
        messages.error(request, "Cochez au moins une organisation à admettre.")
        return redirect("accounts:partners")
    count = partnerships.approve_partners(chosen, by=request.actor, at=timezone.now())
    if len(chosen) == 1:
        messages.success(request, f"{chosen[0]} est parmi vos partenaires.")
    else:
        messages.success(
            request,
            f"{several(count, 'organisation', 'organisations')} de plus parmi vos partenaires.",
        )
    return redirect("accounts:partners")


@access.capacity(Capacity.FACILITATOR)
@require_http_methods(["GET", "POST"])
def end_partnership(request: HttpRequest, pk: int) -> HttpResponse:
    """Close the file to an organisation, once one has read what still goes on with it."""
    actor = request.actor
    links = Partnership.objects.in_force().filter(service=actor.organisation).select_related("organisation")
    organisation = get_object_or_404(links, organisation=pk).organisation
    require(perms.can_add_partner(actor))
    reasons = []
    if request.method == "POST":
        try:
            partnerships.end_partnership(organisation, by=actor, at=timezone.now())
        except Refused as refusal:
            reasons = refusal.reasons
        else:
            messages.success(request, f"{organisation} ne voit plus rien de votre dossier.")
            return redirect("accounts:partners")
    ties = ties_of(organisation, actor.organisation, on=timezone.localdate())
    context = {"organisation": organisation, "ties": ties, "reasons": reasons}
    return render(request, "accounts/end_partnership.html", context)


@access.capacity(Capacity.FACILITATOR)
@require_http_methods(["GET", "POST"])
def describe_partner(request: HttpRequest, pk: int) -> HttpResponse:
    """Note whom a structure follows and for which trades, to choose it when a job is sent."""
    actor = request.actor
    links = Partnership.objects.in_force().filter(service=actor.organisation).select_related("organisation")
    link = get_object_or_404(links, organisation=pk, organisation__capacities__overlap=STRUCTURES)
    require(perms.can_add_partner(actor))
    form = AudienceForm(request.POST or None, initial={"publics": link.publics, "trades": link.trades})
    if form.is_valid():
        try:
            partnerships.describe_partner(link.organisation, **form.cleaned_data, by=actor, at=timezone.now())
        except Refused as refusal:
            form.add_error(None, list(refusal.reasons))
        else:
            messages.success(request, f"Publics et métiers de {link.organisation} notés.")
            return redirect("accounts:partners")
    context = {"organisation": link.organisation, "form": form}
    return render(request, "accounts/describe_partner.html", context, status=422 if form.errors else 200)


@access.capacity(Capacity.FACILITATOR)
@require_http_methods(["GET", "POST"])
def add_partner(request: HttpRequest) -> HttpResponse:
    """Bring an organisation into the chain, and invite its first person when an address is known."""
    require(perms.can_add_partner(request.actor))
    form = PartnerForm(request.POST or None)
    if form.is_valid():
        try:
            organisation, invitation = actions.add_partner(
                **form.cleaned_data, by=request.actor, at=timezone.now()
            )
        except Refused as refusal:
            form.add_error("siret", list(refusal.reasons))
        else:
            if invitation is not None:
                so = f"et invitée à {invitation.email}."
            else:
                so = "et a déjà un compte." if organisation.has_account else "sans compte pour le moment."
            messages.success(request, f"{organisation} est parmi vos partenaires, {so}")
            return redirect("accounts:partners")
    return render(request, "accounts/add_partner.html", {"form": form})


@access.capacity(Capacity.FACILITATOR)
@require_http_methods(["GET", "POST"])
def invite_partner(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the first person of an organisation, or the one who shall administer it, a link."""
    organisation = get_object_or_404(partners(), pk=pk)
    require(perms.can_invite(request.actor, organisation))
    form = InvitePartnerForm(request.POST or None, initial={"email": organisation.email})
    reasons = actions.why_not_invite(organisation, "", by=request.actor)
    if form.is_valid():
        try:
            sent = actions.invite(organisation, **form.cleaned_data, by=request.actor, at=timezone.now())
        except Refused as refusal:
            form.add_error("email", list(refusal.reasons))
        else:
            messages.success(request, f"Invitation envoyée à {sent.email}.")
            return redirect("accounts:partners")
    context = {"organisation": organisation, "form": form, "reasons": reasons}
    return render(request, "accounts/invite_partner.html", context)
