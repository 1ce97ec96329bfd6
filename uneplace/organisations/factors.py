"""Second factors: an application's code, security keys, recovery codes; django-allauth checks them."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from allauth.mfa.webauthn.internal.auth import WebAuthn
from django.db import transaction

from uneplace.journal.actions import record
from uneplace.kit.refused import Refused

from .actor import Actor, Oneself
from .mails import send_security_notice
from .models import User
from .sessions import end_sessions

Kind = Authenticator.Type
NAMES = {Kind.TOTP: "L’application qui donne un code", Kind.WEBAUTHN: "Une clé de sécurité"}


def factors_of(user: User) -> list[Authenticator]:
    """What proves that it is really this person, the oldest first; recovery codes apart."""
    return list(
        Authenticator.objects.filter(user=user).exclude(type=Kind.RECOVERY_CODES).order_by("created_at", "pk")
    )


def recovery_codes_of(user: User) -> list[str]:
    """The recovery codes that never served."""
    codes = Authenticator.objects.filter(user=user, type=Kind.RECOVERY_CODES).first()
    return codes.wrap().get_unused_codes() if codes else []


def why_not_add_application(user: User) -> list[str]:
    """The reasons that keep an application from being added; none means that it can be."""
    if Authenticator.objects.filter(user=user, type=Kind.TOTP).exists():
        return ["Une application donne déjà les codes de ce compte\u00a0: retirez-la d’abord."]
    return []


@transaction.atomic
def add_application(user: User, secret: str, *, at: datetime) -> Authenticator:
    """Trust the application that shares this secret; its owner has just shown one of its codes."""
    _lock(user)
    if reasons := why_not_add_application(user):
        raise Refused(*reasons)
    return _added(user, TOTP.activate(user, secret).instance, at)


@transaction.atomic
def add_key(user: User, name: str, credential: dict, *, at: datetime) -> Authenticator:
    """Trust a security key, a telephone or a computer, whose answer was checked."""
    _lock(user)
    return _added(user, WebAuthn.add(user, name, credential).instance, at)


def _added(user: User, factor: Authenticator, at: datetime) -> Authenticator:
    RecoveryCodes.activate(user)
    record("user.factor_added", about=user, by=Oneself(user), at=at, kind=factor.type)
    send_security_notice(
        user, f"{NAMES[factor.type]} sert maintenant à confirmer vos connexions à Uneplace ({user.email})."
    )
    return factor


def why_not_remove_factor(user: User, *, compulsory: bool) -> list[str]:
    """The reasons that keep a factor from being removed; none means that it can be.

    `compulsory`: whether this person must keep one.
    """
    if compulsory and len(factors_of(user)) < 2:
        return ["C’est votre seul moyen de confirmer une connexion\u00a0: ajoutez-en d’abord un autre."]
    return []


@transaction.atomic
def remove_factor(factor: Authenticator, *, compulsory: bool, at: datetime) -> None:
    """Trust this factor no longer; without any other, the recovery codes go with it."""
    user = factor.user
    _lock(user)
    if reasons := why_not_remove_factor(user, compulsory=compulsory):
        raise Refused(*reasons)
    kind = factor.type
    factor.delete()
    if not factors_of(user):
        Authenticator.objects.filter(user=user).delete()
    record("user.factor_removed", about=user, by=Oneself(user), at=at, kind=kind)
    send_security_notice(
        user, f"{NAMES[kind]} ne sert plus à confirmer vos connexions à Uneplace ({user.email})."
    )


@transaction.atomic
def renew_recovery_codes(user: User, *, at: datetime) -> None:
    """Draw new recovery codes; the old ones open nothing any more."""
    _lock(user)
    if not factors_of(user):
        raise Refused(
            "Les codes de secours accompagnent un autre moyen de confirmer\u00a0: ajoutez-le d’abord."
        )
    Authenticator.objects.filter(user=user, type=Kind.RECOVERY_CODES).delete()
    RecoveryCodes.activate(user)
    record("user.recovery_codes_renewed", about=user, by=Oneself(user), at=at)
    send_security_notice(
        user, f"De nouveaux codes de secours remplacent les anciens sur le compte {user.email}."
    )


def why_not_reset(user: User, *, by: Actor) -> list[str]:
    """The reasons that keep these factors from being forgotten; nothing keeps whoever holds the server.

    Who administers one organisation has no power over what the same account opens in another.
    """
    if by.user is not None and user.memberships.current().count() > 1:
        return [
            "Cette personne appartient aussi à une autre organisation\u00a0: demandez à qui tient "
            "l’installation (commande «\u00a0uneplace reset-factors\u00a0»)."
        ]
    if not factors_of(user):
        return ["Ce compte n’a pas de double authentification à remettre à zéro."]
    return []


@transaction.atomic
def reset_factors(user: User, *, by: Actor, at: datetime) -> None:
    """Forget every factor of somebody who lost them, who sets one up again at the next sign-in."""
    _lock(user)
    if reasons := why_not_reset(user, by=by):
        raise Refused(*reasons)
    Authenticator.objects.filter(user=user).delete()
    end_sessions(user)
    record("user.factors_reset", about=user, by=by, at=at)
    who = f"{by.user} ({by.organisation})" if by.user else f"{by.organisation}"
    send_security_notice(
        user,
        f"{who} a remis à zéro la double authentification de votre compte {user.email}. Vos sessions sont "
        "fermées\u00a0; la prochaine connexion vous en fera choisir une nouvelle.",
    )


def _lock(user: User) -> None:
    # Two removals at once must not leave somebody without any factor.
    User.objects.select_for_update().get(pk=user.pk)
