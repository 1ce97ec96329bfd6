"""What templates say in French: numbers, days, statuses, icons, and the drawings that components need.

{% load ui %}
{{ hours_due|hours }}  {{ amount|euros }}  {{ share|percent }}  {{ count|number }}
{{ day|day }}  {{ day|day:"short" }}  {{ at|moment }}  {{ day|month }}  {{ name|initials }}
{% icon "clock" %}
"""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import forms, template
from django.conf import settings
from django.core.paginator import Page
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime

from uneplace.rules import french
from uneplace.web import charts, gauge, icons, navigation, statuses
from uneplace.web.work import WorkItem

register = template.Library()

UNKNOWN = "non renseigné"
DAYS = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"]
PLACES_DRAWN = 8
FIELD_KINDS = (
    (forms.CheckboxSelectMultiple, "checkboxes"),
    (forms.RadioSelect, "radios"),
    (forms.CheckboxInput, "checkbox"),
    (forms.FileInput, "file"),
    (forms.Select, "select"),
    (forms.Textarea, "textarea"),
)
SHORT_MONTHS = [
    "janv.",
    "févr.",
    "mars",
    "avr.",
    "mai",
    "juin",
    "juil.",
    "août",
    "sept.",
    "oct.",
    "nov.",
    "déc.",
]

register.simple_tag(icons.icon, name="icon")


@register.filter
def number(value: Decimal | int | None) -> str:
    """`1 234,5`; « non renseigné » when nobody knows."""
    return UNKNOWN if value is None or value == "" else french.number(value)


@register.filter
def hours(value: Decimal | int | None) -> str:
    """`1 234,5 h`."""
    return UNKNOWN if value is None or value == "" else french.hours(value)


@register.filter
def signed_hours(value: Decimal) -> str:
    """« + 12,5 h », « − 12,5 h »: what is added or taken back."""
    sign = "−" if value < 0 else "+"
    return f"{sign}\u00a0{french.hours(abs(value))}"


@register.filter
def euros(value: Decimal | int | None) -> str:
    """`12 000 €`, with cents when there are any: what is owed or summed is told to the cent."""
    return UNKNOWN if value is None or value == "" else french.euros(value)


@register.filter
def percent(share: Decimal | float | None, decimals: int = 0) -> str:
    """`59 %` for the share 0.59, with as many decimals as asked."""
    if share is None or share == "":
        return UNKNOWN
    return f"{french.number(round(Decimal(str(share)) * 100, decimals))}\u00a0%"


def _date(value: date | datetime | str) -> date:
    """The day in Paris."""
    if isinstance(value, str):  # stored explanations keep their days as text
        return date.fromisoformat(value)
    if isinstance(value, datetime):
        return localtime(value).date() if value.tzinfo else value.date()
    return value


@register.filter
def day_words(value: date | datetime | None, form: str = "full") -> str:
    """The day in words, without markup: for a sentence or a label.

    `full`: jeudi 19 novembre 2026; `date`: 19 novembre 2026; `weekday`: jeudi 19 novembre; `short`: 19 nov.;
    `sentence`: the full form with a capital.
    """
    if value is None or value == "":
        return UNKNOWN
    value = _date(value)
    first = f"{value.day}{'er' if value.day == 1 else ''}"
    if form == "short":
        return f"{first}\u00a0{SHORT_MONTHS[value.month - 1]}"
    if form == "weekday":
        return f"{DAYS[value.weekday()]} {first} {french.MONTHS[value.month - 1]}"
    if form == "date":
        return french.day(value)
    weekday = DAYS[value.weekday()]
    return f"{weekday.capitalize() if form == 'sentence' else weekday} {french.day(value)}"


@register.filter
def day(value: date | datetime | None, form: str = "full") -> str | SafeString:
    """The same words in a `<time>`, with the machine's date."""
    words = day_words(value, form)
    if not value:
        return words
    return format_html('<time datetime="{}">{}</time>', _date(value).isoformat(), words)


@register.filter
def moment(value: datetime | None, form: str = "full") -> str | SafeString:
    """« jeudi 19 novembre 2026 à 17 h 42 » in a `<time>`; the forms are those of `day`."""
    if not value:
        return UNKNOWN
    local = localtime(value)
    clock = f"{local.hour}\u00a0h\u00a0{local.minute:02}" if local.minute else f"{local.hour}\u00a0h"
    words = f"{day_words(local, form)} à {clock}"
    return format_html('<time datetime="{}">{}</time>', local.isoformat(timespec="minutes"), words)


@register.filter
def month(value: date | None, form: str = "full") -> str | SafeString:
    """« novembre 2026 », or « nov. 2026 » when `short`, in a `<time>`."""
    if not value:
        return UNKNOWN
    words = french.month(value)
    if form == "short":
        words = f"{SHORT_MONTHS[value.month - 1]}\u00a0{value.year}"
    return format_html('<time datetime="{}">{}</time>', f"{value:%Y-%m}", words)


@register.filter
def initials(name: object) -> str:
    """« MC » for Maëlle Cardinet: the first letters of the first two words."""
    words = str(name or "").replace("-", " ").split()
    return "".join(word[0] for word in words[:2]).upper()


@register.filter
def status_of(kind: str, value: str) -> statuses.Status:
    """The tone, icon and word of one status: `kind|status_of:value`."""
    return statuses.status_of(kind, value)


@register.filter
def plural(count: int, words: str) -> str:
    """`{{ 3|plural:"dossier,dossiers" }}` is « 3 dossiers »: French counts 0 and 1 in the singular."""
    one, many = words.split(",")
    return french.several(count, one, many)


@register.filter
def draw_gauge(facts: gauge.GaugeFacts) -> gauge.Gauge:
    """The shapes and words of the hours gauge for these facts."""
    return gauge.draw(facts)


@register.filter
def draw_bars(rows: Iterable[tuple], whole: Decimal | int | None = None) -> list[charts.Bar]:
    """The bars of a list of (label, value, words); `whole` is what the full width stands for."""
    return charts.bars(rows, whole or None)


@register.filter
def draw_parts(rows: Iterable[tuple]) -> list[charts.Part]:
    """The parts of one whole, side by side."""
    return charts.parts(rows)


@register.filter
def why(item: WorkItem, on: date) -> str:
    """« 420 h en jeu, échéance dans 12 jours »."""
    return item.at_stake.why(on)


@register.filter
def draw_columns(chart: charts.MonthColumns) -> charts.Columns:
    """The columns of a year, month by month."""
    return charts.columns(chart)


@register.simple_tag(takes_context=True)
def navigate(context: template.Context) -> navigation.Navigation:
    """The navigation of the person signed in, with what awaits them: `{% navigate as nav %}`."""
    request = context.get("request")
    return navigation.navigation(
        getattr(request, "actor", None),
        path=request.path if request else "",
        counts=context.get("nav_counts") or {},
    )


@register.simple_tag
def route(name: str, *args: Any) -> str:
    """The address of a route, or nothing when this installation does not have it."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


@register.simple_tag
def is_demo() -> bool:
    """Whether this installation shows the demo territory."""
    return bool(settings.UNEPLACE_DEMO)


@register.simple_tag
def asks_second_factor() -> bool:
    """Whether a second factor is compulsory here."""
    return bool(settings.SECOND_FACTOR)


@register.simple_tag
def draw_places(filled: int, waiting: int, total: int) -> list[str]:
    """The posts of a job sheet to draw: filled, being filled, then free; none beyond eight."""
    if total > PLACES_DRAWN:
        return []
    return ["filled"] * filled + ["wait"] * waiting + ["free"] * max(total - filled - waiting, 0)


@register.simple_tag
def places_words(filled: int, waiting: int, total: int) -> str:
    """« 2 places pourvues sur 4, 1 en cours », or « 2 places à pourvoir » when all are free."""
    if not filled and not waiting:
        return f"{french.several(total, 'place', 'places')} à pourvoir"
    words = f"{french.several(filled, 'place pourvue', 'places pourvues')} sur {total}"
    return f"{words}, {waiting} en cours" if waiting else words


@register.filter
def field_kind(field: forms.BoundField) -> str:
    """How a field is laid out: text, textarea, select, checkbox, checkboxes, radios, file or hidden."""
    widget = field.field.widget
    if field.is_hidden:
        return "hidden"
    return next((kind for base, kind in FIELD_KINDS if isinstance(widget, base)), "text")


@register.simple_tag
def widget(field: forms.BoundField, css: str = "", hint: str = "", **attributes: str) -> SafeString:
    """The input of a field, with its class and what describes it; empty attributes are left out."""
    described_by = [f"{field.auto_id}_helptext"] * bool(hint) + [f"{field.auto_id}_error"] * bool(
        field.errors
    )
    input_ = field.field.widget
    given = {name: value for name, value in attributes.items() if value}
    if isinstance(field.field, forms.DecimalField | forms.IntegerField):
        given.setdefault("inputmode", "decimal")
    if not css:
        css = "form-select" if isinstance(input_, forms.Select) else "form-control"
        if "decimal" in (given.get("inputmode"), input_.attrs.get("inputmode")) and css == "form-control":
            css += " is-number"
    classes = f"{css} {input_.attrs.get('class', '')}".strip()
    if described_by:
        given["aria-describedby"] = " ".join(described_by)
    return field.as_widget(attrs={"class": classes, **given})


@register.filter
def error_links(form: forms.BaseForm | forms.BaseFormSet) -> list[dict[str, str]]:
    """Every error of a form or formset, with the identifier of the field that it is about."""
    if not form:
        return []
    if isinstance(form, forms.BaseFormSet):
        links = [{"id": "", "label": "", "message": message} for message in form.non_form_errors()]
        return links + [link for member in form.forms for link in error_links(member)]
    links = [{"id": "", "label": "", "message": message} for message in form.non_field_errors()]
    for field in form:
        # A group of radios or boxes has no single input: the link leads to the first one.
        target = field.id_for_label or f"{field.auto_id}_0"
        links += [{"id": target, "label": field.label, "message": message} for message in field.errors]
    return links


@register.filter
def page_numbers(page: Page) -> Iterable[int | str]:
    """The numbers of a pager: both ends, the neighbours of this page, « … » between."""
    return page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)


@register.simple_tag(takes_context=True)
def kept_parameters(context: template.Context, names: str) -> list[tuple[str, str]]:
    """The parameters of the address, among `names` (with spaces between), that a search carries along."""
    given = context["request"].GET
    return [(name, value) for name in names.split() for value in given.getlist(name)]
