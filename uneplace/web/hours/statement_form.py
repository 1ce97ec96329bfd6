"""The form of a statement: one row a person. What is wrong is said beside it; what was typed stays."""

from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.db import models

from uneplace.hours.actions import Declared
from uneplace.hours.models import MONTH_HOURS, Statement
from uneplace.hours.queries import Row
from uneplace.web.fields import HoursField

ZERO = Decimal(0)


class Fill(models.TextChoices):
    """What one tap writes in the rows, for whoever declares to read again and send."""

    PREVIOUS = "mois-dernier", "Comme le mois dernier"
    ZERO = "zero", "Personne n’a travaillé ce mois-ci"


class RowForm(forms.Form):
    """One person's month: hours, of which training, a tick when there are none, and a word."""

    hours = HoursField(label="Heures travaillées", max_hours=Decimal(MONTH_HOURS), required=False)
    absent = forms.BooleanField(label="Aucune heure ce mois-ci", required=False)
    training_hours = HoursField(
        label="dont heures de formation", max_hours=Decimal(MONTH_HOURS), required=False
    )
    comment = forms.CharField(label="Précision", max_length=300, required=False)

    def __init__(self, *args, row: Row, fill: str, **options):
        self.row = row
        options["initial"] = self.initial_of(row)
        super().__init__(*args, prefix=f"p{row.placement.pk}", **options)
        if fill:
            self.data = self.data | self._written(fill)
        hours, training = self.fields["hours"], self.fields["training_hours"]
        hours.widget.attrs |= {"data-hours": "", "data-last": hours.prepare_value(row.previous) or ""}
        training.widget.attrs["data-training"] = ""
        self.fields["absent"].widget.attrs["data-absent"] = ""
        if row.proposal is not None:
            hours.widget.attrs["data-proposal"] = hours.prepare_value(row.proposal)
            training.widget.attrs["data-proposal"] = hours.prepare_value(row.previous_training or None) or ""

    @staticmethod
    def initial_of(row: Row) -> dict:
        """What was kept, when something was."""
        if row.line is None:
            return {}
        return {
            "hours": row.line.hours,
            "absent": row.line.hours == 0,
            "training_hours": row.line.training_hours or None,
            "comment": row.line.comment,
        }

    def _written(self, fill: str) -> dict[str, str]:
        """The fields that one tap writes: those left empty alone: what was typed is never taken away."""
        hours, absent = self.add_prefix("hours"), self.add_prefix("absent")
        if self.data.get(hours, "").strip():
            return {absent: "on"} if fill == Fill.ZERO else {}
        if fill == Fill.ZERO:
            return {hours: "0", absent: "on"}
        if self.row.proposal is None or self.data.get(absent):
            return {}
        prepared = self.fields["hours"].prepare_value
        written = {
            hours: prepared(self.row.proposal),
            self.add_prefix("training_hours"): prepared(self.row.previous_training or None) or "",
        }
        return written if self.row.proposal else written | {absent: "on"}

    def clean_absent(self) -> bool:
        """No hours and hours at once is a slip, which only the declarant can put right."""
        absent, hours = self.cleaned_data["absent"], self.cleaned_data.get("hours")
        if absent and hours:
            raise ValidationError(
                "Des heures sont écrites aussi\u00a0: effacez-les, ou décochez cette case.", code="absent"
            )
        return absent

    def clean(self):
        """Training is part of the hours; nobody who was absent is left to fill."""
        cleaned = super().clean()
        if cleaned.get("absent"):
            cleaned["hours"] = ZERO
        hours, training = cleaned.get("hours"), cleaned.get("training_hours")
        if training and "hours" in cleaned and training > (hours or ZERO):
            self.add_error(
                "training_hours", "Les heures de formation sont comprises dans les heures travaillées."
            )
        return cleaned

    @property
    def state(self) -> str:
        """What the card says of its hours: « todo », « none », « same » as last month, « filled »."""
        hours = self._hours()
        if hours is None:
            return "todo"
        if hours == 0:
            return "none"
        return "same" if hours == self.row.previous else "filled"

    def _hours(self) -> Decimal | None:
        if self["absent"].value():
            return ZERO
        value = self["hours"].value()
        if not isinstance(value, str):
            return value
        try:
            return self.fields["hours"].clean(value)
        except ValidationError:
            return None

    @property
    def declared(self) -> Declared:
        """What the declarant says of this person's month."""
        return Declared(
            self.row.placement,
            self.cleaned_data["hours"],
            self.cleaned_data["training_hours"] or ZERO,
            self.cleaned_data["comment"],
        )


class StatementForm(forms.Form):
    """The whole statement: a row a person, a comment, and the version that the declarant was reading."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    over = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    """The version that somebody else kept meanwhile, read and written over."""
    comment = forms.CharField(
        label="Un mot pour le service",
        help_text="Par exemple : chantier arrêté la dernière semaine.",
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=2000,
        required=False,
    )

    def __init__(self, data=None, *, statement: Statement, rows: list[Row], fill: str = ""):
        data = data.dict() if data else None
        super().__init__(data, initial={"version": statement.version, "comment": statement.comment})
        self.statement = statement
        self.rows = [RowForm(data, row=row, fill=fill) for row in rows]

    def is_valid(self) -> bool:
        """The rows too."""
        wrong = [
            row for row in self.rows if not row.is_valid()
        ]  # each says what is wrong, not the first alone
        return super().is_valid() and not wrong

    @property
    def has_errors(self) -> bool:
        """Whether something, anywhere, is to be put right."""
        return bool(self.errors) or any(row.errors for row in self.rows)

    @property
    def to_correct(self) -> list[dict[str, str]]:
        """Every row's errors: whom they are about, the sentence, and the field that they lead to."""
        return [
            {
                "person": str(row.row.placement.participant),
                "message": message,
                "id": row[name].id_for_label,
            }
            for row in self.rows
            for name, messages in row.errors.items()
            for message in messages
        ]

    @property
    def version_read(self) -> int:
        """The version that what was typed stands on."""
        over = self.cleaned_data["over"]
        return self.cleaned_data["version"] if over is None else over

    @property
    def declared(self) -> list[Declared]:
        """What the declarant says, a person a line."""
        return [row.declared for row in self.rows]
