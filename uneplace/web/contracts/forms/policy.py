"""What a clause counts, which documents it awaits, what a miss costs: the fields, wherever they are asked."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from uneplace.contracts.actions import Act
from uneplace.contracts.models.policy import OTHER_DOCUMENTS, Every, PolicyColumns
from uneplace.contracts.policy import PolicyTerms
from uneplace.rules.calendar import calendars
from uneplace.rules.grounds import Ground
from uneplace.rules.policy_terms import COUNTING, DOCUMENTS, MODALITIES, PENALTIES, TERMS
from uneplace.web.contracts.fields import EurosField, ShareField
from uneplace.web.fields import DayField
from uneplace.web.shared_forms import SharedForm

DAY = "Écrivez un jour entre 1 et 28, par exemple 12."
DAYS = "Écrivez un nombre de jours entre 0 et 365, par exemple 0."
NOT_ASKED = [("", "Non demandé")]


def _whole(
    label: str, hint: str, sentence: str, least: int, most: int, *, required: bool
) -> forms.IntegerField:
    errors = dict.fromkeys(("required", "invalid", "min_value", "max_value"), sentence)
    return forms.IntegerField(
        label=label,
        help_text=hint,
        required=required,
        min_value=least,
        max_value=most,
        error_messages=errors,
    )


def _months(label: str, hint: str) -> forms.IntegerField:
    return _whole(label, hint, "Écrivez un nombre de mois entre 1 et 120, ou rien.", 1, 120, required=False)


def _due_day(label: str, *, required: bool = False) -> forms.IntegerField:
    hint = "Du mois suivant, entre 1 et 28."
    return _whole(label, hint, DAY, 1, 28, required=required)


def _every(label: str, *, asked: bool = False) -> forms.TypedChoiceField:
    choices = list(Every.choices) if asked else NOT_ASKED + list(Every.choices)
    return forms.TypedChoiceField(label=label, choices=choices, required=asked, coerce=int, empty_value=None)


def _euros(label: str, example: str) -> EurosField:
    return EurosField(
        label=label,
        required=False,
        most=999_999,
        help_text=f"Si le marché en prévoit une. Par exemple {example}.",
    )


class PolicyFields(forms.Form):
    """Every term of a policy, by the names of `rules.policy_terms`."""

    window_months = _months(
        "Durée de comptage d’une personne", "En mois, depuis son premier contrat. Vide\u00a0: sans limite."
    )
    window_scope = forms.ChoiceField(
        label="Cette durée s’ouvre", choices=PolicyColumns.WindowScope.choices, widget=forms.RadioSelect
    )
    renewal_months = _whole(
        "Nouvelle durée, sur une décision prise",
        "En mois avant la fin de la précédente. D’ordinaire 3.",
        "Écrivez un nombre de mois entre 0 et 24, par exemple 3.",
        0,
        24,
        required=True,
    )
    permanent_window_months = _months("Durée de comptage d’un CDI", "En mois. Vide\u00a0: sans limite.")
    permanent_window_from = forms.ChoiceField(
        label="La durée d’un CDI part", choices=PolicyColumns.WindowFrom.choices, widget=forms.RadioSelect
    )
    work_study_window_months = _months(
        "Durée de comptage d’une alternance", "En mois. Vide\u00a0: tout le contrat d’alternance."
    )
    training = forms.ChoiceField(label="Heures de formation", choices=PolicyColumns.Training.choices)
    training_cap_share = ShareField(
        label="Part de formation comptée", required=False, help_text="Si elle est limitée. Par exemple 25."
    )
    accepted_modalities = forms.MultipleChoiceField(
        label="Modalités admises",
        required=False,
        choices=[(code, word[:1].upper() + word[1:]) for code, word in MODALITIES.items()],
        widget=forms.CheckboxSelectMultiple,
        help_text="Aucune case cochée\u00a0: toutes sont admises.",
    )
    accepted_grounds = forms.MultipleChoiceField(
        label="Publics admis",
        required=False,
        choices=[(ground.value, ground.label) for ground in Ground],
        widget=forms.CheckboxSelectMultiple,
        help_text="Aucune case cochée\u00a0: tous les publics de la clause sociale.",
    )
    late_decision_days = _whole(
        "Retard admis de la décision d’éligibilité",
        "En jours après l’embauche. D’ordinaire 0\u00a0: la décision vient avant.",
        DAYS,
        0,
        365,
        required=True,
    )
    holiday_zone = forms.ChoiceField(label="Jours fériés", choices=[(zone, zone) for zone in calendars()])

    statement_every = _every("Relevé d’heures", asked=True)
    statement_due_day = _due_day("Relevé attendu avant le", required=True)
    forecast_every = _every("Prévisionnel des embauches")
    forecast_due_day = _due_day("Prévisionnel attendu avant le")
    certificate_every = _every("Attestation de sous-traitance d’insertion")
    certificate_due_day = _due_day("Attestation attendue avant le")
    proof_every = _every("Justificatif des heures")
    proof_due_day = _due_day("Justificatif attendu avant le")

    penalty_rate = _euros("Pénalité par heure manquante", "50")
    penalty_document_day = _euros("Pénalité par jour de retard d’un document", "100")
    penalty_per_document = forms.BooleanField(
        label="Plusieurs documents en retard le même jour comptent chacun", required=False
    )
    penalty_days_from_notice = forms.BooleanField(
        label="Les jours de retard ne comptent qu’à partir de la mise en demeure", required=False
    )
    penalty_action = _euros("Pénalité par action manquée", "500")
    penalty_requires_notice = forms.BooleanField(label="Aucune pénalité sans mise en demeure", required=False)

    def clean(self) -> dict[str, Any]:
        """A limit of training has its share; a document that is asked has its day."""
        facts = super().clean()
        capped = facts.get("training") == PolicyColumns.Training.CAPPED
        if capped and facts.get("training_cap_share") is None and "training_cap_share" not in self.errors:
            self.add_error("training_cap_share", "Écrivez la part de formation comptée, par exemple 25.")
        for document in OTHER_DOCUMENTS:
            every, day = f"{document}_every", f"{document}_due_day"
            if facts.get(every) and facts.get(day) is None and day not in self.errors:
                self.add_error(day, DAY)
        return facts

    @property
    def policy(self) -> dict[str, Any]:
        """The terms, once the form is valid; what is written for a choice not made is left aside."""
        facts: dict[str, Any] = {name: self.cleaned_data[name] for name in TERMS}
        if facts["training"] != PolicyColumns.Training.CAPPED:
            facts["training_cap_share"] = None
        for name in ("accepted_grounds", "accepted_modalities"):
            facts[name] = facts[name] or None
        for document in OTHER_DOCUMENTS:
            if facts[f"{document}_every"] is None:
                facts[f"{document}_due_day"] = None
        return facts

    @property
    def terms_of_policy(self) -> PolicyTerms:
        """The same, as the actions take it."""
        return PolicyTerms(**self.policy)

    def _opens(self, names: Iterable[str]) -> bool:
        return any(name in self.errors for name in names)

    @property
    def opens_counting(self) -> bool:
        """Whether something of « Ce qui compte » is to be reread."""
        return self._opens(COUNTING)

    @property
    def opens_documents(self) -> bool:
        """Whether something of the documents is to be reread."""
        return self._opens(DOCUMENTS)

    @property
    def opens_penalties(self) -> bool:
        """Whether something of the penalties is to be reread."""
        return self._opens(PENALTIES)


class AmendmentForm(SharedForm, PolicyFields):
    """The act by which a validated clause changes, and what it then says."""

    reference = forms.CharField(
        label="Acte",
        max_length=120,
        help_text="Par exemple « Avenant n° 2 ».",
        error_messages={"required": "Nommez l’acte, par exemple « Avenant n° 2 »."},
    )
    signed_on = DayField(label="Signé le")
    applies_on = DayField(
        label="S’applique à partir du", help_text="Au premier jour d’un mois, ce mois change aussi."
    )
    reason = forms.CharField(
        label="Motif",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="L’acheteur et les entreprises le lisent\u00a0: n’y nommez personne.",
        error_messages={"required": "Écrivez pourquoi la clause change."},
    )
    ends_on = DayField(label="Dernier jour de l’exécution")
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    @property
    def act(self) -> Act:
        """The act, once the form is valid."""
        facts = self.cleaned_data
        return Act(
            reference=facts["reference"],
            signed_on=facts["signed_on"],
            applies_on=facts["applies_on"],
            reason=facts["reason"],
        )


class ServicePolicyForm(SharedForm, PolicyFields):
    """What a service proposes for its next clauses, and from when."""

    applies_on = DayField(label="S’applique à partir du", help_text="Aujourd’hui, ou un jour à venir.")
    read = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


def typed_in(form: forms.Form) -> dict[str, Any]:
    """What was typed in a bound form, field by field, to be shown again without judging it yet."""
    return {
        name: field.widget.value_from_datadict(form.data, form.files, form.add_prefix(name))
        for name, field in form.fields.items()
    }


def differences(form: PolicyFields, model: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The terms shown that are not those of the model, each with what the model says."""
    found = []
    for name, term in TERMS.items():
        try:
            value = form.fields[name].clean(form[name].value())
        except forms.ValidationError:
            continue
        if _said(value) != _said(model[name]):
            found.append((term.label, term.say(model[name])))
    return found


def _said(value: Any) -> Any:
    return None if value in ("", []) else value
