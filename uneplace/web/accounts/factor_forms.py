"""What is typed, or answered by a key, to prove or set up a second factor."""

from allauth.mfa.totp.internal.auth import validate_totp_code
from allauth.mfa.webauthn.internal.auth import (
    complete_authentication,
    complete_registration,
    parse_authentication_response,
    parse_registration_response,
)
from django import forms
from django.core.exceptions import ValidationError

from uneplace.organisations.models import User

from .forms import PasswordField

KEY_REFUSED = (
    "La clé n’a pas été reconnue, ou l’attente a été trop longue. Recommencez avec une clé de ce compte."
)


class CodeField(forms.CharField):
    """A code read on a telephone; spaces are welcome."""

    def __init__(self, **options):
        attributes = {"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"}
        options.setdefault("error_messages", {"required": "Écrivez le code, par exemple 123 456."})
        super().__init__(max_length=30, widget=forms.TextInput(attrs=attributes), **options)


class CodeForm(forms.Form):
    """A code of the application, or a recovery code."""

    code = CodeField(label="Code", help_text="Six chiffres de l’application, ou huit d’un code de secours.")


class ApplicationForm(forms.Form):
    """The first code of an application that has just read the secret."""

    code = CodeField(
        label="Code affiché par l’application", help_text="Six chiffres, qui changent sans cesse."
    )

    def __init__(self, *args, secret: str, **kwargs):
        self.secret = secret
        super().__init__(*args, **kwargs)

    def clean_code(self) -> str:
        """The code, when it is the one that the secret gives now."""
        code = "".join(self.cleaned_data["code"].split())
        if not validate_totp_code(self.secret, code):
            raise ValidationError(
                "Ce n’est pas le code attendu. Vérifiez que le téléphone est à l’heure, "
                "puis écrivez le code affiché en ce moment."
            )
        return code


class CredentialField(forms.JSONField):
    """What the browser hands over from a key."""

    def __init__(self, **options):
        messages = {"required": KEY_REFUSED, "invalid": KEY_REFUSED}
        super().__init__(label="Clé", widget=forms.HiddenInput, error_messages=messages, **options)


class KeyForm(forms.Form):
    """The answer of a security key to the challenge of the session."""

    credential = CredentialField()

    def __init__(self, *args, user: User, **kwargs):
        self.user = user
        super().__init__(*args, **kwargs)

    def clean_credential(self):
        """The key of the account that answered."""
        answer = self.cleaned_data["credential"]
        try:
            parse_authentication_response(answer)
            return complete_authentication(self.user, answer)
        except (ValidationError, ValueError, TypeError, KeyError, AttributeError):
            raise ValidationError(KEY_REFUSED)


class NewKeyForm(forms.Form):
    """A security key to trust, under a name that its owner will recognise."""

    name = forms.CharField(
        label="Nom de la clé",
        max_length=60,
        help_text="Pour la reconnaître plus tard\u00a0: «\u00a0Clé bleue du trousseau\u00a0».",
        error_messages={"required": "Donnez un nom à cette clé."},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    credential = CredentialField()

    def clean_credential(self) -> dict:
        """The key's answer, once checked."""
        answer = self.cleaned_data["credential"]
        try:
            parse_registration_response(answer)
            complete_registration(answer)
        except (ValidationError, ValueError, TypeError, KeyError, AttributeError):
            raise ValidationError(KEY_REFUSED)
        return answer


class PasswordAgainForm(forms.Form):
    """One's own password, once more."""

    password = PasswordField(error_messages={"required": "Écrivez votre mot de passe."})


class NameForm(forms.Form):
    """How one is called."""

    first_name = forms.CharField(
        label="Prénom",
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
        error_messages={"required": "Écrivez votre prénom."},
    )
    last_name = forms.CharField(
        label="Nom",
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "family-name"}),
        error_messages={"required": "Écrivez votre nom."},
    )
