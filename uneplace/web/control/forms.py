"""What one writes in a case: a reminder, a letter, formal notice, relief and its answer, a difficulty."""

from decimal import Decimal

from django import forms

from uneplace.contracts.models import DutyChange
from uneplace.settlement.control_records import Difficulty
from uneplace.web.fields import DayField, HoursField
from uneplace.web.settlement.forms import REASON_LENGTH

MOST_HOURS = Decimal(99_999_999)
TEXT_LENGTH = 2000
NO_NAME = "N’y nommez aucune personne suivie."


def _text(label: str, help_text: str, *, required: bool, message: str = "", rows: int = 5) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=f"{help_text} {NO_NAME}",
        max_length=TEXT_LENGTH,
        required=required,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": message},
    )


class LetterForm(forms.Form):
    """What is written to the company, and the day before which it must answer."""

    text = _text(
        "Ce que vous écrivez",
        "Les chiffres du jour sont joints\u00a0: dites ce que vous attendez.",
        required=True,
        message="Écrivez ce que vous attendez de l’entreprise, en une phrase au moins.",
    )
    answer_before = DayField(label="Réponse attendue avant le", help_text="Laissez un délai raisonnable.")


class FormalForm(forms.Form):
    """Formal notice: the day before which the company must answer, and what the buyer adds."""

    answer_before = DayField(
        label="Réponse attendue avant le",
        help_text="Le délai que prévoit le marché\u00a0; à défaut, un délai raisonnable.",
    )
    text = _text("Ce que vous ajoutez", "Les chiffres du jour sont joints.", required=False, rows=4)


class AccountForm(forms.Form):
    """What the service adds to the account that it prepares for the buyer."""

    text = _text(
        "Ce que vous signalez à l’acheteur",
        "Les chiffres, les mois, les documents en retard et la suite des étapes sont joints.",
        required=False,
    )


class ReliefForm(forms.Form):
    """The hours that the service proposes not to hold against the company, and why."""

    hours = HoursField(
        label="Heures à exonérer",
        help_text="Celles pour lesquelles aucune solution n’a été trouvée avec l’entreprise.",
        max_hours=MOST_HOURS,
        error_messages={"required": "Indiquez les heures à exonérer."},
    )
    reason = forms.CharField(
        label="Motif",
        help_text="L’acheteur le lit maintenant, l’entreprise avec sa réponse. "
        f"{REASON_LENGTH} caractères au plus.",
        max_length=REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Écrivez le motif, en une phrase au moins."},
    )


class ReliefAnswerForm(forms.Form):
    """How many of the hours proposed the buyer grants, and why."""

    granted = HoursField(
        label="Heures accordées",
        help_text="Tout, une partie, ou 0 pour refuser.",
        max_hours=MOST_HOURS,
        error_messages={"required": "Indiquez les heures accordées, 0 pour refuser."},
    )
    answer = forms.CharField(
        label="Motif",
        help_text=f"L’entreprise et le service le lisent. {REASON_LENGTH} caractères au plus.",
        max_length=REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Écrivez le motif, en une phrase au moins."},
    )


class DifficultyForm(forms.Form):
    """What keeps the company from doing its hours, and what it asks for."""

    asked = forms.ChoiceField(
        label="Ce que vous demandez",
        choices=Difficulty.Asked.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez ce que vous demandez."},
    )
    reason = _text(
        "Ce qui vous empêche",
        "Chantier arrêté, sauvegarde, redressement, liquidation, travaux retirés… Le service et l’acheteur "
        "le lisent.",
        required=True,
        message="Écrivez ce qui vous empêche de faire ces heures, en une phrase au moins.",
    )
    since = DayField(label="Depuis le")
    until = DayField(
        label="Jusqu’au",
        help_text="Pour une suspension seulement\u00a0: son dernier jour.",
        required=False,
    )
    hours = HoursField(
        label="Heures que vous pouvez faire en tout",
        help_text="Pour une réduction seulement, celles déjà faites comprises.",
        max_hours=MOST_HOURS,
        required=False,
    )

    def __init__(self, *args, asks, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["asked"].choices = [(one.value, one.label) for one in asks]
        if Difficulty.Asked.REDUCTION not in asks:
            del self.fields["hours"]

    def clean(self) -> dict:
        """A suspension has a last day, a reduction its hours."""
        values = super().clean()
        asked, since, until = (values.get(name) for name in ("asked", "since", "until"))
        if asked == Difficulty.Asked.SUSPENSION and "until" in values:
            if until is None:
                self.add_error("until", "Indiquez le dernier jour de la suspension demandée.")
            elif since and until < since:
                self.add_error("until", "Le dernier jour doit venir après le premier.")
        if asked == Difficulty.Asked.REDUCTION and "hours" in values and values["hours"] is None:
            self.add_error("hours", "Indiquez les heures que vous pouvez faire.")
        return values


class AnswerForm(forms.Form):
    """What the service answers to a difficulty: the act that does it, or why nothing changes."""

    ACCEPT, DECLINE = "accept", "decline"
    outcome = forms.ChoiceField(
        label="Votre réponse",
        choices=[(ACCEPT, "Acceptée, par l’acte ci-dessous"), (DECLINE, "Non retenue")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez une réponse."},
    )
    act = forms.ModelChoiceField(
        label="L’acte de la clause",
        queryset=DutyChange.objects.none(),
        required=False,
        empty_label="Choisir un acte enregistré",
    )
    answer = forms.CharField(
        label="Ce que vous répondez",
        help_text=f"L’entreprise et l’acheteur le lisent. {REASON_LENGTH} caractères au plus.",
        max_length=REASON_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args, acts, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["act"].queryset = acts

    def clean(self) -> dict:
        """An acceptance names its act, a refusal says why."""
        values = super().clean()
        if values.get("outcome") == self.ACCEPT and "act" in values and values["act"] is None:
            self.add_error("act", "Choisissez l’acte qui fait ce que l’entreprise demande.")
        if values.get("outcome") == self.DECLINE and not values.get("answer"):
            self.add_error("answer", "Écrivez à l’entreprise pourquoi sa demande n’est pas retenue.")
        return values


class MeetingForm(forms.Form):
    """A meeting: when, who was there, what was decided."""

    held_on = DayField(label="Date de la réunion")
    attended = forms.CharField(
        label="Qui était là",
        help_text=f"Les organisations, et les fonctions si c’est utile. {NO_NAME}",
        max_length=300,
        error_messages={"required": "Écrivez qui était là."},
    )
    decided = _text(
        "Ce qui a été décidé",
        "L’entreprise et l’acheteur le lisent.",
        required=True,
        message="Écrivez ce qui a été décidé, en une phrase au moins.",
    )
