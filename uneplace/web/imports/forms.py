"""From text to values: the file, what its columns hold, the choices that it leaves open."""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError

from uneplace.hours.imports.columns import Column, Headings
from uneplace.hours.imports.perms import senders_for, services_for
from uneplace.hours.imports.queries import Question
from uneplace.hours.imports.values import month_of
from uneplace.hours.models import ImportDoubt
from uneplace.kit.spreadsheets import KINDS, MOST_BYTES
from uneplace.organisations.actor import Actor
from uneplace.organisations.models import Organisation

SEVERAL = "Plusieurs déclarants, ou le service"


class UploadForm(forms.Form):
    """The file, whose it is, and in which service's file it goes."""

    service = forms.ModelChoiceField(
        label="Service facilitateur", queryset=Organisation.objects.none(), empty_label=None
    )
    sender = forms.ModelChoiceField(
        label="Qui a fait ce fichier",
        help_text="Ses colonnes seront reconnues la prochaine fois.",
        queryset=Organisation.objects.none(),
        empty_label=SEVERAL,
        required=False,
    )
    file = forms.FileField(
        label="Fichier d’heures",
        help_text=f"{KINDS}. Une ligne par personne et par mois.",
        max_length=200,
        error_messages={
            "required": "Choisissez le fichier à importer.",
            "empty": "Ce fichier est vide. Vérifiez-le, puis choisissez-le de nouveau.",
            "invalid": "Choisissez le fichier à importer.",
        },
    )

    def __init__(self, *args, actor: Actor, **options):
        super().__init__(*args, **options)
        self.actor = actor
        services = services_for(actor)
        self.fields["service"].queryset = services
        self.fields["sender"].queryset = senders_for(actor)
        if len(services) == 1:
            self.fields["service"].required = False
            self.fields["service"].widget = forms.HiddenInput()
        if not actor.is_facilitator:
            self.fields["sender"].widget = forms.HiddenInput()

    def clean_file(self):
        """Of a size that is read."""
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise ValidationError(f"Ce fichier est trop lourd\u00a0: {KINDS}.")
        return file

    @property
    def service_chosen(self) -> Organisation:
        """The one chosen, or the only one."""
        return self.cleaned_data["service"] or self.fields["service"].queryset.get()

    @property
    def sender_chosen(self) -> Organisation:
        """Whose file it is; the service's own when it is of several declarants."""
        if not self.actor.is_facilitator:
            return self.actor.organisation
        return self.cleaned_data["sender"] or self.service_chosen


class MonthField(forms.CharField):
    """A month, chosen in the browser's calendar or typed."""

    widget = forms.TextInput(attrs={"type": "month"})

    def clean(self, value: str) -> date | None:
        """Its first day."""
        text = super().clean(value)
        if not text:
            return None
        try:
            return month_of(text)
        except ValueError as error:
            raise ValidationError(str(error), code="month")


class ColumnsForm(forms.Form):
    """What each column of a file holds; a column left out is not read."""

    month = MonthField(
        label="Mois de tout le fichier",
        help_text="Seulement si aucune colonne ne tient le mois.",
        required=False,
        max_length=30,
    )

    def __init__(self, data=None, *, headings: Headings, columns: dict[str, int], month: date | None):
        super().__init__(data, initial={"month": month and f"{month:%Y-%m}"})
        self.headings = headings
        kinds = {int(rank): kind for kind, rank in columns.items()}
        for column in headings.columns:
            self.fields[f"c{column.rank}"] = forms.ChoiceField(
                label=f"Ce que tient « {column.name} »",
                choices=[("", "Ne pas lire"), *Column.choices],
                initial=kinds.get(column.rank, ""),
                required=False,
            )

    @property
    def rows(self) -> list[tuple]:
        """Each column with its choice."""
        return [(column, self[f"c{column.rank}"]) for column in self.headings.columns]

    def clean(self):
        """One column for each thing."""
        cleaned = super().clean()
        seen: dict[str, str] = {}
        for column in self.headings.columns:
            kind = cleaned.get(f"c{column.rank}")
            if kind and kind in seen:
                self.add_error(
                    f"c{column.rank}", f"« {Column(kind).label} » est déjà la colonne « {seen[kind]} »."
                )
            elif kind:
                seen[kind] = column.name
        return cleaned

    @property
    def told(self) -> dict[str, int]:
        """The column (its rank) of each thing."""
        found = {column.rank: self.cleaned_data.get(f"c{column.rank}") for column in self.headings.columns}
        return {kind: rank for rank, kind in found.items() if kind}


class DoubtForm(forms.Form):
    """Whose hours a name means, among those that it may mean; or nobody's."""

    answer = forms.TypedChoiceField(coerce=int, required=False, empty_value=None)

    def __init__(self, data=None, *, question: Question):
        super().__init__(data, prefix=f"d{question.doubt.pk}")
        self.question = question
        ranks = [candidate.rank for candidate in question.candidates]
        self.fields["answer"].choices = [(rank, rank) for rank in (*ranks, ImportDoubt.NOBODY)]


class AcceptForm(forms.Form):
    """What was read on the page, and whether whole statements leave at once."""

    shown = forms.CharField(widget=forms.HiddenInput, max_length=80)
    sends = forms.BooleanField(label="Envoyer au service les relevés complets", required=False)
