"""A commune and a trade, found in the national lists from what people type."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from uneplace.reference.models import Commune, RomeJob
from uneplace.reference.queries import search_communes, search_rome
from uneplace.reference.text import search_key

SHOWN = 6


class CommuneField(forms.CharField):
    """A commune by its name, its postcode or both; its value is a `Commune`, None when left empty."""

    def clean(self, value: Any) -> Commune | None:
        """The commune found; several of one name are told apart by their postcode."""
        text = super().clean(value)
        if not text:
            return None
        found = search_communes(text)
        if not found:
            raise ValidationError(
                "Aucune commune ne porte ce nom. Écrivez par exemple\u00a0: Falaise, ou 14700."
            )
        key = search_key(text)
        exact = [
            commune for commune in found if key in (commune.search, search_key(self.prepare_value(commune)))
        ]
        if len(found) == 1 or len(exact) == 1:
            return (exact or found)[0]
        names = ", ".join(self.prepare_value(commune) for commune in (exact or found)[:SHOWN])
        raise ValidationError(f"Plusieurs communes correspondent. Écrivez-en une\u00a0: {names}.")

    def prepare_value(self, value: Any) -> Any:
        """« Falaise 14700 », as one may type it."""
        if isinstance(value, Commune):
            return f"{value.name} {value.postcode}".strip()
        return value


class RomeField(forms.CharField):
    """A trade of the ROME by its code or one of its names; its value is a `RomeJob`."""

    def clean(self, value: Any) -> RomeJob | None:
        """The trade found; several are listed with their codes."""
        text = super().clean(value)
        if not text:
            return None
        found = search_rome(text)
        if not found:
            raise ValidationError("Aucun métier ne porte ce nom. Écrivez par exemple\u00a0: maçon, ou F1703.")
        key = search_key(text)
        exact = [job for job in found if key in (job.search, search_key(job.code), search_key(str(job)))]
        if len(found) == 1 or len(exact) == 1:
            return (exact or found)[0]
        names = " ; ".join(f"{job.code} {job.label}" for job in (exact or found)[:SHOWN])
        raise ValidationError(
            f"Plusieurs métiers correspondent. Écrivez le code de l’un d’eux\u00a0: {names}."
        )

    def prepare_value(self, value: Any) -> Any:
        """« F1703 – Maçonnerie », as it is written everywhere."""
        return str(value) if isinstance(value, RomeJob) else value
