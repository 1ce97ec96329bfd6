from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.files import File

from uneplace.kit.uploads import CV_KINDS
from uneplace.people.actions import ProofSeen, judge, mark_of
from uneplace.people.models import EligibilityDecision, Participant
from uneplace.people.requests import ProofSent
from uneplace.rules.eligibility import Eligibility, FactError, Ground, ProofMonths, ProofState, Situation
from uneplace.web.fields import DayField
from uneplace.web.offers.people_forms import CvField, IdentityForm
from uneplace.web.shared_forms import SharedForm

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
    proof_file = CvField(
        label="Le fichier du justificatif",
        help_text=f"Si vous devez le garder\u00a0; l’avoir vu suffit. {CV_KINDS}.",
        required=False,
    )
    reason = forms.CharField(
        label="Raison",
        help_text="Pour compléter ou refuser. La structure la lit\u00a0: n’y nommez pas le motif.",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(
        self,
        data=None,
        files=None,
        *,
        on: date,
        proof_months: ProofMonths | None = None,
        initial: dict[str, Any] | None = None,
        held: File | None = None,
    ):
        super().__init__(_with_kinds(data), files, initial=initial)
        self.held = held
        self.chosen: File | None = None
        self.on = on
        self.proof_months = proof_months
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
        self.chosen = cleaned.get("proof_file")
        try:
            self.result = judge(
                self.situation, on=self.on, proofs=self.proofs, proof_months=self.proof_months
            )
        except FactError as error:
            self.add_error(error.fact if error.fact in self.fields else None, error.reason.capitalize())
        for ground in Ground:
            if (cleaned.get(f"dated_{ground}") or self.on) > self.on:
                self.add_error(f"dated_{ground}", "Un justificatif ne peut pas être daté dans l’avenir.")
        if self.file and not self._shown_by_file and "proof_file" not in self.errors:
            self.add_error("proof_file", "Datez le justificatif que ce fichier montre.")
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
    def file(self) -> File | None:
        """The file just chosen, else the one that was kept aside."""
        return self.chosen or self.held

    @property
    def _shown_by_file(self) -> str:
        """The ground that the file shows: the main one when its proof is dated, else the only one dated."""
        dated = [ground.value for ground in Ground if self.cleaned_data.get(f"dated_{ground}")]
        main = self.cleaned_data.get("main_ground")
        if main in dated:
            return main
        return dated[0] if len(dated) == 1 else ""

    @property
    def proofs(self) -> list[ProofSeen]:
        """The proofs of which a date was given; the file goes with the one that it shows."""
        given = self.cleaned_data
        return [
            ProofSeen(
                ground.value,
                given.get(f"kind_{ground}") or ground.accepted_proof[:120],
                given[f"dated_{ground}"],
                self.file if ground.value == self._shown_by_file else None,
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


class RequestForm(forms.Form):
    """What a structure sends when it asks for a decision: a proof, if it has one."""

    ground = forms.ChoiceField(
        label="Ce que le justificatif montre",
        choices=[("", "Aucun justificatif pour le moment"), *((one.value, one.label) for one in Ground)],
        required=False,
    )
    kind = forms.CharField(
        label="De quel justificatif s’agit-il",
        help_text="Par exemple «\u00a0attestation de la CAF\u00a0».",
        max_length=120,
        required=False,
    )
    dated_on = DayField(label="Daté du", required=False)
    file = CvField(label="Le fichier", help_text=f"{CV_KINDS}.", required=False)

    def __init__(self, data=None, files=None, *, held: File | None = None):
        super().__init__(data, files)
        self.held = held
        self.chosen: File | None = None

    def clean(self):
        """A proof is whole, or there is none."""
        cleaned = super().clean()
        self.chosen = cleaned.get("file")
        file = self.chosen or self.held
        if cleaned.get("ground"):
            if not cleaned.get("dated_on") and "dated_on" not in self.errors:
                self.add_error("dated_on", "Indiquez la date du justificatif.")
            if not file and "file" not in self.errors:
                self.add_error("file", "Choisissez le fichier du justificatif.")
        elif file or cleaned.get("dated_on") or cleaned.get("kind"):
            self.add_error("ground", "Choisissez ce que le justificatif montre.")
        return cleaned

    @property
    def proof(self) -> ProofSent | None:
        """The proof sent; None without one."""
        given = self.cleaned_data
        if not given["ground"]:
            return None
        ground = Ground(given["ground"])
        kind = given["kind"] or ground.accepted_proof.split(",")[0][:120]
        return ProofSent(ground.value, kind, given["dated_on"], self.chosen or self.held)


class ProofFileForm(forms.Form):
    """The file of one proof."""

    file = CvField(
        label="Le fichier",
        help_text=f"{CV_KINDS}.",
        error_messages={"required": "Choisissez le fichier à joindre."},
    )


def _with_kinds(data):
    """The proof that each ground usually asks for, until something else is typed."""
    if data is None:
        return None
    data = data.copy()
    for ground in Ground:
        data.setdefault(f"kind_{ground}", ground.accepted_proof.split(",")[0][:120])
    return data


class CorrectForm(SharedForm, IdentityForm):
    """Identity and means of contact of somebody known."""

    address = forms.CharField(label="Adresse", max_length=200, required=False)
    read = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data=None, *, participant: Participant):
        names = [*IdentityForm.base_fields, "address"]
        initial = {name: getattr(participant, name) for name in names}
        super().__init__(data, initial=initial | {"read": mark_of(participant, names)})

    @property
    def identity(self) -> dict[str, Any]:
        return {**super().identity, "address": self.cleaned_data["address"]}
