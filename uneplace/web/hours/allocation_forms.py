"""What a work contract works for: the form of one allocation, and the second commitment of a new contract."""

from collections.abc import Iterable
from decimal import Decimal
from itertools import groupby

from django import forms
from django.db.models import QuerySet

from uneplace.contracts.models import Commitment
from uneplace.hours.models import Allocation, Piece, Placement
from uneplace.hours.shares import TAKEN, WHOLE
from uneplace.kit.periods import last_day, period
from uneplace.offers.models import JobSheet
from uneplace.organisations.models import Organisation
from uneplace.rules import french
from uneplace.web.contracts.fields import ShareField
from uneplace.web.fields import DayField, clean_last_day

SHARE_HELP = "La part du temps de travail qui va à ce marché, en pour cent."


def commitments_open(service: Organisation) -> QuerySet[Commitment]:
    """The commitments of a service that a work contract may be allocated to, by company."""
    return (
        Commitment.objects.filter(service=service, clause__status__in=TAKEN)
        .select_related("company", "clause__lot__contract")
        .order_by("company__name", "company", "pk")
    )


class CommitmentField(forms.ModelChoiceField):
    """One commitment of the service, in groups by company."""

    def __init__(self, **options):
        super().__init__(queryset=Commitment.objects.none(), **options)

    def offer(self, commitments: QuerySet[Commitment]) -> None:
        """Offer these commitments."""
        self.queryset = commitments
        grouped = groupby(commitments, key=lambda one: one.company)
        self.choices = [
            ("", "Choisir"),
            *((str(company), [(one.pk, one.clause.lot.contract) for one in its]) for company, its in grouped),
        ]


class ShareOfTimeField(ShareField):
    """A part of somebody's working time, above nothing, to the hundredth of a percent."""

    example = "50"

    def __init__(self, **options):
        super().__init__(places=2, **options)

    def clean(self, value: str) -> Decimal | None:
        """The share, above 0 and at most 1."""
        share = super().clean(value)
        if share is not None and share <= 0:
            raise forms.ValidationError("Écrivez une part au-dessus de 0, par exemple 50.", code="share")
        return share


class AllocationForm(forms.Form):
    """Over which days, and for what part of the work."""

    starts_on = DayField(label="Premier jour")
    ends_on = DayField(label="Dernier jour", required=False)
    share = ShareOfTimeField(label="Part du temps de travail", help_text=SHARE_HELP)
    read = forms.CharField(widget=forms.HiddenInput, required=False)
    """The cautions that were shown: they are read once, then one may go on."""

    def clean(self):
        """A last day after the first."""
        cleaned = super().clean()
        clean_last_day(cleaned.get("starts_on"), cleaned.get("ends_on"))
        return cleaned

    def accepts(self, cautions: Iterable[str]) -> bool:
        """Whether these cautions were already shown to the author."""
        return set(cautions) <= set(self.cleaned_data["read"].split())

    @property
    def piece(self) -> Piece:
        """The days and the share typed."""
        data = self.cleaned_data
        return Piece(period(data["starts_on"], data["ends_on"]), data["share"])


class NewAllocationForm(AllocationForm):
    """One more commitment for a work contract; on which allocation its share is taken."""

    commitment = CommitmentField(
        label="Marché", error_messages={"required": "Choisissez le marché dans la liste."}
    )
    taken_from = forms.ModelChoiceField(
        label="Cette part est prise sur",
        help_text="Ces jours-là, l’autre marché garde le reste du temps.",
        queryset=Allocation.objects.none(),
        required=False,
        empty_label="Aucun autre marché\u00a0: ce temps est libre",
    )
    field_order = ("commitment", "starts_on", "ends_on", "share", "taken_from", "read")

    def __init__(self, data=None, *, placement: Placement, allocations: list[Allocation]):
        only = allocations[0] if len(allocations) == 1 and allocations[0].share == WHOLE else None
        super().__init__(
            data,
            initial={
                "starts_on": placement.period.lower,
                "ends_on": placement.last_day,
                "taken_from": only,
            },
        )
        commitments = commitments_open(placement.service)
        if placement.modality == JobSheet.Modality.DIRECT or placement.declared_by != placement.employer:
            commitments = commitments.filter(company=placement.declared_by)
        else:
            commitments = commitments.exclude(company=placement.employer)
        self.fields["commitment"].offer(commitments)
        taken = self.fields["taken_from"]
        taken.queryset = Allocation.objects.filter(placement=placement)
        taken.choices = [("", taken.empty_label), *((one.pk, _named(one)) for one in allocations)]


class ChangedAllocationForm(AllocationForm):
    """Other days or another share for an allocation; it carries what its author was reading."""

    was = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data=None, *, allocation: Allocation):
        super().__init__(
            data,
            initial={
                "starts_on": allocation.period.lower,
                "ends_on": allocation.last_day,
                "share": allocation.share,
                "was": allocation.piece.mark,
            },
        )


def _named(one: Allocation) -> str:
    end = last_day(one.period)
    days = f"du {french.day(one.period.lower)}" + (f" au {french.day(end)}" if end else "")
    return (
        f"{one.commitment.clause.lot.contract}, {one.commitment.company}, {french.percent(one.share)} {days}"
    )
