from django import template

from uneplace.journal.models import Entry
from uneplace.web.acts import ACTS, Act

register = template.Library()


@register.filter
def act_of(verb: str) -> Act:
    """The words, icon and tone of an act of the journal."""
    return ACTS.get(verb) or Act(verb)


@register.filter
def who_did(entry: Entry) -> str:
    """« Maëlle Cardinet, Service insertion, pour Tournebise Construction »."""
    who = ", ".join(name for name in (entry.user_name, entry.organisation_name) if name)
    return f"{who}, pour {entry.on_behalf_of_name}" if entry.on_behalf_of_name else who
