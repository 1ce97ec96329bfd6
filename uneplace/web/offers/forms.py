from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.timezone import get_current_timezone, make_aware

from uneplace.contracts.models import Commitment
from uneplace.kit.periods import last_day, period
from uneplace.offers.models import Agreement, Application, Criterion, JobSheet
from uneplace.organisations.models import Capacity, Organisation
from uneplace.organisations.queries import partners_of
from uneplace.people.models import Means
from uneplace.web.fields import DayField, HoursField, clean_last_day
from uneplace.web.reference.fields import CommuneField, RomeField

MOST_CRITERIA = 8
LONGEST_CRITERION = 150
LEGAL_WEEK = Decimal(48)

Reason = Application.DeclineReason
# What each of the three may answer: the others' words would not be true in their mouth.
COMPANY_REASONS = [
    Reason.SKILLS,
    Reason.OTHER_CANDIDATE,
    Reason.UNREACHABLE,
    Reason.ABSENT,
    Reason.NOT_AVAILABLE,
    Reason.NOT_INTERESTED,
    Reason.NO_RECRUITMENT,
    Reason.OTHER,
]
SERVICE_REASONS = [
    Reason.NOT_AVAILABLE,
    Reason.NOT_MOBILE,
    Reason.SKILLS,
    Reason.OTHER_CANDIDATE,
    Reason.UNREACHABLE,
    Reason.IN_JOB,
    Reason.IN_TRAINING,
    Reason.NOT_INTERESTED,
    Reason.NO_RECRUITMENT,
    Reason.OTHER,
]
STRUCTURE_REASONS = [
    Reason.IN_JOB,
    Reason.IN_TRAINING,
    Reason.NOT_AVAILABLE,
    Reason.NOT_INTERESTED,
    Reason.NOT_MOBILE,
    Reason.UNREACHABLE,
    Reason.OTHER,
]


class CriteriaField(forms.CharField):
    """Criteria, one a line; its value is the list of lines that say something."""

    widget = forms.Textarea(attrs={"rows": 4})

    def to_python(self, value: Any) -> list[str]:
        """Each line, without the empty ones."""
        return [" ".join(line.split()) for line in (value or "").splitlines() if line.strip()]

    def validate(self, value: list[str]) -> None:
        """A few short criteria: beyond, nobody reads them."""
        super().validate(value)
        if len(value) > MOST_CRITERIA:
            raise ValidationError(f"Gardez {MOST_CRITERIA} critères au plus, un par ligne.")
        for line in value:
            if len(line) > LONGEST_CRITERION:
                raise ValidationError(
                    f"«\u00a0{line[:40]}…\u00a0» est trop long\u00a0: {LONGEST_CRITERION} signes au plus."
                )


class SheetForm(forms.Form):
    """The job that service and company define together."""

    commitment = forms.ModelChoiceField(Commitment.objects.none(), label="Marché et entreprise")
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    title = forms.CharField(
        label="Intitulé du poste",
        help_text="Par exemple\u00a0: aide-maçonne ou aide-maçon.",
        max_length=150,
    )
    rome = RomeField(
        label="Métier", help_text="Le code ou le nom du métier au ROME, par exemple F1703 ou maçon."
    )
    posts = forms.IntegerField(label="Nombre de postes", min_value=1, max_value=200, initial=1)
    commune = CommuneField(
        label="Lieu de travail", help_text="La commune, avec son code postal si plusieurs ont ce nom."
    )
    starts_on = DayField(label="Premier jour")
    ends_on = DayField(label="Dernier jour", help_text="Vide pour un CDI.", required=False)
    weekly_hours = HoursField(label="Heures par semaine", max_hours=LEGAL_WEEK, initial=Decimal(35))
    modality = forms.ChoiceField(
        label="Modalité souhaitée",
        choices=[("", "À décider avec l’entreprise"), *JobSheet.Modality.choices],
        required=False,
    )
    tasks = forms.CharField(
        label="Missions",
        help_text="Ce que la personne fera, les horaires, l’accès sans voiture.",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=3000,
        required=False,
    )
    hard = CriteriaField(
        label="Critères indispensables",
        help_text="Un par ligne. L’éligibilité à la clause est toujours demandée, sans l’écrire.",
        required=False,
    )
    soft = CriteriaField(label="Critères souhaités", help_text="Un par ligne.", required=False)
    apply_before = DayField(label="Candidatures attendues avant le", required=False)

    def __init__(self, data=None, *, commitments=None, sheet: JobSheet | None = None, commitment_id=None):
        super().__init__(data, initial=_initial_of(sheet) if sheet else {"commitment": commitment_id})
        if sheet is not None:
            del self.fields["commitment"]
            return
        del self.fields["revision"]
        choice = self.fields["commitment"]
        choice.queryset = commitments
        choice.empty_label = "Choisir"
        choice.label_from_instance = lambda row: f"{row.company}, {row.clause.lot.contract}"

    def clean_weekly_hours(self):
        """A job has hours."""
        hours = self.cleaned_data["weekly_hours"]
        if not hours:
            raise ValidationError("Écrivez un nombre d’heures entre 1 et 48, par exemple 35.")
        return hours

    def clean(self):
        """The last day comes after the first; applications are awaited before the job starts."""
        cleaned = super().clean()
        try:
            clean_last_day(cleaned.get("starts_on"), cleaned.get("ends_on"))
        except ValidationError as error:
            self.add_error("ends_on", error)
        before, start = cleaned.get("apply_before"), cleaned.get("starts_on")
        if before and start and before > start:
            self.add_error("apply_before", "Choisissez une date avant le premier jour du contrat.")
        return cleaned

    @property
    def terms(self) -> dict[str, Any]:
        """What the actions take."""
        given = self.cleaned_data
        names = ["title", "rome", "posts", "commune", "weekly_hours", "modality", "tasks", "apply_before"]
        return {name: given[name] for name in names} | {
            "period": period(given["starts_on"], given["ends_on"]),
            "hard": given["hard"],
            "soft": given["soft"],
        }


def _initial_of(sheet: JobSheet) -> dict[str, Any]:
    texts = {Criterion.Weight.HARD: [], Criterion.Weight.SOFT: []}
    for criterion in sheet.criteria.all():
        texts[criterion.weight].append(criterion.text)
    same = [
        "title",
        "posts",
        "weekly_hours",
        "modality",
        "tasks",
        "apply_before",
        "revision",
        "rome",
        "commune",
    ]
    return {name: getattr(sheet, name) for name in same} | {
        "starts_on": sheet.period.lower,
        "ends_on": last_day(sheet.period),
        "hard": "\n".join(texts[Criterion.Weight.HARD]),
        "soft": "\n".join(texts[Criterion.Weight.SOFT]),
    }


class StructuresField(forms.ModelMultipleChoiceField):
    """Structures of one capacity, each with its town."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, organisation: Organisation) -> str:
        """« Cap Lanterne Intérim, Falaise »."""
        return f"{organisation}, {organisation.commune.name}" if organisation.commune else str(organisation)


class PublishForm(forms.Form):
    """To whom a job sheet is sent."""

    employers = StructuresField(Organisation.objects.none(), label="Structures d’insertion", required=False)
    referrers = StructuresField(Organisation.objects.none(), label="Prescripteurs", required=False)

    def __init__(self, data=None, *, sheet: JobSheet):
        super().__init__(data)
        admitted = Organisation.objects.filter(
            pk__in=partners_of(sheet.service).order_by().values("organisation")
        )
        free = admitted.exclude(diffusions__job_sheet=sheet).select_related("commune")
        employers = free.able_to(Capacity.INSERTION_EMPLOYER).order_by("name", "pk")
        self.fields["employers"].queryset = employers
        self.fields["referrers"].queryset = (
            free.able_to(Capacity.REFERRER)
            .exclude(capacities__contains=[Capacity.INSERTION_EMPLOYER])
            .order_by("name", "pk")
        )

    def clean(self):
        """Somebody at least."""
        cleaned = super().clean()
        if not self.errors and not self.chosen:
            raise ValidationError("Choisissez au moins une structure ou un prescripteur.")
        return cleaned

    @property
    def chosen(self) -> list[Organisation]:
        return [*self.cleaned_data.get("employers", []), *self.cleaned_data.get("referrers", [])]


class CloseForm(forms.Form):
    """Why a job sheet is closed."""

    reason = forms.CharField(
        label="Pourquoi la fiche est close",
        help_text="Les structures le liront. Par exemple\u00a0: le chantier est reporté d’un an.",
        max_length=300,
    )


class DeclineForm(forms.Form):
    """A reason of the list, and a few words."""

    reason = forms.ChoiceField(label="Raison")
    note = forms.CharField(
        label="Précision",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, data=None, *, reasons: Iterable[Reason], reader: str):
        super().__init__(data)
        self.fields["reason"].choices = [("", "Choisir"), *((one.value, one.label) for one in reasons)]
        self.fields["reason"].error_messages["required"] = "Choisissez la raison dans la liste."
        self.fields["note"].help_text = f"{reader} la lira."

    def clean(self):
        """Another reason is written."""
        cleaned = super().clean()
        if cleaned.get("reason") == Reason.OTHER and not cleaned.get("note"):
            self.add_error("note", "Précisez la raison en quelques mots.")
        return cleaned


class PreselectForm(forms.Form):
    """Keep, hold or discard one file, each time with a reason."""

    VERDICTS = [
        (Application.Status.SHORTLISTED.value, "Retenir"),
        (Application.Status.ON_HOLD.value, "Réserve"),
        (Application.Status.DECLINED.value, "Écarter"),
    ]

    verdict = forms.ChoiceField(
        label="Votre décision",
        choices=VERDICTS,
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez de retenir, de mettre en réserve ou d’écarter."},
    )
    reason = forms.CharField(label="Votre raison, en une phrase", max_length=300, required=False)
    decline_reason = forms.ChoiceField(label="Raison", required=False)
    note = forms.CharField(label="Précision", max_length=300, required=False)

    def __init__(self, data=None, *, application: Application):
        decided = dict(self.VERDICTS).get(application.status)
        super().__init__(
            data,
            auto_id=f"c{application.pk}_%s",
            initial={
                "verdict": application.status if decided else None,
                "reason": application.shortlist_reason,
                "decline_reason": application.decline_reason,
                "note": application.decline_note,
            },
        )
        self.fields["decline_reason"].label = f"Raison, lue par {application.organisation}"
        self.fields["decline_reason"].choices = [
            ("", "Choisir"),
            *((one.value, one.label) for one in SERVICE_REASONS),
        ]

    def clean(self):
        """A reason that fits the decision."""
        cleaned = super().clean()
        verdict = cleaned.get("verdict")
        if verdict == Application.Status.DECLINED:
            if not cleaned.get("decline_reason"):
                self.add_error("decline_reason", "Choisissez la raison dans la liste.")
            elif cleaned["decline_reason"] == Reason.OTHER and not cleaned.get("note"):
                self.add_error("note", "Précisez la raison en quelques mots.")
        elif verdict and not cleaned.get("reason"):
            self.add_error("reason", "Écrivez la raison de votre choix, en une phrase.")
        return cleaned


class MeetingForm(forms.Form):
    """When and where the company proposes to meet."""

    day = DayField(label="Jour")
    hour = forms.TimeField(
        label="Heure",
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": "Écrivez une heure comme 9:30.", "required": "Indiquez l’heure."},
    )
    place = forms.CharField(
        label="Lieu", help_text="L’adresse, et la personne à demander.", max_length=200, required=False
    )

    @property
    def meeting_at(self) -> datetime:
        """The moment, in Paris."""
        naive = datetime.combine(self.cleaned_data["day"], self.cleaned_data["hour"])
        return make_aware(naive, get_current_timezone())


class AgreementForm(forms.Form):
    """The person's answer to the transmission, when and how it was given."""

    answer = forms.ChoiceField(
        label="La personne est-elle d’accord pour que son dossier soit transmis à l’entreprise\u00a0?",
        choices=[(Agreement.Answer.GIVEN.value, "Oui"), (Agreement.Answer.REFUSED.value, "Non")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez oui ou non."},
    )
    given_on = DayField(label="Le")
    means = forms.ChoiceField(label="Comment", choices=[("", "Choisir"), *Means.choices])
