"""An application of second factors, as a telephone runs it, for the tests."""

import time

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, generate_totp_secret, hotp_value
from allauth.mfa.utils import decrypt
from django.urls import reverse

from tests.factories import PASSWORD
from uneplace.organisations.factors import add_application

PROVE = reverse("accounts:prove")


def code_of(secret, *, later=0):
    """The code that an application shows now, or `later` codes later."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + later))


def with_application(user, *, at):
    """Give this person an application, and answer its secret."""
    secret = generate_totp_secret()
    add_application(user, secret, at=at)
    return secret


def secret_of(user):
    """What the person's application knows."""
    return decrypt(Authenticator.objects.get(user=user, type=Authenticator.Type.TOTP).data["secret"])


def sign_in(client, user, secret=None, password=PASSWORD, **extra):
    """Type one's password, then the code when there is an application; answers the last response."""
    answer = client.post(reverse("accounts:login"), {"email": user.email, "password": password}, **extra)
    if secret is None:
        return answer
    assert answer.url == PROVE
    return client.post(PROVE, {"code": code_of(secret)}, **extra)
