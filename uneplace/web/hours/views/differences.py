"""A difference to settle; and the company that confirms the month of the people lent to it."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from uneplace.hours import differences as actions
from uneplace.hours import perms
from uneplace.hours.host_confirmations import ask_host, confirm_as_host, lines_to_confirm
from uneplace.hours.models import Confirmation, Statement
from uneplace.kit.refused import Refused
from uneplace.organisations.models import Capacity
from uneplace.web.access import access, require
from uneplace.web.hours.difference_forms import HostLineForm, MessageForm, SettleForm
from uneplace.web.hours.turns import turn_of_difference

from .statements import WORKERS, visible_statements


def visible_answers(request):
    """The answers that one may read, with all that their page names."""
    return Confirmation.objects.visible_to(request.actor).select_related(
        "service",
        "organisation",
        "settled_by",
        "commitment__clause__lot__contract",
        "placement__participant",
        "placement__employer",
        "placement__declared_by",
    )


@access.capacity(*WORKERS)
@require_http_methods(["GET", "POST"])
def show_difference(request, pk):
    """Both figures, what was written, and the message that one adds."""
    answer = get_object_or_404(visible_answers(request), pk=pk)
    form = MessageForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        require(perms.can_write_on_difference(request.actor, answer))
        if form.is_valid():
            try:
                actions.write_message(answer, **form.cleaned_data, by=request.actor, at=timezone.now())
            except Refused as refusal:
                form.add_error(None, list(refusal.reasons))
            else:
                messages.success(request, "Message envoyé.")
                return redirect(answer)
    return _page(request, answer, form, SettleForm(auto_id="settle_%s"))


@access.capacity(Capacity.FACILITATOR)
@require_POST
def settle_difference(request, pk):
    """Close a difference with the hours that stand."""
    answer = get_object_or_404(visible_answers(request), pk=pk)
    require(perms.can_settle_difference(request.actor, answer))
    form = SettleForm(request.POST, auto_id="settle_%s")
    if form.is_valid():
        try:
            actions.settle_difference(answer, **form.cleaned_data, by=request.actor, at=timezone.now())
        except Refused as refusal:
            if actions.why_not_settle(answer):  # the form is shown no more
                messages.error(request, " ".join(refusal.reasons))
                return redirect(answer)
            form.add_error(None, list(refusal.reasons))
        else:
            messages.success(request, "Écart réglé. Ceux qu’il concerne sont prévenus.")
            return redirect(answer)
    return _page(request, answer, MessageForm(), form)


def _page(request, answer, form, settle):
    actor = request.actor
    told = actions.told_now(answer)
    statements = Statement.objects.visible_to(actor).filter(
        lines__worked_month__placement=answer.placement_id, lines__worked_month__month=answer.month
    )
    if answer.commitment_id:
        statements = statements.filter(commitment=answer.commitment_id)
    context = {
        "answer": answer,
        "turn": turn_of_difference(answer, actor),
        "told": told,
        "shown": str(told.hours),
        "thread": list(answer.messages.select_related("organisation")),
        "statements": list(
            statements.select_related("declarant", "commitment__clause__lot__contract").order_by("pk")[:10]
        ),
        "form": form,
        "settle": settle,
        "may_write": perms.can_write_on_difference(actor, answer) and not actions.why_not_write(answer),
        "may_settle": perms.can_settle_difference(actor, answer) and answer.is_open,
        "blocked": actions.why_not_settle(answer),
    }
    is_wrong = bool(form.errors or settle.errors)
    return render(request, "hours/difference.html", context, status=422 if is_wrong else 200)


@access.capacity(Capacity.COMPANY)
@require_http_methods(["GET", "POST"])
def confirm_as_host_company(request, pk):
    """The company where lent people work says whether the month declared for them is right."""
    statement = get_object_or_404(visible_statements(request), pk=pk)
    return _confirming(request, statement, "hours/confirm_as_host.html", then=statement)


@access.by_link
@require_http_methods(["GET", "POST"])
def confirm_by_link(request):
    """The same for a company without account, come by a link to the statement."""
    statement = get_object_or_404(visible_statements(request), pk=request.actor.link.thing_id)
    return _confirming(request, statement, "hours/by_link_confirm.html", then="by_link_hours:confirm")


@access.capacity(Capacity.FACILITATOR)
@require_POST
def ask_host_company(request, pk):
    """Send the company where lent people work a link to confirm their month."""
    statement = get_object_or_404(visible_statements(request), pk=pk)
    require(perms.can_control(request.actor, statement))
    try:
        email = ask_host(statement, by=request.actor, at=timezone.now())
    except Refused as refusal:
        messages.error(request, " ".join(refusal.reasons))
    else:
        messages.success(request, f"Lien envoyé à {email}.")
    return redirect(statement)


def _confirming(request, statement, template, *, then):
    require(perms.can_confirm_as_host(request.actor, statement))
    lines = lines_to_confirm(statement)
    data = request.POST if request.method == "POST" else None
    forms = [HostLineForm(data, line=line) for line in lines]
    reasons: list[str] = []
    wrong = [form for form in forms if not form.is_valid()]  # each one says what is wrong with it
    if data is not None and not wrong:
        try:
            made = confirm_as_host(
                statement, [form.answer for form in forms], by=request.actor, at=timezone.now()
            )
        except Refused as refusal:
            reasons = list(refusal.reasons)
        else:
            differs = any(not one.agrees for one in made)
            messages.success(
                request,
                "Réponse envoyée\u00a0: le service et le déclarant lisent l’écart."
                if differs
                else "Mois confirmé.",
            )
            return redirect(then)
    context = {"statement": statement, "forms": forms, "reasons": reasons}
    is_wrong = bool(reasons or any(form.errors for form in forms))
    return render(request, template, context, status=422 if is_wrong else 200)
