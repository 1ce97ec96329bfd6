"""The documents that a clause asks for: one read, sent, opened, judged; with an account or by a link."""

from pathlib import PurePath

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST

from uneplace.hours import evidence as actions
from uneplace.hours import perms
from uneplace.hours.models import AwaitedDocument
from uneplace.journal.queries import entries_about
from uneplace.kit.refused import Refused
from uneplace.kit.uploads import CONTENT_TYPES
from uneplace.mails.queries import mails_about
from uneplace.organisations.models import Capacity
from uneplace.web.access import access, require
from uneplace.web.hours.document_forms import DocumentForm, RefuseForm, SeenForm, WaiveForm
from uneplace.web.hours.turns import turn_of_document

from .statements import WORKERS

SENT = "Pièce envoyée. Le service va la lire."
ACTS = {
    "accept": (None, actions.accept_document, "Pièce acceptée."),
    "refuse": (RefuseForm, actions.refuse_document, "Pièce à refaire\u00a0: son expéditeur est prévenu."),
    "see": (SeenForm, actions.see_document, "Pièce notée comme vue, et acceptée."),
    "waive": (WaiveForm, actions.waive_document, "Pièce plus attendue."),
    "await": (None, actions.await_again, "Pièce attendue de nouveau."),
}
"""What the service answers: the form that it fills, the act, and what is said of it."""
JUDGED = ("accept", "refuse")  # of the file that was read


def visible_documents(request):
    """The documents that one may see, with all that their pages name."""
    return AwaitedDocument.objects.visible_to(request.actor).select_related(
        "sender",
        "service",
        "evidence__seen_by",
        "waived_by",
        "commitment__company",
        "commitment__clause__lot__contract",
    )


@access.capacity(*WORKERS)
@require_http_methods(["GET", "POST"])
def show_document(request, pk):
    """One document: whose turn, what it is, what came; whoever it is awaited from sends it there."""
    document = get_object_or_404(visible_documents(request), pk=pk)
    if request.method == "POST":
        require(perms.can_send_document(request.actor, document))
    form = _form(request)
    if _sends(request, document, form):
        messages.success(request, SENT)
        return redirect(document)
    return _page(request, document, form=form)


@access.by_link
@require_http_methods(["GET", "POST"])
def send_by_link(request, pk):
    """The same for a sender without account, come by the link of a statement."""
    document = get_object_or_404(visible_documents(request), pk=pk)
    require(perms.can_send_document(request.actor, document))
    form = _form(request)
    if _sends(request, document, form):
        messages.success(request, SENT)
        return redirect("by_link_hours:statement")
    context = {"document": document, "form": form, "reasons": actions.why_not_send(document)}
    return render(request, "hours/by_link_document.html", context, status=422 if form.errors else 200)


@access.capacity(Capacity.FACILITATOR)
@require_POST
def judge_document(request, pk):
    """Accept, refuse, note as seen, or await no more."""
    document = get_object_or_404(visible_documents(request), pk=pk)
    require(perms.can_judge_document(request.actor, document))
    name = request.POST.get("decide", "")
    if name not in ACTS:
        messages.error(request, "Dites ce que vous décidez de cette pièce.")
        return redirect(document)
    kind, act, done = ACTS[name]
    form = kind(request.POST) if kind else None
    if form is not None and not form.is_valid():
        return _page(request, document, **{name: form})
    given = form.cleaned_data if form else {}
    if name in JUDGED:
        given = given | {"read": request.POST.get("read", "")}
    try:
        act(document, **given, by=request.actor, at=timezone.now())
    except Refused as refusal:
        messages.error(request, " ".join(refusal.reasons))
        if form is not None:  # what was typed is kept, over the document as it is now
            return _page(request, visible_documents(request).get(pk=pk), is_refused=True, **{name: form})
    else:
        messages.success(request, done)
    return redirect(document)


@access.capacity(*WORKERS)
@require_POST
def open_document(request, pk):
    """The file to keep, never opened inside the site; the journal keeps who opened it."""
    document = get_object_or_404(visible_documents(request), pk=pk)
    evidence = document.evidence
    if evidence is None or not evidence.file:
        raise Http404
    actions.read_document(document, by=request.actor, at=timezone.now())
    with evidence.file.open("rb") as file:
        response = HttpResponse(file.read(), content_type=CONTENT_TYPES[PurePath(evidence.file.name).suffix])
    response["Content-Disposition"] = content_disposition_header(True, evidence.file_name)
    return response


def _form(request) -> DocumentForm:
    return DocumentForm(request.POST if request.method == "POST" else None, request.FILES or None)


def _sends(request, document, form) -> bool:
    """Send what was chosen; False when there is nothing to send or it is refused, and the form says why."""
    if not form.is_valid():
        return False
    file = form.cleaned_data["file"]
    try:
        actions.send_document(document, file=file, name=file.name, by=request.actor, at=timezone.now())
    except Refused as refusal:
        form.add_error(None, list(refusal.reasons))
        return False
    return True


def _page(request, document, *, is_refused=False, **forms):
    actor, on = request.actor, timezone.localdate()
    judges = perms.can_judge_document(actor, document)
    may_send = perms.can_send_document(actor, document) and not actions.why_not_send(document)
    context = {
        "document": document,
        "evidence": document.evidence,
        "read": actions.reading(document),
        "turn": turn_of_document(document, actor, on=on),
        "statements": reverse("contracts:statements", args=[document.commitment.clause_id]),
        "form": forms.get("form") or DocumentForm(),
        "may_send": may_send,
        "represented": perms.represented(actor, document.sender) if may_send else None,
        "may_judge": judges and not actions.why_not_judge(document),
        "may_see": judges and document.is_awaited,
        "may_await": judges and document.waived_at is not None,
        "refuse": forms.get("refuse") or RefuseForm(),
        "see": forms.get("see") or SeenForm(),
        "waive": forms.get("waive") or WaiveForm(auto_id="waive_%s"),
        "entries": entries_about(document)[:20],
        "mails": list(mails_about(actor, document)[:20]),
    }
    wrong = is_refused or any(form.errors for form in forms.values() if form is not None)
    return render(request, "hours/document.html", context, status=422 if wrong else 200)
