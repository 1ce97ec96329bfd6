"""Contracts and lots typed by hand."""

from django import forms

from uneplace.contracts.queries import buyers_of
from uneplace.organisations.actor import Actor
from uneplace.organisations.models import Organisation
from uneplace.web.contracts.fields import EurosField
from uneplace.web.fields import DayField
from uneplace.web.forms import SiretField


class BuyerForm(forms.Form):
    """A buyer: one already met, or given by its SIRET."""

    buyer = forms.ModelChoiceField(
        Organisation.objects.none(),
        label="Acheteur",
        empty_label="Choisir",
        error_messages={"required": "Choisissez l’acheteur, ou donnez son SIRET."},
    )
    buyer_siret = SiretField(
        label="SIRET d’un autre acheteur",
        required=False,
        help_text="14 chiffres, par exemple 732 829 320 00074.",
    )
    buyer_name = forms.CharField(
        label="Nom de cet acheteur",
        required=False,
        max_length=200,
        help_text="Par exemple « Ville de Falaise ». Inutile si ce SIRET est déjà connu ici.",
    )

    def __init__(self, *args, actor: Actor, **options):
        super().__init__(*args, **options)
        self.fields["buyer"].queryset = buyers_of(actor)
        self.fields["buyer"].required = not self["buyer_siret"].value()

    @property
    def names_another_buyer(self) -> bool:
        """Whether the buyer is being given by its SIRET, or something of it is to be reread."""
        names = ("buyer_siret", "buyer_name")
        return any(self[name].value() or name in self.errors for name in names)

    def clean(self):
        """Exactly one buyer; a SIRET never met needs a name."""
        facts = super().clean()
        siret, buyer = facts.get("buyer_siret"), facts.get("buyer")
        if buyer and siret:
            self.add_error(
                "buyer_siret", "Choisissez l’acheteur dans la liste, ou donnez son SIRET\u00a0: pas les deux."
            )
        elif siret and not facts.get("buyer_name") and not is_named(siret):
            self.add_error(
                "buyer_name", "Écrivez le nom de l’acheteur\u00a0: ce SIRET n’est pas encore connu ici."
            )
        return facts


class ContractForm(BuyerForm):
    """What is known of a contract, its buyer included."""

    object = forms.CharField(
        label="Objet du marché",
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Par exemple « Reconstruction du collège des Hauts-Prés ».",
        error_messages={"required": "Écrivez l’objet du marché, par exemple « Entretien des gymnases »."},
    )
    official_id = forms.CharField(
        label="Numéro du marché",
        required=False,
        max_length=80,
        help_text="Celui de l’acheteur, s’il existe déjà. Par exemple 2026-TVX-014.",
    )
    amount = EurosField(
        label="Montant hors taxes", required=False, help_text="Par exemple 1\u00a0800\u00a0000."
    )
    notified_on = DayField(
        label="Notifié le", required=False, help_text="Laissez vide si le marché n’est pas encore attribué."
    )
    duration_months = forms.IntegerField(
        label="Durée",
        required=False,
        min_value=1,
        max_value=600,
        help_text="En mois, reconductions comprises. Par exemple 18.",
        error_messages={
            "invalid": "Écrivez un nombre de mois, par exemple 18.",
            "min_value": "Écrivez un nombre de mois entre 1 et 600.",
            "max_value": "Écrivez un nombre de mois entre 1 et 600.",
        },
    )


class NewContractForm(ContractForm):
    """A contract and its first lot."""

    lot_number = forms.IntegerField(
        label="Numéro du lot",
        required=False,
        min_value=1,
        max_value=999,
        help_text="Par exemple 2.",
        error_messages={
            "invalid": "Écrivez un nombre, par exemple 2.",
            "min_value": "Écrivez un nombre entre 1 et 999.",
            "max_value": "Écrivez un nombre entre 1 et 999.",
        },
    )
    lot_title = forms.CharField(
        label="Intitulé du lot", required=False, max_length=200, help_text="Par exemple « Gros œuvre »."
    )
    lot_amount = EurosField(
        label="Montant du lot hors taxes",
        required=False,
        help_text="S’il est connu. Par exemple 640\u00a0000.",
    )

    @property
    def names_a_lot(self) -> bool:
        """Whether the contract is being given a lot, or something of it is to be reread."""
        names = ("lot_number", "lot_title", "lot_amount")
        return any(self[name].value() or name in self.errors for name in names)

    def clean(self):
        """A number of lot goes with its title."""
        facts = super().clean()
        if facts.get("lot_number") and not facts.get("lot_title"):
            self.add_error("lot_title", "Écrivez l’intitulé de ce lot, par exemple « Gros œuvre ».")
        return facts


class LotForm(forms.Form):
    """Another lot of a contract."""

    number = forms.IntegerField(
        label="Numéro du lot",
        min_value=1,
        max_value=999,
        error_messages={
            "required": "Écrivez le numéro du lot, par exemple 2.",
            "invalid": "Écrivez un nombre, par exemple 2.",
            "min_value": "Écrivez un nombre entre 1 et 999.",
            "max_value": "Écrivez un nombre entre 1 et 999.",
        },
    )
    title = forms.CharField(
        label="Intitulé du lot",
        max_length=200,
        help_text="Par exemple « Gros œuvre ».",
        error_messages={"required": "Écrivez l’intitulé du lot, par exemple « Gros œuvre »."},
    )
    amount = EurosField(
        label="Montant du lot hors taxes",
        required=False,
        help_text="S’il est connu. Par exemple 640\u00a0000.",
    )


def is_named(siret: str) -> bool:
    """Whether the organisation of this SIRET is known here by its name."""
    return Organisation.objects.filter(siret=siret).exclude(name="").exists()
