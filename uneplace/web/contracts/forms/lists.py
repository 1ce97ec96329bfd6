"""The filters of the list of contracts; they live in the address."""

from django import forms

from uneplace.contracts.models import Clause
from uneplace.contracts.queries import ClauseState, buyers_of
from uneplace.organisations.actor import Actor
from uneplace.organisations.models import Organisation

STATES = {
    ClauseState.DECLARED: "Clause annoncée, à ouvrir",
    ClauseState.NONE: "Sans clause",
    **{ClauseState(status): Clause.Status(status).label for status in Clause.Status},
}
FACILITATORS_ONLY = (ClauseState.DECLARED, ClauseState.DRAFT)


class FilterForm(forms.Form):
    """What one looks for among contracts; a value that means nothing is left aside."""

    q = forms.CharField(required=False, max_length=120)
    etat = forms.ChoiceField(label="État de la clause", required=False)
    acheteur = forms.ModelChoiceField(
        Organisation.objects.none(), label="Acheteur", required=False, empty_label="Tous les acheteurs"
    )

    def __init__(self, *args, actor: Actor, **options):
        super().__init__(*args, **options)
        self.fields["etat"].choices = [("", "Tous les états"), *states_for(actor)]
        self.fields["acheteur"].queryset = buyers_of(actor)
        self.full_clean()

    @property
    def is_active(self) -> bool:
        """Whether anything is filtered."""
        return any(self.cleaned_data.values())


def states_for(actor: Actor) -> list[tuple[str, str]]:
    """The states that one may look for; a draft is known to its service only."""
    return [
        (state.value, label)
        for state, label in STATES.items()
        if actor.is_facilitator or state not in FACILITATORS_ONLY
    ]
