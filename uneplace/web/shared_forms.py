"""Forms on things that several people change: told of a conflict, nobody undoes what another has just done.

The form carries what its author read. Sent back after somebody else's change, it keeps the fields that its
author changed, takes the others as they are now, and says what the other person changed.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.http import QueryDict

from uneplace.kit.refused import Refused
from uneplace.rules.french import day
from uneplace.rules.policy_terms import TERMS

Sent = dict[str, list[str]]
"""What a browser sends of each field; nothing for an empty one."""


@dataclass(frozen=True)
class ChangedMeanwhile:
    """One field that somebody else changed while the form was open: what it was and what it is, in words."""

    label: str
    before: str
    after: str


class SharedForm(forms.Form):
    """A form that knows what its author read; versions are its hidden fields."""

    was = forms.CharField(widget=forms.HiddenInput, required=False)
    changed_meanwhile: Sequence[ChangedMeanwhile] = ()

    def get_initial_for_field(self, field: forms.Field, field_name: str) -> Any:
        """What was read is what the form first showed."""
        if field_name == "was" and "was" not in self.initial:
            return json.dumps(sent_by(self))
        return super().get_initial_for_field(field, field_name)


def sent_by(form: forms.Form) -> Sent:
    """What a browser sends of a form that nobody touches."""
    return {name: _sent_by(form[name]) for name in form.fields if name != "was"}


def _sent_by(bound: BoundField) -> list[str]:
    widget, value = bound.field.widget, bound.value()
    if isinstance(widget, forms.CheckboxInput):
        return ["on"] if widget.check_test(value) else []
    shown = widget.format_value(value)
    return _filled(shown if isinstance(shown, list | tuple) else [shown])


def _filled(values: Sequence[Any]) -> list[str]:
    return [str(value).replace("\r\n", "\n") for value in values if value not in (None, "")]


def reread(
    refused: SharedForm, current: SharedForm, refusal: Refused, make: Callable[[QueryDict], SharedForm]
) -> SharedForm:
    """The form to send again, knowingly: what its author changed, over what is so now, and the refusal.

    `current` shows what is so now, not bound; `make` is given what is sent.
    """
    typed, told = _merged(refused, current)
    form = make(typed)
    form.full_clean()
    form.changed_meanwhile = told
    form.add_error(None, list(refusal.reasons))
    return form


def _merged(refused: SharedForm, current: SharedForm) -> tuple[QueryDict, list[ChangedMeanwhile]]:
    read, now, typed, told = _read(refused), sent_by(current), refused.data.copy(), []
    for name, sent in now.items():
        field = current.fields[name]
        before = sent if read is None else read.get(name, [])
        is_own = not field.widget.is_hidden if read is None else _filled(typed.getlist(name)) != before
        if not is_own:
            typed.pop(name, None)
            if sent:
                typed.setlist(name, sent)
        if before != sent and not field.widget.is_hidden:
            label = TERMS[name].label if name in TERMS else str(current[name].label)
            told.append(ChangedMeanwhile(label, say(name, field, before), say(name, field, sent)))
    typed["was"] = json.dumps(now)
    return typed, told


def _read(form: SharedForm) -> Sent | None:
    """What the author of a form had read; None when it does not say."""
    try:
        read = json.loads(form.data.get("was", ""))
    except ValueError:
        return None
    is_sound = isinstance(read, dict) and all(isinstance(values, list) for values in read.values())
    return read if is_sound else None


def say(name: str, field: forms.Field, sent: list[str]) -> str:
    """What a browser sent of a field, in words."""
    value: Any = sent if isinstance(field, forms.MultipleChoiceField) else "".join(sent[:1])
    try:
        value = field.clean(value)
    except ValidationError:
        return ", ".join(sent)
    if name in TERMS:
        return TERMS[name].say(None if value in ("", []) else value)
    if isinstance(value, bool):
        return "oui" if value else "non"
    if value in (None, "", []):
        return "rien"
    if isinstance(value, date):
        return day(value)
    if isinstance(field, forms.MultipleChoiceField):
        words = dict(field.choices)
        return ", ".join(str(words[one]) for one in value)
    if isinstance(field, forms.ChoiceField):
        return str(dict(field.choices).get(value, value))
    unit = getattr(field, "unit", "")
    return f"{sent[0]}\u00a0{unit}" if unit else sent[0]
