from decimal import Decimal

from django import forms

from uneplace.hours.actions import CHANGED_SINCE
from uneplace.hours.models import MONTH_HOURS, Placement, Statement
from uneplace.kit.periods import last_day, period
from uneplace.kit.refused import Refused
from uneplace.offers.models import Application, JobSheet
from uneplace.organisations.models import Capacity, Organisation, Partnership
from uneplace.web.fields import DayField, HoursField, clean_last_day
from uneplace.web.hours.allocation_forms import CommitmentField, ShareOfTimeField, commitments_open

KEY_DIGITS = 20


class AsReadForm(forms.Form):
    """An act on a statement as it was read: its version goes along."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)

    def clean(self):
        if self.cleaned_data.get("version") is None:
            self.add_error(None, CHANGED_SINCE)

    def again(self, statement: Statement, refusal: Refused) -> None:
        """Keep what was typed, to be sent again knowingly: over the statement as it is now."""
        now = Statement.objects.values_list("version", flat=True).get(pk=statement.pk)
        self.data = self.data.copy()
        self.data["version"] = now
        self.add_error(None, list(refusal.reasons))


class ReturnForm(AsReadForm):
    """What the declarant will read."""

    reason = forms.CharField(
        label="Ce qu’il faut corriger",
        help_text="Le déclarant lira cette phrase. Exemple : il manque les heures de la dernière semaine.",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=500,
        error_messages={"required": "Écrivez ce qu’il faut corriger."},
    )


class SplitForm(forms.Form):
    """A whole month of a work contract, whatever it worked for."""

    hours = HoursField(
        label="Heures travaillées dans le mois, tous marchés réunis",
        help_text="Comme vous les comptez\u00a0: 151,67, 151h40 ou 151:40.",
        max_hours=Decimal(MONTH_HOURS),
        error_messages={"required": "Écrivez les heures du mois, 0 s’il n’y en a pas."},
    )
    training_hours = HoursField(
        label="dont heures de formation", max_hours=Decimal(MONTH_HOURS), required=False
    )

    def clean(self):
        """Training is part of the hours."""
        cleaned = super().clean()
        hours, training = cleaned.get("hours"), cleaned.get("training_hours")
        if training and hours is not None and training > hours:
            self.add_error(
                "training_hours", "Les heures de formation sont comprises dans les heures travaillées."
            )
        return cleaned


class WholeForm(forms.Form):
    """All that was worked in a month, whatever it worked for, said again."""

    hours = HoursField(
        label="Heures travaillées dans le mois, tous marchés réunis",
        max_hours=Decimal(MONTH_HOURS),
        error_messages={"required": "Écrivez les heures du mois, 0 s’il n’y en a pas."},
    )
    read = forms.DecimalField(widget=forms.HiddenInput, localize=False)
    """The whole that was read: whoever corrects it meanwhile is not written over."""


class ReopenForm(AsReadForm):
    """Why a validated month is opened again: the companies read it, and so does the ledger."""

    reason = forms.CharField(
        label="Pourquoi rouvrir ce mois",
        help_text="L’entreprise et le déclarant liront cette phrase. Exemple\u00a0: deux jours sont déclarés "
        "deux fois.",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=300,
        error_messages={"required": "Écrivez pourquoi ce mois est rouvert."},
    )


class LinkForm(forms.Form):
    """Where a link is sent."""

    email = forms.EmailField(
        label="Adresse électronique du déclarant",
        help_text="Celle de quelqu’un que vous connaissez\u00a0: qui ouvre le lien déclare pour elle.",
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        max_length=254,
    )


class PlacementForm(forms.Form):
    """The work contract of a chosen person, as the employer signed it."""

    kind = forms.ChoiceField(label="Nature du contrat", choices=[("", "Choisir"), *Placement.Kind.choices])
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
    also = CommitmentField(
        label="Travaille aussi pour un autre marché",
        help_text="Si ses heures se partagent entre deux marchés dès le premier jour.",
        required=False,
    )
    also_share = ShareOfTimeField(label="Part du temps pour cet autre marché", required=False)
    exposed = forms.BooleanField(
        label="Le poste expose à un agent dangereux de l’article D4154-1 du code du travail",
        help_text="L’amiante, par exemple\u00a0: un CDD ou une mission d’intérim y est interdit.",
        required=False,
    )
    read = forms.CharField(widget=forms.HiddenInput, required=False)
    """The warnings that were shown: they are read once, then one may go on."""

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
        in_force = Partnership.objects.in_force().filter(service=sheet.service_id).values("organisation")
        others = Organisation.objects.able_to(Capacity.INSERTION_EMPLOYER).filter(pk__in=in_force)
        self.fields["employer"].queryset = (concerned | others).order_by("name", "pk")
        self.fields["declared_by"].queryset = (concerned | others).order_by("name", "pk")
        self.fields["also"].offer(commitments_open(sheet.service).exclude(pk=sheet.commitment_id))

    def clean(self):
        """A last day for whatever is not permanent, after the first."""
        cleaned = super().clean()
        start, end = cleaned.get("starts_on"), cleaned.get("ends_on")
        clean_last_day(start, end)
        kind = cleaned.get("kind")
        if kind == Placement.Kind.CDI and end:
            self.add_error("ends_on", "Un CDI n’a pas de dernier jour : effacez-le.")
        elif start and kind and kind != Placement.Kind.CDI and end is None and "ends_on" in cleaned:
            self.add_error("ends_on", "Indiquez le dernier jour ; seul un CDI n’en a pas.")
        if cleaned.get("also") and "also_share" in cleaned and cleaned["also_share"] is None:
            self.add_error("also_share", "Écrivez la part du temps pour cet autre marché, par exemple 50.")
        if "also" in cleaned and cleaned["also"] is None and cleaned.get("also_share"):
            self.add_error("also", "Choisissez l’autre marché, ou effacez sa part.")
        return cleaned

    @property
    def terms(self) -> dict:
        """What the action records."""
        data = self.cleaned_data
        names = ("kind", "modality", "employer", "declared_by", "job", "weekly_hours", "also", "also_share")
        return {name: data[name] for name in names} | {"period": period(data["starts_on"], data["ends_on"])}

    @property
    def legal_facts(self) -> dict:
        """What the law looks at."""
        names = ("employer", "kind", "modality", "period", "weekly_hours")
        return {name: self.terms[name] for name in names} | {"exposed": self.cleaned_data["exposed"]}


class LinesField(forms.TypedMultipleChoiceField):
    """The keys of the lines that are ticked; whether they still differ is the action's to say."""

    def valid_value(self, value: str) -> bool:
        """Whether it may be a key."""
        return value.isascii() and value.isdigit() and len(value) < KEY_DIGITS


class RecountForm(forms.Form):
    """Which validated lines are counted again, why; and what stands for the differences that were read."""

    lines = LinesField(coerce=int, required=False)

    reason = forms.CharField(
        label="Pourquoi ces heures sont recomptées",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Les entreprises le lisent\u00a0: n’y nommez ni personne, ni motif d’éligibilité.",
        error_messages={"required": "Écrivez pourquoi, par exemple « Avenant n° 2 du 3 mars »."},
    )
    shown = forms.CharField(widget=forms.HiddenInput, max_length=64)
