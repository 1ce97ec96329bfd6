"""What somebody had typed when the session of a link ended: told back in words, so that nothing is lost."""

from django import forms
from django.http import HttpRequest

from uneplace.web.hours.statement_form import RowForm, StatementForm
from uneplace.web.offers.forms import DeclineForm
from uneplace.web.offers.meeting_forms import AcceptForm, MeetingForm
from uneplace.web.offers.sheet_forms import SheetForm
from uneplace.web.typed import in_words

FORMS: dict[str, type[forms.Form]] = {
    "by_link:accept_meeting": AcceptForm,
    "by_link:decline": DeclineForm,
    "by_link:meeting": MeetingForm,
    "by_link:revise": SheetForm,
    "by_link_hours:statement": StatementForm,
}
"""What is typed on each page of a link."""

ROWS: dict[str, type[forms.Form]] = {"by_link_hours:statement": RowForm}
"""What is typed there for each person, in the order of the page: the session is over, nobody is named."""


def typed_in(request: HttpRequest) -> list[tuple[str, str]]:
    """Each field of the page that says something: its name on the page, and what it said."""
    page = request.resolver_match.view_name if request.resolver_match else ""
    told = in_words(FORMS[page].base_fields, request.POST) if page in FORMS else []
    return _rows_in(request, page) + told


def _rows_in(request: HttpRequest, page: str) -> list[tuple[str, str]]:
    fields = ROWS[page].base_fields if page in ROWS else {}
    return [
        (str(fields[name].label), text)
        for key, text in request.POST.items()
        if (name := key.partition("-")[2]) in fields and text.strip()
    ]
