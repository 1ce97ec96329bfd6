"""Speaking with ProConnect: OpenID Connect, authorization code flow, everything signed in RS256.

What is asked and how follows its documentation for services (« Implémentation du protocole OIDC » and
« Niveaux d’assurance et utilisation de l’ACR », partenaires.proconnect.gouv.fr, read in November 2026): state
and nonce of 32 signs at least, no other parameter than those documented, a userinfo that is a signed token.
mozilla-django-oidc carries the exchange; what it leaves open is closed here.
"""

import json
import secrets
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode, urlsplit

import jwt
from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest
from django.urls import reverse
from mozilla_django_oidc.auth import OIDCAuthenticationBackend
from mozilla_django_oidc.utils import add_state_and_verifier_and_nonce_to_session

from uneplace.kit import http
from uneplace.organisations.identities import Proof

SCOPES = "openid email siret"
CLAIMS = {"id_token": {"amr": None, "acr": None}}
STRONG_ACR = {
    "eidas0-mfa",
    "eidas1-mfa",
    "eidas2",
    "eidas3",
    "https://proconnect.gouv.fr/assurance/self-asserted-2fa",
    "https://proconnect.gouv.fr/assurance/consistency-checked-2fa",
}
ALGORITHM = "RS256"
TIMEOUT = 8  # seconds
SKEW = 30  # seconds between two clocks
STATES, GOING_TO, ID_TOKEN = "oidc_states", "proconnect_next", "proconnect_id_token"
LEAVING = "proconnect_leaving"
ENDPOINTS = (
    "authorization_endpoint",
    "token_endpoint",
    "userinfo_endpoint",
    "jwks_uri",
    "end_session_endpoint",
)

_discovered: dict[str, dict[str, str]] = {}


class Unavailable(Exception):
    """ProConnect does not answer, or not as it should."""


class NotTrusted(Exception):
    """What came back was not started here, or is not signed as it must be."""


def is_configured() -> bool:
    """Whether this installation offers ProConnect."""
    return settings.PROCONNECT is not None


def endpoints() -> dict[str, str]:
    """The addresses of the provider, read from it at the first sign-in and kept as long as the process."""
    issuer = settings.PROCONNECT.issuer
    if issuer not in _discovered:
        found = _json(_fetch("GET", f"{issuer}/.well-known/openid-configuration"))
        addresses = {name: found.get(name, "") for name in ENDPOINTS}
        if found.get("issuer") != issuer or not all(map(_is_theirs, addresses.values())):
            raise Unavailable("what it says of itself does not fit its address")
        _discovered[issuer] = addresses
    return _discovered[issuer]


def authorization_address(request: HttpRequest, going_to: str) -> str:
    """Where to send somebody who wants to sign in; state and nonce are kept in the session."""
    state, nonce = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
    params = {
        "response_type": "code",
        "client_id": settings.PROCONNECT.client_id,
        "redirect_uri": request.build_absolute_uri(reverse("accounts:proconnect_back")),
        "scope": SCOPES,
        "claims": json.dumps(CLAIMS, separators=(",", ":")),
        "state": state,
        "nonce": nonce,
    }
    address = f"{endpoints()['authorization_endpoint']}?{urlencode(params)}"
    add_state_and_verifier_and_nonce_to_session(request, state, params)
    request.session[GOING_TO] = going_to
    return address


def proof_of(request: HttpRequest) -> tuple[Proof, str]:
    """What the code in the address proves, and the id_token that will end the session there.

    Raises Unavailable or NotTrusted. A state serves once.
    """
    kept = request.session.get(STATES, {}).pop(request.GET.get("state", ""), None)
    request.session.modified = True
    if kept is None or not request.GET.get("code"):
        raise NotTrusted("no such state in this session")
    backend = Backend()
    try:
        proof = backend.authenticate(request, nonce=kept["nonce"])
    except (SuspiciousOperation, jwt.PyJWTError, KeyError, TypeError, ValueError) as error:
        raise NotTrusted(str(error))
    if proof is None:
        raise NotTrusted("the userinfo is not to be trusted")
    return proof, backend.id_token


def end_address(request: HttpRequest, id_token: str) -> str:
    """Where to send somebody who leaves, so that the session ends at the provider too."""
    state = secrets.token_urlsafe(32)
    request.session[LEAVING] = state
    back = request.build_absolute_uri(reverse("accounts:proconnect_left"))
    params = {"id_token_hint": id_token, "state": state, "post_logout_redirect_uri": back}
    return f"{endpoints()['end_session_endpoint']}?{urlencode(params)}"


class Backend(OIDCAuthenticationBackend):
    """The exchange with the provider. Answers a Proof, never an account: see organisations/identities.py."""

    id_token = ""

    @staticmethod
    def get_settings(attr: str, *default: Any) -> Any:
        """The library's settings, out of ours."""
        ours = {
            "OIDC_OP_TOKEN_ENDPOINT": lambda: endpoints()["token_endpoint"],
            "OIDC_OP_USER_ENDPOINT": lambda: endpoints()["userinfo_endpoint"],
            "OIDC_OP_JWKS_ENDPOINT": lambda: endpoints()["jwks_uri"],
            "OIDC_RP_CLIENT_ID": lambda: settings.PROCONNECT.client_id,
            "OIDC_RP_CLIENT_SECRET": lambda: settings.PROCONNECT.client_secret,
            "OIDC_RP_SIGN_ALGO": lambda: ALGORITHM,
            "OIDC_AUTHENTICATION_CALLBACK_URL": lambda: "accounts:proconnect_back",
        }
        return ours[attr]() if attr in ours else OIDCAuthenticationBackend.get_settings(attr, *default)

    def get_token(self, payload: dict[str, str]) -> dict[str, str]:
        """Exchange the code, with the secret in the body."""
        return _json(_fetch("POST", self.OIDC_OP_TOKEN_ENDPOINT, data=payload))

    def retrieve_matching_jwk(self, token: str) -> jwt.PyJWK:
        """The provider's key that the token names, when it is one to sign with in RS256."""
        header = jwt.get_unverified_header(token)
        for key in _json(_fetch("GET", self.OIDC_OP_JWKS_ENDPOINT))["keys"]:
            if key.get("kid") == header.get("kid") and key.get("kty") == "RSA" and key.get("use") != "enc":
                return jwt.PyJWK(key, algorithm=ALGORITHM)
        raise SuspiciousOperation("signed by an unknown key")

    def _verify_jws(self, payload: str, key: jwt.PyJWK) -> dict[str, Any]:
        """Signature, and also what the library leaves: who signed, for whom, until when."""
        return jwt.decode(
            payload,
            key,
            algorithms=[ALGORITHM],
            audience=self.OIDC_RP_CLIENT_ID,
            issuer=settings.PROCONNECT.issuer,
            leeway=SKEW,
            options={"require": ["iss", "aud", "sub"]},
        )

    def verify_token(self, token: str, **kwargs: Any) -> dict[str, Any]:
        """The id_token, which must also answer our nonce and have an end."""
        claims = super().verify_token(token, **kwargs)
        if not kwargs.get("nonce") or "exp" not in claims:
            raise SuspiciousOperation("an id_token without nonce or end")
        return claims

    def get_userinfo(self, access_token: str, id_token: str, payload: dict[str, Any]) -> dict[str, Any]:
        """Who it is: a signed token, about the same person as the id_token."""
        headers = {"Authorization": f"Bearer {access_token}"}
        answer = _fetch("GET", self.OIDC_OP_USER_ENDPOINT, headers=headers)
        if not (answer.headers.get("content-type") or "").lower().startswith("application/jwt"):
            raise SuspiciousOperation("the userinfo is not signed")
        token = answer.body.decode()
        claims = self._verify_jws(token, self.retrieve_matching_jwk(token))
        if claims["sub"] != payload["sub"]:
            raise SuspiciousOperation("the userinfo is about somebody else")
        return claims

    def get_or_create_user(self, access_token: str, id_token: str, payload: dict[str, Any]) -> Proof:
        """What is proved; the name is the library's, nobody is created."""
        claims = self.get_userinfo(access_token, id_token, payload)
        if not claims.get("email") or claims.get("email_verified") is False:
            raise SuspiciousOperation("no verified address")
        self.id_token = id_token
        amr = payload.get("amr") or []
        return Proof(
            issuer=settings.PROCONNECT.issuer,
            sub=claims["sub"],
            email=str(claims["email"]).strip(),
            siret=str(claims.get("siret") or ""),
            is_strong=(isinstance(amr, list) and "mfa" in amr) or payload.get("acr") in STRONG_ACR,
        )


def _is_theirs(address: str) -> bool:
    """Whether an address is on the provider's own host: we speak to no other."""
    wanted, given = urlsplit(settings.PROCONNECT.issuer), urlsplit(address)
    return (given.scheme, given.netloc) == (wanted.scheme, wanted.netloc)


def _fetch(
    method: str, address: str, *, data: dict[str, str] | None = None, headers: dict[str, str] | None = None
) -> http.Answer:
    body = None if data is None else urlencode(data).encode()
    try:
        answer = http.fetch(address, method=method, headers=headers, body=body, timeout=TIMEOUT)
    except http.OutboundError as error:
        raise Unavailable(str(error))
    if answer.status == HTTPStatus.BAD_REQUEST:
        raise NotTrusted(f"{urlsplit(address).path} refused what we sent")
    if answer.status != HTTPStatus.OK:
        raise Unavailable(f"{urlsplit(address).path} answered {answer.status}")
    return answer


def _json(answer: http.Answer) -> dict[str, Any]:
    try:
        found = answer.json()
    except http.OutboundError as error:
        raise Unavailable(str(error))
    if not isinstance(found, dict):
        raise Unavailable("an answer of another form")
    return found
