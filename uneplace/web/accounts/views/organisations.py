from django.contrib import messages
from django.contrib.auth import logout
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from uneplace.kit.refused import Refused
from uneplace.organisations import actions, factors, memberships, perms
from uneplace.organisations.actor import Actor
from uneplace.organisations.models import Membership, Organisation
from uneplace.organisations.queries import members_of, open_invitations, organisations_of
from uneplace.web.access import SESSION_KEY, access, require
from uneplace.web.accounts.forms import InviteForm, RoleForm


@access.account
@require_http_methods(["GET", "POST"])
def switch(request: HttpRequest) -> HttpResponse:
    """Choose the organisation that one works as."""
    own = organisations_of(request.user)
    if request.method == "POST":
        chosen = next(
            (one for one in own if str(one.organisation_id) == request.POST.get("organisation")), None
        )
        if chosen is not None:
            request.session[SESSION_KEY] = chosen.organisation_id
            messages.success(request, f"Vous travaillez maintenant pour {chosen.organisation}.")
            return redirect("home:home")
        messages.error(request, "Vous n’appartenez plus à cette organisation.")
        return redirect("accounts:switch")
    return render(request, "accounts/switch.html", {"memberships": own})


@access.signed_in
@require_http_methods(["GET", "POST"])
def organisation(request: HttpRequest) -> HttpResponse:
    """« Mon organisation »: who belongs to it, who is invited, and inviting somebody."""
    actor, at = request.actor, timezone.now()
    administers = perms.administers(actor, actor.organisation)
    form = InviteForm(request.POST or None)
    if request.method == "POST":
        require(administers)
        if form.is_valid():
            try:
                sent = actions.invite(actor.organisation, **form.cleaned_data, by=actor, at=at)
            except Refused as refusal:
                form.add_error("email", list(refusal.reasons))
            else:
                messages.success(request, f"Invitation envoyée à {sent.email}.")
                return redirect("accounts:organisation")
    context = {
        "organisation": actor.organisation,
        "members": members_of(actor.organisation),
        "invitations": open_invitations(actor.organisation, at=at) if administers else [],
        "administers": administers,
        "services": Organisation.objects.filter(pk__in=actor.services).order_by("name", "pk"),
        "form": form,
    }
    return render(request, "accounts/organisation.html", context)


def _own(actor: Actor) -> QuerySet[Membership]:
    rows = Membership.objects.filter(organisation=actor.organisation)
    return rows.select_related("user", "organisation")


@access.signed_in
@require_http_methods(["GET", "POST"])
def change_role(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a member of one's organisation another role."""
    actor = request.actor
    membership = get_object_or_404(_own(actor), pk=pk)
    require(perms.can_change_role(actor, membership))
    form = RoleForm(request.POST or None, initial={"role": membership.role})
    if form.is_valid():
        try:
            memberships.change_role(membership, form.cleaned_data["role"], by=actor, at=timezone.now())
        except Refused as refusal:
            form.add_error("role", list(refusal.reasons))
        else:
            if membership.user_id == request.user.pk:  # the session ended with the role
                logout(request)
            role = membership.get_role_display()
            messages.success(request, f"{membership.user}\u00a0: {role}. Ses sessions sont fermées.")
            return redirect("accounts:organisation")
    return render(request, "accounts/change_role.html", {"membership": membership, "form": form})


@access.signed_in
@require_http_methods(["GET", "POST"])
def end_membership(request: HttpRequest, pk: int) -> HttpResponse:
    """Take somebody out of one's organisation, once it is confirmed."""
    actor = request.actor
    membership = get_object_or_404(_own(actor), pk=pk)
    require(perms.can_end_membership(actor, membership))
    reasons = memberships.why_not_end_membership(membership)
    if request.method == "POST":
        try:
            memberships.end_membership(membership, by=actor, at=timezone.now())
        except Refused as refusal:
            reasons = refusal.reasons
        else:
            if membership.user_id == request.user.pk:  # the session ended with the membership
                logout(request)
            messages.success(request, f"{membership.user} n’appartient plus à {actor.organisation}.")
            return redirect("accounts:organisation")
    return render(request, "accounts/end_membership.html", {"membership": membership, "reasons": reasons})


@access.signed_in
@require_http_methods(["GET", "POST"])
def reset_factors(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a colleague who lost telephone and codes set up the second factor again, once it is confirmed."""
    actor = request.actor
    current = Membership.objects.current().select_related("user", "organisation")
    membership = get_object_or_404(current, pk=pk, organisation__in=perms.resets_factors_in(actor))
    require(perms.can_reset_factors(actor, membership))
    is_own = actor.stands_for(membership.organisation_id)
    back = "accounts:organisation" if is_own else "accounts:partners"
    reasons = factors.why_not_reset(membership.user, by=actor)
    if request.method == "POST":
        try:
            factors.reset_factors(membership.user, by=actor, at=timezone.now())
        except Refused as refusal:
            reasons = refusal.reasons
        else:
            messages.success(request, f"{membership.user} choisira une nouvelle double authentification.")
            return redirect(back)
    context = {"membership": membership, "reasons": reasons, "back": back, "is_own": is_own}
    return render(request, "accounts/reset_factors.html", context)


@access.signed_in
@require_POST
def cancel_invitation(request: HttpRequest, pk: int) -> HttpResponse:
    """Make an invitation of one's organisation stop working."""
    invitation = get_object_or_404(request.actor.organisation.invitations, pk=pk)
    require(perms.administers(request.actor, request.actor.organisation))
    try:
        actions.cancel_invitation(invitation, by=request.actor, at=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"L’invitation de {invitation.email} ne fonctionne plus.")
    return redirect("accounts:organisation")
