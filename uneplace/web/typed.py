"""What somebody typed in a form that is not kept, told back in words."""

from collections.abc import Mapping

from django import forms
from django.http import QueryDict

from .shared_forms import say


def in_words(fields: Mapping[str, forms.Field], sent: QueryDict) -> list[tuple[str, str]]:
    """Each field that says something: its name on the page, and what it said."""
    typed = {name: [one for one in sent.getlist(name) if one.strip()] for name in fields}
    return [
        (str(field.label), _words(name, field, typed[name]))
        for name, field in fields.items()
        if typed[name] and not field.widget.is_hidden
    ]


def _words(name: str, field: forms.Field, typed: list[str]) -> str:
    """A field of our own may know better than `say` how it reads."""
    return field.in_words(typed[0]) if hasattr(field, "in_words") else say(name, field, typed)
