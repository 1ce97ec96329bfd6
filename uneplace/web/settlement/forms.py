from datetime import date

from django import forms

from uneplace.organisations.models import Organisation
from uneplace.settlement.models import Exchange
from uneplace.web.fields import DayField

REASON_LENGTH = 500


class ExchangeForm(forms.Form):
    """What was said, by whom, when and how. A single possible speaker is not asked for."""

    speaker = forms.ChoiceField(label="Qui s’est exprimé", widget=forms.RadioSelect)
    held_on = DayField(label="Date de l’échange")
    means = forms.ChoiceField(label="Moyen", choices=Exchange.Means.choices, initial=Exchange.Means.WRITTEN)
    text = forms.CharField(
        label="Ce qui a été dit",
        help_text="Les faits et ce qui est proposé. L’entreprise, le service et l’acheteur le lisent. "
        "N’y nommez aucune personne suivie.",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": "Écrivez ce qui a été dit, en une phrase au moins."},
    )

    def __init__(self, *args, speakers: list[Organisation], today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.speakers = {str(organisation.pk): organisation for organisation in speakers}
        self.fields["speaker"].choices = [(key, str(value)) for key, value in self.speakers.items()]
        self.fields["held_on"].initial = today
        if len(self.speakers) == 1:
            del self.fields["speaker"]

    def clean(self) -> dict:
        """The speaker as an organisation."""
        values = super().clean()
        if "speaker" not in self.fields:
            (values["speaker"],) = self.speakers.values()
        elif "speaker" in values:
            values["speaker"] = self.speakers[values["speaker"]]
        return values


class NoticeForm(forms.Form):
    """The day before which the company must answer."""

    answer_before = DayField(
        label="Réponse attendue avant le",
        help_text="Le délai que prévoit le marché\u00a0; à défaut, un délai raisonnable.",
    )


class ReasonForm(forms.Form):
    """Why: read by the company, the service and the buyer."""

    reason = forms.CharField(
        label="Motif",
        help_text=f"L’entreprise, le service et l’acheteur le lisent. {REASON_LENGTH} caractères au plus.",
        max_length=REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Écrivez le motif, en une phrase au moins."},
    )
