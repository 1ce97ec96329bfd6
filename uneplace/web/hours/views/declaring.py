"""Declaring: the month of all the people of a statement, on one page made for a phone, kept as one types."""

from collections.abc import Callable, Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods
from django_htmx.http import HttpResponseClientRedirect

from uneplace.hours import actions, perms
from uneplace.hours.actions import Declared
from uneplace.hours.models import AwaitedDocument, Statement, StatementLine, month_name
from uneplace.hours.queries import previous_month, rows_of
from uneplace.kit.refused import Refused
from uneplace.rules import french
from uneplace.web.access import access, require
from uneplace.web.hours.statement_form import Fill, StatementForm

from .statements import WORKERS, visible_statements

EMPTY = "vide"
SENT = "Relevé envoyé. Le service vous répondra par courriel."


@access.capacity(*WORKERS)
@require_http_methods(["GET", "POST"])
def declare_statement(request, pk):
    """The declarant's page, or the service's for a declarant without account."""
    statement = get_object_or_404(visible_statements(request), pk=pk)
    require(perms.can_declare(request.actor, statement))
    reasons = actions.why_not_declare(statement, on=timezone.localdate())
    if reasons and request.method == "GET":  # what is being sent is answered with what was typed
        messages.info(request, " ".join(reasons))
        return redirect(statement)

    def done(*, sent: bool) -> HttpResponse:
        messages.success(request, SENT if sent else "Brouillon gardé.")
        url = statement.get_absolute_url()
        return HttpResponseClientRedirect(url) if request.htmx else redirect(url)

    return declaring(request, statement, "hours/declare_statement.html", done=done)


def declaring(
    request: HttpRequest,
    statement: Statement,
    template: str,
    *,
    done: Callable[..., HttpResponse],
    documents: Sequence[AwaitedDocument] = (),
) -> HttpResponse:
    """Read, keep or send what was typed; a page that keeps by itself is answered with what changed alone."""
    hold_account(request)
    rows = rows_of(statement)
    fill = request.POST.get("fill", "")
    fill = fill if fill in Fill.values else ""
    form = StatementForm(request.POST or None, statement=statement, rows=rows, fill=fill)
    by_itself = bool(request.htmx) and "auto" in request.POST
    at, meanwhile = timezone.now(), None
    if request.method == "POST" and not fill and form.is_valid():
        sent = "send" in request.POST
        act = actions.submit_statement if sent else actions.keep_statement
        try:
            act(
                statement,
                form.declared,
                version=_stands_on(form),
                comment=form.cleaned_data["comment"],
                by=request.actor,
                at=at,
            )
        except Refused as refusal:
            if sent and _was_sent(form):
                return _arrived(done(sent=True))
            form.add_error(None, list(refusal.reasons))
            meanwhile = _kept_meanwhile(form)
        else:
            if not by_itself:
                return _arrived(done(sent=sent))
    context = {
        "statement": statement,
        "form": form,
        "documents": documents,
        "fill": fill,
        "kept_at": at,
        "meanwhile": meanwhile,
        "previous_month": month_name(previous_month(statement.month)),
        "can_repeat": any(row.proposal is not None and row.line is None for row in rows),
        "can_zero": not any(row.line is not None and row.line.hours for row in rows),
        "represented": perms.represented(request.actor, statement.declarant),
        "splits": request.actor.link is None,
    }
    page = "hours/_kept.html" if by_itself else template
    answer = render(request, page, context, status=422 if form.has_errors else 200)
    return _arrived(answer) if by_itself and not form.has_errors else answer


def _arrived(response: HttpResponse) -> HttpResponse:
    """Say that what was sent is kept here: the browser may forget its own copy (see static/js/worker.js)."""
    response.headers["X-Kept"] = "there"
    return response


def hold_account(request: HttpRequest) -> None:
    """What was typed offline for one account is not sent by another, signed in since on the same device."""
    link = request.actor.link
    account = f"lien-{link.thing_kind}-{link.thing_id}" if link else str(request.user.pk)  # as in base.html
    require(request.headers.get("X-Account", account) == account)


def _stands_on(form: StatementForm) -> int:
    """The version that what was typed stands on. When exactly that is kept already, since its answer was lost
    on the way back, nothing of anybody is written over: the version that is kept."""
    now = Statement.objects.get(pk=form.statement.pk)
    return form.version_read if _differences(form, now) else now.version


def _was_sent(form: StatementForm) -> bool:
    """Whether exactly what was typed has been sent already: only the answer was lost on its way back."""
    now = Statement.objects.get(pk=form.statement.pk)
    return now.status == Statement.Status.SUBMITTED and not _differences(form, now)


def _kept_meanwhile(form: StatementForm) -> dict | None:
    """What somebody else kept since the page was read, beside what was typed; None when nobody did."""
    now = Statement.objects.get(pk=form.statement.pk)
    if now.version == form.version_read or not now.is_editable:
        return None
    return {"version": now.version, "differences": _differences(form, now)}


def _differences(form: StatementForm, now: Statement) -> list[dict[str, str]]:
    """Whose month, or which word, is not kept as it was typed; both in words."""
    if now.version == form.version_read:
        return []
    typed = {entry.placement.pk: entry for entry in form.declared}
    found = []
    for row in rows_of(now):
        kept, here = _words(row.line), _words(typed.get(row.placement.pk))
        if kept != here:
            found.append({"what": str(row.placement.participant), "kept": kept, "typed": here})
    words = form.cleaned_data["comment"].strip()
    if now.comment != words:
        found.append(
            {"what": "Le mot pour le service", "kept": now.comment or EMPTY, "typed": words or EMPTY}
        )
    return found


def _words(said: StatementLine | Declared | None) -> str:
    """« 151,67 h, dont 30 h de formation, « trois samedis » »."""
    if said is None or said.hours is None:
        return EMPTY
    words = [french.hours(said.hours)]
    if said.training_hours:
        words.append(f"dont {french.hours(said.training_hours)} de formation")
    if comment := said.comment.strip():
        words.append(f"«\u00a0{comment}\u00a0»")
    return ", ".join(words)
