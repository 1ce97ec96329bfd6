"""An act that changes what a settled clause owes: its day, its name, and the inputs that it changes."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django import forms

from uneplace.contracts.models import Clause, DutyChange
from uneplace.contracts.sizing import kept, read, read_input
from uneplace.rules.hours_due import Event
from uneplace.web.fields import DayField
from uneplace.web.shared_forms import SharedForm
from uneplace.web.sizing.forms import SizingForm, initial_of


class ChangeForm(SharedForm, SizingForm):
    """The new inputs of a clause; what differs from the current ones is the change."""

    with_amounts = False

    kind = forms.ChoiceField(
        label="Ce qui se passe",
        choices=DutyChange.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez ce qui se passe."},
    )
    act = forms.CharField(
        label="Acte",
        max_length=120,
        help_text="Sa référence. Par exemple « Avenant n° 2 du 12 mars 2026 ».",
        error_messages={"required": "Écrivez la référence de l’acte, par exemple « Avenant n° 2 »."},
    )
    on = DayField(
        label="Prend effet le", error_messages={"required": "Indiquez le jour où l’acte prend effet."}
    )
    until = DayField(
        label="Dernier jour de la suspension",
        required=False,
        help_text="Si elle se prolonge, enregistrez une autre suspension.",
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    shown_on = forms.DateField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        *args: Any,
        clause: Clause,
        inputs_on: Callable[[date], Mapping[str, Any]],
        today: date,
        **options: Any,
    ) -> None:
        self.clause, self.inputs_on, self.today = clause, inputs_on, today
        self.fixed_method = clause.method
        known = self._shown(today)
        initial = known | {"on": today, "kind": "AMENDMENT", "revision": clause.revision, "shown_on": today}
        super().__init__(*args, initial=initial, as_of=today, **options)
        self.fields["method"].required = False
        del self.fields["rounding"]

    def _shown(self, on: date) -> dict[str, Any]:
        return initial_of(read(self.clause.method, self.inputs_on(on), as_of=on))

    def clean(self) -> dict[str, Any]:
        """A suspension has a last day; any other act changes something."""
        self.cleaned_data |= {"method": self.clause.method, "rounding": self.clause.rounding}
        self.errors.pop("method", None)
        facts = super().clean()
        self.current = self.inputs_on(facts.get("shown_on") or self.today)
        if facts.get("kind") == DutyChange.Kind.SUSPENSION:
            if facts.get("until") is None and "until" not in self.errors:
                self.add_error("until", "Indiquez le dernier jour de la suspension.")
            elif facts.get("on") and facts.get("until") and facts["until"] < facts["on"]:
                self.add_error("until", "Le dernier jour doit venir après le premier.")
        elif facts.get("kind") and self._due is not None and not self.changes:
            self._tell_unchanged(facts.get("on"))
        return facts

    def _tell_unchanged(self, on: date | None) -> None:
        if on is None or self.inputs_on(on) == self.current:
            self.add_error(None, "Rien ne change\u00a0: écrivez la nouvelle valeur.")
            return
        # Another act changes the clause before that day: going back to today's values is a change then.
        shown = {name: self.fields[name].prepare_value(value) for name, value in self._shown(on).items()}
        typed = self.data.copy()
        for name, value in shown.items():
            typed[name] = "" if value is None else value
        typed["shown_on"] = on.isoformat()
        self.data = typed
        self.add_error(
            "on",
            "Un autre acte change la clause avant ce jour. Voici ses valeurs ce jour-là\u00a0: relisez-les.",
        )

    @property
    def changes(self) -> dict[str, Any]:
        """The new value of each input that differs, as it is kept."""
        return {
            name: value
            for name, value in kept(self.sizing).items()
            if read_input(name, value) != read_input(name, self.current[name])
        }

    @property
    def event(self) -> Event | None:
        """The act as the rule reads it; None as long as something is missing."""
        facts = self.cleaned_data if self.is_bound and self.errors is not None else {}
        if self._due is None or not facts.get("on") or not facts.get("kind"):
            return None
        changes = {name: read_input(name, value) for name, value in self.changes.items()}
        return Event(facts["on"], facts["kind"], changes)
