"""How many hours a clause owes, from what one types: one form for all that sizes a clause.

`SizingForm(data, initial=…, as_of=day)`: every method, only one of them asked. Once it is valid, `.sizing` is
the rule's inputs and `.due()` the rule's answer; as long as something is missing or wrong, `.due()` is None
and each fault is on its field. `initial_of(sizing)` shows known inputs again. A larger form extends it:

    class AnswerForm(SizingForm):
        with_amounts = False              # does not ask what is already invoiced and ordered
        asked_elsewhere = {"starts_on", "ends_on"}   # its own fields, that PER_YEAR reads too
        reason = forms.CharField(…)

The template includes `sizing/_fragments/fields.html` with `form`, and `sizing/_fragments/result.html` with
`result_context(form)` of `uneplace.web.sizing.result`. `as_of` is the day on which what is invoiced is looked
at (the first day of the execution when left out).
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField

from uneplace.contracts.models import Clause
from uneplace.rules import french
from uneplace.rules.dates import Period
from uneplace.rules.errors import FactError
from uneplace.rules.hours_due import (
    METHODS,
    DatedAmount,
    HoursDue,
    InputKind,
    Invoiced,
    Method,
    hours_due,
    inputs_of,
)
from uneplace.rules.hours_due.inputs import INPUTS
from uneplace.web.contracts.fields import EurosField, ShareField
from uneplace.web.fields import DayField, HoursField, clean_last_day
from uneplace.web.sizing import bands
from uneplace.web.sizing.words import METHOD_WORDS, QUESTION

MOST_HOURS = Decimal("9999999")
SUFFIXES = {
    InputKind.EUROS: "euros",
    InputKind.HOURS: "heures",
    InputKind.SHARE: "%",
    InputKind.COUNT: "actions",
}
# What the form asks for an input that the rule reads under another name.
ASKED = {"period": ("starts_on", "ends_on"), "invoices": ("invoiced",), "orders": ("ordered",), "as_of": ()}
# Where a fault of the rule is shown, when its fact has another name in the form.
PLACES = {"start": "starts_on", "end": "ends_on", "period": "ends_on", "months": "ends_on"}
NO_BAND = "Aucune ligne du barème ne va jusqu’à ce montant\u00a0: laissez la dernière sans limite."


def _hours(label: str, what: str, example: str, hint: str = "") -> HoursField:
    return HoursField(
        label=label,
        max_hours=MOST_HOURS,
        help_text=f"{hint} Par exemple {example}.".strip(),
        error_messages={"required": f"Écrivez {what}, par exemple {example}."},
    )


def _euros(label: str, hint: str, sentence: str = "", **options: Any) -> EurosField:
    return EurosField(label=label, help_text=hint, error_messages={"required": sentence}, **options)


@dataclass(frozen=True)
class MethodOption:
    """One way of sizing, as it is offered."""

    code: str
    id: str
    label: str
    hint: str
    is_chosen: bool


@dataclass(frozen=True)
class Input:
    """One field of the form, the methods that ask for it and its unit."""

    field: BoundField
    methods: str
    suffix: str


class SizingForm(forms.Form):
    """How many hours, or actions, the clause owes: by one method, whose inputs are asked."""

    with_amounts = True
    asked_elsewhere: Collection[str] = frozenset()
    fixed_method = ""
    """The only method, when it is not to be chosen."""

    method = forms.ChoiceField(
        label=QUESTION,
        choices=Clause.Method.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez sur quoi se calculent les heures."},
    )
    amount = _euros(
        "Montant hors taxes",
        "Celui du lot. Par exemple 1\u00a0800\u00a0000.",
        "Écrivez le montant, par exemple 1\u00a0800\u00a0000.",
    )
    labour_share = ShareField(
        label="Part de la main-d’œuvre",
        help_text="Dans ce montant. Par exemple 50.",
        error_messages={"required": "Écrivez la part de la main-d’œuvre, par exemple 50."},
    )
    planned_hours = _hours(
        "Heures de travail prévues",
        "les heures prévues",
        "42\u00a0000",
        "Par l’entreprise, pour tout le marché.",
    )
    staff_hours = _hours(
        "Heures de l’effectif",
        "les heures de l’effectif",
        "36\u00a0000",
        "De toutes les personnes du marché.",
    )
    transferred_hours = _hours(
        "Dont heures des personnes reprises",
        "les heures des personnes reprises, ou 0",
        "28\u00a0000",
        "Celles qui travaillaient déjà sur le marché d’avant\u00a0; 0 s’il n’y en a pas.",
    )
    insertion_rate = ShareField(
        label="Part réservée à l’insertion",
        help_text="D’ordinaire 5 à 20. Par exemple 7.",
        error_messages={"required": "Écrivez la part réservée à l’insertion, par exemple 7."},
    )
    hourly_cost = _euros(
        "Coût d’une heure de travail",
        "Charges comprises. Par exemple 30.",
        "Écrivez le coût d’une heure, par exemple 30.",
        most=Decimal("99999"),
    )
    slice = _euros(
        "Tranche facturée",
        "Par exemple 100\u00a0000.",
        "Écrivez le montant d’une tranche, par exemple 100\u00a0000.",
    )
    hours_per_slice = _hours("Heures par tranche", "les heures d’une tranche", "35")
    threshold = _euros(
        "Seuil", "Sous ce montant, rien n’est dû. Vide\u00a0: dès le premier euro.", required=False
    )
    whole_slices = forms.BooleanField(
        label="Seules les tranches entières comptent",
        required=False,
        help_text="Sinon la dernière compte en proportion.",
    )
    invoiced = _euros("Déjà facturé", "En tout, hors taxes. Ce qui fait les heures dues.", required=False)
    ordered = _euros(
        "Déjà commandé", "En tout, hors taxes. Ce qui fait les heures prévisibles.", required=False
    )
    hours = _hours("Volume d’heures", "le volume d’heures", "2\u00a0100")
    hours_per_year = _hours("Heures par année", "les heures d’une année", "700")
    starts_on = DayField(
        label="Premier jour du marché", error_messages={"required": "Indiquez le premier jour."}
    )
    ends_on = DayField(
        label="Dernier jour du marché", error_messages={"required": "Indiquez le dernier jour."}
    )
    actions = forms.IntegerField(
        label="Actions à faire",
        min_value=0,
        max_value=9999,
        help_text="Par exemple 3.",
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"), "Écrivez un nombre d’actions, par exemple 3."
        ),
    )
    rounding = forms.ChoiceField(label="Arrondi", choices=Clause.Rounding.choices)

    def __init__(self, *args: Any, as_of: date | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.as_of = as_of
        self.rows = bands.row_count(self.data if self.is_bound else None, self.initial)
        for row in range(self.rows):
            self.fields.update(bands.fields_of(row, MOST_HOURS))
        if not self.with_amounts:
            del self.fields["invoiced"], self.fields["ordered"]
        self._sizing: Method | None = None
        self._due: HoursDue | None = None

    def asked_for(self, method: str) -> list[str]:
        """The fields that a method asks for, in its own order."""
        asked: list[str] = []
        for name in inputs_of(METHODS[method]):
            if name == "bands":
                asked += [field for row in range(self.rows) for field in bands.names(row)]
            else:
                asked += ASKED.get(name, (name,))
        return [name for name in asked if name in self.fields]

    @property
    def methods(self) -> list[MethodOption]:
        """The ways of sizing to choose from."""
        chosen = self["method"].value()
        return [
            MethodOption(code, f"{self['method'].auto_id}_{rank}", words.label, words.hint, code == chosen)
            for rank, (code, words) in enumerate(METHOD_WORDS.items())
        ]

    @property
    def inputs(self) -> list[Input]:
        """The fields of all methods, each once, the rows of the scale and what is asked elsewhere apart."""
        found = []
        for name in self.base_fields:
            methods = [code for code in self._offered if name in self.asked_for(code)]
            if methods and name not in self.asked_elsewhere:
                suffix = SUFFIXES.get(INPUTS[name], "") if name in INPUTS else ""
                if name in ("invoiced", "ordered"):
                    suffix = "euros"
                found.append(Input(self[name], " ".join(methods), suffix))
        return found

    @property
    def _offered(self) -> Collection[str]:
        return (self.fixed_method,) if self.fixed_method else METHODS

    @property
    def shows_bands(self) -> bool:
        """Whether the rows of the scale may be asked."""
        return "BANDS" in self._offered

    @property
    def band_rows(self) -> list[tuple[BoundField, BoundField]]:
        """The rows of the scale."""
        return [tuple(self[name] for name in bands.names(row)) for row in range(self.rows)]

    @property
    def may_add_row(self) -> bool:
        """Whether the scale may get one row more."""
        return self.rows < bands.MOST_ROWS

    def clean(self) -> dict[str, Any]:
        """What is written for the methods that were not chosen is left aside, mistakes included."""
        facts = super().clean() or self.cleaned_data
        method = facts.get("method")
        asked = self.asked_for(method) if method else []
        for code in METHODS:
            for name in self.asked_for(code):
                if name not in asked and name not in self.asked_elsewhere and name in self.errors:
                    del self.errors[name]
        if method:
            self._size(method, facts, asked)
        return facts

    def _size(self, method: str, facts: Mapping[str, Any], asked: list[str]) -> None:
        if method == "PER_YEAR":
            self._check_period(facts)
        elif facts.get("hourly_cost") == 0 and "hourly_cost" in asked:
            self.add_error("hourly_cost", "Écrivez un coût supérieur à zéro, par exemple 30.")
        elif facts.get("slice") == 0 and "slice" in asked:
            self.add_error("slice", "Écrivez une tranche supérieure à zéro, par exemple 100\u00a0000.")
        elif method == "BANDS":
            for name, sentence in bands.read(facts, self.rows)[1].items():
                if name not in self.errors:
                    self.add_error(name, sentence)
        if any(name in self.errors for name in (*asked, "rounding")):
            return
        try:
            self._sizing = self._read(method, facts)
            due = hours_due(self._sizing, rounding=facts["rounding"])
        except FactError as error:
            self._tell(error)
            return
        if max(due.hours, due.foreseeable or due.hours) > MOST_HOURS:
            self.add_error(asked[0], f"Ces chiffres donnent {french.hours(due.hours)}\u00a0: vérifiez-les.")
            return
        self._due = due

    def _check_period(self, facts: Mapping[str, Any]) -> None:
        if facts.get("ends_on") is None and "ends_on" not in self.errors:
            self.add_error(
                "ends_on", "Indiquez le dernier jour\u00a0: les heures de chaque année en dépendent."
            )
        try:
            clean_last_day(facts.get("starts_on"), facts.get("ends_on"))
        except ValidationError as error:
            if "ends_on" not in self.asked_elsewhere:
                self.add_error("ends_on", error)

    def _read(self, method: str, facts: Mapping[str, Any]) -> Method:
        day = self.as_of or facts.get("starts_on")
        read: dict[str, Any] = {}
        for name in inputs_of(METHODS[method]):
            if name == "period":
                read[name] = Period(facts["starts_on"], facts["ends_on"] + timedelta(days=1))
            elif name == "bands":
                read[name] = bands.read(facts, self.rows)[0]
            elif name == "as_of":
                read[name] = day
            elif name in ("invoices", "orders"):
                amount = facts.get(ASKED[name][0])
                read[name] = () if amount is None else (DatedAmount(day, amount),)
            elif name == "threshold":
                read[name] = facts[name] or Decimal(0)
            else:
                read[name] = facts[name]
        return METHODS[method](**read)

    def _tell(self, error: FactError) -> None:
        """A fault that the rule finds, on its field."""
        if error.fact == "bands":
            self.add_error(bands.names(self.rows - 1)[0], NO_BAND)
            return
        name = PLACES.get(error.fact, error.fact)
        sentence = error.reason[:1].upper() + error.reason[1:]
        self.add_error(name if name in self.fields else None, sentence)

    @property
    def sizing(self) -> Method:
        """The inputs of the rule, once the form is valid."""
        if self._sizing is None:
            raise ValueError("the form is not valid")
        return self._sizing

    def due(self) -> HoursDue | None:
        """The hours that what is typed makes due, and why; None as long as something is missing."""
        return self._due if self.is_bound and (self.is_valid() or self._due) else None

    @property
    def faults(self) -> list[tuple[str, str]]:
        """What is wrong in what is already typed: each field's label and sentence."""
        method = self["method"].value()
        asked = self.asked_for(method) if method in METHODS else []
        return [
            (self[name].label, " ".join(self.errors[name]))
            for name in asked
            if name in self.errors and self[name].value() not in (None, "")
        ]


def initial_of(sizing: Method) -> dict[str, Any]:
    """Known inputs as the form shows them."""
    initial: dict[str, Any] = {"method": sizing.code}
    for name in inputs_of(type(sizing)):
        value = getattr(sizing, name)
        if isinstance(value, Period):
            initial |= {"starts_on": value.start, "ends_on": value.last_limit - timedelta(days=1)}
        elif name == "bands":
            for row, band in enumerate(value):
                initial |= dict(zip(bands.names(row), (band.below, band.hours), strict=True))
        elif name not in ("as_of", "invoices", "orders"):
            initial[name] = value
    if isinstance(sizing, Invoiced) and not sizing.threshold:
        initial["threshold"] = None
    return initial
