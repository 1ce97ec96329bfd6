"""Which companies owe a clause, and in what part."""

from django import forms
from django.forms import BaseFormSet, formset_factory

from uneplace.contracts.models import AwardMember, Clause, MemberRole
from uneplace.organisations.models import Organisation
from uneplace.web.contracts.fields import ShareField
from uneplace.web.contracts.forms.contracts import is_named
from uneplace.web.forms import SiretField

MOST_COMPANIES = 30
MORE_ROWS = 1  # empty rows under the companies already known


class PartForm(forms.Form):
    """What one company takes of a clause; one already known that has no share takes nothing."""

    company = forms.ModelChoiceField(
        Organisation.objects.none(), required=False, widget=forms.HiddenInput, label="Entreprise"
    )
    siret = SiretField(
        label="SIRET de l’entreprise",
        help_text="14 chiffres, par exemple 732 829 320 00074.",
        error_messages={"required": "Écrivez le SIRET de l’entreprise, par exemple 732 829 320 00074."},
    )
    name = forms.CharField(
        label="Nom de l’entreprise",
        required=False,
        max_length=200,
        help_text="Inutile si ce SIRET est déjà connu ici.",
    )
    role = forms.ChoiceField(
        label="Place dans le marché", choices=MemberRole.choices, initial=MemberRole.COTRAITANT
    )
    share = ShareField(
        label="Part de la clause",
        help_text="Par exemple 60.",
        error_messages={"required": "Écrivez la part de cette entreprise, par exemple 60."},
    )

    def __init__(self, *args, companies, **options):
        super().__init__(*args, **options)
        self.fields["company"].queryset = companies
        self.empty_permitted = not self.prefix.endswith("-0")
        if self.known:
            self.fields["siret"].required = self.fields["share"].required = False

    def has_changed(self) -> bool:
        """Whether anything is written in the row; an empty one is left out, wherever it is."""
        return any(self[name].value() for name in ("company", "siret", "name", "share"))

    @property
    def known(self) -> Organisation | None:
        """The company that the row already names."""
        pk = self["company"].value()
        if isinstance(pk, Organisation):
            return pk
        return next((one for one in self.fields["company"].queryset if str(one.pk) == str(pk)), None)

    def clean(self):
        """A company that is not known here yet needs a name."""
        facts = super().clean()
        siret = facts.get("siret")
        if siret and not facts.get("company") and not facts.get("name") and not is_named(siret):
            self.add_error("name", "Écrivez son nom\u00a0: ce SIRET n’est pas encore connu ici.")
        return facts

    @property
    def is_filled(self) -> bool:
        """Whether this row gives a company a share."""
        return self.cleaned_data.get("share") is not None


class BasePartFormSet(BaseFormSet):
    """The rows of a clause; those without a share are left out."""

    @property
    def filled(self) -> list[PartForm]:
        """The rows that give a company a share, in order."""
        return [form for form in self.forms if form.is_filled]


PartFormSet = formset_factory(
    PartForm,
    formset=BasePartFormSet,
    extra=MORE_ROWS,
    max_num=MOST_COMPANIES,
    absolute_max=MOST_COMPANIES,
    validate_max=True,
)


def companies_at_hand(clause: Clause):
    """The companies that the lot was awarded to and those that already owe a part of its clause."""
    return Organisation.objects.filter(pk__in=clause.commitments.values("company")) | (
        Organisation.objects.filter(awards__award__lot=clause.lot_id)
    )


def rows_to_show(clause: Clause) -> list[dict]:
    """The rows of a clause's companies: what they owe, or those that hold the lot, still to be shared."""
    commitments = clause.commitments.select_related("company").order_by("-share", "pk")
    rows = [{"company": one.company_id, "role": one.role, "share": one.share} for one in commitments]
    if rows:
        return rows
    members = AwardMember.objects.filter(award__lot=clause.lot_id).order_by("pk")
    rows = [{"company": one.company_id, "role": one.role, "share": None} for one in members]
    if len(rows) == 1:
        rows[0]["share"] = 1
    return rows or [{"role": MemberRole.MANDATAIRE}]


def rows_typed(data: dict) -> list[dict]:
    """What was typed in each row, kept to show it again with one row more."""
    names = PartForm.base_fields
    count = min(int(data.get("parts-TOTAL_FORMS") or 0), MOST_COMPANIES)
    rows = [{name: data.get(f"parts-{row}-{name}", "") for name in names} for row in range(count)]
    return [row for row in rows if row["company"] or row["siret"] or row["name"] or row["share"]]
