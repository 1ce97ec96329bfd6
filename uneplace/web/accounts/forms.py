from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from uneplace.organisations.audiences import Public, TradeFamily
from uneplace.organisations.models import Capacity, Kind, Role, User
from uneplace.web.forms import SiretField

LONGEST_PASSWORD = 1024
INVALID_ADDRESS = "Écrivez une adresse complète, par exemple prenom.nom@exemple.fr."


class PasswordField(forms.CharField):
    """A password to type; kept as typed, spaces included."""

    def __init__(self, *, is_new: bool = False, **options):
        autocomplete = "new-password" if is_new else "current-password"
        widget = forms.PasswordInput(attrs={"autocomplete": autocomplete})
        if is_new:
            options.setdefault(
                "help_text",
                "15 caractères au moins. Quatre ou cinq mots sans lien entre eux suffisent.",
            )
        options.setdefault("label", "Mot de passe")
        super().__init__(strip=False, max_length=LONGEST_PASSWORD, widget=widget, **options)


class SignInForm(forms.Form):
    """An address and a password."""

    email = forms.EmailField(
        label="Adresse électronique",
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
        error_messages={
            "required": "Écrivez votre adresse électronique.",
            "invalid": INVALID_ADDRESS,
        },
    )
    password = PasswordField(error_messages={"required": "Écrivez votre mot de passe."})


class ForgottenPasswordForm(forms.Form):
    """The address that should receive a link."""

    email = forms.EmailField(
        label="Adresse électronique",
        help_text="Celle de votre compte.",
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
        error_messages={
            "required": "Écrivez votre adresse électronique.",
            "invalid": INVALID_ADDRESS,
        },
    )


class NewPasswordForm(forms.Form):
    """A password that its owner chooses; `user` is who it must not resemble."""

    password = PasswordField(
        is_new=True,
        label="Nouveau mot de passe",
        error_messages={"required": "Choisissez un mot de passe de 15 caractères au moins."},
    )

    def __init__(self, *args, user: User, **kwargs):
        self.user = user
        super().__init__(*args, **kwargs)

    def clean_password(self) -> str:
        """The password, when the rules of the installation allow it."""
        password = self.cleaned_data["password"]
        validate_password(password, user=self.user)
        return password


class NewcomerForm(forms.Form):
    """What somebody invited says of oneself to open an account."""

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
    password = PasswordField(
        is_new=True,
        error_messages={"required": "Choisissez un mot de passe de 15 caractères au moins."},
    )

    def __init__(self, *args, email: str, **kwargs):
        self.email = email
        super().__init__(*args, **kwargs)

    def clean(self) -> dict:
        """Refuse a password that tells the address or the name."""
        values = super().clean()
        if "password" in values:
            somebody = User(
                email=self.email,
                first_name=values.get("first_name", ""),
                last_name=values.get("last_name", ""),
            )
            try:
                validate_password(values["password"], user=somebody)
            except ValidationError as error:
                self.add_error("password", error)
        return values


class PartnerForm(forms.Form):
    """An organisation to work with: what identifies it, what it comes for, whom to invite."""

    siret = SiretField()
    name = forms.CharField(
        label="Nom", max_length=200, error_messages={"required": "Écrivez le nom de l’organisation."}
    )
    capacities = forms.MultipleChoiceField(
        label="Ce qu’elle fait dans la chaîne",
        widget=forms.CheckboxSelectMultiple,
        choices=[
            (Capacity.INSERTION_EMPLOYER, "Structure d’insertion\u00a0: emploie des personnes en parcours"),
            (Capacity.REFERRER, "Prescripteur\u00a0: accompagne et propose des personnes"),
            (Capacity.COMPANY, "Entreprise\u00a0: exécute des marchés"),
            (Capacity.BUYER, "Acheteur\u00a0: passe des marchés"),
        ],
        error_messages={"required": "Cochez au moins un rôle."},
    )
    kind = forms.ChoiceField(
        label="Type", required=False, choices=[("", "Je ne sais pas encore"), *Kind.choices]
    )
    email = forms.EmailField(
        label="Adresse de la personne à inviter",
        required=False,
        help_text="Elle reçoit un lien valable 14 jours et invitera ses collègues.",
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={"invalid": INVALID_ADDRESS},
    )


class InvitePartnerForm(forms.Form):
    """The first person of an organisation."""

    email = forms.EmailField(
        label="Adresse électronique",
        help_text="La personne reçoit un lien valable 14 jours, ouvre le compte et invitera ses collègues.",
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={
            "required": "Écrivez l’adresse de la personne à inviter.",
            "invalid": INVALID_ADDRESS,
        },
    )


ROLES = [
    (Role.MEMBER, "Membre\u00a0: lit et agit"),
    (Role.READER, "Lecture seule\u00a0: lit, n’agit pas"),
    (Role.ADMIN, "Administration\u00a0: agit, invite et retire des membres"),
]


class RoleForm(forms.Form):
    """What a member may do from now on."""

    role = forms.ChoiceField(
        label="Rôle",
        choices=ROLES,
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez un rôle."},
    )


class InviteForm(forms.Form):
    """Who joins the organisation, and to do what."""

    email = forms.EmailField(
        label="Adresse électronique",
        help_text="La personne reçoit un lien valable 14 jours.",
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={
            "required": "Écrivez l’adresse de la personne à inviter.",
            "invalid": INVALID_ADDRESS,
        },
    )
    role = forms.ChoiceField(
        label="Rôle",
        choices=ROLES,
        initial=Role.MEMBER,
        error_messages={"required": "Choisissez un rôle."},
    )


class KeepAccessForm(forms.Form):
    """Why an account that sleeps stays open."""

    reason = forms.CharField(
        label="Pourquoi le garder",
        help_text="Par exemple\u00a0: congé parental jusqu’en janvier. N’écrivez rien de médical.",
        max_length=200,
        error_messages={"required": "Écrivez pourquoi ce compte reste ouvert."},
    )


class AudienceForm(forms.Form):
    """Whom a structure follows, and for which families of trades."""

    publics = forms.MultipleChoiceField(
        label="Les personnes qu’elle suit",
        choices=Public.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    trades = forms.MultipleChoiceField(
        label="Les métiers qu’elle sert",
        help_text="Aucun coché\u00a0: tous les métiers, ou vous ne le savez pas.",
        choices=TradeFamily.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
