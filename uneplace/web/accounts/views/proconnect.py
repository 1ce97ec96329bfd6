"""Signing in and out by ProConnect, when the installation offers it."""

import logging

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from uneplace.kit.refused import Refused
from uneplace.organisations import identities
from uneplace.organisations.models import Organisation, User
from uneplace.web.access import access
from uneplace.web.accounts import proconnect

from .factors import confirm_first
from .sign_in import next_address

logger = logging.getLogger(__name__)

SILENT = (
    "ProConnect ne répond pas pour le moment. Réessayez dans quelques minutes, ou connectez-vous avec votre "
    "adresse et votre mot de passe."
)
LOST = (
    "La connexion par ProConnect n’a pas abouti\u00a0: elle n’a pas commencé dans ce navigateur, a trop "
    "attendu ou sa réponse n’est pas sûre. Recommencez."
)
GIVEN_UP = "Vous n’êtes pas allé au bout de la connexion par ProConnect. Recommencez quand vous voulez."


@access.public
@never_cache
@require_safe
def go(request: HttpRequest) -> HttpResponse:
    """Leave for ProConnect. A link rather than a form: our policy lets no form lead to another site."""
    if not proconnect.is_configured():
        raise Http404
    try:
        return redirect(proconnect.authorization_address(request, next_address(request)))
    except proconnect.Unavailable as error:
        return _sent_back(request, SILENT, error)


@access.public
@never_cache
@require_safe
def back(request: HttpRequest) -> HttpResponse:
    """Come back from ProConnect; the protocol makes it a GET, and the state in it serves once."""
    if not proconnect.is_configured():
        raise Http404
    if request.GET.get("error"):
        return _sent_back(request, GIVEN_UP, request.GET["error"])
    try:
        proof, id_token = proconnect.proof_of(request)
        user = identities.account_of(proof, at=timezone.now())
    except proconnect.Unavailable as error:
        return _sent_back(request, SILENT, error)
    except proconnect.NotTrusted as error:
        return _sent_back(request, LOST, error)
    except Refused as refusal:
        return _sent_back(request, str(refusal), "refused")
    going_to = request.session.get(proconnect.GOING_TO)
    _enter(request, user, proof, id_token)
    return redirect(going_to or "home:home")


def _enter(request, user: User, proof: identities.Proof, id_token: str) -> None:
    get_adapter().login(request, user)
    record_authentication(request, user, "proconnect")
    if proof.is_strong:  # else the gate asks for our own second factor
        record_authentication(request, user, "mfa", type="proconnect")
    request.session[proconnect.ID_TOKEN] = id_token
    own = Organisation.objects.filter(memberships__user=user, memberships__ended_at=None)
    if proof.siret and own.exists() and not own.filter(siret=proof.siret).exists():
        messages.warning(
            request,
            f"ProConnect vous rattache au SIRET {proof.siret}, qui n’est celui d’aucune de vos organisations "
            "dans Uneplace. Vos droits ici n’en changent pas\u00a0; si vous avez changé d’employeur, quittez "
            "l’ancienne organisation.",
        )


def _sent_back(request, words: str, why) -> HttpResponse:
    logger.warning("ProConnect: %.200r", str(why))
    messages.error(request, words)
    return redirect("accounts:login")


@access.public
@never_cache
@require_safe
def left(request: HttpRequest) -> HttpResponse:
    """Come back once the session ended at ProConnect too."""
    state = request.session.pop(proconnect.LEAVING, "")
    if state and constant_time_compare(state, request.GET.get("state", "")):
        messages.success(request, "La session est fermée, chez ProConnect aussi.")
    return redirect("accounts:login")


@access.account
@never_cache
@require_http_methods(["GET", "POST"])
def unlink(request: HttpRequest) -> HttpResponse:
    """Detach the identity at ProConnect from one's account, once it is confirmed."""
    if answer := confirm_first(request):
        return answer
    reasons = identities.why_not_unlink(request.user)
    if request.method == "POST":
        try:
            identities.unlink(request.user, at=timezone.now())
        except Refused as refusal:
            reasons = refusal.reasons
        else:
            messages.success(request, "ProConnect n’ouvre plus votre compte.")
            return redirect("accounts:account")
    return render(request, "accounts/unlink_proconnect.html", {"reasons": reasons})
