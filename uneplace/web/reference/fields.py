"""A commune, a job or a CPV code, found in the national lists from what people type."""

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse_lazy

from uneplace.reference.models import Commune, CpvCode, RomeJob
from uneplace.reference.queries import search_communes, search_cpv, search_rome
from uneplace.reference.text import names_in, search_key

SHOWN = 6
MANY = 30


class SuggestingInput(forms.TextInput):
    """A text input that suggests as one types; without JavaScript it is a plain one."""

    template_name = "reference/suggesting_input.html"

    def __init__(self, address: Any) -> None:
        super().__init__(attrs={"autocomplete": "off"})
        self.address = address

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """The input's attributes, and the identifier of the list that its suggestions fill."""
        context = super().get_context(name, value, attrs)
        suggestions = f"{context['widget']['attrs'].get('id', name)}_suggestions"
        context["widget"]["suggestions"] = suggestions
        context["widget"]["attrs"] |= {
            "list": suggestions,
            "hx-get": str(self.address),
            "hx-trigger": "input changed delay:200ms",
            "hx-target": f"#{suggestions}",
        }
        return context


class CommuneField(forms.CharField):
    """A commune by its name, its postcode or both; its value is a `Commune`, None when left empty."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("max_length", 100)
        super().__init__(widget=SuggestingInput(reverse_lazy("reference:communes")), **options)

    def clean(self, value: Any) -> Commune | None:
        """The commune found; several of one name are told apart by their postcode."""
        text = super().clean(value)
        if not text:
            return None
        found = search_communes(text, MANY)
        name = " ".join(word for word in search_key(text).split() if not any(map(str.isdigit, word)))
        exact = [commune for commune in found if name in ("", commune.search)]
        if len(exact) == 1:
            return exact[0]
        if not exact and len(found) == 1 and found[0].search.startswith(name):
            return found[0]
        if not found:
            message = f"{_nothing('Aucune commune', text)}. Écrivez par exemple\u00a0: Falaise, ou 14700."
        elif not name:
            message = (
                f"Plusieurs communes ont le code postal {text}\u00a0: précisez le nom, {_choice(exact)}."
            )
        elif exact:
            several = f"Plusieurs communes s’appellent {exact[0].name}"
            message = f"{several}\u00a0: précisez le code postal, {_choice(exact)}."
        else:
            message = f"{_nothing('Aucune commune', text)}. Est-ce {_choice(found)}\u00a0?"
        raise ValidationError(message, code="commune")

    def prepare_value(self, value: Any) -> Any:
        """A commune is shown as one may type it: « Caen (14000) »."""
        return str(value) if isinstance(value, Commune) else value


class RomeField(forms.CharField):
    """A trade of the ROME by its code or one of its names; its value is a `RomeJob`, None when left empty."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("max_length", 200)
        super().__init__(widget=SuggestingInput(reverse_lazy("reference:jobs")), **options)

    def clean(self, value: Any) -> RomeJob | None:
        """The trade found; when there are several, they are listed with their codes."""
        text = super().clean(value)
        if not text:
            return None
        found = search_rome(text, MANY)
        key = search_key(text)
        exact = [job for job in found if key in (job.search, job.code.lower(), search_key(str(job)))]
        exact = exact or [job for job in found if key in names_in(job.found_as)]
        if len(exact) == 1:
            return exact[0]
        if not exact and len(found) == 1 and key in search_key(found[0].found_as):
            return found[0]
        if not found:
            raise ValidationError(
                f"{_nothing('Aucun métier', text)}. Écrivez par exemple\u00a0: maçon, ou F1703.", code="rome"
            )
        several = "Plusieurs métiers peuvent convenir"
        raise ValidationError(
            f"{several}\u00a0: écrivez le code de l’un d’eux, {_choice(exact or found)}.",
            code="rome",
        )

    def prepare_value(self, value: Any) -> Any:
        """A trade is shown with its code: « F1703 – Maçonnerie »."""
        return str(value) if isinstance(value, RomeJob) else value


class CpvField(forms.CharField):
    """What a contract buys, by its CPV code or label; its value is a `CpvCode`, None when left empty."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("max_length", 250)
        super().__init__(widget=SuggestingInput(reverse_lazy("reference:cpv")), **options)

    def clean(self, value: Any) -> CpvCode | None:
        """The code found, its check digit being ignored."""
        text = super().clean(value)
        if not text:
            return None
        found = search_cpv(text, MANY)
        key = search_key(text)
        exact = [cpv for cpv in found if key == cpv.search or re.match(rf"\s*{cpv.code}\b", text)]
        if len(exact or found) == 1:
            return (exact or found)[0]
        if not found:
            raise ValidationError(
                f"Aucun code CPV ne correspond à «\u00a0{text}\u00a0». Écrivez par exemple\u00a0: 45000000.",
                code="cpv",
            )
        raise ValidationError(
            f"Plusieurs codes CPV peuvent convenir\u00a0: écrivez l’un d’eux, {_choice(exact or found)}.",
            code="cpv",
        )

    def prepare_value(self, value: Any) -> Any:
        """A code is shown with its label."""
        return str(value) if isinstance(value, CpvCode) else value


def _choice(things: Iterable[Any]) -> str:
    things = [str(thing) for thing in things]
    more = " …" if len(things) > SHOWN else ""
    return " ou ".join(things[:SHOWN]) + more


def _nothing(what: str, text: str) -> str:
    return f"{what} ne s’appelle «\u00a0{text}\u00a0»"
