from datetime import date

from django import forms

from uneplace.people.models import Means
from uneplace.rights.models import RightsRequest
from uneplace.web.fields import DayField

Kind = RightsRequest.Kind
GRANT, REFUSE = "oui", "non"
# What granting each right does, in the words of the choice.
GRANTED = {
    Kind.ACCESS: "Oui, les données lui ont été remises",
    Kind.CORRECTION: "Oui, la fiche est corrigée",
    Kind.ERASURE: "Oui, effacer ce qui peut l’être",
    Kind.OBJECTION: "Oui, ne plus rien transmettre",
    Kind.LIMITATION: "Oui, ne plus rien transmettre",
}


class RequestForm(forms.Form):
    """What a person asked, when and how."""

    kind = forms.ChoiceField(
        label="Ce que la personne demande",
        choices=Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez ce que la personne demande."},
    )
    asked_by = forms.ChoiceField(
        label="Qui le demande", choices=RightsRequest.AskedBy.choices, initial=RightsRequest.AskedBy.PERSON
    )
    asked_on = DayField(label="Date de la demande")
    means = forms.ChoiceField(label="Moyen", choices=Means.choices)
    note = forms.CharField(
        label="Précisions",
        help_text="Par exemple ce qui est à corriger. Rien d’intime.",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class AnswerForm(forms.Form):
    """What is answered to the person."""

    verdict = forms.ChoiceField(
        label="Réponse", widget=forms.RadioSelect, error_messages={"required": "Choisissez la réponse."}
    )
    reason = forms.CharField(
        label="Ce qui est dit à la personne",
        help_text="Ce qui a été fait, ou pourquoi c’est refusé. La personne peut le lire.",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Écrivez ce qui est dit à la personne."},
    )

    def __init__(self, data=None, *, request: RightsRequest):
        super().__init__(data)
        self.fields["verdict"].choices = [
            (GRANT, GRANTED[Kind(request.kind)]),
            (REFUSE, "Non, avec la raison"),
        ]


class KeepForm(forms.Form):
    """Until when a file is kept, and why."""

    until = DayField(label="Garder jusqu’au", help_text="Deux ans de plus au plus.")
    reason = forms.CharField(
        label="Pourquoi",
        help_text="Par exemple\u00a0: un litige en cours, une reprise d’accompagnement prévue.",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Écrivez pourquoi ce dossier est gardé."},
    )

    def __init__(self, data=None, *, initial_day: date | None = None):
        super().__init__(data, initial={"until": initial_day})
