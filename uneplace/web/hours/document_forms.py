"""The file of a document that a clause asks for, and what the service answers."""

from django import forms

from uneplace.kit.uploads import CV_KINDS
from uneplace.web.fields import DayField
from uneplace.web.offers.people_forms import CvField


class DocumentForm(forms.Form):
    """The file of one document."""

    file = CvField(
        label="Le fichier",
        help_text=f"{CV_KINDS}. Un seul fichier\u00a0: réunissez les pages.",
        error_messages={"required": "Choisissez le fichier à envoyer."},
    )


class SeenForm(forms.Form):
    """A document seen and not kept."""

    dated_on = DayField(label="Date écrite sur la pièce", required=False, help_text="Si elle en porte une.")


class RefuseForm(forms.Form):
    """What the sender will read."""

    reason = forms.CharField(
        label="Ce qui ne va pas",
        help_text="L’expéditeur lira cette phrase. Exemple\u00a0: la feuille de mars n’est pas signée.",
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=500,
        error_messages={"required": "Écrivez ce qui ne va pas."},
    )


class WaiveForm(forms.Form):
    """Why nobody awaits it any more."""

    reason = forms.CharField(
        label="Pourquoi elle n’est plus attendue",
        help_text="Exemple\u00a0: pas de sous-traitance ce trimestre. N’y nommez personne.",
        max_length=300,
        error_messages={"required": "Écrivez pourquoi cette pièce n’est plus attendue."},
    )
