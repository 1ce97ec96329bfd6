"""Checking a password or a code typed by somebody, within the allowance of guesses."""

from collections.abc import Callable
from datetime import datetime, timedelta

from allauth.mfa.models import Authenticator
from django.contrib.auth import authenticate
from django.core.cache import cache
from django.http import HttpRequest

from uneplace.kit.jobs import defer
from uneplace.organisations.guesses import Guess, give_back, take
from uneplace.organisations.models import User
from uneplace.organisations.queries import user_with
from uneplace.organisations.tasks import report_guesses
from uneplace.rules.french import several

from .browsers import address_of, known_device, network_of, short_address

CODE_LIFE = 120  # seconds; a code is worth three periods of thirty
WRONG_PAIR = (
    "L’adresse ou le mot de passe ne correspond pas. Vérifiez-les, "
    "ou demandez à choisir un nouveau mot de passe."
)
WRONG_CODE = (
    "Ce code ne correspond pas. Écrivez celui que l’application montre en ce moment, "
    "ou un code de secours jamais utilisé."
)


class NotChecked(Exception):
    """The guess was not looked at, right or wrong: `str()` says in French how long to wait."""

    def __init__(self, wait: timedelta) -> None:
        super().__init__(
            f"Trop d’essais pour le moment\u00a0: celui-ci n’a pas été vérifié. "
            f"Réessayez dans {_words(wait)}."
        )
        self.wait = wait


def check_password(request: HttpRequest, email: str, password: str, *, at: datetime) -> User | None:
    """The account that this address and password open; None when they open none. Raises NotChecked.

    An unknown address costs the same time, the same counts and the same answers as a known one.
    """
    email = email.strip().lower()
    device = known_device(request, user_with(email))
    return _guess(
        request, "password", email, device, at, lambda: authenticate(request, email=email, password=password)
    )


def check_code(request: HttpRequest, user: User, code: str, *, at: datetime) -> Authenticator | None:
    """The factor that the code proves: the application, or the recovery codes. Raises NotChecked."""
    return _guess(
        request, "code", str(user.pk), known_device(request, user), at, lambda: _proved_by(user, code)
    )


def _guess(request, kind: str, account: str, device: str, at: datetime, check: Callable):
    address = address_of(request)
    guess = take(kind, account, device=device, address=network_of(address), at=at)
    if not guess.is_allowed:
        raise NotChecked(guess.wait)
    found = check()
    if found is None:
        _tell(guess, kind, account, address)
    else:
        give_back(guess)
    return found


def _tell(guess: Guess, kind: str, account: str, address: str) -> None:
    if guess.is_burst:  # a job, so that an unknown account takes as long as a known one
        defer(
            report_guesses,
            kind=kind,
            account=account,
            address=short_address(address),
            at=guess.at.isoformat(),
        )


def _proved_by(user: User, code: str) -> Authenticator | None:
    factors = Authenticator.objects.filter(user=user).exclude(type=Authenticator.Type.WEBAUTHN)
    code = "".join(code.split())
    found = next((factor for factor in factors.order_by("-type") if factor.wrap().validate_code(code)), None)
    # allauth remembers a code for one period, and takes it during three.
    if found is None or not cache.add(f"code:{found.pk}:{code}", "used", timeout=CODE_LIFE):
        return None
    return found


def _words(wait: timedelta) -> str:
    seconds = max(1, -int(-wait.total_seconds() // 1))
    if seconds < 60:
        return several(seconds, "seconde", "secondes")
    return several(-(-seconds // 60), "minute", "minutes")
