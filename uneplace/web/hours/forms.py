from decimal import Decimal

from django import forms

from uneplace.hours.actions import Declared
from uneplace.hours.models import MONTH_HOURS, Placement, Statement
from uneplace.hours.queries import Row
from uneplace.kit.periods import last_day, period
from uneplace.offers.models import Application, JobSheet
from uneplace.organisations.models import Capacity, Organisation
from uneplace.web.fields import DayField, HoursField, clean_last_day

ZERO = Decimal(0)


class RowForm(forms.Form):
    """One person's month: hours, of which training, and a word."""

    hours = HoursField(label="Heures travaillées", max_hours=Decimal(MONTH_HOURS), required=False)
    training_hours = HoursField(
        label="dont heures de formation", max_hours=Decimal(MONTH_HOURS), required=False
    )
    comment = forms.CharField(label="Précision", max_length=300, required=False)

    def __init__(self, *args, row: Row, repeat: bool, **options):
        self.row = row
        options["initial"] = self.initial_of(row, repeat)
        super().__init__(*args, prefix=f"p{row.allocation.placement_id}", **options)
        self.fields["hours"].widget.attrs["data-hours"] = ""

    @staticmethod
    def initial_of(row: Row, repeat: bool) -> dict:
        """What was kept; else, when asked for, the hours of the month before."""
        if row.line is not None:
            return {
                "hours": row.line.hours,
                "training_hours": row.line.training_hours or None,
                "comment": row.line.comment,
            }
        return {"hours": row.previous} if repeat else {}

    def clean(self):
        """Training is part of the hours."""
        cleaned = super().clean()
        hours, training = cleaned.get("hours"), cleaned.get("training_hours")
        if training and training > (hours or ZERO):
            self.add_error(
                "training_hours", "Les heures de formation sont comprises dans les heures travaillées."
            )
        return cleaned

    @property
    def declared(self) -> Declared:
        """What the declarant says of this person's month."""
        return Declared(
            self.row.allocation.placement,
            self.cleaned_data["hours"],
            self.cleaned_data["training_hours"] or ZERO,
            self.cleaned_data["comment"],
        )


class StatementForm(forms.Form):
    """The whole statement: a row a person, a comment, and the version that the declarant was reading."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    comment = forms.CharField(
        label="Un mot pour le service",
        help_text="Par exemple : chantier arrêté la dernière semaine.",
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=2000,
        required=False,
    )

    def __init__(self, data=None, *, statement: Statement, rows: list[Row], repeat: bool = False):
        super().__init__(data, initial={"version": statement.version, "comment": statement.comment})
        self.rows = [RowForm(data, row=row, repeat=repeat) for row in rows]

    def is_valid(self) -> bool:
        """The rows too."""
        rows_are_valid = all(row.is_valid() for row in self.rows)
        return super().is_valid() and rows_are_valid

    @property
    def has_errors(self) -> bool:
        """Whether something, anywhere, is to be put right."""
        return bool(self.errors) or any(row.errors for row in self.rows)

    @property
    def declared(self) -> list[Declared]:
        """What the declarant says, a person a line."""
        return [row.declared for row in self.rows]


class ReturnForm(forms.Form):
    """What the declarant will read."""

    reason = forms.CharField(
        label="Ce qu’il faut corriger",
        help_text="Le déclarant lira cette phrase. Exemple : il manque les heures de la dernière semaine.",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=500,
        error_messages={"required": "Écrivez ce qu’il faut corriger."},
    )


class PlacementForm(forms.Form):
    """The work contract of a chosen person, as the employer signed it."""

    kind = forms.ChoiceField(label="Nature du contrat", choices=Placement.Kind.choices)
    modality = forms.ChoiceField(
        label="Modalité", choices=JobSheet.Modality.choices, widget=forms.RadioSelect
    )
    employer = forms.ModelChoiceField(
        label="Employeur",
        help_text="Celui qui signe le contrat de travail et le confirmera.",
        queryset=Organisation.objects.none(),
        empty_label=None,
    )
    declared_by = forms.ModelChoiceField(
        label="Qui déclare les heures",
        queryset=Organisation.objects.none(),
        empty_label=None,
    )
    job = forms.CharField(label="Poste", max_length=150)
    starts_on = DayField(label="Premier jour")
    ends_on = DayField(label="Dernier jour", help_text="Laissez vide pour un CDI.", required=False)
    weekly_hours = HoursField(label="Heures par semaine", help_text="Par exemple 35.", max_hours=Decimal(48))

    def __init__(self, data=None, *, application: Application):
        sheet = application.job_sheet
        company = sheet.commitment.company
        direct = sheet.modality in ("", JobSheet.Modality.DIRECT)
        lender = (
            application.organisation if application.organisation.can(Capacity.INSERTION_EMPLOYER) else None
        )
        employer = company if direct or lender is None else lender
        super().__init__(
            data,
            initial={
                "modality": sheet.modality or JobSheet.Modality.DIRECT,
                "employer": employer,
                "declared_by": employer,
                "job": sheet.title,
                "starts_on": sheet.period.lower,
                "ends_on": last_day(sheet.period),
                "weekly_hours": sheet.weekly_hours,
            },
        )
        concerned = Organisation.objects.filter(pk__in=[company.pk, *([lender.pk] if lender else [])])
        others = Organisation.objects.able_to(Capacity.INSERTION_EMPLOYER)
        self.fields["employer"].queryset = (concerned | others).order_by("name", "pk")
        self.fields["declared_by"].queryset = (concerned | others).order_by("name", "pk")

    def clean(self):
        """A last day for whatever is not permanent, after the first."""
        cleaned = super().clean()
        start, end = cleaned.get("starts_on"), cleaned.get("ends_on")
        clean_last_day(start, end)
        if start and end is None and "ends_on" in cleaned and cleaned.get("kind") != Placement.Kind.CDI:
            self.add_error("ends_on", "Indiquez le dernier jour ; seul un CDI n’en a pas.")
        return cleaned

    @property
    def terms(self) -> dict:
        """What the action records."""
        data = self.cleaned_data
        names = ("kind", "modality", "employer", "declared_by", "job", "weekly_hours")
        return {name: data[name] for name in names} | {"period": period(data["starts_on"], data["ends_on"])}
