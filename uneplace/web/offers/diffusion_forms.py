"""To whom a job sheet is sent and until when, what a structure answers, and how the sheet ends."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from uneplace.offers.addressees import Addressee
from uneplace.offers.models import Diffusion, JobSheet
from uneplace.organisations.models import Organisation
from uneplace.web.fields import DayField
from uneplace.web.offers.forms import STRUCTURE_REASONS

NOTE = {"max_length": 300, "required": False, "widget": forms.Textarea(attrs={"rows": 2})}


class PublishForm(forms.Form):
    """The structures chosen among `addressees`, and the day before which they answer."""

    to = forms.MultipleChoiceField(label="Structures", widget=forms.CheckboxSelectMultiple, required=False)
    before = DayField(
        label="Réponses attendues avant le",
        help_text="Chaque structure reçoit un rappel trois jours avant, si elle n’a pas répondu.",
    )

    def __init__(self, data=None, *, before: date, addressees: list[Addressee], may_be_none: bool):
        super().__init__(
            data,
            initial={
                "before": before,
                "to": [str(one.organisation.pk) for one in addressees if one.is_likely],
            },
        )
        self.organisations = {str(one.organisation.pk): one.organisation for one in addressees}
        self.fields["to"].choices = [(pk, str(one)) for pk, one in self.organisations.items()]
        self.may_be_none = may_be_none

    def clean(self):
        """Somebody at least, unless the sheet has its readers already."""
        cleaned = super().clean()
        if not self.may_be_none and "to" not in self.errors and not cleaned.get("to"):
            self.add_error("to", "Choisissez au moins une structure ou un prescripteur.")
        return cleaned

    @property
    def chosen(self) -> list[Organisation]:
        return [self.organisations[pk] for pk in self.cleaned_data["to"]]

    @property
    def ticked(self) -> set[str]:
        """The identifiers of the boxes that are ticked, typed or proposed."""
        return {str(pk) for pk in self["to"].value() or []}


class NothingForm(forms.Form):
    """Why a structure has nobody to propose."""

    reason = forms.ChoiceField(
        label="Pourquoi",
        choices=[one for one in Diffusion.NothingReason.choices if one[0] != Diffusion.NothingReason.UNSAID],
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez la raison dans la liste."},
    )
    note = forms.CharField(label="Précision", help_text="Le service la lira.", **NOTE)

    def clean(self):
        """Another reason is written."""
        return _with_words(self, super().clean(), Diffusion.NothingReason.OTHER, "reason", "note")


class CloseForm(forms.Form):
    """Why a job sheet is closed."""

    kind = forms.ChoiceField(
        label="Pourquoi la fiche est close",
        choices=[one for one in JobSheet.ClosingKind.choices if one[0] != JobSheet.ClosingKind.SILENCE],
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez la raison dans la liste."},
    )
    words = forms.CharField(label="En quelques mots", help_text="Les structures le liront.", **NOTE)

    def clean(self):
        """Another reason is written."""
        return _with_words(self, super().clean(), JobSheet.ClosingKind.OTHER, "kind", "words")


class TakeUpForm(forms.Form):
    """Why a sheet already sent has to change."""

    reason = forms.CharField(
        label="Pourquoi la fiche doit changer",
        help_text="L’entreprise le lira, et l’histoire de la fiche le gardera.",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class ReplaceForm(forms.Form):
    """Until when others are awaited, after a broken work contract."""

    before = DayField(label="Réponses attendues avant le")


class FreePostForm(forms.Form):
    """Why somebody chosen does not come, and until when others are awaited."""

    reason = forms.ChoiceField(
        label="Raison", error_messages={"required": "Choisissez la raison dans la liste."}
    )
    note = forms.CharField(label="Précision", help_text="La structure la lira.", **NOTE)
    before = DayField(label="Réponses attendues avant le")

    def __init__(self, data=None):
        super().__init__(data)
        self.fields["reason"].choices = [
            ("", "Choisir"),
            *((one.value, one.label) for one in STRUCTURE_REASONS),
        ]

    def clean(self):
        """Another reason is written."""
        return _with_words(self, super().clean(), "OTHER", "reason", "note")


def _with_words(
    form: forms.Form, cleaned: dict[str, Any], other: str, kind: str, words: str
) -> dict[str, Any]:
    if cleaned.get(kind) == other and not cleaned.get(words):
        form.add_error(words, ValidationError("Précisez la raison en quelques mots."))
    return cleaned
