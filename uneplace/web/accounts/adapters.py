"""What django-allauth asks of us: nobody signs up alone; it sends no mail and says no word of its own."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter

from uneplace.kit.crypto import seal, unseal
from uneplace.organisations.session_store import STARTED

SEALED_FOR = "mfa_authenticator.data"


class AccountAdapter(DefaultAccountAdapter):
    """Accounts come from invitations."""

    def is_open_for_signup(self, request):
        """Never: see organisations/actions.py, `accept_as_newcomer`."""
        return False

    def login(self, request, user):
        """Open the session; its life starts over, whatever the browser did before."""
        super().login(request, user)
        request.session.pop(STARTED, None)

    def send_mail(self, template_prefix, email, context):
        """Nothing: each act writes its own mail, in French, inside its transaction."""

    def add_message(self, *args, **kwargs):
        """Nothing: each page says in French what was done."""


class FactorAdapter(DefaultMFAAdapter):
    """Second factors."""

    def encrypt(self, text):
        """A factor's secret as the database keeps it."""
        return seal(text, SEALED_FOR)

    def decrypt(self, encrypted_text):
        """A factor's secret. Raises `Unreadable`."""
        return unseal(encrypted_text, SEALED_FOR)

    def get_public_key_credential_rp_entity(self):
        """The site as a security key knows it."""
        return {**super().get_public_key_credential_rp_entity(), "name": "Uneplace"}
