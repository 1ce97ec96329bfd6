from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms

from uneplace.people.actions import ProofSeen, judge
from uneplace.people.models import EligibilityDecision, Participant
from uneplace.rules.eligibility import Eligibility, FactError, Ground, ProofState, Situation
from uneplace.web.fields import DayField
from uneplace.web.offers.people_forms import IdentityForm

YES_NO = [("", "Non renseigné"), ("oui", "Oui"), ("non", "Non")]
ALLOWANCES = [
    ("ASS", "Allocation de solidarité spécifique (ASS)"),
    ("AAH", "Allocation aux adultes handicapés (AAH)"),
    ("AI", "Allocation d’insertion ou pour demandeur d’asile"),
    ("AV", "Allocation veuvage"),
    ("INV", "Allocation ou pension d’invalidité"),
]
SUPPORTS = [
    ("", "Aucun, ou non renseigné"),
    ("PACEA", "PACEA"),
    ("CEJ", "Contrat d’engagement jeune"),
    ("SMA", "Service militaire adapté"),
    ("SMV", "Service militaire volontaire"),
]
OPINIONS = [
    ("", "Aucun"),
    ("FRANCE_TRAVAIL", "France Travail"),
    ("MAISON_EMPLOI", "Maison de l’emploi"),
    ("PLIE", "PLIE"),
    ("MISSION_LOCALE", "Mission locale"),
    ("CAP_EMPLOI", "Cap emploi"),
    ("MDPH", "MDPH"),
]
Verdict = EligibilityDecision.Status


class YesNoField(forms.TypedChoiceField):
    """Yes, no, or unknown (None)."""

    def __init__(self, **options):
        super().__init__(
            choices=YES_NO, coerce=lambda value: value == "oui", empty_value=None, required=False, **options
        )


@dataclass(frozen=True)
class GroundRow:
    """A ground that the situation meets, with the fields of its proof."""

    ground: Ground
    state: ProofState
    kind: forms.BoundField
    dated_on: forms.BoundField


class EligibilityForm(forms.Form):
    """What is known of a person, the proofs seen, and the facilitator's decision.

    A field left empty is unknown, and an unknown fact meets nothing. The proofs asked for are those of the
    grounds that the situation meets.
    """

    born_on = DayField(label="Date de naissance", required=False)
    job_seeker = YesNoField(label="En recherche d’emploi")
    registered_since = DayField(label="Inscrite ou inscrit à France Travail depuis le", required=False)
    months_worked_last_12 = forms.IntegerField(
        label="Mois travaillés sur les douze derniers", min_value=0, max_value=12, required=False
    )
    receives_rsa = YesNoField(label="Perçoit le RSA")
    allowances = forms.MultipleChoiceField(
        label="Autres allocations", choices=ALLOWANCES, widget=forms.CheckboxSelectMultiple, required=False
    )
    boeth = YesNoField(label="Reconnue ou reconnu travailleur handicapé, ou assimilé")
    diploma_level = forms.TypedChoiceField(
        label="Niveau de diplôme",
        choices=[("", "Non renseigné"), *Participant.Diploma.choices],
        coerce=int,
        empty_value=None,
        required=False,
    )
    left_school_on = DayField(label="Sortie d’études le", required=False)
    inactive_since = DayField(label="Sans activité depuis le", required=False)
    support = forms.ChoiceField(label="Accompagnement renforcé", choices=SUPPORTS, required=False)
    lives_in_qpv = YesNoField(label="Habite un quartier prioritaire (QPV)")
    refugee = YesNoField(label="Réfugiée ou réfugié, ou protection subsidiaire")
    motivated_opinion_by = forms.ChoiceField(label="Avis motivé de", choices=OPINIONS, required=False)
    followed_by = forms.MultipleChoiceField(
        label="Suivie ou suivi par une structure qui l’atteste",
        choices=[(ground.value, ground.label) for ground in Ground if ground.is_structure],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    verdict = forms.ChoiceField(
        label="Décision",
        choices=[
            (Verdict.ELIGIBLE.value, "Éligible"),
            (Verdict.TO_COMPLETE.value, "À compléter"),
            (Verdict.REFUSED.value, "Refusée"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez la décision."},
    )
    main_ground = forms.ChoiceField(label="Motif principal", required=False)
    reason = forms.CharField(
        label="Raison",
        help_text="Pour compléter ou refuser. La structure la lit\u00a0: n’y nommez pas le motif.",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, data=None, *, on: date, initial: dict[str, Any] | None = None):
        super().__init__(_with_kinds(data), initial=initial)
        self.on = on
        for ground in Ground:
            self.fields[f"kind_{ground}"] = forms.CharField(
                label="Justificatif vu",
                max_length=120,
                required=False,
            )
            self.fields[f"dated_{ground}"] = DayField(label="Daté du", required=False)
        self.fields["main_ground"].choices = [("", "Choisir"), *((one.value, one.label) for one in Ground)]
        self.result: Eligibility | None = None

    def clean(self):
        """The rule answers as soon as the facts make sense, whatever is still missing of the decision."""
        cleaned = super().clean()
        try:
            self.result = judge(self.situation, on=self.on, proofs=self.proofs)
        except FactError as error:
            self.add_error(error.fact if error.fact in self.fields else None, error.reason.capitalize())
        for ground in Ground:
            if (cleaned.get(f"dated_{ground}") or self.on) > self.on:
                self.add_error(f"dated_{ground}", "Un justificatif ne peut pas être daté dans l’avenir.")
        if cleaned.get("verdict") in (Verdict.TO_COMPLETE, Verdict.REFUSED) and not cleaned.get("reason"):
            self.add_error("reason", "Écrivez la raison\u00a0: la structure la lira.")
        return cleaned

    @property
    def situation(self) -> Situation:
        """The facts given; what is empty is unknown."""
        names = [name for name in Situation.__dataclass_fields__ if name in self.fields]
        given = {name: self.cleaned_data.get(name) for name in names}
        return Situation(**{name: value for name, value in given.items() if value not in ("", [], None)})

    @property
    def proofs(self) -> list[ProofSeen]:
        """The proofs of which a date was given."""
        given = self.cleaned_data
        return [
            ProofSeen(
                ground.value,
                given.get(f"kind_{ground}") or ground.accepted_proof[:120],
                given[f"dated_{ground}"],
            )
            for ground in Ground
            if given.get(f"dated_{ground}")
        ]

    @property
    def rows(self) -> list[GroundRow]:
        """The grounds met, each with the fields of its proof."""
        if self.result is None:
            return []
        return [
            GroundRow(met.ground, met.proof, self[f"kind_{met.ground}"], self[f"dated_{met.ground}"])
            for met in self.result.grounds
        ]

    @property
    def main_choices(self) -> list[tuple[str, str]]:
        """The grounds among which the main one is chosen: met and proved."""
        return [(row.ground.value, row.ground.label) for row in self.rows if row.state == ProofState.OK]


def _with_kinds(data):
    """The proof that each ground usually asks for, until something else is typed."""
    if data is None:
        return None
    data = data.copy()
    for ground in Ground:
        data.setdefault(f"kind_{ground}", ground.accepted_proof.split(",")[0][:120])
    return data


class CorrectForm(IdentityForm):
    """Identity and means of contact of somebody known."""

    address = forms.CharField(label="Adresse", max_length=200, required=False)

    def __init__(self, data=None, *, participant: Participant):
        names = [*IdentityForm.base_fields, "address"]
        super().__init__(data, initial={name: getattr(participant, name) for name in names})

    @property
    def identity(self) -> dict[str, Any]:
        return {**super().identity, "address": self.cleaned_data["address"]}
