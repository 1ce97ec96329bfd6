"""The identity at ProConnect that opens an account: bound the first time, then the only one that does."""

from dataclasses import dataclass
from datetime import datetime

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction

from uneplace.journal.actions import record
from uneplace.kit.refused import Refused

from .actor import Oneself
from .mails import send_security_notice
from .models import Identity, User
from .queries import user_with

UNKNOWN = (
    "Aucun compte Uneplace n’est ouvert pour l’adresse {email}. Un compte s’ouvre avec le lien d’invitation "
    "de votre service facilitateur ou de votre structure\u00a0; vous pourrez ensuite entrer par ProConnect."
)
OTHER = (
    "Le compte de {email} est déjà relié à une autre identité ProConnect. Connectez-vous avec votre mot de "
    "passe, puis détachez l’ancienne identité dans «\u00a0Mon compte\u00a0»."
)
MOVED = (
    "Cette identité ProConnect est reliée à un compte d’une autre adresse que {email}. Connectez-vous avec "
    "votre mot de passe, puis détachez-la dans «\u00a0Mon compte\u00a0»."
)


@dataclass(frozen=True)
class Proof:
    """What the provider proves of somebody: `sub` is its number for the person, `is_strong` whether it asked
    for two factors."""

    issuer: str
    sub: str
    email: str
    siret: str
    is_strong: bool


@transaction.atomic
def account_of(proof: Proof, *, at: datetime) -> User:
    """The account that this identity opens; the first time, that of its address, which is bound to it.

    No account is ever created here: one comes from an invitation, whose link proved the address.
    """
    known = Identity.objects.select_related("user").filter(issuer=proof.issuer, sub=proof.sub).first()
    if known is None:
        return _bound(proof, at)
    if known.user.email.lower() != proof.email.lower():
        raise Refused(MOVED.format(email=proof.email))
    if not known.user.is_active:
        raise Refused(UNKNOWN.format(email=proof.email))
    return known.user


def _bound(proof: Proof, at: datetime) -> User:
    user = user_with(proof.email)
    if user is None or not user.is_active or not _proved_by_invitation(user):
        raise Refused(UNKNOWN.format(email=proof.email))
    try:
        with transaction.atomic():
            Identity.objects.create(user=user, issuer=proof.issuer, sub=proof.sub, linked_at=at)
    except IntegrityError:
        raise Refused(OTHER.format(email=proof.email))
    record("user.identity_linked", about=user, by=Oneself(user), at=at)
    send_security_notice(user, f"ProConnect ouvre maintenant votre compte Uneplace ({user.email}).")
    return user


def _proved_by_invitation(user: User) -> bool:
    return EmailAddress.objects.filter(user=user, email__iexact=user.email, verified=True).exists()


def why_not_unlink(user: User) -> list[str]:
    """The reasons that keep the identity from being detached; none means that it can be."""
    if not Identity.objects.filter(user=user).exists():
        return ["Aucune identité ProConnect n’est reliée à ce compte."]
    return []


@transaction.atomic
def unlink(user: User, *, at: datetime) -> None:
    """Let ProConnect open this account no longer; the password does."""
    if reasons := why_not_unlink(user):
        raise Refused(*reasons)
    Identity.objects.filter(user=user).delete()
    record("user.identity_unlinked", about=user, by=Oneself(user), at=at)
    send_security_notice(user, f"ProConnect n’ouvre plus votre compte Uneplace ({user.email}).")
