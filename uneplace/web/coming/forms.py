"""A coming contract as people type it: what is asked, what is answered, what the award tells."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from uneplace.contracts.actions import ClauseAnswer, NoClause, Request
from uneplace.contracts.models import Clause, ComingContract
from uneplace.contracts.texts.placeholders import faults
from uneplace.contracts.words import owed
from uneplace.organisations.actor import Actor
from uneplace.organisations.models import Organisation
from uneplace.rules.french import day
from uneplace.rules.grounds import Ground
from uneplace.rules.social_condition import Derogation, Purchase
from uneplace.web.contracts.fields import EurosField, ShareField
from uneplace.web.contracts.forms.contracts import BuyerForm, is_named
from uneplace.web.fields import DayField
from uneplace.web.forms import SiretField
from uneplace.web.reference.fields import CommuneField, CpvField
from uneplace.web.sizing.forms import SizingForm

MONTHS = "Écrivez un nombre de mois entre 1 et 600, par exemple 18."
FACTS = (
    "object",
    "kind",
    "cpv",
    "estimated_amount",
    "consultation_on",
    "starts_on",
    "duration_months",
    "commune",
)


class RevisionForm(forms.Form):
    """The revision that was read, sent back by whoever acts on it."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class RequestForm(forms.Form):
    """The contract that a buyer prepares."""

    object = forms.CharField(
        label="Objet du marché",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Par exemple «\u00a0Rénovation du gymnase des Tilleuls\u00a0».",
        error_messages={
            "required": "Écrivez l’objet du marché, par exemple «\u00a0Entretien des gymnases\u00a0»."
        },
    )
    kind = forms.ChoiceField(
        label="Nature",
        choices=[(one.value, one.label) for one in Purchase],
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez ce que le marché achète."},
    )
    estimated_amount = EurosField(
        label="Montant estimé hors taxes",
        help_text="Reconductions comprises, tous lots ensemble. Par exemple 1\u00a0800\u00a0000.",
        error_messages={"required": "Écrivez une estimation, par exemple 1\u00a0800\u00a0000."},
    )
    consultation_on = DayField(
        label="Consultation prévue le",
        help_text="Le jour où l’avis serait publié, même approximatif.",
        error_messages={"required": "Indiquez le jour prévu de la consultation."},
    )
    starts_on = DayField(label="Début prévu de l’exécution", required=False)
    duration_months = forms.IntegerField(
        label="Durée d’exécution",
        required=False,
        min_value=1,
        max_value=600,
        help_text="En mois, reconductions comprises. Par exemple 18.",
        error_messages={"invalid": MONTHS, "min_value": MONTHS, "max_value": MONTHS},
    )
    commune = CommuneField(
        label="Lieu d’exécution",
        required=False,
        help_text="La commune, par exemple Falaise ou 14700.",
    )
    cpv = CpvField(
        label="Code CPV", required=False, help_text="Le code ou les mots du CPV, par exemple 45212200."
    )

    def clean_consultation_on(self) -> date:
        """A day for which the thresholds are known."""
        day = self.cleaned_data["consultation_on"]
        if day < (first := Purchase.WORKS.threshold.values[0][0]):
            raise ValidationError(f"Écrivez un jour à partir du {first:%d/%m/%Y}.")
        return day

    def clean(self) -> dict[str, Any]:
        """The work does not begin before the consultation."""
        facts = super().clean() or self.cleaned_data
        consultation, start = facts.get("consultation_on"), facts.get("starts_on")
        if consultation and start and start < consultation:
            self.add_error("starts_on", "L’exécution commence après la consultation.")
        return facts

    @property
    def request(self) -> Request:
        """What is asked, once the form is valid."""
        return Request(**{name: self.cleaned_data[name] for name in FACTS})


class AskForm(RequestForm):
    """What a buyer asks; one that several services let in says which of them."""

    service = forms.ModelChoiceField(
        Organisation.objects.none(),
        label="Service facilitateur",
        empty_label="Choisir",
        help_text="Ceux qui ont admis votre organisation.",
        error_messages={"required": "Choisissez le service à qui vous demandez."},
    )
    field_order = ("service",)

    def __init__(self, *args: Any, actor: Actor, **options: Any) -> None:
        super().__init__(*args, **options)
        services = Organisation.objects.facilitators().filter(pk__in=actor.services)
        self.services = list(services.order_by("name", "pk"))
        self.fields["service"].queryset = services
        if len(self.services) == 1:
            del self.fields["service"]

    @property
    def service_asked(self) -> Organisation:
        """The service asked, once the form is valid."""
        return self.cleaned_data.get("service") or self.services[0]


class AskForBuyerForm(BuyerForm, RequestForm):
    """What a facilitator types for a buyer."""


class ChangeForm(RequestForm, RevisionForm):
    """What was asked, to be changed."""


class AnswerForm(SizingForm):
    """A clause: its device, its sizing, and why."""

    with_amounts = False

    device = forms.ChoiceField(label="Dispositif", choices=Clause.Device.choices)
    criterion_weight = ShareField(
        label="Pondération du critère d’insertion",
        required=False,
        help_text="Si l’offre est aussi jugée sur l’insertion. Par exemple 10.",
    )
    penalty_rate = EurosField(
        label="Pénalité par heure manquante",
        required=False,
        most=Decimal("99999"),
        help_text="Celle que le marché écrira. Par exemple 50.",
    )
    accepted_grounds = forms.MultipleChoiceField(
        label="Publics admis",
        required=False,
        choices=[(ground.value, ground.label) for ground in Ground],
        widget=forms.CheckboxSelectMultiple,
        help_text="Aucune case cochée\u00a0: tous les publics de la clause sociale.",
    )
    reasons = forms.CharField(
        label="Pourquoi cette clause",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="En mots simples\u00a0: l’acheteur le lit. Par exemple les métiers, la durée, "
        "les structures qui peuvent y envoyer des personnes.",
        error_messages={"required": "Écrivez pourquoi, en une phrase au moins."},
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    @property
    def answer(self) -> ClauseAnswer:
        """What is answered, once the form is valid."""
        facts = self.cleaned_data
        with_criterion = facts["device"] == Clause.Device.CLAUSE_CRITERE
        return ClauseAnswer(
            sizing=self.sizing,
            rounding=facts["rounding"],
            device=facts["device"],
            criterion_weight=facts["criterion_weight"] if with_criterion else None,
            penalty_rate=facts["penalty_rate"],
            accepted_grounds=facts["accepted_grounds"] or None,
            reasons=facts["reasons"],
        )


class NoClauseForm(RevisionForm):
    """No clause, and why; with the derogation that the law asks for where a condition is compulsory."""

    derogation = forms.ChoiceField(
        label="Dérogation prévue par la loi",
        choices=[(one.value, one.label) for one in Derogation],
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez la dérogation\u00a0: sans elle, la clause est obligatoire."},
    )
    derogation_detail = forms.CharField(
        label="Ce qui la justifie",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Les faits, pour le rapport de présentation ou le dossier conservé.",
        error_messages={"required": "Écrivez les faits qui justifient la dérogation."},
    )
    reasons = forms.CharField(
        label="Pourquoi pas de clause",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="En mots simples\u00a0: l’acheteur le lit.",
        error_messages={"required": "Écrivez pourquoi, en une phrase au moins."},
    )

    def __init__(self, *args: Any, coming: ComingContract, **options: Any) -> None:
        super().__init__(*args, **options)
        if not coming.social_condition:
            del self.fields["derogation"], self.fields["derogation_detail"]

    @property
    def answer(self) -> NoClause:
        """What is answered, once the form is valid."""
        facts = self.cleaned_data
        return NoClause(
            reasons=facts["reasons"],
            derogation=facts.get("derogation", ""),
            derogation_detail=facts.get("derogation_detail", ""),
        )


class LaunchForm(RevisionForm):
    """The day on which the consultation was launched."""

    on = DayField(
        label="Consultation lancée le",
        error_messages={"required": "Indiquez le jour où la consultation a été lancée."},
    )


class DropForm(RevisionForm):
    """Why the contract will not be."""

    reason = forms.CharField(
        label="Raison",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="L’acheteur et le service la lisent. Par exemple «\u00a0budget reporté à 2028\u00a0».",
        error_messages={"required": "Écrivez la raison, en une phrase au moins."},
    )


class AwardForm(RevisionForm):
    """What only the award tells: everything else is already known."""

    official_id = forms.CharField(
        label="Numéro du marché",
        max_length=80,
        help_text="Celui de l’acheteur. Par exemple 2026-TVX-014.",
        error_messages={"required": "Écrivez le numéro du marché, par exemple 2026-TVX-014."},
    )
    notified_on = DayField(
        label="Notifié le", error_messages={"required": "Indiquez le jour de la notification."}
    )
    amount = EurosField(
        label="Montant attribué hors taxes",
        required=False,
        help_text="Par exemple 1\u00a0720\u00a0000. Les heures restent celles de la consultation.",
    )
    holder_siret = SiretField(
        label="SIRET du titulaire",
        required=False,
        help_text="14 chiffres, par exemple 732 829 320 00074. Vide s’il n’est pas encore connu.",
    )
    holder_name = forms.CharField(
        label="Nom du titulaire",
        required=False,
        max_length=200,
        help_text="Inutile si ce SIRET est déjà connu ici.",
    )

    def clean(self) -> dict[str, Any]:
        """A company that is not known here yet needs a name."""
        facts = super().clean() or self.cleaned_data
        siret = facts.get("holder_siret")
        if siret and not facts.get("holder_name") and not is_named(siret):
            self.add_error("holder_name", "Écrivez son nom\u00a0: ce SIRET n’est pas encore connu ici.")
        return facts


class TextForm(RevisionForm):
    """A text of the service for one document; a placeholder that does not exist is told on its field."""

    title = forms.CharField(
        label="Titre", max_length=200, error_messages={"required": "Écrivez le titre du paragraphe."}
    )
    body = forms.CharField(
        label="Texte",
        max_length=20000,
        widget=forms.Textarea(attrs={"rows": 18}),
        help_text="Une ligne vide entre deux paragraphes\u00a0; un tiret au début d’un paragraphe en fait un "
        "élément de liste. Les repères entre accolades prennent les chiffres de chaque marché.",
        error_messages={"required": "Écrivez le texte, ou revenez au texte livré."},
    )

    def clean_title(self) -> str:
        """A title whose placeholders exist."""
        return self._checked("title")

    def clean_body(self) -> str:
        """A text whose placeholders exist."""
        return self._checked("body")

    def _checked(self, name: str) -> str:
        if found := faults(self.cleaned_data[name]):
            raise ValidationError(found)
        return self.cleaned_data[name]


class ResumeForm(forms.Form):
    """The coming contract that a contract already known takes up, as it was read."""

    coming = forms.ChoiceField(
        label="Marché à venir",
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choisissez le marché à venir que ce marché reprend.",
            "invalid_choice": "Ce marché à venir vient de changer, ou d’être attribué : relisez la liste.",
        },
    )

    def __init__(self, *args: Any, offered: Iterable[ComingContract], **options: Any) -> None:
        super().__init__(*args, **options)
        self.offered = {f"{one.pk}-{one.revision}": one for one in offered}
        self.fields["coming"].choices = [
            (key, f"{one}, {owed(one)}, consultation du {day(one.consultation_on)}")
            for key, one in self.offered.items()
        ]

    def clean_coming(self) -> ComingContract:
        """The coming contract itself."""
        return self.offered[self.cleaned_data["coming"]]


def initial_of_request(coming: ComingContract) -> dict[str, Any]:
    """What was asked, as its form shows it."""
    return {name: getattr(coming, name) for name in (*FACTS, "revision")}
