from collections.abc import Iterable
from datetime import datetime

from django import forms
from django.utils.dateparse import parse_datetime

from uneplace.offers.actions import Decision
from uneplace.offers.models import Agreement, Application
from uneplace.people.models import Means
from uneplace.web.fields import DayField

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


class DeclineForm(forms.Form):
    """A reason of the list, and a few words."""

    reason = forms.ChoiceField(label="Raison", choices=Reason.choices)
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
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data=None, *, application: Application, prefix: str | None = None):
        decided = dict(self.VERDICTS).get(application.status)
        self.application = application
        super().__init__(
            data,
            auto_id=f"c{application.pk}_%s",
            prefix=prefix,
            initial={
                "seen": _as_seen(application.shortlisted_at),
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

    @property
    def decision(self) -> Decision:
        """What the action takes; `seen` says which decision the page showed, when it says anything."""
        given = self.cleaned_data
        seen = given["seen"]
        return Decision(
            given["verdict"],
            given["reason"],
            given["decline_reason"],
            given["note"],
            was_read=bool(seen),
            read_at=None if seen in ("", UNDECIDED) else parse_datetime(seen),
        )

    def show_again(self, application: Application) -> None:
        """Say what is decided now, once it was read: what was typed may then be sent again."""
        self.data = {**self.data.dict(), self.add_prefix("seen"): _as_seen(application.shortlisted_at)}

    def clean_seen(self):
        """A moment, or that nothing was decided; anything else was not written by the page."""
        seen = self.cleaned_data["seen"]
        try:
            is_sound = seen in ("", UNDECIDED) or parse_datetime(seen) is not None
        except ValueError:
            is_sound = False
        if not is_sound:
            raise forms.ValidationError("Relisez ce dossier avant de décider.")
        return seen


class CommonDecisionForm(forms.Form):
    """A decision written once, to be applied to several files then edited in each."""

    verdict = forms.ChoiceField(
        label="La même décision pour tous", choices=PreselectForm.VERDICTS, widget=forms.RadioSelect
    )
    reason = forms.CharField(label="La même raison, en une phrase", max_length=300, required=False)
    decline_reason = forms.ChoiceField(label="La même raison, lue par chaque structure", required=False)
    note = forms.CharField(label="Précision", max_length=300, required=False)

    def __init__(self, data=None):
        super().__init__(data, prefix="commun", auto_id="commun_%s")
        self.fields["decline_reason"].choices = [
            ("", "Choisir"),
            *((one.value, one.label) for one in SERVICE_REASONS),
        ]


UNDECIDED = "a-decider"


def _as_seen(decided_at: datetime | None) -> str:
    return decided_at.isoformat() if decided_at else UNDECIDED


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
