from django import template

register = template.Library()


@register.filter
def at(values: dict, key: object) -> object:
    """The value of a key that the page computes: `{{ presence|at:company.pk }}`."""
    return values.get(key)
