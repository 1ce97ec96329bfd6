"""Orders and invoices, and actions done."""

import re
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError

from uneplace.contracts.models import Commitment
from uneplace.web.contracts.fields import EurosField
from uneplace.web.fields import DayField


class SignedEurosField(EurosField):
    """Euros before tax, negative with a minus sign."""

    def clean(self, value: str) -> Decimal | None:
        """The amount, exact and signed."""
        text = str(value or "").strip()
        is_negative = re.match(r"^[-\u2212\u2013]\s*(?=\d)", text)
        amount = super().clean(text[is_negative.end() :] if is_negative else text)
        if amount is None:
            return None
        if not amount:
            raise ValidationError("Écrivez un montant, négatif pour un avoir.", code="zero")
        return -amount if is_negative else amount


class EntryForm(forms.Form):
    """An order or an invoice: which, when, how much, under what reference."""

    kind = forms.ChoiceField(
        label="Ce que vous enregistrez",
        choices=[("INVOICE", "Une facture"), ("ORDER", "Un bon de commande")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez une facture ou un bon de commande."},
    )
    on = DayField(label="Date")
    amount = SignedEurosField(
        label="Montant hors taxes",
        help_text="Négatif pour un avoir ou une annulation. Par exemple 42\u00a0500 ou -3\u00a0000.",
        error_messages={"required": "Écrivez le montant, par exemple 42\u00a0500."},
    )
    reference = forms.CharField(
        label="Référence",
        max_length=80,
        help_text="Par exemple « Facture 2026-118 ».",
        error_messages={"required": "Écrivez la référence, par exemple « Facture 2026-118 »."},
    )


class ActionForm(forms.Form):
    """An action done: by which company, when, what, and what was seen of it."""

    commitment = forms.ModelChoiceField(
        Commitment.objects.none(),
        label="Entreprise",
        empty_label="Choisir",
        error_messages={"required": "Choisissez l’entreprise."},
    )
    on = DayField(label="Faite le")
    what = forms.CharField(
        label="Action",
        max_length=200,
        help_text="Par exemple « Visite du chantier par douze élèves ». N’y nommez personne.",
        error_messages={"required": "Écrivez ce qui a été fait, par exemple « Visite du chantier »."},
    )
    seen = forms.CharField(
        label="Ce que vous en avez vu",
        max_length=200,
        help_text="Par exemple « Feuille d’émargement signée ».",
        error_messages={"required": "Écrivez ce que vous avez vu, par exemple « Feuille d’émargement »."},
    )

    def __init__(self, *args, clause, **options):
        super().__init__(*args, **options)
        commitments = clause.commitments.select_related("company").order_by("-share", "pk")
        self.fields["commitment"].queryset = commitments
        self.fields["commitment"].label_from_instance = lambda one: str(one.company)
        if len(commitments) == 1:
            self.fields["commitment"].initial = commitments[0].pk
