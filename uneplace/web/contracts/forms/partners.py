"""Transfers between the companies of a clause, subcontractors, and what is answered about them."""

from decimal import Decimal

from django import forms

from uneplace.contracts.models import Clause, Commitment, MemberRole, Transfer
from uneplace.hours.group import entrusted_on
from uneplace.web.contracts.forms.contracts import is_named
from uneplace.web.fields import HoursField
from uneplace.web.forms import SiretField

NO_REASON = "Écrivez pourquoi\u00a0: les entreprises le liront."
MOST_HOURS = Decimal("9999999")


class TransferForm(forms.Form):
    """Hours of one company's share, and who would do them.

    A company entrusts hours of its own share, and gives back or takes back what was entrusted. The mandataire
    arranges for all.
    """

    way = forms.ChoiceField(
        label="Ce que vous proposez",
        choices=[
            (Transfer.Way.GIVEN, "Confier des heures"),
            (Transfer.Way.BACK, "Reprendre ou rendre des heures déjà confiées"),
        ],
        initial=Transfer.Way.GIVEN,
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez ce que vous proposez."},
    )
    owner = forms.ModelChoiceField(
        Commitment.objects.none(),
        label="Qui doit ces heures",
        help_text="Elle en reste responsable, quelle que soit l’entreprise qui les réalise.",
        empty_label="Choisir",
        error_messages={"required": "Choisissez l’entreprise qui doit ces heures."},
    )
    partner = forms.ModelChoiceField(
        Commitment.objects.none(),
        label="Son partenaire",
        help_text="Qui réaliserait ces heures, ou qui les rend.",
        empty_label="Choisir",
        error_messages={"required": "Choisissez le partenaire."},
    )
    hours = HoursField(
        label="Heures",
        max_hours=MOST_HOURS,
        help_text="Par exemple 35 ou 151,67.",
        error_messages={"required": "Écrivez combien d’heures, par exemple 35."},
    )
    note = forms.CharField(
        label="Précision",
        required=False,
        max_length=300,
        help_text="Par exemple «\u00a0Lot électricité terminé en juin\u00a0». N’y nommez personne.",
    )

    def __init__(self, *args, clause: Clause, member: Commitment, leads: bool, **options):
        super().__init__(*args, **options)
        everyone = clause.commitments.select_related("company").order_by("-share", "pk")
        owners = everyone.exclude(role=MemberRole.SOUS_TRAITANT)
        if not leads:
            held = entrusted_on([clause.pk]).get(clause.pk, [])
            owners = owners.filter(
                pk__in=[member.pk, *(one.owner for one in held if one.partner == member.pk)]
            )
        for name, rows in (("owner", owners), ("partner", everyone)):
            self.fields[name].queryset = rows
            self.fields[name].label_from_instance = lambda one: str(one.company)
        if member.role != MemberRole.SOUS_TRAITANT:
            self.fields["owner"].initial = member.pk


class AnswerForm(forms.Form):
    """What one answers on a transfer or on a subcontractor, with the reason of a refusal."""

    answer = forms.ChoiceField(
        label="Votre réponse",
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choisissez votre réponse.",
            "invalid_choice": "Cette réponse n’est plus possible\u00a0: quelqu’un a répondu entre-temps.",
        },
    )
    reason = forms.CharField(
        label="Motif",
        required=False,
        max_length=500,
        widget=forms.Textarea,
        help_text="Nécessaire pour refuser. N’y nommez personne.",
    )

    def __init__(self, *args, choices: list[tuple[str, str]], **options):
        super().__init__(*args, **options)
        self.fields["answer"].choices = choices
        if len(choices) == 1:
            self.fields["answer"].initial = choices[0][0]

    def clean(self):
        """A refusal says why."""
        facts = super().clean()
        refuses = facts.get("answer") in ("DECLINE", "REFUSE")
        if refuses and not facts.get("reason", "").strip() and "reason" not in self.errors:
            self.add_error("reason", NO_REASON)
        return facts


class SubcontractorForm(forms.Form):
    """A subcontractor: who it is, and what work it is given."""

    siret = SiretField(
        label="SIRET de la sous-traitante",
        help_text="14 chiffres, par exemple 732 829 320 00074.",
        error_messages={"required": "Écrivez le SIRET de l’entreprise, par exemple 732 829 320 00074."},
    )
    name = forms.CharField(
        label="Nom de l’entreprise",
        required=False,
        max_length=200,
        help_text="Inutile si ce SIRET est déjà connu ici.",
    )
    work = forms.CharField(
        label="Travaux confiés",
        max_length=300,
        help_text="Par exemple «\u00a0Nettoyage de fin de chantier\u00a0».",
        error_messages={
            "required": "Écrivez les travaux confiés, par exemple «\u00a0Nettoyage de fin de chantier\u00a0»."
        },
    )

    def clean(self):
        """A company that is not known here yet needs a name."""
        facts = super().clean()
        siret = facts.get("siret")
        if siret and not facts.get("name") and not is_named(siret):
            self.add_error("name", "Écrivez son nom\u00a0: ce SIRET n’est pas encore connu ici.")
        return facts
