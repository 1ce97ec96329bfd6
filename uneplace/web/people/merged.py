"""An old address of a file that was merged leads to the file kept, for whoever may see it."""

from collections.abc import Callable, Mapping
from functools import wraps

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from uneplace.people.models import Merge, Participant
from uneplace.web.typed import in_words

from .forms import CorrectForm, EligibilityForm
from .profile.forms import ProfileForm

FIELDS: dict[str, Callable[[Participant], Mapping[str, forms.Field]]] = {
    "people:correct": lambda kept: CorrectForm.base_fields,
    "people:decide": lambda kept: EligibilityForm.base_fields,
    "people:profile": lambda kept: ProfileForm(participant=kept).fields,
}
"""What is typed on each page of a person."""


def leads_to_the_kept_file(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The same page about the file kept, when the one of the address was merged into it.

    What was being typed is written in neither file: it is shown again, and may be taken to the file kept.
    """

    @wraps(view)
    def leading(request: HttpRequest, pk: int) -> HttpResponse:
        try:
            return view(request, pk)
        except Http404:
            merge = Merge.objects.filter(left=pk).first()
            visible = Participant.objects.visible_to(request.actor)
            kept = visible.filter(pk=merge.kept_id).first() if merge else None
            if kept is None:
                raise
            page = request.resolver_match.view_name
            if request.method == "POST" and page in FIELDS:
                return _unkept(request, kept, page)
            return redirect(page, kept.pk)

    return leading


def _unkept(request: HttpRequest, kept: Participant, page: str) -> HttpResponse:
    sent = [(name, value) for name, values in request.POST.lists() for value in values]
    context = {
        "kept": kept,
        "address": reverse(page, args=[kept.pk]),
        "typed": in_words(FIELDS[page](kept), request.POST),
        "sent": [(name, value) for name, value in sent if name != "csrfmiddlewaretoken"],
        "has_files": bool(request.FILES),
    }
    return render(request, "people/merged_meanwhile.html", context, status=422)
