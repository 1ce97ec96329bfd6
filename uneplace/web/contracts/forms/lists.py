"""The filters of the list of contracts; they live in the address."""

from django import forms

from uneplace.contracts.queries import State, buyers_of
from uneplace.organisations.actor import Actor
from uneplace.organisations.models import Capacity, Organisation

STATES = {
    State.TO_FOLLOW: "À suivre",
    State.TO_OPEN: "Clauses à ouvrir",
    State.DRAFT: "Brouillons",
    State.ENDED: "Terminés",
    State.NONE: "Sans clause",
    State.ALL: "Tous",
}
OTHERS = {
    State.TO_FOLLOW: "En cours",
    State.ENDED: "Terminés",
    State.NONE: "Sans clause",
    State.ALL: "Tous",
}


class FilterForm(forms.Form):
    """What one looks for among contracts; a value that means nothing is left aside."""

    q = forms.CharField(required=False, max_length=120)
    etat = forms.ChoiceField(required=False)
    acheteur = forms.ModelChoiceField(
        Organisation.objects.none(), label="Acheteur", required=False, empty_label="Tous les acheteurs"
    )

    def __init__(self, *args, actor: Actor, **options):
        super().__init__(*args, **options)
        self.fields["etat"].choices = states_for(actor)
        self.fields["acheteur"].queryset = buyers_of(actor)
        self.full_clean()

    @property
    def state(self) -> State:
        """The state looked for; what is to be followed, unless told otherwise."""
        return State(self.cleaned_data.get("etat") or State.TO_FOLLOW)

    @property
    def is_active(self) -> bool:
        """Whether something else than the state is filtered."""
        return bool(self.cleaned_data.get("q") or self.cleaned_data.get("acheteur"))


def states_for(actor: Actor) -> list[tuple[str, str]]:
    """The states that one may look for; a company is told of no contract without a clause."""
    states = STATES if actor.is_facilitator else OTHERS
    hidden = () if actor.is_facilitator or actor.can(Capacity.BUYER) else (State.NONE,)
    return [(state.value, label) for state, label in states.items() if state not in hidden]
