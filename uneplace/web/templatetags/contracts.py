from django import template

from uneplace.contracts import words
from uneplace.contracts.models import Clause, ComingContract, Commitment

register = template.Library()


@register.filter
def at(values: dict, key: object) -> object:
    """The value of a key that the page computes: `{{ presence|at:company.pk }}`."""
    return values.get(key)


@register.filter
def owed(one: Clause | Commitment | ComingContract) -> str:
    """What a clause, one company or the clause answered owes: « 2 100 h » or « 3 actions »."""
    return words.owed(one)
