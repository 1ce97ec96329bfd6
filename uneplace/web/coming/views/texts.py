"""The texts for the documents of a consultation: downloaded filled, and kept by the service."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from uneplace.contracts import actions, perms
from uneplace.contracts.models import ClauseText, ComingContract, Document, Family
from uneplace.contracts.texts.library import paragraphs, text_of, texts_of
from uneplace.contracts.texts.paper import file_name, texts_as_docx
from uneplace.contracts.texts.placeholders import PLACEHOLDERS, examples, fill
from uneplace.kit.refused import Refused
from uneplace.organisations.models import Capacity
from uneplace.rules.french import typeset
from uneplace.web.access import access, require
from uneplace.web.coming.forms import TextForm
from uneplace.web.coming.views.coming import PARTIES
from uneplace.web.coming.views.requests import coming_for

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PREVIEW, RESTORE = "apercu", "revenir"


@access.capacity(*PARTIES)
@require_safe
def download_texts(request: HttpRequest, pk: int) -> HttpResponse:
    """« Textes pour la consultation (DOCX) », with the figures of the answer."""
    coming = coming_for(request, pk)
    if not (coming.holds_clause and coming.status != ComingContract.Status.ASKED):
        raise Http404
    answer = HttpResponse(texts_as_docx(coming, at=timezone.now()), content_type=DOCX)
    answer["Content-Disposition"] = f'attachment; filename="{file_name(coming)}"'
    return answer


@access.capacity(Capacity.FACILITATOR)
@require_safe
def list_texts(request: HttpRequest) -> HttpResponse:
    """The texts of one's service, by family of devices."""
    chosen = request.GET.get("dispositif", "")
    family = Family(chosen) if chosen in Family.values else Family.EXECUTION
    context = {
        "family": family,
        "families": Family,
        "texts": [
            (text, typeset(fill(text.title, examples())), paragraphs(text.body, examples()))
            for text in texts_of(request.actor.organisation, family)
        ],
        "may_edit": perms.can_edit_texts(request.actor),
    }
    return render(request, "coming/texts.html", context)


@access.capacity(Capacity.FACILITATOR)
@require_http_methods(["GET", "POST"])
def edit_text(request: HttpRequest, family: str, document: str) -> HttpResponse:
    """Write one's own text, with its preview; or go back to the text shipped."""
    if family not in Family.values or document not in Document.values:
        raise Http404
    require(perms.can_edit_texts(request.actor))
    actor = request.actor
    text = text_of(actor.organisation, Family(family), Document(document))
    if RESTORE in request.POST:
        return _restore(request, text)
    initial = {"title": text.title, "body": text.body, "revision": text.revision}
    form = TextForm(request.POST or None, initial=initial)
    if form.is_valid() and PREVIEW not in request.POST:
        facts = form.cleaned_data
        try:
            actions.write_text(
                family=text.family, document=text.document, **facts, by=actor, at=timezone.now()
            )
        except Refused as refusal:
            current = text_of(actor.organisation, text.family, text.document)
            typed = request.POST.copy()
            typed["revision"] = current.revision
            form = TextForm(typed)
            form.full_clean()
            form.add_error(None, list(refusal.reasons))
        else:
            messages.success(request, "Texte enregistré. Il sert dès le prochain téléchargement.")
            return redirect(f"{_list_url()}?dispositif={family}")
    context = {
        "form": form,
        "text": text,
        "preview_title": typeset(fill(form["title"].value() or "", examples())),
        "preview": paragraphs(form["body"].value() or "", examples()),
        "placeholders": PLACEHOLDERS.items(),
    }
    return render(request, "coming/text.html", context)


def _restore(request, text):
    mine = ClauseText.objects.visible_to(request.actor).filter(family=text.family, document=text.document)
    row = get_object_or_404(mine)
    typed = request.POST.get("revision", "")
    try:
        actions.restore_text(
            row, revision=int(typed) if typed.isdecimal() else 0, by=request.actor, at=timezone.now()
        )
    except Refused as refusal:
        for reason in refusal.reasons:
            messages.error(request, reason)
        return redirect(row)
    messages.success(request, "Vous utilisez de nouveau le texte livré. Le vôtre reste dans l’historique.")
    return redirect(f"{_list_url()}?dispositif={text.family}")


def _list_url():
    return reverse("coming:texts")
